/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/connection.h"
#include "store/search_query.h"

G_BEGIN_DECLS

/* Texts with so many ids wait for the index: in a store, whose ids are made of the entry's arrival,
 * those of 256 entries. A search reads what waits. */
#define JZ_WAITING_TEXTS (256 * 256)

/**
 * JzIndexedText:
 * @id: its key; greater is newer
 * @case_id: the case that it belongs to
 * @owner: id of what has the text
 * @field: which of its fields
 * @body: what is searched; the empty text where it is an object
 * @object: (nullable): hash of the object that it is
 *
 * A text that can be found.
 */
typedef struct {
  gint64 id;
  const char *case_id;
  const char *owner;
  const char *field;
  const char *body;
  const JzHash *object;
} JzIndexedText;

/**
 * JzTextMatch:
 * @id: of the text
 * @case_id: of the text
 * @owner: of the text
 * @field: of the text
 * @snippet: one line of the text around its first hit
 * @marks: (element-type JzSearchSpan): where the hits are in @snippet
 *
 * A text that was found.
 */
typedef struct {
  gint64 id;
  char *case_id;
  char *owner;
  char *field;
  char *snippet;
  GArray *marks;
} JzTextMatch;

JzTextMatch *jz_text_match_new (const JzIndexedText *text, const JzSearchQuery *query);
void jz_text_match_free (JzTextMatch *self);

gboolean jz_text_index_create (JzConnection *connection, GError **error);
gboolean jz_text_index_drop (JzConnection *connection, GError **error);
gboolean jz_text_index_get_until (JzConnection *connection, gint64 *until, GError **error);
gboolean jz_text_index_catch_up (JzConnection *connection, GError **error);
gboolean jz_text_index_put (JzConnection *connection, const JzIndexedText *text, GError **error);
gboolean jz_text_index_remove (JzConnection *connection,
                               const char *owner,
                               const char *field,
                               GError **error);
gboolean
jz_text_index_remove_between (JzConnection *connection, gint64 first, gint64 last, GError **error);
GPtrArray *jz_text_index_search (JzConnection *connection,
                                 const JzSearchQuery *query,
                                 gint64 before,
                                 guint limit,
                                 GError **error);
gboolean jz_text_index_rebuild (JzConnection *connection, GError **error);
gboolean jz_text_index_purge (JzConnection *connection, GError **error);
gboolean jz_text_index_check (JzConnection *connection, GError **error);
gboolean jz_text_index_check_other (JzConnection *connection, JzConnection *other, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JzTextMatch, jz_text_match_free)

G_END_DECLS
