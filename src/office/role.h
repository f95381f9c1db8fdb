/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * JzRole:
 * @name: the word that entries carry
 * @title: what people call it, to be translated
 *
 * A role of the office (requirements, "Roles"). The list is part of the journal's format: words are
 * added, never changed.
 */
typedef struct {
  const char *name;
  const char *title;
} JzRole;

const JzRole *jz_role_get_all (gsize *n_roles);
const JzRole *jz_role_find (const char *name);
gboolean jz_word_is_in (const char *word, const char *words);
const char *jz_role_word (const char *name);
char *jz_role_list_words (const char *names);
/* In acts_case.c, whose checks go by it. */
const char *jz_duty_get_excluded (const char *duty);
char *jz_role_dup_consequences (const char *name);
const char *jz_stage_word (const char *stage);

G_END_DECLS
