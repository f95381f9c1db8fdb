/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "office/publicity_queue.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "office/act_words.h"
#include "office/case_due.h"
#include "office/case_rows.h"
#include "office/publication_check.h"
#include "office/role.h"

/* What is to be published, where it stands and by when (ux.md 2, 8; P-35): the lists of the
 * workplace 公示. */

#define OUT "state IN ('released', 'published')"
#define IS_IN_ERROR                                                                                \
  "EXISTS (SELECT 1 FROM publication_error AS e WHERE e.document = p.document AND e.state = "      \
  "'open')"

static const struct {
  const char *word;
  const char *where;
  const char *order;
} groups[] = {
  [JZ_PUBLICITY_COLLECT] = { NC_ ("publicity", "To collect"),
                             "state = 'due' AND step IN ('none', 'returned')", "p.key" },
  [JZ_PUBLICITY_CHECK] = { NC_ ("publicity", "To check"), "state = 'due' AND step = 'proposed'",
                           "p.key" },
  [JZ_PUBLICITY_RELEASE] = { NC_ ("publicity", "To release"), "state = 'due' AND step = 'checked'",
                             "p.key" },
  [JZ_PUBLICITY_CARRIERS] = { NC_ ("publicity", "Waiting for carriers"),
                              "state = 'released' AND step = 'released' AND changed_on = '' AND "
                              "NOT " IS_IN_ERROR,
                              "p.released_on DESC, p.key DESC" },
  [JZ_PUBLICITY_PUBLISHED] = { NC_ ("publicity", "Published"),
                               "state = 'published' AND step = 'released' AND changed_on = '' AND "
                               "NOT " IS_IN_ERROR,
                               "p.released_on DESC, p.key DESC" },
  [JZ_PUBLICITY_CHANGES] = { NC_ ("publicity", "Withdrawals and corrections"),
                             "(state IN ('withdrawing', 'withdrawn') OR (" OUT
                             " AND (step <> 'released' OR changed_on <> '' OR " IS_IN_ERROR ")))",
                             "(p.state = 'withdrawn'), p.key DESC" },
  [JZ_PUBLICITY_EXEMPT] = { NC_ ("publicity", "Not published"), "state = 'exempt'",
                            "p.review_on, p.key" },
};
G_STATIC_ASSERT (G_N_ELEMENTS (groups) == JZ_PUBLICITY_N_GROUPS);

/**
 * jz_publicity_group_word:
 * @group: a list
 *
 * Returns: (transfer none): what it is called in the user's language
 */
const char *
jz_publicity_group_word (JzPublicityGroup group)
{
  return g_dpgettext2 (GETTEXT_PACKAGE, "publicity", groups[group].word);
}

/**
 * jz_publicity_count:
 * @reader: a store's database
 * @error: return location
 *
 * Returns: (transfer full) (nullable): an array of the number of rows of each list, in their order
 */
JzJson *
jz_publicity_count (JzConnection *reader, GError **error)
{
  g_autoptr (JzJson) counts = jz_json_new_array ();

  for (gsize i = 0; i < G_N_ELEMENTS (groups); i++) {
    g_autofree char *sql =
      g_strdup_printf ("SELECT count (*) FROM publication AS p WHERE %s", groups[i].where);
    gint64 number = 0;
    if (!jz_connection_get_number (reader, &number, error, sql, ""))
      return NULL;
    jz_json_append (counts, jz_json_new_integer (number));
  }
  return g_steal_pointer (&counts);
}

static gboolean
find_due (JzOffice *office,
          JzConnection *reader,
          const JzPublication *publication,
          JzJson *row,
          GError **error)
{
  JzInstant now = jz_clock_now (jz_office_get_clock (office));
  const char *wanted = jz_publication_get_limited_act (publication);
  g_auto (JzCaseView) view = { NULL };
  g_autoptr (GPtrArray) dues = NULL;

  if (!jz_case_view_open (&view, reader, jz_store_get_objects (jz_office_get_store (office)),
                          publication->case_id, now, error))
    return FALSE;
  dues = jz_case_due_list (&view, error);
  for (guint i = 0; dues != NULL && i < dues->len; i++) {
    const JzCaseDue *due = g_ptr_array_index (dues, i);
    const char *style = "";
    g_autofree char *when = NULL;
    char text[JZ_DATE_SIZE];
    if (strcmp (due->act->name, wanted) != 0)
      continue;
    when = jz_case_due_dup_words (due->answer->due, view.today, &style);
    jz_date_format (due->answer->due, text);
    jz_json_set_text (row, "due", text);
    jz_json_set_text (row, "when", when);
    jz_json_set_text (row, "style", style);
    jz_json_set_integer (row, "days_late",
                         MAX (jz_date_days_between (due->answer->due, view.today), 0));
    jz_json_set_text (row, "rule", due->answer->limit->rule.id);
  }
  return dues != NULL;
}

/* The handlers by name, others by their role. */
static char *
dup_who (const JzPublicationStep *step, const char *handlers)
{
  g_auto (GStrv) roles = g_strsplit (step->roles, "|", 2);

  if (strcmp (roles[0], "handler") == 0 && handlers[0] != '\0')
    return g_strdup (handlers);
  return g_strdup (jz_role_word (roles[0]));
}

static gboolean
may_do (JzConnection *reader, const char *person, const char *roles, gboolean *may, GError **error)
{
  gint64 number = 0;

  if (!jz_connection_get_number (reader, &number, error,
                                 "SELECT count (*) FROM person_role WHERE person = ? AND instr "
                                 "('|' || ? || '|', '|' || role || '|') > 0",
                                 "tt", person, roles))
    return FALSE;
  *may = number > 0;
  return TRUE;
}

static void
set_texts (JzJson *row, const JzPublication *publication)
{
  jz_json_set_text (row, "document", publication->document);
  jz_json_set_text (row, "case", publication->case_id);
  jz_json_set_text (row, "number", publication->number);
  jz_json_set_text (row, "decided_on", publication->decided_on);
  jz_json_set_text (row, "released_on", publication->released_on);
  jz_json_set_text (row, "review_on", publication->review_on);
  jz_json_set_text (row, "late_reason", publication->late_reason);
  jz_json_set_text (row, "state", publication->state);
  jz_json_set_text (row, "step", publication->step);
  jz_json_set_text (row, "state_word", jz_publication_state_word (publication));
}

static JzJson *
describe (JzOffice *office,
          JzConnection *reader,
          JzStatement *found,
          gboolean has_due,
          const char *person,
          GError **error)
{
  g_autoptr (JzJson) row = jz_json_new_object ();
  g_autoptr (JzPublication) publication = NULL;
  const JzPublicationStep *step;
  gboolean may = FALSE;

  if (!jz_publication_find (reader, jz_statement_get_text (found, 0), &publication, error))
    return NULL;
  set_texts (row, publication);
  jz_json_set_text (row, "case_number", jz_statement_get_text (found, 1));
  jz_json_set_text (row, "party", jz_statement_get_text (found, 2));
  jz_json_set_text (row, "error", jz_statement_get_text (found, 5));
  if (has_due && !find_due (office, reader, publication, row, error))
    return NULL;
  step = jz_publication_get_next_step (publication);
  if (step != NULL) {
    g_autofree char *who = dup_who (step, jz_statement_get_text (found, 3));
    if (!may_do (reader, person, step->roles, &may, error))
      return NULL;
    jz_json_set_text (row, "act", step->act);
    jz_json_set_text (row, "next", jz_act_get_label (step->act));
    jz_json_set_text (row, "who", who);
  }
  jz_json_set_boolean (row, "mine", may);
  return g_steal_pointer (&row);
}

/**
 * jz_publicity_query:
 * @reader: a store's database
 * @group: which list
 * @limit: at most so many, 0 for %JZ_PUBLICITY_MAX
 * @error: return location
 *
 * Returns: (transfer full) (nullable) (element-type gint64): keys of publications; what was decided
 *   first, and so is due first, comes first, but what is done comes newest first
 */
GArray *
jz_publicity_query (JzConnection *reader, JzPublicityGroup group, guint limit, GError **error)
{
  g_autofree char *sql = g_strdup_printf (
    "SELECT key FROM publication AS p WHERE %s ORDER BY %s LIMIT %u", groups[group].where,
    groups[group].order, limit > 0 ? MIN (limit, JZ_PUBLICITY_MAX) : JZ_PUBLICITY_MAX);
  g_autoptr (GArray) keys = g_array_new (FALSE, FALSE, sizeof (gint64));
  gboolean has_row = FALSE;
  g_autoptr (JzStatement) rows = jz_connection_query (reader, error, sql, "");

  while (rows != NULL && jz_statement_step (rows, &has_row, error)) {
    gint64 key = has_row ? jz_statement_get_integer (rows, 0) : 0;
    if (!has_row)
      return g_steal_pointer (&keys);
    g_array_append_val (keys, key);
  }
  return NULL;
}

/**
 * jz_publicity_load:
 * @office: an office
 * @reader: its database
 * @key: of a publication
 * @person: who looks
 * @row: (out) (transfer full) (nullable): an object `document`, `case`, `case_number`, `number`,
 *   `party`, `decided_on`, `state`, `step`, `state_word`, where something is to be done `act`,
 *   `next`, `who` and whether it is `mine`, where a limit runs `due`, `when`, `style`, `rule` and
 *   `days_late`, where it was released late its `late_reason`, and where an error was reported
 *   `error`; %NULL where it is gone
 * @error: return location
 *
 * Returns: %FALSE only when it could not look
 */
gboolean
jz_publicity_load (JzOffice *office,
                   JzConnection *reader,
                   gint64 key,
                   const char *person,
                   JzJson **row,
                   GError **error)
{
  gboolean has_row = FALSE;
  g_autoptr (JzStatement) found = jz_connection_query (
    reader, error,
    "SELECT p.document, c.number, c.party, coalesce ((SELECT group_concat (name, '、') FROM "
    "case_duty JOIN person ON person.id = case_duty.person WHERE case_duty.case_id = p.case_id AND "
    "duty = 'handler' AND ended = 0), ''), p.state IN ('due', 'released', 'published') AND "
    "(p.released = 0 OR p.changed_on <> '' OR " IS_IN_ERROR "), coalesce ((SELECT what FROM "
    "publication_error AS e WHERE e.document = p.document AND e.state = 'open' ORDER BY e.key "
    "LIMIT 1), '') FROM publication AS p JOIN case_file AS c ON c.id = "
    "p.case_id WHERE p.key = ?",
    "i", key);

  *row = NULL;
  if (found == NULL || !jz_statement_step (found, &has_row, error))
    return FALSE;
  if (!has_row)
    return TRUE;
  *row = describe (office, reader, found, jz_statement_get_integer (found, 4) != 0, person, error);
  return *row != NULL;
}
