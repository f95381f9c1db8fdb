/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "office/case_view.h"
#include "office/documents.h"

G_BEGIN_DECLS

JzJson *jz_next_steps_list (const JzCaseView *view, const char *person, GError **error);
JzJson *jz_case_proposals_list (const JzCaseView *view, const char *person, GError **error);
JzJson *jz_case_acts_list (const JzCaseView *view, const char *person, GError **error);
const char *jz_document_get_next_act (const JzDocument *self);

G_END_DECLS
