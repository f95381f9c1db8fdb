/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/connection.h"

#include <errno.h>
#include <stdarg.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "store/error.h"
#include "store/files.h"
#include "store/pair_tokenizer.h"

/* One open database file. Opening sets every setting that we rely on and reads it back, because
 * SQLite ignores many of them silently (inside a transaction, in another build). Statements are
 * prepared once and kept by their SQL text; a caller leases one and it goes back reset and unbound
 * on every way out.
 *
 * A connection belongs to one thread at a time. */

/* "JZ" and the form of the file, so that `file` and other programs can tell what it is. */
#define APPLICATION_ID 0x4a5a3031
#define BUSY_TIMEOUT_MS 20000

struct _JzConnection {
  sqlite3 *handle;
  char *path;
  GHashTable *statements; /* SQL text → JzStatement, owned */
};

struct _JzStatement {
  JzConnection *connection;
  sqlite3_stmt *handle;
  char *sql;
  gboolean is_leased;
  gboolean is_kept;
};

typedef struct {
  const char *pragma;
  gint64 value;
  const char *text;
} Setting;

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

static gboolean
fail (JzConnection *self, int code, int saved_errno, GError **error)
{
  g_autofree char *message =
    g_utf8_make_valid (self->handle != NULL ? sqlite3_errmsg (self->handle) : "no connection", -1);

  g_debug ("SQLite %d: %s", code, message);
  jz_store_error_set_from_sqlite_and_errno (error, code, saved_errno, self->path);
  return FALSE;
}

/**
 * jz_connection_fail:
 * @self: a connection
 * @code: what SQLite answered
 * @error: return location
 *
 * Turns an answer of SQLite into an error with a sentence; what SQLite itself says is only logged.
 *
 * Returns: %FALSE always
 */
gboolean
jz_connection_fail (JzConnection *self, int code, GError **error)
{
  return fail (self, code, self->handle != NULL ? sqlite3_system_errno (self->handle) : 0, error);
}

static gboolean
apply_settings (JzConnection *self, const Setting *settings, GError **error)
{
  for (const Setting *setting = settings; setting->pragma != NULL; setting++) {
    g_autofree char *set =
      setting->text != NULL
        ? g_strdup_printf ("PRAGMA %s = %s", setting->pragma, setting->text)
        : g_strdup_printf ("PRAGMA %s = %" G_GINT64_FORMAT, setting->pragma, setting->value);
    g_autofree char *get = g_strdup_printf ("PRAGMA %s", setting->pragma);
    sqlite3_stmt *statement = NULL;
    gboolean holds = FALSE;
    int code, saved_errno;

    errno = 0; /* see jz_statement_step() */
    code = sqlite3_exec (self->handle, set, NULL, NULL, NULL);
    if (code == SQLITE_OK)
      code = sqlite3_prepare_v2 (self->handle, get, -1, &statement, NULL);
    if (code == SQLITE_OK)
      code = sqlite3_step (statement);
    if (code == SQLITE_ROW)
      holds = setting->text != NULL
                ? g_ascii_strcasecmp ((const char *)sqlite3_column_text (statement, 0),
                                      setting->text) == 0
                : sqlite3_column_int64 (statement, 0) == setting->value;
    saved_errno = errno;
    sqlite3_finalize (statement);
    if (code != SQLITE_ROW)
      return fail (self, code, saved_errno, error);
    if (!holds) {
      g_set_error (
        error, JZ_STORE_ERROR, JZ_STORE_ERROR_FAILED,
        _ ("The database library does not accept the setting %s for %s; install the library "
           "that this program was made for."),
        setting->pragma, self->path);
      return FALSE;
    }
  }
  return TRUE;
}

static gboolean
apply_switches (JzConnection *self, JzConnectionMode mode, GError **error)
{
  const struct {
    int name;
    int value;
  } switches[] = {
    { SQLITE_DBCONFIG_DEFENSIVE, 1 },
    { SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0 },
    { SQLITE_DBCONFIG_ENABLE_FKEY, 1 },
    { SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0 },
    { SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE,
      mode == JZ_CONNECTION_READ || mode == JZ_CONNECTION_READ_DRAFTS },
    { SQLITE_DBCONFIG_DQS_DML, 0 },
    { SQLITE_DBCONFIG_DQS_DDL, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (switches); i++) {
    int now = -1;
    int code = sqlite3_db_config (self->handle, switches[i].name, switches[i].value, &now);
    if (code != SQLITE_OK || now != switches[i].value)
      return jz_connection_fail (self, code != SQLITE_OK ? code : SQLITE_MISUSE, error);
  }
  return TRUE;
}

static gboolean
configure (JzConnection *self, JzConnectionMode mode, GError **error)
{
  static const Setting reading[] = {
    { "foreign_keys", 1, NULL }, { "cell_size_check", 1, NULL },
    { "mmap_size", 0, NULL },    { "query_only", 1, NULL },
    { NULL, 0, NULL },
  };
  /* synchronous 2 is FULL: a commit that was acknowledged survives a power cut. */
  static const Setting writing[] = {
    { "foreign_keys", 1, NULL },
    { "cell_size_check", 1, NULL },
    { "mmap_size", 0, NULL },
    { "journal_mode", 0, "wal" },
    { "synchronous", 2, NULL },
    { "secure_delete", 1, NULL },
    { "checkpoint_fullfsync", 1, NULL },
    { NULL, 0, NULL },
  };
  static const Setting drafts[] = {
    { "cell_size_check", 1, NULL }, { "mmap_size", 0, NULL },     { "journal_mode", 0, "wal" },
    { "synchronous", 1, NULL },     { "secure_delete", 1, NULL }, { NULL, 0, NULL },
  };
  /* A defensive connection may not switch its journal off; in memory it costs next to nothing. */
  static const Setting workbench[] = {
    { "foreign_keys", 1, NULL }, { "journal_mode", 0, "memory" },
    { "synchronous", 0, NULL },  { "cache_size", -65536, NULL },
    { NULL, 0, NULL },
  };
  const Setting *settings[] = {
    [JZ_CONNECTION_READ] = reading,        [JZ_CONNECTION_WRITE] = writing,
    [JZ_CONNECTION_CREATE] = writing,      [JZ_CONNECTION_DRAFTS] = drafts,
    [JZ_CONNECTION_READ_DRAFTS] = reading, [JZ_CONNECTION_WORKBENCH] = workbench,
  };
  int code;

  sqlite3_extended_result_codes (self->handle, 1);
  code = sqlite3_busy_timeout (self->handle, BUSY_TIMEOUT_MS);
  if (code != SQLITE_OK)
    return jz_connection_fail (self, code, error);
  if (!apply_switches (self, mode, error) || !apply_settings (self, settings[mode], error))
    return FALSE;
  if (mode == JZ_CONNECTION_CREATE) {
    const Setting mark[] = { { "application_id", APPLICATION_ID, NULL }, { NULL, 0, NULL } };
    return apply_settings (self, mark, error);
  }
  return TRUE;
}

static gboolean
check_application (JzConnection *self, GError **error)
{
  gint64 application = 0;

  if (!jz_connection_get_number (self, &application, error, "PRAGMA application_id", ""))
    return FALSE;
  if (application != APPLICATION_ID) {
    g_set_error (
      error, JZ_STORE_ERROR, JZ_STORE_ERROR_DAMAGED,
      _ ("%s is not the database of a store, or its first page is damaged; restore the store "
         "from its newest backup."),
      self->path);
    return FALSE;
  }
  return TRUE;
}

/* SQLite counts its memory under one lock for the whole process, which readers would wait for at
 * every allocation; nothing here asks for the sum. Where somebody else has begun to use the library
 * already, it goes on counting. */
static gpointer
configure_library (gpointer data)
{
  (void)sqlite3_config (SQLITE_CONFIG_MEMSTATUS, 0);
  return NULL;
}

/* SQLite's names of databases that live in memory or go by themselves. */
static gboolean
is_file (const char *path)
{
  return path[0] != '\0' && strcmp (path, ":memory:") != 0;
}

/**
 * jz_connection_open:
 * @path: the file
 * @mode: what for
 * @error: return location
 *
 * Opens a database file with every setting that durability and safety need, each read back, and
 * with what the text index needs.
 *
 * Returns: (transfer full) (nullable): the connection, or %NULL with #JzStoreError
 */
JzConnection *
jz_connection_open (const char *path, JzConnectionMode mode, GError **error)
{
  static const int flags[] = {
    [JZ_CONNECTION_READ] = SQLITE_OPEN_READONLY,
    [JZ_CONNECTION_WRITE] = SQLITE_OPEN_READWRITE,
    [JZ_CONNECTION_CREATE] = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE,
    [JZ_CONNECTION_DRAFTS] = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE,
    [JZ_CONNECTION_READ_DRAFTS] = SQLITE_OPEN_READONLY,
    [JZ_CONNECTION_WORKBENCH] = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE,
  };
  static GOnce once = G_ONCE_INIT;
  g_autoptr (JzConnection) self = g_new0 (JzConnection, 1);
  int code;

  g_once (&once, configure_library, NULL);
  self->path = g_strdup (path);
  self->statements =
    g_hash_table_new_full (hash_sql, g_str_equal, NULL, (GDestroyNotify)statement_free);
  if ((flags[mode] & SQLITE_OPEN_CREATE) != 0 && is_file (path) &&
      !jz_file_make_private (path, error))
    return NULL;
  /* SQLITE_OPEN_NOFOLLOW would refuse a link anywhere in the path, also one of the system's own. */
  code = sqlite3_open_v2 (path, &self->handle, flags[mode] | SQLITE_OPEN_NOMUTEX, NULL);
  if (code != SQLITE_OK) {
    jz_connection_fail (self, code, error);
    return NULL;
  }
  if (!configure (self, mode, error))
    return NULL;
  if ((mode == JZ_CONNECTION_READ || mode == JZ_CONNECTION_WRITE) &&
      !check_application (self, error))
    return NULL;
  /* Without it the text index could be neither read, written nor dropped; drafts have none. */
  if (mode != JZ_CONNECTION_DRAFTS && mode != JZ_CONNECTION_READ_DRAFTS &&
      !jz_pair_tokenizer_register (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * jz_connection_close:
 * @self: (transfer full): a connection; every statement must be back
 *
 * Closes it. A leased statement at this point is our mistake and stops the program.
 */
void
jz_connection_close (JzConnection *self)
{
  g_hash_table_unref (self->statements);
  g_assert (sqlite3_close (self->handle) == SQLITE_OK);
  g_free (self->path);
  g_free (self);
}

/**
 * jz_connection_get_handle:
 * @self: a connection
 *
 * Returns: (transfer none): SQLite's own handle, for the backup API and hooks
 */
sqlite3 *
jz_connection_get_handle (JzConnection *self)
{
  return self->handle;
}

/**
 * jz_connection_get_path:
 * @self: a connection
 *
 * Returns: (transfer none): the file's path
 */
const char *
jz_connection_get_path (JzConnection *self)
{
  return self->path;
}

/**
 * jz_connection_execute:
 * @self: a connection
 * @script: SQL of our own, one statement or more, without values from outside
 * @error: return location
 *
 * Returns: whether all of it ran
 */
gboolean
jz_connection_execute (JzConnection *self, const char *script, GError **error)
{
  int code;

  errno = 0; /* see jz_statement_step() */
  code = sqlite3_exec (self->handle, script, NULL, NULL, NULL);
  return code == SQLITE_OK || fail (self, code, errno, error);
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
  statement = query_with (self, error, sql, kinds, &values, SQLITE_TRANSIENT);
  va_end (values);
  return statement;
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
  gboolean has_row = FALSE;
  g_autoptr (JzStatement) statement = NULL;

  va_start (values, kinds);
  statement = query_with (self, error, sql, kinds, &values, SQLITE_STATIC);
  va_end (values);
  if (statement == NULL || !jz_statement_step (statement, &has_row, error))
    return FALSE;
  if (has_row)
    *number = jz_statement_get_integer (statement, 0);
  return TRUE;
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
  gboolean has_row = FALSE;
  g_autoptr (JzStatement) statement = NULL;

  va_start (values, kinds);
  statement = query_with (self, error, sql, kinds, &values, SQLITE_STATIC);
  va_end (values);
  *text = NULL;
  if (statement == NULL || !jz_statement_step (statement, &has_row, error))
    return FALSE;
  if (has_row)
    *text = g_strdup (jz_statement_get_text (statement, 0));
  return TRUE;
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
  return fail (self->connection, code, saved_errno, error);
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
