/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rules/limit.h"

G_BEGIN_DECLS

/**
 * JzTriggerScope:
 * @truth: whether the case is in the scope: true as soon as one trigger holds, unknown when none
 *   does but of some of them nobody can say it
 * @holding: (element-type JzTrigger): the triggers that hold
 * @missing: (element-type utf8): names of the facts that are missing, when unknown
 *
 * Whether a case must be reviewed, or has a right to a hearing, and why.
 */
typedef struct {
  JzTruth truth;
  GPtrArray *holding;
  GPtrArray *missing;
} JzTriggerScope;

JzTriggerScope *
jz_triggers_ask (JzTriggerPurpose purpose, const JzLimitFacts *situation, GError **error);
void jz_trigger_scope_free (JzTriggerScope *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JzTriggerScope, jz_trigger_scope_free)

G_END_DECLS
