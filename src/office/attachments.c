/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "office/attachments.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>

#include "office/error.h"
#include "office/file_name.h"
#include "office/office-private.h"
#include "office/role.h"

/* A file comes in by `attachment.add`: its content is copied while it is hashed, then what it says
 * of itself is read by the program that opens foreign files (design §9) and goes on record beside
 * what the person says. A file of which nothing can be read comes in as well: evidence is not
 * refused for being odd. */

#define FACT(name) "attachment.items." name

static JzProber prober = NULL;

/**
 * jz_office_set_prober:
 * @new_prober: reads what files say of themselves
 *
 * Both programs call this before anything else.
 */
void
jz_office_set_prober (JzProber new_prober)
{
  prober = new_prober;
}

/**
 * jz_office_probe:
 * @handle: a file, opened for reading
 * @name: its own name
 * @cancellable: (nullable): to end it
 *
 * Returns: (transfer full) (nullable): what the file says of itself; %NULL where nothing is to be
 *   had of it, which keeps no file from being taken in
 */
JzJson *
jz_office_probe (int handle, const char *name, GCancellable *cancellable)
{
  return prober != NULL ? prober (handle, name, cancellable, NULL) : NULL;
}

/**
 * jz_attachment_is_read:
 * @argument: name of an argument of `attachment.add`
 *
 * Returns: whether the program reads it from the file, so that nobody states it
 */
gboolean
jz_attachment_is_read (const char *argument)
{
  static const char *const names[] = { "named",       "probe",           FACT ("duration_ms"),
                                       FACT ("kind"), FACT ("taken_at"), NULL };

  return g_strv_contains (names, argument);
}

static gboolean
read_number (const char **text, int n_digits, int max, int *number)
{
  *number = 0;
  for (int i = 0; i < n_digits; i++) {
    if (!g_ascii_isdigit ((*text)[i]))
      return FALSE;
    *number = 10 * *number + ((*text)[i] - '0');
  }
  *text += n_digits;
  return *number <= max;
}

static gboolean
skip (const char **text, char character)
{
  if (**text != character)
    return FALSE;
  (*text)++;
  return TRUE;
}

/* "Z", "+08:00", "+0800" or nothing, which is taken for the time of here. */
static gboolean
read_zone (const char *text, gint64 *offset_ms)
{
  int sign = *text == '-' ? -1 : 1;
  int hours = 0;
  int minutes = 0;

  *offset_ms = 8 * 3600 * 1000;
  if (*text == '\0')
    return TRUE;
  if (strcmp (text, "Z") == 0) {
    *offset_ms = 0;
    return TRUE;
  }
  if (*text != '+' && *text != '-')
    return FALSE;
  text++;
  if (!read_number (&text, 2, 14, &hours))
    return FALSE;
  (void)skip (&text, ':');
  if (*text != '\0' && !read_number (&text, 2, 59, &minutes))
    return FALSE;
  *offset_ms = (gint64)sign * (hours * 60 + minutes) * 60 * 1000;
  return *text == '\0';
}

/**
 * jz_attachment_read_moment:
 * @text: (nullable): when a file was made, in its words: "2026-02-03T09:12:05", with fractions of a
 *   second or without, with a zone or without
 * @moment: (out): the moment; written only on success
 *
 * What names no zone is of the office's own. A day without a time of day is no moment.
 *
 * Returns: whether it could be read
 */
gboolean
jz_attachment_read_moment (const char *text, JzInstant *moment)
{
  JzDate date = { 0 };
  int year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0;
  gint64 ms = 0;
  gint64 offset_ms = 0;

  if (text == NULL || !read_number (&text, 4, 9998, &year) || !skip (&text, '-') ||
      !read_number (&text, 2, 12, &month) || !skip (&text, '-') ||
      !read_number (&text, 2, 31, &day) || !(skip (&text, 'T') || skip (&text, ' ')) ||
      !read_number (&text, 2, 23, &hour) || !skip (&text, ':') ||
      !read_number (&text, 2, 59, &minute))
    return FALSE;
  if (skip (&text, ':') && !read_number (&text, 2, 59, &second))
    return FALSE;
  if (skip (&text, '.'))
    for (gint64 unit = 100; g_ascii_isdigit (*text); unit /= 10, text++)
      ms += (*text - '0') * unit;
  date = (JzDate){ .year = (gint16)year, .month = (guint8)month, .day = (guint8)day };
  /* Devices without a clock begin in 1904 or 1970; the calendar of instants begins in 1900. */
  if (year < 1901 || !jz_date_is_valid (date) || !read_zone (text, &offset_ms))
    return FALSE;
  *moment =
    jz_instant_from_date (date, hour, minute) + second * 1000 + ms + 8 * 3600 * 1000 - offset_ms;
  return TRUE;
}

static void
set_if_absent (JzJson *args, const char *name, const char *text)
{
  if (text != NULL && text[0] != '\0' && jz_json_get_member (args, name) == NULL)
    jz_json_set_text (args, name, text);
}

static char *
dup_device (const JzJson *probe)
{
  const char *maker = jz_json_get_member_text (probe, "maker");
  const char *model = jz_json_get_member_text (probe, "model");
  g_autofree char *whole = NULL;

  if (maker == NULL || model == NULL || g_str_has_prefix (model, maker))
    whole = g_strdup (model != NULL ? model : maker);
  else
    whole = g_strdup_printf ("%s %s", maker, model);
  return whole != NULL ? g_utf8_substring (whole, 0, MIN (g_utf8_strlen (whole, -1), 100)) : NULL;
}

static void
take_probe (const JzJson *probe, JzJson *args)
{
  gint64 duration = jz_json_get_member_integer (probe, "duration_ms", -1);
  g_autofree char *device = dup_device (probe);
  char text[JZ_INSTANT_SIZE];
  JzInstant moment = 0;

  set_if_absent (args, FACT ("kind"), jz_json_get_member_text (probe, "kind"));
  set_if_absent (args, FACT ("device"), device);
  set_if_absent (args, FACT ("place"), jz_json_get_member_text (probe, "place"));
  if (duration >= 0)
    jz_json_set_integer (args, FACT ("duration_ms"), duration);
  if (jz_attachment_read_moment (jz_json_get_member_text (probe, "made_at"), &moment)) {
    jz_instant_format (moment, text);
    jz_json_set_text (args, FACT ("taken_at"), text);
  }
}

static gboolean
put_probe (JzObjects *objects, const JzJson *probe, JzJson *args, GError **error)
{
  g_autofree char *text = jz_json_to_canonical (probe, NULL);
  g_autoptr (GBytes) bytes = NULL;
  JzObject object;

  bytes = g_bytes_new (text, strlen (text));
  if (!jz_objects_put_bytes (objects, bytes, &object, error))
    return FALSE;
  jz_json_set_member (args, "probe", jz_object_to_json (&object));
  take_probe (probe, args);
  return TRUE;
}

/* The name of the copy of what is looked at is of no account; it is the store's own file, which no
 * longer changes. */
static JzJson *
probe_object (JzObjects *objects,
              const JzObject *object,
              const char *name,
              GCancellable *cancellable)
{
  int handle = prober != NULL ? jz_objects_open_fd (objects, &object->hash, NULL) : -1;
  JzJson *probe = NULL;

  if (handle < 0)
    return NULL;
  probe = jz_office_probe (handle, name, cancellable);
  close (handle);
  return probe;
}

static JzTakenFile *
take_file (const JzPreparation *preparation, const char *path, GError **error)
{
  JzObjects *objects = jz_store_get_objects (jz_office_get_store (preparation->office));
  g_autoptr (JzTakenFile) file = g_new0 (JzTakenFile, 1);
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *note = NULL;

  if (!jz_objects_take_arrival (objects, path, "", NULL, NULL, preparation->cancellable,
                                &file->object, &note, error))
    return NULL;
  jz_office_keep_note (preparation->office, &file->object, note);
  file->name = g_steal_pointer (&name);
  return g_steal_pointer (&file);
}

static JzTakenFile *
find_taken (const JzPreparation *preparation, const char *token, GError **error)
{
  JzTakenFile *file = jz_office_find_taken (preparation->office, token);

  if (file == NULL)
    g_set_error_literal (error, JZ_OFFICE_ERROR, JZ_OFFICE_ERROR_NOT_FOUND,
                         _ ("The copy of this file is not there any more; add the file again."));
  return file;
}

/* A name that cannot stand in a record as it is stands there escaped as well. */
static void
name_file (const char *name, gboolean is_escaped, JzJson *args)
{
  g_autofree char *harmless = jz_file_name_dup_harmless (name);
  g_autofree char *escaped = jz_file_name_is_plain (name) ? NULL : jz_file_name_dup_escaped (name);

  set_if_absent (args, "name", harmless);
  if (is_escaped && escaped != NULL)
    set_if_absent (args, "named", escaped);
}

static gboolean
prepare (const JzPreparation *preparation, gboolean is_read, JzJson *args, GError **error)
{
  JzObjects *objects = jz_store_get_objects (jz_office_get_store (preparation->office));
  const char *path = jz_json_get_member_text (args, "file");
  const char *token = jz_json_get_member_text (args, "taken");
  g_autoptr (JzTakenFile) file = NULL;

  if (path == NULL && token == NULL)
    return TRUE;
  file =
    token != NULL ? find_taken (preparation, token, error) : take_file (preparation, path, error);
  if (file == NULL)
    return FALSE;
  jz_json_remove_member (args, token != NULL ? "taken" : "file");
  jz_json_set_member (args, "object", jz_object_to_json (&file->object));
  name_file (file->name, is_read, args);
  if (is_read && file->probe == NULL)
    file->probe = probe_object (objects, &file->object, file->name, preparation->cancellable);
  return !is_read || file->probe == NULL || put_probe (objects, file->probe, args, error);
}

static gboolean
refuse_what_is_read (const JzJson *args, GError **error)
{
  for (guint i = 0; i < jz_json_get_n_items (args); i++) {
    const char *name = jz_json_get_name (args, i);
    if (!jz_attachment_is_read (name))
      continue;
    g_set_error (error, JZ_OFFICE_ERROR, JZ_OFFICE_ERROR_ARGUMENT,
                 _ ("The argument %s of %s is made by the program; leave it out."), name,
                 "attachment.add");
    return FALSE;
  }
  return TRUE;
}

/**
 * jz_prepare_file:
 * @preparation: for cancelling
 * @args: `file`, a path, or `taken`, a token of jz_office_add_taken(), becomes `object`, and `name`
 *   where there is none
 * @error: return location
 *
 * Stores a file while hashing it; the act then names it by its hash.
 *
 * Returns: whether it was done
 */
gboolean
jz_prepare_file (const JzPreparation *preparation, JzJson *args, GError **error)
{
  return prepare (preparation, FALSE, args, error);
}

/**
 * jz_prepare_attachment:
 * @preparation: for cancelling
 * @args: as for jz_prepare_file(); gets also what the file says of itself
 * @error: return location
 *
 * Stores a file and reads it.
 *
 * Returns: whether it was done
 */
gboolean
jz_prepare_attachment (const JzPreparation *preparation, JzJson *args, GError **error)
{
  return refuse_what_is_read (args, error) && prepare (preparation, TRUE, args, error);
}

static gboolean
get_moment (const JzStatedRecord *file, const char *name, JzInstant *moment)
{
  return jz_instant_parse (jz_stated_record_get_text (file, name), moment, NULL);
}

/**
 * jz_attachment_get_begin:
 * @file: a record of %JZ_LIST_ATTACHMENT
 * @begin: (out): when it was taken, or begins: as people say, else as the file says
 *
 * Returns: %FALSE where neither says it
 */
gboolean
jz_attachment_get_begin (const JzStatedRecord *file, JzInstant *begin)
{
  return get_moment (file, "happened_at", begin) || get_moment (file, "taken_at", begin);
}

/**
 * jz_attachment_get_duration:
 * @file: a record of %JZ_LIST_ATTACHMENT
 *
 * Returns: how long it runs, in milliseconds; -1 where it does not run, or nobody knows
 */
gint64
jz_attachment_get_duration (const JzStatedRecord *file)
{
  const JzJson *value = jz_stated_record_get (file, "duration_ms");

  return value != NULL ? jz_json_get_integer (value) : -1;
}

/**
 * jz_attachment_get_clock_off:
 * @file: a record of %JZ_LIST_ATTACHMENT
 * @seconds: (out): by how much the device's clock was fast; negative: slow (RE-07)
 *
 * Returns: %FALSE where it is not known: people must have said when it really was
 */
gboolean
jz_attachment_get_clock_off (const JzStatedRecord *file, gint64 *seconds)
{
  JzInstant taken = 0;
  JzInstant happened = 0;

  if (!get_moment (file, "taken_at", &taken) || !get_moment (file, "happened_at", &happened))
    return FALSE;
  *seconds = (taken - happened) / 1000;
  return TRUE;
}
