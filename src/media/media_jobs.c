/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "media/media-private.h"

/* Each job as a function that blocks. Every number of an answer is checked against what was asked
 * for. */

#define PROBE_MS 15000
#define THUMBNAIL_MS 15000
#define PICTURE_MS 20000
#define PAGE_MS 20000
#define PEAKS_MS 30000
/* Sound is decoded to its end: more time for more bytes, counted for a slow disk and machine. */
#define PEAKS_BYTES_PER_MS 2000
#define MAX_THUMBNAIL 2048
#define MAX_PAGE_WIDTH 8192
/* A page of a roll of paper is made narrower rather than cut. */
#define MAX_PAGE_HEIGHT 16384
#define MAX_PIXELS (G_GUINT64_CONSTANT (1) << 27)

/**
 * jz_pixels_free:
 * @self: (nullable): a picture
 */
void
jz_pixels_free (JzPixels *self)
{
  if (self == NULL)
    return;
  g_bytes_unref (self->bytes);
  g_free (self);
}

/* Handles that could be written to are the caller's mistake: the helper gets what it is given. */
static gboolean
is_read_only (int handle)
{
  int flags = fcntl (handle, F_GETFL);
  return flags >= 0 && (flags & O_ACCMODE) == O_RDONLY;
}

static char *
dup_ending (const char *name)
{
  const char *dot = name != NULL ? strrchr (name, '.') : NULL;
  return g_ascii_strdown (dot != NULL && strlen (dot) <= 10 ? dot + 1 : "", -1);
}

/**
 * jz_media_probe:
 * @self: what opens files
 * @handle: of a file, opened for reading only
 * @name: (nullable): the file's name, whose ending is compared with the content
 * @cancellable: (nullable): ends it
 * @error: return location
 *
 * Learns what a file says of itself. Damaged, locked and strange files are no failure: the probe
 * says so.
 *
 * Fails with #JzMediaError or %G_IO_ERROR_CANCELLED.
 *
 * Returns: (transfer full) (nullable): what it says
 */
JzProbe *
jz_media_probe (JzMedia *self,
                int handle,
                const char *name,
                GCancellable *cancellable,
                GError **error)
{
  g_autofree char *ending = dup_ending (name);
  JzMediaRequest request = { .type = JZ_MESSAGE_PROBE,
                             .file = handle,
                             .text = ending,
                             .memory_size = JZ_JSON_MAX_SIZE,
                             .deadline_ms = PROBE_MS };
  g_auto (JzMediaAnswer) answer = { 0 };
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (JzJson) json = NULL;
  g_autoptr (JzProbe) probe = NULL;

  g_return_val_if_fail (is_read_only (handle), NULL);
  if (!jz_media_ask (self, &request, &answer, cancellable, error))
    return NULL;
  if (answer.numbers[0] > 0 && answer.numbers[0] <= JZ_JSON_MAX_SIZE)
    bytes =
      jz_result_memory_copy (answer.memory, request.memory_size, (gsize)answer.numbers[0], NULL);
  if (bytes != NULL)
    json = jz_json_parse_canonical (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), NULL);
  if (json != NULL)
    probe = jz_probe_from_json (json, NULL);
  if (probe == NULL)
    jz_media_distrust (self, handle, error);
  return g_steal_pointer (&probe);
}

/* A picture no larger than was asked for. */
static JzPixels *
take_pixels (JzMedia *self,
             const JzMediaRequest *request,
             const JzMediaAnswer *answer,
             GError **error)
{
  gint64 width = answer->numbers[0];
  gint64 height = answer->numbers[1];
  g_autoptr (GBytes) bytes = NULL;
  JzPixels *pixels;

  if (width > 0 && width <= request->b && height > 0 && height <= request->c &&
      answer->numbers[2] == width * 4)
    bytes = jz_result_memory_copy (answer->memory, request->memory_size,
                                   (gsize)width * 4 * (gsize)height, NULL);
  if (bytes == NULL) {
    jz_media_distrust (self, request->file, error);
    return NULL;
  }
  pixels = g_new0 (JzPixels, 1);
  pixels->bytes = g_steal_pointer (&bytes);
  pixels->width = (guint)width;
  pixels->height = (guint)height;
  pixels->stride = (guint)width * 4;
  return pixels;
}

static JzPixels *
ask_pixels (JzMedia *self,
            const JzMediaRequest *request,
            gint64 *fourth,
            GCancellable *cancellable,
            GError **error)
{
  g_auto (JzMediaAnswer) answer = { 0 };

  if (!jz_media_ask (self, request, &answer, cancellable, error))
    return NULL;
  *fourth = answer.numbers[3];
  return take_pixels (self, request, &answer, error);
}

/**
 * jz_media_thumbnail:
 * @self: what opens files
 * @handle: of a file, opened for reading only
 * @at: a time in nanoseconds of a video, a page of a PDF from 0; for a picture it does not count
 * @width: the greatest width, up to 2,048
 * @height: the greatest height
 * @cancellable: (nullable): ends it
 * @error: return location
 *
 * Makes a small picture of a file.
 *
 * Fails with #JzMediaError or %G_IO_ERROR_CANCELLED.
 *
 * Returns: (transfer full) (nullable): the picture
 */
JzPixels *
jz_media_thumbnail (JzMedia *self,
                    int handle,
                    gint64 at,
                    guint width,
                    guint height,
                    GCancellable *cancellable,
                    GError **error)
{
  JzMediaRequest request = { .type = JZ_MESSAGE_THUMBNAIL,
                             .file = handle,
                             .a = at,
                             .b = width,
                             .c = height,
                             .memory_size = (gsize)width * height * 4,
                             .deadline_ms = THUMBNAIL_MS };
  gint64 fourth = 0;
  JzPixels *pixels;

  g_return_val_if_fail (is_read_only (handle), NULL);
  g_return_val_if_fail (width > 0 && width <= MAX_THUMBNAIL, NULL);
  g_return_val_if_fail (height > 0 && height <= MAX_THUMBNAIL, NULL);
  pixels = ask_pixels (self, &request, &fourth, cancellable, error);
  if (pixels != NULL)
    pixels->at = fourth;
  return pixels;
}

/**
 * jz_media_picture:
 * @self: what opens files
 * @handle: of a picture, opened for reading only
 * @width: the greatest width, up to %JZ_PICTURE_MAX_SIDE
 * @height: the greatest height
 * @cancellable: (nullable): ends it
 * @error: return location
 *
 * Decodes a picture, turned as its file says; one that is larger is made smaller.
 *
 * Fails with #JzMediaError or %G_IO_ERROR_CANCELLED.
 *
 * Returns: (transfer full) (nullable): the picture
 */
JzPixels *
jz_media_picture (JzMedia *self,
                  int handle,
                  guint width,
                  guint height,
                  GCancellable *cancellable,
                  GError **error)
{
  guint64 n_pixels = MIN ((guint64)width * height, MAX_PIXELS);
  JzMediaRequest request = { .type = JZ_MESSAGE_PICTURE,
                             .file = handle,
                             .b = width,
                             .c = height,
                             .memory_size = (gsize)n_pixels * 4,
                             .deadline_ms = PICTURE_MS };
  gint64 fourth = 0;

  g_return_val_if_fail (is_read_only (handle), NULL);
  g_return_val_if_fail (width > 0 && width <= JZ_PICTURE_MAX_SIDE, NULL);
  g_return_val_if_fail (height > 0 && height <= JZ_PICTURE_MAX_SIDE, NULL);
  return ask_pixels (self, &request, &fourth, cancellable, error);
}

/**
 * jz_media_peaks:
 * @self: what opens files
 * @handle: of a recording, opened for reading only
 * @n: how many, up to %JZ_PEAKS_MAX
 * @cancellable: (nullable): ends it
 * @error: return location
 *
 * Listens to the whole recording, as fast as it goes, and says how loud it is where.
 *
 * Fails with #JzMediaError (%JZ_MEDIA_ERROR_ABSENT where there is no sound) or
 * %G_IO_ERROR_CANCELLED.
 *
 * Returns: (transfer full) (nullable) (element-type guint8): @n peaks over the duration
 */
GArray *
jz_media_peaks (JzMedia *self, int handle, guint n, GCancellable *cancellable, GError **error)
{
  struct stat info = { 0 };
  JzMediaRequest request = { .type = JZ_MESSAGE_PEAKS, .file = handle, .a = n, .memory_size = n };
  g_auto (JzMediaAnswer) answer = { 0 };
  g_autoptr (GBytes) bytes = NULL;
  GArray *peaks;

  g_return_val_if_fail (is_read_only (handle), NULL);
  g_return_val_if_fail (n > 0 && n <= JZ_PEAKS_MAX, NULL);
  if (fstat (handle, &info) == 0)
    request.deadline_ms = PEAKS_MS + (guint)MIN (info.st_size / PEAKS_BYTES_PER_MS, 3600 * 1000);
  if (!jz_media_ask (self, &request, &answer, cancellable, error))
    return NULL;
  if (answer.numbers[0] == n)
    bytes = jz_result_memory_copy (answer.memory, n, n, NULL);
  if (bytes == NULL) {
    jz_media_distrust (self, handle, error);
    return NULL;
  }
  peaks = g_array_sized_new (FALSE, FALSE, 1, n);
  g_array_append_vals (peaks, g_bytes_get_data (bytes, NULL), n);
  return peaks;
}

/**
 * jz_media_page:
 * @self: what opens files
 * @handle: of a PDF, opened for reading only
 * @page: from 0
 * @width: in pixels, up to 8,192; a very long page is made narrower
 * @cancellable: (nullable): ends it
 * @error: return location
 *
 * Draws a page.
 *
 * Fails with #JzMediaError (%JZ_MEDIA_ERROR_ABSENT where there is no such page) or
 * %G_IO_ERROR_CANCELLED.
 *
 * Returns: (transfer full) (nullable): the page
 */
JzPixels *
jz_media_page (JzMedia *self,
               int handle,
               guint page,
               guint width,
               GCancellable *cancellable,
               GError **error)
{
  JzMediaRequest request = { .type = JZ_MESSAGE_PAGE,
                             .file = handle,
                             .a = page,
                             .b = width,
                             .c = MIN (width * 8, MAX_PAGE_HEIGHT),
                             .deadline_ms = PAGE_MS };
  gint64 fourth = 0;
  JzPixels *pixels;

  g_return_val_if_fail (is_read_only (handle), NULL);
  g_return_val_if_fail (width > 0 && width <= MAX_PAGE_WIDTH, NULL);
  request.memory_size = (gsize)request.b * (gsize)request.c * 4;
  pixels = ask_pixels (self, &request, &fourth, cancellable, error);
  if (pixels != NULL) {
    pixels->at = page;
    pixels->n_pages = (guint)CLAMP (fourth, 1, G_MAXINT);
  }
  return pixels;
}

/**
 * jz_media_page_text:
 * @self: what opens files
 * @handle: of a PDF, opened for reading only
 * @page: from 0
 * @cancellable: (nullable): ends it
 * @error: return location
 *
 * Reads the text of a page and where its characters stand.
 *
 * Fails with #JzMediaError or %G_IO_ERROR_CANCELLED.
 *
 * Returns: (transfer full) (nullable): the text
 */
JzPageText *
jz_media_page_text (JzMedia *self,
                    int handle,
                    guint page,
                    GCancellable *cancellable,
                    GError **error)
{
  JzMediaRequest request = { .type = JZ_MESSAGE_PAGE_TEXT,
                             .file = handle,
                             .a = page,
                             .memory_size = JZ_PAGE_TEXT_MAX_PACKED,
                             .deadline_ms = PAGE_MS };
  g_auto (JzMediaAnswer) answer = { 0 };
  g_autoptr (GBytes) bytes = NULL;
  JzPageText *text = NULL;

  g_return_val_if_fail (is_read_only (handle), NULL);
  if (!jz_media_ask (self, &request, &answer, cancellable, error))
    return NULL;
  if (answer.numbers[0] > 0 && answer.numbers[0] <= JZ_PAGE_TEXT_MAX_PACKED)
    bytes =
      jz_result_memory_copy (answer.memory, request.memory_size, (gsize)answer.numbers[0], NULL);
  if (bytes != NULL)
    text = jz_page_text_unpack (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), NULL);
  if (text == NULL)
    jz_media_distrust (self, handle, error);
  return text;
}
