/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "office/sweep.h"

#include <string.h>

#include "office/apply.h"
#include "store/journal.h"
#include "store/keyring.h"

/* Removes files that no act names: key files of an earlier password or of a proposal that came to
 * nothing or is too old to be carried out, and half copies in incoming/.
 *
 * What is too old goes by the journal and not by a clock: verify must come to the same answer, and
 * a clock that is wrong must not take anything away. Once an entry has been written more than seven
 * days after a proposal, it stays so, even if the clock is set back later. */

static void
add_hash (GHashTable *names, const char *hex)
{
  if (hex != NULL)
    g_hash_table_add (names, g_strconcat (hex, ".key", NULL));
}

static gboolean
add_of_tables (JzConnection *tables, GHashTable *names, GError **error)
{
  gboolean has_row = FALSE;
  g_autoptr (JzStatement) rows =
    jz_connection_query (tables, error, "SELECT lower (hex (hash)) FROM key_file", "");

  while (rows != NULL && jz_statement_step (rows, &has_row, error)) {
    if (!has_row)
      return TRUE;
    add_hash (names, jz_statement_get_text (rows, 0));
  }
  return FALSE;
}

static gboolean
is_over (JzConnection *tables, gint64 arrival, const char *time, gboolean *is_over, GError **error)
{
  char limit[JZ_INSTANT_SIZE];
  gint64 has_later = 0;
  JzInstant instant = 0;

  *is_over = FALSE;
  if (!jz_instant_parse (time, &instant, NULL))
    return TRUE; /* verify names it */
  jz_instant_format (instant + JZ_PROPOSAL_LIFE_MS, limit);
  /* All times have the same form, so that their order is that of the texts. */
  if (!jz_connection_get_number (
        tables, &has_later, error,
        "SELECT EXISTS (SELECT 1 FROM entry WHERE arrival > ? AND time > ?)", "it", arrival, limit))
    return FALSE;
  *is_over = has_later != 0;
  return TRUE;
}

static gboolean
add_of_proposal (JzConnection *tables, gint64 arrival, GHashTable *names, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (JzJournalRecord) record = jz_journal_read (tables, arrival, &local);
  g_autoptr (JzJson) args = NULL;

  if (local != NULL) {
    g_propagate_error (error, g_steal_pointer (&local));
    return FALSE;
  }
  if (record == NULL || record->payload == NULL)
    return TRUE;
  args = jz_journal_record_dup_args (record, error);
  if (args == NULL)
    return FALSE;
  add_hash (names, jz_json_get_member_text (args, "person_key"));
  add_hash (names, jz_json_get_member_text (args, "store_key"));
  return TRUE;
}

static gboolean
add_of_proposals (JzConnection *tables, GHashTable *names, GError **error)
{
  gboolean has_row = FALSE;
  g_autoptr (JzStatement) rows =
    jz_connection_query (tables, error,
                         "SELECT entry, time FROM proposal WHERE used_by = 0 AND act IN "
                         "('store.accept', 'certificate.issue', 'certificate.recover')",
                         "");

  while (rows != NULL && jz_statement_step (rows, &has_row, error)) {
    gint64 arrival;
    gboolean is_too_old = FALSE;
    if (!has_row)
      return TRUE;
    arrival = jz_statement_get_integer (rows, 0);
    if (!is_over (tables, arrival, jz_statement_get_text (rows, 1), &is_too_old, error))
      return FALSE;
    if (!is_too_old && !add_of_proposal (tables, arrival, names, error))
      return FALSE;
  }
  return FALSE;
}

/**
 * jz_sweep_list_key_files:
 * @tables: a store's database
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the names that files in keys/ may have: those in force and
 * those of proposals that can still be carried out
 */
GHashTable *
jz_sweep_list_key_files (JzConnection *tables, GError **error)
{
  g_autoptr (GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  if (!add_of_tables (tables, names, error) || !add_of_proposals (tables, names, error))
    return NULL;
  return g_steal_pointer (&names);
}

static gboolean
remove_others (JzStore *store, GHashTable *names, GError **error)
{
  const char *path = jz_store_get_path (store);
  g_auto (GStrv) files = jz_keyring_list (path, error);

  for (gsize i = 0; files != NULL && files[i] != NULL; i++) {
    g_autofree char *hex = g_strndup (files[i], 2 * JZ_HASH_LENGTH);
    JzHash hash;
    /* Only what has the form of ours; verify names the rest. */
    if (g_hash_table_contains (names, files[i]) || !g_str_has_suffix (files[i], ".key") ||
        strlen (files[i]) != 2 * JZ_HASH_LENGTH + 4 || !jz_hash_from_hex (hex, &hash))
      continue;
    if (!jz_keyring_remove (path, &hash, error))
      return FALSE;
  }
  return files != NULL;
}

/**
 * jz_sweep:
 * @store: a store open for writing
 * @error: return location
 *
 * Returns: whether only files that count are left
 */
gboolean
jz_sweep (JzStore *store, GError **error)
{
  JzConnection *reader = jz_store_lease_reader (store, error);
  g_autoptr (GHashTable) names = NULL;

  if (reader == NULL)
    return FALSE;
  names = jz_sweep_list_key_files (reader, error);
  jz_store_return_reader (store, reader);
  if (names == NULL)
    return FALSE;
  if (remove_others (store, names, error))
    return jz_store_sweep_incoming (store, NULL, error);
  (void)jz_store_sweep_incoming (store, NULL, NULL); /* what failed first is told */
  return FALSE;
}
