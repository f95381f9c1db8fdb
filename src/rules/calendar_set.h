/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/calendar.h"

G_BEGIN_DECLS

#define JZ_CALENDAR_SET_MAX_SIZE (8 * 1024 * 1024)

GBytes *jz_calendar_set_compose_shipped (GError **error);
GBytes *jz_calendar_set_compose_over (GBytes *base,
                                      GBytes *const *files,
                                      const char *const *names,
                                      guint n_files,
                                      GError **error);
GBytes *jz_calendar_set_add_shipped (GBytes *base, GError **error);
JzCalendar *jz_calendar_set_load (GBytes *bytes, const char *name, GError **error);

G_END_DECLS
