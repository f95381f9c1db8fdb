/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>

#include "store/error.h"
#include "store/scratch-private.h"

/* What somebody is typing and has not put on record yet (ux.md §1.1): at most one draft a document,
 * which belongs to the person who types. */

/**
 * jz_scratch_keep_draft:
 * @self: a scratch database
 * @draft: what was typed
 * @error: return location
 *
 * Keeps a draft in the place of the one before it. It survives the end of the program, however it
 * ends.
 *
 * Returns: whether it was kept; %JZ_STORE_ERROR_BUSY where it is somebody else's
 */
gboolean
jz_scratch_keep_draft (JzScratch *self, const JzScratchDraft *draft, GError **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  g_autofree char *holder = NULL;
  char time[JZ_INSTANT_SIZE];

  g_return_val_if_fail (draft != NULL, FALSE);
  jz_instant_format (draft->time, time);
  if (!jz_connection_get_text (self->connection, &holder, error,
                               "SELECT person FROM draft WHERE document = ?", "t", draft->document))
    return FALSE;
  if (holder != NULL && g_strcmp0 (holder, draft->person) != 0) {
    g_set_error_literal (error, JZ_STORE_ERROR, JZ_STORE_ERROR_BUSY,
                         _ ("Somebody else is writing this document; what you typed was not kept. "
                            "Copy it, and ask him to save."));
    return FALSE;
  }
  return jz_connection_run (self->connection, error,
                            "INSERT INTO draft (document, case_id, person, time, text) "
                            "VALUES (?, ?, ?, ?, ?) ON CONFLICT (document) DO UPDATE SET "
                            "time = excluded.time, text = excluded.text",
                            "ttttt", draft->document, draft->case_id, draft->person, time,
                            draft->text);
}

/**
 * jz_scratch_find_draft:
 * @self: a scratch database
 * @document: id of a document
 * @draft: (out) (transfer full) (nullable): what was typed, to be freed with
 * jz_scratch_draft_free(); %NULL where everything is on record
 * @error: return location
 *
 * Returns: %FALSE only on failure
 */
gboolean
jz_scratch_find_draft (JzScratch *self,
                       const char *document,
                       JzScratchDraft **draft,
                       GError **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  gboolean has_row = FALSE;
  g_autoptr (JzStatement) statement = jz_connection_query (
    self->connection, error, "SELECT case_id, person, time, text FROM draft WHERE document = ?",
    "t", document);

  *draft = NULL;
  if (statement == NULL || !jz_statement_step (statement, &has_row, error))
    return FALSE;
  if (!has_row)
    return TRUE;
  *draft = g_new0 (JzScratchDraft, 1);
  (*draft)->document = g_strdup (document);
  (*draft)->case_id = g_strdup (jz_statement_get_text (statement, 0));
  (*draft)->person = g_strdup (jz_statement_get_text (statement, 1));
  (*draft)->text = g_strdup (jz_statement_get_text (statement, 3));
  return jz_instant_parse (jz_statement_get_text (statement, 2), &(*draft)->time, error);
}

/**
 * jz_scratch_give_draft:
 * @self: a scratch database
 * @document: id of a document
 * @person: who goes on with it
 * @error: return location
 *
 * A draft that its writer left behind becomes somebody else's.
 *
 * Returns: whether it was done; also where there is none
 */
gboolean
jz_scratch_give_draft (JzScratch *self, const char *document, const char *person, GError **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  return jz_connection_run (self->connection, error,
                            "UPDATE draft SET person = ? WHERE document = ?", "tt", person,
                            document);
}

/**
 * jz_scratch_drop_draft:
 * @self: a scratch database
 * @document: id of a document
 * @person: who put it on record
 * @error: return location
 *
 * Forgets a draft that is on record now. Somebody else's stays.
 *
 * Returns: whether it was done
 */
gboolean
jz_scratch_drop_draft (JzScratch *self, const char *document, const char *person, GError **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  return jz_connection_run (self->connection, error,
                            "DELETE FROM draft WHERE document = ? AND person = ?", "tt", document,
                            person);
}

/**
 * jz_scratch_draft_free:
 * @self: (transfer full): a draft
 */
void
jz_scratch_draft_free (JzScratchDraft *self)
{
  g_free (self->document);
  g_free (self->case_id);
  g_free (self->person);
  g_free (self->text);
  g_free (self);
}
