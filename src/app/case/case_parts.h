/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/case/case_tab.h"

G_BEGIN_DECLS

/* What stands above the tabs of a case. */
void jz_case_fill_line (GtkFlowBox *box, const JzJson *course);
void jz_case_fill_next (GtkBox *box, JzOfficeClient *client, const JzJson *sheet);
GMenuModel *jz_case_new_menu (const JzJson *groups);
GtkWidget *jz_case_let_shrink (GtkWidget *button);

G_END_DECLS
