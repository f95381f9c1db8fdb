/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include <glib/gi18n-lib.h>

#include "office/act.h"
#include "office/error.h"
#include "office/role.h"
#include "store/entry.h"

/* Checks what came as the arguments of an act against its table, before anything else looks at it.
 */

G_GNUC_PRINTF (4, 5)
static gboolean
fail (GError **error, const JzAct *act, const char *name, const char *format, ...)
{
  va_list values;
  g_autofree char *reason = NULL;

  va_start (values, format);
  reason = g_strdup_vprintf (format, values);
  va_end (values);
  g_set_error (error, JZ_OFFICE_ERROR, JZ_OFFICE_ERROR_ARGUMENT, "%s: %s: %s", act->name, name,
               reason);
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

static gboolean
check_text (const JzAct *act, const JzArgument *argument, const char *text, GError **error)
{
  gboolean is_long = argument->kind == JZ_ARGUMENT_LONG_TEXT;

  if (text[0] == '\0' && argument->source != JZ_OPTIONAL)
    return fail (error, act, argument->name, _ ("write something here."));
  if (has_control_characters (text, is_long))
    return fail (error, act, argument->name, _ ("remove the control characters from the text."));
  if (is_long && strlen (text) > JZ_MAX_TEXT)
    return fail (error, act, argument->name,
                 _ ("the text has %zu bytes; at most %d are possible. Attach it as a file."),
                 strlen (text), JZ_MAX_TEXT);
  if (!is_long && g_utf8_strlen (text, -1) > argument->max)
    return fail (error, act, argument->name,
                 _ ("the text has %ld characters; at most %lld are possible."),
                 g_utf8_strlen (text, -1), (long long)argument->max);
  return TRUE;
}

static gboolean
check_texts (const JzAct *act, const JzArgument *argument, const JzJson *value, GError **error)
{
  for (guint i = 0; i < jz_json_get_n_items (value); i++) {
    const JzJson *item = jz_json_get_item (value, i);
    if (jz_json_get_kind (item) != JZ_JSON_TEXT)
      return fail (error, act, argument->name, _ ("give a list of texts."));
    if (!check_text (act, argument, jz_json_get_text (item), error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
check_figures (const JzAct *act, const JzArgument *argument, const JzJson *value, GError **error)
{
  for (guint i = 0; i < jz_json_get_n_items (value); i++)
    if (jz_json_get_kind (jz_json_get_item (value, i)) != JZ_JSON_INTEGER)
      return fail (error, act, argument->name, _ ("give whole numbers only."));
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
      return fail (error, act, argument->name, _ ("give 64 hexadecimal digits."));
  }
  return TRUE;
}

static gboolean
check_word_like (const JzAct *act, const JzArgument *argument, const char *text, GError **error)
{
  JzDate date;
  JzHash hash;

  switch (argument->kind) {
  case JZ_ARGUMENT_DATE:
    return jz_date_parse (text, &date, NULL) ||
           fail (error, act, argument->name, _ ("“%s” is no date; write it like 2026-03-02."),
                 text);
  case JZ_ARGUMENT_WORD:
    return (text[0] != '\0' && jz_word_is_in (text, argument->words)) ||
           fail (error, act, argument->name, _ ("“%s” is none of the words %s."), text,
                 argument->words);
  case JZ_ARGUMENT_ID:
    return jz_is_thing_id (text) ||
           fail (error, act, argument->name, _ ("“%s” is not an id."), text);
  case JZ_ARGUMENT_HASH:
    return jz_hash_from_hex (text, &hash) ||
           fail (error, act, argument->name, _ ("give 64 hexadecimal digits."));
  default:
    return check_text (act, argument, text, error);
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
      return fail (error, act, argument->name, _ ("give a whole number from 0 to %lld."),
                   (long long)argument->max);
    return TRUE;
  case JZ_ARGUMENT_BOOLEAN:
    return kind == JZ_JSON_BOOLEAN || fail (error, act, argument->name, _ ("give true or false."));
  case JZ_ARGUMENT_OBJECT:
    return jz_object_from_json (value, &object) ||
           fail (error, act, argument->name, _ ("give a stored object."));
  case JZ_ARGUMENT_TEXTS:
    return kind == JZ_JSON_ARRAY ? check_texts (act, argument, value, error)
                                 : fail (error, act, argument->name, _ ("give a list of texts."));
  case JZ_ARGUMENT_FIGURES:
    return kind == JZ_JSON_OBJECT
             ? check_figures (act, argument, value, error)
             : fail (error, act, argument->name, _ ("give names with whole numbers."));
  case JZ_ARGUMENT_HASHES:
    return kind == JZ_JSON_OBJECT
             ? check_hashes (act, argument, value, error)
             : fail (error, act, argument->name, _ ("give names with hashes."));
  case JZ_ARGUMENT_LONG_TEXT:
    if (jz_object_from_json (value, &object))
      return TRUE;
    break;
  default:
    break;
  }
  if (kind != JZ_JSON_TEXT)
    return fail (error, act, argument->name, _ ("give a text in quotation marks."));
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
  if (jz_json_get_kind (args) != JZ_JSON_OBJECT) {
    g_set_error (error, JZ_OFFICE_ERROR, JZ_OFFICE_ERROR_ARGUMENT,
                 _ ("%s: give the arguments as one JSON object."), act->name);
    return FALSE;
  }
  for (guint i = 0; i < jz_json_get_n_items (args); i++) {
    const char *name = jz_json_get_name (args, i);
    const JzArgument *argument = find_argument (act, name);
    if (argument == NULL)
      return fail (error, act, name, _ ("this act has no such argument."));
    if (!check_value (act, argument, jz_json_get_item (args, i), error))
      return FALSE;
  }
  for (const JzArgument *argument = act->arguments; argument->name != NULL; argument++)
    if (!has_prepared_value (argument, jz_json_get_member (args, argument->name), is_prepared))
      return fail (error, act, argument->name, _ ("this argument is missing."));
  return TRUE;
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
