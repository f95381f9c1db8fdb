/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "office/office.h"

G_BEGIN_DECLS

char *jz_choose_role (JzOffice *self,
                      const char *person,
                      const char *roles,
                      const char *case_id,
                      GError **error);

G_END_DECLS
