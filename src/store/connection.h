/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <sqlite3.h>

#include "store/hash.h"

G_BEGIN_DECLS

/**
 * JzConnectionMode:
 * @JZ_CONNECTION_READ: reads a file that another connection may be writing
 * @JZ_CONNECTION_WRITE: the one connection that writes an existing store; durable commits
 * @JZ_CONNECTION_CREATE: the same, and the file must not exist yet
 * @JZ_CONNECTION_DRAFTS: scratch.db: made when missing, commits survive a killed program but
 * perhaps not a power cut
 * @JZ_CONNECTION_READ_DRAFTS: reads a scratch.db that another connection may be writing
 * @JZ_CONNECTION_WORKBENCH: a file of our own that is thrown away afterwards; no durability at all
 */
typedef enum {
  JZ_CONNECTION_READ,
  JZ_CONNECTION_WRITE,
  JZ_CONNECTION_CREATE,
  JZ_CONNECTION_DRAFTS,
  JZ_CONNECTION_READ_DRAFTS,
  JZ_CONNECTION_WORKBENCH,
} JzConnectionMode;

typedef struct _JzConnection JzConnection;
typedef struct _JzStatement JzStatement;

JzConnection *jz_connection_open (const char *path, JzConnectionMode mode, GError **error);
void jz_connection_close (JzConnection *self);
sqlite3 *jz_connection_get_handle (JzConnection *self);
const char *jz_connection_get_path (JzConnection *self);
gboolean jz_connection_fail (JzConnection *self, int code, GError **error);

void jz_connection_set_still (JzConnection *self, gboolean is_still);
gboolean jz_connection_is_still (JzConnection *self);
void jz_connection_keep (JzConnection *self, const char *name, gpointer thing, GDestroyNotify free);
gpointer jz_connection_get_kept (JzConnection *self, const char *name);

gboolean jz_connection_execute (JzConnection *self, const char *script, GError **error);
gboolean jz_connection_run (JzConnection *self,
                            GError **error,
                            const char *sql,
                            const char *kinds,
                            ...) G_GNUC_WARN_UNUSED_RESULT;
JzStatement *jz_connection_query (JzConnection *self,
                                  GError **error,
                                  const char *sql,
                                  const char *kinds,
                                  ...) G_GNUC_WARN_UNUSED_RESULT;
JzStatement *jz_connection_query_values (JzConnection *self,
                                         GError **error,
                                         const char *sql,
                                         const char *kinds,
                                         va_list *values) G_GNUC_WARN_UNUSED_RESULT;
gboolean jz_connection_get_number (JzConnection *self,
                                   gint64 *number,
                                   GError **error,
                                   const char *sql,
                                   const char *kinds,
                                   ...) G_GNUC_WARN_UNUSED_RESULT;
gboolean jz_connection_get_text (JzConnection *self,
                                 char **text,
                                 GError **error,
                                 const char *sql,
                                 const char *kinds,
                                 ...) G_GNUC_WARN_UNUSED_RESULT;

gboolean jz_statement_step (JzStatement *self, gboolean *has_row, GError **error);
gint64 jz_statement_get_integer (JzStatement *self, int column);
const char *jz_statement_get_text (JzStatement *self, int column);
gboolean jz_statement_get_hash (JzStatement *self, int column, JzHash *hash);
const void *jz_statement_get_blob (JzStatement *self, int column, gsize *length);
GBytes *jz_statement_dup_blob (JzStatement *self, int column);
sqlite3_stmt *jz_statement_get_handle (JzStatement *self);
void jz_statement_release (JzStatement *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JzConnection, jz_connection_close)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (JzStatement, jz_statement_release)

G_END_DECLS
