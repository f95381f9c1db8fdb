/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "helper/sniff.h"

/* A recording that was cut while it was copied still says its full duration when its index stands
 * in front, and plays up to the cut. What its container announces tells it. */

#define MAX_BOXES 100000
#define PIECE_SIZE (1024 * 1024)

static guint64
get_big (const guint8 *bytes, guint n)
{
  guint64 value = 0;

  for (guint i = 0; i < n; i++)
    value = value << 8 | bytes[i];
  return value;
}

static gboolean
is_box_type (const guint8 *type)
{
  for (guint i = 0; i < 4; i++)
    if (!g_ascii_isprint (type[i]) && type[i] != 0xa9)
      return FALSE;
  return TRUE;
}

/* MP4 and its like: boxes, each with its length. Recorders leave rubbish behind the last one, which
 * is no box that was cut. */
static gboolean
is_cut_boxes (const JzHelperJob *job)
{
  guint64 at = 0;

  for (guint i = 0; i < MAX_BOXES && at < job->file_size; i++) {
    guint8 head[16] = { 0 };
    guint64 size;

    if (!jz_job_read (job, at, head, MIN (sizeof head, job->file_size - at)))
      return FALSE;
    size = get_big (head, 4);
    if (!is_box_type (head + 4))
      return FALSE;
    if (size == 0)
      return FALSE; /* to the end of the file, wherever that is */
    if (size == 1)
      size = get_big (head + 8, 8);
    if (size < 8 || size > job->file_size - at)
      return TRUE;
    at += size;
  }
  return FALSE;
}

/* Matroska: a head, then one segment with its length, unless it was written live. */
static gboolean
is_cut_matroska (const JzHelperJob *job)
{
  guint64 at = 0;

  for (guint i = 0; i < 16 && at < job->file_size; i++) {
    guint8 head[12] = { 0 };
    guint n_size = 1;
    guint64 size;

    if (!jz_job_read (job, at, head, MIN (sizeof head, job->file_size - at)))
      return FALSE;
    while (n_size <= 8 && (head[4] & (0x80 >> (n_size - 1))) == 0)
      n_size++;
    if (n_size > 8)
      return FALSE;
    size = get_big (head + 4, n_size) & ((G_GUINT64_CONSTANT (1) << (7 * n_size)) - 1);
    if (size == (G_GUINT64_CONSTANT (1) << (7 * n_size)) - 1)
      return FALSE;
    if (size > job->file_size || at + 4 + n_size + size > job->file_size)
      return TRUE;
    if (get_big (head, 4) == 0x18538067)
      return FALSE;
    at += 4 + n_size + size;
  }
  return FALSE;
}

static gboolean
is_cut_riff (const JzHelperJob *job)
{
  guint8 head[8];
  guint32 size;

  if (!jz_job_read (job, 0, head, sizeof head) || memcmp (head, "RIFF", 4) != 0)
    return FALSE;
  size = (guint32)head[4] | (guint32)head[5] << 8 | (guint32)head[6] << 16 | (guint32)head[7] << 24;
  return size != 0 && size != G_MAXUINT32 && (guint64)size + 8 > job->file_size + 1;
}

/* Telephones write more behind the end of a picture, so that the mark may stand anywhere. */
static gboolean
lacks_end (const JzHelperJob *job, const char *mark, gsize n)
{
  g_autofree char *piece = g_malloc (PIECE_SIZE);
  guint64 at = 0;

  /* Pieces overlap, so that a mark on the border of two is seen. */
  while (at + n <= job->file_size) {
    gsize size = (gsize)MIN (PIECE_SIZE, job->file_size - at);

    if (!jz_job_read (job, at, piece, size) || memmem (piece, size, mark, n) != NULL)
      return FALSE;
    at += size - (n - 1);
  }
  return TRUE;
}

/**
 * jz_sniff_is_cut:
 * @job: a file
 * @container: (nullable): its media type
 *
 * Returns: whether it surely ends before its end
 */
gboolean
jz_sniff_is_cut (const JzHelperJob *job, const char *container)
{
  if (container == NULL)
    return FALSE;
  if (strcmp (container, "video/quicktime") == 0 || strcmp (container, "application/x-3gp") == 0 ||
      strcmp (container, "audio/x-m4a") == 0 || strcmp (container, "image/heif") == 0 ||
      strcmp (container, "image/avif") == 0)
    return is_cut_boxes (job);
  if (g_str_has_suffix (container, "/x-matroska") || g_str_has_suffix (container, "/webm"))
    return is_cut_matroska (job);
  if (strcmp (container, "video/x-msvideo") == 0 || strcmp (container, "audio/x-wav") == 0)
    return is_cut_riff (job);
  if (strcmp (container, "image/jpeg") == 0)
    return lacks_end (job, "\xff\xd9", 2);
  if (strcmp (container, "image/png") == 0)
    return lacks_end (job, "IEND", 4);
  return FALSE;
}
