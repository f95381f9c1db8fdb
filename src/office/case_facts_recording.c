/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "office/case_facts-private.h"

/* Which recordings a case owes, by what was done in it (rules.md 5, RC-02 to RC-05, RC-10, RC-13,
 * RC-14), and whether each is there or excused (G-63). */

/* What was served in these ways leaves no receipt that says enough. The way is a fact of the case
 * and stands beside the record, stated by the same entry. */
static gboolean
is_recorded_service (JzCaseFacts *self, const JzStatedRecord *record)
{
  static const char *const methods[] = { "\"left\"", "\"publication\"", NULL };
  g_autofree char *arrival = g_strdup_printf ("%lld", (long long)record->arrival);
  g_autofree char *method = NULL;

  if (jz_stated_get_arrival (self->stated, "service.method") == record->arrival)
    method = jz_json_to_canonical (jz_stated_get (self->stated, "service.method"), NULL);
  else
    method = jz_case_facts_dup_text (self,
                                     "SELECT value FROM fact WHERE case_id = ?1 AND list = '' AND "
                                     "name = 'service.method' AND arrival = CAST (?2 AS INTEGER) "
                                     "AND arrival <= ?3",
                                     self->case_id, arrival);
  return method != NULL && g_strv_contains (methods, method);
}

/* Which stage owes a recording for what the record says was done; NULL for none. A hearing owes one
 * when it was held, and not when only somebody was appointed. */
static const char *
get_owing_stage (JzCaseFacts *self, const JzStatedRecord *record)
{
  if (strcmp (record->list, JZ_LIST_FIELD) == 0)
    return "ST-O3";
  if (strcmp (record->list, JZ_LIST_PRESERVATION) == 0)
    return "ST-O3b";
  if (strcmp (record->list, JZ_LIST_HEARING) == 0)
    return jz_stated_find_last (self->stated, JZ_LIST_HEARING) == record &&
               jz_stated_get (self->stated, "hearing.closed_on") != NULL
             ? "ST-H4"
             : NULL;
  return strcmp (record->list, JZ_LIST_SERVICE) == 0 && is_recorded_service (self, record)
           ? "ST-O10"
           : NULL;
}

static gboolean
has_answer (const JzCaseFacts *self, const JzStatedRecord *step, const char *field)
{
  const GPtrArray *records = jz_stated_get_records (self->stated);

  for (guint i = 0; i < records->len; i++) {
    const JzStatedRecord *record = g_ptr_array_index (records, i);
    if (strcmp (record->list, JZ_LIST_RECORDING) == 0 &&
        strcmp (jz_stated_record_get_text (record, "of"), step->id) == 0 &&
        jz_stated_record_get (record, field) != NULL)
      return TRUE;
  }
  return FALSE;
}

static const char *
get_stage_name (const JzCaseFacts *self, const char *id)
{
  const JzStage *stage =
    self->limits.rulebook != NULL ? jz_rulebook_find_stage (self->limits.rulebook, id) : NULL;
  return stage != NULL ? jz_text_get (&stage->rule.name, jz_language_get_current ()) : id;
}

static JzFactState
get_owed (JzCaseFacts *self, JzValue **value)
{
  const GPtrArray *records = jz_stated_get_records (self->stated);

  *value = jz_value_new_list ();
  for (guint i = 0; i < records->len; i++) {
    const JzStatedRecord *step = g_ptr_array_index (records, i);
    const char *stage = get_owing_stage (self, step);
    JzRecord *record;
    if (stage == NULL)
      continue;
    record = jz_record_new ();
    jz_record_set (record, "stage", jz_value_new_text (get_stage_name (self, stage)));
    jz_record_set (record, "is_present", jz_value_new_bool (has_answer (self, step, "attachment")));
    jz_record_set (record, "is_excused", jz_value_new_bool (has_answer (self, step, "reason")));
    jz_value_append (*value, record);
  }
  return JZ_FACT_PRESENT;
}

const JzComputedFact jz_facts_of_recording[] = {
  { "recording.owed", get_owed },
  { NULL },
};
