/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "base/calendar.h"

G_BEGIN_DECLS

GtkWidget *jz_month_grid_new (const JzCalendar *calendar, int year, int month, JzDate today);
const char *jz_day_kind_get_word (JzDayKind kind);
const char *jz_day_kind_get_style (JzDayKind kind);

G_END_DECLS
