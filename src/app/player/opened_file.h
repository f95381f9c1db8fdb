/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/office_client.h"

G_BEGIN_DECLS

/**
 * JzOpenedFile:
 * @file: as of jz_recording_find()
 * @handle: its content, open for reading; -1 where it was not to be opened, or was taken
 *
 * A file of a case as it is known now.
 */
typedef struct {
  JzJson *file;
  int handle;
} JzOpenedFile;

void jz_opened_file_free (JzOpenedFile *self);
/* jz_office_client_read_finish() gives a JzOpenedFile. */
void jz_opened_file_read_async (JzOfficeClient *client,
                                const char *case_id,
                                const char *attachment,
                                gboolean opens,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JzOpenedFile, jz_opened_file_free)

G_END_DECLS
