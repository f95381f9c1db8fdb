/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * JzLanguage:
 * @JZ_LANGUAGE_ZH: Chinese (zh-CN)
 * @JZ_LANGUAGE_EN: English
 *
 * In which language a text of a rulebook is wanted.
 */
typedef enum {
  JZ_LANGUAGE_ZH,
  JZ_LANGUAGE_EN,
} JzLanguage;

/* A text of the data files; both languages are there. */
typedef struct {
  char *zh;
  char *en;
} JzText;

void jz_text_clear (JzText *self);
const char *jz_text_get (const JzText *self, JzLanguage language);
JzLanguage jz_language_get_current (void);

G_END_DECLS
