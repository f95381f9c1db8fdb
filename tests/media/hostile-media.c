/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>
#include <zlib.h>

#include "hostile-files.h"

/* Recordings and pictures that announce what they do not hold. */

static void
put_big (GByteArray *to, guint64 value, guint n)
{
  for (guint i = n; i > 0; i--) {
    guint8 byte = (guint8)(value >> (8 * (i - 1)));
    g_byte_array_append (to, &byte, 1);
  }
}

static void
put_little (GByteArray *to, guint64 value, guint n)
{
  for (guint i = 0; i < n; i++) {
    guint8 byte = (guint8)(value >> (8 * i));
    g_byte_array_append (to, &byte, 1);
  }
}

static void
put_text (GByteArray *to, const char *text)
{
  g_byte_array_append (to, (const guint8 *)text, (guint)strlen (text));
}

static void
put_zeros (GByteArray *to, guint n)
{
  g_autofree guint8 *zeros = g_malloc0 (n);
  g_byte_array_append (to, zeros, n);
}

static void
put_array (GByteArray *to, const GByteArray *from)
{
  g_byte_array_append (to, from->data, from->len);
}

static void
add (GPtrArray *files, MediaFixture *fixture, const char *name, const char *odd, GByteArray *bytes)
{
  hostile_add (files, fixture, name, odd, bytes->data, bytes->len);
}

/* Matroska: an id, a length, and what is in it. */

static GByteArray *
element (guint32 id, const GByteArray *data)
{
  GByteArray *made = g_byte_array_new ();
  guint n_id = id > 0xffffff ? 4 : id > 0xffff ? 3 : id > 0xff ? 2 : 1;

  put_big (made, id, n_id);
  put_big (made, G_GUINT64_CONSTANT (1) << 56 | data->len, 8);
  put_array (made, data);
  return made;
}

static void
put_element (GByteArray *to, guint32 id, GByteArray *data /* taken */)
{
  g_autoptr (GByteArray) made = element (id, data);

  put_array (to, made);
  g_byte_array_unref (data);
}

static void
put_number (GByteArray *to, guint32 id, guint64 value)
{
  GByteArray *data = g_byte_array_new ();

  put_big (data, value, 8);
  put_element (to, id, data);
}

static void
put_word (GByteArray *to, guint32 id, const char *word)
{
  GByteArray *data = g_byte_array_new ();

  put_text (data, word);
  put_element (to, id, data);
}

static void
put_sound_track (GByteArray *tracks, guint number)
{
  GByteArray *track = g_byte_array_new ();
  GByteArray *audio = g_byte_array_new ();

  put_number (track, 0xd7, number);
  put_number (track, 0x73c5, number);
  put_number (track, 0x83, 2);
  put_word (track, 0x86, "A_PCM/INT/LIT");
  put_number (audio, 0x9f, 1);
  put_number (audio, 0x6264, 16);
  put_element (track, 0xe1, audio);
  put_element (tracks, 0xae, track);
}

static void
put_picture_track (GByteArray *tracks, const char *codec, guint width, guint height)
{
  GByteArray *track = g_byte_array_new ();
  GByteArray *video = g_byte_array_new ();

  put_number (track, 0xd7, 1);
  put_number (track, 0x73c5, 1);
  put_number (track, 0x83, 1);
  put_word (track, 0x86, codec);
  put_number (video, 0xb0, width);
  put_number (video, 0xba, height);
  put_element (track, 0xe0, video);
  put_element (tracks, 0xae, track);
}

static void
put_cluster (GByteArray *segment, gint64 time, gint16 offset, const GByteArray *data)
{
  GByteArray *cluster = g_byte_array_new ();
  GByteArray *block = g_byte_array_new ();

  put_number (cluster, 0xe7, (guint64)time);
  put_big (block, 0x81, 1);
  put_big (block, (guint16)offset, 2);
  put_big (block, 0x80, 1);
  put_array (block, data);
  put_element (cluster, 0xa3, block);
  put_element (segment, 0x1f43b675, cluster);
}

static GByteArray *
begin_segment (void)
{
  GByteArray *segment = g_byte_array_new ();
  GByteArray *info = g_byte_array_new ();

  put_number (info, 0x2ad7b1, 1000000);
  put_element (segment, 0x1549a966, info);
  return segment;
}

static GByteArray *
end_segment (GByteArray *segment /* taken */)
{
  GByteArray *file = g_byte_array_new ();
  GByteArray *head = g_byte_array_new ();

  put_word (head, 0x4282, "matroska");
  put_number (head, 0x4287, 2);
  put_number (head, 0x4285, 2);
  put_element (file, 0x1a45dfa3, head);
  put_element (file, 0x18538067, segment);
  return file;
}

static void
add_tracks (GPtrArray *files, MediaFixture *fixture, guint n)
{
  g_autofree char *name = g_strdup_printf ("%u-tracks.mkv", n);
  GByteArray *segment = begin_segment ();
  GByteArray *tracks = g_byte_array_new ();
  g_autoptr (GByteArray) silence = g_byte_array_new ();
  g_autoptr (GByteArray) file = NULL;

  for (guint i = 1; i <= n; i++)
    put_sound_track (tracks, i);
  put_element (segment, 0x1654ae6b, tracks);
  put_zeros (silence, 160);
  put_cluster (segment, 0, 0, silence);
  file = end_segment (segment);
  hostile_add_path (files, media_fixture_write (fixture, name, file->data, file->len), NULL, TRUE);
}

/* Sound files, but of kinds that nothing in Debian 12 opens. */
static void
add_unknown (GPtrArray *files, MediaFixture *fixture)
{
  GByteArray *segment = begin_segment ();
  GByteArray *tracks = g_byte_array_new ();
  g_autoptr (GByteArray) noise = g_byte_array_new ();
  g_autoptr (GByteArray) film = NULL;
  static const char picture[] = "\0\0\0\x18"
                                "ftypheic\0\0\0\0mif1heic\0\0\0\x08meta";

  put_picture_track (tracks, "V_FUTURE/CODEC", 320, 240);
  put_element (segment, 0x1654ae6b, tracks);
  put_zeros (noise, 1000);
  put_cluster (segment, 0, 0, noise);
  film = end_segment (segment);
  add (files, fixture, "future.mkv", "codec", film);
  hostile_add (files, fixture, "telephone.heic", "damaged", picture, sizeof picture - 1);
}

/* A JPEG whose head says another size than its picture has. */
static GByteArray *
make_lying_jpeg (MediaFixture *fixture, guint width, guint height)
{
  g_autofree char *path = media_fixture_launch (
    fixture, "small.jpg",
    "videotestsrc num-buffers=1 ! video/x-raw,width=64,height=64 ! jpegenc ! filesink location=%s");
  g_autofree char *bytes = NULL;
  gsize size = 0;
  GByteArray *file = g_byte_array_new ();
  char *at;

  g_assert_true (g_file_get_contents (path, &bytes, &size, NULL));
  at = memmem (bytes, size, "\xff\xc0", 2);
  g_assert_nonnull (at);
  at[5] = (char)(height >> 8);
  at[6] = (char)height;
  at[7] = (char)(width >> 8);
  at[8] = (char)width;
  g_byte_array_append (file, (guint8 *)bytes, (guint)size);
  return file;
}

static void
add_pictures_in_matroska (GPtrArray *files, MediaFixture *fixture)
{
  static const struct {
    const char *name;
    guint side;
    gint64 step;
    gint16 offset;
  } cases[] = {
    { "huge-pictures.mkv", 30000, 40, 0 },
    { "negative-times.mkv", 64, 0, -32000 },
    { "same-times.mkv", 64, 0, 0 },
    { "far-times.mkv", 64, G_MAXINT64 / 8, 0 },
    { "backward-times.mkv", 64, -1000000, 0 },
    { "no-size.mkv", 0, 40, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GByteArray) picture =
      make_lying_jpeg (fixture, MAX (cases[i].side, 64), MAX (cases[i].side, 64));
    GByteArray *segment = begin_segment ();
    GByteArray *tracks = g_byte_array_new ();
    g_autoptr (GByteArray) file = NULL;

    put_picture_track (tracks, "V_MJPEG", cases[i].side, cases[i].side);
    put_element (segment, 0x1654ae6b, tracks);
    for (gint64 k = 0; k < 5; k++)
      put_cluster (segment, k * cases[i].step, cases[i].offset, picture);
    file = end_segment (segment);
    add (files, fixture, cases[i].name, NULL, file);
  }
}

static void
put_chunk (GByteArray *png, const char *type, const guint8 *data, guint size)
{
  uLong sum = crc32 (0, (const Bytef *)type, 4);

  put_big (png, size, 4);
  put_text (png, type);
  if (size > 0)
    g_byte_array_append (png, data, size);
  put_big (png, size > 0 ? crc32 (sum, data, size) : sum, 4);
}

static GByteArray *
make_png (guint width, guint height, guint interlaced)
{
  GByteArray *png = g_byte_array_new ();
  g_autoptr (GByteArray) head = g_byte_array_new ();
  g_autofree guint8 *zeros = g_malloc0 (100000);
  guint8 packed[1000];
  uLongf n_packed = sizeof packed;

  g_byte_array_append (png, (const guint8 *)"\x89PNG\r\n\x1a\n", 8);
  put_big (head, width, 4);
  put_big (head, height, 4);
  put_big (head, 0x0802000000 | interlaced, 5);
  put_chunk (png, "IHDR", head->data, head->len);
  g_assert_cmpint (compress (packed, &n_packed, zeros, 100000), ==, Z_OK);
  put_chunk (png, "IDAT", packed, (guint)n_packed);
  put_chunk (png, "IEND", NULL, 0);
  return png;
}

/* A short text that unpacks to as much as a machine has. */
static GByteArray *
make_png_bomb (void)
{
  GByteArray *png = make_png (32, 32, 0);
  g_autoptr (GByteArray) text = g_byte_array_new ();
  g_autofree guint8 *zeros = g_malloc0 (64 << 20);
  uLongf n_packed = compressBound (64 << 20);
  g_autofree guint8 *packed = g_malloc (n_packed);

  g_assert_cmpint (compress (packed, &n_packed, zeros, 64 << 20), ==, Z_OK);
  put_text (text, "Comment");
  put_big (text, 0, 2);
  g_byte_array_append (text, packed, (guint)n_packed);
  g_byte_array_set_size (png, png->len - 12);
  put_chunk (png, "zTXt", text->data, text->len);
  put_chunk (png, "IEND", NULL, 0);
  return png;
}

static GByteArray *
make_bmp (guint width, guint height)
{
  GByteArray *bmp = g_byte_array_new ();

  put_text (bmp, "BM");
  put_little (bmp, 1000, 4);
  put_little (bmp, 0, 4);
  put_little (bmp, 54, 4);
  put_little (bmp, 40, 4);
  put_little (bmp, width, 4);
  put_little (bmp, height, 4);
  put_little (bmp, 1, 2);
  put_little (bmp, 24, 2);
  put_zeros (bmp, 1000);
  return bmp;
}

static GByteArray *
make_gif (guint n_frames)
{
  GByteArray *gif = g_byte_array_new ();

  put_text (gif, "GIF89a");
  put_little (gif, 65535, 2);
  put_little (gif, 65535, 2);
  put_little (gif, 0x80, 3);
  put_zeros (gif, 6);
  for (guint i = 0; i < n_frames; i++) {
    put_text (gif, ",");
    put_little (gif, 0, 4);
    put_little (gif, 1, 2);
    put_little (gif, 1, 2);
    put_little (gif, 0, 1);
    put_big (gif, 0x0202440100, 5);
  }
  put_text (gif, ";");
  return gif;
}

/* TIFF and the notes of a camera: a list of tags that leads to itself. */
static GByteArray *
make_tiff_loop (void)
{
  GByteArray *tiff = g_byte_array_new ();

  put_text (tiff, "II*");
  put_little (tiff, 0, 1);
  put_little (tiff, 8, 4);
  put_little (tiff, 1, 2);
  put_little (tiff, 0x8769, 2); /* more tags, which are these */
  put_little (tiff, 4, 2);
  put_little (tiff, 1, 4);
  put_little (tiff, 8, 4);
  put_little (tiff, 8, 4);
  put_zeros (tiff, 100);
  return tiff;
}

static GByteArray *
make_exif_loop (MediaFixture *fixture)
{
  g_autoptr (GByteArray) picture = make_lying_jpeg (fixture, 64, 64);
  g_autoptr (GByteArray) tags = make_tiff_loop ();
  GByteArray *jpeg = g_byte_array_new ();

  put_big (jpeg, 0xffd8ffe1, 4);
  put_big (jpeg, tags->len + 8, 2);
  put_text (jpeg, "Exif");
  put_big (jpeg, 0, 2);
  put_array (jpeg, tags);
  g_byte_array_append (jpeg, picture->data + 2, picture->len - 2);
  return jpeg;
}

static GByteArray *
make_wav (guint channels, guint rate, guint bits, guint32 announced)
{
  GByteArray *wav = g_byte_array_new ();

  put_text (wav, "RIFF");
  put_little (wav, announced, 4);
  put_text (wav, "WAVEfmt ");
  put_little (wav, 16, 4);
  put_little (wav, 1, 2);
  put_little (wav, channels, 2);
  put_little (wav, rate, 4);
  put_little (wav, (guint64)rate * channels * bits / 8, 4);
  put_little (wav, channels * bits / 8, 2);
  put_little (wav, bits, 2);
  put_text (wav, "data");
  put_little (wav, announced, 4);
  put_zeros (wav, 4000);
  return wav;
}

static GByteArray *
make_box (const char *type, const GByteArray *content)
{
  GByteArray *box = g_byte_array_new ();

  put_big (box, content->len + 8, 4);
  put_text (box, type);
  put_array (box, content);
  return box;
}

static GByteArray *
make_type_box (void)
{
  g_autoptr (GByteArray) content = g_byte_array_new ();

  put_text (content, "isom");
  put_big (content, 512, 4);
  put_text (content, "isommp41");
  return make_box ("ftyp", content);
}

/* One box in another, ten thousand deep. */
static GByteArray *
make_deep_boxes (void)
{
  GByteArray *file = make_type_box ();
  guint n = 10000;

  for (guint i = 0; i < n; i++) {
    put_big (file, (guint64)(n - i) * 8, 4);
    put_text (file, i == 0 ? "moov" : "trak");
  }
  return file;
}

/* An index of four thousand million pictures. */
static GByteArray *
make_long_index (void)
{
  GByteArray *file = make_type_box ();
  g_autoptr (GByteArray) table = g_byte_array_new ();
  const char *const around[] = { "stbl", "minf", "mdia", "trak", "moov" };
  g_autoptr (GByteArray) box = NULL;

  put_big (table, 0, 8);
  put_big (table, G_MAXUINT32, 4);
  put_zeros (table, 64);
  box = make_box ("stsz", table);
  for (guint i = 0; i < G_N_ELEMENTS (around); i++) {
    GByteArray *outer = make_box (around[i], box);
    g_byte_array_unref (box);
    box = outer;
  }
  put_array (file, box);
  return file;
}

/* AVI with no time between two pictures. */
static void
add_without_rate (GPtrArray *files, MediaFixture *fixture)
{
  g_autofree char *path = media_fixture_path (fixture, "a.avi");
  g_autofree char *bytes = NULL;
  gsize size = 0;
  char *head;

  g_assert_true (g_file_get_contents (path, &bytes, &size, NULL));
  head = memmem (bytes, size, "avih", 4);
  g_assert_nonnull (head);
  memset (head + 8, 0, 4);
  head = memmem (bytes, size, "strh", 4);
  g_assert_nonnull (head);
  memset (head + 8 + 20, 0, 8);
  hostile_add (files, fixture, "zero-rate.avi", NULL, bytes, size);
  /* and one whose index is gone */
  head = memmem (bytes, size, "idx1", 4);
  g_assert_nonnull (head);
  memcpy (head, "JUNK", 4);
  hostile_add (files, fixture, "no-index.avi", NULL, bytes, size);
}

static void
add_texts (GPtrArray *files, MediaFixture *fixture)
{
  static const struct {
    const char *name;
    const char *odd;
    const char *text;
  } texts[] = {
    { "playlist.mp4", NULL,
      "#EXTM3U\n#EXTINF:10,\nfile:///etc/passwd\n#EXTINF:10,\nhttp://127.0.0.1/a.ts\n" },
    { "session.mp4", NULL,
      "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=-\nc=IN IP4 127.0.0.1\nt=0 0\nm=video 5000 RTP/AVP 96\n" },
    { "drawing.jpg", "wrong-ending",
      "<?xml version=\"1.0\"?><svg xmlns=\"http://www.w3.org/2000/svg\" width=\"99999\" "
      "height=\"99999\"><image href=\"file:///etc/passwd\" width=\"1\" height=\"1\"/></svg>" },
    { "page.pdf", "wrong-ending", "<html><script>alert(1)</script></html>" },
    { "subtitles.mp4", NULL, "1\n00:00:00,000 --> 99:59:59,999\n<b>a</b>\n" },
    { "program.jpg", "wrong-ending", "MZ\220\n this program cannot be run" },
    { "elf.mp4", "wrong-ending", "\177ELF\002\001\001" },
    { "dash.mp4", NULL,
      "<?xml version=\"1.0\"?><MPD xmlns=\"urn:mpeg:dash:schema:mpd:2011\"><BaseURL>"
      "http://127.0.0.1/</BaseURL></MPD>" },
    { "one-byte.mp4", NULL, "x" },
    { "half-a-mark.png", NULL, "\x89PNG" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    hostile_add (files, fixture, texts[i].name, texts[i].odd, texts[i].text,
                 strlen (texts[i].text));
  hostile_add (files, fixture, "empty.mp4", "empty", "", 0);
}

static void
add_wrong_endings (GPtrArray *files, MediaFixture *fixture)
{
  static const char *const pairs[][2] = { { "a.pdf", "document.jpg" },
                                          { "a.jpg", "picture.mp4" },
                                          { "a.mkv", "film.mp4" },
                                          { "a.wav", "sound.pdf" } };

  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++) {
    g_autofree char *path = media_fixture_path (fixture, pairs[i][0]);
    g_autofree char *bytes = NULL;
    gsize size = 0;

    g_assert_true (g_file_get_contents (path, &bytes, &size, NULL));
    hostile_add (files, fixture, pairs[i][1], "wrong-ending", bytes, size);
  }
}

static void
add_noise (GPtrArray *files, MediaFixture *fixture)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (20260203);
  guint8 noise[20000];

  for (guint i = 0; i < sizeof noise; i++)
    noise[i] = (guint8)g_rand_int (random);
  hostile_add (files, fixture, "noise.mp4", NULL, noise, sizeof noise);
  memcpy (noise, "\xff\xfb\x90\x64", 4);
  hostile_add (files, fixture, "noise.mp3", NULL, noise, sizeof noise);
  /* a note of 256 MB in front of the sound */
  memcpy (noise, "ID3\x04\x00\x00\x7f\x7f\x7f\x7f", 10);
  hostile_add (files, fixture, "long-note.mp3", NULL, noise, sizeof noise);
  memcpy (noise, "\x00\x00\x01\xba", 4);
  hostile_add (files, fixture, "noise.mpg", NULL, noise, sizeof noise);
  memcpy (noise, "OggS\0\2", 6);
  hostile_add (files, fixture, "noise.ogg", NULL, noise, sizeof noise);
  memcpy (noise, "PK\003\004", 4);
  hostile_add (files, fixture, "noise.docx", "wrong-ending", noise, sizeof noise);
  memcpy (noise, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 8);
  hostile_add (files, fixture, "noise.doc", "wrong-ending", noise, sizeof noise);
}

void
hostile_add_lies (GPtrArray *files, MediaFixture *fixture)
{
  g_autoptr (GByteArray) jpeg = make_lying_jpeg (fixture, 30000, 30000);
  g_autoptr (GByteArray) wide = make_lying_jpeg (fixture, 65500, 1);
  g_autoptr (GByteArray) png = make_png (30000, 30000, 0);
  g_autoptr (GByteArray) medium = make_png (16000, 16000, 1);
  g_autoptr (GByteArray) largest = make_png (G_MAXINT, G_MAXINT, 0);
  g_autoptr (GByteArray) nothing = make_png (0, 0, 0);
  g_autoptr (GByteArray) bomb = make_png_bomb ();
  g_autoptr (GByteArray) bmp = make_bmp (30000, 30000);
  g_autoptr (GByteArray) negative = make_bmp (0x80000000, 0x80000000);
  g_autoptr (GByteArray) gif = make_gif (10000);
  g_autoptr (GByteArray) tiff = make_tiff_loop ();
  g_autoptr (GByteArray) exif = make_exif_loop (fixture);
  g_autoptr (GByteArray) channels = make_wav (65535, 44100, 16, 1000000000);
  g_autoptr (GByteArray) silent = make_wav (1, 0, 16, 4000);
  g_autoptr (GByteArray) endless = make_wav (1, 8000, 16, G_MAXUINT32);
  g_autoptr (GByteArray) fast = make_wav (2, G_MAXUINT32, 32, 4000);
  g_autoptr (GByteArray) deep = make_deep_boxes ();
  g_autoptr (GByteArray) index = make_long_index ();
  g_autoptr (GByteArray) type = make_type_box ();

  add (files, fixture, "30000.jpg", "large", jpeg);
  add (files, fixture, "65500x1.jpg", NULL, wide);
  add (files, fixture, "30000.png", "large", png);
  add (files, fixture, "16000-interlaced.png", NULL, medium);
  add (files, fixture, "largest.png", "large", largest);
  add (files, fixture, "nothing.png", NULL, nothing);
  add (files, fixture, "bomb.png", NULL, bomb);
  add (files, fixture, "30000.bmp", NULL, bmp);
  add (files, fixture, "negative.bmp", NULL, negative);
  add (files, fixture, "frames.gif", NULL, gif);
  add (files, fixture, "loop.tif", NULL, tiff);
  add (files, fixture, "loop.jpg", NULL, exif);
  add (files, fixture, "channels.wav", NULL, channels);
  add (files, fixture, "no-rate.wav", NULL, silent);
  add (files, fixture, "endless.wav", NULL, endless);
  add (files, fixture, "fast.wav", NULL, fast);
  add (files, fixture, "deep.mp4", NULL, deep);
  add (files, fixture, "long-index.mp4", NULL, index);
  add (files, fixture, "type-alone.mp4", "damaged", type);
  add_tracks (files, fixture, 40);
  add_tracks (files, fixture, 2000);
  add_tracks (files, fixture, 100000);
  add_pictures_in_matroska (files, fixture);
  add_without_rate (files, fixture);
  add_texts (files, fixture);
  add_wrong_endings (files, fixture);
  add_noise (files, fixture);
  add_unknown (files, fixture);
}
