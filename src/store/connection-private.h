/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/connection.h"

G_BEGIN_DECLS

struct _JzConnection {
  sqlite3 *handle;
  char *path;
  GHashTable *statements; /* SQL text → JzStatement, owned */
  GHashTable *kept;       /* name → Kept; NULL where what is seen may change */
};

GHashTable *jz_statement_table_new (void);
gboolean jz_connection_fail_with (JzConnection *self, int code, int saved_errno, GError **error);

G_END_DECLS
