/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "office/case_view.h"
#include "office/recording_duty.h"

G_BEGIN_DECLS

JzJson *jz_case_recordings_list (const JzCaseView *view, const char *person, GError **error);
char *jz_case_recordings_dup_place (const JzCaseView *view);
void jz_case_recordings_list_statements (const JzCaseView *view, JzJson *choices);
void jz_case_recordings_list_shots (const JzCaseView *view, JzJson *choices);

G_END_DECLS
