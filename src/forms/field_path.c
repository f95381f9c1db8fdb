/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "forms/field_path.h"

#include <string.h>

/* Values by the paths that stand on pages and in findings. */

/**
 * jz_field_path_parse:
 * @form: a form
 * @text: a path
 * @path: (out): points into @form
 *
 * Returns: whether the form has such a value
 */
gboolean
jz_field_path_parse (const JzForm *form, const char *text, JzFieldPath *path)
{
  g_return_val_if_fail (form != NULL, FALSE);
  g_return_val_if_fail (text != NULL, FALSE);

  gsize length = strcspn (text, "[.");
  g_autofree char *name = g_strndup (text, length);
  const char *rest = text + length;
  guint64 entry = 0;
  char *end = NULL;
  *path = (JzFieldPath){ jz_form_find_field (form, name), 0, NULL };
  if (path->field == NULL)
    return FALSE;
  if (*rest == '[') {
    entry = g_ascii_strtoull (rest + 1, &end, 10);
    if (entry == 0 || entry > JZ_FILLING_MAX_ENTRIES || *end != ']' || !path->field->is_list)
      return FALSE;
    path->entry = (guint)entry;
    rest = end + 1;
  }
  if (*rest == '\0')
    return TRUE;
  if (*rest != '.' || (path->field->is_list && path->entry == 0))
    return FALSE;
  path->member = jz_form_field_find_member (path->field, rest + 1);
  return path->member != NULL;
}

/**
 * jz_field_path_get_leaf:
 * @self: a path
 *
 * Returns: (transfer none): what says of which type the value is
 */
const JzFormField *
jz_field_path_get_leaf (const JzFieldPath *self)
{
  return self->member != NULL ? self->member : self->field;
}

/**
 * jz_field_path_is_list:
 * @self: a path
 *
 * Returns: whether the value is a list of entries
 */
gboolean
jz_field_path_is_list (const JzFieldPath *self)
{
  return self->member != NULL ? self->member->is_list : self->field->is_list && self->entry == 0;
}

/**
 * jz_field_path_dup_label:
 * @self: a path
 *
 * Returns: (transfer full): what the value is called on paper, unlike any other of its document
 */
char *
jz_field_path_dup_label (const JzFieldPath *self)
{
  const char *field = self->field->label.zh;

  if (self->entry == 0 && self->member == NULL)
    return g_strdup (field);
  if (self->entry == 0)
    return g_strdup_printf ("%s %s", field, self->member->label.zh);
  if (self->member == NULL)
    return g_strdup_printf ("%s %u", field, self->entry);
  return g_strdup_printf ("%s %u %s", field, self->entry, self->member->label.zh);
}

/**
 * jz_filling_get_at:
 * @self: a document
 * @path: which value
 *
 * Returns: (transfer none) (nullable): the value
 */
const JzJson *
jz_filling_get_at (const JzFilling *self, const JzFieldPath *path)
{
  g_return_val_if_fail (self != NULL, NULL);

  const JzJson *value = jz_json_get_member (jz_filling_get_values (self), path->field->name);
  if (value != NULL && path->entry > 0)
    value =
      path->entry <= jz_json_get_n_items (value) ? jz_json_get_item (value, path->entry - 1) : NULL;
  if (value != NULL && path->member != NULL)
    value = jz_json_get_member (value, path->member->name);
  return value;
}

/* @value: (transfer full) (nullable) */
static JzJson *
put_member (const JzJson *whole, const JzFormField *member, JzJson *value)
{
  JzJson *copy = whole != NULL ? jz_json_copy (whole) : jz_json_new_object ();
  if (value != NULL)
    jz_json_set_member (copy, member->name, value);
  else
    jz_json_remove_member (copy, member->name);
  return copy;
}

/* @value: (transfer full) (nullable): takes the place of an entry; missing ones before it are
 * empty. */
static JzJson *
put_entry (const JzJson *list, guint entry, JzJson *value)
{
  JzJson *copy = jz_json_new_array ();
  guint n = list != NULL ? jz_json_get_n_items (list) : 0;
  for (guint i = 1; i <= MAX (n, entry); i++) {
    if (i == entry)
      jz_json_append (copy, value != NULL ? value : jz_json_new_object ());
    else
      jz_json_append (copy, i <= n ? jz_json_copy (jz_json_get_item (list, i - 1))
                                   : jz_json_new_object ());
  }
  return copy;
}

/**
 * jz_filling_put_at:
 * @self: a document
 * @path: which value
 * @value: (transfer full) (nullable): what it is now; %NULL empties it
 * @error: return location
 *
 * Returns: whether the value has the shape of its field; when not, the old one stays
 */
gboolean
jz_filling_put_at (JzFilling *self, const JzFieldPath *path, JzJson *value, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  const JzJson *old = jz_json_get_member (jz_filling_get_values (self), path->field->name);
  g_autoptr (JzJson) whole = NULL;
  if (path->entry > 0) {
    const JzFieldPath entry = { path->field, path->entry, NULL };
    JzJson *inner = path->member != NULL
                      ? put_member (jz_filling_get_at (self, &entry), path->member, value)
                      : value;
    whole = put_entry (old, path->entry, inner);
  } else {
    whole = path->member != NULL ? put_member (old, path->member, value) : value;
  }
  return jz_filling_set (self, path->field->name, whole, error);
}
