/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "office/check.h"

G_BEGIN_DECLS

gboolean jz_gates_check (const JzSituation *situation,
                         GPtrArray *rules,
                         JzRefusal **refusal,
                         gpointer data,
                         GError **error);

G_END_DECLS
