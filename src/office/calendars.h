/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/calendar.h"
#include "office/act.h"

G_BEGIN_DECLS

const JzCalendar *jz_calendars_get (JzObjects *objects, const JzHash *hash, GError **error);
const JzCalendar *jz_calendars_get_empty (void);
gboolean jz_tables_find_calendar (JzConnection *tables,
                                  JzDate date,
                                  gint64 until,
                                  JzMaybeHash *hash,
                                  GError **error);
const JzCalendar *jz_situation_get_calendar (const JzSituation *self, GError **error);

G_END_DECLS
