/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "office/recording_step.h"

#include <glib/gi18n-lib.h>

#include "office/case_check.h"
#include "office/recordings.h"
#include "office/rulebooks.h"
#include "office/situation.h"

/* The step of a case that an act on recordings is about, and what the rules say of it. */

/**
 * jz_recorded_step_check:
 * @situation: an act with the argument `of`
 * @refusal: (out): set when the facts of the act or its step are not right
 * @error: return location
 *
 * Returns: %FALSE only when it could not look
 */
gboolean
jz_recorded_step_check (const JzSituation *situation, JzRefusal **refusal, GError **error)
{
  const char *of = jz_situation_get_text (situation, "of");
  gint64 n_rows = 0;

  if (!jz_check_facts (situation, refusal, error) ||
      !jz_connection_get_number (situation->tables, &n_rows, error,
                                 "SELECT count (*) FROM fact WHERE case_id = ? AND record = ? AND "
                                 "list IN " JZ_STEP_LISTS,
                                 "tt", situation->case_id, of))
    return FALSE;
  if (*refusal == NULL && n_rows == 0)
    jz_refuse (refusal, "J-RECORD", _ ("Choose one of this case."),
               _ ("There is no %s of this kind in the case."), of);
  return TRUE;
}

/**
 * jz_recording_duties_clear:
 * @self: what the rules say
 */
void
jz_recording_duties_clear (JzRecordingDuties *self)
{
  g_clear_pointer (&self->steps, g_ptr_array_unref);
  g_clear_pointer (&self->facts, jz_case_facts_free);
}

/**
 * jz_recording_duties_open:
 * @self: (out caller-allocates): to be cleared
 * @situation: an act of a case
 * @error: return location
 *
 * Returns: whether it was found out what the rules say of the case before the act
 */
gboolean
jz_recording_duties_open (JzRecordingDuties *self, const JzSituation *situation, GError **error)
{
  const JzRulebook *rulebook = NULL;
  JzMaybeHash hash = { 0 };

  if (!jz_situation_find_rulebook (situation, &hash, error))
    return FALSE;
  if (!hash.is_present)
    return TRUE;
  rulebook = jz_rulebooks_get (situation->objects, &hash.hash, error);
  self->facts = rulebook != NULL ? jz_case_facts_new_for (situation, rulebook, error) : NULL;
  if (self->facts == NULL)
    return FALSE;
  self->steps = jz_recorded_steps_list (self->facts);
  return jz_case_facts_finish (self->facts, error);
}

/**
 * jz_recording_duties_find:
 * @self: what the rules say
 * @situation: an act with the argument `of`
 *
 * Returns: (transfer none) (nullable): its step; %NULL where no rule speaks of it
 */
const JzRecordedStep *
jz_recording_duties_find (const JzRecordingDuties *self, const JzSituation *situation)
{
  return self->steps != NULL
           ? jz_recorded_steps_find (self->steps, jz_situation_get_text (situation, "of"))
           : NULL;
}
