/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

void jz_appearance_follow_settings (void);
int jz_appearance_get_type_percent (void);

G_END_DECLS
