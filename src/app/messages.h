/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

void jz_show_error (GtkWidget *inside, const GError *error);
void jz_show_message (GtkWidget *inside, const char *heading, const char *body);
void jz_confirm_async (GtkWidget *inside,
                       const char *heading,
                       const char *body,
                       const char *verb,
                       gboolean is_destructive,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data);
gboolean jz_confirm_finish (GAsyncResult *result, GError **error);

G_END_DECLS
