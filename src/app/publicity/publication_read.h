/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/office_client.h"
#include "app/publicity/found.h"

G_BEGIN_DECLS

/* All that the page of a publication shows, read on another thread. */
typedef struct {
  JzJson *sheet;
  JzJson *history;
  JzPublicSource *source;
  GPtrArray *found; /* (element-type JzFound) */
} JzPublicationReading;

void jz_publication_reading_free (JzPublicationReading *self);
void jz_publication_read_async (JzOfficeClient *client,
                                const char *document,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JzPublicationReading, jz_publication_reading_free)

G_END_DECLS
