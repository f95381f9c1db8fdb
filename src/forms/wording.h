/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "forms/filling.h"

G_BEGIN_DECLS

gboolean jz_wording_has_figure (const char *sentence);
void jz_wording_collect (const JzFilling *filling, GHashTable *texts);
char *jz_wording_dup_short_name (const char *name);
JzJson *jz_wording_carry (const JzFilling *from,
                          const JzFilling *to,
                          GHashTable *particulars,
                          GHashTable *common,
                          guint *n_left_out);

G_END_DECLS
