/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "helper/decode.h"
#include "helper/sniff.h"

/* How loud a recording is over its whole length, which is not known before its end: buckets of a
 * time each; when there are too many, two become one and their time doubles. */

#define SOUND "audio/x-raw,format=S16LE,layout=interleaved"
#define MAX_BUCKETS (1 << 17)
#define FIRST_BUCKET (10 * GST_MSECOND)
#define MAX_WANTED 65536

typedef struct {
  guint8 *peaks; /* MAX_BUCKETS */
  guint n;
  GstClockTime length; /* of one bucket */
  GstClockTime end;    /* of the sound so far */
} Buckets;

static void
halve (Buckets *self)
{
  for (guint i = 0; i < MAX_BUCKETS / 2; i++)
    self->peaks[i] = MAX (self->peaks[2 * i], self->peaks[2 * i + 1]);
  memset (self->peaks + MAX_BUCKETS / 2, 0, MAX_BUCKETS / 2);
  self->n = (self->n + 1) / 2;
  self->length *= 2;
}

static void
put (Buckets *self, GstClockTime time, guint8 peak)
{
  while (time / self->length >= MAX_BUCKETS)
    halve (self);
  guint at = (guint)(time / self->length);
  self->peaks[at] = MAX (self->peaks[at], peak);
  self->n = MAX (self->n, at + 1);
}

static guint8
get_peak (const gint16 *samples, gsize n)
{
  int peak = 0;

  for (gsize i = 0; i < n; i++)
    peak = MAX (peak, ABS ((int)samples[i]));
  return (guint8)MIN (peak >> 7, 255);
}

/* Pieces of a hundredth of a second, counted from the recording's beginning. */
static void
put_samples (Buckets *self,
             const gint16 *samples,
             gsize n,
             guint rate,
             guint channels,
             GstClockTime at)
{
  guint64 piece = MAX (rate / 100, 1);
  guint64 begun = gst_util_uint64_scale_round (at, rate, GST_SECOND) % piece;

  for (guint64 i = 0; i < n / channels;) {
    guint64 left = MIN (piece - begun, n / channels - i);
    GstClockTime time = at + gst_util_uint64_scale (i, GST_SECOND, rate);

    put (self, time, get_peak (samples + i * channels, (gsize)left * channels));
    i += left;
    begun = 0;
  }
  self->end = MAX (self->end, at + gst_util_uint64_scale (n / channels, GST_SECOND, rate));
}

static gboolean
take_sample (Buckets *self, GstSample *sample)
{
  const GstStructure *caps = gst_caps_get_structure (gst_sample_get_caps (sample), 0);
  GstBuffer *buffer = gst_sample_get_buffer (sample);
  GstClockTime at = gst_segment_to_stream_time (gst_sample_get_segment (sample), GST_FORMAT_TIME,
                                                GST_BUFFER_PTS (buffer));
  int rate = 0;
  int channels = 0;
  GstMapInfo map;

  if (!gst_structure_get_int (caps, "rate", &rate) ||
      !gst_structure_get_int (caps, "channels", &channels) || rate <= 0 || channels <= 0 ||
      !gst_buffer_map (buffer, &map, GST_MAP_READ))
    return FALSE;
  /* A time that is missing or absurd: it goes on where the last one ended. */
  if (!GST_CLOCK_TIME_IS_VALID (at) || at > 1000 * 3600 * GST_SECOND)
    at = self->end;
  put_samples (self, (const gint16 *)(const void *)map.data, map.size / 2, (guint)rate,
               (guint)channels, at);
  gst_buffer_unmap (buffer, &map);
  return TRUE;
}

static gboolean
take_all (Buckets *self, JzDecode *decode, GError **error)
{
  g_autoptr (GError) wrong = NULL;
  GstSample *sample;

  while ((sample = jz_decode_next (decode, &wrong)) != NULL) {
    gboolean is_good = take_sample (self, sample);
    gst_sample_unref (sample);
    if (!is_good)
      return jz_job_fail (error, JZ_MEDIA_ERROR_DAMAGED, "sound");
  }
  /* What was heard up to a break is worth showing. */
  if (wrong != NULL && self->n == 0) {
    g_propagate_error (error, g_steal_pointer (&wrong));
    return FALSE;
  }
  return TRUE;
}

static void
spread (const Buckets *self, guint8 *to, guint n)
{
  /* Its last bucket may reach behind the end. */
  guint64 used =
    self->end > 0 ? MIN (self->n, (self->end + self->length - 1) / self->length) : self->n;

  for (guint i = 0; i < n; i++) {
    guint64 first = used * i / n;
    guint64 last = MAX (used * (i + 1) / n, first + 1);

    to[i] = 0;
    for (guint64 at = first; at < last && at < self->n; at++)
      to[i] = MAX (to[i], self->peaks[at]);
  }
}

/**
 * jz_job_peaks:
 * @job: a is how many are wanted
 * @error: return location
 *
 * Returns: whether the memory holds them
 */
gboolean
jz_job_peaks (JzHelperJob *job, GError **error)
{
  g_autoptr (JzDecode) decode = NULL;
  g_autofree guint8 *peaks = NULL;
  Buckets buckets = { .length = FIRST_BUCKET };
  JzSniff sniff = { 0 };

  if (job->a < 1 || job->a > MAX_WANTED || (gsize)job->a > job->memory_size)
    return jz_job_fail (error, JZ_MEDIA_ERROR_PROTOCOL, "number of peaks");
  jz_sniff (job, &sniff);
  if (sniff.kind != JZ_FILE_VIDEO && sniff.kind != JZ_FILE_AUDIO)
    return jz_job_fail (error, JZ_MEDIA_ERROR_ABSENT, NULL);
  decode = jz_decode_new (job->file, SOUND, error);
  if (decode == NULL)
    return FALSE;
  buckets.peaks = peaks = g_new0 (guint8, MAX_BUCKETS);
  if (!take_all (&buckets, decode, error))
    return FALSE;
  spread (&buckets, job->memory, (guint)job->a);
  job->result[0] = job->a;
  job->result[1] = (gint64)buckets.end;
  return TRUE;
}
