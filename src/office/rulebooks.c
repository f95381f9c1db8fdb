/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "office/rulebooks.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "office/fact_arguments.h"
#include "office/situation.h"
#include "rules/calendar_file.h"
#include "store/error.h"

/* Adopted rulebooks (design §4): objects of the store, named by their hash in the entry that
 * adopted them, in the entry of every act, and in the case that was filed under them. What a hash
 * names never changes, so one that was read once is kept for the life of the program. */

static GMutex mutex;
static GHashTable *shelf; /* hex → JzRulebook */
static JzCalendar *calendar;

/* Under the mutex. */
static const JzRulebook *
take_in (JzObjects *objects, const JzHash *hash, const char *hex, GError **error)
{
  g_autoptr (GBytes) bytes = NULL;
  JzRulebookFile file;
  JzRulebook *rulebook;

  if (!jz_objects_has (objects, hash)) {
    g_set_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_DAMAGED,
                 _ ("The rulebook %s is not in this store; restore it from its newest backup."),
                 hex);
    return NULL;
  }
  bytes = jz_objects_get_bytes (objects, hash, JZ_MAX_RULEBOOK, error);
  if (bytes == NULL)
    return NULL;
  file = (JzRulebookFile){ bytes, hex };
  rulebook = jz_rulebook_compose (jz_office_get_facts (), &file, 1, error);
  if (rulebook != NULL)
    g_hash_table_insert (shelf, g_strdup (hex), rulebook);
  return rulebook;
}

/**
 * jz_rulebooks_get:
 * @objects: a store's
 * @hash: of an effective rulebook
 * @error: return location
 *
 * Returns: (transfer none) (nullable): the rulebook, which lives as long as the program
 */
const JzRulebook *
jz_rulebooks_get (JzObjects *objects, const JzHash *hash, GError **error)
{
  const JzRulebook *found;
  char hex[JZ_HASH_HEX_SIZE];

  jz_hash_to_hex (hash, hex);
  g_mutex_lock (&mutex);
  if (shelf == NULL)
    shelf =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)jz_rulebook_unref);
  found = g_hash_table_lookup (shelf, hex);
  if (found == NULL)
    found = take_in (objects, hash, hex, error);
  g_mutex_unlock (&mutex);
  return found;
}

/**
 * jz_rulebooks_get_calendar:
 * @error: return location
 *
 * Returns: (transfer none) (nullable): which days are worked
 */
const JzCalendar *
jz_rulebooks_get_calendar (GError **error)
{
  const JzCalendar *found;

  g_mutex_lock (&mutex);
  if (calendar == NULL)
    calendar = jz_calendar_load_shipped (error);
  found = calendar;
  g_mutex_unlock (&mutex);
  return found;
}

static gboolean
read_hash (JzStatement *row, JzMaybeHash *hash, GError **error)
{
  if (row == NULL || !jz_statement_step (row, &hash->is_present, error))
    return FALSE;
  if (hash->is_present)
    hash->is_present = jz_statement_get_hash (row, 0, &hash->hash);
  return TRUE;
}

/**
 * jz_tables_find_rulebook:
 * @tables: derived tables
 * @case_id: a case, `bureau`, or the empty text for none yet
 * @date: for what is not filed under a rulebook: the day on which it must be in force
 * @hash: (out): of the rulebook that the case was filed under, or else of the one adopted last of
 *   those in force on @date; absent where there is none
 * @error: return location
 *
 * Returns: %FALSE only when it could not look
 */
gboolean
jz_tables_find_rulebook (JzConnection *tables,
                         const char *case_id,
                         JzDate date,
                         JzMaybeHash *hash,
                         GError **error)
{
  char text[JZ_DATE_SIZE];
  g_autoptr (JzStatement) kept = jz_connection_query (
    tables, error, "SELECT hash FROM case_rulebook WHERE case_id = ?", "t", case_id);
  g_autoptr (JzStatement) newest = NULL;

  if (!read_hash (kept, hash, error))
    return FALSE;
  if (hash->is_present)
    return TRUE;
  jz_date_format (date, text);
  newest = jz_connection_query (tables, error,
                                "SELECT hash FROM rulebook WHERE in_force <= ? ORDER BY in_force "
                                "DESC, arrival DESC LIMIT 1",
                                "t", text);
  return read_hash (newest, hash, error);
}

/**
 * jz_situation_find_rulebook:
 * @self: a situation
 * @hash: (out): of the rulebook that its entry must name
 * @error: return location
 *
 * A case that is filed takes the rulebook of the day of filing, whenever that is recorded.
 *
 * Returns: %FALSE only when it could not look
 */
gboolean
jz_situation_find_rulebook (const JzSituation *self, JzMaybeHash *hash, GError **error)
{
  JzDate date = jz_instant_get_date (self->now);

  if (strcmp (self->act->name, "case.file") == 0)
    jz_date_parse (jz_situation_get_text (self, "case.filed_on"), &date, NULL);
  return jz_tables_find_rulebook (self->tables, self->case_id, date, hash, error);
}
