/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "penalty-fixture.h"

/* What is archived is the dossier, and the dossier is of all final documents (FC-49, R-26). */

#define ARCHIVE "'happened':'2025-01-02','class':'定期10年','keep_until':'2035-01-01'"
#define CLOSE "'happened':'2025-01-02','ground':'已履行'"

static char *
draft_receipt (Penalty *penalty)
{
  return test_office_make (&penalty->office, "handler", "document.draft",
                           "{'case':'%s','form':'service_receipt'}", penalty->id);
}

static void
init (Penalty *penalty)
{
  penalty_init (penalty);
  penalty_play (penalty, PENALTY_LEAD, PENALTY_DECIDED);
}

static void
test_bound_before_archived (void)
{
  g_auto (Penalty) penalty = { 0 };
  g_autofree char *signed_ = NULL;

  init (&penalty);
  penalty_do (&penalty, "handler", "dossier.bind", "");
  signed_ = g_strdup_printf ("'document':'%s','how':'sealed','on':'2025-01-02','copies':3",
                             penalty.decision);
  penalty_do (&penalty, "handler", "document.sign", signed_);
  penalty_excuse (&penalty);
  penalty_do (&penalty, "handler", "closing.state",
              "'case.closing_ground':'no_penalty','case.closing_ground_on':'2025-01-02'");
  penalty_do (&penalty, "handler", "case.close", CLOSE);
  penalty_refuse (&penalty, "archivist", "case.archive", "FC-49", ARCHIVE);
  penalty_do (&penalty, "archivist", "dossier.bind", "");
  penalty_do (&penalty, "archivist", "case.archive", ARCHIVE);
  test_office_close (&penalty.office);
  test_assert_sound (penalty.office.path);
}

/* Nothing that was begun is left over. */
static void
test_everything_is_final (void)
{
  g_auto (Penalty) penalty = { 0 };
  g_autofree char *receipt = NULL;
  g_autofree char *void_ = NULL;

  init (&penalty);
  receipt = draft_receipt (&penalty);
  penalty_refuse (&penalty, "handler", "dossier.bind", "FC-49", "");
  void_ = g_strdup_printf ("'document':'%s','reason':'多余'", receipt);
  penalty_do (&penalty, "handler", "document.void", void_);
  penalty_do (&penalty, "handler", "dossier.bind", "");
  test_office_close (&penalty.office);
  test_assert_sound (penalty.office.path);
}

/* A case of the first stage has no documents, and needs no dossier. */
static void
test_without_documents (void)
{
  g_auto (Penalty) penalty = { 0 };

  penalty_init (&penalty);
  penalty_play (&penalty, PENALTY_LEAD, PENALTY_FILED);
  penalty_do (&penalty, "handler", "closing.state",
              "'case.closing_ground':'transferred','case.closing_ground_on':'2025-01-02'");
  penalty_do (&penalty, "handler", "case.close", CLOSE);
  penalty_do (&penalty, "archivist", "case.archive", ARCHIVE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/office/archive/bound-before-archived", test_bound_before_archived);
  g_test_add_func ("/office/archive/everything-is-final", test_everything_is_final);
  g_test_add_func ("/office/archive/without-documents", test_without_documents);
  return g_test_run ();
}
