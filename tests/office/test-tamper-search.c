/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "office/replay.h"
#include "office/search.h"
#include "store/error.h"
#include "store/text_index.h"
#include "tamper.h"

/* Who alters what is searched hides a text or invents one: a verification names it, and a rebuild
 * mends it. */

static TestOffice office;

typedef struct {
  const char *what;
  const char *script;
  const char *place; /* of the fault, or a part of it */
} Alteration;

static const Alteration alterations[] = {
  { "a text", "UPDATE text SET body = '油烟很小' WHERE body = '油烟很大'", "table text, row " },
  { "owner", "UPDATE text SET owner = owner || '1' WHERE body = '油烟很大'", "table text, row " },
  { "a text missing", "DELETE FROM text WHERE body = '油烟很大'", "table text, row " },
  { "a text too many", "INSERT INTO text VALUES (9999, '', '', '', '多余', x'')",
    "table text, row 9999" },
  { "all texts missing", "DELETE FROM text", "table text, row " },
  { "an index block", "UPDATE text_fts_data SET block = zeroblob (length (block)) WHERE id > 10",
    "table text_fts" },
  { "a shortened index block",
    "UPDATE text_fts_data SET block = substr (block, 1, length (block) - 1) WHERE id > 10",
    "table text_fts" },
  { "an index block of text", "UPDATE text_fts_data SET block = 'text' WHERE id > 10",
    "table text_fts" },
  { "index blocks missing", "DELETE FROM text_fts_data WHERE id > 10", "table text_fts" },
  { "the index's structure", "UPDATE text_fts_data SET block = x'00' WHERE id = 10",
    "table text_fts" },
  { "all of the index missing",
    "DELETE FROM text_fts_data WHERE id > 10; DELETE FROM text_fts_idx;"
    "UPDATE text_fts_data SET block = x'00000000000000' WHERE id = 10",
    "table text_fts" },
  { "the ways to the words", "DELETE FROM text_fts_idx", "table text_fts" },
  { "the way to the last words",
    "DELETE FROM text_fts_idx WHERE pgno = (SELECT max (pgno) FROM text_fts_idx)",
    "table text_fts" },
  { "the ways to the words exchanged", "UPDATE text_fts_idx SET pgno = pgno + 2",
    "table text_fts" },
  { "the index's settings", "UPDATE text_fts_config SET v = 3", "table text_fts_config, row " },
  { "a setting of the index", "INSERT INTO text_fts_config VALUES ('automerge', 0)",
    "table text_fts_config, row automerge" },
  { "no settings of the index", "DELETE FROM text_fts_config", "table text_fts_config, row " },
  { "no index", "PRAGMA writable_schema = ON; DELETE FROM sqlite_schema WHERE name = 'text_fts'",
    "text_fts" },
  { "no table of the index", "DROP TABLE text_fts_data", "text_fts_data" },
  { "no table of the settings", "DROP TABLE text_fts_config", "text_fts_config" },
  { "no texts", "DROP TABLE text", "table text" },
  { "a waiting text that seems to be in the index", "UPDATE text_fts_until SET until = 1000000",
    "table text_fts" },
  { "a text in the index that seems to wait", "UPDATE text_fts_until SET until = until - 256",
    "table text_fts" },
  { "all texts seem to wait", "UPDATE text_fts_until SET until = 0", "table text_fts" },
  { "nobody knows which texts wait", "DELETE FROM text_fts_until", "table text_fts" },
  { "two say which texts wait",
    "PRAGMA ignore_check_constraints = ON; INSERT INTO text_fts_until VALUES (0, 1000000)",
    "table text_fts" },
  { "no place to tell which texts wait", "DROP TABLE text_fts_until", "text_fts_until" },
  { "other texts for the index",
    "DROP VIEW text_indexed; CREATE VIEW text_indexed (id, body) AS SELECT 1, ''", "text_indexed" },
};

static gboolean
is_named (const JzReport *report, const char *place)
{
  for (guint i = 0; i < report->faults->len; i++) {
    const JzFault *fault = g_ptr_array_index (report->faults, i);
    if (fault->kind == JZ_FAULT_TABLE && fault->place != NULL &&
        strstr (fault->place, place) != NULL)
      return TRUE;
    /* What the schema lacks is told in the sentence. */
    if (strstr (fault->sentence, place) != NULL)
      return TRUE;
  }
  return FALSE;
}

static char *
copy_store (const char *name)
{
  char *path = g_build_filename (office.folder, name, NULL);

  test_copy_folder (office.path, path);
  return path;
}

static void
assert_finds (const char *path, const char *typed, guint n_texts)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JzStore) store = jz_store_open (path, JZ_STORE_READ, NULL, NULL, &error);
  g_autoptr (JzSearchQuery) query = jz_search_query_new (typed, NULL);
  g_autoptr (GPtrArray) found = NULL;
  JzConnection *reader;

  g_assert_no_error (error);
  reader = jz_store_lease_reader (store, NULL);
  found =
    jz_search_texts (reader, jz_store_get_objects (store), query, G_MAXINT64, 9, NULL, &error);
  jz_store_return_reader (store, reader);
  g_assert_no_error (error);
  g_assert_cmpuint (found->len, ==, n_texts);
}

static void
assert_named_and_mended (const char *path, const char *what, const char *place)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JzReport) report = test_verify (path, NULL);

  if (!is_named (report, place))
    g_error ("%s: %s is not named", what, place);
  g_assert_true (jz_rebuild_at (path, &error));
  g_assert_no_error (error);
  test_assert_sound (path);
  assert_finds (path, "油烟", 1);
  assert_finds (path, "黑烟", 1);
  assert_finds (path, "多余", 0);
}

static void
test_alterations (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (alterations); i++) {
    g_autofree char *name = g_strdup_printf ("altered-%u", (guint)i);
    g_autofree char *path = copy_store (name);
    sqlite3 *handle = tamper_open (path);
    g_test_message ("%s", alterations[i].what);
    tamper_run (handle, "%s", alterations[i].script);
    tamper_close (handle);
    assert_named_and_mended (path, alterations[i].what, alterations[i].place);
  }
}

/* An index that is whole in itself: a word was taken out of it, or put in, by somebody who has our
 * tokenizer. */
static void
test_consistent_alterations (void)
{
  static const char *const scripts[] = {
    "INSERT INTO text_fts (text_fts, rowid, body) SELECT 'delete', id, body FROM text WHERE body = "
    "'油烟很大'",
    "INSERT INTO text_fts (rowid, body) SELECT id, '多余' FROM text WHERE body = '油烟很大'",
    "INSERT INTO text_fts (rowid, body) VALUES (9999, '多余')",
    "INSERT INTO text_fts (text_fts) VALUES ('delete-all')",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (scripts); i++) {
    g_autofree char *name = g_strdup_printf ("consistent-%u", (guint)i);
    g_autofree char *path = copy_store (name);
    g_autofree char *database = jz_store_get_database_path (path);
    g_autoptr (JzConnection) connection = jz_connection_open (database, JZ_CONNECTION_WRITE, NULL);
    g_assert_true (jz_connection_execute (connection, scripts[i], NULL));
    g_clear_pointer (&connection, jz_connection_close);
    assert_named_and_mended (path, scripts[i], "table text_fts");
  }
}

/* Two indexes of the same texts that were written in other steps are both right. */
static void
test_other_steps (void)
{
  static const char *const scripts[] = {
    "INSERT INTO text_fts (text_fts) VALUES ('optimize')",
    "INSERT INTO text_fts (text_fts) VALUES ('rebuild')",
  };
  g_autofree char *path = copy_store ("other-steps");
  g_autofree char *database = jz_store_get_database_path (path);

  for (gsize i = 0; i < G_N_ELEMENTS (scripts); i++) {
    g_autoptr (JzConnection) connection = jz_connection_open (database, JZ_CONNECTION_WRITE, NULL);
    g_assert_true (jz_connection_execute (connection, scripts[i], NULL));
    g_clear_pointer (&connection, jz_connection_close);
    test_assert_sound (path);
  }
}

/* Who searches is told what to do, and gets no half of an answer. */
static void
test_search_in_a_damaged_index (void)
{
  g_autofree char *path = copy_store ("damaged");
  g_autoptr (GError) error = NULL;
  g_autoptr (JzSearchQuery) query = jz_search_query_new ("油烟", NULL);
  g_autoptr (JzStore) store = NULL;
  sqlite3 *handle = tamper_open (path);
  JzConnection *reader;

  tamper_run (handle, "DELETE FROM text_fts_data WHERE id > 10");
  tamper_close (handle);
  store = jz_store_open (path, JZ_STORE_READ, NULL, NULL, NULL);
  reader = jz_store_lease_reader (store, NULL);
  g_assert_null (
    jz_search_texts (reader, jz_store_get_objects (store), query, G_MAXINT64, 9, NULL, &error));
  g_assert_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_DAMAGED);
  jz_store_return_reader (store, reader);
}

static gboolean
index_all (JzConnection *connection, gpointer data, GError **error)
{
  return jz_text_index_rebuild (connection, error);
}

/* So many words that the index has several blocks; and one text waits to be taken into it. */
static void
make_office (void)
{
  g_autofree char *id = NULL;
  JzWriter *writer;
  gunichar sign = 0x4e00;

  test_office_staff (&office);
  id = test_office_open_case (&office, "某案");
  for (guint i = 0; i < 12; i++) {
    g_autoptr (GString) text = g_string_new (NULL);
    for (guint j = 0; j < 250; j++)
      g_string_append_unichar (text, sign++);
    test_office_do (&office, "handler", "case.note", "{'case':'%s','text':'%s'}", id, text->str);
  }
  test_office_do (&office, "handler", "case.note", "{'case':'%s','text':'油烟很大'}", id);
  g_assert_true (jz_rebuild (jz_office_get_store (office.office), NULL));
  writer = jz_store_get_writer (jz_office_get_store (office.office));
  g_assert_true (jz_writer_run_alone (writer, index_all, NULL, NULL));
  g_assert_cmpint (test_office_count (&office, "SELECT count (*) FROM text_fts_idx"), >, 4);
  test_office_do (&office, "handler", "case.note", "{'case':'%s','text':'黑烟弥漫'}", id);
  test_office_close (&office);
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/office/tamper-search/alterations", test_alterations);
  g_test_add_func ("/office/tamper-search/consistent-alterations", test_consistent_alterations);
  g_test_add_func ("/office/tamper-search/other-steps", test_other_steps);
  g_test_add_func ("/office/tamper-search/damaged-index", test_search_in_a_damaged_index);
  make_office ();
  status = g_test_run ();
  test_office_clear (&office);
  return status;
}
