/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "forms/form-private.h"

/* Reading fields. Fields come first and their conditions in a second walk, because a condition may
 * name a field that stands further down. */

#define MAX_FIELDS 1000

static gboolean
read_field (JzFormLoader *self, const xmlNode *element, GPtrArray *fields, GError **error);

static gboolean
read_base_type (JzFormField *field, const char *type)
{
  for (int i = 0; i <= JZ_FIELD_TABLE; i++) {
    if (i != JZ_FIELD_COMPOSITE && strcmp (jz_field_type_get_name ((JzFieldType)i), type) == 0) {
      field->type = (JzFieldType)i;
      field->is_list = i == JZ_FIELD_TABLE;
      return TRUE;
    }
  }
  return FALSE;
}

static gboolean
read_members (JzFormLoader *self, const xmlNode *parent, GPtrArray *fields, GError **error)
{
  for (const xmlNode *element = jz_xml_get_first_element (parent); element != NULL;
       element = jz_xml_get_next_element (element)) {
    if (jz_xml_is_element (element, "field") && !read_field (self, element, fields, error))
      return FALSE;
  }
  return TRUE;
}

static const xmlNode *
find_composite (const JzFormLoader *self, const char *id)
{
  if (self->blocks == NULL)
    return NULL;
  for (const xmlNode *element = jz_xml_get_first_element (jz_xml_get_root (self->blocks));
       element != NULL; element = jz_xml_get_next_element (element)) {
    g_autofree char *found = jz_xml_dup_attribute (element, "id");
    if (jz_xml_is_element (element, "type") && g_strcmp0 (found, id) == 0)
      return element;
  }
  return NULL;
}

static gboolean
read_number (const xmlNode *node, const char *name, gint64 *number)
{
  g_autofree char *text = jz_xml_dup_attribute (node, name);
  if (text == NULL)
    return FALSE;
  *number = g_ascii_strtoll (text, NULL, 10);
  return TRUE;
}

static gboolean
read_composite (JzFormLoader *self,
                const xmlNode *element,
                const char *type,
                JzFormField *field,
                GError **error)
{
  const xmlNode *definition = find_composite (self, type);
  if (definition == NULL)
    return jz_form_loader_fail (self, element, error,
                                _ ("There is no type “%s” of fields; correct its name."), type);
  if (g_ptr_array_find_with_equal_func (self->open_types, type, g_str_equal, NULL))
    return jz_form_loader_fail (self, element, error,
                                _ ("The type “%s” contains itself; take this field out."), type);
  g_ptr_array_add (self->open_types, g_strdup (type));
  const JzXml *outer = self->document;
  self->document = self->blocks;
  gboolean is_read = read_members (self, definition, field->members, error);
  self->document = outer;
  g_ptr_array_remove_index (self->open_types, self->open_types->len - 1);
  field->type = JZ_FIELD_COMPOSITE;
  field->composite = g_strdup (type);
  field->is_list = jz_form_loader_get_flag (definition, "many");
  field->has_least = read_number (definition, "least", &field->least);
  return is_read;
}

static gboolean
read_type (JzFormLoader *self, const xmlNode *element, JzFormField *field, GError **error)
{
  g_autofree char *type = jz_xml_dup_attribute (element, "type");
  if (!read_base_type (field, type) && !read_composite (self, element, type, field, error))
    return FALSE;
  if (field->type == JZ_FIELD_TABLE && !read_members (self, element, field->members, error))
    return FALSE;
  if (field->type == JZ_FIELD_TABLE && field->members->len == 0)
    return jz_form_loader_fail (self, element, error,
                                _ ("The table “%s” has no column; put a <field> into it."),
                                field->name);
  if (jz_form_loader_get_flag (element, "many"))
    field->is_list = TRUE;
  return TRUE;
}

static gboolean
read_choice (JzFormLoader *self, const xmlNode *element, JzFormField *field, GError **error)
{
  JzFormChoice *choice = g_new0 (JzFormChoice, 1);
  choice->value = jz_xml_dup_attribute (element, "value");
  for (guint i = 0; i < field->choices->len; i++) {
    const JzFormChoice *other = g_ptr_array_index (field->choices, i);
    if (strcmp (other->value, choice->value) == 0) {
      g_free (choice->value);
      g_free (choice);
      return jz_form_loader_fail (
        self, element, error, _ ("The choice “%s” is there already; take one out."), other->value);
    }
  }
  g_ptr_array_add (field->choices, choice);
  return jz_form_loader_read_words (self, element, "label", &choice->label, error);
}

/* Every prompt is one sentence in one language; the two of a pair stand side by side. */
static void
read_prompt (const xmlNode *element, JzFormField *field)
{
  JzWords *words = g_new0 (JzWords, 1);
  words->zh = g_strstrip (jz_xml_dup_text (element));
  g_ptr_array_add (field->prompts, words);
}

static gboolean
read_children (JzFormLoader *self, const xmlNode *parent, JzFormField *field, GError **error)
{
  for (const xmlNode *element = jz_xml_get_first_element (parent); element != NULL;
       element = jz_xml_get_next_element (element)) {
    if (jz_xml_is_element (element, "choice")) {
      if (!read_choice (self, element, field, error))
        return FALSE;
    } else if (jz_xml_is_element (element, "prompt")) {
      read_prompt (element, field);
    } else if (jz_xml_is_element (element, "avoid")) {
      g_ptr_array_add (field->avoided, g_strstrip (jz_xml_dup_text (element)));
    }
  }
  if ((field->type == JZ_FIELD_CHOICE) == (field->choices->len > 0))
    return TRUE;
  return jz_form_loader_fail (self, parent, error,
                              _ ("The field “%s” is a choice without words to choose, or has words "
                                 "to choose and is no choice; correct its type."),
                              field->name);
}

static void
read_attributes (const xmlNode *element, JzFormField *field)
{
  static const char *const aligns[] = { "left", "center", "right" };
  g_autofree char *width = jz_xml_dup_attribute (element, "width");
  g_autofree char *align = jz_xml_dup_attribute (element, "align");
  g_autofree char *decisive = jz_form_loader_dup_word (element, "decisive", "yes");
  field->is_required = jz_form_loader_get_flag (element, "required");
  field->may_be_future = jz_form_loader_get_flag (element, "future");
  field->is_decisive = strcmp (decisive, "yes") == 0;
  field->has_least = read_number (element, "least", &field->least) || field->has_least;
  field->has_most = read_number (element, "most", &field->most);
  field->code = jz_xml_dup_attribute (element, "code");
  field->sum_of = jz_xml_dup_attribute (element, "sum-of");
  field->proved_by = jz_xml_dup_attribute (element, "proved-by");
  field->width = width != NULL ? g_ascii_strtod (width, NULL) : 0;
  for (guint i = 0; align != NULL && i < G_N_ELEMENTS (aligns); i++) {
    if (strcmp (aligns[i], align) == 0)
      field->align = (JzAlign)i;
  }
}

static gboolean
check_name (const JzFormLoader *self,
            const xmlNode *element,
            const char *name,
            const GPtrArray *fields,
            GError **error)
{
  for (guint i = 0; i < fields->len; i++) {
    const JzFormField *other = g_ptr_array_index (fields, i);
    if (strcmp (other->name, name) == 0)
      return jz_form_loader_fail (self, element, error,
                                  _ ("The field “%s” is there already; give one of the two another "
                                     "name."),
                                  name);
  }
  if (fields->len < MAX_FIELDS)
    return TRUE;
  return jz_form_loader_fail (self, element, error,
                              _ ("There are more than %d fields, which is more than is read."),
                              MAX_FIELDS);
}

static gboolean
read_field (JzFormLoader *self, const xmlNode *element, GPtrArray *fields, GError **error)
{
  g_autoptr (JzFormField) field = jz_form_field_new ();
  field->name = jz_xml_dup_attribute (element, "name");
  if (!check_name (self, element, field->name, fields, error) ||
      !read_type (self, element, field, error))
    return FALSE;
  read_attributes (element, field);
  if (!jz_form_loader_read_words (self, element, "label", &field->label, error) ||
      !read_children (self, element, field, error))
    return FALSE;
  jz_form_field_set_value_type (field);
  g_ptr_array_add (fields, g_steal_pointer (&field));
  return TRUE;
}

typedef gboolean (*JzFieldFunc) (JzFormLoader *self, const xmlNode *element, GError **error);

/* Calls @func for every field of @parent and of the blocks that it includes, in order. */
static gboolean
walk_fields (JzFormLoader *self, const xmlNode *parent, JzFieldFunc func, GError **error)
{
  for (const xmlNode *element = jz_xml_get_first_element (parent); element != NULL;
       element = jz_xml_get_next_element (element)) {
    if (jz_xml_is_element (element, "field")) {
      if (!func (self, element, error))
        return FALSE;
      continue;
    }
    const xmlNode *block;
    const JzXml *outer;
    if (!jz_form_loader_enter (self, element, &block, &outer, error))
      return FALSE;
    const xmlNode *inner = jz_xml_get_first_element (block);
    if (inner != NULL && jz_xml_is_element (inner, "fields") &&
        !walk_fields (self, inner, func, error))
      return FALSE;
    jz_form_loader_leave (self, outer);
  }
  return TRUE;
}

static gboolean
add_field (JzFormLoader *self, const xmlNode *element, GError **error)
{
  return read_field (self, element, self->form->fields, error);
}

gboolean
jz_form_loader_read_fields (JzFormLoader *self,
                            const xmlNode *parent,
                            GPtrArray *fields,
                            GError **error)
{
  return walk_fields (self, parent, add_field, error);
}

static const JzType *
find_default_type (const JzFormField *field, const char *member)
{
  if (member == NULL)
    return field->type == JZ_FIELD_COMPOSITE && !field->is_list ? NULL : &field->value_type;
  const JzFormField *found = jz_form_field_find_member (field, member);
  return found != NULL ? &found->value_type : NULL;
}

static gboolean
read_default (JzFormLoader *self, const xmlNode *element, JzFormField *field, GError **error)
{
  g_autofree char *member = jz_xml_dup_attribute (element, "member");
  g_autofree char *text = g_strstrip (jz_xml_dup_text (element));
  const JzType *type = find_default_type (field, member);
  if (type == NULL)
    return jz_form_loader_fail (self, element, error,
                                _ ("A default of “%s” must name one of its members."), field->name);
  g_autoptr (JzExpression) expression = NULL;
  if (self->vocabulary != NULL &&
      !jz_form_loader_read_expression (self, element, text, type, TRUE, &expression, error))
    return FALSE;
  JzFormDefault *value = g_new0 (JzFormDefault, 1);
  value->member = g_steal_pointer (&member);
  value->text = g_steal_pointer (&text);
  value->expression = g_steal_pointer (&expression);
  g_ptr_array_add (field->defaults, value);
  return TRUE;
}

static gboolean
check_sum (const JzFormLoader *self,
           const xmlNode *element,
           const JzFormField *field,
           GError **error)
{
  if (field->sum_of == NULL)
    return TRUE;
  g_auto (GStrv) path = g_strsplit (field->sum_of, ".", 2);
  const JzFormField *table = jz_form_find_field (self->form, path[0]);
  const JzFormField *column =
    table != NULL && table->is_list ? jz_form_field_find_member (table, path[1]) : NULL;
  if (column != NULL && column->type == field->type)
    return TRUE;
  return jz_form_loader_fail (self, element, error,
                              _ ("There is no column “%s” of the type of “%s”; correct sum-of."),
                              field->sum_of, field->name);
}

static gboolean
check_proved_by (const JzFormLoader *self,
                 const xmlNode *element,
                 const JzFormField *field,
                 GError **error)
{
  if (field->proved_by == NULL)
    return TRUE;
  const JzFormField *table = jz_form_find_field (self->form, field->proved_by);
  const JzFormField *column =
    table != NULL && table->is_list ? jz_form_field_find_member (table, "no") : NULL;
  if (field->type == JZ_FIELD_LONGTEXT && column != NULL && column->type == JZ_FIELD_INT)
    return TRUE;
  return jz_form_loader_fail (self, element, error,
                              _ ("“%s” is no table with numbers in a column no, or the field is no "
                                 "long text; correct proved-by."),
                              field->proved_by);
}

static gboolean
read_condition (JzFormLoader *self, const xmlNode *element, GError **error)
{
  g_autofree char *name = jz_xml_dup_attribute (element, "name");
  JzFormField *field = (JzFormField *)jz_form_find_field (self->form, name);
  if (!jz_form_loader_read_when (self, element, &field->when, error) ||
      !check_sum (self, element, field, error) || !check_proved_by (self, element, field, error))
    return FALSE;
  for (const xmlNode *child = jz_xml_get_first_element (element); child != NULL;
       child = jz_xml_get_next_element (child)) {
    if (jz_xml_is_element (child, "default") && !read_default (self, child, field, error))
      return FALSE;
  }
  return TRUE;
}

gboolean
jz_form_loader_read_conditions (JzFormLoader *self, const xmlNode *parent, GError **error)
{
  return walk_fields (self, parent, read_condition, error);
}
