/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "penalty-fixture.h"

#include <stdio.h>
#include <string.h>

#include "office/apply.h"
#include "office/document_freeze.h"

/* Gates are asked again whenever a store is verified: an entry that an altered program wrote around
 * one is named with the rule that refuses it (design §1). */

typedef struct {
  const char *act;
  const char *who;
  const char *args; /* without the case */
  const char *rules;
  gboolean is_signed;
  gboolean has_no_rulebook;
  const char *place; /* words of the first fault */
} Forged;

#define DECIDED                                                                                    \
  "'decision.decided_on':'2025-01-02','document.date':'2025-01-02','decision.is_sealed':true,"     \
  "'decision.number':'罚决〔2025〕1号','basis':'%s'"
#define ASKED                                                                                      \
  "'G-07','G-12','G-23','G-25','G-26','G-27','G-28','G-29','G-30','G-31','G-32','G-33','G-34',"    \
  "'G-35','G-36','G-37','G-38','G-39','G-40','G-41','G-42','G-66','G-67'"

static char *
dup_hex (Penalty *penalty, const char *sql)
{
  g_autoptr (GError) error = NULL;
  JzStore *store = jz_office_get_store (penalty->office.office);
  JzConnection *reader = jz_store_lease_reader (store, &error);
  char *text = NULL;

  g_assert_true (jz_connection_get_text (reader, &text, &error, sql, ""));
  g_assert_no_error (error);
  jz_store_return_reader (store, reader);
  return text;
}

/* An altered program draws its decision as the right one does. */
static void
freeze (Penalty *penalty, JzSession *session, JzJson *payload)
{
  JzJson *args = (JzJson *)jz_json_get_member (payload, "args");
  const JzPreparation preparation = { .office = penalty->office.office, .session = session };
  g_autoptr (GError) error = NULL;

  if (jz_json_get_member (args, "decision.number") == NULL)
    return;
  jz_json_set_text (args, "document", penalty->decision);
  g_assert_true (jz_prepare_frozen_decision (&preparation, args, &error));
  g_assert_no_error (error);
}

/* Appends an entry as an altered program would, right in every chain. */
static void
forge (Penalty *penalty, const Forged *forged)
{
  g_autofree char *database = g_build_filename (penalty->office.path, "juanzong.db", NULL);
  g_autofree char *store = g_strdup (jz_office_get_store_id (penalty->office.office));
  JzSession *session = test_office_sign_in (&penalty->office, forged->who);
  g_autofree char *rulebook = dup_hex (penalty, "SELECT lower (hex (hash)) FROM rulebook");
  g_autofree char *basis = dup_hex (
    penalty, "SELECT coalesce (max (json_extract (text, '$.args.basis')), '') FROM payload");
  g_auto (GStrv) pieces = g_strsplit (forged->args, "%s", 2);
  g_autofree char *filled = g_strjoinv (basis, pieces);
  g_autofree char *text = g_strdup_printf ("{'args':{'case':'%s',%s}%s%s%s}", penalty->id, filled,
                                           forged->rules[0] != '\0' ? ",'rules':[" : "",
                                           forged->rules, forged->rules[0] != '\0' ? "]" : "");
  g_autoptr (JzJson) json = test_json (text);
  g_autofree char *payload = NULL;
  g_autoptr (JzConnection) connection = NULL;
  g_autoptr (JzJournalRecord) record = NULL;
  g_autoptr (GError) error = NULL;
  JzHash hash;
  JzDraft draft = {
    .store = store,
    .case_id = penalty->id,
    .now = jz_clock_now (penalty->office.clock),
    .actor = jz_session_get_person (session),
    .role = strcmp (forged->who, "reviewer") == 0 ? "reviewer" : "handler",
    .act = forged->act,
    .act_version = 1,
    .rulebook = forged->has_no_rulebook ? NULL : &hash,
    .key = forged->is_signed ? jz_session_get_key (session) : NULL,
    .certificate = forged->is_signed ? jz_session_get_certificate (session) : NULL,
  };

  freeze (penalty, session, json);
  draft.payload = payload = jz_json_to_canonical (json, NULL);
  g_assert_true (jz_hash_from_hex (rulebook, &hash));
  connection = jz_connection_open (database, JZ_CONNECTION_WRITE, &error);
  g_assert_no_error (error);
  g_assert_true (jz_connection_execute (connection, "BEGIN IMMEDIATE", &error));
  record = jz_journal_append (connection, &draft, &error);
  g_assert_no_error (error);
  g_assert_true (jz_apply_record (connection, connection, record, TRUE, &error));
  g_assert_no_error (error);
  g_assert_true (jz_connection_execute (connection, "COMMIT", &error));
}

static void
assert_found (Penalty *penalty, const Forged *forged)
{
  g_autoptr (JzReport) report = NULL;
  const JzFault *fault;

  test_office_close (&penalty->office);
  report = test_verify (penalty->office.path, NULL);
  g_assert_cmpuint (report->faults->len, >=, 1);
  fault = g_ptr_array_index (report->faults, 0);
  g_assert_cmpint (fault->kind, ==, JZ_FAULT_RULE);
  if (strstr (fault->sentence, forged->place) == NULL)
    g_error ("“%s” should be in “%s”", forged->place, fault->sentence);
}

static void
test_around_a_gate (gconstpointer data)
{
  const Forged *forged = data;
  g_auto (Penalty) penalty = { 0 };

  penalty_init (&penalty);
  penalty_play (&penalty, PENALTY_LEAD, PENALTY_APPROVED);
  forge (&penalty, forged);
  assert_found (&penalty, forged);
}

/* The opinion was against it, and an altered program approves and decides all the same. */
static void
test_decided_around_the_review (void)
{
  static const Forged forged = { "decision.finalise", "handler", DECIDED, ASKED, TRUE, FALSE,
                                 "J-APPROVAL" };
  g_auto (Penalty) penalty = { 0 };

  penalty_init (&penalty);
  penalty_play (&penalty, PENALTY_LEAD, PENALTY_SUBMITTED);
  penalty_review (&penalty, "not_pass");
  forge (&penalty, &forged);
  assert_found (&penalty, &forged);
}

/* The reviewer passes what was not judged, or judges what is no point of the review. */
static void
test_around_the_points (void)
{
  static const Forged forgeries_of_review[] = {
    { "review.conclude", "reviewer",
      "'basis':'%s','text':'意见','review.opinion_on':'2025-01-02','review.outcome':'pass',"
      "'review.finds_facts_unclear':false",
      "'G-12'", TRUE, FALSE, "J-POINT" },
    { "review.judge", "reviewer", "'point':'AP-11','verdict':'pass','links':[]", "'G-12'", TRUE,
      FALSE, "J-POINT" },
    { "review.judge", "reviewer", "'point':'AP-10','verdict':'pass','links':['第3页']", "'G-12'",
      TRUE, FALSE, "J-LINK" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (forgeries_of_review); i++) {
    g_auto (Penalty) penalty = { 0 };
    penalty_init (&penalty);
    penalty_play (&penalty, PENALTY_LEAD, PENALTY_SUBMITTED);
    forge (&penalty, &forgeries_of_review[i]);
    assert_found (&penalty, &forgeries_of_review[i]);
  }
}

/* Approved rightly, then the reviewer takes it back; the decision is written around the gate. */
static void
test_decided_after_the_opinion_changed (void)
{
  static const Forged forged = {
    "decision.finalise", "handler", DECIDED, ASKED, TRUE, FALSE, "G-32"
  };
  g_auto (Penalty) penalty = { 0 };

  penalty_init (&penalty);
  penalty_play (&penalty, PENALTY_LEAD, PENALTY_APPROVED);
  penalty_do (&penalty, "handler", "review.submit", "'review.submitted_on':'2025-01-02'");
  penalty_review (&penalty, "not_pass");
  penalty_refuse (&penalty, "handler", "decision.finalise", "G-32",
                  "'decision.decided_on':'2025-01-02','document.date':'2025-01-02',"
                  "'decision.is_sealed':true");
  forge (&penalty, &forged);
  assert_found (&penalty, &forged);
}

/* A case keeps the rulebook that it was filed under; the next takes the new one. */
static void
test_keeps_its_rulebook (void)
{
  g_auto (Penalty) penalty = { 0 };
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autofree char *old_case = NULL;

  penalty_init (&penalty);
  penalty_play (&penalty, PENALTY_LEAD, PENALTY_SUBMITTED);
  test_office_do_by_two (&penalty.office, "section_head", "head", "rulebook.adopt",
                         "{'book':'HR','in_force':'2025-01-02','reason':'修订'}");
  penalty_play (&penalty, PENALTY_REVIEWED, PENALTY_DECIDED);
  first = dup_hex (&penalty, "SELECT lower (hex (rulebook)) FROM entry WHERE act = "
                             "'decision.finalise'");
  old_case = g_steal_pointer (&penalty.id);
  penalty_play (&penalty, PENALTY_LEAD, PENALTY_FILED);
  second = dup_hex (&penalty, "SELECT lower (hex (rulebook)) FROM entry WHERE act = 'case.file' "
                              "ORDER BY arrival DESC");
  g_assert_cmpstr (first, !=, second);
  g_assert_cmpint (
    test_office_count (&penalty.office, "SELECT count (DISTINCT hash) FROM case_rulebook"), ==, 2);
  test_office_refuse (&penalty.office, "section_head", "rulebook.adopt.propose", "J-DATE",
                      "{'book':'HR','in_force':'2025-01-01','reason':'倒签'}");
  test_office_close (&penalty.office);
  test_assert_sound (penalty.office.path);
}

/* What stands in the tables of facts, rulebooks, overrides and numbers is what the journal gives.
 */
static void
test_tables_altered (void)
{
  static const char *const changes[] = {
    "UPDATE fact SET value = '100' WHERE name = 'decision.fine'",
    "DELETE FROM fact WHERE name = 'case.is_major'",
    "UPDATE fact SET arrival = arrival + 1 WHERE name = 'notice.served_on'",
    "UPDATE rulebook SET in_force = '2020-01-01'",
    "DELETE FROM rulebook",
    "DELETE FROM case_rulebook",
    "UPDATE case_rulebook SET hash = zeroblob (32)",
    "UPDATE form_set SET in_force = '2020-01-01'",
    "DELETE FROM form_set",
    "DELETE FROM case_form_set",
    "UPDATE case_form_set SET hash = zeroblob (32)",
    "UPDATE calendar SET hash = zeroblob (32)",
    "DELETE FROM calendar",
    "UPDATE gate_override SET used_by = 0",
    "UPDATE gate_override SET rules = '|G-32|'",
    "UPDATE document_number SET state = 'void'",
    "DELETE FROM document_number",
  };
  g_auto (Penalty) penalty = { 0 };

  penalty_init (&penalty);
  penalty.fine = 400000;
  penalty_play (&penalty, PENALTY_LEAD, PENALTY_EXAMINED);
  penalty_do (&penalty, "head", "gate.override",
              "'act':'decision.approve','rules':['G-36'],'reason':'多次违法'");
  penalty_play (&penalty, PENALTY_APPROVED, PENALTY_APPROVED);
  penalty_do (&penalty, "head", "gate.override",
              "'act':'decision.finalise','rules':['G-36'],'reason':'多次违法'");
  penalty_play (&penalty, PENALTY_DECIDED, PENALTY_DECIDED);
  test_office_close (&penalty.office);
  penalty_assert_altered (&penalty, changes, G_N_ELEMENTS (changes));
}

/* Without its rulebook an entry cannot be asked again, and that is said. */
static void
test_rulebook_is_missing (void)
{
  g_auto (Penalty) penalty = { 0 };
  g_autofree char *hex = NULL;
  g_autofree char *path = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (JzReport) report = NULL;
  JzHash hash;

  penalty_init (&penalty);
  penalty_play (&penalty, PENALTY_LEAD, PENALTY_LEAD);
  hex = dup_hex (&penalty, "SELECT lower (hex (hash)) FROM rulebook");
  g_assert_true (jz_hash_from_hex (hex, &hash));
  path =
    jz_objects_dup_path (jz_store_get_objects (jz_office_get_store (penalty.office.office)), &hash);
  test_office_close (&penalty.office);
  g_assert_cmpint (remove (path), ==, 0);
  report = test_verify (penalty.office.path, NULL);
  g_assert_cmpuint (report->faults->len, >=, 1);
}

static const Forged forgeries[] = {
  { "case.note", "handler", "'text':'记一笔'", "", FALSE, FALSE, "rules that were to be asked" },
  { "case.note", "handler", "'text':'记一笔'", "'G-12'", FALSE, TRUE,
    "does not name the rulebook" },
  { "field.inspect", "handler",
    "'officers':[],'shown':true,'shown_to':'李某','text':'检查','act.happened_on':'2025-01-02',"
    "'act.place':'现场'",
    "'G-01','G-02','G-03','G-12'", FALSE, FALSE, "G-01" },
  { "decision.draft", "handler",
    "'text':'正文','benchmark':'-','grade':'-','computed':{'law_most':9000000},'decision.kinds':"
    "[],'decision.basis':[],'decision.remedy':'none','decision.review_organ':'甲','decision.court':"
    "'乙','discretion.direction':'general'",
    "'G-12'", FALSE, FALSE, "J-COMPUTED" },
};

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (forgeries); i++) {
    g_autofree char *path = g_strdup_printf ("/office/gates/around/%zu", i);
    g_test_add_data_func (path, &forgeries[i], test_around_a_gate);
  }
  g_test_add_func ("/office/gates/decided-around-the-review", test_decided_around_the_review);
  g_test_add_func ("/office/gates/around-the-points", test_around_the_points);
  g_test_add_func ("/office/gates/decided-after-the-opinion-changed",
                   test_decided_after_the_opinion_changed);
  g_test_add_func ("/office/gates/keeps-its-rulebook", test_keeps_its_rulebook);
  g_test_add_func ("/office/gates/tables-altered", test_tables_altered);
  g_test_add_func ("/office/gates/rulebook-is-missing", test_rulebook_is_missing);
  return g_test_run ();
}
