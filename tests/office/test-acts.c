/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "office-fixture.h"
#include "office/act.h"
#include "office/error.h"
#include "office/role.h"
#include "store/error.h"

/* Each act let through and each of the program's own refusals met, on an office with people. $NAME
 * in the arguments stands for an id: of the person with that user name, of the case or the
 * attachment. */

typedef struct {
  const char *who;
  const char *act;
  const char *rule; /* NULL: it must be done */
  const char *args;
} Step;

static char *
fill_ids (TestOffice *office, const char *args, const char *case_id)
{
  static const char *const users[] = { "admin",        "head",     "handler", "other",
                                       "section_head", "reviewer", "approver" };
  g_autoptr (GString) text = g_string_new (args);

  g_string_replace (text, "$case", case_id, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (users); i++) {
    g_autofree char *name = g_strconcat ("$", users[i], "'", NULL);
    g_autofree char *person = test_office_get_person (office, users[i]);
    g_autofree char *id = g_strconcat (person, "'", NULL);
    g_string_replace (text, name, id, 0);
  }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
run_steps (TestOffice *office, const Step *steps, gsize n_steps, const char *case_id)
{
  for (gsize i = 0; i < n_steps; i++) {
    g_autofree char *args = fill_ids (office, steps[i].args, case_id);
    if (steps[i].rule != NULL)
      test_office_refuse (office, steps[i].who, steps[i].act, steps[i].rule, "%s", args);
    else
      test_office_do (office, steps[i].who, steps[i].act, "%s", args);
  }
}

static const Step cases[] = {
  /* who may */
  { "reviewer", "case.open", "J-ROLE",
    "{'title':'某案','party':'张某','matter':'占道经营','found':'2025-01-02'}" },
  { "handler/head", "case.open", "J-ROLE",
    "{'title':'某案','party':'张某','matter':'占道经营','found':'2025-01-02'}" },
  { "handler", "case.open", NULL,
    "{'title':'某案','party':'张某','matter':'占道经营','found':'2025-01-02'}" },
  /* dates */
  { "handler", "case.open", "J-DATE",
    "{'title':'某案','party':'张某','matter':'占道经营','found':'2025-01-03'}" },
  { "handler", "case.note", "J-DATE", "{'case':'$case','text':'记','happened':'2025-01-03'}" },
  { "handler", "case.note", NULL, "{'case':'$case','text':'记','happened':'2024-12-31'}" },
  /* which case */
  { "handler", "case.note", "J-CASE", "{'case':'0011223344556677-9-1','text':'记'}" },
  /* duties and their separation (L-32) */
  { "section_head", "case.assign", "J-DUTY",
    "{'case':'$case','person':'$handler','duty':'handler'}" },
  { "section_head", "case.assign", NULL, "{'case':'$case','person':'$other','duty':'handler'}" },
  { "section_head", "case.assign", "J-ROLE",
    "{'case':'$case','person':'$other','duty':'reviewer'}" },
  { "section_head", "case.assign", "J-PERSON",
    "{'case':'$case','person':'0011223344556677-9-1','duty':'handler'}" },
  { "section_head", "case.assign", NULL,
    "{'case':'$case','person':'$reviewer','duty':'reviewer'}" },
  { "admin", "role.grant", NULL, "{'person':'$reviewer','role':'handler'}" },
  { "section_head", "case.assign", "J-SEPARATION",
    "{'case':'$case','person':'$reviewer','duty':'handler'}" },
  { "admin", "role.grant", NULL, "{'person':'$handler','role':'reviewer'}" },
  { "section_head", "case.assign", "J-SEPARATION",
    "{'case':'$case','person':'$handler','duty':'reviewer'}" },
  { "section_head", "case.unassign", NULL,
    "{'case':'$case','person':'$handler','duty':'handler'}" },
  { "section_head", "case.unassign", "J-DUTY",
    "{'case':'$case','person':'$handler','duty':'handler'}" },
  /* who was once handler stays apart from the review for ever */
  { "section_head", "case.assign", "J-SEPARATION",
    "{'case':'$case','person':'$handler','duty':'reviewer'}" },
  { "section_head", "case.assign", NULL, "{'case':'$case','person':'$handler','duty':'handler'}" },
  /* attachments */
  { "handler", "attachment.describe", "J-ATTACHMENT",
    "{'case':'$case','attachment':'0011223344556677-9-1','name':'照片'}" },
  /* stages */
  { "archivist", "case.archive", "J-STAGE",
    "{'case':'$case','happened':'2025-01-02','class':'短期'}" },
  { "handler", "case.close", "J-DATE",
    "{'case':'$case','happened':'2025-02-02','ground':'执行完毕'}" },
  { "handler", "case.close", NULL, "{'case':'$case','happened':'2025-01-02','ground':'执行完毕'}" },
  { "handler", "case.close", "J-STAGE",
    "{'case':'$case','happened':'2025-01-02','ground':'执行完毕'}" },
  { "handler", "case.note", NULL, "{'case':'$case','text':'结案后的记录'}" },
  { "archivist", "case.archive", "J-DATE",
    "{'case':'$case','happened':'2025-01-02','class':'短期','keep_until':'2025-01-01'}" },
  { "archivist", "case.archive", NULL, "{'case':'$case','happened':'2025-01-02','class':'短期'}" },
  { "handler", "case.note", "J-STAGE", "{'case':'$case','text':'归档后的记录'}" },
  { "section_head", "case.assign", "J-STAGE",
    "{'case':'$case','person':'$other','duty':'handler'}" },
};

static void
test_cases (void)
{
  g_auto (TestOffice) office = { 0 };
  g_autofree char *id = NULL;

  test_office_staff (&office);
  id = test_office_open_case (&office, "主案");
  run_steps (&office, cases, G_N_ELEMENTS (cases), id);
  test_office_close (&office);
  test_assert_sound (office.path);
}

static const Step people[] = {
  { "handler", "person.add", "J-ROLE", "{'user':'wang','name':'王某'}" },
  { "admin", "person.add", NULL, "{'user':'wang','name':'王某','section':'一中队'}" },
  { "admin", "person.add", "J-UNIQUE", "{'user':'wang','name':'另一王某'}" },
  { "admin", "person.change", NULL, "{'person':'$other','name':'李某某','section':'二中队'}" },
  { "admin", "person.change", "J-PERSON", "{'person':'0011223344556677-9-1','name':'无'}" },
  { "admin", "role.grant", "J-ROLE", "{'person':'$other','role':'handler'}" },
  { "admin", "role.grant", "J-ROLE", "{'person':'$other','role':'king'}" },
  { "admin", "role.grant", "J-TWO", "{'person':'$other','role':'administrator'}" },
  { "admin", "role.grant", "J-TWO", "{'person':'$admin','role':'approver'}" },
  { "head", "role.grant", "J-ROLE", "{'person':'$other','role':'clerk'}" },
  { "admin", "role.grant", NULL, "{'person':'$other','role':'clerk'}" },
  { "admin", "role.revoke", NULL, "{'person':'$other','role':'clerk'}" },
  { "admin", "role.revoke", "J-ROLE", "{'person':'$other','role':'clerk'}" },
  { "admin", "role.revoke", "J-ROLE", "{'person':'$head','role':'head'}" },
  { "head", "role.revoke", "J-ROLE", "{'person':'$admin','role':'administrator'}" },
  { "admin", "person.leave", "J-ROLE",
    "{'person':'$head','happened':'2025-01-02','reason':'调离'}" },
  { "admin", "person.leave", "J-DATE",
    "{'person':'$other','happened':'2025-01-20','reason':'调离'}" },
  { "admin", "person.leave", NULL, "{'person':'$other','happened':'2025-01-02','reason':'调离'}" },
  { "other", "case.open", "J-PERSON",
    "{'title':'某案','party':'张某','matter':'占道经营','found':'2025-01-02'}" },
  { "admin", "role.grant", "J-PERSON", "{'person':'$other','role':'clerk'}" },
  { "admin", "credential.add", "J-DATE",
    "{'person':'$handler','number':'13000000001','issuer':'某省','valid_from':'2025-01-01','valid_"
    "to':'2024-01-01'}" },
  { "admin", "credential.add", NULL,
    "{'person':'$handler','number':'13000000001','issuer':'某省','valid_from':'2024-01-01','valid_"
    "to':'2029-01-01'}" },
  { "admin", "credential.add", "J-UNIQUE",
    "{'person':'$head','number':'13000000001','issuer':'某省','valid_from':'2024-01-01','valid_to':"
    "'2029-01-01'}" },
  { "admin", "credential.suspend", "J-CREDENTIAL",
    "{'credential':'0011223344556677-9-1','from':'2025-01-02','reason':'年审未过'}" },
  { "admin", "setting.change", "J-SETTING", "{'name':'no.such','value':'1'}" },
  { "admin", "setting.change", "J-SETTING", "{'name':'certificate.years','value':'many'}" },
  { "admin", "setting.change", "J-ROLE", "{'name':'take_over.until','value':'2025-01-01'}" },
  { "handler", "case.take_over", NULL,
    "{'title':'老案','party':'张某','matter':'占道经营','found':'2024-12-02','before':'"
    "已调查终结，纸质卷在档案室'}" },
  { "head", "setting.change", "J-SETTING", "{'name':'take_over.until','value':'soon'}" },
  { "head", "setting.change", NULL, "{'name':'take_over.until','value':'2025-01-01'}" },
  { "handler", "case.take_over", "J-TAKE-OVER",
    "{'title':'老案','party':'张某','matter':'占道经营','found':'2024-12-02','before':'已立案'}" },
  { "admin", "setting.change", NULL, "{'name':'bureau.code','value':'某城管'}" },
  { "handler", "case.open", NULL,
    "{'title':'某案','party':'张某','matter':'占道经营','found':'2025-01-02'}" },
  { "admin", "certificate.revoke.propose", "J-CERTIFICATE", "{'person':'$other','reason':'调离'}" },
  { "head", "certificate.issue", "J-TWO", "{'person':'$handler','reason':'replaced'}" },
  { "reviewer", "session.sign_in", NULL, "{}" },
  { "reviewer", "session.sign_out", NULL, "{}" },
  { "admin", "store.accept.propose", "J-ACCEPT", "{'person':'$head'}" },
  { "admin", "store.moved", NULL, "{'reason':'换了电脑'}" },
};

static void
test_people (void)
{
  g_auto (TestOffice) office = { 0 };

  test_office_staff (&office);
  /* Signed in before leaving: the session alone gives no right. */
  test_office_sign_in (&office, "other");
  run_steps (&office, people, G_N_ELEMENTS (people), "");
  g_assert_cmpint (
    test_office_count (&office,
                       "SELECT count (*) FROM case_file WHERE number = '某城管-2025-000002'"),
    ==, 1);
  test_office_close (&office);
  test_assert_sound (office.path);
}

/* Until somebody else has accepted the store, nothing of responsibility can be done (format §3). */
static void
test_before_acceptance (void)
{
  g_auto (TestOffice) office = { 0 };
  g_autofree char *head = NULL;
  g_autofree char *proposal = NULL;

  test_office_found (&office);
  test_office_refuse (&office, "admin", "setting.change", "J-ACCEPT",
                      "{'name':'bureau.code','value':'甲'}");
  head = test_office_make (&office, "admin", "person.add", "{'user':'head','name':'王某'}");
  test_office_refuse (&office, "admin", "role.grant", "J-ACCEPT",
                      "{'person':'%s','role':'handler'}", head);
  test_office_refuse (&office, "admin", "store.accept.propose", "J-ACCEPT", "{'person':'%s'}",
                      head);
  test_office_do (&office, "admin", "role.grant", "{'person':'%s','role':'head'}", head);
  proposal = test_office_propose (&office, "admin", "store.accept", "{'person':'%s'}", head);
  test_office_refuse (&office, "admin", "setting.change", "J-ACCEPT",
                      "{'name':'bureau.code','value':'甲'}");
  /* He cannot accept for the other one. */
  test_office_refuse (&office, "admin/head", "store.accept", "J-ROLE", "{'proposal':'%s'}",
                      proposal);
  test_office_do (&office, "head", "store.accept", "{'proposal':'%s'}", proposal);
  test_office_do (&office, "admin", "setting.change", "{'name':'bureau.code','value':'甲'}");
  test_office_close (&office);
  test_assert_sound (office.path);
}

#define DAY_MS (G_GINT64_CONSTANT (24) * 3600 * 1000)

static void
test_two_signers (void)
{
  g_auto (TestOffice) office = { 0 };
  g_autofree char *admin = NULL;
  g_autofree char *handler = NULL;
  g_autofree char *first = NULL;
  g_autofree char *late = NULL;

  test_office_staff (&office);
  admin = test_office_get_person (&office, "admin");
  handler = test_office_get_person (&office, "handler");
  first =
    test_office_propose (&office, "admin", "role.grant", "{'person':'%s','role':'head'}", admin);
  /* other arguments, another act, nobody's proposal */
  test_office_refuse (&office, "head", "role.grant", "J-TWO",
                      "{'person':'%s','role':'approver','proposal':'%s'}", admin, first);
  test_office_refuse (&office, "head", "certificate.revoke", "J-TWO",
                      "{'person':'%s','reason':'x','proposal':'%s'}", handler, first);
  test_office_refuse (&office, "head", "role.grant", "J-TWO",
                      "{'person':'%s','role':'head','proposal':"
                      "'0000000000000000000000000000000000000000000000000000000000000000'}",
                      admin);
  test_office_do (&office, "head", "role.grant", "{'proposal':'%s'}", first);
  /* once only, although he has lost the role again */
  test_office_do (&office, "head", "role.revoke", "{'person':'%s','role':'head'}", admin);
  test_office_refuse (&office, "head", "role.grant", "J-TWO", "{'proposal':'%s'}", first);
  /* not by oneself, now that the administrator holds both roles */
  g_clear_pointer (&first, g_free);
  first =
    test_office_propose (&office, "admin", "role.grant", "{'person':'%s','role':'head'}", admin);
  test_office_do (&office, "head", "role.grant", "{'proposal':'%s'}", first);
  g_clear_pointer (&first, g_free);
  first = test_office_propose (&office, "admin/administrator", "role.grant",
                               "{'person':'%s','role':'approver'}", admin);
  test_office_refuse (&office, "admin/head", "role.grant", "J-TWO", "{'proposal':'%s'}", first);
  /* not after seven days */
  late = test_office_propose (&office, "admin/administrator", "role.grant",
                              "{'person':'%s','role':'clerk'}", admin);
  jz_clock_advance (office.clock, 7 * DAY_MS);
  test_office_do (&office, "head", "role.grant", "{'proposal':'%s'}", first);
  jz_clock_advance (office.clock, 1);
  test_office_refuse (&office, "head", "role.grant", "J-TWO", "{'proposal':'%s'}", late);
  test_office_close (&office);
  test_assert_sound (office.path);
}

static void
test_clock (void)
{
  g_auto (TestOffice) office = { 0 };
  JzInstant begin;

  test_office_staff (&office);
  begin = jz_clock_now (office.clock);
  /* a little behind is the work of a time server */
  jz_clock_set (office.clock, begin - JZ_CLOCK_TOLERANCE_MS);
  g_free (test_office_open_case (&office, "时钟稍慢"));
  jz_clock_set (office.clock, begin - JZ_CLOCK_TOLERANCE_MS - 1);
  test_office_refuse (&office, "handler", "case.open", "J-CLOCK", TEST_CASE, "时钟倒拨");
  jz_clock_set (office.clock, begin + 365 * DAY_MS);
  test_office_refuse (&office, "handler", "case.open", "J-CLOCK", TEST_CASE, "时钟快一年");
  test_office_refuse (&office, "handler", "clock.confirm", "J-ROLE", "{'reason':'停用一年'}");
  test_office_do (&office, "admin", "clock.confirm", "{'reason':'停用一年'}");
  g_free (test_office_open_case (&office, "时钟已确认"));
  jz_clock_set (office.clock, begin + DAY_MS);
  test_office_refuse (&office, "handler", "case.open", "J-CLOCK", TEST_CASE, "时钟又倒拨");
  test_office_do (&office, "admin", "clock.confirm", "{'reason':'先前的时钟错了'}");
  g_free (test_office_open_case (&office, "新的时段"));
  test_office_close (&office);
  test_assert_sound (office.path);
}

static void
test_certificates (void)
{
  g_auto (TestOffice) office = { 0 };
  g_autofree char *archivist = NULL;
  g_autofree char *id = NULL;

  test_office_staff (&office);
  archivist = test_office_get_person (&office, "archivist");
  id = test_office_open_case (&office, "某案");
  test_office_do (&office, "handler", "case.close",
                  "{'case':'%s','happened':'2025-01-02','ground':'执行完毕'}", id);
  test_office_sign_in (&office, "archivist");
  test_office_do_by_two (&office, "admin", "head", "certificate.issue",
                         "{'person':'%s','reason':'forgotten'}", archivist);
  /* the session that still holds the old key */
  test_office_refuse (&office, "archivist", "case.archive", "J-CERTIFICATE",
                      "{'case':'%s','happened':'2025-01-02','class':'短期'}", id);
  test_office_sign_out (&office, "archivist");
  test_office_do_by_two (&office, "admin", "head", "certificate.issue",
                         "{'person':'%s','reason':'expired','valid_to':'2025-01-03'}", archivist);
  jz_clock_advance (office.clock, 2 * DAY_MS);
  test_office_refuse (&office, "archivist", "case.archive", "J-CERTIFICATE",
                      "{'case':'%s','happened':'2025-01-02','class':'短期'}", id);
  test_office_do_by_two (&office, "admin", "head", "certificate.revoke",
                         "{'person':'%s','reason':'钥匙外泄'}", archivist);
  test_office_refuse (&office, "archivist", "case.archive", "J-CERTIFICATE",
                      "{'case':'%s','happened':'2025-01-02','class':'短期'}", id);
  test_office_close (&office);
  test_assert_sound (office.path);
}

static void
test_passwords (void)
{
  g_auto (TestOffice) office = { 0 };
  g_autoptr (GError) error = NULL;

  test_office_staff (&office);
  test_office_sign_in (&office, "handler");
  office.new_password = "新的口令";
  test_office_do (&office, "handler", "password.change", "{}");
  test_office_sign_out (&office, "handler");
  g_assert_null (jz_session_open (office.office, "handler", TEST_PASSWORD, &error));
  g_assert_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_PASSWORD);
  g_clear_error (&error);
  g_assert_null (jz_session_open (office.office, "nobody", TEST_PASSWORD, &error));
  g_assert_error (error, JZ_OFFICE_ERROR, JZ_OFFICE_ERROR_UNKNOWN_PERSON);
  office.password = "新的口令";
  test_office_do (&office, "handler", "session.sign_in", "{}");
  g_assert_cmpint (
    test_office_count (&office, "SELECT count (*) FROM key_file WHERE kind = 'person'"), ==, 8);
  test_office_close (&office);
  test_assert_sound (office.path);
}

static void
test_batches (void)
{
  g_auto (TestOffice) office = { 0 };
  g_autofree char *id = NULL;
  g_autoptr (JzActOutcome) done = NULL;
  g_autoptr (JzActOutcome) refused = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (JzJson) good = NULL;
  g_autoptr (JzJson) bad = test_json ("{'case':'0011223344556677-9-1','text':'无此案'}");
  g_autofree char *text = NULL;
  const JzJson *all[3];
  gint64 before;

  test_office_staff (&office);
  id = test_office_open_case (&office, "某案");
  text = g_strdup_printf ("{'case':'%s','text':'同一批'}", id);
  good = test_json (text);
  all[0] = all[1] = all[2] = good;
  done = test_office_try_batch (&office, "handler", "case.note", all, 3, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (done->records->len, ==, 3);
  for (guint i = 0; i < 3; i++) {
    const JzJournalRecord *first = g_ptr_array_index (done->records, 0);
    const JzJournalRecord *record = g_ptr_array_index (done->records, i);
    g_autofree char *first_id = jz_entry_get_id (first->entry);
    g_assert_cmpstr (record->entry->batch, ==, first_id);
  }
  before = test_office_count (&office, "SELECT count (*) FROM entry");
  all[2] = bad;
  refused = test_office_try_batch (&office, "handler", "case.note", all, 3, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (jz_refusal_get_rule (refused->refusal), ==, "J-CASE");
  g_assert_cmpuint (refused->records->len, ==, 0);
  g_assert_cmpint (test_office_count (&office, "SELECT count (*) FROM entry"), ==, before);
  test_office_close (&office);
  test_assert_sound (office.path);
}

/* What is not of its form never reaches a check. */
static void
test_arguments (void)
{
  static const struct {
    const char *act;
    const char *args;
    const char *named;
  } wrong[] = {
    { "case.open", "{'party':'张某','matter':'占道','found':'2025-01-02'}", "title" },
    { "case.open", "{'title':'','party':'张某','matter':'占道','found':'2025-01-02'}",
      "what the case is called" },
    { "case.open", "{'title':7,'party':'张某','matter':'占道','found':'2025-01-02'}", "title" },
    { "case.open", "{'title':null,'party':'张某','matter':'占道','found':'2025-01-02'}", "title" },
    { "case.open", "{'title':'a\\u0007b','party':'张某','matter':'占道','found':'2025-01-02'}",
      "what the case is called" },
    { "case.open", "{'title':'a\\nb','party':'张某','matter':'占道','found':'2025-01-02'}",
      "what the case is called" },
    { "case.open", "{'title':'某案','party':'张某','matter':'占道','found':'2025-02-30'}",
      "found" },
    { "case.open", "{'title':'某案','party':'张某','matter':'占道','found':'2025-1-2'}", "found" },
    { "case.open", "{'title':'某案','party':'张某','matter':'占道','found':'2025-01-02','extra':1}",
      "extra" },
    { "case.note", "{'case':'第一案','text':'记'}", "case" },
    { "case.note", "{'case':'0011223344556677-0-1','text':'记'}", "case" },
    { "case.note", "{'case':'0011223344556677-3-256','text':'记'}", "case" },
    { "case.assign",
      "{'case':'0011223344556677-3-1','person':'0011223344556677-3-1','duty':'king'}", "duty" },
    { "case.assign",
      "{'case':'0011223344556677-3-1','person':'0011223344556677-3-1','duty':'handler|reviewer'}",
      "duty" },
    { "attachment.add", "{'case':'0011223344556677-3-1','name':'x','object':{'object':'00'}}",
      "object" },
    { "case.open", "[]", "case.open" },
    { "no.such", "{}", "no.such" },
    { "case.open.propose", "{}", "case.open.propose" },
    { "store.init", "{}", "store.init" },
    { "store.restored", "{'reason':'x'}", "store.restored" },
  };
  g_auto (TestOffice) office = { 0 };

  test_office_staff (&office);
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (JzActOutcome) outcome = NULL;
    if (strcmp (wrong[i].args, "[]") == 0) {
      g_autoptr (JzJson) list = test_json ("[]");
      const JzJson *all[] = { list };
      outcome = test_office_try_batch (&office, "handler", wrong[i].act, all, 1, &error);
    } else
      outcome = test_office_try (&office, "handler", wrong[i].act, &error, "%s", wrong[i].args);
    if (outcome != NULL)
      g_error ("%s %s was not found wrong", wrong[i].act, wrong[i].args);
    g_assert_cmpint (error->domain, ==, JZ_OFFICE_ERROR);
    if (strstr (error->message, wrong[i].named) == NULL)
      g_error ("%s does not name %s", error->message, wrong[i].named);
  }
}

static void
test_long_texts (void)
{
  g_auto (TestOffice) office = { 0 };
  g_autofree char *id = NULL;
  g_autofree char *fits = g_strnfill (JZ_MAX_INLINE_TEXT, 'a');
  g_autofree char *long_text = g_strnfill (JZ_MAX_INLINE_TEXT + 1, 'b');
  g_autofree char *longest = g_strnfill (JZ_MAX_TEXT, 'd');
  g_autofree char *too_long = g_strnfill (JZ_MAX_TEXT + 1, 'e');
  g_autofree char *name = g_strnfill (301, 'c');
  g_autoptr (JzActOutcome) outcome = NULL;
  g_autoptr (GError) error = NULL;

  test_office_staff (&office);
  id = test_office_open_case (&office, "某案");
  test_office_do (&office, "handler", "case.note", "{'case':'%s','text':'%s'}", id, fits);
  g_assert_cmpint (test_office_count (&office, "SELECT count (*) FROM note WHERE object = x''"), ==,
                   1);
  test_office_do (&office, "handler", "case.note", "{'case':'%s','text':'%s'}", id, long_text);
  g_assert_cmpint (
    test_office_count (&office, "SELECT count (*) FROM note WHERE length (object) = 32"), ==, 1);
  test_office_do (&office, "handler", "case.note", "{'case':'%s','text':'%s'}", id, longest);
  outcome = test_office_try (&office, "handler", "case.note", &error, "{'case':'%s','text':'%s'}",
                             id, too_long);
  g_assert_null (outcome);
  g_assert_error (error, JZ_OFFICE_ERROR, JZ_OFFICE_ERROR_ARGUMENT);
  g_assert_nonnull (strstr (error->message, "text"));
  g_assert_nonnull (strstr (error->message, "4194305"));
  g_clear_error (&error);
  outcome = test_office_try (&office, "handler", "case.open", &error, TEST_CASE, name);
  g_assert_null (outcome);
  g_assert_error (error, JZ_OFFICE_ERROR, JZ_OFFICE_ERROR_ARGUMENT);
  test_office_close (&office);
  test_assert_sound (office.path);
}

static void
rename_old (JzJson *args)
{
  jz_json_set_text (args, "title", jz_json_get_member_text (args, "name"));
  jz_json_remove_member (args, "name");
}

static void
mark (JzJson *args)
{
  jz_json_set_boolean (args, "marked", TRUE);
}

static void
test_upcasters (void)
{
  static const JzUpcaster steps[] = { { "invented.act", 2, mark },
                                      { "invented.act", 1, rename_old },
                                      { "other.act", 1, mark } };
  const JzAct act = { .name = "invented.act", .version = 3 };
  const JzAct newer = { .name = "invented.act", .version = 4 };
  g_autoptr (JzJson) args = test_json ("{'name':'某案'}");
  g_autoptr (JzJson) current = test_json ("{'title':'某案'}");
  g_autoptr (GError) error = NULL;

  g_assert_true (jz_act_upcast (steps, G_N_ELEMENTS (steps), &act, 1, args, &error));
  g_assert_cmpstr (jz_json_get_member_text (args, "title"), ==, "某案");
  g_assert_null (jz_json_get_member (args, "name"));
  g_assert_true (jz_json_get_member_boolean (args, "marked", FALSE));
  g_assert_true (jz_act_upcast (steps, G_N_ELEMENTS (steps), &act, 3, current, &error));
  g_assert_null (jz_json_get_member (current, "marked"));
  g_assert_false (jz_act_upcast (steps, G_N_ELEMENTS (steps), &newer, 3, current, &error));
  g_assert_error (error, JZ_OFFICE_ERROR, JZ_OFFICE_ERROR_UNKNOWN_ACT);
}

/* The table holds together: what an act names exists. */
static void
test_table (void)
{
  gsize n_acts = 0;
  const JzAct *const *acts = jz_act_get_all (&n_acts);

  for (gsize i = 0; i < n_acts; i++) {
    g_auto (GStrv) roles = g_strsplit (acts[i]->roles, "|", -1);
    gboolean is_proposal = TRUE;
    g_assert_true (jz_act_find (acts[i]->name, &is_proposal) == acts[i]);
    g_assert_false (is_proposal);
    if (i > 0)
      g_assert_cmpstr (acts[i - 1]->name, <, acts[i]->name);
    if (acts[i]->inverse != NULL)
      g_assert_nonnull (jz_act_find (acts[i]->inverse, &is_proposal));
    g_assert_true ((acts[i]->proposer_roles != NULL) ==
                   ((acts[i]->flags & JZ_ACT_TWO_SIGNERS) != 0));
    for (gsize r = 0; roles[r] != NULL; r++)
      g_assert_true (strcmp (roles[r], "*") == 0 || jz_role_find (roles[r]) != NULL);
    g_assert_nonnull (acts[i]->apply);
    if (acts[i]->scope == JZ_SCOPE_CASE)
      g_assert_cmpstr (acts[i]->arguments[0].name, ==, "case");
  }
}

static void
test_words (void)
{
  g_assert_true (jz_word_is_in ("head", "administrator|head"));
  g_assert_true (jz_word_is_in ("head", "section_head|head"));
  g_assert_false (jz_word_is_in ("head", "section_head|header"));
  g_assert_false (jz_word_is_in ("", "a|b"));
  g_assert_false (jz_word_is_in ("a|b", "a|b|c"));
  g_assert_true (jz_word_is_in ("anything", "*"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/office/acts/table", test_table);
  g_test_add_func ("/office/acts/words", test_words);
  g_test_add_func ("/office/acts/upcasters", test_upcasters);
  g_test_add_func ("/office/acts/arguments", test_arguments);
  g_test_add_func ("/office/acts/cases", test_cases);
  g_test_add_func ("/office/acts/people", test_people);
  g_test_add_func ("/office/acts/before-acceptance", test_before_acceptance);
  g_test_add_func ("/office/acts/two-signers", test_two_signers);
  g_test_add_func ("/office/acts/clock", test_clock);
  g_test_add_func ("/office/acts/certificates", test_certificates);
  g_test_add_func ("/office/acts/passwords", test_passwords);
  g_test_add_func ("/office/acts/batches", test_batches);
  g_test_add_func ("/office/acts/long-texts", test_long_texts);
  return g_test_run ();
}
