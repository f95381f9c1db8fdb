/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "office/case_view.h"

G_BEGIN_DECLS

JzJson *jz_case_values_list (const JzCaseView *view, GError **error);
char *jz_fact_dup_text (const JzFactDefinition *definition, const JzJson *value);

G_END_DECLS
