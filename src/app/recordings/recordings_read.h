/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/office_client.h"
#include "office/recording_rows.h"

G_BEGIN_DECLS

/**
 * JzRecordingsStep:
 * @is_complete: whether the rows are up to date now
 * @has_changed: whether any is another than before
 * @counts: how many each list has
 * @own_section: (nullable): the section of whoever is signed in
 *
 * What a step of bringing the list of recordings up to date came to.
 */
typedef struct {
  gboolean is_complete;
  gboolean has_changed;
  gint64 counts[JZ_RECORDING_N_VIEWS];
  char *own_section;
} JzRecordingsStep;

void jz_recordings_step_free (gpointer data);
void jz_recordings_step_async (JzOfficeClient *client,
                               JzJson *filter,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
void jz_recordings_find_async (JzOfficeClient *client,
                               gint64 key,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
void jz_recordings_find_device_async (JzOfficeClient *client,
                                      gint64 key,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);

G_END_DECLS
