/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/identity_code.h"
#include "office/case_facts-private.h"
#include "office/situation.h"

/* What a decision rests on: elements and the evidence that is bound to them, the range of the law
 * and of the benchmark, earlier penalties, the statutory items (rules.md 3, 7). */

const JzMatter *
jz_case_facts_get_matter (const JzCaseFacts *self)
{
  const char *id = jz_stated_get_text (self->stated, "matter.id");

  return self->limits.rulebook != NULL
           ? (const JzMatter *)jz_rulebook_find (self->limits.rulebook, JZ_RULE_MATTER, id)
           : NULL;
}

/* It stands in documents, which are Chinese whatever the user reads. */
static JzFactState
get_matter_name (JzCaseFacts *self, JzValue **value)
{
  const JzMatter *matter = jz_case_facts_get_matter (self);

  return jz_fact_has_text (value, matter != NULL ? jz_text_get (&matter->rule.name, JZ_LANGUAGE_ZH)
                                                 : NULL);
}

static gboolean
is_evidence_excluded (const JzCaseFacts *self, const char *id)
{
  const GPtrArray *records = jz_stated_get_records (self->stated);

  for (guint i = 0; i < records->len; i++) {
    const JzStatedRecord *record = g_ptr_array_index (records, i);
    if (strcmp (record->list, "evidence.items") == 0 && strcmp (record->id, id) == 0)
      return jz_stated_record_get (record, "excluded_reason") != NULL;
  }
  return TRUE;
}

static gint64
count_bound (const JzCaseFacts *self, const char *element)
{
  const GPtrArray *records = jz_stated_get_records (self->stated);
  gint64 n = 0;

  for (guint i = 0; i < records->len; i++) {
    const JzStatedRecord *record = g_ptr_array_index (records, i);
    n += strcmp (record->list, JZ_LIST_BINDING) == 0 &&
         strcmp (jz_stated_record_get_text (record, "element"), element) == 0 &&
         !is_evidence_excluded (self, jz_stated_record_get_text (record, "evidence"));
  }
  return n;
}

/* Clear as long as no reviewer has found otherwise; the last judgement counts. */
static gboolean
is_clear (const JzCaseFacts *self, const char *element)
{
  const GPtrArray *records = jz_stated_get_records (self->stated);

  for (guint i = records->len; i-- > 0;) {
    const JzStatedRecord *record = g_ptr_array_index (records, i);
    if (strcmp (record->list, JZ_LIST_JUDGEMENT) == 0 &&
        strcmp (jz_stated_record_get_text (record, "element"), element) == 0)
      return strcmp (jz_stated_record_get_text (record, "verdict"), "pass") == 0;
  }
  return TRUE;
}

/* The elements are those of the matter; without a matter of the rulebook nobody knows them. */
static JzFactState
get_elements (JzCaseFacts *self, JzValue **value)
{
  const JzMatter *matter = jz_case_facts_get_matter (self);

  if (matter == NULL)
    return JZ_FACT_UNKNOWN;
  *value = jz_value_new_list ();
  for (guint i = 0; i < matter->elements->len; i++) {
    const JzElement *element = g_ptr_array_index (matter->elements, i);
    JzRecord *record = jz_record_new ();
    jz_record_set (record, "name",
                   jz_value_new_text (jz_text_get (&element->name, jz_language_get_current ())));
    jz_record_set (record, "n_evidence", jz_value_new_int (count_bound (self, element->id)));
    jz_record_set (record, "is_clear", jz_value_new_bool (is_clear (self, element->id)));
    jz_value_append (*value, record);
  }
  return JZ_FACT_PRESENT;
}

/* The base amount that a range multiplies, in fen or in units; FALSE where it is not known. */
static gboolean
get_base (JzCaseFacts *self, const JzRange *range, gint64 *base)
{
  g_autoptr (JzValue) value = NULL;

  if (range->base == NULL || jz_case_facts_get (self, range->base, &value) != JZ_FACT_PRESENT)
    return FALSE;
  *base = jz_value_get_kind (value) == JZ_VALUE_MONEY ? jz_value_get_money (value)
                                                      : jz_value_get_int (value);
  return TRUE;
}

/* FALSE where it sets no amounts, or where what it multiplies is not known. */
gboolean
jz_case_facts_get_fines (JzCaseFacts *self, const JzRange *range, gint64 *base, JzFineRange *fines)
{
  *base = 0;
  if (range->base != NULL && !get_base (self, range, base))
    return FALSE;
  return jz_range_get_fines (range, *base, fines);
}

static JzFactState
compute_bound (JzCaseFacts *self, const JzRange *range, gboolean is_most, JzValue **value)
{
  JzFineRange fines = { 0 };
  gint64 base;

  if (!jz_case_facts_get_fines (self, range, &base, &fines))
    return JZ_FACT_UNKNOWN;
  *value = jz_value_new_money (is_most ? fines.most : fines.least);
  return JZ_FACT_PRESENT;
}

static JzFactState
get_statutory (JzCaseFacts *self, gboolean is_most, JzValue **value)
{
  const JzMatter *matter = jz_case_facts_get_matter (self);

  if (matter == NULL)
    return JZ_FACT_UNKNOWN;
  return compute_bound (self, &matter->range, is_most, value);
}

static JzFactState
get_statutory_least (JzCaseFacts *self, JzValue **value)
{
  return get_statutory (self, FALSE, value);
}

static JzFactState
get_statutory_most (JzCaseFacts *self, JzValue **value)
{
  return get_statutory (self, TRUE, value);
}

const JzTier *
jz_case_facts_get_tier (const JzCaseFacts *self)
{
  const JzMatter *matter = jz_case_facts_get_matter (self);
  const char *id = jz_stated_get_text (self->stated, "discretion.tier");

  for (guint i = 0; matter != NULL && i < matter->tiers->len; i++) {
    const JzTier *tier = g_ptr_array_index (matter->tiers, i);
    if (strcmp (tier->id, id) == 0)
      return tier;
  }
  return NULL;
}

static JzFactState
get_tier_bound (JzCaseFacts *self, gboolean is_most, JzValue **value)
{
  const JzTier *tier = jz_case_facts_get_tier (self);

  if (tier == NULL)
    return JZ_FACT_UNKNOWN;
  return compute_bound (self, &tier->range, is_most, value);
}

static JzFactState
get_tier_least (JzCaseFacts *self, JzValue **value)
{
  return get_tier_bound (self, FALSE, value);
}

static JzFactState
get_tier_most (JzCaseFacts *self, JzValue **value)
{
  return get_tier_bound (self, TRUE, value);
}

static JzFactState
benchmark_is_published (JzCaseFacts *self, JzValue **value)
{
  const JzMatter *matter = jz_case_facts_get_matter (self);

  if (matter == NULL)
    return JZ_FACT_UNKNOWN;
  return jz_fact_is (
    value, matter->benchmark != NULL &&
             jz_date_compare (matter->published_on, jz_instant_get_date (self->now)) <= 0);
}

static JzFactState
benchmark_is_in_force (JzCaseFacts *self, JzValue **value)
{
  const JzMatter *matter = jz_case_facts_get_matter (self);
  JzDate ended;

  if (matter == NULL ||
      !jz_date_parse (jz_stated_get_text (self->stated, "conduct.ended_on"), &ended, NULL))
    return JZ_FACT_UNKNOWN;
  return jz_fact_is (value, matter->benchmark != NULL &&
                              jz_date_compare (matter->benchmark_in_force, ended) <= 0 &&
                              (matter->benchmark_until.year == 0 ||
                               jz_date_compare (ended, matter->benchmark_until) <= 0));
}

static const char *
find_statement_of_difference (const JzCaseFacts *self, const char *number)
{
  const GPtrArray *records = jz_stated_get_records (self->stated);

  for (guint i = records->len; i-- > 0;) {
    const JzStatedRecord *record = g_ptr_array_index (records, i);
    if (strcmp (record->list, JZ_LIST_DIFFERENCE) == 0 &&
        strcmp (jz_stated_record_get_text (record, "number"), number) == 0)
      return jz_stated_record_get_text (record, "same");
  }
  return "open";
}

/* Decisions on the same party in other cases of this store, by the number of its identity. */
#define EARLIER                                                                                    \
  "SELECT DISTINCT n.case_id FROM fact AS n JOIN fact AS d ON d.case_id = n.case_id AND d.list = " \
  "'' AND d.record = '' AND d.name = 'decision.number' WHERE n.list = '' AND n.record = '' AND "   \
  "n.name = 'party.id_number' AND n.value = ?1 AND n.case_id != ?2 AND d.arrival <= ?3 AND "       \
  "n.arrival <= ?3 ORDER BY n.case_id"

static JzRecord *
make_earlier (JzCaseFacts *self, const JzStated *other)
{
  JzRecord *record = jz_record_new ();
  const char *number = jz_stated_get_text (other, "decision.number");
  const JzJson *fine = jz_stated_get (other, "decision.fine");
  JzDate decided;

  jz_record_set (record, "number", jz_value_new_text (number));
  if (jz_date_parse (jz_stated_get_text (other, "decision.decided_on"), &decided, NULL))
    jz_record_set (record, "decided_on", jz_value_new_date (decided));
  jz_record_set (record, "is_fine",
                 jz_value_new_bool (fine != NULL && jz_json_get_integer (fine) > 0));
  jz_record_set (record, "is_like_act",
                 jz_value_new_bool (strcmp (jz_stated_get_text (other, "matter.id"),
                                            jz_stated_get_text (self->stated, "matter.id")) == 0));
  jz_record_set (record, "same_act",
                 jz_value_new_choice (find_statement_of_difference (self, number)));
  return record;
}

static JzFactState
get_earlier_penalties (JzCaseFacts *self, JzValue **value)
{
  const JzJson *number = jz_stated_get (self->stated, "party.id_number");
  g_autofree char *text = number != NULL ? jz_json_to_canonical (number, NULL) : NULL;
  g_autoptr (JzStatement) rows = NULL;
  gboolean has_row = FALSE;

  if (text == NULL || self->error != NULL)
    return JZ_FACT_UNKNOWN;
  *value = jz_value_new_list ();
  rows = jz_connection_query (self->tables, &self->error, EARLIER, "tti", text, self->case_id,
                              self->until);
  while (rows != NULL && jz_statement_step (rows, &has_row, &self->error) && has_row) {
    g_autoptr (JzStated) other =
      jz_stated_load (self->tables, jz_statement_get_text (rows, 0), self->until, &self->error);
    if (other == NULL)
      break;
    jz_value_append (*value, make_earlier (self, other));
  }
  return JZ_FACT_PRESENT;
}

/* Different laws, regulations and rules that are cited. */
static JzFactState
count_laws (JzCaseFacts *self, JzValue **value)
{
  const JzJson *basis = jz_stated_get (self->stated, "decision.basis");
  g_autoptr (GHashTable) titles = g_hash_table_new (g_str_hash, g_str_equal);

  if (basis == NULL)
    return JZ_FACT_UNKNOWN;
  for (guint i = 0; i < jz_json_get_n_items (basis); i++) {
    const char *title = jz_json_get_member_text (jz_json_get_item (basis, i), "title");
    if (title != NULL)
      g_hash_table_add (titles, (gpointer)title);
  }
  *value = jz_value_new_int (g_hash_table_size (titles));
  return JZ_FACT_PRESENT;
}

/* Of a person; what has no birthday has no age. */
static JzFactState
get_age (JzCaseFacts *self, JzValue **value)
{
  JzDate born, ended;

  if (!jz_date_parse (jz_stated_get_text (self->stated, "party.born_on"), &born, NULL) ||
      !jz_date_parse (jz_stated_get_text (self->stated, "conduct.ended_on"), &ended, NULL))
    return JZ_FACT_UNKNOWN;
  *value = jz_value_new_int (jz_identity_code_get_age (born, ended, JZ_AGE_FROM_DAY_AFTER));
  return JZ_FACT_PRESENT;
}

/* Given by nobody but the entry that is asked about. */
static JzFactState
is_number_unique (JzCaseFacts *self, JzValue **value)
{
  const char *number = jz_stated_get_text (self->stated, "decision.number");

  return jz_fact_is (value, jz_case_facts_count (self,
                                                 "SELECT count (*) FROM document_number WHERE "
                                                 "number = ?1 AND entry <= ?3 AND ?2 = '' "
                                                 "AND state IN ('used', 'void')",
                                                 number, "") == 0);
}

/* The simplified procedure decides on the spot, and no other does (rules.md 1.1). */
static JzFactState
is_on_the_spot (JzCaseFacts *self, JzValue **value)
{
  const char *procedure = jz_stated_get_text (self->stated, "case.procedure");

  if (procedure[0] == '\0')
    return JZ_FACT_UNKNOWN;
  return jz_fact_is (value, strcmp (procedure, "simplified") == 0);
}

const JzComputedFact jz_facts_of_decision[] = {
  { "conduct.earlier_penalties", get_earlier_penalties },
  { "conduct.elements", get_elements },
  { "decision.is_number_unique", is_number_unique },
  { "decision.is_on_the_spot", is_on_the_spot },
  { "decision.n_laws", count_laws },
  { "discretion.benchmark_is_in_force", benchmark_is_in_force },
  { "discretion.benchmark_is_published", benchmark_is_published },
  { "discretion.statutory_least", get_statutory_least },
  { "discretion.statutory_most", get_statutory_most },
  { "discretion.tier_least", get_tier_least },
  { "discretion.tier_most", get_tier_most },
  { "matter.name", get_matter_name },
  { "party.age_at_conduct", get_age },
  { NULL },
};
