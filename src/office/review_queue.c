/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "office/review_queue.h"

#include <string.h>

#include "office/review_view.h"

/* What is in legal review and what was (ux.md 2, 7; L-28, L-41): the open first by when they are
 * due, then those that are done, the newest first. */

/* Cases that were ever submitted; each is found by the key of its facts. */
#define SUBMITTED                                                                                  \
  "SELECT id, stage FROM case_file WHERE EXISTS (SELECT 1 FROM fact WHERE case_id = case_file.id " \
  "AND "                                                                                           \
  "list = '" JZ_LIST_SUBMISSION "') ORDER BY key DESC"

static gboolean
is_done (const JzJson *row)
{
  return strcmp (jz_json_read_text (row, "state"), jz_review_state_get_name (JZ_REVIEW_DONE)) == 0;
}

/* What has no due day yet stands behind what has one, by the day of its submission. */
static int
compare (gconstpointer a, gconstpointer b)
{
  const JzJson *one = *(const JzJson *const *)a;
  const JzJson *other = *(const JzJson *const *)b;
  const char *due = jz_json_read_text (one, "due");
  const char *other_due = jz_json_read_text (other, "due");

  if (is_done (one) != is_done (other))
    return is_done (one) ? 1 : -1;
  if (is_done (one))
    return strcmp (jz_json_read_text (other, "opinion_on"), jz_json_read_text (one, "opinion_on"));
  if ((due[0] == '\0') != (other_due[0] == '\0'))
    return due[0] == '\0' ? 1 : -1;
  if (strcmp (due, other_due) != 0)
    return strcmp (due, other_due);
  return strcmp (jz_json_read_text (one, "submitted_on"),
                 jz_json_read_text (other, "submitted_on"));
}

static JzJson *
make_row (JzReviewView *view, GError **error)
{
  g_autoptr (JzJson) row = jz_json_new_object ();

  if (!jz_review_view_load (view, error) || !jz_review_view_add_head (view, row, error))
    return NULL;
  return g_steal_pointer (&row);
}

static JzJson *
to_json (GPtrArray *rows)
{
  JzJson *list = jz_json_new_array ();

  g_ptr_array_sort (rows, compare);
  for (guint i = 0; i < rows->len; i++)
    jz_json_append (list, jz_json_ref (g_ptr_array_index (rows, i)));
  return list;
}

/**
 * jz_review_queue:
 * @reader: a store's database
 * @objects: the store's
 * @now: the time
 * @error: return location
 *
 * Returns: (transfer full) (nullable): an array of objects as jz_review_view_add_head() fills them,
 *   one a case that was ever submitted; of those that are done the newest %JZ_REVIEW_QUEUE_DONE
 */
JzJson *
jz_review_queue (JzConnection *reader, JzObjects *objects, JzInstant now, GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify)jz_json_unref);
  g_autoptr (JzStatement) cases = jz_connection_query (reader, error, SUBMITTED, "");
  gboolean has_row = FALSE;
  guint n_done = 0;

  while (cases != NULL && jz_statement_step (cases, &has_row, error)) {
    g_autofree char *case_id = has_row ? g_strdup (jz_statement_get_text (cases, 0)) : NULL;
    g_auto (JzReviewView)
      view = { .reader = reader, .objects = objects, .case_id = case_id, .now = now };
    g_autoptr (JzJson) row = NULL;
    if (!has_row)
      return to_json (rows);
    if (n_done >= JZ_REVIEW_QUEUE_DONE && strcmp (jz_statement_get_text (cases, 1), "open") != 0)
      continue;
    row = make_row (&view, error);
    if (row == NULL)
      return NULL;
    n_done += is_done (row);
    if (!is_done (row) || n_done <= JZ_REVIEW_QUEUE_DONE)
      g_ptr_array_add (rows, g_steal_pointer (&row));
  }
  return NULL;
}
