/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/row_view.h"

G_BEGIN_DECLS

void jz_row_view_export (JzRowView *self, JzOfficeClient *client, const char *title);

G_END_DECLS
