/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "office/store_state.h"

#include <glib/gi18n-lib.h>

#include "office/situation.h"

/**
 * jz_store_state_free:
 * @self: (transfer full): a state
 */
void
jz_store_state_free (JzStoreState *self)
{
  g_clear_pointer (&self->backup, jz_backup_note_free);
  g_clear_pointer (&self->attempt, jz_backup_note_free);
  g_clear_pointer (&self->drill, jz_backup_note_free);
  g_free (self);
}

static gboolean
read_journal (JzStoreState *self, JzOffice *office, JzConnection *reader, GError **error)
{
  g_autofree char *accepted = NULL;

  self->last_entry = G_MININT64;
  if (!jz_journal_get_last_time (reader, jz_office_get_store_id (office), &self->last_entry,
                                 error) ||
      !jz_tables_get_setting (reader, "store.accepted", &accepted, error))
    return FALSE;
  self->is_accepted = accepted != NULL;
  self->clock = jz_clock_judge (self->now, self->last_entry);
  return TRUE;
}

static gboolean
read_notes (JzStoreState *self, JzOffice *office, JzInstant computer, GError **error)
{
  const char *path = jz_store_get_path (jz_office_get_store (office));
  const char *id = jz_office_get_store_id (office);

  if (!jz_backup_note_read (path, id, JZ_BACKUP_NOTE_GOOD, &self->backup, error) ||
      !jz_backup_note_read (path, id, JZ_BACKUP_NOTE_LAST, &self->attempt, error) ||
      !jz_backup_note_read (path, id, JZ_BACKUP_NOTE_DRILL, &self->drill, error))
    return FALSE;
  /* A clock that was set back makes no backup younger than new. */
  self->backup_days = self->backup == NULL
                        ? -1
                        : MAX (jz_date_days_between (jz_instant_get_date (self->backup->time),
                                                     jz_instant_get_date (computer)),
                               0);
  return TRUE;
}

/**
 * jz_store_state_read:
 * @office: an office open for writing
 * @reader: its database
 * @computer: the time by the computer's own clock, which is not that of an invented office: the age
 *   of a backup is counted by it
 * @error: return location
 *
 * Serves R-29, I-05 and design §1 "Time": a wrong clock is asked about before anything is recorded.
 *
 * Returns: (transfer full) (nullable): how it stands
 */
JzStoreState *
jz_store_state_read (JzOffice *office, JzConnection *reader, JzInstant computer, GError **error)
{
  g_autoptr (JzStoreState) self = g_new0 (JzStoreState, 1);
  JzStore *store = jz_office_get_store (office);

  self->now = jz_clock_now (jz_office_get_clock (office));
  self->is_demo = jz_office_is_demo (office);
  self->is_at_its_place = TRUE;
  if (!read_journal (self, office, reader, error) || !read_notes (self, office, computer, error) ||
      (jz_store_get_mode (store) == JZ_STORE_WRITE &&
       !jz_store_is_at_its_place (store, &self->is_at_its_place, error)))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * jz_store_state_is_backup_old:
 * @self: a state
 *
 * Returns: whether somebody should make a backup now
 */
gboolean
jz_store_state_is_backup_old (const JzStoreState *self)
{
  return self->backup_days < 0 || self->backup_days > JZ_BACKUP_OLD_DAYS;
}

/**
 * jz_store_state_dup_sentence:
 * @self: a state
 *
 * Returns: (transfer full): how old the last backup is, in a few words for the header
 */
char *
jz_store_state_dup_sentence (const JzStoreState *self)
{
  if (self->backup_days < 0)
    return g_strdup (_ ("never backed up"));
  if (self->backup_days == 0)
    return g_strdup (_ ("backed up today"));
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "last backup %d day ago",
                                       "last backup %d days ago", (gulong)self->backup_days),
                          self->backup_days);
}
