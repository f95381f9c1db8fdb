/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <fcntl.h>
#include <linux/landlock.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "helper/confine.h"

/* Which files can be opened at all, where the kernel knows Landlock (5.13, if it was not left out):
 * libraries, plugins and fonts. In bubblewrap's cage there is nothing else; without it this keeps
 * the user's own files away. In a flatpak its own files lie in /app, and the fonts of the computer
 * in /run/host. */

#define READ (LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR)
/* All of the first version; those of later ones are opened for writing, which seccomp refuses. */
#define HANDLED                                                                                    \
  (READ | LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_WRITE_FILE |                             \
   LANDLOCK_ACCESS_FS_REMOVE_DIR | LANDLOCK_ACCESS_FS_REMOVE_FILE | LANDLOCK_ACCESS_FS_MAKE_CHAR | \
   LANDLOCK_ACCESS_FS_MAKE_DIR | LANDLOCK_ACCESS_FS_MAKE_REG | LANDLOCK_ACCESS_FS_MAKE_SOCK |      \
   LANDLOCK_ACCESS_FS_MAKE_FIFO | LANDLOCK_ACCESS_FS_MAKE_BLOCK | LANDLOCK_ACCESS_FS_MAKE_SYM)

static const char *const readable[] = {
  "/usr",
  "/lib",
  "/lib64",
  "/etc/ld.so.cache",
  "/etc/alternatives",
  "/etc/fonts",
  "/dev/null",
  "/dev/urandom",
  "/var/cache/fontconfig",
  "/app",
  "/run/host/fonts",
  "/run/host/local-fonts",
  "/run/host/fonts-cache",
};

static void
allow (int rules, const char *path)
{
  int handle = open (path, O_PATH | O_CLOEXEC);
  struct stat info;

  /* What is not there need not be read. */
  if (handle < 0)
    return;
  if (fstat (handle, &info) == 0) {
    struct landlock_path_beneath_attr beneath = {
      .allowed_access = S_ISDIR (info.st_mode) ? READ : LANDLOCK_ACCESS_FS_READ_FILE,
      .parent_fd = handle,
    };
    (void)syscall (SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &beneath, 0);
  }
  close (handle);
}

/**
 * jz_confine_files:
 *
 * Gives up opening any file but libraries, plugins and fonts; files that are handed over are open
 * already.
 *
 * Returns: whether the kernel can do that
 */
gboolean
jz_confine_files (void)
{
  struct landlock_ruleset_attr attributes = { .handled_access_fs = HANDLED };
  int rules =
    (int)syscall (SYS_landlock_create_ruleset, &attributes, sizeof attributes.handled_access_fs, 0);
  gboolean is_done;

  if (rules < 0)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (readable); i++)
    allow (rules, readable[i]);
  is_done = prctl (PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
            syscall (SYS_landlock_restrict_self, rules, 0) == 0;
  close (rules);
  return is_done;
}
