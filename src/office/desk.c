/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "office/desk-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "office/act_words.h"
#include "office/case_limits.h"
#include "office/case_record.h"
#include "office/documents.h"
#include "office/role.h"
#include "office/situation.h"
#include "rules/limit.h"

/* What somebody has to do, sorted by when (ux.md §3). What belongs to cases was worked out case by
 * case and is found by index (case_rows.c); what belongs to the person and the office is asked
 * here. */

enum { OVERDUE, TODAY, THREE_DAYS, WEEK };

/* Whose items; bound are ?1 person, ?2 section, ?3 role. */
#define ITEMS "case_item AS i CROSS JOIN case_row AS r ON r.key = i.key WHERE "
#define OF_PERSON ITEMS "i.person = ?1 AND ?2 = ?2 AND ?3 = ?3"
#define OF_HANDLER                                                                                 \
  "case_row_person AS p CROSS JOIN case_item AS i ON i.key = p.key CROSS JOIN case_row AS r ON "   \
  "r.key = i.key WHERE p.person = ?1 AND i.person = '' AND i.role = ?3 AND ?2 = ?2"
#define OF_SECTION_HEAD ITEMS "i.role = ?3 AND i.person = '' AND r.section = ?2 AND ?1 = ?1"
#define OF_ROLE ITEMS "i.role = ?3 AND i.person = '' AND ?1 = ?1 AND ?2 = ?2"
#define OF_SECTION                                                                                 \
  "case_row AS r INDEXED BY case_row_by_section CROSS JOIN case_item AS i ON i.key = r.key WHERE " \
  "r.section = ?2 AND ?1 = ?1 AND ?3 = ?3"
#define OF_ALL ITEMS "?1 = ?1 AND ?2 = ?2 AND ?3 = ?3"

#define COLUMNS "r.id, r.number, r.party, r.cause, r.handler, i.due, i.body, i.waits"

gboolean
jz_desk_has_role (const JzDesk *self, const char *roles)
{
  for (gsize i = 0; self->roles[i] != NULL; i++)
    if (jz_word_is_in (self->roles[i], roles))
      return TRUE;
  return FALSE;
}

void
jz_desk_set_due (JzDesk *self, JzJson *item, JzDate due)
{
  const char *style = "";
  g_autofree char *when = jz_case_due_dup_words (due, self->today, &style);
  char text[JZ_DATE_SIZE];

  jz_date_format (due, text);
  jz_json_set_text (item, "due", text);
  jz_json_set_text (item, "when", when);
  jz_json_set_text (item, "style", style);
  jz_json_set_integer (item, "days", MAX (jz_date_days_between (self->today, due), 0));
}

/* What belongs to no case counts as well; the week ends on Sunday. */
void
jz_desk_count_due (JzDesk *self, JzDate due)
{
  int n_days = jz_date_days_between (self->today, due);
  int n_left = 6 - (jz_date_get_weekday (self->today) + 6) % 7;

  self->counts[OVERDUE] += n_days < 0;
  self->counts[TODAY] += n_days == 0;
  self->counts[THREE_DAYS] += n_days > 0 && n_days <= 3;
  self->counts[WEEK] += n_days >= 0 && n_days <= n_left;
}

JzJson *
jz_desk_add (JzDesk *self, const char *kind, const char *sentence, gboolean is_waited_for)
{
  JzJson *item = jz_json_new_object ();

  jz_json_set_text (item, "kind", kind);
  jz_json_set_text (item, "sentence", sentence);
  g_ptr_array_add (is_waited_for ? self->waiting : self->items, item);
  return item;
}

static char *
dup_limit_sentence (const JzJson *body, JzCaseWait wait)
{
  const char *name = jz_json_get_member_text (body, "name");

  if (wait == JZ_CASE_WAITED_OUT)
    /* Translators: name of a time that the party had */
    return g_strdup_printf (_ ("%s is over: go on with the case"), name);
  if (jz_json_get_member_boolean (body, "presumed", FALSE))
    /* Translators: name of a time limit, whose last day is not certain yet */
    return g_strdup_printf (_ ("%s (presumed: the holidays of the year are not known)"), name);
  return g_strdup (name);
}

static char *
dup_document_sentence (const JzJson *body, JzCaseWait wait)
{
  const char *title = jz_json_get_member_text (body, "name");
  const char *state = jz_json_get_member_text (body, "state");

  if (strcmp (state, jz_document_state_get_name (JZ_DOCUMENT_APPROVED)) == 0)
    /* Translators: title of a document */
    return g_strdup_printf (_ ("%s is approved: number it"), title);
  if (wait == JZ_CASE_WAITED_FOR)
    return g_strdup_printf (_ ("%s waits for approval"), title);
  return g_strdup_printf (_ ("%s: approve it or give it back"), title);
}

static char *
dup_question_sentence (const JzJson *body, JzCaseWait wait)
{
  g_autofree char *text = jz_record_dup_short (jz_json_get_member_text (body, "name"));

  /* Translators: what the reviewer asked */
  return g_strdup_printf (wait == JZ_CASE_WAITED_FOR ? _ ("The handler has not answered yet: %s")
                                                     : _ ("The reviewer asks: %s"),
                          text);
}

static char *
put_name (const char *sentence, const char *name)
{
  GString *text = g_string_new (sentence);

  g_string_replace (text, "%s", name, 1);
  return g_string_free (text, FALSE);
}

/* Translators: each names the number of a decision. */
static char *
dup_publication_sentence (const JzJson *body, JzCaseWait wait)
{
  static const struct {
    const char *act;
    const char *to_do;
    const char *waited_for;
  } words[] = {
    { "publication.collect", N_ ("%s: collect what the public gets to see"), NULL },
    { "publication.correct", N_ ("%s: the correction was given back"), NULL },
    { "publication.check", N_ ("%s: check what is to be published"),
      N_ ("%s: what is to be published is being checked") },
    { "publication.release", N_ ("%s is checked: release it"), N_ ("%s waits for its release") },
    { "publication.confirm", N_ ("%s is released: write down where it is seen"),
      N_ ("%s is released, the carriers have not all answered") },
    { "publication.withdraw", N_ ("%s does not hold any more: withdraw what was published"),
      N_ ("%s does not hold any more and has to be withdrawn") },
    { "publication.confirm_withdrawal", N_ ("%s is withdrawn: write down who took it down"),
      N_ ("%s is withdrawn, the carriers have not all answered") },
  };
  const char *act = jz_json_get_member_text (body, "act");

  if (strcmp (act, "publication.correct") == 0 &&
      jz_json_get_member_boolean (body, "in_error", FALSE))
    return put_name (_ ("%s: an error in what is public was reported, correct it"),
                     jz_json_get_member_text (body, "name"));
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (strcmp (words[i].act, act) == 0)
      return put_name (_ (wait == JZ_CASE_WAITED_FOR ? words[i].waited_for : words[i].to_do),
                       jz_json_get_member_text (body, "name"));
  return g_strdup (jz_json_get_member_text (body, "name"));
}

static char *
dup_sentence (const JzJson *body, JzCaseWait wait)
{
  const char *kind = jz_json_get_member_text (body, "kind");

  if (strcmp (kind, "limit") == 0)
    return dup_limit_sentence (body, wait);
  if (strcmp (kind, "document") == 0)
    return dup_document_sentence (body, wait);
  if (strcmp (kind, "question") == 0)
    return dup_question_sentence (body, wait);
  if (strcmp (kind, "publication") == 0)
    return dup_publication_sentence (body, wait);
  if (wait == JZ_CASE_WAITED_FOR)
    return g_strdup (_ ("In legal review"));
  return g_strdup (strcmp (jz_json_get_member_text (body, "act"), "review.assign") == 0
                     ? _ ("Submitted for review: say who reviews it")
                     : _ ("Legal review"));
}

/* What is written on its button. */
static const char *
get_verb (const JzJson *body)
{
  const char *act = jz_json_get_member_text (body, "act");

  if (g_strcmp0 (act, "review.conclude") == 0)
    return g_dpgettext2 (GETTEXT_PACKAGE, "desk", NC_ ("desk", "Review"));
  if (act != NULL)
    return jz_act_get_label (act);
  return strcmp (jz_json_get_member_text (body, "kind"), "document") == 0 ? _ ("Open")
                                                                          : _ ("Handle");
}

static void
copy_members (const JzJson *from, JzJson *to)
{
  static const char *const names[] = {
    "rule", "basis", "go", "act", "since", "instant", "document"
  };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
    const char *text = jz_json_get_member_text (from, names[i]);
    if (text != NULL)
      jz_json_set_text (to, names[i], text);
  }
}

/* Nobody is late where the party's time is over. */
static void
describe_waited_out (JzDesk *self, JzJson *item, JzDate due)
{
  int n_days = jz_date_days_between (due, self->today);
  g_autofree char *when =
    g_strdup_printf (ngettext ("over for %d day", "over for %d days", (unsigned)n_days), n_days);

  jz_json_set_text (item, "when", when);
  jz_json_set_text (item, "style", "warning");
}

static gboolean
take_item (JzDesk *self, JzStatement *row, GError **error)
{
  const char *text = jz_statement_get_text (row, 6);
  JzCaseWait wait = (JzCaseWait)jz_statement_get_integer (row, 7);
  g_autoptr (JzJson) body = jz_json_parse (text, strlen (text), error);
  g_autofree char *sentence = body != NULL ? dup_sentence (body, wait) : NULL;
  JzJson *item;
  JzDate due;

  if (body == NULL)
    return FALSE;
  item = jz_desk_add (self, jz_json_get_member_text (body, "kind"), sentence,
                      wait == JZ_CASE_WAITED_FOR);
  jz_json_set_text (item, "case", jz_statement_get_text (row, 0));
  jz_json_set_text (item, "number", jz_statement_get_text (row, 1));
  jz_json_set_text (item, "party", jz_statement_get_text (row, 2));
  jz_json_set_text (item, "cause", jz_statement_get_text (row, 3));
  jz_json_set_text (item, "handler", jz_statement_get_text (row, 4));
  jz_json_set_text (item, "verb", get_verb (body));
  copy_members (body, item);
  text = jz_statement_get_text (row, 5);
  if (strcmp (text, JZ_CASE_NO_DUE) != 0 && jz_date_parse (text, &due, NULL))
    jz_desk_set_due (self, item, due);
  if (wait == JZ_CASE_WAITED_OUT)
    describe_waited_out (self, item, due);
  return TRUE;
}

static gboolean
read_items (JzDesk *self, JzConnection *rows, const char *of, const char *role, GError **error)
{
  gboolean has_row = FALSE;
  g_autofree char *sql = g_strdup_printf ("SELECT " COLUMNS " FROM %s ORDER BY i.due, r.key LIMIT "
                                          "%d",
                                          of, JZ_DESK_MAX);
  g_autoptr (JzStatement) found =
    jz_connection_query (rows, error, sql, "ttt", self->query->person, self->section, role);

  while (found != NULL && jz_statement_step (found, &has_row, error)) {
    if (!has_row)
      return TRUE;
    if (!take_item (self, found, error))
      return FALSE;
  }
  return FALSE;
}

/* The week ends on Sunday; its days come after the three that are counted apart. */
static void
get_bounds (const JzDesk *self, char bounds[3][JZ_DATE_SIZE])
{
  int weekday = (jz_date_get_weekday (self->today) + 6) % 7;

  jz_date_format (self->today, bounds[0]);
  jz_date_format (jz_date_add_days (self->today, 3), bounds[1]);
  jz_date_format (jz_date_add_days (self->today, 6 - weekday), bounds[2]);
}

static gboolean
count_items (JzDesk *self, JzConnection *rows, const char *of, const char *role, GError **error)
{
  char bounds[3][JZ_DATE_SIZE];
  gboolean has_row = FALSE;
  g_autofree char *sql = g_strdup_printf (
    "SELECT total (waits = 0 AND due < ?4), total (waits = 0 AND due = ?4), total (waits = 0 AND "
    "due > ?4 AND due <= ?5), total (waits = 0 AND due >= ?4 AND due <= ?6), total (waits <> 1), "
    "total (waits = 1) FROM (SELECT i.due, i.waits FROM %s)",
    of);
  g_autoptr (JzStatement) row = NULL;

  get_bounds (self, bounds);
  row = jz_connection_query (rows, error, sql, "tttttt", self->query->person, self->section, role,
                             bounds[0], bounds[1], bounds[2]);
  if (row == NULL || !jz_statement_step (row, &has_row, error))
    return FALSE;
  for (int i = OVERDUE; i <= WEEK; i++)
    self->counts[i] += jz_statement_get_integer (row, i);
  self->n_items += jz_statement_get_integer (row, 4);
  self->n_waiting += jz_statement_get_integer (row, 5);
  return TRUE;
}

static gboolean
read_and_count (JzDesk *self, JzConnection *rows, const char *of, const char *role, GError **error)
{
  return read_items (self, rows, of, role, error) && count_items (self, rows, of, role, error);
}

/* Roles whose items are found by the case's people or section, or not at all. */
static gboolean
read_own (JzDesk *self, JzConnection *rows, GError **error)
{
  if (!read_and_count (self, rows, OF_PERSON, "", error) ||
      !read_and_count (self, rows, OF_HANDLER, "handler", error))
    return FALSE;
  for (gsize i = 0; self->roles[i] != NULL; i++) {
    const char *role = self->roles[i];
    gboolean is_section_head = strcmp (role, "section_head") == 0;
    if (strcmp (role, "handler") != 0 && strcmp (role, "reviewer") != 0 &&
        !read_and_count (self, rows, is_section_head ? OF_SECTION_HEAD : OF_ROLE, role, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
read_cases (JzDesk *self, GError **error)
{
  JzConnection *rows = jz_case_rows_lease (self->query->rows, error);
  gboolean is_read;

  if (rows == NULL)
    return FALSE;
  if (self->query->scope == JZ_DESK_OF_PERSON)
    is_read = read_own (self, rows, error);
  else
    is_read = read_and_count (
      self, rows, self->query->scope == JZ_DESK_OF_SECTION ? OF_SECTION : OF_ALL, "", error);
  jz_case_rows_give_back (self->query->rows, rows);
  return is_read;
}

static gboolean
read_person (JzDesk *self, GError **error)
{
  g_autoptr (GStrvBuilder) roles = g_strv_builder_new ();
  gboolean has_row = FALSE;
  g_autoptr (JzStatement) rows = NULL;

  if (!jz_connection_get_text (self->query->reader, &self->section, error,
                               "SELECT section FROM person WHERE id = ?", "t", self->query->person))
    return FALSE;
  rows = jz_connection_query (self->query->reader, error,
                              "SELECT role FROM person_role WHERE person = ? ORDER BY role", "t",
                              self->query->person);
  while (rows != NULL && jz_statement_step (rows, &has_row, error)) {
    if (!has_row) {
      self->roles = g_strv_builder_end (roles);
      return TRUE;
    }
    g_strv_builder_add (roles, jz_statement_get_text (rows, 0));
  }
  return FALSE;
}

static void
desk_clear (JzDesk *self)
{
  g_free (self->section);
  g_strfreev (self->roles);
  g_ptr_array_unref (self->items);
  g_ptr_array_unref (self->waiting);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (JzDesk, desk_clear)

static const char *
get_sort_text (const JzJson *item, const char *name)
{
  const char *text = jz_json_get_member_text (item, name);
  return text != NULL ? text : JZ_CASE_NO_DUE;
}

static int
compare_items (gconstpointer a, gconstpointer b)
{
  const JzJson *of_a = *(const JzJson *const *)a;
  const JzJson *of_b = *(const JzJson *const *)b;
  int difference = strcmp (get_sort_text (of_a, "due"), get_sort_text (of_b, "due"));

  return difference != 0 ? difference
                         : strcmp (get_sort_text (of_a, "number"), get_sort_text (of_b, "number"));
}

/* Those that have waited longest come first. */
static int
compare_waiting (gconstpointer a, gconstpointer b)
{
  int difference = compare_items (a, b);

  return difference != 0 ? difference
                         : strcmp (get_sort_text (*(const JzJson *const *)a, "since"),
                                   get_sort_text (*(const JzJson *const *)b, "since"));
}

static JzJson *
to_array (GPtrArray *items, GCompareFunc compare)
{
  JzJson *array = jz_json_new_array ();

  g_ptr_array_sort (items, compare);
  for (guint i = 0; i < items->len && i < JZ_DESK_MAX; i++)
    jz_json_append (array, jz_json_ref (g_ptr_array_index (items, i)));
  return array;
}

static JzJson *
to_json (JzDesk *self)
{
  static const char *const names[] = { "overdue", "today", "three_days", "week" };
  JzJson *json = jz_json_new_object ();
  JzJson *counts = jz_json_new_object ();

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    jz_json_set_integer (counts, names[i], self->counts[i]);
  jz_json_set_integer (counts, "mine", self->n_items);
  jz_json_set_integer (counts, "waiting", self->n_waiting);
  jz_json_set_member (json, "counts", counts);
  jz_json_set_member (json, "items", to_array (self->items, compare_items));
  jz_json_set_member (json, "waiting", to_array (self->waiting, compare_waiting));
  return json;
}

/**
 * jz_desk_read:
 * @query: whose desk
 * @error: return location
 *
 * Everything that a person has to do, and what others have to do first (ux.md §3). Each thing has
 * `kind` (limit, document, review, proposal, credential, certificate, calendar, backup, setup),
 * `sentence`, `verb` (what is written on its button) and `go` (the place that it leads to); those
 * of a case `case`, `number`, `party`, `cause` and `handler`; those that have a last day `due`,
 * `days` (0 when over), `when` (in words) and `style`; limits `rule` and `basis`; where it is
 * known, `act` that would do it and `since` when it waits; a proposal `proposal` and `args`.
 *
 * Returns: (transfer full) (nullable): an object with `counts` (overdue, today, three_days, week,
 *   mine, waiting), `items` by their last day, and `waiting`
 */
JzJson *
jz_desk_read (const JzDeskQuery *query, GError **error)
{
  g_auto (JzDesk) self = {
    .query = query,
    .now = jz_clock_now (jz_office_get_clock (query->office)),
    .items = g_ptr_array_new_with_free_func ((GDestroyNotify)jz_json_unref),
    .waiting = g_ptr_array_new_with_free_func ((GDestroyNotify)jz_json_unref),
  };

  self.today = jz_instant_get_date (self.now);
  if (!read_person (&self, error) || !read_cases (&self, error))
    return NULL;
  if (query->scope == JZ_DESK_OF_PERSON &&
      (!jz_desk_add_proposals (&self, error) || !jz_desk_add_duties (&self, error)))
    return NULL;
  return to_json (&self);
}

/**
 * jz_desk_explain:
 * @office: the office
 * @reader: its database
 * @case_id: a case
 * @rule: a limit that runs in it
 * @error: return location
 *
 * Returns: (transfer full) (nullable): how its last day was counted, as in jz_case_limits_list();
 *   an empty object where the limit does not run there
 */
JzJson *
jz_desk_explain (JzOffice *office,
                 JzConnection *reader,
                 const char *case_id,
                 const char *rule,
                 GError **error)
{
  g_auto (JzCaseView) view = { NULL };
  g_autoptr (JzJson) limits = NULL;

  if (!jz_case_view_open (&view, reader, jz_store_get_objects (jz_office_get_store (office)),
                          case_id, jz_clock_now (jz_office_get_clock (office)), error))
    return NULL;
  limits = jz_case_limits_list (&view, error);
  for (guint i = 0; limits != NULL && i < jz_json_get_n_items (limits); i++) {
    const JzJson *limit = jz_json_get_item (limits, i);
    if (strcmp (jz_json_get_member_text (limit, "rule"), rule) == 0)
      return jz_json_ref (limit);
  }
  return limits != NULL ? jz_json_new_object () : NULL;
}
