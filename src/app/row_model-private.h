/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/row_cache.h"
#include "app/row_model.h"

G_BEGIN_DECLS

/* What the files of the list of rows share. */

struct _JzRowModel {
  GObject parent_instance;

  JzRowReader *reader;
  JzRowCache *cache; /* of the rows' texts */

  JzRowQuery query;
  GArray *ids;
  gint64 selected;
  gboolean has_selected;
  GError *error;

  GCancellable *cancellable;
  guint serial; /* of the query: another sort or filter is another */
  gboolean is_querying;
  gboolean must_reload;
};

/* row_model_selection.c */
void jz_row_model_selection_init (GtkSelectionModelInterface *iface);
void jz_row_model_tell_selected (JzRowModel *self);

G_END_DECLS
