/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/list_row.h"
#include "app/row_reader.h"

G_BEGIN_DECLS

/* How many rows are loaded at once. */
#define JZ_ROW_PAGE 100

/* Takes @error, why rows could not be loaded. */
typedef void (*JzRowCacheFailed) (gpointer data, GError *error /* (transfer full) */);

typedef struct _JzRowCache JzRowCache;

JzRowCache *
jz_row_cache_new (JzRowReader *reader, GArray *ids, JzRowCacheFailed failed, gpointer data);
void jz_row_cache_close (JzRowCache *self);
void jz_row_cache_cancel (JzRowCache *self);
JzListRow *jz_row_cache_get_row (JzRowCache *self, guint position);
void jz_row_cache_begin_generation (JzRowCache *self);

G_END_DECLS
