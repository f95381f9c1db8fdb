/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <locale.h>
#include <openssl/evp.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>

#include "base/error.h"
#include "publish/check-private.h"
#include "store/error.h"

/* Reading a bundle that may come from anybody: only the three ways in which we pack, one after the
 * other, nothing written anywhere. What a header says of sizes is not believed; what comes out is
 * counted. A ZIP names its files twice, before each and at the end, and programs differ in which
 * they read: it is read in both ways, which must come to the same. */

#define BLOCK (256 * 1024)

typedef struct archive Archive;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Archive, archive_read_free)

typedef enum { VIEW_DIRECTORY, VIEW_STREAM, VIEW_GZIP, VIEW_ZSTD } View;

typedef struct {
  JzBag *bag;
  int fd;
  guint64 n_packed;
  const JzBundleCheck *check;
  GError **error;
} Reading;

static const char *const digests[JZ_BAG_N_SUMS] = {
  [JZ_BAG_MD5] = "MD5",       [JZ_BAG_SHA1] = "SHA1",     [JZ_BAG_SHA224] = "SHA224",
  [JZ_BAG_SHA256] = "SHA256", [JZ_BAG_SHA384] = "SHA384", [JZ_BAG_SHA512] = "SHA512",
};

/* Of one file: ours names it by one sum, a bag of another program by any. */
typedef struct {
  EVP_MD_CTX *sums[JZ_BAG_N_SUMS];
} Summing;

static void
summing_init (Summing *self, gboolean is_plain)
{
  *self = (Summing){ 0 };
  for (gsize i = 0; i < JZ_BAG_N_SUMS; i++) {
    if (!is_plain && i != JZ_BAG_SHA256)
      continue;
    self->sums[i] = EVP_MD_CTX_new ();
    /* A computer may be set up to know no weak ones; a list with them is then not to be checked. */
    if (!EVP_DigestInit_ex (self->sums[i], EVP_get_digestbyname (digests[i]), NULL))
      g_clear_pointer (&self->sums[i], EVP_MD_CTX_free);
  }
  g_assert (self->sums[JZ_BAG_SHA256] != NULL);
}

static void
summing_add (Summing *self, const void *data, gsize length)
{
  for (gsize i = 0; i < JZ_BAG_N_SUMS; i++)
    if (self->sums[i] != NULL && !EVP_DigestUpdate (self->sums[i], data, length))
      g_clear_pointer (&self->sums[i], EVP_MD_CTX_free);
}

static char *
dup_hex (const guint8 *bytes, guint length)
{
  GString *hex = g_string_new (NULL);

  for (guint i = 0; i < length; i++)
    g_string_append_printf (hex, "%02x", bytes[i]);
  return g_string_free (hex, FALSE);
}

static void
summing_finish (Summing *self, JzBagFile *file)
{
  for (gsize i = 0; i < JZ_BAG_N_SUMS; i++) {
    guint8 bytes[EVP_MAX_MD_SIZE];
    guint length = 0;
    gboolean is_done =
      self->sums[i] != NULL && EVP_DigestFinal_ex (self->sums[i], bytes, &length) == 1;
    file->sums[i] = dup_hex (bytes, is_done ? length : 0);
  }
}

static void
summing_clear (Summing *self)
{
  for (gsize i = 0; i < JZ_BAG_N_SUMS; i++)
    g_clear_pointer (&self->sums[i], EVP_MD_CTX_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Summing, summing_clear)

static void
file_free (gpointer data)
{
  JzBagFile *self = data;

  for (gsize i = 0; i < JZ_BAG_N_SUMS; i++)
    g_free (self->sums[i]);
  g_clear_pointer (&self->content, g_bytes_unref);
  g_free (self);
}

void
jz_bag_init (JzBag *self, JzBundleReport *report, gboolean is_plain)
{
  *self = (JzBag){ .report = report, .is_plain = is_plain };
  self->files = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, file_free);
  self->folders = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

void
jz_bag_clear (JzBag *self)
{
  g_clear_pointer (&self->top, g_free);
  g_clear_pointer (&self->files, g_hash_table_unref);
  g_clear_pointer (&self->folders, g_hash_table_unref);
  g_clear_pointer (&self->names, g_hash_table_unref);
}

/* Always FALSE. */
gboolean
jz_bag_fail (JzBag *self, JzPublishError kind, const char *place, const char *format, ...)
{
  JzBundleFault *fault;
  va_list values;

  if (self->report->faults->len >= JZ_BUNDLE_MAX_FAULTS) {
    self->report->is_cut = TRUE;
    return FALSE;
  }
  fault = g_new0 (JzBundleFault, 1);
  fault->kind = kind;
  fault->place = place != NULL ? jz_error_dup_printable (place, -1, JZ_BUNDLE_MAX_PATH) : NULL;
  va_start (values, format);
  fault->sentence = g_strdup_vprintf (format, values);
  va_end (values);
  g_ptr_array_add (self->report->faults, fault);
  return FALSE;
}

const JzBagFile *
jz_bag_find (const JzBag *self, const char *path)
{
  return g_hash_table_lookup (self->files, path);
}

/* (nullable): what a file says, with a NUL behind it. */
const char *
jz_bag_get_text (const JzBag *self, const char *path, gsize *length)
{
  const JzBagFile *file = jz_bag_find (self, path);
  gsize size = 0;
  const char *text =
    file != NULL && file->content != NULL ? g_bytes_get_data (file->content, &size) : NULL;

  if (text != NULL)
    *length = size - 1;
  return text;
}

static int
compare_texts (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

/* (transfer container): the paths in order. */
GPtrArray *
jz_bag_list (const JzBag *self)
{
  GPtrArray *paths = g_ptr_array_new ();
  GHashTableIter files;
  gpointer path;

  g_hash_table_iter_init (&files, self->files);
  while (g_hash_table_iter_next (&files, &path, NULL))
    g_ptr_array_add (paths, path);
  g_ptr_array_sort (paths, compare_texts);
  return paths;
}

/* What is to be read as text: all that says something of other files. */
static gboolean
is_kept (const char *path)
{
  return !g_str_has_prefix (path, "data/") || strcmp (path, "data/data.json") == 0;
}

static gboolean
count (Reading *self, const char *path, gsize n)
{
  JzBag *bag = self->bag;

  if (g_cancellable_set_error_if_cancelled (self->check->cancellable, self->error))
    return FALSE;
  bag->n_bytes += n;
  if (bag->n_bytes > JZ_BUNDLE_MAX_BYTES ||
      (bag->n_bytes > JZ_BUNDLE_RATIO_FLOOR && bag->n_bytes / JZ_BUNDLE_MAX_RATIO > self->n_packed))
    return jz_bag_fail (bag, JZ_PUBLISH_ERROR_TOO_LARGE, path,
                        _ ("Far more comes out than went in; it was not read on."));
  if (self->check->progress != NULL)
    self->check->progress (bag->n_bytes, 0, self->check->progress_data);
  return TRUE;
}

static gboolean
keep (Reading *self, const char *path, GByteArray *content, const void *data, gsize n)
{
  if (content->len + n > JZ_BUNDLE_MAX_TAG)
    return jz_bag_fail (self->bag, JZ_PUBLISH_ERROR_TOO_LARGE, path,
                        _ ("It is larger than such a file can be."));
  g_byte_array_append (content, data, (guint)n);
  return TRUE;
}

static gboolean
fail_cut (Reading *self, const char *path)
{
  return jz_bag_fail (self->bag, JZ_PUBLISH_ERROR_DAMAGED, path,
                      _ ("It is damaged or cut off here; get it once more."));
}

static gboolean
read_content (Reading *self, Archive *archive, const char *path, JzBagFile *file)
{
  g_auto (Summing) summing = { 0 };
  g_autoptr (GByteArray) content = is_kept (path) ? g_byte_array_new () : NULL;
  const void *block = NULL;
  size_t size = 0;
  la_int64_t offset = 0;
  int result;

  summing_init (&summing, self->bag->is_plain);
  while ((result = archive_read_data_block (archive, &block, &size, &offset)) == ARCHIVE_OK) {
    /* Holes would be filled by whoever unpacks it. */
    if (offset < 0 || (guint64)offset != file->size)
      return fail_cut (self, path);
    if (!count (self, path, size) || (content != NULL && !keep (self, path, content, block, size)))
      return FALSE;
    summing_add (&summing, block, size);
    file->size += size;
  }
  if (result != ARCHIVE_EOF)
    return fail_cut (self, path);
  summing_finish (&summing, file);
  if (content != NULL) {
    g_byte_array_append (content, (const guint8 *)"", 1);
    file->content = g_byte_array_free_to_bytes (g_steal_pointer (&content));
  }
  return TRUE;
}

static gboolean
check_kind (Reading *self, struct archive_entry *entry, const char *path)
{
  mode_t kind = archive_entry_filetype (entry);

  if (archive_entry_is_encrypted (entry))
    return jz_bag_fail (self->bag, JZ_PUBLISH_ERROR_HOSTILE, path,
                        _ ("It has a password; nobody can check it."));
  if (archive_entry_hardlink (entry) != NULL || archive_entry_symlink (entry) != NULL ||
      kind == AE_IFLNK)
    return jz_bag_fail (self->bag, JZ_PUBLISH_ERROR_HOSTILE, path,
                        _ ("It is a link, which leads elsewhere."));
  if (kind != AE_IFREG && kind != AE_IFDIR)
    return jz_bag_fail (self->bag, JZ_PUBLISH_ERROR_HOSTILE, path,
                        _ ("It is a device or a pipe, not a file."));
  if (archive_entry_sparse_count (entry) > 0)
    return jz_bag_fail (self->bag, JZ_PUBLISH_ERROR_HOSTILE, path,
                        _ ("It says that it has holes; it does not hold what it seems to."));
  return TRUE;
}

/* An entry of a ZIP without a size before it has it behind it. */
static gboolean
check_size (Reading *self, struct archive_entry *entry, const char *path, const JzBagFile *file)
{
  return !archive_entry_size_is_set (entry) ||
         (archive_entry_size (entry) >= 0 && (guint64)archive_entry_size (entry) == file->size) ||
         jz_bag_fail (self->bag, JZ_PUBLISH_ERROR_DAMAGED, path,
                      _ ("It has another size than it says."));
}

static gboolean
take_entry (Reading *self, Archive *archive, struct archive_entry *entry)
{
  const char *path = archive_entry_pathname_utf8 (entry);
  gboolean is_folder = archive_entry_filetype (entry) == AE_IFDIR;
  g_autofree char *inside = NULL;
  JzBagFile *file;

  if (self->bag->n_entries++ >= JZ_BUNDLE_MAX_ENTRIES)
    return jz_bag_fail (self->bag, JZ_PUBLISH_ERROR_TOO_LARGE, NULL,
                        _ ("It has more than %d files; it was not read on."),
                        JZ_BUNDLE_MAX_ENTRIES);
  if (path == NULL || !g_utf8_validate (path, -1, NULL))
    return jz_bag_fail (self->bag, JZ_PUBLISH_ERROR_HOSTILE, NULL,
                        _ ("The name of a file in it is no text."));
  if (!check_kind (self, entry, path) || !jz_bag_take_name (self->bag, path, is_folder, &inside))
    return FALSE;
  if (is_folder)
    return archive_entry_size (entry) == 0 ||
           jz_bag_fail (self->bag, JZ_PUBLISH_ERROR_HOSTILE, path,
                        _ ("It is a folder and has content."));
  file = g_new0 (JzBagFile, 1);
  g_hash_table_insert (self->bag->files, g_strdup (inside), file);
  return read_content (self, archive, inside, file) && check_size (self, entry, inside, file);
}

static int
set_formats (Archive *archive, View view)
{
  switch (view) {
  case VIEW_DIRECTORY:
    return archive_read_support_format_zip_seekable (archive);
  case VIEW_STREAM:
    return archive_read_support_format_zip_streamable (archive);
  case VIEW_GZIP:
    return MAX (archive_read_support_filter_gzip (archive),
                archive_read_support_format_tar (archive));
  case VIEW_ZSTD:
  default:
    return MAX (archive_read_support_filter_zstd (archive),
                archive_read_support_format_tar (archive));
  }
}

/* Packed once, not packed again and again. */
static gboolean
check_layers (Reading *self, Archive *archive, View view)
{
  int wanted = view == VIEW_GZIP || view == VIEW_ZSTD ? 2 : 1;

  return archive_filter_count (archive) == wanted ||
         jz_bag_fail (self->bag, JZ_PUBLISH_ERROR_HOSTILE, NULL,
                      _ ("It is packed several times, which a bundle never is."));
}

static gboolean
walk (Reading *self, Archive *archive, View view)
{
  struct archive_entry *entry = NULL;
  int result;

  while ((result = archive_read_next_header (archive, &entry)) == ARCHIVE_OK) {
    if (self->bag->n_entries == 0 && !check_layers (self, archive, view))
      return FALSE;
    if (!take_entry (self, archive, entry))
      return FALSE;
  }
  return result == ARCHIVE_EOF || fail_cut (self, NULL);
}

static gboolean
read_view (Reading *self, View view)
{
  g_autoptr (Archive) archive = archive_read_new ();

  if (lseek (self->fd, 0, SEEK_SET) != 0 || set_formats (archive, view) != ARCHIVE_OK)
    return fail_cut (self, NULL);
  if (view == VIEW_GZIP || view == VIEW_ZSTD)
    (void)archive_read_set_options (archive, "tar:read_concatenated_archives");
  if (archive_read_open_fd (archive, self->fd, BLOCK) != ARCHIVE_OK)
    return fail_cut (self, NULL);
  return walk (self, archive, view);
}

static gboolean
compare_views (JzBag *self, const JzBag *other)
{
  g_autoptr (GPtrArray) paths = jz_bag_list (self);

  for (guint i = 0; i < paths->len; i++) {
    const char *path = g_ptr_array_index (paths, i);
    const JzBagFile *found = jz_bag_find (other, path);
    if (found == NULL ||
        strcmp (found->sums[JZ_BAG_SHA256], jz_bag_find (self, path)->sums[JZ_BAG_SHA256]) != 0)
      return jz_bag_fail (self, JZ_PUBLISH_ERROR_HOSTILE, path,
                          _ ("Programs would unpack it differently: the directory of the ZIP does "
                             "not agree with what lies in it."));
  }
  return g_hash_table_size (self->files) == g_hash_table_size (other->files) ||
         jz_bag_fail (self, JZ_PUBLISH_ERROR_HOSTILE, NULL,
                      _ ("Programs would unpack it differently: there are files in the ZIP that "
                         "its directory does not name."));
}

static gboolean
read_zip (Reading *self)
{
  g_auto (JzBag) streamed = { 0 };
  Reading second = *self;

  if (!jz_bag_check_zip (self->bag, self->fd, self->n_packed) || !read_view (self, VIEW_DIRECTORY))
    return FALSE;
  jz_bag_init (&streamed, self->bag->report, FALSE);
  streamed.is_plain = self->bag->is_plain;
  second.bag = &streamed;
  return read_view (&second, VIEW_STREAM) && compare_views (self->bag, &streamed);
}

static gboolean
read_any (Reading *self)
{
  guint8 magic[4] = { 0 };
  gssize n = pread (self->fd, magic, sizeof magic, 0);

  if (n == 4 && memcmp (magic, "PK\003\004", 4) == 0)
    return read_zip (self);
  if (n == 4 && magic[0] == 0x1f && magic[1] == 0x8b)
    return read_view (self, VIEW_GZIP);
  if (n == 4 && memcmp (magic, "\x28\xb5\x2f\xfd", 4) == 0)
    return read_view (self, VIEW_ZSTD);
  return jz_bag_fail (self->bag, JZ_PUBLISH_ERROR_FORMAT, NULL,
                      _ ("This is no bundle: bundles are ZIP, tar.gz or tar.zst files."));
}

/**
 * jz_bag_read:
 * @self: gets what is there
 * @fd: an open regular file
 * @check: what is to be checked
 * @error: return location
 *
 * Returns: whether it could be read to its end; where it could not, the report says why, or @error
 *   that it was cancelled
 */
gboolean
jz_bag_read (JzBag *self, int fd, const JzBundleCheck *check, GError **error)
{
  GError *local = NULL;
  Reading reading = { .bag = self, .fd = fd, .check = check, .error = &local };
  struct stat status;
  locale_t utf8;
  locale_t before;
  gboolean is_done;

  if (fstat (fd, &status) != 0) {
    jz_store_error_set_from_errno (error, errno, check->path);
    return FALSE;
  }
  reading.n_packed = (guint64)status.st_size;
  /* The library reads names through the locale, and the user's may be one without Chinese. */
  utf8 = newlocale (LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
  before = utf8 != (locale_t)0 ? uselocale (utf8) : (locale_t)0;
  is_done = read_any (&reading);
  if (utf8 != (locale_t)0) {
    uselocale (before);
    freelocale (utf8);
  }
  if (local != NULL)
    g_propagate_error (error, local);
  return is_done && local == NULL;
}
