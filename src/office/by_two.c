/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "office/by_two.h"

#include <glib/gi18n-lib.h>

#include "office/apply.h"
#include "office/error.h"
#include "office/session.h"

/* Acts of two signers are two entries, proposal and act (design §1). In a small bureau both people
 * often sit at the same computer: each gives the own password, and each entry is signed by who gave
 * it. Neither can do it for the other. */

static gboolean
perform (JzOffice *office,
         JzSession *session,
         const char *act,
         const JzJson *args,
         const JzByTwo *by_two,
         JzActOutcome **outcome,
         GError **error)
{
  const JzJson *all[] = { args };
  JzRequest request = {
    .session = session,
    .act = act,
    .args = all,
    .n_args = 1,
    .new_password = by_two->new_password,
    .ca_password = by_two->ca_password,
    .cancellable = by_two->cancellable,
  };

  return jz_office_perform (office, &request, outcome, error);
}

static JzJson *
name_proposal (const JzActOutcome *outcome)
{
  const JzJournalRecord *record = g_ptr_array_index (outcome->records, 0);
  JzJson *args = jz_json_new_object ();
  char hex[JZ_HASH_HEX_SIZE];

  jz_hash_to_hex (&record->hash, hex);
  jz_json_set_text (args, "proposal", hex);
  return args;
}

static gboolean
propose (JzOffice *office, const JzByTwo *by_two, JzActOutcome **outcome, GError **error)
{
  g_autofree char *act = g_strconcat (by_two->act, ".propose", NULL);
  g_autoptr (JzSession) own = NULL;

  if (by_two->session != NULL)
    return perform (office, by_two->session, act, by_two->args, by_two, outcome, error);
  own = jz_session_open (office, by_two->proposer, by_two->proposer_password, error);
  return own != NULL && perform (office, own, act, by_two->args, by_two, outcome, error);
}

/* Nothing is proposed that the other person turns out to be unable to sign for. Where the act
 * itself brings the key, the password is that of the proposal. */
static gboolean
try_password (JzOffice *office, const JzByTwo *by_two, GError **error)
{
  gboolean is_proposal = FALSE;
  const JzAct *act = jz_act_find (by_two->act, &is_proposal);
  g_autoptr (JzSession) session = NULL;

  if (act != NULL && act->brings_certificate)
    return TRUE;
  session = jz_session_open (office, by_two->confirmer, by_two->confirmer_password, error);
  return session != NULL;
}

/**
 * jz_office_perform_by_two:
 * @office: an office open for writing
 * @by_two: what two people want to do
 * @outcome: (out) (transfer full): what came of it; its refusal may be that of the proposal
 * @error: return location
 *
 * Proposes an act as one person and confirms it as the other. The password of the second is tried
 * first; where the confirmation is refused all the same, the proposal stays and can be confirmed
 * within seven days.
 *
 * Returns: %FALSE when something went wrong: %JZ_STORE_ERROR_PASSWORD names whose password
 */
gboolean
jz_office_perform_by_two (JzOffice *office,
                          const JzByTwo *by_two,
                          JzActOutcome **outcome,
                          GError **error)
{
  g_autoptr (JzActOutcome) proposed = NULL;
  g_autoptr (JzSession) session = NULL;
  g_autoptr (JzJson) args = NULL;

  g_return_val_if_fail (by_two->session != NULL || by_two->proposer_password != NULL, FALSE);
  g_return_val_if_fail (by_two->confirmer != NULL && by_two->confirmer_password != NULL, FALSE);

  *outcome = NULL;
  if (!try_password (office, by_two, error) || !propose (office, by_two, &proposed, error))
    return FALSE;
  if (proposed->refusal != NULL) {
    *outcome = g_steal_pointer (&proposed);
    return TRUE;
  }
  args = name_proposal (proposed);
  session = jz_session_open (office, by_two->confirmer, by_two->confirmer_password, error);
  return session != NULL && perform (office, session, by_two->act, args, by_two, outcome, error);
}

/**
 * jz_pending_free:
 * @self: (transfer full): a proposal
 */
void
jz_pending_free (JzPending *self)
{
  g_clear_pointer (&self->args, jz_json_unref);
  g_free (self->actor);
  g_free (self->name);
  g_free (self);
}

static gboolean
read_pending (JzConnection *reader, JzStatement *row, JzPending **pending, GError **error)
{
  g_autoptr (JzJournalRecord) record =
    jz_journal_read (reader, jz_statement_get_integer (row, 1), error);
  g_autoptr (JzPending) self = g_new0 (JzPending, 1);
  gboolean is_proposal = FALSE;

  if (record == NULL)
    return FALSE;
  self->act = jz_act_find (jz_statement_get_text (row, 2), &is_proposal);
  self->hash = record->hash;
  self->time = record->entry->time;
  self->last = self->time + JZ_PROPOSAL_LIFE_MS;
  self->actor = g_strdup (record->entry->actor);
  self->name = g_strdup (jz_statement_get_text (row, 3));
  self->args =
    record->payload != NULL ? jz_journal_record_dup_args (record, error) : jz_json_new_object ();
  if (self->args == NULL)
    return FALSE;
  if (self->act != NULL)
    *pending = g_steal_pointer (&self);
  return TRUE;
}

/**
 * jz_pending_list:
 * @reader: a store's database
 * @now: the time
 * @error: return location
 *
 * Returns: (transfer full) (nullable) (element-type JzPending): the proposals that concern no case
 *   and can still be confirmed, newest first
 */
GPtrArray *
jz_pending_list (JzConnection *reader, JzInstant now, GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify)jz_pending_free);
  char since[JZ_INSTANT_SIZE];
  gboolean has_row = FALSE;
  g_autoptr (JzStatement) rows = NULL;

  jz_instant_format (now - JZ_PROPOSAL_LIFE_MS, since);
  rows = jz_connection_query (
    reader, error,
    "SELECT proposal.hash, proposal.entry, proposal.act, coalesce (person.name, proposal.actor) "
    "FROM entry CROSS JOIN proposal ON proposal.hash = entry.hash "
    "LEFT JOIN person ON person.id = proposal.actor "
    "WHERE entry.case_id = 'bureau' AND entry.arrival > coalesce ((SELECT arrival FROM entry WHERE "
    "time < ? ORDER BY arrival DESC LIMIT 1), 0) AND proposal.used_by = 0 ORDER BY entry.arrival "
    "DESC",
    "t", since);
  while (rows != NULL && jz_statement_step (rows, &has_row, error)) {
    JzPending *pending = NULL;
    if (!has_row)
      return g_steal_pointer (&list);
    if (!read_pending (reader, rows, &pending, error))
      return NULL;
    if (pending != NULL)
      g_ptr_array_add (list, pending);
  }
  return NULL;
}
