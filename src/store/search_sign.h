/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What reading a text for search gives instead of a sign. */
#define JZ_SEARCH_UNSEEN 0  /* no sign at all, as if it were not there */
#define JZ_SEARCH_BREAK ' ' /* parts what somebody types into terms */
#define JZ_SEARCH_JOINT '-' /* any other punctuation */

gunichar jz_search_sign_read (const char **at, const char *end);
gboolean jz_search_sign_is_gap (gunichar sign);
gboolean jz_search_sign_is_word (gunichar sign);

G_END_DECLS
