/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/error.h"
#include "forms/filling-private.h"
#include "forms/form-private.h"

/* The shape of values: what is refused at once, even in a draft. */

static gboolean
set_error (GError **error, JzBaseError code, char *sentence)
{
  g_set_error_literal (error, JZ_BASE_ERROR, (int)code, sentence);
  g_free (sentence);
  return FALSE;
}

/* Characters that nobody sees and that change what others see. */
static gboolean
is_forbidden (gunichar character)
{
  if (character == '\n')
    return FALSE;
  return g_unichar_iscntrl (character) || (character >= 0x202a && character <= 0x202e) ||
         (character >= 0x2066 && character <= 0x2069) || character == 0xfeff ||
         (character & 0xfffe) == 0xfffe;
}

static gboolean
check_text (const JzJson *value, const char *path, GError **error)
{
  const char *text = jz_json_get_text (value);
  if (strlen (text) > JZ_FILLING_MAX_TEXT)
    return set_error (error, JZ_BASE_ERROR_LIMIT,
                      g_strdup_printf (_ ("The text of the field %s is longer than %d bytes; put "
                                          "long material into an attachment."),
                                       path, JZ_FILLING_MAX_TEXT));
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at)) {
    if (is_forbidden (g_utf8_get_char (at)))
      return set_error (error, JZ_BASE_ERROR_SYNTAX,
                        g_strdup_printf (_ ("The field %s contains the control character U+%04X; "
                                            "take it out."),
                                         path, g_utf8_get_char (at)));
  }
  return TRUE;
}

static JzJsonKind
get_json_kind (const JzFormField *field)
{
  switch (field->type) {
  case JZ_FIELD_MONEY:
  case JZ_FIELD_INT:
    return JZ_JSON_INTEGER;
  case JZ_FIELD_BOOL:
    return JZ_JSON_BOOLEAN;
  case JZ_FIELD_COMPOSITE:
  case JZ_FIELD_TABLE:
    return JZ_JSON_OBJECT;
  default:
    return JZ_JSON_TEXT;
  }
}

static gboolean
check_members (const GPtrArray *fields, const JzJson *value, const char *path, GError **error)
{
  for (guint i = 0; i < jz_json_get_n_items (value); i++) {
    const char *name = jz_json_get_name (value, i);
    const JzFormField *found = NULL;
    for (guint j = 0; j < fields->len && found == NULL; j++) {
      const JzFormField *field = g_ptr_array_index (fields, j);
      found = strcmp (field->name, name) == 0 ? field : NULL;
    }
    g_autofree char *inner =
      *path != '\0' ? g_strdup_printf ("%s.%s", path, name) : g_strdup (name);
    if (found == NULL) {
      g_autofree char *shown = jz_error_dup_excerpt (inner, -1);
      return set_error (error, JZ_BASE_ERROR_RANGE,
                        g_strdup_printf (_ ("The form has no field %s; correct its name."), shown));
    }
    if (!jz_filling_check_value_shape (found, jz_json_get_item (value, i), inner, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
check_one (const JzFormField *field, const JzJson *value, const char *path, GError **error)
{
  if (jz_json_get_kind (value) != get_json_kind (field))
    return set_error (
      error, JZ_BASE_ERROR_SYNTAX,
      g_strdup_printf (_ ("The field %s is of type %s and cannot hold this value."), path,
                       field->composite != NULL ? field->composite
                                                : jz_field_type_get_name (field->type)));
  if (jz_json_get_kind (value) == JZ_JSON_TEXT)
    return check_text (value, path, error);
  if (jz_json_get_kind (value) == JZ_JSON_OBJECT)
    return check_members (field->members, value, path, error);
  return TRUE;
}

static gboolean
check_list (const JzFormField *field, const JzJson *value, const char *path, GError **error)
{
  if (jz_json_get_kind (value) != JZ_JSON_ARRAY)
    return set_error (error, JZ_BASE_ERROR_SYNTAX,
                      g_strdup_printf (_ ("The field %s holds a list of values."), path));
  if (jz_json_get_n_items (value) > JZ_FILLING_MAX_ENTRIES)
    return set_error (error, JZ_BASE_ERROR_LIMIT,
                      g_strdup_printf (_ ("The field %s has more than %d entries; divide the "
                                          "document."),
                                       path, JZ_FILLING_MAX_ENTRIES));
  for (guint i = 0; i < jz_json_get_n_items (value); i++) {
    g_autofree char *inner = g_strdup_printf ("%s[%u]", path, i + 1);
    if (!check_one (field, jz_json_get_item (value, i), inner, error))
      return FALSE;
  }
  return TRUE;
}

gboolean
jz_filling_check_value_shape (const JzFormField *field,
                              const JzJson *value,
                              const char *path,
                              GError **error)
{
  if (field->is_list)
    return check_list (field, value, path, error);
  return check_one (field, value, path, error);
}

gboolean
jz_filling_check_shape (const JzForm *form, const JzJson *values, GError **error)
{
  if (jz_json_get_kind (values) != JZ_JSON_OBJECT)
    return set_error (error, JZ_BASE_ERROR_SYNTAX,
                      g_strdup (_ ("The values of a document are an object by names of fields.")));
  return check_members (form->fields, values, "", error);
}

/* Wide blanks, too: those of a Chinese input method. */
static gboolean
is_blank (const char *text)
{
  while (*text != '\0' && g_unichar_isspace (g_utf8_get_char (text)))
    text = g_utf8_next_char (text);
  return *text == '\0';
}

/**
 * jz_filling_is_empty:
 * @value: (nullable): a value of a document
 *
 * Returns: whether nothing is written there: no value, an empty text, or parts that are all empty
 */
gboolean
jz_filling_is_empty (const JzJson *value)
{
  if (value == NULL)
    return TRUE;
  switch (jz_json_get_kind (value)) {
  case JZ_JSON_NULL:
    return TRUE;
  case JZ_JSON_TEXT:
    return is_blank (jz_json_get_text (value));
  case JZ_JSON_ARRAY:
  case JZ_JSON_OBJECT:
    for (guint i = 0; i < jz_json_get_n_items (value); i++) {
      if (!jz_filling_is_empty (jz_json_get_item (value, i)))
        return FALSE;
    }
    return TRUE;
  default:
    return FALSE;
  }
}
