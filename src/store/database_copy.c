/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/database_copy.h"

#include <errno.h>
#include <unistd.h>

#include "store/error.h"
#include "store/files-private.h"
#include "store/files.h"

/* Copying SQLite files that another program may be writing. A copy is one file without a log beside
 * it (journal mode DELETE), so that it can be read from a disk that cannot be written, and so that
 * renaming it is all it takes to put it in the place of another. Whoever opens it for writing gets
 * the log back.
 *
 * Plain handles are used, for JzConnection opens only what is already a store's own. */

#define BUSY_TIMEOUT_MS 20000
/* 1 MiB with the usual page; a cancelled copy ends that soon. */
#define PAGES_A_STEP 256

G_DEFINE_AUTOPTR_CLEANUP_FUNC (sqlite3, sqlite3_close)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (sqlite3_stmt, sqlite3_finalize)

static sqlite3 *
open_plain (const char *path, int flags, GError **error)
{
  sqlite3 *handle = NULL;
  int code = sqlite3_open_v2 (path, &handle, flags | SQLITE_OPEN_NOMUTEX, NULL);

  if (code == SQLITE_OK)
    code = sqlite3_extended_result_codes (handle, 1);
  if (code == SQLITE_OK)
    code = sqlite3_busy_timeout (handle, BUSY_TIMEOUT_MS);
  if (code == SQLITE_OK)
    return handle;
  jz_store_error_set_from_sqlite_and_errno (
    error, code, handle != NULL ? sqlite3_system_errno (handle) : 0, path);
  sqlite3_close (handle);
  return NULL;
}

/* The first column of the first row; NULL where there is none. */
static gboolean
get_text (sqlite3 *handle, const char *path, const char *sql, char **text, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = NULL;
  int code = sqlite3_prepare_v2 (handle, sql, -1, &statement, NULL);

  errno = 0; /* SQLite does not keep why a commit failed */
  if (code == SQLITE_OK)
    code = sqlite3_step (statement);
  if (code != SQLITE_ROW && code != SQLITE_DONE) {
    jz_store_error_set_from_sqlite_and_errno (error, code, errno, path);
    return FALSE;
  }
  *text = code == SQLITE_ROW ? g_strdup ((const char *)sqlite3_column_text (statement, 0)) : NULL;
  return TRUE;
}

static gboolean
run (sqlite3 *handle, const char *path, const char *sql, GError **error)
{
  g_autofree char *text = NULL;
  return get_text (handle, path, sql, &text, error);
}

static gboolean
sync_file (const char *path, GError **error)
{
  struct stat status;
  int failure = 0;
  int fd = jz_file_open_regular (path, &status, error);

  if (fd < 0)
    return FALSE;
  if (fsync (fd) != 0)
    failure = errno;
  close (fd);
  if (failure != 0)
    jz_store_error_set_from_errno (error, failure, path);
  return failure == 0;
}

/**
 * jz_database_make_single:
 * @path: a database that nobody else has open
 * @error: return location
 *
 * Takes what its log holds into the file and does without a log from then on, durably.
 *
 * Returns: whether the file is all there is of it
 */
gboolean
jz_database_make_single (const char *path, GError **error)
{
  g_autoptr (sqlite3) handle = open_plain (path, SQLITE_OPEN_READWRITE, error);
  g_autofree char *mode = NULL;

  if (handle == NULL || !get_text (handle, path, "PRAGMA journal_mode = DELETE", &mode, error))
    return FALSE;
  if (g_strcmp0 (mode, "delete") != 0) {
    jz_store_error_set_from_sqlite (error, SQLITE_BUSY, path);
    return FALSE;
  }
  return sync_file (path, error);
}

/* Whether it was reading that failed, as far as the code tells. */
static gboolean
is_failure_of_source (int code)
{
  switch (code & 0xff) {
  case SQLITE_CORRUPT:
  case SQLITE_NOTADB:
  case SQLITE_CANTOPEN:
    return TRUE;
  default:
    return code == SQLITE_IOERR_READ || code == SQLITE_IOERR_SHORT_READ ||
           code == SQLITE_IOERR_CORRUPTFS;
  }
}

typedef struct {
  sqlite3 *from;
  const char *from_path;
  const char *to_path;
  guint64 page_size; /* only for telling */
  JzProgress progress;
  gpointer progress_data;
  GCancellable *cancellable;
  gboolean is_of_source; /* whether it was reading that failed */
} Pages;

static int
step_through (Pages *self, sqlite3_backup *backup)
{
  int code = SQLITE_OK;

  while (code == SQLITE_OK) {
    guint64 n_pages, n_left;
    if (g_cancellable_is_cancelled (self->cancellable))
      return SQLITE_INTERRUPT;
    code = sqlite3_backup_step (backup, PAGES_A_STEP);
    n_pages = (guint64)sqlite3_backup_pagecount (backup);
    n_left = (guint64)sqlite3_backup_remaining (backup);
    if (self->progress != NULL)
      self->progress ((n_pages - n_left) * self->page_size, n_pages * self->page_size,
                      self->progress_data);
  }
  return code;
}

static gboolean
copy_pages (Pages *self, sqlite3 *to, GError **error)
{
  sqlite3_backup *backup = sqlite3_backup_init (to, "main", self->from, "main");
  int code;

  if (backup == NULL) {
    jz_store_error_set_from_sqlite_and_errno (error, sqlite3_extended_errcode (to),
                                              sqlite3_system_errno (to), self->to_path);
    return FALSE;
  }
  code = step_through (self, backup);
  sqlite3_backup_finish (backup); /* repeats what the last step answered */
  if (code == SQLITE_DONE)
    return TRUE;
  self->is_of_source = is_failure_of_source (code);
  jz_store_error_set_from_sqlite_and_errno (
    error, code, sqlite3_system_errno (self->is_of_source ? self->from : to),
    self->is_of_source ? self->from_path : self->to_path);
  return FALSE;
}

static gboolean
copy_all (Pages *self, GError **error)
{
  g_autoptr (sqlite3) to = NULL;

  if (!jz_file_remove_durably (self->to_path, error) ||
      !jz_file_make_private (self->to_path, error))
    return FALSE;
  to = open_plain (self->to_path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, error);
  /* It is thrown away unless all of it is there and synced. */
  return to != NULL && run (to, self->to_path, "PRAGMA journal_mode = OFF", error) &&
         run (to, self->to_path, "PRAGMA synchronous = OFF", error) && copy_pages (self, to, error);
}

/**
 * jz_database_copy:
 * @from: a reading connection; what it sees is copied
 * @to: a file name; what has it is removed
 * @progress: (nullable): told of bytes, in this thread
 * @progress_data: for @progress
 * @cancellable: (nullable): checked every 256 pages
 * @error: return location
 *
 * Copies a database by SQLite's backup functions, so that it is of one moment.
 *
 * Returns: whether @to has all of it, durably; what is there when not is of no use
 */
gboolean
jz_database_copy (JzConnection *from,
                  const char *to,
                  JzProgress progress,
                  gpointer progress_data,
                  GCancellable *cancellable,
                  GError **error)
{
  gint64 page_size = 0;
  Pages pages = {
    .from = jz_connection_get_handle (from),
    .from_path = jz_connection_get_path (from),
    .to_path = to,
    .progress = progress,
    .progress_data = progress_data,
    .cancellable = cancellable,
  };

  if (!jz_connection_get_number (from, &page_size, error, "PRAGMA page_size", ""))
    return FALSE;
  pages.page_size = (guint64)page_size;
  return copy_all (&pages, error) && jz_database_make_single (to, error);
}

/* Opens it so that it does not change meanwhile; NULL where it cannot be read. */
static sqlite3 *
open_still (const char *path)
{
  g_autoptr (sqlite3) handle = NULL;

  if (!g_file_test (path, G_FILE_TEST_IS_REGULAR))
    return NULL;
  handle = open_plain (path, SQLITE_OPEN_READONLY, NULL);
  if (handle == NULL || !run (handle, path, "BEGIN", NULL) ||
      !run (handle, path, "SELECT count (*) FROM sqlite_schema", NULL))
    return NULL;
  return g_steal_pointer (&handle);
}

static gboolean
check_whole (const char *path)
{
  g_autoptr (sqlite3) handle = open_plain (path, SQLITE_OPEN_READONLY, NULL);
  g_autofree char *answer = NULL;

  return handle != NULL && get_text (handle, path, "PRAGMA quick_check (1)", &answer, NULL) &&
         g_strcmp0 (answer, "ok") == 0;
}

/**
 * jz_database_copy_file:
 * @from: a file; one that is missing counts as damaged
 * @to: a file name; what has it is removed
 * @cancellable: (nullable): checked every 256 pages
 * @is_whole: (out): whether there was a database and the copy is as it should be
 * @error: return location
 *
 * Copies a database that may be damaged: that it cannot be read is an answer and no error.
 *
 * Returns: %FALSE only when it could not write @to; there is no @to when not whole
 */
gboolean
jz_database_copy_file (const char *from,
                       const char *to,
                       GCancellable *cancellable,
                       gboolean *is_whole,
                       GError **error)
{
  g_autoptr (sqlite3) handle = open_still (from);
  g_autoptr (GError) local = NULL;
  Pages pages = {
    .from = handle,
    .from_path = from,
    .to_path = to,
    .cancellable = cancellable,
  };

  *is_whole = handle != NULL && copy_all (&pages, &local);
  if (local != NULL && !pages.is_of_source) {
    g_propagate_error (error, g_steal_pointer (&local));
    return FALSE;
  }
  if (!*is_whole || !check_whole (to)) {
    *is_whole = FALSE;
    return jz_file_remove_durably (to, error);
  }
  return jz_database_make_single (to, error);
}

/**
 * jz_database_peek_text:
 * @path: a database
 * @sql: a query of one text
 *
 * Reads a value without writing anything beside the file, which opening a database that has a log
 * would do.
 *
 * Returns: (transfer full) (nullable): the value; %NULL where there is none, and where there is a
 *   log, for then the file itself may be out of date
 */
char *
jz_database_peek_text (const char *path, const char *sql)
{
  g_autofree char *log = g_strconcat (path, "-wal", NULL);
  g_autofree char *escaped = g_uri_escape_string (path, "/", FALSE);
  g_autofree char *uri = g_strdup_printf ("file:%s?immutable=1", escaped);
  g_autoptr (sqlite3) handle = NULL;
  char *text = NULL;

  if (!g_file_test (path, G_FILE_TEST_IS_REGULAR) || g_file_test (log, G_FILE_TEST_EXISTS))
    return NULL;
  handle = open_plain (uri, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, NULL);
  return handle != NULL && get_text (handle, path, sql, &text, NULL) ? text : NULL;
}
