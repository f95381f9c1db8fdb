/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "office-fixture.h"

#include <stdlib.h>
#include <string.h>

#include "office/checkpoints.h"
#include "office/founding.h"
#include "office/search.h"

#include "../store/folder.h"

/* faults in the output of a test */
#define MAX_SHOWN 5
#define BEGIN "2025-01-02T09:00:00.000+08:00"

static JzClock *
make_clock (void)
{
  JzInstant begin = 0;

  g_assert_true (jz_instant_parse (BEGIN, &begin, NULL));
  return jz_clock_new_set (begin);
}

JzJson *
test_json (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *quoted = g_strdelimit (g_strdup (text), "'", '"');
  JzJson *json = jz_json_parse_long (quoted, strlen (quoted), 16 * 1024 * 1024, &error);

  g_assert_no_error (error);
  return json;
}

void
test_copy_folder (const char *from, const char *to)
{
  g_autoptr (GError) error = NULL;
  const char *command[] = { "cp", "-a", "--", from, to, NULL };
  int status = -1;

  g_spawn_sync (NULL, (char **)command, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, &status,
                &error);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
}

void
test_office_at (TestOffice *self, const char *path, JzClock *clock)
{
  *self = (TestOffice){
    .folder = folder_new (),
    .path = g_strdup (path),
    .clock = jz_clock_ref (clock),
    .password = TEST_PASSWORD,
    .new_password = TEST_PASSWORD,
  };
  self->sessions =
    g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)jz_session_close);
}

static gboolean is_real;

void
test_office_be_real (void)
{
  is_real = TRUE;
}

gboolean
test_office_is_real (void)
{
  return is_real;
}

void
test_office_found (TestOffice *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JzClock) clock = make_clock ();
  JzFounding founding = { 0 };

  test_office_at (self, "", clock);
  g_free (self->path);
  self->path = g_build_filename (self->folder, "store", NULL);
  founding = (JzFounding){
    .path = self->path,
    .bureau = "某某市城市管理行政执法局",
    .user = "admin",
    .name = "管某",
    .password = TEST_PASSWORD,
    .ca_password = TEST_CA_PASSWORD,
    .is_demo = !is_real,
    .clock = self->clock,
  };
  g_assert_true (jz_found_store (&founding, &error));
  g_assert_no_error (error);
  test_office_open (self);
}

void
test_office_open (TestOffice *self)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (self->office);
  self->office = jz_office_open (self->path, JZ_STORE_WRITE, self->clock, &error);
  g_assert_no_error (error);
}

void
test_office_close (TestOffice *self)
{
  if (self->sessions != NULL)
    g_hash_table_remove_all (self->sessions);
  g_clear_pointer (&self->office, jz_office_close);
}

void
test_office_clear (TestOffice *self)
{
  test_office_close (self);
  g_clear_pointer (&self->sessions, g_hash_table_unref);
  g_clear_pointer (&self->clock, jz_clock_unref);
  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->folder, folder_free);
}

JzSession *
test_office_sign_in (TestOffice *self, const char *user)
{
  g_autoptr (GError) error = NULL;
  JzSession *session = g_hash_table_lookup (self->sessions, user);

  if (session != NULL)
    return session;
  session = jz_session_open (self->office, user, self->password, &error);
  g_assert_no_error (error);
  g_hash_table_insert (self->sessions, g_strdup (user), session);
  return session;
}

void
test_office_sign_out (TestOffice *self, const char *user)
{
  g_hash_table_remove (self->sessions, user);
}

static JzConnection *
lease (TestOffice *self)
{
  g_autoptr (GError) error = NULL;
  JzConnection *reader = jz_store_lease_reader (jz_office_get_store (self->office), &error);

  g_assert_no_error (error);
  return reader;
}

gint64
test_office_count (TestOffice *self, const char *sql)
{
  g_autoptr (GError) error = NULL;
  JzConnection *reader = lease (self);
  gint64 number = 0;

  g_assert_true (jz_connection_get_number (reader, &number, &error, sql, ""));
  g_assert_no_error (error);
  jz_store_return_reader (jz_office_get_store (self->office), reader);
  return number;
}

JzJson *
test_office_search (TestOffice *self, const char *typed)
{
  JzStore *store = jz_office_get_store (self->office);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) unread = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (JzSearchQuery) query = jz_search_query_new (typed, &error);
  JzConnection *reader = lease (self);
  JzJson *found =
    jz_search (reader, jz_store_get_objects (store), query, G_MAXINT64, 1000, unread, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (unread->len, ==, 0);
  jz_store_return_reader (store, reader);
  return found;
}

char *
test_office_get_person (TestOffice *self, const char *user)
{
  g_autoptr (GError) error = NULL;
  JzConnection *reader = lease (self);
  char *person = NULL;

  g_assert_true (jz_connection_get_text (reader, &person, &error,
                                         "SELECT id FROM person WHERE user = ?", "t", user));
  g_assert_no_error (error);
  g_assert_nonnull (person);
  jz_store_return_reader (jz_office_get_store (self->office), reader);
  return person;
}

JzActOutcome *
test_office_try_batch (TestOffice *self,
                       const char *who,
                       const char *act,
                       const JzJson *const *args,
                       gsize n_args,
                       GError **error)
{
  g_auto (GStrv) parts = g_strsplit (who, "/", 2);
  JzActOutcome *outcome = NULL;
  JzRequest request = {
    .session = test_office_sign_in (self, parts[0]),
    .role = parts[1],
    .act = act,
    .args = args,
    .n_args = n_args,
    .new_password = self->new_password,
    .ca_password = TEST_CA_PASSWORD,
  };

  return jz_office_perform (self->office, &request, &outcome, error) ? outcome : NULL;
}

static JzActOutcome *
try_text (TestOffice *self, const char *who, const char *act, const char *text, GError **error)
{
  g_autoptr (JzJson) args = test_json (text);
  const JzJson *all[] = { args };

  return test_office_try_batch (self, who, act, all, 1, error);
}

JzActOutcome *
test_office_try (TestOffice *self,
                 const char *who,
                 const char *act,
                 GError **error,
                 const char *json,
                 ...)
{
  va_list values;
  g_autofree char *text = NULL;

  va_start (values, json);
  text = g_strdup_vprintf (json, values);
  va_end (values);
  return try_text (self, who, act, text, error);
}

static JzActOutcome *
must_do (TestOffice *self, const char *who, const char *act, const char *text)
{
  g_autoptr (GError) error = NULL;
  JzActOutcome *outcome = try_text (self, who, act, text, &error);

  g_assert_no_error (error);
  if (outcome->refusal != NULL)
    g_error ("%s of %s was refused by %s: %s", act, who, jz_refusal_get_rule (outcome->refusal),
             jz_refusal_get_sentence (outcome->refusal));
  g_assert_cmpuint (outcome->records->len, ==, 1);
  return outcome;
}

void
test_office_do (TestOffice *self, const char *who, const char *act, const char *json, ...)
{
  va_list values;
  g_autofree char *text = NULL;
  g_autoptr (JzActOutcome) outcome = NULL;

  va_start (values, json);
  text = g_strdup_vprintf (json, values);
  va_end (values);
  outcome = must_do (self, who, act, text);
}

char *
test_office_make (TestOffice *self, const char *who, const char *act, const char *json, ...)
{
  va_list values;
  g_autofree char *text = NULL;
  g_autofree char *entry = NULL;
  g_autoptr (JzActOutcome) outcome = NULL;
  const JzJournalRecord *record;

  va_start (values, json);
  text = g_strdup_vprintf (json, values);
  va_end (values);
  outcome = must_do (self, who, act, text);
  record = g_ptr_array_index (outcome->records, 0);
  entry = jz_entry_get_id (record->entry);
  return g_strconcat (entry, "-1", NULL);
}

static char *
propose (TestOffice *self, const char *who, const char *act, const char *text)
{
  g_autofree char *proposal = g_strconcat (act, ".propose", NULL);
  g_autoptr (JzActOutcome) outcome = must_do (self, who, proposal, text);
  const JzJournalRecord *record = g_ptr_array_index (outcome->records, 0);
  char hex[JZ_HASH_HEX_SIZE];

  jz_hash_to_hex (&record->hash, hex);
  return g_strdup (hex);
}

char *
test_office_propose (TestOffice *self, const char *who, const char *act, const char *json, ...)
{
  va_list values;
  g_autofree char *text = NULL;

  va_start (values, json);
  text = g_strdup_vprintf (json, values);
  va_end (values);
  return propose (self, who, act, text);
}

void
test_office_do_by_two (TestOffice *self,
                       const char *who,
                       const char *other,
                       const char *act,
                       const char *json,
                       ...)
{
  va_list values;
  g_autofree char *text = NULL;
  g_autofree char *proposal = NULL;

  va_start (values, json);
  text = g_strdup_vprintf (json, values);
  va_end (values);
  proposal = propose (self, who, act, text);
  /* What was proposed is filled in, but a case must be named. */
  if (g_str_has_prefix (act, "case.")) {
    g_autoptr (JzJson) args = test_json (text);
    test_office_do (self, other, act, "{'case':'%s','proposal':'%s'}",
                    jz_json_get_member_text (args, "case"), proposal);
  } else {
    test_office_do (self, other, act, "{'proposal':'%s'}", proposal);
  }
}

void
test_office_refuse (TestOffice *self,
                    const char *who,
                    const char *act,
                    const char *rule,
                    const char *json,
                    ...)
{
  va_list values;
  g_autofree char *text = NULL;
  g_autoptr (JzActOutcome) outcome = NULL;
  g_autoptr (GError) error = NULL;
  gint64 before = test_office_count (self, "SELECT count (*) FROM entry");

  va_start (values, json);
  text = g_strdup_vprintf (json, values);
  va_end (values);
  outcome = try_text (self, who, act, text, &error);
  g_assert_no_error (error);
  g_assert_nonnull (outcome->refusal);
  g_assert_cmpstr (jz_refusal_get_rule (outcome->refusal), ==, rule);
  g_assert_cmpstr (jz_refusal_get_sentence (outcome->refusal), !=, "");
  g_assert_cmpuint (outcome->records->len, ==, 0);
  g_assert_cmpint (test_office_count (self, "SELECT count (*) FROM entry"), ==, before);
}

char *
test_office_add_person (TestOffice *self, const char *user, const char *roles)
{
  g_auto (GStrv) list = g_strsplit (roles, "|", -1);
  char *person =
    test_office_make (self, "admin", "person.add", "{'user':'%s','name':'张某'}", user);

  for (gsize i = 0; list[i] != NULL; i++)
    test_office_do (self, "admin", "role.grant", "{'person':'%s','role':'%s'}", person, list[i]);
  return person;
}

void
test_office_certify (TestOffice *self, const char *user)
{
  g_autofree char *person = test_office_get_person (self, user);

  test_office_do_by_two (self, "admin", "head", "certificate.issue",
                         "{'person':'%s','reason':'first'}", person);
}

static void
accept (TestOffice *self)
{
  g_autofree char *head = test_office_add_person (self, "head", "head");
  g_autofree char *proposal =
    test_office_propose (self, "admin", "store.accept", "{'person':'%s'}", head);

  test_office_do (self, "head", "store.accept", "{'proposal':'%s'}", proposal);
}

static void
staff (TestOffice *self)
{
  static const struct {
    const char *user;
    const char *role;
  } people[] = {
    { "handler", "handler" },   { "other", "handler" },     { "section_head", "section_head" },
    { "reviewer", "reviewer" }, { "approver", "approver" }, { "archivist", "archivist" },
  };

  test_office_found (self);
  accept (self);
  for (gsize i = 0; i < G_N_ELEMENTS (people); i++) {
    g_autofree char *person = test_office_add_person (self, people[i].user, people[i].role);
    test_office_certify (self, people[i].user);
  }
}

/* Making keys for eight people takes seconds, so it is done once a program. */
static TestOffice model;

static void
clear_model (void)
{
  test_office_clear (&model);
}

static void
make_model (void)
{
  if (model.path != NULL)
    return;
  staff (&model);
  test_office_close (&model);
  atexit (clear_model);
}

void
test_office_staff (TestOffice *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JzClock) clock = make_clock ();

  make_model ();
  test_office_at (self, "", clock);
  g_free (self->path);
  self->path = g_build_filename (self->folder, "store", NULL);
  test_copy_folder (model.path, self->path);
  test_office_open (self);
  g_assert_true (jz_store_settle_here (jz_office_get_store (self->office), &error));
  g_assert_no_error (error);
}

char *
test_office_open_case (TestOffice *self, const char *title)
{
  return test_office_make (self, "handler", "case.open", TEST_CASE, title);
}

char *
test_office_attach (TestOffice *self, const char *case_id, gsize size, guint32 seed)
{
  g_autofree guint8 *data = g_malloc (size + 1);
  g_autofree char *path = NULL;
  guint32 state = seed * 2654435761u + 1;
  char hex[JZ_HASH_HEX_SIZE];
  JzHash hash;

  for (gsize i = 0; i < size; i++) {
    state = state * 1664525u + 1013904223u;
    data[i] = (guint8)(state >> 24);
  }
  path = folder_write (self->folder, "attachment", data, size);
  test_office_do (self, "handler", "attachment.add", "{'case':'%s','file':'%s'}", case_id, path);
  jz_hash_of (data, size, &hash);
  jz_hash_to_hex (&hash, hex);
  return g_strdup (hex);
}

void
test_office_destroy_case (TestOffice *self, const char *case_id)
{
  char today[JZ_DATE_SIZE];

  jz_date_format (jz_instant_get_date (jz_clock_now (self->clock)), today);
  test_office_do (self, "handler", "case.close", "{'case':'%s','happened':'%s','ground':'办结'}",
                  case_id, today);
  test_office_do (self, "archivist", "case.archive",
                  "{'case':'%s','happened':'%s','class':'短期','keep_until':'%s'}", case_id, today,
                  today);
  jz_clock_advance (self->clock, G_GINT64_CONSTANT (2) * 24 * 60 * 60 * 1000);
  test_office_do_by_two (self, "archivist", "head", "case.destroy",
                         "{'case':'%s','reason':'保管期满，鉴定同意销毁'}", case_id);
}

char *
test_office_checkpoint (TestOffice *self)
{
  g_autoptr (GError) error = NULL;
  char *note = NULL;

  g_assert_true (
    jz_office_issue_checkpoint (self->office, test_office_sign_in (self, "admin"), &note, &error));
  g_assert_no_error (error);
  return note;
}

JzReport *
test_verify (const char *path, const char *against)
{
  g_autoptr (GError) error = NULL;
  const char *const files[] = { against, NULL };
  JzVerification verification = { .path = path, .against = files, .with_chunk_lists = TRUE };
  JzReport *report = jz_verify (&verification, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < MIN (report->faults->len, MAX_SHOWN); i++) {
    const JzFault *fault = g_ptr_array_index (report->faults, i);
    g_test_message ("%s: %s: %s", jz_fault_kind_get_name (fault->kind), fault->place,
                    fault->sentence);
  }
  return report;
}

void
test_assert_sound (const char *path)
{
  g_autoptr (JzReport) report = test_verify (path, NULL);
  g_assert_cmpuint (report->faults->len, ==, 0);
}
