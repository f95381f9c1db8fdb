/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>

#include "bench.h"

double
bench_now (void)
{
  return (double)g_get_monotonic_time () / G_USEC_PER_SEC;
}

static int
compare_numbers (gconstpointer a, gconstpointer b)
{
  double left = *(const double *)a;
  double right = *(const double *)b;
  return (left > right) - (left < right);
}

double
bench_median (double *values, guint n_values)
{
  qsort (values, n_values, sizeof *values, compare_numbers);
  return (values[(n_values - 1) / 2] + values[n_values / 2]) / 2;
}

double
bench_best (const double *rates, guint n_rates)
{
  double best = rates[0];

  for (guint i = 1; i < n_rates; i++)
    best = MAX (best, rates[i]);
  return best;
}

static double
run_steps (const BenchSide *side, guint n_steps)
{
  double begin = bench_now ();

  for (guint i = 0; i < n_steps; i++)
    side->step (side->data);
  return n_steps / (bench_now () - begin);
}

/* The first round only warms up, and who begins changes from round to round. */
void
bench_in_turns (BenchSide sides[2], guint n_rounds, guint n_steps)
{
  g_autofree double *first = g_new (double, n_rounds);
  g_autofree double *second = g_new (double, n_rounds);
  double *rates[] = { first, second };

  for (guint i = 0; i <= n_rounds; i++)
    for (guint j = 0; j < 2; j++) {
      guint which = (i + j) % 2;
      double rate = run_steps (&sides[which], n_steps);
      if (i > 0)
        rates[which][i - 1] = rate;
    }
  for (guint j = 0; j < 2; j++)
    sides[j].rate = bench_median (rates[j], n_rounds);
}
