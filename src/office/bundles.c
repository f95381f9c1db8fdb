/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "office/bundles.h"

/* The bundles that were frozen, and what they hold. */

#define COLUMNS                                                                                    \
  "id, period_from, period_to, time, n_items, manifest, tag_manifest, signature, deviations"

/**
 * jz_frozen_bundle_free:
 * @self: (transfer full): a bundle
 */
void
jz_frozen_bundle_free (JzFrozenBundle *self)
{
  g_free (self->id);
  g_free (self->from);
  g_free (self->to);
  g_free (self);
}

static JzFrozenBundle *
read_bundle (JzStatement *row)
{
  JzFrozenBundle *self = g_new0 (JzFrozenBundle, 1);

  self->id = g_strdup (jz_statement_get_text (row, 0));
  self->from = g_strdup (jz_statement_get_text (row, 1));
  self->to = g_strdup (jz_statement_get_text (row, 2));
  self->n_items = jz_statement_get_integer (row, 4);
  if (!jz_instant_parse (jz_statement_get_text (row, 3), &self->time, NULL) ||
      !jz_statement_get_hash (row, 5, &self->manifest) ||
      !jz_statement_get_hash (row, 6, &self->tag_manifest) ||
      !jz_statement_get_hash (row, 7, &self->signature) ||
      !jz_statement_get_hash (row, 8, &self->deviations))
    g_assert_not_reached ();
  return self;
}

/**
 * jz_bundles_find_newest:
 * @tables: derived tables
 * @from: first day, as 2026-01-02
 * @to: last day
 * @bundle: (out) (transfer full) (nullable): the bundle frozen last of those whose period lies
 *   within these days; %NULL where there is none
 * @error: return location
 *
 * Returns: %FALSE only when it could not look
 */
gboolean
jz_bundles_find_newest (JzConnection *tables,
                        const char *from,
                        const char *to,
                        JzFrozenBundle **bundle,
                        GError **error)
{
  gboolean has_row = FALSE;
  g_autoptr (JzStatement) row =
    jz_connection_query (tables, error,
                         "SELECT " COLUMNS " FROM bundle WHERE period_from >= ? AND period_to <= ? "
                         "ORDER BY key DESC LIMIT 1",
                         "tt", from, to);

  *bundle = NULL;
  if (row == NULL || !jz_statement_step (row, &has_row, error))
    return FALSE;
  if (has_row)
    *bundle = read_bundle (row);
  return TRUE;
}

/**
 * jz_bundles_get_object_size:
 * @tables: derived tables
 * @hash: an object that an act has named
 * @size: (out): its bytes; 0 for one that none has named
 * @error: return location
 *
 * Returns: %FALSE only when it could not look
 */
gboolean
jz_bundles_get_object_size (JzConnection *tables, const JzHash *hash, guint64 *size, GError **error)
{
  gint64 number = 0;

  if (!jz_connection_get_number (tables, &number, error,
                                 "SELECT max (size) FROM object_use WHERE object = ?", "h", hash))
    return FALSE;
  *size = (guint64)number;
  return TRUE;
}
