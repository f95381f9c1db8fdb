/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/search_query.h"
#include "store/store.h"

G_BEGIN_DECLS

GPtrArray *jz_search_texts (JzConnection *reader,
                            JzObjects *objects,
                            const JzSearchQuery *query,
                            gint64 before,
                            guint limit,
                            GPtrArray *unread,
                            GError **error);
JzJson *jz_search (JzConnection *reader,
                   JzObjects *objects,
                   const JzSearchQuery *query,
                   gint64 before,
                   guint limit,
                   GPtrArray *unread,
                   GError **error);
const char *jz_text_kind_word (const char *kind);

G_END_DECLS
