/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "office/case_course.h"
#include "office/case_row.h"

G_BEGIN_DECLS

gboolean jz_case_items_collect_archived (JzConnection *reader, JzCaseRow *row, GError **error);
gboolean jz_case_is_in_review (const JzCaseView *view);
gboolean jz_case_items_collect (const JzCaseView *view,
                                JzCaseRow *row,
                                const GPtrArray *course,
                                GError **error);

G_END_DECLS
