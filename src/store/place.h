/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *jz_place_get (const char *database_path, GError **error);
gboolean jz_place_is_same (const char *here, const char *last);

G_END_DECLS
