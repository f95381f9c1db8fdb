/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/journal.h"

#include <string.h>

#include "folder.h"
#include "store/error.h"
#include "store/schema.h"

#define STORE "00112233aabbccdd"
#define PERSON STORE "-1-1"
#define NOW G_GINT64_CONSTANT (1735779600000)

static JzConnection *
make_database (void)
{
  g_autoptr (GError) error = NULL;
  JzConnection *connection = jz_connection_open (":memory:", JZ_CONNECTION_WORKBENCH, &error);

  g_assert_no_error (error);
  g_assert_true (jz_schema_create (connection, &error));
  g_assert_no_error (error);
  return connection;
}

static JzDraft
make_draft (const char *case_id, JzInstant now)
{
  return (JzDraft){
    .store = STORE,
    .case_id = case_id,
    .now = now,
    .actor = PERSON,
    .role = "handler",
    .act = "case.note",
    .act_version = 1,
    .payload = "{\"args\":{\"text\":\"一\"}}",
  };
}

static JzJournalRecord *
append (JzConnection *connection, const char *case_id, JzInstant now)
{
  g_autoptr (GError) error = NULL;
  JzDraft draft = make_draft (case_id, now);
  JzJournalRecord *record = jz_journal_append (connection, &draft, &error);

  g_assert_no_error (error);
  return record;
}

static void
test_chains (void)
{
  g_autoptr (JzConnection) connection = make_database ();
  g_autoptr (JzJournalRecord) first = append (connection, JZ_BUREAU, NOW);
  g_autoptr (JzJournalRecord) second = append (connection, NULL, NOW + 5);
  g_autoptr (JzJournalRecord) third = append (connection, second->entry->case_id, NOW + 3);
  g_autoptr (JzJournalRecord) fourth = append (connection, JZ_BUREAU, NOW + 9);

  g_assert_cmpuint (first->entry->seq, ==, 1);
  g_assert_false (first->entry->store_prev.is_present);
  g_assert_false (first->entry->case_prev.is_present);
  g_assert_cmpstr (second->entry->case_id, ==, STORE "-2-1");
  g_assert_true (jz_hash_equal (&second->entry->store_prev.hash, &first->hash));
  g_assert_false (second->entry->case_prev.is_present);
  g_assert_true (jz_hash_equal (&third->entry->case_prev.hash, &second->hash));
  g_assert_true (jz_hash_equal (&fourth->entry->case_prev.hash, &first->hash));
  g_assert_cmpuint (fourth->entry->clock, ==, 4);
  /* Never before the entry before it. */
  g_assert_cmpint (third->entry->time, ==, NOW + 5);
  g_assert_cmpint (fourth->entry->time, ==, NOW + 9);
}

static void
test_only_a_confirmed_clock_goes_back (void)
{
  g_autoptr (JzConnection) connection = make_database ();
  g_autoptr (JzJournalRecord) first = append (connection, JZ_BUREAU, NOW);
  JzDraft draft = make_draft (JZ_BUREAU, NOW - 1000);
  g_autoptr (JzJournalRecord) second = NULL;

  draft.may_go_back = TRUE;
  second = jz_journal_append (connection, &draft, NULL);
  g_assert_cmpint (second->entry->time, ==, NOW - 1000);
  g_assert_cmpint (first->entry->time, ==, NOW);
}

static void
test_reads_back (void)
{
  g_autoptr (JzConnection) connection = make_database ();
  g_autoptr (JzJournalRecord) written = append (connection, JZ_BUREAU, NOW);
  g_autoptr (JzJournalRecord) read = jz_journal_read (connection, 1, NULL);
  g_autoptr (JzJournalRecord) found = jz_journal_find (connection, STORE "-1", NULL);
  g_autoptr (JzJournalRecord) none = jz_journal_find (connection, STORE "-2", NULL);
  g_autoptr (JzJournalRecord) thing = jz_journal_find (connection, STORE "-1-1", NULL);
  g_autoptr (GBytes) a = jz_entry_get_leaf_data (written->entry);
  g_autoptr (GBytes) b = jz_entry_get_leaf_data (read->entry);

  g_assert_true (g_bytes_equal (a, b));
  g_assert_cmpstr (read->payload, ==, "{\"args\":{\"text\":\"一\"}}");
  g_assert_true (g_bytes_equal (read->salt, written->salt));
  g_assert_nonnull (found);
  g_assert_null (none);
  g_assert_null (thing);
}

static void
test_salts_differ (void)
{
  g_autoptr (JzConnection) connection = make_database ();
  g_autoptr (JzJournalRecord) first = append (connection, JZ_BUREAU, NOW);
  g_autoptr (JzJournalRecord) second = append (connection, JZ_BUREAU, NOW);

  g_assert_false (g_bytes_equal (first->salt, second->salt));
  g_assert_false (jz_hash_equal (&first->entry->payload_hash, &second->entry->payload_hash));
}

static void
test_guards (void)
{
  static const char *const statements[] = {
    "UPDATE entry SET role = 'head'",
    "UPDATE entry SET hash = hash",
    "DELETE FROM entry",
    "UPDATE payload SET text = '{}'",
    "DELETE FROM payload",
    "INSERT OR REPLACE INTO entry SELECT arrival, store, seq, store_prev, case_id, case_prev, "
    "clock, time, "
    "actor, 'head', act, act_version, batch, rulebook, program, payload_hash, cert, sig, hash FROM "
    "entry "
    "WHERE arrival = 0",
    "UPDATE checkpoint SET note = ''",
    "DELETE FROM checkpoint",
  };
  g_autoptr (JzConnection) connection = make_database ();
  g_autoptr (JzJournalRecord) record = append (connection, JZ_BUREAU, NOW);

  g_assert_true (
    jz_connection_execute (connection, "INSERT INTO checkpoint VALUES ('x', 1, 'y')", NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (statements); i++) {
    g_autoptr (GError) error = NULL;
    gint64 changes = sqlite3_total_changes64 (jz_connection_get_handle (connection));
    if (jz_connection_execute (connection, statements[i], &error)) {
      /* The one statement that touches no row. */
      g_assert_cmpint (sqlite3_total_changes64 (jz_connection_get_handle (connection)), ==,
                       changes);
      continue;
    }
    g_assert_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_FAILED);
  }
  /* Where a destruction lists the entry, its payload may go. */
  g_assert_true (jz_connection_execute (
    connection, "INSERT INTO destroyed VALUES (1, 2); DELETE FROM payload", NULL));
}

static void
test_tree (void)
{
  g_autoptr (JzConnection) connection = make_database ();
  g_auto (JzJournalTree) source = { 0 };
  g_autoptr (GArray) leaves = g_array_new (FALSE, FALSE, sizeof (JzHash));
  gint64 n_kept = 0;
  JzTree tree;

  g_assert_true (jz_connection_execute (connection, "BEGIN", NULL));
  for (int i = 0; i < 700; i++) {
    g_autoptr (JzJournalRecord) record = append (connection, JZ_BUREAU, NOW + i);
    g_array_append_val (leaves, record->hash);
  }
  g_assert_true (jz_connection_execute (connection, "COMMIT", NULL));
  g_assert_true (
    jz_connection_get_number (connection, &n_kept, NULL, "SELECT count (*) FROM subtree", ""));
  g_assert_cmpint (n_kept, ==, 2);
  g_assert_true (jz_journal_tree_init (&source, connection, STORE, &tree, NULL));
  g_assert_cmpuint (tree.size, ==, 700);
  for (guint size = 0; size <= 700; size += 7) {
    JzHash root, expected;
    g_assert_true (jz_tree_get_root (&tree, size, &root, NULL));
    jz_tree_root_of ((const JzHash *)leaves->data, size, &expected);
    g_assert_true (jz_hash_equal (&root, &expected));
  }
}

static void
test_batch_and_signature (void)
{
  g_autoptr (JzConnection) connection = make_database ();
  g_autoptr (GError) error = NULL;
  g_autoptr (JzKey) key = jz_key_generate (&error);
  g_autoptr (JzCertificate) certificate =
    jz_certificate_issue (key, PERSON, key, NULL, NOW, &error);
  g_autoptr (JzJournalRecord) first = NULL;
  g_autoptr (JzJournalRecord) second = NULL;
  g_autoptr (GBytes) body = NULL;
  JzDraft draft = make_draft (JZ_BUREAU, NOW);

  draft.batch = "";
  draft.key = key;
  draft.certificate = certificate;
  first = jz_journal_append (connection, &draft, &error);
  draft.batch = first->entry->batch;
  second = jz_journal_append (connection, &draft, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (first->entry->batch, ==, STORE "-1");
  g_assert_cmpstr (second->entry->batch, ==, STORE "-1");
  body = jz_entry_get_body (second->entry);
  g_assert_true (jz_certificate_verify (
    certificate, g_bytes_get_data (body, NULL), g_bytes_get_size (body),
    g_bytes_get_data (second->entry->sig, NULL), g_bytes_get_size (second->entry->sig)));
}

static void
test_a_bad_column_is_named (void)
{
  static const char *const changes[] = {
    "UPDATE entry SET time = 'yesterday' WHERE arrival = 2",
    "UPDATE entry SET role = role || char (0) || 'x' WHERE arrival = 2",
    "UPDATE entry SET store_prev = x'00' WHERE arrival = 2",
    "UPDATE entry SET act_version = 0 WHERE arrival = 2",
    "UPDATE payload SET salt = x'' WHERE entry = 2",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (changes); i++) {
    g_autoptr (JzConnection) connection = make_database ();
    g_autoptr (JzJournalRecord) first = append (connection, JZ_BUREAU, NOW);
    g_autoptr (JzJournalRecord) second = append (connection, JZ_BUREAU, NOW);
    g_autoptr (GError) error = NULL;
    g_assert_true (jz_connection_execute (
      connection, "DROP TRIGGER entry_is_never_updated; DROP TRIGGER payload_is_never_updated",
      NULL));
    g_assert_true (jz_connection_execute (connection, changes[i], NULL));
    g_assert_null (jz_journal_read (connection, 2, &error));
    g_assert_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_DAMAGED);
    g_assert_nonnull (strchr (error->message, '2'));
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/journal/chains", test_chains);
  g_test_add_func ("/store/journal/only-a-confirmed-clock-goes-back",
                   test_only_a_confirmed_clock_goes_back);
  g_test_add_func ("/store/journal/reads-back", test_reads_back);
  g_test_add_func ("/store/journal/salts-differ", test_salts_differ);
  g_test_add_func ("/store/journal/guards", test_guards);
  g_test_add_func ("/store/journal/tree", test_tree);
  g_test_add_func ("/store/journal/batch-and-signature", test_batch_and_signature);
  g_test_add_func ("/store/journal/a-bad-column-is-named", test_a_bad_column_is_named);
  return g_test_run ();
}
