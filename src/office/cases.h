/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/json.h"
#include "store/connection.h"

G_BEGIN_DECLS

JzJson *jz_cases_list (JzConnection *reader, GError **error);
JzJson *jz_cases_show (JzConnection *reader, const char *name, GError **error);

G_END_DECLS
