/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <locale.h>
#include <string.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>

#include "publish/bundle.h"
#include "publish/error.h"
#include "publish/output-private.h"

/* A bundle as one file. Everything in it is streamed from the objects of the store and hashed on
 * its way, so that a damaged store gives no bundle; the same bundle under the same name has the
 * same bytes (design §10). */

#define PIECE (1024 * 1024)
/* More than any header, name and directory entry of a file. */
#define OVERHEAD 4096

typedef struct archive Archive;
typedef struct archive_entry ArchiveEntry;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Archive, archive_write_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ArchiveEntry, archive_entry_free)

typedef struct {
  const JzBundle *bundle;
  JzObjects *objects;
  JzBundleFormat format;
  char *top;
  JzOutput output;
  JzZipClock clock;
  GHashTable *folders; /* those that were written */
  gboolean is_over;    /* nothing more is to be written */
  guint8 *piece;
  guint64 n_done;
  guint64 n_all;
  JzProgress progress;
  gpointer progress_data;
  GCancellable *cancellable;
} Writing;

static void
writing_clear (Writing *self)
{
  g_free (self->top);
  g_free (self->piece);
  jz_output_clear (&self->output);
  jz_zip_clock_clear (&self->clock);
  g_clear_pointer (&self->folders, g_hash_table_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Writing, writing_clear)

static const struct {
  const char *word;
  const char *ending;
  JzBundleFormat format;
} formats[] = {
  { "zip", ".zip", JZ_BUNDLE_ZIP },
  { "tar.gz", ".tar.gz", JZ_BUNDLE_TAR_GZIP },
  { "tar.gz", ".tgz", JZ_BUNDLE_TAR_GZIP },
  { "tar.zst", ".tar.zst", JZ_BUNDLE_TAR_ZSTD },
};

/**
 * jz_bundle_format_find:
 * @word: `zip`, `tar.gz` or `tar.zst`
 * @format: (out): what it means
 *
 * Returns: whether it means one
 */
gboolean
jz_bundle_format_find (const char *word, JzBundleFormat *format)
{
  for (gsize i = 0; i < G_N_ELEMENTS (formats); i++)
    if (strcmp (formats[i].word, word) == 0) {
      *format = formats[i].format;
      return TRUE;
    }
  return FALSE;
}

/**
 * jz_bundle_format_guess:
 * @path: name of a file
 * @format: (out): what its ending means
 *
 * Returns: whether it ends like a bundle
 */
gboolean
jz_bundle_format_guess (const char *path, JzBundleFormat *format)
{
  for (gsize i = 0; i < G_N_ELEMENTS (formats); i++)
    if (g_str_has_suffix (path, formats[i].ending)) {
      *format = formats[i].format;
      return TRUE;
    }
  return FALSE;
}

/**
 * jz_bundle_dup_top:
 * @self: a bundle
 * @path: where it is written
 *
 * Returns: (transfer full): the name of its top folder: that of the file without its ending, marked
 *   where nothing in it is real
 */
char *
jz_bundle_dup_top (const JzBundle *self, const char *path)
{
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *top = g_filename_display_name (name);

  for (gsize i = 0; i < G_N_ELEMENTS (formats); i++)
    if (g_str_has_suffix (top, formats[i].ending) && strlen (top) > strlen (formats[i].ending)) {
      top[strlen (top) - strlen (formats[i].ending)] = '\0';
      break;
    }
  if (self->is_demo && strstr (top, JZ_BUNDLE_DEMO_MARK) == NULL)
    return g_strconcat (JZ_BUNDLE_DEMO_MARK "-", top, NULL);
  return g_steal_pointer (&top);
}

static gboolean
fail_packing (Writing *self, Archive *archive, GError **error)
{
  if (self->output.failure == 0)
    self->output.failure = archive_errno (archive) > 0 ? archive_errno (archive) : EIO;
  return jz_output_fail (&self->output, error);
}

static la_ssize_t
on_write (struct archive *archive, void *data, const void *buffer, size_t length)
{
  Writing *self = data;
  gboolean is_done =
    !self->is_over && (self->format == JZ_BUNDLE_ZIP
                         ? jz_zip_clock_write (&self->clock, &self->output, buffer, length)
                         : jz_output_write (&self->output, buffer, length));

  if (is_done)
    return (la_ssize_t)length;
  archive_set_error (archive, self->output.failure != 0 ? self->output.failure : EIO, "write");
  return -1;
}

static Archive *
open_archive (Writing *self)
{
  g_autoptr (Archive) archive = archive_write_new ();
  int result = ARCHIVE_OK;

  switch (self->format) {
  case JZ_BUNDLE_ZIP:
    result = archive_write_set_format_zip (archive);
    /* What weighs is compressed already. */
    if (result == ARCHIVE_OK)
      result = archive_write_set_options (archive, "zip:compression=store,zip:hdrcharset=UTF-8");
    break;
  case JZ_BUNDLE_TAR_GZIP:
    result = archive_write_set_format_pax_restricted (archive);
    if (result == ARCHIVE_OK)
      result = archive_write_add_filter_gzip (archive);
    if (result == ARCHIVE_OK)
      result = archive_write_set_options (archive, "gzip:!timestamp,gzip:compression-level=6");
    break;
  case JZ_BUNDLE_TAR_ZSTD:
  default:
    result = archive_write_set_format_pax_restricted (archive);
    if (result == ARCHIVE_OK)
      result = archive_write_add_filter_zstd (archive);
    if (result == ARCHIVE_OK)
      result = archive_write_set_options (archive, "zstd:compression-level=3");
    break;
  }
  /* Each piece as it comes: the clock of a ZIP must see where a header begins. */
  if (result == ARCHIVE_OK)
    result = archive_write_set_bytes_per_block (archive, 0);
  if (result == ARCHIVE_OK)
    result = archive_write_open (archive, self, NULL, on_write, NULL);
  return result == ARCHIVE_OK ? g_steal_pointer (&archive) : NULL;
}

static gboolean
write_header (Writing *self, Archive *archive, const char *path, const JzBundleFile *file)
{
  g_autoptr (ArchiveEntry) entry = archive_entry_new ();
  g_autofree char *full = g_strconcat (self->top, "/", path, NULL);

  archive_entry_set_pathname_utf8 (entry, full);
  archive_entry_set_filetype (entry, file != NULL ? AE_IFREG : AE_IFDIR);
  archive_entry_set_perm (entry, file != NULL ? 0644 : 0755);
  archive_entry_set_size (entry, file != NULL ? (la_int64_t)file->size : 0);
  archive_entry_set_mtime (entry, (time_t)(self->bundle->time / 1000), 0);
  archive_entry_set_uid (entry, 0);
  archive_entry_set_gid (entry, 0);
  self->clock.is_header = self->format == JZ_BUNDLE_ZIP;
  return archive_write_header (archive, entry) == ARCHIVE_OK && !self->clock.is_header;
}

static gboolean
write_folders (Writing *self, Archive *archive, const char *path)
{
  for (const char *at = path;; at++) {
    g_autofree char *folder = NULL;
    at = strchr (at, '/');
    if (at == NULL)
      return TRUE;
    folder = g_strndup (path, (gsize)(at - path) + 1);
    if (g_hash_table_contains (self->folders, folder))
      continue;
    if (!write_header (self, archive, folder, NULL))
      return FALSE;
    g_hash_table_add (self->folders, g_steal_pointer (&folder));
  }
}

static gboolean
fail_damaged (const JzBundleFile *file, GError **error)
{
  g_set_error (error, JZ_PUBLISH_ERROR, JZ_PUBLISH_ERROR_DAMAGED,
               _ ("The store does not hold %s of the bundle as it was; no bundle was written. "
                  "Verify the store, and restore what is damaged from the backup."),
               file->path);
  return FALSE;
}

static void
tell (Writing *self, gsize n)
{
  self->n_done += n;
  if (self->progress != NULL)
    self->progress (self->n_done, self->n_all, self->progress_data);
}

static gssize
read_piece (int fd, void *piece)
{
  gssize n;

  do
    n = read (fd, piece, PIECE);
  while (n < 0 && errno == EINTR);
  return n;
}

static gboolean
write_content (Writing *self, Archive *archive, const JzBundleFile *file, int fd, GError **error)
{
  g_autoptr (JzHasher) hasher = jz_hasher_new ();
  guint64 left = file->size;
  JzHash hash;

  for (;;) {
    gssize n = read_piece (fd, self->piece);
    if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
      return FALSE;
    if (n == 0)
      break;
    if (n < 0 || (guint64)n > left)
      return fail_damaged (file, error);
    left -= (guint64)n;
    jz_hasher_update (hasher, self->piece, (gsize)n);
    if (archive_write_data (archive, self->piece, (size_t)n) != n)
      return fail_packing (self, archive, error);
    tell (self, (gsize)n);
  }
  jz_hasher_finish (hasher, &hash);
  return (left == 0 && jz_hash_equal (&hash, &file->hash)) || fail_damaged (file, error);
}

static gboolean
write_file (Writing *self, Archive *archive, const JzBundleFile *file, GError **error)
{
  int fd;
  gboolean is_done;

  if (!write_folders (self, archive, file->path) || !write_header (self, archive, file->path, file))
    return fail_packing (self, archive, error);
  fd = jz_objects_open_fd (self->objects, &file->hash, NULL);
  if (fd < 0)
    return fail_damaged (file, error);
  is_done = write_content (self, archive, file, fd, error);
  (void)close (fd); /* it was only read */
  return is_done;
}

static gboolean
write_all (Writing *self, GError **error)
{
  g_autoptr (Archive) archive = open_archive (self);

  if (archive == NULL)
    return jz_output_fail (&self->output, error);
  if (!write_header (self, archive, "", NULL))
    return fail_packing (self, archive, error);
  for (guint i = 0; i < self->bundle->files->len; i++)
    if (!write_file (self, archive, g_ptr_array_index (self->bundle->files, i), error)) {
      /* What the library still writes while it is freed is not wanted any more. */
      self->is_over = TRUE;
      return FALSE;
    }
  if (self->format == JZ_BUNDLE_ZIP) {
    /* The library finishes the last entry when the directory is due. */
    if (archive_write_finish_entry (archive) != ARCHIVE_OK)
      return fail_packing (self, archive, error);
    self->clock.end = g_byte_array_new ();
  }
  if (archive_write_close (archive) != ARCHIVE_OK ||
      (self->format == JZ_BUNDLE_ZIP && !jz_zip_clock_finish (&self->clock, &self->output)))
    return fail_packing (self, archive, error);
  return TRUE;
}

/* The library writes names through the locale, and the user's may be one without Chinese. */
static gboolean
write_in_utf8 (Writing *self, GError **error)
{
  locale_t utf8 = newlocale (LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
  locale_t before = utf8 != (locale_t)0 ? uselocale (utf8) : (locale_t)0;
  gboolean is_done = write_all (self, error);

  if (utf8 != (locale_t)0) {
    uselocale (before);
    freelocale (utf8);
  }
  return is_done;
}

/**
 * jz_bundle_write:
 * @self: a bundle that is sorted
 * @objects: what it names
 * @path: where it goes; what is there is replaced, but only by a whole bundle
 * @format: how it is packed
 * @progress: (nullable): told of bytes done
 * @progress_data: for @progress
 * @cancellable: (nullable): to stop
 * @error: return location
 *
 * Writes a bundle. Room is asked for before. Fails with %JZ_PUBLISH_ERROR_WRITE,
 * %JZ_PUBLISH_ERROR_DAMAGED where the store is damaged, or %G_IO_ERROR_CANCELLED; then @path is as
 * it was (P-42).
 *
 * Returns: whether it is on disk
 */
gboolean
jz_bundle_write (const JzBundle *self,
                 JzObjects *objects,
                 const char *path,
                 JzBundleFormat format,
                 JzProgress progress,
                 gpointer progress_data,
                 GCancellable *cancellable,
                 GError **error)
{
  g_auto (Writing) writing = {
    .bundle = self,
    .objects = objects,
    .format = format,
    .top = jz_bundle_dup_top (self, path),
    .output = { .fd = -1 },
    .folders = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL),
    .piece = g_malloc (PIECE),
    .n_all = jz_bundle_get_size (self, FALSE, NULL),
    .progress = progress,
    .progress_data = progress_data,
    .cancellable = cancellable,
  };

  jz_zip_clock_init (&writing.clock, self->time / 1000);
  return jz_output_open (&writing.output, path,
                         writing.n_all + (guint64)OVERHEAD * (self->files->len + 8), error) &&
         write_in_utf8 (&writing, error) && jz_output_finish (&writing.output, error);
}
