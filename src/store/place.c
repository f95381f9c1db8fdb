/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/place.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/vfs.h>

#include <linux/magic.h>

#include "store/error.h"
#include "store/hash.h"

/* Tells a store that stayed where it was from one that was moved or copied. Two words with a point
 * between them, both hashed, because a store should not carry the numbers of machines about:
 *
 *   - of the machine's own number and the number of the database's file on its disk
 *   - of the number of the file system, where it has one that stays the same wherever and whenever
 *     it is mounted; else there is no second word
 *
 * A copy in another folder has another file number; a copy on another disk, which may have the same
 * by chance, and has it always on disks whose files have no lasting numbers, lies in another file
 * system. Only where both sides know the second word is it compared: the same store may be opened
 * by a program in a sandbox, which does not see the disks. A copy of a whole disk, block by block,
 * has all the same numbers and is not told from the disk that it was copied from. */

#define EXFAT_MAGIC 0x2011BAB0
#define BY_UUID "/dev/disk/by-uuid"

static guint64
get_file_number (const JzPlaceMark *mark)
{
  /* These give a file another number at each mount. */
  if (mark->kind == MSDOS_SUPER_MAGIC || mark->kind == EXFAT_MAGIC)
    return 0;
  return mark->file;
}

/* The name by which the system knows the disk's file system, as it is written on the disk. */
static char *
find_uuid (guint64 device)
{
  g_autoptr (GDir) folder = g_dir_open (BY_UUID, 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL) {
    g_autofree char *path = g_build_filename (BY_UUID, name, NULL);
    struct stat info;
    if (stat (path, &info) == 0 && S_ISBLK (info.st_mode) && info.st_rdev == device)
      return g_strdup (name);
  }
  return NULL;
}

static char *
get_file_system_number (const JzPlaceMark *mark)
{
  switch (mark->kind) {
  case 0: /* was not told */
    return NULL;
  case EXT4_SUPER_MAGIC: /* of all three kinds */
  case BTRFS_SUPER_MAGIC:
    /* Made of the UUID; those of most others are made of the number of the device, which changes
     * with every stick that is plugged in before. */
    return mark->file_system != 0
             ? g_strdup_printf ("%016" G_GINT64_MODIFIER "x", mark->file_system)
             : NULL;
  default:
    return find_uuid (mark->device);
  }
}

static void
append_word (GString *place, const char *text)
{
  char hex[JZ_HASH_HEX_SIZE];
  JzHash hash;

  jz_hash_of (text, strlen (text), &hash);
  jz_hash_to_hex (&hash, hex);
  g_string_append_len (place, hex, 32);
}

/**
 * jz_place_look:
 * @database_path: a store's database
 * @mark: (out): where the file lies
 * @error: return location
 *
 * Returns: whether there is such a file
 */
gboolean
jz_place_look (const char *database_path, JzPlaceMark *mark, GError **error)
{
  struct statfs file_system = { 0 };
  struct stat info;

  if (stat (database_path, &info) != 0) {
    jz_store_error_set_from_errno (error, errno, database_path);
    return FALSE;
  }
  /* What is not told stays 0. */
  (void)statfs (database_path, &file_system);
  G_STATIC_ASSERT (sizeof file_system.f_fsid == sizeof mark->file_system);
  mark->device = info.st_dev;
  mark->file = info.st_ino;
  mark->kind = file_system.f_type;
  memcpy (&mark->file_system, &file_system.f_fsid, sizeof mark->file_system);
  return TRUE;
}

/**
 * jz_place_mark_equal:
 * @a: a mark
 * @b: another
 *
 * Returns: whether they are the same
 */
gboolean
jz_place_mark_equal (const JzPlaceMark *a, const JzPlaceMark *b)
{
  return a->device == b->device && a->file == b->file && a->kind == b->kind &&
         a->file_system == b->file_system;
}

/**
 * jz_place_get:
 * @database_path: a store's database
 * @error: return location
 *
 * Returns: (transfer full) (nullable): a word that stays the same, as jz_place_is_same() compares,
 *   while the file stays on this machine and disk
 */
char *
jz_place_get (const char *database_path, GError **error)
{
  g_autoptr (GString) place = g_string_new (NULL);
  g_autofree char *machine = NULL;
  g_autofree char *text = NULL;
  g_autofree char *disk = NULL;
  JzPlaceMark mark;

  if (!jz_place_look (database_path, &mark, error))
    return NULL;
  /* A machine without a number still tells two files apart. */
  if (!g_file_get_contents ("/etc/machine-id", &machine, NULL, NULL))
    machine = g_strdup ("");
  disk = get_file_system_number (&mark);
  text = g_strdup_printf ("juanzong place\n%s\n%" G_GUINT64_FORMAT "\n", g_strstrip (machine),
                          get_file_number (&mark));
  append_word (place, text);
  if (disk != NULL) {
    g_autofree char *second = g_strdup_printf ("juanzong disk\n%s\n%s\n", machine, disk);
    g_string_append_c (place, '.');
    append_word (place, second);
  }
  return g_string_free (g_steal_pointer (&place), FALSE);
}

/**
 * jz_place_is_same:
 * @here: what jz_place_get() gave
 * @last: what it gave at another time
 *
 * Returns: whether the store stayed where it was, as far as can be told
 */
gboolean
jz_place_is_same (const char *here, const char *last)
{
  gsize n_here = strcspn (here, ".");
  gsize n_last = strcspn (last, ".");

  if (n_here != n_last || strncmp (here, last, n_here) != 0)
    return FALSE;
  return here[n_here] == '\0' || last[n_last] == '\0' || strcmp (here, last) == 0;
}
