/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <string.h>

#include <glib/gstdio.h>

#include "office/backup.h"
#include "office/error.h"
#include "store/error.h"

#include "../store/folder.h"
#include "office-fixture.h"

/* What tests of backing up and restoring share. */

/* These tests make some thousand files durable; in memory that costs nothing. To be called first.
 */
G_GNUC_UNUSED static void
use_memory_disk (void)
{
  if (g_getenv ("TMPDIR") == NULL && g_access ("/dev/shm", W_OK | X_OK) == 0)
    g_setenv ("TMPDIR", "/dev/shm", TRUE);
}

G_GNUC_UNUSED static char *
beside (const TestOffice *office, const char *name)
{
  return g_build_filename (office->folder, name, NULL);
}

/* A backup that must be made and must have no fault. */
G_GNUC_UNUSED static JzBackupSummary
back_up (const char *path, const char *folder)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JzReport) report = NULL;
  JzBackupSummary summary = { 0 };
  JzBackup backup = { .path = path, .folder = folder, .summary = &summary };

  g_assert_true (jz_backup (&backup, &report, &error));
  g_assert_no_error (error);
  for (guint i = 0; i < report->faults->len; i++) {
    const JzFault *found = g_ptr_array_index (report->faults, i);
    g_test_message ("%s: %s", found->place, found->sentence);
  }
  g_assert_cmpuint (report->faults->len, ==, 0);
  return summary;
}

G_GNUC_UNUSED static void
assert_backup_fails (const char *path, const char *folder, GQuark domain, int code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JzReport) report = NULL;
  JzBackup backup = { .path = path, .folder = folder };

  g_assert_false (jz_backup (&backup, &report, &error));
  g_assert_null (report);
  g_assert_error (error, domain, code);
  g_test_message ("%s", error->message);
}

G_GNUC_UNUSED static gboolean
try_restore (const char *folder, const char *path, const char *newest, GError **error)
{
  JzRestoring restoring = {
    .folder = folder,
    .path = path,
    .user = "admin",
    .password = TEST_PASSWORD,
    .ca_password = TEST_CA_PASSWORD,
    .reason = "硬盘损坏，从备份恢复",
    .newest = newest,
  };

  return jz_restore (&restoring, error);
}

G_GNUC_UNUSED static void
restore (const char *folder, const char *path, const char *newest)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (try_restore (folder, path, newest, &error));
  g_assert_no_error (error);
}

/* Nothing is left under the name or a temporary one. */
G_GNUC_UNUSED static void
assert_nothing_made (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *name = g_path_get_basename (path);
  g_autoptr (GDir) names = g_dir_open (folder, 0, NULL);
  const char *other;

  g_assert_nonnull (names);
  while ((other = g_dir_read_name (names)) != NULL)
    g_assert_false (g_str_has_prefix (other, name));
}

/* Turns a bit around in a file, read-only or not. */
G_GNUC_UNUSED static void
flip_bit (const char *path, gsize place)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *data = NULL;
  gsize length = 0;

  g_assert_true (g_file_get_contents (path, &data, &length, &error));
  g_assert_cmpuint (place, <, length);
  data[place] ^= 0x01;
  g_assert_cmpint (g_chmod (path, 0644), ==, 0);
  g_file_set_contents_full (path, data, (gssize)length, G_FILE_SET_CONTENTS_NONE, 0644, &error);
  g_assert_no_error (error);
}

G_GNUC_UNUSED static char *
object_path (const char *store, const char *hex)
{
  return g_strdup_printf ("%s/objects/%.2s/%s", store, hex, hex + 2);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

/* Digest of everything in a folder that counts: a lock is touched by everybody. */
G_GNUC_UNUSED static void
digest_folder (const char *path, GChecksum *sum)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  g_assert_nonnull (folder);
  while ((name = g_dir_read_name (folder)) != NULL)
    if (strcmp (name, "lock") != 0)
      g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);
  for (guint i = 0; i < names->len; i++) {
    g_autofree char *child = g_build_filename (path, g_ptr_array_index (names, i), NULL);
    g_autofree char *data = NULL;
    gsize length = 0;
    g_checksum_update (sum, g_ptr_array_index (names, i), -1);
    if (g_file_test (child, G_FILE_TEST_IS_DIR)) {
      digest_folder (child, sum);
    } else {
      g_assert_true (g_file_get_contents (child, &data, &length, NULL));
      g_checksum_update (sum, (const guchar *)data, (gssize)length);
    }
  }
}

G_GNUC_UNUSED static char *
digest (const char *path)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  digest_folder (path, sum);
  return g_strdup (g_checksum_get_string (sum));
}
