/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "app/office_client.h"

G_BEGIN_DECLS

/* A tab of the page of a case: shows a part of what was read of it. */
#define JZ_TYPE_CASE_TAB (jz_case_tab_get_type ())
G_DECLARE_DERIVABLE_TYPE (JzCaseTab, jz_case_tab, JZ, CASE_TAB, AdwBin)

/**
 * JzCaseTabClass:
 * @show: shows what was read anew
 * @go: (nullable): a place in the tab is to be shown; followed by @show
 */
struct _JzCaseTabClass {
  AdwBinClass parent_class;

  void (*show) (JzCaseTab *self, const JzJson *sheet);
  void (*go) (JzCaseTab *self, const char *const *path);
};

void jz_case_tab_set_sheet (JzCaseTab *self, JzOfficeClient *client, JzJson *sheet);
void jz_case_tab_go (JzCaseTab *self, const char *const *path);
JzOfficeClient *jz_case_tab_get_client (JzCaseTab *self);
const JzJson *jz_case_tab_get_sheet (JzCaseTab *self);
const char *jz_case_tab_get_case (JzCaseTab *self);
GtkBox *jz_case_tab_clear (JzCaseTab *self);

/* Pieces that tabs are made of. */
GtkWidget *jz_case_new_label (const char *text, const char *style);
GtkWidget *jz_case_fix_width (GtkWidget *label, int width, gboolean wraps);
GtkWidget *jz_case_new_group (GtkBox *box, const char *title);
GtkWidget *jz_case_new_act_button (const char *label, const char *act, JzJson *preset);
GtkWidget *jz_case_new_go_button (const char *label, const char *place);
GtkWidget *jz_case_new_row (GtkWidget *group, GtkWidget *content);
GtkWidget *jz_case_new_view_button (const char *case_id, const char *attachment, const char *name);

G_END_DECLS
