/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Where a sentence stands in a text, in bytes. */
typedef struct {
  guint start;
  guint end;
} JzSentence;

GArray *jz_sentences_split (const char *text);
char *jz_sentence_dup (const char *text, const JzSentence *sentence);

char *jz_chinese_number_dup (guint number);
guint jz_chinese_number_read (const char *text, const char **end);

G_END_DECLS
