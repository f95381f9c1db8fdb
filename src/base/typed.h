/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/date.h"

G_BEGIN_DECLS

/* What people type into a field, read generously: ux.md §1. */
gboolean jz_typed_read_date (const char *text, JzDate today, JzDate *date);
gboolean jz_typed_read_instant (const char *text, JzDate today, JzInstant *instant);
gboolean jz_typed_read_money (const char *text, gint64 *amount_fen);

G_END_DECLS
