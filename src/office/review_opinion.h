/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/json.h"

G_BEGIN_DECLS

JzJson *jz_review_opinion_fill (const JzJson *sheet,
                                const char *outcome,
                                const char *text,
                                const char *reviewer,
                                const char *date);
char *jz_review_opinion_dup_text (const JzJson *sheet);

G_END_DECLS
