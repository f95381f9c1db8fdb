/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "forms/form.h"

G_BEGIN_DECLS

/* The pages of an empty form, as they will be printed. */
void jz_form_sheet_draw_async (const JzForm *form,
                               guint width,
                               gboolean is_demo,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
GPtrArray *jz_form_sheet_draw_finish (GAsyncResult *result, GError **error);

G_END_DECLS
