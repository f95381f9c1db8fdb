/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/section.h"

G_BEGIN_DECLS

/* A year as twelve months: which days are worked, and who says so (工作日历). */
#define JZ_TYPE_CALENDAR_PAGE (jz_calendar_page_get_type ())
G_DECLARE_FINAL_TYPE (JzCalendarPage, jz_calendar_page, JZ, CALENDAR_PAGE, JzSection)

G_END_DECLS
