/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/store.h"

#include <sys/stat.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>

#include "store/error.h"
#include "store/files.h"
#include "store/place.h"

/* A store on disk (design §2): the folder with its database, objects, keys and scratch. It is open
 * either for reading or, once in the world at a time, for writing; readers are kept in a pool, each
 * in a read transaction of its own while it is leased, so that what one caller sees does not change
 * under it. */

struct _JzStore {
  char *path;
  JzStoreMode mode;
  JzLock *lock;       /* writing only */
  JzWriter *writer;   /* writing only */
  JzScratch *scratch; /* writing only */
  JzObjects *objects;
  GMutex mutex;       /* of what follows */
  GPtrArray *readers; /* idle JzConnection, owned */
  JzPlaceMark home;   /* where the database lay when it was at its place */
  gboolean has_home;  /* whether that is known */
};

/**
 * jz_store_get_database_path:
 * @store_path: a store's folder
 *
 * Returns: (transfer full): its database
 */
char *
jz_store_get_database_path (const char *store_path)
{
  return g_build_filename (store_path, "juanzong.db", NULL);
}

/**
 * jz_store_exists:
 * @path: a folder
 *
 * Returns: whether there is a store's database in it
 */
gboolean
jz_store_exists (const char *path)
{
  g_autofree char *database = jz_store_get_database_path (path);
  return g_file_test (database, G_FILE_TEST_IS_REGULAR);
}

/* A folder that somebody has just made for a store is fine. */
static gboolean
is_free (const char *path)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);

  return folder != NULL ? g_dir_read_name (folder) == NULL
                        : !g_file_test (path, G_FILE_TEST_EXISTS);
}

static gboolean
create_tables (JzConnection *connection, gpointer data, GError **error)
{
  return jz_schema_create (connection, error);
}

/**
 * jz_store_make:
 * @path: a folder that does not exist or is empty
 * @error: return location
 *
 * Makes an empty store: folders and tables, no entry. The first act (`store.init`) is for the
 * caller, under a temporary name that is changed to the final one afterwards, so that nobody ever
 * meets half a store.
 *
 * Returns: whether it was made
 */
gboolean
jz_store_make (const char *path, GError **error)
{
  static const char *const folders[] = { "objects", "keys", "incoming" };
  g_autofree char *database = jz_store_get_database_path (path);
  g_autoptr (JzConnection) connection = NULL;
  g_autoptr (JzWriter) writer = NULL;

  if (!jz_folder_refuse_network (path, error))
    return FALSE;
  if (!is_free (path)) {
    g_set_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_EXISTS,
                 _ ("%s exists already; choose the name of a new folder."), path);
    return FALSE;
  }
  if (!jz_folder_make (path, 0700, error))
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (folders); i++) {
    g_autofree char *folder = g_build_filename (path, folders[i], NULL);
    if (!jz_folder_make (folder, 0700, error))
      return FALSE;
  }
  connection = jz_connection_open (database, JZ_CONNECTION_CREATE, error);
  if (connection == NULL)
    return FALSE;
  writer = jz_writer_new (g_steal_pointer (&connection));
  return jz_writer_run (writer, create_tables, NULL, error) && jz_folder_sync (path, error);
}

static gboolean
check_version_for_reading (JzConnection *connection, const char *path, GError **error)
{
  int version = 0;

  if (!jz_schema_migrate (connection, NULL, 0, NULL, NULL, error) ||
      !jz_schema_get_version (connection, &version, error))
    return FALSE;
  if (version == jz_schema_get_newest_version ())
    return TRUE;
  g_set_error (
    error, JZ_STORE_ERROR, JZ_STORE_ERROR_ACCESS,
    _ ("%s has the form of an older version; open it once for writing, then it can be read."),
    path);
  return FALSE;
}

static gboolean
open_for_writing (JzStore *self,
                  const char *database,
                  JzReplay replay,
                  gpointer replay_data,
                  GError **error)
{
  g_autoptr (JzConnection) connection = NULL;
  const JzMigration *steps;
  gsize n_steps = 0;

  self->lock = jz_lock_take (self->path, error);
  if (self->lock == NULL)
    return FALSE;
  connection = jz_connection_open (database, JZ_CONNECTION_WRITE, error);
  if (connection == NULL)
    return FALSE;
  steps = jz_schema_get_migrations (&n_steps);
  if (!jz_schema_migrate (connection, steps, n_steps, replay, replay_data, error))
    return FALSE;
  self->scratch = jz_scratch_open (self->path, error);
  if (self->scratch == NULL)
    return FALSE;
  self->writer = jz_writer_new (g_steal_pointer (&connection));
  return TRUE;
}

static gboolean
open_for_reading (JzStore *self, const char *database, GError **error)
{
  g_autoptr (JzConnection) connection = jz_connection_open (database, JZ_CONNECTION_READ, error);

  if (connection == NULL || !check_version_for_reading (connection, self->path, error))
    return FALSE;
  g_ptr_array_add (self->readers, g_steal_pointer (&connection));
  return TRUE;
}

static gboolean
check_folder (const char *path, const char *database, GError **error)
{
  struct stat info;

  if (!jz_folder_refuse_network (path, error))
    return FALSE;
  if (stat (path, &info) != 0) {
    g_set_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_NOT_A_STORE,
                 _ ("There is no folder %s, or no right to look at it; check the path."), path);
    return FALSE;
  }
  if (!S_ISDIR (info.st_mode) || (access (path, X_OK) == 0 && !jz_store_exists (path))) {
    g_set_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_NOT_A_STORE,
                 _ ("%s is not a store; choose a folder that was made with init or restore."),
                 path);
    return FALSE;
  }
  return TRUE;
}

/**
 * jz_store_open:
 * @path: a store's folder
 * @mode: for reading or writing
 * @replay: (nullable): fills the derived tables when a migration asks for it; needed for writing
 * @replay_data: for @replay
 * @error: return location
 *
 * Opens a store. For writing it takes the lock and migrates.
 *
 * Returns: (transfer full) (nullable): the store
 */
JzStore *
jz_store_open (const char *path,
               JzStoreMode mode,
               JzReplay replay,
               gpointer replay_data,
               GError **error)
{
  g_autofree char *database = jz_store_get_database_path (path);
  g_autoptr (JzStore) self = NULL;

  if (!check_folder (path, database, error))
    return NULL;
  self = g_new0 (JzStore, 1);
  self->path = g_strdup (path);
  self->mode = mode;
  self->readers = g_ptr_array_new ();
  g_mutex_init (&self->mutex);
  if (mode == JZ_STORE_WRITE ? !open_for_writing (self, database, replay, replay_data, error)
                             : !open_for_reading (self, database, error))
    return NULL;
  self->objects = jz_objects_open (path, error);
  return self->objects != NULL ? g_steal_pointer (&self) : NULL;
}

/**
 * jz_store_close:
 * @self: (transfer full): a store; every reader must be back
 *
 * Finishes what is queued and closes it.
 */
void
jz_store_close (JzStore *self)
{
  for (guint i = 0; i < self->readers->len; i++)
    jz_connection_close (g_ptr_array_index (self->readers, i));
  g_ptr_array_unref (self->readers);
  g_clear_pointer (&self->writer, jz_writer_free);
  g_clear_pointer (&self->scratch, jz_scratch_close);
  g_clear_pointer (&self->objects, jz_objects_close);
  g_clear_pointer (&self->lock, jz_lock_release);
  g_mutex_clear (&self->mutex);
  g_free (self->path);
  g_free (self);
}

/**
 * jz_store_get_path:
 * @self: a store
 *
 * Returns: (transfer none): its folder
 */
const char *
jz_store_get_path (JzStore *self)
{
  return self->path;
}

/**
 * jz_store_get_mode:
 * @self: a store
 *
 * Returns: what it is open for
 */
JzStoreMode
jz_store_get_mode (JzStore *self)
{
  return self->mode;
}

/**
 * jz_store_get_objects:
 * @self: a store
 *
 * Returns: (transfer none): its objects
 */
JzObjects *
jz_store_get_objects (JzStore *self)
{
  return self->objects;
}

/**
 * jz_store_get_writer:
 * @self: a store open for writing
 *
 * Returns: (transfer none): its writer
 */
JzWriter *
jz_store_get_writer (JzStore *self)
{
  g_return_val_if_fail (self->mode == JZ_STORE_WRITE, NULL);
  return self->writer;
}

/**
 * jz_store_get_scratch:
 * @self: a store open for writing
 *
 * Returns: (transfer none): its scratch database
 */
JzScratch *
jz_store_get_scratch (JzStore *self)
{
  g_return_val_if_fail (self->mode == JZ_STORE_WRITE, NULL);
  return self->scratch;
}

static JzConnection *
take_idle_reader (JzStore *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  return self->readers->len > 0 ? g_ptr_array_steal_index_fast (self->readers, 0) : NULL;
}

/**
 * jz_store_lease_reader:
 * @self: a store
 * @error: return location
 *
 * Gives a reading connection that sees the store as it is now, whatever is written later, until it
 * is returned. May be called from any thread; the connection is for one thread at a time.
 *
 * Returns: (transfer full) (nullable): the reader, for jz_store_return_reader()
 */
JzConnection *
jz_store_lease_reader (JzStore *self, GError **error)
{
  g_autoptr (JzConnection) reader = take_idle_reader (self);
  g_autofree char *database = jz_store_get_database_path (self->path);
  gint64 n_tables = 0;

  if (reader == NULL)
    reader = jz_connection_open (database, JZ_CONNECTION_READ, error);
  /* BEGIN alone does not look at the file: the first read fixes what is seen. */
  if (reader == NULL || !jz_connection_execute (reader, "BEGIN", error) ||
      !jz_connection_get_number (reader, &n_tables, error, "SELECT count (*) FROM sqlite_schema",
                                 ""))
    return NULL;
  jz_connection_set_still (reader, TRUE);
  return g_steal_pointer (&reader);
}

/**
 * jz_store_return_reader:
 * @self: a store
 * @reader: (transfer full): what jz_store_lease_reader() gave
 */
void
jz_store_return_reader (JzStore *self, JzConnection *reader)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  jz_connection_set_still (reader, FALSE);
  jz_connection_execute (reader, "ROLLBACK", NULL); /* a read transaction has nothing to lose */
  g_ptr_array_add (self->readers, reader);
}

static gboolean
is_home (JzStore *self, const JzPlaceMark *mark)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  return self->has_home && jz_place_mark_equal (mark, &self->home);
}

static void
set_home (JzStore *self, const JzPlaceMark *mark)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  self->has_home = mark != NULL;
  if (mark != NULL)
    self->home = *mark;
}

/**
 * jz_store_is_at_its_place:
 * @self: a store open for writing
 * @is_at_its_place: (out): whether it is on the machine and the disk where it was last used
 * @error: return location
 *
 * It is asked for every act; once it was found at its place only a file with another mark is looked
 * at again.
 *
 * Returns: %FALSE only when it could not look
 */
gboolean
jz_store_is_at_its_place (JzStore *self, gboolean *is_at_its_place, GError **error)
{
  g_autofree char *database = jz_store_get_database_path (self->path);
  g_autofree char *here = NULL;
  g_autofree char *last = NULL;
  JzPlaceMark mark;

  if (!jz_place_look (database, &mark, error))
    return FALSE;
  *is_at_its_place = is_home (self, &mark);
  if (*is_at_its_place)
    return TRUE;
  here = jz_place_get (database, error);
  if (here == NULL || !jz_scratch_get_place (self->scratch, &last, error))
    return FALSE;
  *is_at_its_place = last != NULL && jz_place_is_same (here, last);
  if (*is_at_its_place)
    set_home (self, &mark);
  return TRUE;
}

/**
 * jz_store_settle_here:
 * @self: a store open for writing
 * @error: return location
 *
 * Remembers that the store's place is here from now on.
 *
 * Returns: whether it is remembered, durably
 */
gboolean
jz_store_settle_here (JzStore *self, GError **error)
{
  g_autofree char *database = jz_store_get_database_path (self->path);
  g_autofree char *here = jz_place_get (database, error);

  set_home (self, NULL);
  return here != NULL && jz_scratch_set_place (self->scratch, here, error);
}

/**
 * jz_store_sweep_incoming:
 * @self: a store open for writing
 * @removed: (element-type utf8) (nullable): gets the names of what was removed
 * @error: return location
 *
 * Removes what an interrupted copy left in incoming/, except what can be resumed. What is no file
 * was not left there by a copy and stays.
 *
 * Returns: whether no other file is left there
 */
gboolean
jz_store_sweep_incoming (JzStore *self, GPtrArray *removed, GError **error)
{
  g_autofree char *path = g_build_filename (self->path, "incoming", NULL);

  return jz_folder_make (path, 0700, error) &&
         jz_objects_sweep_incoming (self->objects, removed, error);
}
