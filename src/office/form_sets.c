/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "office/form_sets.h"

#include <glib/gi18n-lib.h>

#include "office/fact_arguments.h"
#include "office/shelf.h"

/* A case keeps the forms of the day on which it was filed, so that its documents do not change
 * their look half way (forms.md §1). */

static char *
describe_missing (const char *name)
{
  return g_strdup_printf (
    _ ("The form set %s is not in this store; restore it from its newest backup."), name);
}

static gpointer
read_set (GBytes *bytes, const char *name, GError **error)
{
  JzVocabulary vocabulary;

  jz_fact_vocabulary_get_interface (jz_office_get_facts (), &vocabulary);
  return jz_form_set_load (bytes, name, &vocabulary, error);
}

/**
 * jz_form_sets_get:
 * @objects: a store's
 * @hash: of a form set
 * @error: return location
 *
 * Returns: (transfer none) (nullable): the form set, which lives as long as the program
 */
const JzFormSet *
jz_form_sets_get (JzObjects *objects, const JzHash *hash, GError **error)
{
  static JzShelf shelf = {
    .max = JZ_FORM_SET_MAX_SIZE,
    .describe_missing = describe_missing,
    .read = read_set,
    .free = (GDestroyNotify)jz_form_set_unref,
  };

  return jz_shelf_get (&shelf, objects, hash, error);
}

/**
 * jz_tables_find_form_set:
 * @tables: derived tables
 * @case_id: a case, `bureau`, or the empty text for none yet
 * @date: for what is not filed: the day on which the set must be in force
 * @hash: (out): of the set that the case was filed under, or else of the one adopted last of those
 *   in force on @date; absent where there is none
 * @error: return location
 *
 * Returns: %FALSE only when it could not look
 */
gboolean
jz_tables_find_form_set (JzConnection *tables,
                         const char *case_id,
                         JzDate date,
                         JzMaybeHash *hash,
                         GError **error)
{
  g_autoptr (JzStatement) kept = jz_connection_query (
    tables, error, "SELECT hash FROM case_form_set WHERE case_id = ?", "t", case_id);

  if (!jz_statement_take_hash (kept, hash, error))
    return FALSE;
  return hash->is_present || jz_tables_find_adopted (tables, JZ_NEWEST_IN_FORCE ("form_set"), date,
                                                     G_MAXINT64, hash, error);
}
