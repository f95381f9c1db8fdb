/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "office/replay.h"
#include "office/verify.h"

#include "bench.h"

/* VmHWM, not what wait4() gives: that would begin with the size of the parent. */
static double
get_peak_mib (void)
{
  g_autofree char *status = NULL;
  const char *line;

  g_assert_true (g_file_get_contents ("/proc/self/status", &status, NULL, NULL));
  line = strstr (status, "VmHWM:");
  g_assert_nonnull (line);
  return (double)g_ascii_strtoll (line + strlen ("VmHWM:"), NULL, 10) / 1024;
}

static double
get_processor_seconds (void)
{
  struct rusage usage;

  g_assert_cmpint (getrusage (RUSAGE_SELF, &usage), ==, 0);
  return (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
         (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / G_USEC_PER_SEC;
}

static void
verify (const char *path, const char *argument, BenchChild *result)
{
  g_autoptr (GError) error = NULL;
  JzVerification verification = { .path = path };
  g_autoptr (JzReport) report = jz_verify (&verification, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (report->faults->len, ==, 0);
  result->n_entries = (gint64)report->n_entries;
  result->n_signatures = (gint64)report->n_signatures;
}

static void
rebuild (const char *path, const char *argument, BenchChild *result)
{
  g_autoptr (GError) error = NULL;

  jz_rebuild_at (path, &error);
  g_assert_no_error (error);
}

static void
put_object (const char *path, const char *argument, BenchChild *result)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JzObjects) objects = jz_objects_open (path, &error);
  JzObject object;

  g_assert_no_error (error);
  jz_objects_put_file (objects, argument, TRUE, NULL, NULL, NULL, &object, &error);
  g_assert_no_error (error);
}

static void
take_file (const char *path, const char *argument, BenchChild *result)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JzObjects) objects = jz_objects_open (path, &error);
  JzObject object;

  g_assert_no_error (error);
  jz_objects_take_file (objects, argument, "", NULL, NULL, NULL, &object, &error);
  g_assert_no_error (error);
}

static void
hash_objects (const char *path, const char *argument, BenchChild *result)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) faults =
    g_ptr_array_new_with_free_func ((GDestroyNotify)jz_object_fault_free);
  g_autoptr (JzObjects) objects = jz_objects_open (path, &error);

  g_assert_no_error (error);
  jz_objects_verify (objects, NULL, NULL, NULL, NULL, faults, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (faults->len, ==, 0);
}

int
bench_be_child (int argc, char **argv)
{
  static const struct {
    const char *name;
    void (*run) (const char *path, const char *argument, BenchChild *result);
  } tasks[] = {
    { "hash", hash_objects }, { "put", put_object }, { "rebuild", rebuild },
    { "take", take_file },    { "verify", verify },
  };
  BenchChild result = { 0 };
  double begin = bench_now ();

  g_assert_cmpint (argc, ==, 5);
  for (gsize i = 0; i < G_N_ELEMENTS (tasks); i++)
    if (strcmp (tasks[i].name, argv[2]) == 0)
      tasks[i].run (argv[3], argv[4], &result);
  printf ("%.6f %.6f %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %.3f\n", bench_now () - begin,
          get_processor_seconds (), result.n_entries, result.n_signatures, get_peak_mib ());
  return 0;
}

/* Runs between fork and exec; threads are then started on as many cores as are allowed. */
static void
keep_to_one_core (gpointer data)
{
  cpu_set_t allowed;
  cpu_set_t one;
  int core = 0;

  if (sched_getaffinity (0, sizeof allowed, &allowed) != 0)
    return;
  while (!CPU_ISSET (core, &allowed))
    core++;
  CPU_ZERO (&one);
  CPU_SET (core, &one);
  sched_setaffinity (0, sizeof one, &one);
}

double
bench_spawn (const char *const *command, gboolean is_on_one_core, char **said)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *output = NULL;
  double begin = bench_now ();
  double seconds;
  int status = -1;

  g_spawn_sync (NULL, (char **)command, NULL, G_SPAWN_SEARCH_PATH,
                is_on_one_core ? keep_to_one_core : NULL, NULL, &output, NULL, &status, &error);
  seconds = bench_now () - begin;
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
  if (said != NULL)
    *said = g_steal_pointer (&output);
  return seconds;
}

void
bench_run_child (const char *task, const char *path, const char *argument, BenchChild *result)
{
  const char *command[] = { "/proc/self/exe", "--child", task, path, argument, NULL };
  g_autofree char *said = NULL;

  bench_spawn (command, FALSE, &said);
  g_assert_cmpint (sscanf (said, "%lf %lf %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %lf",
                           &result->seconds, &result->processor_seconds, &result->n_entries,
                           &result->n_signatures, &result->peak_mib),
                   ==, 5);
}
