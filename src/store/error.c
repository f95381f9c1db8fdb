/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/error.h"

#include <errno.h>

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <sqlite3.h>

G_DEFINE_QUARK (jz - store - error - quark, jz_store_error)

/**
 * jz_store_error_set_from_errno:
 * @error: (out) (nullable): where the error goes
 * @saved_errno: errno as it was right after the call that failed
 * @path: (type filename): the file or folder that the call was about
 *
 * Turns a failed system call into a sentence for the user. A missing file is %JZ_STORE_ERROR_IO:
 * only the caller knows whether it should have been there, and says %JZ_STORE_ERROR_DAMAGED itself.
 */
void
jz_store_error_set_from_errno (GError **error, int saved_errno, const char *path)
{
  g_autofree char *name = NULL;

  g_return_if_fail (path != NULL);

  name = g_filename_display_name (path);
  switch (saved_errno) {
  case ENOSPC:
  case EDQUOT:
    g_set_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_FULL,
                 _ ("There is no room left on the disk to write “%s”. Free some space, then try "
                    "again."),
                 name);
    break;
  case EACCES:
  case EPERM:
    g_set_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_ACCESS,
                 _ ("You have no right to read or write “%s”. Ask whoever looks after this "
                    "computer to give you that right."),
                 name);
    break;
  case EROFS:
    g_set_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_ACCESS,
                 _ ("“%s” lies on a disk that can only be read. Choose another disk, or remove its "
                    "write protection."),
                 name);
    break;
  case ENOENT:
    g_set_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_IO,
                 _ ("“%s” is missing. Check the name, and that the disk it lies on is connected."),
                 name);
    break;
  case EIO:
    g_set_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_IO,
                 _ ("The disk failed while reading or writing “%s”. Make a backup on another disk "
                    "now and have this one checked."),
                 name);
    break;
  default:
    g_set_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_IO,
                 _ ("“%1$s” could not be read or written; the system says: %2$s. Check the disk, "
                    "then try again."),
                 name, g_strerror (saved_errno));
    break;
  }
}

/* SQLite says %SQLITE_FULL only where write() found no room. Syncing, or making and lengthening a
 * file, may find none as well. */
static gboolean
is_full (int code, int saved_errno)
{
  switch (code & 0xff) {
  case SQLITE_FULL:
    return TRUE;
  case SQLITE_IOERR:
    return code == SQLITE_IOERR_SHMSIZE || saved_errno == ENOSPC || saved_errno == EDQUOT;
  case SQLITE_CANTOPEN:
    return saved_errno == ENOSPC || saved_errno == EDQUOT;
  default:
    return FALSE;
  }
}

/**
 * jz_store_error_set_from_sqlite:
 * @error: (out) (nullable): where the error goes
 * @code: a primary or extended SQLite result code that is a failure
 * @path: (type filename): the database
 *
 * As jz_store_error_set_from_sqlite_and_errno(), where it is not known what the system answered.
 */
void
jz_store_error_set_from_sqlite (GError **error, int code, const char *path)
{
  jz_store_error_set_from_sqlite_and_errno (error, code, 0, path);
}

/**
 * jz_store_error_set_from_sqlite_and_errno:
 * @error: (out) (nullable): where the error goes
 * @code: a primary or extended SQLite result code that is a failure
 * @saved_errno: what sqlite3_system_errno() answers, or 0; looked at only where the system failed
 * @path: (type filename): the database
 *
 * Turns a SQLite failure into a sentence for the user; the only place where the codes are mapped.
 * %SQLITE_INTERRUPT becomes %G_IO_ERROR_CANCELLED. A disk that is full may also arrive as
 * %SQLITE_IOERR, with an errno that tells.
 */
void
jz_store_error_set_from_sqlite_and_errno (GError **error,
                                          int code,
                                          int saved_errno,
                                          const char *path)
{
  g_autofree char *name = NULL;

  g_return_if_fail (path != NULL);
  g_return_if_fail (code != SQLITE_OK && code != SQLITE_ROW && code != SQLITE_DONE);

  name = g_filename_display_name (path);
  switch (is_full (code, saved_errno) ? SQLITE_FULL : code & 0xff) {
  case SQLITE_BUSY:
  case SQLITE_LOCKED:
    g_set_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_BUSY,
                 _ ("Another program is using “%s”. Close it, or wait a moment, then try again."),
                 name);
    break;
  case SQLITE_FULL:
    g_set_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_FULL,
                 _ ("There is no room left on the disk to write “%s”. Free some space, then try "
                    "again."),
                 name);
    break;
  case SQLITE_READONLY:
  case SQLITE_PERM:
  case SQLITE_AUTH:
    g_set_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_ACCESS,
                 _ ("“%s” can only be read, not written. Ask whoever looks after this computer to "
                    "give you the right to write it."),
                 name);
    break;
  case SQLITE_CANTOPEN:
    g_set_error (
      error, JZ_STORE_ERROR, JZ_STORE_ERROR_ACCESS,
      _ ("“%s” could not be opened. Check that it is there, that you may read and write it "
         "and its folder, and that there is room on its disk."),
      name);
    break;
  case SQLITE_IOERR:
    g_set_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_IO,
                 _ ("The disk failed while reading or writing “%1$s” (SQLite code %2$d). Check "
                    "that the disk is connected and not full; if it happens again, make a backup "
                    "on another disk and have this one checked."),
                 name, code);
    break;
  case SQLITE_CORRUPT:
  case SQLITE_NOTADB:
  case SQLITE_FORMAT:
    g_set_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_DAMAGED,
                 _ ("“%s” is damaged. Do not work on with it: verify the store, then restore it "
                    "from the newest backup."),
                 name);
    break;
  case SQLITE_INTERRUPT:
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED,
                 _ ("The work on “%s” was cancelled; nothing of it was kept."), name);
    break;
  default:
    g_set_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_FAILED,
                 _ ("The database “%1$s” refused what the program asked of it (SQLite code %2$d: "
                    "%3$s). Nothing was changed; please report this as a fault of the program."),
                 name, code, sqlite3_errstr (code));
    break;
  }
}
