/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/place.h"

#include <string.h>
#include <sys/syscall.h>
#include <sys/vfs.h>

#include <linux/magic.h>

#include "folder.h"
#include "store/error.h"

/* What the system seems to say of the file system; nothing is changed where the type is 0. */
static struct statfs seeming;

/* Stands in front of the C library's. */
int
statfs (const char *path, struct statfs *status)
{
  int result = (int)syscall (SYS_statfs, path, status);

  if (result == 0 && seeming.f_type != 0) {
    status->f_type = seeming.f_type;
    status->f_fsid = seeming.f_fsid;
  }
  return result;
}

static void
seem (long type, int number)
{
  memset (&seeming, 0, sizeof seeming);
  seeming.f_type = type;
  memcpy (&seeming.f_fsid, &number, sizeof number);
}

static char *
get (const char *path)
{
  g_autoptr (GError) error = NULL;
  char *place = jz_place_get (path, &error);

  g_assert_no_error (error);
  return place;
}

static gboolean
is_same (const char *path, const char *last)
{
  g_autofree char *here = get (path);
  return jz_place_is_same (here, last);
}

static void
test_stays (void)
{
  g_autoptr (TestFolder) folder = folder_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *file = folder_write (folder, "a", "text", 4);
  g_autofree char *copy = folder_write (folder, "b", "text", 4);
  g_autofree char *moved = g_build_filename (folder, "c", NULL);
  g_autofree char *place = get (file);

  g_assert_true (is_same (file, place));
  g_assert_false (is_same (copy, place));
  g_assert_cmpint (g_rename (file, moved), ==, 0);
  g_assert_true (is_same (moved, place));
  g_assert_null (jz_place_get (file, &error));
  g_assert_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_IO);
}

/* What is looked at for every act tells apart what a place would. */
static void
test_mark (void)
{
  static const struct {
    long type;
    int number;
    gboolean is_same;
  } cases[] = {
    { EXT4_SUPER_MAGIC, 1, TRUE },
    { EXT4_SUPER_MAGIC, 2, FALSE },
    { BTRFS_SUPER_MAGIC, 1, FALSE },
  };
  g_autoptr (TestFolder) folder = folder_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *file = folder_write (folder, "a", "text", 4);
  g_autofree char *copy = folder_write (folder, "b", "text", 4);
  g_autofree char *nothing = g_build_filename (folder, "c", NULL);
  JzPlaceMark first, other;

  seem (EXT4_SUPER_MAGIC, 1);
  g_assert_true (jz_place_look (file, &first, &error));
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    seem (cases[i].type, cases[i].number);
    g_assert_true (jz_place_look (file, &other, &error));
    g_assert_cmpint (jz_place_mark_equal (&first, &other), ==, cases[i].is_same);
  }
  seem (0, 0);
  g_assert_true (jz_place_look (file, &first, &error));
  g_assert_true (jz_place_look (copy, &other, &error));
  g_assert_false (jz_place_mark_equal (&first, &other));
  other = first;
  other.device++;
  g_assert_false (jz_place_mark_equal (&first, &other));
  g_assert_false (jz_place_look (nothing, &other, &error));
  g_assert_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_IO);
}

/* A copy that has the number of the file by chance. */
static void
test_other_disk (void)
{
  static const long types[] = { EXT4_SUPER_MAGIC, BTRFS_SUPER_MAGIC };
  g_autoptr (TestFolder) folder = folder_new ();
  g_autofree char *file = folder_write (folder, "a", "text", 4);

  for (gsize i = 0; i < G_N_ELEMENTS (types); i++) {
    g_autofree char *place = NULL;
    seem (types[i], 1);
    place = get (file);
    g_assert_true (is_same (file, place));
    seem (types[i], 2);
    g_assert_false (is_same (file, place));
  }
  seem (0, 0);
}

/* Where the number is made of the device it may be another after each start: it must not count. And
 * files of a FAT have no lasting number. */
static void
test_mounted_again (void)
{
  static const long types[] = { XFS_SUPER_MAGIC, TMPFS_MAGIC, F2FS_SUPER_MAGIC, MSDOS_SUPER_MAGIC };
  g_autoptr (TestFolder) folder = folder_new ();
  g_autofree char *file = folder_write (folder, "a", "text", 4);
  g_autofree char *other = folder_write (folder, "b", "text", 4);

  for (gsize i = 0; i < G_N_ELEMENTS (types); i++) {
    g_autofree char *place = NULL;
    seem (types[i], 1);
    place = get (file);
    seem (types[i], 2);
    g_assert_true (is_same (file, place));
    g_assert_cmpint (is_same (other, place), ==, types[i] == MSDOS_SUPER_MAGIC);
  }
  seem (0, 0);
}

static void
test_compares (void)
{
  static const struct {
    const char *here;
    const char *last;
    gboolean is_same;
  } cases[] = {
    { "a", "a", TRUE },      { "a", "b", FALSE },      { "a.x", "a.x", TRUE },
    { "a.x", "a.y", FALSE }, { "a.x", "b.x", FALSE },  { "a", "a.x", TRUE },
    { "a.x", "a", TRUE },    { "a.x", "ab", FALSE },   { "ab", "a.x", FALSE },
    { "a", "", FALSE },      { "a", "backup", FALSE }, { "a.x", "backup", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (jz_place_is_same (cases[i].here, cases[i].last), ==, cases[i].is_same);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/place/stays", test_stays);
  g_test_add_func ("/store/place/other-disk", test_other_disk);
  g_test_add_func ("/store/place/mounted-again", test_mounted_again);
  g_test_add_func ("/store/place/compares", test_compares);
  g_test_add_func ("/store/place/mark", test_mark);
  return g_test_run ();
}
