/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/exclusion.h"

#include <glib/gi18n-lib.h>

#include "base/error.h"

static gboolean
add_span (GArray *spans, const JzExclusion *exclusion, GError **error)
{
  if (jz_date_compare (exclusion->end, exclusion->start) < 0) {
    char start[JZ_DATE_SIZE];
    char end[JZ_DATE_SIZE];
    jz_date_format (exclusion->start, start);
    jz_date_format (exclusion->end, end);
    g_set_error (
      error, JZ_BASE_ERROR, JZ_BASE_ERROR_RANGE,
      _ ("The time that is not counted begins on %s and ends before that, on %s; correct "
         "one of the two dates."),
      start, end);
    return FALSE;
  }
  JzExcludedSpan span = { .first = exclusion->start, .last = exclusion->end };
  if (!exclusion->includes_start) {
    /* What begins and ends on one day takes none away (DC-08). */
    if (jz_date_compare (exclusion->start, exclusion->end) == 0)
      return TRUE;
    span.first = jz_date_add_days (exclusion->start, 1);
  }
  g_array_append_val (spans, span);
  return TRUE;
}

static int
compare_spans (gconstpointer a, gconstpointer b)
{
  const JzExcludedSpan *span_a = a;
  const JzExcludedSpan *span_b = b;
  return jz_date_compare (span_a->first, span_b->first);
}

static void
join_spans (GArray *spans)
{
  g_array_sort (spans, compare_spans);
  guint n_joined = 0;
  for (guint i = 0; i < spans->len; i++) {
    JzExcludedSpan span = g_array_index (spans, JzExcludedSpan, i);
    if (n_joined > 0) {
      JzExcludedSpan *before = &g_array_index (spans, JzExcludedSpan, n_joined - 1);
      if (jz_date_days_between (before->last, span.first) <= 1) {
        if (jz_date_compare (before->last, span.last) < 0)
          before->last = span.last;
        continue;
      }
    }
    g_array_index (spans, JzExcludedSpan, n_joined++) = span;
  }
  g_array_set_size (spans, n_joined);
}

/**
 * jz_exclusion_merge:
 * @exclusions: (array length=n_exclusions): times that are not counted; their dates are valid
 * @n_exclusions: how many
 * @is_running: (out): whether one of them is open: running, not yet excluded
 * @error: return location
 *
 * Makes of any exclusions the days that are not counted (DC-08): of (s, e] those after s until e,
 * of [s, e] also s; what overlaps or touches becomes one. An open one excludes nothing, because
 * only what begins and ends with a document counts.
 *
 * Returns: (transfer full) (element-type JzExcludedSpan): spans that do not touch, in order; or
 * %NULL with %JZ_BASE_ERROR_RANGE when one ends before it begins
 */
GArray *
jz_exclusion_merge (const JzExclusion *exclusions,
                    guint n_exclusions,
                    gboolean *is_running,
                    GError **error)
{
  g_return_val_if_fail (exclusions != NULL || n_exclusions == 0, NULL);
  g_return_val_if_fail (is_running != NULL, NULL);

  g_autoptr (GArray) spans = g_array_new (FALSE, FALSE, sizeof (JzExcludedSpan));
  gboolean any_open = FALSE;
  for (guint i = 0; i < n_exclusions; i++) {
    g_return_val_if_fail (jz_date_is_valid (exclusions[i].start), NULL);
    g_return_val_if_fail (exclusions[i].is_open || jz_date_is_valid (exclusions[i].end), NULL);
    if (exclusions[i].is_open)
      any_open = TRUE;
    else if (!add_span (spans, &exclusions[i], error))
      return NULL;
  }
  join_spans (spans);
  *is_running = any_open;
  return g_steal_pointer (&spans);
}
