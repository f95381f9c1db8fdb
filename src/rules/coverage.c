/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rules/coverage.h"

/* Whether recordings cover an act from its beginning to its end. Several recorders run at
 * once and overlap, so that it is their union that counts. */

static int
compare (gconstpointer a, gconstpointer b)
{
  const JzSpan *left = a;
  const JzSpan *right = b;

  if (left->from != right->from)
    return left->from < right->from ? -1 : 1;
  return (left->to > right->to) - (left->to < right->to);
}

/**
 * jz_spans_unite:
 * @spans: (element-type JzSpan): in any order; what ends before it begins counts as nothing
 *
 * Returns: (transfer full) (element-type JzSpan): the same time in the fewest spans, one after the
 *   other and none touching the next
 */
GArray *
jz_spans_unite (const GArray *spans)
{
  g_return_val_if_fail (spans != NULL, NULL);

  g_autoptr (GArray) sorted = g_array_new (FALSE, FALSE, sizeof (JzSpan));
  GArray *united = g_array_new (FALSE, FALSE, sizeof (JzSpan));

  g_array_append_vals (sorted, spans->data, spans->len);
  g_array_sort (sorted, compare);
  for (guint i = 0; i < sorted->len; i++) {
    const JzSpan *span = &g_array_index (sorted, JzSpan, i);
    JzSpan *last = united->len > 0 ? &g_array_index (united, JzSpan, united->len - 1) : NULL;
    if (span->to <= span->from)
      continue;
    if (last != NULL && span->from <= last->to)
      last->to = MAX (last->to, span->to);
    else
      g_array_append_vals (united, span, 1);
  }
  return united;
}

static void
add_gap (GArray *gaps, JzInstant from, JzInstant to, gint64 allowed_ms)
{
  const JzSpan gap = { from, to };

  if (to - from > allowed_ms)
    g_array_append_val (gaps, gap);
}

/**
 * jz_spans_find_gaps:
 * @whole: the act, from its beginning to its end
 * @spans: (element-type JzSpan): what was recorded
 * @allowed_ms: a gap that is no longer than this is none
 *
 * Returns: (transfer full) (element-type JzSpan): what of @whole no span covers, in order
 */
GArray *
jz_spans_find_gaps (const JzSpan *whole, const GArray *spans, gint64 allowed_ms)
{
  g_return_val_if_fail (whole != NULL && spans != NULL, NULL);

  g_autoptr (GArray) united = jz_spans_unite (spans);
  GArray *gaps = g_array_new (FALSE, FALSE, sizeof (JzSpan));
  JzInstant at = whole->from;

  for (guint i = 0; i < united->len; i++) {
    const JzSpan *span = &g_array_index (united, JzSpan, i);
    if (span->to <= at)
      continue;
    if (span->from >= whole->to)
      break;
    add_gap (gaps, at, MAX (span->from, at), allowed_ms);
    at = span->to;
  }
  add_gap (gaps, at, whole->to, allowed_ms);
  return gaps;
}

/**
 * jz_span_is_within:
 * @self: a span
 * @united: (element-type JzSpan): as of jz_spans_unite()
 *
 * Returns: whether one of them holds all of it
 */
gboolean
jz_span_is_within (const JzSpan *self, const GArray *united)
{
  g_return_val_if_fail (self != NULL && united != NULL, FALSE);

  for (guint i = 0; i < united->len; i++) {
    const JzSpan *span = &g_array_index (united, JzSpan, i);
    if (span->from <= self->from && self->to <= span->to)
      return TRUE;
  }
  return FALSE;
}
