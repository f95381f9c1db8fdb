/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <gst/gst.h>

#include "media/play_message.h"
#include "media/player_ring.h"
#include "media/player_sound.h"
#include "media/media-private.h"

/* Every number that the player's helper says is held against what it was given. */

#define NUMBER 7
#define WIDTH 64
#define HEIGHT 32
#define PATIENCE_US (60 * G_USEC_PER_SEC)

static JzMessage
make_frame (gint64 ring, gint64 slot, gint64 height, gint64 width, gint64 pts)
{
  return (JzMessage){
    .type = JZ_SHOWN_FRAME, .a = ring * 256 + slot, .b = pts, .c = height * 65536 + width, .d = -5
  };
}

static void
test_frames (void)
{
  const JzMessage bad[] = {
    make_frame (NUMBER + 1, 0, HEIGHT, WIDTH, 0),
    make_frame (NUMBER, JZ_PLAY_SLOTS, HEIGHT, WIDTH, 0),
    make_frame (NUMBER, 255, HEIGHT, WIDTH, 0),
    make_frame (NUMBER, 0, HEIGHT + 1, WIDTH, 0),
    make_frame (NUMBER, 0, HEIGHT, WIDTH + 1, 0),
    make_frame (NUMBER, 0, 0, WIDTH, 0),
    make_frame (NUMBER, 0, HEIGHT, 0, 0),
    make_frame (NUMBER, 0, -1, WIDTH, 0),
    make_frame (NUMBER, 0, G_MAXINT32, WIDTH, 0),
    make_frame (-1, 0, HEIGHT, WIDTH, 0),
    /* times with which sums overflow */
    make_frame (NUMBER, 0, HEIGHT, WIDTH, G_MAXINT64),
    make_frame (NUMBER, 0, HEIGHT, WIDTH, G_MININT64),
    make_frame (NUMBER, 0, HEIGHT, WIDTH, JZ_PLAY_MAX_TIME + 1),
  };
  const JzMessage good = make_frame (NUMBER, JZ_PLAY_SLOTS - 1, HEIGHT, WIDTH, JZ_PLAY_MAX_TIME);
  g_autoptr (JzMedia) media = jz_media_new ();
  g_autoptr (GError) error = NULL;
  JzHelper *helper = jz_media_take_helper (media, NULL, &error);
  g_autoptr (JzPlayerRing) ring = NULL;
  JzFrame *frame;

  g_assert_no_error (error);
  ring = jz_player_ring_new (helper, NUMBER, WIDTH, HEIGHT, &error);
  g_assert_no_error (error);
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_test_message ("case %u", (guint)i);
    g_assert_null (jz_player_ring_take_frame (ring, &bad[i]));
  }
  frame = jz_player_ring_take_frame (ring, &good);
  g_assert_nonnull (frame);
  g_assert_cmpuint (g_bytes_get_size (frame->pixels), ==, WIDTH * HEIGHT * 4);
  g_assert_cmpint (frame->number, ==, -1);
  jz_frame_unref (frame);
  jz_player_ring_close (ring);
  jz_helper_unref (helper);
}

/* Sound that is never to be heard must not fill the window's memory. */
static void
test_hoarded_sound (void)
{
  g_autoptr (JzPlayerSound) sound = jz_player_sound_new ();
  g_autofree guint8 *samples = g_malloc0 (JZ_MESSAGE_MAX_TEXT);
  gint64 end = g_get_monotonic_time () + PATIENCE_US;
  gint64 never = g_get_monotonic_time () * 1000 + 3600 * G_GINT64_CONSTANT (1000000000);

  while (jz_player_sound_get_queued (sound) == 0) {
    g_assert_cmpint (g_get_monotonic_time (), <, end);
    jz_player_sound_push (sound, never, samples, JZ_MESSAGE_MAX_TEXT);
    g_usleep (10000);
  }
  for (guint i = 0; i < 512; i++)
    jz_player_sound_push (sound, never + i, samples, JZ_MESSAGE_MAX_TEXT);
  g_assert_cmpuint (jz_player_sound_get_queued (sound), >, 0);
  g_assert_cmpuint (jz_player_sound_get_queued (sound), <, 4 * 1024 * 1024);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gst_init (NULL, NULL);
  g_test_add_func ("/media/player-numbers/frames", test_frames);
  g_test_add_func ("/media/player-numbers/hoarded-sound", test_hoarded_sound);
  return g_test_run ();
}
