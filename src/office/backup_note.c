/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "office/backup_note.h"

#include <glib/gi18n-lib.h>

#include "office/backup-private.h"
#include "store/error.h"
#include "store/scratch.h"

/* When a store was last backed up, to where, and what came of it. It is not in the journal: a
 * backup changes nothing, and that of a store which nobody signed in to must be remembered too. */

static const char *const names[] = {
  [JZ_BACKUP_NOTE_LAST] = "backup.last",
  [JZ_BACKUP_NOTE_GOOD] = "backup.good",
  [JZ_BACKUP_NOTE_DRILL] = "backup.drill",
};

/**
 * jz_backup_note_free:
 * @self: (transfer full): a note
 */
void
jz_backup_note_free (JzBackupNote *self)
{
  g_free (self->store);
  g_free (self->folder);
  g_free (self->sentence);
  g_free (self);
}

/**
 * jz_backup_note_keep:
 * @self: a note
 * @store_path: the store's folder
 * @kind: which of its notes
 * @error: return location
 *
 * Returns: whether it was kept
 */
gboolean
jz_backup_note_keep (const JzBackupNote *self,
                     const char *store_path,
                     JzBackupNoteKind kind,
                     GError **error)
{
  g_autoptr (JzJson) json = jz_json_new_object ();
  char time[JZ_INSTANT_SIZE];

  jz_instant_format (self->time, time);
  jz_json_set_text (json, "store", self->store);
  jz_json_set_text (json, "folder", self->folder);
  jz_json_set_text (json, "time", time);
  jz_json_set_boolean (json, "good", self->is_good);
  jz_json_set_integer (json, "copied", self->n_copied);
  jz_json_set_integer (json, "kept", self->n_kept);
  if (self->sentence != NULL)
    jz_json_set_text (json, "sentence", self->sentence);
  return jz_scratch_keep_note (store_path, names[kind], json, error);
}

/**
 * jz_backup_note_read:
 * @store_path: the store's folder
 * @store_id: (nullable): the id under which it writes: a backup of what was here before a restore
 *   is none of this store; %NULL takes any
 * @kind: which of its notes
 * @note: (out) (transfer full) (nullable): the note; %NULL where there is none
 * @error: return location
 *
 * Serves R-29 and I-05.
 *
 * Returns: %FALSE only when it could not look
 */
gboolean
jz_backup_note_read (const char *store_path,
                     const char *store_id,
                     JzBackupNoteKind kind,
                     JzBackupNote **note,
                     GError **error)
{
  g_autoptr (JzJson) json = NULL;
  const char *store;
  const char *folder;
  const char *text;
  JzInstant time;

  *note = NULL;
  if (!jz_scratch_read_note (store_path, names[kind], &json, error))
    return FALSE;
  if (json == NULL)
    return TRUE;
  store = jz_json_get_member_text (json, "store");
  folder = jz_json_get_member_text (json, "folder");
  text = jz_json_get_member_text (json, "time");
  if (store == NULL || folder == NULL || text == NULL || !jz_instant_parse (text, &time, NULL) ||
      (store_id != NULL && g_strcmp0 (store, store_id) != 0))
    return TRUE;
  *note = g_new0 (JzBackupNote, 1);
  (*note)->store = g_strdup (store);
  (*note)->folder = g_strdup (folder);
  (*note)->time = time;
  (*note)->is_good = jz_json_get_member_boolean (json, "good", FALSE);
  (*note)->n_copied = jz_json_get_member_integer (json, "copied", 0);
  (*note)->n_kept = jz_json_get_member_integer (json, "kept", 0);
  (*note)->sentence = g_strdup (jz_json_get_member_text (json, "sentence"));
  return TRUE;
}

static char *
find_store_id (const char *path)
{
  g_autofree char *database = jz_store_get_database_path (path);
  g_autoptr (JzConnection) reader = jz_connection_open (database, JZ_CONNECTION_READ, NULL);
  char *id = NULL;

  if (reader != NULL && !jz_journal_get_current_store (reader, &id, NULL))
    id = NULL;
  return id;
}

static JzInstant
get_now (const JzBackup *backup)
{
  g_autoptr (JzClock) clock =
    backup->clock != NULL ? jz_clock_ref (backup->clock) : jz_clock_new_system ();
  return jz_clock_now (clock);
}

static void
keep (const JzBackupNote *note, const char *store, JzBackupNoteKind kind, GPtrArray *warnings)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *warning = NULL;

  if (jz_backup_note_keep (note, store, kind, &error) || warnings == NULL)
    return;
  warning = g_strdup_printf (_ ("The store could not keep when it was backed up, so it may be "
                                "shown as backed up earlier: %s"),
                             error->message);
  /* Of a good one there are two notes, which a disk that fails loses for the same reason. */
  if (!g_ptr_array_find_with_equal_func (warnings, warning, g_str_equal, NULL))
    g_ptr_array_add (warnings, g_steal_pointer (&warning));
}

/* The first fault says more than their number. */
static char *
describe (const JzReport *report, const GError *failure)
{
  if (failure != NULL)
    return g_strdup (failure->message);
  if (report == NULL || report->faults->len == 0)
    return NULL;
  return g_strdup (((const JzFault *)g_ptr_array_index (report->faults, 0))->sentence);
}

/**
 * jz_backup_remember:
 * @backup: what was asked for
 * @store: the store's folder, resolved
 * @folder: the backup's
 * @kind: %JZ_BACKUP_NOTE_LAST or %JZ_BACKUP_NOTE_DRILL
 * @report: (nullable): what verifying found
 * @failure: (nullable): why it could not be done
 *
 * Keeps what came of it beside the store, whatever it was; one that was stopped by the user is as
 * if it had not been begun. That it cannot be kept does not undo the backup.
 */
void
jz_backup_remember (const JzBackup *backup,
                    const char *store,
                    const char *folder,
                    JzBackupNoteKind kind,
                    const JzReport *report,
                    const GError *failure)
{
  g_autofree char *id = NULL;
  g_autofree char *sentence = NULL;
  JzBackupNote note = { 0 };

  if (g_error_matches (failure, G_IO_ERROR, G_IO_ERROR_CANCELLED) || jz_folder_is_backup (store))
    return;
  id = find_store_id (store);
  if (id == NULL)
    return;
  sentence = describe (report, failure);
  note = (JzBackupNote){
    .store = id,
    .folder = (char *)folder,
    .time = get_now (backup),
    .is_good = sentence == NULL,
    .n_copied = backup->summary != NULL ? (gint64)backup->summary->n_copied : 0,
    .n_kept = backup->summary != NULL ? (gint64)backup->summary->n_kept : 0,
    .sentence = sentence,
  };
  keep (&note, store, kind, backup->warnings);
  if (kind == JZ_BACKUP_NOTE_LAST && note.is_good)
    keep (&note, store, JZ_BACKUP_NOTE_GOOD, backup->warnings);
}

/**
 * jz_backup_drill:
 * @backup: the store and the folder of its backup
 * @report: (out) (transfer full) (nullable): what reading the backup found
 * @error: return location
 *
 * Reads a backup again from its disk as a restore would: every entry, signature, key and object. A
 * backup that was good when it was made may lie on a disk that has gone bad since; the day of the
 * last such drill is kept beside the store (I-05: "backup + restore drill with date").
 *
 * Returns: %TRUE with a report; %FALSE when it could not be read: %JZ_STORE_ERROR_NOT_A_STORE where
 *   there is no backup, %G_IO_ERROR_CANCELLED, and what disks say
 */
gboolean
jz_backup_drill (const JzBackup *backup, JzReport **report, GError **error)
{
  g_autofree char *store = NULL;
  g_autofree char *name = g_filename_display_name (backup->folder);
  g_autoptr (GError) local = NULL;

  *report = NULL;
  store = jz_path_resolve (backup->path, error);
  if (store == NULL)
    return FALSE;
  if (jz_folder_is_backup (backup->folder))
    *report = jz_backup_verify (backup, backup->folder, &local);
  else
    g_set_error (&local, JZ_STORE_ERROR, JZ_STORE_ERROR_NOT_A_STORE,
                 _ ("There is no backup in “%s”; connect the disk that it lies on."), name);
  /* A disk that is in a drawer says nothing about the backup on it. */
  if (!g_error_matches (local, JZ_STORE_ERROR, JZ_STORE_ERROR_NOT_A_STORE))
    jz_backup_remember (backup, store, backup->folder, JZ_BACKUP_NOTE_DRILL, *report, local);
  if (local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  return *report != NULL;
}
