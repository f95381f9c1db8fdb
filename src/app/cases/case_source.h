/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/row_view.h"
#include "office/case_rows.h"

G_BEGIN_DECLS

extern const JzRowColumn jz_case_columns[JZ_CASE_N_SORTABLE];

JzRowModel *jz_case_source_new_model (JzOfficeClient *client);

G_END_DECLS
