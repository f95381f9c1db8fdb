/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "app/office_client.h"

G_BEGIN_DECLS

void jz_refused_list_present (GtkWidget *inside, JzOfficeClient *client);

G_END_DECLS
