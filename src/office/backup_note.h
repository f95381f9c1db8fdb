/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "office/backup.h"

G_BEGIN_DECLS

/**
 * JzBackupNote:
 * @store: id of the store that was backed up
 * @folder: where the backup lies
 * @time: when, by the computer's clock
 * @is_good: whether all of it was proved
 * @n_copied: objects that were copied
 * @n_kept: objects that were there already
 * @sentence: (nullable): what was wrong, for people
 *
 * What a store remembers of a backup of it.
 */
typedef struct {
  char *store;
  char *folder;
  JzInstant time;
  gboolean is_good;
  gint64 n_copied;
  gint64 n_kept;
  char *sentence;
} JzBackupNote;

/**
 * JzBackupNoteKind:
 * @JZ_BACKUP_NOTE_LAST: of the last time that one was made or tried
 * @JZ_BACKUP_NOTE_GOOD: of the last one that was proved
 * @JZ_BACKUP_NOTE_DRILL: of the last time that a backup was read again from its disk
 *
 * Which of them.
 */
typedef enum {
  JZ_BACKUP_NOTE_LAST,
  JZ_BACKUP_NOTE_GOOD,
  JZ_BACKUP_NOTE_DRILL,
} JzBackupNoteKind;

void jz_backup_note_free (JzBackupNote *self);
gboolean jz_backup_note_keep (const JzBackupNote *self,
                              const char *store_path,
                              JzBackupNoteKind kind,
                              GError **error);
gboolean jz_backup_note_read (const char *store_path,
                              const char *store_id,
                              JzBackupNoteKind kind,
                              JzBackupNote **note,
                              GError **error);

gboolean jz_backup_drill (const JzBackup *backup, JzReport **report, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JzBackupNote, jz_backup_note_free)

G_END_DECLS
