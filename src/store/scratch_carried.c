/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/scratch-private.h"

/**
 * jz_scratch_keep_carried:
 * @self: a scratch database
 * @document: id of a document
 * @case_id: its case
 * @text: (nullable): which sentences, canonical JSON; %NULL for none any more
 * @error: return location
 *
 * Remembers which sentences of a document came from another one and were not looked at (ux.md §5).
 *
 * Returns: whether it was done
 */
gboolean
jz_scratch_keep_carried (JzScratch *self,
                         const char *document,
                         const char *case_id,
                         const char *text,
                         GError **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  if (text == NULL)
    return jz_connection_run (self->connection, error, "DELETE FROM carried WHERE document = ?",
                              "t", document);
  return jz_connection_run (self->connection, error,
                            "INSERT INTO carried (document, case_id, text) VALUES (?, ?, ?) ON "
                            "CONFLICT (document) DO UPDATE SET text = excluded.text",
                            "ttt", document, case_id, text);
}

/**
 * jz_scratch_find_carried:
 * @self: a scratch database
 * @document: id of a document
 * @text: (out) (transfer full) (nullable): what jz_scratch_keep_carried() kept; %NULL for nothing
 * @error: return location
 *
 * Returns: %FALSE only on failure
 */
gboolean
jz_scratch_find_carried (JzScratch *self, const char *document, char **text, GError **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  *text = NULL;
  return jz_connection_get_text (self->connection, text, error,
                                 "SELECT text FROM carried WHERE document = ?", "t", document);
}
