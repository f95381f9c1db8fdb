/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "media/error.h"
#include "media/message.h"
#include "media/page_text.h"
#include "media/probe.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

/* The first byte says what the rest is: a packet, the text of a page, a probe. */
static void
try_packet (const void *data, gsize size)
{
  g_auto (JzMessage) message = { 0 };
  g_autoptr (GError) error = NULL;

  if (!jz_message_parse (&message, data, size, &error)) {
    g_assert_error (error, JZ_MEDIA_ERROR, JZ_MEDIA_ERROR_PROTOCOL);
    return;
  }
  g_assert_no_error (error);
  g_assert_cmpuint (message.length, <=, JZ_MESSAGE_MAX_TEXT);
  g_assert_cmpint (message.text[message.length], ==, '\0');
  g_assert_cmpuint (message.n_handles, ==, 0);
}

static void
try_page_text (const void *data, gsize size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JzPageText) text = jz_page_text_unpack (data, size, &error);
  g_autoptr (GBytes) again = NULL;

  if (text == NULL) {
    g_assert_error (error, JZ_MEDIA_ERROR, JZ_MEDIA_ERROR_PROTOCOL);
    return;
  }
  g_assert_true (g_utf8_validate (text->text, -1, NULL));
  g_assert_cmpint (g_utf8_strlen (text->text, -1), ==, text->boxes->len);
  again = jz_page_text_pack (text);
  g_assert_cmpuint (g_bytes_get_size (again), ==, size);
}

static void
try_probe (const char *data, gsize size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JzJson) json = jz_json_parse (data, size, NULL);
  g_autoptr (JzProbe) probe = NULL;
  g_autoptr (JzProbe) again = NULL;
  g_autoptr (JzJson) written = NULL;
  g_autoptr (JzJson) rewritten = NULL;

  if (json == NULL)
    return;
  probe = jz_probe_from_json (json, &error);
  if (probe == NULL) {
    g_assert_error (error, JZ_MEDIA_ERROR, JZ_MEDIA_ERROR_PROTOCOL);
    return;
  }
  written = jz_probe_to_json (probe);
  again = jz_probe_from_json (written, &error);
  g_assert_no_error (error);
  rewritten = jz_probe_to_json (again);
  g_assert_true (jz_json_equal (written, rewritten));
  g_free (jz_probe_dup_odd_sentences (probe));
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  if (size == 0)
    return 0;
  switch (data[0]) {
  case 'M':
    try_packet (data + 1, size - 1);
    break;
  case 'T':
    try_page_text (data + 1, size - 1);
    break;
  default:
    try_probe ((const char *)data + 1, size - 1);
  }
  return 0;
}
