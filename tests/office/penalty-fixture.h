/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "office-fixture.h"

#include "office/desk.h"

G_BEGIN_DECLS

/**
 * Penalty:
 * @office: an office that has adopted the rules of an invented bureau
 * @id: a case in it
 * @decision: the decision as a document, once it is drafted
 * @inspection: id of the field act that the course has
 * @handler: id of the person
 * @other: id of the second handler
 * @fine: proposed, in fen
 * @matter: id of the matter in the rulebook
 * @tier: of its benchmark
 * @party_number: identity number of the party
 * @n_elements: how many elements of the violation are proved, at most 4
 * @is_hearing_told: whether the notice tells of the right to a hearing
 *
 * An ordinary penalty case: a company piles material on a road.
 */
typedef struct {
  TestOffice office;
  char *id;
  char *decision;
  char *inspection;
  char *handler;
  char *other;
  int fine;
  const char *matter;
  const char *tier;
  const char *party_number;
  int n_elements;
  gboolean is_hearing_told;
} Penalty;

/* Steps of the case, in order; each plays all before it. */
typedef enum {
  PENALTY_LEAD,
  PENALTY_FILED,
  PENALTY_PROVED,
  PENALTY_DRAFTED,
  PENALTY_NOTIFIED,
  PENALTY_SUBMITTED,
  PENALTY_REVIEWED,
  PENALTY_EXAMINED,
  PENALTY_APPROVED,
  PENALTY_DECIDED,
} PenaltyStep;

void penalty_init (Penalty *self);
/* The same, but no calendar was adopted. */
void penalty_init_without_calendar (Penalty *self);
void penalty_clear (Penalty *self);
/* Of the next case in the same office. */
void penalty_reset (Penalty *self);
/* From one step to another. */
void penalty_play (Penalty *self, PenaltyStep from, PenaltyStep to);
/* Says why the inspection was not recorded, without which the case cannot be closed. */
void penalty_excuse (Penalty *self);
void penalty_draft (Penalty *self, int fine);
/* Its figures only, without the document. */
void penalty_state_draft (Penalty *self, int fine);
/* The decision as a document, up to where it waits for approval. */
void penalty_write_decision (Penalty *self);
void penalty_judge (Penalty *self, const char *point, const char *verdict);
/* Judges every point first where it passes. */
void penalty_review (Penalty *self, const char *outcome);
/* Whether the act must name the decision as a document; the functions here name it. */
gboolean penalty_names_decision (const char *act);
/* Of the case: act.draft with a JSON text of further arguments. */
void penalty_do (Penalty *self, const char *who, const char *act, const char *args);
void penalty_by_two (Penalty *self,
                     const char *who,
                     const char *other,
                     const char *act,
                     const char *args);
void penalty_refuse (Penalty *self,
                     const char *who,
                     const char *act,
                     const char *rule,
                     const char *args);
void penalty_wait (Penalty *self, int n_days);
/* The office is closed: each change of its tables, in SQL, is found when a copy is verified. */
void penalty_assert_altered (Penalty *self, const char *const *changes, gsize n_changes);
/* What somebody finds on his desk. */
JzJson *penalty_read_desk (Penalty *self, const char *user, JzDeskScope scope);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Penalty, penalty_clear)

G_END_DECLS
