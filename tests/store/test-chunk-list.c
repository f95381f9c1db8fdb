/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/chunk_list.h"

#include <string.h>

#include "base/json.h"
#include "store/objects.h"

static JzJson *
load_vector (void)
{
  g_autofree char *path =
    g_test_build_filename (G_TEST_DIST, "golden", "format-vectors.json", NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (JzJson) vectors = NULL;
  gsize length = 0;

  g_file_get_contents (path, &text, &length, &error);
  g_assert_no_error (error);
  vectors = jz_json_parse (text, length, &error);
  g_assert_no_error (error);
  return jz_json_ref (jz_json_get_member (vectors, "chunk_list"));
}

static GBytes *
from_hex (const char *hex)
{
  gsize length = strlen (hex) / 2;
  guint8 *data = g_malloc (length);

  for (gsize i = 0; i < length; i++)
    data[i] =
      (guint8)(g_ascii_xdigit_value (hex[2 * i]) * 16 + g_ascii_xdigit_value (hex[2 * i + 1]));
  return g_bytes_new_take (data, length);
}

/* The content that the vectors describe: byte i is (i * 131 + 7) mod 251. */
static guint8 *
make_content (gsize size)
{
  guint8 *data = g_malloc (size);

  for (gsize i = 0; i < size; i++)
    data[i] = (guint8)((i * 131 + 7) % 251);
  return data;
}

static GBytes *
build_for (const guint8 *data, gsize size)
{
  g_autoptr (GArray) pieces = g_array_new (FALSE, FALSE, sizeof (JzHash));
  JzHash object;

  jz_hash_of (data, size, &object);
  for (gsize begin = 0; begin < size; begin += JZ_CHUNK_SIZE) {
    JzHash piece;
    jz_hash_of (data + begin, MIN (size - begin, JZ_CHUNK_SIZE), &piece);
    g_array_append_val (pieces, piece);
  }
  return jz_chunk_list_build (size, &object, (const JzHash *)pieces->data);
}

static void
test_vector (void)
{
  g_autoptr (JzJson) vector = load_vector ();
  gsize size = (gsize)jz_json_get_member_integer (vector, "size", 0);
  g_autofree guint8 *data = make_content (size);
  g_autoptr (GBytes) expected = from_hex (jz_json_get_member_text (vector, "chunks"));
  g_autoptr (GBytes) built = build_for (data, size);
  char hex[JZ_HASH_HEX_SIZE];
  JzChunkList list;

  g_assert_cmpuint (size, ==, 2 * JZ_CHUNK_SIZE + 5);
  g_assert_cmpmem (g_bytes_get_data (built, NULL), g_bytes_get_size (built),
                   g_bytes_get_data (expected, NULL), g_bytes_get_size (expected));

  g_assert_true (jz_chunk_list_parse (expected, &list));
  g_assert_cmpuint (list.size, ==, size);
  g_assert_cmpuint (list.n_pieces, ==, 3);
  jz_hash_to_hex (&list.object, hex);
  g_assert_cmpstr (hex, ==, jz_json_get_member_text (vector, "object"));
}

static void
test_length (void)
{
  static const struct {
    guint64 size;
    guint64 length;
  } cases[] = {
    { 0, 44 },
    { 1, 76 },
    { JZ_CHUNK_SIZE, 76 },
    { JZ_CHUNK_SIZE + 1, 108 },
    { 2 * JZ_CHUNK_SIZE, 108 },
    { 2 * JZ_CHUNK_SIZE + 1, 140 },
    { G_GUINT64_CONSTANT (1) << 40, 44 + (32 << 20) },
    { G_MAXUINT64, 44 + (G_GUINT64_CONSTANT (32) << 44) },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpuint (jz_chunk_list_length (cases[i].size), ==, cases[i].length);
}

static void
test_check_piece (void)
{
  gsize size = 2 * JZ_CHUNK_SIZE + 5;
  g_autofree guint8 *data = make_content (size);
  g_autoptr (GBytes) bytes = build_for (data, size);
  JzChunkList list;

  g_assert_true (jz_chunk_list_parse (bytes, &list));
  for (guint64 i = 0; i < 3; i++) {
    guint8 *piece = data + i * JZ_CHUNK_SIZE;
    gsize length = i < 2 ? JZ_CHUNK_SIZE : 5;
    gsize place = (gsize)g_test_rand_int_range (0, (int)length);
    g_assert_true (jz_chunk_list_check_piece (&list, i, piece, length));
    g_assert_false (jz_chunk_list_check_piece (&list, i, piece, length - 1));
    g_assert_false (jz_chunk_list_check_piece (&list, (i + 1) % 3, piece, length));
    piece[place] ^= 0x10;
    g_assert_false (jz_chunk_list_check_piece (&list, i, piece, length));
    piece[place] ^= 0x10;
  }
  g_assert_false (jz_chunk_list_check_piece (&list, 3, data, JZ_CHUNK_SIZE));
  g_assert_false (jz_chunk_list_check_piece (&list, G_MAXUINT64, data, JZ_CHUNK_SIZE));
}

/* Every other length is refused, whatever the size in the head asks for. */
static void
test_cut (void)
{
  gsize size = JZ_CHUNK_SIZE + 1;
  g_autofree guint8 *data = make_content (size);
  g_autoptr (GBytes) bytes = build_for (data, size);
  gsize length = 0;
  const guint8 *whole = g_bytes_get_data (bytes, &length);

  g_assert_cmpuint (length, ==, 108);
  for (gsize n = 0; n <= length + 64; n++) {
    g_autofree guint8 *copy = g_malloc0 (n + 1);
    g_autoptr (GBytes) cut = NULL;
    JzChunkList list;
    memcpy (copy, whole, MIN (n, length));
    cut = g_bytes_new (copy, n);
    g_assert_cmpint (jz_chunk_list_parse (cut, &list), ==, n == length);
  }
}

static void
test_heads (void)
{
  static const struct {
    const char *magic;
    guint64 size;
    guint64 length;
    gboolean is_list;
  } cases[] = {
    { "JZS1", JZ_CHUNK_SIZE + 1, 108, TRUE },
    { "JZS1", 2 * JZ_CHUNK_SIZE, 108, TRUE },
    { "JZS1", 2 * JZ_CHUNK_SIZE + 1, 108, FALSE },
    { "JZS1", JZ_CHUNK_SIZE, 76, FALSE },
    { "JZS1", 0, 44, FALSE },
    { "JZS2", JZ_CHUNK_SIZE + 1, 108, FALSE },
    { "jzs1", JZ_CHUNK_SIZE + 1, 108, FALSE },
    { "JZS1", G_MAXUINT64, 44, FALSE },
    { "JZS1", G_MAXUINT64, 44 + (G_GUINT64_CONSTANT (32) << 44), TRUE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    guint8 head[JZ_CHUNK_LIST_HEAD];
    guint64 size_be = GUINT64_TO_BE (cases[i].size);
    guint64 size = 4711;
    JzHash object = { { 0 } };

    memset (head, 0xab, sizeof head);
    memcpy (head, cases[i].magic, 4);
    memcpy (head + 4, &size_be, 8);
    g_assert_cmpint (jz_chunk_list_parse_head (head, cases[i].length, &size, &object), ==,
                     cases[i].is_list);
    g_assert_cmpuint (size, ==, cases[i].is_list ? cases[i].size : 4711);
    g_assert_cmpuint (object.bytes[31], ==, cases[i].is_list ? 0xab : 0);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/chunk-list/vector", test_vector);
  g_test_add_func ("/store/chunk-list/length", test_length);
  g_test_add_func ("/store/chunk-list/check-piece", test_check_piece);
  g_test_add_func ("/store/chunk-list/cut", test_cut);
  g_test_add_func ("/store/chunk-list/heads", test_heads);
  return g_test_run ();
}
