/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include <glib/gi18n-lib.h>

#include "office/verify-private.h"
#include "store/error.h"
#include "store/text_index.h"

/* The stored derived tables must be those that the replay gave, value by value. Both are read in
 * the order of their primary key and stepped side by side, so that a row that is missing, added or
 * changed is named itself, and not all those that follow it. */

typedef struct {
  const char *name;
  int n_keys; /* the first columns of the query are the primary key, then come all columns */
  char *sql;
} Table;

static void
table_clear (Table *table)
{
  g_clear_pointer (&table->sql, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Table, table_clear)

static gboolean
add_columns (JzConnection *tables, GString *list, const char *name, const char *sql, GError **error)
{
  gboolean has_row = FALSE;
  g_autoptr (JzStatement) rows = jz_connection_query (tables, error, sql, "t", name);

  while (rows != NULL && jz_statement_step (rows, &has_row, error)) {
    if (!has_row)
      return TRUE;
    g_string_append_printf (list, "%s\"%s\"", list->len > 0 ? ", " : "",
                            jz_statement_get_text (rows, 0));
  }
  return FALSE;
}

static gboolean
describe_table (Table *table, JzConnection *tables, const char *name, GError **error)
{
  static const char keys[] = "SELECT name FROM pragma_table_info (?) WHERE pk > 0 ORDER BY pk";
  static const char all[] = "SELECT name FROM pragma_table_info (?) ORDER BY cid";
  g_autoptr (GString) order = g_string_new (NULL);
  g_autoptr (GString) columns = g_string_new (NULL);
  gint64 n_keys = 0;

  if (!jz_connection_get_number (tables, &n_keys, error,
                                 "SELECT count (*) FROM pragma_table_info (?) WHERE pk > 0", "t",
                                 name) ||
      !add_columns (tables, order, name, keys, error) ||
      !add_columns (tables, columns, name, all, error))
    return FALSE;
  table->name = name;
  table->n_keys = (int)n_keys;
  table->sql = g_strdup_printf ("SELECT %s, %s FROM \"%s\" ORDER BY %s", order->str, columns->str,
                                name, order->str);
  return TRUE;
}

/* Values in the order in which SQLite sorts them: nothing, numbers, texts, binary. */
static int
compare_values (sqlite3_stmt *a, sqlite3_stmt *b, int column)
{
  static const int ranks[] = { [SQLITE_NULL] = 0,
                               [SQLITE_INTEGER] = 1,
                               [SQLITE_FLOAT] = 1,
                               [SQLITE_TEXT] = 2,
                               [SQLITE_BLOB] = 3 };
  int type = sqlite3_column_type (a, column);
  int rank = ranks[type];
  int length_a, length_b, order;

  if (type != sqlite3_column_type (b, column))
    return rank != ranks[sqlite3_column_type (b, column)]
             ? rank - ranks[sqlite3_column_type (b, column)]
             : type - sqlite3_column_type (b, column);
  if (type == SQLITE_NULL)
    return 0;
  if (type == SQLITE_INTEGER)
    return (sqlite3_column_int64 (a, column) > sqlite3_column_int64 (b, column)) -
           (sqlite3_column_int64 (a, column) < sqlite3_column_int64 (b, column));
  /* By bytes and length: a text may have a NUL that somebody put in. */
  length_a = sqlite3_column_bytes (a, column);
  length_b = sqlite3_column_bytes (b, column);
  order =
    memcmp (length_a > 0 ? sqlite3_column_blob (a, column) : "",
            length_b > 0 ? sqlite3_column_blob (b, column) : "", (gsize)MIN (length_a, length_b));
  return order != 0 ? order : length_a - length_b;
}

static int
compare_keys (sqlite3_stmt *a, sqlite3_stmt *b, const Table *table)
{
  int order = 0;

  for (int i = 0; i < table->n_keys && order == 0; i++)
    order = compare_values (a, b, i);
  return order;
}

/**
 * jz_verify_describe_row:
 * @table: name of a table
 * @key: (nullable): what names the row
 *
 * Returns: (transfer full): the place of a fault, for people
 */
char *
jz_verify_describe_row (const char *table, const char *key)
{
  return g_strdup_printf (_ ("table %s, row %s"), table, key != NULL ? key : "");
}

static char *
describe_row (sqlite3_stmt *row, const Table *table)
{
  g_autoptr (GString) key = g_string_new (NULL);
  g_autofree char *valid = NULL;

  for (int i = 0; i < table->n_keys; i++) {
    const char *text;
    if (i > 0)
      g_string_append_c (key, ' ');
    if (sqlite3_column_type (row, i) == SQLITE_BLOB) {
      const guint8 *bytes = sqlite3_column_blob (row, i);
      int length = sqlite3_column_bytes (row, i);
      for (int j = 0; j < length; j++)
        g_string_append_printf (key, "%02x", bytes[j]);
      continue;
    }
    text = (const char *)sqlite3_column_text (row, i);
    g_string_append (key, text != NULL ? text : "");
  }
  valid = g_utf8_make_valid (key->str, (gssize)key->len);
  return jz_verify_describe_row (table->name, valid);
}

static void
report_row (JzVerify *self, sqlite3_stmt *row, const Table *table, const char *sentence)
{
  g_autofree char *place = describe_row (row, table);
  jz_report_add (self->report, JZ_FAULT_TABLE, place, "%s", sentence);
}

static void
compare_rows (JzVerify *self, sqlite3_stmt *expected, sqlite3_stmt *found, const Table *table)
{
  for (int i = table->n_keys; i < sqlite3_column_count (expected); i++) {
    g_autofree char *place = NULL;
    if (compare_values (expected, found, i) == 0)
      continue;
    place = describe_row (expected, table);
    jz_report_add (self->report, JZ_FAULT_TABLE, place,
                   _ ("The value of the column %s is not what the journal gives."),
                   sqlite3_column_name (expected, i));
  }
}

static gboolean
step_both (JzVerify *self, JzStatement *expected, JzStatement *found, Table *table, GError **error)
{
  sqlite3_stmt *a = jz_statement_get_handle (expected);
  sqlite3_stmt *b = jz_statement_get_handle (found);
  gboolean has_a, has_b;

  if (!jz_statement_step (expected, &has_a, error) || !jz_statement_step (found, &has_b, error))
    return FALSE;
  while ((has_a || has_b) && self->report->faults->len < JZ_MAX_FAULTS) {
    int order = has_a && has_b ? compare_keys (a, b, table) : has_b - has_a;
    if (order < 0)
      report_row (self, a, table, _ ("The row that the journal gives is missing."));
    else if (order > 0)
      report_row (self, b, table, _ ("No act of the journal gives this row."));
    else
      compare_rows (self, a, b, table);
    if ((order <= 0 && !jz_statement_step (expected, &has_a, error)) ||
        (order >= 0 && !jz_statement_step (found, &has_b, error)))
      return FALSE;
  }
  return TRUE;
}

static gboolean
compare_table (JzVerify *self, const char *name, GError **error)
{
  g_auto (Table) table = { 0 };
  g_autoptr (GError) local = NULL;
  g_autoptr (JzStatement) expected = NULL;
  g_autoptr (JzStatement) found = NULL;
  g_autofree char *place = g_strdup_printf (_ ("table %s"), name);

  if (!describe_table (&table, self->tables, name, error))
    return FALSE;
  expected = jz_connection_query (self->tables, error, table.sql, "");
  if (expected == NULL)
    return FALSE;
  found = jz_connection_query (self->journal, &local, table.sql, "");
  if (found != NULL && step_both (self, expected, found, &table, &local))
    return TRUE;
  if (!jz_verify_is_damage (local)) {
    g_propagate_error (error, g_steal_pointer (&local));
    return FALSE;
  }
  jz_report_add (self->report, JZ_FAULT_TABLE, place,
                 _ ("This table is missing, or cannot be read to its end."));
  return TRUE;
}

/* A destruction that was cut short owes its clean-up until the store is opened for writing. Nothing
 * else owes anything. */
static gboolean
is_owed (JzVerify *self, const char *task, gsize length, gboolean *is_owed, GError **error)
{
  gint64 n_destroyed = 0;
  gint64 n_uses = 0;
  JzHash hash;

  *is_owed = FALSE;
  if (strlen (task) != length)
    return TRUE;
  if (g_str_has_prefix (task, "case ")) {
    if (!jz_connection_get_number (self->tables, &n_destroyed, error,
                                   "SELECT count (*) FROM residue WHERE case_id = ?", "t",
                                   task + strlen ("case ")))
      return FALSE;
    *is_owed = n_destroyed > 0;
    return TRUE;
  }
  if (!g_str_has_prefix (task, "object ") || !jz_hash_from_hex (task + strlen ("object "), &hash))
    return TRUE;
  if (!jz_connection_get_number (self->tables, &n_destroyed, error, "SELECT count (*) FROM residue",
                                 "") ||
      !jz_connection_get_number (self->tables, &n_uses, error,
                                 "SELECT count (*) FROM object_use WHERE object = ?", "h", &hash))
    return FALSE;
  *is_owed = n_destroyed > 0 && n_uses == 0;
  return TRUE;
}

static gboolean
check_owed (JzVerify *self, GError **error)
{
  gboolean has_row = FALSE;
  g_autoptr (JzStatement) rows =
    jz_connection_query (self->journal, error, "SELECT task FROM owed ORDER BY task", "");

  while (rows != NULL && jz_statement_step (rows, &has_row, error)) {
    g_autofree char *place = NULL;
    g_autofree char *name = NULL;
    gboolean is_right = FALSE;
    const char *task;
    if (!has_row)
      return TRUE;
    task = jz_statement_get_text (rows, 0);
    if (!is_owed (self, task, (gsize)sqlite3_column_bytes (jz_statement_get_handle (rows), 0),
                  &is_right, error))
      return FALSE;
    if (is_right)
      continue;
    name = g_utf8_make_valid (task, -1);
    place = jz_verify_describe_row ("owed", name);
    jz_report_add (self->report, JZ_FAULT_TABLE, place,
                   _ ("No destruction of the journal owes this."));
  }
  return FALSE;
}

/* What the index of the texts holds is no table to compare, but what it answers must be right: of
 * the tables behind it only the settings are always the same. */
static gboolean
check_text_index (JzVerify *self, GError **error)
{
  g_autofree char *place = g_strdup_printf (_ ("table %s"), "text_fts");
  g_autoptr (GError) local = NULL;

  if (!compare_table (self, "text_fts_config", error))
    return FALSE;
  if (jz_text_index_check_other (self->tables, self->journal, &local))
    return TRUE;
  if (!jz_verify_is_damage (local)) {
    g_propagate_error (error, g_steal_pointer (&local));
    return FALSE;
  }
  jz_report_add (self->report, JZ_FAULT_TABLE, place,
                 _ ("The index does not hold what the texts say, so that a search would miss or "
                    "invent something; make it anew with rebuild."));
  return TRUE;
}

/**
 * jz_verify_tables:
 * @self: a verification
 * @error: return location
 *
 * Compares the stored derived tables with those that the replay gave, and holds the index of the
 * texts to the texts.
 *
 * Returns: %FALSE only when it could not look
 */
gboolean
jz_verify_tables (JzVerify *self, GError **error)
{
  g_auto (GStrv) names = NULL;

  if (self->tables == NULL)
    return TRUE;
  names = jz_schema_list_derived (self->tables, error);
  if (names == NULL)
    return FALSE;
  for (gsize i = 0; names[i] != NULL; i++)
    if (!compare_table (self, names[i], error))
      return FALSE;
  return check_owed (self, error) && check_text_index (self, error);
}
