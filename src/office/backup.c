/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "office/backup.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "office/backup-private.h"
#include "office/making.h"
#include "store/database_copy.h"
#include "store/error.h"
#include "store/files.h"

/* A backup has the form of a store (design §2), so that `verify` works on it, but scratch.db says
 * that it is none, so that no act does. It is either proved or not there.
 *
 * A first backup is made under a temporary name beside the final one, proved, then renamed.
 *
 * A later one is made in the folder of the earlier, which stays usable whatever happens:
 *
 *   1. what an interrupted run left is undone: juanzong.db.before, if there, gets its name back
 *   2. database and drafts are copied to incoming/; keys and objects are added (jz_copy_run())
 *   3. juanzong.db gets a second name, juanzong.db.before
 *   4. incoming/juanzong.db is renamed to juanzong.db
 *   5. the folder is verified; if it is not as it should be, juanzong.db.before gets its name back
 *   6. juanzong.db.before is removed: from here on the folder is the new backup
 *   7. the drafts are renamed, checkpoint.txt is written, what the new database does not name goes
 *
 * Up to 4 the folder is the earlier backup with more objects and keys than it needs, which harms
 * nothing. Between 4 and 6 it is the new one, not proved yet; restore verifies it anyway. */

#define BEFORE "juanzong.db.before"

/**
 * jz_path_resolve:
 * @path: something that exists, or whose folder does
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the same place without links, from the root
 */
char *
jz_path_resolve (const char *path, GError **error)
{
  g_autofree char *clean = g_strdup (path);
  gsize length = strlen (clean);
  g_autofree char *folder = NULL;
  g_autofree char *name = NULL;
  g_autofree char *real = NULL;

  while (length > 1 && clean[length - 1] == '/')
    clean[--length] = '\0';
  real = realpath (clean, NULL);
  if (real != NULL)
    return g_steal_pointer (&real);
  if (errno == ENOENT) {
    folder = g_path_get_dirname (clean);
    name = g_path_get_basename (clean);
    real = realpath (folder, NULL);
  }
  if (real == NULL) {
    jz_store_error_set_from_errno (error, errno, folder != NULL ? folder : clean);
    return NULL;
  }
  return g_build_filename (real, name, NULL);
}

/**
 * jz_path_is_within:
 * @path: a resolved path
 * @folder: another
 *
 * Returns: whether @path is @folder or lies in it
 */
gboolean
jz_path_is_within (const char *path, const char *folder)
{
  gsize length = strlen (folder);

  return strncmp (path, folder, length) == 0 && (path[length] == '\0' || path[length] == '/');
}

typedef enum {
  FOLDER_NEW,
  FOLDER_EMPTY,
  FOLDER_BACKUP,
} FolderKind;

static gboolean
is_empty (const char *path)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  return folder != NULL && g_dir_read_name (folder) == NULL;
}

static gboolean
check_folder (const char *store, const char *folder, FolderKind *kind, GError **error)
{
  g_autofree char *name = g_filename_display_name (folder);

  if (jz_path_is_within (folder, store)) {
    g_set_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_INVALID,
                 _ ("“%s” is the store or lies in it, so it would be lost together with it. Choose "
                    "a folder on another disk."),
                 name);
    return FALSE;
  }
  if (!jz_folder_refuse_network (folder, error))
    return FALSE;
  *kind = FOLDER_NEW;
  if (g_access (folder, F_OK) != 0)
    return TRUE;
  *kind = is_empty (folder) ? FOLDER_EMPTY : FOLDER_BACKUP;
  if (*kind == FOLDER_EMPTY || jz_folder_is_backup (folder))
    return TRUE;
  if (jz_store_exists (folder))
    g_set_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_EXISTS,
                 _ ("“%s” is a store that somebody may be working in, not a backup. Choose another "
                    "folder."),
                 name);
  else
    g_set_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_EXISTS,
                 _ ("“%s” holds something else than a backup. Choose a new folder."), name);
  return FALSE;
}

static gboolean
write_checkpoint (JzCopy *copy, GError **error)
{
  g_autofree char *path = g_build_filename (copy->target, "checkpoint.txt", NULL);
  g_autofree char *staging = g_build_filename (copy->target, "incoming", NULL);
  g_autoptr (GBytes) bytes = NULL;

  if (copy->checkpoint == NULL)
    return jz_file_remove_durably (path, error);
  bytes = g_bytes_new (copy->checkpoint, strlen (copy->checkpoint));
  return jz_file_write_durably (path, staging, bytes, 0644, error);
}

/* Reads everything in the folder @folder of @backup again. */
JzReport *
jz_backup_verify (const JzBackup *backup, const char *folder, GError **error)
{
  JzVerification verification = {
    .path = folder,
    .with_chunk_lists = TRUE,
    .gate = backup->gate,
    .gate_data = backup->gate_data,
    .progress = backup->progress,
    .progress_data = backup->progress_data,
    .cancellable = backup->cancellable,
  };

  return jz_verify (&verification, error);
}

/* Whether it is as it should be, after mending what was damaged on the disk of the backup. */
static gboolean
prove (const JzBackup *backup, JzCopy *copy, JzReport **report, GError **error)
{
  gboolean is_mended = FALSE;

  *report = jz_backup_verify (backup, copy->target, error);
  if (*report == NULL || (*report)->faults->len == 0)
    return *report != NULL;
  if (!jz_copy_mend (copy, *report, &is_mended, error))
    return FALSE;
  if (!is_mended)
    return TRUE;
  g_clear_pointer (report, jz_report_free);
  *report = jz_backup_verify (backup, copy->target, error);
  return *report != NULL;
}

static gboolean
finish (const JzBackup *backup, JzCopy *copy, GError **error)
{
  static const char *const logs[] = { "scratch.db-wal", "scratch.db-shm", "scratch.db-journal" };

  /* A log that a store left there would be read into the new file. */
  for (gsize i = 0; i < G_N_ELEMENTS (logs); i++) {
    g_autofree char *path = g_build_filename (copy->target, logs[i], NULL);
    if (!jz_file_remove_durably (path, error))
      return FALSE;
  }
  if (!jz_copy_put_in_place (copy, "scratch.db", error) || !write_checkpoint (copy, error) ||
      !jz_copy_sweep (copy, error))
    return FALSE;
  if (backup->summary != NULL)
    *backup->summary = copy->summary;
  return TRUE;
}

static gboolean
fill_first (const JzBackup *backup, const char *making, JzReport **report, GError **error)
{
  g_auto (JzCopy) copy = {
    .progress = backup->progress,
    .progress_data = backup->progress_data,
    .cancellable = backup->cancellable,
  };

  if (!jz_copy_make_folders (making, error) || !jz_copy_init (&copy, backup->path, making, error) ||
      !jz_copy_run (&copy, error) || !jz_copy_put_in_place (&copy, "juanzong.db", error) ||
      !prove (backup, &copy, report, error))
    return FALSE;
  return (*report)->faults->len > 0 || finish (backup, &copy, error);
}

static gboolean
make_first (const JzBackup *backup, const char *folder, JzReport **report, GError **error)
{
  g_autoptr (JzMaking) making = jz_making_begin (folder, error);

  if (making == NULL || !fill_first (backup, jz_making_get_folder (making), report, error))
    return FALSE;
  if ((*report)->faults->len > 0)
    return TRUE;
  /* An empty folder gives way; one that is not empty, or is a disk's own, does not. */
  (void)g_rmdir (folder);
  return jz_making_finish (making, backup->warnings, error);
}

static gboolean
put_back (const char *folder, GError **error)
{
  g_autofree char *before = g_build_filename (folder, BEFORE, NULL);
  g_autofree char *database = jz_store_get_database_path (folder);

  if (g_access (before, F_OK) != 0)
    return TRUE;
  if (g_rename (before, database) != 0) {
    jz_store_error_set_from_errno (error, errno, database);
    return FALSE;
  }
  /* Two names of one file: then rename() leaves both. */
  return jz_folder_sync (folder, error) && jz_file_remove_durably (before, error);
}

static gboolean
duplicate (const char *from, const char *to, const char *staging, GError **error)
{
  g_autofree char *part = g_build_filename (staging, BEFORE, NULL);
  g_autoptr (JzConnection) connection = jz_connection_open (from, JZ_CONNECTION_READ, error);

  if (connection == NULL || !jz_database_copy (connection, part, NULL, NULL, NULL, error))
    return FALSE;
  if (g_rename (part, to) != 0) {
    jz_store_error_set_from_errno (error, errno, to);
    return FALSE;
  }
  return TRUE;
}

static gboolean
keep_before (const char *folder, GError **error)
{
  g_autofree char *database = jz_store_get_database_path (folder);
  g_autofree char *before = g_build_filename (folder, BEFORE, NULL);
  g_autofree char *staging = g_build_filename (folder, "incoming", NULL);

  /* Disks of the kind that cameras use know no second names. */
  if (link (database, before) != 0 && !duplicate (database, before, staging, error))
    return FALSE;
  return jz_folder_sync (folder, error);
}

static gboolean
swap (const JzBackup *backup, JzCopy *copy, JzReport **report, GError **error)
{
  g_autofree char *before = g_build_filename (copy->target, BEFORE, NULL);
  g_autoptr (GError) second = NULL;
  gboolean is_looked_at;

  if (!keep_before (copy->target, error))
    return FALSE;
  is_looked_at =
    jz_copy_put_in_place (copy, "juanzong.db", error) && prove (backup, copy, report, error);
  if (is_looked_at && (*report)->faults->len == 0)
    return jz_file_remove_durably (before, error) && finish (backup, copy, error);
  /* If this fails too the next run does it; what failed first is what to tell. */
  if (!put_back (copy->target, &second))
    g_debug ("%s", second->message);
  return is_looked_at;
}

/* A store that was set back, or that somebody rewrote, must not take the place of what it lost. */
static gboolean
check_goes_on (JzConnection *earlier, JzConnection *now, const char *folder, GError **error)
{
  g_auto (JzJournalTree) earlier_source = { 0 };
  g_auto (JzJournalTree) now_source = { 0 };
  g_autofree char *earlier_store = NULL;
  g_autofree char *now_store = NULL;
  JzTree earlier_tree, now_tree;
  JzHash earlier_root, now_root;

  if (!jz_journal_get_current_store (earlier, &earlier_store, error) ||
      !jz_journal_get_current_store (now, &now_store, error))
    return FALSE;
  if (g_strcmp0 (earlier_store, now_store) != 0) {
    g_set_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_EXISTS,
                 _ ("“%1$s” holds the backup of another store (%2$s). Choose a new folder."),
                 folder, earlier_store);
    return FALSE;
  }
  if (!jz_journal_tree_init (&earlier_source, earlier, earlier_store, &earlier_tree, error) ||
      !jz_tree_get_root (&earlier_tree, earlier_tree.size, &earlier_root, error) ||
      !jz_journal_tree_init (&now_source, now, now_store, &now_tree, error))
    return FALSE;
  if (now_tree.size >= earlier_tree.size) {
    if (!jz_tree_get_root (&now_tree, earlier_tree.size, &now_root, error))
      return FALSE;
    if (jz_hash_equal (&earlier_root, &now_root))
      return TRUE;
  }
  g_set_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_EXISTS,
               _ ("The backup “%s” holds entries that the store does not have: the store was set "
                  "back or rewritten. The backup is left as it is; choose a new folder, and find "
                  "out what happened."),
               folder);
  return FALSE;
}

static gboolean
check_earlier (JzCopy *copy, GError **error)
{
  g_autofree char *database = jz_store_get_database_path (copy->target);
  g_autofree char *name = g_filename_display_name (copy->target);
  g_autoptr (JzConnection) earlier = jz_connection_open (database, JZ_CONNECTION_READ, error);
  JzConnection *now = earlier != NULL ? jz_store_lease_reader (copy->source, error) : NULL;
  gboolean goes_on;

  if (now == NULL)
    return FALSE;
  goes_on = check_goes_on (earlier, now, name, error);
  jz_store_return_reader (copy->source, now);
  return goes_on;
}

static gboolean
sweep_incoming (const char *folder, GError **error)
{
  g_autofree char *path = g_build_filename (folder, "incoming", NULL);

  return jz_folder_sweep (path, NULL, error);
}

static gboolean
bring_up_to_date (const JzBackup *backup, const char *folder, JzReport **report, GError **error)
{
  g_autofree char *database = jz_store_get_database_path (folder);
  g_autoptr (JzLock) lock = jz_lock_take (folder, error);
  g_auto (JzCopy) copy = {
    .progress = backup->progress,
    .progress_data = backup->progress_data,
    .cancellable = backup->cancellable,
  };

  if (lock == NULL || !jz_copy_make_folders (folder, error) || !put_back (folder, error) ||
      !jz_database_make_single (database, error) || !sweep_incoming (folder, error))
    return FALSE;
  if (jz_copy_init (&copy, backup->path, folder, error) && check_earlier (&copy, error) &&
      jz_copy_run (&copy, error) && swap (backup, &copy, report, error))
    return TRUE;
  /* It may be in the way of what the disk is short of; else the next run does it. */
  (void)sweep_incoming (folder, NULL);
  return FALSE;
}

/**
 * jz_backup:
 * @backup: what to do
 * @report: (out) (transfer full) (nullable): what verifying the copy found
 * @error: return location
 *
 * Copies a store, which another program may be writing meanwhile, and proves that the copy
 * restores: every entry, signature, check, key and object of it is verified where it lies. A folder
 * that holds an earlier backup of the same store is brought up to date; what it has already is not
 * copied again, and until the new copy is proved the earlier one stays. The newest checkpoint is
 * beside the database as `checkpoint.txt`. The store keeps what came of it, see
 * jz_backup_note_read().
 *
 * Serves and I-05.
 *
 * Returns: %TRUE with a report. If the report has faults there is no new backup: the store itself
 * is damaged, and an earlier backup was left as it was. %FALSE when it could not be done:
 * %JZ_STORE_ERROR_INVALID or %JZ_STORE_ERROR_EXISTS for a folder that is not fit,
 * %JZ_STORE_ERROR_DAMAGED for what the store lacks, %JZ_STORE_ERROR_BUSY where another backup is
 * running, %G_IO_ERROR_CANCELLED, and what disks say
 */
gboolean
jz_backup (const JzBackup *backup, JzReport **report, GError **error)
{
  g_autofree char *store = NULL;
  g_autofree char *folder = NULL;
  g_autoptr (GError) local = NULL;
  JzBackupSummary summary = { 0 };
  JzBackup asked = *backup;
  FolderKind kind;

  g_return_val_if_fail (backup->path != NULL && backup->folder != NULL, FALSE);

  *report = NULL;
  store = jz_path_resolve (backup->path, error);
  folder = store != NULL ? jz_path_resolve (backup->folder, error) : NULL;
  if (folder == NULL || !check_folder (store, folder, &kind, error))
    return FALSE;
  if (asked.summary == NULL)
    asked.summary = &summary;
  if (kind == FOLDER_BACKUP ? !bring_up_to_date (&asked, folder, report, &local)
                            : !make_first (&asked, folder, report, &local))
    g_clear_pointer (report, jz_report_free);
  jz_backup_remember (&asked, store, folder, JZ_BACKUP_NOTE_LAST, *report, local);
  if (local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  return *report != NULL;
}
