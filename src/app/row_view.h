/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "app/row_cell.h"
#include "app/row_model.h"

G_BEGIN_DECLS

#define JZ_TYPE_ROW_VIEW (jz_row_view_get_type ())
G_DECLARE_FINAL_TYPE (JzRowView, jz_row_view, JZ, ROW_VIEW, AdwBin)

GtkWidget *jz_row_view_new (const char *name, const JzRowColumn *columns, guint n_columns);
void jz_row_view_set_columns (JzRowView *self,
                              const char *name,
                              const JzRowColumn *columns,
                              guint n_columns);
const JzRowColumn *jz_row_view_get_columns (JzRowView *self, guint *n_columns);
void jz_row_view_set_model (JzRowView *self, JzRowModel *model);
JzRowModel *jz_row_view_get_model (JzRowView *self);
void jz_row_view_set_filter (JzRowView *self, const JzJson *filter);
void jz_row_view_set_sort (JzRowView *self, int column, gboolean is_descending);
int jz_row_view_get_sort (JzRowView *self, gboolean *is_descending);
GVariant *jz_row_view_get_layout (JzRowView *self);
void jz_row_view_set_layout (JzRowView *self, GVariant *layout);
void jz_row_view_set_search_entry (JzRowView *self, GtkSearchEntry *entry);
void jz_row_view_set_empty (JzRowView *self,
                            const char *icon,
                            const char *title,
                            const char *description,
                            GtkWidget *child);
void jz_row_view_scroll_to (JzRowView *self, guint position);

G_END_DECLS
