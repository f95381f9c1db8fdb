/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "forms/form_set.h"
#include "office/act.h"

G_BEGIN_DECLS

const JzFormSet *jz_form_sets_get (JzObjects *objects, const JzHash *hash, GError **error);
gboolean jz_tables_find_form_set (JzConnection *tables,
                                  const char *case_id,
                                  JzDate date,
                                  JzMaybeHash *hash,
                                  GError **error);

G_END_DECLS
