/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "office/case_facts.h"

G_BEGIN_DECLS

/**
 * JzItemAsking:
 * @facts: of the case
 * @journal: where its entries are
 * @case_id: the case
 * @until: nothing that arrived later counts
 *
 * What an item of a review is answered from.
 */
typedef struct {
  JzCaseFacts *facts;
  JzConnection *journal;
  const char *case_id;
  gint64 until;
} JzItemAsking;

JzJson *jz_review_item_answer (const JzAuditItem *item, const JzItemAsking *asking, GError **error);

G_END_DECLS
