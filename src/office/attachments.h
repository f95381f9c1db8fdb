/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "office/stated.h"

G_BEGIN_DECLS

/* What is known of the files of a case stands in the list `attachment.items` of the facts, a record
 * a file with the file's id: what the file says of itself, and what people say of it. */
#define JZ_LIST_ATTACHMENT "attachment.items"

/**
 * JzProber:
 * @handle: a file, opened for reading; stays the caller's
 * @name: its own name
 * @cancellable: (nullable): to end it
 * @error: return location
 *
 * Finds out what a file says of itself. Runs on any thread that is not the main one.
 *
 * Returns: (transfer full) (nullable): canonical JSON of a probe (media/probe.h); %NULL with @error
 */
typedef JzJson *(*JzProber) (int handle,
                             const char *name,
                             GCancellable *cancellable,
                             GError **error);

void jz_office_set_prober (JzProber prober);
JzJson *jz_office_probe (int handle, const char *name, GCancellable *cancellable);
gboolean jz_attachment_is_read (const char *argument);
gboolean jz_attachment_read_moment (const char *text, JzInstant *moment);
gboolean jz_prepare_file (const JzPreparation *preparation, JzJson *args, GError **error);
gboolean jz_prepare_attachment (const JzPreparation *preparation, JzJson *args, GError **error);

/* Of a record of JZ_LIST_ATTACHMENT. */
gboolean jz_attachment_get_begin (const JzStatedRecord *file, JzInstant *begin);
gint64 jz_attachment_get_duration (const JzStatedRecord *file);
gboolean jz_attachment_get_clock_off (const JzStatedRecord *file, gint64 *seconds);

G_END_DECLS
