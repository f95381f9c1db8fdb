/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/connection.h"

G_BEGIN_DECLS

char *jz_choose_role (JzConnection *tables,
                      const char *person,
                      const char *roles,
                      const char *case_id,
                      GError **error);

G_END_DECLS
