/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <string.h>

#include <glib/gstdio.h>
#include <gio/gio.h>

#include "base/json.h"
#include "store/checkpoint.h"
#include "store/error.h"

/* What the tests of keys, tree, checkpoints and proofs share: the vectors that another program made
 * (golden/format-vectors.json), changed copies of bytes, and the openssl command. */

G_GNUC_UNUSED static JzJson *
load_vectors (void)
{
  g_autofree char *path =
    g_test_build_filename (G_TEST_DIST, "golden", "format-vectors.json", NULL);
  g_autofree char *text = NULL;
  gsize length;
  g_autoptr (GError) error = NULL;
  JzJson *vectors;

  g_file_get_contents (path, &text, &length, &error);
  g_assert_no_error (error);
  vectors = jz_json_parse (text, length, &error);
  g_assert_no_error (error);
  return vectors;
}

G_GNUC_UNUSED static GBytes *
bytes_from_text (const char *text)
{
  return g_bytes_new (text, strlen (text));
}

G_GNUC_UNUSED static GBytes *
bytes_from_hex (const char *hex)
{
  gsize length = strlen (hex) / 2;
  guint8 *bytes = g_malloc (length + 1);

  for (gsize i = 0; i < length; i++)
    bytes[i] =
      (guint8)(g_ascii_xdigit_value (hex[2 * i]) << 4 | g_ascii_xdigit_value (hex[2 * i + 1]));
  return g_bytes_new_take (bytes, length);
}

/* The bytes of a PEM block, read leniently: the tests' own way, not ours. */
G_GNUC_UNUSED static GBytes *
bytes_from_pem (const char *pem)
{
  g_auto (GStrv) lines = g_strsplit (pem, "\n", -1);
  g_autoptr (GString) base64 = g_string_new (NULL);
  gsize length;
  guint8 *bytes;

  for (guint i = 0; lines[i] != NULL; i++)
    if (!g_str_has_prefix (lines[i], "-----"))
      g_string_append (base64, lines[i]);
  bytes = g_base64_decode (base64->str, &length);
  return g_bytes_new_take (bytes, length);
}

G_GNUC_UNUSED static GBytes *
bytes_with_change (GBytes *bytes, gsize position, guint8 mask)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);
  guint8 *changed = g_memdup2 (data, length);

  g_assert_cmpuint (position, <, length);
  g_assert_cmpuint (mask, !=, 0);
  changed[position] ^= mask;
  return g_bytes_new_take (changed, length);
}

G_GNUC_UNUSED static void
hash_from_member (const JzJson *array, guint position, JzHash *hash)
{
  g_assert_true (jz_hash_from_hex (jz_json_get_text (jz_json_get_item (array, position)), hash));
}

/* (transfer full) (element-type JzHash) */
G_GNUC_UNUSED static GArray *
hashes_from_json (const JzJson *array)
{
  GArray *hashes = g_array_new (FALSE, FALSE, sizeof (JzHash));

  for (guint i = 0; i < jz_json_get_n_items (array); i++) {
    JzHash hash;
    hash_from_member (array, i, &hash);
    g_array_append_val (hashes, hash);
  }
  return hashes;
}

G_GNUC_UNUSED static JzInstant
instant_of (const char *text)
{
  JzInstant instant = 0;
  g_assert_true (jz_instant_parse (text, &instant, NULL));
  return instant;
}

G_GNUC_UNUSED static JzKey *
make_key (void)
{
  g_autoptr (GError) error = NULL;
  JzKey *key = jz_key_generate (&error);
  g_assert_no_error (error);
  return key;
}

/* A CA for itself where @ca is NULL. */
G_GNUC_UNUSED static JzCertificate *
make_certificate (JzKey *key, const char *name, JzKey *ca_key, JzCertificate *ca)
{
  g_autoptr (GError) error = NULL;
  JzCertificate *certificate = jz_certificate_issue (
    key, name, ca_key, ca, instant_of ("2026-03-02T09:00:00.000+08:00"), &error);
  g_assert_no_error (error);
  return certificate;
}

/* A folder of files for the openssl command. */
typedef struct {
  char *path;
} Folder;

G_GNUC_UNUSED static void
folder_init (Folder *folder)
{
  folder->path = g_dir_make_tmp ("juanzong-test-XXXXXX", NULL);
  g_assert_nonnull (folder->path);
}

G_GNUC_UNUSED static void
folder_clear (Folder *folder)
{
  g_autoptr (GDir) dir = folder->path != NULL ? g_dir_open (folder->path, 0, NULL) : NULL;
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (folder->path, name, NULL);
    g_assert_cmpint (g_remove (path), ==, 0);
  }
  if (folder->path != NULL)
    g_assert_cmpint (g_rmdir (folder->path), ==, 0);
  g_clear_pointer (&folder->path, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Folder, folder_clear)

G_GNUC_UNUSED static void
folder_write (Folder *folder, const char *name, GBytes *bytes)
{
  g_autofree char *path = g_build_filename (folder->path, name, NULL);
  g_autoptr (GError) error = NULL;
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);

  g_file_set_contents (path, data, (gssize)length, &error);
  g_assert_no_error (error);
}

G_GNUC_UNUSED static GBytes *
folder_read (Folder *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder->path, name, NULL);
  g_autoptr (GError) error = NULL;
  char *data = NULL;
  gsize length;

  g_file_get_contents (path, &data, &length, &error);
  g_assert_no_error (error);
  return g_bytes_new_take (data, length);
}

/* Runs the openssl command in @folder with the words of @arguments; FALSE where it fails. */
G_GNUC_UNUSED static gboolean
run_openssl (Folder *folder, const char *arguments)
{
  g_autofree char *line = g_strconcat ("openssl ", arguments, NULL);
  g_auto (GStrv) words = NULL;
  g_autofree char *output = NULL;
  g_autofree char *complaint = NULL;
  g_autoptr (GError) error = NULL;
  int status = -1;

  g_assert_true (g_shell_parse_argv (line, NULL, &words, NULL));
  g_spawn_sync (folder->path, words, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &output, &complaint,
                &status, &error);
  g_assert_no_error (error);
  if (status != 0)
    g_test_message ("%s: %s%s", line, output, complaint);
  return status == 0;
}

/* Marks the test as skipped where there is no openssl command. */
G_GNUC_UNUSED static gboolean
has_openssl (void)
{
  g_autofree char *program = g_find_program_in_path ("openssl");
  if (program == NULL)
    g_test_skip ("there is no openssl command here");
  return program != NULL;
}
