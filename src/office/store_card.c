/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "office/store_card.h"

#include "office/backup.h"
#include "office/situation.h"

/**
 * jz_store_card_free:
 * @self: (transfer full): a card
 */
void
jz_store_card_free (JzStoreCard *self)
{
  g_free (self->path);
  g_free (self->id);
  g_free (self->bureau);
  g_strfreev (self->administrators);
  g_free (self);
}

static gboolean
read_administrators (JzStoreCard *self, JzConnection *reader, GError **error)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  gboolean has_row = FALSE;
  g_autoptr (JzStatement) rows =
    jz_connection_query (reader, error,
                         "SELECT user FROM person WHERE id IN (SELECT person FROM person_role "
                         "WHERE role = 'administrator') ORDER BY key",
                         "");

  while (rows != NULL && jz_statement_step (rows, &has_row, error)) {
    if (!has_row) {
      self->administrators = g_strv_builder_end (builder);
      return TRUE;
    }
    g_strv_builder_add (builder, jz_statement_get_text (rows, 0));
  }
  return FALSE;
}

static gboolean
read_tables (JzStoreCard *self, JzConnection *reader, GError **error)
{
  self->time = G_MININT64;
  return jz_tables_get_setting (reader, "bureau.name", &self->bureau, error) &&
         (self->id == NULL || jz_journal_get_last_time (reader, self->id, &self->time, error)) &&
         read_administrators (self, reader, error);
}

/**
 * jz_store_card_read:
 * @path: a folder
 * @error: return location
 *
 * Looks at a store or a backup without writing to it, also while another program has it open: for
 * the list of stores that were opened before, and before one is restored.
 *
 * Returns: (transfer full) (nullable): what can be told of it; %JZ_STORE_ERROR_NOT_A_STORE where it
 *   is none, %JZ_STORE_ERROR_DAMAGED, and what disks say
 */
JzStoreCard *
jz_store_card_read (const char *path, GError **error)
{
  g_autoptr (JzStoreCard) self = g_new0 (JzStoreCard, 1);
  g_autoptr (JzOffice) office = jz_office_open (path, JZ_STORE_READ, NULL, error);
  JzConnection *reader;
  gboolean is_read;

  if (office == NULL)
    return NULL;
  self->path = g_strdup (path);
  self->id = g_strdup (jz_office_get_store_id (office));
  self->is_demo = jz_office_is_demo (office);
  self->is_backup = jz_folder_is_backup (path);
  reader = jz_store_lease_reader (jz_office_get_store (office), error);
  if (reader == NULL)
    return NULL;
  is_read = read_tables (self, reader, error);
  jz_store_return_reader (jz_office_get_store (office), reader);
  return is_read ? g_steal_pointer (&self) : NULL;
}
