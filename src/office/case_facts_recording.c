/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "office/case_facts-private.h"
#include "office/recording_duty.h"
#include "office/recording_points.h"

/* Which recordings a case owes by the rules that it was filed under, and whether each is there,
 * whole or excused (rules.md 5; G-63); and when the last one ended and was stored (RT-01). */

static JzRecord *
new_record (const JzRecordedStep *step)
{
  JzRecord *record = jz_record_new ();
  g_autofree char *gaps = jz_recorded_step_dup_gaps (step);

  jz_record_set (
    record, "stage",
    jz_value_new_text (jz_text_get (&step->rule->rule.name, jz_language_get_current ())));
  jz_record_set (record, "level", jz_value_new_choice (jz_recording_level_get_word (step->level)));
  jz_record_set (record, "is_present", jz_value_new_bool (step->is_present));
  jz_record_set (record, "is_excused", jz_value_new_bool (step->is_excused));
  jz_record_set (record, "is_covered", jz_value_new_bool (step->is_covered));
  jz_record_set (record, "is_quarantined", jz_value_new_bool (step->is_quarantined));
  if (gaps != NULL)
    jz_record_set (record, "gaps", jz_value_new_text (gaps));
  else
    jz_record_set_absent (record, "gaps");
  return record;
}

static JzFactState
get_owed (JzCaseFacts *self, JzValue **value)
{
  g_autoptr (GPtrArray) steps = jz_recorded_steps_list (self);

  *value = jz_value_new_list ();
  for (guint i = 0; i < steps->len; i++) {
    const JzRecordedStep *step = g_ptr_array_index (steps, i);
    if (step->level != JZ_RECORDING_TEXT || step->ban != NULL)
      jz_value_append (*value, new_record (step));
  }
  return JZ_FACT_PRESENT;
}

/* What was recorded and not looked through for all that it must show. */
static JzFactState
get_unticked (JzCaseFacts *self, JzValue **value)
{
  g_autoptr (GPtrArray) steps = jz_recorded_steps_list (self);

  *value = jz_value_new_list ();
  for (guint i = 0; i < steps->len; i++) {
    const JzRecordedStep *step = g_ptr_array_index (steps, i);
    guint n_open = 0;
    g_autofree char *points = jz_recorded_step_dup_unticked (step, self->stated, &n_open);
    JzRecord *record;
    if (n_open == 0)
      continue;
    record = jz_record_new ();
    jz_record_set (
      record, "stage",
      jz_value_new_text (jz_text_get (&step->rule->rule.name, jz_language_get_current ())));
    jz_record_set (record, "points", jz_value_new_text (points));
    jz_record_set (record, "count", jz_value_new_int (n_open));
    jz_value_append (*value, record);
  }
  return JZ_FACT_PRESENT;
}

static const JzStatedRecord *
find_last_timed (const JzCaseFacts *self)
{
  const GPtrArray *records = jz_stated_get_records (self->stated);

  for (guint i = records->len; i-- > 0;) {
    const JzStatedRecord *record = g_ptr_array_index (records, i);
    if (strcmp (record->list, JZ_LIST_RECORDING) == 0 &&
        jz_stated_record_get (record, "finished_at") != NULL)
      return record;
  }
  return NULL;
}

static JzFactState
take_moment (const char *text, JzValue **value)
{
  JzInstant moment;

  if (text == NULL || !jz_instant_parse (text, &moment, NULL))
    return JZ_FACT_ABSENT;
  *value = jz_value_new_instant (moment);
  return JZ_FACT_PRESENT;
}

static JzFactState
get_finished (JzCaseFacts *self, JzValue **value)
{
  const JzStatedRecord *record = find_last_timed (self);

  return take_moment (record != NULL ? jz_stated_record_get_text (record, "finished_at") : NULL,
                      value);
}

static JzFactState
get_stored (JzCaseFacts *self, JzValue **value)
{
  const JzStatedRecord *record = find_last_timed (self);
  g_autofree char *recorded =
    record != NULL
      ? jz_case_facts_dup_text (
          self, "SELECT recorded FROM attachment WHERE id = ?1 AND case_id = ?2 AND ?3 >= 0",
          jz_stated_record_get_text (record, "attachment"), self->case_id)
      : NULL;

  return take_moment (recorded, value);
}

const JzComputedFact jz_facts_of_recording[] = {
  { "recording.finished_at", get_finished },
  { "recording.owed", get_owed },
  { "recording.stored_at", get_stored },
  { "recording.unticked", get_unticked },
  { NULL },
};
