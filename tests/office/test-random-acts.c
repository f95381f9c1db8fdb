/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "random-acts.h"

#include <string.h>

#include "office/error.h"
#include "office/replay.h"
#include "office/role.h"
#include "store/error.h"

/* Acts of all kinds with arguments of all kinds, most by people who may, many by people who may
 * not: whatever happens, the tables are what a replay of the journal gives, verify finds nothing,
 * and what was refused has left no trace. JZ_SEED repeats a run; JZ_RANDOM_ACTS sets its length. */

#define HOUR_MS (G_GINT64_CONSTANT (60) * 60 * 1000)
#define DAY_MS (24 * HOUR_MS)
#define N_POINTS 10
/* Dumps are compared after every so many acts that were refused alone; otherwise it is enough that
 * no byte of the database has changed. */
#define DUMP_EVERY 40
#define COUNT_ENTRIES "SELECT count (*) FROM entry"
/* Certificates must last to the end. */
#define MAX_SILENCES 8

/* What is tried, and how often. Acts that make keys cost a tenth of a second each. */
static const struct {
  const char *act;
  int weight;
} kinds[] = {
  { "case.open", 110 },
  { "case.take_over", 20 },
  { "case.assign", 90 },
  { "case.unassign", 40 },
  { "case.note", 130 },
  { "case.close", 90 },
  { "case.archive", 90 },
  { "case.destroy.propose", 60 },
  { "attachment.add", 80 },
  { "attachment.describe", 30 },
  { "person.add", 25 },
  { "person.change", 20 },
  { "person.leave", 8 },
  { "role.grant", 45 },
  { "role.grant.propose", 15 },
  { "role.revoke", 20 },
  { "credential.add", 30 },
  { "credential.suspend", 20 },
  { "credential.resume", 20 },
  { "setting.change", 40 },
  { "session.sign_in", 15 },
  { "session.sign_out", 15 },
  { "certificate.issue.propose", 14 },
  { "certificate.revoke.propose", 10 },
  { "certificate.recover.propose", 8 },
  { "certificate.recover", 2 },
  { "ca_password.change", 3 },
  { "password.change", 6 },
  { "store.accept.propose", 1 },
  { "store.accept", 2 },
  { "store.moved", 6 },
  { "store.copied", 2 },
  { "store.restored", 2 },
  { "store.init", 2 },
  { "clock.confirm", 6 },
  { "lead.register", 60 },
  { "lead.check", 20 },
  { "party.state", 20 },
  { "conduct.state", 20 },
  { "case.file.propose", 20 },
  { "evidence.add", 40 },
  { "evidence.bind", 20 },
  { "evidence.exclude", 10 },
  { "decision.draft", 30 },
  { "discretion.cite", 10 },
  { "basis.cite", 10 },
  { "review.submit", 20 },
  { "recusal.ask", 10 },
  { "limit.exclude", 15 },
  { "limit.resume", 10 },
  { "number.reserve", 10 },
  { "number.void", 5 },
  { "document.serve", 10 },
  { "recording.bind", 10 },
  { "recording.excuse", 10 },
  { "recording.approve", 10 },
  { "recording.declare", 5 },
  { "recording.explain_gap", 5 },
  { "recording.forbid", 2 },
  { "recording.unbind", 3 },
  { "recording.mark", 10 },
  { "recording.unmark", 5 },
  { "recording.view", 10 },
  { "attachment.classify", 10 },
  { "attachment.declassify", 5 },
  { "attachment.permit_export", 3 },
  { "evidence.register_secret", 5 },
  { "rulebook.adopt.propose", 2 },
  { "forms.adopt.propose", 2 },
  { "calendar.adopt.propose", 2 },
  { "gate.override", 4 },
  { "no.such_act", 2 },
  { "confirm", 130 }, /* a proposal of before */
};

typedef struct {
  const JzAct *act;
  char *hash;
  char *case_id;
} Proposal;

typedef struct {
  TestOffice office;
  TestRandom invent;
  GPtrArray *proposals;  /* Proposal */
  GHashTable *passwords; /* user → password, where it is not that of the fixture */
  GHashTable *tallies;   /* act or rule → how often it was done, or refused */
  int n_acts;
  int n_done;
  int n_refused;
  int n_failed;
  int n_silences;
} World;

static void
proposal_free (gpointer data)
{
  Proposal *self = data;

  g_free (self->hash);
  g_free (self->case_id);
  g_free (self);
}

static void
count_one (World *self, const char *name)
{
  int n = GPOINTER_TO_INT (g_hash_table_lookup (self->tallies, name));
  g_hash_table_insert (self->tallies, g_strdup (name), GINT_TO_POINTER (n + 1));
}

static void
open_tables (World *self)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = jz_store_get_database_path (self->office.path);

  self->invent.tables = jz_connection_open (path, JZ_CONNECTION_READ, &error);
  g_assert_no_error (error);
}

/* Changes whenever another connection has changed the file. */
static gint64
get_version (World *self)
{
  g_autoptr (GError) error = NULL;
  gint64 version = 0;

  g_assert_true (
    jz_connection_get_number (self->invent.tables, &version, &error, "PRAGMA data_version", ""));
  g_assert_no_error (error);
  return version;
}

static JzJson *
make_confirmation (World *self, const char **act)
{
  JzJson *args = jz_json_new_object ();
  guint newest = self->proposals->len;
  const Proposal *proposal;

  if (newest == 0) {
    *act = "case.destroy";
    return args;
  }
  /* The newest most often: older ones are used up or too old. */
  proposal = g_ptr_array_index (self->proposals,
                                test_random_chance (&self->invent, 70)
                                  ? newest - 1
                                  : (guint)test_random_between (&self->invent, 0, (int)newest - 1));
  *act = proposal->act->name;
  jz_json_set_text (args, "proposal", proposal->hash);
  if (proposal->case_id != NULL)
    jz_json_set_text (args, "case", proposal->case_id);
  if (test_random_chance (&self->invent, 5))
    jz_json_set_text (args, "reason", "其他理由");
  return args;
}

/* Old sessions stay: their certificate may be closed meanwhile. */
static JzSession *
get_session (World *self, const char *user)
{
  const char *password = g_hash_table_lookup (self->passwords, user);

  self->office.password = password != NULL ? password : TEST_PASSWORD;
  return test_office_sign_in (&self->office, user);
}

static void
remember_proposal (World *self, const JzJournalRecord *record, const JzAct *act)
{
  Proposal *proposal = g_new0 (Proposal, 1);

  proposal->act = act;
  proposal->hash = g_malloc (JZ_HASH_HEX_SIZE);
  jz_hash_to_hex (&record->hash, proposal->hash);
  if (act->scope == JZ_SCOPE_CASE)
    proposal->case_id = g_strdup (record->entry->case_id);
  g_ptr_array_add (self->proposals, proposal);
}

/* Who has got a new key signs in with the password that keys are made with; who has only been
 * proposed one signs in anew, to find it. */
static void
forget_session (World *self, const JzJournalRecord *record, gboolean keeps_password)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JzJson) payload =
    jz_json_parse_canonical (record->payload, strlen (record->payload), &error);
  g_autofree char *user = NULL;

  g_assert_no_error (error);
  g_assert_true (jz_connection_get_text (
    self->invent.tables, &user, &error, "SELECT user FROM person WHERE id = ?", "t",
    jz_json_get_member_text (jz_json_get_member (payload, "args"), "person")));
  g_assert_no_error (error);
  if (!keeps_password)
    g_hash_table_remove (self->passwords, user);
  test_office_sign_out (&self->office, user);
}

/* Used up; some stay, to be tried again. */
static void
forget_proposal (World *self, const JzJson *args)
{
  const char *hash = jz_json_get_member_text (args, "proposal");

  for (guint i = 0; hash != NULL && i < self->proposals->len; i++) {
    const Proposal *proposal = g_ptr_array_index (self->proposals, i);
    if (strcmp (proposal->hash, hash) == 0 && test_random_chance (&self->invent, 80)) {
      g_ptr_array_remove_index (self->proposals, i);
      return;
    }
  }
}

static void
remember (World *self, const JzRequest *request, const JzActOutcome *outcome)
{
  gboolean is_proposal = FALSE;
  const JzAct *act = jz_act_find (request->act, &is_proposal);

  g_assert_cmpuint (outcome->records->len, ==, request->n_args);
  self->n_done += (int)request->n_args;
  count_one (self, request->act);
  forget_proposal (self, request->args[0]);
  for (guint i = 0; i < outcome->records->len; i++) {
    const JzJournalRecord *record = g_ptr_array_index (outcome->records, i);
    if (is_proposal)
      remember_proposal (self, record, act);
    if (jz_word_is_in (request->act, "certificate.issue|store.accept|certificate.recover|"
                                     "certificate.recover.propose"))
      forget_session (self, record, is_proposal);
  }
  if (strcmp (request->act, "password.change") == 0) {
    char *user = g_strdup (jz_session_get_user (request->session));
    g_hash_table_insert (self->passwords, user, g_strdup (request->new_password));
    test_office_sign_out (&self->office, user);
  }
  /* The store's key is another one now. */
  if (strcmp (request->act, "store.copied") == 0)
    g_hash_table_remove_all (self->office.sessions);
}

static char *
dump (JzConnection *tables)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();

  g_assert_true (jz_dump (tables, stream, &error));
  g_assert_no_error (error);
  return g_strndup (g_memory_output_stream_get_data (G_MEMORY_OUTPUT_STREAM (stream)),
                    g_memory_output_stream_get_data_size (G_MEMORY_OUTPUT_STREAM (stream)));
}

static void
assert_refusal (World *self, const char *act, const JzActOutcome *outcome, const GError *error)
{
  if (outcome == NULL) {
    self->n_failed++;
    /* Wrong arguments, a file that is not there; never a sign of damage. */
    if (error->domain != JZ_OFFICE_ERROR &&
        !g_error_matches (error, JZ_STORE_ERROR, JZ_STORE_ERROR_INVALID) &&
        !g_error_matches (error, JZ_STORE_ERROR, JZ_STORE_ERROR_IO))
      g_error ("%s failed: %s (%s, %d)", act, error->message, g_quark_to_string (error->domain),
               error->code);
    g_assert_cmpstr (error->message, !=, "");
    return;
  }
  self->n_refused++;
  g_assert_cmpuint (outcome->records->len, ==, 0);
  g_assert_true (g_str_has_prefix (jz_refusal_get_rule (outcome->refusal), "J-"));
  count_one (self, jz_refusal_get_rule (outcome->refusal));
  g_assert_cmpstr (jz_refusal_get_sentence (outcome->refusal), !=, "");
}

/* Performs, and holds it to all or nothing. */
static void
perform (World *self, const JzRequest *request)
{
  gboolean is_compared = request->n_args > 1 || (self->n_refused + 1) % DUMP_EVERY == 0;
  g_autofree char *before = is_compared ? dump (self->invent.tables) : NULL;
  gint64 version = get_version (self);
  g_autoptr (JzActOutcome) outcome = NULL;
  g_autoptr (GError) error = NULL;

  if (jz_office_perform (self->office.office, request, &outcome, &error) &&
      outcome->refusal == NULL) {
    remember (self, request, outcome);
    return;
  }
  assert_refusal (self, request->act, outcome, error);
  if (is_compared) {
    g_autofree char *after = dump (self->invent.tables);
    g_assert_cmpstr (before, ==, after);
  }
  /* A batch writes before it is undone, and the file may show that. */
  if (request->n_args == 1)
    g_assert_cmpint (get_version (self), ==, version);
}

typedef struct {
  GMutex mutex;
  GCond cond;
  int n_waiting;
  int n_records;
  int n_refused;
} Burst;

static void
on_performed (JzActOutcome *outcome, const GError *error, gpointer data)
{
  Burst *burst = data;

  g_mutex_lock (&burst->mutex);
  if (outcome != NULL)
    burst->n_records += (int)outcome->records->len;
  if (outcome == NULL || outcome->refusal != NULL)
    burst->n_refused++;
  burst->n_waiting--;
  g_cond_signal (&burst->cond);
  g_mutex_unlock (&burst->mutex);
  g_clear_pointer (&outcome, jz_act_outcome_free);
}

/* Queued at once, acts share a commit; each that is refused takes only itself along. */
static void
perform_burst (World *self, const JzRequest *request, int n_times)
{
  gint64 before = test_office_count (&self->office, COUNT_ENTRIES);
  Burst burst = { 0 };

  g_mutex_init (&burst.mutex);
  g_cond_init (&burst.cond);
  for (int i = 0; i < n_times; i++) {
    g_autoptr (GError) error = NULL;
    JzTask *task = jz_office_prepare (self->office.office, request, &error);
    if (task == NULL) {
      assert_refusal (self, request->act, NULL, error);
      continue;
    }
    g_mutex_lock (&burst.mutex);
    burst.n_waiting++;
    g_mutex_unlock (&burst.mutex);
    jz_office_queue (self->office.office, task, on_performed, &burst);
  }
  g_mutex_lock (&burst.mutex);
  while (burst.n_waiting > 0)
    g_cond_wait (&burst.cond, &burst.mutex);
  g_mutex_unlock (&burst.mutex);
  g_mutex_clear (&burst.mutex);
  g_cond_clear (&burst.cond);
  g_assert_cmpint (test_office_count (&self->office, COUNT_ENTRIES), ==, before + burst.n_records);
  self->n_done += burst.n_records;
  self->n_refused += burst.n_refused;
}

static const char *
choose_kind (World *self)
{
  int sum = 0;
  int at;

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    sum += kinds[i].weight;
  at = test_random_between (&self->invent, 1, sum);
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++) {
    at -= kinds[i].weight;
    if (at <= 0)
      return kinds[i].act;
  }
  g_assert_not_reached ();
}

/* Light acts only: they neither make keys nor are followed by a clean-up. */
static gboolean
may_be_many (const char *act)
{
  return g_str_has_prefix (act, "case.")
           ? strstr (act, "destroy") == NULL
           : g_str_has_prefix (act, "attachment.") || g_str_has_prefix (act, "person.add") ||
               g_str_has_prefix (act, "credential.");
}

static void
try_act (World *self, const char *kind)
{
  const char *name = kind;
  gboolean is_proposal = FALSE;
  const JzAct *act = jz_act_find (kind, &is_proposal);
  g_autoptr (GPtrArray) args = g_ptr_array_new_with_free_func ((GDestroyNotify)jz_json_unref);
  g_autofree char *user = NULL;
  g_autofree char *role = NULL;
  g_autofree char *new_password = NULL;
  int n_args = may_be_many (kind) && test_random_chance (&self->invent, 8)
                 ? test_random_between (&self->invent, 2, 4)
                 : 1;
  JzRequest request = { .ca_password = TEST_CA_PASSWORD };

  if (strcmp (kind, "confirm") == 0) {
    g_ptr_array_add (args, make_confirmation (self, &name));
    act = jz_act_find (name, &is_proposal);
  } else {
    for (int i = 0; i < n_args; i++)
      g_ptr_array_add (args, act != NULL ? test_random_arguments (&self->invent, act)
                                         : jz_json_new_object ());
  }
  user = test_random_user (&self->invent, act == NULL   ? "*"
                                          : is_proposal ? act->proposer_roles
                                                        : act->roles);
  role = test_random_chance (&self->invent, 10) ? test_random_role (&self->invent) : NULL;
  new_password =
    strcmp (kind, "password.change") == 0
      ? g_strdup_printf ("pw-%d", test_random_between (&self->invent, 1, 1000))
      : g_strdup (strcmp (kind, "ca_password.change") == 0 ? TEST_CA_PASSWORD : TEST_PASSWORD);
  request.session = get_session (self, user);
  request.role = role;
  request.act = name;
  request.args = (const JzJson *const *)args->pdata;
  request.n_args = args->len;
  request.new_password = new_password;
  if (n_args == 1 && may_be_many (name) && test_random_chance (&self->invent, 4))
    perform_burst (self, &request, test_random_between (&self->invent, 2, 6));
  else
    perform (self, &request);
}

/* Days go by, at most as many as certificates are good for. */
static void
let_time_pass (World *self)
{
  int percent = test_random_between (&self->invent, 1, 100);
  gint64 most_ms = percent <= 60 ? HOUR_MS / 6 : percent <= 90 ? 12 * HOUR_MS : 3 * DAY_MS;
  gint64 passed_ms = most_ms * test_random_between (&self->invent, 0, 1000) / 1000;

  jz_clock_advance (self->office.clock,
                    self->n_acts > 1000 ? passed_ms * 1000 / self->n_acts : passed_ms);
}

/* A clock that has jumped: everything is refused until the administrator confirms it. */
static void
let_clock_jump (World *self)
{
  JzInstant before = jz_clock_now (self->office.clock);
  gboolean is_forward = test_random_chance (&self->invent, 50);
  int n_days = test_random_between (&self->invent, is_forward ? 31 : 1, 35);

  gint64 n_entries = test_office_count (&self->office, COUNT_ENTRIES);

  self->n_silences++;
  get_session (self, "admin");
  jz_clock_advance (self->office.clock, (is_forward ? 1 : -1) * DAY_MS * n_days);
  test_office_refuse (&self->office, "admin", "person.add", "J-CLOCK",
                      "{'user':'user-of-then','name':'张某'}");
  for (int i = 0; i < 2; i++)
    try_act (self, choose_kind (self));
  /* Set right again, unless somebody has confirmed it already. */
  if (test_random_chance (&self->invent, 40) &&
      test_office_count (&self->office, COUNT_ENTRIES) == n_entries)
    jz_clock_set (self->office.clock, before);
  else {
    get_session (self, "admin");
    test_office_do (&self->office, "admin", "clock.confirm", "{'reason':'已核对'}");
  }
}

static void
compare_with_replay (World *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JzConnection) workbench = jz_connection_open ("", JZ_CONNECTION_WORKBENCH, &error);
  g_autofree char *stored = dump (self->invent.tables);
  g_autofree char *replayed = NULL;

  g_assert_no_error (error);
  g_assert_true (jz_schema_create (workbench, &error));
  g_assert_true (jz_replay (workbench, self->invent.tables, NULL, NULL, &error));
  g_assert_no_error (error);
  replayed = dump (workbench);
  g_assert_cmpstr (stored, ==, replayed);
}

/* The office stays open at some points and is opened anew at others. */
static void
check_point (World *self, int number)
{
  compare_with_replay (self);
  test_assert_sound (self->office.path);
  if (number % 3 != 0)
    return;
  g_clear_pointer (&self->invent.tables, jz_connection_close);
  test_office_close (&self->office);
  test_assert_sound (self->office.path);
  test_office_open (&self->office);
  open_tables (self);
}

/* What must be among the acts of every run, however the dice fall. */
static void
do_certain_acts (World *self)
{
  TestOffice *office = &self->office;
  g_autofree char *gone = test_office_open_case (office, "将销毁的案件");
  g_autofree char *kept = test_office_open_case (office, "保留的案件");
  g_autofree char *shared = NULL;
  g_autofree char *again = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autoptr (JzJson) good = NULL;
  g_autoptr (JzJson) bad = NULL;
  g_autoptr (JzActOutcome) outcome = NULL;
  g_autoptr (GError) error = NULL;

  shared = test_office_attach (office, gone, 900, 1);
  again = test_office_attach (office, kept, 900, 1);
  test_office_destroy_case (office, gone);
  office->new_password = "another";
  test_office_do (office, "other", "password.change", "{}");
  office->new_password = TEST_PASSWORD;
  g_hash_table_insert (self->passwords, g_strdup ("other"), g_strdup ("another"));
  test_office_sign_out (office, "other");
  good = test_json ("{'title':'某案','party':'张某','matter':'占道经营','found':'2025-01-02'}");
  bad = test_json ("{'title':'某案','party':'张某','matter':'占道经营','found':'2999-01-02'}");
  before = dump (self->invent.tables);
  {
    const JzJson *all[] = { good, good, bad };
    outcome =
      test_office_try_batch (office, "handler", "case.open", all, G_N_ELEMENTS (all), &error);
  }
  g_assert_no_error (error);
  g_assert_cmpstr (jz_refusal_get_rule (outcome->refusal), ==, "J-DATE");
  after = dump (self->invent.tables);
  g_assert_cmpstr (before, ==, after);
}

static guint64
choose_seed (void)
{
  const char *text = g_getenv ("JZ_SEED");

  return text != NULL ? g_ascii_strtoull (text, NULL, 10) : (guint64)g_get_real_time ();
}

static void
tell_about (World *self)
{
  GHashTableIter tallies;
  gpointer name, n;

  g_test_message ("%d entries, %d acts refused, %d failed", self->n_done, self->n_refused,
                  self->n_failed);
  g_hash_table_iter_init (&tallies, self->tallies);
  while (g_hash_table_iter_next (&tallies, &name, &n))
    g_test_message ("%6d %s", GPOINTER_TO_INT (n), (const char *)name);
}

static void
world_init (World *self, guint64 seed)
{
  const char *n_acts = g_getenv ("JZ_RANDOM_ACTS");

  self->n_acts = n_acts != NULL ? (int)g_ascii_strtoll (n_acts, NULL, 10) : 1000;
  self->proposals = g_ptr_array_new_with_free_func (proposal_free);
  self->passwords = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->tallies = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  test_office_staff (&self->office);
  self->invent.office = &self->office;
  jz_demo_random_init (&self->invent.random, seed, 0);
  open_tables (self);
}

static void
world_clear (World *self)
{
  g_clear_pointer (&self->invent.tables, jz_connection_close);
  test_office_clear (&self->office);
  g_ptr_array_unref (self->proposals);
  g_hash_table_unref (self->passwords);
  g_hash_table_unref (self->tallies);
}

static void
try_acts (World *self)
{
  int every = MAX (self->n_acts / N_POINTS, 1);

  for (int i = 1; i <= self->n_acts; i++) {
    let_time_pass (self);
    if (self->n_silences < MAX_SILENCES && test_random_between (&self->invent, 1, 200) == 1)
      let_clock_jump (self);
    try_act (self, choose_kind (self));
    if (i % every == 0)
      check_point (self, i / every);
  }
}

static void
test_random_acts (void)
{
  g_autoptr (GError) error = NULL;
  guint64 seed = choose_seed ();
  World self = { 0 };

  g_test_message ("JZ_SEED=%" G_GUINT64_FORMAT, seed);
  world_init (&self, seed);
  do_certain_acts (&self);
  try_acts (&self);
  tell_about (&self);
  g_assert_cmpint (self.n_done, >, self.n_acts / 4);
  g_assert_cmpint (self.n_refused, >, self.n_acts / 20);
  g_assert_true (jz_rebuild (jz_office_get_store (self.office.office), &error));
  g_assert_no_error (error);
  compare_with_replay (&self);
  test_office_close (&self.office);
  test_assert_sound (self.office.path);
  world_clear (&self);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/office/random-acts/replay-and-verify", test_random_acts);
  return g_test_run ();
}
