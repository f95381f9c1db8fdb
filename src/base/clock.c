/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/clock.h"

/* Where "now" comes from. Whoever needs the time is given a clock, so that a test, a demo store and
 * a replay can say what time it is. Every function may be called from any thread. */

struct _JzClock {
  gatomicrefcount ref_count;
  gboolean is_set;
  GMutex mutex;      /* guards @instant */
  JzInstant instant; /* of a clock that is set */
};

static JzClock *
new_clock (gboolean is_set, JzInstant instant)
{
  JzClock *self = g_new0 (JzClock, 1);
  g_atomic_ref_count_init (&self->ref_count);
  g_mutex_init (&self->mutex);
  self->is_set = is_set;
  self->instant = instant;
  return self;
}

/**
 * jz_clock_new_system:
 *
 * Makes a clock that tells the time of the machine. It may jump when somebody sets the machine's
 * clock; the journal guards against that, not the clock.
 *
 * Returns: (transfer full): the clock
 */
JzClock *
jz_clock_new_system (void)
{
  return new_clock (FALSE, 0);
}

/**
 * jz_clock_new_set:
 * @instant: the time that it shows
 *
 * Makes a clock that stands still until jz_clock_set() or jz_clock_advance().
 *
 * Returns: (transfer full): the clock
 */
JzClock *
jz_clock_new_set (JzInstant instant)
{
  return new_clock (TRUE, instant);
}

/**
 * jz_clock_ref:
 * @self: a clock
 *
 * Returns: (transfer full): @self
 */
JzClock *
jz_clock_ref (JzClock *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

/**
 * jz_clock_unref:
 * @self: (transfer full): a clock
 *
 * Gives a reference back; the last one frees the clock.
 */
void
jz_clock_unref (JzClock *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_mutex_clear (&self->mutex);
  g_free (self);
}

/**
 * jz_clock_now:
 * @self: a clock
 *
 * Returns: what time it is, in milliseconds
 */
JzInstant
jz_clock_now (JzClock *self)
{
  g_return_val_if_fail (self != NULL, 0);

  if (!self->is_set)
    return g_get_real_time () / 1000;
  g_mutex_lock (&self->mutex);
  JzInstant now = self->instant;
  g_mutex_unlock (&self->mutex);
  return now;
}

/**
 * jz_clock_set:
 * @self: a clock made by jz_clock_new_set()
 * @instant: the time that it shows from now on; may be earlier than before
 */
void
jz_clock_set (JzClock *self, JzInstant instant)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (self->is_set);

  g_mutex_lock (&self->mutex);
  self->instant = instant;
  g_mutex_unlock (&self->mutex);
}

/**
 * jz_clock_advance:
 * @self: a clock made by jz_clock_new_set()
 * @duration_ms: by how much; backwards if negative
 *
 * Moves a clock. When several threads do so, every move counts.
 */
void
jz_clock_advance (JzClock *self, gint64 duration_ms)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (self->is_set);

  g_mutex_lock (&self->mutex);
  self->instant += duration_ms;
  g_mutex_unlock (&self->mutex);
}
