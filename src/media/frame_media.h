/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "media/frame.h"
#include "media/media.h"

G_BEGIN_DECLS

/* Which picture of a recording is shown at @pts; blocks, for worker threads. */
JzFrameHash *jz_media_hash_frame (JzMedia *media,
                                  int handle,
                                  gint64 pts,
                                  GCancellable *cancellable,
                                  GError **error);

G_END_DECLS
