/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "forms/form-private.h"

/* What expressions may ask of a document: doc.NAME of a field, doc.NAME.MEMBER of a composite, and
 * lists whose records have the plain members of their entries. */

static JzValueKind
get_value_kind (JzFieldType type)
{
  static const JzValueKind kinds[] = {
    [JZ_FIELD_TEXT] = JZ_VALUE_TEXT,      [JZ_FIELD_LONGTEXT] = JZ_VALUE_TEXT,
    [JZ_FIELD_ADDRESS] = JZ_VALUE_TEXT,   [JZ_FIELD_IDCODE] = JZ_VALUE_TEXT,
    [JZ_FIELD_DATE] = JZ_VALUE_DATE,      [JZ_FIELD_DATETIME] = JZ_VALUE_INSTANT,
    [JZ_FIELD_MONEY] = JZ_VALUE_MONEY,    [JZ_FIELD_INT] = JZ_VALUE_INT,
    [JZ_FIELD_NUMBER] = JZ_VALUE_TEXT,    [JZ_FIELD_BOOL] = JZ_VALUE_BOOL,
    [JZ_FIELD_CHOICE] = JZ_VALUE_CHOICE,  [JZ_FIELD_TABLE] = JZ_VALUE_LIST,
    [JZ_FIELD_COMPOSITE] = JZ_VALUE_LIST,
  };
  return kinds[type];
}

static const char *const *
dup_choice_words (const JzFormField *self)
{
  const char **words = g_new0 (const char *, self->choices->len + 1);
  for (guint i = 0; i < self->choices->len; i++)
    words[i] = ((const JzFormChoice *)g_ptr_array_index (self->choices, i))->value;
  return words;
}

static gboolean
is_plain (const JzFormField *member)
{
  return !member->is_list && member->type != JZ_FIELD_COMPOSITE;
}

/* The records of a list of plain values have one field, `value`. */
static void
set_list_type (JzFormField *self)
{
  JzField *fields = g_new0 (JzField, self->members->len + 1);
  gsize n_fields = 0;
  for (guint i = 0; i < self->members->len; i++) {
    const JzFormField *member = g_ptr_array_index (self->members, i);
    if (is_plain (member))
      fields[n_fields++] = (JzField){ member->name, member->value_type };
  }
  if (self->members->len == 0) {
    fields[0] = (JzField){ "value", { .kind = get_value_kind (self->type) } };
    if (self->type == JZ_FIELD_CHOICE)
      fields[0].type.choices = dup_choice_words (self);
    n_fields = 1;
  }
  self->value_type.kind = JZ_VALUE_LIST;
  self->value_type.fields = fields;
  self->value_type.n_fields = n_fields;
}

void
jz_form_field_set_value_type (JzFormField *self)
{
  if (self->is_list) {
    set_list_type (self);
    return;
  }
  self->value_type.kind = get_value_kind (self->type);
  if (self->type == JZ_FIELD_CHOICE)
    self->value_type.choices = dup_choice_words (self);
}

void
jz_form_field_clear_value_type (JzFormField *self)
{
  if (self->is_list && self->members->len == 0 && self->value_type.n_fields == 1)
    g_free ((gpointer)self->value_type.fields[0].type.choices);
  g_free ((gpointer)self->value_type.choices);
  g_free ((gpointer)self->value_type.fields);
  memset (&self->value_type, 0, sizeof self->value_type);
}

static gboolean
is_plain_composite (const JzFormField *field)
{
  return field->type == JZ_FIELD_COMPOSITE && !field->is_list;
}

/* @name without its prefix: a field, or a member of a composite that is no list. */
const JzType *
jz_form_get_value_type (const JzForm *self, const char *name)
{
  g_auto (GStrv) parts = g_strsplit (name, ".", 3);
  const JzFormField *field = parts[0] != NULL ? jz_form_find_field (self, parts[0]) : NULL;
  if (field == NULL)
    return NULL;
  if (parts[1] == NULL)
    return is_plain_composite (field) ? NULL : &field->value_type;
  if (parts[2] != NULL || !is_plain_composite (field))
    return NULL;
  const JzFormField *member = jz_form_field_find_member (field, parts[1]);
  return member != NULL && (is_plain (member) || member->is_list) ? &member->value_type : NULL;
}

/* For the suggestion in an error; names of plain fields are enough. */
const char *
jz_form_get_value_name (const JzForm *self, gsize position)
{
  if (position >= self->fields->len)
    return NULL;
  return ((const JzFormField *)g_ptr_array_index (self->fields, position))->name;
}
