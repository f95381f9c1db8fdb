/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/connection.h"

#include <errno.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "store/connection-private.h"
#include "store/error.h"
#include "store/files.h"
#include "store/pair_tokenizer.h"

/* One open database file. Opening sets every setting that we rely on and reads it back, because
 * SQLite ignores many of them silently (inside a transaction, in another build).
 *
 * A connection belongs to one thread at a time. */

/* "JZ" and the form of the file, so that `file` and other programs can tell what it is. */
#define APPLICATION_ID 0x4a5a3031
#define BUSY_TIMEOUT_MS 20000

typedef struct {
  gpointer thing;
  GDestroyNotify free;
} Kept;

typedef struct {
  const char *pragma;
  gint64 value;
  const char *text;
} Setting;

/**
 * jz_connection_fail_with:
 * @self: a connection
 * @code: what SQLite answered
 * @saved_errno: why the system failed, 0 where it did not
 * @error: return location
 *
 * As jz_connection_fail(), where SQLite does not keep the system's reason.
 *
 * Returns: %FALSE always
 */
gboolean
jz_connection_fail_with (JzConnection *self, int code, int saved_errno, GError **error)
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
  return jz_connection_fail_with (
    self, code, self->handle != NULL ? sqlite3_system_errno (self->handle) : 0, error);
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
      return jz_connection_fail_with (self, code, saved_errno, error);
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
  self->statements = jz_statement_table_new ();
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
  g_clear_pointer (&self->kept, g_hash_table_unref);
  g_hash_table_unref (self->statements);
  g_assert (sqlite3_close (self->handle) == SQLITE_OK);
  g_free (self->path);
  g_free (self);
}

static void
kept_free (gpointer data)
{
  Kept *self = data;

  self->free (self->thing);
  g_free (self);
}

/**
 * jz_connection_set_still:
 * @self: a connection
 * @is_still: whether what it sees stays the same from now on: it is inside a transaction and nobody
 *   writes through it
 *
 * As long as it does, what was worked out once may be kept; afterwards it is forgotten.
 */
void
jz_connection_set_still (JzConnection *self, gboolean is_still)
{
  g_clear_pointer (&self->kept, g_hash_table_unref);
  if (is_still)
    self->kept = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, kept_free);
}

/**
 * jz_connection_is_still:
 * @self: a connection
 *
 * Returns: whether jz_connection_keep() may be called
 */
gboolean
jz_connection_is_still (JzConnection *self)
{
  return self->kept != NULL;
}

/**
 * jz_connection_keep:
 * @self: a connection that is still
 * @name: what it is, with all that it depends on
 * @thing: (transfer full): what was worked out
 * @free: frees it
 *
 * Keeps something until the connection is not still any more.
 */
void
jz_connection_keep (JzConnection *self, const char *name, gpointer thing, GDestroyNotify free)
{
  Kept *kept;

  g_return_if_fail (self->kept != NULL);

  kept = g_new0 (Kept, 1);
  kept->thing = thing;
  kept->free = free;
  g_hash_table_insert (self->kept, g_strdup (name), kept);
}

/**
 * jz_connection_get_kept:
 * @self: a connection
 * @name: what it is
 *
 * Returns: (transfer none) (nullable): what was kept under this name, while the connection is still
 */
gpointer
jz_connection_get_kept (JzConnection *self, const char *name)
{
  Kept *kept = self->kept != NULL ? g_hash_table_lookup (self->kept, name) : NULL;
  return kept != NULL ? kept->thing : NULL;
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
  return code == SQLITE_OK || jz_connection_fail_with (self, code, errno, error);
}
