/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "base/json.h"

G_BEGIN_DECLS

void jz_party_fill_documents (GtkListBox *list, const JzJson *documents, const char *current);
void jz_party_fill_beside (GtkBox *box, const JzJson *sheet, gboolean may);

G_END_DECLS
