/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tamper.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "office/checkpoints.h"

#include "../store/folder.h"

#define NOTES "记一笔"

static void
add_notes (TestOffice *office, const char *case_id, guint n)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func ((GDestroyNotify)jz_json_unref);
  g_autoptr (GError) error = NULL;
  g_autoptr (JzOutcome) outcome = NULL;

  for (guint i = 0; i < n; i++) {
    g_autofree char *text =
      g_strdup_printf ("{'case':'%s','text':'" NOTES "%u','happened':'2025-01-02'}", case_id, i);
    g_ptr_array_add (all, test_json (text));
  }
  outcome = test_office_try_batch (office, "handler", "case.note",
                                   (const JzJson *const *)all->pdata, n, &error);
  g_assert_no_error (error);
  g_assert_null (outcome->refusal);
}

static void
add_long_note (TestOffice *office, const char *case_id)
{
  g_autoptr (GString) text = g_string_new (NULL);

  while (text->len <= JZ_MAX_INLINE_TEXT)
    g_string_append (text, NOTES);
  test_office_do (office, "handler", "case.note", "{'case':'%s','text':'%s'}", case_id, text->str);
}

static void
add_settings_and_credentials (TestOffice *office)
{
  g_autofree char *handler = test_office_get_person (office, "handler");
  g_autofree char *other = test_office_get_person (office, "other");
  g_autofree char *credential = NULL;

  test_office_do (office, "admin", "setting.change", "{'name':'bureau.code','value':'某城'}");
  test_office_do (office, "head", "setting.change",
                  "{'name':'take_over.until','value':'2025-12-31'}");
  test_office_do (office, "admin", "credential.add",
                  "{'person':'%s','number':'执-0001','issuer':'某省司法厅','scope':'城市管理',"
                  "'valid_from':'2024-01-01','valid_to':'2028-12-31'}",
                  handler);
  credential = test_office_make (office, "admin", "credential.add",
                                 "{'person':'%s','number':'执-0002','issuer':'某省司法厅',"
                                 "'valid_from':'2024-01-01','valid_to':'2028-12-31'}",
                                 other);
  test_office_do (office, "admin", "credential.suspend",
                  "{'credential':'%s','from':'2025-01-02','reason':'暂停执法'}", credential);
}

static char *
add_closed_case (TestOffice *office, const char *title)
{
  char *id = test_office_open_case (office, title);

  add_notes (office, id, 2);
  test_office_do (office, "handler", "case.close",
                  "{'case':'%s','happened':'2025-01-02','ground':'办结'}", id);
  return id;
}

static char *
add_archived_case (TestOffice *office)
{
  char *id = add_closed_case (office, "乙案");

  test_office_do (office, "archivist", "case.archive",
                  "{'case':'%s','happened':'2025-01-02','class':'永久'}", id);
  return id;
}

static char *
add_destroyed_case (TestOffice *office)
{
  char *id = test_office_open_case (office, "丁案");
  g_autofree char *object = test_office_attach (office, id, 3000, 77);

  add_notes (office, id, 3);
  test_office_destroy_case (office, id);
  return id;
}

static void
keep_signer (TamperWorld *self, const char *user, const char *name)
{
  JzSession *session = test_office_sign_in (&self->office, user);

  g_hash_table_insert (
    self->signers, g_strdup (name),
    jz_session_new (name, jz_session_get_person (session), jz_session_get_key (session),
                    jz_session_get_certificate (session), jz_session_get_store_key (session)));
}

/* Certificates that end in every way that there is, after something was signed with each. */
static void
end_certificates (TamperWorld *self)
{
  TestOffice *office = &self->office;
  static const char *const ending[] = { "leaver", "other", "reviewer" };
  g_autofree char *leaver = test_office_add_person (office, "leaver", "clerk");
  g_autofree char *other = test_office_get_person (office, "other");
  g_autofree char *reviewer = test_office_get_person (office, "reviewer");
  g_autofree char *archivist = test_office_get_person (office, "archivist");

  test_office_certify (office, "leaver");
  for (gsize i = 0; i < G_N_ELEMENTS (ending); i++) {
    test_office_do (office, ending[i], "password.change", "{}");
    keep_signer (self, ending[i], strcmp (ending[i], "reviewer") == 0 ? "old-reviewer" : ending[i]);
  }
  test_office_do (office, "admin", "person.leave",
                  "{'person':'%s','happened':'2025-01-02','reason':'调离'}", leaver);
  test_office_do_by_two (office, "admin", "head", "certificate.revoke",
                         "{'person':'%s','reason':'密钥遗失'}", other);
  test_office_do_by_two (office, "admin", "head", "certificate.issue",
                         "{'person':'%s','reason':'forgotten'}", reviewer);
  test_office_do_by_two (office, "admin", "head", "certificate.issue",
                         "{'person':'%s','reason':'replaced','valid_to':'2025-01-10'}", archivist);
  test_office_sign_out (office, "archivist");
  keep_signer (self, "archivist", "archivist");
}

static void
add_open_proposals (TestOffice *office)
{
  g_autofree char *other = test_office_get_person (office, "other");
  g_autofree char *approver = test_office_get_person (office, "approver");
  g_autofree char *one = test_office_propose (office, "admin", "certificate.issue",
                                              "{'person':'%s','reason':'replaced'}", other);
  g_autofree char *two =
    test_office_propose (office, "admin", "role.grant", "{'person':'%s','role':'head'}", approver);
}

static char *
keep_checkpoint (TestOffice *office, const char *name)
{
  g_autofree char *note = test_office_checkpoint (office);
  return folder_write (office->folder, name, note, strlen (note));
}

static void
fill_first_store (TamperWorld *self)
{
  TestOffice *office = &self->office;
  g_autofree char *section_head = test_office_get_person (office, "reviewer");
  g_autofree char *small = NULL;
  g_autofree char *big = NULL;
  g_autofree char *bigger = NULL;

  add_settings_and_credentials (office);
  self->open_case = test_office_open_case (office, "甲案");
  test_office_do (office, "section_head", "case.assign",
                  "{'case':'%s','person':'%s','duty':'reviewer'}", self->open_case, section_head);
  small = test_office_attach (office, self->open_case, 2000, 1);
  big = test_office_attach (office, self->open_case, JZ_CHUNK_SIZE + 5000, 2);
  bigger = test_office_attach (office, self->open_case, JZ_CHUNK_SIZE + 6000, 3);
  add_long_note (office, self->open_case);
  self->archived_case = add_archived_case (office);
  self->closed_case = add_closed_case (office, "丙案");
  self->destroyed_case = add_destroyed_case (office);
  end_certificates (self);
  add_notes (office, self->open_case, 10);
  g_free (keep_checkpoint (office, "first"));
  add_notes (office, self->open_case, 10);
  self->earlier = keep_checkpoint (office, "earlier");
}

static void
fill_second_store (TamperWorld *self)
{
  TestOffice *office = &self->office;

  test_office_do (office, "admin", "store.copied", "{'reason':'分局另立'}");
  test_office_do (office, "handler", "session.sign_in", "{}");
  test_office_do (office, "handler", "case.take_over",
                  "{'title':'戊案','party':'某某商贸有限公司','matter':'占道经营',"
                  "'found':'2024-11-05','before':'已立案，纸质卷在二楼'}");
  add_notes (office, self->open_case, 150);
  g_free (keep_checkpoint (office, "third"));
  add_notes (office, self->open_case, 140);
  self->older = tamper_copy_of (office->path, office->folder, "older");
  add_open_proposals (office);
  test_office_do (office, "handler", "session.sign_out", "{}");
  add_notes (office, self->open_case, 20);
  keep_signer (self, "admin", "admin");
  keep_signer (self, "head", "head");
  keep_signer (self, "handler", "handler");
  self->newest = keep_checkpoint (office, "newest");
}

void
tamper_world_init (TamperWorld *self)
{
  TestOffice *office = &self->office;

  /* Counting its memory would make SQLite's threads wait for each other. */
  g_assert_cmpint (sqlite3_config (SQLITE_CONFIG_MEMSTATUS, 0), ==, SQLITE_OK);
  *self = (TamperWorld){ .path = NULL };
  self->signers =
    g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)jz_session_close);
  test_office_staff (office);
  fill_first_store (self);
  fill_second_store (self);
  self->store = g_strdup (jz_office_get_store_id (office->office));
  self->last_seq =
    test_office_count (office, "SELECT seq FROM store_chain ORDER BY first DESC LIMIT 1");
  g_assert_cmpint (test_office_count (office, "SELECT count (*) FROM subtree"), ==, 1);
  g_assert_cmpint (test_office_count (office, "SELECT count (*) FROM entry"), >=, 400);
  test_office_close (office);
  self->path = g_strdup (office->path);
}

void
tamper_world_clear (TamperWorld *self)
{
  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->newest, g_free);
  g_clear_pointer (&self->earlier, g_free);
  g_clear_pointer (&self->open_case, g_free);
  g_clear_pointer (&self->closed_case, g_free);
  g_clear_pointer (&self->archived_case, g_free);
  g_clear_pointer (&self->destroyed_case, g_free);
  g_clear_pointer (&self->store, g_free);
  g_clear_pointer (&self->older, g_free);
  g_clear_pointer (&self->signers, g_hash_table_unref);
  test_office_clear (&self->office);
}

static void
link_folder (const char *from, const char *to)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) folder = g_dir_open (from, 0, &error);
  const char *name;

  g_assert_no_error (error);
  g_assert_cmpint (g_mkdir (to, 0700), ==, 0);
  while ((name = g_dir_read_name (folder)) != NULL) {
    g_autofree char *source = g_build_filename (from, name, NULL);
    g_autofree char *target = g_build_filename (to, name, NULL);
    if (g_file_test (source, G_FILE_TEST_IS_DIR))
      link_folder (source, target);
    else
      g_assert_cmpint (link (source, target), ==, 0);
  }
}

char *
tamper_copy_of (const char *path, const char *folder, const char *name)
{
  static const char *const folders[] = { "objects", "keys", "incoming" };
  static const char *const files[] = { "juanzong.db", "juanzong.db-wal" };
  char *copy = g_build_filename (folder, name, NULL);

  g_assert_cmpint (g_mkdir (copy, 0700), ==, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (folders); i++) {
    g_autofree char *from = g_build_filename (path, folders[i], NULL);
    g_autofree char *to = g_build_filename (copy, folders[i], NULL);
    link_folder (from, to);
  }
  for (gsize i = 0; i < G_N_ELEMENTS (files); i++) {
    g_autofree char *from = g_build_filename (path, files[i], NULL);
    g_autofree char *to = g_build_filename (copy, files[i], NULL);
    g_autoptr (GBytes) content =
      g_file_test (from, G_FILE_TEST_EXISTS) ? tamper_file_read (from) : NULL;
    if (content != NULL)
      tamper_file_replace (to, g_bytes_get_data (content, NULL), g_bytes_get_size (content));
  }
  return copy;
}

char *
tamper_copy (const TamperWorld *self, const char *name)
{
  return tamper_copy_of (self->path, self->office.folder, name);
}

void
tamper_remove (char *path)
{
  folder_free (path);
}

sqlite3 *
tamper_open (const char *path)
{
  g_autofree char *database = g_build_filename (path, "juanzong.db", NULL);
  sqlite3 *handle = NULL;

  g_assert_cmpint (sqlite3_open_v2 (database, &handle, SQLITE_OPEN_READWRITE, NULL), ==, SQLITE_OK);
  tamper_run (handle, "PRAGMA foreign_keys = OFF; PRAGMA synchronous = OFF; "
                      "PRAGMA ignore_check_constraints = ON");
  return handle;
}

void
tamper_close (sqlite3 *handle)
{
  g_assert_cmpint (sqlite3_close (handle), ==, SQLITE_OK);
}

void
tamper_run (sqlite3 *handle, const char *sql, ...)
{
  va_list values;
  g_autofree char *text = NULL;
  char *message = NULL;

  va_start (values, sql);
  text = g_strdup_vprintf (sql, values);
  va_end (values);
  if (sqlite3_exec (handle, text, NULL, NULL, &message) != SQLITE_OK)
    g_error ("%s: %s", text, message);
}

char *
tamper_get (sqlite3 *handle, const char *sql, ...)
{
  va_list values;
  g_autofree char *text = NULL;
  sqlite3_stmt *statement = NULL;
  char *value = NULL;

  va_start (values, sql);
  text = g_strdup_vprintf (sql, values);
  va_end (values);
  if (sqlite3_prepare_v2 (handle, text, -1, &statement, NULL) != SQLITE_OK)
    g_error ("%s: %s", text, sqlite3_errmsg (handle));
  if (sqlite3_step (statement) == SQLITE_ROW)
    value = g_strdup ((const char *)sqlite3_column_text (statement, 0));
  sqlite3_finalize (statement);
  return value;
}

char *
tamper_take_triggers (sqlite3 *handle)
{
  char *definitions = tamper_get (
    handle, "SELECT group_concat (sql, ';\n') || ';' FROM sqlite_schema WHERE type = 'trigger'");
  g_autofree char *drops =
    tamper_get (handle, "SELECT group_concat ('DROP TRIGGER ' || name, ';') FROM sqlite_schema "
                        "WHERE type = 'trigger'");

  tamper_run (handle, "%s", drops);
  return definitions;
}

void
tamper_give_triggers (sqlite3 *handle, char *triggers)
{
  tamper_run (handle, "%s", triggers);
  g_free (triggers);
}

void
tamper_file_replace (const char *path, gconstpointer data, gsize length)
{
  g_autoptr (GError) error = NULL;

  if (g_unlink (path) != 0)
    g_assert_cmpint (errno, ==, ENOENT);
  g_file_set_contents_full (path, data, (gssize)length, G_FILE_SET_CONTENTS_NONE, 0600, &error);
  g_assert_no_error (error);
}

GBytes *
tamper_file_read (const char *path)
{
  g_autoptr (GError) error = NULL;
  char *data = NULL;
  gsize length = 0;

  g_file_get_contents (path, &data, &length, &error);
  g_assert_no_error (error);
  return g_bytes_new_take (data, length);
}

JzReport *
tamper_look (const char *path,
             const char *const *against,
             gboolean with_chunk_lists,
             char **failure)
{
  g_autoptr (GError) error = NULL;
  JzVerification verification = { .path = path,
                                  .against = against,
                                  .with_chunk_lists = with_chunk_lists };
  JzReport *report = jz_verify (&verification, &error);

  g_assert_true ((report == NULL) == (error != NULL));
  if (report == NULL)
    *failure = g_strdup_printf ("verify could not look: %s", error->message);
  return report;
}

char *
tamper_describe (const JzReport *report)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < report->faults->len && i < 8; i++) {
    const JzFault *fault = g_ptr_array_index (report->faults, i);
    g_string_append_printf (text, "\n    %s [%s] %s", jz_fault_kind_get_name (fault->kind),
                            fault->place, fault->sentence);
  }
  if (report->faults->len == 0)
    g_string_append (text, "\n    no fault");
  else if (report->faults->len > 8)
    g_string_append_printf (text, "\n    … %u faults", report->faults->len);
  return g_string_free (text, FALSE);
}

static gboolean
is_place (const char *found, const char *wanted)
{
  gsize length = strlen (wanted);
  g_autofree char *part = NULL;

  if (length == 0 || wanted[length - 1] != '*')
    return g_strcmp0 (found, wanted) == 0;
  part = g_strndup (wanted, length - 1);
  return found != NULL && strstr (found, part) != NULL;
}

gboolean
tamper_has (const JzReport *report, int kind, const char *place)
{
  for (guint i = 0; i < report->faults->len; i++) {
    const JzFault *fault = g_ptr_array_index (report->faults, i);
    if ((kind < 0 || fault->kind == (JzFaultKind)kind) && is_place (fault->place, place))
      return TRUE;
  }
  return FALSE;
}

gboolean
tamper_says (const JzReport *report, int kind, const char *words)
{
  for (guint i = 0; i < report->faults->len; i++) {
    const JzFault *fault = g_ptr_array_index (report->faults, i);
    if ((kind < 0 || fault->kind == (JzFaultKind)kind) &&
        (strstr (fault->sentence, words) != NULL ||
         (fault->place != NULL && strstr (fault->place, words) != NULL)))
      return TRUE;
  }
  return FALSE;
}

void
tamper_assert_sound (const char *path, const char *const *against)
{
  g_autofree char *failure = NULL;
  g_autoptr (JzReport) report = tamper_look (path, against, TRUE, &failure);
  g_autofree char *text = report != NULL ? tamper_describe (report) : NULL;

  g_assert_cmpstr (failure, ==, NULL);
  if (report->faults->len > 0)
    g_error ("%s is not sound:%s", path, text);
  g_assert_cmpuint (report->n_entries, >, 0);
}

guint32
tamper_seed (void)
{
  static gsize once = 0;
  static guint32 seed;

  if (g_once_init_enter (&once)) {
    const char *given = g_getenv ("JZ_TAMPER_SEED");
    seed = given != NULL ? (guint32)g_ascii_strtoull (given, NULL, 10) : g_random_int ();
    g_test_message ("JZ_TAMPER_SEED=%u", seed);
    g_once_init_leave (&once, 1);
  }
  return seed;
}

guint
tamper_count (const char *variable, guint otherwise)
{
  const char *given = g_getenv (variable);
  return given != NULL ? (guint)g_ascii_strtoull (given, NULL, 10) : otherwise;
}

typedef struct {
  TamperRun run;
  gpointer data;
  GMutex mutex;
  GPtrArray *failures;
} All;

static void
run_in_thread (gpointer sample, gpointer data)
{
  All *all = data;
  char *failure = all->run (sample, all->data);

  if (failure == NULL)
    return;
  g_mutex_lock (&all->mutex);
  g_ptr_array_add (all->failures, failure);
  g_mutex_unlock (&all->mutex);
}

void
tamper_run_all (GPtrArray *samples, TamperRun run, gpointer data)
{
  All all = { .run = run, .data = data };
  GThreadPool *pool = g_thread_pool_new (run_in_thread, &all, 2, FALSE, NULL);

  g_mutex_init (&all.mutex);
  all.failures = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < samples->len; i++)
    g_thread_pool_push (pool, g_ptr_array_index (samples, i), NULL);
  g_thread_pool_free (pool, FALSE, TRUE);
  for (guint i = 0; i < all.failures->len; i++)
    g_test_message ("%s", (const char *)g_ptr_array_index (all.failures, i));
  if (all.failures->len > 0)
    g_test_fail_printf ("%u of %u samples were not found as they must be; seed %u",
                        all.failures->len, samples->len, tamper_seed ());
  g_ptr_array_unref (all.failures);
  g_mutex_clear (&all.mutex);
}
