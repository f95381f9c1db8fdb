/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

gboolean jz_focus_is_typing (GtkWidget *widget);
gboolean jz_focus_through (GtkWidget *widget, GtkDirectionType direction);
void jz_flow_append (GtkFlowBox *box, GtkWidget *widget, const char *name);

G_END_DECLS
