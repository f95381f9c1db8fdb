/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "office/paragraph.h"

#include <string.h>

/* Paragraphs of the text of a field, which recordings are tied to. */

/**
 * jz_paragraph_at:
 * @text: of a field
 * @offset: a place in it, in bytes
 *
 * Returns: the paragraph in which that is
 */
JzParagraph
jz_paragraph_at (const char *text, gsize offset)
{
  JzParagraph found = { 1, 0, 0 };
  const char *end;

  for (const char *line = strchr (text, '\n'); line != NULL && (gsize)(line - text) < offset;
       line = strchr (line + 1, '\n')) {
    found.number++;
    found.start = (gsize)(line - text) + 1;
  }
  end = strchr (text + found.start, '\n');
  found.end = end != NULL ? (gsize)(end - text) : strlen (text);
  return found;
}

/**
 * jz_paragraph_hash:
 * @text: of a field
 * @paragraph: one of its paragraphs
 * @hex: (out): hash of the words, as recording.tie has it
 */
void
jz_paragraph_hash (const char *text, const JzParagraph *paragraph, char hex[JZ_HASH_HEX_SIZE])
{
  JzHash hash;

  jz_hash_of (text + paragraph->start, paragraph->end - paragraph->start, &hash);
  jz_hash_to_hex (&hash, hex);
}

/* Goes on to the next paragraph; FALSE behind the last one. */
static gboolean
go_on (const char *text, JzParagraph *paragraph)
{
  if (text[paragraph->end] == '\0')
    return FALSE;
  *paragraph = jz_paragraph_at (text, paragraph->end + 1);
  return TRUE;
}

/**
 * jz_recording_find_tied:
 * @tie: of jz_recording_list_ties_of()
 * @text: the text of its field as it is now
 * @paragraph: (out): where the words are that are tied
 * @is_changed: (out): whether they read otherwise than when they were tied
 *
 * The same words are found wherever they stand now; where they are gone, the paragraph that has
 * their number is meant.
 *
 * Returns: whether there is such a paragraph
 */
gboolean
jz_recording_find_tied (const JzJson *tie,
                        const char *text,
                        JzParagraph *paragraph,
                        gboolean *is_changed)
{
  const char *words = jz_json_get_member_text (tie, "words");
  guint number = (guint)jz_json_get_member_integer (tie, "paragraph", 1);
  JzParagraph at = jz_paragraph_at (text, 0);
  gboolean is_found = FALSE;

  *is_changed = TRUE;
  do {
    char hex[JZ_HASH_HEX_SIZE];
    gboolean is_same;
    jz_paragraph_hash (text, &at, hex);
    is_same = g_strcmp0 (hex, words) == 0;
    if (is_same && (*is_changed || at.number == number)) {
      *paragraph = at;
      *is_changed = FALSE;
      is_found = TRUE;
    } else if (at.number == number && *is_changed) {
      *paragraph = at;
      is_found = TRUE;
    }
  } while (go_on (text, &at));
  return is_found;
}
