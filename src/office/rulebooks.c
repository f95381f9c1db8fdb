/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "office/rulebooks.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "office/fact_arguments.h"
#include "office/shelf.h"
#include "office/situation.h"

/* Adopted rulebooks (design §4): named by their hash in the entry that adopted them, in the entry
 * of every act, and in the case that was filed under them. */

static char *
describe_missing (const char *name)
{
  return g_strdup_printf (
    _ ("The rulebook %s is not in this store; restore it from its newest backup."), name);
}

static gpointer
read_rulebook (GBytes *bytes, const char *name, GError **error)
{
  const JzRulebookFile file = { bytes, name };

  return jz_rulebook_compose (jz_office_get_facts (), &file, 1, error);
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
  static JzShelf shelf = {
    .max = JZ_MAX_RULEBOOK,
    .describe_missing = describe_missing,
    .read = read_rulebook,
    .free = (GDestroyNotify)jz_rulebook_unref,
  };

  return jz_shelf_get (&shelf, objects, hash, error);
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
  g_autoptr (JzStatement) kept = jz_connection_query (
    tables, error, "SELECT hash FROM case_rulebook WHERE case_id = ?", "t", case_id);

  if (!jz_statement_take_hash (kept, hash, error))
    return FALSE;
  return hash->is_present || jz_tables_find_adopted (tables, JZ_NEWEST_IN_FORCE ("rulebook"), date,
                                                     G_MAXINT64, hash, error);
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

  if (self->rulebook != NULL) {
    *hash = *self->rulebook;
    return TRUE;
  }
  if (strcmp (self->act->name, "case.file") == 0)
    jz_date_parse (jz_situation_get_text (self, "case.filed_on"), &date, NULL);
  return jz_tables_find_rulebook (self->tables, self->case_id, date, hash, error);
}
