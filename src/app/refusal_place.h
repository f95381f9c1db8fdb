/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "app/office_client.h"

G_BEGIN_DECLS

void jz_show_refusal_of_act (GtkWidget *inside,
                             JzOfficeClient *client,
                             const JzRefusal *refusal,
                             const char *act,
                             const JzJson *args);
JzActOutcome *jz_finish_act (GtkWidget *inside, GAsyncResult *result);

G_END_DECLS
