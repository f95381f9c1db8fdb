/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A pipeline of a damaged file may come to nothing without an error and without an end: every
 * thread waits for another. Nothing is computed any more then; that tells it from slow work, on
 * slow machines too. */
typedef struct {
  gint64 cpu_us;
  guint n_still;
} JzStall;

/* How long to wait between two looks. */
#define JZ_STALL_LOOK_MS 100

void jz_stall_begin (JzStall *self);
/* Whether nothing has moved for a while; to be asked every %JZ_STALL_LOOK_MS. */
gboolean jz_stall_is_stalled (JzStall *self);

G_END_DECLS
