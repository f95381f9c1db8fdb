/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "../office/office-fixture.h"

G_BEGIN_DECLS

/* Acts that are queued, so that they share commits. */
typedef struct _Filler Filler;

Filler *filler_new (TestOffice *office);
void filler_free (Filler *self);
/* Queues one act; waits only when too many are on their way. */
void filler_queue (Filler *self, const char *user, const char *act, const JzJson *args);
/* Until all is durable. */
void filler_wait (Filler *self);
/* Opens cases and writes notes into them until the store has @n_entries. */
void filler_fill (Filler *self, gint64 n_entries);

/* A note of the length that notes have. */
JzJson *make_note (const char *case_id);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Filler, filler_free)

G_END_DECLS
