/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/row_view.h"

G_BEGIN_DECLS

/* What a cell keeps of the row that it is of: its GtkListItem. */
#define JZ_ROW_VIEW_ITEM "jz-row-item"

void jz_row_view_set_menu (JzRowView *self, GMenuModel *menu);

G_END_DECLS
