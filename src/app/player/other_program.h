/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void jz_open_with_other_program (GtkWidget *inside, int handle, const char *name);

G_END_DECLS
