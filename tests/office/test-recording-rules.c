/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../store/folder.h"
#include "penalty-fixture.h"

#include <string.h>

#include "office/case_recordings.h"
#include "office/error.h"
#include "office/recordings.h"
#include "store/store.h"

/* What each step of a case owes of recordings, and what is done about it (R-14 to;
 * G-63). */

#define DAY "2025-01-02T"
#define CLOSE "'happened':'2025-01-02','ground':'办结'"

/* A case that was ended, with an inspection by the office's fixture. */
static void
init (Penalty *penalty, gboolean is_major)
{
  g_autofree char *text = g_strdup_printf (
    "'case.n_parties':1,'case.is_complex':false,'case.is_major':false,"
    "'case.touches_public_interest':false,'case.has_social_risk':false,'case.has_joint_organs':"
    "false,'case.concerns_major_rights':%s",
    is_major ? "true" : "false");

  penalty_init (penalty);
  penalty_play (penalty, PENALTY_LEAD, PENALTY_PROVED);
  penalty_do (penalty, "handler", "case.characterise", text);
  penalty_do (penalty, "handler", "closing.state",
              "'case.closing_ground':'transferred','case.closing_ground_on':'2025-01-02'");
}

static char *
attach (Penalty *penalty, guint32 seed)
{
  g_autoptr (GError) error = NULL;
  JzStore *store = jz_office_get_store (penalty->office.office);
  JzConnection *reader;
  char *id = NULL;

  g_free (test_office_attach (&penalty->office, penalty->id, 100, seed));
  reader = jz_store_lease_reader (store, &error);
  g_assert_no_error (error);
  g_assert_true (jz_connection_get_text (
    reader, &id, &error, "SELECT id FROM attachment WHERE case_id = ? ORDER BY key DESC LIMIT 1",
    "t", penalty->id));
  jz_store_return_reader (store, reader);
  return id;
}

G_GNUC_PRINTF (4, 5)
static void
act (Penalty *penalty, const char *who, const char *name, const char *format, ...)
{
  va_list args;
  g_autofree char *text = NULL;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  penalty_do (penalty, who, name, text);
}

G_GNUC_PRINTF (5, 6)
static void
refuse (Penalty *penalty,
        const char *who,
        const char *name,
        const char *rule,
        const char *format,
        ...)
{
  va_list args;
  g_autofree char *text = NULL;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  penalty_refuse (penalty, who, name, rule, text);
}

/* Does it, and gives the id of what it made. */
G_GNUC_PRINTF (4, 5)
static char *
make (Penalty *penalty, const char *who, const char *name, const char *format, ...)
{
  va_list args;
  g_autofree char *text = NULL;
  g_autofree char *whole = NULL;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  whole = g_strdup_printf ("{'case':'%s',%s}", penalty->id, text);
  return test_office_make (&penalty->office, who, name, "%s", whole);
}

/* The inspection as the window shows it, and the place to which a refused closing leads. */
static JzJson *
look (Penalty *penalty, const char *user, char **place)
{
  g_autoptr (GError) error = NULL;
  JzStore *store = jz_office_get_store (penalty->office.office);
  JzConnection *reader = jz_store_lease_reader (store, &error);
  g_autofree char *person = test_office_get_person (&penalty->office, user);
  g_auto (JzCaseView) view = { 0 };
  g_autoptr (JzJson) list = NULL;
  JzJson *step;

  g_assert_no_error (error);
  g_assert_true (jz_case_view_open (&view, reader, jz_store_get_objects (store), penalty->id,
                                    jz_clock_now (penalty->office.clock), &error));
  list = jz_case_recordings_list (&view, person, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (jz_json_get_n_items (list), ==, 1);
  step = jz_json_copy (jz_json_get_item (list, 0));
  g_assert_cmpstr (jz_json_get_member_text (step, "of"), ==, penalty->inspection);
  if (place != NULL)
    *place = jz_case_recordings_dup_place (&view);
  jz_case_view_clear (&view);
  jz_store_return_reader (store, reader);
  return step;
}

static void
assert_state (Penalty *penalty, const char *level, const char *state)
{
  g_autoptr (JzJson) step = look (penalty, "handler", NULL);

  g_assert_cmpstr (jz_json_get_member_text (step, "level"), ==, level);
  g_assert_cmpstr (jz_json_get_member_text (step, "state"), ==, state);
}

static void
finish (Penalty *penalty)
{
  penalty_do (penalty, "handler", "case.close", CLOSE);
  test_office_close (&penalty->office);
  test_assert_sound (penalty->office.path);
}

/* Left to text: three answers, which somebody else accepts. */
static void
test_excuse (void)
{
  g_auto (Penalty) penalty = { 0 };
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  init (&penalty, FALSE);
  assert_state (&penalty, "choose", "none");
  refuse (&penalty, "handler", "recording.excuse", "J-RECORDING", "'of':'%s','reason':'有笔录'",
          penalty.inspection);
  first = make (&penalty, "handler", "recording.excuse",
                "'of':'%s','reason':'有笔录','suitability':'配合','timeliness':'来不及'",
                penalty.inspection);
  assert_state (&penalty, "choose", "waiting");
  refuse (&penalty, "handler", "case.close", "G-63", CLOSE);
  refuse (&penalty, "section_head", "recording.approve", "J-RECORD",
          "'statement':'%s','approved':true", penalty.inspection);
  act (&penalty, "section_head", "recording.approve", "'statement':'%s','approved':false", first);
  assert_state (&penalty, "choose", "refused");
  refuse (&penalty, "section_head", "recording.approve", "J-RECORD",
          "'statement':'%s','approved':true", first);
  second = make (&penalty, "section_head", "recording.excuse",
                 "'of':'%s','reason':'有笔录','suitability':'配合','timeliness':'来不及'",
                 penalty.inspection);
  refuse (&penalty, "section_head", "recording.approve", "J-SEPARATION",
          "'statement':'%s','approved':true", second);
  act (&penalty, "approver", "recording.approve", "'statement':'%s','approved':true", second);
  assert_state (&penalty, "choose", "excused");
  finish (&penalty);
}

/* The bureau may want it recorded; then only what kept one from it is a reason. */
static void
test_must (void)
{
  g_auto (Penalty) penalty = { 0 };
  g_autofree char *gap = NULL;

  init (&penalty, FALSE);
  test_office_do (&penalty.office, "head", "setting.change",
                  "{'name':'recording.level','value':'must'}");
  assert_state (&penalty, "must", "none");
  refuse (&penalty, "handler", "recording.excuse", "J-RECORDING",
          "'of':'%s','reason':'有笔录','suitability':'配合','timeliness':'来不及'",
          penalty.inspection);
  gap = make (&penalty, "handler", "recording.explain_gap",
              "'of':'%s','cause':'fault','text':'记录仪损坏'", penalty.inspection);
  refuse (&penalty, "handler", "case.close", "G-63", CLOSE);
  act (&penalty, "section_head", "recording.approve", "'statement':'%s','approved':true", gap);
  assert_state (&penalty, "must", "excused");
  finish (&penalty);
}

static void
test_setting (void)
{
  g_auto (Penalty) penalty = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (JzActOutcome) outcome = NULL;

  penalty_init (&penalty);
  outcome = test_office_try (&penalty.office, "head", "setting.change", &error, "%s",
                             "{'name':'recording.level','value':'full'}");
  g_assert_no_error (error);
  g_assert_nonnull (outcome->refusal);
  g_assert_cmpstr (jz_refusal_get_rule (outcome->refusal), ==, "J-SETTING");
}

static const JzJson *
get_gap (const JzJson *step, guint i)
{
  return jz_json_get_item (jz_json_get_member (step, "gaps"), i);
}

/* Recorded by two devices with a break between; the break is named, led to, explained, accepted. */
static void
test_full_course (void)
{
  g_auto (Penalty) penalty = { 0 };
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autofree char *gap = NULL;
  g_autofree char *place = NULL;
  g_autofree char *expected = NULL;
  g_autoptr (JzJson) step = NULL;
  g_autoptr (JzJson) after = NULL;

  init (&penalty, TRUE);
  first = attach (&penalty, 1);
  second = attach (&penalty, 2);
  assert_state (&penalty, "full", "none");
  refuse (&penalty, "handler", "recording.excuse", "J-RECORDING",
          "'of':'%s','reason':'有笔录','suitability':'配合','timeliness':'来不及'",
          penalty.inspection);
  act (&penalty, "handler", "recording.bind",
       "'of':'%s','attachment':'%s','started_at':'" DAY "08:00:00.000+08:00','finished_at':'" DAY
       "08:20:00.000+08:00','device':'DSJ-01'",
       penalty.inspection, first);
  /* Nobody knows what is missing as long as nobody says how long it lasted. */
  assert_state (&penalty, "full", "gaps");
  refuse (&penalty, "handler", "case.close", "G-63", CLOSE);
  act (&penalty, "handler", "recording.declare",
       "'of':'%s','began_at':'" DAY "08:00:00.000+08:00','ended_at':'" DAY "08:40:00.000+08:00'",
       penalty.inspection);
  act (&penalty, "handler", "recording.bind",
       "'of':'%s','attachment':'%s','started_at':'" DAY "08:25:00.000+08:00','finished_at':'" DAY
       "08:39:30.000+08:00'",
       penalty.inspection, second);
  step = look (&penalty, "handler", &place);
  g_assert_cmpuint (jz_json_get_n_items (jz_json_get_member (step, "gaps")), ==, 1);
  g_assert_cmpstr (jz_json_get_member_text (get_gap (step, 0), "text"), ==, "08:20:00–08:25:00");
  g_assert_cmpint (jz_json_get_member_integer (get_gap (step, 0), "seconds", 0), ==, 300);
  /* Covered, gap, covered: the last half minute is no gap. */
  g_assert_cmpuint (jz_json_get_n_items (jz_json_get_member (step, "bar")), ==, 3);
  expected = g_strdup_printf ("cases/%s/recordings/%s/" DAY "08:20:00.000+08:00", penalty.id,
                              penalty.inspection);
  g_assert_cmpstr (place, ==, expected);
  refuse (&penalty, "handler", "case.close", "G-63", CLOSE);
  /* An explanation of a part explains nothing. */
  act (&penalty, "handler", "recording.explain_gap",
       "'of':'%s','began_at':'" DAY "08:20:00.000+08:00','ended_at':'" DAY
       "08:24:00.000+08:00','cause':'weather','text':'大雨'",
       penalty.inspection);
  gap = make (&penalty, "handler", "recording.explain_gap",
              "'of':'%s','began_at':'" DAY "08:20:00.000+08:00','ended_at':'" DAY
              "08:25:00.000+08:00','cause':'obstruction','text':'当事人抢夺记录仪'",
              penalty.inspection);
  refuse (&penalty, "handler", "case.close", "G-63", CLOSE);
  act (&penalty, "section_head", "recording.approve", "'statement':'%s','approved':true", gap);
  after = look (&penalty, "handler", NULL);
  g_assert_cmpstr (jz_json_get_member_text (after, "state"), ==, "bound");
  g_assert_cmpstr (jz_json_get_member_text (get_gap (after, 0), "state"), ==, "approved");
  finish (&penalty);
}

/* What was linked by mistake is taken back, and owed again. */
static void
test_unbind (void)
{
  g_auto (Penalty) penalty = { 0 };
  g_autofree char *file = NULL;
  g_autofree char *binding = NULL;

  init (&penalty, FALSE);
  file = attach (&penalty, 1);
  binding = make (&penalty, "handler", "recording.bind", "'of':'%s','attachment':'%s'",
                  penalty.inspection, file);
  assert_state (&penalty, "choose", "bound");
  act (&penalty, "handler", "recording.unbind", "'record':'%s','removed':'是另一案的录像'",
       binding);
  assert_state (&penalty, "choose", "none");
  refuse (&penalty, "handler", "recording.unbind", "J-RECORD", "'record':'%s','removed':'重复'",
          binding);
  refuse (&penalty, "handler", "case.close", "G-63", CLOSE);
  act (&penalty, "handler", "recording.bind", "'of':'%s','attachment':'%s'", penalty.inspection,
       file);
  finish (&penalty);
}

/* Times that cannot be, and a recording that is stored days after it was made. */
static void
test_times (void)
{
  g_auto (Penalty) penalty = { 0 };
  g_autofree char *file = NULL;
  g_autoptr (JzJson) step = NULL;
  const JzJson *recording;

  init (&penalty, FALSE);
  file = attach (&penalty, 1);
  refuse (&penalty, "handler", "recording.bind", "J-DATE",
          "'of':'%s','attachment':'%s','started_at':'" DAY "08:00:00.000+08:00'",
          penalty.inspection, file);
  refuse (&penalty, "handler", "recording.bind", "J-DATE",
          "'of':'%s','attachment':'%s','started_at':'" DAY "08:00:00.000+08:00','finished_at':'" DAY
          "08:00:00.000+08:00'",
          penalty.inspection, file);
  refuse (&penalty, "handler", "recording.declare", "J-DATE",
          "'of':'%s','began_at':'" DAY "08:00:00.000+08:00','ended_at':'" DAY "07:00:00.000+08:00'",
          penalty.inspection);
  refuse (&penalty, "handler", "recording.bind", "J-LATE",
          "'of':'%s','attachment':'%s','started_at':'2025-01-01T07:00:00.000+08:00','finished_at':"
          "'2025-01-01T07:30:00.000+08:00'",
          penalty.inspection, file);
  act (&penalty, "handler", "recording.bind",
       "'of':'%s','attachment':'%s','started_at':'2025-01-01T07:00:00.000+08:00','finished_at':"
       "'2025-01-01T07:30:00.000+08:00','late_reason':'偏远地区，返回后上传'",
       penalty.inspection, file);
  step = look (&penalty, "handler", NULL);
  recording = jz_json_get_item (jz_json_get_member (step, "recordings"), 0);
  g_assert_cmpint (jz_json_get_member_integer (recording, "late_hours", 0), >=, 24);
  g_assert_cmpstr (jz_json_get_member_text (recording, "late_reason"), ==, "偏远地区，返回后上传");
  finish (&penalty);
}

static gboolean
can_open (Penalty *penalty, const char *user, const char *file)
{
  g_autoptr (GError) error = NULL;
  JzStore *store = jz_office_get_store (penalty->office.office);
  JzConnection *reader = jz_store_lease_reader (store, &error);
  g_autofree char *person = test_office_get_person (&penalty->office, user);
  g_auto (JzCaseView) view = { 0 };
  g_autoptr (JzJson) json = NULL;

  jz_case_view_open (&view, reader, jz_store_get_objects (store), penalty->id,
                     jz_clock_now (penalty->office.clock), &error);
  g_assert_no_error (error);
  json = jz_recording_find (&view, file, person, &error);
  jz_case_view_clear (&view);
  g_assert_true (json != NULL || g_error_matches (error, JZ_OFFICE_ERROR, JZ_OFFICE_ERROR_REFUSED));
  jz_store_return_reader (store, reader);
  return json != NULL;
}

/* What must not be recorded takes no file; one that is there is sealed off until a head decides. */
static void
test_forbidden (void)
{
  g_auto (Penalty) penalty = { 0 };
  g_autofree char *file = NULL;
  g_autoptr (JzJson) step = NULL;

  init (&penalty, FALSE);
  file = attach (&penalty, 1);
  act (&penalty, "handler", "recording.bind", "'of':'%s','attachment':'%s'", penalty.inspection,
       file);
  refuse (&penalty, "section_head", "recording.allow", "J-RECORDING", "'of':'%s','reason':'可以'",
          penalty.inspection);
  act (&penalty, "handler", "recording.forbid",
       "'of':'%s','ground':'business_secret','reason':'生产工艺'", penalty.inspection);
  assert_state (&penalty, "choose", "quarantined");
  step = look (&penalty, "handler", NULL);
  g_assert_true (jz_json_get_member_boolean (
    jz_json_get_item (jz_json_get_member (step, "recordings"), 0), "sealed", FALSE));
  g_assert_false (can_open (&penalty, "handler", file));
  g_assert_true (can_open (&penalty, "approver", file));
  refuse (&penalty, "handler", "recording.bind", "J-RECORDING", "'of':'%s','attachment':'%s'",
          penalty.inspection, file);
  refuse (&penalty, "handler", "case.close", "G-63", CLOSE);
  act (&penalty, "approver", "recording.dispose",
       "'attachment':'%s','disposal':'seal','reason':'保留备查'", file);
  assert_state (&penalty, "choose", "forbidden");
  g_assert_false (can_open (&penalty, "handler", file));
  finish (&penalty);
}

/* Against the rule that wants the full course only a head decides, in writing. */
static void
test_conflict (void)
{
  g_auto (Penalty) penalty = { 0 };
  g_autofree char *file = NULL;

  init (&penalty, TRUE);
  file = attach (&penalty, 1);
  refuse (&penalty, "section_head", "recording.forbid", "J-RECORDING",
          "'of':'%s','ground':'privacy','reason':'涉及隐私部位检查'", penalty.inspection);
  act (&penalty, "head", "recording.forbid",
       "'of':'%s','ground':'privacy','reason':'涉及隐私部位检查'", penalty.inspection);
  assert_state (&penalty, "full", "forbidden");
  act (&penalty, "section_head", "recording.allow", "'of':'%s','reason':'检查已改为公开部分'",
       penalty.inspection);
  assert_state (&penalty, "full", "none");
  refuse (&penalty, "handler", "case.close", "G-63", CLOSE);
  act (&penalty, "head", "recording.forbid", "'of':'%s','ground':'privacy','reason':'仍涉及隐私'",
       penalty.inspection);
  finish (&penalty);
}

/* What is sealed off is not let out by a way round: not by its still, not by taking it from the
 * step, not by allowing the step again. */
static void
test_no_way_round (void)
{
  g_auto (Penalty) penalty = { 0 };
  g_autofree char *file = NULL;
  g_autofree char *tied = NULL;
  g_autofree char *open = NULL;
  g_autofree char *still = NULL;
  g_autofree char *path = NULL;

  init (&penalty, FALSE);
  file = attach (&penalty, 1);
  open = attach (&penalty, 2);
  tied = make (&penalty, "handler", "recording.bind", "'of':'%s','attachment':'%s'",
               penalty.inspection, file);
  path = folder_write (penalty.office.folder, "still.png", "png", 3);
  still =
    make (&penalty, "handler", "recording.still",
          "'source':'%s','at':5,'name':'截图.png','file':'%s','frame':"
          "'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa','frame_decoder':'a',"
          "'frame_version':'1','frame_format':'BGRx','frame_width':2,'frame_height':2",
          file, path);
  act (&penalty, "handler", "recording.forbid", "'of':'%s','ground':'privacy','reason':'涉及隐私'",
       penalty.inspection);
  g_assert_false (can_open (&penalty, "handler", still));
  refuse (&penalty, "handler", "recording.view", "J-SEALED", "'attachment':'%s','seen':['0-5']",
          file);
  refuse (&penalty, "handler", "recording.unbind", "J-SEALED", "'record':'%s','removed':'不是'",
          tied);
  refuse (&penalty, "handler", "attachment.state", "J-SEALED", "'attachment':'%s','step':'%s'",
          file, penalty.inspection);
  refuse (&penalty, "section_head", "recording.allow", "J-RECORDING", "'of':'%s','reason':'可以'",
          penalty.inspection);
  refuse (&penalty, "approver", "recording.dispose", "J-RECORDING",
          "'attachment':'%s','disposal':'release','reason':'无关'", open);
  g_assert_false (can_open (&penalty, "handler", file));
  act (&penalty, "approver", "recording.dispose",
       "'attachment':'%s','disposal':'release','reason':'没有拍到'", file);
  g_assert_true (can_open (&penalty, "handler", still));
  act (&penalty, "handler", "recording.unbind", "'record':'%s','removed':'不是这一次'", tied);
  finish (&penalty);
}

/* What was handed over, and what is a state secret, is opened by nobody. */
static void
test_handed_over (void)
{
  g_auto (Penalty) penalty = { 0 };
  g_autofree char *file = NULL;

  init (&penalty, FALSE);
  file = attach (&penalty, 1);
  act (&penalty, "handler", "recording.bind", "'of':'%s','attachment':'%s'", penalty.inspection,
       file);
  act (&penalty, "handler", "recording.forbid",
       "'of':'%s','ground':'business_secret','reason':'生产工艺'", penalty.inspection);
  act (&penalty, "approver", "recording.dispose",
       "'attachment':'%s','disposal':'hand_over','reason':'移交保密室'", file);
  g_assert_false (can_open (&penalty, "approver", file));
  act (&penalty, "approver", "recording.dispose",
       "'attachment':'%s','disposal':'seal','reason':'收回封存'", file);
  g_assert_true (can_open (&penalty, "approver", file));
  act (&penalty, "handler", "recording.forbid",
       "'of':'%s','ground':'state_secret','reason':'涉及国家秘密'", penalty.inspection);
  g_assert_false (can_open (&penalty, "approver", file));
  g_assert_false (can_open (&penalty, "head", file));
  finish (&penalty);
}

/* Whoever had the power to forbid it when text was enough has none once the full course is owed: a
 * head resolves it in writing. */
static void
test_contradiction (void)
{
  static const char major[] =
    "'case.n_parties':1,'case.is_complex':false,'case.is_major':false,"
    "'case.touches_public_interest':false,'case.has_social_risk':false,'case.has_joint_organs':"
    "false,'case.concerns_major_rights':true";
  g_auto (Penalty) penalty = { 0 };

  init (&penalty, FALSE);
  act (&penalty, "handler", "recording.forbid", "'of':'%s','ground':'privacy','reason':'涉及隐私'",
       penalty.inspection);
  assert_state (&penalty, "choose", "forbidden");
  penalty_do (&penalty, "handler", "case.characterise", major);
  assert_state (&penalty, "full", "contradicted");
  refuse (&penalty, "handler", "case.close", "G-63", CLOSE);
  act (&penalty, "head", "recording.forbid", "'of':'%s','ground':'privacy','reason':'隐私优先'",
       penalty.inspection);
  assert_state (&penalty, "full", "forbidden");
  finish (&penalty);
}

static const char *
get_shot_state (const JzJson *step, const char *id)
{
  const JzJson *shots = jz_json_get_member (step, "shots");

  for (guint i = 0; i < jz_json_get_n_items (shots); i++)
    if (strcmp (jz_json_get_member_text (jz_json_get_item (shots, i), "id"), id) == 0)
      return jz_json_get_member_text (jz_json_get_item (shots, i), "state");
  return NULL;
}

/* Ticked by hand, by a mark of its kind, or by saying why it is not to be seen. */
static void
test_shots (void)
{
  g_auto (Penalty) penalty = { 0 };
  g_autofree char *file = NULL;
  g_autoptr (JzJson) step = NULL;

  init (&penalty, FALSE);
  file = attach (&penalty, 1);
  act (&penalty, "handler", "recording.bind", "'of':'%s','attachment':'%s'", penalty.inspection,
       file);
  refuse (&penalty, "handler", "recording.check_shot", "J-RECORDING",
          "'of':'%s','shot':'nothing','attachment':'%s'", penalty.inspection, file);
  refuse (&penalty, "handler", "recording.check_shot", "J-RECORDING",
          "'of':'%s','shot':'environment'", penalty.inspection);
  act (&penalty, "handler", "recording.check_shot",
       "'of':'%s','shot':'environment','attachment':'%s','at':3000000000", penalty.inspection,
       file);
  act (&penalty, "handler", "recording.check_shot", "'of':'%s','shot':'found','text':'见笔录'",
       penalty.inspection);
  act (&penalty, "handler", "recording.mark",
       "'attachment':'%s','at':5000000000,'recording.marks.kind':'credential'", file);
  step = look (&penalty, "handler", NULL);
  g_assert_cmpstr (get_shot_state (step, "environment"), ==, "seen");
  g_assert_cmpstr (get_shot_state (step, "found"), ==, "absent");
  g_assert_cmpstr (get_shot_state (step, "credentials"), ==, "seen");
  finish (&penalty);
}

/* The reviewer of a case with a full course who has opened none of its recordings says why. */
static void
test_unseen (void)
{
  static const char opinion[] =
    "'text':'审核意见','review.opinion_on':'2025-01-02','review.outcome':'return',"
    "'review.finds_facts_unclear':false";
  g_auto (Penalty) penalty = { 0 };
  g_autofree char *file = NULL;
  g_autoptr (JzJson) before = NULL;
  g_autoptr (JzJson) after = NULL;

  init (&penalty, TRUE);
  file = attach (&penalty, 1);
  act (&penalty, "handler", "recording.bind", "'of':'%s','attachment':'%s'", penalty.inspection,
       file);
  penalty_play (&penalty, PENALTY_DRAFTED, PENALTY_SUBMITTED);
  before = look (&penalty, "reviewer", NULL);
  g_assert_false (jz_json_get_member_boolean (
    jz_json_get_item (jz_json_get_member (before, "recordings"), 0), "seen", TRUE));
  /* That the handler has looked does not count. */
  act (&penalty, "handler", "recording.view", "'attachment':'%s','seen':['0-1000000000']", file);
  refuse (&penalty, "reviewer", "review.conclude", "J-VIEW", "%s", opinion);
  act (&penalty, "reviewer", "recording.view", "'attachment':'%s','seen':['0-1000000000']", file);
  after = look (&penalty, "reviewer", NULL);
  g_assert_true (jz_json_get_member_boolean (
    jz_json_get_item (jz_json_get_member (after, "recordings"), 0), "seen", FALSE));
  act (&penalty, "reviewer", "review.conclude", "%s", opinion);
  test_office_close (&penalty.office);
  test_assert_sound (penalty.office.path);
}

static void
test_unseen_reason (void)
{
  g_auto (Penalty) penalty = { 0 };
  g_autofree char *file = NULL;

  init (&penalty, TRUE);
  file = attach (&penalty, 1);
  act (&penalty, "handler", "recording.bind", "'of':'%s','attachment':'%s'", penalty.inspection,
       file);
  penalty_play (&penalty, PENALTY_DRAFTED, PENALTY_SUBMITTED);
  act (&penalty, "reviewer", "review.conclude",
       "'text':'审核意见','unseen_reason':'设备不能播放','review.opinion_on':'2025-01-02',"
       "'review.outcome':'return','review.finds_facts_unclear':false");
  test_office_close (&penalty.office);
  test_assert_sound (penalty.office.path);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/office/recording-rules/excuse", test_excuse);
  g_test_add_func ("/office/recording-rules/must", test_must);
  g_test_add_func ("/office/recording-rules/setting", test_setting);
  g_test_add_func ("/office/recording-rules/full-course", test_full_course);
  g_test_add_func ("/office/recording-rules/unbind", test_unbind);
  g_test_add_func ("/office/recording-rules/times", test_times);
  g_test_add_func ("/office/recording-rules/forbidden", test_forbidden);
  g_test_add_func ("/office/recording-rules/conflict", test_conflict);
  g_test_add_func ("/office/recording-rules/R-17/no-way-round", test_no_way_round);
  g_test_add_func ("/office/recording-rules/R-17/handed-over", test_handed_over);
  g_test_add_func ("/office/recording-rules/R-17/contradiction", test_contradiction);
  g_test_add_func ("/office/recording-rules/shots", test_shots);
  g_test_add_func ("/office/recording-rules/unseen", test_unseen);
  g_test_add_func ("/office/recording-rules/unseen-reason", test_unseen_reason);
  return g_test_run ();
}
