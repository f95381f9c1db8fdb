/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/connection.h"
#include "store/search_query.h"

G_BEGIN_DECLS

/**
 * JzText:
 * @id: its key; greater is newer
 * @case_id: the case that it belongs to
 * @kind: what it is of, for whoever shows it
 * @entry: arrival of the entry that it came with
 * @body: what is searched
 *
 * A text that can be found.
 */
typedef struct {
  gint64 id;
  const char *case_id;
  const char *kind;
  gint64 entry;
  const char *body;
} JzText;

/**
 * JzTextMatch:
 * @id: of the text
 * @case_id: of the text
 * @kind: of the text
 * @entry: of the text
 * @snippet: one line of the text around its first hit
 * @marks: (element-type JzSearchSpan): where the hits are in @snippet
 *
 * A text that was found.
 */
typedef struct {
  gint64 id;
  char *case_id;
  char *kind;
  gint64 entry;
  char *snippet;
  GArray *marks;
} JzTextMatch;

gboolean jz_text_index_create (JzConnection *connection, GError **error);
gboolean jz_text_index_drop (JzConnection *connection, GError **error);
gboolean jz_text_index_put (JzConnection *connection, const JzText *text, GError **error);
gboolean jz_text_index_remove (JzConnection *connection, gint64 id, GError **error);
gboolean jz_text_index_remove_case (JzConnection *connection, const char *case_id, GError **error);
GPtrArray *jz_text_index_search (JzConnection *connection,
                                 const JzSearchQuery *query,
                                 gint64 before,
                                 guint limit,
                                 GError **error);
gboolean jz_text_index_rebuild (JzConnection *connection, GError **error);
gboolean jz_text_index_purge (JzConnection *connection, GError **error);
gboolean jz_text_index_check (JzConnection *connection, GError **error);

G_END_DECLS
