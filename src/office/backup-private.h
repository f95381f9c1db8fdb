/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "office/backup_note.h"
#include "store/store.h"

G_BEGIN_DECLS

/* What stands in scratch.db of a backup instead of the place of a store: no store is ever there, so
 * acts are refused in a backup, and a folder that has it may be written over by the next backup. */
#define JZ_PLACE_OF_BACKUP "backup"

typedef struct {
  JzHash hash;
  guint64 size;
} JzWantedObject;

/**
 * JzCopy:
 * @source: what is copied, open for reading; another program may write it
 * @target: a folder with the folders objects/, keys/ and incoming/
 * @progress: (nullable): told of bytes
 * @progress_data: for @progress
 * @cancellable: (nullable): to stop
 * @objects: those of @target
 * @wanted: (element-type JzWantedObject): what the copied database names, in order of hash
 * @keys: names of the files in keys/ that it counts
 * @checkpoint: (nullable): its newest checkpoint
 * @done: bytes
 * @total: bytes
 * @summary: what was done
 *
 * Copying a store into a folder of the same form: into a backup, or out of one.
 */
typedef struct {
  JzStore *source;
  char *target;
  JzProgress progress;
  gpointer progress_data;
  GCancellable *cancellable;
  JzObjects *objects;
  GArray *wanted;
  GHashTable *keys;
  char *checkpoint;
  guint64 done;
  guint64 total;
  JzBackupSummary summary;
} JzCopy;

gboolean jz_copy_make_folders (const char *target, GError **error);
gboolean jz_copy_init (JzCopy *self, const char *source, const char *target, GError **error);
void jz_copy_clear (JzCopy *self);
gboolean jz_copy_run (JzCopy *self, GError **error);
gboolean jz_copy_put_in_place (JzCopy *self, const char *name, GError **error);
gboolean jz_copy_mend (JzCopy *self, const JzReport *report, gboolean *is_mended, GError **error);
gboolean jz_copy_sweep (JzCopy *self, GError **error);
void jz_copy_add_done (JzCopy *self, guint64 n);

gboolean jz_copy_database (JzCopy *self, JzConnection *reader, GError **error);
gboolean jz_copy_scratch (JzCopy *self, GError **error);

void jz_backup_remember (const JzBackup *backup,
                         const char *store,
                         const char *folder,
                         JzBackupNoteKind kind,
                         const JzReport *report,
                         const GError *failure);

char *jz_path_resolve (const char *path, GError **error);
gboolean jz_path_is_within (const char *path, const char *folder);
JzReport *jz_backup_verify (const JzBackup *backup, const char *folder, GError **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (JzCopy, jz_copy_clear)

G_END_DECLS
