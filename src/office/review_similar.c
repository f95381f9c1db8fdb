/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>

#include "office/review-private.h"
#include "office/settings.h"
#include "office/situation.h"

/* What this bureau decided on the same matter lately (AC-44 of rules.md 4.3; L-19, I-12): one look
 * at what was usual, nothing that binds. */

/* Each fact is found by the key of its case. A case counts once it has a number of a decision. */
#define SIMILAR                                                                                    \
  "SELECT c.id, c.number, c.title FROM case_file AS c JOIN fact AS m ON m.case_id = c.id AND "     \
  "m.list = '' AND m.record = '' AND m.name = 'matter.id' AND m.value = ?1 WHERE c.id != ?2 AND "  \
  "EXISTS (SELECT 1 FROM fact WHERE case_id = c.id AND list = '' AND record = '' AND name = "      \
  "'decision.number') GROUP BY c.id ORDER BY c.key DESC"

static gint64
get_fine (const JzStated *stated)
{
  const JzJson *fine = jz_stated_get (stated, "decision.fine");
  return fine != NULL ? jz_json_get_integer (fine) : 0;
}

static gboolean
get_setting (JzConnection *reader, const char *name, int *number, GError **error)
{
  g_autofree char *value = NULL;

  if (!jz_tables_get_setting (reader, name, &value, error))
    return FALSE;
  *number = atoi (value != NULL ? value : jz_setting_find (name)->otherwise);
  return TRUE;
}

/* What the bureau has set. */
gboolean
jz_review_similar_load (JzConnection *reader, JzSimilarBounds *bounds, GError **error)
{
  return get_setting (reader, "similar.years", &bounds->years, error) &&
         get_setting (reader, "similar.percent", &bounds->percent, error);
}

static gboolean
is_recent (const JzReviewView *view, const JzSimilarBounds *bounds, const char *decided_on)
{
  JzDate decided;
  JzDate today = jz_instant_get_date (view->now);

  today.year -= bounds->years;
  return jz_date_parse (decided_on, &decided, NULL) && jz_date_compare (decided, today) >= 0;
}

/* By how much this case's fine differs from the other's, in hundredths of that. */
static gint64
get_difference (gint64 fine, gint64 other)
{
  return other > 0 && ABS (fine - other) < G_MAXINT64 / 100 ? (fine - other) * 100 / other : 0;
}

static JzJson *
describe (const JzReviewView *view,
          const JzSimilarBounds *bounds,
          JzStatement *row,
          const JzStated *other)
{
  JzJson *json = jz_json_new_object ();
  gint64 fine = get_fine (view->stated);
  gint64 difference = get_difference (fine, get_fine (other));

  jz_json_set_text (json, "case", jz_statement_get_text (row, 0));
  jz_json_set_text (json, "number", jz_statement_get_text (row, 1));
  jz_json_set_text (json, "title", jz_statement_get_text (row, 2));
  jz_json_set_text (json, "decided_on", jz_stated_get_text (other, "decision.decided_on"));
  jz_json_set_text (json, "tier", jz_stated_get_text (other, "discretion.tier"));
  jz_json_set_integer (json, "fine", get_fine (other));
  jz_json_set_integer (json, "difference", difference);
  jz_json_set_boolean (json, "is_far", ABS (difference) > bounds->percent);
  return json;
}

/* Decisions of the last years on the matter of the case, the newest first. */
JzJson *
jz_review_similar (const JzReviewView *view, const JzSimilarBounds *bounds, GError **error)
{
  const JzJson *matter = jz_stated_get (view->stated, "matter.id");
  g_autofree char *text = matter != NULL ? jz_json_to_canonical (matter, NULL) : g_strdup ("");
  g_autoptr (JzJson) list = jz_json_new_array ();
  g_autoptr (JzStatement) rows =
    jz_connection_query (view->reader, error, SIMILAR, "tt", text, view->case_id);
  gboolean has_row = FALSE;

  while (rows != NULL && jz_statement_step (rows, &has_row, error)) {
    g_autoptr (JzStated) other = NULL;
    if (!has_row || jz_json_get_n_items (list) >= JZ_SIMILAR_MOST)
      return g_steal_pointer (&list);
    other = jz_stated_load (view->reader, jz_statement_get_text (rows, 0), G_MAXINT64, error);
    if (other == NULL)
      return NULL;
    if (is_recent (view, bounds, jz_stated_get_text (other, "decision.decided_on")))
      jz_json_append (list, describe (view, bounds, rows, other));
  }
  return NULL;
}
