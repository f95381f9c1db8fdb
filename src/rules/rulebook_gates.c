/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rules/rulebook-private.h"

#include <string.h>

/* Gates as they are written (rules.md 3). Asking them is in gate.c. */

static void
free_on (gpointer data)
{
  JzGateOn *self = data;
  g_free (self->act);
  g_clear_pointer (&self->when, jz_expression_unref);
  g_free (self);
}

static void
free_refusal (gpointer data)
{
  JzGateRefusal *self = data;
  g_clear_pointer (&self->when, jz_expression_unref);
  jz_text_clear (&self->sentence);
  jz_text_clear (&self->clears);
  g_free (self);
}

static void
free_warning (gpointer data)
{
  JzGateWarning *self = data;
  g_clear_pointer (&self->when, jz_expression_unref);
  jz_text_clear (&self->sentence);
  g_free (self);
}

GPtrArray *
jz_gate_on_list_new (void)
{
  return g_ptr_array_new_with_free_func (free_on);
}

gboolean
jz_gate_on_read (JzRuleReader *reader, const xmlNode *element, GPtrArray *list, GError **error)
{
  JzGateOn *on = g_new0 (JzGateOn, 1);
  g_ptr_array_add (list, on);
  on->act = jz_xml_dup_attribute (element, "act");
  return jz_rule_reader_read_when (reader, element, &on->when, error);
}

static gboolean
has_child (const xmlNode *element, const char *name)
{
  const xmlNode *child = jz_xml_get_first_element (element);
  while (child != NULL && !jz_xml_is_element (child, name))
    child = jz_xml_get_next_element (child);
  return child != NULL;
}

static gboolean
add_refusal (JzRuleReader *reader, const xmlNode *element, JzGateRule *gate, GError **error)
{
  JzGateRefusal *refusal = g_new0 (JzGateRefusal, 1);
  const JzXml *document = reader->place->source->document;
  g_autofree char *level = jz_xml_dup_attribute (element, "level");
  g_ptr_array_add (gate->refusals, refusal);
  refusal->level = strcmp (level, "BLOCK") == 0 ? JZ_REFUSAL_BLOCK : JZ_REFUSAL_OVERRIDABLE;
  if (!jz_rule_reader_read_when (reader, element, &refusal->when, error) ||
      !jz_reader_read_text (document, element, "sentence", &refusal->sentence, error) ||
      !jz_rule_reader_check_sentence (reader, element, &refusal->sentence, error))
    return FALSE;
  if (!has_child (element, "clears"))
    return TRUE;
  return jz_reader_read_text (document, element, "clears", &refusal->clears, error) &&
         jz_rule_reader_check_sentence (reader, element, &refusal->clears, error);
}

static gboolean
add_warning (JzRuleReader *reader, const xmlNode *element, JzGateRule *gate, GError **error)
{
  JzGateWarning *warning = g_new0 (JzGateWarning, 1);
  g_ptr_array_add (gate->warnings, warning);
  return jz_rule_reader_read_when (reader, element, &warning->when, error) &&
         jz_reader_read_text (reader->place->source->document, element, "sentence",
                              &warning->sentence, error) &&
         jz_rule_reader_check_sentence (reader, element, &warning->sentence, error);
}

gboolean
jz_gate_read (JzRuleReader *reader, const xmlNode *element, JzRule *rule, GError **error)
{
  JzGateRule *gate = (JzGateRule *)rule;
  gate->on = jz_gate_on_list_new ();
  gate->refusals = g_ptr_array_new_with_free_func (free_refusal);
  gate->warnings = g_ptr_array_new_with_free_func (free_warning);
  for (const xmlNode *child = jz_xml_get_first_element (element); child != NULL;
       child = jz_xml_get_next_element (child)) {
    if (jz_xml_is_element (child, "on") && !jz_gate_on_read (reader, child, gate->on, error))
      return FALSE;
    if (jz_xml_is_element (child, "refuse") && !add_refusal (reader, child, gate, error))
      return FALSE;
    if (jz_xml_is_element (child, "warn") && !add_warning (reader, child, gate, error))
      return FALSE;
  }
  return TRUE;
}

void
jz_gate_clear (JzRule *rule)
{
  JzGateRule *gate = (JzGateRule *)rule;
  g_clear_pointer (&gate->on, g_ptr_array_unref);
  g_clear_pointer (&gate->refusals, g_ptr_array_unref);
  g_clear_pointer (&gate->warnings, g_ptr_array_unref);
}
