/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/error.h"

#include <string.h>

#define MAX_EXCERPT 40

/**
 * jz_base_error_quark:
 *
 * Returns: the domain of every #GError of this folder
 */
G_DEFINE_QUARK (jz_base_error, jz_base_error)

/**
 * jz_error_dup_printable:
 * @text: what came from outside; need not be UTF-8
 * @length: its length in bytes, or -1 if it ends with a NUL
 * @max_characters: how many characters to show
 *
 * Makes foreign text safe to show: valid UTF-8, and no control character, which a terminal would
 * obey. What is longer than @max_characters ends with "…".
 *
 * Returns: (transfer full): the text to show
 */
char *
jz_error_dup_printable (const char *text, gssize length, guint max_characters)
{
  g_return_val_if_fail (text != NULL, NULL);
  g_return_val_if_fail (max_characters < G_MAXINT / 8, NULL);

  /* A character has at most 4 bytes: what lies behind that is never shown, however long it is. */
  gsize max_size = 4 * ((gsize)max_characters + 1);
  gsize size = length < 0 ? strnlen (text, max_size) : MIN ((gsize)length, max_size);
  g_autofree char *valid = g_utf8_make_valid (text, (gssize)size);
  GString *shown = g_string_new (NULL);
  guint n_shown = 0;
  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p)) {
    if (n_shown++ == max_characters) {
      g_string_append (shown, "…");
      break;
    }
    gunichar c = g_utf8_get_char (p);
    g_string_append_unichar (shown, g_unichar_isprint (c) ? c : 0xfffd);
  }
  return g_string_free (shown, FALSE);
}

/**
 * jz_error_dup_excerpt:
 * @text: what came from outside; need not be UTF-8
 * @length: its length in bytes, or -1 if it ends with a NUL
 *
 * Does what jz_error_dup_printable() does, to quote foreign text inside a sentence: at most 40
 * characters.
 *
 * Returns: (transfer full): the text to show
 */
char *
jz_error_dup_excerpt (const char *text, gssize length)
{
  g_return_val_if_fail (text != NULL, NULL);

  return jz_error_dup_printable (text, length, MAX_EXCERPT);
}
