/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "app/job.h"

G_BEGIN_DECLS

/**
 * JzLongWork:
 * @data: what was given with it
 * @job: its progress, and the cancellable that stops it
 * @error: return location
 *
 * Something that takes long and needs no opened office; runs on a thread of its own.
 *
 * Returns: whether it was done
 */
typedef gboolean (*JzLongWork) (gpointer data, JzJob *job, GError **error);

void jz_long_work_async (GtkWidget *inside,
                         const char *title,
                         JzLongWork work,
                         gpointer data,
                         GDestroyNotify free_data,
                         GAsyncReadyCallback callback,
                         gpointer user_data);
gboolean jz_long_work_finish (GAsyncResult *result, GError **error);
gpointer jz_long_work_get_data (GAsyncResult *result);
/* A JzProgress; its data is the job. */
void jz_long_work_progress (guint64 done, guint64 total, gpointer job);

G_END_DECLS
