/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "office/backup-private.h"
#include "store/error.h"
#include "store/files-private.h"
#include "store/files.h"

/* Copying SQLite files. A copy is one file without a log beside it (journal mode DELETE), so that
 * it can be read from a disk that cannot be written, and so that renaming it is all it takes to put
 * it in the place of another. Whoever opens it for writing gets the log back.
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
  jz_store_error_set_from_sqlite (error, code, path);
  sqlite3_close (handle);
  return NULL;
}

/* The first column of the first row; NULL where there is none. */
static gboolean
get_text (sqlite3 *handle, const char *path, const char *sql, char **text, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = NULL;
  int code = sqlite3_prepare_v2 (handle, sql, -1, &statement, NULL);

  if (code == SQLITE_OK)
    code = sqlite3_step (statement);
  if (code != SQLITE_ROW && code != SQLITE_DONE) {
    jz_store_error_set_from_sqlite (error, code, path);
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
  JzCopy *copy;
  sqlite3 *from;
  const char *from_path;
  const char *to_path;
  guint64 page_size;     /* told to the copy's progress; 0 for what does not count there */
  gboolean is_of_source; /* whether it was reading that failed */
} Pages;

static int
step_through (Pages *self, sqlite3_backup *backup)
{
  int n_before = 0;
  int code = SQLITE_OK;

  while (code == SQLITE_OK) {
    int n;
    if (g_cancellable_is_cancelled (self->copy->cancellable))
      return SQLITE_INTERRUPT;
    code = sqlite3_backup_step (backup, PAGES_A_STEP);
    n = sqlite3_backup_pagecount (backup) - sqlite3_backup_remaining (backup);
    if (n > n_before)
      jz_copy_add_done (self->copy, (guint64)(n - n_before) * self->page_size);
    n_before = n;
  }
  return code;
}

static gboolean
copy_pages (Pages *self, sqlite3 *to, GError **error)
{
  sqlite3_backup *backup = sqlite3_backup_init (to, "main", self->from, "main");
  int code;

  if (backup == NULL) {
    jz_store_error_set_from_sqlite (error, sqlite3_extended_errcode (to), self->to_path);
    return FALSE;
  }
  code = step_through (self, backup);
  sqlite3_backup_finish (backup); /* repeats what the last step answered */
  if (code == SQLITE_DONE)
    return TRUE;
  self->is_of_source = is_failure_of_source (code);
  jz_store_error_set_from_sqlite (error, code,
                                  self->is_of_source ? self->from_path : self->to_path);
  return FALSE;
}

static gboolean
copy_all (Pages *self, GError **error)
{
  g_autoptr (sqlite3) to = NULL;

  if (!jz_file_remove_durably (self->to_path, error))
    return FALSE;
  to = open_plain (self->to_path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, error);
  /* It is thrown away unless all of it is there and synced. */
  return to != NULL && run (to, self->to_path, "PRAGMA journal_mode = OFF", error) &&
         run (to, self->to_path, "PRAGMA synchronous = OFF", error) && copy_pages (self, to, error);
}

/**
 * jz_copy_database:
 * @self: a copy
 * @reader: of its source; what it sees is copied
 * @error: return location
 *
 * Copies the database to TARGET/incoming/juanzong.db.
 *
 * Returns: whether it is there, durably
 */
gboolean
jz_copy_database (JzCopy *self, JzConnection *reader, GError **error)
{
  g_autofree char *to = g_build_filename (self->target, "incoming", "juanzong.db", NULL);
  gint64 page_size = 0;
  gint64 n_pages = 0;
  gint64 n_bytes = 0;
  Pages pages = {
    .copy = self,
    .from = jz_connection_get_handle (reader),
    .from_path = jz_connection_get_path (reader),
    .to_path = to,
  };

  if (!jz_connection_get_number (reader, &page_size, error, "PRAGMA page_size", "") ||
      !jz_connection_get_number (reader, &n_pages, error, "PRAGMA page_count", "") ||
      !jz_connection_get_number (reader, &n_bytes, error,
                                 "SELECT sum (size) FROM (SELECT max (size) AS size FROM "
                                 "object_use GROUP BY object)",
                                 ""))
    return FALSE;
  pages.page_size = (guint64)page_size;
  self->done = 0;
  self->total = pages.page_size * (guint64)n_pages + (guint64)n_bytes;
  return copy_all (&pages, error) && jz_database_make_single (to, error);
}

/**
 * jz_database_duplicate:
 * @from: a database
 * @to: a file name
 * @error: return location
 *
 * Returns: whether @to has the same content, durably
 */
gboolean
jz_database_duplicate (const char *from, const char *to, GError **error)
{
  JzCopy copy = { 0 }; /* nobody to tell */
  g_autoptr (sqlite3) handle = open_plain (from, SQLITE_OPEN_READONLY, error);
  Pages pages = { .copy = &copy, .from = handle, .from_path = from, .to_path = to };

  return handle != NULL && copy_all (&pages, error) && jz_database_make_single (to, error);
}

static gboolean
is_whole (const char *path)
{
  g_autoptr (sqlite3) handle = open_plain (path, SQLITE_OPEN_READONLY, NULL);
  g_autofree char *answer = NULL;

  return handle != NULL && get_text (handle, path, "PRAGMA quick_check (1)", &answer, NULL) &&
         g_strcmp0 (answer, "ok") == 0;
}

/* Opens the drafts so that they do not change meanwhile; NULL where they cannot be read. */
static sqlite3 *
open_drafts (const char *path)
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

/* What cannot be read is left out; what cannot be written is an error. */
static gboolean
copy_drafts (JzCopy *self, const char *from_path, const char *to_path, GError **error)
{
  g_autoptr (sqlite3) from = open_drafts (from_path);
  g_autoptr (GError) local = NULL;
  Pages pages = { .copy = self, .from = from, .from_path = from_path, .to_path = to_path };

  self->summary.has_drafts = from != NULL && copy_all (&pages, &local);
  if (local != NULL && !pages.is_of_source) {
    g_propagate_error (error, g_steal_pointer (&local));
    return FALSE;
  }
  self->summary.has_drafts = self->summary.has_drafts && is_whole (to_path);
  return self->summary.has_drafts || jz_file_remove_durably (to_path, error);
}

static gboolean
mark_as_backup (const char *folder, GError **error)
{
  g_autoptr (JzScratch) scratch = jz_scratch_open (folder, error);
  return scratch != NULL && jz_scratch_set_place (scratch, JZ_PLACE_OF_BACKUP, error);
}

/**
 * jz_copy_scratch:
 * @self: a copy
 * @error: return location
 *
 * Copies what people were typing to TARGET/incoming/scratch.db. One that is missing or damaged is
 * replaced by an empty one: losing it loses no record (design §2).
 *
 * Returns: whether it is there, durably
 */
gboolean
jz_copy_scratch (JzCopy *self, GError **error)
{
  g_autofree char *from = g_build_filename (jz_store_get_path (self->source), "scratch.db", NULL);
  g_autofree char *folder = g_build_filename (self->target, "incoming", NULL);
  g_autofree char *to = g_build_filename (folder, "scratch.db", NULL);

  return copy_drafts (self, from, to, error) && mark_as_backup (folder, error) &&
         jz_database_make_single (to, error);
}

/**
 * jz_folder_is_backup:
 * @folder: a folder
 *
 * Tells a backup, which the next one may write over, from a store that somebody works in. Writes
 * nothing there, which opening a database that has a log would do.
 *
 * Returns: whether there is a backup in it
 */
gboolean
jz_folder_is_backup (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "scratch.db", NULL);
  g_autofree char *log = g_strconcat (path, "-wal", NULL);
  g_autofree char *escaped = g_uri_escape_string (path, "/", FALSE);
  g_autofree char *uri = g_strdup_printf ("file:%s?immutable=1", escaped);
  g_autoptr (sqlite3) handle = NULL;
  g_autofree char *place = NULL;

  /* With a log, what the file says may be out of date; and a backup has none. */
  if (!jz_store_exists (folder) || !g_file_test (path, G_FILE_TEST_IS_REGULAR) ||
      g_file_test (log, G_FILE_TEST_EXISTS))
    return FALSE;
  handle = open_plain (uri, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, NULL);
  return handle != NULL &&
         get_text (handle, path, "SELECT value FROM local WHERE name = 'place'", &place, NULL) &&
         g_strcmp0 (place, JZ_PLACE_OF_BACKUP) == 0;
}
