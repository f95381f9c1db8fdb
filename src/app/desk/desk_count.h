/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "app/office_client.h"

G_BEGIN_DECLS

GtkWidget *jz_desk_count_new (JzOfficeClient *client, const JzJson *item);
GtkWidget *jz_desk_count_new_days (const JzJson *limit);

G_END_DECLS
