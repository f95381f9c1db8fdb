/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "helper/sniff.h"

/* Files of office programs are known by the names inside them; nothing of them is unpacked but the
 * one line in which OpenDocument says what it is. */

#define MAX_NAMES 20000
#define PIECE_SIZE (64 * 1024)
#define MAX_COMPOUND (64 * 1024 * 1024)

typedef struct {
  const JzHelperJob *job;
  guint64 at;
  guint8 piece[PIECE_SIZE];
} Reader;

typedef struct archive Archive;

static void
free_archive (Archive *archive)
{
  archive_read_free (archive);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Archive, free_archive)

static la_ssize_t
on_read (Archive *archive, void *data, const void **bytes)
{
  Reader *reader = data;
  gssize n;

  do
    n = pread (reader->job->file, reader->piece, PIECE_SIZE, (off_t)reader->at);
  while (n < 0 && errno == EINTR);
  if (n > 0)
    reader->at += (guint64)n;
  *bytes = reader->piece;
  return n;
}

static la_int64_t
on_seek (Archive *archive, void *data, la_int64_t offset, int whence)
{
  Reader *reader = data;
  gint64 base = whence == SEEK_SET   ? 0
                : whence == SEEK_CUR ? (gint64)reader->at
                                     : (gint64)reader->job->file_size;
  gint64 at = 0;

  if (__builtin_add_overflow (base, offset, &at) || at < 0 || at > (gint64)reader->job->file_size)
    return ARCHIVE_FATAL;
  reader->at = (guint64)at;
  return at;
}

static const struct {
  const char *start;
  const char *container;
} parts[] = {
  { "word/", "docx" },
  { "xl/", "xlsx" },
  { "ppt/", "pptx" },
  { "OFD.xml", "ofd" },
};

static const char *
judge_open_document (Archive *archive)
{
  char line[128] = { 0 };

  if (archive_read_data (archive, line, sizeof line - 1) <= 0)
    return NULL;
  if (g_str_has_prefix (line, "application/vnd.oasis.opendocument.text"))
    return "odt";
  if (g_str_has_prefix (line, "application/vnd.oasis.opendocument.spreadsheet"))
    return "ods";
  if (g_str_has_prefix (line, "application/vnd.oasis.opendocument.presentation"))
    return "odp";
  return NULL;
}

static void
take_name (Archive *archive, const char *name, JzSniff *sniff)
{
  if (strcmp (name, "mimetype") == 0) {
    const char *container = judge_open_document (archive);
    if (container != NULL)
      sniff->container = container;
  }
  if (g_str_has_suffix (name, "vbaProject.bin") || g_str_has_prefix (name, "Basic/"))
    sniff->has_macros = TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (g_str_has_prefix (name, parts[i].start))
      sniff->container = parts[i].container;
}

/**
 * jz_sniff_zip:
 * @job: a file that begins like a ZIP archive
 * @sniff: what it is
 */
void
jz_sniff_zip (const JzHelperJob *job, JzSniff *sniff)
{
  g_autoptr (Archive) archive = archive_read_new ();
  g_autofree Reader *reader = g_new0 (Reader, 1);
  struct archive_entry *entry = NULL;

  sniff->container = "application/zip";
  reader->job = job;
  archive_read_support_format_zip_seekable (archive);
  archive_read_set_seek_callback (archive, on_seek);
  if (archive_read_open2 (archive, reader, NULL, on_read, NULL, NULL) != ARCHIVE_OK)
    return;
  for (guint i = 0; i < MAX_NAMES; i++) {
    const char *name;
    int result = archive_read_next_header (archive, &entry);

    if (result != ARCHIVE_OK && result != ARCHIVE_WARN)
      break;
    name = archive_entry_pathname_utf8 (entry);
    if (name != NULL)
      take_name (archive, name, sniff);
  }
  if (strcmp (sniff->container, "application/zip") != 0)
    sniff->kind = JZ_FILE_OFFICE;
}

static gboolean
has_name (const char *bytes, gsize size, const char *name)
{
  g_autofree gunichar2 *wide = g_utf8_to_utf16 (name, -1, NULL, NULL, NULL);
  return memmem (bytes, size, wide, strlen (name) * 2 + 2) != NULL;
}

/**
 * jz_sniff_compound:
 * @job: a file that begins like the old files of Word, Excel, PowerPoint and WPS
 * @sniff: what it is
 *
 * Its directory may stand anywhere; its names are looked for in all of it.
 */
void
jz_sniff_compound (const JzHelperJob *job, JzSniff *sniff)
{
  gsize size = (gsize)MIN (job->file_size, MAX_COMPOUND);
  g_autofree char *bytes = g_malloc (size);

  sniff->container = "compound";
  if (!jz_job_read (job, 0, bytes, size))
    return;
  if (has_name (bytes, size, "WordDocument"))
    sniff->container = "doc";
  else if (has_name (bytes, size, "Workbook") || has_name (bytes, size, "Book"))
    sniff->container = "xls";
  else if (has_name (bytes, size, "PowerPoint Document"))
    sniff->container = "ppt";
  if (strcmp (sniff->container, "compound") != 0)
    sniff->kind = JZ_FILE_OFFICE;
  sniff->has_macros = has_name (bytes, size, "_VBA_PROJECT");
}
