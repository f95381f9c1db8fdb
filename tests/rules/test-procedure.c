/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rules/procedure.h"

#include <string.h>

#include "rules/calendar_file.h"
#include "rules/fact_set.h"

/* The order note of rules.md 1.2: the same case under the rules of different fields. */

typedef struct {
  const char *field;
  const char *facts; /* assignments with ; between them */
  const char *done;  /* stages with spaces between them; one to be done again begins with ! */
  const char *stage; /* how this one stands */
  const char *state;
  const char *because; /* the stage that is missing, or "" */
} Row;

static const Row rows[] = {
  /* the beginning */
  { "BASE", "", "", "ST-O1", "open", "" },
  { "BASE", "", "", "ST-O2", "not_reached", "" },
  { "BASE", "", "ST-O1", "ST-O2", "open", "" },
  { "BASE", "", "ST-O1", "ST-O1", "done", "" },
  { "BASE", "", "ST-O1 ST-O2 ST-O3", "ST-O4", "open", "" },
  { "BASE", "", "ST-O1 ST-O2 ST-O3", "ST-O5", "not_reached", "" },
  /* the notice before or after the review: as the field says */
  { "BASE", "hearing.is_in_scope=false;hearing.state=none", "ST-O1 ST-O2 ST-O3 ST-O4", "ST-O5",
    "open", "" },
  { "BASE", "hearing.state=none", "ST-O1 ST-O2 ST-O3 ST-O4", "ST-O6", "open", "" },
  { "HR", "hearing.is_in_scope=false;hearing.state=none", "ST-O1 ST-O2 ST-O3 ST-O4", "ST-O5",
    "open", "" },
  { "HR", "hearing.state=none", "ST-O1 ST-O2 ST-O3 ST-O4 ST-O5", "ST-O6", "open", "" },
  { "MR", "hearing.is_in_scope=false;hearing.state=none", "ST-O1 ST-O2 ST-O3 ST-O4", "ST-O5",
    "blocked", "ST-O6" },
  { "MR", "hearing.is_in_scope=false;hearing.state=none", "ST-O1 ST-O2 ST-O3 ST-O4 ST-O6", "ST-O5",
    "open", "" },
  { "MR", "", "ST-O1 ST-O2 ST-O3 ST-O4", "ST-O5", "unknown", "" },
  /* a case in the scope of hearings is reviewed after its hearing */
  { "MR", "hearing.is_in_scope=true;hearing.state=none", "ST-O1 ST-O2 ST-O3 ST-O4", "ST-O5", "open",
    "" },
  { "MR", "hearing.is_in_scope=true;hearing.state=requested", "ST-O1 ST-O2 ST-O3 ST-O4 ST-O5",
    "ST-O6", "blocked", "ST-O5b" },
  { "HR", "hearing.state=requested", "ST-O1 ST-O2 ST-O3 ST-O4 ST-O5", "ST-O6", "blocked",
    "ST-O5b" },
  { "HR", "hearing.state=requested", "ST-O1 ST-O2 ST-O3 ST-O4 ST-O5", "ST-O5b", "open", "" },
  { "HR", "hearing.state=none", "ST-O1 ST-O2 ST-O3 ST-O4 ST-O5", "ST-O5b", "not_reached", "" },
  { "HR", "hearing.state=held", "ST-O1 ST-O2 ST-O3 ST-O4 ST-O5 ST-O5b", "ST-O6", "open", "" },
  /* before the head decides */
  { "BASE", "review.is_required=true;defence.is_received=false;hearing.state=none",
    "ST-O1 ST-O2 ST-O3 ST-O4 ST-O5", "ST-O7", "blocked", "ST-O6" },
  { "BASE", "review.is_required=false;defence.is_received=false;hearing.state=none",
    "ST-O1 ST-O2 ST-O3 ST-O4 ST-O5", "ST-O7", "open", "" },
  { "BASE", "review.is_required=false;defence.is_received=true;hearing.state=none",
    "ST-O1 ST-O2 ST-O3 ST-O4 ST-O5", "ST-O7", "blocked", "ST-O5a" },
  { "BASE",
    "review.is_required=true;review.outcome=pass;defence.is_received=false;hearing.state=none",
    "ST-O1 ST-O2 ST-O3 ST-O4 ST-O6", "ST-O7", "blocked", "ST-O5" },
  { "BASE",
    "review.is_required=true;review.outcome=not_pass;defence.is_received=false;hearing.state=none",
    "ST-O1 ST-O2 ST-O3 ST-O4 ST-O6", "ST-O7", "not_reached", "" },
  { "BASE", "review.is_required=true;defence.is_received=false;hearing.state=none",
    "ST-O1 ST-O2 ST-O3 ST-O4 ST-O5 ST-O6", "ST-O7", "open", "" },
  { "BASE", "defence.is_received=false;hearing.state=none", "ST-O1 ST-O2 ST-O3 ST-O4 ST-O5",
    "ST-O7", "unknown", "" },
  /* a review that sent the case back is to be done again */
  { "BASE",
    "review.is_required=true;review.outcome=return;hearing.state=none;"
    "defence.is_received=false",
    "ST-O1 ST-O2 ST-O3 ST-O4 ST-O5 ST-O6 !ST-O6", "ST-O7", "blocked", "ST-O6" },
  { "BASE", "review.outcome=return", "ST-O1 ST-O2 ST-O3 !ST-O3 ST-O6", "ST-O3", "open", "" },
  /* the outcome says where it goes on */
  { "BASE", "case.outcome=penalise", "ST-O1 ST-O2 ST-O3 ST-O4 ST-O5 ST-O7", "ST-O8", "open", "" },
  { "BASE", "case.outcome=unproved", "ST-O1 ST-O2 ST-O3 ST-O4 ST-O5 ST-O7", "ST-O8", "not_reached",
    "" },
  { "BASE", "case.outcome=unproved", "ST-O1 ST-O2 ST-O3 ST-O4 ST-O5 ST-O7", "ST-O8x", "open", "" },
  { "BASE", "", "ST-O1 ST-O2 ST-O3 ST-O4 ST-O5 ST-O7", "ST-O8", "unknown", "" },
  { "BASE", "", "ST-O8 ST-O10", "ST-O11", "open", "" },
  { "BASE", "", "ST-O8", "ST-O13", "open", "" },
};

static const Row hearing_rows[] = {
  { "BASE", "", "", "ST-H1", "open", "" },
  { "BASE", "", "ST-H1", "ST-H2", "open", "" },
  { "BASE", "", "ST-H1", "ST-Hx", "open", "" },
  { "BASE", "", "ST-H1 ST-H2", "ST-H4", "not_reached", "" },
  { "BASE", "", "ST-H1 ST-H2 ST-H3", "ST-H4", "open", "" },
  { "BASE", "", "ST-H1 ST-H2 ST-H3 ST-H4", "ST-H5", "open", "" },
};

static void
state_done (JzFactSet *facts, const char *done)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) list = g_string_new ("procedure.stages=[");
  g_auto (GStrv) stages = g_strsplit (done, " ", -1);
  for (gsize i = 0; *done != '\0' && stages[i] != NULL; i++) {
    gboolean is_again = *stages[i] == '!';
    g_string_append_printf (list, "%s{\"stage\":\"%s\",\"state\":\"%s\"}", i > 0 ? "," : "",
                            stages[i] + is_again, is_again ? "redo" : "done");
  }
  g_string_append_c (list, ']');
  jz_fact_set_state (facts, list->str, &error);
  g_assert_no_error (error);
}

static void
check_row (const Row *row,
           const char *procedure_id,
           const JzRulebook *rulebook,
           const JzCalendar *calendar)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JzFactSet) facts = jz_fact_set_new (jz_rulebook_get_fact_vocabulary (rulebook));
  g_auto (GStrv) assignments = g_strsplit (row->facts, ";", -1);
  for (gsize i = 0; assignments[i] != NULL; i++) {
    if (*assignments[i] != '\0')
      g_assert_true (jz_fact_set_state (facts, assignments[i], NULL));
  }
  state_done (facts, row->done);
  const JzLimitFacts situation = { rulebook, calendar, jz_fact_set_get_facts (facts) };
  const JzProcedure *procedure =
    (const JzProcedure *)jz_rulebook_find (rulebook, JZ_RULE_PROCEDURE, procedure_id);
  g_autoptr (GPtrArray) standings = jz_procedure_get_standings (procedure, &situation, &error);
  g_assert_no_error (error);
  gboolean is_found = FALSE;
  for (guint i = 0; i < standings->len; i++) {
    const JzStageStanding *standing = g_ptr_array_index (standings, i);
    if (strcmp (standing->stage->rule.id, row->stage) != 0)
      continue;
    is_found = TRUE;
    const char *state = jz_stage_state_get_word (standing->state);
    if (strcmp (state, row->state) != 0)
      g_error ("%s in %s with “%s” after “%s” is %s, not %s.", row->stage, row->field, row->facts,
               row->done, state, row->state);
    g_assert_cmpuint (standing->unmet->len, ==, *row->because != '\0' ? 1 : 0);
    if (*row->because != '\0') {
      const JzStageOrder *order = g_ptr_array_index (standing->unmet, 0);
      g_assert_cmpstr (order->stage, ==, row->because);
      g_assert_cmpstr (order->sentence.zh, !=, "");
    }
    g_assert_true ((standing->state == JZ_STAGE_UNKNOWN) == (standing->missing->len > 0));
  }
  g_assert_true (is_found);
}

static void
check_rows (const Row *table, gsize n_rows, const char *procedure)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JzCalendar) calendar = jz_calendar_load_shipped (&error);
  g_assert_no_error (error);
  g_autoptr (GHashTable) rulebooks =
    g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify)jz_rulebook_unref);
  for (gsize i = 0; i < n_rows; i++) {
    JzRulebook *rulebook = g_hash_table_lookup (rulebooks, table[i].field);
    if (rulebook == NULL) {
      rulebook = jz_rulebook_load_shipped (table[i].field, &error);
      g_assert_no_error (error);
      g_hash_table_insert (rulebooks, (gpointer)table[i].field, rulebook);
    }
    check_row (&table[i], procedure, rulebook, calendar);
  }
}

static void
test_ordinary (void)
{
  check_rows (rows, G_N_ELEMENTS (rows), "PR-ORDINARY");
}

static void
test_hearing (void)
{
  check_rows (hearing_rows, G_N_ELEMENTS (hearing_rows), "PR-HEARING");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rules/procedure/ordinary", test_ordinary);
  g_test_add_func ("/rules/procedure/hearing", test_hearing);
  return g_test_run ();
}
