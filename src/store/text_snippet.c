/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/text_snippet.h"

#define ELLIPSIS "…"

/* Steps over a sign, or over one byte that is none. */
static const char *
go_on (const char *at, const char *end)
{
  gunichar sign = g_utf8_get_char_validated (at, end - at);
  return (gint32)sign < 0 ? at + 1 : g_utf8_next_char (at);
}

static const char *
find_begin (const char *text, const char *hit)
{
  for (guint i = 0; i < JZ_TEXT_SNIPPET_BEFORE && hit > text; i++) {
    const char *before = g_utf8_find_prev_char (text, hit);
    /* Among bytes that are no UTF-8 it may be far, or nowhere. */
    hit = before != NULL && go_on (before, hit) == hit ? before : hit - 1;
  }
  return hit;
}

/* A list shows it in one line. */
static void
append_sign (GString *out, const char *at, const char *end)
{
  gunichar sign = g_utf8_get_char_validated (at, end - at);

  if ((gint32)sign < 0)
    g_string_append_unichar (out, 0xfffd);
  else if (sign < ' ' || (sign >= 0x7f && sign < 0xa0) || sign == 0x2028 || sign == 0x2029)
    g_string_append_c (out, ' ');
  else
    g_string_append_unichar (out, sign);
}

/**
 * jz_text_snippet_new:
 * @text: a text; need not be UTF-8
 * @length: its length in bytes
 * @hits: (element-type JzSearchSpan): what jz_search_query_find() found in it
 * @marks: (element-type JzSearchSpan): is filled with where the hits are in the snippet; a hit that
 *   is cut off ends there
 *
 * Cuts out the part of a text around its first hit, or its beginning when there is none: at most
 * %JZ_TEXT_SNIPPET_SIGNS signs of it, at most %JZ_TEXT_SNIPPET_BEFORE of them before the hit, and
 * an ellipsis where text is left out. Line breaks and control characters become spaces, bytes that
 * are not UTF-8 become U+FFFD.
 *
 * Returns: (transfer full): the snippet, valid UTF-8 of one line
 */
char *
jz_text_snippet_new (const char *text, gsize length, const GArray *hits, GArray *marks)
{
  GString *out = g_string_new (NULL);
  const char *end = text + length;
  const char *at = text;
  guint n = 0;

  g_array_set_size (marks, 0);
  if (hits->len > 0)
    at = find_begin (text, text + g_array_index (hits, JzSearchSpan, 0).start);
  if (at > text)
    g_string_append (out, ELLIPSIS);
  for (guint i = 0; i < JZ_TEXT_SNIPPET_SIGNS && at < end; i++, at = go_on (at, end)) {
    const JzSearchSpan *hit = NULL;
    gsize position = (gsize)(at - text);
    while (n < hits->len && g_array_index (hits, JzSearchSpan, n).end <= position)
      n++;
    hit = n < hits->len ? &g_array_index (hits, JzSearchSpan, n) : NULL;
    if (hit != NULL && hit->start == position) {
      JzSearchSpan mark = { out->len, out->len };
      g_array_append_val (marks, mark);
    }
    append_sign (out, at, end);
    if (hit != NULL && hit->start <= position && marks->len > 0)
      g_array_index (marks, JzSearchSpan, marks->len - 1).end = out->len;
  }
  if (at < end)
    g_string_append (out, ELLIPSIS);
  return g_string_free (out, FALSE);
}
