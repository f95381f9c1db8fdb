/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "app/office_client.h"

G_BEGIN_DECLS

void
jz_case_save_documents (GtkWidget *inside, JzOfficeClient *client, const char *const *documents);
void jz_case_save_dossier (GtkWidget *inside,
                           JzOfficeClient *client,
                           const char *case_id,
                           const char *use);
void jz_case_save_given (GtkWidget *inside,
                         JzOfficeClient *client,
                         const char *case_id,
                         const char *given,
                         gboolean is_party);

G_END_DECLS
