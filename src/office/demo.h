/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "base/json.h"
#include "store/objects.h"

G_BEGIN_DECLS

/* The password of every account of a demo store, and of its bureau's own key (design §10). */
#define JZ_DEMO_PASSWORD "demo"
/* So many cases at most: they are numbered with six digits. */
#define JZ_DEMO_MAX_CASES 100000

/**
 * JzDemo:
 * @path: a folder that does not exist
 * @n_cases: how many cases; at most %JZ_DEMO_MAX_CASES
 * @seed: the same seed gives the same office, but for keys and what derives from them
 * @progress: (nullable): told from time to time, in days of the office's life
 * @progress_data: for @progress
 * @cancellable: (nullable): to stop
 * @warnings: (nullable) (element-type utf8): gets what the user should know although it is done
 *
 * What `demo` is asked to make.
 */
typedef struct {
  const char *path;
  guint n_cases;
  guint64 seed;
  JzProgress progress;
  gpointer progress_data;
  GCancellable *cancellable;
  GPtrArray *warnings;
} JzDemo;

gboolean jz_demo_make (const JzDemo *demo, GError **error);
JzJson *jz_demo_describe (const char *path, GError **error);

G_END_DECLS
