/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/json.h"

G_BEGIN_DECLS

/* What a reviewer may hold of a point, in the order of the keys 1 to 4. */
#define JZ_N_VERDICTS 4

const char *jz_verdict_get_name (guint i);
const char *jz_verdict_get_word (const char *verdict);
const char *jz_verdict_get_mark (const char *verdict);
gboolean jz_verdict_is_adverse (const char *verdict);
const char *jz_judged_get_verdict (const JzJson *judged);

G_END_DECLS
