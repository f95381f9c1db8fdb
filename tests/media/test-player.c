/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "media/player.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <gst/gst.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "main_loop.h"
#include "media/frame_media.h"
#include "media/player-private.h"
#include "recording.h"

/* The player with its real helper. Each picture shows its number: what a test asserts about
 * positions it sees in the pixels. */

#define H264 "x264enc key-int-max=25 bframes=2 speed-preset=veryfast ! h264parse"
#define WIDTH 320
#define HEIGHT 256
#define PATIENCE_US (60 * G_USEC_PER_SEC)

static const Recording steady = { H264, "mp4mux", WIDTH, HEIGHT, 100, NULL, "avenc_aac" };
static const Recording variable = { H264, "matroskamux",           WIDTH, HEIGHT,
                                    80,   recording_durations_vfr, NULL };
static const Recording h265 = { "x265enc key-int-max=25 speed-preset=ultrafast ! h265parse",
                                "mp4mux",
                                WIDTH,
                                HEIGHT,
                                75,
                                NULL,
                                NULL };
static const Recording stream = { H264, "mpegtsmux", WIDTH, HEIGHT, 60, NULL, NULL };
static const Recording early_index = {
  H264, "mp4mux faststart=true", WIDTH, HEIGHT, 150, NULL, "avenc_aac"
};

static char *folder;
static JzMedia *media;

typedef struct {
  JzPlayer *player;
  guint n_frames; /* since it was last asked */
  guint n_ended;
  GPtrArray *notices;
  GPtrArray *failures;
  gboolean lacks_frames; /* so that numbers count what is left */
  gboolean are_numbers_right;
} Fixture;

static guint
get_shown_number (JzFrame *frame)
{
  return recording_read_number (g_bytes_get_data (frame->pixels, NULL), frame->width, frame->height,
                                frame->stride);
}

static void
on_frame (JzPlayer *player, JzFrame *frame, gpointer data)
{
  Fixture *self = data;

  self->n_frames++;
  g_assert_cmpuint (g_bytes_get_size (frame->pixels), ==, frame->stride * frame->height);
  if (!self->lacks_frames && frame->number >= 0 && get_shown_number (frame) != frame->number) {
    g_test_message ("number %d shows %u at %d ms", (int)frame->number, get_shown_number (frame),
                    (int)(frame->pts / 1000000));
    self->are_numbers_right = FALSE;
  }
}

static void
on_ended (JzPlayer *player, gpointer data)
{
  Fixture *self = data;
  self->n_ended++;
}

static void
on_notice (JzPlayer *player, const char *sentence, gpointer data)
{
  Fixture *self = data;
  g_test_message ("notice: %s", sentence);
  g_ptr_array_add (self->notices, g_strdup (sentence));
}

static void
on_failed (JzPlayer *player, const char *sentence, gpointer data)
{
  Fixture *self = data;
  g_test_message ("failed: %s", sentence);
  g_ptr_array_add (self->failures, g_strdup (sentence));
}

static void
set_up (Fixture *self, gconstpointer data)
{
  self->player = jz_player_new (media);
  self->notices = g_ptr_array_new_with_free_func (g_free);
  self->failures = g_ptr_array_new_with_free_func (g_free);
  self->are_numbers_right = TRUE;
  g_signal_connect (self->player, "frame", G_CALLBACK (on_frame), self);
  g_signal_connect (self->player, "ended", G_CALLBACK (on_ended), self);
  g_signal_connect (self->player, "notice", G_CALLBACK (on_notice), self);
  g_signal_connect (self->player, "failed", G_CALLBACK (on_failed), self);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_assert_true (self->are_numbers_right);
  jz_player_close (self->player);
  g_assert_finalize_object (self->player);
  g_ptr_array_unref (self->notices);
  g_ptr_array_unref (self->failures);
}

static void
check_patience (Fixture *self, gint64 end, const char *condition)
{
  JzPlayer *player = self->player;

  if (g_get_monotonic_time () < end)
    return;
  g_error ("waits for %s: state %d, at %d ms, busy %u (%d), shown %u, waits %d %d %d", condition,
           (int)player->state, (int)(player->position / 1000000), player->busy_serial,
           (int)player->busy_type, player->shown_serial, player->is_seek_waiting,
           player->n_steps_waiting, player->is_play_waiting);
}

/* Goes on until the condition holds; waits for no time. */
#define WAIT_FOR(condition)                                                                        \
  G_STMT_START                                                                                     \
  {                                                                                                \
    gint64 end_ = g_get_monotonic_time () + PATIENCE_US;                                           \
    while (!(condition)) {                                                                         \
      check_patience (self, end_, #condition);                                                     \
      main_loop_iterate (20);                                                                      \
    }                                                                                              \
  }                                                                                                \
  G_STMT_END

static JzPlayerState
get_state (Fixture *self)
{
  return jz_player_get_state (self->player);
}

static void
open_recording (Fixture *self, const Recording *recording, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    recording_make (recording, path);
  jz_player_open (self->player, path);
  g_assert_cmpint (get_state (self), ==, JZ_PLAYER_STATE_OPENING);
  WAIT_FOR (get_state (self) != JZ_PLAYER_STATE_OPENING);
}

static void
open_and_index (Fixture *self, const Recording *recording, const char *name)
{
  open_recording (self, recording, name);
  g_assert_cmpint (get_state (self), ==, JZ_PLAYER_STATE_PAUSED);
  WAIT_FOR (jz_player_get_index (self->player) != NULL);
}

static gboolean
is_idle (Fixture *self)
{
  JzPlayer *player = self->player;
  return player->busy_serial == 0 && !player->is_seek_waiting && player->n_steps_waiting == 0 &&
         !player->is_play_waiting;
}

static JzFrame *
seek (Fixture *self, gint64 pts)
{
  jz_player_seek (self->player, pts, TRUE);
  WAIT_FOR (is_idle (self));
  return jz_player_get_frame (self->player);
}

static void
on_hashed (GObject *source, GAsyncResult *result, gpointer data)
{
  GAsyncResult **place = data;
  *place = g_object_ref (result);
}

static JzFrameHash *
take_hash (Fixture *self, gint64 pts)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  JzFrameHash *hash = NULL;

  jz_player_hash_frame_async (self->player, pts, NULL, on_hashed, &result);
  WAIT_FOR (result != NULL);
  hash = jz_player_hash_frame_finish (self->player, result, &error);
  g_assert_no_error (error);
  return hash;
}

static void
test_open (Fixture *self, gconstpointer data)
{
  JzFrame *frame = NULL;

  open_and_index (self, &steady, "steady.mp4");
  frame = jz_player_get_frame (self->player);
  g_assert_nonnull (frame);
  g_assert_cmpint (frame->number, ==, 0);
  g_assert_cmpuint (frame->width, ==, WIDTH);
  g_assert_cmpuint (frame->height, ==, HEIGHT);
  g_assert_true (jz_player_get_has_video (self->player));
  g_assert_true (jz_player_get_has_sound (self->player));
  g_assert_cmpint (jz_player_get_position (self->player), ==, frame->pts);
  /* within a packet of sound of its four seconds */
  g_assert_cmpint (ABS (jz_player_get_duration (self->player) - 4000000000), <, 100000000);
  g_assert_cmpuint (jz_frame_index_get_length (jz_player_get_index (self->player)), ==, 100);
  g_assert_false (jz_frame_index_is_variable_rate (jz_player_get_index (self->player)));
  jz_player_close (self->player);
  g_assert_cmpint (get_state (self), ==, JZ_PLAYER_STATE_EMPTY);
  g_assert_null (jz_player_get_frame (self->player));
}

/* A time between two pictures records that of the one shown, not the time that was asked for. */
static void
test_seek_between (Fixture *self, gconstpointer data)
{
  open_and_index (self, &variable, "variable.mkv");
  g_assert_true (jz_frame_index_is_variable_rate (jz_player_get_index (self->player)));
  for (guint i = 0; i < 12; i++) {
    guint number = (guint)g_test_rand_int_range (0, 79);
    gint64 pts = recording_get_pts (&variable, number);
    gint64 next = recording_get_pts (&variable, number + 1);
    JzFrame *frame = seek (self, pts + (next - pts) * 2 / 3);

    g_assert_cmpint (frame->number, ==, number);
    g_assert_cmpuint (get_shown_number (frame), ==, number);
    g_assert_cmpint (frame->pts, ==, pts);
    g_assert_cmpint (jz_player_get_position (self->player), ==, pts);
  }
}

/* The same before the list of pictures is there: what came is mended when it is known. */
static void
test_seek_early (Fixture *self, gconstpointer data)
{
  JzFrame *frame = NULL;

  open_recording (self, &variable, "variable.mkv");
  frame = seek (self, 1000 * 1000000 + 7);
  WAIT_FOR (jz_player_get_index (self->player) != NULL && is_idle (self));
  frame = jz_player_get_frame (self->player);
  g_assert_cmpuint (get_shown_number (frame), ==, frame->number);
  g_assert_cmpint (frame->number, ==,
                   jz_frame_index_find (jz_player_get_index (self->player), 1000000007));
  g_assert_cmpint (frame->pts, ==, recording_get_pts (&variable, (guint)frame->number));
  g_assert_cmpint (jz_player_get_position (self->player), ==, frame->pts);
}

/* One of these is where the file's reader stands while the first picture is shown. */
static void
test_seek_stream (Fixture *self, gconstpointer data)
{
  JzFrameIndex *index = NULL;
  gsize n = 0;

  open_and_index (self, &stream, "stream.ts");
  index = jz_player_get_index (self->player);
  n = jz_frame_index_get_length (index);
  for (gsize i = 1; i < n; i++) {
    gint64 pts = jz_frame_index_get_pts (index, i);
    JzFrame *frame = seek (self, jz_frame_index_get_pts (index, 0));

    g_assert_cmpint (frame->number, ==, 0);
    frame = seek (self, pts);
    g_assert_cmpint (frame->pts, ==, pts);
    g_assert_cmpuint (get_shown_number (frame), ==, i);
  }
}

/* Only the last of many counts, and it is right. */
static void
test_drag (Fixture *self, gconstpointer data)
{
  open_and_index (self, &steady, "steady.mp4");
  self->n_frames = 0;
  for (guint i = 0; i < 300; i++)
    jz_player_seek (self->player, i * 10000000, FALSE);
  jz_player_seek (self->player, 2010000000, TRUE);
  WAIT_FOR (is_idle (self));
  g_assert_cmpuint (self->n_frames, <, 10);
  g_assert_cmpuint (get_shown_number (jz_player_get_frame (self->player)), ==, 50);
}

static void
step (Fixture *self, int n_frames)
{
  jz_player_step (self->player, n_frames);
  WAIT_FOR (is_idle (self));
}

static void
check_steps (Fixture *self)
{
  JzFrame *start = seek (self, jz_frame_index_get_pts (jz_player_get_index (self->player), 60));
  gint64 pts = start->pts;
  g_autoptr (JzFrameHash) before = take_hash (self, -1);
  g_autoptr (JzFrameHash) after = NULL;

  g_assert_cmpint (before->pts, ==, pts);
  for (guint i = 1; i <= 50; i++) {
    step (self, -1);
    g_assert_cmpuint (get_shown_number (jz_player_get_frame (self->player)), ==, 60 - i);
  }
  for (guint i = 1; i <= 50; i++) {
    step (self, 1);
    g_assert_cmpuint (get_shown_number (jz_player_get_frame (self->player)), ==, 10 + i);
  }
  g_assert_cmpint (jz_player_get_position (self->player), ==, pts);
  after = take_hash (self, -1);
  g_assert_true (jz_frame_hash_equal (before, after));
  g_assert_cmpint (after->number, ==, 60);
}

static void
test_steps (Fixture *self, gconstpointer data)
{
  open_and_index (self, &steady, "steady.mp4");
  check_steps (self);
  /* held keys: put together, and right in the end */
  for (guint i = 0; i < 20; i++)
    jz_player_step (self->player, -1);
  WAIT_FOR (is_idle (self));
  g_assert_cmpuint (get_shown_number (jz_player_get_frame (self->player)), ==, 40);
  /* no further than the first and the last */
  step (self, -1000);
  g_assert_cmpuint (get_shown_number (jz_player_get_frame (self->player)), ==, 0);
  step (self, -1);
  g_assert_cmpuint (get_shown_number (jz_player_get_frame (self->player)), ==, 0);
  step (self, 1000);
  step (self, 1);
  g_assert_cmpuint (get_shown_number (jz_player_get_frame (self->player)), ==, 99);
}

static void
test_steps_variable (Fixture *self, gconstpointer data)
{
  open_and_index (self, &variable, "variable.mkv");
  check_steps (self);
}

static void
test_steps_h265 (Fixture *self, gconstpointer data)
{
  if (!recording_can_be_made (&h265)) {
    g_test_skip ("x265enc is not installed");
    return;
  }
  open_and_index (self, &h265, "h265.mp4");
  check_steps (self);
}

/* A mark is a time stamp and a hash: a new player, and one without a player, find the same. */
static void
test_mark (Fixture *self, gconstpointer data)
{
  g_autoptr (JzFrameHash) mark = NULL;
  g_autoptr (JzFrameHash) again = NULL;
  g_autoptr (JzFrameHash) alone = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (folder, "variable.mkv", NULL);
  guint number = 0;
  int file = -1;

  open_and_index (self, &variable, "variable.mkv");
  seek (self, 2500000000);
  mark = take_hash (self, -1);
  number = get_shown_number (jz_player_get_frame (self->player));
  g_assert_cmpint (mark->number, ==, number);
  g_assert_cmpstr (mark->decoder, !=, "");
  g_assert_cmpstr (mark->format, ==, "I420");
  g_assert_cmpuint (mark->width, ==, WIDTH);
  jz_player_close (self->player);

  open_recording (self, &variable, "variable.mkv");
  g_assert_cmpuint (get_shown_number (seek (self, mark->pts)), ==, number);
  again = take_hash (self, mark->pts);
  g_assert_true (jz_frame_hash_equal (mark, again));

  file = open (path, O_RDONLY | O_CLOEXEC);
  alone = jz_media_hash_frame (media, file, mark->pts + 1000000, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (jz_frame_hash_equal (mark, alone));
  g_assert_cmpint (alone->number, ==, number);
  close (file);
}

static void
test_still (Fixture *self, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (JzFrameHash) hash = NULL;
  g_autoptr (JzFrame) still = NULL;

  jz_player_set_size (self->player, 64, 64);
  open_and_index (self, &steady, "steady.mp4");
  g_assert_cmpuint (jz_player_get_frame (self->player)->width, ==, 64);
  jz_player_still_async (self->player, 1640000000, NULL, on_hashed, &result);
  WAIT_FOR (result != NULL);
  still = jz_player_still_finish (self->player, result, &hash, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (still->width, ==, WIDTH);
  g_assert_cmpuint (still->height, ==, HEIGHT);
  g_assert_cmpuint (get_shown_number (still), ==, 41);
  g_assert_cmpint (hash->pts, ==, 1640000000);
  g_assert_cmpint (hash->number, ==, 41);
}

static void
test_size (Fixture *self, gconstpointer data)
{
  open_and_index (self, &steady, "steady.mp4");
  seek (self, 400000000);
  jz_player_set_size (self->player, 100, 100);
  WAIT_FOR (jz_player_get_frame (self->player)->width == 100);
  g_assert_cmpuint (jz_player_get_frame (self->player)->height, ==, 80);
  g_assert_cmpuint (get_shown_number (jz_player_get_frame (self->player)), ==, 10);
  jz_player_play (self->player);
  jz_player_set_size (self->player, 4000, 4000);
  WAIT_FOR (jz_player_get_frame (self->player)->width == WIDTH);
}

/* What the window keeps does not stop playing. */
static void
test_hoard (Fixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) kept = g_ptr_array_new_with_free_func ((GDestroyNotify)jz_frame_unref);

  open_and_index (self, &steady, "steady.mp4");
  for (guint i = 0; i < 20; i++) {
    g_ptr_array_add (kept, jz_frame_ref (jz_player_get_frame (self->player)));
    step (self, 1);
  }
  for (guint i = 0; i < 20; i++)
    g_assert_cmpuint (get_shown_number (kept->pdata[i]), ==, i);
  jz_player_close (self->player);
  for (guint i = 0; i < 20; i++)
    g_assert_cmpuint (get_shown_number (kept->pdata[i]), ==, i);
}

static void
test_play (Fixture *self, gconstpointer data)
{
  open_and_index (self, &steady, "steady.mp4");
  seek (self, 2500000000);
  jz_player_play (self->player);
  g_assert_cmpint (get_state (self), ==, JZ_PLAYER_STATE_PLAYING);
  WAIT_FOR (self->n_ended > 0);
  g_assert_cmpint (get_state (self), ==, JZ_PLAYER_STATE_ENDED);
  g_assert_cmpuint (self->n_ended, ==, 1);
  g_assert_cmpint (jz_player_get_frame (self->player)->number, >=, 95);
  /* from the beginning, once more */
  jz_player_play (self->player);
  WAIT_FOR (jz_player_get_frame (self->player)->number >= 2 &&
            jz_player_get_frame (self->player)->number < 50);
  jz_player_pause (self->player);
  g_assert_cmpint (get_state (self), ==, JZ_PLAYER_STATE_PAUSED);
  WAIT_FOR (is_idle (self));
  /* a step goes on from what is shown */
  {
    gint64 number = 0;
    step (self, 0);
    number = jz_player_get_frame (self->player)->number;
    step (self, 1);
    g_assert_cmpint (jz_player_get_frame (self->player)->number, ==, number + 1);
    jz_player_play (self->player);
    WAIT_FOR (jz_player_get_frame (self->player)->number > number + 1);
    g_assert_cmpint (jz_player_get_frame (self->player)->number, <, number + 50);
  }
}

/* Wall time for so many seconds of the recording. */
static double
time_stretch (Fixture *self, double rate, gint64 from, gint64 to)
{
  gint64 started = 0;

  jz_player_set_rate (self->player, rate);
  seek (self, from);
  jz_player_play (self->player);
  WAIT_FOR (jz_player_get_position (self->player) > from);
  started = g_get_monotonic_time ();
  WAIT_FOR (jz_player_get_position (self->player) >= to || self->n_ended > 0);
  jz_player_pause (self->player);
  WAIT_FOR (is_idle (self));
  return (double)(g_get_monotonic_time () - started) / 1e6;
}

static void
test_rate (Fixture *self, gconstpointer data)
{
  double slow = 0;
  double fast = 0;

  open_and_index (self, &steady, "steady.mp4");
  slow = time_stretch (self, 0.25, 0, 400000000);
  fast = time_stretch (self, 4.0, 0, 3600000000);
  g_test_message ("0.4 s at 0.25: %.2f s; 3.6 s at 4: %.2f s", slow, fast);
  /* never faster than asked; how much slower depends on who else uses the machine */
  g_assert_cmpfloat (slow, >, 1.2);
  g_assert_cmpfloat (fast, >, 0.6);
  g_assert_cmpfloat (fast, <, 3.2);
  jz_player_set_rate (self->player, 100);
  g_assert_cmpfloat (jz_player_get_rate (self->player), ==, JZ_PLAYER_RATE_MAX);
}

static void
test_sound_only (Fixture *self, gconstpointer data)
{
  g_autofree char *path = g_build_filename (folder, "tone.wav", NULL);

  recording_make_tone (path, 440, 100);
  jz_player_open (self->player, path);
  WAIT_FOR (get_state (self) != JZ_PLAYER_STATE_OPENING);
  g_assert_cmpint (get_state (self), ==, JZ_PLAYER_STATE_PAUSED);
  g_assert_false (jz_player_get_has_video (self->player));
  g_assert_true (jz_player_get_has_sound (self->player));
  g_assert_cmpint (jz_player_get_duration (self->player), ==, 2000000000);
  jz_player_seek (self->player, 1000000000, TRUE);
  WAIT_FOR (is_idle (self));
  g_assert_cmpint (jz_player_get_position (self->player), ==, 1000000000);
  jz_player_play (self->player);
  WAIT_FOR (jz_player_get_position (self->player) > 1200000000);
  WAIT_FOR (self->n_ended > 0);
  g_assert_cmpint (jz_player_get_position (self->player), ==, 2000000000);
}

/* bubblewrap is the helper's parent's parent; stopping it would stop nothing. */
static pid_t
find_innermost (pid_t pid)
{
  g_autofree char *path = g_strdup_printf ("/proc/%d/task/%d/children", (int)pid, (int)pid);
  g_autofree char *children = NULL;

  if (!g_file_get_contents (path, &children, NULL, NULL) || children[0] == '\0')
    return pid;
  return find_innermost ((pid_t)g_ascii_strtoll (children, NULL, 10));
}

static void
end_helper (Fixture *self, int signal)
{
  pid_t pid = (pid_t)jz_player_link_get_pid (self->player->link);
  g_assert_cmpint (kill (find_innermost (pid), signal), ==, 0);
}

static void
test_killed (Fixture *self, gconstpointer data)
{
  gint64 position = 0;

  open_and_index (self, &steady, "steady.mp4");
  seek (self, 1000000000);
  jz_player_play (self->player);
  WAIT_FOR (jz_player_get_position (self->player) > 1200000000);
  end_helper (self, SIGKILL);
  WAIT_FOR (get_state (self) == JZ_PLAYER_STATE_OPENING);
  position = jz_player_get_position (self->player);
  g_assert_cmpuint (self->notices->len, ==, 1);
  g_assert_nonnull (jz_player_get_frame (self->player));
  WAIT_FOR (get_state (self) == JZ_PLAYER_STATE_PLAYING);
  g_assert_cmpint (jz_player_get_position (self->player), >=, position);
  g_assert_cmpint (jz_player_get_position (self->player), <, position + 1000000000);
  WAIT_FOR (jz_player_get_position (self->player) > position);
  /* a second time it waits to be asked */
  end_helper (self, SIGKILL);
  WAIT_FOR (get_state (self) == JZ_PLAYER_STATE_FAILED);
  g_assert_cmpuint (self->failures->len, ==, 1);
  g_assert_cmpuint (self->notices->len, ==, 1);
  g_assert_cmpstr (jz_player_get_failure (self->player), ==, self->failures->pdata[0]);
  position = jz_player_get_position (self->player);
  jz_player_pause (self->player);
  jz_player_retry (self->player);
  WAIT_FOR (get_state (self) == JZ_PLAYER_STATE_PAUSED);
  g_assert_cmpint (jz_player_get_position (self->player), ==, position);
  g_assert_null (jz_player_get_failure (self->player));
}

static void
test_stopped (Fixture *self, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  gint64 position = 0;

  open_and_index (self, &steady, "steady.mp4");
  position = seek (self, 2000000000)->pts;
  end_helper (self, SIGSTOP);
  jz_player_hash_frame_async (self->player, -1, NULL, on_hashed, &result);
  WAIT_FOR (get_state (self) == JZ_PLAYER_STATE_OPENING);
  WAIT_FOR (result != NULL);
  g_assert_null (jz_player_hash_frame_finish (self->player, result, &error));
  g_assert_true (error != NULL && error->domain == JZ_MEDIA_ERROR);
  WAIT_FOR (get_state (self) == JZ_PLAYER_STATE_PAUSED);
  g_assert_cmpint (jz_player_get_position (self->player), ==, position);
  g_assert_cmpuint (self->notices->len, ==, 1);
}

static void
write_part (const char *from, const char *to, double part)
{
  g_autofree char *path = g_build_filename (folder, from, NULL);
  g_autofree char *cut = g_build_filename (folder, to, NULL);
  g_autofree char *bytes = NULL;
  gsize length = 0;

  g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
  g_assert_true (g_file_set_contents (cut, bytes, (gssize)((double)length * part), NULL));
}

/* With its table in front a cut file says how long it was, and plays as far as it goes. */
static void
test_cut (Fixture *self, gconstpointer data)
{
  gint64 last = 0;

  open_recording (self, &early_index, "early.mp4");
  jz_player_close (self->player);
  write_part ("early.mp4", "cut.mp4", 0.6);
  self->lacks_frames = TRUE;
  open_recording (self, NULL, "cut.mp4");
  g_assert_cmpint (get_state (self), ==, JZ_PLAYER_STATE_PAUSED);
  jz_player_set_rate (self->player, 4.0);
  jz_player_play (self->player);
  WAIT_FOR (get_state (self) == JZ_PLAYER_STATE_ENDED);
  last = jz_player_get_frame (self->player)->pts;
  g_assert_cmpint (last, >, 1000000000);
  g_assert_cmpint (last, <, 5900000000);
  g_assert_cmpint (get_shown_number (jz_player_get_frame (self->player)), ==, last / 40000000);
  /* and it can still be looked at */
  seek (self, 400000000);
  g_assert_cmpuint (get_shown_number (jz_player_get_frame (self->player)), ==, 10);
}

/* Noise in its middle: whatever the decoder makes of it, what comes before can be seen. */
static void
test_noise (Fixture *self, gconstpointer data)
{
  g_autofree char *path = g_build_filename (folder, "early.mp4", NULL);
  g_autofree char *noisy = g_build_filename (folder, "noisy.mp4", NULL);
  g_autofree char *bytes = NULL;
  gsize length = 0;

  open_recording (self, &early_index, "early.mp4");
  g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
  for (gsize i = length * 2 / 5; i < length * 4 / 5; i++)
    bytes[i] = (char)g_test_rand_int ();
  g_assert_true (g_file_set_contents (noisy, bytes, (gssize)length, NULL));
  self->lacks_frames = TRUE;
  open_recording (self, NULL, "noisy.mp4");
  g_assert_cmpint (get_state (self), ==, JZ_PLAYER_STATE_PAUSED);
  jz_player_set_rate (self->player, 4.0);
  jz_player_play (self->player);
  WAIT_FOR (get_state (self) == JZ_PLAYER_STATE_ENDED);
  g_assert_cmpuint (self->notices->len, <=, 1);
  g_assert_cmpuint (self->failures->len, ==, 0);
  seek (self, 400000000);
  g_assert_cmpuint (get_shown_number (jz_player_get_frame (self->player)), ==, 10);
  step (self, -1);
  g_assert_cmpuint (get_shown_number (jz_player_get_frame (self->player)), ==, 9);
}

/* Writes into the track's header that it is to be turned by a quarter, as telephones do. */
static void
turn_file (const char *name)
{
  static const guint8 quarter[36] = { 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 0, 0, 0,
                                      0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,    0,    0, 64 };
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *bytes = NULL;
  gsize length = 0;
  char *header = NULL;

  g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
  header = memmem (bytes, length, "tkhd", 4);
  g_assert_nonnull (header);
  /* behind times, number, duration, layer and volume */
  memcpy (header + 4 + (header[4] == 1 ? 52 : 40), quarter, sizeof quarter);
  g_assert_true (g_file_set_contents (path, bytes, (gssize)length, NULL));
}

/* Held upright: the picture is turned, and its hash is that of what was decoded. */
static void
test_turned (Fixture *self, gconstpointer data)
{
  static const Recording lying = { H264, "mp4mux", WIDTH, HEIGHT, 30, NULL, NULL };
  g_autofree char *path = g_build_filename (folder, "turned.mp4", NULL);
  g_autoptr (JzFrameHash) hash = NULL;
  JzFrame *frame = NULL;

  recording_make (&lying, path);
  turn_file ("turned.mp4");
  self->lacks_frames = TRUE; /* numbers lie on their side */
  open_and_index (self, NULL, "turned.mp4");
  frame = jz_player_get_frame (self->player);
  g_assert_cmpuint (frame->width, ==, HEIGHT);
  g_assert_cmpuint (frame->height, ==, WIDTH);
  /* number 1 is a white square in the upper left corner, which came to the upper right one */
  seek (self, 40000000);
  g_assert_cmpuint (get_shown_number (jz_player_get_frame (self->player)), ==, 1 << 3);
  step (self, 1);
  g_assert_cmpuint (get_shown_number (jz_player_get_frame (self->player)), ==, 1 << 7);
  hash = take_hash (self, -1);
  g_assert_cmpuint (hash->width, ==, WIDTH);
}

static void
test_broken (Fixture *self, gconstpointer data)
{
  static const char *const names[] = { "nothing.mp4", "text.mp4", "cut-early.mp4" };
  g_autofree char *nothing = g_build_filename (folder, names[0], NULL);
  g_autofree char *text = g_build_filename (folder, names[1], NULL);
  g_autofree char *none = g_build_filename (folder, "none.mp4", NULL);

  open_recording (self, &steady, "steady.mp4");
  g_assert_true (g_file_set_contents (nothing, "", 0, NULL));
  g_assert_true (g_file_set_contents (text, "现场检查笔录", -1, NULL));
  write_part ("steady.mp4", names[2], 0.5);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    open_recording (self, NULL, names[i]);
    g_assert_cmpint (get_state (self), ==, JZ_PLAYER_STATE_FAILED);
    g_assert_cmpuint (self->failures->len, ==, i + 1);
  }
  jz_player_open (self->player, none);
  g_assert_cmpint (get_state (self), ==, JZ_PLAYER_STATE_FAILED);
  /* and then a good one */
  open_recording (self, &steady, "steady.mp4");
  g_assert_cmpint (get_state (self), ==, JZ_PLAYER_STATE_PAUSED);
}

/* Opened, asked and closed at any moment. */
static void
test_hasty (Fixture *self, gconstpointer data)
{
  g_autofree char *path = g_build_filename (folder, "steady.mp4", NULL);

  open_recording (self, &steady, "steady.mp4");
  for (guint i = 0; i < 6; i++) {
    gint64 end = g_get_monotonic_time () + g_test_rand_int_range (0, 400000);

    jz_player_open (self->player, path);
    jz_player_play (self->player);
    jz_player_seek (self->player, 1000000000, i % 2 == 0);
    while (g_get_monotonic_time () < end)
      main_loop_iterate (20);
    jz_player_step (self->player, 3);
  }
  WAIT_FOR (is_idle (self) && get_state (self) == JZ_PLAYER_STATE_PAUSED);
  g_assert_cmpuint (self->failures->len, ==, 0);
}

static void
test_sound_flow (void)
{
  g_autoptr (JzPlayerSound) sound = jz_player_sound_new ();
  gint16 samples[2 * 4800] = { 0 };

  jz_player_sound_set_volume (sound, 0.5, FALSE);
  for (guint i = 0; i < 8; i++) {
    gint64 now = g_get_monotonic_time () * 1000;
    jz_player_sound_push (sound, now + 100000000, samples, sizeof samples);
    g_usleep (50000);
    if (i % 3 == 2)
      jz_player_sound_flush (sound);
  }
}

static void
add (const char *name, void (*test) (Fixture *, gconstpointer))
{
  g_autofree char *path = g_strconcat ("/media/player/", name, NULL);
  g_test_add (path, Fixture, NULL, set_up, test, tear_down);
}

static void
remove_folder (void)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name = NULL;

  while ((name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (folder, name, NULL);
    g_unlink (path);
  }
  g_rmdir (folder);
}

int
main (int argc, char **argv)
{
  int result = 0;

  g_test_init (&argc, &argv, NULL);
  gst_init (NULL, NULL);
  folder = g_dir_make_tmp ("juanzong-player-XXXXXX", NULL);
  media = jz_media_new ();
  add ("open", test_open);
  add ("seek-between", test_seek_between);
  add ("seek-early", test_seek_early);
  add ("seek-transport-stream", test_seek_stream);
  add ("drag", test_drag);
  add ("steps", test_steps);
  add ("steps-variable", test_steps_variable);
  add ("steps-h265", test_steps_h265);
  add ("mark", test_mark);
  add ("still", test_still);
  add ("size", test_size);
  add ("hoard", test_hoard);
  add ("play", test_play);
  add ("rate", test_rate);
  add ("sound-only", test_sound_only);
  add ("killed", test_killed);
  add ("stopped", test_stopped);
  add ("cut", test_cut);
  add ("noise", test_noise);
  add ("turned", test_turned);
  add ("broken", test_broken);
  add ("hasty", test_hasty);
  g_test_add_func ("/media/player/sound-flow", test_sound_flow);
  result = g_test_run ();
  remove_folder ();
  g_free (folder);
  g_clear_object (&media);
  return result;
}
