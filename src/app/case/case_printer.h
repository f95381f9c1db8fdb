/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "app/office_client.h"

G_BEGIN_DECLS

void jz_case_print_documents (GtkWidget *inside,
                              JzOfficeClient *client,
                              const char *name,
                              const char *const *documents);
void
jz_case_print (GtkWidget *inside, JzOfficeClient *client, const JzJson *sheet, const char *what);

G_END_DECLS
