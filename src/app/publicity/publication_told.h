/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "base/json.h"

G_BEGIN_DECLS

void jz_publication_fill_changes (GtkGrid *grid, const JzJson *sheet);
void jz_publication_fill_errors (GtkBox *box, const JzJson *sheet, gboolean may_dismiss);
void jz_publication_fill_history (GtkListBox *list, const JzJson *history);

G_END_DECLS
