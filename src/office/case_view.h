/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "forms/form_set.h"
#include "office/case_facts.h"
#include "office/stated.h"

G_BEGIN_DECLS

/**
 * JzCaseView:
 * @reader: a store's database
 * @objects: the store's
 * @case_id: the case, or the empty text for none
 * @now: the moment at which it is looked at
 * @today: its day
 * @rulebook: (nullable): the rules of the case
 * @forms: (nullable): its forms
 * @calendar: which days are worked
 * @stated: what acts have stated of it
 * @facts: (nullable): its facts; %NULL where no rulebook was adopted
 *
 * All that questions about one case are answered from.
 */
typedef struct {
  JzConnection *reader;
  JzObjects *objects;
  char *case_id;
  JzInstant now;
  JzDate today;
  const JzRulebook *rulebook;
  const JzFormSet *forms;
  const JzCalendar *calendar;
  JzStated *stated;
  JzCaseFacts *facts;
} JzCaseView;

gboolean jz_case_view_open (JzCaseView *self,
                            JzConnection *reader,
                            JzObjects *objects,
                            const char *case_id,
                            JzInstant now,
                            GError **error);
void jz_case_view_clear (JzCaseView *self);
char *jz_case_view_dup_text (const JzCaseView *self, const char *column);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (JzCaseView, jz_case_view_clear)

G_END_DECLS
