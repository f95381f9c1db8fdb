/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "office/case_facts.h"
#include "office/stated.h"

G_BEGIN_DECLS

/**
 * JzReviewState:
 * @JZ_REVIEW_NONE: never submitted
 * @JZ_REVIEW_UNASSIGNED: submitted, and nobody reviews it
 * @JZ_REVIEW_WAITING: has a reviewer, who has not begun
 * @JZ_REVIEW_RUNNING: points were judged
 * @JZ_REVIEW_SUPPLEMENT: materials were asked for
 * @JZ_REVIEW_DONE: an opinion was given
 *
 * How far a review has come (ux.md 2).
 */
typedef enum {
  JZ_REVIEW_NONE,
  JZ_REVIEW_UNASSIGNED,
  JZ_REVIEW_WAITING,
  JZ_REVIEW_RUNNING,
  JZ_REVIEW_SUPPLEMENT,
  JZ_REVIEW_DONE,
} JzReviewState;

/**
 * JzReviewView:
 * @reader: the store's database
 * @objects: the store's
 * @case_id: the case
 * @now: the time
 * @rulebook: (nullable): of the case
 * @calendar: which days are worked
 * @facts: (nullable): of the case; %NULL without a rulebook
 * @stated: what was stated of it
 *
 * A case that is looked at in legal review. Strings are borrowed.
 */
typedef struct {
  JzConnection *reader;
  JzObjects *objects;
  const char *case_id;
  JzInstant now;
  const JzRulebook *rulebook;
  const JzCalendar *calendar;
  JzCaseFacts *facts;
  JzStated *stated;
} JzReviewView;

gboolean jz_review_view_load (JzReviewView *self, GError **error);
void jz_review_view_clear (JzReviewView *self);
const JzStatedRecord *jz_review_view_get_submission (const JzReviewView *self);
const JzStatedRecord *jz_review_view_get_opinion (const JzReviewView *self);
const JzStatedRecord *
jz_review_view_find_judgement (const JzReviewView *self, const char *point, const char *item);
gboolean jz_review_view_get_state (const JzReviewView *self, JzReviewState *state, GError **error);
gboolean jz_review_view_add_head (const JzReviewView *self, JzJson *json, GError **error);
const char *jz_review_state_get_name (JzReviewState state);
const char *jz_review_state_word (JzReviewState state);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (JzReviewView, jz_review_view_clear)

G_END_DECLS
