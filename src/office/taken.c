/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "office/taken.h"

#include "office/office-private.h"

/* A token is good for as long as the office is open; a program that ends before the act leaves an
 * object that no entry names, which does no harm. */

struct _JzTakenFiles {
  GMutex mutex;      /* guards what follows */
  GHashTable *files; /* token → JzTakenFile */
  guint64 n_tokens;
};

/**
 * jz_taken_file_free:
 * @self: (transfer full) (nullable): a file
 */
void
jz_taken_file_free (JzTakenFile *self)
{
  if (self == NULL)
    return;
  g_free (self->name);
  g_clear_pointer (&self->probe, jz_json_unref);
  g_free (self);
}

static JzTakenFile *
file_new (const JzObject *object, const char *name, const JzJson *probe)
{
  JzTakenFile *self = g_new0 (JzTakenFile, 1);

  self->object = *object;
  self->name = g_strdup (name);
  self->probe = probe != NULL ? jz_json_copy (probe) : NULL;
  return self;
}

/**
 * jz_taken_files_new:
 *
 * Returns: (transfer full): none yet
 */
JzTakenFiles *
jz_taken_files_new (void)
{
  JzTakenFiles *self = g_new0 (JzTakenFiles, 1);

  g_mutex_init (&self->mutex);
  self->files =
    g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)jz_taken_file_free);
  return self;
}

/**
 * jz_taken_files_free:
 * @self: (transfer full): the files
 */
void
jz_taken_files_free (JzTakenFiles *self)
{
  g_hash_table_unref (self->files);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

/**
 * jz_office_add_taken:
 * @office: an office open for writing
 * @object: content that is in its store
 * @name: the file's own name
 * @probe: (nullable): what it says of itself
 *
 * Keeps a file for `attachment.add`, which takes it by the argument `taken`. Any thread may call
 * this.
 *
 * Returns: (transfer full): its token
 */
char *
jz_office_add_taken (JzOffice *office,
                     const JzObject *object,
                     const char *name,
                     const JzJson *probe)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&office->taken->mutex);
  char *token = g_strdup_printf ("taken-%llu", (unsigned long long)++office->taken->n_tokens);

  g_hash_table_insert (office->taken->files, g_strdup (token), file_new (object, name, probe));
  return token;
}

/**
 * jz_office_find_taken:
 * @office: an office
 * @token: of a file
 *
 * Returns: (transfer full) (nullable): the file; it stays kept, because the act may be refused
 */
JzTakenFile *
jz_office_find_taken (JzOffice *office, const char *token)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&office->taken->mutex);
  const JzTakenFile *file = g_hash_table_lookup (office->taken->files, token);

  return file != NULL ? file_new (&file->object, file->name, file->probe) : NULL;
}

static gboolean
is_kept (JzTakenFiles *self, const JzHash *hash)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  GHashTableIter iter;
  gpointer file;

  g_hash_table_iter_init (&iter, self->files);
  while (g_hash_table_iter_next (&iter, NULL, &file))
    if (jz_hash_equal (&((JzTakenFile *)file)->object.hash, hash))
      return TRUE;
  return FALSE;
}

static gboolean
remove_unused (JzOffice *office, const JzHash *hash, GError **error)
{
  JzConnection *reader;
  gint64 n_uses = 0;
  gboolean is_read;

  if (is_kept (office->taken, hash))
    return TRUE;
  reader = jz_store_lease_reader (office->store, error);
  if (reader == NULL)
    return FALSE;
  is_read = jz_connection_get_number (
    reader, &n_uses, error, "SELECT count (*) FROM object_use WHERE object = ?", "h", hash);
  jz_store_return_reader (office->store, reader);
  return is_read &&
         (n_uses > 0 || jz_objects_remove (jz_store_get_objects (office->store), hash, error));
}

/**
 * jz_office_drop_taken:
 * @office: an office open for writing
 * @token: of a file; one that is not kept any more is fine
 * @error: return location
 *
 * Lets go of a file: after the act that names it, or because the person does not want it. Content
 * that no entry names, and nobody else keeps, is removed. To be called where acts are performed,
 * one after the other, so that no act is about to name it.
 *
 * Returns: %FALSE when its content could not be removed
 */
gboolean
jz_office_drop_taken (JzOffice *office, const char *token, GError **error)
{
  g_autoptr (JzTakenFile) file = jz_office_find_taken (office, token);

  if (file == NULL)
    return TRUE;
  g_mutex_lock (&office->taken->mutex);
  g_hash_table_remove (office->taken->files, token);
  g_mutex_unlock (&office->taken->mutex);
  return remove_unused (office, &file->object.hash, error) &&
         (!file->object.has_chunks || remove_unused (office, &file->object.chunks, error));
}
