/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "penalty-fixture.h"

#include "office/case_due.h"

/* What is due in a case, and on whose desk it lies, along the course of one case. */

/* The thing of a list whose member has the text; NULL where there is none. */
static const JzJson *
find (const JzJson *desk, const char *list, const char *member, const char *text)
{
  const JzJson *items = jz_json_get_member (desk, list);

  for (guint i = 0; i < jz_json_get_n_items (items); i++) {
    const JzJson *item = jz_json_get_item (items, i);
    if (g_strcmp0 (jz_json_get_member_text (item, member), text) == 0)
      return item;
  }
  return NULL;
}

static gint64
get_count (const JzJson *desk, const char *name)
{
  return jz_json_get_member_integer (jz_json_get_member (desk, "counts"), name, -1);
}

/* The limit of filing is the handler's, with the act that meets it and the days until it ends. */
static void
test_lead (void)
{
  g_auto (Penalty) penalty = { 0 };
  g_autoptr (JzJson) desk = NULL;
  g_autoptr (JzJson) other = NULL;
  const JzJson *item;
  g_autofree char *place = NULL;

  penalty_init (&penalty);
  penalty_play (&penalty, PENALTY_LEAD, PENALTY_LEAD);
  desk = penalty_read_desk (&penalty, "handler", JZ_DESK_OF_PERSON);
  item = find (desk, "items", "act", "case.file");
  g_assert_nonnull (item);
  place = g_strdup_printf ("cases/%s/do/case.file", penalty.id);
  g_assert_cmpstr (jz_json_get_member_text (item, "kind"), ==, "limit");
  g_assert_cmpstr (jz_json_get_member_text (item, "case"), ==, penalty.id);
  g_assert_cmpstr (jz_json_get_member_text (item, "go"), ==, place);
  g_assert_cmpint (jz_json_get_member_integer (item, "days", -1), >, 0);
  g_assert_nonnull (jz_json_get_member_text (item, "basis"));
  g_assert_cmpstr (jz_json_get_member_text (item, "verb"), !=, "");
  other = penalty_read_desk (&penalty, "reviewer", JZ_DESK_OF_PERSON);
  g_assert_null (find (other, "items", "act", "case.file"));
}

/* What meets the limit of the decision is far ahead: the case itself says what comes before. */
static void
test_ahead (void)
{
  g_auto (Penalty) penalty = { 0 };
  g_autoptr (JzJson) desk = NULL;
  const JzJson *item;
  g_autofree char *place = NULL;

  penalty_init (&penalty);
  penalty_play (&penalty, PENALTY_LEAD, PENALTY_FILED);
  desk = penalty_read_desk (&penalty, "handler", JZ_DESK_OF_PERSON);
  item = find (desk, "items", "rule", "TL-P16");
  place = g_strdup_printf ("cases/%s", penalty.id);
  g_assert_nonnull (item);
  g_assert_cmpstr (jz_json_get_member_text (item, "go"), ==, place);
  g_assert_null (jz_json_get_member_text (item, "act"));
}

/* Later it is overdue, and counted so; once it is done it is gone. */
static void
test_overdue (void)
{
  g_auto (Penalty) penalty = { 0 };
  g_autoptr (JzJson) before = NULL;
  g_autoptr (JzJson) late = NULL;
  g_autoptr (JzJson) after = NULL;
  const JzJson *item;

  penalty_init (&penalty);
  penalty_play (&penalty, PENALTY_LEAD, PENALTY_LEAD);
  before = penalty_read_desk (&penalty, "handler", JZ_DESK_OF_PERSON);
  g_assert_cmpint (get_count (before, "overdue"), ==, 0);
  penalty_wait (&penalty, 60);
  late = penalty_read_desk (&penalty, "handler", JZ_DESK_OF_PERSON);
  g_assert_cmpint (get_count (late, "overdue"), ==, 1);
  item = find (late, "items", "act", "case.file");
  g_assert_cmpstr (jz_json_get_member_text (item, "style"), ==, "error");
  g_assert_cmpint (jz_json_get_member_integer (item, "days", -1), ==, 0);
  penalty_clear (&penalty);

  memset (&penalty, 0, sizeof penalty);
  penalty_init (&penalty);
  penalty_play (&penalty, PENALTY_LEAD, PENALTY_FILED);
  after = penalty_read_desk (&penalty, "handler", JZ_DESK_OF_PERSON);
  g_assert_null (find (after, "items", "act", "case.file"));
}

/* The party's time: the handler waits while it runs, and must go on when it is over; it is of no
 * interest any more once the case is decided. */
static void
test_party (void)
{
  g_auto (Penalty) penalty = { 0 };
  g_autoptr (JzJson) running = NULL;
  g_autoptr (JzJson) over = NULL;

  penalty_init (&penalty);
  penalty_play (&penalty, PENALTY_LEAD, PENALTY_NOTIFIED);
  /* a new notice, which the waiver before it does not concern */
  penalty_do (&penalty, "handler", "notice.serve", "'notice.served_on':'2025-01-02'");
  running = penalty_read_desk (&penalty, "handler", JZ_DESK_OF_PERSON);
  g_assert_nonnull (find (running, "waiting", "rule", "TL-P12"));
  g_assert_null (find (running, "items", "rule", "TL-P12"));
  penalty_wait (&penalty, 30);
  over = penalty_read_desk (&penalty, "handler", JZ_DESK_OF_PERSON);
  g_assert_null (find (over, "waiting", "rule", "TL-P12"));
  g_assert_nonnull (find (over, "items", "rule", "TL-P12"));
  /* nobody is late */
  g_assert_cmpstr (jz_json_get_member_text (find (over, "items", "rule", "TL-P12"), "style"), ==,
                   "warning");
}

static void
test_decided (void)
{
  g_auto (Penalty) penalty = { 0 };
  g_autoptr (JzJson) desk = NULL;

  penalty_init (&penalty);
  penalty_play (&penalty, PENALTY_LEAD, PENALTY_DECIDED);
  desk = penalty_read_desk (&penalty, "handler", JZ_DESK_OF_PERSON);
  g_assert_null (find (desk, "items", "rule", "TL-P12"));
  g_assert_null (find (desk, "waiting", "rule", "TL-P12"));
  g_assert_nonnull (find (desk, "items", "act", "decision.serve"));
}

/* While a case is in review the reviewer has it on the desk, and the handler waits. */
static void
test_review (void)
{
  g_auto (Penalty) penalty = { 0 };
  g_autoptr (JzJson) reviewer = NULL;
  g_autoptr (JzJson) handler = NULL;
  const JzJson *item;
  g_autofree char *place = NULL;

  penalty_init (&penalty);
  penalty_play (&penalty, PENALTY_LEAD, PENALTY_SUBMITTED);
  reviewer = penalty_read_desk (&penalty, "reviewer", JZ_DESK_OF_PERSON);
  handler = penalty_read_desk (&penalty, "handler", JZ_DESK_OF_PERSON);
  place = g_strdup_printf ("reviews/%s", penalty.id);
  item = find (reviewer, "items", "go", place);
  g_assert_nonnull (item);
  g_assert_null (find (handler, "items", "act", "review.conclude"));
  g_assert_nonnull (find (handler, "waiting", "act", "review.conclude"));
}

/* A decision that waits for approval lies on the desk of whoever approves, and of nobody else. */
static void
test_approval (void)
{
  g_auto (Penalty) penalty = { 0 };
  g_autoptr (JzJson) handler = NULL;
  g_autoptr (JzJson) head = NULL;

  penalty_init (&penalty);
  penalty_play (&penalty, PENALTY_LEAD, PENALTY_EXAMINED);
  handler = penalty_read_desk (&penalty, "handler", JZ_DESK_OF_PERSON);
  g_assert_nonnull (find (handler, "waiting", "document", penalty.decision));
  head = penalty_read_desk (&penalty, "approver", JZ_DESK_OF_PERSON);
  if (find (head, "items", "document", penalty.decision) == NULL) {
    g_clear_pointer (&head, jz_json_unref);
    head = penalty_read_desk (&penalty, "section_head", JZ_DESK_OF_PERSON);
  }
  g_assert_nonnull (find (head, "items", "document", penalty.decision));
}

static void
test_scope (void)
{
  g_auto (Penalty) penalty = { 0 };
  g_autoptr (JzJson) own = NULL;
  g_autoptr (JzJson) all = NULL;

  penalty_init (&penalty);
  penalty_play (&penalty, PENALTY_LEAD, PENALTY_LEAD);
  own = penalty_read_desk (&penalty, "archivist", JZ_DESK_OF_PERSON);
  all = penalty_read_desk (&penalty, "archivist", JZ_DESK_OF_ALL);
  g_assert_null (find (own, "items", "act", "case.file"));
  g_assert_nonnull (find (all, "items", "act", "case.file"));
}

/* What somebody proposed is for another to confirm, until it was confirmed. */
static void
test_proposal (void)
{
  g_auto (TestOffice) office = { 0 };
  g_autoptr (JzJson) desk = NULL;
  g_autoptr (JzJson) own = NULL;
  g_autofree char *person = NULL;
  Penalty penalty = { 0 };

  test_office_staff (&office);
  person = test_office_get_person (&office, "handler");
  g_free (test_office_propose (&office, "admin", "role.grant",
                               "{'person':'%s','role':'administrator'}", person));
  penalty.office = office;
  desk = penalty_read_desk (&penalty, "head", JZ_DESK_OF_PERSON);
  own = penalty_read_desk (&penalty, "admin", JZ_DESK_OF_PERSON);
  g_assert_nonnull (find (desk, "items", "act", "role.grant"));
  g_assert_cmpint (get_count (desk, "mine"), >=, 1);
  g_assert_nonnull (jz_json_get_member (find (desk, "items", "act", "role.grant"), "args"));
  g_assert_nonnull (find (own, "waiting", "act", "role.grant"));
  g_assert_null (find (own, "items", "act", "role.grant"));
}

/* From November on the calendar of the next year is missed, before that only this year's. */
static void
test_calendar (void)
{
  g_auto (Penalty) penalty = { 0 };
  g_auto (Penalty) without = { 0 };
  g_autoptr (JzJson) february = NULL;
  g_autoptr (JzJson) none = NULL;

  penalty_init (&penalty);
  february = penalty_read_desk (&penalty, "head", JZ_DESK_OF_PERSON);
  g_assert_null (find (february, "items", "kind", "calendar"));
  penalty_init_without_calendar (&without);
  none = penalty_read_desk (&without, "head", JZ_DESK_OF_PERSON);
  g_assert_nonnull (find (none, "items", "kind", "calendar"));
}

/* The popover shows the days that were counted. */
static void
test_explain (void)
{
  g_auto (Penalty) penalty = { 0 };
  g_autoptr (JzJson) desk = NULL;
  g_autoptr (JzJson) limit = NULL;
  g_autoptr (JzJson) none = NULL;
  g_autoptr (GError) error = NULL;
  JzStore *store;
  JzConnection *reader;
  const JzJson *item;

  penalty_init (&penalty);
  penalty_play (&penalty, PENALTY_LEAD, PENALTY_LEAD);
  desk = penalty_read_desk (&penalty, "handler", JZ_DESK_OF_PERSON);
  item = find (desk, "items", "act", "case.file");
  store = jz_office_get_store (penalty.office.office);
  reader = jz_store_lease_reader (store, &error);
  limit = jz_desk_explain (penalty.office.office, reader, penalty.id,
                           jz_json_get_member_text (item, "rule"), &error);
  g_assert_no_error (error);
  g_assert_cmpstr (jz_json_get_member_text (limit, "due"), ==,
                   jz_json_get_member_text (item, "due"));
  g_assert_cmpuint (jz_json_get_n_items (jz_json_get_member (limit, "days")), >, 5);
  none = jz_desk_explain (penalty.office.office, reader, penalty.id, "TL-NONE", &error);
  g_assert_cmpuint (jz_json_get_n_items (none), ==, 0);
  jz_store_return_reader (store, reader);
}

/* Every limit whose end an act of the program states has that act; those of nobody are not asked.
 */
static void
test_acts (void)
{
  static const struct {
    const char *limit;
    const char *act;
  } known[] = {
    { "TL-P03", "case.file" },         { "TL-P12", "defence.receive" },
    { "TL-P16", "decision.finalise" }, { "TL-P20", "decision.serve" },
    { "TL-P21", "payment.record" },    { "TL-P27", "case.archive" },
    { "TL-A03", "review.conclude" },   { "TL-L05", NULL },
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (JzRulebook) rulebook = jz_rulebook_load_shipped ("HR", &error);

  g_assert_no_error (error);
  for (gsize i = 0; i < G_N_ELEMENTS (known); i++) {
    const JzLimit *limit = jz_rulebook_find_limit (rulebook, known[i].limit);
    const JzAct *act = jz_limit_find_act (limit);
    g_assert_cmpstr (act != NULL ? act->name : NULL, ==, known[i].act);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/office/desk/lead", test_lead);
  g_test_add_func ("/office/desk/ahead", test_ahead);
  g_test_add_func ("/office/desk/overdue", test_overdue);
  g_test_add_func ("/office/desk/party", test_party);
  g_test_add_func ("/office/desk/decided", test_decided);
  g_test_add_func ("/office/desk/review", test_review);
  g_test_add_func ("/office/desk/approval", test_approval);
  g_test_add_func ("/office/desk/scope", test_scope);
  g_test_add_func ("/office/desk/proposal", test_proposal);
  g_test_add_func ("/office/desk/calendar", test_calendar);
  g_test_add_func ("/office/desk/explain", test_explain);
  g_test_add_func ("/office/desk/acts", test_acts);
  return g_test_run ();
}
