/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "app/office_client.h"

G_BEGIN_DECLS

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
 * @load: (nullable): returns for each of @ids its cells as a #GStrv, %NULL for a row that is gone;
 *   the array needs no free function
 * @load_one: (nullable): what is asked for each row where there is no @load; gives the cells of
 *   one, or %NULL where it is gone, and returns %FALSE only on failure
 *
 * Where a list's rows come from. All functions run on worker threads, possibly at the same time;
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
  gboolean (*load_one) (JzOffice *office,
                        JzConnection *reader,
                        gint64 id,
                        gconstpointer data,
                        GStrv *cells,
                        GError **error);
} JzRowSource;

typedef struct _JzRowReader JzRowReader;

JzRowReader *jz_row_reader_new (JzOfficeClient *client,
                                const JzRowSource *source,
                                gpointer data,
                                GDestroyNotify free_data);
JzRowReader *jz_row_reader_ref (JzRowReader *self);
void jz_row_reader_unref (JzRowReader *self);
void jz_row_reader_query_async (JzRowReader *self,
                                const JzRowQuery *query,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
GArray *jz_row_reader_query_finish (JzRowReader *self, GAsyncResult *result, GError **error);
void jz_row_reader_load_async (JzRowReader *self,
                               GArray *ids,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
GPtrArray *jz_row_reader_load_finish (JzRowReader *self, GAsyncResult *result, GError **error);
GPtrArray *jz_row_reader_load (JzRowReader *self,
                               JzOffice *office,
                               JzConnection *reader,
                               const gint64 *ids,
                               gsize n_ids,
                               GCancellable *cancellable,
                               GError **error);
void jz_row_reader_free_rows (gpointer rows);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JzRowReader, jz_row_reader_unref)

G_END_DECLS
