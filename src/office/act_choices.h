/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "office/act.h"
#include "office/case_view.h"

G_BEGIN_DECLS

JzJson *jz_choice_new (const char *value, const char *label, const char *detail);
gboolean jz_act_list_choices (const JzCaseView *view,
                              const JzAct *act,
                              const JzArgument *argument,
                              JzJson **choices,
                              GError **error);
gboolean jz_argument_names_people (const JzArgument *argument);

G_END_DECLS
