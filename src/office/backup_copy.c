/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "office/backup-private.h"
#include "office/sweep.h"
#include "store/error.h"
#include "store/files.h"
#include "store/keyring.h"

/* Copying a store that another program may be writing. The database is copied first, as it is at
 * one moment; what it names in objects/ and keys/ is copied after that, and is still there, because
 * objects and keys are never changed and only go when a case is destroyed or a key replaced. Where
 * that happens in between, the copied database names something that is gone: then a new one is
 * taken, once. What is missing then as well is missing.
 *
 * Everything new in the target only adds to what an earlier database there names, until
 * jz_copy_sweep() removes what the new one does not name. */

#define N_TRIES 2

static int
compare_wanted (gconstpointer a, gconstpointer b)
{
  const JzWantedObject *one = a;
  const JzWantedObject *other = b;

  return memcmp (one->hash.bytes, other->hash.bytes, JZ_HASH_LENGTH);
}

static const JzWantedObject *
find_wanted (JzCopy *self, const JzHash *hash)
{
  JzWantedObject key = { *hash, 0 };
  guint position = 0;

  if (!g_array_binary_search (self->wanted, &key, compare_wanted, &position))
    return NULL;
  return &g_array_index (self->wanted, JzWantedObject, position);
}

/**
 * jz_copy_add_done:
 * @self: a copy
 * @n: bytes more
 */
void
jz_copy_add_done (JzCopy *self, guint64 n)
{
  self->done = MIN (self->done + n, self->total);
  if (self->progress != NULL && n > 0)
    self->progress (self->done, self->total, self->progress_data);
}

/**
 * jz_copy_make_folders:
 * @target: a folder whose parent exists
 * @error: return location
 *
 * Makes what jz_copy_init() needs, where it is not there.
 *
 * Returns: whether it is there
 */
gboolean
jz_copy_make_folders (const char *target, GError **error)
{
  static const char *const names[] = { "objects", "keys", "incoming" };

  if (!jz_folder_make (target, 0700, error))
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autofree char *path = g_build_filename (target, names[i], NULL);
    if (!jz_folder_make (path, 0700, error))
      return FALSE;
  }
  return TRUE;
}

/**
 * jz_copy_init:
 * @self: (out): a copy; clear it with jz_copy_clear()
 * @source: a store's folder, or a backup's
 * @target: see #JzCopy
 * @error: return location
 *
 * Returns: whether the source is open
 */
gboolean
jz_copy_init (JzCopy *self, const char *source, const char *target, GError **error)
{
  self->target = g_strdup (target);
  self->source = jz_store_open (source, JZ_STORE_READ, NULL, NULL, error);
  self->objects = self->source != NULL ? jz_objects_open (target, error) : NULL;
  return self->objects != NULL;
}

static void
forget_names (JzCopy *self)
{
  g_clear_pointer (&self->wanted, g_array_unref);
  g_clear_pointer (&self->keys, g_hash_table_unref);
  g_clear_pointer (&self->checkpoint, g_free);
}

/**
 * jz_copy_clear:
 * @self: a copy in any state
 */
void
jz_copy_clear (JzCopy *self)
{
  forget_names (self);
  g_clear_pointer (&self->objects, jz_objects_close);
  g_clear_pointer (&self->source, jz_store_close);
  g_clear_pointer (&self->target, g_free);
}

static gboolean
read_wanted (JzConnection *snapshot, GArray *wanted, GError **error)
{
  gboolean has_row = FALSE;
  g_autoptr (JzStatement) rows = jz_connection_query (
    snapshot, error, "SELECT object, max (size) FROM object_use GROUP BY object ORDER BY object",
    "");

  while (rows != NULL && jz_statement_step (rows, &has_row, error)) {
    JzWantedObject object = { .size = 0 };
    if (!has_row)
      return TRUE;
    if (!jz_statement_get_hash (rows, 0, &object.hash)) {
      jz_store_error_set_from_sqlite (error, SQLITE_CORRUPT, jz_connection_get_path (snapshot));
      return FALSE;
    }
    object.size = (guint64)jz_statement_get_integer (rows, 1);
    g_array_append_val (wanted, object);
  }
  return FALSE;
}

/* That of the newest store id that has one: after a restore the first is still to come. */
static gboolean
read_checkpoint (JzConnection *snapshot, char **checkpoint, GError **error)
{
  return jz_connection_get_text (snapshot, checkpoint, error,
                                 "SELECT note FROM checkpoint JOIN store_chain USING (store) "
                                 "ORDER BY first DESC, size DESC LIMIT 1",
                                 "");
}

static gboolean
read_names (JzCopy *self, GError **error)
{
  g_autofree char *path = g_build_filename (self->target, "incoming", "juanzong.db", NULL);
  g_autoptr (JzConnection) snapshot = jz_connection_open (path, JZ_CONNECTION_READ, error);

  forget_names (self);
  self->wanted = g_array_new (FALSE, FALSE, sizeof (JzWantedObject));
  if (snapshot == NULL || !read_wanted (snapshot, self->wanted, error) ||
      !read_checkpoint (snapshot, &self->checkpoint, error))
    return FALSE;
  self->keys = jz_sweep_list_key_files (snapshot, error);
  return self->keys != NULL;
}

static gboolean
take_snapshot (JzCopy *self, GError **error)
{
  JzConnection *reader = jz_store_lease_reader (self->source, error);
  gboolean is_copied;

  if (reader == NULL)
    return FALSE;
  /* Not held longer than this: a writer cannot empty its log while somebody reads. */
  is_copied = jz_copy_database (self, reader, error);
  jz_store_return_reader (self->source, reader);
  return is_copied && read_names (self, error);
}

static gboolean
parse_key_name (const char *name, JzHash *hash)
{
  g_autofree char *hex = g_strndup (name, 2 * JZ_HASH_LENGTH);

  return strlen (name) == 2 * JZ_HASH_LENGTH + strlen (".key") && g_str_has_suffix (name, ".key") &&
         jz_hash_from_hex (hex, hash);
}

/* @missing is set to what is not there any more. */
static gboolean
copy_key (JzCopy *self, const char *name, char **missing, GError **error)
{
  const char *source = jz_store_get_path (self->source);
  g_autofree char *path = g_build_filename (source, "keys", name, NULL);
  g_autoptr (GBytes) there = NULL;
  g_autoptr (GBytes) content = NULL;
  JzHash hash;

  if (!parse_key_name (name, &hash))
    return TRUE; /* a proposal that names no key; verifying says so */
  there = jz_keyring_get (self->target, &hash, NULL);
  if (there != NULL)
    return TRUE;
  if (!g_file_test (path, G_FILE_TEST_EXISTS)) {
    *missing = g_steal_pointer (&path);
    return TRUE;
  }
  content = jz_keyring_get (source, &hash, error);
  return content != NULL && jz_keyring_put (self->target, content, &hash, error);
}

static gboolean
copy_keys (JzCopy *self, char **missing, GError **error)
{
  GHashTableIter iter;
  gpointer name;

  g_hash_table_iter_init (&iter, self->keys);
  while (*missing == NULL && g_hash_table_iter_next (&iter, &name, NULL))
    if (!copy_key (self, name, missing, error))
      return FALSE;
  return TRUE;
}

static gboolean
has_already (JzCopy *self, const JzWantedObject *wanted)
{
  g_autofree char *path = jz_objects_dup_path (self->objects, &wanted->hash);
  struct stat status;

  /* What is in it is read when the copy is proved. */
  return lstat (path, &status) == 0 && S_ISREG (status.st_mode) &&
         (guint64)status.st_size == wanted->size;
}

static void
set_full (JzCopy *self, GError **error)
{
  g_autofree char *name = g_filename_display_name (self->target);
  g_set_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_FULL,
               _ ("There is no room left on the disk of “%s”. Free some space there or choose "
                  "another disk, then try again."),
               name);
}

static void
set_damaged_object (const char *path, GError **error)
{
  g_autofree char *name = g_filename_display_name (path);
  g_set_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_DAMAGED,
               _ ("“%s” is damaged or missing, so a copy would not be whole. Bring it back from an "
                  "earlier backup, then try again."),
               name);
}

typedef struct {
  JzCopy *copy;
  guint64 done; /* of this object */
} ObjectProgress;

static void
on_object_progress (guint64 done, guint64 total, gpointer data)
{
  ObjectProgress *self = data;

  jz_copy_add_done (self->copy, done - self->done);
  self->done = done;
}

static gboolean
put_object (JzCopy *self, const JzWantedObject *wanted, const char *path, GError **error)
{
  g_autoptr (GError) local = NULL;
  ObjectProgress progress = { self, 0 };
  JzObject object = { 0 };

  if (!jz_objects_put_file (self->objects, path, FALSE, on_object_progress, &progress,
                            self->cancellable, &object, &local)) {
    if (g_error_matches (local, JZ_STORE_ERROR, JZ_STORE_ERROR_FULL))
      set_full (self, error);
    else
      g_propagate_error (error, g_steal_pointer (&local));
    return FALSE;
  }
  self->summary.n_copied++;
  if (jz_hash_equal (&object.hash, &wanted->hash))
    return TRUE;
  set_damaged_object (path, error);
  return FALSE;
}

static gboolean
copy_object (JzCopy *self, const JzWantedObject *wanted, char **missing, GError **error)
{
  JzObjects *source = jz_store_get_objects (self->source);
  g_autofree char *path = jz_objects_dup_path (source, &wanted->hash);
  g_autoptr (GError) local = NULL;

  if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
    return FALSE;
  if (has_already (self, wanted)) {
    self->summary.n_kept++;
    jz_copy_add_done (self, wanted->size);
    return TRUE;
  }
  if (!jz_objects_remove (self->objects, &wanted->hash, error))
    return FALSE;
  if (put_object (self, wanted, path, &local))
    return TRUE;
  if (!jz_objects_has (source, &wanted->hash)) {
    *missing = g_steal_pointer (&path);
    return TRUE;
  }
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static gboolean
copy_objects (JzCopy *self, char **missing, GError **error)
{
  for (guint i = 0; *missing == NULL && i < self->wanted->len; i++)
    if (!copy_object (self, &g_array_index (self->wanted, JzWantedObject, i), missing, error))
      return FALSE;
  return TRUE;
}

/**
 * jz_copy_run:
 * @self: a copy
 * @error: return location
 *
 * Copies the database and the drafts to TARGET/incoming/, and to where they belong all keys and
 * objects that the database names and the target lacks, each checked against its hash.
 *
 * Returns: whether it is all there, durably; %JZ_STORE_ERROR_DAMAGED names what the source lacks
 */
gboolean
jz_copy_run (JzCopy *self, GError **error)
{
  g_autofree char *missing = NULL;

  for (int i = 0; i == 0 || (i < N_TRIES && missing != NULL); i++) {
    g_clear_pointer (&missing, g_free);
    self->summary = (JzBackupSummary){ 0 };
    if (!take_snapshot (self, error) || !copy_keys (self, &missing, error) ||
        !copy_objects (self, &missing, error))
      return FALSE;
  }
  if (missing != NULL) {
    set_damaged_object (missing, error);
    return FALSE;
  }
  return jz_copy_scratch (self, error);
}

/**
 * jz_copy_put_in_place:
 * @self: a copy that ran
 * @name: a file of TARGET/incoming/
 * @error: return location
 *
 * Returns: whether it has its name in the target now, durably, in place of what had it
 */
gboolean
jz_copy_put_in_place (JzCopy *self, const char *name, GError **error)
{
  g_autofree char *from = g_build_filename (self->target, "incoming", name, NULL);
  g_autofree char *to = g_build_filename (self->target, name, NULL);

  if (g_rename (from, to) != 0) {
    jz_store_error_set_from_errno (error, errno, to);
    return FALSE;
  }
  return jz_folder_sync (self->target, error);
}

/* "ab/cdef…" or "abcdef…" */
static gboolean
parse_place (const char *place, JzHash *hash)
{
  g_autofree char *hex = place != NULL && strlen (place) > 3 && place[2] == '/'
                           ? g_strdup_printf ("%.2s%s", place, place + 3)
                           : g_strdup (place);

  return hex != NULL && jz_hash_from_hex (hex, hash);
}

/**
 * jz_copy_mend:
 * @self: a copy that ran
 * @report: what verifying it found
 * @is_mended: (out): whether something was done, so that it should be verified again
 * @error: return location
 *
 * Copies again what was in the target already and has become damaged there, for disks of backups
 * lie in drawers for years.
 *
 * Returns: whether it could
 */
gboolean
jz_copy_mend (JzCopy *self, const JzReport *report, gboolean *is_mended, GError **error)
{
  *is_mended = FALSE;
  for (guint i = 0; i < report->faults->len; i++) {
    const JzFault *fault = g_ptr_array_index (report->faults, i);
    const JzWantedObject *wanted;
    g_autofree char *path = NULL;
    JzHash hash;
    if (fault->kind != JZ_FAULT_OBJECT || !parse_place (fault->place, &hash))
      continue;
    wanted = find_wanted (self, &hash);
    path = jz_objects_dup_path (jz_store_get_objects (self->source), &hash);
    if (!jz_objects_remove (self->objects, &hash, error) ||
        (wanted != NULL && !put_object (self, wanted, path, error)))
      return FALSE;
    *is_mended = TRUE;
  }
  return TRUE;
}

static gboolean
collect_unwanted (const char *name, const JzHash *hash, guint64 size, gpointer data)
{
  GArray *hashes = ((gpointer *)data)[0];
  JzCopy *self = ((gpointer *)data)[1];

  if (hash != NULL && find_wanted (self, hash) == NULL)
    g_array_append_val (hashes, *hash);
  return TRUE;
}

static gboolean
sweep_objects (JzCopy *self, GError **error)
{
  g_autoptr (GArray) hashes = g_array_new (FALSE, FALSE, sizeof (JzHash));
  gpointer data[] = { hashes, self };

  if (!jz_objects_foreach (self->objects, collect_unwanted, data, error))
    return FALSE;
  for (guint i = 0; i < hashes->len; i++)
    if (!jz_objects_remove (self->objects, &g_array_index (hashes, JzHash, i), error))
      return FALSE;
  return TRUE;
}

/**
 * jz_copy_sweep:
 * @self: a copy whose database is in its place
 * @error: return location
 *
 * Removes keys and objects that the database does not name: of destroyed cases, of earlier
 * passwords.
 *
 * Returns: whether they are gone
 */
gboolean
jz_copy_sweep (JzCopy *self, GError **error)
{
  g_auto (GStrv) names = jz_keyring_list (self->target, error);

  if (names == NULL || !sweep_objects (self, error))
    return FALSE;
  for (gsize i = 0; names[i] != NULL; i++) {
    JzHash hash;
    if (!g_hash_table_contains (self->keys, names[i]) && parse_key_name (names[i], &hash) &&
        !jz_keyring_remove (self->target, &hash, error))
      return FALSE;
  }
  return TRUE;
}
