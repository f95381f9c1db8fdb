/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/calendar.h"

G_BEGIN_DECLS

typedef struct _JzCalendarBuilder JzCalendarBuilder;

JzCalendarBuilder *jz_calendar_builder_new (void);
void jz_calendar_builder_free (JzCalendarBuilder *self);
JzCalendar *jz_calendar_builder_end (JzCalendarBuilder *self);

gboolean jz_calendar_builder_add_year (JzCalendarBuilder *self, int year, GError **error);
gboolean jz_calendar_builder_begin_holiday (JzCalendarBuilder *self,
                                            const char *id,
                                            const char *name,
                                            GError **error);
gboolean
jz_calendar_builder_add_off (JzCalendarBuilder *self, JzDate first, JzDate last, GError **error);
gboolean jz_calendar_builder_add_worked (JzCalendarBuilder *self, JzDate date, GError **error);
gboolean jz_calendar_builder_add_local_off (JzCalendarBuilder *self,
                                            JzDate first,
                                            JzDate last,
                                            GError **error);
gboolean jz_calendar_builder_add_calendar (JzCalendarBuilder *self,
                                           const JzCalendar *calendar,
                                           GError **error);

JzCalendar *
jz_calendar_merge (const JzCalendar *const *calendars, guint n_calendars, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JzCalendarBuilder, jz_calendar_builder_free)

G_END_DECLS
