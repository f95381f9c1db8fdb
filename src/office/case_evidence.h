/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "office/case_view.h"

G_BEGIN_DECLS

JzJson *jz_case_evidence_list (const JzCaseView *view, const char *person, GError **error);
JzJson *jz_case_evidence_list_gaps (const JzCaseView *view,
                                    const JzJson *documents,
                                    const JzJson *recordings);

G_END_DECLS
