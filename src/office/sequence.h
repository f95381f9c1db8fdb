/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "office/stated.h"

G_BEGIN_DECLS

gboolean jz_sequence_check (const JzSituation *situation,
                            const char *argument,
                            const char *list,
                            GHashTable *seen,
                            JzRefusal **refusal,
                            GError **error);
guint
jz_sequence_find (const JzStated *stated, const char *list, const char *field, const char *id);

G_END_DECLS
