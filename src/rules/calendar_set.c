/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rules/calendar_set.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "base/calendar_builder.h"
#include "base/error.h"
#include "rules/calendar_file-private.h"
#include "rules/calendar_file.h"
#include "rules/file_set.h"

/* All holidays that a bureau knows, as one object: the notice of each year under "year." and the
 * year, the days off of its own government under "local." and the year, so that a corrected notice
 * takes the place of the one before it. */

#define KIND "calendar"

G_STATIC_ASSERT (JZ_CALENDAR_SET_MAX_SIZE == JZ_FILE_SET_MAX_SIZE);

static char *
make_key (const JzXml *document)
{
  const xmlNode *root = jz_xml_get_root (document);
  g_autofree char *year = jz_xml_dup_attribute (root, "year");

  return g_strconcat (jz_xml_is_element (root, "calendar") ? "year." : "local.", year, NULL);
}

static gboolean
put_file (JzFileSet *set, GBytes *bytes, const char *name, GError **error)
{
  g_autoptr (JzXml) document = jz_calendar_open_document (bytes, name, error);
  g_autofree char *key = document != NULL ? make_key (document) : NULL;

  return key != NULL && jz_file_set_put (set, key, name, bytes, error);
}

static GBytes *
compose (JzFileSet *set,
         GBytes *const *files,
         const char *const *names,
         guint n_files,
         GError **error)
{
  for (guint i = 0; i < n_files; i++) {
    if (!put_file (set, files[i], names[i], error))
      return NULL;
  }
  return jz_file_set_to_bytes (set, error);
}

static GBytes *
add_shipped (JzFileSet *set, GError **error)
{
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func ((GDestroyNotify)g_bytes_unref);
  g_auto (GStrv) names = jz_calendar_get_shipped (files, error);

  return names != NULL ? compose (set, (GBytes *const *)files->pdata, (const char *const *)names,
                                  files->len, error)
                       : NULL;
}

/**
 * jz_calendar_set_compose_shipped:
 * @error: return location
 *
 * Returns: (transfer full): the holidays that came with the program, as one object; the same for
 *   the same program
 */
GBytes *
jz_calendar_set_compose_shipped (GError **error)
{
  g_autoptr (JzFileSet) set = jz_file_set_new (KIND);

  return add_shipped (set, error);
}

/**
 * jz_calendar_set_add_shipped:
 * @base: a set as one object
 * @error: return location
 *
 * Puts what came with the program over a set: years that the program knows are as it knows them,
 * the others and the local days off stay.
 *
 * Returns: (transfer full): the new set, or %NULL as in jz_calendar_set_compose_over()
 */
GBytes *
jz_calendar_set_add_shipped (GBytes *base, GError **error)
{
  g_autoptr (JzFileSet) set = NULL;

  g_return_val_if_fail (base != NULL, NULL);

  set = jz_file_set_parse (base, KIND, KIND, error);
  return set != NULL ? add_shipped (set, error) : NULL;
}

/**
 * jz_calendar_set_compose_over:
 * @base: a set as one object
 * @files: (array length=n_files): contents of files of holidays
 * @names: (array length=n_files): their names, for messages
 * @n_files: how many
 * @error: return location
 *
 * Puts files over a set: each takes the place of that of its year, or is added. Whether the years
 * fit together is for jz_calendar_set_load() to say.
 *
 * Returns: (transfer full): the new set, or %NULL with %JZ_BASE_ERROR_SYNTAX or
 *   %JZ_BASE_ERROR_LIMIT; the message begins with name, line and column of the file where one is
 *   to blame
 */
GBytes *
jz_calendar_set_compose_over (GBytes *base,
                              GBytes *const *files,
                              const char *const *names,
                              guint n_files,
                              GError **error)
{
  g_autoptr (JzFileSet) set = NULL;

  g_return_val_if_fail (base != NULL, NULL);
  g_return_val_if_fail (n_files == 0 || (files != NULL && names != NULL), NULL);

  set = jz_file_set_parse (base, KIND, KIND, error);
  return set != NULL ? compose (set, files, names, n_files, error) : NULL;
}

static gboolean
add_file (JzCalendarBuilder *builder, const JzFileSet *set, guint position, GError **error)
{
  g_autoptr (GBytes) bytes = jz_file_set_dup_bytes (set, position);
  const char *name = jz_file_set_get_name (set, position);
  g_autoptr (JzCalendar) calendar = jz_calendar_load (bytes, name, error);
  g_autoptr (JzXml) document =
    calendar != NULL ? jz_calendar_open_document (bytes, name, error) : NULL;
  g_autofree char *key = document != NULL ? make_key (document) : NULL;

  if (key == NULL)
    return FALSE;
  if (strcmp (key, jz_file_set_get_key (set, position)) != 0) {
    g_set_error (error, JZ_BASE_ERROR, JZ_BASE_ERROR_SYNTAX,
                 _ ("%s: The calendar keeps this file under the name of another year; compose it "
                    "anew from its files."),
                 name);
    return FALSE;
  }
  if (jz_calendar_builder_add_calendar (builder, calendar, error))
    return TRUE;
  g_prefix_error (error, "%s: ", name);
  return FALSE;
}

/**
 * jz_calendar_set_load:
 * @bytes: a set as one object
 * @name: its name, for messages
 * @error: return location
 *
 * Reads all holidays of a set into one calendar.
 *
 * Returns: (transfer full): the calendar, or %NULL with %JZ_BASE_ERROR_SYNTAX, %JZ_BASE_ERROR_RANGE
 *   or %JZ_BASE_ERROR_LIMIT; where a file is wrong, the message begins with the name that it had,
 *   line and column; where two files contradict each other, with the name of one
 */
JzCalendar *
jz_calendar_set_load (GBytes *bytes, const char *name, GError **error)
{
  g_autoptr (JzCalendarBuilder) builder = NULL;
  g_autoptr (JzFileSet) set = NULL;

  g_return_val_if_fail (bytes != NULL && name != NULL, NULL);

  set = jz_file_set_parse (bytes, KIND, name, error);
  if (set == NULL)
    return NULL;
  builder = jz_calendar_builder_new ();
  for (guint i = 0; i < jz_file_set_get_n_files (set); i++) {
    if (!add_file (builder, set, i, error))
      return NULL;
  }
  return jz_calendar_builder_end (builder);
}
