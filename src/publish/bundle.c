/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "publish/bundle.h"

#include <string.h>

/* What a bundle is made of, and the lists of BagIt (RFC 8493) that name it. */

#define PAYLOAD "data/"

static void
file_free (gpointer data)
{
  JzBundleFile *self = data;

  g_free (self->path);
  g_free (self);
}

/**
 * jz_bundle_new:
 *
 * Returns: (transfer full): a bundle with nothing in it
 */
JzBundle *
jz_bundle_new (void)
{
  JzBundle *self = g_new0 (JzBundle, 1);

  self->files = g_ptr_array_new_with_free_func (file_free);
  return self;
}

/**
 * jz_bundle_free:
 * @self: (transfer full): a bundle
 */
void
jz_bundle_free (JzBundle *self)
{
  g_free (self->id);
  g_ptr_array_unref (self->files);
  g_free (self);
}

/**
 * jz_bundle_add:
 * @self: a bundle
 * @path: under its top folder
 * @object: what stands there
 */
void
jz_bundle_add (JzBundle *self, const char *path, const JzObject *object)
{
  JzBundleFile *file = g_new (JzBundleFile, 1);

  *file = (JzBundleFile){ g_strdup (path), object->hash, object->size };
  g_ptr_array_add (self->files, file);
}

/**
 * jz_bundle_add_bytes:
 * @self: a bundle
 * @path: under its top folder
 * @bytes: what stands there
 * @objects: where it is kept
 * @error: return location
 *
 * Returns: whether it is kept
 */
gboolean
jz_bundle_add_bytes (JzBundle *self,
                     const char *path,
                     GBytes *bytes,
                     JzObjects *objects,
                     GError **error)
{
  JzObject object;

  if (!jz_objects_put_bytes (objects, bytes, &object, error))
    return FALSE;
  jz_bundle_add (self, path, &object);
  return TRUE;
}

/**
 * jz_bundle_add_text:
 * @self: a bundle
 * @path: under its top folder
 * @text: what stands there
 * @objects: where it is kept
 * @error: return location
 *
 * Returns: whether it is kept
 */
gboolean
jz_bundle_add_text (JzBundle *self,
                    const char *path,
                    const char *text,
                    JzObjects *objects,
                    GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

  return jz_bundle_add_bytes (self, path, bytes, objects, error);
}

static int
compare_paths (gconstpointer a, gconstpointer b)
{
  return strcmp ((*(const JzBundleFile *const *)a)->path, (*(const JzBundleFile *const *)b)->path);
}

/**
 * jz_bundle_sort:
 * @self: a bundle
 *
 * Puts the files in the order in which they are written: by the bytes of their paths.
 */
void
jz_bundle_sort (JzBundle *self)
{
  g_ptr_array_sort (self->files, compare_paths);
}

/**
 * jz_bundle_find:
 * @self: a bundle
 * @path: under its top folder
 *
 * Returns: (transfer none) (nullable): the file
 */
const JzBundleFile *
jz_bundle_find (const JzBundle *self, const char *path)
{
  for (guint i = 0; i < self->files->len; i++) {
    const JzBundleFile *file = g_ptr_array_index (self->files, i);
    if (strcmp (file->path, path) == 0)
      return file;
  }
  return NULL;
}

/**
 * jz_bundle_is_payload:
 * @path: under the top folder
 *
 * Returns: whether it belongs to what the bundle carries, and not to what says so
 */
gboolean
jz_bundle_is_payload (const char *path)
{
  return g_str_has_prefix (path, PAYLOAD);
}

/**
 * jz_bundle_dup_manifest:
 * @self: a bundle that is sorted
 * @is_payload: of what it carries, or of what says so
 *
 * Our paths have neither line ends nor percent signs, so that nothing has to be encoded.
 *
 * Returns: (transfer full): the lines of the manifest, as `sha256sum -c` reads them, too
 */
char *
jz_bundle_dup_manifest (const JzBundle *self, gboolean is_payload)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < self->files->len; i++) {
    const JzBundleFile *file = g_ptr_array_index (self->files, i);
    char hex[JZ_HASH_HEX_SIZE];
    if (jz_bundle_is_payload (file->path) != is_payload)
      continue;
    jz_hash_to_hex (&file->hash, hex);
    g_string_append_printf (text, "%s  %s\n", hex, file->path);
  }
  return g_string_free (text, FALSE);
}

/**
 * jz_bundle_get_size:
 * @self: a bundle
 * @is_payload_only: whether to count only what it carries
 * @n_files: (out) (optional): how many files that is
 *
 * Returns: their bytes
 */
guint64
jz_bundle_get_size (const JzBundle *self, gboolean is_payload_only, guint *n_files)
{
  guint64 size = 0;
  guint n = 0;

  for (guint i = 0; i < self->files->len; i++) {
    const JzBundleFile *file = g_ptr_array_index (self->files, i);
    if (is_payload_only && !jz_bundle_is_payload (file->path))
      continue;
    size += file->size;
    n++;
  }
  if (n_files != NULL)
    *n_files = n;
  return size;
}
