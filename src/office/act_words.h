/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "office/act.h"

G_BEGIN_DECLS

const char *jz_act_get_label (const char *act);
char *jz_act_dup_sentence (const char *act, const char *who, const char *what);
const char *jz_argument_get_word_label (const JzArgument *argument, const char *word);

G_END_DECLS
