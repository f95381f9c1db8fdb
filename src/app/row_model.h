/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "app/office_client.h"
#include "app/list_row.h"

G_BEGIN_DECLS

/* How many rows are loaded at once. */
#define JZ_ROW_PAGE 100

/**
 * JzRowQuery:
 * @sort: by which column; -1 for the list's own order
 * @is_descending: whether the last comes first
 * @filter: (nullable): what is shown, in the source's own words
 * @limit: at most so many ids, 0 for all
 *
 * Which rows a list has, and in which order.
 */
typedef struct {
  int sort;
  gboolean is_descending;
  const JzJson *filter;
  guint limit;
} JzRowQuery;

/**
 * JzRowSource:
 * @query: returns the ids (element-type gint64) of the rows in their order
 * @load: returns for each of @ids its cells as a #GStrv, %NULL for a row that is gone; the array
 *   needs no free function
 *
 * Where a list's rows come from. Both functions run on worker threads, possibly at the same time;
 * @data must not change meanwhile.
 */
typedef struct {
  GArray *(*query) (JzOffice *office,
                    JzConnection *reader,
                    const JzRowQuery *query,
                    gconstpointer data,
                    GCancellable *cancellable,
                    GError **error);
  GPtrArray *(*load) (JzOffice *office,
                      JzConnection *reader,
                      const gint64 *ids,
                      gsize n_ids,
                      gconstpointer data,
                      GCancellable *cancellable,
                      GError **error);
} JzRowSource;

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
