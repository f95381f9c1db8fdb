/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gdk/gdk.h>

G_BEGIN_DECLS

/* Small pictures by name, no more bytes than were allowed: what was asked for longest ago goes. */
typedef struct _JzPictureCache JzPictureCache;

JzPictureCache *jz_picture_cache_new (gsize max_bytes);
void jz_picture_cache_free (JzPictureCache *self);

void jz_picture_cache_put (JzPictureCache *self, const char *name, GdkTexture *texture);
void jz_picture_cache_remove (JzPictureCache *self, const char *name);
gboolean jz_picture_cache_get (JzPictureCache *self, const char *name, GdkTexture **texture);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JzPictureCache, jz_picture_cache_free)

G_END_DECLS
