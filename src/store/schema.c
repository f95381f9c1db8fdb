/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/schema.h"

#include <string.h>

#include <gio/gio.h>
#include <glib/gi18n-lib.h>

#include "store/error.h"
#include "store/resources.h"
#include "store/text_index.h"

/* The tables of juanzong.db. Two scripts: journal.sql holds what can never be derived, derived.sql
 * what a replay makes; the texts that can be searched are derived, too, and their index is derived
 * from them: it is no table of its own for whoever lists, dumps or compares. The schema's version
 * is PRAGMA user_version, set in the same transaction as the step that leads to it, so an
 * interrupted migration leaves the store as it was. */

#define NEWEST_VERSION 2
#define JOURNAL_SCRIPT "/org/juanzong/store/journal.sql"
#define DERIVED_SCRIPT "/org/juanzong/store/derived.sql"

static gboolean
run_resource (JzConnection *connection, const char *path, GError **error)
{
  g_autoptr (GBytes) script =
    g_resource_lookup_data (jz_store_get_resource (), path, G_RESOURCE_LOOKUP_FLAGS_NONE, error);
  return script != NULL &&
         jz_connection_execute (connection, g_bytes_get_data (script, NULL), error);
}

static gboolean
set_version (JzConnection *connection, int version, GError **error)
{
  g_autofree char *pragma = g_strdup_printf ("PRAGMA user_version = %d", version);
  return jz_connection_execute (connection, pragma, error);
}

/**
 * jz_schema_create:
 * @connection: an empty database, inside a transaction
 * @error: return location
 *
 * Makes every table of the newest version.
 *
 * Returns: whether it was done
 */
gboolean
jz_schema_create (JzConnection *connection, GError **error)
{
  return run_resource (connection, JOURNAL_SCRIPT, error) &&
         jz_schema_create_derived (connection, error) &&
         set_version (connection, NEWEST_VERSION, error);
}

/**
 * jz_schema_create_derived:
 * @connection: a database without derived tables
 * @error: return location
 *
 * Returns: whether the derived tables were made, empty
 */
gboolean
jz_schema_create_derived (JzConnection *connection, GError **error)
{
  return run_resource (connection, DERIVED_SCRIPT, error) &&
         jz_text_index_create (connection, error);
}

/**
 * jz_schema_list_derived:
 * @connection: a database
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the names of the derived tables, sorted: every table that
 * the journal's script does not make, but not those of the text index
 */
char **
jz_schema_list_derived (JzConnection *connection, GError **error)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  gboolean has_row = FALSE;
  g_autoptr (JzStatement) statement =
    jz_connection_query (connection, error,
                         "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT IN "
                         "('entry', 'payload', 'checkpoint', 'owed') AND name NOT GLOB 'sqlite_*' "
                         "AND name NOT GLOB 'text_fts*' ORDER BY name",
                         "");

  if (statement == NULL)
    return NULL;
  while (jz_statement_step (statement, &has_row, error) && has_row)
    g_strv_builder_add (names, jz_statement_get_text (statement, 0));
  return has_row ? NULL : g_strv_builder_end (names);
}

/**
 * jz_schema_drop_derived:
 * @connection: a database, inside a transaction and with foreign keys off or deferred
 * @error: return location
 *
 * Drops every derived table.
 *
 * Returns: whether it was done
 */
gboolean
jz_schema_drop_derived (JzConnection *connection, GError **error)
{
  g_auto (GStrv) names = NULL;

  if (!jz_text_index_drop (connection, error))
    return FALSE;
  names = jz_schema_list_derived (connection, error);
  if (names == NULL)
    return FALSE;
  for (gsize i = 0; names[i] != NULL; i++) {
    char *drop = sqlite3_mprintf ("DROP TABLE \"%w\"", names[i]);
    gboolean is_done = jz_connection_execute (connection, drop, error);
    sqlite3_free (drop);
    if (!is_done)
      return FALSE;
  }
  return TRUE;
}

/**
 * jz_schema_get_version:
 * @connection: a database
 * @version: (out): its schema's version
 * @error: return location
 *
 * Returns: whether it could be read
 */
gboolean
jz_schema_get_version (JzConnection *connection, int *version, GError **error)
{
  gint64 number = 0;

  if (!jz_connection_get_number (connection, &number, error, "PRAGMA user_version", ""))
    return FALSE;
  *version = (int)number;
  return TRUE;
}

/**
 * jz_schema_get_newest_version:
 *
 * Returns: the schema version that this program makes
 */
int
jz_schema_get_newest_version (void)
{
  return NEWEST_VERSION;
}

/**
 * jz_schema_get_migrations:
 * @n_steps: (out): their number
 *
 * Returns: (transfer none): the steps from every version to the newest, in order. Version 2 keeps
 *   the facts of cases, adopted rulebooks, overrides, numbers of documents and texts to search.
 */
const JzMigration *
jz_schema_get_migrations (gsize *n_steps)
{
  static const JzMigration steps[] = { { 2, NULL, TRUE } };

  *n_steps = G_N_ELEMENTS (steps);
  return steps;
}

static gboolean
run_step (JzConnection *connection,
          const JzMigration *step,
          JzReplay replay,
          gpointer data,
          GError **error)
{
  if (step->script != NULL && !jz_connection_execute (connection, step->script, error))
    return FALSE;
  if (step->must_replay) {
    if (!jz_schema_drop_derived (connection, error) ||
        !jz_schema_create_derived (connection, error) || !replay (connection, data, error))
      return FALSE;
  }
  return set_version (connection, step->version, error);
}

/**
 * jz_schema_migrate:
 * @connection: the writing connection, outside a transaction
 * @steps: (array length=n_steps): the steps, ordered by version
 * @n_steps: their number
 * @replay: fills the derived tables
 * @replay_data: for @replay
 * @error: return location
 *
 * Brings a database to the version of the last step, each step in a transaction of its own that
 * also sets the version. A database of a newer version is refused.
 *
 * Returns: whether the database is of that version now
 */
gboolean
jz_schema_migrate (JzConnection *connection,
                   const JzMigration *steps,
                   gsize n_steps,
                   JzReplay replay,
                   gpointer replay_data,
                   GError **error)
{
  int newest = n_steps > 0 ? MAX (steps[n_steps - 1].version, NEWEST_VERSION) : NEWEST_VERSION;
  int version = 0;

  if (!jz_schema_get_version (connection, &version, error))
    return FALSE;
  if (version > newest) {
    g_set_error (
      error, JZ_STORE_ERROR, JZ_STORE_ERROR_NEWER,
      _ ("%s was written by a newer version of this program (form %d; this program knows %d); "
         "open it with that version or install it here."),
      jz_connection_get_path (connection), version, newest);
    return FALSE;
  }
  for (gsize i = 0; i < n_steps; i++) {
    if (steps[i].version <= version)
      continue;
    /* Derived tables refer to each other, so they can only be dropped while nobody checks. */
    if (!jz_connection_execute (connection, "PRAGMA foreign_keys = OFF; BEGIN IMMEDIATE", error))
      return FALSE;
    if (!run_step (connection, &steps[i], replay, replay_data, error) ||
        !jz_connection_execute (connection, "COMMIT", error)) {
      jz_connection_execute (connection, "ROLLBACK", NULL); /* the error is told already */
      jz_connection_execute (connection, "PRAGMA foreign_keys = ON", NULL);
      return FALSE;
    }
    if (!jz_connection_execute (connection, "PRAGMA foreign_keys = ON", error))
      return FALSE;
  }
  return TRUE;
}

static GHashTable *
read_definitions (JzConnection *connection, GError **error)
{
  g_autoptr (GHashTable) definitions =
    g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  gboolean has_row = FALSE;
  g_autoptr (JzStatement) statement =
    jz_connection_query (connection, error,
                         "SELECT name, coalesce (sql, '') FROM sqlite_schema "
                         "WHERE name NOT GLOB 'sqlite_stat*'",
                         "");

  if (statement == NULL)
    return NULL;
  while (jz_statement_step (statement, &has_row, error)) {
    if (!has_row)
      return g_steal_pointer (&definitions);
    g_hash_table_insert (definitions, g_strdup (jz_statement_get_text (statement, 0)),
                         g_strdup (jz_statement_get_text (statement, 1)));
  }
  return NULL;
}

static void
find_differences (GHashTable *expected, GHashTable *found, GPtrArray *differences)
{
  GHashTableIter iter;
  gpointer name, sql;

  g_hash_table_iter_init (&iter, expected);
  while (g_hash_table_iter_next (&iter, &name, &sql)) {
    const char *other = g_hash_table_lookup (found, name);
    if (other == NULL)
      g_ptr_array_add (differences,
                       g_strdup_printf (_ ("The database lacks its part “%s”."), (char *)name));
    else if (strcmp (other, sql) != 0)
      g_ptr_array_add (
        differences,
        g_strdup_printf (_ ("The definition of the part “%s” of the database was altered."),
                         (char *)name));
  }
  g_hash_table_iter_init (&iter, found);
  while (g_hash_table_iter_next (&iter, &name, &sql))
    if (!g_hash_table_contains (expected, name))
      g_ptr_array_add (differences,
                       g_strdup_printf (_ ("The database has a foreign part “%s”."), (char *)name));
}

/**
 * jz_schema_compare:
 * @connection: a store's database of the newest version
 * @differences: (element-type utf8): gets a sentence for each table, index or trigger that is
 * missing, foreign or defined otherwise than the program would make it
 * @error: return location
 *
 * Finds a removed guard: without its triggers a table could be changed by hand.
 *
 * Returns: %FALSE only when it could not look
 */
gboolean
jz_schema_compare (JzConnection *connection, GPtrArray *differences, GError **error)
{
  g_autoptr (JzConnection) fresh = jz_connection_open (":memory:", JZ_CONNECTION_WORKBENCH, error);
  g_autoptr (GHashTable) expected = NULL;
  g_autoptr (GHashTable) found = NULL;

  if (fresh == NULL || !jz_schema_create (fresh, error))
    return FALSE;
  expected = read_definitions (fresh, error);
  found = expected != NULL ? read_definitions (connection, error) : NULL;
  if (found == NULL)
    return FALSE;
  find_differences (expected, found, differences);
  return TRUE;
}
