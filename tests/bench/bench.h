/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What one run measures. Every figure stands beside that of something known, measured in the same
 * run on the same disk, in turns with it: only ratios mean anything on another machine. */

/**
 * Bench:
 * @is_quick: whether a rough answer is enough
 * @rows: what was measured so far
 *
 * One run.
 */
typedef struct {
  gboolean is_quick;
  GPtrArray *rows;
} Bench;

/* Rates are per second, so that more is better. */
void bench_add (Bench *self,
                const char *what,
                const char *unit,
                double ours,
                const char *reference_name,
                double reference,
                double aim);
/* A figure without a reference that should not pass @most; 0 is no aim. */
void bench_add_figure (Bench *self, const char *what, const char *unit, double ours, double most);
void bench_skip (Bench *self, const char *what, const char *reason);
void bench_init (Bench *self, gboolean is_quick);
char *bench_to_table (Bench *self);
char *bench_to_tsv (Bench *self);
void bench_clear (Bench *self);

double bench_now (void);
double bench_median (double *values, guint n_values);
/* Of what only the processor limits: whoever else uses it makes a round slower, never faster. */
double bench_best (const double *rates, guint n_rates);

/* A child is this program again, so that its memory is its own. */
typedef struct {
  double seconds;
  double processor_seconds;
  gint64 n_entries;
  gint64 n_signatures;
  double peak_mib;
} BenchChild;

int bench_be_child (int argc, char **argv);
/* Runs a program and waits; returns the seconds that it took, its start and end with it. */
double bench_spawn (const char *const *command, gboolean is_on_one_core, char **said);
void bench_run_child (const char *task, const char *path, const char *argument, BenchChild *result);

/* Two things in turns: rounds of @n_steps of one, then of the other. */
typedef void (*BenchStep) (gpointer data);
typedef struct {
  BenchStep step;
  gpointer data;
  double rate; /* median of the rounds, steps a second */
} BenchSide;
void bench_in_turns (BenchSide sides[2], guint n_rounds, guint n_steps);

void bench_acts (Bench *self);
void bench_cases (Bench *self);
void bench_gates (Bench *self);
void bench_growth (Bench *self);
void bench_import (Bench *bench);
void bench_media (Bench *self);
void bench_memory (Bench *self);
void bench_objects (Bench *self);
void bench_pages (Bench *self);
void bench_publish (Bench *self);
void bench_redaction (Bench *self);
void bench_search (Bench *self);
void bench_signatures (Bench *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Bench, bench_clear)

G_END_DECLS
