/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/key-private.h"

#include <string.h>

/* OpenSSL's own reader skips text around a block, knows encryption headers and may ask for a
 * password on the terminal; ours knows one form only and is its own writer's inverse. */

#define PEM_COLUMNS 64

/**
 * jz_pem_from_der:
 * @der: bytes
 * @label: what they are, such as `CERTIFICATE`
 *
 * Returns: (transfer full): RFC 7468 strict text: lines of 64 columns that end with a line feed
 */
GBytes *
jz_pem_from_der (GBytes *der, const char *label)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (der, &length);
  g_autofree char *base64 = g_base64_encode (data, length);
  GString *pem = g_string_new (NULL);

  g_string_append_printf (pem, "-----BEGIN %s-----\n", label);
  for (const char *line = base64; *line != '\0';) {
    gsize columns = MIN (strlen (line), PEM_COLUMNS);
    g_string_append_len (pem, line, (gssize)columns);
    g_string_append_c (pem, '\n');
    line += columns;
  }
  g_string_append_printf (pem, "-----END %s-----\n", label);
  return g_string_free_to_bytes (pem);
}

/**
 * jz_pem_to_der:
 * @pem: text from outside, of bounded size
 * @label: what it should be
 *
 * Returns: (transfer full) (nullable): the bytes; NULL unless @pem is exactly what
 *   jz_pem_from_der() writes for them, without anything before or after
 */
GBytes *
jz_pem_to_der (GBytes *pem, const char *label)
{
  gsize length;
  const char *text = g_bytes_get_data (pem, &length);
  g_autofree char *begin = g_strdup_printf ("-----BEGIN %s-----\n", label);
  g_autofree char *inner = NULL;
  g_autoptr (GBytes) der = NULL;
  g_autoptr (GBytes) again = NULL;
  guint8 *bytes;
  gsize n_bytes;

  if (length < strlen (begin) || memcmp (text, begin, strlen (begin)) != 0)
    return NULL;
  /* The decoder passes over what is not base64; what it passed over wrongly does not come out the
   * same when it is written again. */
  inner = g_strndup (text + strlen (begin), length - strlen (begin));
  inner[strcspn (inner, "-")] = '\0';
  bytes = g_base64_decode (inner, &n_bytes);
  der = g_bytes_new_take (bytes, n_bytes);
  again = jz_pem_from_der (der, label);
  return g_bytes_equal (again, pem) ? g_steal_pointer (&der) : NULL;
}
