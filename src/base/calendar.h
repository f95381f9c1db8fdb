/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/date.h"

G_BEGIN_DECLS

/**
 * JzDayKind:
 * @JZ_DAY_KIND_WORKING: Monday to Friday, not off
 * @JZ_DAY_KIND_WEEKEND: Saturday or Sunday, not worked
 * @JZ_DAY_KIND_OFF: off by the holiday notice (放假)
 * @JZ_DAY_KIND_LOCAL_OFF: off by the local government's decision (DC-16)
 * @JZ_DAY_KIND_WORKED_WEEKEND: a weekend day worked by the holiday notice (调休上班)
 *
 * What kind of day a day is; the first and the last kind are working days (DC-04).
 */
typedef enum {
  JZ_DAY_KIND_WORKING,
  JZ_DAY_KIND_WEEKEND,
  JZ_DAY_KIND_OFF,
  JZ_DAY_KIND_LOCAL_OFF,
  JZ_DAY_KIND_WORKED_WEEKEND,
} JzDayKind;

typedef struct _JzCalendar JzCalendar;

JzCalendar *jz_calendar_new_empty (void);
JzCalendar *jz_calendar_ref (const JzCalendar *self);
void jz_calendar_unref (JzCalendar *self);

gboolean jz_calendar_has_year (const JzCalendar *self, int year);
JzDayKind jz_calendar_get_day_kind (const JzCalendar *self, JzDate date);
/* For which holiday a day is off or worked; NULL when it is an ordinary day. */
const char *jz_calendar_get_holiday_id (const JzCalendar *self, JzDate date);
const char *jz_calendar_get_holiday_name (const JzCalendar *self, JzDate date);
gboolean jz_calendar_is_working_day (const JzCalendar *self, JzDate date, gboolean *is_presumed);
JzDate
jz_calendar_get_next_working_day (const JzCalendar *self, JzDate date, gboolean *is_presumed);
JzDate
jz_calendar_get_previous_working_day (const JzCalendar *self, JzDate date, gboolean *is_presumed);
int jz_calendar_count_working_days (const JzCalendar *self, int year, gboolean *is_presumed);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JzCalendar, jz_calendar_unref)

G_END_DECLS
