/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "media/player_ring.h"

#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "media/play_message.h"

/* The window shows a slot as it lies there, without copying; the slot is given back when the last
 * user of the picture is done. Whoever keeps many pictures gets copies, so that playing goes on. */

struct _JzPlayerRing {
  guint32 number;
  gsize slot_size;
  guint width;
  guint height;
  guint8 *memory;
  gint n_out;
  GMutex lock;
  JzHelper *helper; /* under @lock; NULL when closed */
};

typedef struct {
  JzPlayerRing *ring;
  int slot;
} Loan;

static gboolean
offer (JzPlayerRing *self, int handle, GError **error)
{
  JzMessage message = {
    .type = JZ_PLAY_RING,
    .serial = self->number,
    .a = JZ_PLAY_SLOTS,
    .b = self->width,
    .c = self->height,
    .d = (gint64)self->slot_size,
    .handles = { handle },
    .n_handles = 1,
  };
  return jz_helper_send (self->helper, &message, error);
}

/**
 * jz_player_ring_new:
 * @helper: who draws
 * @number: of this ring, another for each
 * @width: of the largest picture
 * @height: of it
 * @error: return location
 *
 * Makes memory and hands it to the helper.
 *
 * Fails with %JZ_MEDIA_ERROR.
 *
 * Returns: (transfer full) (nullable): a ring
 */
JzPlayerRing *
jz_player_ring_new (JzHelper *helper, guint32 number, guint width, guint height, GError **error)
{
  g_autoptr (JzPlayerRing) self = g_atomic_rc_box_new0 (JzPlayerRing);
  gsize size = (gsize)width * height * 4 * JZ_PLAY_SLOTS;
  int handle = -1;
  gboolean is_offered = FALSE;

  g_mutex_init (&self->lock);
  self->number = number;
  self->width = width;
  self->height = height;
  self->slot_size = (gsize)width * height * 4;
  self->helper = jz_helper_ref (helper);
  handle = jz_result_memory_new (size, error);
  if (handle < 0)
    return NULL;
  self->memory = mmap (NULL, size, PROT_READ, MAP_SHARED, handle, 0);
  if (self->memory == MAP_FAILED) {
    self->memory = NULL;
    g_set_error_literal (error, JZ_MEDIA_ERROR, JZ_MEDIA_ERROR_TOO_LARGE, g_strerror (ENOMEM));
  } else
    is_offered = offer (self, handle, error);
  close (handle);
  return is_offered ? g_steal_pointer (&self) : NULL;
}

/**
 * jz_player_ring_close:
 * @self: a ring
 *
 * Pictures that were made of it stay; nothing is given back any more.
 */
void
jz_player_ring_close (JzPlayerRing *self)
{
  g_mutex_lock (&self->lock);
  g_clear_pointer (&self->helper, jz_helper_unref);
  g_mutex_unlock (&self->lock);
}

static void
clear_ring (gpointer data)
{
  JzPlayerRing *self = data;

  if (self->memory != NULL)
    munmap (self->memory, self->slot_size * JZ_PLAY_SLOTS);
  g_clear_pointer (&self->helper, jz_helper_unref);
  g_mutex_clear (&self->lock);
}

/**
 * jz_player_ring_unref:
 * @self: (transfer full): a ring
 */
void
jz_player_ring_unref (JzPlayerRing *self)
{
  g_atomic_rc_box_release_full (self, clear_ring);
}

/* If the helper is gone, nobody wants it back. */
static void
give_back (JzPlayerRing *self, int slot)
{
  JzMessage message = { .type = JZ_PLAY_RELEASE, .a = (gint64)self->number << 8 | slot };

  g_mutex_lock (&self->lock);
  if (self->helper != NULL)
    jz_helper_send (self->helper, &message, NULL);
  g_mutex_unlock (&self->lock);
}

static void
loan_end (gpointer data)
{
  Loan *loan = data;

  g_atomic_int_add (&loan->ring->n_out, -1);
  give_back (loan->ring, loan->slot);
  jz_player_ring_unref (loan->ring);
  g_free (loan);
}

static GBytes *
lend (JzPlayerRing *self, int slot, gsize size)
{
  const guint8 *start = self->memory + (gsize)slot * self->slot_size;
  Loan *loan = NULL;

  if (g_atomic_int_get (&self->n_out) >= JZ_PLAY_SLOTS - 2) {
    GBytes *copy = g_bytes_new (start, size);
    give_back (self, slot);
    return copy;
  }
  loan = g_new0 (Loan, 1);
  loan->ring = g_atomic_rc_box_acquire (self);
  loan->slot = slot;
  g_atomic_int_inc (&self->n_out);
  return g_bytes_new_with_free_func (start, size, loan_end, loan);
}

/**
 * jz_player_ring_take_frame:
 * @self: a ring
 * @message: a %JZ_SHOWN_FRAME, of which every number is checked
 *
 * Returns: (transfer full) (nullable): the picture; %NULL if it is not one of this ring
 */
JzFrame *
jz_player_ring_take_frame (JzPlayerRing *self, const JzMessage *message)
{
  gint64 slot = message->a & 255;
  gint64 width = message->c & 65535;
  gint64 height = message->c >> 16;

  if (message->a >> 8 != self->number || slot >= JZ_PLAY_SLOTS || width < 1 || height < 1 ||
      width > self->width || height > self->height || message->b < -JZ_PLAY_MAX_TIME ||
      message->b > JZ_PLAY_MAX_TIME)
    return NULL;
  return jz_frame_new (lend (self, (int)slot, (gsize)width * (gsize)height * 4), (guint)width,
                       (guint)height, message->b, MAX (message->d, -1));
}
