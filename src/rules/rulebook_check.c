/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rules/rulebook-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* What lies between the rules: limits that start one after the other, stages that lead from one to
 * the next, and the partial order of stages. All three are graphs of at most as many nodes as there
 * are rules. */

/* How many limits one limit may lead to by all its ways, so that computing it ends soon. */
#define MAX_LIMITS_BEHIND 500

static gboolean
fail_at_rule (JzRuleReader *reader, const JzRule *rule, GError **error, char *sentence)
{
  reader->place = jz_rule_places_find (reader->places, rule->kind, rule->id);
  return jz_rule_reader_fail (reader, reader->place->element, error, sentence);
}

/* The targets of one rule, for walking: ids of rules of the same kind. */
typedef void (*ListTargets) (const JzRule *rule, GPtrArray *ids);

/* Follows the targets from @rule; what is on the way to it when it is met again is a cycle. @state
 * is NULL for a rule not yet seen, 1 on the way, 2 when all behind it is free of cycles. */
static const JzRule *
find_cycle (const JzRulebook *book, const JzRule *rule, ListTargets list, GHashTable *states)
{
  gpointer state = g_hash_table_lookup (states, rule);
  if (state != NULL)
    return GPOINTER_TO_INT (state) == 1 ? rule : NULL;
  g_hash_table_insert (states, (gpointer)rule, GINT_TO_POINTER (1));
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();
  list (rule, ids);
  for (guint i = 0; i < ids->len; i++) {
    const JzRule *target = jz_rulebook_find (book, rule->kind, g_ptr_array_index (ids, i));
    const JzRule *found = target != NULL ? find_cycle (book, target, list, states) : NULL;
    if (found != NULL)
      return found;
  }
  g_hash_table_insert (states, (gpointer)rule, GINT_TO_POINTER (2));
  return NULL;
}

static gboolean
check_no_cycle (JzRuleReader *reader,
                JzRuleKind kind,
                ListTargets list,
                const char *sentence,
                GError **error)
{
  const GPtrArray *rules = jz_rulebook_get_rules (reader->book, kind);
  g_autoptr (GHashTable) states = g_hash_table_new (NULL, NULL);
  for (guint i = 0; i < rules->len; i++) {
    const JzRule *found = find_cycle (reader->book, g_ptr_array_index (rules, i), list, states);
    if (found == NULL)
      continue;
    g_autoptr (GString) text = g_string_new (sentence);
    g_string_replace (text, "%s", found->id, 1);
    return fail_at_rule (reader, found, error, g_strdup (text->str));
  }
  return TRUE;
}

static void
list_named_limits (const JzRule *rule, GPtrArray *ids)
{
  const JzLimit *limit = (const JzLimit *)rule;
  for (guint i = 0; i < limit->named_limits->len; i++)
    g_ptr_array_add (ids, g_ptr_array_index (limit->named_limits, i));
}

/* How many limits are computed for one, which are free of circles. */
static guint
weigh_limit (const JzRulebook *book, const JzLimit *limit, GHashTable *weights)
{
  guint weight = GPOINTER_TO_UINT (g_hash_table_lookup (weights, limit));
  if (weight > 0)
    return weight;
  weight = 1;
  for (guint i = 0; i < limit->named_limits->len; i++) {
    const JzLimit *named =
      jz_rulebook_find_limit (book, g_ptr_array_index (limit->named_limits, i));
    weight = MIN (weight + weigh_limit (book, named, weights), MAX_LIMITS_BEHIND + 1);
  }
  g_hash_table_insert (weights, (gpointer)limit, GUINT_TO_POINTER (weight));
  return weight;
}

static gboolean
check_limit_weights (JzRuleReader *reader, GError **error)
{
  const GPtrArray *limits = jz_rulebook_get_rules (reader->book, JZ_RULE_LIMIT);
  g_autoptr (GHashTable) weights = g_hash_table_new (NULL, NULL);
  for (guint i = 0; i < limits->len; i++) {
    const JzLimit *limit = g_ptr_array_index (limits, i);
    if (weigh_limit (reader->book, limit, weights) > MAX_LIMITS_BEHIND)
      return fail_at_rule (
        reader, &limit->rule, error,
        g_strdup_printf (_ ("The limit %1$s leads to more than %2$d others; name fewer limits in "
                            "it."),
                         limit->rule.id, MAX_LIMITS_BEHIND));
  }
  return TRUE;
}

static void
list_earlier_stages (const JzRule *rule, GPtrArray *ids)
{
  const JzStage *stage = (const JzStage *)rule;
  for (guint i = 0; i < stage->after->len; i++)
    g_ptr_array_add (ids, ((JzStageOrder *)g_ptr_array_index (stage->after, i))->stage);
}

static void
gather_stages (JzRulebook *book)
{
  const GPtrArray *stages = jz_rulebook_get_rules (book, JZ_RULE_STAGE);
  for (guint i = 0; i < stages->len; i++) {
    JzStage *stage = g_ptr_array_index (stages, i);
    JzProcedure *procedure =
      (JzProcedure *)jz_rulebook_find (book, JZ_RULE_PROCEDURE, stage->procedure);
    g_ptr_array_add (procedure->stages, stage);
  }
}

static void
reach (const JzRulebook *book, const JzStage *stage, GHashTable *reached)
{
  if (!g_hash_table_add (reached, (gpointer)stage))
    return;
  for (guint i = 0; i < stage->next->len; i++) {
    const JzStageItem *item = g_ptr_array_index (stage->next, i);
    const JzStage *next = jz_rulebook_find_stage (book, item->name);
    if (strcmp (next->procedure, stage->procedure) == 0)
      reach (book, next, reached);
  }
}

/* Whether one may come from @stage to an end, or into another procedure. */
static gboolean
can_leave (const JzRulebook *book, const JzStage *stage, GHashTable *seen)
{
  if (stage->is_end)
    return TRUE;
  if (!g_hash_table_add (seen, (gpointer)stage))
    return FALSE;
  for (guint i = 0; i < stage->next->len; i++) {
    const JzStageItem *item = g_ptr_array_index (stage->next, i);
    const JzStage *next = jz_rulebook_find_stage (book, item->name);
    if (strcmp (next->procedure, stage->procedure) != 0 || can_leave (book, next, seen))
      return TRUE;
  }
  return FALSE;
}

static gboolean
check_stage (JzRuleReader *reader, const JzStage *stage, GHashTable *reached, GError **error)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);
  if (!g_hash_table_contains (reached, stage))
    return fail_at_rule (
      reader, &stage->rule, error,
      g_strdup_printf (
        _ ("The stage %s cannot be reached: no stage that can be reached names it as "
           "its next, and it does not start its procedure."),
        stage->rule.id));
  if (!can_leave (reader->book, stage, seen))
    return fail_at_rule (
      reader, &stage->rule, error,
      g_strdup_printf (_ ("The stage %s cannot be left: no way leads from it to a stage that ends "
                          "its procedure."),
                       stage->rule.id));
  return TRUE;
}

static gboolean
check_procedure (JzRuleReader *reader, const JzProcedure *procedure, GError **error)
{
  g_autoptr (GHashTable) reached = g_hash_table_new (NULL, NULL);
  for (guint i = 0; i < procedure->stages->len; i++) {
    const JzStage *stage = g_ptr_array_index (procedure->stages, i);
    if (stage->is_start)
      reach (reader->book, stage, reached);
  }
  if (g_hash_table_size (reached) == 0)
    return fail_at_rule (
      reader, &procedure->rule, error,
      g_strdup_printf (_ ("The procedure %s has no stage that starts it; mark one with "
                          "starts=\"yes\"."),
                       procedure->rule.id));
  for (guint i = 0; i < procedure->stages->len; i++) {
    if (!check_stage (reader, g_ptr_array_index (procedure->stages, i), reached, error))
      return FALSE;
  }
  return TRUE;
}

/* Everything that no single rule can be asked. */
gboolean
jz_rulebook_check (JzRuleReader *reader, GError **error)
{
  const GPtrArray *procedures = jz_rulebook_get_rules (reader->book, JZ_RULE_PROCEDURE);
  gather_stages (reader->book);
  if (!check_no_cycle (reader, JZ_RULE_LIMIT, list_named_limits,
                       _ ("The limit %s starts, by way of others, when it itself ends; break the "
                          "circle."),
                       error) ||
      !check_no_cycle (reader, JZ_RULE_STAGE, list_earlier_stages,
                       _ ("The stage %s stands, by way of others, after itself; break the circle "
                          "of <after>."),
                       error) ||
      !check_limit_weights (reader, error))
    return FALSE;
  for (guint i = 0; i < procedures->len; i++) {
    if (!check_procedure (reader, g_ptr_array_index (procedures, i), error))
      return FALSE;
  }
  return TRUE;
}
