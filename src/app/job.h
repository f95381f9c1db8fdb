/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Something long that is under way: what it says may be set from any thread, and is told to the
 * window in the main loop. */
#define JZ_TYPE_JOB (jz_job_get_type ())
G_DECLARE_FINAL_TYPE (JzJob, jz_job, JZ, JOB, GObject)

JzJob *jz_job_new (const char *title);
const char *jz_job_get_title (JzJob *self);
GCancellable *jz_job_get_cancellable (JzJob *self);
double jz_job_get_fraction (JzJob *self);
gboolean jz_job_is_ended (JzJob *self);

/* From any thread. */
void jz_job_set_fraction (JzJob *self, double fraction);
void jz_job_end (JzJob *self);

G_END_DECLS
