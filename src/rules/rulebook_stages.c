/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rules/rulebook-private.h"

#include <glib/gi18n-lib.h>

/* Stages as they are written (rules.md 1.2, 1.3). What is open in a case is in procedure.c. */

static void
clear_actor (gpointer data)
{
  g_free (((JzStageActor *)data)->role);
}

static void
free_item (gpointer data)
{
  JzStageItem *self = data;
  g_free (self->name);
  g_clear_pointer (&self->when, jz_expression_unref);
  g_free (self);
}

static void
free_order (gpointer data)
{
  JzStageOrder *self = data;
  g_free (self->stage);
  g_clear_pointer (&self->when, jz_expression_unref);
  jz_text_clear (&self->sentence);
  g_free (self);
}

static gboolean
check_place (JzRuleReader *reader,
             const xmlNode *element,
             JzRuleKind kind,
             const char *id,
             const char *sentence,
             GError **error)
{
  if (jz_rule_places_find (reader->places, kind, id) != NULL)
    return TRUE;
  g_autoptr (GString) text = g_string_new (sentence);
  g_string_replace (text, "%s", id, 1);
  return jz_rule_reader_fail (reader, element, error, g_strdup (text->str));
}

static gboolean
check_stage_id (JzRuleReader *reader, const xmlNode *element, const char *id, GError **error)
{
  return check_place (reader, element, JZ_RULE_STAGE, id,
                      _ ("There is no stage %s in this rulebook; add it or correct the id."),
                      error);
}

static gboolean
add_actor (JzRuleReader *reader, const xmlNode *element, JzStage *stage, GError **error)
{
  JzStageActor actor = { jz_xml_dup_attribute (element, "role"),
                         jz_reader_read_number (element, "least", 1) };
  g_array_append_val (stage->actors, actor);
  return check_place (reader, element, JZ_RULE_ROLE, actor.role,
                      _ ("There is no role %s in this rulebook; add it or correct the word."),
                      error);
}

static gboolean
add_item (JzRuleReader *reader,
          const xmlNode *element,
          const char *attribute,
          GPtrArray *items,
          GError **error)
{
  JzStageItem *item = g_new0 (JzStageItem, 1);
  g_ptr_array_add (items, item);
  item->name = jz_xml_dup_attribute (element, attribute);
  return jz_rule_reader_read_when (reader, element, &item->when, error);
}

static const char *
get_last_name (const GPtrArray *items)
{
  return ((const JzStageItem *)g_ptr_array_index (items, items->len - 1))->name;
}

static gboolean
add_order (JzRuleReader *reader, const xmlNode *element, JzStage *stage, GError **error)
{
  JzStageOrder *order = g_new0 (JzStageOrder, 1);
  g_ptr_array_add (stage->after, order);
  order->stage = jz_xml_dup_attribute (element, "stage");
  return check_stage_id (reader, element, order->stage, error) &&
         jz_rule_reader_read_when (reader, element, &order->when, error) &&
         jz_reader_read_text (reader->place->source->document, element, "sentence",
                              &order->sentence, error) &&
         jz_rule_reader_check_sentence (reader, element, &order->sentence, error);
}

static gboolean
read_part (JzRuleReader *reader, const xmlNode *element, JzStage *stage, GError **error)
{
  if (jz_xml_is_element (element, "actor"))
    return add_actor (reader, element, stage, error);
  if (jz_xml_is_element (element, "fact"))
    return add_item (reader, element, "name", stage->facts, error) &&
           jz_rule_reader_find_fact (reader, element, get_last_name (stage->facts), error) != NULL;
  if (jz_xml_is_element (element, "document"))
    return add_item (reader, element, "form", stage->documents, error);
  if (jz_xml_is_element (element, "next"))
    return add_item (reader, element, "stage", stage->next, error) &&
           check_stage_id (reader, element, get_last_name (stage->next), error);
  if (jz_xml_is_element (element, "after"))
    return add_order (reader, element, stage, error);
  return TRUE;
}

gboolean
jz_stage_read (JzRuleReader *reader, const xmlNode *element, JzRule *rule, GError **error)
{
  JzStage *stage = (JzStage *)rule;
  stage->procedure = jz_xml_dup_attribute (element, "procedure");
  stage->is_start = jz_reader_is_yes (element, "starts");
  stage->is_end = jz_reader_is_yes (element, "ends");
  stage->is_beside = jz_reader_is_yes (element, "beside");
  stage->actors = g_array_new (FALSE, TRUE, sizeof (JzStageActor));
  g_array_set_clear_func (stage->actors, clear_actor);
  stage->facts = g_ptr_array_new_with_free_func (free_item);
  stage->documents = g_ptr_array_new_with_free_func (free_item);
  stage->next = g_ptr_array_new_with_free_func (free_item);
  stage->after = g_ptr_array_new_with_free_func (free_order);
  if (!check_place (reader, element, JZ_RULE_PROCEDURE, stage->procedure,
                    _ ("There is no procedure %s in this rulebook; add it or correct the id."),
                    error))
    return FALSE;
  for (const xmlNode *child = jz_xml_get_first_element (element); child != NULL;
       child = jz_xml_get_next_element (child)) {
    if (!read_part (reader, child, stage, error))
      return FALSE;
  }
  return TRUE;
}

void
jz_stage_clear (JzRule *rule)
{
  JzStage *stage = (JzStage *)rule;
  g_free (stage->procedure);
  g_clear_pointer (&stage->actors, g_array_unref);
  g_clear_pointer (&stage->facts, g_ptr_array_unref);
  g_clear_pointer (&stage->documents, g_ptr_array_unref);
  g_clear_pointer (&stage->next, g_ptr_array_unref);
  g_clear_pointer (&stage->after, g_ptr_array_unref);
}
