/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "helper/ring.h"

#include <errno.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "media/error.h"
#include "media/play_message.h"

struct _JzRing {
  guint32 number;
  guint n_slots;
  guint width;
  guint height;
  gsize slot_size;
  guint8 *memory;
  GMutex lock;
  GCond freed;
  gboolean is_taken[JZ_PLAY_MAX_SLOTS]; /* under @lock */
};

/* Its size is known before anything is written: a smaller one would end this process. */
static guint8 *
map_memory (int memory, gint64 size)
{
  struct stat status;
  guint8 *mapped = NULL;

  if (fstat (memory, &status) != 0 || status.st_size < size)
    return NULL;
  mapped = mmap (NULL, (gsize)size, PROT_READ | PROT_WRITE, MAP_SHARED, memory, 0);
  return mapped != MAP_FAILED ? mapped : NULL;
}

/**
 * jz_ring_new:
 * @memory: handle, closed here
 * @number: what the window calls it
 * @n_slots: all numbers come from outside and are checked against the size of @memory
 * @width: of the largest picture
 * @height: of it
 * @slot_size: bytes
 * @error: return location
 *
 * Fails with %JZ_MEDIA_ERROR_PROTOCOL.
 *
 * Returns: (transfer full) (nullable): memory to draw into
 */
JzRing *
jz_ring_new (int memory,
             guint32 number,
             gint64 n_slots,
             gint64 width,
             gint64 height,
             gint64 slot_size,
             GError **error)
{
  JzRing *self = NULL;
  guint8 *mapped = NULL;

  if (n_slots >= 1 && n_slots <= JZ_PLAY_MAX_SLOTS && width >= 1 && width <= JZ_PLAY_MAX_SIDE &&
      height >= 1 && height <= JZ_PLAY_MAX_SIDE && slot_size >= width * height * 4 &&
      slot_size <= JZ_PLAY_MAX_SIDE * JZ_PLAY_MAX_SIDE * 4)
    mapped = map_memory (memory, n_slots * slot_size);
  if (memory >= 0)
    close (memory);
  if (mapped == NULL) {
    g_set_error_literal (error, JZ_MEDIA_ERROR, JZ_MEDIA_ERROR_PROTOCOL, "ring");
    return NULL;
  }
  self = g_atomic_rc_box_new0 (JzRing);
  self->number = number;
  self->n_slots = (guint)n_slots;
  self->width = (guint)width;
  self->height = (guint)height;
  self->slot_size = (gsize)slot_size;
  self->memory = mapped;
  g_mutex_init (&self->lock);
  g_cond_init (&self->freed);
  return self;
}

/**
 * jz_ring_ref:
 * @self: a ring
 *
 * Returns: (transfer full): @self
 */
JzRing *
jz_ring_ref (JzRing *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear_ring (gpointer data)
{
  JzRing *self = data;

  munmap (self->memory, self->n_slots * self->slot_size);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->freed);
}

/**
 * jz_ring_unref:
 * @self: (transfer full): a ring
 */
void
jz_ring_unref (JzRing *self)
{
  g_atomic_rc_box_release_full (self, clear_ring);
}

/**
 * jz_ring_get_number:
 * @self: a ring
 *
 * Returns: what the window calls it
 */
guint32
jz_ring_get_number (JzRing *self)
{
  return self->number;
}

/**
 * jz_ring_get_width:
 * @self: a ring
 *
 * Returns: of the largest picture
 */
guint
jz_ring_get_width (JzRing *self)
{
  return self->width;
}

/**
 * jz_ring_get_height:
 * @self: a ring
 *
 * Returns: of the largest picture
 */
guint
jz_ring_get_height (JzRing *self)
{
  return self->height;
}

static int
find_free (JzRing *self)
{
  for (guint i = 0; i < self->n_slots; i++)
    if (!self->is_taken[i])
      return (int)i;
  return -1;
}

/**
 * jz_ring_take:
 * @self: a ring
 * @patience_us: how long to wait for one
 *
 * Returns: a slot that is the caller's until the window gives it back, or -1
 */
int
jz_ring_take (JzRing *self, gint64 patience_us)
{
  gint64 end = g_get_monotonic_time () + patience_us;
  int slot = -1;

  g_mutex_lock (&self->lock);
  while ((slot = find_free (self)) < 0)
    if (patience_us == 0 || !g_cond_wait_until (&self->freed, &self->lock, end))
      break;
  if (slot >= 0)
    self->is_taken[slot] = TRUE;
  g_mutex_unlock (&self->lock);
  return slot;
}

/**
 * jz_ring_get_memory:
 * @self: a ring
 * @slot: one that was taken
 *
 * Returns: where to draw
 */
guint8 *
jz_ring_get_memory (JzRing *self, int slot)
{
  return self->memory + (gsize)slot * self->slot_size;
}

/**
 * jz_ring_release:
 * @self: a ring
 * @slot: what the window gives back; checked
 */
void
jz_ring_release (JzRing *self, gint64 slot)
{
  if (slot < 0 || slot >= self->n_slots)
    return;
  g_mutex_lock (&self->lock);
  self->is_taken[slot] = FALSE;
  g_cond_broadcast (&self->freed);
  g_mutex_unlock (&self->lock);
}
