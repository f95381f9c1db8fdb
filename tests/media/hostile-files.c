/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hostile-files.h"

#include <string.h>

#include "heif-picture.h"

/* Sound files of all common formats, then each of them cut, overwritten and changed at random. */

static void
free_file (gpointer data)
{
  HostileFile *file = data;

  g_free (file->path);
  g_free (file);
}

void
hostile_add_path (GPtrArray *files, char *path, const char *odd, gboolean is_slow)
{
  HostileFile *file = g_new0 (HostileFile, 1);

  file->path = path;
  file->odd = odd;
  file->is_slow = is_slow;
  g_ptr_array_add (files, file);
}

void
hostile_add (GPtrArray *files,
             MediaFixture *fixture,
             const char *name,
             const char *odd,
             const void *bytes,
             gsize size)
{
  hostile_add_path (files, media_fixture_write (fixture, name, bytes, size), odd, FALSE);
}

typedef struct {
  const char *name;
  const char *pipeline; /* NULL: made otherwise */
  /* what a cut file of this format has to be called */
  const char *cut;
} Sound;

#define PICTURES "videotestsrc num-buffers=20 ! video/x-raw,format=I420,width=160,height=120 ! "
#define PICTURE "videotestsrc num-buffers=1 ! video/x-raw,width=160,height=120 ! videoconvert ! "
#define SOUND "audiotestsrc num-buffers=20 ! audioconvert ! "

static const Sound sounds[] = {
  { "index-behind.mp4", PICTURES "x264enc ! mp4mux ! filesink location=%s", "cut" },
  { "index-in-front.mp4", PICTURES "x264enc ! mp4mux faststart=true ! filesink location=%s",
    "cut" },
  { "a.mkv", PICTURES "x264enc ! matroskamux ! filesink location=%s", "cut" },
  { "a.avi", PICTURES "jpegenc ! avimux ! filesink location=%s", "cut" },
  { "a.ts", PICTURES "x264enc ! mpegtsmux ! filesink location=%s", NULL },
  { "a.wav", SOUND "wavenc ! filesink location=%s", "cut" },
  { "a.ogg", SOUND "vorbisenc ! oggmux ! filesink location=%s", NULL },
  { "a.flac", SOUND "flacenc ! filesink location=%s", NULL },
  { "a.m4a", SOUND "avenc_aac ! mp4mux ! filesink location=%s", "cut" },
  { "a.jpg", PICTURE "jpegenc ! filesink location=%s", "cut" },
  { "a.png", PICTURE "pngenc ! filesink location=%s", "cut" },
  { "a.heic", NULL, "cut" },
  { "a.pdf", NULL, NULL },
};

static const HeifPicture photo = { heif_compression_HEVC,   160,   120,
                                   heif_orientation_normal, FALSE, TRUE };

static GBytes *
read_file (const char *path)
{
  char *bytes = NULL;
  gsize size = 0;

  g_assert_true (g_file_get_contents (path, &bytes, &size, NULL));
  return g_bytes_new_take (bytes, size);
}

static GBytes *
make_sound (MediaFixture *fixture, const Sound *sound)
{
  g_autofree char *path = NULL;

  if (sound->pipeline != NULL)
    path = media_fixture_launch (fixture, sound->name, sound->pipeline);
  else if (g_str_has_suffix (sound->name, ".heic"))
    path = heif_picture_make (&photo, fixture, sound->name);
  else
    path = media_fixture_pdf (fixture, sound->name, 3);
  return read_file (path);
}

static void
add_changed (GPtrArray *files,
             MediaFixture *fixture,
             const Sound *sound,
             GBytes *whole,
             GRand *random)
{
  gsize size = g_bytes_get_size (whole);
  g_autofree guint8 *bytes = g_memdup2 (g_bytes_get_data (whole, NULL), size);
  g_autofree char *half = g_strconcat ("half-", sound->name, NULL);
  g_autofree char *head = g_strconcat ("head-", sound->name, NULL);
  g_autofree char *bits = g_strconcat ("bits-", sound->name, NULL);
  g_autofree char *hole = g_strconcat ("hole-", sound->name, NULL);

  hostile_add (files, fixture, half, sound->cut, bytes, size / 2);
  hostile_add (files, fixture, head, NULL, bytes, MIN (size, 600));
  /* zeros where a disk lost a block */
  memset (bytes + size / 3, 0, MIN (4096, size / 3));
  hostile_add (files, fixture, hole, NULL, bytes, size);
  memcpy (bytes, g_bytes_get_data (whole, NULL), size);
  for (guint i = 0; i < 40; i++)
    bytes[g_rand_int_range (random, 16, (gint32)MIN (size, 2000))] ^=
      (guint8)(1 << g_rand_int_range (random, 0, 8));
  hostile_add (files, fixture, bits, NULL, bytes, size);
}

GPtrArray *
hostile_files_make (MediaFixture *fixture, guint32 seed)
{
  GPtrArray *files = g_ptr_array_new_with_free_func (free_file);
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);

  for (guint i = 0; i < G_N_ELEMENTS (sounds); i++) {
    g_autoptr (GBytes) whole = NULL;

    if (g_str_has_suffix (sounds[i].name, ".heic") && !heif_picture_can_be_made (&photo))
      continue;
    whole = make_sound (fixture, &sounds[i]);
    add_changed (files, fixture, &sounds[i], whole, random);
  }
  hostile_add_lies (files, fixture);
  hostile_add_pdfs (files, fixture);
  return files;
}
