/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "app/office_client.h"

G_BEGIN_DECLS

/* Backing up from the window, with progress and cancel; the store remembers what came of it. */
void jz_backup_work_async (GtkWidget *inside,
                           JzOfficeClient *client,
                           const char *folder,
                           gboolean is_drill,
                           GAsyncReadyCallback callback,
                           gpointer user_data);
char *jz_backup_work_finish (GAsyncResult *result, GError **error);
char *jz_backup_dup_folder_on (const char *disk, const char *store_id);

G_END_DECLS
