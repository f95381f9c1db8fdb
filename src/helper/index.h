/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "media/frame.h"

G_BEGIN_DECLS

/* Fails with JZ_MEDIA_ERROR or G_IO_ERROR_CANCELLED; for worker threads. */
JzFrameIndex *jz_index_build (int file, GCancellable *cancellable, GError **error);

G_END_DECLS
