/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include <glib/gstdio.h>

#include "tamper.h"

/* No value of juanzong.db can be changed, removed or added by hand without verify naming it (R-30,
 * Tables and columns are found from the schema, so that a new one is tried as well; the
 * change itself is made by plain SQLite with the triggers put back word by word afterwards, so that
 * nothing but the value differs. */

typedef enum {
  INTEGER_MORE,
  INTEGER_LESS,
  INTEGER_OTHER,
  TEXT_ONE_CHARACTER,
  TEXT_BEHIND_NUL,
  TEXT_NO_UTF8,
  TEXT_EMPTY,
  BLOB_ONE_BIT,
  BLOB_SHORTER,
  BLOB_EMPTY,
  N_CHANGES,
} Change;

static const char *const change_names[] = {
  "one more",         "one less",     "another number", "one character", "behind a NUL",
  "a byte not UTF-8", "emptied text", "one bit",        "one byte less", "emptied blob",
};

typedef enum {
  CHANGE_VALUE,
  CHANGE_VALUE_AND_LEAVE_TRIGGERS,
  DELETE_ROW,
  COPY_ROW,
} Deed;

typedef struct {
  guint number;
  Deed deed;
  char *table;
  char *column; /* of a changed value */
  char *type;
  guint variant;
} Sample;

/* What a fault's place may be called so that it names what was changed. */
typedef struct {
  GPtrArray *names;
  char *done;
} Expectation;

static TamperWorld world;

static void
sample_free (gpointer data)
{
  Sample *sample = data;

  g_free (sample->table);
  g_free (sample->column);
  g_free (sample->type);
  g_free (sample);
}

static void
expectation_clear (Expectation *self)
{
  g_clear_pointer (&self->names, g_ptr_array_unref);
  g_clear_pointer (&self->done, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Expectation, expectation_clear)

/* A condition that is true of just this row, by its primary key. */
static char *
get_row (sqlite3 *handle, const char *table, const char *condition, GRand *rand)
{
  g_autofree char *count =
    tamper_get (handle, "SELECT count (*) FROM \"%s\" WHERE %s", table, condition);
  g_autofree char *keys = tamper_get (
    handle,
    "SELECT group_concat ('\"' || name || '\" = '' || quote (\"' || name || '\") || ''',"
    " ' AND ') FROM pragma_table_info ('%s') WHERE pk > 0",
    table);
  gint64 n = g_ascii_strtoll (count, NULL, 10);

  if (n == 0)
    return NULL;
  return tamper_get (handle, "SELECT '%s' FROM \"%s\" WHERE %s LIMIT 1 OFFSET %d", keys, table,
                     condition, g_rand_int_range (rand, 0, (gint32)n));
}

static void
expect (Expectation *self, char *name)
{
  if (name != NULL)
    g_ptr_array_add (self->names, name);
}

/* The primary key as a person reads it: binary in hex, parts with a blank between. */
static char *
get_key (sqlite3 *handle, const char *table, const char *row)
{
  g_autofree char *expression = tamper_get (
    handle,
    "SELECT group_concat (part, ' || '' '' || ') FROM (SELECT CASE type WHEN 'BLOB' THEN "
    "'lower (hex (\"' || name || '\"))' ELSE '\"' || name || '\"' END AS part "
    "FROM pragma_table_info ('%s') WHERE pk > 0 ORDER BY pk)",
    table);

  return tamper_get (handle, "SELECT %s FROM \"%s\" WHERE %s", expression, table, row);
}

/* Called before and after the change: a thing may be named by what it was or by what it is. */
static void
expect_row (Expectation *self, sqlite3 *handle, const char *table, const char *row)
{
  g_autofree char *key = get_key (handle, table, row);

  if (key == NULL)
    return;
  if (strcmp (table, "checkpoint") == 0) {
    expect (self, g_strdup_printf ("checkpoint %s", key));
  } else if (strcmp (table, "entry") == 0) {
    expect (self, tamper_get (handle, "SELECT store || '-' || seq FROM entry WHERE %s", row));
    expect (self, g_strdup_printf ("entry number %s", key));
  } else if (strcmp (table, "payload") == 0) {
    expect (self,
            tamper_get (handle, "SELECT store || '-' || seq FROM entry WHERE arrival = %s", key));
    expect (self, g_strdup_printf ("table payload, row %s", key));
  } else {
    expect (self, g_strdup_printf ("table %s, row %s", table, key));
  }
}

/* An entry that is gone can only be named by the one that follows it. */
static void
expect_next_entry (Expectation *self, sqlite3 *handle, const char *row)
{
  expect (self, tamper_get (handle,
                            "SELECT store || '-' || seq FROM entry WHERE arrival = 1 + (SELECT "
                            "arrival FROM entry WHERE %s)",
                            row));
  expect (self,
          tamper_get (handle, "SELECT 'table payload, row ' || arrival FROM entry WHERE %s", row));
}

static void
remember_rows (sqlite3 *handle, const char *table)
{
  tamper_run (handle,
              "DROP TABLE IF EXISTS temp.before; CREATE TEMP TABLE before AS SELECT * FROM \"%s\"",
              table);
}

/* The row with a primary key that there was not before. */
static void
expect_new_row (Expectation *self, sqlite3 *handle, const char *table)
{
  g_autofree char *keys = tamper_get (
    handle, "SELECT group_concat ('\"' || name || '\"') FROM pragma_table_info ('%s') WHERE pk > 0",
    table);
  g_autofree char *row = g_strdup_printf ("(%1$s) NOT IN (SELECT %1$s FROM temp.before)", keys);

  expect_row (self, handle, table, row);
}

static GBytes *
change_text (const char *text, gsize length, Change change, GRand *rand)
{
  GString *changed = g_string_new_len (text, (gssize)length);

  if (change == TEXT_BEHIND_NUL) {
    g_string_append_len (changed, "\0x", 2);
  } else if (change == TEXT_NO_UTF8) {
    g_string_append_len (changed, "\xff", 1);
  } else if (change == TEXT_EMPTY || length == 0) {
    g_string_assign (changed, length == 0 ? "x" : "");
  } else {
    glong n = g_utf8_strlen (text, (gssize)length);
    char *at = g_utf8_offset_to_pointer (changed->str, g_rand_int_range (rand, 0, (gint32)n));
    gssize width = g_utf8_next_char (at) - at;
    gssize position = at - changed->str;
    gboolean is_narrow = width == 1;
    char other = (char)(*at ^ (1 << g_rand_int_range (rand, 0, 4)));
    g_string_erase (changed, position, width);
    if (is_narrow)
      g_string_insert_c (changed, position, other != '\0' ? other : 'x');
    else
      g_string_insert (changed, position, "改");
  }
  return g_string_free_to_bytes (changed);
}

static GBytes *
change_blob (const guint8 *data, gsize length, Change change, GRand *rand)
{
  GByteArray *changed = g_byte_array_new ();

  if (length == 0) {
    g_byte_array_append (changed, (const guint8 *)"\0", 1);
    return g_byte_array_free_to_bytes (changed);
  }
  g_byte_array_append (changed, data, (guint)length);
  if (change == BLOB_EMPTY)
    g_byte_array_set_size (changed, 0);
  else if (change == BLOB_SHORTER)
    g_byte_array_set_size (changed, (guint)length - 1);
  else
    changed->data[g_rand_int_range (rand, 0, (gint32)length)] ^=
      (guint8)(1 << g_rand_int_range (rand, 0, 8));
  return g_byte_array_free_to_bytes (changed);
}

static gint64
change_integer (gint64 value, Change change, GRand *rand)
{
  gint64 other;

  if (change == INTEGER_MORE && value < G_MAXINT64)
    return value + 1;
  if (change == INTEGER_LESS && value > G_MININT64)
    return value - 1;
  other = (gint64)((guint64)g_rand_int (rand) << 32 | g_rand_int (rand));
  return other != value ? other : other ^ 1;
}

static void
bind_changed (sqlite3_stmt *update, sqlite3_stmt *row, Change change, GRand *rand)
{
  gsize length = (gsize)sqlite3_column_bytes (row, 0);
  g_autoptr (GBytes) changed = NULL;
  gconstpointer data;

  if (change <= INTEGER_OTHER) {
    sqlite3_bind_int64 (update, 1, change_integer (sqlite3_column_int64 (row, 0), change, rand));
    return;
  }
  changed = change <= TEXT_EMPTY
              ? change_text ((const char *)sqlite3_column_text (row, 0), length, change, rand)
              : change_blob (sqlite3_column_blob (row, 0), length, change, rand);
  data = g_bytes_get_data (changed, &length);
  if (change <= TEXT_EMPTY)
    sqlite3_bind_text (update, 1, data != NULL ? data : "", (int)length, SQLITE_TRANSIENT);
  else
    sqlite3_bind_blob (update, 1, data != NULL ? data : "", (int)length, SQLITE_TRANSIENT);
}

/* Returns: %FALSE where the new value collides with another row's. */
static gboolean
change_value (sqlite3 *handle, const Sample *sample, const char *row, Change change, GRand *rand)
{
  g_autofree char *select =
    g_strdup_printf ("SELECT \"%s\" FROM \"%s\" WHERE %s", sample->column, sample->table, row);
  g_autofree char *set =
    g_strdup_printf ("UPDATE \"%s\" SET \"%s\" = ? WHERE %s", sample->table, sample->column, row);
  sqlite3_stmt *value = NULL;
  sqlite3_stmt *update = NULL;
  int code;

  g_assert_cmpint (sqlite3_prepare_v2 (handle, select, -1, &value, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_prepare_v2 (handle, set, -1, &update, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_step (value), ==, SQLITE_ROW);
  bind_changed (update, value, change, rand);
  sqlite3_finalize (value);
  code = sqlite3_step (update);
  sqlite3_finalize (update);
  g_assert_true (code == SQLITE_DONE || code == SQLITE_CONSTRAINT);
  g_assert_true (code != SQLITE_DONE || sqlite3_changes (handle) == 1);
  return code == SQLITE_DONE;
}

static Change
choose_change (const char *type, guint variant)
{
  if (strcmp (type, "INTEGER") == 0)
    return (Change)(INTEGER_MORE + variant % 3);
  if (strcmp (type, "TEXT") == 0)
    return (Change)(TEXT_ONE_CHARACTER + variant % 4);
  g_assert_cmpstr (type, ==, "BLOB");
  return (Change)(BLOB_ONE_BIT + variant % 3);
}

static void
do_change (sqlite3 *handle, const Sample *sample, Expectation *expectation, GRand *rand)
{
  g_autofree char *not_empty = g_strdup_printf ("length (\"%s\") > 0", sample->column);

  for (guint attempt = 0; attempt < 50; attempt++) {
    Change change = choose_change (sample->type, sample->variant + attempt / 10);
    g_autofree char *row = get_row (handle, sample->table, not_empty, rand);
    if (row == NULL)
      row = get_row (handle, sample->table, "true", rand);
    expect_row (expectation, handle, sample->table, row);
    remember_rows (handle, sample->table);
    if (change_value (handle, sample, row, change, rand)) {
      expectation->done = g_strdup_printf ("%s of %s (%s)", change_names[change], row,
                                           (const char *)g_ptr_array_index (expectation->names, 0));
      expect_row (expectation, handle, sample->table, row);
      expect_new_row (expectation, handle, sample->table);
      return;
    }
    g_ptr_array_set_size (expectation->names, 0);
  }
  g_error ("no value of %s.%s could be changed", sample->table, sample->column);
}

static void
do_delete (sqlite3 *handle, const Sample *sample, Expectation *expectation, GRand *rand)
{
  g_autofree char *row = get_row (handle, sample->table, "true", rand);

  expect_row (expectation, handle, sample->table, row);
  if (strcmp (sample->table, "entry") == 0)
    expect_next_entry (expectation, handle, row);
  expectation->done = g_strdup_printf ("deleted %s", row);
  tamper_run (handle, "DELETE FROM \"%s\" WHERE %s", sample->table, row);
  g_assert_cmpint (sqlite3_changes (handle), ==, 1);
}

static void
do_copy (sqlite3 *handle, const Sample *sample, Expectation *expectation, GRand *rand)
{
  g_autofree char *row = get_row (handle, sample->table, "true", rand);
  /* Every column that must be unique gets another value, the others that of the row. */
  g_autofree char *values = tamper_get (
    handle,
    "SELECT group_concat (value, ', ') FROM (SELECT CASE WHEN pk = 0 AND name NOT IN (SELECT "
    "i.name FROM pragma_index_list ('%1$s') AS l, pragma_index_info (l.name) AS i WHERE "
    "l.\"unique\" "
    "AND l.origin = 'u') THEN '\"' || name || '\"' WHEN type = 'INTEGER' THEN '\"' || name || "
    "'\" + 1000000' WHEN type = 'TEXT' THEN '\"' || name || '\" || ''x''' ELSE "
    "'randomblob (length (\"' || name || '\"))' END AS value FROM pragma_table_info ('%1$s') "
    "ORDER BY cid)",
    sample->table);

  expectation->done = g_strdup_printf ("copied %s", row);
  remember_rows (handle, sample->table);
  tamper_run (handle, "INSERT INTO \"%1$s\" SELECT %2$s FROM \"%1$s\" WHERE %3$s", sample->table,
              values, row);
  expect_new_row (expectation, handle, sample->table);
}

static char *
find_fault_of_report (const JzReport *report, const Sample *sample, Expectation *expectation)
{
  if (sample->deed == CHANGE_VALUE_AND_LEAVE_TRIGGERS &&
      !tamper_says (report, JZ_FAULT_FILE, "trigger"))
    return g_strdup ("the missing triggers are not named");
  for (guint i = 0; i < expectation->names->len; i++)
    if (tamper_has (report, -1, g_ptr_array_index (expectation->names, i)))
      return NULL;
  return g_strdup (report->faults->len > 0 ? "no fault names the place" : "not found");
}

static void
do_deed (const char *path, const Sample *sample, Expectation *expectation, GRand *rand)
{
  sqlite3 *handle = tamper_open (path);
  char *triggers = tamper_take_triggers (handle);

  if (sample->deed == DELETE_ROW)
    do_delete (handle, sample, expectation, rand);
  else if (sample->deed == COPY_ROW)
    do_copy (handle, sample, expectation, rand);
  else
    do_change (handle, sample, expectation, rand);
  if (sample->deed == CHANGE_VALUE_AND_LEAVE_TRIGGERS)
    g_free (triggers);
  else
    tamper_give_triggers (handle, triggers);
  tamper_close (handle);
}

static char *
run_sample (gpointer data, gpointer user_data)
{
  const Sample *sample = data;
  g_autoptr (GRand) rand = g_rand_new_with_seed (tamper_seed () + sample->number * 7919);
  g_autofree char *name = g_strdup_printf ("value-%u", sample->number);
  g_autoptr (TamperCopy) path = tamper_copy (&world, name);
  g_auto (Expectation) expectation = { g_ptr_array_new_with_free_func (g_free), NULL };
  g_autofree char *failure = NULL;
  g_autoptr (JzReport) report = NULL;
  g_autofree char *text = NULL;

  do_deed (path, sample, &expectation, rand);
  report = tamper_look (path, NULL, FALSE, &failure);
  if (report != NULL)
    failure = find_fault_of_report (report, sample, &expectation);
  if (failure == NULL)
    return NULL;
  text = report != NULL ? tamper_describe (report) : g_strdup ("");
  return g_strdup_printf ("%s.%s, %s: %s%s", sample->table,
                          sample->column != NULL ? sample->column : "*", expectation.done, failure,
                          text);
}

static void
add_sample (GPtrArray *samples,
            Deed deed,
            const char *table,
            const char *column,
            const char *type,
            guint n)
{
  Sample *sample = g_new0 (Sample, 1);

  sample->number = samples->len;
  sample->deed = deed;
  sample->table = g_strdup (table);
  sample->column = g_strdup (column);
  sample->type = g_strdup (type);
  sample->variant = n;
  g_ptr_array_add (samples, sample);
}

static void
for_each_row (sqlite3 *handle,
              const char *sql,
              void (*visit) (sqlite3_stmt *row, gpointer data),
              gpointer data)
{
  sqlite3_stmt *rows = NULL;

  g_assert_cmpint (sqlite3_prepare_v2 (handle, sql, -1, &rows, NULL), ==, SQLITE_OK);
  while (sqlite3_step (rows) == SQLITE_ROW)
    visit (rows, data);
  sqlite3_finalize (rows);
}

static void
add_column (sqlite3_stmt *row, gpointer data)
{
  guint n = tamper_count ("JZ_TAMPER_SAMPLES", 2);
  /* Which of the kinds of change come first differs from run to run. */
  guint first = (tamper_seed () + ((GPtrArray *)data)->len) % 12;

  for (guint i = 0; i < n; i++)
    add_sample (data, CHANGE_VALUE, (const char *)sqlite3_column_text (row, 0),
                (const char *)sqlite3_column_text (row, 1),
                (const char *)sqlite3_column_text (row, 2), first + i);
}

static void
add_table (sqlite3_stmt *row, gpointer data)
{
  const char *table = (const char *)sqlite3_column_text (row, 0);
  const char *column = (const char *)sqlite3_column_text (row, 1);

  /* That a kept checkpoint is gone shows in nothing: see test_checkpoint_gone(). */
  if (strcmp (table, "checkpoint") != 0)
    add_sample (data, DELETE_ROW, table, NULL, NULL, 0);
  add_sample (data, COPY_ROW, table, NULL, NULL, 0);
  add_sample (data, CHANGE_VALUE_AND_LEAVE_TRIGGERS, table, column,
              (const char *)sqlite3_column_text (row, 2), tamper_seed ());
}

#define TABLES                                                                                     \
  "SELECT t.name, c.name, c.type FROM sqlite_schema AS t, pragma_table_info (t.name) AS c "        \
  "WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND t.name != 'owed' "

static void
test_every_table_has_rows (void)
{
  sqlite3 *handle = tamper_open (world.path);
  g_autofree char *all = tamper_get (
    handle, "SELECT group_concat ('SELECT ''' || name || ''' WHERE NOT EXISTS (SELECT 1 "
            "FROM \"' || name || '\")', ' UNION ALL ') FROM sqlite_schema "
            "WHERE type = 'table'");
  g_autofree char *empty = tamper_get (handle, "SELECT group_concat (\"'entry'\") FROM (%s)", all);

  g_assert_cmpstr (empty, ==, "owed");
  tamper_close (handle);
}

static void
test_values (void)
{
  g_autoptr (GPtrArray) samples = g_ptr_array_new_with_free_func (sample_free);
  sqlite3 *handle = tamper_open (world.path);

  for_each_row (handle, TABLES "ORDER BY t.name, c.cid", add_column, samples);
  tamper_close (handle);
  g_assert_cmpuint (samples->len, >=, 250);
  tamper_run_all (samples, run_sample, NULL);
}

static void
test_rows (void)
{
  g_autoptr (GPtrArray) samples = g_ptr_array_new_with_free_func (sample_free);
  sqlite3 *handle = tamper_open (world.path);

  for_each_row (handle, TABLES "AND c.cid = 1 ORDER BY t.name", add_table, samples);
  tamper_close (handle);
  g_assert_cmpuint (samples->len, >=, 60);
  tamper_run_all (samples, run_sample, NULL);
}

/* To take the triggers away and put them back is no change: all that was found above was found for
 * its value. */
static void
test_triggers_put_back (void)
{
  g_autoptr (TamperCopy) path = tamper_copy (&world, "triggers");
  sqlite3 *handle = tamper_open (path);

  tamper_give_triggers (handle, tamper_take_triggers (handle));
  tamper_run (handle, "VACUUM");
  tamper_close (handle);
  tamper_assert_sound (path, NULL);
}

/* Which checkpoints the store signed stands nowhere else, so one that is gone is not missed; it was
 * for others to keep. A store that lost all of its own is still held to theirs. */
static void
test_checkpoint_gone (void)
{
  g_autoptr (TamperCopy) path = tamper_copy (&world, "no-checkpoints");
  const char *const against[] = { world.newest, world.earlier, NULL };
  sqlite3 *handle = tamper_open (path);
  char *triggers = tamper_take_triggers (handle);

  tamper_run (handle, "DELETE FROM checkpoint");
  tamper_give_triggers (handle, triggers);
  tamper_close (handle);
  tamper_assert_sound (path, against);
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
    g_autoptr (TamperCopy) path = tamper_copy (&world, "owed");
    g_autofree char *place = g_strdup_printf ("table owed, row %s", tasks[i]);
    g_autofree char *failure = NULL;
    g_autoptr (JzReport) report = NULL;
    sqlite3 *handle = tamper_open (path);
    tamper_run (handle, "INSERT INTO owed (task) VALUES ('%s')", tasks[i]);
    tamper_close (handle);
    report = tamper_look (path, NULL, FALSE, &failure);
    g_assert_cmpstr (failure, ==, NULL);
    g_assert_true (tamper_has (report, JZ_FAULT_TABLE, place));
  }
}

/* What a destruction that was cut short by a power cut leaves is no tampering. */
static void
test_owed_by_a_destruction (void)
{
  g_autoptr (TamperCopy) path = tamper_copy (&world, "owed-rightly");
  sqlite3 *handle = tamper_open (path);

  tamper_run (handle,
              "INSERT INTO owed (task) VALUES ('case %s'), ('object ' || lower (hex (randomblob "
              "(32))))",
              world.destroyed_case);
  tamper_close (handle);
  tamper_assert_sound (path, NULL);
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

  add_schema_sample (data, g_strdup_printf ("DROP %s \"%s\"", type, name),
                     g_strdup_printf ("%s %s", type, name));
  if (strcmp (type, "trigger") == 0) {
    g_autoptr (GString) weak = g_string_new (sql);
    g_string_replace (weak, "NOT EXISTS", "EXISTS", 1);
    g_string_replace (weak, "ABORT", "FAIL", 1);
    add_schema_sample (data, g_strdup_printf ("DROP TRIGGER %s; %s", name, weak->str),
                       g_strdup_printf ("%s %s", type, name));
  }
}

static char *
run_schema_sample (gpointer data, gpointer user_data)
{
  const SchemaSample *sample = data;
  g_autofree char *name = g_strdup_printf ("schema-%p", data);
  g_autoptr (TamperCopy) path = tamper_copy (&world, name);
  g_autofree char *failure = NULL;
  g_autoptr (JzReport) report = NULL;
  g_autofree char *text = NULL;
  sqlite3 *handle = tamper_open (path);

  tamper_run (handle, "%s", sample->script);
  tamper_close (handle);
  report = tamper_look (path, NULL, FALSE, &failure);
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
    { "CREATE TABLE foreign_table (x)", "table foreign_table" },
    { "CREATE TABLE sqlitexstat1 (x)", "table sqlitexstat1" },
    { "CREATE VIEW foreign_view AS SELECT 1", "view foreign_view" },
    { "CREATE INDEX foreign_index ON entry (act)", "index foreign_index" },
    { "CREATE TRIGGER foreign_trigger AFTER INSERT ON note BEGIN DELETE FROM owed; END",
      "trigger foreign_trigger" },
    { "ALTER TABLE case_file ADD COLUMN more TEXT NOT NULL DEFAULT ''", "table case_file" },
    { "ALTER TABLE counter RENAME COLUMN last TO latest", "table counter" },
    { "ALTER TABLE note RENAME TO notes", "table note" },
    { "DROP TABLE residue", "table residue" },
    { "DROP TRIGGER entry_is_never_updated; CREATE TRIGGER entry_is_never_updated BEFORE UPDATE ON "
      "note\nBEGIN SELECT RAISE (ABORT, 'entries are never updated'); END",
      "trigger entry_is_never_updated" },
    { "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = replace (sql, ' CHECK (arrival "
      "> "
      "0)', '') WHERE name = 'entry'; PRAGMA writable_schema = OFF",
      "table entry" },
    { "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = replace (sql, 'TEXT NOT NULL "
      "REFERENCES', 'TEXT REFERENCES') WHERE name = 'note'; PRAGMA writable_schema = OFF",
      "table note" },
    { "PRAGMA application_id = 7", "juanzong.db" },
  };
  g_autoptr (GPtrArray) samples = g_ptr_array_new_with_free_func (schema_sample_free);
  sqlite3 *handle = tamper_open (world.path);

  for_each_row (handle,
                "SELECT type, name, sql FROM sqlite_schema WHERE type IN ('index', 'trigger') AND "
                "sql IS NOT NULL ORDER BY name",
                add_drop, samples);
  tamper_close (handle);
  g_assert_cmpuint (samples->len, >=, 18);
  for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
    add_schema_sample (samples, g_strdup (others[i].script), g_strdup (others[i].words));
  tamper_run_all (samples, run_schema_sample, NULL);
}

static void
test_sound (void)
{
  const char *const against[] = { world.newest, world.earlier, NULL };

  tamper_assert_sound (world.path, against);
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/office/tamper-values/sound", test_sound);
  g_test_add_func ("/office/tamper-values/every-table-has-rows", test_every_table_has_rows);
  g_test_add_func ("/office/tamper-values/triggers-put-back", test_triggers_put_back);
  g_test_add_func ("/office/tamper-values/values", test_values);
  g_test_add_func ("/office/tamper-values/rows", test_rows);
  g_test_add_func ("/office/tamper-values/checkpoint-gone", test_checkpoint_gone);
  g_test_add_func ("/office/tamper-values/owed", test_owed);
  g_test_add_func ("/office/tamper-values/owed-by-a-destruction", test_owed_by_a_destruction);
  g_test_add_func ("/office/tamper-values/schema", test_schema);
  tamper_world_init (&world);
  status = g_test_run ();
  tamper_world_clear (&world);
  return status;
}
