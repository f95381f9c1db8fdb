/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "store/search_query.h"

G_BEGIN_DECLS

/* Signs before the first hit, and signs altogether. */
#define JZ_TEXT_SNIPPET_BEFORE 12
#define JZ_TEXT_SNIPPET_SIGNS 48

char *jz_text_snippet_new (const char *text, gsize length, const GArray *hits, GArray *marks);

G_END_DECLS
