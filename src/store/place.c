/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/place.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/vfs.h>

#include <linux/magic.h>

#include "store/error.h"
#include "store/hash.h"

/* Tells a store that stayed where it was from one that was moved or copied: the machine's own
 * number and the number of the database's file on its disk, which a copy does not share. Hashed,
 * because a store should not carry the machine's number about. */

#define EXFAT_MAGIC 0x2011BAB0

static guint64
get_file_number (const char *path, const struct stat *info)
{
  struct statfs file_system;

  /* These give a file another number at each mount. */
  if (statfs (path, &file_system) == 0 &&
      (file_system.f_type == MSDOS_SUPER_MAGIC || file_system.f_type == EXFAT_MAGIC))
    return 0;
  return info->st_ino;
}

/**
 * jz_place_get:
 * @database_path: a store's database
 * @error: return location
 *
 * Returns: (transfer full) (nullable): a word that stays the same while the file stays on this
 * machine and disk
 */
char *
jz_place_get (const char *database_path, GError **error)
{
  g_autofree char *machine = NULL;
  g_autofree char *text = NULL;
  char hex[JZ_HASH_HEX_SIZE];
  struct stat info;
  JzHash hash;

  if (stat (database_path, &info) != 0) {
    jz_store_error_set_from_errno (error, errno, database_path);
    return NULL;
  }
  /* A machine without a number still tells two files apart. */
  if (!g_file_get_contents ("/etc/machine-id", &machine, NULL, NULL))
    machine = g_strdup ("");
  text = g_strdup_printf ("juanzong place\n%s\n%" G_GUINT64_FORMAT "\n", g_strstrip (machine),
                          get_file_number (database_path, &info));
  jz_hash_of (text, strlen (text), &hash);
  jz_hash_to_hex (&hash, hex);
  return g_strndup (hex, 32);
}
