/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bench.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <gst/app/gstappsink.h>
#include <gst/app/gstappsrc.h>
#include <gst/gst.h>
#include <string.h>
#include <unistd.h>

#include "../media/main_loop.h"
#include "../media/recording.h"
#include "media/player-private.h"

/* Looking into recordings of 1920 x 1080, by the player with its caged helper, beside a bare
 * playbin in this process that does the same; both give pictures of 1280 x 720. */

#define H264 "x264enc key-int-max=50 speed-preset=veryfast bitrate=6000 ! h264parse"
#define N_FRAMES 300
#define FRAME_NS G_GINT64_CONSTANT (40000000)
#define LONG_FRAMES (3 * 3600 * 25)

static const Recording recording = { H264, "mp4mux", 1920, 1088, N_FRAMES, NULL, "avenc_aac" };

typedef struct {
  char *path;
  JzMedia *media;
  JzPlayer *player;
  GstElement *playbin;
  GstElement *sink;
  GRand *chance;
  gint64 at;
} Bed;

static gboolean
is_idle (JzPlayer *player)
{
  return player->state != JZ_PLAYER_STATE_OPENING && player->busy_serial == 0 &&
         !player->is_seek_waiting && player->n_steps_waiting == 0 && !player->is_play_waiting;
}

static void
settle (JzPlayer *player)
{
  while (!is_idle (player))
    main_loop_iterate (50);
}

static gint64
choose_place (Bed *self)
{
  return g_rand_int_range (self->chance, 0, N_FRAMES) * FRAME_NS;
}

static void
seek_ours (gpointer data)
{
  Bed *self = data;

  jz_player_seek (self->player, choose_place (self), TRUE);
  settle (self->player);
}

static void
wait_for_preroll (Bed *self)
{
  g_autoptr (GstSample) sample = NULL;

  gst_element_get_state (self->playbin, NULL, NULL, GST_CLOCK_TIME_NONE);
  sample = gst_app_sink_pull_preroll (GST_APP_SINK (self->sink));
  g_assert_nonnull (sample);
}

static void
seek_bare_to (Bed *self, gint64 pts)
{
  gst_element_seek_simple (self->playbin, GST_FORMAT_TIME,
                           GST_SEEK_FLAG_FLUSH | GST_SEEK_FLAG_ACCURATE, pts);
  wait_for_preroll (self);
}

static void
seek_bare (gpointer data)
{
  Bed *self = data;
  seek_bare_to (self, choose_place (self));
}

static void
step_ours (gpointer data)
{
  Bed *self = data;

  jz_player_step (self->player, -1);
  settle (self->player);
}

/* All that a bare playbin can do is to seek to the time before. */
static void
step_bare (gpointer data)
{
  Bed *self = data;

  self->at -= FRAME_NS;
  seek_bare_to (self, self->at);
}

static void
step_ours_forward (gpointer data)
{
  Bed *self = data;

  jz_player_step (self->player, 1);
  settle (self->player);
}

static void
step_bare_forward (gpointer data)
{
  Bed *self = data;

  gst_element_send_event (self->sink, gst_event_new_step (GST_FORMAT_BUFFERS, 1, 1.0, TRUE, FALSE));
  wait_for_preroll (self);
}

static void
open_bare (Bed *self)
{
  g_autofree char *uri = g_filename_to_uri (self->path, NULL, NULL);
  g_autoptr (GstCaps) caps =
    gst_caps_from_string ("video/x-raw,format=BGRA,width=1280,height=720,pixel-aspect-ratio=1/1");
  GstElement *silence = gst_element_factory_make ("fakesink", NULL);

  self->playbin = gst_element_factory_make ("playbin", NULL);
  self->sink = gst_element_factory_make ("appsink", NULL);
  g_object_set (self->sink, "caps", caps, "max-buffers", 3, NULL);
  g_object_set (silence, "sync", TRUE, NULL);
  g_object_set (self->playbin, "uri", uri, "video-sink", self->sink, "audio-sink", silence, NULL);
  gst_util_set_object_arg (G_OBJECT (self->playbin), "flags", "video+audio");
  gst_element_set_state (self->playbin, GST_STATE_PAUSED);
  wait_for_preroll (self);
}

static void
close_bare (Bed *self)
{
  gst_element_set_state (self->playbin, GST_STATE_NULL);
  gst_clear_object (&self->playbin);
}

static void
open_ours (Bed *self)
{
  jz_player_open (self->player, self->path);
  while (jz_player_get_frame (self->player) == NULL)
    main_loop_iterate (50);
}

/* From the click to the picture; between two clicks there is time to start the next helper. */
static void
measure_first (Bench *bench, Bed *bed)
{
  double ours[5];
  double bare[5];

  for (guint i = 0; i < G_N_ELEMENTS (ours); i++) {
    double begin = 0;

    jz_player_close (bed->player);
    jz_media_warm (bed->media);
    close_bare (bed);
    g_usleep (2 * G_USEC_PER_SEC);
    begin = bench_now ();
    open_ours (bed);
    ours[i] = bench_now () - begin;
    begin = bench_now ();
    open_bare (bed);
    bare[i] = bench_now () - begin;
  }
  bench_add (bench, "first picture after opening a recording", "1/s",
             1 / bench_median (ours, G_N_ELEMENTS (ours)), "bare playbin",
             1 / bench_median (bare, G_N_ELEMENTS (bare)), 0);
}

static void
wait_for_index (JzPlayer *player)
{
  while (jz_player_get_index (player) == NULL)
    main_loop_iterate (50);
  settle (player);
}

static void
compare (Bench *bench, Bed *bed, const char *what, BenchStep ours, BenchStep bare, guint n_steps)
{
  BenchSide sides[] = { { ours, bed, 0 }, { bare, bed, 0 } };

  bench_in_turns (sides, bench->is_quick ? 2 : 3, n_steps);
  bench_add (bench, what, "1/s", sides[0].rate, "bare playbin", sides[1].rate, 0);
}

/* So many hundredths of the pictures are not shown while it plays. */
static void
measure_dropped (Bench *bench, Bed *bed, double rate, const char *what)
{
  guint64 before = 0;

  jz_player_set_rate (bed->player, rate);
  jz_player_seek (bed->player, 0, TRUE);
  settle (bed->player);
  before = jz_player_get_n_dropped (bed->player);
  jz_player_play (bed->player);
  while (jz_player_get_state (bed->player) != JZ_PLAYER_STATE_ENDED)
    main_loop_iterate (50);
  bench_add_figure (bench, what, "%",
                    100.0 * (double)(jz_player_get_n_dropped (bed->player) - before) / N_FRAMES, 0);
}

/* From status files of /proc: the innermost process under the one that was started. */
static double
read_peak_mib (gint64 pid)
{
  g_autofree char *children_path =
    g_strdup_printf ("/proc/%d/task/%d/children", (int)pid, (int)pid);
  g_autofree char *path = g_strdup_printf ("/proc/%d/status", (int)pid);
  g_autofree char *children = NULL;
  g_autofree char *status = NULL;
  const char *line = NULL;

  if (g_file_get_contents (children_path, &children, NULL, NULL) && children[0] != '\0')
    return read_peak_mib (g_ascii_strtoll (children, NULL, 10));
  if (!g_file_get_contents (path, &status, NULL, NULL))
    return 0;
  line = strstr (status, "VmHWM:");
  return line != NULL ? (double)g_ascii_strtoll (line + strlen ("VmHWM:"), NULL, 10) / 1024 : 0;
}

/* Encoded pictures of some seconds, again and again with later times: three hours in as many
 * seconds. */
static GPtrArray *
take_encoded (const char *path, GstCaps **caps)
{
  g_autofree char *line =
    g_strdup_printf ("filesrc location=%s ! qtdemux ! h264parse ! "
                     "video/x-h264,stream-format=avc ! appsink name=sink sync=false",
                     path);
  g_autoptr (GstElement) pipeline = gst_parse_launch (line, NULL);
  g_autoptr (GstElement) sink = gst_bin_get_by_name (GST_BIN (pipeline), "sink");
  GPtrArray *buffers = g_ptr_array_new_with_free_func ((GDestroyNotify)gst_buffer_unref);
  GstSample *sample = NULL;

  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  while ((sample = gst_app_sink_pull_sample (GST_APP_SINK (sink))) != NULL) {
    if (*caps == NULL)
      *caps = gst_caps_ref (gst_sample_get_caps (sample));
    g_ptr_array_add (buffers, gst_buffer_ref (gst_sample_get_buffer (sample)));
    gst_sample_unref (sample);
  }
  gst_element_set_state (pipeline, GST_STATE_NULL);
  return buffers;
}

static void
push_later (GstAppSrc *source, GstBuffer *buffer, guint64 later)
{
  GstBuffer *copy = gst_buffer_copy (buffer);

  GST_BUFFER_PTS (copy) += later;
  if (GST_BUFFER_DTS_IS_VALID (copy))
    GST_BUFFER_DTS (copy) += later;
  gst_app_src_push_buffer (source, copy);
}

static void
make_long (const char *from, const char *to)
{
  g_autoptr (GstCaps) caps = NULL;
  g_autoptr (GPtrArray) buffers = take_encoded (from, &caps);
  g_autofree char *line = g_strdup_printf (
    "appsrc name=source format=time block=true ! matroskamux ! filesink location=%s", to);
  g_autoptr (GstElement) pipeline = gst_parse_launch (line, NULL);
  g_autoptr (GstElement) source = gst_bin_get_by_name (GST_BIN (pipeline), "source");
  g_autoptr (GstBus) bus = gst_element_get_bus (pipeline);
  g_autoptr (GstMessage) message = NULL;

  g_object_set (source, "caps", caps, NULL);
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  for (guint round = 0; round < LONG_FRAMES / buffers->len; round++)
    for (guint i = 0; i < buffers->len; i++)
      push_later (GST_APP_SRC (source), buffers->pdata[i],
                  (guint64)round * buffers->len * FRAME_NS);
  gst_app_src_end_of_stream (GST_APP_SRC (source));
  message =
    gst_bus_timed_pop_filtered (bus, GST_CLOCK_TIME_NONE, GST_MESSAGE_EOS | GST_MESSAGE_ERROR);
  gst_element_set_state (pipeline, GST_STATE_NULL);
}

static void
measure_long (Bench *bench, Bed *bed, const char *folder)
{
  static const Recording quiet = {
    "x264enc key-int-max=50 bframes=0 speed-preset=ultrafast bitrate=300 ! h264parse",
    "mp4mux",
    1920,
    1088,
    100,
    NULL,
    NULL
  };
  g_autofree char *short_path = g_build_filename (folder, "quiet.mp4", NULL);
  g_autofree char *path = g_build_filename (folder, "long.mkv", NULL);
  double begin = 0;
  gint64 pid = 0;

  recording_make (&quiet, short_path);
  make_long (short_path, path);
  jz_player_set_rate (bed->player, 1.0);
  begin = bench_now ();
  jz_player_open (bed->player, path);
  while (jz_player_get_frame (bed->player) == NULL)
    main_loop_iterate (50);
  bench_add_figure (bench, "three hours: first picture", "ms", (bench_now () - begin) * 1000, 0);
  wait_for_index (bed->player);
  bench_add_figure (bench, "three hours: list of pictures", "s", bench_now () - begin, 0);
  bench_add_figure (bench, "three hours: pictures in it", "",
                    (double)jz_frame_index_get_length (jz_player_get_index (bed->player)), 0);
  for (guint i = 0; i < 10; i++) {
    jz_player_seek (bed->player, g_rand_int_range (bed->chance, 0, LONG_FRAMES - 100) * FRAME_NS,
                    TRUE);
    settle (bed->player);
    jz_player_step (bed->player, -1);
    settle (bed->player);
  }
  pid = jz_player_link_get_pid (bed->player->link);
  bench_add_figure (bench, "three hours: memory of the helper", "MiB", read_peak_mib (pid), 768);
  g_unlink (short_path);
  g_unlink (path);
}

static void
measure_all (Bench *bench, Bed *bed, const char *folder)
{
  open_bare (bed);
  measure_first (bench, bed);
  wait_for_index (bed->player);
  compare (bench, bed, "exact seeks", seek_ours, seek_bare, 15);
  seek_bare_to (bed, bed->at = 290 * FRAME_NS);
  jz_player_seek (bed->player, 290 * FRAME_NS, TRUE);
  settle (bed->player);
  compare (bench, bed, "steps back", step_ours, step_bare, bench->is_quick ? 40 : 60);
  seek_bare_to (bed, 0);
  jz_player_seek (bed->player, 0, TRUE);
  settle (bed->player);
  compare (bench, bed, "steps forward", step_ours_forward, step_bare_forward,
           bench->is_quick ? 40 : 60);
  close_bare (bed);
  measure_dropped (bench, bed, 1.0, "pictures left out at the rate of the recording");
  measure_dropped (bench, bed, 4.0, "pictures left out at four times that");
  if (!bench->is_quick)
    measure_long (bench, bed, folder);
}

void
bench_media (Bench *self)
{
  g_autofree char *folder = g_dir_make_tmp ("juanzong-bench-XXXXXX", NULL);
  Bed bed = { .path = g_build_filename (folder, "recording.mp4", NULL) };

  gst_init (NULL, NULL);
  if (!recording_can_be_made (&recording)) {
    bench_skip (self, "recordings", "an encoder of H.264 is not installed");
    g_rmdir (folder);
    return;
  }
  recording_make (&recording, bed.path);
  bed.media = jz_media_new ();
  bed.player = jz_player_new (bed.media);
  bed.chance = g_rand_new_with_seed (7);
  measure_all (self, &bed, folder);
  jz_player_close (bed.player);
  g_clear_object (&bed.player);
  g_clear_object (&bed.media);
  g_rand_free (bed.chance);
  g_unlink (bed.path);
  g_free (bed.path);
  g_rmdir (folder);
}
