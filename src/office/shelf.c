/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "office/shelf.h"

#include "store/error.h"

/* Rulebooks, form sets and calendars that a bureau adopted (design §4): objects of the store, named
 * by their hash in the entry that adopted them. */

/* Under the mutex. */
static gpointer
take_in (JzShelf *self, JzObjects *objects, const JzHash *hash, const char *hex, GError **error)
{
  g_autoptr (GBytes) bytes = NULL;
  gpointer thing;

  if (!jz_objects_has (objects, hash)) {
    g_autofree char *sentence = self->describe_missing (hex);
    g_set_error_literal (error, JZ_STORE_ERROR, JZ_STORE_ERROR_DAMAGED, sentence);
    return NULL;
  }
  bytes = jz_objects_get_bytes (objects, hash, self->max, error);
  thing = bytes != NULL ? self->read (bytes, hex, error) : NULL;
  if (thing != NULL)
    g_hash_table_insert (self->things, g_strdup (hex), thing);
  return thing;
}

/**
 * jz_shelf_get:
 * @self: a shelf
 * @objects: a store's
 * @hash: of an object
 * @error: return location
 *
 * Returns: (transfer none) (nullable): what was read from the object, which lives as long as the
 *   shelf; %NULL with %JZ_STORE_ERROR_DAMAGED where the store does not have it or has something
 *   else under its name
 */
gconstpointer
jz_shelf_get (JzShelf *self, JzObjects *objects, const JzHash *hash, GError **error)
{
  gpointer found;
  char hex[JZ_HASH_HEX_SIZE];

  g_return_val_if_fail (self != NULL && objects != NULL && hash != NULL, NULL);

  jz_hash_to_hex (hash, hex);
  g_mutex_lock (&self->mutex);
  if (self->things == NULL)
    self->things = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, self->free);
  found = g_hash_table_lookup (self->things, hex);
  if (found == NULL)
    found = take_in (self, objects, hash, hex, error);
  g_mutex_unlock (&self->mutex);
  return found;
}

/**
 * jz_shelf_clear:
 * @self: a shelf, of which nothing is in use any more
 *
 * Frees what is on it.
 */
void
jz_shelf_clear (JzShelf *self)
{
  g_return_if_fail (self != NULL);

  g_mutex_lock (&self->mutex);
  g_clear_pointer (&self->things, g_hash_table_unref);
  g_mutex_unlock (&self->mutex);
}

/**
 * jz_statement_take_hash:
 * @row: (nullable): a query whose first column is a hash
 * @hash: (out): the one of its first row; absent where there is none
 * @error: return location
 *
 * Returns: %FALSE only when it could not look
 */
gboolean
jz_statement_take_hash (JzStatement *row, JzMaybeHash *hash, GError **error)
{
  if (row == NULL || !jz_statement_step (row, &hash->is_present, error))
    return FALSE;
  if (hash->is_present)
    hash->is_present = jz_statement_get_hash (row, 0, &hash->hash);
  return TRUE;
}

/**
 * jz_tables_find_adopted:
 * @tables: derived tables
 * @query: of a hash, with a date and an arrival number to be filled in
 * @date: the day on which it must be in force
 * @until: nothing that was adopted later is known
 * @hash: (out): of what was found
 * @error: return location
 *
 * Returns: %FALSE only when it could not look
 */
gboolean
jz_tables_find_adopted (JzConnection *tables,
                        const char *query,
                        JzDate date,
                        gint64 until,
                        JzMaybeHash *hash,
                        GError **error)
{
  char text[JZ_DATE_SIZE];
  g_autoptr (JzStatement) row = NULL;

  jz_date_format (date, text);
  row = jz_connection_query (tables, error, query, "ti", text, until);
  return jz_statement_take_hash (row, hash, error);
}
