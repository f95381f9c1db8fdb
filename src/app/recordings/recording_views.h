/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "office/recording_rows.h"

G_BEGIN_DECLS

/* The chips above the list of recordings: one for each list, and behind them the devices. */
#define JZ_RECORDING_DEVICES JZ_RECORDING_N_VIEWS
#define JZ_RECORDING_N_CHIPS (JZ_RECORDING_DEVICES + 1)

void jz_recording_views_fill (GtkBox *box, GtkToggleButton *chips[JZ_RECORDING_N_CHIPS]);
guint jz_recording_views_get_shown (GtkToggleButton *const *chips);
void jz_recording_views_show (GtkToggleButton *const *chips, const char *place);
void jz_recording_views_count (GtkToggleButton *const *chips, const gint64 *counts);

G_END_DECLS
