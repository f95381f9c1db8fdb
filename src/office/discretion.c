/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "office/discretion.h"

#include <stdlib.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "office/case_facts-private.h"
#include "office/rulebooks.h"
#include "office/settings.h"

/* How a fine is measured (rules.md 7.4; L-19, P-25): the tier of the benchmark that the conduct
 * falls under, the range of the law and of the tier, the part of it by the factors. The program
 * counts; whoever drafts or cites chooses within it. What was counted stands in the entry and is
 * counted again whenever the store is verified. */

#define NONE "-"

typedef struct {
  const JzMatter *matter; /* NULL: the rulebook does not know it */
  const JzTier *grade;    /* the most severe tier that holds */
  gboolean is_unknown;    /* whether a tier cannot be judged, for facts are missing */
  guint n_light;
  guint n_heavy;
  guint n_no_penalty;
  JzJson *figures;
} Measure;

static void
measure_clear (Measure *self)
{
  g_clear_pointer (&self->figures, jz_json_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Measure, measure_clear)

static void
find_grade (JzCaseFacts *facts, Measure *measure)
{
  for (guint i = 0; i < measure->matter->tiers->len; i++) {
    const JzTier *tier = g_ptr_array_index (measure->matter->tiers, i);
    JzTruth truth = jz_case_facts_ask (facts, tier->when);
    if (truth == JZ_TRUTH_TRUE)
      measure->grade = tier;
    measure->is_unknown = measure->is_unknown || truth == JZ_TRUTH_UNKNOWN;
  }
}

/* What is not proved counts for nothing. */
static void
count_factors (const JzCaseFacts *facts, Measure *measure)
{
  const JzJson *factors = jz_stated_get (facts->stated, "discretion.factors");

  for (guint i = 0; factors != NULL && i < jz_json_get_n_items (factors); i++) {
    const JzJson *factor = jz_json_get_item (factors, i);
    const char *effect = jz_json_get_member_text (factor, "effect");
    if (!jz_json_get_member_boolean (factor, "is_proved", FALSE))
      continue;
    measure->n_light += g_strcmp0 (effect, "light") == 0;
    measure->n_heavy += g_strcmp0 (effect, "heavy") == 0;
    measure->n_no_penalty += g_strcmp0 (effect, "no_penalty") == 0;
  }
}

static void
set_range (JzJson *figures, const char *least, const char *most, const JzFineRange *range)
{
  jz_json_set_integer (figures, least, range->least);
  jz_json_set_integer (figures, most, range->most);
}

static gboolean
get_step (JzConnection *tables, const char *name, int *step, GError **error)
{
  g_autofree char *value = NULL;

  if (!jz_tables_get_setting (tables, name, &value, error))
    return FALSE;
  *step = atoi (value != NULL ? value : jz_setting_find (name)->otherwise);
  return TRUE;
}

static gboolean
get_steps (JzConnection *tables, JzBandSteps *steps, GError **error)
{
  return get_step (tables, "discretion.floor", &steps->floor, error) &&
         get_step (tables, "discretion.light", &steps->light, error) &&
         get_step (tables, "discretion.heavy", &steps->heavy, error);
}

/* By the word of the vocabulary; no penalty has no band. */
static gboolean
find_direction (const char *word, JzDirection *direction)
{
  static const char *const words[] = { "mitigated", "light", "general", "heavy", "mixed" };

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (strcmp (words[i], word) == 0) {
      *direction = (JzDirection)i;
      return TRUE;
    }
  return FALSE;
}

static void
measure_fine (JzCaseFacts *facts, Measure *measure, const JzFineRange *law)
{
  const JzJson *fine = jz_stated_get (facts->stated, "decision.fine");

  if (fine == NULL)
    return;
  jz_json_set_integer (measure->figures, "fine", jz_json_get_integer (fine));
  if (jz_fine_range_has (law, jz_json_get_integer (fine)))
    jz_json_set_integer (measure->figures, "position",
                         jz_fine_range_get_position (law, jz_json_get_integer (fine)));
}

static void
measure_ranges (JzCaseFacts *facts, Measure *measure, const JzBandSteps *steps)
{
  const JzRange *range = &measure->matter->range;
  const JzTier *tier = jz_case_facts_get_tier (facts);
  const char *word = jz_stated_get_text (facts->stated, "discretion.direction");
  JzDirection direction;
  JzFineRange law, fines;
  gint64 base = 0;

  if (!jz_case_facts_get_fines (facts, range, &base, &law))
    return;
  if (range->base != NULL)
    jz_json_set_integer (measure->figures, "base", base);
  set_range (measure->figures, "law_least", "law_most", &law);
  if (tier != NULL && jz_case_facts_get_fines (facts, &tier->range, &base, &fines))
    set_range (measure->figures, "tier_least", "tier_most", &fines);
  if (find_direction (word, &direction)) {
    fines = jz_fine_range_get_band (&law, range->kind != JZ_RANGE_MAX_ONLY, direction, steps);
    set_range (measure->figures, "band_least", "band_most", &fines);
  }
  measure_fine (facts, measure, &law);
}

static gboolean
measure_facts (JzCaseFacts *facts, Measure *measure, GError **error)
{
  JzBandSteps steps = { 0 };

  measure->figures = jz_json_new_object ();
  measure->matter = jz_case_facts_get_matter (facts);
  count_factors (facts, measure);
  jz_json_set_integer (measure->figures, "n_heavy", measure->n_heavy);
  jz_json_set_integer (measure->figures, "n_light", measure->n_light);
  if (measure->matter == NULL)
    return TRUE;
  if (!get_steps (facts->tables, &steps, error))
    return FALSE;
  find_grade (facts, measure);
  measure_ranges (facts, measure, &steps);
  return jz_case_facts_finish (facts, error);
}

static JzCaseFacts *
make_facts (const JzSituation *situation, GError **error)
{
  const JzRulebook *rulebook = NULL;
  JzMaybeHash hash = { 0 };

  if (!jz_situation_find_rulebook (situation, &hash, error))
    return NULL;
  if (hash.is_present && situation->objects != NULL) {
    rulebook = jz_rulebooks_get (situation->objects, &hash.hash, error);
    if (rulebook == NULL)
      return NULL;
  }
  return jz_case_facts_new_for (situation, rulebook, error);
}

static const char *
get_benchmark (const Measure *measure)
{
  return measure->matter != NULL && measure->matter->benchmark != NULL ? measure->matter->benchmark
                                                                       : NONE;
}

static const char *
get_grade (const Measure *measure)
{
  return measure->grade != NULL ? measure->grade->id : NONE;
}

/**
 * jz_complete_discretion:
 * @situation: an act that drafts a decision or cites a benchmark
 * @args: gets `benchmark`, `grade`, `computed`
 * @error: return location
 *
 * Returns: %FALSE only when it could not look
 */
gboolean
jz_complete_discretion (const JzSituation *situation, JzJson *args, GError **error)
{
  g_auto (Measure) measure = { 0 };
  g_autoptr (JzCaseFacts) facts = make_facts (situation, error);

  if (facts == NULL || !measure_facts (facts, &measure, error))
    return FALSE;
  jz_json_set_text (args, "benchmark", get_benchmark (&measure));
  jz_json_set_text (args, "grade", get_grade (&measure));
  jz_json_set_member (args, "computed", jz_json_copy (measure.figures));
  return TRUE;
}

static void
check_computed (const JzSituation *self, const Measure *measure, JzRefusal **refusal)
{
  const JzJson *figures = jz_json_get_member (self->args, "computed");

  if (!jz_json_equal (figures, measure->figures) ||
      strcmp (jz_situation_get_text (self, "grade"), get_grade (measure)) != 0 ||
      strcmp (jz_situation_get_text (self, "benchmark"), get_benchmark (measure)) != 0)
    jz_refuse (refusal, "J-COMPUTED", _ ("Let the program count anew."),
               _ ("What is written down of how the fine was measured is not what comes out."));
}

static gboolean
is_fined (const JzSituation *self)
{
  const JzJson *kinds = jz_json_get_member (self->args, "decision.kinds");

  for (guint i = 0; kinds != NULL && i < jz_json_get_n_items (kinds); i++)
    if (g_strcmp0 (jz_json_get_member_text (jz_json_get_item (kinds, i), "kind"), "fine") == 0)
      return TRUE;
  return FALSE;
}

/* One that was not in force on the day of the conduct binds nobody; who cites it all the same is
 * refused by the rulebook (G-66). */
static gboolean
is_benchmark_in_force (JzCaseFacts *facts)
{
  g_autoptr (JzValue) value = NULL;
  return jz_case_facts_get (facts, "discretion.benchmark_is_in_force", &value) == JZ_FACT_PRESENT &&
         jz_value_get_bool (value);
}

static char *
list_tiers (const JzMatter *matter)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new ();

  for (guint i = 0; i < matter->tiers->len; i++)
    g_ptr_array_add (words, ((const JzTier *)g_ptr_array_index (matter->tiers, i))->id);
  g_ptr_array_add (words, NULL);
  /* Translators: stands between the tiers of a benchmark in a list. */
  return g_strjoinv (_ (", "), (char **)words->pdata);
}

static void
check_tier (JzCaseFacts *facts, const Measure *measure, gboolean is_fine, JzRefusal **refusal)
{
  const JzTier *tier = jz_case_facts_get_tier (facts);
  const char *cited = jz_stated_get_text (facts->stated, "discretion.tier");
  g_autofree char *list = list_tiers (measure->matter);

  if (cited[0] != '\0' && tier == NULL)
    jz_refuse (refusal, "J-TIER", _ ("Cite a tier of the benchmark."),
               _ ("The benchmark has no tier %1$s; its tiers are: %2$s."), cited, list);
  else if (cited[0] == '\0' && is_fine && measure->matter->benchmark != NULL &&
           is_benchmark_in_force (facts))
    jz_refuse (
      refusal, "J-TIER", _ ("Say which tier of the benchmark the conduct falls under."),
      _ ("A fine is measured by the benchmark of the matter, and no tier of it is cited."));
  else if (tier != NULL && measure->grade == NULL)
    jz_refuse (refusal, "J-TIER", _ ("Write down what was found of the conduct first."),
               _ ("It cannot be told which tier the conduct falls under."));
  else if (tier != NULL && tier != measure->grade)
    jz_refuse (refusal, "J-TIER",
               _ ("Cite the tier that fits; to depart from it, give reasons and let it be "
                  "approved."),
               _ ("The conduct falls under the tier %2$s, not %1$s."), cited, measure->grade->id);
}

/* Figures and factors say the same (DX-1, DX-3). */
static gboolean
fits (const Measure *measure, const char *direction)
{
  if (strcmp (direction, "none") == 0)
    return TRUE;
  if (measure->n_light > 0 && measure->n_heavy > 0)
    return strcmp (direction, "mixed") == 0;
  if (strcmp (direction, "light") == 0 || strcmp (direction, "mitigated") == 0)
    return measure->n_light > 0;
  if (strcmp (direction, "heavy") == 0)
    return measure->n_heavy > 0;
  return strcmp (direction, "general") == 0 && measure->n_light + measure->n_heavy == 0;
}

static void
check_direction (const JzSituation *self,
                 const JzCaseFacts *facts,
                 const Measure *measure,
                 JzRefusal **refusal)
{
  const char *direction = jz_stated_get_text (facts->stated, "discretion.direction");

  if (is_fined (self) && measure->n_no_penalty > 0)
    jz_refuse (refusal, "J-DIRECTION", _ ("Propose no penalty, or look at the factor again."),
               _ ("A factor is proved by which there is no penalty, and a fine is proposed."));
  else if (direction[0] != '\0' && !fits (measure, direction))
    jz_refuse (refusal, "J-DIRECTION", _ ("Compare the direction with the factors."),
               _ ("The factors that are proved do not point in the direction that is given."));
  else if (strcmp (direction, "mixed") == 0 &&
           jz_stated_get (facts->stated, "case.discretion_reason") == NULL)
    jz_refuse (refusal, "J-DIRECTION", _ ("Say why the fine is as it is."),
               _ ("Factors point both ways, and no reason is given for the fine."));
}

/**
 * jz_check_discretion:
 * @situation: an act that drafts a decision or cites a benchmark
 * @refusal: (out): set when the figures are not those that come out, when the tier is not the one
 *   that the conduct falls under, or when the direction is not that of the factors
 * @error: return location
 *
 * That the fine lies in the range is for the gates to say (G-35, G-36), which an approved departure
 * opens.
 *
 * Returns: %FALSE only when it could not look
 */
gboolean
jz_check_discretion (const JzSituation *situation, JzRefusal **refusal, GError **error)
{
  g_auto (Measure) measure = { 0 };
  g_autoptr (JzCaseFacts) facts = make_facts (situation, error);

  if (facts == NULL || !measure_facts (facts, &measure, error))
    return FALSE;
  check_computed (situation, &measure, refusal);
  if (*refusal == NULL && measure.matter != NULL)
    check_tier (facts, &measure, is_fined (situation), refusal);
  if (*refusal == NULL && measure.matter != NULL)
    check_direction (situation, facts, &measure, refusal);
  return jz_case_facts_finish (facts, error);
}

static void
copy_field (const JzStatedRecord *record, const char *field, JzJson *json)
{
  const JzJson *value = jz_stated_record_get (record, field);

  if (value != NULL)
    jz_json_set_member (json, field, jz_json_copy (value));
}

/**
 * jz_discretion_show:
 * @reader: a store's database
 * @case_id: a case
 * @error: return location
 *
 * Returns: (transfer full) (nullable): how the fine of the last draft, or else of the last citation
 *   of a benchmark, was measured: `benchmark`, `grade`, `computed`; empty where none was
 */
JzJson *
jz_discretion_show (JzConnection *reader, const char *case_id, GError **error)
{
  g_autoptr (JzStated) stated = jz_stated_load (reader, case_id, G_MAXINT64, error);
  const JzStatedRecord *record;
  JzJson *json;

  if (stated == NULL)
    return NULL;
  json = jz_json_new_object ();
  record = jz_stated_find_last (stated, JZ_LIST_DRAFT);
  if (record == NULL)
    record = jz_stated_find_last (stated, JZ_LIST_DISCRETION);
  if (record != NULL) {
    copy_field (record, "benchmark", json);
    copy_field (record, "grade", json);
    copy_field (record, "computed", json);
  }
  return json;
}
