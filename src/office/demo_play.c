/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "base/temporary.h"
#include "office/checkpoints.h"
#include "office/demo-private.h"
#include "office/demo_publish.h"
#include "office/error.h"
#include "office/publication_prepare.h"
#include "office/role.h"
#include "office/session.h"

/* Performs what was planned, in order of time. Most acts are queued many at once, so that they
 * share a commit; between them the clock is moved on by jobs in the same queue. What a later act
 * needs of an earlier one is its id, and that is known before: nobody else writes this store;
 * whoever confirms waits for the hash of the proposal. Acts that make keys, look at what is
 * committed while they are prepared (documents that become final) or are followed by a clean-up are
 * performed one by one. */

/* So many acts are prepared before they are queued, so that they share a commit; and so many wait
 * at most, which bounds memory. */
#define MAX_PREPARED 100
#define MAX_WAITING 400
/* The last entry is half an hour behind the end. */
#define MS_UNTIL_PUBLISHED (60 * 1000)

#define PERFORMED_ALONE                                                                            \
  "store.accept.propose|store.accept|certificate.issue.propose|certificate.issue|"                 \
  "certificate.revoke.propose|certificate.revoke|password.change|person.leave|"                    \
  "role.grant.propose|case.destroy.propose|case.destroy|rulebook.adopt.propose|rulebook.adopt|"    \
  "forms.adopt.propose|forms.adopt|calendar.adopt.propose|calendar.adopt|document.finalise|"       \
  "decision.finalise|dossier.bind|publication.collect|publication.correct|publication.bundle"

typedef struct {
  JzOffice *office;
  JzClock *clock;
  const JzDemoWords *words;
  const JzDemo *demo;
  JzDemoAgenda agenda;
  GHashTable *sessions;  /* user → JzSession */
  GHashTable *passwords; /* user → password, where it is the first one still */
  JzDemoMade *made;
  guint64 n_entries;
  GArray *openings;    /* JzDemoOpening */
  GPtrArray *prepared; /* Queued */
  char *folder;
  char *file; /* in it: the attachment that is being taken in */
  guint n_opened;
  gboolean has_published;
  GMutex mutex; /* guards what follows */
  GCond cond;
  guint n_waiting;
  GError *error; /* the first one */
} Player;

/* An act that is prepared. */
typedef struct {
  Player *player;
  JzTask *task;
  char *act;
  char *label; /* (nullable): of a proposal */
  JzInstant time;
  guint64 seq; /* of its first entry */
} Queued;

static void
queued_free (gpointer data)
{
  Queued *self = data;

  g_clear_pointer (&self->task, jz_task_free);
  g_free (self->act);
  g_free (self->label);
  g_free (self);
}

static void
player_clear (Player *self)
{
  jz_demo_agenda_clear (&self->agenda);
  g_clear_pointer (&self->sessions, g_hash_table_unref);
  g_clear_pointer (&self->passwords, g_hash_table_unref);
  g_clear_pointer (&self->made, jz_demo_made_free);
  g_clear_pointer (&self->openings, g_array_unref);
  g_clear_pointer (&self->prepared, g_ptr_array_unref);
  if (self->folder != NULL) {
    g_unlink (self->file);
    g_rmdir (self->folder);
  }
  g_free (self->file);
  g_free (self->folder);
  g_clear_error (&self->error);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->cond);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Player, player_clear)

static void
player_init (Player *self)
{
  g_mutex_init (&self->mutex);
  g_cond_init (&self->cond);
  jz_demo_agenda_init (&self->agenda);
  self->sessions =
    g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)jz_session_close);
  self->passwords = g_hash_table_new (g_str_hash, g_str_equal);
  self->made = jz_demo_made_new (jz_office_get_store_id (self->office));
  self->prepared = g_ptr_array_new_with_free_func (queued_free);
  self->openings = jz_demo_plan_openings (self->words, self->demo->seed, self->demo->n_cases);
  for (guint i = 0; i < self->words->people->len; i++) {
    const JzDemoPerson *person = g_ptr_array_index (self->words->people, i);
    g_hash_table_insert (self->passwords, person->user, person->password);
  }
  jz_demo_plan_life (self->words, self->demo->seed, &self->agenda);
}

static gboolean
make_folder (Player *self, GError **error)
{
  self->folder = jz_temporary_folder ("demo", error);
  if (self->folder != NULL)
    self->file = g_build_filename (self->folder, "attachment", NULL);
  return self->folder != NULL;
}

/* Cases are planned when their time comes, so that their number costs no memory. */
static void
plan_due_cases (Player *self)
{
  while (self->n_opened < self->openings->len) {
    const JzDemoOpening *opening = &g_array_index (self->openings, JzDemoOpening, self->n_opened);
    const JzDemoStep *next = jz_demo_agenda_peek (&self->agenda);
    if (next != NULL && next->time < opening->time)
      return;
    jz_demo_plan_case (self->words, self->demo->seed, opening->index, &self->agenda);
    self->n_opened++;
  }
}

static GError *
make_error_of_refusal (const JzRefusal *refusal, const char *act)
{
  return g_error_new (JZ_OFFICE_ERROR, JZ_OFFICE_ERROR_REFUSED,
                      _ ("The demo office cannot be made, because its act %1$s is refused by "
                         "%2$s: %3$s"),
                      act, jz_refusal_get_rule (refusal), jz_refusal_get_sentence (refusal));
}

static const JzJournalRecord *
get_first (const JzActOutcome *outcome)
{
  return g_ptr_array_index (outcome->records, 0);
}

static void
on_performed (JzActOutcome *outcome, const GError *error, gpointer data)
{
  Queued *queued = data;
  Player *self = queued->player;

  g_mutex_lock (&self->mutex);
  if (self->error == NULL && error != NULL)
    self->error = g_error_copy (error);
  else if (self->error == NULL && outcome->refusal != NULL)
    self->error = make_error_of_refusal (outcome->refusal, queued->act);
  /* The ids that later acts speak of were known before. */
  g_assert (self->error != NULL || get_first (outcome)->entry->seq == queued->seq);
  if (self->error == NULL && queued->label != NULL)
    jz_demo_made_set_hash (self->made, queued->label, &get_first (outcome)->hash);
  self->n_waiting--;
  g_cond_signal (&self->cond);
  g_mutex_unlock (&self->mutex);
  g_clear_pointer (&outcome, jz_act_outcome_free);
  queued_free (queued);
}

typedef struct {
  JzClock *clock;
  JzInstant time;
} Tick;

static gboolean
move_clock (JzConnection *connection, gpointer data, GError **error)
{
  Tick *tick = data;

  jz_clock_set (tick->clock, tick->time);
  return TRUE;
}

static void
on_clock_moved (const GError *error, gpointer data)
{
  /* What is wrong with the store is told by the act that follows. */
  g_free (data);
}

static void
queue_tick (Player *self, JzInstant time)
{
  Tick *tick = g_new (Tick, 1);

  *tick = (Tick){ self->clock, time };
  jz_writer_queue (jz_store_get_writer (jz_office_get_store (self->office)), move_clock,
                   on_clock_moved, tick);
}

static void
queue_prepared (Player *self)
{
  g_mutex_lock (&self->mutex);
  self->n_waiting += self->prepared->len;
  g_mutex_unlock (&self->mutex);
  for (guint i = 0; i < self->prepared->len; i++) {
    Queued *queued = g_ptr_array_index (self->prepared, i);
    queue_tick (self, queued->time);
    jz_office_queue (self->office, g_steal_pointer (&queued->task), on_performed, queued);
  }
  /* Each is freed when it has been performed. */
  g_free (g_ptr_array_steal (self->prepared, NULL));
}

/* Waits until at most so many acts wait. */
static gboolean
wait_for (Player *self, guint at_most, GError **error)
{
  gboolean is_well;

  queue_prepared (self);
  g_mutex_lock (&self->mutex);
  while (self->n_waiting > at_most)
    g_cond_wait (&self->cond, &self->mutex);
  is_well = self->error == NULL;
  if (!is_well)
    g_propagate_error (error, g_error_copy (self->error));
  g_mutex_unlock (&self->mutex);
  return is_well;
}

static JzSession *
get_session (Player *self, const char *user, GError **error)
{
  JzSession *session = g_hash_table_lookup (self->sessions, user);

  if (session != NULL)
    return session;
  /* Certificates are looked up in what is committed. */
  session =
    wait_for (self, 0, error)
      ? jz_session_open (self->office, user, g_hash_table_lookup (self->passwords, user), error)
      : NULL;
  if (session != NULL)
    g_hash_table_insert (self->sessions, g_strdup (user), session);
  return session;
}

/* Attachments come in as files, as from a person. */
static gboolean
put_content (Player *self, const JzDemoStep *step, JzJson *args, GError **error)
{
  gsize length = 0;
  const char *data;

  if (step->content == NULL)
    return TRUE;
  data = g_bytes_get_data (step->content, &length);
  jz_json_set_text (args, "file", self->file);
  /* It is only read once, so it need not outlive anything. */
  return g_file_set_contents_full (self->file, data, (gssize)length, G_FILE_SET_CONTENTS_NONE, 0600,
                                   error);
}

static GPtrArray *
make_arguments (Player *self, GPtrArray *steps, GError **error)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func ((GDestroyNotify)jz_json_unref);

  for (guint i = 0; i < steps->len; i++) {
    const JzDemoStep *step = g_ptr_array_index (steps, i);
    JzJson *args;
    /* Whoever confirms names a proposal, whose hash is known when it is written. */
    if (!jz_demo_made_is_known (self->made, step->args) && !wait_for (self, 0, error))
      return NULL;
    args = jz_demo_made_resolve (self->made, step->args);
    g_ptr_array_add (all, args);
    if (!put_content (self, step, args, error))
      return NULL;
  }
  return g_steal_pointer (&all);
}

/* The user whom the act is about. */
static const char *
get_subject (const JzDemoStep *step)
{
  const char *label = jz_json_get_member_text (step->args, "person");
  return label != NULL ? label + 1 : step->user;
}

/* For the key that the act makes: everybody ends with the password of all demo accounts. */
static const char *
get_new_password (Player *self, const JzDemoStep *step)
{
  const JzDemoPerson *person = jz_demo_words_get_person (self->words, get_subject (step));

  return g_strcmp0 (jz_json_get_member_text (step->args, "reason"), "first") == 0
           ? person->password
           : JZ_DEMO_PASSWORD;
}

static void
remember_ids (Player *self, GPtrArray *steps)
{
  for (guint i = 0; i < steps->len; i++) {
    const JzDemoStep *step = g_ptr_array_index (steps, i);
    self->n_entries++;
    if (step->label != NULL)
      jz_demo_made_add (self->made, step->label, self->n_entries);
  }
}

static void
remember_hashes (Player *self, GPtrArray *steps, const JzActOutcome *outcome)
{
  for (guint i = 0; i < steps->len; i++) {
    const JzDemoStep *step = g_ptr_array_index (steps, i);
    const JzJournalRecord *record = g_ptr_array_index (outcome->records, i);
    if (step->label != NULL)
      jz_demo_made_set_hash (self->made, step->label, &record->hash);
  }
}

/* Who has got another key or password signs in anew. */
static void
forget_sessions (Player *self, GPtrArray *steps)
{
  const char *act = ((JzDemoStep *)g_ptr_array_index (steps, 0))->act;

  for (guint i = 0; i < steps->len; i++) {
    const JzDemoStep *step = g_ptr_array_index (steps, i);
    const char *user = get_subject (step);
    if (strcmp (act, "password.change") == 0 || strcmp (act, "certificate.issue.propose") == 0)
      g_hash_table_insert (self->passwords,
                           (gpointer)jz_demo_words_get_person (self->words, user)->user,
                           (gpointer)get_new_password (self, step));
    if (jz_word_is_in (act, "password.change|certificate.issue|certificate.revoke|person.leave"))
      g_hash_table_remove (self->sessions, user);
  }
}

/* Nobody looks at what is found; all of it is covered. */
static gboolean
decide_on_found (Player *self,
                 JzSession *session,
                 const JzDemoStep *step,
                 GPtrArray *all,
                 GError **error)
{
  const JzPreparation preparation = { .office = self->office, .session = session };

  if (!jz_word_is_in (step->act, "publication.collect|publication.correct"))
    return TRUE;
  if (!wait_for (self, 0, error))
    return FALSE;
  for (guint i = 0; i < all->len; i++)
    if (!jz_publication_cover_all (&preparation, g_ptr_array_index (all, i), error))
      return FALSE;
  return TRUE;
}

static gboolean
perform_alone (Player *self, const JzRequest *request, GPtrArray *steps, GError **error)
{
  const JzDemoStep *step = g_ptr_array_index (steps, 0);
  g_autoptr (JzActOutcome) outcome = NULL;

  if (!wait_for (self, 0, error))
    return FALSE;
  jz_clock_set (self->clock, step->time);
  if (!jz_office_perform (self->office, request, &outcome, error))
    return FALSE;
  if (outcome->refusal != NULL) {
    g_propagate_error (error, make_error_of_refusal (outcome->refusal, step->act));
    return FALSE;
  }
  remember_hashes (self, steps, outcome);
  forget_sessions (self, steps);
  return TRUE;
}

static gboolean
prepare (Player *self, const JzRequest *request, const JzDemoStep *step, GError **error)
{
  JzTask *task = jz_office_prepare (self->office, request, error);
  Queued *queued;

  if (task == NULL)
    return FALSE;
  queued = g_new (Queued, 1);
  *queued = (Queued){
    .player = self,
    .task = task,
    .act = g_strdup (request->act),
    .label = g_str_has_suffix (request->act, ".propose") ? g_strdup (step->label) : NULL,
    .time = step->time,
    .seq = self->n_entries - request->n_args + 1,
  };
  g_ptr_array_add (self->prepared, queued);
  return self->prepared->len < MAX_PREPARED || wait_for (self, MAX_WAITING, error);
}

static gboolean
perform (Player *self, GPtrArray *steps, GError **error)
{
  const JzDemoStep *step = g_ptr_array_index (steps, 0);
  JzSession *session = get_session (self, step->user, error);
  g_autoptr (GPtrArray) args = session != NULL ? make_arguments (self, steps, error) : NULL;
  JzRequest request = { .session = session, .role = step->role, .act = step->act };

  if (args == NULL || !decide_on_found (self, session, step, args, error))
    return FALSE;
  request.args = (const JzJson *const *)args->pdata;
  request.n_args = args->len;
  request.new_password = get_new_password (self, step);
  request.ca_password = JZ_DEMO_PASSWORD;
  request.cancellable = self->demo->cancellable;
  remember_ids (self, steps);
  return jz_word_is_in (step->act, PERFORMED_ALONE) ? perform_alone (self, &request, steps, error)
                                                    : prepare (self, &request, step, error);
}

static gboolean
belong_together (Player *self, const JzDemoStep *a, const JzDemoStep *b)
{
  return b != NULL && a->content == NULL && a->time == b->time && strcmp (a->act, b->act) == 0 &&
         strcmp (a->user, b->user) == 0 && strcmp (a->role, b->role) == 0 &&
         strcmp (get_new_password (self, a), get_new_password (self, b)) == 0;
}

static GPtrArray *
take_steps (Player *self)
{
  GPtrArray *steps = g_ptr_array_new_with_free_func ((GDestroyNotify)jz_demo_step_free);

  do
    g_ptr_array_add (steps, jz_demo_agenda_take (&self->agenda));
  while (belong_together (self, g_ptr_array_index (steps, 0), jz_demo_agenda_peek (&self->agenda)));
  return steps;
}

static void
tell_progress (Player *self, JzInstant time)
{
  JzDate date = jz_instant_get_date (time);

  if (self->demo->progress != NULL)
    self->demo->progress ((guint64)jz_date_days_between (JZ_DEMO_FIRST_DAY, date),
                          (guint64)jz_date_days_between (JZ_DEMO_FIRST_DAY, JZ_DEMO_LAST_DAY),
                          self->demo->progress_data);
}

static JzSession *
get_publishing_session (const char *user, gpointer data, GError **error)
{
  return get_session (data, user, error);
}

/* On the last day, before the last one signs out. */
static gboolean
publish (Player *self, GError **error)
{
  JzDemoPublishing publishing = { .office = self->office,
                                  .clock = self->clock,
                                  .time = jz_demo_time_end () + MS_UNTIL_PUBLISHED,
                                  .get_session = get_publishing_session,
                                  .data = self };

  self->has_published = TRUE;
  if (!wait_for (self, 0, error) || !jz_demo_publish (&publishing, error))
    return FALSE;
  self->n_entries += publishing.n_entries;
  return TRUE;
}

static gboolean
play (Player *self, GError **error)
{
  for (plan_due_cases (self); jz_demo_agenda_peek (&self->agenda) != NULL; plan_due_cases (self)) {
    g_autoptr (GPtrArray) steps = NULL;
    if (!self->has_published && jz_demo_agenda_peek (&self->agenda)->time > jz_demo_time_end () &&
        !publish (self, error))
      return FALSE;
    steps = take_steps (self);
    if (g_cancellable_set_error_if_cancelled (self->demo->cancellable, error) ||
        !perform (self, steps, error))
      return FALSE;
    tell_progress (self, ((JzDemoStep *)g_ptr_array_index (steps, 0))->time);
  }
  return wait_for (self, 0, error);
}

static gboolean
finish (Player *self, GError **error)
{
  const JzDemoPerson *founder = g_ptr_array_index (self->words->people, 0);
  JzSession *session = get_session (self, founder->user, error);

  return session != NULL && jz_office_issue_checkpoint (self->office, session, NULL, error);
}

/**
 * jz_demo_play:
 * @office: a demo office that has only been founded
 * @clock: its clock
 * @words: what it is made of
 * @demo: what to make
 * @error: return location
 *
 * Lets the office live.
 *
 * Returns: whether it has come to its last day; %JZ_OFFICE_ERROR_REFUSED would mean that the
 *   program was put together wrong
 */
gboolean
jz_demo_play (JzOffice *office,
              JzClock *clock,
              const JzDemoWords *words,
              const JzDemo *demo,
              GError **error)
{
  g_auto (Player) self = { .office = office, .clock = clock, .words = words, .demo = demo };
  const JzDemoPerson *founder = g_ptr_array_index (words->people, 0);
  gboolean is_done;

  player_init (&self);
  /* Founding wrote the first entry. */
  self.n_entries = 1;
  jz_demo_made_add (self.made, founder->user, 1);
  is_done = make_folder (&self, error) && play (&self, error) && finish (&self, error);
  if (!is_done) {
    /* What is queued still speaks of the player; what went wrong is told already. */
    g_ptr_array_set_size (self.prepared, 0);
    (void)wait_for (&self, 0, NULL);
  }
  return is_done;
}
