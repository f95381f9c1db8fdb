/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define JZ_SEARCH_MAX_TERMS 32
#define JZ_SEARCH_MAX_SIGNS 256

typedef struct _JzSearchQuery JzSearchQuery;

/**
 * JzSearchSpan:
 * @start: of its first byte
 * @end: behind its last
 *
 * A part of a text, in bytes.
 */
typedef struct {
  gsize start;
  gsize end;
} JzSearchSpan;

JzSearchQuery *jz_search_query_new (const char *typed, GError **error);
void jz_search_query_free (JzSearchQuery *self);
gboolean jz_search_query_is_empty (const JzSearchQuery *self);
const char *jz_search_query_get_expression (const JzSearchQuery *self);
gboolean
jz_search_query_find (const JzSearchQuery *self, const char *text, gsize length, GArray *spans);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JzSearchQuery, jz_search_query_free)

G_END_DECLS
