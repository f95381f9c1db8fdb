/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "office/file_name.h"

static void
test_plain (void)
{
  static const char *const plain[] = { "IMG_0001.JPG", "现场 照片(1).jpg", "a", ".x", "é.txt" };
  static const char *const others[] = { "",
                                        "a\nb.jpg",
                                        "\xff\xfe.jpg",
                                        "照片\xe2\x80\xaegpj.exe",
                                        "a\x7f",
                                        "\xef\xbb\xbf"
                                        "a.txt" };

  for (gsize i = 0; i < G_N_ELEMENTS (plain); i++) {
    g_autofree char *same = jz_file_name_dup_harmless (plain[i]);
    g_assert_true (jz_file_name_is_plain (plain[i]));
    g_assert_cmpstr (same, ==, plain[i]);
  }
  for (gsize i = 0; i < G_N_ELEMENTS (others); i++) {
    g_autofree char *harmless = jz_file_name_dup_harmless (others[i]);
    g_autofree char *escaped = jz_file_name_dup_escaped (others[i]);
    g_autofree char *back = g_uri_unescape_string (escaped, NULL);
    g_assert_false (jz_file_name_is_plain (others[i]));
    g_assert_true (jz_file_name_is_plain (harmless));
    if (g_utf8_validate (others[i], -1, NULL))
      g_assert_cmpstr (back, ==, others[i]);
    for (const char *at = escaped; *at != '\0'; at++)
      g_assert_true (g_ascii_isprint (*at));
  }
}

/* The ending of a long name tells what it is. */
static void
test_long (void)
{
  g_autoptr (GString) name = g_string_new (NULL);
  g_autofree char *harmless = NULL;
  g_autofree char *shown = NULL;

  for (int i = 0; i < 300; i++)
    g_string_append (name, "长");
  g_string_append (name, ".mp4");
  g_assert_false (jz_file_name_is_plain (name->str));
  harmless = jz_file_name_dup_harmless (name->str);
  g_assert_cmpint (g_utf8_strlen (harmless, -1), ==, JZ_FILE_NAME_MAX);
  g_assert_true (g_str_has_suffix (harmless, "长.mp4"));
  shown = jz_file_name_dup_short (name->str, 20);
  g_assert_cmpint (g_utf8_strlen (shown, -1), ==, 20);
  g_assert_nonnull (strstr (shown, "…"));
  g_assert_true (g_str_has_suffix (shown, "长.mp4"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/office/file-name/plain", test_plain);
  g_test_add_func ("/office/file-name/long", test_long);
  return g_test_run ();
}
