/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/watchdog.h"

#include <fcntl.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

/* For the tests: how long the main loop was held, between two times that it waited for something
 * to happen. Nobody who types notices 50 ms; a slower computer is given more, by a factor that is
 * measured when the program starts, and where other programs had the processor meanwhile, that time
 * is not counted. */

#define BOUND_US (50 * G_TIME_SPAN_MILLISECOND)
/* What the measuring work takes on a computer that the bound is meant for. */
#define USUAL_WORK_US (20 * G_TIME_SPAN_MILLISECOND)
#define WORK_BYTES (4 * 1024 * 1024)

static FILE *file;
static GPollFunc wait_for_events;
static gint64 bound_us;
static gint64 woken_us;
static gint64 woken_cpu_us;
static gint64 woken_queue_us;
static int queue = -1; /* where the system says how long this thread waited for a processor */

static gint64
get_cpu_us (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return (gint64)now.tv_sec * G_USEC_PER_SEC + now.tv_nsec / 1000;
}

static gint64
get_queue_us (void)
{
  char text[128];
  gssize n_bytes = queue >= 0 ? pread (queue, text, sizeof text - 1, 0) : -1;
  long long computed_ns = 0;
  long long waited_ns = 0;

  if (n_bytes <= 0)
    return 0;
  text[n_bytes] = '\0';
  return sscanf (text, "%lld %lld", &computed_ns, &waited_ns) == 2 ? waited_ns / 1000 : 0;
}

static int
watch (GPollFD *fds, guint n_fds, int timeout)
{
  gint64 held_us = woken_us != 0 ? g_get_monotonic_time () - woken_us : 0;
  gint64 own_us = held_us > bound_us ? held_us - (get_queue_us () - woken_queue_us) : 0;
  int n_ready;

  if (own_us > bound_us) {
    fprintf (file, "held %lld ms, of it %lld ms computing\n", (long long)own_us / 1000,
             (long long)(get_cpu_us () - woken_cpu_us) / 1000);
    fflush (file);
  }
  n_ready = wait_for_events (fds, n_fds, timeout);
  woken_us = g_get_monotonic_time ();
  woken_cpu_us = get_cpu_us ();
  woken_queue_us = get_queue_us ();
  return n_ready;
}

static double
measure_slowness (void)
{
  g_autofree guint8 *bytes = g_malloc0 (WORK_BYTES);
  gint64 start = get_cpu_us ();
  g_autofree char *sum = g_compute_checksum_for_data (G_CHECKSUM_SHA256, bytes, WORK_BYTES);
  gint64 taken = get_cpu_us () - start;

  g_assert (sum != NULL);
  return MAX (1.0, (double)taken / USUAL_WORK_US);
}

/**
 * jz_watchdog_start:
 * @path: a file that gets a line for each time that the main loop was held for too long; its first
 * line says what too long is here
 *
 * Watches the main loop of the calling thread until the program ends.
 */
void
jz_watchdog_start (const char *path)
{
  double slowness = measure_slowness ();

  file = fopen (path, "we");
  if (file == NULL) {
    g_printerr ("%s cannot be written, so nobody watches the main loop.\n", path);
    return;
  }
  bound_us = (gint64)(BOUND_US * slowness);
  queue = open ("/proc/thread-self/schedstat", O_RDONLY | O_CLOEXEC);
  fprintf (file, "bound %lld ms\n", (long long)bound_us / 1000);
  fflush (file);
  wait_for_events = g_main_context_get_poll_func (NULL);
  g_main_context_set_poll_func (NULL, watch);
}
