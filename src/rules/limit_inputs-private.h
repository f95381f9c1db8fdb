/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rules/limit.h"

G_BEGIN_DECLS

/* What a limit is computed from, asked of the facts. Every function answers FALSE only with an
 * error; what is not known is noted in the answer's @missing, or in @assumed when it was taken as
 * in the usual case. */

typedef struct {
  const JzLimitRequest *request;
  JzLimitAnswer *answer;
} JzLimitInputs;

gboolean jz_limit_inputs_ask (const JzLimitInputs *self,
                              const JzExpression *condition,
                              JzTruth usually,
                              JzTruth *truth,
                              GError **error);
gboolean jz_limit_inputs_get_value (const JzLimitInputs *self,
                                    const JzExpression *expression,
                                    JzValue **value,
                                    GError **error);
gboolean jz_limit_inputs_get_count (const JzLimitInputs *self, const char *fact, int *count);
gboolean jz_limit_inputs_get_exclusions (const JzLimitInputs *self,
                                         const JzLimit *limit,
                                         GArray *exclusions);
gboolean jz_limit_inputs_get_extensions (const JzLimitInputs *self,
                                         const JzLimit *limit,
                                         GArray *extensions,
                                         GError **error);

G_END_DECLS
