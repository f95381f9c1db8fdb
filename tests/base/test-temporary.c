/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <sys/stat.h>

#include <glib/gstdio.h>

#include "base/temporary.h"

static void
assert_mode (const char *path, mode_t type, mode_t mode)
{
  struct stat info;

  g_assert_cmpint (g_lstat (path, &info), ==, 0);
  g_assert_cmpuint (info.st_mode & S_IFMT, ==, type);
  g_assert_cmpuint (info.st_mode & 07777, ==, mode);
}

static void
assert_name (const char *path, const char *beginning, const char *ending)
{
  g_autofree char *name = g_path_get_basename (path);

  g_assert_true (g_str_has_prefix (path, g_get_tmp_dir ()));
  g_assert_true (g_str_has_prefix (name, beginning));
  g_assert_true (g_str_has_suffix (name, ending));
}

/* For nobody else to look into, whatever the umask. */
static void
test_folder (void)
{
  mode_t mask = umask (0);
  g_autoptr (GError) error = NULL;
  g_autofree char *one = jz_temporary_folder ("table", &error);
  g_autofree char *other = jz_temporary_folder ("table", &error);

  umask (mask);
  g_assert_no_error (error);
  g_assert_cmpstr (one, !=, other);
  assert_name (one, "juanzong-table-", "");
  assert_mode (one, S_IFDIR, 0700);
  g_assert_cmpint (g_rmdir (one), ==, 0);
  g_assert_cmpint (g_rmdir (other), ==, 0);
}

static void
test_file (void)
{
  mode_t mask = umask (0);
  g_autoptr (GError) error = NULL;
  g_autofree char *one = jz_temporary_file ("print", ".pdf", &error);
  g_autofree char *other = jz_temporary_file ("print", ".pdf", &error);

  umask (mask);
  g_assert_no_error (error);
  g_assert_cmpstr (one, !=, other);
  assert_name (one, "juanzong-print-", ".pdf");
  assert_mode (one, S_IFREG, 0600);
  g_assert_cmpint (g_unlink (one), ==, 0);
  g_assert_cmpint (g_unlink (other), ==, 0);
}

/* A word that is no part of a name. */
static void
test_refused (void)
{
  g_autoptr (GError) folder = NULL;
  g_autoptr (GError) file = NULL;

  g_assert_null (jz_temporary_folder ("a/b", &folder));
  g_assert_error (folder, G_FILE_ERROR, G_FILE_ERROR_FAILED);
  g_assert_null (jz_temporary_file ("a/b", ".pdf", &file));
  g_assert_error (file, G_FILE_ERROR, G_FILE_ERROR_FAILED);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/temporary/folder", test_folder);
  g_test_add_func ("/temporary/file", test_file);
  g_test_add_func ("/temporary/refused", test_refused);
  return g_test_run ();
}
