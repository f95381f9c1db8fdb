/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "app/office_client.h"

G_BEGIN_DECLS

void jz_show_refusal (GtkWidget *inside,
                      JzOfficeClient *client,
                      const JzRefusal *refusal,
                      const char *place);

G_END_DECLS
