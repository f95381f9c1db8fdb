/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "app/office_client.h"

G_BEGIN_DECLS

GtkWidget *jz_intake_strip_new (JzOfficeClient *client, const char *case_id);

G_END_DECLS
