/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "app/office_client.h"

G_BEGIN_DECLS

/* A small picture of a file in a row: an icon until the row is seen and the picture made, and where
 * none can be had. */
GtkWidget *jz_thumbnail_new (JzOfficeClient *client, const char *case_id, const char *name);
void jz_thumbnail_set_kind (GtkWidget *image, const char *kind);
void jz_thumbnail_lock (GtkWidget *image, const char *attachment, const char *object);
void jz_thumbnail_show_attachment (GtkWidget *image, const char *attachment);
void jz_thumbnail_show_object (GtkWidget *image, const JzHash *object);

G_END_DECLS
