/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "app/list_row.h"
#include "app/row_reader.h"

G_BEGIN_DECLS

#define JZ_TYPE_ROW_MODEL (jz_row_model_get_type ())
G_DECLARE_FINAL_TYPE (JzRowModel, jz_row_model, JZ, ROW_MODEL, GObject)

JzRowModel *jz_row_model_new (JzOfficeClient *client,
                              const JzRowSource *source,
                              gpointer data,
                              GDestroyNotify free_data);
void jz_row_model_set_query (JzRowModel *self, const JzRowQuery *query);
const JzRowQuery *jz_row_model_get_query (JzRowModel *self);
void jz_row_model_reload (JzRowModel *self);
void jz_row_model_cancel (JzRowModel *self);
gboolean jz_row_model_is_loading (JzRowModel *self);
const GError *jz_row_model_get_error (JzRowModel *self);
gint64 jz_row_model_get_id (JzRowModel *self, guint position);
gboolean jz_row_model_find (JzRowModel *self, gint64 id, guint *position);
GArray *jz_row_model_dup_ids (JzRowModel *self);
GPtrArray *jz_row_model_load (JzRowModel *self,
                              JzOffice *office,
                              JzConnection *reader,
                              const gint64 *ids,
                              gsize n_ids,
                              GCancellable *cancellable,
                              GError **error);
gboolean jz_row_model_get_selected (JzRowModel *self, gint64 *id);
void jz_row_model_select (JzRowModel *self, gint64 id);

G_END_DECLS
