/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "office/case_view.h"

G_BEGIN_DECLS

/**
 * JzCaseWait:
 * @JZ_CASE_TO_DO: it is ours to do
 * @JZ_CASE_WAITED_FOR: somebody else has to do it first
 * @JZ_CASE_WAITED_OUT: the time of somebody else is over, so that we can go on
 *
 * Who a thing waits for.
 */
typedef enum {
  JZ_CASE_TO_DO,
  JZ_CASE_WAITED_FOR,
  JZ_CASE_WAITED_OUT,
} JzCaseWait;

/**
 * JzCaseDue:
 * @answer: the limit, when it ends and how that was counted
 * @act: what meets it
 * @wait: whose time it is
 *
 * A limit of a case that somebody has to look at.
 */
typedef struct {
  JzLimitAnswer *answer;
  const JzAct *act;
  JzCaseWait wait;
} JzCaseDue;

GPtrArray *jz_case_due_list (const JzCaseView *view, GError **error);
const JzAct *jz_limit_find_act (const JzLimit *limit);
gboolean jz_act_states_fact (const JzAct *act, const char *fact);

G_END_DECLS
