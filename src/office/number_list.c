/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "office/number_list.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "base/json.h"

/* The register of document numbers as people read it (design §5): no number is missing in it, and
 * for each that bears no document it says why. */

/* As the tables have them. */
static const char *const states[] = { "used", "reserved", "returned", "void" };
G_STATIC_ASSERT (G_N_ELEMENTS (states) == JZ_NUMBER_N_STATES);

static void
series_free (gpointer data)
{
  g_free (((JzNumberSeries *)data)->series);
  g_free (data);
}

static void
entry_free (gpointer data)
{
  JzNumberEntry *self = data;

  g_free (self->number);
  g_free (self->case_id);
  g_free (self->case_title);
  g_free (self->person);
  g_free (self->time);
  g_free (self->reason);
  g_free (self);
}

static JzNumberState
find_state (const char *word)
{
  for (guint i = 0; i < JZ_NUMBER_N_STATES; i++)
    if (strcmp (states[i], word) == 0)
      return (JzNumberState)i;
  g_return_val_if_reached (JZ_NUMBER_USED);
}

/**
 * jz_number_list_series:
 * @reader: a store's database
 * @error: return location
 *
 * Returns: (transfer full) (nullable) (element-type JzNumberSeries): the series, the one used last
 *   first
 */
GPtrArray *
jz_number_list_series (JzConnection *reader, GError **error)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func (series_free);
  g_autoptr (JzStatement) rows = jz_connection_query (
    reader, error,
    "SELECT series, state, count (*), max (serial), max (max (entry)) OVER (PARTITION BY series) "
    "AS newest FROM document_number GROUP BY series, state ORDER BY newest DESC, series",
    "");
  JzNumberSeries *series = NULL;
  gboolean has_row = TRUE; /* stays so when a step fails */

  if (rows == NULL)
    return NULL;
  while (jz_statement_step (rows, &has_row, error) && has_row) {
    if (series == NULL || strcmp (series->series, jz_statement_get_text (rows, 0)) != 0) {
      series = g_new0 (JzNumberSeries, 1);
      series->series = g_strdup (jz_statement_get_text (rows, 0));
      g_ptr_array_add (all, series);
    }
    series->n[find_state (jz_statement_get_text (rows, 1))] =
      (guint)jz_statement_get_integer (rows, 2);
    series->last = MAX (series->last, jz_statement_get_integer (rows, 3));
  }
  return has_row ? NULL : g_steal_pointer (&all);
}

/* The reason stands in the payload of the entry; that of a destroyed case is gone. */
static char *
dup_reason (const char *payload)
{
  g_autoptr (JzJson) json =
    payload != NULL ? jz_json_parse (payload, strlen (payload), NULL) : NULL;
  const JzJson *args = json != NULL ? jz_json_get_member (json, "args") : NULL;
  const char *reason = args != NULL ? jz_json_get_member_text (args, "reason") : NULL;

  return g_strdup (reason != NULL ? reason : "");
}

/**
 * jz_number_list:
 * @reader: a store's database
 * @series: a series
 * @error: return location
 *
 * Returns: (transfer full) (nullable) (element-type JzNumberEntry): its numbers, the last first
 */
GPtrArray *
jz_number_list (JzConnection *reader, const char *series, GError **error)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func (entry_free);
  g_autoptr (JzStatement) rows = jz_connection_query (
    reader, error,
    "SELECT n.number, n.state, n.case_id, coalesce (c.title, ''), coalesce (p.name, ''), e.time, "
    "CASE WHEN n.state = 'used' THEN NULL ELSE payload.text END FROM document_number AS n JOIN "
    "entry AS e ON e.arrival = n.entry LEFT JOIN person AS p ON p.id = e.actor LEFT JOIN case_file "
    "AS c ON c.id = n.case_id LEFT JOIN payload ON payload.entry = n.entry WHERE n.series = ? "
    "ORDER BY n.serial DESC",
    "t", series);
  gboolean has_row = TRUE; /* stays so when a step fails */

  if (rows == NULL)
    return NULL;
  while (jz_statement_step (rows, &has_row, error) && has_row) {
    JzNumberEntry *entry = g_new0 (JzNumberEntry, 1);
    entry->number = g_strdup (jz_statement_get_text (rows, 0));
    entry->state = find_state (jz_statement_get_text (rows, 1));
    entry->case_id = g_strdup (jz_statement_get_text (rows, 2));
    entry->case_title = g_strdup (jz_statement_get_text (rows, 3));
    entry->person = g_strdup (jz_statement_get_text (rows, 4));
    entry->time = g_strdup (jz_statement_get_text (rows, 5));
    entry->reason = dup_reason (jz_statement_get_text (rows, 6));
    g_ptr_array_add (all, entry);
  }
  return has_row ? NULL : g_steal_pointer (&all);
}

/**
 * jz_number_state_get_word:
 * @state: what became of a number
 *
 * Returns: (transfer none): what people call it
 */
const char *
jz_number_state_get_word (JzNumberState state)
{
  switch (state) {
  case JZ_NUMBER_RESERVED:
    return C_ ("number", "Kept back");
  case JZ_NUMBER_RETURNED:
    return C_ ("number", "Given back");
  case JZ_NUMBER_VOID:
    return C_ ("number", "Void");
  case JZ_NUMBER_USED:
  default:
    return C_ ("number", "Used");
  }
}
