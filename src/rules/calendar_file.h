/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/calendar.h"

G_BEGIN_DECLS

JzCalendar *jz_calendar_load (GBytes *bytes, const char *name, GError **error);
JzCalendar *jz_calendar_load_several (GBytes *const *files,
                                      const char *const *names,
                                      guint n_files,
                                      GError **error);
JzCalendar *jz_calendar_load_shipped (GError **error);

G_END_DECLS
