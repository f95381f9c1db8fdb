/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

GtkAdjustment *jz_scrolling_find (GtkWidget *inside);

G_END_DECLS
