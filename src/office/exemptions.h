/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/connection.h"
#include "base/json.h"

G_BEGIN_DECLS

GArray *jz_exemptions_query (JzConnection *reader, guint limit, GError **error);
gboolean jz_exemption_load (JzConnection *reader, gint64 key, JzJson **row, GError **error);

G_END_DECLS
