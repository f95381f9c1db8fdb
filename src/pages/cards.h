/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/date.h"
#include "rules/rulebook.h"

G_BEGIN_DECLS

/* Cards for the pocket, eight of the size A7 on a sheet of A4, to be cut apart. */
typedef struct _JzCards JzCards;

JzCards *jz_cards_new (const char *title, gboolean is_demo);
JzCards *jz_cards_new_of_rules (const JzRulebook *rulebook, gboolean is_demo);
void jz_cards_free (JzCards *self);
void jz_cards_begin (JzCards *self, const char *heading, const char *foot);
void jz_cards_add (JzCards *self, const char *label, const char *text);
GBytes *jz_cards_write_pdf (const JzCards *self, JzInstant time, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JzCards, jz_cards_free)

G_END_DECLS
