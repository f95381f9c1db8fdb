/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/json.h"
#include "rules/rulebook.h"
#include "store/connection.h"

G_BEGIN_DECLS

JzJson *jz_case_record_list (JzConnection *reader,
                             const JzRulebook *rulebook,
                             const char *case_id,
                             GError **error);
char *jz_record_dup_short (const char *text);

G_END_DECLS
