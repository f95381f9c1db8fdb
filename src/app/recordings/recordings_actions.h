/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "app/office_client.h"

G_BEGIN_DECLS

/* What is done with a row of the list of recordings. */
void jz_recording_open (GtkWidget *inside, JzOfficeClient *client, gint64 key);
void jz_recording_open_case (GtkWidget *inside, JzOfficeClient *client, gint64 key);
void jz_recording_bind (GtkWidget *inside, JzOfficeClient *client, gint64 key);
char *jz_recording_dup_device_words (const JzJson *row);

G_END_DECLS
