/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Amounts are in fen, from 0 to this. */
#define JZ_MONEY_MAX_FEN (G_GINT64_CONSTANT (10000000000000000) - 1)
/* What every amount in capitals begins with. */
#define JZ_MONEY_PREFIX "人民币"

gboolean jz_money_is_valid (gint64 amount_fen);
gboolean jz_money_parse (const char *text, gint64 *amount_fen, GError **error);
char *jz_money_format (gint64 amount_fen);

char *jz_money_to_capitals (gint64 amount_fen);
gboolean jz_money_check_capitals (const char *text, gint64 amount_fen);
gboolean jz_money_parse_capitals (const char *text, gint64 *amount_fen, GError **error);

gint64
jz_money_get_surcharge (gint64 fine_fen, int rate_basis_points, int n_days, int cap_per_cent);

G_END_DECLS
