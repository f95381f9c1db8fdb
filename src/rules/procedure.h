/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rules/limit.h"

G_BEGIN_DECLS

/**
 * JzStageState:
 * @JZ_STAGE_NOT_REACHED: no stage that is done leads to it
 * @JZ_STAGE_OPEN: it may be done now
 * @JZ_STAGE_BLOCKED: it is reached, but another stage must be done before it
 * @JZ_STAGE_UNKNOWN: facts are missing that say whether it is reached or blocked
 * @JZ_STAGE_DONE: it is done
 *
 * How a stage stands in a case.
 */
typedef enum {
  JZ_STAGE_NOT_REACHED,
  JZ_STAGE_OPEN,
  JZ_STAGE_BLOCKED,
  JZ_STAGE_UNKNOWN,
  JZ_STAGE_DONE,
} JzStageState;

/**
 * JzStageStanding:
 * @stage: the stage
 * @state: how it stands
 * @unmet: (element-type JzStageOrder): what must come before it and is not done
 * @missing: (element-type utf8): names of facts that are missing
 *
 * How a stage stands, and why.
 */
typedef struct {
  const JzStage *stage;
  JzStageState state;
  GPtrArray *unmet;
  GPtrArray *missing;
} JzStageStanding;

GPtrArray *
jz_procedure_get_standings (const JzProcedure *self, const JzLimitFacts *situation, GError **error);
void jz_stage_standing_free (JzStageStanding *self);
const char *jz_stage_state_get_word (JzStageState state);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JzStageStanding, jz_stage_standing_free)

G_END_DECLS
