/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "helper/sniff.h"

#include <gst/base/gsttypefindhelper.h>
#include <gst/gst.h>
#include <string.h>

#define HEAD_SIZE 1024

/* A name that ends so has one of these contents; nothing is said of other endings. */
static const struct {
  const char *endings;
  const char *containers;
} endings[] = {
  { "jpg jpeg jpe jfif", "image/jpeg" },
  { "png", "image/png" },
  { "gif", "image/gif" },
  { "bmp", "image/bmp" },
  { "tif tiff", "image/tiff" },
  { "webp", "image/webp" },
  { "heic heif hif", "image/heif image/heic" },
  { "avif", "image/avif image/heif" },
  { "mp4 m4v mov 3gp 3g2 m4a", "video/quicktime application/x-3gp audio/x-m4a" },
  { "mkv mka webm", "video/x-matroska audio/x-matroska video/webm audio/webm" },
  { "avi", "video/x-msvideo" },
  { "wmv asf wma", "video/x-ms-asf" },
  { "flv", "video/x-flv" },
  { "mpg mpeg vob dat", "video/mpeg video/mpegts video/x-cdxa" },
  { "ts mts m2ts", "video/mpegts" },
  { "mp3", "audio/mpeg application/x-id3 application/x-apetag" },
  { "wav", "audio/x-wav" },
  { "amr", "audio/x-amr-nb-sh audio/x-amr-wb-sh" },
  { "aac", "audio/mpeg application/x-id3" },
  { "flac", "audio/x-flac application/x-id3" },
  { "ogg oga ogv opus", "application/ogg audio/ogg video/ogg" },
  { "pdf", "application/pdf" },
  { "docx docm", "docx" },
  { "xlsx xlsm", "xlsx" },
  { "pptx pptm", "pptx" },
  { "doc", "doc rtf docx" },
  { "xls", "xls xlsx" },
  { "ppt", "ppt pptx" },
  { "wps", "doc docx compound" },
  { "rtf", "rtf" },
  { "odt ods odp", "odt ods odp" },
  { "ofd", "ofd" },
};

static gboolean
has_word (const char *words, const char *word)
{
  g_auto (GStrv) all = g_strsplit (words, " ", -1);
  return g_strv_contains ((const char *const *)all, word);
}

/**
 * jz_sniff_fits:
 * @ending: of a file's name, in lower case
 * @sniff: its content
 *
 * Returns: whether they fit
 */
gboolean
jz_sniff_fits (const char *ending, const JzSniff *sniff)
{
  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    if (has_word (endings[i].endings, ending))
      return sniff->container != NULL && has_word (endings[i].containers, sniff->container);
  return TRUE;
}

static GstFlowReturn
read_range (GstObject *object, GstObject *parent, guint64 offset, guint length, GstBuffer **buffer)
{
  const JzHelperJob *job = g_object_get_data (G_OBJECT (object), "jz-job");
  g_autofree guint8 *data = NULL;

  if (offset >= job->file_size)
    return GST_FLOW_EOS;
  length = (guint)MIN (length, job->file_size - offset);
  data = g_malloc (length);
  if (!jz_job_read (job, offset, data, length))
    return GST_FLOW_ERROR;
  *buffer = gst_buffer_new_wrapped (g_steal_pointer (&data), length);
  return GST_FLOW_OK;
}

/* GStreamer knows more beginnings of files than anybody. */
static void
sniff_media (const JzHelperJob *job, JzSniff *sniff)
{
  g_autoptr (GstObject) object = GST_OBJECT (gst_object_ref_sink (gst_bin_new (NULL)));
  g_autoptr (GstCaps) caps = NULL;
  GstTypeFindProbability probability = GST_TYPE_FIND_NONE;
  GstStructure *structure;
  int side = 0;

  g_object_set_data (G_OBJECT (object), "jz-job", (gpointer)job);
  if (gst_type_find_helper_get_range_full (object, NULL, read_range, job->file_size, NULL, &caps,
                                           &probability) != GST_FLOW_OK ||
      caps == NULL || gst_caps_is_any (caps) || gst_caps_is_empty (caps))
    return;
  structure = gst_caps_get_structure (caps, 0);
  sniff->container = g_intern_string (gst_structure_get_name (structure));
  sniff->is_sure = probability >= GST_TYPE_FIND_LIKELY;
  if (gst_structure_get_int (structure, "width", &side) && side > 0)
    sniff->width = (guint)side;
  if (gst_structure_get_int (structure, "height", &side) && side > 0)
    sniff->height = (guint)side;
}

static JzFileKind
judge (const char *container)
{
  if (container == NULL || strcmp (container, "image/svg+xml") == 0 ||
      strcmp (container, "audio/midi") == 0)
    return JZ_FILE_OTHER;
  if (g_str_has_prefix (container, "image/"))
    return JZ_FILE_PHOTO;
  if (g_str_has_prefix (container, "audio/") || strcmp (container, "application/x-id3") == 0 ||
      strcmp (container, "application/x-apetag") == 0)
    return JZ_FILE_AUDIO;
  if (g_str_has_prefix (container, "video/") || strcmp (container, "application/ogg") == 0 ||
      strcmp (container, "application/x-3gp") == 0 || strcmp (container, "application/mxf") == 0 ||
      strcmp (container, "application/vnd.rn-realmedia") == 0)
    return JZ_FILE_VIDEO;
  return JZ_FILE_OTHER;
}

static guint32
get_32 (const guint8 *bytes)
{
  return (guint32)bytes[0] << 24 | (guint32)bytes[1] << 16 | (guint32)bytes[2] << 8 | bytes[3];
}

#define PNG_GREY 0

/* PNG says its size at once, and is not read any further for it. */
static void
sniff_png_size (const guint8 *head, JzSniff *sniff)
{
  if (g_strcmp0 (sniff->container, "image/png") == 0) {
    sniff->width = get_32 (head + 16) & G_MAXINT;
    sniff->height = get_32 (head + 20) & G_MAXINT;
    sniff->is_deep = head[24] == 16 && head[25] != PNG_GREY;
  }
}

/* JPEG says it in its first frame header. */
static void
sniff_jpeg_size (const JzHelperJob *job, JzSniff *sniff)
{
  guint64 at = 2;
  guint8 segment[9];

  if (g_strcmp0 (sniff->container, "image/jpeg") != 0)
    return;
  for (guint i = 0; i < 1000 && jz_job_read (job, at, segment, sizeof segment); i++) {
    guint8 marker = segment[1];

    if (segment[0] != 0xff || marker == 0xda)
      return;
    if (marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc) {
      sniff->height = (guint)segment[5] << 8 | segment[6];
      sniff->width = (guint)segment[7] << 8 | segment[8];
      return;
    }
    at += marker == 0xff ? 1 : 2u + ((guint)segment[2] << 8 | segment[3]);
  }
}

static gboolean
begins_with (const guint8 *head, const char *bytes, gsize n)
{
  return memcmp (head, bytes, n) == 0;
}

/* Pictures of newer telephones stand in the boxes of a film; GStreamer takes them for one that is
 * damaged. */
static const char *
judge_still (const guint8 *head)
{
  static const char *const heif[] = { "heic", "heix", "heim", "heis", "hevc", "mif1", "msf1" };

  if (!begins_with (head + 4, "ftyp", 4))
    return NULL;
  for (guint i = 0; i < G_N_ELEMENTS (heif); i++)
    if (begins_with (head + 8, heif[i], 4))
      return "image/heif";
  return begins_with (head + 8, "avif", 4) || begins_with (head + 8, "avis", 4) ? "image/avif"
                                                                                : NULL;
}

/* What is opened by none of GStreamer's; says whether it is one of these. */
static gboolean
sniff_document (const JzHelperJob *job, const guint8 *head, JzSniff *sniff)
{
  sniff->is_sure = TRUE;
  if (begins_with (head, "PK\003\004", 4) || begins_with (head, "PK\005\006", 4))
    jz_sniff_zip (job, sniff);
  else if (begins_with (head, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 8))
    jz_sniff_compound (job, sniff);
  else if (begins_with (head, "{\\rtf", 5)) {
    sniff->kind = JZ_FILE_OFFICE;
    sniff->container = "rtf";
  } else if (memmem (head, HEAD_SIZE, "%PDF-", 5) != NULL) {
    sniff->kind = JZ_FILE_PDF;
    sniff->container = "application/pdf";
  } else if (begins_with (head, "MZ", 2) || begins_with (head, "\177ELF", 4)) {
    sniff->container = "application/x-executable";
  } else if (judge_still (head) != NULL) {
    sniff->kind = JZ_FILE_PHOTO;
    sniff->container = judge_still (head);
    sniff->is_heif = TRUE;
    sniff->is_cut = jz_sniff_is_cut (job, sniff->container);
  } else {
    sniff->is_sure = FALSE;
    return FALSE;
  }
  return TRUE;
}

/**
 * jz_sniff:
 * @job: a file
 * @sniff: (out caller-allocates): what it is
 *
 * Looks at its first bytes, and at the list of names of an archive. The name of the file counts for
 * nothing.
 */
void
jz_sniff (const JzHelperJob *job, JzSniff *sniff)
{
  guint8 head[HEAD_SIZE] = { 0 };

  memset (sniff, 0, sizeof *sniff);
  sniff->kind = JZ_FILE_OTHER;
  if (!jz_job_read (job, 0, head, MIN (HEAD_SIZE, job->file_size)))
    return;
  if (sniff_document (job, head, sniff))
    return;
  sniff_media (job, sniff);
  sniff->kind = judge (sniff->container);
  sniff_png_size (head, sniff);
  sniff_jpeg_size (job, sniff);
  sniff->is_cut = jz_sniff_is_cut (job, sniff->container);
}
