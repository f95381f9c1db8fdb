/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "helper/stall.h"

#include <sys/resource.h>

#include "helper/file_source.h"

/* Counted in looks and not in time: on a machine that is busy with others, who looks waits too. */
#define MAX_STILL 5
/* Looking itself costs less than this between two looks. */
#define NOTHING_US 2000

static gint64
get_cpu (void)
{
  struct rusage usage = { 0 };

  getrusage (RUSAGE_SELF, &usage);
  return (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * G_USEC_PER_SEC + usage.ru_utime.tv_usec +
         usage.ru_stime.tv_usec;
}

/**
 * jz_stall_begin:
 * @self: (out caller-allocates): begins to watch
 */
void
jz_stall_begin (JzStall *self)
{
  self->cpu_us = get_cpu ();
  self->n_still = 0;
}

/**
 * jz_stall_is_stalled:
 * @self: a watch
 *
 * Returns: whether this process has done nothing for some looks, and waits for no disk
 */
gboolean
jz_stall_is_stalled (JzStall *self)
{
  gint64 cpu_us = get_cpu ();

  if (cpu_us - self->cpu_us > NOTHING_US || jz_file_source_is_reading ())
    self->n_still = 0;
  else
    self->n_still++;
  self->cpu_us = cpu_us;
  return self->n_still >= MAX_STILL;
}
