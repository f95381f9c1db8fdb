/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/objects.h"

G_BEGIN_DECLS

/**
 * JzPieceTold:
 * @piece: number of a piece of 1 MiB, the first is 0
 * @data: what was given with it
 *
 * A piece is not what was written; called on the thread that checks.
 */
typedef void (*JzPieceTold) (guint64 piece, gpointer data);

gboolean jz_pieces_check (JzObjects *objects,
                          const JzObject *object,
                          guint64 first,
                          JzPieceTold told,
                          gpointer data,
                          GCancellable *cancellable,
                          GError **error);

G_END_DECLS
