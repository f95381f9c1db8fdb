/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "office/file_name.h"

#include <string.h>

/* Names of files come from outside: any bytes, any length, characters that turn the direction of
 * writing so that "gpj.exe" reads like "exe.jpg". The record keeps such a name twice: harmless, and
 * escaped as it was. */

/**
 * jz_character_is_hidden:
 * @character: a character
 *
 * What turns the direction of writing lets a text read otherwise than it is; nobody needs it in
 * Chinese. The separators end a line without looking like it.
 *
 * Returns: whether it is one of these
 */
gboolean
jz_character_is_hidden (gunichar character)
{
  return (character >= 0x202a && character <= 0x202e) ||
         (character >= 0x2066 && character <= 0x2069) || character == 0x200e ||
         character == 0x200f || character == 0x061c || character == 0x2028 || character == 0x2029;
}

static gboolean
is_harmful (gunichar character)
{
  return g_unichar_iscntrl (character) || jz_character_is_hidden (character) ||
         character == 0xfeff || character == 0x200b;
}

/**
 * jz_file_name_is_plain:
 * @name: bytes
 *
 * Returns: whether a record can have the name as it is
 */
gboolean
jz_file_name_is_plain (const char *name)
{
  if (name[0] == '\0' || !g_utf8_validate (name, -1, NULL) ||
      g_utf8_strlen (name, -1) > JZ_FILE_NAME_MAX)
    return FALSE;
  for (const char *at = name; *at != '\0'; at = g_utf8_next_char (at))
    if (is_harmful (g_utf8_get_char (at)))
      return FALSE;
  return TRUE;
}

/**
 * jz_file_name_dup_short:
 * @name: UTF-8
 * @max: characters, at least 16
 *
 * Returns: (transfer full): the name, where it is longer its beginning and its end
 */
char *
jz_file_name_dup_short (const char *name, glong max)
{
  glong length = g_utf8_strlen (name, -1);
  glong tail = max / 3;
  g_autofree char *first = NULL;
  g_autofree char *last = NULL;

  if (length <= max)
    return g_strdup (name);
  first = g_utf8_substring (name, 0, max - tail - 1);
  last = g_utf8_substring (name, length - tail, length);
  return g_strconcat (first, "…", last, NULL);
}

/**
 * jz_file_name_dup_harmless:
 * @name: bytes
 *
 * Returns: (transfer full): the name with a sign in place of each character that is not what it
 *   seems, short enough for a record
 */
char *
jz_file_name_dup_harmless (const char *name)
{
  g_autofree char *valid = g_utf8_make_valid (name, -1);
  g_autoptr (GString) harmless = g_string_new (NULL);

  for (const char *at = valid; *at != '\0'; at = g_utf8_next_char (at)) {
    gunichar character = g_utf8_get_char (at);
    g_string_append_unichar (harmless, is_harmful (character) ? 0xfffd : character);
  }
  if (harmless->len == 0)
    g_string_append_unichar (harmless, 0xfffd);
  return jz_file_name_dup_short (harmless->str, JZ_FILE_NAME_MAX);
}

/**
 * jz_file_name_dup_escaped:
 * @name: bytes
 *
 * Returns: (transfer full): the name as it is, in the form of addresses: each byte that is not a
 *   plain letter or digit as `%` with two hexadecimal digits
 */
char *
jz_file_name_dup_escaped (const char *name)
{
  return g_uri_escape_string (name, NULL, FALSE);
}
