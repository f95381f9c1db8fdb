/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "penalty-fixture.h"

#include <string.h>

#include "paper-fixture.h"

#define ADOPT "{'book':'demo','in_force':'2025-01-01','reason':'启用'}"
#define ADOPT_SHIPPED "{'in_force':'2025-01-01','reason':'启用'}"
#define CITED                                                                                                  \
  "{'title':'某某市市容和环境卫生管理条例','article':'%d','level':'local_regulation','version':" \
  "'2024年'}"
#define DAY_MS (G_GINT64_CONSTANT (24) * 60 * 60 * 1000)

/* What the decision says beside its facts; the fine stands in it twice. */
#define DECISION                                                                                                              \
  "'values':{'org_name':'某某局','filed_on':'2025-01-02','party':{'kind':'company','name':'"                               \
  "某某商贸有限公司','id_kind':'uscc','id_number':'91110000MA01ABCD52','representative':'张某','"                   \
  "address':'某某路2号'},"                                                                                                \
  "'process':'立案后进行了现场检查。','facts':'当事人在某某路1号门前占用城市道路堆放建材。'," \
  "'evidence':[{'no':1,'name':'现场照片','proves':'占用城市道路','source':'本机关制作'}],"                     \
  "'notice':{'title':'行政处罚事先告知书'},'notice_served_on':'2025-01-02','statement_made':'"                       \
  "none',"                                                                                                                    \
  "'behaviour':'擅自占用城市道路堆放物料','violated_law':[{'law':'某某市市容和环境卫生管理条例','"  \
  "article':'第二十条'}],"                                                                                                \
  "'basis_law':[{'law':'某某市市容和环境卫生管理条例','article':'第四十五条'}],'discretion':'"             \
  "情节一般。',"                                                                                                         \
  "'decision':[{'kind':'罚款','content':'处以罚款','amount':%d,'method':'十五日内缴纳'}],'fine':%"                \
  "d,"                                                                                                                        \
  "'bank':'某某银行','bank_address':'某某路2号','surcharge':'yes','remedy_kind':'ordinary',"                          \
  "'recon_org':'某某市人民政府','court':'某某市某某区人民法院','enforcement':'court',"                       \
  "'is_published':true,'copies':3}"

/* Acts on the decision name the document that it stands in. */
gboolean
penalty_names_decision (const char *act)
{
  return g_str_has_prefix (act, "decision.approve") || g_str_has_prefix (act, "decision.finalise");
}

static char *
add_case (const Penalty *self, const char *act, const char *args)
{
  g_autofree char *document = penalty_names_decision (act) && self->decision != NULL
                                ? g_strdup_printf (",'document':'%s'", self->decision)
                                : g_strdup ("");
  return g_strdup_printf ("{'case':'%s'%s%s%s}", self->id, document, args[0] != '\0' ? "," : "",
                          args);
}

void
penalty_do (Penalty *self, const char *who, const char *act, const char *args)
{
  g_autofree char *text = add_case (self, act, args);
  test_office_do (&self->office, who, act, "%s", text);
}

void
penalty_by_two (Penalty *self,
                const char *who,
                const char *other,
                const char *act,
                const char *args)
{
  g_autofree char *text = add_case (self, act, args);
  g_autofree char *proposal = test_office_propose (&self->office, who, act, "%s", text);

  test_office_do (&self->office, other, act, "{'case':'%s','proposal':'%s'}", self->id, proposal);
}

void
penalty_refuse (Penalty *self, const char *who, const char *act, const char *rule, const char *args)
{
  g_autofree char *text = add_case (self, act, args);
  test_office_refuse (&self->office, who, act, rule, "%s", text);
}

void
penalty_wait (Penalty *self, int n_days)
{
  jz_clock_advance (self->office.clock, n_days * DAY_MS);
}

static void
add_credential (Penalty *self, const char *person, const char *number, const char *until)
{
  test_office_do (&self->office, "admin", "credential.add",
                  "{'person':'%s','number':'%s','issuer':'某某市人民政府','valid_from':"
                  "'2022-01-01','valid_to':'%s'}",
                  person, number, until);
}

void
penalty_reset (Penalty *self)
{
  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->decision, g_free);
  self->fine = 250000;
  self->matter = "MT-CS-001";
  self->tier = "general";
  self->party_number = "示例-1";
  self->n_elements = 4;
  self->is_hearing_told = FALSE;
}

/* Only an office for practice is offered the invented rules; another brings them as its own. */
static void
adopt_rules (Penalty *self)
{
  g_autofree char *file = NULL;

  if (!test_office_is_real ()) {
    test_office_do_by_two (&self->office, "section_head", "head", "rulebook.adopt", ADOPT);
    return;
  }
  file = g_test_build_filename (G_TEST_DIST, "..", "data", "rules", "bureau-demo.xml", NULL);
  test_office_do_by_two (&self->office, "section_head", "head", "rulebook.adopt",
                         "{'file':'%s','in_force':'2025-01-01','reason':'启用'}", file);
}

void
penalty_init_without_calendar (Penalty *self)
{
  g_autofree char *review_head = NULL;

  paper_connect ();
  *self = (Penalty){ 0 };
  penalty_reset (self);
  test_office_staff (&self->office);
  adopt_rules (self);
  test_office_do_by_two (&self->office, "section_head", "head", "forms.adopt", ADOPT_SHIPPED);
  review_head = test_office_add_person (&self->office, "review_head", "review_head");
  test_office_certify (&self->office, "review_head");
  self->handler = test_office_get_person (&self->office, "handler");
  self->other = test_office_get_person (&self->office, "other");
  add_credential (self, self->handler, "A-001", "2027-12-31");
  add_credential (self, self->other, "A-002", "2027-12-31");
}

void
penalty_init (Penalty *self)
{
  penalty_init_without_calendar (self);
  test_office_do_by_two (&self->office, "section_head", "head", "calendar.adopt", ADOPT_SHIPPED);
}

void
penalty_clear (Penalty *self)
{
  g_free (self->id);
  g_free (self->decision);
  g_free (self->inspection);
  g_free (self->handler);
  g_free (self->other);
  test_office_clear (&self->office);
}

static void
play_lead (Penalty *self)
{
  g_autofree char *party = g_strdup_printf (
    "'party.kind':'company','party.name':'某某商贸有限公司','party.id_kind':'other',"
    "'party.representative':'张某','party.id_number':'%s','party.capacity':'full',"
    "'party.address':'某某路2号'",
    self->party_number);

  g_clear_pointer (&self->decision, g_free);
  self->id = test_office_make (
    &self->office, "handler", "lead.register",
    "{'title':'某某商贸有限公司擅自占用城市道路堆放物料案','party':'某某商贸有限公司','matter':"
    "'擅自占用城市道路堆放物料','found':'2025-01-02','case.source':'inspection','case.lead_text':"
    "'巡查发现路边堆放建材','case.is_reporter_named':false}");
  penalty_do (self, "handler", "lead.check",
              "'case.jurisdiction':'own','case.jurisdiction_checked_on':'2025-01-02',"
              "'case.is_filed_elsewhere':false,'conduct.ended_on':'2025-01-02','conduct.found_on':"
              "'2025-01-02','conduct.place':'某某路1号门前','conduct.is_in_area':true,"
              "'conduct.is_continuing':false,'conduct.has_harm':false");
  penalty_do (self, "handler", "party.state", party);
}

static void
play_filing (Penalty *self)
{
  g_autofree char *text = g_strdup_printf (
    "'way':'account','case.filed_on':'2025-01-02','case.cause':'违法','case.procedure':'ordinary',"
    "'matter.id':'%s','matter.field':'HR','matter.is_listed':true,'matter.limitation':'ordinary',"
    "'matter.needs_review_by_law':false,'matter.is_enterprise_resource':false",
    self->matter);

  test_office_do (&self->office, "section_head", "case.assign",
                  "{'case':'%s','person':'%s','duty':'handler'}", self->id, self->other);
  penalty_by_two (self, "handler", "approver", "case.file", text);
  penalty_do (self, "handler", "case.characterise",
              "'case.n_parties':1,'case.is_complex':false,'case.is_major':false,"
              "'case.touches_public_interest':true,'case.has_social_risk':false,"
              "'case.has_joint_organs':false,'case.concerns_major_rights':false");
}

static void
prove (Penalty *self, const char *number, const char *element)
{
  g_autofree char *item = test_office_make (
    &self->office, "handler", "evidence.add",
    "{'case':'%s','title':'现场照片','evidence.items.number':'%s','evidence.items.kind':"
    "'scene_record','evidence.items.obtained_by':'张某','evidence.items.obtained_on':"
    "'2025-01-02','evidence.items.obtained_at':'现场','evidence.items.is_original':true}",
    self->id, number);

  test_office_do (&self->office, "handler", "evidence.bind",
                  "{'case':'%s','evidence':'%s','element':'%s','evidence.is_lawful':true,"
                  "'evidence.is_verified':true,'evidence.is_by_device':false}",
                  self->id, item, element);
}

static void
play_investigation (Penalty *self)
{
  static const char *const elements[] = { "subject", "conduct", "place", "result" };
  g_autofree char *text = g_strdup_printf (
    "'officers':['%s','%s'],'shown':true,'shown_to':'李某','text':'现场检查','act.happened_on':"
    "'2025-01-02','act.place':'某某路1号门前'",
    self->handler, self->other);
  g_autofree char *whole = NULL;

  whole = add_case (self, "field.inspect", text);
  g_free (self->inspection);
  self->inspection = test_office_make (&self->office, "handler", "field.inspect", "%s", whole);
  penalty_do (self, "handler", "record.finalise",
              "'signed':'signed','text':'检查笔录','record.kind':'inspection',"
              "'record.shows_credential':true");
  for (int i = 0; i < MIN (self->n_elements, (int)G_N_ELEMENTS (elements)); i++) {
    g_autofree char *number = g_strdup_printf ("%d", i + 1);
    prove (self, number, elements[i]);
  }
  penalty_do (self, "handler", "conduct.state",
              strcmp (self->tier, "grave") == 0 ? "'conduct.area':60,'conduct.is_corrected':true"
                                                : "'conduct.area':10,'conduct.is_corrected':true");
  penalty_do (self, "handler", "report.make",
              "'case.report_on':'2025-01-02','case.report_proposal':'罚款'");
}

void
penalty_state_draft (Penalty *self, int fine)
{
  gboolean is_first = strcmp (self->matter, "MT-CS-001") == 0;
  g_autofree char *text = g_strdup_printf (
    "'decision.kinds':[{'kind':'fine'}],'decision.fine':%d,"
    "'decision.basis':[" CITED "," CITED "],'decision.remedy':'review_or_suit',"
    "'decision.review_organ':'某某市人民政府','decision.court':'某某市某某区人民法院',"
    "'discretion.tier':'%s','discretion.direction':'general'",
    fine, is_first ? 12 : 23, is_first ? 45 : 52, self->tier);

  self->fine = fine;
  penalty_do (self, "handler", "decision.draft", text);
}

void
penalty_write_decision (Penalty *self)
{
  g_autofree char *values = g_strdup_printf (DECISION, self->fine, self->fine);
  g_autofree char *draft = g_strdup_printf ("'form':'penalty_decision',%s", values);
  g_autofree char *revised = NULL;
  g_autofree char *pass = NULL;

  if (self->decision == NULL) {
    g_autofree char *text = add_case (self, "", draft);
    self->decision = test_office_make (&self->office, "handler", "document.draft", "%s", text);
  } else {
    revised = g_strdup_printf ("'document':'%s',%s", self->decision, values);
    penalty_do (self, "handler", "document.revise", revised);
  }
  pass = g_strdup_printf ("'document':'%s','opinion':'同意'", self->decision);
  penalty_do (self, "handler", "document.submit", pass);
  penalty_do (self, "section_head", "document.examine", pass);
}

void
penalty_draft (Penalty *self, int fine)
{
  penalty_state_draft (self, fine);
  penalty_write_decision (self);
}

static void
play_notice (Penalty *self)
{
  g_autofree char *text = g_strdup_printf (
    "'way':'account','notice.approved_on':'2025-01-02','notice.content':'拟罚款','notice.fine':%d,"
    "'notice.hearing_right_told':%s",
    self->fine, self->is_hearing_told ? "true" : "false");

  penalty_by_two (self, "handler", "approver", "notice.approve", text);
  penalty_do (self, "handler", "notice.serve", "'notice.served_on':'2025-01-02'");
  penalty_do (self, "handler", "defence.waive", "'defence.is_waived':true");
}

static void
play_submission (Penalty *self)
{
  g_autofree char *reviewer = test_office_get_person (&self->office, "reviewer");

  penalty_do (self, "handler", "review.submit", "'review.submitted_on':'2025-01-02'");
  test_office_do (
    &self->office, "review_head", "review.assign",
    "{'case':'%s','person':'%s','assignment.is_first_time':true,'assignment.qualification':"
    "'A20211101010000001'}",
    self->id, reviewer);
}

void
penalty_excuse (Penalty *self)
{
  g_autofree char *text =
    g_strdup_printf ("{'case':'%s','of':'%s','reason':'笔录已全面记录','suitability':'当事人配合',"
                     "'timeliness':'设备送修'}",
                     self->id, self->inspection);
  g_autofree char *excuse =
    test_office_make (&self->office, "handler", "recording.excuse", "%s", text);
  g_autofree char *approval =
    g_strdup_printf ("'statement':'%s','approved':true,'opinion':'同意'", excuse);

  penalty_do (self, "section_head", "recording.approve", approval);
}

void
penalty_judge (Penalty *self, const char *point, const char *verdict)
{
  g_autofree char *text =
    g_strdup_printf ("'point':'%s','verdict':'%s','links':['%s#page=3'],'reason':'见案卷'", point,
                     verdict, self->id);

  penalty_do (self, "reviewer", "review.judge", text);
}

/* Every point, in one batch. */
static void
judge_all (Penalty *self)
{
  static const char *const points[] = { "AP-01", "AP-02", "AP-03", "AP-04", "AP-05",
                                        "AP-06", "AP-07", "AP-08", "AP-09", "AP-10" };
  g_autoptr (GPtrArray) args = g_ptr_array_new_with_free_func ((GDestroyNotify)jz_json_unref);
  g_autoptr (JzActOutcome) outcome = NULL;
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (points); i++) {
    g_autofree char *text =
      g_strdup_printf ("{'case':'%s','point':'%s','verdict':'pass','links':['%s#paragraph=1']}",
                       self->id, points[i], self->id);
    g_ptr_array_add (args, test_json (text));
  }
  outcome = test_office_try_batch (&self->office, "reviewer", "review.judge",
                                   (const JzJson *const *)args->pdata, args->len, &error);
  g_assert_no_error (error);
  g_assert_null (outcome->refusal);
}

/* What is played is played on the day that it is. */
static const char *
get_today (Penalty *self, char text[JZ_DATE_SIZE])
{
  jz_date_format (jz_instant_get_date (jz_clock_now (self->office.clock)), text);
  return text;
}

static void
play_decision (Penalty *self)
{
  char today[JZ_DATE_SIZE];
  g_autofree char *text = g_strdup_printf (
    "'decision.decided_on':'%1$s','document.date':'%1$s','decision.is_sealed':true",
    get_today (self, today));

  penalty_do (self, "handler", "decision.finalise", text);
}

void
penalty_review (Penalty *self, const char *outcome)
{
  char today[JZ_DATE_SIZE];
  g_autofree char *text =
    g_strdup_printf ("'text':'审核意见','review.opinion_on':'%s','review.outcome':'%s',"
                     "'review.finds_facts_unclear':false",
                     get_today (self, today), outcome);

  if (g_str_has_prefix (outcome, "pass"))
    judge_all (self);
  penalty_do (self, "reviewer", "review.conclude", text);
}

static void
play_step (Penalty *self, PenaltyStep step)
{
  switch (step) {
  case PENALTY_LEAD:
    play_lead (self);
    return;
  case PENALTY_FILED:
    play_filing (self);
    return;
  case PENALTY_PROVED:
    play_investigation (self);
    return;
  case PENALTY_DRAFTED:
    penalty_draft (self, self->fine);
    return;
  case PENALTY_NOTIFIED:
    play_notice (self);
    return;
  case PENALTY_SUBMITTED:
    play_submission (self);
    return;
  case PENALTY_REVIEWED:
    penalty_review (self, "pass");
    return;
  case PENALTY_EXAMINED:
    penalty_do (self, "head", "case.examine",
                "'case.head_reviewed_on':'2025-01-02','case.outcome':'penalise'");
    return;
  case PENALTY_APPROVED:
    penalty_by_two (self, "handler", "approver", "decision.approve", "'way':'account'");
    return;
  case PENALTY_DECIDED:
  default:
    play_decision (self);
  }
}

void
penalty_play (Penalty *self, PenaltyStep from, PenaltyStep to)
{
  for (PenaltyStep step = from; step <= to; step++)
    play_step (self, step);
}

JzJson *
penalty_read_desk (Penalty *self, const char *user, JzDeskScope scope)
{
  JzStore *store = jz_office_get_store (self->office.office);
  g_autoptr (JzCaseRows) rows = jz_case_rows_new (self->office.office);
  g_autoptr (GError) error = NULL;
  g_autofree char *person = test_office_get_person (&self->office, user);
  JzConnection *reader = jz_store_lease_reader (store, &error);
  JzDeskQuery query = { self->office.office, reader, rows, person, scope };
  gboolean is_complete = FALSE, has_changed = FALSE;
  JzJson *desk;

  g_assert_no_error (error);
  while (!is_complete)
    g_assert_true (
      jz_case_rows_refresh (rows, reader, 1000, &is_complete, &has_changed, NULL, &error));
  desk = jz_desk_read (&query, &error);
  g_assert_no_error (error);
  jz_store_return_reader (store, reader);
  return desk;
}

void
penalty_assert_altered (Penalty *self, const char *const *changes, gsize n_changes)
{
  g_autofree char *copy = g_build_filename (self->office.folder, "copy", NULL);
  g_autofree char *database = g_build_filename (copy, "juanzong.db", NULL);

  for (gsize i = 0; i < n_changes; i++) {
    g_autofree char *remove = g_strdup_printf ("rm -rf '%s'", copy);
    g_autoptr (JzConnection) connection = NULL;
    g_autoptr (JzReport) report = NULL;
    g_autoptr (GError) error = NULL;
    g_assert_true (g_spawn_command_line_sync (remove, NULL, NULL, NULL, NULL));
    test_copy_folder (self->office.path, copy);
    connection = jz_connection_open (database, JZ_CONNECTION_WRITE, &error);
    g_assert_true (jz_connection_execute (connection, changes[i], &error));
    g_assert_no_error (error);
    g_clear_pointer (&connection, jz_connection_close);
    report = test_verify (copy, NULL);
    if (report->faults->len == 0)
      g_error ("nothing was found after: %s", changes[i]);
    g_assert_cmpint (((const JzFault *)g_ptr_array_index (report->faults, 0))->kind, ==,
                     JZ_FAULT_TABLE);
  }
}
