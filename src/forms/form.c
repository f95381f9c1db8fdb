/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "forms/form.h"

#include <string.h>

#include "forms/form-private.h"

/* A form once it is read never changes, so that any thread may use it. */

void
jz_words_clear (JzWords *self)
{
  g_clear_pointer (&self->zh, g_free);
  g_clear_pointer (&self->en, g_free);
}

static void
free_words (gpointer data)
{
  JzWords *self = data;
  jz_words_clear (self);
  g_free (self);
}

static void
free_choice (gpointer data)
{
  JzFormChoice *self = data;
  g_free (self->value);
  jz_words_clear (&self->label);
  g_free (self);
}

static void
free_default (gpointer data)
{
  JzFormDefault *self = data;
  g_free (self->member);
  g_free (self->text);
  g_clear_pointer (&self->expression, jz_expression_unref);
  g_free (self);
}

JzFormField *
jz_form_field_new (void)
{
  JzFormField *self = g_new0 (JzFormField, 1);
  self->choices = g_ptr_array_new_with_free_func (free_choice);
  self->defaults = g_ptr_array_new_with_free_func (free_default);
  self->prompts = g_ptr_array_new_with_free_func (free_words);
  self->avoided = g_ptr_array_new_with_free_func (g_free);
  self->members = g_ptr_array_new_with_free_func ((GDestroyNotify)jz_form_field_free);
  return self;
}

void
jz_form_field_free (JzFormField *self)
{
  jz_form_field_clear_value_type (self);
  g_free (self->name);
  g_free (self->composite);
  g_free (self->code);
  g_free (self->sum_of);
  g_free (self->proved_by);
  jz_words_clear (&self->label);
  g_clear_pointer (&self->when, jz_expression_unref);
  g_ptr_array_unref (self->choices);
  g_ptr_array_unref (self->defaults);
  g_ptr_array_unref (self->prompts);
  g_ptr_array_unref (self->avoided);
  g_ptr_array_unref (self->members);
  g_free (self);
}

JzBodyNode *
jz_body_node_new (JzBodyKind kind)
{
  JzBodyNode *self = g_new0 (JzBodyNode, 1);
  self->kind = kind;
  self->parts = g_ptr_array_new_with_free_func ((GDestroyNotify)jz_body_node_free);
  return self;
}

void
jz_body_node_free (JzBodyNode *self)
{
  g_clear_pointer (&self->when, jz_expression_unref);
  g_free (self->text);
  g_clear_pointer (&self->widths, g_array_unref);
  g_ptr_array_unref (self->parts);
  g_free (self);
}

void
jz_form_element_free (JzFormElement *self)
{
  g_free (self->law);
  g_free (self->version);
  g_free (self->article);
  g_free (self->item);
  g_free (self->text);
  g_strfreev (self->fields);
  g_free (self);
}

void
jz_form_check_free (JzFormCheck *self)
{
  g_free (self->rule);
  g_free (self->text);
  g_clear_pointer (&self->that, jz_expression_unref);
  jz_words_clear (&self->sentence);
  g_free (self);
}

/**
 * jz_form_ref:
 * @self: a form
 *
 * Returns: (transfer full): the same form
 */
JzForm *
jz_form_ref (const JzForm *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  JzForm *form = (JzForm *)self;
  g_atomic_ref_count_inc (&form->ref_count);
  return form;
}

/**
 * jz_form_unref:
 * @self: (transfer full): a form
 *
 * Gives a form back; the last one frees it with all its fields and parts.
 */
void
jz_form_unref (JzForm *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_clear_pointer (&self->body, jz_body_node_free);
  g_ptr_array_unref (self->elements);
  g_ptr_array_unref (self->checks);
  g_ptr_array_unref (self->outline);
  g_ptr_array_unref (self->fields);
  jz_words_clear (&self->title);
  g_free (self->id);
  g_free (self->number);
  g_free (self->seal);
  g_free (self->served);
  g_free (self->publicity);
  g_free (self->flow);
  g_free (self->approved_by);
  g_free (self->finalised_by);
  g_free (self);
}

/**
 * jz_form_get_id:
 * @self: a form
 *
 * Returns: its id, as in forms.md §1
 */
const char *
jz_form_get_id (const JzForm *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->id;
}

/**
 * jz_form_get_version:
 * @self: a form
 *
 * Returns: which version of it this is, from 1
 */
guint
jz_form_get_version (const JzForm *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->version;
}

/**
 * jz_form_get_kind:
 * @self: a form
 *
 * Returns: by which rules of forms.md §3 it is drawn
 */
JzFormKind
jz_form_get_kind (const JzForm *self)
{
  g_return_val_if_fail (self != NULL, JZ_FORM_LETTER);

  return self->kind;
}

/**
 * jz_form_get_title:
 * @self: a form
 * @language: (nullable): "en" for English where there is one; else Chinese
 *
 * Returns: its name
 */
const char *
jz_form_get_title (const JzForm *self, const char *language)
{
  g_return_val_if_fail (self != NULL, NULL);

  if (g_strcmp0 (language, "en") == 0 && self->title.en != NULL)
    return self->title.en;
  return self->title.zh;
}

/**
 * jz_form_is_external:
 * @self: a form
 *
 * Returns: whether it leaves the office
 */
gboolean
jz_form_is_external (const JzForm *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->is_external;
}

/**
 * jz_form_is_secondary:
 * @self: a form
 *
 * Returns: whether its documents belong in the secondary volume of the dossier (副卷), which stays
 *   in the bureau (forms.md §2.11, AO-10)
 */
gboolean
jz_form_is_secondary (const JzForm *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->is_secondary;
}

/**
 * jz_form_get_number_code:
 * @self: a form
 *
 * Returns: (nullable): the kind code of its numbers; "case" when it bears the case's number only;
 *   %NULL when it bears none
 */
const char *
jz_form_get_number_code (const JzForm *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->number;
}

/**
 * jz_form_get_seal:
 * @self: a form
 *
 * Returns: (nullable): "organ" or "special"; %NULL when it is not sealed
 */
const char *
jz_form_get_seal (const JzForm *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->seal;
}

/**
 * jz_form_get_served:
 * @self: a form
 *
 * Returns: (nullable): "yes" when it must be served, "hand" when it is handed over or signed on the
 *   spot
 */
const char *
jz_form_get_served (const JzForm *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->served;
}

/**
 * jz_form_get_publicity:
 * @self: a form
 *
 * Returns: (nullable): "yes" when it is in the scope of publicity, "review" when it is so after a
 *   review; %NULL when it is never published
 */
const char *
jz_form_get_publicity (const JzForm *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->publicity;
}

/**
 * jz_form_get_flow:
 * @self: a form
 *
 * Returns: the roles of forms.md §0.4 in order, divided by blanks; the last one signs off
 */
const char *
jz_form_get_flow (const JzForm *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->flow;
}

/**
 * jz_form_has_step:
 * @self: a form
 * @role: a role of forms.md §0.4, such as 'U'
 *
 * Returns: whether its flow passes that role
 */
gboolean
jz_form_has_step (const JzForm *self, char role)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return strchr (self->flow, role) != NULL;
}

/**
 * jz_form_get_approving_act:
 * @self: a form
 *
 * Returns: the act that approves a document of this form (签发)
 */
const char *
jz_form_get_approving_act (const JzForm *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->approved_by;
}

/**
 * jz_form_get_finalising_act:
 * @self: a form
 *
 * Returns: the act that gives a document of this form its number and makes it final (编号成文)
 */
const char *
jz_form_get_finalising_act (const JzForm *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->finalised_by;
}

/**
 * jz_form_get_n_fields:
 * @self: a form
 *
 * Returns: how many fields it has
 */
guint
jz_form_get_n_fields (const JzForm *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->fields->len;
}

/**
 * jz_form_get_field:
 * @self: a form
 * @position: which one, below jz_form_get_n_fields()
 *
 * Returns: (transfer none): the field
 */
const JzFormField *
jz_form_get_field (const JzForm *self, guint position)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (position < self->fields->len, NULL);

  return g_ptr_array_index (self->fields, position);
}

static const JzFormField *
find_field (const GPtrArray *fields, const char *name)
{
  for (guint i = 0; i < fields->len; i++) {
    const JzFormField *field = g_ptr_array_index (fields, i);
    if (strcmp (field->name, name) == 0)
      return field;
  }
  return NULL;
}

/**
 * jz_form_find_field:
 * @self: a form
 * @name: the name of a field
 *
 * Returns: (transfer none) (nullable): the field
 */
const JzFormField *
jz_form_find_field (const JzForm *self, const char *name)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (name != NULL, NULL);

  return find_field (self->fields, name);
}

/**
 * jz_form_field_find_member:
 * @self: a field
 * @name: the name of a member or column
 *
 * Returns: (transfer none) (nullable): the member
 */
const JzFormField *
jz_form_field_find_member (const JzFormField *self, const char *name)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (name != NULL, NULL);

  return find_field (self->members, name);
}

/**
 * jz_form_get_body:
 * @self: a form
 *
 * Returns: (transfer none): a node whose parts are what stands on the pages below the title
 */
const JzBodyNode *
jz_form_get_body (const JzForm *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->body;
}

/**
 * jz_form_get_n_elements:
 * @self: a form
 *
 * Returns: how many things the law wants in it
 */
guint
jz_form_get_n_elements (const JzForm *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->elements->len;
}

/**
 * jz_form_get_element:
 * @self: a form
 * @position: which one, below jz_form_get_n_elements()
 *
 * Returns: (transfer none): the element
 */
const JzFormElement *
jz_form_get_element (const JzForm *self, guint position)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (position < self->elements->len, NULL);

  return g_ptr_array_index (self->elements, position);
}

/**
 * jz_form_get_n_checks:
 * @self: a form
 *
 * Returns: how many conditions it sets
 */
guint
jz_form_get_n_checks (const JzForm *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->checks->len;
}

/**
 * jz_form_get_check:
 * @self: a form
 * @position: which one, below jz_form_get_n_checks()
 *
 * Returns: (transfer none): the condition
 */
const JzFormCheck *
jz_form_get_check (const JzForm *self, guint position)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (position < self->checks->len, NULL);

  return g_ptr_array_index (self->checks, position);
}

/**
 * jz_form_kind_get_name:
 * @kind: a kind
 *
 * Returns: its name in Chinese, which is a term of the trade
 */
const char *
jz_form_kind_get_name (JzFormKind kind)
{
  static const char *const names[] = {
    [JZ_FORM_LETTER] = "公文",
    [JZ_FORM_TABLE] = "表格",
    [JZ_FORM_RECORD] = "笔录",
  };
  g_return_val_if_fail (kind < G_N_ELEMENTS (names), NULL);

  return names[kind];
}

/**
 * jz_field_type_get_name:
 * @type: a type
 *
 * Returns: its name in the files of forms
 */
const char *
jz_field_type_get_name (JzFieldType type)
{
  static const char *const names[] = {
    [JZ_FIELD_TEXT] = "text",       [JZ_FIELD_LONGTEXT] = "longtext",
    [JZ_FIELD_ADDRESS] = "address", [JZ_FIELD_IDCODE] = "idcode",
    [JZ_FIELD_DATE] = "date",       [JZ_FIELD_DATETIME] = "datetime",
    [JZ_FIELD_MONEY] = "money",     [JZ_FIELD_INT] = "int",
    [JZ_FIELD_NUMBER] = "number",   [JZ_FIELD_BOOL] = "bool",
    [JZ_FIELD_CHOICE] = "choice",   [JZ_FIELD_COMPOSITE] = "composite",
    [JZ_FIELD_TABLE] = "table",
  };
  g_return_val_if_fail (type < G_N_ELEMENTS (names), NULL);

  return names[type];
}

/**
 * jz_form_get_outline:
 * @self: a form
 *
 * Returns: (transfer none) (element-type utf8): questions prepared for whoever asks, in order; none
 *   where nobody is asked anything
 */
const GPtrArray *
jz_form_get_outline (const JzForm *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->outline;
}
