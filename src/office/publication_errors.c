/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "office/publication_errors.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "office/act_words.h"

/* The errors in what is public that were reported, and what became of each (P-04, PW-03). */

/**
 * jz_publication_error_state_word:
 * @state: `open`, `corrected`, `withdrawn` or `dismissed`
 *
 * Returns: (transfer none): it in the user's language
 */
const char *
jz_publication_error_state_word (const char *state)
{
  static const struct {
    const char *state;
    const char *word;
  } words[] = {
    { "open", NC_ ("publication error", "to be corrected") },
    { "corrected", NC_ ("publication error", "corrected") },
    { "withdrawn", NC_ ("publication error", "withdrawn") },
    { "dismissed", NC_ ("publication error", "no error") },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (strcmp (words[i].state, state) == 0)
      return g_dpgettext2 (GETTEXT_PACKAGE, "publication error", words[i].word);
  return state;
}

/* In the order of the columns below. */
static const char *const names[] = { "id",       "what",        "channel",     "finder",
                                     "reporter", "reported_by", "reported_on", "state",
                                     "reason",   "closed_by",   "closed_on" };

#define SELECT_ERROR                                                                               \
  "SELECT e.id, what, channel, finder, reported_by, coalesce (r.name, reported_by), reported_on, " \
  "e.state, reason, coalesce (c.name, closed_by), closed_on FROM publication_error AS e LEFT "     \
  "JOIN person AS r ON r.id = reported_by LEFT JOIN person AS c ON c.id = closed_by "

static JzJson *
describe (JzStatement *row)
{
  const JzArgument told = { .name = "channel" };
  JzJson *json = jz_json_new_object ();
  const char *channel = jz_statement_get_text (row, 2);
  const char *state = jz_statement_get_text (row, 7);

  for (int i = 0; i < (int)G_N_ELEMENTS (names); i++)
    jz_json_set_text (json, names[i], jz_statement_get_text (row, i));
  if (channel[0] != '\0')
    jz_json_set_text (json, "channel_word", jz_argument_get_word_label (&told, channel));
  jz_json_set_text (json, "state_word", jz_publication_error_state_word (state));
  return json;
}

/**
 * jz_publication_find_error:
 * @tables: derived tables
 * @document: id of the document that is public
 * @id: of a report
 * @report: (out) (transfer full) (nullable): as jz_publication_list_errors() lists it; %NULL where
 *   there is none that is not done with
 * @error: return location
 *
 * Returns: %FALSE only when it could not look
 */
gboolean
jz_publication_find_error (JzConnection *tables,
                           const char *document,
                           const char *id,
                           JzJson **report,
                           GError **error)
{
  gboolean has_row = FALSE;
  g_autoptr (JzStatement) row = jz_connection_query (
    tables, error, SELECT_ERROR "WHERE document = ? AND e.id = ? AND e.state = 'open'", "tt",
    document, id);

  *report = NULL;
  if (row == NULL || !jz_statement_step (row, &has_row, error))
    return FALSE;
  if (has_row)
    *report = describe (row);
  return TRUE;
}

/**
 * jz_publication_list_errors:
 * @reader: a store's database
 * @document: id of the document that is public
 * @error: return location
 *
 * Returns: (transfer full) (nullable): an array of objects, those that are not done with first, and
 *   the newest of the others: `id`, `what`, `channel` with `channel_word`, `finder`, `reporter`
 *   (id), `reported_by` (name), `reported_on`, `state` with `state_word`, `reason`, `closed_by`
 *   (name), `closed_on`
 */
JzJson *
jz_publication_list_errors (JzConnection *reader, const char *document, GError **error)
{
  g_autoptr (JzJson) list = jz_json_new_array ();
  gboolean has_row = FALSE;
  g_autoptr (JzStatement) rows = jz_connection_query (
    reader, error, SELECT_ERROR "WHERE document = ? ORDER BY e.state <> 'open', e.key DESC", "t",
    document);

  while (rows != NULL && jz_statement_step (rows, &has_row, error)) {
    if (!has_row)
      return g_steal_pointer (&list);
    jz_json_append (list, describe (rows));
  }
  return NULL;
}

/**
 * jz_publication_close_errors:
 * @application: what apply works on; its argument `document` is what was public
 * @state: `corrected` or `withdrawn`
 * @until: key of the copy that corrects them: one that was reported after it was collected is not
 *   corrected by it; %G_MAXINT64 for all
 * @error: return location
 *
 * Returns: whether it was done
 */
gboolean
jz_publication_close_errors (JzApplication *application,
                             const char *state,
                             gint64 until,
                             GError **error)
{
  char today[JZ_DATE_SIZE];

  jz_date_format (jz_instant_get_date (application->record->entry->time), today);
  return jz_connection_run (application->tables, error,
                            "UPDATE publication_error SET state = ?, closed_by = ?, closed_on = ? "
                            "WHERE document = ? AND state = 'open' AND key < ?",
                            "tttti", state, application->record->entry->actor, today,
                            jz_application_get_text (application, "document"), until);
}
