/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <stdarg.h>
#include <string.h>

#include "store/connection-private.h"

/* Statements are prepared once and kept by their SQL text; a caller leases one and it goes back
 * reset and unbound on every way out. */

struct _JzStatement {
  JzConnection *connection;
  sqlite3_stmt *handle;
  char *sql;
  gboolean is_leased;
  gboolean is_kept;
};

/* The texts are long and looked up for every row, so they are hashed eight bytes at a time. */
static guint
hash_sql (gconstpointer key)
{
  const char *sql = key;
  gsize length = strlen (sql);
  guint64 hash = length;
  guint64 word;

  for (; length >= sizeof word; sql += sizeof word, length -= sizeof word) {
    memcpy (&word, sql, sizeof word);
    hash = (hash ^ word) * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);
    hash ^= hash >> 32;
  }
  word = 0;
  memcpy (&word, sql, length);
  hash = (hash ^ word) * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);
  return (guint)(hash >> 32);
}

static void
statement_free (JzStatement *self)
{
  sqlite3_finalize (self->handle);
  g_free (self->sql);
  g_free (self);
}

/**
 * jz_statement_table_new:
 *
 * Returns: (transfer full): what a connection keeps its statements in, by their SQL text
 */
GHashTable *
jz_statement_table_new (void)
{
  return g_hash_table_new_full (hash_sql, g_str_equal, NULL, (GDestroyNotify)statement_free);
}

static JzStatement *
statement_prepare (JzConnection *self, const char *sql, gboolean is_kept, GError **error)
{
  const char *tail = NULL;
  sqlite3_stmt *handle = NULL;
  JzStatement *statement;
  int code = sqlite3_prepare_v3 (self->handle, sql, -1, is_kept ? SQLITE_PREPARE_PERSISTENT : 0,
                                 &handle, &tail);

  if (code != SQLITE_OK) {
    jz_connection_fail (self, code, error);
    return NULL;
  }
  /* Text after the first statement would silently not run. */
  g_assert (tail[strspn (tail, " \n;")] == '\0');
  statement = g_new0 (JzStatement, 1);
  statement->connection = self;
  statement->handle = handle;
  statement->sql = g_strdup (sql);
  statement->is_kept = is_kept;
  if (is_kept)
    g_hash_table_insert (self->statements, statement->sql, statement);
  return statement;
}

static JzStatement *
statement_lease (JzConnection *self, const char *sql, GError **error)
{
  JzStatement *statement = g_hash_table_lookup (self->statements, sql);

  if (statement == NULL)
    statement = statement_prepare (self, sql, TRUE, error);
  else if (statement->is_leased) /* a query inside itself */
    statement = statement_prepare (self, sql, FALSE, error);
  if (statement != NULL)
    statement->is_leased = TRUE;
  return statement;
}

static int
bind_bytes (sqlite3_stmt *handle,
            int position,
            const void *data,
            gsize length,
            sqlite3_destructor_type lifetime)
{
  /* A NULL pointer would bind NULL; we mean an empty blob. */
  return sqlite3_bind_blob64 (handle, position, data != NULL ? data : "", length, lifetime);
}

static int
bind_one (sqlite3_stmt *handle,
          int position,
          char kind,
          va_list *values,
          sqlite3_destructor_type lifetime)
{
  const char *text;
  const JzHash *hash;
  GBytes *bytes;
  gconstpointer data = NULL;
  gsize length = 0;

  switch (kind) {
  case 'i':
    return sqlite3_bind_int64 (handle, position, va_arg (*values, gint64));
  case 't':
    text = va_arg (*values, const char *);
    return sqlite3_bind_text (handle, position, text != NULL ? text : "", -1, lifetime);
  case 'h':
    hash = va_arg (*values, const JzHash *);
    return bind_bytes (handle, position, hash, hash != NULL ? JZ_HASH_LENGTH : 0, lifetime);
  case 'b':
    bytes = va_arg (*values, GBytes *);
    if (bytes != NULL)
      data = g_bytes_get_data (bytes, &length);
    return bind_bytes (handle, position, data, length, lifetime);
  default:
    g_assert_not_reached ();
  }
}

/* @lifetime is SQLITE_STATIC, which copies nothing, where the statement is given back before the
 * caller can touch a value, and SQLITE_TRANSIENT where the caller steps it later. */
static JzStatement *
query_with (JzConnection *self,
            GError **error,
            const char *sql,
            const char *kinds,
            va_list *values,
            sqlite3_destructor_type lifetime)
{
  g_autoptr (JzStatement) statement = statement_lease (self, sql, error);

  if (statement == NULL)
    return NULL;
  g_assert (sqlite3_bind_parameter_count (statement->handle) == (int)strlen (kinds));
  for (int i = 0; kinds[i] != '\0'; i++) {
    int code = bind_one (statement->handle, i + 1, kinds[i], values, lifetime);
    if (code != SQLITE_OK) {
      jz_connection_fail (self, code, error);
      return NULL;
    }
  }
  return g_steal_pointer (&statement);
}

/**
 * jz_connection_query:
 * @self: a connection
 * @error: return location
 * @sql: one statement; it is prepared once and kept
 * @kinds: a letter for each `?`: `i` #gint64, `t` text (%NULL is empty), `h` #JzHash pointer (%NULL
 * is empty), `b` #GBytes (%NULL is empty)
 * @...: the values
 *
 * Leases a statement with its values bound.
 *
 * Returns: (transfer full) (nullable): the statement, to be stepped and released
 */
JzStatement *
jz_connection_query (JzConnection *self, GError **error, const char *sql, const char *kinds, ...)
{
  va_list values;
  JzStatement *statement;

  va_start (values, kinds);
  statement = jz_connection_query_values (self, error, sql, kinds, &values);
  va_end (values);
  return statement;
}

/**
 * jz_connection_query_values:
 * @self: a connection
 * @error: return location
 * @sql: as for jz_connection_query()
 * @kinds: as for jz_connection_query()
 * @values: the values
 *
 * For a function that takes the values of a query itself.
 *
 * Returns: (transfer full) (nullable): the statement, to be stepped and released
 */
JzStatement *
jz_connection_query_values (JzConnection *self,
                            GError **error,
                            const char *sql,
                            const char *kinds,
                            va_list *values)
{
  return query_with (self, error, sql, kinds, values, SQLITE_TRANSIENT);
}

/**
 * jz_connection_run:
 * @self: a connection
 * @error: return location
 * @sql: one statement that returns no rows
 * @kinds: as for jz_connection_query()
 * @...: the values
 *
 * Returns: whether it ran
 */
gboolean
jz_connection_run (JzConnection *self, GError **error, const char *sql, const char *kinds, ...)
{
  va_list values;
  g_autoptr (JzStatement) statement = NULL;

  va_start (values, kinds);
  statement = query_with (self, error, sql, kinds, &values, SQLITE_STATIC);
  va_end (values);
  return statement != NULL && jz_statement_step (statement, NULL, error);
}

static gboolean
read_first (JzConnection *self,
            JzStatement **statement,
            gboolean *has_row,
            GError **error,
            const char *sql,
            const char *kinds,
            va_list *values)
{
  *has_row = FALSE;
  *statement = query_with (self, error, sql, kinds, values, SQLITE_STATIC);
  return *statement != NULL && jz_statement_step (*statement, has_row, error);
}

/**
 * jz_connection_get_number:
 * @self: a connection
 * @number: (inout): written only when there is a row
 * @error: return location
 * @sql: a query of one column
 * @kinds: as for jz_connection_query()
 * @...: the values
 *
 * Returns: %FALSE only on failure; no row leaves @number as it was
 */
gboolean
jz_connection_get_number (JzConnection *self,
                          gint64 *number,
                          GError **error,
                          const char *sql,
                          const char *kinds,
                          ...)
{
  va_list values;
  g_autoptr (JzStatement) statement = NULL;
  gboolean is_read, has_row;

  va_start (values, kinds);
  is_read = read_first (self, &statement, &has_row, error, sql, kinds, &values);
  va_end (values);
  if (has_row)
    *number = jz_statement_get_integer (statement, 0);
  return is_read;
}

/**
 * jz_connection_get_text:
 * @self: a connection
 * @text: (out) (transfer full) (nullable): the first column of the first row, %NULL where there is
 * none
 * @error: return location
 * @sql: a query of one column
 * @kinds: as for jz_connection_query()
 * @...: the values
 *
 * Returns: %FALSE only on failure
 */
gboolean
jz_connection_get_text (JzConnection *self,
                        char **text,
                        GError **error,
                        const char *sql,
                        const char *kinds,
                        ...)
{
  va_list values;
  g_autoptr (JzStatement) statement = NULL;
  gboolean is_read, has_row;

  va_start (values, kinds);
  is_read = read_first (self, &statement, &has_row, error, sql, kinds, &values);
  va_end (values);
  *text = has_row ? g_strdup (jz_statement_get_text (statement, 0)) : NULL;
  return is_read;
}

/**
 * jz_statement_step:
 * @self: a statement
 * @has_row: (out) (optional): whether there is a row; %NULL where none is expected
 * @error: return location
 *
 * Returns: %FALSE only on failure
 */
gboolean
jz_statement_step (JzStatement *self, gboolean *has_row, GError **error)
{
  int code, saved_errno;

  /* SQLite does not keep for sqlite3_system_errno() why a commit failed. */
  errno = 0;
  code = sqlite3_step (self->handle);
  saved_errno = errno;
  if (has_row != NULL)
    *has_row = code == SQLITE_ROW;
  if (code == SQLITE_ROW || code == SQLITE_DONE)
    return TRUE;
  return jz_connection_fail_with (self->connection, code, saved_errno, error);
}

/**
 * jz_statement_get_integer:
 * @self: a statement on a row
 * @column: from 0
 *
 * Returns: its value
 */
gint64
jz_statement_get_integer (JzStatement *self, int column)
{
  return sqlite3_column_int64 (self->handle, column);
}

/**
 * jz_statement_get_text:
 * @self: a statement on a row
 * @column: from 0
 *
 * Returns: (transfer none): its text, until the next step; the empty text where there is none
 */
const char *
jz_statement_get_text (JzStatement *self, int column)
{
  const char *text = (const char *)sqlite3_column_text (self->handle, column);
  return text != NULL ? text : "";
}

/**
 * jz_statement_get_hash:
 * @self: a statement on a row
 * @column: from 0
 * @hash: (out): written only on success
 *
 * Returns: whether the value is a blob of 32 bytes
 */
gboolean
jz_statement_get_hash (JzStatement *self, int column, JzHash *hash)
{
  gsize length = 0;
  const void *data = jz_statement_get_blob (self, column, &length);

  if (length != JZ_HASH_LENGTH)
    return FALSE;
  memcpy (hash->bytes, data, JZ_HASH_LENGTH);
  return TRUE;
}

/**
 * jz_statement_get_blob:
 * @self: a statement on a row
 * @column: from 0
 * @length: (out): number of bytes
 *
 * Returns: (transfer none): the bytes, until the next step
 */
const void *
jz_statement_get_blob (JzStatement *self, int column, gsize *length)
{
  const void *data = sqlite3_column_blob (self->handle, column);
  *length = (gsize)sqlite3_column_bytes (self->handle, column);
  return data;
}

/**
 * jz_statement_dup_blob:
 * @self: a statement on a row
 * @column: from 0
 *
 * Returns: (transfer full): the bytes
 */
GBytes *
jz_statement_dup_blob (JzStatement *self, int column)
{
  gsize length = 0;
  const void *data = jz_statement_get_blob (self, column, &length);
  return g_bytes_new (data, length);
}

/**
 * jz_statement_get_handle:
 * @self: a statement
 *
 * Returns: (transfer none): SQLite's own handle
 */
sqlite3_stmt *
jz_statement_get_handle (JzStatement *self)
{
  return self->handle;
}

/**
 * jz_statement_release:
 * @self: (transfer full): a leased statement
 *
 * Gives it back, reset and without values. A step that failed has told its error already.
 */
void
jz_statement_release (JzStatement *self)
{
  sqlite3_reset (self->handle);
  sqlite3_clear_bindings (self->handle);
  self->is_leased = FALSE;
  if (!self->is_kept)
    statement_free (self);
}
