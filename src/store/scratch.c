/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/scratch.h"

#include <stdio.h>

#include <gio/gio.h>
#include <glib/gi18n-lib.h>

#include "store/error.h"
#include "store/scratch-private.h"

#define SCHEMA                                                                                     \
  "CREATE TABLE IF NOT EXISTS local (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT " \
  "ROWID;"                                                                                         \
  "CREATE TABLE IF NOT EXISTS attempt (key INTEGER PRIMARY KEY, time TEXT NOT NULL, user TEXT "    \
  "NOT NULL, "                                                                                     \
  "  act TEXT NOT NULL, case_id TEXT NOT NULL, rule TEXT NOT NULL) STRICT;"                        \
  "CREATE TABLE IF NOT EXISTS wrong_password (user TEXT PRIMARY KEY, n_wrong INTEGER NOT NULL, "   \
  "  not_before INTEGER NOT NULL) STRICT, WITHOUT ROWID;"                                          \
  "CREATE TABLE IF NOT EXISTS draft (document TEXT PRIMARY KEY, case_id TEXT NOT NULL, "           \
  "  person TEXT NOT NULL, time TEXT NOT NULL, text TEXT NOT NULL) STRICT, WITHOUT ROWID;"         \
  "CREATE TABLE IF NOT EXISTS carried (document TEXT PRIMARY KEY, case_id TEXT NOT NULL, "         \
  "  text TEXT NOT NULL) STRICT, WITHOUT ROWID;"

/* The first wrong passwords cost nothing but their own time; after that each doubles the wait. */
#define N_FREE_TRIES 4
#define FIRST_WAIT_MS 2000
#define LONGEST_WAIT_MS (15 * 60 * 1000)

static JzConnection *
open_and_make (const char *path, GError **error)
{
  g_autoptr (JzConnection) connection = jz_connection_open (path, JZ_CONNECTION_DRAFTS, error);

  if (connection == NULL || !jz_connection_execute (connection, SCHEMA, error) ||
      !jz_scratch_make_window_tables (connection, error))
    return NULL;
  return g_steal_pointer (&connection);
}

static void
set_aside (const char *path)
{
  static const char *const endings[] = { "", "-wal", "-shm" };

  for (gsize i = 0; i < G_N_ELEMENTS (endings); i++) {
    g_autofree char *from = g_strconcat (path, endings[i], NULL);
    g_autofree char *to = g_strconcat (path, ".damaged", endings[i], NULL);
    rename (from, to); /* what is not there need not go */
  }
}

/**
 * jz_scratch_open:
 * @store_path: the store's folder
 * @error: return location
 *
 * Opens scratch.db, makes it when it is missing, and sets a damaged one aside as
 * `scratch.db.damaged`.
 *
 * Returns: (transfer full) (nullable): the scratch database
 */
JzScratch *
jz_scratch_open (const char *store_path, GError **error)
{
  g_autofree char *path = g_build_filename (store_path, "scratch.db", NULL);
  g_autoptr (GError) local = NULL;
  JzConnection *connection = open_and_make (path, &local);
  JzScratch *self;

  if (g_error_matches (local, JZ_STORE_ERROR, JZ_STORE_ERROR_DAMAGED)) {
    set_aside (path);
    g_clear_error (&local);
    connection = open_and_make (path, &local);
  }
  if (connection == NULL) {
    g_propagate_error (error, g_steal_pointer (&local));
    return NULL;
  }
  self = g_new0 (JzScratch, 1);
  g_mutex_init (&self->mutex);
  self->connection = connection;
  return self;
}

/**
 * jz_scratch_close:
 * @self: (transfer full): a scratch database
 */
void
jz_scratch_close (JzScratch *self)
{
  jz_connection_close (self->connection);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

/**
 * jz_scratch_get_place:
 * @self: a scratch database
 * @place: (out) (transfer full) (nullable): where the store was last used, see jz_place_get()
 * @error: return location
 *
 * Returns: %FALSE only on failure
 */
gboolean
jz_scratch_get_place (JzScratch *self, char **place, GError **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  return jz_connection_get_text (self->connection, place, error,
                                 "SELECT value FROM local WHERE name = 'place'", "");
}

/**
 * jz_scratch_set_place:
 * @self: a scratch database
 * @place: where the store is used now
 * @error: return location
 *
 * Unlike what people type this must survive a power cut: without it every act is refused.
 *
 * Returns: whether it was kept, durably
 */
gboolean
jz_scratch_set_place (JzScratch *self, const char *place, GError **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  gboolean is_kept;

  if (!jz_connection_execute (self->connection, "PRAGMA synchronous = FULL", error))
    return FALSE;
  is_kept = jz_connection_run (self->connection, error,
                               "INSERT INTO local (name, value) VALUES ('place', ?) "
                               "ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                               "t", place);
  /* Where it stays as it is, drafts are only kept more slowly. */
  (void)jz_connection_execute (self->connection, "PRAGMA synchronous = NORMAL", NULL);
  return is_kept;
}

/**
 * jz_scratch_add_attempt:
 * @self: a scratch database
 * @attempt: what was refused
 * @error: return location
 *
 * Keeps a refused attempt, and forgets the oldest beyond %JZ_SCRATCH_MAX_ATTEMPTS.
 *
 * Returns: whether it was kept
 */
gboolean
jz_scratch_add_attempt (JzScratch *self, const JzAttempt *attempt, GError **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  char time[JZ_INSTANT_SIZE];

  jz_instant_format (attempt->time, time);
  return jz_connection_run (
           self->connection, error,
           "INSERT INTO attempt (time, user, act, case_id, rule) VALUES (?, ?, ?, ?, ?)", "ttttt",
           time, attempt->user, attempt->act, attempt->case_id, attempt->rule) &&
         jz_connection_run (self->connection, error,
                            "DELETE FROM attempt WHERE key <= (SELECT max (key) FROM attempt) - ?",
                            "i", (gint64)JZ_SCRATCH_MAX_ATTEMPTS);
}

static JzJson *
list_attempts (JzConnection *connection, const char *case_id, GError **error)
{
  static const char *const names[] = { "time", "user", "act", "case", "rule" };
  g_autoptr (JzJson) list = jz_json_new_array ();
  gboolean has_row = FALSE;
  g_autoptr (JzStatement) statement = jz_connection_query (
    connection, error,
    "SELECT time, user, act, case_id, rule FROM attempt WHERE ?1 = '' OR case_id = ?1 ORDER BY key "
    "DESC",
    "t", case_id);

  if (statement == NULL)
    return NULL;
  while (jz_statement_step (statement, &has_row, error)) {
    JzJson *row;
    if (!has_row)
      return g_steal_pointer (&list);
    row = jz_json_new_object ();
    for (int i = 0; i < (int)G_N_ELEMENTS (names); i++)
      jz_json_set_text (row, names[i], jz_statement_get_text (statement, i));
    jz_json_append (list, row);
  }
  return NULL;
}

/**
 * jz_scratch_list_attempts:
 * @self: a scratch database
 * @error: return location
 *
 * Returns: (transfer full) (nullable): an array of objects `time`, `user`, `act`, `case`, `rule`,
 * newest first
 */
JzJson *
jz_scratch_list_attempts (JzScratch *self, GError **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  return list_attempts (self->connection, "", error);
}

/**
 * jz_scratch_read_attempts:
 * @store_path: the store's folder, which somebody else may be writing
 * @case_id: a case
 * @error: return location
 *
 * Returns: (transfer full) (nullable): as jz_scratch_list_attempts(), of one case; none where the
 *   store has no scratch database, as a backup has not
 */
JzJson *
jz_scratch_read_attempts (const char *store_path, const char *case_id, GError **error)
{
  g_autofree char *path = g_build_filename (store_path, "scratch.db", NULL);
  g_autoptr (JzConnection) connection = NULL;

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    return jz_json_new_array ();
  connection = jz_connection_open (path, JZ_CONNECTION_READ_DRAFTS, error);
  return connection != NULL ? list_attempts (connection, case_id, error) : NULL;
}

/**
 * jz_scratch_forget_case:
 * @self: a scratch database
 * @case_id: a case that was destroyed
 * @error: return location
 *
 * Removes everything about a case, also from the free space of the file.
 *
 * Returns: whether it was done
 */
gboolean
jz_scratch_forget_case (JzScratch *self, const char *case_id, GError **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  return jz_connection_run (self->connection, error, "DELETE FROM attempt WHERE case_id = ?", "t",
                            case_id) &&
         jz_connection_run (self->connection, error, "DELETE FROM draft WHERE case_id = ?", "t",
                            case_id) &&
         jz_connection_run (self->connection, error, "DELETE FROM carried WHERE case_id = ?", "t",
                            case_id) &&
         jz_scratch_forget_row (self->connection, case_id, error) &&
         jz_connection_execute (self->connection, "VACUUM; PRAGMA wal_checkpoint (TRUNCATE)",
                                error);
}

/**
 * jz_scratch_get_wait:
 * @self: a scratch database
 * @user: who wants to sign in
 * @now: the time
 * @wait_ms: (out): for how long the next try has to wait; 0 when it need not
 * @error: return location
 *
 * Returns: %FALSE only on failure
 */
gboolean
jz_scratch_get_wait (JzScratch *self,
                     const char *user,
                     JzInstant now,
                     gint64 *wait_ms,
                     GError **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  gint64 not_before = G_MININT64;

  *wait_ms = 0;
  if (!jz_connection_get_number (self->connection, &not_before, error,
                                 "SELECT not_before FROM wrong_password WHERE user = ?", "t", user))
    return FALSE;
  /* A clock that was set back must not lock anybody out for longer than the longest wait. */
  if (now < not_before && now >= not_before - LONGEST_WAIT_MS)
    *wait_ms = not_before - now;
  return TRUE;
}

/**
 * jz_scratch_may_sign_in:
 * @self: a scratch database
 * @user: who wants to sign in
 * @now: the time
 * @error: return location
 *
 * Slows down guessing (design §11): after some wrong passwords the next may be tried only after a
 * wait that doubles each time.
 *
 * Returns: %FALSE with %JZ_STORE_ERROR_PASSWORD while he has to wait
 */
gboolean
jz_scratch_may_sign_in (JzScratch *self, const char *user, JzInstant now, GError **error)
{
  gint64 wait_ms = 0;

  if (!jz_scratch_get_wait (self, user, now, &wait_ms, error))
    return FALSE;
  if (wait_ms == 0)
    return TRUE;
  g_set_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_PASSWORD,
               _ ("Too many wrong passwords for %s; try again in %d seconds."), user,
               (int)((wait_ms + 999) / 1000));
  return FALSE;
}

/**
 * jz_scratch_count_wrong_password:
 * @self: a scratch database
 * @user: who gave it
 * @now: the time
 * @error: return location
 *
 * Returns: whether it was counted
 */
gboolean
jz_scratch_count_wrong_password (JzScratch *self, const char *user, JzInstant now, GError **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  gint64 n_wrong = 0;
  gint64 wait_ms = 0;

  if (!jz_connection_get_number (self->connection, &n_wrong, error,
                                 "SELECT n_wrong FROM wrong_password WHERE user = ?", "t", user))
    return FALSE;
  n_wrong++;
  if (n_wrong > N_FREE_TRIES)
    wait_ms = MIN ((gint64)FIRST_WAIT_MS << MIN (n_wrong - N_FREE_TRIES - 1, 20), LONGEST_WAIT_MS);
  return jz_connection_run (
    self->connection, error,
    "INSERT INTO wrong_password (user, n_wrong, not_before) VALUES (?, ?, ?) "
    "ON CONFLICT (user) DO UPDATE SET n_wrong = excluded.n_wrong, "
    "not_before = excluded.not_before",
    "tii", user, n_wrong, now + wait_ms);
}

/**
 * jz_scratch_clear_wrong_passwords:
 * @self: a scratch database
 * @user: who signed in
 * @n_wrong: (out): how many wrong passwords there were since the last time
 * @error: return location
 *
 * Returns: whether it was done
 */
gboolean
jz_scratch_clear_wrong_passwords (JzScratch *self,
                                  const char *user,
                                  gint64 *n_wrong,
                                  GError **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  *n_wrong = 0;
  return jz_connection_get_number (self->connection, n_wrong, error,
                                   "SELECT n_wrong FROM wrong_password WHERE user = ?", "t",
                                   user) &&
         jz_connection_run (self->connection, error, "DELETE FROM wrong_password WHERE user = ?",
                            "t", user);
}
