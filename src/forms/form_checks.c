/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "forms/form-private.h"

/* Reading what the law wants in a document, and the conditions that it must meet. */

static gboolean
read_element (JzFormLoader *self, const xmlNode *statute, const xmlNode *element, GError **error)
{
  JzFormElement *item = g_new0 (JzFormElement, 1);
  g_autofree char *fields = jz_xml_dup_attribute (element, "fields");
  g_ptr_array_add (self->form->elements, item);
  item->law = jz_xml_dup_attribute (statute, "law");
  item->version = jz_xml_dup_attribute (statute, "version");
  item->article = jz_xml_dup_attribute (statute, "article");
  item->item = jz_xml_dup_attribute (element, "item");
  item->text = g_strstrip (jz_xml_dup_text (element));
  item->fields = g_strsplit_set (g_strstrip (fields), " \t\n", -1);
  for (guint i = 0; item->fields[i] != NULL; i++) {
    if (*item->fields[i] != '\0' && jz_form_find_field (self->form, item->fields[i]) == NULL)
      return jz_form_loader_fail (self, element, error,
                                  _ ("There is no field “%s” here; correct its name or define it."),
                                  item->fields[i]);
  }
  return TRUE;
}

static gboolean
read_statute (JzFormLoader *self, const xmlNode *statute, GError **error)
{
  for (const xmlNode *element = jz_xml_get_first_element (statute); element != NULL;
       element = jz_xml_get_next_element (element)) {
    if (!read_element (self, statute, element, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
read_check (JzFormLoader *self, const xmlNode *element, GError **error)
{
  static const JzType condition = { .kind = JZ_VALUE_BOOL };
  JzFormCheck *check = g_new0 (JzFormCheck, 1);
  g_autofree char *level = jz_xml_dup_attribute (element, "level");
  g_autofree char *field = jz_xml_dup_attribute (element, "field");
  g_ptr_array_add (self->form->checks, check);
  check->rule = jz_xml_dup_attribute (element, "rule");
  check->text = jz_xml_dup_attribute (element, "that");
  check->is_warning = strcmp (level, "warning") == 0;
  check->is_given = jz_form_loader_get_flag (element, "given");
  check->field = jz_form_find_field (self->form, field);
  if (check->field == NULL)
    return jz_form_loader_fail (self, element, error,
                                _ ("There is no field “%s” here; correct its name or define it."),
                                field);
  if (!jz_form_loader_read_words (self, element, "say", &check->sentence, error))
    return FALSE;
  if (check->is_given && self->vocabulary == NULL)
    return TRUE;
  return jz_form_loader_read_expression (self, element, check->text, &condition, check->is_given,
                                         &check->that, error);
}

gboolean
jz_form_loader_read_checks (JzFormLoader *self, const xmlNode *root, GError **error)
{
  for (const xmlNode *element = jz_xml_get_first_element (root); element != NULL;
       element = jz_xml_get_next_element (element)) {
    if (jz_xml_is_element (element, "statute") && !read_statute (self, element, error))
      return FALSE;
    if (jz_xml_is_element (element, "check") && !read_check (self, element, error))
      return FALSE;
  }
  return TRUE;
}
