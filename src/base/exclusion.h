/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/date.h"

G_BEGIN_DECLS

/**
 * JzExclusion:
 * @start: the day on which it begins
 * @end: the day on which it ends, the last that is not counted; not used while it is open
 * @includes_start: whether @start is not counted either; otherwise @start is counted (DC-08)
 * @is_open: whether it has not ended: then nothing is excluded yet
 *
 * A time that is not counted, such as a test or a hearing.
 */
typedef struct {
  JzDate start;
  JzDate end;
  gboolean includes_start;
  gboolean is_open;
} JzExclusion;

/**
 * JzExcludedSpan:
 * @first: the first day that is not counted
 * @last: the last day that is not counted
 *
 * Days in one piece, none of which is counted.
 */
typedef struct {
  JzDate first;
  JzDate last;
} JzExcludedSpan;

GArray *jz_exclusion_merge (const JzExclusion *exclusions,
                            guint n_exclusions,
                            gboolean *is_running,
                            GError **error);

G_END_DECLS
