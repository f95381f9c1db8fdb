/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/picture_cache.h"

/* That there is no picture is worth knowing too; a name takes about so much. */
#define NAME_BYTES 200

typedef struct {
  char *name;
  GdkTexture *texture; /* (nullable) */
  gsize size;
  GList link; /* of #JzPictureCache.used */
} Picture;

struct _JzPictureCache {
  GHashTable *pictures; /* name → Picture */
  GQueue used;          /* Picture; what was asked for last is first */
  gsize size;
  gsize max;
};

static void
picture_free (gpointer data)
{
  Picture *self = data;

  g_clear_object (&self->texture);
  g_free (self->name);
  g_free (self);
}

/**
 * jz_picture_cache_new:
 * @max_bytes: what the pictures may take together
 *
 * Returns: (transfer full): nothing yet
 */
JzPictureCache *
jz_picture_cache_new (gsize max_bytes)
{
  JzPictureCache *self = g_new0 (JzPictureCache, 1);

  self->pictures = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, picture_free);
  self->max = max_bytes;
  return self;
}

/**
 * jz_picture_cache_free:
 * @self: (transfer full): the pictures
 */
void
jz_picture_cache_free (JzPictureCache *self)
{
  g_hash_table_unref (self->pictures);
  g_free (self);
}

static void
forget (JzPictureCache *self, Picture *picture)
{
  self->size -= picture->size;
  g_queue_unlink (&self->used, &picture->link);
  g_hash_table_remove (self->pictures, picture->name);
}

/**
 * jz_picture_cache_put:
 * @self: the pictures
 * @name: of what
 * @texture: (nullable): its picture; %NULL where there is none
 *
 * Keeps it until there is no more room.
 */
void
jz_picture_cache_put (JzPictureCache *self, const char *name, GdkTexture *texture)
{
  Picture *old = g_hash_table_lookup (self->pictures, name);
  Picture *picture = g_new0 (Picture, 1);

  if (old != NULL)
    forget (self, old);
  picture->name = g_strdup (name);
  picture->size = NAME_BYTES;
  if (texture != NULL) {
    picture->texture = g_object_ref (texture);
    picture->size +=
      (gsize)gdk_texture_get_width (texture) * (gsize)gdk_texture_get_height (texture) * 4;
  }
  picture->link.data = picture;
  self->size += picture->size;
  g_queue_push_head_link (&self->used, &picture->link);
  g_hash_table_insert (self->pictures, picture->name, picture);
  while (self->size > self->max && self->used.length > 0)
    forget (self, g_queue_peek_tail (&self->used));
}

/**
 * jz_picture_cache_remove:
 * @self: the pictures
 * @name: of what
 *
 * Forgets its picture, where there is one.
 */
void
jz_picture_cache_remove (JzPictureCache *self, const char *name)
{
  Picture *picture = g_hash_table_lookup (self->pictures, name);

  if (picture != NULL)
    forget (self, picture);
}

/**
 * jz_picture_cache_get:
 * @self: the pictures
 * @name: of what
 * @texture: (out) (transfer none) (nullable): its picture; %NULL where it is known to have none
 *
 * Returns: whether that is known
 */
gboolean
jz_picture_cache_get (JzPictureCache *self, const char *name, GdkTexture **texture)
{
  Picture *picture = g_hash_table_lookup (self->pictures, name);

  *texture = picture != NULL ? picture->texture : NULL;
  if (picture == NULL)
    return FALSE;
  g_queue_unlink (&self->used, &picture->link);
  g_queue_push_head_link (&self->used, &picture->link);
  return TRUE;
}
