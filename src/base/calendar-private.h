/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/calendar.h"

G_BEGIN_DECLS

typedef struct {
  char *id;
  char *name;
} JzCalendarHoliday;

/* The notice and the local decision are kept apart: a day can be off by both. */
typedef struct {
  gboolean is_off;
  gboolean is_worked;
  gboolean is_local_off;
  const JzCalendarHoliday *holiday;       /* (nullable), owned by the table of holidays */
  const JzCalendarHoliday *local_holiday; /* (nullable), the same */
} JzCalendarDay;

struct _JzCalendar {
  gatomicrefcount ref_count;
  GHashTable *years;    /* set of years whose notice is loaded */
  GHashTable *days;     /* jz_calendar_make_key() → JzCalendarDay; ordinary days are absent */
  GHashTable *holidays; /* id → JzCalendarHoliday */
};

static inline gpointer
jz_calendar_make_key (JzDate date)
{
  return GINT_TO_POINTER (date.year * 10000 + date.month * 100 + date.day);
}

static inline JzDate
jz_calendar_get_date_of_key (gpointer key)
{
  int number = GPOINTER_TO_INT (key);
  return (JzDate){ .year = number / 10000, .month = number / 100 % 100, .day = number % 100 };
}

G_END_DECLS
