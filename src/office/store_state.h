/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "office/backup_note.h"
#include "office/office.h"

G_BEGIN_DECLS

/**
 * JzStoreState:
 * @clock: how the clock stands to the last entry
 * @now: what the clock shows
 * @last_entry: when the last entry was written
 * @is_at_its_place: whether the store is where it was last used
 * @is_accepted: whether a second person has accepted it
 * @is_demo: whether it is an invented office
 * @backup: (nullable): the last backup that was proved
 * @attempt: (nullable): the last time that one was made or tried
 * @drill: (nullable): the last time that a backup was read again
 * @backup_days: age of @backup in days; -1 where there is none
 *
 * How it stands with a store, for the header of the window and the technician's desk.
 */
typedef struct {
  JzClockState clock;
  JzInstant now;
  JzInstant last_entry;
  gboolean is_at_its_place;
  gboolean is_accepted;
  gboolean is_demo;
  JzBackupNote *backup;
  JzBackupNote *attempt;
  JzBackupNote *drill;
  int backup_days;
} JzStoreState;

/* A backup that is older is shown as a warning. */
#define JZ_BACKUP_OLD_DAYS 7

JzStoreState *
jz_store_state_read (JzOffice *office, JzConnection *reader, JzInstant computer, GError **error);
void jz_store_state_free (JzStoreState *self);
char *jz_store_state_dup_sentence (const JzStoreState *self);
gboolean jz_store_state_is_backup_old (const JzStoreState *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JzStoreState, jz_store_state_free)

G_END_DECLS
