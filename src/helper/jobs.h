/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "helper/serve.h"

G_BEGIN_DECLS

/**
 * JzHelperJob:
 * @type: what to do, a #JzMessageType
 * @a: arguments, see there
 * @text: that came with it
 * @file: the file, read-only; stays open while the job runs
 * @file_size: its size when it came
 * @memory: where the result goes
 * @result: numbers of the answer
 *
 * One request about one file. A job returns %FALSE with JZ_MEDIA_ERROR, whose message is for
 * nobody's eyes, but for %JZ_MEDIA_ERROR_CODEC, where it names media types.
 */
typedef struct {
  guint32 type;
  guint32 serial;
  gint64 a;
  gint64 b;
  gint64 c;
  char *text;
  int file;
  guint64 file_size;
  guint8 *memory;
  gsize memory_size;
  gint64 result[4];
} JzHelperJob;

typedef gboolean (*JzHelperJobRun) (JzHelperJob *job, GError **error);

/* Answers for all jobs, one after another on a thread of their own. */
void jz_jobs_add (JzServe *serve);

gboolean jz_job_fail (GError **error, JzMediaError code, const char *detail);
/* Reads at a place, whole or not at all. */
gboolean jz_job_read (const JzHelperJob *job, guint64 offset, void *data, gsize size);

gboolean jz_job_probe (JzHelperJob *job, GError **error);
gboolean jz_job_thumbnail (JzHelperJob *job, GError **error);
gboolean jz_job_picture (JzHelperJob *job, GError **error);
gboolean jz_job_peaks (JzHelperJob *job, GError **error);
gboolean jz_job_page (JzHelperJob *job, GError **error);
gboolean jz_job_page_text (JzHelperJob *job, GError **error);

G_END_DECLS
