/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>
#include <sys/stat.h>

#include <glib/gi18n-lib.h>

#include "office/act.h"
#include "office/apply.h"
#include "office/error.h"
#include "office/fact_arguments.h"
#include "office/file_name.h"
#include "office/role.h"
#include "store/entry.h"

/* Checks what came as the arguments of an act against its table, before anything else looks at it.
 */

/* characters of a text in a record, and of a value that a sentence quotes */
#define MAX_FIELD 10000
#define MAX_QUOTED 40

/* Whole sentences: the first value of each is the argument's name, the second that of the act. */
G_GNUC_PRINTF (2, 3)
static gboolean
fail (GError **error, const char *format, ...)
{
  va_list values;

  va_start (values, format);
  g_propagate_error (
    error, g_error_new_valist (JZ_OFFICE_ERROR, JZ_OFFICE_ERROR_ARGUMENT, format, values));
  va_end (values);
  return FALSE;
}

static const JzArgument *
find_argument (const JzAct *act, const char *name)
{
  for (const JzArgument *argument = act->arguments; argument->name != NULL; argument++)
    if (strcmp (argument->name, name) == 0)
      return argument;
  return NULL;
}

static gboolean
has_control_characters (const char *text, gboolean may_have_lines)
{
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at)) {
    gunichar character = g_utf8_get_char (at);
    if (may_have_lines && (character == '\n' || character == '\t'))
      continue;
    if (g_unichar_iscntrl (character))
      return TRUE;
  }
  return FALSE;
}

/* Blanks of every width, and what takes no room at all. */
static gboolean
is_blank (const char *text)
{
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at)) {
    gunichar character = g_utf8_get_char (at);
    if (!g_unichar_isspace (character) && g_unichar_type (character) != G_UNICODE_FORMAT)
      return FALSE;
  }
  return TRUE;
}

static gboolean
has_hidden_characters (const char *text)
{
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    if (jz_character_is_hidden (g_utf8_get_char (at)))
      return TRUE;
  return FALSE;
}

/* A value in a sentence: its beginning, and nothing in it that a terminal or a reader would obey.
 */
static char *
dup_quotable (const char *text)
{
  GString *quotable = g_string_new (NULL);
  const char *at = text;

  for (guint n = 0; *at != '\0' && n < MAX_QUOTED; n++, at = g_utf8_next_char (at)) {
    gunichar character = g_utf8_get_char (at);
    gboolean is_plain = g_unichar_isprint (character) && !jz_character_is_hidden (character);
    g_string_append_unichar (quotable, is_plain ? character : 0xfffd);
  }
  if (*at != '\0')
    g_string_append (quotable, "…");
  return g_string_free (quotable, FALSE);
}

static gboolean
check_characters (const JzArgument *argument,
                  const char *text,
                  gboolean may_have_lines,
                  GError **error)
{
  if (has_control_characters (text, may_have_lines))
    return fail (error, _ ("“%s” has control characters in it; remove them."),
                 jz_argument_get_meaning (argument));
  if (has_hidden_characters (text))
    return fail (error,
                 _ ("“%s” has invisible characters in it that change how it reads; remove "
                    "them."),
                 jz_argument_get_meaning (argument));
  return TRUE;
}

static gboolean
check_text (const JzArgument *argument, const char *text, GError **error)
{
  gboolean is_long = argument->kind == JZ_ARGUMENT_LONG_TEXT;

  if (is_blank (text) && (text[0] != '\0' || argument->source != JZ_OPTIONAL))
    return fail (error, _ ("“%s” is empty; write something in it."),
                 jz_argument_get_meaning (argument));
  if (!check_characters (argument, text, is_long, error))
    return FALSE;
  if (is_long && strlen (text) > JZ_MAX_TEXT)
    return fail (error,
                 _ ("“%s” has %zu bytes, and at most %d are possible; attach the text as a file."),
                 jz_argument_get_meaning (argument), strlen (text), JZ_MAX_TEXT);
  if (!is_long && g_utf8_strlen (text, -1) > argument->max)
    return fail (error, _ ("“%s” has %ld characters, and at most %lld are possible; shorten it."),
                 jz_argument_get_meaning (argument), g_utf8_strlen (text, -1),
                 (long long)argument->max);
  return TRUE;
}

static gboolean
fail_figures (const JzAct *act, const JzArgument *argument, GError **error)
{
  return fail (error, _ ("The argument %s of %s must be an object of names with whole numbers."),
               argument->name, act->name);
}

static gboolean
fail_hashes (const JzAct *act, const JzArgument *argument, GError **error)
{
  return fail (error,
               _ ("The argument %s of %s must be an object of names with 64 hexadecimal digits."),
               argument->name, act->name);
}

static gboolean
fail_word (const JzAct *act, const JzArgument *argument, const char *text, GError **error)
{
  g_auto (GStrv) words = g_strsplit (argument->words, "|", -1);
  g_autofree char *list = g_strjoinv (" ", words);
  g_autofree char *quoted = dup_quotable (text);

  return fail (error, _ ("The argument %s of %s is “%s”, but it must be one of these words: %s"),
               argument->name, act->name, quoted, list);
}

static gboolean
check_texts (const JzAct *act, const JzArgument *argument, const JzJson *value, GError **error)
{
  for (guint i = 0; i < jz_json_get_n_items (value); i++) {
    const JzJson *item = jz_json_get_item (value, i);
    if (jz_json_get_kind (item) != JZ_JSON_TEXT)
      return fail (error, _ ("The argument %s of %s must be a list of texts."), argument->name,
                   act->name);
    if (!check_text (argument, jz_json_get_text (item), error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
check_figures (const JzAct *act, const JzArgument *argument, const JzJson *value, GError **error)
{
  for (guint i = 0; i < jz_json_get_n_items (value); i++)
    if (jz_json_get_kind (jz_json_get_item (value, i)) != JZ_JSON_INTEGER)
      return fail_figures (act, argument, error);
  return TRUE;
}

static gboolean
check_hashes (const JzAct *act, const JzArgument *argument, const JzJson *value, GError **error)
{
  for (guint i = 0; i < jz_json_get_n_items (value); i++) {
    const JzJson *item = jz_json_get_item (value, i);
    JzHash hash;
    if (jz_json_get_kind (item) != JZ_JSON_TEXT ||
        !jz_hash_from_hex (jz_json_get_text (item), &hash))
      return fail_hashes (act, argument, error);
  }
  return TRUE;
}

static gboolean
check_objects (const JzAct *act, const JzArgument *argument, const JzJson *value, GError **error)
{
  for (guint i = 0; i < jz_json_get_n_items (value); i++) {
    JzObject object;
    if (!jz_object_from_json (jz_json_get_item (value, i), &object))
      return fail (error, _ ("The argument %s of %s must be a list of stored objects."),
                   argument->name, act->name);
  }
  return TRUE;
}

/* The fields are of the right kinds already. */
static gboolean
check_records (const JzAct *act, const JzArgument *argument, const JzJson *value, GError **error)
{
  for (guint i = 0; i < jz_json_get_n_items (value); i++) {
    const JzJson *record = jz_json_get_item (value, i);
    for (guint j = 0; j < jz_json_get_n_items (record); j++) {
      const JzJson *field = jz_json_get_item (record, j);
      const char *text = jz_json_get_kind (field) == JZ_JSON_TEXT ? jz_json_get_text (field) : NULL;
      if (text == NULL)
        continue;
      if (!check_characters (argument, text, TRUE, error))
        return FALSE;
      if (g_utf8_strlen (text, -1) > MAX_FIELD)
        return fail (
          error, _ ("“%s” has %ld characters, and at most %lld are possible; shorten it."),
          jz_argument_get_meaning (argument), g_utf8_strlen (text, -1), (long long)MAX_FIELD);
    }
  }
  return TRUE;
}

/* What is wrong with a date, a moment or an id. */
static gboolean
fail_form (const JzAct *act, const JzArgument *argument, const char *text, GError **error)
{
  g_autofree char *quoted = dup_quotable (text);

  switch (argument->kind) {
  case JZ_ARGUMENT_DATE:
    return fail (error,
                 _ ("The argument %s of %s is “%s”, which is no date; write it like 2026-03-02."),
                 argument->name, act->name, quoted);
  case JZ_ARGUMENT_INSTANT:
    return fail (error,
                 _ ("The argument %s of %s is “%s”, which is no moment; write it like "
                    "2026-03-02T09:30:00.000+08:00."),
                 argument->name, act->name, quoted);
  default:
    return fail (error, _ ("The argument %s of %s is “%s”, which is not an id."), argument->name,
                 act->name, quoted);
  }
}

static gboolean
check_word_like (const JzAct *act, const JzArgument *argument, const char *text, GError **error)
{
  JzDate date;
  JzInstant instant;
  JzHash hash;

  switch (argument->kind) {
  case JZ_ARGUMENT_DATE:
    return jz_date_parse (text, &date, NULL) || fail_form (act, argument, text, error);
  case JZ_ARGUMENT_INSTANT:
    return jz_instant_parse (text, &instant, NULL) || fail_form (act, argument, text, error);
  case JZ_ARGUMENT_WORD:
    return (text[0] != '\0' && jz_word_is_in (text, argument->words)) ||
           fail_word (act, argument, text, error);
  case JZ_ARGUMENT_ID:
    return jz_is_thing_id (text) || fail_form (act, argument, text, error);
  case JZ_ARGUMENT_HASH:
    return jz_hash_from_hex (text, &hash) ||
           fail (error, _ ("The argument %s of %s must be 64 hexadecimal digits."), argument->name,
                 act->name);
  default:
    return check_text (argument, text, error);
  }
}

static gboolean
check_value (const JzAct *act, const JzArgument *argument, const JzJson *value, GError **error)
{
  JzJsonKind kind = jz_json_get_kind (value);
  JzObject object;

  switch (argument->kind) {
  case JZ_ARGUMENT_INTEGER:
    if (kind != JZ_JSON_INTEGER || jz_json_get_integer (value) < 0 ||
        jz_json_get_integer (value) > argument->max)
      return fail (error, _ ("The argument %s of %s must be a whole number from 0 to %lld."),
                   argument->name, act->name, (long long)argument->max);
    return TRUE;
  case JZ_ARGUMENT_BOOLEAN:
    return kind == JZ_JSON_BOOLEAN ||
           fail (error, _ ("The argument %s of %s must be true or false."), argument->name,
                 act->name);
  case JZ_ARGUMENT_OBJECT:
    return jz_object_from_json (value, &object) ||
           fail (error, _ ("The argument %s of %s must name a stored object."), argument->name,
                 act->name);
  case JZ_ARGUMENT_OBJECTS:
    return kind == JZ_JSON_ARRAY
             ? check_objects (act, argument, value, error)
             : fail (error, _ ("The argument %s of %s must be a list of stored objects."),
                     argument->name, act->name);
  case JZ_ARGUMENT_TEXTS:
    return kind == JZ_JSON_ARRAY
             ? check_texts (act, argument, value, error)
             : fail (error, _ ("The argument %s of %s must be a list of texts."), argument->name,
                     act->name);
  case JZ_ARGUMENT_FIGURES:
    return kind == JZ_JSON_OBJECT ? check_figures (act, argument, value, error)
                                  : fail_figures (act, argument, error);
  case JZ_ARGUMENT_HASHES:
    return kind == JZ_JSON_OBJECT ? check_hashes (act, argument, value, error)
                                  : fail_hashes (act, argument, error);
  case JZ_ARGUMENT_RECORDS:
    return jz_fact_check_records (argument->fact, value)
             ? check_records (act, argument, value, error)
             : fail (error,
                     _ ("The argument %s of %s must be a list of objects with the fields that "
                        "juanzongctl acts names, each of its kind."),
                     argument->name, act->name);
  case JZ_ARGUMENT_VALUES:
    return kind == JZ_JSON_OBJECT ||
           fail (error, _ ("The argument %s of %s must be one JSON object."), argument->name,
                 act->name);
  case JZ_ARGUMENT_LONG_TEXT:
    if (jz_object_from_json (value, &object))
      return TRUE;
    break;
  default:
    break;
  }
  if (kind != JZ_JSON_TEXT)
    return fail (error, _ ("The argument %s of %s must be a text in quotation marks."),
                 argument->name, act->name);
  return check_word_like (act, argument, jz_json_get_text (value), error);
}

static gboolean
has_prepared_value (const JzArgument *argument, const JzJson *value, gboolean is_prepared)
{
  return value != NULL || argument->source == JZ_OPTIONAL ||
         (argument->source == JZ_PREPARED && !is_prepared);
}

/**
 * jz_act_check_arguments:
 * @act: an act
 * @args: its arguments
 * @is_prepared: whether what the program itself adds must be there already
 * @error: return location
 *
 * Checks names, kinds, forms and bounds of all arguments.
 *
 * Returns: %FALSE with %JZ_OFFICE_ERROR_ARGUMENT, naming the act and the argument
 */
gboolean
jz_act_check_arguments (const JzAct *act, const JzJson *args, gboolean is_prepared, GError **error)
{
  if (jz_json_get_kind (args) != JZ_JSON_OBJECT)
    return fail (error, _ ("The arguments of %s must be one JSON object."), act->name);
  for (guint i = 0; i < jz_json_get_n_items (args); i++) {
    const char *name = jz_json_get_name (args, i);
    const JzArgument *argument = find_argument (act, name);
    if (argument == NULL) {
      g_autofree char *quoted = dup_quotable (name);
      return fail (error,
                   _ ("There is no argument %s of %s; juanzongctl acts lists the arguments."),
                   quoted, act->name);
    }
    if (!check_value (act, argument, jz_json_get_item (args, i), error))
      return FALSE;
  }
  for (const JzArgument *argument = act->arguments; argument->name != NULL; argument++)
    if (!has_prepared_value (argument, jz_json_get_member (args, argument->name), is_prepared))
      return fail (error, _ ("The argument %s of %s is missing."), argument->name, act->name);
  return TRUE;
}

typedef struct {
  JzObjects *objects;
  gboolean is_there;
} Search;

static gboolean
has_size (JzObjects *objects, const JzHash *hash, guint64 size)
{
  g_autofree char *path = jz_objects_dup_path (objects, hash);
  struct stat status;

  return lstat (path, &status) == 0 && S_ISREG (status.st_mode) && (guint64)status.st_size == size;
}

static void
look_for_object (const JzObject *object, gpointer data)
{
  Search *search = data;

  search->is_there = search->is_there && has_size (search->objects, &object->hash, object->size) &&
                     (!object->has_chunks ||
                      has_size (search->objects, &object->chunks, jz_chunk_list_size (object)));
}

static gboolean
is_object_reference (const JzJson *value)
{
  JzObject object;
  return jz_json_get_kind (value) == JZ_JSON_OBJECT && jz_object_from_json (value, &object);
}

/**
 * jz_act_check_given:
 * @act: an act
 * @given: what a caller gives as its arguments
 * @error: return location
 *
 * What the program makes itself is taken from nobody's hand: an argument that it prepares, and a
 * stored object in place of a long text. The rest is left to jz_act_check_arguments().
 *
 * Returns: %FALSE with %JZ_OFFICE_ERROR_ARGUMENT, naming the act and the argument
 */
gboolean
jz_act_check_given (const JzAct *act, const JzJson *given, GError **error)
{
  for (guint i = 0; i < jz_json_get_n_items (given); i++) {
    const JzArgument *argument = find_argument (act, jz_json_get_name (given, i));
    if (argument == NULL)
      continue;
    if (argument->source == JZ_PREPARED)
      return fail (error, _ ("The argument %s of %s is made by the program; leave it out."),
                   argument->name, act->name);
    if (argument->kind == JZ_ARGUMENT_LONG_TEXT &&
        is_object_reference (jz_json_get_item (given, i)))
      return fail (error, _ ("The argument %s of %s must be a text in quotation marks."),
                   argument->name, act->name);
  }
  return TRUE;
}

/**
 * jz_act_find_missing_object:
 * @args: arguments of an act, checked
 * @objects: the store's
 *
 * An entry names only what is there to be read (design §2); objects may have gone between
 * preparing and performing.
 *
 * Returns: (transfer none) (nullable): the first argument that names an object, or a chunk list,
 *   which is not in the store with the size that it must have
 */
const char *
jz_act_find_missing_object (const JzJson *args, JzObjects *objects)
{
  for (guint i = 0; i < jz_json_get_n_items (args); i++) {
    Search search = { objects, TRUE };
    jz_json_foreach_object (jz_json_get_item (args, i), look_for_object, &search);
    if (!search.is_there)
      return jz_json_get_name (args, i);
  }
  return NULL;
}

/**
 * jz_act_take_long_texts:
 * @act: an act
 * @args: its arguments, checked; changed in place
 * @objects: where to put them
 * @error: return location
 *
 * Moves texts that are too long for a payload into objects (format §2).
 *
 * Returns: whether it was done
 */
gboolean
jz_act_take_long_texts (const JzAct *act, JzJson *args, JzObjects *objects, GError **error)
{
  for (const JzArgument *argument = act->arguments; argument->name != NULL; argument++) {
    const char *text = argument->kind == JZ_ARGUMENT_LONG_TEXT
                         ? jz_json_get_member_text (args, argument->name)
                         : NULL;
    if (text != NULL && strlen (text) > JZ_MAX_INLINE_TEXT) {
      g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
      JzObject object;
      if (!jz_objects_put_bytes (objects, bytes, &object, error))
        return FALSE;
      jz_json_set_member (args, argument->name, jz_object_to_json (&object));
    }
  }
  return TRUE;
}
