/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gate-script.h"

#include <string.h>
#include <sys/wait.h>

#include "rules/rulebook.h"

#include "../base/test-calendar-data.h"

/* Every gate, refused and let through by acts (tests/domain/gate-acts.tsv): one by one, in a batch,
 * when a proposal is confirmed that was good when it was made, and by the command. */

static gint64
count_entries (GateScript *script)
{
  return test_office_count (&script->penalty.office, "SELECT count (*) FROM entry");
}

static void
assert_refused (const JzActOutcome *outcome, char **row)
{
  if (outcome->refusal == NULL)
    g_error ("%s does not refuse %s after: %s", row[0], row[3], row[2]);
  if (strcmp (jz_refusal_get_rule (outcome->refusal), row[0]) != 0)
    g_error ("%s refuses, not %s, %s after: %s (%s)", jz_refusal_get_rule (outcome->refusal),
             row[0], row[3], row[2], jz_refusal_get_sentence (outcome->refusal));
  g_assert_cmpuint (outcome->records->len, ==, 0);
  /* A fact that nobody stated shows nothing of the rule. */
  if (strstr (jz_refusal_get_sentence (outcome->refusal), "is not known") != NULL)
    g_error ("%s refuses %s after: %s only because: %s", row[0], row[3], row[2],
             jz_refusal_get_sentence (outcome->refusal));
}

/* The proposal that confirming refuses is no less made. */
static void
check_refuses (GateScript *script, char **row, const GateTry *try)
{
  for (guint n_times = 1; n_times <= 2; n_times++) {
    g_autoptr (JzActOutcome) outcome = NULL;
    gint64 n_done = test_office_count (
      &script->penalty.office, "SELECT count (*) FROM entry WHERE act NOT LIKE '%.propose'");
    outcome = gate_script_try (script, try, n_times);
    assert_refused (outcome, row);
    g_assert_cmpint (
      test_office_count (&script->penalty.office,
                         "SELECT count (*) FROM entry WHERE act NOT LIKE '%.propose'"),
      ==, n_done);
  }
}

static void
check_passes (GateScript *script, char **row, const GateTry *try)
{
  g_autoptr (JzActOutcome) outcome = gate_script_try (script, try, 1);
  g_autofree char *quoted = g_strdup_printf ("\"%s\"", row[0]);
  const JzJournalRecord *record;

  if (outcome->refusal != NULL)
    g_error ("%s refuses %s after: %s (%s)", jz_refusal_get_rule (outcome->refusal), row[3], row[2],
             jz_refusal_get_sentence (outcome->refusal));
  record = g_ptr_array_index (outcome->records, 0);
  if (strstr (strstr (record->payload, "\"rules\""), quoted) == NULL)
    g_error ("%s was not asked before %s", row[0], row[3]);
}

static void
check_confirming (GateScript *script, char **row, const char *proposal, const GateTry *try)
{
  gint64 n_entries = count_entries (script);

  for (guint n_times = 1; n_times <= 2; n_times++) {
    g_autoptr (JzActOutcome) outcome = gate_script_confirm (script, try, proposal, n_times);
    assert_refused (outcome, row);
  }
  g_assert_cmpint (count_entries (script), ==, n_entries);
}

static char *
play_course (GateScript *script, char **row)
{
  g_auto (GStrv) steps = g_strsplit (row[2], " | ", -1);
  char *proposal = NULL;

  gate_script_begin (script);
  for (char **step = steps; *step != NULL; step++)
    if (strcmp (*step, "propose") == 0) {
      g_auto (GateTry) try = { 0 };
      g_autoptr (JzActOutcome) outcome = NULL;
      gate_script_read (script, row[3], &try);
      outcome = gate_script_propose (script, &try, 1);
      if (outcome->refusal != NULL)
        g_error ("%s: %s cannot be proposed after: %s (%s)", row[0], row[3], row[2],
                 jz_refusal_get_sentence (outcome->refusal));
      proposal = gate_outcome_dup_hash (outcome);
    } else {
      gate_script_step (script, *step);
    }
  return proposal;
}

static void
check_row (GateScript *script, char **row)
{
  g_autofree char *proposal = play_course (script, row);
  g_auto (GateTry) try = { 0 };

  gate_script_read (script, row[3], &try);
  if (strcmp (row[1], "refuses") == 0)
    check_refuses (script, row, &try);
  else if (strcmp (row[1], "passes") == 0)
    check_passes (script, row, &try);
  else if (strcmp (row[1], "confirming") == 0 && proposal != NULL)
    check_confirming (script, row, proposal, &try);
  else
    g_error ("%s %s is no verdict, or proposes nothing", row[0], row[1]);
}

static gboolean
is_gate (char **row)
{
  return strcmp (row[0], "act") != 0;
}

/* One office for all rows but those that move the clock. */
static GateScript shared;
static GPtrArray *table;

static void
test_gate (gconstpointer data)
{
  for (guint i = 0; i < table->len; i++) {
    char **row = g_ptr_array_index (table, i);
    if (strcmp (row[0], data) != 0)
      continue;
    if (strstr (row[2], "wait ") != NULL) {
      g_auto (GateScript) own = { 0 };
      gate_script_init (&own, table);
      check_row (&own, row);
    } else {
      if (shared.acts == NULL)
        gate_script_init (&shared, table);
      check_row (&shared, row);
    }
  }
}

/* What was played is what verify asks again: every entry passes, and none more is there. */
static void
test_sound (void)
{
  g_assert_nonnull (shared.acts);
  test_office_close (&shared.penalty.office);
  test_assert_sound (shared.penalty.office.path);
}

static gboolean
has_row (const char *gate, const char *verdict)
{
  for (guint i = 0; i < table->len; i++) {
    char **row = g_ptr_array_index (table, i);
    if (strcmp (row[0], gate) == 0 && strcmp (row[1], verdict) == 0)
      return TRUE;
  }
  return FALSE;
}

static void
test_is_complete (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JzRulebook) rulebook = jz_rulebook_load_shipped ("HR", &error);
  const GPtrArray *gates;

  g_assert_no_error (error);
  gates = jz_rulebook_get_rules (rulebook, JZ_RULE_GATE);
  for (guint i = 0; i < gates->len; i++) {
    const char *id = ((const JzRule *)g_ptr_array_index (gates, i))->id;
    if (!has_row (id, "refuses") || !has_row (id, "passes"))
      g_error ("%s is not both refused and let through by acts", id);
  }
}

static const char *juanzongctl;

/* The command refuses what the library does, says by which rule, and leaves with its status. */
static void
check_by_do (char **row)
{
  g_auto (GateScript) script = { 0 };
  g_auto (GateTry) try = { 0 };
  g_autofree char *proposal = NULL;
  g_autofree char *act = NULL;
  g_autofree char *args = NULL;
  g_autofree char *passwords = NULL;
  g_autofree char *said = NULL;
  g_autoptr (GError) error = NULL;
  char clock[JZ_INSTANT_SIZE];
  int status = -1;

  gate_script_init (&script, table);
  proposal = play_course (&script, row);
  gate_script_read (&script, row[3], &try);
  act = g_strconcat (try.act, try.other != NULL ? ".propose" : NULL, NULL);
  args = jz_json_to_canonical (try.args, NULL);
  passwords = g_build_filename (script.penalty.office.folder, "password", NULL);
  g_assert_true (g_file_set_contents (passwords, TEST_PASSWORD, -1, &error));
  jz_instant_format (jz_clock_now (script.penalty.office.clock), clock);
  test_office_close (&script.penalty.office);
  {
    const char *command[] = { juanzongctl, "do",  script.penalty.office.path, "--as",    try.who,
                              "--clock",   clock, "--password-file",          passwords, act,
                              args,        NULL };
    g_assert_true (
      g_spawn_sync (NULL, (char **)command, NULL, 0, NULL, NULL, NULL, &said, &status, &error));
  }
  g_assert_no_error (error);
  if (!WIFEXITED (status) || WEXITSTATUS (status) != 3 || strstr (said, row[0]) == NULL)
    g_error ("%s by the command ended with %d: %s", row[0], WEXITSTATUS (status), said);
}

static void
test_by_do (void)
{
  guint n_rows = 0;

  for (guint i = 0; i < table->len; i++) {
    char **row = g_ptr_array_index (table, i);
    if (!is_gate (row) || g_strv_length (row) < 5)
      continue;
    check_by_do (row);
    n_rows++;
  }
  g_assert_cmpuint (n_rows, >=, 5);
}

static void
add_gates (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < table->len; i++) {
    char **row = g_ptr_array_index (table, i);
    g_autofree char *path = g_strconcat ("/office/gate-acts/", row[0], NULL);
    if (is_gate (row) && g_hash_table_add (seen, row[0]))
      g_test_add_data_func (path, row[0], test_gate);
  }
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (argc, ==, 2);
  juanzongctl = argv[1];
  table = test_load_table ("gate-acts.tsv");
  g_test_add_func ("/office/gate-acts/is-complete", test_is_complete);
  add_gates ();
  g_test_add_func ("/office/gate-acts/sound", test_sound);
  g_test_add_func ("/office/gate-acts/by-do", test_by_do);
  status = g_test_run ();
  if (shared.acts != NULL)
    gate_script_clear (&shared);
  g_ptr_array_unref (table);
  return status;
}
