/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "office/review_opinion.h"

#include <string.h>

/* The opinion as a document (forms.md 2.7): one row a point, from what was judged, so that the
 * reviewer writes down only what the cards do not say. */

#define MOST_BASIS 200
#define MOST_PROBLEM 400

/* Outcomes of the review and the words of the form for them. */
static const struct {
  const char *outcome;
  const char *overall;
} outcomes[] = {
  { "pass", "agree" },         { "pass_with_changes", "agree_changed" },
  { "return", "investigate" }, { "change", "change" },
  { "not_pass", "disagree" },  { "transfer", "transfer" },
};

static const char *
get_verdict (const JzJson *judged)
{
  return jz_json_read_text (jz_json_get_member (judged, "judgement"), "verdict");
}

/* The heaviest verdict of a point and the items under it. */
static const char *
get_conclusion (const JzJson *point)
{
  const JzJson *items = jz_json_get_member (point, "items");
  gboolean fails = strcmp (get_verdict (point), "fail") == 0;
  gboolean lacks = strcmp (get_verdict (point), "supplement") == 0;

  for (guint i = 0; i < jz_json_get_n_items (items); i++) {
    const char *verdict = get_verdict (jz_json_get_item (items, i));
    fails = fails || strcmp (verdict, "fail") == 0;
    lacks = lacks || strcmp (verdict, "supplement") == 0;
  }
  if (fails)
    return "fails";
  return lacks ? "supplement" : "meets";
}

static char *
cut (GString *text, glong most)
{
  g_autofree char *whole = g_string_free (text, FALSE);
  return g_utf8_strlen (whole, -1) > most ? g_utf8_substring (whole, 0, most) : g_strdup (whole);
}

static void
append (GString *text, const char *more)
{
  if (more[0] == '\0')
    return;
  if (text->len > 0)
    g_string_append (text, "；");
  g_string_append (text, more);
}

static gboolean
is_adverse (const char *verdict)
{
  return strcmp (verdict, "fail") == 0 || strcmp (verdict, "supplement") == 0;
}

/* Reasons of the point and of the items that are not met, and what these rest on. */
static void
collect (const JzJson *point, GString *problem, GString *basis)
{
  const JzJson *items = jz_json_get_member (point, "items");

  append (problem, jz_json_read_text (jz_json_get_member (point, "judgement"), "reason"));
  for (guint i = 0; i < jz_json_get_n_items (items); i++) {
    const JzJson *item = jz_json_get_item (items, i);
    if (!is_adverse (get_verdict (item)))
      continue;
    append (problem, jz_json_read_text (jz_json_get_member (item, "judgement"), "reason"));
    append (basis, jz_json_read_text (item, "basis"));
  }
}

static JzJson *
make_row (const JzJson *point)
{
  JzJson *row = jz_json_new_object ();
  GString *problem = g_string_new (NULL);
  GString *basis = g_string_new (NULL);
  g_autofree char *problem_text = NULL;
  g_autofree char *basis_text = NULL;

  collect (point, problem, basis);
  problem_text = cut (problem, MOST_PROBLEM);
  basis_text = cut (basis, MOST_BASIS);
  jz_json_set_text (row, "point", jz_json_read_text (point, "name"));
  jz_json_set_text (row, "conclusion", get_conclusion (point));
  if (basis_text[0] != '\0')
    jz_json_set_text (row, "basis", basis_text);
  if (problem_text[0] != '\0')
    jz_json_set_text (row, "problem", problem_text);
  return row;
}

static const char *
get_overall (const char *outcome)
{
  for (gsize i = 0; i < G_N_ELEMENTS (outcomes); i++)
    if (strcmp (outcomes[i].outcome, outcome) == 0)
      return outcomes[i].overall;
  return outcomes[0].overall;
}

/**
 * jz_review_opinion_fill:
 * @sheet: what jz_review_sheet() told
 * @outcome: of the review, a word of the vocabulary
 * @text: what must be changed, or the opinion
 * @reviewer: name of the reviewer
 * @date: day of the opinion
 *
 * Returns: (transfer full): values of the form legal_review_opinion; what nobody has said is left
 *   out for the reviewer to fill in
 */
JzJson *
jz_review_opinion_fill (const JzJson *sheet,
                        const char *outcome,
                        const char *text,
                        const char *reviewer,
                        const char *date)
{
  const JzJson *points = jz_json_get_member (sheet, "points");
  JzJson *values = jz_json_new_object ();
  JzJson *rows = jz_json_new_array ();
  guint n_materials = jz_json_get_n_items (jz_json_get_member (sheet, "materials"));

  for (guint i = 0; i < jz_json_get_n_items (points); i++)
    jz_json_append (rows, make_row (jz_json_get_item (points, i)));
  jz_json_set_member (values, "points", rows);
  jz_json_set_text (values, "case_title", jz_json_read_text (sheet, "title"));
  jz_json_set_text (values, "sent_on", jz_json_read_text (sheet, "submitted_on"));
  if (n_materials > 0)
    jz_json_set_integer (values, "n_materials", n_materials);
  jz_json_set_text (values, "overall", get_overall (outcome));
  jz_json_set_text (values, "advice", text);
  jz_json_set_text (values, "reviewer", reviewer);
  jz_json_set_text (values, "doc_date", date);
  return values;
}

/**
 * jz_review_opinion_dup_text:
 * @sheet: what jz_review_sheet() told
 *
 * Returns: (transfer full): a draft of what must be changed: the reasons of all that is not met,
 *   one a line, numbered; empty where everything is met
 */
char *
jz_review_opinion_dup_text (const JzJson *sheet)
{
  const JzJson *points = jz_json_get_member (sheet, "points");
  GString *text = g_string_new (NULL);
  guint n = 0;

  for (guint i = 0; i < jz_json_get_n_items (points); i++) {
    const JzJson *point = jz_json_get_item (points, i);
    GString *problem = g_string_new (NULL);
    GString *basis = g_string_new (NULL);
    g_autofree char *line = NULL;
    if (strcmp (get_conclusion (point), "meets") != 0)
      collect (point, problem, basis);
    g_string_free (basis, TRUE);
    line = g_string_free (problem, FALSE);
    if (line[0] == '\0')
      continue;
    n++;
    g_string_append_printf (text, "%s%u. %s：%s", n > 1 ? "\n" : "", n,
                            jz_json_read_text (point, "name"), line);
  }
  return g_string_free (text, FALSE);
}
