/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/clock.h"

G_BEGIN_DECLS

/**
 * JzSpan:
 * @from: its first moment
 * @to: the moment at which it ends, not before @from
 *
 * A stretch of time.
 */
typedef struct {
  JzInstant from;
  JzInstant to;
} JzSpan;

GArray *jz_spans_unite (const GArray *spans);
GArray *jz_spans_find_gaps (const JzSpan *whole, const GArray *spans, gint64 allowed_ms);
gboolean jz_span_is_within (const JzSpan *self, const GArray *united);

G_END_DECLS
