/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "office/case_view.h"

G_BEGIN_DECLS

JzJson *jz_case_documents_list (const JzCaseView *view, GError **error);
JzJson *jz_case_documents_list_missing (const JzCaseView *view, GError **error);
JzJson *jz_case_forms_list (const JzCaseView *view);

G_END_DECLS
