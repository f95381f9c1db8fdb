/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/date.h"
#include "base/json.h"

G_BEGIN_DECLS

/* Days, moments and amounts as people read them. */
char *jz_words_dup_date (JzDate date);
char *jz_words_dup_day (const char *text);
char *jz_words_dup_moment (const char *text);
char *jz_words_dup_span (const char *from, const char *to);
char *jz_words_dup_weekday (JzDate date);
char *jz_words_dup_money (gint64 amount_fen);

G_END_DECLS
