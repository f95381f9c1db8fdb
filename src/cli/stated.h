/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/calendar.h"
#include "cli/adopted.h"
#include "rules/fact_set.h"
#include "rules/rulebook.h"

G_BEGIN_DECLS

/* Rules and facts for trying out: what `due` and `rules` share. */
typedef struct {
  JzRulebook *rulebook;
  JzCalendar *calendar;
  JzFactSet *facts;
} JzStated;

gboolean jz_stated_init (JzStated *self,
                         const char *field,
                         char *const *assignments,
                         const char *file,
                         const JzAdopted *adopted,
                         GError **error);
void jz_stated_clear (JzStated *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (JzStated, jz_stated_clear)

G_END_DECLS
