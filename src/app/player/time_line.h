/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "base/json.h"

G_BEGIN_DECLS

/**
 * JzTimeLine:
 *
 * The whole time of a recording from left to right: how loud it is, where it is, marks, and the
 * stretches whose bytes are not what was written.
 *
 * Signal "sought" (moment in nanoseconds, whether exactly): the user wants to be there.
 */
#define JZ_TYPE_TIME_LINE (jz_time_line_get_type ())
G_DECLARE_FINAL_TYPE (JzTimeLine, jz_time_line, JZ, TIME_LINE, GtkWidget)

GtkWidget *jz_time_line_new (void);
void jz_time_line_set_times (JzTimeLine *self, gint64 position, gint64 duration);
void jz_time_line_set_peaks (JzTimeLine *self, GArray *peaks);
void jz_time_line_set_marks (JzTimeLine *self, const JzJson *marks);
void jz_time_line_set_stretch (JzTimeLine *self, gint64 from, gint64 until);
void jz_time_line_add_bad (JzTimeLine *self, gint64 from, gint64 until);
void jz_time_line_clear (JzTimeLine *self);

G_END_DECLS
