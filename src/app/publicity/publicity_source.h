/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/row_view.h"
#include "office/publicity_queue.h"

G_BEGIN_DECLS

enum {
  JZ_PUBLICITY_COLUMN_DECISION,
  JZ_PUBLICITY_COLUMN_PARTY,
  JZ_PUBLICITY_COLUMN_DUE,
  JZ_PUBLICITY_COLUMN_STEP,
  JZ_PUBLICITY_COLUMN_WHO,
  JZ_PUBLICITY_COLUMN_REMARK,
  JZ_PUBLICITY_N_COLUMNS,
  JZ_PUBLICITY_CELL_STYLE = JZ_PUBLICITY_N_COLUMNS,
  JZ_PUBLICITY_N_CELLS,
};

extern const JzRowColumn jz_publicity_columns[JZ_PUBLICITY_N_COLUMNS];

JzRowModel *jz_publicity_source_new_model (JzOfficeClient *client);

G_END_DECLS
