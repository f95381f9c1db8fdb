/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shim-private.h"

#include <stdio.h>
#include <sys/vfs.h>

#include <linux/magic.h>

/* The calls that change names: renaming, linking, removing, making folders; and those by name. */

static int
rename_at (int folder, const char *path, int new_folder, const char *new_path, unsigned flags)
{
  Change change = { .kind = KIND_RENAME };
  bool is_from_here = shim_watches_path (folder, path, change.path);
  bool is_to_here = shim_watches_path (new_folder, new_path, change.other);
  struct stat status;
  Verdict verdict;
  long result = -1;

  if ((is_from_here != is_to_here) || (is_from_here && (flags & ~(unsigned)RENAME_NOREPLACE) != 0))
    shim_record_strange ("rename", path);
  if (!is_from_here || !is_to_here || !shim_get_status (folder, path, &status))
    return (int)syscall (SYS_renameat2, folder, path, new_folder, new_path, flags);
  change.inode = status.st_ino;
  verdict = shim_start (&change);
  if (verdict != FAIL)
    result = syscall (SYS_renameat2, folder, path, new_folder, new_path, flags);
  return (int)shim_finish (&change, verdict, result);
}

int
rename (const char *path, const char *new_path)
{
  return rename_at (AT_FDCWD, path, AT_FDCWD, new_path, 0);
}

int
renameat (int folder, const char *path, int new_folder, const char *new_path)
{
  return rename_at (folder, path, new_folder, new_path, 0);
}

int
renameat2 (int folder, const char *path, int new_folder, const char *new_path, unsigned flags)
{
  return rename_at (folder, path, new_folder, new_path, flags);
}

int
linkat (int folder, const char *path, int new_folder, const char *new_path, int flags)
{
  Change change = { .kind = KIND_LINK };
  bool is_from_here = shim_watches_path (folder, path, change.path);
  bool is_to_here = shim_watches_path (new_folder, new_path, change.other);
  struct stat status;
  Verdict verdict;
  long result = -1;

  if (is_from_here != is_to_here || (is_from_here && flags != 0))
    shim_record_strange ("link", path);
  if (!is_from_here || !is_to_here || !shim_get_status (folder, path, &status))
    return (int)syscall (SYS_linkat, folder, path, new_folder, new_path, flags);
  change.inode = status.st_ino;
  verdict = shim_start (&change);
  if (verdict != FAIL)
    result = syscall (SYS_linkat, folder, path, new_folder, new_path, flags);
  return (int)shim_finish (&change, verdict, result);
}

int
link (const char *path, const char *new_path)
{
  return linkat (AT_FDCWD, path, AT_FDCWD, new_path, 0);
}

int
unlinkat (int folder, const char *path, int flags)
{
  Change change = { .kind = (flags & AT_REMOVEDIR) != 0 ? KIND_RMDIR : KIND_UNLINK };
  struct stat status;
  Verdict verdict;
  long result = -1;

  if (!shim_watches_path (folder, path, change.path) || !shim_get_status (folder, path, &status))
    return (int)syscall (SYS_unlinkat, folder, path, flags);
  change.inode = status.st_ino;
  verdict = shim_start (&change);
  if (verdict != FAIL)
    result = syscall (SYS_unlinkat, folder, path, flags);
  return (int)shim_finish (&change, verdict, result);
}

int
unlink (const char *path)
{
  return unlinkat (AT_FDCWD, path, 0);
}

int
rmdir (const char *path)
{
  return unlinkat (AT_FDCWD, path, AT_REMOVEDIR);
}

int
remove (const char *path)
{
  struct stat status;
  bool is_folder = shim_get_status (AT_FDCWD, path, &status) && S_ISDIR (status.st_mode);
  return unlinkat (AT_FDCWD, path, is_folder ? AT_REMOVEDIR : 0);
}

int
mkdirat (int folder, const char *path, mode_t mode)
{
  Change change = { .kind = KIND_MKDIR };
  struct stat status;
  Verdict verdict;
  long result = -1;

  if (!shim_watches_path (folder, path, change.path) || shim_get_status (folder, path, &status))
    return (int)syscall (SYS_mkdirat, folder, path, mode);
  verdict = shim_start (&change);
  if (verdict != FAIL)
    result = syscall (SYS_mkdirat, folder, path, mode);
  if (result == 0 && shim_get_status (folder, path, &status)) {
    change.inode = status.st_ino;
    change.size = status.st_mode & 07777;
  }
  return (int)shim_finish (&change, verdict, result);
}

int
mkdir (const char *path, mode_t mode)
{
  return mkdirat (AT_FDCWD, path, mode);
}

int
fchmodat (int folder, const char *path, mode_t mode, int flags)
{
  Change change = { .kind = KIND_MODE, .size = mode };
  struct stat status;
  Verdict verdict;
  long result = -1;

  if (!shim_watches_path (folder, path, change.path) || !shim_get_status (folder, path, &status))
    return (int)syscall (SYS_fchmodat, folder, path, mode);
  change.inode = status.st_ino;
  verdict = shim_start (&change);
  if (verdict != FAIL)
    result = syscall (SYS_fchmodat, folder, path, mode);
  return (int)shim_finish (&change, verdict, result);
}

int
chmod (const char *path, mode_t mode)
{
  return fchmodat (AT_FDCWD, path, mode, 0);
}

int
symlinkat (const char *target, int folder, const char *path)
{
  Change change = { 0 };

  if (shim_watches_path (folder, path, change.path))
    shim_record_strange ("symlink", change.path);
  return (int)syscall (SYS_symlinkat, target, folder, path);
}

int
symlink (const char *target, const char *path)
{
  return symlinkat (target, AT_FDCWD, path);
}

int
statfs (const char *path, struct statfs *status)
{
  char relative[PATH_MAX];
  int result = (int)syscall (SYS_statfs, path, status);

  if (result == 0 && shim_watches_path (AT_FDCWD, path, relative) && shim_has_same_place ())
    status->f_type = MSDOS_SUPER_MAGIC;
  return result;
}

#define SAME_AS(name) __attribute__ ((alias (name)))

int statfs64 (const char *path, struct statfs64 *status) SAME_AS ("statfs");
