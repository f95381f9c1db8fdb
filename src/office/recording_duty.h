/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "office/case_facts.h"
#include "office/stated.h"
#include "rules/coverage.h"
#include "rules/recording_rule.h"

G_BEGIN_DECLS

/* What the bureau wants of steps that the rules leave to it. */
#define JZ_RECORDING_SETTING "recording.level"

/* Lists of what is said of the recordings of a step. */
#define JZ_LIST_ALLOWED "@recording_allowed"
#define JZ_LIST_DECLARED "@recording_declared"
#define JZ_LIST_DECIDED "@recording_decided"
#define JZ_LIST_DISPOSED "@recording_disposed"
#define JZ_LIST_FORBIDDEN "@recording_forbidden"
#define JZ_LIST_GAP "@recording_gap"
#define JZ_LIST_SHOT "@recording_shot"

/* Who decides against a rule on recordings, and of what must not have been recorded. */
#define JZ_RECORDING_HEADS "approver|head"
/* Who answers for what is not recorded, and for what must not be. */
#define JZ_RECORDING_DECIDERS "section_head|" JZ_RECORDING_HEADS

/**
 * JzStatementState:
 * @JZ_STATEMENT_NONE: nobody says why
 * @JZ_STATEMENT_WAITING: somebody says why, and nobody has approved it yet
 * @JZ_STATEMENT_REFUSED: it was not approved
 * @JZ_STATEMENT_APPROVED: it was
 *
 * How far it is said why something was not recorded.
 */
typedef enum {
  JZ_STATEMENT_NONE,
  JZ_STATEMENT_WAITING,
  JZ_STATEMENT_REFUSED,
  JZ_STATEMENT_APPROVED,
} JzStatementState;

/**
 * JzStepRecording:
 * @id: id of what ties the file to the step
 * @attachment: id of the file
 * @record: what was stated when it was tied
 * @file: (nullable): what is known of the file
 * @has_span: whether it is known from when to when it runs
 * @span: from when to when
 * @is_photo: a photo has no length
 *
 * A file that shows a step.
 */
typedef struct {
  const char *id;
  const char *attachment;
  const JzStatedRecord *record;
  const JzStatedRecord *file;
  gboolean has_span;
  JzSpan span;
  gboolean is_photo;
} JzStepRecording;

/**
 * JzStepGap:
 * @span: from when to when nothing was recorded
 * @state: whether it is explained
 * @explanation: (nullable): what explains it
 */
typedef struct {
  JzSpan span;
  JzStatementState state;
  const JzStatedRecord *explanation;
} JzStepGap;

/**
 * JzRecordedStep:
 * @id: id of what was done
 * @act: name of the act that did it
 * @record: what was stated of it
 * @rule: (nullable): the rule that speaks of it
 * @level: what it owes
 * @has_span: whether somebody said from when to when it lasted
 * @span: from when to when
 * @recordings: (element-type JzStepRecording): what shows it
 * @covered: (element-type JzSpan): when something ran, united
 * @gaps: (element-type JzStepGap): what of a full course is not covered
 * @statement: (nullable): the last that says why there is no recording at all
 * @statement_state: how far that got
 * @ban: (nullable): the decision that it must not be recorded, where that stands
 * @is_present: a recording that counts is there
 * @is_excused: none is needed: it is said and approved why, or none may be made
 * @is_covered: of a full course: no gap is left unexplained; else true
 * @is_quarantined: it was recorded though it must not be, and nothing is decided of that
 * @is_contradicted: the rules want its full course, and whoever forbade to record it had no power
 * to decide against them
 *
 * What a step of a case owes of recordings, and what there is (rules.md 5; ).
 */
typedef struct {
  const char *id;
  char *act;
  const JzStatedRecord *record;
  const JzRecordingRule *rule;
  JzRecordingLevel level;
  gboolean has_span;
  JzSpan span;
  GArray *recordings;
  GArray *covered;
  GArray *gaps;
  const JzStatedRecord *statement;
  JzStatementState statement_state;
  const JzStatedRecord *ban;
  gboolean is_present;
  gboolean is_excused;
  gboolean is_covered;
  gboolean is_quarantined;
  gboolean is_contradicted;
} JzRecordedStep;

GPtrArray *jz_recorded_steps_list (JzCaseFacts *facts);
const JzRecordedStep *jz_recorded_steps_find (const GPtrArray *steps, const char *id);
gboolean jz_recorded_step_has_file (const JzRecordedStep *self, const char *attachment);
const char *jz_recording_get_disposal (const JzStated *stated, const char *attachment);
gboolean jz_recorded_step_owes (const JzRecordedStep *self);
JzStatementState jz_statement_get_state (const JzStated *stated, const char *id);
char *jz_span_dup_text (const JzSpan *self);
char *jz_recorded_step_dup_gaps (const JzRecordedStep *self);
gboolean jz_recordings_find_unseen (JzCaseFacts *facts,
                                    JzConnection *journal,
                                    const char *person,
                                    gboolean *is_unseen,
                                    GError **error);
const char *jz_recording_get_ban_ground (const JzStated *stated, const char *file);
gboolean jz_recording_is_forbidden (const JzStated *stated, const char *file);
gboolean jz_recording_is_sealed (const GPtrArray *steps, const JzStated *stated, const char *file);

G_END_DECLS
