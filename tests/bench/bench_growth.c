/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../store/folder.h"
#include "bench.h"
#include "bench_fill.h"

/* Time an entry at the last size ÷ at the first: what is linear stays at about 1. */
#define MOST_GROWTH 1.5

/* What one task took at one size. */
typedef struct {
  gint64 n_entries;
  BenchChild child;
} Point;

static void
add_rows (Bench *bench, const char *what, const Point *point)
{
  g_autofree char *speed =
    g_strdup_printf ("%s at %" G_GINT64_FORMAT " entries", what, point->n_entries);

  bench_add_figure (bench, speed, "entries/s", (double)point->n_entries / point->child.seconds, 0);
  bench_add_figure (bench, "  and its memory", "MiB", point->child.peak_mib, 0);
}

static void
add_growth (Bench *bench, const char *what, const Point *first, const Point *last)
{
  double n_times = (double)last->n_entries / (double)first->n_entries;
  g_autofree char *name =
    g_strdup_printf ("%s: time an entry at %" G_GINT64_FORMAT " / at %" G_GINT64_FORMAT, what,
                     last->n_entries, first->n_entries);

  bench_add_figure (bench, name, "", last->child.seconds / first->child.seconds / n_times,
                    MOST_GROWTH);
  bench_add_figure (bench, "  the same in processor time", "",
                    last->child.processor_seconds / first->child.processor_seconds / n_times,
                    MOST_GROWTH);
}

/* In a copy, since it leaves free pages behind that the next step would find. */
static void
rebuild_copy (TestOffice *office, BenchChild *child)
{
  g_autofree char *path = g_build_filename (office->folder, "copy", NULL);
  g_autofree char *store = g_build_filename (path, "store", NULL);

  g_assert_cmpint (g_mkdir (path, 0700), ==, 0);
  test_copy_folder (office->path, store);
  bench_run_child ("rebuild", store, "", child);
  folder_free (g_steal_pointer (&path));
}

static void
measure (Bench *bench, TestOffice *office, Point *verify, Point *rebuild)
{
  bench_run_child ("verify", office->path, "", &verify->child);
  g_assert_cmpint (verify->child.n_entries, ==, verify->n_entries);
  add_rows (bench, "verify", verify);
  rebuild_copy (office, &rebuild->child);
  add_rows (bench, "rebuild", rebuild);
}

void
bench_growth (Bench *bench)
{
  static const gint64 sizes[] = { 10000, 100000, 1000000 };
  gsize n_sizes = bench->is_quick ? 2 : G_N_ELEMENTS (sizes);
  Point verify[G_N_ELEMENTS (sizes)];
  Point rebuild[G_N_ELEMENTS (sizes)];
  g_auto (TestOffice) office = { NULL };

  test_office_staff (&office);
  for (gsize i = 0; i < n_sizes; i++) {
    g_autoptr (Filler) filler = filler_new (&office);
    filler_fill (filler, sizes[i]);
    test_office_close (&office);
    verify[i].n_entries = sizes[i];
    rebuild[i].n_entries = sizes[i];
    measure (bench, &office, &verify[i], &rebuild[i]);
    test_office_open (&office);
  }
  add_growth (bench, "verify", &verify[0], &verify[n_sizes - 1]);
  add_growth (bench, "rebuild", &rebuild[0], &rebuild[n_sizes - 1]);
}
