/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "media/play_message.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <gst/gst.h>
#include <math.h>
#include <stdlib.h>
#include <unistd.h>

#include "media/media.h"
#include "recording.h"

/* What the helper says, packet by packet: the sound that it sends, and its answers to requests that
 * no window makes. */

#define PATIENCE_MS 30000
#define TONE_HZ 440

static char *folder;
static JzMedia *media;
static JzHelper *helper;

static void
set_up (void)
{
  g_autoptr (GError) error = NULL;

  helper = jz_media_take_helper (media, NULL, &error);
  g_assert_no_error (error);
}

static void
tear_down (void)
{
  jz_helper_kill (helper, JZ_MEDIA_ERROR_DIED);
  g_clear_pointer (&helper, jz_helper_unref);
}

static void
ask (guint32 type, guint32 serial, gint64 a, gint64 b, gint64 c, gint64 d, int handle)
{
  g_autoptr (GError) error = NULL;
  JzMessage message = { .type = type,
                        .serial = serial,
                        .a = a,
                        .b = b,
                        .c = c,
                        .d = d,
                        .handles = { handle },
                        .n_handles = handle >= 0 };

  g_assert_true (jz_helper_send (helper, &message, &error));
  g_assert_no_error (error);
}

/* The next packet of that type; what comes before is dropped, and its slots are given back. */
static void
expect (guint32 type, JzMessage *message)
{
  gint64 end = g_get_monotonic_time () + PATIENCE_MS * 1000;

  for (;;) {
    g_autoptr (GError) error = NULL;
    JzMessageResult result = JZ_MESSAGE_NONE;

    jz_message_clear (message);
    *message = (JzMessage){ 0 };
    g_assert_cmpint (g_get_monotonic_time (), <, end);
    result = jz_helper_receive (helper, message, 1000, &error);
    g_assert_no_error (error);
    if (result == JZ_MESSAGE_RECEIVED && message->type == JZ_SHOWN_FRAME)
      ask (JZ_PLAY_RELEASE, 0, message->a, 0, 0, 0, -1);
    if (result == JZ_MESSAGE_RECEIVED && message->type == type)
      return;
  }
}

static int
open_tone (void)
{
  g_autofree char *path = g_build_filename (folder, "tone.wav", NULL);

  recording_make_tone (path, TONE_HZ, 200);
  return open (path, O_RDONLY | O_CLOEXEC);
}

static void
open_file (int file, guint32 serial)
{
  g_auto (JzMessage) message = { 0 };

  ask (JZ_PLAY_OPEN, serial, 0, 1000, 0, 0, file);
  close (file);
  expect (JZ_SHOWN_SOUGHT, &message);
  g_assert_cmpuint (message.serial, ==, serial);
}

static guint
count_crossings (const JzMessage *message, gint16 *last)
{
  const gint16 *samples = (const gint16 *)(gconstpointer)message->text;
  guint n = 0;

  for (gsize i = 0; i < message->length / 2; i += 2) {
    n += (samples[i] < 0) != (*last < 0);
    *last = samples[i];
  }
  return n;
}

/* A tone stays as high as it is at any rate, comes in time, and its times follow each other. */
static void
check_rate (double rate)
{
  gint64 heard = -1;
  gint64 at = -1;
  guint64 n_samples = 0;
  guint n_crossings = 0;
  guint n_late = 0;
  guint n_packets = 0;
  gint16 last = 0;

  set_up ();
  open_file (open_tone (), 1);
  ask (JZ_PLAY_PLAY, 2, 0, (gint64)(rate * 1000), 0, 0, -1);
  while (n_samples < 30000) {
    g_auto (JzMessage) message = { 0 };
    gint64 samples_ns = 0;

    expect (JZ_SHOWN_SOUND, &message);
    g_assert_cmpuint (message.serial, ==, 2);
    g_assert_cmpint (message.c, ==, (gint64)(rate * 1000));
    g_assert_cmpuint (message.length % JZ_SOUND_SAMPLE_BYTES, ==, 0);
    if (heard >= 0) {
      /* Joining strides moves them a little; below 40 ms sinks play them without a gap. */
      g_assert_cmpint (ABS (message.a - heard), <, 40000000);
      g_assert_cmpint (ABS (message.b - at), <, 4 * 40000000);
    }
    samples_ns = (gint64)(message.length / JZ_SOUND_SAMPLE_BYTES) * 1000000000 / JZ_SOUND_RATE;
    heard = message.a + samples_ns;
    at = message.b + (gint64)((double)samples_ns * rate);
    n_packets++;
    n_late += message.a < g_get_monotonic_time () * 1000;
    n_samples += message.length / JZ_SOUND_SAMPLE_BYTES;
    n_crossings += count_crossings (&message, &last);
  }
  g_test_message ("rate %.2f: %.0f Hz, %u of %u packets late", rate,
                  n_crossings / 2.0 * JZ_SOUND_RATE / (double)n_samples, n_late, n_packets);
  g_assert_cmpfloat (fabs (n_crossings / 2.0 * JZ_SOUND_RATE / (double)n_samples - TONE_HZ), <, 40);
  tear_down ();
}

static void
test_sound (void)
{
  static const double rates[] = { 1.0, 0.5, 2.0, 4.0 };

  for (guint i = 0; i < G_N_ELEMENTS (rates); i++)
    check_rate (rates[i]);
}

static void
assert_alive (guint32 serial)
{
  g_auto (JzMessage) message = { 0 };

  ask (JZ_MESSAGE_PING, serial, 0, 0, 0, 0, -1);
  expect (JZ_MESSAGE_PONG, &message);
}

static void
expect_refusal (guint32 serial)
{
  g_auto (JzMessage) message = { 0 };

  expect (JZ_MESSAGE_FAILED, &message);
  g_assert_cmpuint (message.serial, ==, serial);
  g_assert_cmpint (message.a, ==, JZ_MEDIA_ERROR_PROTOCOL);
}

/* Memory that is smaller than it is said to be would end who writes it. */
static void
test_rings (void)
{
  static const struct {
    gint64 a, b, c, d;
  } rings[] = {
    { 5, 320, 256, 320 * 256 * 4 },
    { 0, 320, 256, 320 * 256 * 4 },
    { -1, 320, 256, 320 * 256 * 4 },
    { 9, 1, 1, 4 },
    { 1, 0, 256, 4096 },
    { 1, -320, -256, 4096 },
    { 1, G_MAXINT64, 2, 4096 },
    { 1, 8192, 8192, G_MAXINT64 },
    { 1, 64, 64, 64 * 64 * 4 - 1 },
    { 8, 8192, 8192, 8192 * 8192 * 4 },
  };

  set_up ();
  for (guint i = 0; i < G_N_ELEMENTS (rings); i++) {
    int memory = jz_result_memory_new (4096, NULL);
    ask (JZ_PLAY_RING, i + 1, rings[i].a, rings[i].b, rings[i].c, rings[i].d, memory);
    close (memory);
    expect_refusal (i + 1);
  }
  ask (JZ_PLAY_RING, 100, 5, 16, 16, 1024, -1);
  expect_refusal (100);
  assert_alive (101);
  tear_down ();
}

static void
test_nothing_open (void)
{
  static const guint32 types[] = { JZ_PLAY_PLAY,  JZ_PLAY_PAUSE, JZ_PLAY_SEEK,        JZ_PLAY_STEP,
                                   JZ_PLAY_INDEX, JZ_PLAY_HASH,  JZ_MESSAGE_PLAY_LAST };

  set_up ();
  for (guint i = 0; i < G_N_ELEMENTS (types); i++) {
    ask (types[i], i + 1, -5, G_MAXINT64, G_MININT64, 7, -1);
    expect_refusal (i + 1);
  }
  ask (JZ_PLAY_OPEN, 50, 0, 1000, 0, 0, -1);
  expect_refusal (50);
  ask (JZ_PLAY_HASH_FILE, 51, 0, 0, 0, 0, -1);
  expect_refusal (51);
  ask (JZ_PLAY_RELEASE, 52, -1, 0, 0, 0, -1);
  assert_alive (53);
  tear_down ();
}

/* Numbers that mean nothing, after a file was opened. */
static void
test_odd_numbers (void)
{
  static const Recording recording = {
    "x264enc key-int-max=25 speed-preset=veryfast ! h264parse", "mp4mux", 64, 64, 20, NULL, NULL
  };
  static const gint64 odd[] = { G_MININT64, -1, 0, 1, G_MAXINT64 };
  g_autofree char *path = g_build_filename (folder, "small.mp4", NULL);
  g_auto (JzMessage) message = { 0 };
  int memory = jz_result_memory_new (5 * 64 * 64 * 4, NULL);
  guint32 serial = 10;

  recording_make (&recording, path);
  set_up ();
  ask (JZ_PLAY_RING, 1, 5, 64, 64, 64 * 64 * 4, memory);
  close (memory);
  open_file (open (path, O_RDONLY | O_CLOEXEC), 2);
  expect (JZ_SHOWN_INDEXED, &message);
  g_assert_cmpint (message.a, ==, 20);
  for (guint i = 0; i < G_N_ELEMENTS (odd); i++)
    for (guint k = 0; k < G_N_ELEMENTS (odd); k++) {
      ask (JZ_PLAY_STEP, ++serial, odd[i], odd[k], 0, 0, -1);
      ask (JZ_PLAY_HASH, ++serial, odd[i], odd[k], 0, 0, -1);
      ask (JZ_PLAY_RELEASE, ++serial, odd[i], 0, 0, 0, -1);
      ask (JZ_PLAY_INDEX, ++serial, odd[i], 0, 0, 0, -1);
    }
  /* memory that is too small for the list, and for a picture */
  memory = jz_result_memory_new (8, NULL);
  ask (JZ_PLAY_INDEX, 900, 0, 0, 0, 0, memory);
  expect (JZ_MESSAGE_DONE, &message);
  while (message.serial != 900)
    expect (JZ_MESSAGE_DONE, &message);
  g_assert_cmpint (message.a, ==, 0);
  ask (JZ_PLAY_HASH, 901, 0, 0, 0, 0, memory);
  close (memory);
  do
    expect (JZ_MESSAGE_FAILED, &message);
  while (message.serial != 901);
  assert_alive (902);
  /* and it still shows what it should */
  ask (JZ_PLAY_SEEK, 903, 400000000, 1, 1000, 0, -1);
  do
    expect (JZ_SHOWN_FRAME, &message);
  while (message.serial != 903);
  g_assert_cmpint (message.b, ==, 400000000);
  g_assert_cmpint (message.d, ==, 10);
  tear_down ();
}

int
main (int argc, char **argv)
{
  int result = 0;
  g_autofree char *tone = NULL;
  g_autofree char *small = NULL;

  g_test_init (&argc, &argv, NULL);
  gst_init (NULL, NULL);
  folder = g_dir_make_tmp ("juanzong-play-XXXXXX", NULL);
  media = jz_media_new ();
  g_test_add_func ("/media/play/sound", test_sound);
  g_test_add_func ("/media/play/rings", test_rings);
  g_test_add_func ("/media/play/nothing-open", test_nothing_open);
  g_test_add_func ("/media/play/odd-numbers", test_odd_numbers);
  result = g_test_run ();
  tone = g_build_filename (folder, "tone.wav", NULL);
  small = g_build_filename (folder, "small.mp4", NULL);
  g_unlink (tone);
  g_unlink (small);
  g_rmdir (folder);
  g_free (folder);
  g_clear_object (&media);
  return result;
}
