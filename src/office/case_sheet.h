/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "office/act.h"

G_BEGIN_DECLS

JzJson *jz_case_sheet_new (JzConnection *reader,
                           JzObjects *objects,
                           const char *case_id,
                           const char *person,
                           JzInstant now,
                           GError **error);

G_END_DECLS
