/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>

#include "store/error.h"
#include "store/files.h"

/* One program writes a store. It holds a lock of the *open file description* on STORE/lock: unlike
 * a process's lock it is not dropped when some library closes another handle of the file, it keeps
 * out a second opening in the same process, and the kernel drops it when the holder dies, however
 * it dies. The file is never removed: a program that has just opened it must not end up with a lock
 * on a file that has no name any more, beside another who locks a new one. */

/* more than "pid N\nhost NAME\n" can need: a host name has at most 64 bytes on Linux */
#define MAX_TEXT 256

struct _JzLock {
  int fd;
};

static int
open_lock_file (const char *path, GError **error)
{
  struct stat status;
  int fd = -1;

  do {
    fd = open (path, O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, 0600);
  } while (fd < 0 && errno == EINTR);
  if (fd < 0 || fstat (fd, &status) != 0) {
    jz_store_error_set_from_errno (error, errno, path);
    if (fd >= 0)
      close (fd);
    return -1;
  }
  if (!S_ISREG (status.st_mode)) {
    g_autofree char *name = g_filename_display_name (path);
    g_set_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_INVALID,
                 _ ("“%s” is not an ordinary file. Remove it, then open the store again."), name);
    close (fd);
    return -1;
  }
  return fd;
}

static int
set_lock (int fd, short type)
{
  struct flock lock = { .l_type = type, .l_whence = SEEK_SET };
  int result;

  do {
    result = fcntl (fd, F_OFD_SETLK, &lock);
  } while (result != 0 && errno == EINTR);
  return result == 0 ? 0 : errno;
}

/* The holder's text may be anything: it is shown only where it has the form that we write. */
static gboolean
read_holder (int fd, gint64 *pid, char **host)
{
  char text[MAX_TEXT + 1];
  ssize_t length = pread (fd, text, MAX_TEXT, 0);
  g_auto (GStrv) lines = NULL;
  const char *name = NULL;

  if (length <= 0)
    return FALSE;
  text[length] = '\0';
  lines = g_strsplit (text, "\n", 3);
  if (g_strv_length (lines) != 3 || !g_str_has_prefix (lines[0], "pid ") ||
      !g_str_has_prefix (lines[1], "host "))
    return FALSE;
  if (!g_ascii_string_to_signed (lines[0] + strlen ("pid "), 10, 1, G_MAXINT32, pid, NULL))
    return FALSE;
  name = lines[1] + strlen ("host ");
  for (const char *c = name; *c != '\0'; c++) {
    if (!g_ascii_isgraph (*c))
      return FALSE;
  }
  *host = g_strdup (name);
  return name[0] != '\0';
}

static void
set_busy (GError **error, int fd, const char *store_path)
{
  g_autofree char *name = g_filename_display_name (store_path);
  g_autofree char *host = NULL;
  gint64 pid = 0;

  if (read_holder (fd, &pid, &host))
    g_set_error (
      error, JZ_STORE_ERROR, JZ_STORE_ERROR_BUSY,
      _ ("Another program (process %1$d on “%2$s”) has the store “%3$s” open for writing. "
         "Close it there, then try again."),
      (int)pid, host, name);
  else
    g_set_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_BUSY,
                 _ ("Another program has the store “%s” open for writing. Close it there, then "
                    "try again."),
                 name);
}

/* For information only, so a disk that is too full for it does not keep the store from opening. The
 * old text is cut only after the new one is there: who reads meanwhile finds two lines. */
static void
write_holder (int fd)
{
  g_autofree char *text = g_strdup_printf ("pid %d\nhost %s\n", (int)getpid (), g_get_host_name ());
  gsize length = MIN (strlen (text), MAX_TEXT);

  if (pwrite (fd, text, length, 0) != (ssize_t)length || ftruncate (fd, (off_t)length) != 0)
    g_debug ("the holder of the lock could not be written: %s", g_strerror (errno));
}

/**
 * jz_lock_take:
 * @store_path: the store's folder
 *
 * Takes the lock of the one program that writes, without waiting. It is held until
 * jz_lock_release() or the end of the process.
 *
 * Returns: (transfer full): the lock; %NULL on error (%JZ_STORE_ERROR_BUSY when somebody holds it,
 *   naming process and computer where they are known)
 */
JzLock *
jz_lock_take (const char *store_path, GError **error)
{
  g_autofree char *path = NULL;
  JzLock *self = NULL;
  int fd = -1;
  int failure = 0;

  g_return_val_if_fail (store_path != NULL, NULL);

  path = g_build_filename (store_path, "lock", NULL);
  fd = open_lock_file (path, error);
  if (fd < 0)
    return NULL;
  failure = set_lock (fd, F_WRLCK);
  if (failure == EAGAIN || failure == EACCES)
    set_busy (error, fd, store_path);
  else if (failure != 0)
    jz_store_error_set_from_errno (error, failure, path);
  if (failure != 0) {
    close (fd);
    return NULL;
  }
  write_holder (fd);
  self = g_new0 (JzLock, 1);
  self->fd = fd;
  return self;
}

/**
 * jz_lock_release:
 * @self: (transfer full) (nullable): a lock
 *
 * Gives the lock back. It is undone first and not only by closing, since a child that has been
 * forked and not yet executed shares the handle.
 */
void
jz_lock_release (JzLock *self)
{
  if (self == NULL)
    return;
  if (set_lock (self->fd, F_UNLCK) != 0)
    g_debug ("the lock could not be undone: %s", g_strerror (errno));
  close (self->fd);
  g_free (self);
}
