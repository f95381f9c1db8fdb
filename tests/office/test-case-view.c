/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "document-fixture.h"

#include <string.h>

#include "office/act_sheet.h"
#include "office/case_course.h"
#include "office/case_documents.h"
#include "office/case_limits.h"
#include "office/case_record.h"
#include "office/case_values.h"
#include "office/next_step.h"

/* What the page of a case shows: where the case stands, what carries it on, its documents, limits,
 * values and record. */

typedef struct {
  JzCaseView view;
  JzStore *store;
  char *person;
} Look;

static void
look_clear (Look *self)
{
  JzConnection *reader = self->view.reader;

  jz_case_view_clear (&self->view);
  if (reader != NULL)
    jz_store_return_reader (self->store, reader);
  g_free (self->person);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Look, look_clear)

static void
look_at (Look *self, Penalty *penalty, const char *user)
{
  g_autoptr (GError) error = NULL;
  JzConnection *reader;

  self->store = jz_office_get_store (penalty->office.office);
  self->person = test_office_get_person (&penalty->office, user);
  reader = jz_store_lease_reader (self->store, &error);
  g_assert_no_error (error);
  jz_case_view_open (&self->view, reader, jz_store_get_objects (self->store), penalty->id,
                     jz_clock_now (penalty->office.clock), &error);
  g_assert_no_error (error);
}

typedef JzJson *(*Query) (const JzCaseView *view, GError **error);

static JzJson *
ask (Penalty *penalty, const char *user, Query query)
{
  g_auto (Look) look = { 0 };
  g_autoptr (GError) error = NULL;
  JzJson *json;

  look_at (&look, penalty, user);
  json = query (&look.view, &error);
  g_assert_no_error (error);
  return json;
}

static JzJson *
ask_as (Penalty *penalty,
        const char *user,
        JzJson *(*query) (const JzCaseView *view, const char *person, GError **error))
{
  g_auto (Look) look = { 0 };
  g_autoptr (GError) error = NULL;
  JzJson *json;

  look_at (&look, penalty, user);
  json = query (&look.view, look.person, &error);
  g_assert_no_error (error);
  return json;
}

static const char *
get (const JzJson *json, const char *name)
{
  const char *text = jz_json_get_member_text (json, name);
  return text != NULL ? text : "";
}

static const JzJson *
find (const JzJson *list, const char *member, const char *value)
{
  for (guint i = 0; i < jz_json_get_n_items (list); i++)
    if (strcmp (get (jz_json_get_item (list, i), member), value) == 0)
      return jz_json_get_item (list, i);
  return NULL;
}

static const char *
get_current (Penalty *penalty)
{
  g_autoptr (JzJson) course = ask (penalty, "handler", jz_case_course_list);
  const JzJson *stage = find (course, "state", "current");

  return stage != NULL ? g_intern_string (get (stage, "id")) : "";
}

/* The stage in which the case stands after each step, and what carries it on. */
static void
test_course (void)
{
  static const struct {
    const char *stage;
    const char *act;
    const char *user;
    gboolean may;
  } steps[] = {
    [PENALTY_LEAD] = { "ST-O2", "document.draft", "handler", TRUE },
    [PENALTY_FILED] = { "ST-O3", "recusal.tell", "handler", TRUE },
    [PENALTY_PROVED] = { "ST-O5", "document.draft", "handler", TRUE },
    [PENALTY_DRAFTED] = { "ST-O5", "document.draft", "handler", TRUE },
    [PENALTY_NOTIFIED] = { "ST-O6", "review.submit", "handler", TRUE },
    [PENALTY_SUBMITTED] = { "ST-O6", "review.conclude", "handler", FALSE },
    [PENALTY_REVIEWED] = { "ST-O7", "case.examine", "approver", TRUE },
    [PENALTY_EXAMINED] = { "ST-O8", "decision.approve", "handler", TRUE },
    [PENALTY_APPROVED] = { "ST-O8", "decision.finalise", "handler", TRUE },
    [PENALTY_DECIDED] = { "ST-O10", "document.serve", "handler", TRUE },
  };
  g_auto (Penalty) penalty = { 0 };

  penalty_init (&penalty);
  for (int step = PENALTY_LEAD; step <= PENALTY_DECIDED; step++) {
    g_autoptr (JzJson) next = NULL;
    penalty_play (&penalty, step, step);
    g_test_message ("step %d", step);
    g_assert_cmpstr (get_current (&penalty), ==, steps[step].stage);
    next = ask_as (&penalty, steps[step].user, jz_next_steps_list);
    g_assert_cmpuint (jz_json_get_n_items (next), >, 0);
    g_assert_cmpstr (get (jz_json_get_item (next, 0), "act"), ==, steps[step].act);
    g_assert_cmpint (jz_json_get_member_boolean (jz_json_get_item (next, 0), "may", FALSE), ==,
                     steps[step].may);
  }
}

/* Side ways stand on the line only once they were gone; past stages keep their day. */
static void
test_line (void)
{
  g_auto (Penalty) penalty = { 0 };
  g_autoptr (JzJson) before = NULL;
  g_autoptr (JzJson) after = NULL;
  g_autofree char *args = NULL;

  penalty_init (&penalty);
  penalty_play (&penalty, PENALTY_LEAD, PENALTY_FILED);
  before = ask (&penalty, "handler", jz_case_course_list);
  g_assert_null (find (before, "id", "ST-O3a"));
  g_assert_null (find (before, "id", "ST-O1y"));
  g_assert_null (find (before, "id", "ST-O9"));
  g_assert_cmpstr (get (find (before, "id", "ST-O2"), "on"), ==, "2025-01-02");
  g_assert_cmpstr (get (find (before, "id", "ST-O8"), "state"), ==, "ahead");
  args = g_strdup_printf ("'officers':['%s','%s'],'act.happened_on':'2025-01-02',"
                          "'sampling.made_on':'2025-01-02','sampling.party_told':true,"
                          "'sampling.list_signed':true",
                          penalty.handler, penalty.other);
  penalty_do (&penalty, "handler", "field.sample", args);
  after = ask (&penalty, "handler", jz_case_course_list);
  g_assert_nonnull (find (after, "id", "ST-O3a"));
}

/* What stands in the way is what refuses the act when it is tried, with a place that clears it. */
static void
test_obstacles (void)
{
  g_auto (Penalty) penalty = { 0 };
  g_autoptr (JzJson) next = NULL;
  g_autofree char *reviews = NULL;
  const JzJson *approve;
  const JzJson *obstacles;

  penalty_init (&penalty);
  penalty_play (&penalty, PENALTY_LEAD, PENALTY_NOTIFIED);
  /* The workbench is not open to who handles the case. */
  reviews = g_strdup_printf ("cases/%s/review", penalty.id);
  next = ask_as (&penalty, "handler", jz_next_steps_list);
  approve = find (next, "act", "decision.approve");
  g_assert_nonnull (approve);
  g_assert_cmpstr (get (approve, "document"), ==, penalty.decision);
  obstacles = jz_json_get_member (approve, "obstacles");
  g_assert_cmpuint (jz_json_get_n_items (obstacles), >, 0);
  g_assert_cmpuint (jz_json_get_n_items (obstacles), <=, 3);
  g_assert_nonnull (find (obstacles, "rule", "G-32"));
  g_assert_cmpstr (get (find (obstacles, "rule", "G-32"), "place"), ==, reviews);
  g_assert_true (get (find (obstacles, "rule", "G-32"), "sentence")[0] != '\0');
  g_assert_true (get (find (obstacles, "rule", "G-32"), "basis")[0] != '\0');
  penalty_refuse (&penalty, "handler", "decision.approve.propose", "G-32", "'way':'account'");
}

static void
test_menu (void)
{
  g_auto (Penalty) penalty = { 0 };
  g_autoptr (JzJson) lead = NULL;
  g_autoptr (JzJson) notified = NULL;
  g_autoptr (JzJson) archivist = NULL;
  g_autofree char *text = NULL;
  g_autofree char *later = NULL;
  g_autofree char *others = NULL;

  penalty_init (&penalty);
  penalty_play (&penalty, PENALTY_LEAD, PENALTY_LEAD);
  lead = ask_as (&penalty, "handler", jz_case_acts_list);
  text = jz_json_to_canonical (lead, NULL);
  g_assert_nonnull (strstr (text, "\"case.file\""));
  g_assert_nonnull (strstr (text, "\"lead.drop\""));
  g_assert_null (strstr (text, "\"field.inspect\""));
  g_assert_null (strstr (text, "\"decision.draft\""));
  penalty_play (&penalty, PENALTY_FILED, PENALTY_NOTIFIED);
  notified = ask_as (&penalty, "handler", jz_case_acts_list);
  later = jz_json_to_canonical (notified, NULL);
  g_assert_null (strstr (later, "\"case.file\""));
  g_assert_null (strstr (later, "\"lead.drop\""));
  g_assert_nonnull (strstr (later, "\"field.inspect\""));
  g_assert_nonnull (strstr (later, "\"hearing.ask\""));
  g_assert_nonnull (strstr (later, "\"review.submit\""));
  g_assert_null (strstr (later, "\"payment.record\""));
  archivist = ask_as (&penalty, "archivist", jz_case_acts_list);
  others = jz_json_to_canonical (archivist, NULL);
  g_assert_null (strstr (others, "\"field.inspect\""));
  g_assert_nonnull (strstr (others, "\"case.note\""));
}

static const JzJson *
find_row (const JzJson *groups, const char *form)
{
  for (guint i = 0; i < jz_json_get_n_items (groups); i++) {
    const JzJson *row =
      find (jz_json_get_member (jz_json_get_item (groups, i), "rows"), "form", form);
    if (row != NULL)
      return row;
  }
  return NULL;
}

static void
test_documents (void)
{
  g_auto (Penalty) penalty = { 0 };
  g_autoptr (JzJson) filed = NULL;
  g_autoptr (JzJson) drafted = NULL;
  g_autoptr (JzJson) missing = NULL;

  penalty_init (&penalty);
  penalty_play (&penalty, PENALTY_LEAD, PENALTY_FILED);
  filed = ask (&penalty, "handler", jz_case_documents_list);
  g_assert_cmpstr (get (find_row (filed, "scene_record"), "kind"), ==, "missing");
  g_assert_cmpstr (get (find_row (filed, "penalty_decision"), "kind"), ==, "later");
  /* asked for only where a case is grave, or a defence was received */
  g_assert_null (find_row (filed, "collective_discussion"));
  missing = ask (&penalty, "handler", jz_case_documents_list_missing);
  g_assert_cmpstr (get (jz_json_get_item (missing, 0), "form"), ==, "inquiry_record");
  penalty_play (&penalty, PENALTY_PROVED, PENALTY_DRAFTED);
  drafted = ask (&penalty, "handler", jz_case_documents_list);
  g_assert_cmpstr (get (find_row (drafted, "penalty_decision"), "kind"), ==, "have");
  g_assert_cmpstr (get (find_row (drafted, "penalty_decision"), "id"), ==, penalty.decision);
  g_assert_cmpstr (get (find_row (drafted, "penalty_decision"), "state"), ==, "examined");
}

static void
test_limits (void)
{
  g_auto (Penalty) penalty = { 0 };
  g_autoptr (JzJson) limits = NULL;
  const JzJson *running;

  penalty_init (&penalty);
  penalty_play (&penalty, PENALTY_LEAD, PENALTY_FILED);
  limits = ask (&penalty, "handler", jz_case_limits_list);
  running = find (limits, "rule", "TL-P16");
  g_assert_cmpstr (get (running, "state"), ==, "running");
  g_assert_cmpstr (get (running, "due"), ==, "2025-04-02");
  g_assert_cmpint (jz_json_get_member_integer (running, "left", -1), ==, 90);
  g_assert_cmpuint (jz_json_get_n_items (jz_json_get_member (running, "days")), >, 80);
  g_assert_true (get (running, "basis")[0] != '\0');
  /* Those that were met come last. */
  g_assert_cmpstr (get (jz_json_get_item (limits, 0), "state"), ==, "running");
  g_assert_cmpstr (get (find (limits, "rule", "TL-P03"), "state"), ==, "met");
}

/* The party's time is not ours: it runs for him, ends without anybody being late, and what is ours
 * stands first (ux.md §4, 期限). */
static void
test_limits_of_party (void)
{
  g_auto (Penalty) penalty = { 0 };
  g_autoptr (JzJson) told = NULL;
  g_autoptr (JzJson) later = NULL;
  const JzJson *last = NULL;
  guint n_waited = 0;

  penalty_init (&penalty);
  penalty_play (&penalty, PENALTY_LEAD, PENALTY_NOTIFIED);
  /* A new notice, which the waiver before it does not concern. */
  penalty_do (&penalty, "handler", "notice.serve", "'notice.served_on':'2025-01-02'");
  told = ask (&penalty, "handler", jz_case_limits_list);
  penalty_wait (&penalty, 20);
  later = ask (&penalty, "handler", jz_case_limits_list);
  for (guint i = 0; i < jz_json_get_n_items (told); i++) {
    const JzJson *limit = jz_json_get_item (told, i);
    const JzJson *after = find (later, "rule", get (limit, "rule"));
    if (strcmp (get (limit, "state"), "waited") != 0)
      continue;
    n_waited++;
    g_assert_cmpstr (get (limit, "whose"), ==, "party");
    g_assert_cmpstr (get (after, "state"), ==, "passed");
    g_assert_cmpint (jz_json_get_member_integer (after, "late", 0), >, 0);
  }
  g_assert_cmpuint (n_waited, >, 0);
  g_assert_cmpstr (get (jz_json_get_item (later, 0), "whose"), ==, "bureau");
  g_assert_cmpstr (get (jz_json_get_item (later, 0), "state"), !=, "passed");
  last = jz_json_get_item (later, jz_json_get_n_items (later) - 1);
  g_assert_true (strcmp (get (last, "state"), "met") == 0 ||
                 strcmp (get (last, "state"), "passed") == 0);
}

static const JzJson *
find_value (const JzJson *groups, const char *name)
{
  for (guint i = 0; i < jz_json_get_n_items (groups); i++) {
    const JzJson *value =
      find (jz_json_get_member (jz_json_get_item (groups, i), "values"), "name", name);
    if (value != NULL)
      return value;
  }
  return NULL;
}

/* A corrected value keeps what stood there before, and names the act that can say it again. */
static void
test_values (void)
{
  g_auto (Penalty) penalty = { 0 };
  g_autoptr (JzJson) before = NULL;
  g_autoptr (JzJson) after = NULL;
  const JzJson *value;
  const JzJson *earlier;

  penalty_init (&penalty);
  penalty_play (&penalty, PENALTY_LEAD, PENALTY_PROVED);
  before = ask (&penalty, "handler", jz_case_values_list);
  value = find_value (before, "conduct.place");
  g_assert_cmpstr (get (value, "text"), ==, "某某路1号门前");
  g_assert_cmpstr (get (value, "again"), ==, "lead.check");
  g_assert_cmpuint (jz_json_get_n_items (jz_json_get_member (value, "earlier")), ==, 0);
  g_assert_cmpstr (get (find_value (before, "case.filed_on"), "again"), ==, "");
  g_assert_null (find_value (before, "party"));
  penalty_do (&penalty, "handler", "lead.check",
              "'case.jurisdiction':'own','case.jurisdiction_checked_on':'2025-01-02',"
              "'case.is_filed_elsewhere':false,'conduct.ended_on':'2025-01-02','conduct.found_on':"
              "'2025-01-02','conduct.place':'某某路8号门前','conduct.is_in_area':true,"
              "'conduct.is_continuing':false,'conduct.has_harm':false");
  after = ask (&penalty, "handler", jz_case_values_list);
  value = find_value (after, "conduct.place");
  g_assert_cmpstr (get (value, "text"), ==, "某某路8号门前");
  earlier = jz_json_get_member (value, "earlier");
  g_assert_cmpuint (jz_json_get_n_items (earlier), ==, 1);
  g_assert_cmpstr (get (jz_json_get_item (earlier, 0), "text"), ==, "某某路1号门前");
  g_assert_cmpstr (get (jz_json_get_item (earlier, 0), "act"), ==, "lead.check");
}

/* Until more is stated, a case is about what the lead says. */
static void
test_opened (void)
{
  g_auto (Penalty) penalty = { 0 };
  g_autoptr (JzJson) groups = NULL;
  const JzJson *party;

  penalty_init (&penalty);
  penalty.id = test_office_make (&penalty.office, "handler", "case.open",
                                 "{'title':'张某占道案','party':'张某','matter':'占道','found':"
                                 "'2025-01-02'}");
  groups = ask (&penalty, "handler", jz_case_values_list);
  party = find_value (groups, "party");
  g_assert_cmpstr (get (party, "text"), ==, "张某");
  g_assert_cmpstr (get (party, "act"), ==, "case.open");
  g_assert_cmpstr (get (party, "again"), ==, "");
  g_assert_cmpstr (get (find_value (groups, "matter"), "text"), ==, "占道");
}

static void
test_record (void)
{
  g_auto (Penalty) penalty = { 0 };
  g_auto (Look) look = { 0 };
  g_autoptr (JzJson) record = NULL;
  const JzJson *late;

  penalty_init (&penalty);
  penalty_play (&penalty, PENALTY_LEAD, PENALTY_FILED);
  penalty_wait (&penalty, 20);
  penalty_do (&penalty, "handler", "recusal.tell",
              "'recusal.told_on':'2025-01-02','late_reason':'当时没有网络'");
  look_at (&look, &penalty, "handler");
  record = jz_case_record_list (look.view.reader, look.view.rulebook, penalty.id, NULL);
  g_assert_nonnull (find (record, "act", "case.file.propose"));
  g_assert_nonnull (strstr (get (find (record, "act", "lead.check"), "sentence"), "张某"));
  g_assert_cmpstr (get (find (record, "act", "lead.check"), "late"), ==, "");
  late = find (record, "act", "recusal.tell");
  g_assert_cmpstr (get (late, "late"), ==, "当时没有网络");
  g_assert_cmpstr (get (late, "happened"), ==, "2025-01-02");
  for (guint i = 0; i < jz_json_get_n_items (record); i++)
    g_assert_null (strstr (get (jz_json_get_item (record, i), "sentence"), "%"));
}

/* What the form of whoever confirms shows. */
static JzJson *
ask_proposed (Penalty *penalty, const char *proposal)
{
  g_auto (Look) look = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (JzJson) preset = jz_json_new_object ();
  JzActSheetRequest request = { .act = "preservation.approve", .preset = preset };
  JzJson *sheet;

  look_at (&look, penalty, "approver");
  jz_json_set_text (preset, "case", penalty->id);
  jz_json_set_text (preset, "proposal", proposal);
  request.person = look.person;
  request.now = look.view.now;
  sheet = jz_act_sheet_new (look.view.reader, look.view.objects, &request, &error);
  g_assert_no_error (error);
  return sheet;
}

/* An approval that was registered waits for another person, and not for who registered it. */
static void
test_proposals (void)
{
  g_auto (Penalty) penalty = { 0 };
  g_autoptr (JzJson) own = NULL;
  g_autoptr (JzJson) others = NULL;
  g_autoptr (JzJson) later = NULL;
  g_autofree char *args = NULL;
  g_autofree char *proposal = NULL;
  g_autofree char *approver = NULL;
  g_autoptr (JzJson) sheet = NULL;

  penalty_init (&penalty);
  penalty_play (&penalty, PENALTY_LEAD, PENALTY_FILED);
  approver = test_office_get_person (&penalty.office, "approver");
  proposal = test_office_propose (
    &penalty.office, "handler", "preservation.approve",
    "{'case':'%s','way':'telephone','approver':'%s','source':'9时致电','preservation.approved_at':"
    "'2025-01-02T09:00:00.000+08:00','preservation.reason':'可能灭失'}",
    penalty.id, approver);
  own = ask_as (&penalty, "handler", jz_case_proposals_list);
  g_assert_cmpuint (jz_json_get_n_items (own), ==, 1);
  g_assert_cmpstr (get (jz_json_get_item (own, 0), "hash"), ==, proposal);
  g_assert_false (jz_json_get_member_boolean (jz_json_get_item (own, 0), "may", TRUE));
  others = ask_as (&penalty, "approver", jz_case_proposals_list);
  g_assert_true (jz_json_get_member_boolean (jz_json_get_item (others, 0), "may", FALSE));
  g_assert_true (get (jz_json_get_item (others, 0), "way")[0] != '\0');
  penalty_wait (&penalty, 8);
  sheet = ask_proposed (&penalty, proposal);
  g_assert_cmpstr (get (find (jz_json_get_member (sheet, "proposed"), "text", "9时致电"), "text"),
                   ==, "9时致电");
  g_assert_nonnull (find (jz_json_get_member (sheet, "proposed"), "text", "可能灭失"));
  later = ask_as (&penalty, "approver", jz_case_proposals_list);
  g_assert_cmpuint (jz_json_get_n_items (later), ==, 0);
}

/* A case that nobody filed, and none at all, have a page as well. */
static void
test_empty (void)
{
  g_auto (Penalty) penalty = { 0 };
  g_autoptr (JzJson) course = NULL;
  g_autoptr (JzJson) next = NULL;
  g_autoptr (JzJson) documents = NULL;

  test_office_staff (&penalty.office);
  penalty.id = test_office_open_case (&penalty.office, "某案");
  course = ask (&penalty, "handler", jz_case_course_list);
  g_assert_cmpuint (jz_json_get_n_items (course), ==, 0);
  next = ask_as (&penalty, "handler", jz_next_steps_list);
  g_assert_cmpuint (jz_json_get_n_items (next), ==, 0);
  documents = ask (&penalty, "handler", jz_case_documents_list);
  g_assert_cmpuint (jz_json_get_n_items (documents), ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/office/case-view/course", test_course);
  g_test_add_func ("/office/case-view/line", test_line);
  g_test_add_func ("/office/case-view/obstacles", test_obstacles);
  g_test_add_func ("/office/case-view/menu", test_menu);
  g_test_add_func ("/office/case-view/documents", test_documents);
  g_test_add_func ("/office/case-view/limits", test_limits);
  g_test_add_func ("/office/case-view/limits-of-party", test_limits_of_party);
  g_test_add_func ("/office/case-view/values", test_values);
  g_test_add_func ("/office/case-view/opened", test_opened);
  g_test_add_func ("/office/case-view/record", test_record);
  g_test_add_func ("/office/case-view/proposals", test_proposals);
  g_test_add_func ("/office/case-view/empty", test_empty);
  return g_test_run ();
}
