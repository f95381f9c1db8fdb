/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/connection.h"

G_BEGIN_DECLS

/* The number belongs to the rules: other tokens, another name, and the index is made anew. */
#define JZ_PAIR_TOKENIZER_NAME "jz_pairs_1"

gboolean jz_pair_tokenizer_register (JzConnection *connection, GError **error);

G_END_DECLS
