/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "office/demo-private.h"

/* A small picture that takes the place of a photograph: sky, houses, a road and something lying on
 * it. PNG with uncompressed blocks, so that the same numbers give the same bytes everywhere. */

#define WIDTH 96
#define HEIGHT 64
#define ROW (1 + WIDTH) /* with the number of its filter, 0 */
#define N_COLOURS 16

static void
add_number (GByteArray *bytes, guint32 number)
{
  const guint8 big_endian[] = { (guint8)(number >> 24), (guint8)(number >> 16),
                                (guint8)(number >> 8), (guint8)number };
  g_byte_array_append (bytes, big_endian, sizeof big_endian);
}

static guint32
get_crc (const guint8 *data, gsize length)
{
  guint32 crc = 0xffffffff;

  for (gsize i = 0; i < length; i++) {
    crc ^= data[i];
    for (int bit = 0; bit < 8; bit++)
      crc = (crc >> 1) ^ ((crc & 1) != 0 ? 0xedb88320 : 0);
  }
  return crc ^ 0xffffffff;
}

static guint32
get_adler (const guint8 *data, gsize length)
{
  guint32 a = 1;
  guint32 b = 0;

  for (gsize i = 0; i < length; i++) {
    a = (a + data[i]) % 65521;
    b = (b + a) % 65521;
  }
  return (b << 16) | a;
}

static void
add_chunk (GByteArray *png, const char *kind, const guint8 *data, gsize length)
{
  guint begin;

  add_number (png, (guint32)length);
  begin = png->len;
  g_byte_array_append (png, (const guint8 *)kind, 4);
  g_byte_array_append (png, data, (guint)length);
  add_number (png, get_crc (png->data + begin, png->len - begin));
}

static void
fill (guint8 *pixels, int left, int top, int width, int height, int colour)
{
  for (int y = MAX (top, 0); y < MIN (top + height, HEIGHT); y++)
    for (int x = MAX (left, 0); x < MIN (left + width, WIDTH); x++)
      pixels[y * ROW + 1 + x] = (guint8)colour;
}

/* Each number is taken in a statement of its own: the order of arguments is the compiler's. */
static void
draw_houses (guint8 *pixels, JzDemoRandom *random, int horizon)
{
  for (int x = 0; x < WIDTH;) {
    int width = jz_demo_random_between (random, 8, 22);
    int height = jz_demo_random_between (random, 6, horizon);
    int colour = jz_demo_random_between (random, 2, 8);
    fill (pixels, x, horizon - height, width - 1, height, colour);
    x += width;
  }
}

static void
draw_things (guint8 *pixels, JzDemoRandom *random, int horizon)
{
  int n_things = jz_demo_random_between (random, 2, 7);

  for (int i = 0; i < n_things; i++) {
    int left = jz_demo_random_between (random, 0, WIDTH - 8);
    int top = jz_demo_random_between (random, horizon, HEIGHT - 6);
    int width = jz_demo_random_between (random, 4, 20);
    int height = jz_demo_random_between (random, 3, 12);
    int colour = jz_demo_random_between (random, 9, N_COLOURS - 1);
    fill (pixels, left, top, width, height, colour);
  }
}

static void
draw (guint8 *pixels, JzDemoRandom *random)
{
  int horizon = jz_demo_random_between (random, 20, 32);

  fill (pixels, 0, 0, WIDTH, horizon, 0);
  fill (pixels, 0, horizon, WIDTH, HEIGHT, 1);
  draw_houses (pixels, random, horizon);
  draw_things (pixels, random, horizon);
}

static void
add_palette (GByteArray *png, JzDemoRandom *random)
{
  guint8 colours[3 * N_COLOURS] = { 0xb8, 0xd4, 0xe8, 0x70, 0x70, 0x74 };

  for (gsize i = 6; i < sizeof colours; i++)
    colours[i] = (guint8)jz_demo_random_between (random, 40, 230);
  add_chunk (png, "PLTE", colours, sizeof colours);
}

/**
 * jz_demo_picture:
 * @random: numbers
 *
 * Returns: (transfer full): a PNG file
 */
GBytes *
jz_demo_picture (JzDemoRandom *random)
{
  static const guint8 signature[] = { 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n' };
  /* 8 bits a pixel, with a palette */
  static const guint8 header[] = { 0, 0, 0, WIDTH, 0, 0, 0, HEIGHT, 8, 3, 0, 0, 0 };
  guint8 pixels[ROW * HEIGHT] = { 0 };
  const guint16 length = sizeof pixels;
  const guint8 before[] = { 0x78,
                            0x01, /* zlib, then the one and last block, stored as it is */
                            0x01,
                            (guint8)(length & 0xff),
                            (guint8)(length >> 8),
                            (guint8)(~length & 0xff),
                            (guint8)((guint16)~length >> 8) };
  GByteArray *png = g_byte_array_new ();
  g_autoptr (GByteArray) data = g_byte_array_new ();

  draw (pixels, random);
  g_byte_array_append (data, before, sizeof before);
  g_byte_array_append (data, pixels, sizeof pixels);
  add_number (data, get_adler (pixels, sizeof pixels));
  g_byte_array_append (png, signature, sizeof signature);
  add_chunk (png, "IHDR", header, sizeof header);
  add_palette (png, random);
  add_chunk (png, "IDAT", data->data, data->len);
  add_chunk (png, "IEND", data->data, 0);
  return g_byte_array_free_to_bytes (png);
}
