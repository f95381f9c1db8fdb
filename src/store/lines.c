/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/lines-private.h"

#include <string.h>

/**
 * jz_lines_take:
 * @self: where reading stands
 * @prefix: how the line must begin
 *
 * Returns: (transfer full) (nullable): the rest of the line, without its line feed; NULL where the
 *   next line begins otherwise, does not end, or has a NUL
 */
char *
jz_lines_take (JzLines *self, const char *prefix)
{
  gsize n_left = (gsize)(self->end - self->at);
  gsize n_prefix = strlen (prefix);
  const char *feed = n_left > 0 ? memchr (self->at, '\n', n_left) : NULL;
  gsize n_line = feed != NULL ? (gsize)(feed - self->at) : 0;
  const char *line = self->at;

  if (feed == NULL || n_line < n_prefix || memcmp (line, prefix, n_prefix) != 0 ||
      memchr (line, '\0', n_line) != NULL)
    return NULL;
  self->at = feed + 1;
  return g_strndup (line + n_prefix, n_line - n_prefix);
}

/**
 * jz_lines_take_exactly:
 * @self: where reading stands
 * @line: what the whole line must be
 *
 * Returns: whether it was
 */
gboolean
jz_lines_take_exactly (JzLines *self, const char *line)
{
  JzLines before = *self;
  g_autofree char *rest = jz_lines_take (self, line);

  if (rest != NULL && *rest == '\0')
    return TRUE;
  *self = before;
  return FALSE;
}

/**
 * jz_lines_take_number:
 * @self: where reading stands
 * @prefix: how the line must begin
 * @number: (out): written only on success
 *
 * Returns: whether an integer follows as format §1 writes it: digits, no leading zero, at most
 *   2^63 − 1, which is what a database can hold
 */
gboolean
jz_lines_take_number (JzLines *self, const char *prefix, guint64 *number)
{
  JzLines before = *self;
  g_autofree char *digits = jz_lines_take (self, prefix);

  if (digits != NULL && (digits[0] != '0' || digits[1] == '\0') &&
      g_ascii_string_to_unsigned (digits, 10, 0, G_MAXINT64, number, NULL))
    return TRUE;
  *self = before;
  return FALSE;
}

/**
 * jz_lines_take_hash:
 * @self: where reading stands
 * @prefix: how the line must begin
 * @hash: (out): written only on success
 *
 * Returns: whether the base64 of a hash follows
 */
gboolean
jz_lines_take_hash (JzLines *self, const char *prefix, JzHash *hash)
{
  JzLines before = *self;
  g_autofree char *text = jz_lines_take (self, prefix);

  if (jz_hash_from_base64 (text, hash))
    return TRUE;
  *self = before;
  return FALSE;
}

/**
 * jz_lines_take_base64:
 * @self: where reading stands
 * @prefix: how the line must begin
 *
 * Returns: (transfer full) (nullable): the bytes of which the one base64 form follows, at least one
 */
GBytes *
jz_lines_take_base64 (JzLines *self, const char *prefix)
{
  JzLines before = *self;
  g_autofree char *text = jz_lines_take (self, prefix);
  g_autofree guint8 *bytes = NULL;
  g_autofree char *again = NULL;
  gsize length = 0;

  if (text != NULL) {
    bytes = g_base64_decode (text, &length);
    again = g_base64_encode (bytes, length);
  }
  if (length > 0 && strcmp (again, text) == 0)
    return g_bytes_new_take (g_steal_pointer (&bytes), length);
  *self = before;
  return NULL;
}
