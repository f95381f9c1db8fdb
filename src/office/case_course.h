/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "office/case_view.h"

G_BEGIN_DECLS

/**
 * JzCourseState:
 * @JZ_COURSE_DONE: it is done
 * @JZ_COURSE_CURRENT: where the case stands
 * @JZ_COURSE_OPEN: it may be done now as well
 * @JZ_COURSE_AHEAD: it comes later
 * @JZ_COURSE_LEFT_OUT: the case went past it
 *
 * How a stage stands on the line of stages.
 */
typedef enum {
  JZ_COURSE_DONE,
  JZ_COURSE_CURRENT,
  JZ_COURSE_OPEN,
  JZ_COURSE_AHEAD,
  JZ_COURSE_LEFT_OUT,
} JzCourseState;

/**
 * JzCourseStage:
 * @stage: the stage
 * @state: how it stands
 * @has_begun: whether something of it has happened
 * @has_gaps: whether it must still state something
 * @on: the day on which it was done, or the empty text
 * @unmet: (element-type utf8): why it cannot be done yet, in sentences
 *
 * A stage on the line.
 */
typedef struct {
  const JzStage *stage;
  JzCourseState state;
  gboolean has_begun;
  gboolean has_gaps;
  char on[JZ_DATE_SIZE];
  GPtrArray *unmet;
} JzCourseStage;

const JzProcedure *jz_case_course_find_procedure (const JzCaseView *view);
GPtrArray *jz_case_course_new (const JzCaseView *view, GError **error);
gboolean
jz_course_has_begun (const JzCaseView *view, const JzProcedure *procedure, const JzStage *stage);
gboolean jz_course_is_missing (const JzCaseView *view, const JzStageItem *item);
JzJson *jz_case_course_list (const JzCaseView *view, GError **error);
const char *jz_course_state_get_name (JzCourseState state);

G_END_DECLS
