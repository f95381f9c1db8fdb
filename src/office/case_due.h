/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "office/case_view.h"

G_BEGIN_DECLS

/**
 * JzCaseDue:
 * @answer: the limit, when it ends and how that was counted
 * @act: what meets it
 * @is_waited_for: whether it is the time of somebody else, which still runs
 *
 * A limit of a case that somebody has to look at.
 */
typedef struct {
  JzLimitAnswer *answer;
  const JzAct *act;
  gboolean is_waited_for;
} JzCaseDue;

GPtrArray *jz_case_due_list (const JzCaseView *view, GError **error);
const JzAct *jz_limit_find_act (const JzLimit *limit);

G_END_DECLS
