/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "office/act.h"

G_BEGIN_DECLS

gboolean jz_destruction_describe (JzConnection *tables,
                                  JzConnection *journal,
                                  const char *case_id,
                                  JzJson *args,
                                  GError **error);
gboolean
jz_destruction_find_difference (const JzSituation *situation, const char **name, GError **error);
gboolean jz_apply_destruction (JzApplication *application, GError **error);
gboolean jz_destruction_clean_up (JzStore *store, GError **error);
GHashTable *jz_destruction_list (JzConnection *journal, GPtrArray *faults, GError **error);

G_END_DECLS
