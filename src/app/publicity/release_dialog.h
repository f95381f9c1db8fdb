/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

void jz_release_dialog_ask_async (GtkWidget *inside,
                                  const char *body,
                                  guint days_late,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
char *jz_release_dialog_ask_finish (GAsyncResult *result, GError **error);

G_END_DECLS
