/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "base/json.h"

G_BEGIN_DECLS

/**
 * JzReviewCards:
 *
 * The points of a review as cards, the items of each below it; what the program has cleared is
 * folded away.
 *
 * Signal "selected": another point or item is looked at.
 * Signal "entered": Enter was pressed on it.
 */
#define JZ_TYPE_REVIEW_CARDS (jz_review_cards_get_type ())
G_DECLARE_FINAL_TYPE (JzReviewCards, jz_review_cards, JZ, REVIEW_CARDS, AdwBin)

void jz_review_cards_set_sheet (JzReviewCards *self, const JzJson *sheet);
const JzJson *jz_review_cards_get_point (JzReviewCards *self);
const JzJson *jz_review_cards_get_item (JzReviewCards *self);
void jz_review_cards_select (JzReviewCards *self, const char *point, const char *item);
void jz_review_cards_move (JzReviewCards *self, int direction);
gboolean jz_review_cards_go_to_open (JzReviewCards *self);
void jz_review_cards_unfold (JzReviewCards *self, gboolean is_unfolded);

G_END_DECLS
