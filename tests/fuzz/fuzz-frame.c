/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "media/frame.h"

/* What a helper that a file took over may tell of pictures. The first byte says what the rest is:
 * the list of the pictures of a recording, or which picture a mark points at. */

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static void
try_index (GBytes *bytes)
{
  g_autoptr (JzFrameIndex) index = jz_frame_index_parse (bytes);
  g_autoptr (GArray) gaps = NULL;
  gsize n;

  if (index == NULL)
    return;
  n = jz_frame_index_get_length (index);
  g_assert_cmpuint (n, ==, g_bytes_get_size (bytes) / sizeof (gint64));
  for (gsize i = 0; i < n; i++)
    g_assert_cmpint (jz_frame_index_find (index, jz_frame_index_get_pts (index, i)), ==, (gint64)i);
  g_assert_cmpint (jz_frame_index_get_usual_duration (index), >=, 0);
  gaps = jz_frame_index_find_gaps (index, 1);
  g_assert_cmpuint (gaps->len, ==, n - 1);
}

static void
try_hash (const char *text, gsize length)
{
  g_autoptr (JzJson) json = jz_json_parse (text, length, NULL);
  g_autoptr (JzFrameHash) hash = NULL;
  g_autoptr (JzFrameHash) again = NULL;
  g_autoptr (JzJson) written = NULL;
  g_autoptr (GError) error = NULL;

  if (json == NULL)
    return;
  hash = jz_frame_hash_from_json (json, &error);
  if (hash == NULL) {
    g_assert_nonnull (error);
    return;
  }
  g_assert_cmpuint (strspn (hash->sha256, "0123456789abcdef"), ==, 64);
  written = jz_frame_hash_to_json (hash);
  again = jz_frame_hash_from_json (written, &error);
  g_assert_no_error (error);
  g_assert_true (jz_frame_hash_equal (hash, again));
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GBytes) rest = NULL;

  if (size == 0)
    return 0;
  if (data[0] != 'I') {
    try_hash ((const char *)data + 1, size - 1);
    return 0;
  }
  rest = g_bytes_new (data + 1, size - 1);
  try_index (rest);
  return 0;
}
