/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "tamper.h"

/* What stands in juanzong.db besides values: tables, indexes and triggers, each of which is
 * named when it is not as it was made; what a clean-up still owes; and what may be missing without
 * anybody knowing. */

static TamperWorld world;

/* To take the triggers away and put them back is no change: all that was found above was found for
 * its value. */
static void
test_triggers_put_back (void)
{
  g_auto (TamperLoan) loan = tamper_borrow (&world);
  sqlite3 *handle = tamper_open (loan.path);

  tamper_give_triggers (handle, tamper_take_triggers (handle));
  tamper_run (handle, "VACUUM");
  tamper_close (handle);
  tamper_assert_sound (loan.path, NULL);
}

/* Which checkpoints the store signed stands nowhere else, so one that is gone is not missed; it was
 * for others to keep. A store that lost all of its own is still held to theirs. */
static void
test_checkpoint_gone (void)
{
  g_auto (TamperLoan) loan = tamper_borrow (&world);
  const char *const against[] = { world.newest, world.earlier, NULL };
  sqlite3 *handle = tamper_open (loan.path);
  char *triggers = tamper_take_triggers (handle);

  tamper_run (handle, "DELETE FROM checkpoint");
  tamper_give_triggers (handle, triggers);
  tamper_close (handle);
  tamper_assert_sound (loan.path, against);
}

/* Work that nobody owes. */
static void
test_owed (void)
{
  sqlite3 *at_rest = tamper_open (world.path);
  g_autofree char *used =
    tamper_get (at_rest, "SELECT 'object ' || lower (hex (object)) FROM attachment LIMIT 1");
  g_autofree char *open_case = g_strdup_printf ("case %s", world.open_case);
  const char *const tasks[] = { used, open_case, "case 0", "object 0", "anything", "" };

  tamper_close (at_rest);
  for (gsize i = 0; i < G_N_ELEMENTS (tasks); i++) {
    g_auto (TamperLoan) loan = tamper_borrow (&world);
    g_autofree char *place = g_strdup_printf ("table owed, row %s", tasks[i]);
    g_autofree char *failure = NULL;
    g_autoptr (JzReport) report = NULL;
    sqlite3 *handle = tamper_open (loan.path);
    tamper_run (handle, "INSERT INTO owed (task) VALUES ('%s')", tasks[i]);
    tamper_close (handle);
    report = tamper_look (loan.path, NULL, FALSE, &failure);
    g_assert_cmpstr (failure, ==, NULL);
    g_assert_true (tamper_has (report, JZ_FAULT_TABLE, place));
  }
}

/* What a destruction that was cut short by a power cut leaves is no tampering. */
static void
test_owed_by_a_destruction (void)
{
  g_auto (TamperLoan) loan = tamper_borrow (&world);
  sqlite3 *handle = tamper_open (loan.path);

  tamper_run (handle,
              "INSERT INTO owed (task) VALUES ('case %s'), ('object ' || lower (hex (randomblob "
              "(32))))",
              world.destroyed_case);
  tamper_close (handle);
  tamper_assert_sound (loan.path, NULL);
}

typedef struct {
  char *script;
  char *words; /* that the sentence must have */
} SchemaSample;

static void
schema_sample_free (gpointer data)
{
  SchemaSample *sample = data;

  g_free (sample->script);
  g_free (sample->words);
  g_free (sample);
}

static void
add_schema_sample (GPtrArray *samples, char *script, char *words)
{
  SchemaSample *sample = g_new0 (SchemaSample, 1);

  sample->script = script;
  sample->words = words;
  g_ptr_array_add (samples, sample);
}

static void
add_drop (sqlite3_stmt *row, gpointer data)
{
  const char *type = (const char *)sqlite3_column_text (row, 0);
  const char *name = (const char *)sqlite3_column_text (row, 1);
  const char *sql = (const char *)sqlite3_column_text (row, 2);

  add_schema_sample (data, g_strdup_printf ("DROP %s \"%s\"", type, name), g_strdup (name));
  if (strcmp (type, "trigger") == 0) {
    g_autoptr (GString) weak = g_string_new (sql);
    g_string_replace (weak, "NOT EXISTS", "EXISTS", 1);
    g_string_replace (weak, "ABORT", "FAIL", 1);
    add_schema_sample (data, g_strdup_printf ("DROP TRIGGER %s; %s", name, weak->str),
                       g_strdup (name));
  }
}

static char *
run_schema_sample (gpointer data, gpointer user_data)
{
  const SchemaSample *sample = data;
  g_auto (TamperLoan) loan = tamper_borrow (&world);
  g_autofree char *failure = NULL;
  g_autoptr (JzReport) report = NULL;
  g_autofree char *text = NULL;
  sqlite3 *handle = tamper_open (loan.path);

  tamper_run (handle, "%s", sample->script);
  tamper_close (handle);
  report = tamper_look (loan.path, NULL, FALSE, &failure);
  if (report != NULL && tamper_says (report, JZ_FAULT_FILE, sample->words))
    return NULL;
  text = report != NULL ? tamper_describe (report) : g_strdup (failure);
  return g_strdup_printf ("%s: “%s” is not named:%s", sample->script, sample->words, text);
}

static void
test_schema (void)
{
  static const struct {
    const char *script;
    const char *words;
  } others[] = {
    { "CREATE TABLE foreign_table (x)", "foreign_table" },
    { "CREATE TABLE sqlitexstat1 (x)", "sqlitexstat1" },
    { "CREATE VIEW foreign_view AS SELECT 1", "foreign_view" },
    { "CREATE INDEX foreign_index ON entry (act)", "foreign_index" },
    { "CREATE TRIGGER foreign_trigger AFTER INSERT ON note BEGIN DELETE FROM owed; END",
      "foreign_trigger" },
    { "ALTER TABLE case_file ADD COLUMN more TEXT NOT NULL DEFAULT ''", "case_file" },
    { "ALTER TABLE counter RENAME COLUMN last TO latest", "counter" },
    { "ALTER TABLE note RENAME TO notes", "note" },
    { "DROP TABLE residue", "residue" },
    { "DROP TRIGGER entry_is_never_updated; CREATE TRIGGER entry_is_never_updated BEFORE UPDATE ON "
      "note\nBEGIN SELECT RAISE (ABORT, 'entries are never updated'); END",
      "entry_is_never_updated" },
    { "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = replace (sql, ' CHECK (arrival "
      "> "
      "0)', '') WHERE name = 'entry'; PRAGMA writable_schema = OFF",
      "entry" },
    { "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = replace (sql, 'TEXT NOT NULL "
      "REFERENCES', 'TEXT REFERENCES') WHERE name = 'note'; PRAGMA writable_schema = OFF",
      "note" },
    { "PRAGMA application_id = 7", "juanzong.db" },
  };
  g_autoptr (GPtrArray) samples = g_ptr_array_new_with_free_func (schema_sample_free);
  sqlite3 *handle = tamper_open (world.path);

  tamper_for_each_row (
    handle,
    "SELECT type, name, sql FROM sqlite_schema WHERE type IN ('index', 'trigger') AND "
    "sql IS NOT NULL ORDER BY name",
    add_drop, samples);
  tamper_close (handle);
  g_assert_cmpuint (samples->len, >=, 18);
  for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
    add_schema_sample (samples, g_strdup (others[i].script), g_strdup (others[i].words));
  tamper_run_all (samples, run_schema_sample, NULL);
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/office/tamper-schema/triggers-put-back", test_triggers_put_back);
  g_test_add_func ("/office/tamper-schema/schema", test_schema);
  g_test_add_func ("/office/tamper-schema/owed", test_owed);
  g_test_add_func ("/office/tamper-schema/owed-by-a-destruction", test_owed_by_a_destruction);
  g_test_add_func ("/office/tamper-schema/checkpoint-gone", test_checkpoint_gone);
  tamper_world_init (&world);
  status = g_test_run ();
  tamper_world_clear (&world);
  return status;
}
