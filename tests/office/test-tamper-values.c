/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

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

/* Changes of each column: each kind of change of a text comes once. */
#define SAMPLES 4

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

/* A report is text, whatever was named. */
static void
expect (Expectation *self, char *name)
{
  if (name != NULL)
    g_ptr_array_add (self->names, g_utf8_make_valid (name, -1));
  g_free (name);
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
      !tamper_says (report, JZ_FAULT_FILE, "entry_is_never_updated"))
    return g_strdup ("the missing triggers are not named");
  for (guint i = 0; i < expectation->names->len; i++)
    if (tamper_has (report, -1, g_ptr_array_index (expectation->names, i)))
      return NULL;
  return g_strdup (report->faults->len > 0 ? "no fault names the place" : "not found");
}

static void
do_deed (sqlite3 *handle, const Sample *sample, Expectation *expectation, GRand *rand)
{
  if (sample->deed == DELETE_ROW)
    do_delete (handle, sample, expectation, rand);
  else if (sample->deed == COPY_ROW)
    do_copy (handle, sample, expectation, rand);
  else
    do_change (handle, sample, expectation, rand);
}

/* What is done in one copy of the store: one deed in the journal or a checkpoint, or one in each of
 * several derived tables, each of which is compared for itself. */
static void
do_round (const char *path, GPtrArray *round, Expectation *expectations)
{
  sqlite3 *handle = tamper_open (path);
  char *triggers = tamper_take_triggers (handle);
  gboolean leaves_triggers = FALSE;

  for (guint i = 0; i < round->len; i++) {
    const Sample *sample = g_ptr_array_index (round, i);
    g_autoptr (GRand) rand = tamper_rand_new (sample->number);
    expectations[i].names = g_ptr_array_new_with_free_func (g_free);
    do_deed (handle, sample, &expectations[i], rand);
    leaves_triggers = sample->deed == CHANGE_VALUE_AND_LEAVE_TRIGGERS;
  }
  if (leaves_triggers)
    g_free (triggers);
  else
    tamper_give_triggers (handle, triggers);
  tamper_close (handle);
}

static char *
judge_round (const JzReport *report, GPtrArray *round, Expectation *expectations)
{
  g_autoptr (GString) missed = g_string_new (NULL);
  g_autofree char *text = NULL;

  for (guint i = 0; i < round->len; i++) {
    const Sample *sample = g_ptr_array_index (round, i);
    g_autofree char *fault = find_fault_of_report (report, sample, &expectations[i]);
    if (fault != NULL)
      g_string_append_printf (missed, "\n  %s.%s, %s: %s", sample->table,
                              sample->column != NULL ? sample->column : "*", expectations[i].done,
                              fault);
  }
  if (missed->len == 0)
    return NULL;
  text = tamper_describe (report);
  return g_strconcat (missed->str, text, NULL);
}

static char *
run_round (gpointer data, gpointer user_data)
{
  GPtrArray *round = data;
  g_auto (TamperLoan) loan = tamper_borrow (&world);
  g_autofree Expectation *expectations = g_new0 (Expectation, round->len);
  g_autofree char *failure = NULL;
  g_autoptr (JzReport) report = NULL;

  do_round (loan.path, round, expectations);
  report = tamper_look (loan.path, NULL, FALSE, &failure);
  if (report != NULL)
    failure = judge_round (report, round, expectations);
  for (guint i = 0; i < round->len; i++)
    expectation_clear (&expectations[i]);
  return g_steal_pointer (&failure);
}

static gboolean
is_derived (const char *table)
{
  return strcmp (table, "entry") != 0 && strcmp (table, "payload") != 0 &&
         strcmp (table, "checkpoint") != 0;
}

/* The first round that has the deed, and not yet the table. */
static GPtrArray *
find_round (GPtrArray *rounds, const Sample *sample)
{
  for (guint i = 0; i < rounds->len; i++) {
    GPtrArray *round = g_ptr_array_index (rounds, i);
    const Sample *first = g_ptr_array_index (round, 0);
    gboolean has_table = first->deed != sample->deed || !is_derived (first->table);
    for (guint j = 0; j < round->len; j++) {
      const Sample *other = g_ptr_array_index (round, j);
      has_table = has_table || strcmp (other->table, sample->table) == 0;
    }
    if (!has_table)
      return round;
  }
  return NULL;
}

static void
run_all (GPtrArray *samples)
{
  g_autoptr (GPtrArray) rounds = g_ptr_array_new_with_free_func ((GDestroyNotify)g_ptr_array_unref);

  for (guint i = 0; i < samples->len; i++) {
    Sample *sample = g_ptr_array_index (samples, i);
    GPtrArray *round = is_derived (sample->table) ? find_round (rounds, sample) : NULL;
    if (round == NULL) {
      round = g_ptr_array_new ();
      g_ptr_array_add (rounds, round);
    }
    g_ptr_array_add (round, sample);
  }
  g_test_message ("%u changes in %u copies", samples->len, rounds->len);
  tamper_run_all (rounds, run_round, NULL);
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
add_column (sqlite3_stmt *row, gpointer data)
{
  guint n = tamper_count ("JZ_TAMPER_SAMPLES", SAMPLES);
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

  /* That a kept checkpoint is gone shows in nothing: see test-tamper-schema.c. */
  if (strcmp (table, "checkpoint") != 0)
    add_sample (data, DELETE_ROW, table, NULL, NULL, 0);
  add_sample (data, COPY_ROW, table, NULL, NULL, 0);
  add_sample (data, CHANGE_VALUE_AND_LEAVE_TRIGGERS, table, column,
              (const char *)sqlite3_column_text (row, 2), tamper_seed ());
}

/* In this world nobody lives by a rulebook and nothing is published; these tables are altered in
 * test-gates.c, test-publication.c, test-publication-errors.c and test-frozen-bundle.c, and those
 * of the text index in test-tamper-search.c. */
#define WITHOUT_ROWS                                                                               \
  "'bundle', 'calendar', 'case_form_set', 'case_rulebook', 'document_number', 'fact', "            \
  "'form_set', 'gate_override', 'owed', 'publication', 'publication_carrier', "                    \
  "'publication_copy', 'publication_error', 'rulebook'"
#define TABLES                                                                                     \
  "SELECT t.name, c.name, c.type FROM sqlite_schema AS t, pragma_table_info (t.name) AS c "        \
  "WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND t.name NOT LIKE "       \
  "'text\\_fts%' ESCAPE '\\' AND t.name NOT IN (" WITHOUT_ROWS ") "

static void
test_every_table_has_rows (void)
{
  sqlite3 *handle = tamper_open (world.path);
  g_autofree char *all = tamper_get (
    handle,
    "SELECT group_concat ('SELECT ''' || name || ''' WHERE NOT EXISTS (SELECT 1 "
    "FROM \"' || name || '\")', ' UNION ALL ') FROM sqlite_schema "
    "WHERE type = 'table' AND name NOT GLOB 'text_fts*' AND name NOT IN (" WITHOUT_ROWS ")");
  g_autofree char *empty = tamper_get (handle, "SELECT group_concat (\"'entry'\") FROM (%s)", all);

  g_assert_cmpstr (empty, ==, NULL);
  tamper_close (handle);
}

static void
test_values (void)
{
  g_autoptr (GPtrArray) samples = g_ptr_array_new_with_free_func (sample_free);
  sqlite3 *handle = tamper_open (world.path);

  tamper_for_each_row (handle, TABLES "ORDER BY t.name, c.cid", add_column, samples);
  tamper_close (handle);
  g_assert_cmpuint (samples->len, >=, 125 * tamper_count ("JZ_TAMPER_SAMPLES", SAMPLES));
  run_all (samples);
}

static void
test_rows (void)
{
  g_autoptr (GPtrArray) samples = g_ptr_array_new_with_free_func (sample_free);
  sqlite3 *handle = tamper_open (world.path);

  tamper_for_each_row (handle, TABLES "AND c.cid = 1 ORDER BY t.name", add_table, samples);
  tamper_close (handle);
  g_assert_cmpuint (samples->len, >=, 60);
  run_all (samples);
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
  g_test_add_func ("/office/tamper-values/values", test_values);
  g_test_add_func ("/office/tamper-values/rows", test_rows);
  tamper_world_init (&world);
  status = g_test_run ();
  tamper_world_clear (&world);
  return status;
}
