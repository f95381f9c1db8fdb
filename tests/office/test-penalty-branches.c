/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "penalty-fixture.h"

/* Where an ordinary penalty case leaves the straight way: a hearing, goods that are kept, more
 * time, a suspected crime, a party who is not punished, numbers that are kept back or spoiled. */

#define APPROVE "'way':'account'"
#define FINALISE                                                                                   \
  "'decision.decided_on':'2025-01-02','document.date':'2025-01-02','decision.is_sealed':true"

static void
test_hearing (void)
{
  g_auto (Penalty) penalty = { 0 };
  g_autofree char *reviewer = NULL;
  g_autofree char *by_handler = NULL;
  g_autofree char *by_reviewer = NULL;

  penalty_init (&penalty);
  penalty.matter = "MT-CS-002";
  penalty.tier = "grave";
  penalty.fine = 5000000;
  penalty.is_hearing_told = TRUE;
  penalty_play (&penalty, PENALTY_LEAD, PENALTY_NOTIFIED);
  penalty_do (&penalty, "handler", "hearing.ask", "'hearing.requested_on':'2025-01-02'");
  penalty_play (&penalty, PENALTY_SUBMITTED, PENALTY_EXAMINED);
  penalty_refuse (&penalty, "handler", "decision.approve.propose", "G-31", APPROVE);
  reviewer = test_office_get_person (&penalty.office, "archivist");
  by_handler = g_strdup_printf ("'host':'%s','hearing.clerk_name':'王某'", penalty.other);
  by_reviewer = g_strdup_printf ("'host':'%s','hearing.clerk_name':'王某'", reviewer);
  penalty_refuse (&penalty, "head", "hearing.appoint", "G-13", by_handler);
  penalty_do (&penalty, "head", "hearing.appoint", by_reviewer);
  penalty_do (&penalty, "section_head", "hearing.notify",
              "'hearing.planned_on':'2025-01-14','hearing.notice_served_on':'2025-01-02',"
              "'hearing.is_public':true");
  penalty_wait (&penalty, 12);
  penalty_refuse (&penalty, "section_head", "hearing.end", "J-HEARING", "'hearing.state':'held'");
  penalty_do (&penalty, "section_head", "hearing.hold",
              "'hearing.closed_on':'2025-01-14','hearing.record_signed':true");
  penalty_do (&penalty, "section_head", "hearing.report", "'hearing.report_on':'2025-01-14'");
  penalty_play (&penalty, PENALTY_APPROVED, PENALTY_DECIDED);
  test_office_close (&penalty.office);
  test_assert_sound (penalty.office.path);
}

/* In the scope of hearings the right must be told, and its time must be over. */
static void
test_hearing_not_told (void)
{
  g_auto (Penalty) penalty = { 0 };

  penalty_init (&penalty);
  penalty.matter = "MT-CS-002";
  penalty.tier = "grave";
  penalty.fine = 5000000;
  penalty_play (&penalty, PENALTY_LEAD, PENALTY_EXAMINED);
  penalty_refuse (&penalty, "handler", "decision.approve.propose", "G-30", APPROVE);
}

static void
test_preservation (void)
{
  g_auto (Penalty) penalty = { 0 };
  g_autofree char *approver = NULL;
  g_autofree char *approval = NULL;
  g_autofree char *make = NULL;

  penalty_init (&penalty);
  penalty_play (&penalty, PENALTY_LEAD, PENALTY_FILED);
  make =
    g_strdup_printf ("'officers':['%s','%s'],'items':['电动三轮车一辆'],'preservation.made_at':"
                     "'2025-01-02T09:00:00.000+08:00','preservation.made_on':'2025-01-02',"
                     "'preservation.list_signed':true",
                     penalty.handler, penalty.other);
  penalty_refuse (&penalty, "handler", "preservation.make", "G-14", make);
  /* By telephone: one registers, another confirms. */
  approver = test_office_get_person (&penalty.office, "approver");
  approval = g_strdup_printf (
    "'way':'telephone','approver':'%s','source':'09时电话','preservation.approved_at':"
    "'2025-01-02T09:00:00.000+08:00','preservation.reason':'可能灭失'",
    approver);
  penalty_by_two (&penalty, "handler", "other", "preservation.approve", approval);
  penalty_do (&penalty, "handler", "preservation.make", make);
  penalty_do (&penalty, "handler", "preservation.keep", "'preservation.is_kept':true");
  penalty_wait (&penalty, 14);
  penalty_refuse (&penalty, "handler", "preservation.keep", "G-15", "'preservation.is_kept':true");
  penalty_by_two (&penalty, "handler", "approver", "preservation.handle",
                  "'way':'account','result':'return','preservation.handled_on':'2025-01-16',"
                  "'preservation.is_kept':false");
  test_office_close (&penalty.office);
  test_assert_sound (penalty.office.path);
}

static char *
make_extension (const char *limit, int length, const char *day, const char *by)
{
  return g_strdup_printf (
    "'way':'account','procedure.extensions.limit':'%s','procedure.extensions.length':%d,"
    "'procedure.extensions.approved_on':'%s','procedure.extensions.approved_by':'%s'",
    limit, length, day, by);
}

/* Before the end, and the second time by the meeting. */
static void
test_limits (void)
{
  g_auto (Penalty) penalty = { 0 };
  g_autofree char *late = make_extension ("TL-P17", 30, "2025-04-03", "approver");
  g_autofree char *first = make_extension ("TL-P17", 30, "2025-03-31", "approver");
  g_autofree char *second = make_extension ("TL-P18", 60, "2025-04-03", "approver");
  g_autofree char *by_meeting = make_extension ("TL-P18", 60, "2025-04-03", "meeting");

  penalty_init (&penalty);
  penalty_play (&penalty, PENALTY_LEAD, PENALTY_FILED);
  for (int i = 0; i < 4; i++) { /* nobody is silent for a month */
    penalty_wait (&penalty, 23);
    penalty_do (&penalty, "handler", "case.note", "'text':'记一笔'");
  }
  /* The ninetieth day is 2025-04-02. */
  penalty_refuse (&penalty, "handler", "limit.extend.propose", "G-22", late);
  penalty_by_two (&penalty, "handler", "approver", "limit.extend", first);
  penalty_refuse (&penalty, "handler", "limit.extend.propose", "G-22", second);
  penalty_by_two (&penalty, "handler", "approver", "limit.extend", by_meeting);
}

static void
test_crime (void)
{
  g_auto (Penalty) penalty = { 0 };

  penalty_init (&penalty);
  penalty_play (&penalty, PENALTY_LEAD, PENALTY_EXAMINED);
  penalty_do (&penalty, "handler", "transfer.suspect", "'transfer.is_suspected':true");
  penalty_refuse (&penalty, "handler", "decision.approve.propose", "G-40", APPROVE);
  penalty_by_two (&penalty, "handler", "head", "transfer.approve",
                  "'way':'account','transfer.approved_at':'2025-01-02T09:00:00.000+08:00',"
                  "'transfer.approved_on':'2025-01-02'");
  penalty_do (&penalty, "handler", "transfer.send",
              "'transfer.sent_at':'2025-01-02T09:00:00.000+08:00'");
  penalty_refuse (&penalty, "handler", "decision.approve.propose", "G-40", APPROVE);
  penalty_do (&penalty, "handler", "transfer.answer",
              "'transfer.answer':'none','transfer.reminder_recorded':true");
  penalty_refuse (&penalty, "handler", "decision.approve.propose", "G-40", APPROVE);
  penalty_refuse (&penalty, "approver", "transfer.go_on", "J-ROLE", "'transfer.head_goes_on':true");
  penalty_do (&penalty, "head", "transfer.go_on", "'transfer.head_goes_on':true");
  penalty_play (&penalty, PENALTY_APPROVED, PENALTY_APPROVED);
}

/* Who was under fourteen is not punished; the age is counted, not typed. */
static void
test_minor (void)
{
  static const struct {
    const char *born;
    const char *rule;
  } minors[] = { { "2012-01-02", "G-38" }, { "2009-01-02", "G-39" } };
  g_auto (Penalty) penalty = { 0 };

  penalty_init (&penalty);
  penalty_play (&penalty, PENALTY_LEAD, PENALTY_DRAFTED);
  for (gsize i = 0; i < G_N_ELEMENTS (minors); i++) {
    g_autofree char *text = g_strdup_printf (
      "'party.kind':'citizen','party.name':'张某','party.id_kind':'other','party.id_number':"
      "'示例-2','party.born_on':'%s','party.capacity':'full'",
      minors[i].born);
    penalty_do (&penalty, "handler", "party.state", text);
    if (i == 0)
      penalty_play (&penalty, PENALTY_NOTIFIED, PENALTY_SUBMITTED);
    else
      penalty_do (&penalty, "handler", "review.submit", "'review.submitted_on':'2025-01-02'");
    penalty_play (&penalty, PENALTY_REVIEWED, PENALTY_EXAMINED);
    penalty_refuse (&penalty, "handler", "decision.approve.propose", minors[i].rule, APPROVE);
  }
}

static void
test_numbers (void)
{
  g_auto (Penalty) penalty = { 0 };

  penalty_init (&penalty);
  penalty_play (&penalty, PENALTY_LEAD, PENALTY_APPROVED);
  test_office_do (&penalty.office, "section_head", "number.reserve",
                  "{'series':'罚决','count':3,'reason':'外出当场使用'}");
  test_office_do (&penalty.office, "handler", "number.void",
                  "{'number':'罚决〔2025〕1号','reason':'写坏'}");
  test_office_do (&penalty.office, "handler", "number.return",
                  "{'number':'罚决〔2025〕2号','reason':'未用'}");
  test_office_refuse (&penalty.office, "handler", "number.return", "J-NUMBER",
                      "{'number':'罚决〔2025〕2号','reason':'未用'}");
  penalty_refuse (&penalty, "handler", "decision.finalise", "J-NUMBER",
                  FINALISE ",'decision.number':'罚决〔2025〕1号'");
  penalty_refuse (&penalty, "handler", "decision.finalise", "J-NUMBER",
                  FINALISE ",'decision.number':'罚决〔2025〕9号'");
  penalty_do (&penalty, "handler", "decision.finalise",
              FINALISE ",'decision.number':'罚决〔2025〕2号'");
  g_assert_cmpint (test_office_count (&penalty.office, "SELECT count (*) FROM document_number"), ==,
                   3);
  test_office_close (&penalty.office);
  test_assert_sound (penalty.office.path);
}

#define LINE(name, opinion, signature)                                                             \
  "{'name':'" name "','opinion':'" opinion "','signature':'" signature "'}"

/* A line for each who took part; only when all have signed it counts. */
static void
test_meeting (void)
{
  static const struct {
    const char *persons;
    const char *rule; /* NULL: it is taken */
  } meetings[] = {
    { "", "J-MEETING" },
    { LINE ("张某", "同意", "signed"), "J-MEETING" },
    { LINE ("张某", "同意", "signed") "," LINE ("张某", "同意", "signed"), "J-MEETING" },
    { LINE ("张某", "同意", "signed") "," LINE ("李某", "", "signed"), "J-MEETING" },
    { LINE ("张某", "同意", "signed") "," LINE ("", "同意", "signed"), "J-MEETING" },
    { LINE ("张某", "同意", "signed") ",{'name':'李某','opinion':'同意'}", "J-MEETING" },
    { LINE ("张某", "同意", "signed") "," LINE ("李某", "保留意见", "missing"), NULL },
    { LINE ("张某", "同意", "signed") "," LINE ("李某", "保留意见", "signed"), NULL },
  };
  g_auto (Penalty) penalty = { 0 };

  penalty_init (&penalty);
  penalty_play (&penalty, PENALTY_LEAD, PENALTY_EXAMINED);
  penalty_do (&penalty, "handler", "case.characterise",
              "'case.n_parties':1,'case.is_complex':true,'case.is_major':false,"
              "'case.touches_public_interest':true,'case.has_social_risk':false,"
              "'case.has_joint_organs':false,'case.concerns_major_rights':false");
  for (gsize i = 0; i < G_N_ELEMENTS (meetings); i++) {
    g_autofree char *args =
      g_strdup_printf ("'conclusion':'同意拟处罚意见','collective.held_on':'2025-01-02',"
                       "'collective.participants':[%s]",
                       meetings[i].persons);
    penalty_refuse (&penalty, "handler", "decision.approve.propose", "G-34", APPROVE);
    if (meetings[i].rule != NULL)
      penalty_refuse (&penalty, "section_head", "collective.hold", meetings[i].rule, args);
    else
      penalty_do (&penalty, "section_head", "collective.hold", args);
  }
  penalty_play (&penalty, PENALTY_APPROVED, PENALTY_DECIDED);
  test_office_close (&penalty.office);
  test_assert_sound (penalty.office.path);
}

/* A letter that came back, evidence that is not used any more. */
static void
test_service_and_evidence (void)
{
  g_auto (Penalty) penalty = { 0 };
  g_autofree char *item = NULL;
  g_autofree char *text = NULL;

  penalty_init (&penalty);
  penalty_play (&penalty, PENALTY_LEAD, PENALTY_EXAMINED);
  penalty_do (&penalty, "handler", "document.serve",
              "'result':'returned','reason':'查无此人','service.document':'行政处罚告知书',"
              "'service.method':'mail','service.served_on':'2025-01-02','service.receipt':false");
  item = test_office_make (
    &penalty.office, "handler", "evidence.add",
    "{'case':'%s','title':'照片','evidence.items.number':'9','evidence.items.kind':'electronic',"
    "'evidence.items.obtained_by':'张某','evidence.items.obtained_on':'2025-01-02',"
    "'evidence.items.obtained_at':'现场','evidence.items.is_original':true}",
    penalty.id);
  penalty_refuse (&penalty, "handler", "decision.approve.propose", "G-33", APPROVE);
  text = g_strdup_printf ("'record':'%s','excluded_reason':'与本案无关'", item);
  penalty_do (&penalty, "handler", "evidence.exclude", text);
  /* What is to be decided is what it was when the review passed. */
  penalty_play (&penalty, PENALTY_APPROVED, PENALTY_APPROVED);
  test_office_refuse (&penalty.office, "handler", "evidence.exclude", "J-RECORD",
                      "{'case':'%s','record':'%s','excluded_reason':'无'}", penalty.id, penalty.id);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/office/penalty-branches/hearing", test_hearing);
  g_test_add_func ("/office/penalty-branches/hearing-not-told", test_hearing_not_told);
  g_test_add_func ("/office/penalty-branches/preservation", test_preservation);
  g_test_add_func ("/office/penalty-branches/limits", test_limits);
  g_test_add_func ("/office/penalty-branches/crime", test_crime);
  g_test_add_func ("/office/penalty-branches/minor", test_minor);
  g_test_add_func ("/office/penalty-branches/numbers", test_numbers);
  g_test_add_func ("/office/penalty-branches/meeting", test_meeting);
  g_test_add_func ("/office/penalty-branches/service-and-evidence", test_service_and_evidence);
  return g_test_run ();
}
