/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Lets a person choose a folder, or the name of a file to write, in the dialog of the desktop. */
void jz_choose_folder_async (GtkWidget *inside,
                             const char *title,
                             const char *folder,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
void jz_choose_new_file_async (GtkWidget *inside,
                               const char *title,
                               const char *name,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
char *jz_choose_finish (GAsyncResult *result, GError **error);

G_END_DECLS
