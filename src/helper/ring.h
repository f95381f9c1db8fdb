/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Slots of memory that the window made and reads; each is written when it was given back. Thread-
 * safe. */
typedef struct _JzRing JzRing;

/* @memory: handle, closed here */
JzRing *jz_ring_new (int memory,
                     guint32 number,
                     gint64 n_slots,
                     gint64 width,
                     gint64 height,
                     gint64 slot_size,
                     GError **error);
JzRing *jz_ring_ref (JzRing *self);
void jz_ring_unref (JzRing *self);
guint32 jz_ring_get_number (JzRing *self);
guint jz_ring_get_width (JzRing *self);
guint jz_ring_get_height (JzRing *self);
/* A free slot, or -1 if none becomes free in time. */
int jz_ring_take (JzRing *self, gint64 patience_us);
guint8 *jz_ring_get_memory (JzRing *self, int slot);
void jz_ring_release (JzRing *self, gint64 slot);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JzRing, jz_ring_unref)

G_END_DECLS
