/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "publish/dossier_export.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "office/dossier_use.h"
#include "office/file_access.h"
#include "pages/dossier.h"
#include "publish/error.h"
#include "store/files.h"

/* A dossier for somebody outside, or for the archive. Until it is whole and on disk it has another
 * name, so nothing half is ever taken for it. */

#define PIECE (1024 * 1024)
#define MAX_PDF (512 * 1024 * 1024)

/* A file of what is written. */
typedef struct {
  char *name;    /* (nullable): in the folder; %NULL where it is the only one */
  GBytes *bytes; /* (nullable): what is in it, ... */
  JzHash hash;   /* ... or of which object it is a copy */
  guint64 size;
} File;

static void
file_free (gpointer data)
{
  File *self = data;
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_free (self->name);
  g_free (self);
}

typedef struct {
  const JzDossierExport *what;
  JzObjects *objects;
  GPtrArray *files; /* (element-type File) */
  gboolean is_folder;
  char *part; /* its name until it is whole */
  guint64 done;
  guint64 total;
} Export;

static gboolean
fail (const Export *self, int failure, GError **error)
{
  g_autofree char *shown = g_filename_display_name (self->what->path);
  if (failure == ENOSPC || failure == EDQUOT || failure == EFBIG)
    g_set_error (error, JZ_PUBLISH_ERROR, JZ_PUBLISH_ERROR_WRITE,
                 _ ("There was not enough room on the disk for %s; nothing was left of it. Make "
                    "room, or choose another disk."),
                 shown);
  else if (failure == EEXIST || failure == ENOTEMPTY)
    g_set_error (error, JZ_PUBLISH_ERROR, JZ_PUBLISH_ERROR_WRITE,
                 _ ("There is something of the name %s already. Choose another name."), shown);
  else
    g_set_error (error, JZ_PUBLISH_ERROR, JZ_PUBLISH_ERROR_WRITE,
                 _ ("%1$s could not be written (%2$s). Choose another folder."), shown,
                 g_strerror (failure));
  return FALSE;
}

static gboolean
write_piece (const Export *self, int fd, const char *data, gsize length, GError **error)
{
  while (length > 0) {
    gssize n = write (fd, data, length);
    if (n < 0 && errno == EINTR)
      continue;
    if (n <= 0)
      return fail (self, n < 0 ? errno : EIO, error);
    data += n;
    length -= (gsize)n;
  }
  return TRUE;
}

static gboolean
take_step (Export *self, gsize length, GError **error)
{
  self->done += length;
  if (self->what->progress != NULL)
    self->what->progress (self->done, self->total, self->what->progress_data);
  return !g_cancellable_set_error_if_cancelled (self->what->cancellable, error);
}

static gboolean
write_bytes (Export *self, int fd, GBytes *bytes, GError **error)
{
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);
  for (gsize at = 0; at < size; at += PIECE) {
    gsize length = MIN (size - at, PIECE);
    if (!write_piece (self, fd, data + at, length, error) || !take_step (self, length, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
copy_object (Export *self, int fd, const JzHash *hash, GError **error)
{
  g_autofree char *buffer = g_malloc (PIECE);
  int from = jz_objects_open_fd (self->objects, hash, error);
  gboolean is_done = from >= 0;
  while (is_done) {
    gssize n = read (from, buffer, PIECE);
    if (n < 0 && errno == EINTR)
      continue;
    if (n == 0)
      break;
    is_done =
      n > 0 ? write_piece (self, fd, buffer, (gsize)n, error) && take_step (self, (gsize)n, error)
            : fail (self, errno, error);
  }
  if (from >= 0)
    (void)close (from); /* only read */
  return is_done;
}

static gboolean
write_file (Export *self, const File *file, GError **error)
{
  g_autofree char *path =
    self->is_folder ? g_build_filename (self->part, file->name, NULL) : g_strdup (self->part);
  int fd = open (path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0644);
  gboolean is_done;
  if (fd < 0)
    return fail (self, errno, error);
  is_done = file->bytes != NULL ? write_bytes (self, fd, file->bytes, error)
                                : copy_object (self, fd, &file->hash, error);
  if (is_done && fsync (fd) != 0)
    is_done = fail (self, errno, error);
  (void)close (fd); /* what matters was settled by fsync */
  return is_done;
}

/* What is left of an export that did not come to its end, of this one or of an earlier one. */
static void
remove_part (const Export *self)
{
  g_autoptr (GDir) folder = g_dir_open (self->part, 0, NULL);
  const char *name;
  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL) {
    g_autofree char *path = g_build_filename (self->part, name, NULL);
    (void)g_unlink (path); /* what stays is found when the name is taken */
  }
  (void)g_remove (self->part);
}

static gboolean
give_name (Export *self, GError **error)
{
  g_autofree char *parent = g_path_get_dirname (self->what->path);
  if (self->is_folder && !jz_folder_sync (self->part, error))
    return FALSE;
  if (rename (self->part, self->what->path) != 0)
    return fail (self, errno, error);
  return jz_folder_sync (parent, error);
}

static gboolean
write_all (Export *self, GError **error)
{
  gboolean is_done = TRUE;
  if (self->is_folder && g_file_test (self->what->path, G_FILE_TEST_EXISTS))
    return fail (self, EEXIST, error);
  remove_part (self);
  if (self->is_folder && g_mkdir (self->part, 0755) != 0)
    return fail (self, errno, error);
  for (guint i = 0; i < self->files->len && is_done; i++)
    is_done = write_file (self, g_ptr_array_index (self->files, i), error);
  is_done = is_done && give_name (self, error);
  if (!is_done)
    remove_part (self);
  return is_done;
}

static void
add_file (Export *self, char *name, GBytes *bytes, const JzHash *hash, guint64 size)
{
  File *file = g_new0 (File, 1);
  file->name = name;
  file->bytes = bytes;
  if (hash != NULL)
    file->hash = *hash;
  file->size = size;
  self->total += size;
  g_ptr_array_add (self->files, file);
}

/* Named as the index names it: what a file is called may tell of others. */
static char *
dup_file_name (const char *name, guint position)
{
  const char *ending = strrchr (name, '.');
  gboolean is_plain = ending != NULL && strlen (ending) <= 6;
  for (const char *at = ending != NULL ? ending + 1 : ""; *at != '\0'; at++)
    is_plain = is_plain && g_ascii_isalnum (*at);
  /* Translators: name of a file; %1$u is its number, %2$s its ending */
  return g_strdup_printf (C_ ("file name", "enclosed-%1$u%2$s"), position, is_plain ? ending : "");
}

/* What became secret since it was shown is not taken out once more. */
static gboolean
check_file (const Export *self, const JzStated *stated, const char *id, GError **error)
{
  const JzFileAccess access = { NULL, stated, NULL, jz_instant_get_date (self->what->now) };
  g_autoptr (JzRefusal) refusal = NULL;
  jz_file_access_check_export (&access, id, "party", &refusal);
  if (refusal != NULL)
    g_set_error_literal (error, JZ_PUBLISH_ERROR, JZ_PUBLISH_ERROR_EXPOSED,
                         jz_refusal_get_sentence (refusal));
  return refusal == NULL;
}

static gboolean
add_attachment (Export *self, JzConnection *reader, const char *id, guint position, GError **error)
{
  g_autoptr (JzStatement) row = jz_connection_query (
    reader, error, "SELECT name, object, size FROM attachment WHERE id = ?", "t", id);
  gboolean has_row = FALSE;
  JzHash hash;
  if (row == NULL || !jz_statement_step (row, &has_row, error))
    return FALSE;
  if (has_row && jz_statement_get_hash (row, 1, &hash))
    add_file (self, dup_file_name (jz_statement_get_text (row, 0), position), NULL, &hash,
              (guint64)jz_statement_get_integer (row, 2));
  return TRUE;
}

static const JzStatedRecord *
find_given (const JzStated *stated, const char *id)
{
  const GPtrArray *records = jz_stated_get_records (stated);
  for (guint i = 0; i < records->len; i++) {
    const JzStatedRecord *record = g_ptr_array_index (records, i);
    if (strcmp (record->id, id) == 0 &&
        (strcmp (record->list, JZ_LIST_GIVEN) == 0 || strcmp (record->list, JZ_LIST_SHOWN) == 0))
      return record;
  }
  return NULL;
}

static gboolean
add_given (Export *self, JzConnection *reader, GError **error)
{
  g_autoptr (JzStated) stated = jz_stated_load (reader, self->what->case_id, G_MAXINT64, error);
  const JzStatedRecord *record = stated != NULL ? find_given (stated, self->what->given) : NULL;
  const JzJson *pdf = record != NULL ? jz_stated_record_get (record, "pdf") : NULL;
  JzObject object;
  if (stated == NULL)
    return FALSE;
  if (pdf == NULL || !jz_object_from_json (pdf, &object)) {
    g_set_error (error, JZ_PUBLISH_ERROR, JZ_PUBLISH_ERROR_MISSING,
                 _ ("Nothing of the dossier was given out under %s."), self->what->given);
    return FALSE;
  }
  self->is_folder = strcmp (record->list, JZ_LIST_SHOWN) == 0;
  GBytes *bytes = jz_objects_get_bytes (self->objects, &object.hash, MAX_PDF, error);
  if (bytes == NULL)
    return FALSE;
  add_file (self, g_strconcat (C_ ("file name", "dossier"), ".pdf", NULL), bytes, NULL,
            object.size);
  const JzJson *files = jz_stated_record_get (record, "files");
  for (guint i = 0; files != NULL && i < jz_json_get_n_items (files); i++) {
    const char *id = jz_json_get_text (jz_json_get_item (files, i));
    if (!check_file (self, stated, id, error) || !add_attachment (self, reader, id, i + 1, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
add_drawn (Export *self, JzConnection *reader, GError **error)
{
  GBytes *pdf = jz_pages_write_dossier (reader, self->objects, self->what->case_id, self->what->now,
                                        self->what->parts, NULL, error);
  if (pdf == NULL)
    return FALSE;
  add_file (self, NULL, pdf, NULL, g_bytes_get_size (pdf));
  return take_step (self, 0, error);
}

/**
 * jz_dossier_export:
 * @self: what is written, and where
 * @reader: a store's database
 * @objects: the store's
 * @error: return location
 *
 * Writes a dossier, or again what was given out of it (ux.md §4). Blocks; for a worker thread.
 * Nothing stands under its name until it is whole.
 *
 * Returns: %FALSE with %JZ_PUBLISH_ERROR_WRITE where there is no room or it cannot be written,
 *   %JZ_PUBLISH_ERROR_MISSING where nothing was given out under that id, %JZ_PUBLISH_ERROR_EXPOSED
 *   where a file of it became secret since, or %G_IO_ERROR_CANCELLED
 */
gboolean
jz_dossier_export (const JzDossierExport *self,
                   JzConnection *reader,
                   JzObjects *objects,
                   GError **error)
{
  g_return_val_if_fail (self != NULL && self->case_id != NULL && self->path != NULL, FALSE);

  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (file_free);
  g_autofree char *parent = g_path_get_dirname (self->path);
  g_autofree char *name = g_path_get_basename (self->path);
  g_autofree char *hidden = g_strconcat (".", name, ".juanzong-part", NULL);
  g_autofree char *part = g_build_filename (parent, hidden, NULL);
  Export export = { .what = self, .objects = objects, .files = files, .part = part };
  gboolean is_found =
    self->given != NULL ? add_given (&export, reader, error) : add_drawn (&export, reader, error);
  return is_found && write_all (&export, error);
}
