/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "app/office_client.h"

G_BEGIN_DECLS

void jz_record_check (GtkWidget *inside, JzOfficeClient *client, const char *against);
void jz_record_export (GtkWidget *inside,
                       JzOfficeClient *client,
                       const JzJson *filter,
                       const char *path);
void jz_record_save_checkpoint (GtkWidget *inside, JzOfficeClient *client, const char *path);

G_END_DECLS
