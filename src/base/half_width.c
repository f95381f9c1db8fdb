/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/half_width.h"

/**
 * jz_half_width_dup:
 * @text: what somebody typed; need not be UTF-8
 *
 * Half- and full-width digits, letters and signs are the same to whoever types Chinese (ID-U1).
 * Turns the full-width forms of ASCII (U+FF01 to U+FF5E) and the ideographic space into ASCII and
 * leaves everything else as it is.
 *
 * Returns: (transfer full) (nullable): the text in half width, or %NULL when @text is not UTF-8
 */
char *
jz_half_width_dup (const char *text)
{
  GString *half_width = NULL;

  g_return_val_if_fail (text != NULL, NULL);
  if (!g_utf8_validate (text, -1, NULL))
    return NULL;
  half_width = g_string_new (NULL);
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at)) {
    gunichar sign = g_utf8_get_char (at);
    if (sign >= 0xff01 && sign <= 0xff5e)
      sign = sign - 0xff01 + '!';
    else if (sign == 0x3000)
      sign = ' ';
    g_string_append_unichar (half_width, sign);
  }
  return g_string_free (half_width, FALSE);
}
