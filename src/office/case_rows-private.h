/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "office/case_rows.h"

G_BEGIN_DECLS

/* Flags of a row: a bit for its group, and one for its place. */
#define JZ_CASE_PLACE_SHIFT 8

struct _JzCaseRows {
  JzOffice *office;
  char *path;
  GMutex mutex;
  GPtrArray *readers; /* JzConnection that nobody has leased */
  GMutex refreshing;  /* held by whoever brings the rows up to date */
};

/**
 * JzCaseRowsLease:
 * @connection: reads the rows
 *
 * A connection that a cancellable stops in the middle of a query.
 */
typedef struct {
  JzConnection *connection;
  JzCaseRows *rows;
  GCancellable *cancellable;
  gulong handler;
} JzCaseRowsLease;

gboolean jz_case_rows_begin (JzCaseRows *self,
                             JzCaseRowsLease *lease,
                             GCancellable *cancellable,
                             GError **error);
void jz_case_rows_end (JzCaseRowsLease *lease);
GArray *jz_case_rows_find_keys (JzCaseRows *self,
                                GCancellable *cancellable,
                                GError **error,
                                const char *sql,
                                const char *kinds,
                                ...);

/**
 * JzCaseRowsLoad:
 * @connection: reads the rows
 * @key: of a row
 * @data: what its cells depend on beside
 * @cells: (out) (transfer full) (nullable): what it says, %NULL where it is gone
 *
 * Loads one row; returns %FALSE only on failure.
 */
typedef gboolean (*JzCaseRowsLoad) (JzConnection *connection,
                                    gint64 key,
                                    gconstpointer data,
                                    char ***cells,
                                    GError **error);
GPtrArray *jz_case_rows_load_each (JzCaseRows *self,
                                   const gint64 *keys,
                                   gsize n_keys,
                                   JzCaseRowsLoad load_one,
                                   gconstpointer data,
                                   GError **error);
void jz_case_rows_add_order (GString *sql,
                             const JzCaseOrder *order,
                             const char *const *columns,
                             int n_columns);
char *jz_case_rows_dup_words (const char *text);

/* Of case_rows_write.c */
gboolean jz_case_row_write (JzConnection *connection,
                            const JzCaseRow *row,
                            const char *today,
                            GError **error);

G_END_DECLS
