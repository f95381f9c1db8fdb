/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <ftw.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib.h>
#include <glib/gstdio.h>

/* A folder for one test, and what tests do with files in it. */

G_GNUC_UNUSED static char *
folder_new (void)
{
  g_autoptr (GError) error = NULL;
  char *path = g_dir_make_tmp ("juanzong-test-XXXXXX", &error);
  g_assert_no_error (error);
  return path;
}

typedef char TestFolder;

static int
folder_remove_one (const char *path, const struct stat *status, int type, struct FTW *place)
{
  return remove (path);
}

G_GNUC_UNUSED static void
folder_free (char *path)
{
  g_assert_cmpint (nftw (path, folder_remove_one, 16, FTW_DEPTH | FTW_PHYS | FTW_MOUNT), ==, 0);
  g_free (path);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TestFolder, folder_free)

/* Files in a folder, none where there is no folder. */
G_GNUC_UNUSED static guint
folder_count (const char *path)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  guint n = 0;

  while (folder != NULL && g_dir_read_name (folder) != NULL)
    n++;
  return n;
}

G_GNUC_UNUSED static char *
folder_write (const char *folder, const char *name, const void *data, gsize length)
{
  g_autoptr (GError) error = NULL;
  char *path = g_build_filename (folder, name, NULL);
  g_file_set_contents (path, data, (gssize)length, &error);
  g_assert_no_error (error);
  return path;
}

G_GNUC_UNUSED static void
assert_content (const char *path, const char *content)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *found = NULL;
  g_file_get_contents (path, &found, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (found, ==, content);
}

G_GNUC_UNUSED static guint
mode_of (const char *path)
{
  struct stat status;
  g_assert_cmpint (lstat (path, &status), ==, 0);
  return status.st_mode & 07777;
}
