/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "office/taken.h"

#include <string.h>

#include "office/office-private.h"

/* A token is good for as long as the office is open. A program that ends before the act leaves the
 * object with its note in incoming/: another day it is added after all, or dropped. */

/* Nobody comes back to it after so long. */
#define LIFE_SECONDS ((gint64)30 * 24 * 3600)

struct _JzTakenFiles {
  GMutex mutex;      /* guards what follows */
  GHashTable *files; /* token → JzTakenFile */
  GHashTable *notes; /* note → JzObject: of files that the act in hand took in itself */
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
  g_free (self->note);
  g_clear_pointer (&self->probe, jz_json_unref);
  g_free (self);
}

static JzTakenFile *
file_new (const JzObject *object, const char *name, const JzJson *probe, const char *note)
{
  JzTakenFile *self = g_new0 (JzTakenFile, 1);

  self->object = *object;
  self->name = g_strdup (name);
  self->note = g_strdup (note);
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
  self->notes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
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
  g_hash_table_unref (self->notes);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

/**
 * jz_office_add_taken:
 * @office: an office open for writing
 * @object: content that is in its store
 * @name: the file's own name
 * @probe: (nullable): what it says of itself
 * @note: (nullable): of its arrival, see jz_objects_note_arrival(); dropped with the token
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
                     const JzJson *probe,
                     const char *note)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&office->taken->mutex);
  char *token = g_strdup_printf ("taken-%llu", (unsigned long long)++office->taken->n_tokens);

  g_hash_table_insert (office->taken->files, g_strdup (token),
                       file_new (object, name, probe, note));
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

  return file != NULL ? file_new (&file->object, file->name, file->probe, file->note) : NULL;
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
count_uses (JzOffice *office, const JzHash *hash, gint64 *n_uses, GError **error)
{
  JzConnection *reader = jz_store_lease_reader (office->store, error);
  gboolean is_read;

  if (reader == NULL)
    return FALSE;
  is_read = jz_connection_get_number (
    reader, n_uses, error, "SELECT count (*) FROM object_use WHERE object = ?", "h", hash);
  jz_store_return_reader (office->store, reader);
  return is_read;
}

static gboolean
remove_unused (JzOffice *office, const JzHash *hash, GError **error)
{
  gint64 n_uses = 0;

  if (is_kept (office->taken, hash))
    return TRUE;
  return count_uses (office, hash, &n_uses, error) &&
         (n_uses > 0 || jz_objects_remove (jz_store_get_objects (office->store), hash, error));
}

static gboolean
remove_content (JzOffice *office, const JzObject *object, GError **error)
{
  return remove_unused (office, &object->hash, error) &&
         (!object->has_chunks || remove_unused (office, &object->chunks, error));
}

static gboolean
drop_note (JzOffice *office, const char *note, GError **error)
{
  return note == NULL ||
         jz_objects_drop_arrival (jz_store_get_objects (office->store), note, error);
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
  return remove_content (office, &file->object, error) && drop_note (office, file->note, error);
}

/**
 * jz_office_keep_note:
 * @office: an office open for writing
 * @object: content that the act in hand took in itself
 * @note: (nullable): of its arrival
 *
 * Keeps it for jz_office_drop_notes().
 */
void
jz_office_keep_note (JzOffice *office, const JzObject *object, const char *note)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&office->taken->mutex);

  if (note != NULL)
    g_hash_table_insert (office->taken->notes, g_strdup (note), g_memdup2 (object, sizeof *object));
}

/**
 * jz_office_drop_notes:
 * @office: an office open for writing
 *
 * To be called after an act: of what it names there is nothing left to be noted. What was taken in
 * for an act that was refused keeps its note, and goes when the store is opened the next time; so
 * does a note that cannot be dropped now.
 */
void
jz_office_drop_notes (JzOffice *office)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&office->taken->mutex);
  GHashTableIter iter;
  gpointer note;
  gpointer object;

  g_hash_table_iter_init (&iter, office->taken->notes);
  while (g_hash_table_iter_next (&iter, &note, &object)) {
    gint64 n_uses = 0;

    if (count_uses (office, &((const JzObject *)object)->hash, &n_uses, NULL) && n_uses > 0 &&
        drop_note (office, note, NULL))
      g_hash_table_iter_remove (&iter);
  }
}

/* An act has named it in the meantime. */
static gboolean
is_attached (JzConnection *reader, const JzArrival *arrival, gboolean *is, GError **error)
{
  gint64 n = 0;

  if (!jz_connection_get_number (
        reader, &n, error, "SELECT count (*) FROM attachment WHERE case_id = ? AND object = ?",
        "th", arrival->purpose, &arrival->object.hash))
    return FALSE;
  *is = n > 0;
  return TRUE;
}

static gboolean
has_content (JzOffice *office, const JzObject *object)
{
  JzObjects *objects = jz_store_get_objects (office->store);

  return jz_objects_has (objects, &object->hash) &&
         (!object->has_chunks || jz_objects_has (objects, &object->chunks));
}

/* What an act took in by itself is for no case yet: who wanted it does it again. */
static gboolean
is_left (JzOffice *office,
         JzConnection *reader,
         const JzArrival *arrival,
         gboolean *is,
         GError **error)
{
  gboolean is_named = FALSE;

  if (!is_attached (reader, arrival, &is_named, error))
    return FALSE;
  *is = !is_named && *arrival->purpose != '\0' && has_content (office, &arrival->object) &&
        g_get_real_time () / G_USEC_PER_SEC - arrival->at <= LIFE_SECONDS;
  return TRUE;
}

/**
 * jz_office_list_left:
 * @office: an office
 * @reader: a connection of its store
 * @case_id: (nullable): a case; %NULL for all
 * @error: return location
 *
 * Returns: (transfer full) (element-type JzArrival) (nullable): the files that were copied into the
 *   store for the case before the program ended, and that no act has added to it
 */
GPtrArray *
jz_office_list_left (JzOffice *office, JzConnection *reader, const char *case_id, GError **error)
{
  g_autoptr (GPtrArray) all =
    jz_objects_list_arrivals (jz_store_get_objects (office->store), error);

  for (guint i = all != NULL ? all->len : 0; i-- > 0;) {
    const JzArrival *arrival = g_ptr_array_index (all, i);
    gboolean is = FALSE;
    if (!is_left (office, reader, arrival, &is, error))
      return NULL;
    if (!is || (case_id != NULL && strcmp (arrival->purpose, case_id) != 0))
      g_ptr_array_remove_index (all, i);
  }
  return g_steal_pointer (&all);
}

/**
 * jz_office_drop_left:
 * @office: an office open for writing
 * @arrival: a file that was left behind
 * @error: return location
 *
 * Nobody wants it: its content goes unless an entry names it, then its note. To be called where
 * acts are performed.
 *
 * Returns: whether it is gone
 */
gboolean
jz_office_drop_left (JzOffice *office, const JzArrival *arrival, GError **error)
{
  return remove_content (office, &arrival->object, error) &&
         drop_note (office, arrival->key, error);
}

/* What an earlier program left for too long, or named after all, has no note any more. */
static gboolean
sweep (JzOffice *office, JzConnection *reader, GError **error)
{
  g_autoptr (GPtrArray) all =
    jz_objects_list_arrivals (jz_store_get_objects (office->store), error);

  for (guint i = 0; all != NULL && i < all->len; i++) {
    const JzArrival *arrival = g_ptr_array_index (all, i);
    gboolean is = FALSE;
    if (!is_left (office, reader, arrival, &is, error) ||
        (!is && !jz_office_drop_left (office, arrival, error)))
      return FALSE;
  }
  return all != NULL;
}

/**
 * jz_office_sweep_left:
 * @office: an office that is being opened for writing
 * @error: return location
 *
 * Returns: whether only files that can still be added have a note
 */
gboolean
jz_office_sweep_left (JzOffice *office, GError **error)
{
  JzConnection *reader = jz_store_lease_reader (office->store, error);
  gboolean is_swept = reader != NULL && sweep (office, reader, error);

  if (reader != NULL)
    jz_store_return_reader (office->store, reader);
  return is_swept;
}
