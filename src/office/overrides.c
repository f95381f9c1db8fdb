/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "office/overrides.h"

#include "office/apply.h"
#include "store/journal.h"

/* What the head has let through although the law, or the bureau's own rule, refused it: shown to
 * whoever looks at the case, the inspectors before all (design §1). */

static gboolean
set_given (JzConnection *reader, gint64 arrival, JzJson *json, GError **error)
{
  static const char *const names[] = { "act", "rules", "reason" };
  g_autoptr (JzJournalRecord) record = jz_journal_read (reader, arrival, error);
  g_autoptr (JzJson) args = NULL;

  if (record == NULL)
    return FALSE;
  args = jz_journal_record_dup_args (record, error);
  for (gsize i = 0; args != NULL && i < G_N_ELEMENTS (names); i++) {
    const JzJson *value = jz_json_get_member (args, names[i]);
    if (value != NULL)
      jz_json_set_member (json, names[i], jz_json_copy (value));
  }
  return args != NULL;
}

static JzJson *
row_to_json (JzConnection *reader, JzStatement *row, GError **error)
{
  static const char *const names[] = { "entry", "time", "name", "used" };
  g_autoptr (JzJson) json = jz_json_new_object ();

  for (int i = 0; i < (int)G_N_ELEMENTS (names); i++) {
    const char *text = jz_statement_get_text (row, i);
    if (text != NULL && text[0] != '\0')
      jz_json_set_text (json, names[i], text);
  }
  return set_given (reader, jz_statement_get_integer (row, 4), json, error)
           ? g_steal_pointer (&json)
           : NULL;
}

/**
 * jz_overrides_list:
 * @reader: a store's database
 * @case_id: a case
 * @error: return location
 *
 * Returns: (transfer full) (nullable): an array of objects `entry`, `time`, `name` of the head,
 *   `act` that is let through, `rules` that refuse it, `reason`, and `used`, the entry that it let
 *   through, where it was used; oldest first (rules.md 3)
 */
JzJson *
jz_overrides_list (JzConnection *reader, const char *case_id, GError **error)
{
  g_autoptr (JzJson) list = jz_json_new_array ();
  gboolean has_row = FALSE;
  g_autoptr (JzStatement) rows = jz_connection_query (
    reader, error,
    "SELECT entry.store || '-' || entry.seq, entry.time, person.name, used.store || '-' || "
    "used.seq, gate_override.entry FROM gate_override JOIN entry ON entry.arrival = "
    "gate_override.entry LEFT JOIN person ON person.id = entry.actor LEFT JOIN entry AS used ON "
    "used.arrival = gate_override.used_by WHERE gate_override.case_id = ? ORDER BY "
    "gate_override.entry",
    "t", case_id);

  while (rows != NULL && jz_statement_step (rows, &has_row, error)) {
    JzJson *row;
    if (!has_row)
      return g_steal_pointer (&list);
    row = row_to_json (reader, rows, error);
    if (row == NULL)
      return NULL;
    jz_json_append (list, row);
  }
  return NULL;
}
