/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tamper.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "office/checkpoints.h"
#include "store/tree.h"

#include "../store/folder.h"

#define NOTES "记一笔"

static void
add_notes (TestOffice *office, const char *case_id, guint n)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func ((GDestroyNotify)jz_json_unref);
  g_autoptr (GError) error = NULL;
  g_autoptr (JzActOutcome) outcome = NULL;

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

/* So many that the store has @size entries: a kept subtree takes many. */
static void
add_notes_to (TestOffice *office, const char *case_id, guint size)
{
  gint64 n = test_office_count (office, "SELECT count (*) FROM entry");

  g_assert_cmpint (n, <, size);
  add_notes (office, case_id, size - (guint)n);
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
  add_notes_to (office, self->open_case, JZ_TREE_KEPT_LEAVES + 1);
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
  add_notes (office, self->open_case, 5);
  g_free (keep_checkpoint (office, "third"));
  add_notes (office, self->open_case, 5);
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
tamper_world_lend (TamperWorld *self)
{
  g_autofree char *database = g_build_filename (self->path, "juanzong.db", NULL);

  self->database = tamper_file_read (database);
  self->spares = g_async_queue_new_full (g_free);
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
  g_assert_cmpint (test_office_count (office, "SELECT count (*) FROM entry"), >=, 280);
  test_office_close (office);
  self->path = g_strdup (office->path);
  tamper_world_lend (self);
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
  g_clear_pointer (&self->spares, g_async_queue_unref);
  g_clear_pointer (&self->database, g_bytes_unref);
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

static char *
copy_once_more (const TamperWorld *self)
{
  static gint n_copies;
  g_autofree char *name = g_strdup_printf ("spare-%d", g_atomic_int_add (&n_copies, 1));

  return tamper_copy (self, name);
}

TamperLoan
tamper_borrow (const TamperWorld *self)
{
  static const char *const logs[] = { "juanzong.db-wal", "juanzong.db-shm" };
  TamperLoan loan = { self, g_async_queue_try_pop (self->spares) };
  g_autofree char *database = NULL;

  if (loan.path == NULL) {
    loan.path = copy_once_more (self);
    return loan;
  }
  for (gsize i = 0; i < G_N_ELEMENTS (logs); i++) {
    g_autofree char *log = g_build_filename (loan.path, logs[i], NULL);
    if (g_unlink (log) != 0)
      g_assert_cmpint (errno, ==, ENOENT);
  }
  database = g_build_filename (loan.path, "juanzong.db", NULL);
  tamper_file_replace (database, g_bytes_get_data (self->database, NULL),
                       g_bytes_get_size (self->database));
  return loan;
}

void
tamper_loan_clear (TamperLoan *self)
{
  if (self->path != NULL)
    g_async_queue_push (self->world->spares, g_steal_pointer (&self->path));
}
