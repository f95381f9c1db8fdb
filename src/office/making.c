/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "office/making.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "store/error.h"
#include "store/files.h"

/* Stores and backups are made under the name PATH.making-PID and get their own name when they are
 * complete, so that nobody ever meets half of one. Whoever makes one holds a lock on its folder.
 * What a power cut or a kill left is removed by whoever makes the same thing next; that nobody
 * holds the lock says that it is left, for process numbers come again.
 *
 * The lock is one of the open folder (flock(2)), for the other kinds want a file that can be
 * written, and the store that is being made has such a lock of its own. */

struct _JzMaking {
  char *path;   /* the final name */
  char *folder; /* nullable: the temporary one, while something has it */
  int fd;       /* of the folder, locked */
};

/* Only what we put into such a folder: somebody may have given a folder of his own this name. */
static gboolean
is_ours (const char *folder)
{
  static const char *const names[] = {
    "checkpoint.txt", "incoming", "keys", "lock", "objects", NULL,
  };
  g_autoptr (GDir) entries = g_dir_open (folder, 0, NULL);
  const char *name;

  while (entries != NULL && (name = g_dir_read_name (entries)) != NULL)
    if (!g_strv_contains (names, name) && !g_str_has_prefix (name, "juanzong.db") &&
        !g_str_has_prefix (name, "scratch.db"))
      return FALSE;
  return entries != NULL;
}

static void
remove_folder (const char *path)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL) {
    g_autofree char *child = g_build_filename (path, name, NULL);
    if (g_file_test (child, G_FILE_TEST_IS_DIR) && !g_file_test (child, G_FILE_TEST_IS_SYMLINK))
      remove_folder (child);
    else
      g_unlink (child); /* what cannot go is left under its temporary name */
  }
  g_rmdir (path);
}

/* -1 where somebody else holds it, or there is no folder. */
static int
lock_folder (const char *folder)
{
  int fd = open (folder, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);

  if (fd >= 0 && flock (fd, LOCK_EX | LOCK_NB) != 0) {
    close (fd);
    fd = -1;
  }
  return fd;
}

static void
remove_if_left (const char *folder)
{
  int fd = lock_folder (folder);

  if (fd < 0)
    return;
  if (is_ours (folder))
    remove_folder (folder);
  close (fd);
}

/* The number of a process, and perhaps another after a line. */
static gboolean
is_number (const char *text)
{
  return g_ascii_isdigit (text[0]) && strspn (text, "0123456789-") == strlen (text);
}

static void
remove_leavings (const char *path)
{
  g_autofree char *parent = g_path_get_dirname (path);
  g_autofree char *base = g_path_get_basename (path);
  g_autofree char *prefix = g_strconcat (base, ".making-", NULL);
  g_autoptr (GDir) names = g_dir_open (parent, 0, NULL);
  const char *name;

  while (names != NULL && (name = g_dir_read_name (names)) != NULL) {
    g_autofree char *folder = NULL;
    if (!g_str_has_prefix (name, prefix) || !is_number (name + strlen (prefix)))
      continue;
    folder = g_build_filename (parent, name, NULL);
    remove_if_left (folder);
  }
}

/* Whoever was removing what is left may have taken the new folder for it: then there is none. */
static gboolean
is_still_there (const char *folder, int fd)
{
  struct stat named, opened;

  return lstat (folder, &named) == 0 && fstat (fd, &opened) == 0 && named.st_dev == opened.st_dev &&
         named.st_ino == opened.st_ino;
}

static void
set_failure (GError **error, int failure, const char *path)
{
  g_autofree char *parent = g_path_get_dirname (path);
  gboolean is_of_parent = failure == ENOENT || failure == EACCES || failure == EPERM ||
                          failure == EROFS || failure == ENOTDIR;

  /* The temporary name would only puzzle. */
  jz_store_error_set_from_errno (error, failure, is_of_parent ? parent : path);
}

/* How many temporary names are tried: the first is taken only when a folder that is not ours, or
 * one that cannot be removed, has it. */
#define N_NAMES 100

static gboolean
make_folder (JzMaking *self, GError **error)
{
  int failure = EEXIST;

  for (int i = 0; failure == EEXIST && i < N_NAMES; i++) {
    g_autofree char *folder =
      i == 0 ? g_strdup_printf ("%s.making-%d", self->path, (int)getpid ())
             : g_strdup_printf ("%s.making-%d-%d", self->path, (int)getpid (), i);
    failure = mkdir (folder, 0700) == 0 ? 0 : errno;
    if (failure != 0)
      continue;
    self->fd = lock_folder (folder);
    if (self->fd >= 0 && is_still_there (folder, self->fd)) {
      self->folder = g_steal_pointer (&folder);
      return TRUE;
    }
    if (self->fd >= 0)
      close (self->fd);
    self->fd = -1;
    failure = EEXIST;
  }
  set_failure (error, failure, self->path);
  return FALSE;
}

/**
 * jz_making_begin:
 * @path: the final name of a folder that is going to be made
 * @error: return location
 *
 * Makes an empty folder beside it, and removes what earlier attempts at the same have left.
 *
 * Returns: (transfer full) (nullable): to be finished, or freed and with it removed
 */
JzMaking *
jz_making_begin (const char *path, GError **error)
{
  g_autoptr (JzMaking) self = g_new0 (JzMaking, 1);
  gsize length;

  self->fd = -1;
  self->path = g_strdup (path);
  length = strlen (self->path);
  while (length > 1 && self->path[length - 1] == '/')
    self->path[--length] = '\0';
  remove_leavings (self->path);
  return make_folder (self, error) ? g_steal_pointer (&self) : NULL;
}

/**
 * jz_making_get_folder:
 * @self: what is being made
 *
 * Returns: (transfer none): the folder with the temporary name
 */
const char *
jz_making_get_folder (JzMaking *self)
{
  return self->folder;
}

/**
 * jz_making_finish:
 * @self: what is complete and closed
 * @warnings: (element-type utf8) (nullable): gets a sentence when it is there, but perhaps not
 * after a power cut
 * @error: return location
 *
 * Gives it its name. From then on it is there and is not taken away any more.
 *
 * Returns: whether it has its name now
 */
gboolean
jz_making_finish (JzMaking *self, GPtrArray *warnings, GError **error)
{
  g_autofree char *parent = g_path_get_dirname (self->path);
  g_autoptr (GError) local = NULL;

  if (g_file_test (self->path, G_FILE_TEST_EXISTS)) {
    g_set_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_EXISTS,
                 _ ("%s exists already; choose the name of a new folder."), self->path);
    return FALSE;
  }
  if (rename (self->folder, self->path) != 0) {
    jz_store_error_set_from_errno (error, errno, self->path);
    return FALSE;
  }
  g_clear_pointer (&self->folder, g_free);
  if (!jz_folder_sync (parent, &local) && warnings != NULL) {
    g_autofree char *name = g_filename_display_name (self->path);
    g_ptr_array_add (warnings,
                     g_strdup_printf (_ ("“%1$s” is complete, but a power cut in the next minutes "
                                         "may take its name away: %2$s"),
                                      name, local->message));
  }
  return TRUE;
}

/**
 * jz_making_free:
 * @self: (transfer full): what is being made, or was
 *
 * Removes what has not got its name.
 */
void
jz_making_free (JzMaking *self)
{
  if (self->folder != NULL)
    remove_folder (self->folder);
  if (self->fd >= 0)
    close (self->fd);
  g_free (self->folder);
  g_free (self->path);
  g_free (self);
}
