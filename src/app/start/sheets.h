/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "app/office_client.h"

G_BEGIN_DECLS

/* Sheets that the technician prints: each is written as a PDF where the person says, then shown. */
void jz_sheets_save_recovery (GtkWidget *inside, JzOfficeClient *client);
void jz_sheets_save_settings (GtkWidget *inside, JzOfficeClient *client);
void jz_sheets_save_test_page (GtkWidget *inside, JzOfficeClient *client);
void jz_sheets_save_handover (GtkWidget *inside,
                              JzOfficeClient *client,
                              const char *giver,
                              const char *taker,
                              const char *reason,
                              const GPtrArray *duties);

G_END_DECLS
