/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/store.h"

G_BEGIN_DECLS

gboolean jz_sweep (JzStore *store, GError **error);
GHashTable *jz_sweep_list_key_files (JzConnection *tables, GError **error);

G_END_DECLS
