/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "document-fixture.h"
#include "office/document_freeze.h"
#include "office/replay.h"
#include "office/situation.h"

/* The life of a document (design §5): every step from every state, who passes it on, and what
 * stands on the sheet of that. */

/* A letter a step; in the tables of the flows below those that may be taken, at their places. */
static const struct {
  char letter;
  const char *who; /* NULL for who writes it */
  const char *act;
  const char *rest;
} steps[] = {
  { 'R', NULL, "document.revise", "'values':{'text':'乙'}" },
  { 'S', NULL, "document.submit", "'opinion':'请审'" },
  { 'E', "section_head", "document.examine", "'opinion':'拟同意'" },
  { 'A', "handler", "document.approve.propose", "'way':'account','opinion':'照准'" },
  { 'B', "section_head", "document.return", "'reason':'补正'" },
  { 'F', NULL, "document.finalise", "'document.date':'2025-01-02'" },
  { 'G', NULL, "document.sign", "'how':'signed','on':'2025-01-02'" },
  { 'V', "handler", "document.serve",
    "'result':'served','service.document':'某文书','service.method':'direct','service.served_on':"
    "'2025-01-02','service.receipt':true" },
  { 'C', NULL, "document.correct", "'reason':'笔误'" },
  { 'X', NULL, "document.void", "'reason':'作废'" },
};

typedef struct {
  const char *form;
  const char *allowed[JZ_DOCUMENT_VOID + 1]; /* NULL for a state that it does not come to */
} Flow;

static const Flow flows[] = {
  { "one_h", { "R    F   X", NULL, NULL, NULL, "      GVCX", "      GVCX", "       VC ", "", "" } },
  { "one_hu",
    { "RS       X", "R E B    X", "R   BF   X", NULL, "      GVCX", "      GVCX", "       VC ", "",
      "" } },
  { "one_hur",
    { "RS       X", "R E B    X", "R  AB    X", "R  ABF   X", "      GVCX", "      GVCX",
      "       VC ", "", "" } },
  { "one_l", { "R    F   X", NULL, NULL, NULL, "      GVCX", "      GVCX", "       VC ", "", "" } },
  { "one_a", { "R    F   X", NULL, NULL, NULL, "      G CX", "      G CX", NULL, "", "" } },
  { "one_c", { "R    F   X", NULL, NULL, NULL, "      GVCX", "      GVCX", "       VC ", "", "" } },
};

static JzActOutcome *
try_step (Penalty *penalty, const char *form, const char *document, gsize i)
{
  const char *who = steps[i].who != NULL ? steps[i].who : documents_get_writer (form);
  g_autofree char *args = documents_args (penalty, document, steps[i].rest);
  g_autoptr (GError) error = NULL;
  JzActOutcome *outcome;

  if (steps[i].letter == 'C') {
    char *name = strstr (args, "'document'");
    memcpy (name, "'corrects'", strlen ("'corrects'"));
  }
  outcome = test_office_try (&penalty->office, who, steps[i].act, &error, "%s", args);
  if (error != NULL)
    g_error ("%s on %s: %s", steps[i].act, form, error->message);
  return outcome;
}

/* The sentence names the form and the state, and says what to do. */
static void
assert_refused (const JzActOutcome *outcome, const char *form, JzDocumentState state, gsize i)
{
  const char *sentence;

  if (outcome->refusal == NULL)
    g_error ("%s is let through with %s, which is %s", steps[i].act, form,
             jz_document_state_get_name (state));
  sentence = jz_refusal_get_sentence (outcome->refusal);
  g_assert_cmpstr (jz_refusal_get_rule (outcome->refusal), ==, "J-DOCUMENT");
  g_assert_nonnull (strstr (sentence, form));
  g_assert_nonnull (strstr (sentence, jz_document_state_word (state)));
  g_assert_cmpstr (jz_refusal_get_clears (outcome->refusal), !=, NULL);
}

static void
check_state (Penalty *penalty, const Flow *flow, JzDocumentState state)
{
  const char *allowed = flow->allowed[state];
  g_autofree char *still = documents_make (penalty, flow->form, state);
  g_autofree char *name = documents_get (penalty, still, "state");

  g_assert_cmpstr (name, ==, jz_document_state_get_name (state));
  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++) {
    gboolean is_allowed = strchr (allowed, steps[i].letter) != NULL;
    g_autofree char *fresh =
      is_allowed ? documents_make (penalty, flow->form, state) : g_strdup (still);
    g_autoptr (JzActOutcome) outcome = try_step (penalty, flow->form, fresh, i);
    if (!is_allowed)
      assert_refused (outcome, flow->form, state, i);
    else if (outcome->refusal != NULL)
      g_error ("%s with %s, which is %s, is refused: %s", steps[i].act, flow->form,
               jz_document_state_get_name (state), jz_refusal_get_sentence (outcome->refusal));
  }
}

static void
test_steps (gconstpointer data)
{
  const Flow *flow = data;
  g_auto (Penalty) penalty = { 0 };

  documents_init (&penalty);
  for (int state = JZ_DOCUMENT_DRAFT; state <= JZ_DOCUMENT_VOID; state++)
    if (flow->allowed[state] != NULL)
      check_state (&penalty, flow, (JzDocumentState)state);
  test_office_close (&penalty.office);
  test_assert_sound (penalty.office.path);
}

static void
assert_text (Penalty *penalty, const char *document, const char *name, const char *expected)
{
  g_autofree char *text = documents_get (penalty, document, name);
  g_assert_cmpstr (text, ==, expected);
}

static void
assert_signed (const JzJson *values, const char *field, const char *name)
{
  const JzJson *signature = jz_json_get_member (values, field);

  g_assert_nonnull (signature);
  if (jz_json_get_kind (signature) == JZ_JSON_ARRAY)
    signature = jz_json_get_item (signature, 0);
  g_assert_cmpstr (jz_json_get_member_text (signature, "name"), ==, name);
  g_assert_cmpstr (jz_json_get_member_text (signature, "date"), ==, "2025-01-02");
}

static char *
dup_name (Penalty *penalty, const char *user)
{
  g_autofree char *person = test_office_get_person (&penalty->office, user);
  JzStore *store = jz_office_get_store (penalty->office.office);
  JzConnection *reader = jz_store_lease_reader (store, NULL);
  char *name = NULL;

  g_assert_true (jz_tables_get_person_name (reader, person, &name, NULL));
  jz_store_return_reader (store, reader);
  return name;
}

/* Opinions and names of those who passed it on, by account. */
static void
test_account (void)
{
  g_auto (Penalty) penalty = { 0 };
  g_autofree char *document = NULL;
  g_autofree char *handler = NULL;
  g_autofree char *section_head = NULL;
  g_autofree char *approver = NULL;
  g_autoptr (JzJson) frozen = NULL;

  documents_init (&penalty);
  document = documents_make (&penalty, "one_hur", JZ_DOCUMENT_FINAL);
  handler = dup_name (&penalty, "handler");
  section_head = dup_name (&penalty, "section_head");
  approver = dup_name (&penalty, "approver");
  frozen = documents_read_frozen (&penalty, document);
  g_assert_cmpstr (jz_json_get_member_text (frozen, "opinion_h"), ==, "请审");
  g_assert_cmpstr (jz_json_get_member_text (frozen, "opinion_u"), ==, "拟同意");
  g_assert_cmpstr (jz_json_get_member_text (frozen, "opinion_r"), ==, "照准");
  assert_signed (frozen, "sign_h", handler);
  assert_signed (frozen, "sign_u", section_head);
  assert_signed (frozen, "sign_r", approver);
  g_assert_cmpstr (jz_json_get_member_text (frozen, "doc_no"), ==, "试〔2025〕1号");
  g_assert_cmpstr (jz_json_get_member_text (frozen, "doc_date"), ==, "2025-01-02");
}

/* One registers it, another confirms, and the sheet bears the name of who approved. */
static void
check_way (Penalty *penalty, const char *way)
{
  g_autofree char *document = documents_make (penalty, "one_hur", JZ_DOCUMENT_EXAMINED);
  g_autofree char *approver = test_office_get_person (&penalty->office, "approver");
  g_autofree char *name = dup_name (penalty, "approver");
  g_autofree char *nobody = g_strdup_printf ("'way':'%s','source':'审批单'", way);
  g_autofree char *handler =
    g_strdup_printf ("'way':'%s','source':'审批单','approver':'%s'", way, penalty->handler);
  g_autofree char *no_source = g_strdup_printf ("'way':'%s','approver':'%s'", way, approver);
  g_autofree char *right = g_strdup_printf (
    "'way':'%s','source':'审批单','approver':'%s','opinion':'同意'", way, approver);
  const char *const wrong[] = { nobody, handler, no_source };
  g_autoptr (JzJson) frozen = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++) {
    g_autofree char *args = documents_args (penalty, document, wrong[i]);
    test_office_refuse (&penalty->office, "handler", "document.approve.propose", "J-APPROVAL", "%s",
                        args);
  }
  {
    g_autofree char *args = documents_args (penalty, document, right);
    test_office_do_by_two (&penalty->office, "handler", "section_head", "document.approve", "%s",
                           args);
  }
  assert_text (penalty, document, "state", "approved");
  documents_finalise (penalty, document, "one_hur");
  frozen = documents_read_frozen (penalty, document);
  g_assert_cmpstr (jz_json_get_member_text (frozen, "opinion_r"), ==, "同意");
  assert_signed (frozen, "sign_r", name);
}

static void
test_paper_and_telephone (void)
{
  g_auto (Penalty) penalty = { 0 };

  documents_init (&penalty);
  check_way (&penalty, "paper");
  check_way (&penalty, "telephone");
}

/* What is changed is approved anew, and no opinion on the old text stays on the sheet. */
static void
check_begins_anew (Penalty *penalty, const char *who, const char *act, const char *rest)
{
  g_autofree char *document = documents_make (penalty, "one_hur", JZ_DOCUMENT_APPROVED);
  g_autofree char *args = documents_args (penalty, document, rest);
  g_autofree char *blank = documents_args (penalty, document, "'way':'account'");
  g_autofree char *final = documents_args (penalty, document, "'document.date':'2025-01-02'");
  g_autoptr (JzJson) drawn = NULL;

  test_office_do (&penalty->office, who, act, "%s", args);
  assert_text (penalty, document, "state", "draft");
  drawn = documents_read_frozen (penalty, document);
  g_assert_null (jz_json_get_member (drawn, "opinion_u"));
  g_assert_null (jz_json_get_member (drawn, "opinion_r"));
  g_assert_null (jz_json_get_member (drawn, "sign_r"));
  test_office_refuse (&penalty->office, "handler", "document.finalise", "J-DOCUMENT", "%s", final);
  documents_step (penalty, document, "one_hur", JZ_DOCUMENT_SUBMITTED);
  documents_step (penalty, document, "one_hur", JZ_DOCUMENT_EXAMINED);
  test_office_refuse (&penalty->office, "handler", "document.approve.propose", "J-APPROVAL", "%s",
                      blank);
  documents_approve (penalty, document);
  documents_finalise (penalty, document, "one_hur");
}

static void
test_begins_anew (void)
{
  g_auto (Penalty) penalty = { 0 };

  documents_init (&penalty);
  check_begins_anew (&penalty, "handler", "document.revise", "'values':{'text':'丙'}");
  check_begins_anew (&penalty, "section_head", "document.return", "'reason':'补正'");
}

/* Nobody types what the head said, nor a number. */
static void
test_typed_approval (void)
{
  g_auto (Penalty) penalty = { 0 };
  g_autofree char *document = NULL;
  g_autofree char *archived = NULL;
  g_autofree char *args = NULL;
  g_autoptr (JzJson) drawn = NULL;
  g_autoptr (JzJson) frozen = NULL;

  documents_init (&penalty);
  document = test_office_make (
    &penalty.office, "handler", "document.draft",
    "{'case':'%s','form':'one_hur','values':{'text':'甲','doc_no':'试〔2025〕99号','opinion_r':"
    "'同意','sign_r':{'name':'局长','date':'2025-01-01'},'opinion_u':'同意'}}",
    penalty.id);
  drawn = documents_read_frozen (&penalty, document);
  g_assert_null (jz_json_get_member (drawn, "opinion_r"));
  g_assert_null (jz_json_get_member (drawn, "sign_r"));
  g_assert_null (jz_json_get_member (drawn, "doc_no"));
  documents_step (&penalty, document, "one_hur", JZ_DOCUMENT_SUBMITTED);
  documents_step (&penalty, document, "one_hur", JZ_DOCUMENT_EXAMINED);
  args = documents_args (&penalty, document, "'way':'account'");
  test_office_refuse (&penalty.office, "handler", "document.approve.propose", "J-APPROVAL", "%s",
                      args);
  documents_approve (&penalty, document);
  documents_finalise (&penalty, document, "one_hur");
  /* What bears the number of its case alone does not take that of the document before it. */
  archived = documents_make (&penalty, "one_a", JZ_DOCUMENT_FINAL);
  frozen = documents_read_frozen (&penalty, archived);
  g_assert_null (jz_json_get_member (frozen, "doc_no"));
}

/* The first letter of the flow says who writes it (forms.md §0.4). */
static void
test_writers (void)
{
  static const struct {
    const char *form;
    const char *who;
    gboolean may;
  } rows[] = {
    { "one_h", "handler", TRUE },     { "one_h", "section_head", TRUE },
    { "one_h", "reviewer", FALSE },   { "one_h", "archivist", FALSE },
    { "one_hur", "reviewer", FALSE }, { "one_l", "reviewer", TRUE },
    { "one_l", "handler", FALSE },    { "one_l", "archivist", FALSE },
    { "one_a", "archivist", TRUE },   { "one_a", "handler", TRUE },
    { "one_a", "reviewer", FALSE },   { "one_c", "handler", TRUE },
    { "one_c", "reviewer", FALSE },
  };
  g_auto (Penalty) penalty = { 0 };
  g_autofree char *opinion = NULL;
  g_autofree char *args = NULL;

  documents_init (&penalty);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *draft =
      g_strdup_printf ("{'case':'%s','form':'%s'}", penalty.id, rows[i].form);
    if (rows[i].may)
      test_office_do (&penalty.office, rows[i].who, "document.draft", "%s", draft);
    else
      test_office_refuse (&penalty.office, rows[i].who, "document.draft", "J-ROLE", "%s", draft);
  }
  opinion = documents_make (&penalty, "one_l", JZ_DOCUMENT_DRAFT);
  args = documents_args (&penalty, opinion, "'values':{'text':'乙'}");
  test_office_refuse (&penalty.office, "handler", "document.revise", "J-ROLE", "%s", args);
}

/* Signing that was refused is told with its reason; a paper of tomorrow is signed by nobody. */
static void
test_sign (void)
{
  g_auto (Penalty) penalty = { 0 };
  g_autofree char *document = NULL;
  g_autofree char *refused = NULL;
  g_autofree char *tomorrow = NULL;
  g_autofree char *told = NULL;

  documents_init (&penalty);
  document = documents_make (&penalty, "one_h", JZ_DOCUMENT_FINAL);
  refused = documents_args (&penalty, document, "'how':'refused','on':'2025-01-02'");
  tomorrow = documents_args (&penalty, document, "'how':'signed','on':'2025-01-03'");
  told = documents_args (&penalty, document,
                         "'how':'refused','on':'2025-01-02','reason':'看后拒签，见证人孙某'");
  test_office_refuse (&penalty.office, "handler", "document.sign", "FC-43", "%s", refused);
  test_office_refuse (&penalty.office, "handler", "document.sign", "J-DATE", "%s", tomorrow);
  test_office_do (&penalty.office, "handler", "document.sign", "%s", told);
  assert_text (&penalty, document, "how", "refused");
  assert_text (&penalty, document, "reason", "看后拒签，见证人孙某");
}

/* An attempt that came back serves nothing. */
static void
test_came_back (void)
{
  g_auto (Penalty) penalty = { 0 };
  g_autofree char *document = NULL;
  g_autofree char *args = NULL;

  documents_init (&penalty);
  document = documents_make (&penalty, "one_h", JZ_DOCUMENT_FINAL);
  args = documents_args (&penalty, document,
                         "'result':'returned','reason':'查无此人','service.document':'某文书',"
                         "'service.method':'mail','service.served_on':'2025-01-02',"
                         "'service.receipt':false");
  test_office_do (&penalty.office, "handler", "document.serve", "%s", args);
  assert_text (&penalty, document, "state", "final");
}

/* Nothing is known of a document but to its own case. */
static void
test_other_case (void)
{
  g_auto (Penalty) penalty = { 0 };
  g_autofree char *document = NULL;
  g_autofree char *first = NULL;

  documents_init (&penalty);
  document = documents_make (&penalty, "one_h", JZ_DOCUMENT_FINAL);
  first = g_steal_pointer (&penalty.id);
  penalty.party_number = "示例-2";
  penalty_play (&penalty, PENALTY_LEAD, PENALTY_FILED);
  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++) {
    g_autofree char *args = documents_args (&penalty, document, steps[i].rest);
    const char *who = steps[i].who != NULL ? steps[i].who : "handler";
    if (steps[i].letter == 'C')
      memcpy (strstr (args, "'document'"), "'corrects'", strlen ("'corrects'"));
    if (strchr ("RFC", steps[i].letter) != NULL)
      documents_fail (&penalty, who, steps[i].act, args, document);
    else
      test_office_refuse (&penalty.office, who, steps[i].act, "J-DOCUMENT", "%s", args);
  }
}

/* What is written of the case as a whole is written while it is open. */
static void
test_closed_case (void)
{
  g_auto (Penalty) penalty = { 0 };
  g_autofree char *draft = NULL;
  g_autofree char *document = NULL;

  documents_init (&penalty);
  draft = documents_make (&penalty, "one_hu", JZ_DOCUMENT_DRAFT);
  document = documents_make (&penalty, "one_h", JZ_DOCUMENT_FINAL);
  penalty_play (&penalty, PENALTY_PROVED, PENALTY_DECIDED);
  penalty_do (&penalty, "handler", "decision.serve", "'decision.served_on':'2025-01-02'");
  penalty_do (&penalty, "handler", "payment.record",
              "'payment.route':'bank','payment.paid':250000,'payment.paid_on':'2025-01-02'");
  penalty_do (&penalty, "handler", "closing.state",
              "'case.closing_ground':'performed','case.closing_ground_on':'2025-01-02'");
  penalty_excuse (&penalty);
  penalty_do (&penalty, "handler", "case.close", "'happened':'2025-01-02','ground':'已履行'");
  penalty_refuse (&penalty, "handler", "document.draft", "J-STAGE", "'form':'one_h'");
  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++) {
    gboolean is_of_final = strchr ("GVC", steps[i].letter) != NULL;
    g_autoptr (JzActOutcome) outcome =
      try_step (&penalty, "one_h", is_of_final ? document : draft, i);
    g_assert_nonnull (outcome->refusal);
    g_assert_cmpstr (jz_refusal_get_rule (outcome->refusal), ==, "J-STAGE");
  }
}

/* After a replay everything is as it was. */
static void
test_replayed (void)
{
  g_auto (Penalty) penalty = { 0 };
  g_autoptr (GError) error = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *document = NULL;

  documents_init (&penalty);
  document = documents_make (&penalty, "one_hur", JZ_DOCUMENT_CORRECTED);
  g_free (documents_make (&penalty, "one_hur", JZ_DOCUMENT_VOID));
  for (int i = 0; i < 2; i++) {
    JzStore *store = jz_office_get_store (penalty.office.office);
    JzConnection *reader = jz_store_lease_reader (store, &error);
    g_autoptr (JzJson) list = jz_documents_list (reader, penalty.id, &error);
    jz_store_return_reader (store, reader);
    g_assert_no_error (error);
    *(i == 0 ? &before : &after) = jz_json_to_canonical (list, NULL);
    if (i == 1)
      break;
    test_office_close (&penalty.office);
    g_assert_true (jz_rebuild_at (penalty.office.path, &error));
    g_assert_no_error (error);
    test_office_open (&penalty.office);
  }
  g_assert_nonnull (strstr (before, "corrected"));
  g_assert_cmpstr (before, ==, after);
  assert_text (&penalty, document, "state", "corrected");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (flows); i++) {
    g_autofree char *path = g_strdup_printf ("/office/documents/steps/%s", flows[i].form);
    g_test_add_data_func (path, &flows[i], test_steps);
  }
  g_test_add_func ("/office/documents/account", test_account);
  g_test_add_func ("/office/documents/paper-and-telephone", test_paper_and_telephone);
  g_test_add_func ("/office/documents/begins-anew", test_begins_anew);
  g_test_add_func ("/office/documents/typed-approval", test_typed_approval);
  g_test_add_func ("/office/documents/writers", test_writers);
  g_test_add_func ("/office/documents/sign", test_sign);
  g_test_add_func ("/office/documents/came-back", test_came_back);
  g_test_add_func ("/office/documents/other-case", test_other_case);
  g_test_add_func ("/office/documents/closed-case", test_closed_case);
  g_test_add_func ("/office/documents/replayed", test_replayed);
  return g_test_run ();
}
