/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "office/verify.h"

G_BEGIN_DECLS

/**
 * JzBackupSummary:
 * @n_copied: objects that were copied
 * @n_kept: objects that the earlier backup had already
 * @has_drafts: whether what was being typed could be read and is in the backup
 *
 * What a backup did.
 */
typedef struct {
  guint64 n_copied;
  guint64 n_kept;
  gboolean has_drafts;
} JzBackupSummary;

/**
 * JzBackup:
 * @path: the store's folder
 * @folder: the backup: a folder that does not exist, an empty one, or an earlier backup of this
 * store
 * @gate: (nullable): the rules, to be asked of every entry again when the copy is proved
 * @gate_data: for @gate
 * @progress: (nullable): told of bytes, in one round while copying and in another while proving
 * @progress_data: for @progress
 * @cancellable: (nullable): to stop
 * @clock: (nullable): the computer's when %NULL; it says when the backup was made
 * @summary: (nullable): filled on success
 * @warnings: (nullable) (element-type utf8): gets what the user should know although it is done
 *
 * What `backup` is asked to do.
 */
typedef struct {
  const char *path;
  const char *folder;
  JzGate gate;
  gpointer gate_data;
  JzProgress progress;
  gpointer progress_data;
  GCancellable *cancellable;
  JzClock *clock;
  JzBackupSummary *summary;
  GPtrArray *warnings;
} JzBackup;

gboolean jz_backup (const JzBackup *backup, JzReport **report, GError **error);
gboolean jz_folder_is_backup (const char *folder);
gboolean jz_folder_refuse_acts (const char *folder, GError **error);

/**
 * JzRestoring:
 * @folder: a backup
 * @path: the store that is made of it: a folder that does not exist
 * @user: user name of an administrator, as of the backup
 * @password: the password that was his then
 * @ca_password: of the bureau's own key, as of the backup
 * @reason: why it is restored
 * @newest: (nullable): file with the newest checkpoint known of the store that was lost
 * @clock: (nullable): the computer's clock, or the demo office's, when %NULL
 * @gate: (nullable): the rules, to be asked of every entry again
 * @gate_data: for @gate
 * @progress: (nullable): told of bytes, in one round while verifying and in another while copying
 * @progress_data: for @progress
 * @cancellable: (nullable): to stop
 * @warnings: (nullable) (element-type utf8): gets what the user should know although it is done
 *
 * What `restore` needs.
 */
typedef struct {
  const char *folder;
  const char *path;
  const char *user;
  const char *password;
  const char *ca_password;
  const char *reason;
  const char *newest;
  JzClock *clock;
  JzGate gate;
  gpointer gate_data;
  JzProgress progress;
  gpointer progress_data;
  GCancellable *cancellable;
  GPtrArray *warnings;
} JzRestoring;

gboolean jz_restore (const JzRestoring *restoring, GError **error);

G_END_DECLS
