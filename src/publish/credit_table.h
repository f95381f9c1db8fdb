/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "publish/contents.h"

G_BEGIN_DECLS

/* An upload table of another system, as data/publicity describes it. */
typedef struct _JzCreditTable JzCreditTable;

JzCreditTable *jz_credit_table_load (GBytes *bytes, const char *name, GError **error);
JzCreditTable *jz_credit_table_load_shipped (GError **error);
void jz_credit_table_free (JzCreditTable *self);
const char *jz_credit_table_get_id (const JzCreditTable *self);
guint jz_credit_table_get_n_columns (const JzCreditTable *self);
const char *jz_credit_table_get_code (const JzCreditTable *self, guint column);

/* (element-type GStrv): a row an item that belongs in the table */
GPtrArray *jz_credit_table_fill (const JzCreditTable *self, const JzBundleContents *contents);
/* (array of {column, id, sentence}) */
JzJson *jz_credit_table_check (const JzCreditTable *self,
                               const JzBundleContents *contents,
                               const GPtrArray *rows);
GBytes *jz_credit_table_write (const JzCreditTable *self,
                               const JzBundleContents *contents,
                               const GPtrArray *rows,
                               JzInstant time,
                               GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JzCreditTable, jz_credit_table_free)

G_END_DECLS
