/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/objects.h"

#include <errno.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>

#include "store/error.h"
#include "store/files-private.h"
#include "store/files.h"
#include "store/objects-private.h"

/* Content by its hash: objects/ab/cdef…, read-only, never written twice. objects_put.c brings it
 * in, objects_list.c walks over it, objects_verify.c reads all of it again; here is what concerns
 * one object that is there. */

/**
 * jz_objects_open:
 * @store_path: a store's folder
 *
 * Opens the objects of a store. Makes nothing: folders are made when the first object is put.
 *
 * Returns: (transfer full): the objects; %NULL on error (%JZ_STORE_ERROR_NOT_A_STORE)
 */
JzObjects *
jz_objects_open (const char *store_path, GError **error)
{
  JzObjects *self = NULL;

  g_return_val_if_fail (store_path != NULL, NULL);

  if (!g_file_test (store_path, G_FILE_TEST_IS_DIR)) {
    g_autofree char *name = g_filename_display_name (store_path);
    g_set_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_NOT_A_STORE,
                 _ ("There is no store at “%s”. Check the name, and that the disk it lies on is "
                    "connected."),
                 name);
    return NULL;
  }
  self = g_new0 (JzObjects, 1);
  self->store_path = g_strdup (store_path);
  self->folder = g_build_filename (store_path, "objects", NULL);
  self->incoming = g_build_filename (store_path, "incoming", NULL);
  self->takes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_mutex_init (&self->mutex);
  return self;
}

/**
 * jz_objects_close:
 * @self: (transfer full) (nullable): the objects; no thread may be using them
 */
void
jz_objects_close (JzObjects *self)
{
  if (self == NULL)
    return;
  g_mutex_clear (&self->mutex);
  g_hash_table_unref (self->takes);
  g_free (self->store_path);
  g_free (self->folder);
  g_free (self->incoming);
  g_free (self);
}

/**
 * jz_objects_dup_path:
 * @self: the objects
 * @hash: an object's hash
 *
 * Returns: (transfer full): where its file is or would be
 */
char *
jz_objects_dup_path (JzObjects *self, const JzHash *hash)
{
  char hex[JZ_HASH_HEX_SIZE];

  g_return_val_if_fail (self != NULL && hash != NULL, NULL);

  jz_hash_to_hex (hash, hex);
  return g_strdup_printf ("%s/%.2s/%s", self->folder, hex, hex + 2);
}

/**
 * jz_objects_set_damaged:
 * @path: a stored file
 *
 * Sets %JZ_STORE_ERROR_DAMAGED: the file is not what its name says.
 */
void
jz_objects_set_damaged (GError **error, const char *path)
{
  g_autofree char *name = g_filename_display_name (path);
  g_set_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_DAMAGED,
               _ ("The stored file “%s” is damaged: it is not what was written. Bring it back from "
                  "a backup."),
               name);
}

/**
 * jz_objects_open_with_status:
 * @self: the objects
 * @hash: an object's hash
 * @status: (out): what fstat() says of it
 *
 * Returns: as jz_objects_open_fd()
 */
int
jz_objects_open_with_status (JzObjects *self,
                             const JzHash *hash,
                             struct stat *status,
                             GError **error)
{
  g_autofree char *path = jz_objects_dup_path (self, hash);
  g_autoptr (GError) local_error = NULL;
  int fd = -1;

  if (lstat (path, status) != 0 && errno == ENOENT) {
    g_autofree char *name = g_filename_display_name (path);
    g_set_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_DAMAGED,
                 _ ("The stored file “%s” is missing. Bring it back from a backup."), name);
    return -1;
  }
  fd = jz_file_open_regular (path, status, &local_error);
  if (fd < 0 && g_error_matches (local_error, JZ_STORE_ERROR, JZ_STORE_ERROR_INVALID))
    jz_objects_set_damaged (error, path);
  else if (fd < 0)
    g_propagate_error (error, g_steal_pointer (&local_error));
  return fd;
}

/**
 * jz_objects_open_fd:
 * @self: the objects
 * @hash: an object's hash
 *
 * Opens an object for reading, for example to hand it to the helper. Its content is not checked
 * here: whoever plays it checks the pieces by its chunk list.
 *
 * Returns: a handle that the caller closes; -1 on error (%JZ_STORE_ERROR_DAMAGED when it is missing
 *   or no regular file)
 */
int
jz_objects_open_fd (JzObjects *self, const JzHash *hash, GError **error)
{
  struct stat status;

  g_return_val_if_fail (self != NULL && hash != NULL, -1);

  return jz_objects_open_with_status (self, hash, &status, error);
}

static GBytes *
read_verified (int fd, gsize size, const JzHash *hash, const char *path, GError **error)
{
  g_autofree guint8 *data = g_malloc (size);
  gsize n = 0;
  JzHash is;
  int failure = jz_fd_read (fd, data, size, &n);

  if (failure != 0) {
    jz_store_error_set_from_errno (error, failure, path);
    return NULL;
  }
  jz_hash_of (data, n, &is);
  if (n != size || !jz_hash_equal (&is, hash)) {
    jz_objects_set_damaged (error, path);
    return NULL;
  }
  return g_bytes_new_take (g_steal_pointer (&data), size);
}

/**
 * jz_objects_get_bytes:
 * @self: the objects
 * @hash: an object's hash
 * @max: the most bytes that the caller wants in memory
 *
 * Reads an object and compares it with its hash.
 *
 * Returns: (transfer full): its content; %NULL on error (%JZ_STORE_ERROR_DAMAGED when it is missing
 *   or not what was stored, %JZ_STORE_ERROR_INVALID when it is larger than @max)
 */
GBytes *
jz_objects_get_bytes (JzObjects *self, const JzHash *hash, gsize max, GError **error)
{
  g_autofree char *path = NULL;
  struct stat status;
  GBytes *bytes = NULL;
  int fd = -1;

  g_return_val_if_fail (self != NULL && hash != NULL, NULL);

  fd = jz_objects_open_with_status (self, hash, &status, error);
  if (fd < 0)
    return NULL;
  path = jz_objects_dup_path (self, hash);
  if ((guint64)status.st_size > max) {
    g_autofree char *name = g_filename_display_name (path);
    g_autofree char *size = g_format_size_full ((guint64)max, G_FORMAT_SIZE_IEC_UNITS);
    g_set_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_INVALID,
                 _ ("The stored file “%1$s” is larger than %2$s, the most that it may have for "
                    "this use. Check that the record names the right file."),
                 name, size);
  } else {
    bytes = read_verified (fd, (gsize)status.st_size, hash, path, error);
  }
  close (fd);
  return bytes;
}

/**
 * jz_objects_has:
 * @self: the objects
 * @hash: an object's hash
 *
 * Returns: whether there is a file for it; what is in it is not looked at
 */
gboolean
jz_objects_has (JzObjects *self, const JzHash *hash)
{
  g_autofree char *path = NULL;
  struct stat status;

  g_return_val_if_fail (self != NULL && hash != NULL, FALSE);

  path = jz_objects_dup_path (self, hash);
  return lstat (path, &status) == 0 && S_ISREG (status.st_mode);
}

/**
 * jz_objects_remove:
 * @self: the objects
 * @hash: an object's hash; one that is missing is fine
 *
 * Removes an object durably. Only destruction after retention, and the sweeping of what no act
 * names, may call this.
 *
 * Returns: whether it is gone
 */
gboolean
jz_objects_remove (JzObjects *self, const JzHash *hash, GError **error)
{
  g_autofree char *path = NULL;
  gboolean removed = FALSE;

  g_return_val_if_fail (self != NULL && hash != NULL, FALSE);

  path = jz_objects_dup_path (self, hash);
  g_mutex_lock (&self->mutex);
  removed = jz_file_remove_durably (path, error);
  g_mutex_unlock (&self->mutex);
  return removed;
}

/**
 * jz_object_to_json:
 * @object: an object
 *
 * Returns: (transfer full): how a payload names it (format §2)
 */
JzJson *
jz_object_to_json (const JzObject *object)
{
  char hex[JZ_HASH_HEX_SIZE];
  JzJson *json = NULL;

  g_return_val_if_fail (object != NULL, NULL);
  g_return_val_if_fail (object->size <= (guint64)JZ_JSON_MAX_INTEGER, NULL);

  json = jz_json_new_object ();
  jz_hash_to_hex (&object->hash, hex);
  jz_json_set_text (json, "object", hex);
  jz_json_set_integer (json, "size", (gint64)object->size);
  if (object->has_chunks) {
    jz_hash_to_hex (&object->chunks, hex);
    jz_json_set_text (json, "chunks", hex);
  }
  return json;
}

/**
 * jz_object_from_json:
 * @json: what may name an object
 * @object: (out caller-allocates): the object; written only on success
 *
 * Reads `{"object":hex,"size":n}`, with or without `"chunks":hex`. Any other name, kind or form is
 * refused, and so is a chunk list for content of at most 1 MiB, which has none.
 *
 * Returns: whether @json is exactly of that form
 */
gboolean
jz_object_from_json (const JzJson *json, JzObject *object)
{
  JzObject read = { 0 };
  const JzJson *chunks = NULL;
  gint64 size = -1;

  g_return_val_if_fail (json != NULL && object != NULL, FALSE);

  if (jz_json_get_kind (json) != JZ_JSON_OBJECT)
    return FALSE;
  chunks = jz_json_get_member (json, "chunks");
  if (jz_json_get_n_items (json) != (chunks == NULL ? 2 : 3) ||
      !jz_hash_from_hex (jz_json_get_member_text (json, "object"), &read.hash))
    return FALSE;
  size = jz_json_get_member_integer (json, "size", -1);
  if (size < 0)
    return FALSE;
  read.size = (guint64)size;
  read.has_chunks = chunks != NULL;
  if (read.has_chunks &&
      (read.size <= JZ_CHUNK_SIZE ||
       !jz_hash_from_hex (jz_json_get_member_text (json, "chunks"), &read.chunks)))
    return FALSE;
  *object = read;
  return TRUE;
}
