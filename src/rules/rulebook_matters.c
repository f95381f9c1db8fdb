/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rules/rulebook-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Matters with their discretion benchmark as they are written (rules.md 7.1). */

#define PENALTY_KINDS "penalty-kind"

static void
free_element (gpointer data)
{
  JzElement *self = data;
  g_free (self->id);
  jz_text_clear (&self->name);
  g_free (self);
}

static void
free_tier (gpointer data)
{
  JzTier *self = data;
  g_free (self->id);
  jz_text_clear (&self->name);
  g_clear_pointer (&self->when, jz_expression_unref);
  g_free (self->range.base);
  g_free (self);
}

static void
clear_penalty (gpointer data)
{
  g_free (((JzPenalty *)data)->kind);
}

static gint64
read_amount (const xmlNode *element, const char *fen, const char *thousandths)
{
  g_autofree char *amount = jz_xml_dup_attribute (element, fen);
  g_autofree char *factor = jz_xml_dup_attribute (element, thousandths);
  const char *text = amount != NULL ? amount : factor;
  return text != NULL ? g_ascii_strtoll (text, NULL, 10) : 0;
}

static JzRangeKind
read_range_kind (const xmlNode *element)
{
  static const char *const words[] = {
    [JZ_RANGE_AMOUNT] = "amount",   [JZ_RANGE_MULTIPLE] = "multiple",
    [JZ_RANGE_PERCENT] = "percent", [JZ_RANGE_MAX_ONLY] = "max-only",
    [JZ_RANGE_CHOICE] = "choice",   [JZ_RANGE_UNIT] = "unit",
  };
  g_autofree char *kind = jz_xml_dup_attribute (element, "kind");
  gsize found = 0;
  while (strcmp (words[found], kind) != 0)
    found++;
  return (JzRangeKind)found;
}

static gboolean
check_base (JzRuleReader *reader, const xmlNode *element, const JzRange *range, GError **error)
{
  JzValueKind kind = range->kind == JZ_RANGE_UNIT ? JZ_VALUE_INT : JZ_VALUE_MONEY;
  const JzFactDefinition *base = jz_rule_reader_find_fact (reader, element, range->base, error);
  if (base == NULL)
    return FALSE;
  if (base->type.kind == kind)
    return TRUE;
  return jz_rule_reader_fail (
    reader, element, error,
    g_strdup_printf (_ ("The base %s is of the wrong type: a multiple and a share are taken of an "
                        "amount, a rate of a whole number."),
                     range->base));
}

static gboolean
read_range (JzRuleReader *reader, const xmlNode *element, JzRange *range, GError **error)
{
  range->kind = read_range_kind (element);
  range->base = jz_xml_dup_attribute (element, "base");
  range->least = read_amount (element, "least-fen", "least-thousandths");
  range->most = read_amount (element, "most-fen", "most-thousandths");
  if (range->least > range->most)
    return jz_rule_reader_fail (
      reader, element, error,
      g_strdup (_ ("The least of this range is larger than its most; exchange them.")));
  return range->base == NULL || check_base (reader, element, range, error);
}

static gboolean
add_penalty (JzRuleReader *reader, const xmlNode *element, JzMatter *matter, GError **error)
{
  g_autofree char *use = jz_xml_dup_attribute (element, "use");
  JzPenalty penalty = { jz_xml_dup_attribute (element, "kind"), strcmp (use, "must") == 0 };
  g_array_append_val (matter->penalties, penalty);
  return jz_rule_reader_check_word (reader, element, PENALTY_KINDS, penalty.kind, error);
}

static gboolean
add_element (JzRuleReader *reader, const xmlNode *element, JzMatter *matter, GError **error)
{
  JzElement *part = g_new0 (JzElement, 1);
  g_ptr_array_add (matter->elements, part);
  part->id = jz_xml_dup_attribute (element, "id");
  return jz_reader_read_text (reader->place->source->document, element, "name", &part->name, error);
}

/* A tier lies within what the law allows, where both are given in the same way. */
static gboolean
check_tier (JzRuleReader *reader,
            const xmlNode *element,
            const JzMatter *matter,
            const JzTier *tier,
            GError **error)
{
  const JzRange *law = &matter->range;
  gboolean is_comparable =
    law->kind == tier->range.kind && g_strcmp0 (law->base, tier->range.base) == 0;
  if (!is_comparable || (tier->range.least >= law->least && tier->range.most <= law->most))
    return TRUE;
  return jz_rule_reader_fail (
    reader, element, error,
    g_strdup_printf (_ ("The tier %s goes beyond the range that the law sets for the matter."),
                     tier->id));
}

static gboolean
add_tier (JzRuleReader *reader, const xmlNode *element, JzMatter *matter, GError **error)
{
  JzTier *tier = g_new0 (JzTier, 1);
  g_ptr_array_add (matter->tiers, tier);
  tier->id = jz_xml_dup_attribute (element, "id");
  if (!jz_reader_read_text (reader->place->source->document, element, "name", &tier->name, error) ||
      !jz_rule_reader_read_when (reader, element, &tier->when, error))
    return FALSE;
  const xmlNode *range = jz_xml_get_first_element (element);
  while (!jz_xml_is_element (range, "range"))
    range = jz_xml_get_next_element (range);
  return read_range (reader, range, &tier->range, error) &&
         check_tier (reader, element, matter, tier, error);
}

static gboolean
read_benchmark (JzRuleReader *reader, const xmlNode *element, JzMatter *matter, GError **error)
{
  const JzXml *document = reader->place->source->document;
  g_autofree char *until = jz_xml_dup_attribute (element, "until");
  matter->benchmark = jz_xml_dup_attribute (element, "title");
  if (!jz_reader_read_date (document, element, "published-on", &matter->published_on, error) ||
      !jz_reader_read_date (document, element, "in-force", &matter->benchmark_in_force, error) ||
      (until != NULL &&
       !jz_reader_read_date (document, element, "until", &matter->benchmark_until, error)))
    return FALSE;
  for (const xmlNode *tier = jz_xml_get_first_element (element); tier != NULL;
       tier = jz_xml_get_next_element (tier)) {
    if (!add_tier (reader, tier, matter, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
read_part (JzRuleReader *reader, const xmlNode *element, JzMatter *matter, GError **error)
{
  if (jz_xml_is_element (element, "violates"))
    return jz_rule_reader_read_citation (reader, element, &matter->violates, error);
  if (jz_xml_is_element (element, "punished-by"))
    return jz_rule_reader_read_citation (reader, element, &matter->punished_by, error);
  if (jz_xml_is_element (element, "penalty"))
    return add_penalty (reader, element, matter, error);
  if (jz_xml_is_element (element, "element"))
    return add_element (reader, element, matter, error);
  if (jz_xml_is_element (element, "range"))
    return read_range (reader, element, &matter->range, error);
  if (jz_xml_is_element (element, "benchmark"))
    return read_benchmark (reader, element, matter, error);
  return TRUE;
}

gboolean
jz_matter_read (JzRuleReader *reader, const xmlNode *element, JzRule *rule, GError **error)
{
  JzMatter *matter = (JzMatter *)rule;
  matter->field = jz_xml_dup_attribute (element, "field");
  matter->penalties = g_array_new (FALSE, TRUE, sizeof (JzPenalty));
  g_array_set_clear_func (matter->penalties, clear_penalty);
  matter->elements = g_ptr_array_new_with_free_func (free_element);
  matter->tiers = g_ptr_array_new_with_free_func (free_tier);
  for (const xmlNode *child = jz_xml_get_first_element (element); child != NULL;
       child = jz_xml_get_next_element (child)) {
    if (!read_part (reader, child, matter, error))
      return FALSE;
  }
  return TRUE;
}

void
jz_matter_clear (JzRule *rule)
{
  JzMatter *matter = (JzMatter *)rule;
  g_free (matter->field);
  g_free (matter->violates.law);
  g_free (matter->violates.article);
  g_free (matter->punished_by.law);
  g_free (matter->punished_by.article);
  g_clear_pointer (&matter->penalties, g_array_unref);
  g_clear_pointer (&matter->elements, g_ptr_array_unref);
  g_free (matter->range.base);
  g_free (matter->benchmark);
  g_clear_pointer (&matter->tiers, g_ptr_array_unref);
}
