/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "office/exemptions.h"

#include <string.h>

#include "office/fact_arguments.h"
#include "office/office.h"
#include "office/publications.h"
#include "store/entry.h"

/* The register of what was decided not to be published (不予公开台账; P-07, PX-06): each decision
 * with its ground and reason, who proposed and who approved it, when it was re-examined last and
 * when it is again. */

/**
 * jz_exemptions_query:
 * @reader: a store's database
 * @limit: at most so many, 0 for all
 * @error: return location
 *
 * Returns: (transfer full) (nullable) (element-type gint64): keys of publications; what is to be
 *   re-examined first comes first
 */
GArray *
jz_exemptions_query (JzConnection *reader, guint limit, GError **error)
{
  g_autoptr (GArray) keys = g_array_new (FALSE, FALSE, sizeof (gint64));
  gboolean has_row = FALSE;
  g_autoptr (JzStatement) rows =
    jz_connection_query (reader, error,
                         "SELECT key FROM publication WHERE state = 'exempt' ORDER BY review_on, "
                         "key LIMIT ?",
                         "i", limit > 0 ? (gint64)limit : -1);

  while (rows != NULL && jz_statement_step (rows, &has_row, error)) {
    gint64 key = has_row ? jz_statement_get_integer (rows, 0) : 0;
    if (!has_row)
      return g_steal_pointer (&keys);
    g_array_append_val (keys, key);
  }
  return NULL;
}

static const JzJson *
get_args (const JzJson *payload)
{
  return payload != NULL ? jz_json_get_member (payload, "args") : NULL;
}

static char *
dup_day (const char *time)
{
  return g_strndup (time, JZ_DATE_SIZE - 1);
}

/* The entry that the register is about is the last of its kind; it was proposed by another. */
static void
take_entry (JzStatement *entry, const char *document, JzJson *row)
{
  const char *text = jz_statement_get_text (entry, 3);
  const char *act = jz_statement_get_text (entry, 0);
  g_autoptr (JzJson) payload = text[0] != '\0' ? jz_json_parse (text, strlen (text), NULL) : NULL;
  const JzJson *args = get_args (payload);
  g_autofree char *day = dup_day (jz_statement_get_text (entry, 1));
  const char *name = jz_statement_get_text (entry, 2);

  if (strcmp (jz_json_read_text (args, "document"), document) != 0)
    return;
  if (strcmp (act, "publication.exempt.propose") == 0) {
    jz_json_set_text (row, "proposed_by", name);
  } else if (strcmp (act, "publication.exempt") == 0) {
    jz_json_set_text (row, "approved_by", name);
    jz_json_set_text (row, "approved_on", day);
    jz_json_set_text (row, "reason", jz_json_read_text (args, "reason"));
    jz_json_set_text (row, "examined_by", "");
    jz_json_set_text (row, "examined_on", "");
  } else {
    jz_json_set_text (row, "examined_by", name);
    jz_json_set_text (row, "examined_on", day);
    jz_json_set_text (row, "reason", jz_json_read_text (args, "reason"));
  }
}

static gboolean
add_entries (JzConnection *reader, const char *case_id, JzJson *row, GError **error)
{
  gboolean has_entry = FALSE;
  g_autoptr (JzStatement) entries = jz_connection_query (
    reader, error,
    "SELECT act, time, coalesce (person.name, actor), coalesce (payload.text, '') FROM entry LEFT "
    "JOIN person ON person.id = entry.actor LEFT JOIN payload ON payload.entry = entry.arrival "
    "WHERE case_id = ? AND act IN ('publication.exempt.propose', 'publication.exempt', "
    "'publication.reexamine') ORDER BY arrival",
    "t", case_id);

  while (entries != NULL && jz_statement_step (entries, &has_entry, error)) {
    if (!has_entry)
      return TRUE;
    take_entry (entries, jz_json_get_member_text (row, "document"), row);
  }
  return FALSE;
}

static JzJson *
describe (JzStatement *found)
{
  static const char *const names[] = { "document", "case",      "number",      "decided_on",
                                       "ground",   "review_on", "case_number", "party" };
  const JzFactDefinition *ground =
    jz_fact_vocabulary_find (jz_office_get_facts (), "publication.ground");
  JzJson *row = jz_json_new_object ();

  for (int i = 0; i < (int)G_N_ELEMENTS (names); i++)
    jz_json_set_text (row, names[i], jz_statement_get_text (found, i));
  jz_json_set_text (row, "ground_word",
                    jz_fact_definition_get_label (ground, jz_json_get_member_text (row, "ground"),
                                                  jz_language_get_current ()));
  return row;
}

/**
 * jz_exemption_load:
 * @reader: a store's database
 * @key: of a publication
 * @row: (out) (transfer full) (nullable): an object `document`, `case`, `case_number`, `number`,
 *   `party`, `decided_on`, `ground` with `ground_word`, `reason`, which is that of the last
 *   re-examination where there was one, `proposed_by`, `approved_by`, `approved_on`, `examined_by`,
 *   `examined_on` and `review_on`; %NULL where it is not among what is not published
 * @error: return location
 *
 * Returns: %FALSE only when it could not look
 */
gboolean
jz_exemption_load (JzConnection *reader, gint64 key, JzJson **row, GError **error)
{
  gboolean has_row = FALSE;
  g_autoptr (JzJson) found = NULL;
  g_autoptr (JzStatement) rows = jz_connection_query (
    reader, error,
    "SELECT p.document, p.case_id, p.number, p.decided_on, p.ground, p.review_on, c.number, "
    "c.party FROM publication AS p JOIN case_file AS c ON c.id = p.case_id WHERE p.key = ? AND "
    "p.state = 'exempt'",
    "i", key);

  *row = NULL;
  if (rows == NULL || !jz_statement_step (rows, &has_row, error))
    return FALSE;
  if (!has_row)
    return TRUE;
  found = describe (rows);
  if (!add_entries (reader, jz_json_get_member_text (found, "case"), found, error))
    return FALSE;
  *row = g_steal_pointer (&found);
  return TRUE;
}
