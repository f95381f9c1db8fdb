/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "office/act.h"
#include "rules/rulebook.h"

G_BEGIN_DECLS

/* An effective rulebook is some hundred kilobytes. */
#define JZ_MAX_RULEBOOK (4 * 1024 * 1024)

const JzRulebook *jz_rulebooks_get (JzObjects *objects, const JzHash *hash, GError **error);
gboolean jz_tables_find_rulebook (JzConnection *tables,
                                  const char *case_id,
                                  JzDate date,
                                  JzMaybeHash *hash,
                                  GError **error);
gboolean jz_situation_find_rulebook (const JzSituation *self, JzMaybeHash *hash, GError **error);

G_END_DECLS
