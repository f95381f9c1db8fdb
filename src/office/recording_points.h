/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "office/case_view.h"
#include "office/recording_duty.h"

G_BEGIN_DECLS

/**
 * JzRecordingPoint:
 * @id: its id, as recording.check_shot has it
 * @mark: (nullable): the kind of mark that ticks it
 * @name: what is to be seen or heard
 * @words: (nullable): what is said there
 *
 * What a recording must show, or what must be heard in it.
 */
typedef struct {
  char *id;
  const char *mark;
  const char *name;
  const char *words;
} JzRecordingPoint;

GPtrArray *jz_recording_points_list (const JzRecordingRule *rule);
gboolean jz_recording_points_has (const JzRecordingRule *rule, const char *id);
JzJson *jz_recorded_step_list_points (const JzRecordedStep *step, const JzStated *stated);
char *
jz_recorded_step_dup_unticked (const JzRecordedStep *step, const JzStated *stated, guint *n_open);
JzJson *jz_recording_list_checks (const JzCaseView *view, const char *attachment, GError **error);

G_END_DECLS
