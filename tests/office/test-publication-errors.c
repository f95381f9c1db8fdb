/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "office/case_record.h"
#include "office/documents.h"
#include "office/exemptions.h"
#include "office/publication_history.h"
#include "office/publication_sheet.h"
#include "office/publicity_queue.h"
#include "publicity-fixture.h"

/* What goes wrong with what is public: it is released late (P-35), holds an error (P-04), was made
 * of a document that is corrected (P-05); and what of it can be read afterwards (P-05, P-07). */

#define LATE "'late_reason':'公示系统停用，恢复后补发'"
#define WRONG "'what':'当事人名称误写一字','channel':'party','finder':'张某'"
#define CORRECT PUBLICITY_COVER ",'note':'当事人名称误写一字，已改正'"

static void
finish (Penalty *self)
{
  test_office_close (&self->office);
  test_assert_sound (self->office.path);
}

static JzConnection *
lease (Penalty *self)
{
  return jz_store_lease_reader (jz_office_get_store (self->office.office), NULL);
}

static void
give_back (Penalty *self, JzConnection *reader)
{
  jz_store_return_reader (jz_office_get_store (self->office.office), reader);
}

static JzJson *
read_sheet (Penalty *self)
{
  g_autofree char *person = test_office_get_person (&self->office, "publisher");
  g_autoptr (GError) error = NULL;
  JzConnection *reader = lease (self);
  JzJson *sheet =
    jz_publication_sheet (self->office.office, reader, self->decision, person, &error);

  g_assert_no_error (error);
  give_back (self, reader);
  return sheet;
}

static void
assert_group (Penalty *self, JzPublicityGroup group)
{
  JzConnection *reader = lease (self);
  g_autoptr (JzJson) counts = jz_publicity_count (reader, NULL);

  give_back (self, reader);
  for (guint i = 0; i < JZ_PUBLICITY_N_GROUPS; i++)
    g_assert_cmpint (jz_json_get_integer (jz_json_get_item (counts, i)), ==, i == group);
}

static char *
dup_overdue (Penalty *self)
{
  JzConnection *reader = lease (self);
  g_autoptr (JzJson) list = jz_case_record_list (reader, NULL, self->id, NULL);
  char *found = NULL;

  give_back (self, reader);
  for (guint i = 0; found == NULL && i < jz_json_get_n_items (list); i++)
    found = g_strdup (jz_json_get_member_text (jz_json_get_item (list, i), "overdue"));
  return found;
}

/* Decided on 2025-01-02, it is to be public by 2025-01-13: the day itself is in time, and a
 * correction is never late. */
static void
test_late (void)
{
  g_auto (Penalty) penalty = { 0 };
  g_autoptr (JzJson) waiting = NULL;
  g_autoptr (JzJson) released = NULL;
  g_autofree char *overdue = NULL;

  publicity_init (&penalty);
  publicity_serve (&penalty);
  publicity_do (&penalty, "handler", "publication.collect", PUBLICITY_COVER);
  publicity_do (&penalty, "checker", "publication.check", "'verdict':'pass'");
  penalty_wait (&penalty, 12);
  publicity_refuse (&penalty, "publisher", "publication.release", "G-69", "");
  publicity_refuse (&penalty, "publisher", "publication.release", "G-69", "'late_reason':''");
  waiting = read_sheet (&penalty);
  g_assert_cmpint (jz_json_get_member_integer (waiting, "days_late", 0), ==, 1);
  publicity_do (&penalty, "publisher", "publication.release", LATE);
  released = read_sheet (&penalty);
  g_assert_cmpstr (jz_json_get_member_text (released, "late_reason"), ==,
                   "公示系统停用，恢复后补发");
  overdue = dup_overdue (&penalty);
  g_assert_cmpstr (overdue, ==, "公示系统停用，恢复后补发");
  publicity_do (&penalty, "handler", "publication.correct", CORRECT);
  publicity_do (&penalty, "checker", "publication.check", "'verdict':'pass'");
  publicity_do (&penalty, "publisher", "publication.release", "");
  finish (&penalty);
}

static void
test_last_day (void)
{
  g_auto (Penalty) penalty = { 0 };
  g_autoptr (JzJson) sheet = NULL;

  publicity_init (&penalty);
  publicity_serve (&penalty);
  publicity_do (&penalty, "handler", "publication.collect", PUBLICITY_COVER);
  publicity_do (&penalty, "checker", "publication.check", "'verdict':'pass'");
  penalty_wait (&penalty, 11);
  publicity_do (&penalty, "publisher", "publication.release", "");
  sheet = read_sheet (&penalty);
  g_assert_cmpstr (jz_json_get_member_text (sheet, "late_reason"), ==, "");
  finish (&penalty);
}

static char *
report (Penalty *self, const char *who)
{
  return test_office_make (&self->office, who, "publication.report_error",
                           "{'case':'%s','document':'%s'," WRONG "}", self->id, self->decision);
}

static void
assert_report (Penalty *self, guint i, const char *state, const char *reason)
{
  g_autoptr (JzJson) sheet = read_sheet (self);
  const JzJson *one = jz_json_get_item (jz_json_get_member (sheet, "errors"), i);

  g_assert_cmpstr (jz_json_get_member_text (one, "state"), ==, state);
  g_assert_cmpstr (jz_json_get_member_text (one, "reason"), ==, reason);
  g_assert_cmpstr (jz_json_get_member_text (one, "what"), ==, "当事人名称误写一字");
  g_assert_cmpstr (jz_json_get_member_text (one, "finder"), ==, "张某");
  g_assert_cmpstr (jz_json_get_member_text (one, "reported_on"), ==, "2025-01-02");
}

/* Three working days, for whoever corrects; and that it is none another person says. */
static void
test_report (void)
{
  g_auto (Penalty) penalty = { 0 };
  g_autofree char *id = NULL;
  g_autofree char *rest = NULL;
  g_autoptr (JzJson) sheet = NULL;

  publicity_init (&penalty);
  publicity_refuse (&penalty, "reviewer", "publication.report_error", "J-PUBLICATION", WRONG);
  publicity_release (&penalty);
  assert_group (&penalty, JZ_PUBLICITY_CARRIERS);
  id = report (&penalty, "checker");
  assert_group (&penalty, JZ_PUBLICITY_CHANGES);
  assert_report (&penalty, 0, "open", "");
  sheet = read_sheet (&penalty);
  g_assert_cmpstr (jz_json_get_member_text (sheet, "act"), ==, "publication.correct");
  g_assert_cmpstr (jz_json_get_member_text (sheet, "due"), ==, "2025-01-07");
  g_assert_cmpstr (jz_json_get_member_text (sheet, "error"), ==, "当事人名称误写一字");
  rest = g_strdup_printf ("'report':'%s','reason':'与决定书一致'", id);
  publicity_refuse (&penalty, "checker", "publication.dismiss_error", "J-SEPARATION", rest);
  publicity_refuse (&penalty, "publisher", "publication.dismiss_error", "J-ROLE", rest);
  publicity_refuse (&penalty, "head", "publication.dismiss_error", "J-PUBLICATION",
                    "'report':'0000000000000000-1-1','reason':'与决定书一致'");
  publicity_do (&penalty, "head", "publication.dismiss_error", rest);
  assert_report (&penalty, 0, "dismissed", "与决定书一致");
  assert_group (&penalty, JZ_PUBLICITY_CARRIERS);
  publicity_refuse (&penalty, "head", "publication.dismiss_error", "J-PUBLICATION", rest);
  finish (&penalty);
}

/* It is done with when the corrected copy leaves, and not when somebody begins to collect it; what
 * was reported meanwhile is not what it corrects. */
static void
test_corrected (void)
{
  g_auto (Penalty) penalty = { 0 };
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  publicity_init (&penalty);
  publicity_release (&penalty);
  first = report (&penalty, "reviewer");
  publicity_do (&penalty, "handler", "publication.correct", CORRECT);
  second = report (&penalty, "handler");
  publicity_do (&penalty, "checker", "publication.check", "'verdict':'pass'");
  assert_report (&penalty, 0, "open", "");
  assert_report (&penalty, 1, "open", "");
  publicity_do (&penalty, "publisher", "publication.release", "");
  assert_report (&penalty, 0, "open", "");
  assert_report (&penalty, 1, "corrected", "");
  assert_group (&penalty, JZ_PUBLICITY_CHANGES);
  publicity_do_by_two (&penalty, "publication.withdraw",
                       "'publication.withdrawal':'error','reason':'误发'");
  assert_report (&penalty, 0, "withdrawn", "");
  finish (&penalty);
}

static const JzJson *
find_carrier (const JzJson *sheet, const char *carrier)
{
  const JzJson *all = jz_json_get_member (sheet, "carriers");

  for (guint i = 0; i < jz_json_get_n_items (all); i++)
    if (strcmp (jz_json_get_member_text (jz_json_get_item (all, i), "carrier"), carrier) == 0)
      return jz_json_get_item (all, i);
  g_assert_not_reached ();
}

/* Whoever showed the first one is asked for the corrected one, and gets the words to show beside
 * it; nobody else does. */
static void
test_carriers_are_told (void)
{
  g_auto (Penalty) penalty = { 0 };
  g_autoptr (JzJson) before = NULL;
  g_autoptr (JzJson) after = NULL;
  const char *note;

  publicity_init (&penalty);
  publicity_release (&penalty);
  publicity_confirm (&penalty, "publication.confirm", "site");
  publicity_confirm (&penalty, "publication.confirm", "wechat");
  before = read_sheet (&penalty);
  g_assert_null (jz_json_get_member (before, "correction_note"));
  g_assert_false (jz_json_get_member_boolean (find_carrier (before, "wechat"), "required", FALSE));
  publicity_do (&penalty, "handler", "publication.correct",
                "'publication.redactions':[{'field':'party.address','start':0,'length':9,'choice':"
                "'cover','kind':'home_address','rule':'RD-03'},{'field':'party.name','start':0,"
                "'length':24,'choice':'cover','kind':'name','replacement':'某某商贸公司'}],"
                "'note':'名称误写，已改正'");
  publicity_do (&penalty, "checker", "publication.check", "'verdict':'pass'");
  publicity_do (&penalty, "publisher", "publication.release", "");
  after = read_sheet (&penalty);
  g_assert_true (jz_json_get_member_boolean (find_carrier (after, "site"), "required", FALSE));
  g_assert_true (jz_json_get_member_boolean (find_carrier (after, "wechat"), "required", FALSE));
  g_assert_false (jz_json_get_member_boolean (find_carrier (after, "hall"), "required", TRUE));
  g_assert_null (jz_json_get_member (find_carrier (after, "wechat"), "shown"));
  note = jz_json_get_member_text (after, "correction_note");
  g_assert_nonnull (note);
  g_assert_nonnull (strstr (note, "名称误写，已改正"));
  g_assert_nonnull (strstr (note, "某某商贸有限公司"));
  g_assert_nonnull (strstr (note, "某某商贸公司"));
  g_assert_nonnull (strstr (note, "2025-01-02"));
  publicity_confirm (&penalty, "publication.confirm", "site");
  assert_group (&penalty, JZ_PUBLICITY_CARRIERS);
  publicity_confirm (&penalty, "publication.confirm", "wechat");
  assert_group (&penalty, JZ_PUBLICITY_PUBLISHED);
  finish (&penalty);
}

/* A day alone does not prove that it was taken down, and one carrier is not all of them (P-39). */
static void
test_taken_down (void)
{
  g_auto (Penalty) penalty = { 0 };
  g_autoptr (JzPublication) publication = NULL;

  publicity_init (&penalty);
  publicity_release (&penalty);
  publicity_do_by_two (&penalty, "publication.withdraw",
                       "'publication.withdrawal':'error','reason':'误发'");
  publicity_refuse (&penalty, "publisher", "publication.confirm_withdrawal", "J-PROOF",
                    "'publication.carrier':'site','happened':'2025-01-02'");
  assert_group (&penalty, JZ_PUBLICITY_CHANGES);
  publication = publicity_find (&penalty);
  g_assert_cmpstr (publication->state, ==, "withdrawing");
  g_assert_cmpstr (publication->withdrawn_on, ==, "");
  finish (&penalty);
}

static JzJson *
read_values (Penalty *self)
{
  JzConnection *reader = lease (self);
  g_autoptr (JzStated) stated = jz_stated_load (reader, self->id, G_MAXINT64, NULL);
  const JzStatedRecord *record = jz_document_find_record (stated, self->decision);

  give_back (self, reader);
  return jz_json_copy (jz_stated_record_get (record, "values"));
}

/* The corrected decision, up to where the head approves it. */
static void
write_corrected (Penalty *self)
{
  g_autoptr (JzJson) values = read_values (self);
  g_autofree char *text = NULL;
  g_autofree char *rest = NULL;

  jz_json_set_text (values, "facts", "当事人在某某路3号门前占用城市道路堆放建材。");
  text = jz_json_to_canonical (values, NULL);
  rest = g_strdup_printf ("'values':%s", text);
  publicity_do (self, "handler", "document.revise", rest);
  publicity_do (self, "handler", "document.submit", "'opinion':'请审'");
  publicity_do (self, "section_head", "document.examine", "'opinion':'拟同意'");
  test_office_do (&self->office, "reviewer", "review.recheck",
                  "{'case':'%s','text':'仅更正门牌号'}", self->id);
}

/* What was collected of a decision is nothing that could be released any more once the decision is
 * corrected: the corrected one is collected anew (P-05). */
static void
test_decision_is_corrected (void)
{
  g_auto (Penalty) penalty = { 0 };
  g_autofree char *old = NULL;
  g_autoptr (JzPublication) before = NULL;
  g_autoptr (JzPublication) after = NULL;
  g_autofree char *corrected = NULL;

  publicity_init (&penalty);
  publicity_serve (&penalty);
  publicity_do (&penalty, "handler", "publication.collect", PUBLICITY_COVER);
  publicity_do (&penalty, "checker", "publication.check", "'verdict':'pass'");
  corrected = test_office_make (&penalty.office, "handler", "document.correct",
                                "{'case':'%s','corrects':'%s','reason':'门牌号笔误'}", penalty.id,
                                penalty.decision);
  publicity_refuse (&penalty, "publisher", "publication.release", "G-61", "");
  old = penalty.decision;
  penalty.decision = g_steal_pointer (&corrected);
  write_corrected (&penalty);
  penalty_play (&penalty, PENALTY_APPROVED, PENALTY_DECIDED);
  after = publicity_find (&penalty);
  g_assert_cmpstr (after->state, ==, "due");
  g_assert_cmpstr (after->step, ==, "none");
  publicity_refuse (&penalty, "checker", "publication.check", "J-PUBLICATION", "'verdict':'pass'");
  corrected = g_steal_pointer (&penalty.decision);
  penalty.decision = g_steal_pointer (&old);
  before = publicity_find (&penalty);
  g_assert_cmpstr (before->state, ==, "dropped");
  publicity_refuse (&penalty, "publisher", "publication.release", "J-PUBLICATION", "");
  finish (&penalty);
}

/* Nothing of it is ever left out, and of other acts of the case only what changed the decision. */
static void
test_history (void)
{
  static const char *const acts[] = {
    "publication.collect",      "publication.check",   "publication.release",
    "publication.report_error", "publication.correct", "publication.check",
    "publication.release",      "decision.change",     "publication.withdraw.propose",
    "publication.withdraw",
  };
  g_auto (Penalty) penalty = { 0 };
  g_autofree char *id = NULL;
  g_autoptr (JzJson) history = NULL;
  g_autoptr (JzJson) none = NULL;
  JzConnection *reader;

  publicity_init (&penalty);
  publicity_release (&penalty);
  id = report (&penalty, "reviewer");
  publicity_do (&penalty, "handler", "publication.correct", CORRECT);
  publicity_do (&penalty, "checker", "publication.check", "'verdict':'pass'");
  publicity_do (&penalty, "publisher", "publication.release", "");
  penalty_do (&penalty, "handler", "decision.change",
              "'decision.changed_on':'2025-01-02','publication.withdrawal':'revoked','by':'court',"
              "'reason':'主要证据不足'");
  publicity_do_by_two (&penalty, "publication.withdraw",
                       "'publication.withdrawal':'revoked','reason':'决定已被撤销'");
  reader = lease (&penalty);
  history = jz_publication_history (reader, penalty.decision, NULL);
  none = jz_publication_history (reader, "0000000000000000-1-1", NULL);
  give_back (&penalty, reader);
  g_assert_cmpuint (jz_json_get_n_items (none), ==, 0);
  g_assert_cmpuint (jz_json_get_n_items (history), ==, G_N_ELEMENTS (acts));
  for (guint i = 0; i < G_N_ELEMENTS (acts); i++) {
    const JzJson *row = jz_json_get_item (history, i);
    g_test_message ("%s: %s", jz_json_get_member_text (row, "sentence"),
                    jz_json_get_member_text (row, "detail"));
    g_assert_cmpstr (jz_json_get_member_text (row, "act"), ==, acts[i]);
  }
  g_assert_nonnull (strstr (jz_json_get_member_text (jz_json_get_item (history, 3), "detail"),
                            "当事人名称误写一字"));
  g_assert_nonnull (
    strstr (jz_json_get_member_text (jz_json_get_item (history, 9), "detail"), "决定已被撤销"));
}

static JzJson *
read_exemption (Penalty *self, guint n)
{
  JzConnection *reader = lease (self);
  g_autoptr (GArray) keys = jz_exemptions_query (reader, 0, NULL);
  JzJson *row = NULL;

  g_assert_cmpuint (keys->len, ==, n);
  if (n > 0)
    g_assert_true (jz_exemption_load (reader, g_array_index (keys, gint64, 0), &row, NULL));
  give_back (self, reader);
  return row;
}

static void
assert_row (const JzJson *row, const char *const *expected)
{
  for (; expected[0] != NULL; expected += 2)
    g_assert_cmpstr (jz_json_get_member_text (row, expected[0]), ==, expected[1]);
}

/* Ground, reason, who proposed and who approved, and when it is asked again (P-07, PX-06). */
static void
test_register (void)
{
  static const char *const decided[] = {
    "number",      "罚决〔2025〕1号",
    "party",       "某某商贸有限公司",
    "ground",      "minor",
    "reason",      "当事人未满十八周岁",
    "proposed_by", "张某",
    "approved_by", "张某",
    "approved_on", "2025-01-02",
    "review_on",   "2026-01-02",
    "examined_on", "",
    NULL,
  };
  static const char *const kept[] = {
    "reason",      "理由仍在",   "examined_by", "张某",       "examined_on", "2025-01-22",
    "approved_on", "2025-01-02", "review_on",   "2026-01-22", NULL,
  };
  g_auto (Penalty) penalty = { 0 };
  g_autoptr (JzJson) first = NULL;
  g_autoptr (JzJson) second = NULL;

  publicity_init (&penalty);
  g_assert_null (read_exemption (&penalty, 0));
  publicity_do_by_two (&penalty, "publication.exempt",
                       "'publication.ground':'minor','reason':'当事人未满十八周岁'");
  first = read_exemption (&penalty, 1);
  assert_row (first, decided);
  penalty_wait (&penalty, 20);
  publicity_do (&penalty, "checker", "publication.reexamine",
                "'outcome':'keep','reason':'理由仍在'");
  second = read_exemption (&penalty, 1);
  assert_row (second, kept);
  publicity_do (&penalty, "checker", "publication.reexamine",
                "'outcome':'open','reason':'理由消失'");
  g_assert_null (read_exemption (&penalty, 0));
  finish (&penalty);
}

/* A report that was altered, called settled or taken away beside the journal is found. */
static void
test_altered (void)
{
  static const char *const changes[] = {
    "UPDATE publication_error SET what = '无误'",
    "UPDATE publication_error SET state = 'dismissed'",
    "UPDATE publication_error SET reported_on = '2025-01-03'",
    "UPDATE publication_copy SET late_reason = '系统故障'",
    "DELETE FROM publication_error",
  };
  g_auto (Penalty) penalty = { 0 };
  g_autofree char *id = NULL;

  publicity_init (&penalty);
  publicity_release (&penalty);
  id = report (&penalty, "checker");
  test_office_close (&penalty.office);
  penalty_assert_altered (&penalty, changes, G_N_ELEMENTS (changes));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  /* No carrier shows what is in a store for practice. */
  test_office_be_real ();
  g_test_add_func ("/office/publication-errors/late", test_late);
  g_test_add_func ("/office/publication-errors/last-day", test_last_day);
  g_test_add_func ("/office/publication-errors/report", test_report);
  g_test_add_func ("/office/publication-errors/corrected", test_corrected);
  g_test_add_func ("/office/publication-errors/carriers-are-told", test_carriers_are_told);
  g_test_add_func ("/office/publication-errors/taken-down", test_taken_down);
  g_test_add_func ("/office/publication-errors/decision-is-corrected", test_decision_is_corrected);
  g_test_add_func ("/office/publication-errors/history", test_history);
  g_test_add_func ("/office/publication-errors/register", test_register);
  g_test_add_func ("/office/publication-errors/altered", test_altered);
  return g_test_run ();
}
