/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "office/stated.h"

G_BEGIN_DECLS

const JzStatedRecord *jz_review_find_reply (const JzStated *stated, const char *question);
JzJson *jz_review_questions_list (JzConnection *reader, const JzStated *stated, GError **error);

G_END_DECLS
