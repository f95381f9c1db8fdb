/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/office_client.h"
#include "app/publicity/found.h"

G_BEGIN_DECLS

/**
 * JzPartyReading:
 * @sheet: as of jz_party_sheet(), with `title` and `number` of the case
 * @document: (nullable): id of the document that is gone through; %NULL where there is none
 * @source: (nullable): its text
 * @found: (nullable) (element-type JzFound): what is of others in it, and what was decided
 *
 * All that the page of what the party reads shows, read on another thread.
 */
typedef struct {
  JzJson *sheet;
  char *document;
  JzPublicSource *source;
  GPtrArray *found;
} JzPartyReading;

void jz_party_reading_free (JzPartyReading *self);
void jz_party_read_async (JzOfficeClient *client,
                          const char *case_id,
                          const char *document,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JzPartyReading, jz_party_reading_free)

G_END_DECLS
