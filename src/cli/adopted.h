/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/calendar.h"
#include "forms/form_set.h"
#include "rules/rulebook.h"

G_BEGIN_DECLS

/**
 * JzAdopted:
 * @store: (nullable): a store; %NULL for what is shipped
 * @as_of: (nullable): the day that is meant; %NULL for today
 *
 * Where `due`, `rules` and `forms` take from what they show.
 */
typedef struct {
  char *store;
  char *as_of;
} JzAdopted;

void jz_adopted_clear (JzAdopted *self);

gboolean jz_adopted_is_misused (const JzAdopted *self, GError **error);
gboolean jz_adopted_get_rules (const JzAdopted *self,
                               const JzRulebook **rulebook,
                               const JzCalendar **calendar,
                               GError **error);
const JzFormSet *jz_adopted_get_forms (const JzAdopted *self, GError **error);

G_END_DECLS
