/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/json.h"

G_BEGIN_DECLS

/* What the panes read of a review sheet; what is not there reads as empty. */

static inline guint
jz_part_count (const JzJson *list)
{
  return list != NULL ? jz_json_get_n_items (list) : 0;
}

G_END_DECLS
