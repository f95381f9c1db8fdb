/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "office/paragraph.h"
#include "office/recordings.h"

/* Any text as a stretch of a recording, and as a paragraph that a moment of one is tied to: its
 * first line is the stretch, the second the tie as JSON, and the rest the document. */

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static void
try_range (const char *text)
{
  gint64 from = -1;
  gint64 until = -1;

  if (!jz_recording_parse_range (text, &from, &until))
    return;
  g_assert_cmpint (from, >=, 0);
  g_assert_cmpint (until, >=, from);
}

static void
try_tie (const char *line, const char *text)
{
  g_autoptr (JzJson) tie = jz_json_parse (line, strlen (line), NULL);
  JzParagraph paragraph = { 0 };
  gboolean is_changed = FALSE;

  if (tie == NULL || jz_json_get_kind (tie) != JZ_JSON_OBJECT ||
      !jz_recording_find_tied (tie, text, &paragraph, &is_changed))
    return;
  g_assert_cmpuint (paragraph.number, >=, 1);
  g_assert_cmpuint (paragraph.start, <=, paragraph.end);
  g_assert_cmpuint (paragraph.end, <=, strlen (text));
  g_assert_cmpuint (jz_paragraph_at (text, paragraph.start).number, ==, paragraph.number);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *text = g_utf8_make_valid ((const char *)data, (gssize)size);
  g_auto (GStrv) parts = g_strsplit (text, "\n", 3);

  if (parts[0] == NULL)
    return 0;
  try_range (parts[0]);
  if (parts[1] != NULL && parts[2] != NULL)
    try_tie (parts[1], parts[2]);
  return 0;
}
