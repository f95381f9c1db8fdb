/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rules/limit.h"

G_BEGIN_DECLS

/**
 * JzGateVerdict:
 * @gate: the gate that was asked
 * @refusal: (nullable): why it refuses; %NULL when it lets through
 * @is_unknown: whether it refuses because facts are missing
 * @missing: (element-type utf8): names of the facts that are missing then
 * @warnings: (element-type utf8): sentences for who does the act, where it lets through
 * @trace: (nullable): how its conditions came out, when that was asked for
 *
 * What a gate said.
 */
typedef struct {
  const JzGateRule *gate;
  JzRefusal *refusal;
  gboolean is_unknown;
  GPtrArray *missing;
  GPtrArray *warnings;
  char *trace;
} JzGateVerdict;

gboolean jz_gate_stands_before (const JzGateRule *self, const char *act);
JzGateVerdict *jz_gate_ask (const JzGateRule *self,
                            const JzLimitFacts *situation,
                            const char *act,
                            JzLanguage language,
                            gboolean tracing,
                            GError **error);
GPtrArray *jz_gates_ask_all (const JzLimitFacts *situation,
                             const char *act,
                             JzLanguage language,
                             GError **error);
void jz_gate_verdict_free (JzGateVerdict *self);
char *jz_sentence_fill (const JzText *sentence,
                        const JzExpression *condition,
                        const JzLimitFacts *situation,
                        JzLanguage language);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JzGateVerdict, jz_gate_verdict_free)

G_END_DECLS
