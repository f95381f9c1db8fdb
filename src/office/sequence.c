/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "office/sequence.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "office/situation.h"

/* The order that people give to things of a case: an act states the whole order anew, the last one
 * holds, and what came later stands behind. */

/**
 * jz_sequence_check:
 * @situation: an act
 * @argument: its argument that holds ids in order
 * @list: of which they must be records
 * @seen: (nullable): ids that other arguments named already; gets those of this one
 * @refusal: (out): set when one is none of this case, or is named twice
 * @error: return location
 *
 * Returns: %FALSE only when it could not look
 */
gboolean
jz_sequence_check (const JzSituation *situation,
                   const char *argument,
                   const char *list,
                   GHashTable *seen,
                   JzRefusal **refusal,
                   GError **error)
{
  const JzJson *ids = jz_json_get_member (situation->args, argument);
  g_autoptr (GHashTable) own = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < jz_json_get_n_items (ids) && *refusal == NULL; i++) {
    const char *id = jz_json_get_text (jz_json_get_item (ids, i));
    gint64 n_rows = 0;
    if (!jz_connection_get_number (
          situation->tables, &n_rows, error,
          "SELECT count (*) FROM fact WHERE case_id = ? AND list = ? AND record = ?", "ttt",
          situation->case_id, list, id))
      return FALSE;
    if (n_rows == 0 || !g_hash_table_add (seen != NULL ? seen : own, (gpointer)id))
      jz_refuse (refusal, "J-RECORD", _ ("Name each thing of this case once."),
                 _ ("%s is nothing that can be put in order here, or is named twice."), id);
  }
  return TRUE;
}

/**
 * jz_sequence_find:
 * @stated: what was stated of a case
 * @list: of the records that hold an order
 * @field: the field that holds it
 * @id: of a thing
 *
 * Returns: its place in the last order, %G_MAXUINT where it is not named
 */
guint
jz_sequence_find (const JzStated *stated, const char *list, const char *field, const char *id)
{
  const JzStatedRecord *last = jz_stated_find_last (stated, list);
  const JzJson *ids = last != NULL ? jz_stated_record_get (last, field) : NULL;

  for (guint i = 0; ids != NULL && i < jz_json_get_n_items (ids); i++)
    if (strcmp (jz_json_get_text (jz_json_get_item (ids, i)), id) == 0)
      return i;
  return G_MAXUINT;
}
