/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "office/handover.h"

/* Someone leaves or goes to another section: every open case goes to somebody else (ux.md §10). It
 * is done by whoever may assign cases, so that it works also when the giver cannot sign in any
 * more. Each duty is handed over by itself: that one person cannot take one of them over, because
 * he reviewed that case, is no reason to leave the others behind. */

/**
 * jz_handover_duty_free:
 * @self: (transfer full): a duty
 */
void
jz_handover_duty_free (JzHandoverDuty *self)
{
  g_free (self->case_id);
  g_free (self->number);
  g_free (self->title);
  g_free (self->duty);
  g_free (self->sentence);
  g_free (self);
}

/**
 * jz_handover_list:
 * @reader: a store's database
 * @person: id of somebody
 * @error: return location
 *
 * Returns: (transfer full) (nullable) (element-type JzHandoverDuty): the duties that the person has
 *   in cases which are not archived, by case number
 */
GPtrArray *
jz_handover_list (JzConnection *reader, const char *person, GError **error)
{
  g_autoptr (GPtrArray) list =
    g_ptr_array_new_with_free_func ((GDestroyNotify)jz_handover_duty_free);
  gboolean has_row = FALSE;
  g_autoptr (JzStatement) rows = jz_connection_query (
    reader, error,
    "SELECT case_file.id, case_file.number, case_file.title, case_duty.duty FROM case_duty JOIN "
    "case_file ON case_file.id = case_duty.case_id WHERE case_duty.person = ? AND case_duty.ended "
    "= 0 AND case_file.stage != 'archived' ORDER BY case_file.number, case_duty.duty",
    "t", person);

  while (rows != NULL && jz_statement_step (rows, &has_row, error)) {
    JzHandoverDuty *duty;
    if (!has_row)
      return g_steal_pointer (&list);
    duty = g_new0 (JzHandoverDuty, 1);
    duty->case_id = g_strdup (jz_statement_get_text (rows, 0));
    duty->number = g_strdup (jz_statement_get_text (rows, 1));
    duty->title = g_strdup (jz_statement_get_text (rows, 2));
    duty->duty = g_strdup (jz_statement_get_text (rows, 3));
    g_ptr_array_add (list, duty);
  }
  return NULL;
}

static gboolean
perform (JzOffice *office,
         const JzHandover *handover,
         JzHandoverDuty *duty,
         const char *act,
         const char *person,
         GError **error)
{
  g_autoptr (JzJson) args = jz_json_new_object ();
  g_autoptr (JzActOutcome) outcome = NULL;
  const JzJson *all[] = { args };
  JzRequest request = { .session = handover->session, .act = act, .args = all, .n_args = 1 };

  jz_json_set_text (args, "case", duty->case_id);
  jz_json_set_text (args, "person", person);
  jz_json_set_text (args, "duty", duty->duty);
  jz_json_set_text (args, "reason", handover->reason);
  if (!jz_office_perform (office, &request, &outcome, error))
    return FALSE;
  if (outcome->refusal != NULL)
    duty->sentence = g_strdup (jz_refusal_get_sentence (outcome->refusal));
  return TRUE;
}

/**
 * jz_handover_perform:
 * @office: an office open for writing
 * @handover: what is handed over
 * @error: return location
 *
 * Gives each duty to the one and then ends it for the other, so that no case is ever without
 * somebody. Serves M-17 and ux.md §10.
 *
 * Returns: %FALSE when something went wrong; what was handed over until then stays so
 */
gboolean
jz_handover_perform (JzOffice *office, JzHandover *handover, GError **error)
{
  handover->n_done = 0;
  for (guint i = 0; i < handover->duties->len; i++) {
    JzHandoverDuty *duty = g_ptr_array_index (handover->duties, i);
    g_clear_pointer (&duty->sentence, g_free);
    if (!perform (office, handover, duty, "case.assign", handover->to, error))
      return FALSE;
    if (duty->sentence == NULL &&
        !perform (office, handover, duty, "case.unassign", handover->from, error))
      return FALSE;
    handover->n_done += duty->sentence == NULL ? 1 : 0;
  }
  return TRUE;
}
