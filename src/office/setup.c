/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "office/setup.h"

#include "office/backup_note.h"
#include "office/situation.h"

/* How far the first setting up has got (ux.md §9). It is read from the store itself, so that the
 * assistant can be left at any moment and goes on where the office is, on whatever computer. */

/**
 * jz_setup_free:
 * @self: (transfer full): a state
 */
void
jz_setup_free (JzSetup *self)
{
  g_free (self->bureau);
  g_free (self->code);
  g_free (self->rulebook);
  g_free (self->forms);
  g_free (self->calendar);
  g_free (self->take_over_until);
  g_free (self);
}

static gboolean
read_setting (JzConnection *reader, const char *name, char **value, GError **error)
{
  if (!jz_tables_get_setting (reader, name, value, error))
    return FALSE;
  if (*value == NULL)
    *value = g_strdup ("");
  return TRUE;
}

static gboolean
read_settings (JzSetup *self, JzConnection *reader, GError **error)
{
  g_autofree char *accepted = NULL;

  if (!read_setting (reader, "bureau.name", &self->bureau, error) ||
      !read_setting (reader, "bureau.code", &self->code, error) ||
      !read_setting (reader, "take_over.until", &self->take_over_until, error) ||
      !jz_tables_get_setting (reader, "store.accepted", &accepted, error))
    return FALSE;
  self->is_accepted = accepted != NULL;
  return TRUE;
}

static gboolean
read_adopted (JzSetup *self, JzConnection *reader, GError **error)
{
  return jz_connection_get_text (reader, &self->rulebook, error,
                                 "SELECT coalesce (max (in_force), '') FROM rulebook", "") &&
         jz_connection_get_text (reader, &self->forms, error,
                                 "SELECT coalesce (max (in_force), '') FROM form_set", "") &&
         jz_connection_get_text (reader, &self->calendar, error,
                                 "SELECT coalesce (max (in_force), '') FROM calendar", "");
}

static gboolean
read_counts (JzSetup *self, JzConnection *reader, JzDate today, GError **error)
{
  char text[JZ_DATE_SIZE];

  jz_date_format (today, text);
  return jz_connection_get_number (reader, &self->n_people, error,
                                   "SELECT count (*) FROM person WHERE state = 'active'", "") &&
         jz_connection_get_number (reader, &self->n_able, error,
                                   "SELECT count (*) FROM person WHERE state = 'active' AND EXISTS "
                                   "(SELECT 1 FROM certificate WHERE owner = person.id AND closed "
                                   "= 0 AND valid_to >= ?)",
                                   "t", text) &&
         jz_connection_get_number (reader, &self->n_running, error,
                                   "SELECT count (*) FROM case_file WHERE taken_over = 1", "");
}

/**
 * jz_setup_read:
 * @office: an office
 * @reader: its database
 * @error: return location
 *
 * Returns: (transfer full) (nullable): how far it has got
 */
JzSetup *
jz_setup_read (JzOffice *office, JzConnection *reader, GError **error)
{
  g_autoptr (JzSetup) self = g_new0 (JzSetup, 1);
  g_autoptr (JzBackupNote) backup = NULL;
  JzDate today = jz_instant_get_date (jz_clock_now (jz_office_get_clock (office)));

  self->is_demo = jz_office_is_demo (office);
  if (!read_settings (self, reader, error) || !read_adopted (self, reader, error) ||
      !read_counts (self, reader, today, error) ||
      !jz_backup_note_read (jz_store_get_path (jz_office_get_store (office)),
                            jz_office_get_store_id (office), JZ_BACKUP_NOTE_GOOD, &backup, error))
    return NULL;
  self->has_backup = backup != NULL;
  return g_steal_pointer (&self);
}

/**
 * jz_setup_is_done:
 * @self: a state
 *
 * Returns: whether cases can be filed: a second person accepted the store, and rules, forms and
 *   calendar were adopted
 */
gboolean
jz_setup_is_done (const JzSetup *self)
{
  return self->is_accepted && self->rulebook[0] != '\0' && self->forms[0] != '\0' &&
         self->calendar[0] != '\0';
}
