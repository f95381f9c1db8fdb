/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include <glib/gi18n-lib.h>

#include "office/advice.h"
#include "office/apply.h"
#include "office/choice.h"
#include "office/error.h"
#include "office/gates.h"
#include "office/office-private.h"
#include "office/role.h"
#include "office/rulebooks.h"
#include "office/session.h"
#include "office/situation.h"
#include "office/trust.h"
#include "store/error.h"
#include "store/keyring.h"

/* How an act is performed (design §1): prepare, then check, journal and apply in one savepoint
 * while nobody else writes, then whatever only a finished transaction allows. */

struct _JzTask {
  JzOffice *office;
  const JzAct *act;
  gboolean is_proposal;
  char *store; /* id under which it is written */
  char *person;
  char *user;
  char *role; /* chosen when the act is performed, where the person named none */
  JzKey *key;
  JzCertificate *certificate;
  GPtrArray *args;       /* JzJson, without `proposal` */
  GArray *proposals;     /* JzMaybeHash beside each */
  JzAuthority authority; /* while it is prepared */
  JzActOutcome *outcome;
  JzPerformed performed;
  gpointer performed_data;
};

/**
 * jz_task_free:
 * @self: (transfer full): a task that was not queued
 */
void
jz_task_free (JzTask *self)
{
  g_free (self->store);
  g_free (self->person);
  g_free (self->user);
  g_free (self->role);
  g_clear_pointer (&self->key, jz_key_unref);
  g_clear_pointer (&self->certificate, jz_certificate_unref);
  g_ptr_array_unref (self->args);
  g_array_unref (self->proposals);
  jz_authority_clear (&self->authority);
  g_clear_pointer (&self->outcome, jz_act_outcome_free);
  g_free (self);
}

static gboolean
read_proposal (JzConnection *reader,
               const JzAct *act,
               const JzMaybeHash *proposal,
               JzJson **proposed,
               GError **error)
{
  g_autoptr (JzJournalRecord) record = NULL;
  gint64 arrival = 0;

  if (!jz_connection_get_number (reader, &arrival, error,
                                 "SELECT entry FROM proposal WHERE hash = ? AND act = ?", "ht",
                                 &proposal->hash, act->name))
    return FALSE;
  if (arrival == 0)
    return TRUE;
  record = jz_journal_read (reader, arrival, error);
  if (record == NULL)
    return FALSE;
  if (record->payload == NULL)
    return TRUE;
  *proposed = jz_journal_record_dup_args (record, error);
  return *proposed != NULL;
}

/* To confirm, one names the proposal; what was proposed need not be typed again. One that was never
 * made, or is of another act, is refused by the check. */
static gboolean
fill_from_proposal (JzTask *task, const JzMaybeHash *proposal, JzJson *args, GError **error)
{
  JzStore *store = task->office->store;
  JzConnection *reader = jz_store_lease_reader (store, error);
  g_autoptr (JzJson) proposed = NULL;
  gboolean is_read;

  if (reader == NULL)
    return FALSE;
  is_read = read_proposal (reader, task->act, proposal, &proposed, error);
  jz_store_return_reader (store, reader);
  for (guint i = 0; proposed != NULL && i < jz_json_get_n_items (proposed); i++) {
    const char *name = jz_json_get_name (proposed, i);
    if (jz_json_get_member (args, name) == NULL)
      jz_json_set_member (args, name, jz_json_copy (jz_json_get_item (proposed, i)));
  }
  return is_read;
}

/* The clock may have been set back since the sweep took the key of a proposal that was too old:
 * then the proposal would be young enough again, and its certificate one without a key. */
static gboolean
check_key_file (const JzTask *task, const JzJson *args, GError **error)
{
  const char *hex = jz_json_get_member_text (args, "person_key");
  JzHash hash;

  if (hex == NULL || !jz_hash_from_hex (hex, &hash) ||
      jz_keyring_has (jz_store_get_path (task->office->store), &hash))
    return TRUE;
  g_set_error_literal (error, JZ_OFFICE_ERROR, JZ_OFFICE_ERROR_NOT_FOUND,
                       _ ("The key that was made with this proposal was removed, because more than "
                          "seven days had gone by; propose it once more."));
  return FALSE;
}

static gboolean
prepare_args (JzTask *task, const JzRequest *request, const JzJson *given, GError **error)
{
  g_autoptr (JzJson) args = NULL;
  JzPreparation preparation = { task->office,
                                request->session,
                                request->new_password,
                                request->ca_password,
                                request->cancellable,
                                &task->authority,
                                task->args };
  JzSituation situation = { .act = task->act };

  if (jz_json_get_kind (given) != JZ_JSON_OBJECT)
    return jz_act_check_arguments (task->act, given, FALSE, error);
  args = jz_json_copy (given);
  if (!jz_situation_fill (&situation, args, error))
    return FALSE;
  /* To confirm one may repeat what was proposed; the check holds it to the proposal. */
  if (!request->by_own_means && !situation.proposal.is_present &&
      !jz_act_check_given (task->act, given, error))
    return FALSE;
  if (situation.proposal.is_present && !fill_from_proposal (task, &situation.proposal, args, error))
    return FALSE;
  if (situation.proposal.is_present && !check_key_file (task, args, error))
    return FALSE;
  if (task->act->prepare != NULL && !task->act->prepare (&preparation, args, error))
    return FALSE;
  if (!jz_act_check_arguments (task->act, args, FALSE, error) ||
      !jz_act_take_long_texts (task->act, args, jz_store_get_objects (task->office->store), error))
    return FALSE;
  g_array_append_val (task->proposals, situation.proposal);
  g_ptr_array_add (task->args, g_steal_pointer (&args));
  return TRUE;
}

static gboolean
check_place (JzOffice *self, const JzAct *act, GError **error)
{
  gboolean is_at_its_place = FALSE;

  if (!jz_store_is_at_its_place (self->store, &is_at_its_place, error))
    return FALSE;
  if (is_at_its_place || strcmp (act->name, "store.moved") == 0 ||
      strcmp (act->name, "store.copied") == 0)
    return TRUE;
  g_set_error (
    error, JZ_STORE_ERROR, JZ_STORE_ERROR_MOVED,
    _ (
      "The store %s was last used on another computer or in another place. If it was moved and the "
      "old folder is gone, the administrator performs store.moved; if this is a copy, "
      "store.copied."),
    jz_store_get_path (self->store));
  return FALSE;
}

static void
take_signer (JzTask *task, JzSession *session)
{
  gboolean is_brought = task->act->brings_certificate && !task->is_proposal &&
                        jz_session_get_brought_key (session) != NULL;

  task->key =
    jz_key_ref (is_brought ? jz_session_get_brought_key (session) : jz_session_get_key (session));
  task->certificate = jz_certificate_ref (is_brought ? jz_session_get_brought_certificate (session)
                                                     : jz_session_get_certificate (session));
}

/**
 * jz_office_prepare:
 * @self: an office open for writing
 * @request: what is to be done
 * @error: return location
 *
 * Does all that needs no transaction: reads the proposal, makes keys and objects, checks the form
 * of the arguments. May take long; run it on a worker thread.
 *
 * Returns: (transfer full) (nullable): what jz_office_queue() takes
 */
JzTask *
jz_office_prepare (JzOffice *self, const JzRequest *request, GError **error)
{
  g_autoptr (JzTask) task = g_new0 (JzTask, 1);

  task->args = g_ptr_array_new_with_free_func ((GDestroyNotify)jz_json_unref);
  task->proposals = g_array_new (FALSE, TRUE, sizeof (JzMaybeHash));
  task->office = self;
  task->act = jz_act_find (request->act, &task->is_proposal);
  if (task->act == NULL) {
    g_set_error (error, JZ_OFFICE_ERROR, JZ_OFFICE_ERROR_UNKNOWN_ACT,
                 _ ("There is no act %s; juanzongctl acts lists them."), request->act);
    return NULL;
  }
  if ((task->act->flags & JZ_ACT_OWN_MEANS) != 0 && !request->by_own_means) {
    g_set_error (error, JZ_OFFICE_ERROR, JZ_OFFICE_ERROR_UNKNOWN_ACT,
                 _ ("The act %s is performed by a command of its own (init or restore)."),
                 task->act->name);
    return NULL;
  }
  if (self->store_id != NULL && !check_place (self, task->act, error))
    return NULL;
  task->user = g_strdup (jz_session_get_user (request->session));
  task->person = g_strdup (jz_session_get_person (request->session));
  task->role = g_strdup (request->role);
  for (gsize i = 0; i < request->n_args; i++)
    if (!prepare_args (task, request, request->args[i], error))
      return NULL;
  jz_authority_clear (&task->authority); /* not needed any more, and not to be had any more */
  if ((task->act->flags & JZ_ACT_SIGNED) != 0)
    take_signer (task, request->session);
  task->store =
    g_strdup ((task->act->flags & JZ_ACT_BEGINS_STORE) != 0 ? self->new_id : self->store_id);
  task->outcome = jz_act_outcome_new ();
  return g_steal_pointer (&task);
}

static int
compare_rules (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

static char *
make_payload (const JzJson *args,
              const JzMaybeHash *proposal,
              GPtrArray *rules,
              const JzMaybeHash *override,
              GError **error)
{
  g_autoptr (JzJson) payload = jz_json_new_object ();
  JzJson *copy = jz_json_copy (args);
  char hex[JZ_HASH_HEX_SIZE];

  if (proposal->is_present) {
    jz_hash_to_hex (&proposal->hash, hex);
    jz_json_set_text (copy, "proposal", hex);
  }
  jz_json_set_member (payload, "args", copy);
  if (rules->len > 0) {
    JzJson *list = jz_json_new_array ();
    g_ptr_array_sort (rules, compare_rules);
    for (guint i = 0; i < rules->len; i++)
      if (i == 0 || strcmp (g_ptr_array_index (rules, i), g_ptr_array_index (rules, i - 1)) != 0)
        jz_json_append (list, jz_json_new_text (g_ptr_array_index (rules, i)));
    jz_json_set_member (payload, "rules", list);
  }
  if (override->is_present) {
    jz_hash_to_hex (&override->hash, hex);
    jz_json_set_text (payload, "override", hex);
  }
  return jz_json_check_bounds (payload, error) ? jz_json_to_canonical (payload, NULL) : NULL;
}

static gboolean
fill_situation (const JzTask *task,
                JzConnection *connection,
                const JzMaybeHash *proposal,
                JzSituation *situation,
                GError **error)
{
  gint64 last = 0;
  JzInstant last_time = G_MININT64;

  if (!jz_connection_get_number (connection, &last, error, "SELECT max (arrival) FROM entry", "") ||
      !jz_journal_get_last_time (connection, task->store, &last_time, error))
    return FALSE;
  situation->arrival = last + 1;
  situation->proposal = *proposal;
  situation->now = jz_clock_now (task->office->clock);
  if (situation->now < last_time && situation->now >= last_time - JZ_CLOCK_TOLERANCE_MS &&
      (task->act->flags & JZ_ACT_SETS_CLOCK) == 0)
    situation->now = last_time;
  return TRUE;
}

static gboolean
check_all (const JzTask *task,
           const JzSituation *situation,
           GPtrArray *rules,
           JzRefusal **refusal,
           GError **error)
{
  if (!jz_check_situation (situation, refusal, error))
    return FALSE;
  if (*refusal != NULL)
    return TRUE;
  if (task->office->gate != NULL)
    return task->office->gate (situation, rules, refusal, task->office->gate_data, error);
  return jz_gates_check (situation, rules, refusal, NULL, error);
}

/* Nothing is written before all checks are done, so what one of them has read serves the others. */
static gboolean
check_still (const JzTask *task,
             const JzSituation *situation,
             GPtrArray *rules,
             JzRefusal **refusal,
             GError **error)
{
  gboolean is_checked;

  jz_connection_set_still (situation->tables, TRUE);
  is_checked = check_all (task, situation, rules, refusal, error);
  jz_connection_set_still (situation->tables, FALSE);
  return is_checked;
}

static gboolean
refuse (JzTask *task, JzRefusal *refusal, GError **error)
{
  g_set_error_literal (error, JZ_OFFICE_ERROR, JZ_OFFICE_ERROR_REFUSED,
                       jz_refusal_get_sentence (refusal));
  task->outcome->refusal = refusal;
  return FALSE;
}

static gboolean
perform_one (JzTask *task, JzConnection *connection, guint position, char **batch, GError **error)
{
  JzJson *args = g_ptr_array_index (task->args, position);
  const JzMaybeHash *proposal = &g_array_index (task->proposals, JzMaybeHash, position);
  g_autoptr (GPtrArray) rules = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *payload = NULL;
  g_autofree char *act_name =
    g_strconcat (task->act->name, task->is_proposal ? ".propose" : NULL, NULL);
  g_autoptr (JzJournalRecord) record = NULL;
  JzRefusal *refusal = NULL;
  JzMaybeHash rulebook = { 0 };
  JzMaybeHash override = { 0 };
  const char *missing;
  JzSituation situation = { .tables = connection,
                            .journal = connection,
                            .store = task->store,
                            .act = task->act,
                            .is_proposal = task->is_proposal,
                            .actor = task->person,
                            .role = task->role,
                            .objects = jz_store_get_objects (task->office->store),
                            .override = &override,
                            .warnings = task->outcome->warnings };
  JzDraft draft = { .store = task->store,
                    .actor = task->person,
                    .role = task->role,
                    .act = act_name,
                    .act_version = task->act->version,
                    .batch = *batch,
                    .key = task->key,
                    .certificate = task->certificate,
                    .may_go_back = (task->act->flags & JZ_ACT_SETS_CLOCK) != 0 };

  if (!jz_situation_fill (&situation, args, error) ||
      !fill_situation (task, connection, proposal, &situation, error))
    return FALSE;
  if (task->act->complete != NULL && !task->act->complete (&situation, args, error))
    return FALSE;
  if (!jz_situation_find_rulebook (&situation, &rulebook, error))
    return FALSE;
  situation.rulebook = &rulebook;
  situation.cert.is_present = task->key != NULL;
  if (task->key != NULL)
    situation.cert.hash = *jz_certificate_get_hash (task->certificate);
  if (!jz_act_check_arguments (task->act, args, TRUE, error) ||
      !check_still (task, &situation, rules, &refusal, error))
    return FALSE;
  missing = jz_act_find_missing_object (args, jz_store_get_objects (task->office->store));
  if (refusal == NULL && missing != NULL)
    jz_refuse (
      &refusal, "J-OBJECT", _ ("Give the file once more."),
      _ ("What the argument %s names is not in this store with the size that it has there."),
      missing);
  if (refusal != NULL)
    return refuse (task, refusal, error);
  payload = make_payload (args, proposal, rules, &override, error);
  if (payload == NULL)
    return FALSE;
  draft.rulebook = rulebook.is_present ? &rulebook.hash : NULL;
  draft.now = situation.now;
  draft.payload = payload;
  draft.case_id = situation.case_id[0] != '\0' ? situation.case_id : NULL;
  record = jz_journal_append (connection, &draft, error);
  if (record == NULL || !jz_apply_record (connection, connection, record, TRUE, error))
    return FALSE;
  if (*batch != NULL && (*batch)[0] == '\0') {
    g_free (*batch);
    *batch = jz_entry_get_id (record->entry);
  }
  g_ptr_array_add (task->outcome->records, g_steal_pointer (&record));
  return TRUE;
}

static gboolean
take_role (JzTask *task, JzConnection *tables, GError **error)
{
  const char *roles = task->is_proposal ? task->act->proposer_roles : task->act->roles;
  const char *case_id = NULL;

  if (task->act->scope == JZ_SCOPE_CASE && task->args->len > 0)
    case_id = jz_json_get_member_text (g_ptr_array_index (task->args, 0), "case");
  if (task->role == NULL)
    task->role =
      jz_choose_role (tables, task->person, roles, case_id != NULL ? case_id : "", error);
  return task->role != NULL;
}

static gboolean
perform_in_thread (JzConnection *connection, gpointer data, GError **error)
{
  JzTask *task = data;
  g_autofree char *batch = task->args->len > 1 ? g_strdup ("") : NULL;

  if (!take_role (task, connection, error))
    return FALSE;
  for (guint i = 0; i < task->args->len; i++)
    if (!perform_one (task, connection, i, &batch, error)) {
      g_ptr_array_set_size (task->outcome->records, 0);
      g_ptr_array_set_size (task->outcome->warnings, 0);
      return FALSE;
    }
  return TRUE;
}

static void
log_refusal (JzTask *task)
{
  JzAttempt attempt = { jz_clock_now (task->office->clock), task->user, task->act->name, JZ_BUREAU,
                        jz_refusal_get_rule (task->outcome->refusal) };
  const char *case_id = task->args->len > 0
                          ? jz_json_get_member_text (g_ptr_array_index (task->args, 0), "case")
                          : NULL;

  if (task->act->scope == JZ_SCOPE_CASE && case_id != NULL)
    attempt.case_id = case_id;
  /* A log that cannot be written must not turn a refusal into a failure. */
  if ((task->act->flags & JZ_ACT_SIGNED) != 0)
    (void)jz_scratch_add_attempt (jz_store_get_scratch (task->office->store), &attempt, NULL);
}

/* Of an act that is thrown away with its store (init, restore) nothing is ever found. */
static GError *
make_error (const JzTask *task, const GError *error)
{
  g_autofree char *name = NULL;

  if (!g_error_matches (error, JZ_STORE_ERROR, JZ_STORE_ERROR_UNCERTAIN) ||
      (task->act->flags & JZ_ACT_OWN_MEANS) != 0)
    return g_error_copy (error);
  name = g_filename_display_name (jz_store_get_path (task->office->store));
  return g_error_new (
    JZ_STORE_ERROR, JZ_STORE_ERROR_UNCERTAIN,
    _ ("The disk failed while the act was being written to “%s”. It is not certain "
       "that the act was kept: look in the case whether it is there before doing "
       "it again."),
    name);
}

static void
on_performed (const GError *error, gpointer data)
{
  JzTask *task = data;
  g_autoptr (GError) told = error != NULL ? make_error (task, error) : NULL;

  if (g_error_matches (error, JZ_OFFICE_ERROR, JZ_OFFICE_ERROR_REFUSED)) {
    log_refusal (task);
    error = NULL;
  } else if (error == NULL && (task->act->flags & JZ_ACT_BEGINS_STORE) != 0) {
    g_free (task->office->store_id);
    task->office->store_id = g_strdup (task->store);
  }
  if (error != NULL)
    task->performed (NULL, told, task->performed_data);
  else
    task->performed (g_steal_pointer (&task->outcome), NULL, task->performed_data);
  jz_task_free (task);
}

/**
 * jz_office_queue:
 * @self: an office open for writing
 * @task: (transfer full): what jz_office_prepare() gave
 * @performed: told on the writer thread, with the outcome (transfer full) or an error
 * @data: for @performed
 *
 * Checks and writes the act when its turn comes; acts that are queued together share a commit.
 */
void
jz_office_queue (JzOffice *self, JzTask *task, JzPerformed performed, gpointer data)
{
  task->performed = performed;
  task->performed_data = data;
  jz_writer_queue (jz_store_get_writer (self->store), perform_in_thread, on_performed, task);
}

typedef struct {
  GMutex mutex;
  GCond cond;
  gboolean is_done;
  JzActOutcome *outcome;
  GError *error;
} Waiting;

static void
on_waiting_performed (JzActOutcome *outcome, const GError *error, gpointer data)
{
  Waiting *waiting = data;

  g_mutex_lock (&waiting->mutex);
  waiting->is_done = TRUE;
  waiting->outcome = outcome;
  waiting->error = error != NULL ? g_error_copy (error) : NULL;
  g_cond_signal (&waiting->cond);
  g_mutex_unlock (&waiting->mutex);
}

/**
 * jz_office_perform:
 * @self: an office open for writing
 * @request: what is to be done
 * @outcome: (out) (transfer full): what came of it
 * @error: return location
 *
 * Prepares and performs an act, or a batch of which all or nothing is done, and waits until it is
 * durable. A refusal is an outcome, not an error; so is an act after which something could not be
 * tidied up, see @warnings of #JzActOutcome.
 *
 * Returns: %FALSE on failure; then nothing was done, except that with %JZ_STORE_ERROR_UNCERTAIN it
 *   may have been
 */
gboolean
jz_office_perform (JzOffice *self, const JzRequest *request, JzActOutcome **outcome, GError **error)
{
  JzTask *task = jz_office_prepare (self, request, error);
  Waiting waiting = { 0 };
  gboolean is_brought;

  *outcome = NULL;
  if (task == NULL)
    return FALSE;
  is_brought = task->act->brings_certificate && !task->is_proposal;
  g_mutex_init (&waiting.mutex);
  g_cond_init (&waiting.cond);
  task->performed = on_waiting_performed;
  task->performed_data = &waiting;
  jz_writer_hurry (jz_store_get_writer (self->store), perform_in_thread, on_performed, task);
  g_mutex_lock (&waiting.mutex);
  while (!waiting.is_done)
    g_cond_wait (&waiting.cond, &waiting.mutex);
  g_mutex_unlock (&waiting.mutex);
  g_mutex_clear (&waiting.mutex);
  g_cond_clear (&waiting.cond);
  if (waiting.error != NULL) {
    g_propagate_error (error, waiting.error);
    return FALSE;
  }
  *outcome = waiting.outcome;
  if ((*outcome)->refusal != NULL)
    return TRUE;
  jz_office_follow_up (self, request->act, *outcome);
  if (is_brought)
    jz_session_take_brought (request->session);
  jz_advise (request->session, self, request->act, *outcome);
  return TRUE;
}
