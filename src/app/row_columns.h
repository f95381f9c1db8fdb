/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/row_cell.h"

G_BEGIN_DECLS

typedef struct _JzRowColumns JzRowColumns;

JzRowColumns *jz_row_columns_new (GtkColumnView *list, GObject *owner, GCallback width_changed);
void jz_row_columns_free (JzRowColumns *self);
void jz_row_columns_describe (JzRowColumns *self, const JzRowColumn *described, guint n_columns);
const JzRowColumn *jz_row_columns_get_described (JzRowColumns *self, guint *n_columns);
GtkColumnViewColumn *jz_row_columns_get (JzRowColumns *self, guint position);
void jz_row_columns_make_anew (JzRowColumns *self);
GVariant *jz_row_columns_get_widths (JzRowColumns *self);
void jz_row_columns_set_widths (JzRowColumns *self, GVariant *widths);
void jz_row_columns_find_sort (JzRowColumns *self, int *column, gboolean *is_descending);

G_END_DECLS
