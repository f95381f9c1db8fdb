/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "penalty-fixture.h"

#include <string.h>

#include "base/record.h"
#include "office/case_facts.h"
#include "office/fact_arguments.h"
#include "office/stated.h"
#include "rules/rulebook.h"

/* The office answers facts now and as of an entry, and every fact that a gate names. */

/* Acts of 4/4 bring these: publication, coercion. */
static const char *const owed[] = {
  "coercion.cost",
  "coercion.kind",
};

static gboolean
is_owed (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (owed); i++)
    if (strcmp (owed[i], name) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
names_fact (const char *text, const char *name)
{
  gsize length = strlen (name);

  for (const char *at = strstr (text, name); at != NULL; at = strstr (at + length, name)) {
    gboolean begins = at == text || (!g_ascii_isalnum (at[-1]) && strchr ("._", at[-1]) == NULL);
    if (begins && !g_ascii_isalnum (at[length]) && at[length] != '_')
      return TRUE;
  }
  return FALSE;
}

static void
collect (GHashTable *names, const JzExpression *condition)
{
  g_autofree char *text = condition != NULL ? jz_expression_to_text (condition) : NULL;
  guint n_facts = text != NULL ? jz_fact_vocabulary_get_n_facts (jz_office_get_facts ()) : 0;

  for (guint i = 0; i < n_facts; i++) {
    const JzFactDefinition *fact = jz_fact_vocabulary_get_fact (jz_office_get_facts (), i);
    if (names_fact (text, fact->name))
      g_hash_table_add (names, (gpointer)fact->name);
  }
}

static GHashTable *
collect_facts_of_gates (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JzRulebook) rulebook = jz_rulebook_load_shipped ("HR", &error);
  GHashTable *names = g_hash_table_new (g_str_hash, g_str_equal);
  const GPtrArray *gates, *triggers;

  g_assert_no_error (error);
  gates = jz_rulebook_get_rules (rulebook, JZ_RULE_GATE);
  for (guint i = 0; i < gates->len; i++) {
    const JzGateRule *gate = g_ptr_array_index (gates, i);
    for (guint j = 0; j < gate->on->len; j++)
      collect (names, ((const JzGateOn *)g_ptr_array_index (gate->on, j))->when);
    for (guint j = 0; j < gate->refusals->len; j++)
      collect (names, ((const JzGateRefusal *)g_ptr_array_index (gate->refusals, j))->when);
  }
  triggers = jz_rulebook_get_rules (rulebook, JZ_RULE_TRIGGER);
  for (guint i = 0; i < triggers->len; i++)
    collect (names, ((const JzTrigger *)g_ptr_array_index (triggers, i))->when);
  return names;
}

static void
test_every_fact_of_a_gate_is_answered (void)
{
  g_autoptr (GHashTable) names = collect_facts_of_gates ();
  GHashTableIter iter;
  gpointer name;
  guint n_missing = 0;

  g_assert_cmpuint (g_hash_table_size (names), >, 80);
  g_hash_table_iter_init (&iter, names);
  while (g_hash_table_iter_next (&iter, &name, NULL)) {
    gboolean is_answered = jz_case_facts_is_answered (name);
    if (is_answered == is_owed (name)) {
      n_missing++;
      g_test_message ("%s is %s", (char *)name,
                      is_answered ? "answered and listed as owed" : "not answered");
    }
  }
  g_assert_cmpuint (n_missing, ==, 0);
}

static gint64
get_fine (Penalty *penalty, gint64 until)
{
  g_autoptr (GError) error = NULL;
  JzStore *store = jz_office_get_store (penalty->office.office);
  JzConnection *reader = jz_store_lease_reader (store, &error);
  g_autoptr (JzCaseFacts) facts = jz_case_facts_new (reader, NULL, NULL, penalty->id, until,
                                                     jz_clock_now (penalty->office.clock), &error);
  JzFacts interface;
  g_autoptr (JzValue) value = NULL;
  JzFactState state;

  g_assert_no_error (error);
  interface = jz_case_facts_get_limits (facts)->facts;
  state = interface.get_fact (interface.data, "decision.fine", &value);
  g_assert_true (jz_case_facts_finish (facts, &error));
  g_clear_pointer (&facts, jz_case_facts_free);
  jz_store_return_reader (store, reader);
  return state == JZ_FACT_PRESENT ? jz_value_get_money (value) : -1;
}

static void
test_as_of_an_entry (void)
{
  g_auto (Penalty) penalty = { 0 };
  gint64 before, first, second;

  penalty_init (&penalty);
  penalty_play (&penalty, PENALTY_LEAD, PENALTY_PROVED);
  before = test_office_count (&penalty.office, "SELECT max (arrival) FROM entry");
  penalty_draft (&penalty, 200000);
  first = test_office_count (&penalty.office, "SELECT max (arrival) FROM entry");
  penalty_draft (&penalty, 300000);
  second = test_office_count (&penalty.office, "SELECT max (arrival) FROM entry");
  g_assert_cmpint (get_fine (&penalty, before), ==, -1);
  g_assert_cmpint (get_fine (&penalty, first), ==, 200000);
  g_assert_cmpint (get_fine (&penalty, second), ==, 300000);
}

static JzStated *
load (JzConnection *reader, const Penalty *penalty, gint64 until)
{
  g_autoptr (GError) error = NULL;
  JzStated *stated = jz_stated_load (reader, penalty->id, until, &error);

  g_assert_no_error (error);
  return stated;
}

static const char *
get_draft (const JzStated *stated)
{
  return jz_stated_record_get_text (jz_stated_find_last (stated, JZ_LIST_DRAFT), "text");
}

/* What one reader sees is read once, and is not what the next one sees; what is changed is a copy.
 */
static void
test_stated_is_shared (void)
{
  g_auto (Penalty) penalty = { 0 };
  g_autoptr (JzStated) first = NULL;
  g_autoptr (JzStated) again = NULL;
  g_autoptr (JzStated) earlier = NULL;
  g_autoptr (JzStated) later = NULL;
  g_autoptr (JzStated) copy = NULL;
  g_autoptr (JzJson) args = test_json ("{'text':'另一决定','decision.fine':100}");
  gboolean is_proposal = FALSE;
  const JzAct *act = jz_act_find ("decision.draft", &is_proposal);
  JzStore *store;
  JzConnection *reader;
  gint64 proved, drafted;

  penalty_init (&penalty);
  penalty_play (&penalty, PENALTY_LEAD, PENALTY_PROVED);
  proved = test_office_count (&penalty.office, "SELECT max (arrival) FROM entry");
  penalty_draft (&penalty, 200000);
  store = jz_office_get_store (penalty.office.office);
  drafted = test_office_count (&penalty.office, "SELECT max (arrival) FROM entry");
  reader = jz_store_lease_reader (store, NULL);
  first = load (reader, &penalty, G_MAXINT64);
  again = load (reader, &penalty, drafted);
  earlier = load (reader, &penalty, proved);
  g_assert_true (first == again);
  g_assert_true (first != earlier);
  g_assert_null (jz_stated_get (earlier, "decision.fine"));
  copy = jz_stated_copy (first);
  jz_stated_add (copy, act, args, drafted + 1);
  g_assert_cmpint (jz_stated_get_arrival (copy, "decision.fine"), ==, drafted + 1);
  g_assert_cmpint (jz_stated_get_arrival (first, "decision.fine"), <=, drafted);
  g_assert_cmpstr (get_draft (copy), ==, "另一决定");
  g_assert_cmpstr (get_draft (first), !=, "另一决定");
  jz_store_return_reader (store, reader);
  penalty_draft (&penalty, 300000);
  reader = jz_store_lease_reader (store, NULL);
  later = load (reader, &penalty, G_MAXINT64);
  g_assert_cmpint (jz_json_get_integer (jz_stated_get (later, "decision.fine")), ==, 300000);
  g_assert_cmpint (jz_json_get_integer (jz_stated_get (first, "decision.fine")), ==, 200000);
  jz_store_return_reader (store, reader);
}

static char *
get_attachment (Penalty *penalty, const char *case_id)
{
  g_autoptr (GError) error = NULL;
  JzStore *store = jz_office_get_store (penalty->office.office);
  JzConnection *reader = jz_store_lease_reader (store, &error);
  char *id = NULL;

  g_assert_true (jz_connection_get_text (
    reader, &id, &error, "SELECT id FROM attachment WHERE case_id = ?", "t", case_id));
  g_assert_no_error (error);
  jz_store_return_reader (store, reader);
  return id;
}

static gboolean
is_done (Penalty *penalty, const char *stage)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JzRulebook) rulebook = jz_rulebook_load_shipped ("HR", &error);
  JzStore *store = jz_office_get_store (penalty->office.office);
  JzConnection *reader = jz_store_lease_reader (store, &error);
  g_autoptr (JzCaseFacts) facts = jz_case_facts_new (
    reader, rulebook, NULL, penalty->id, G_MAXINT64, jz_clock_now (penalty->office.clock), &error);
  JzFacts interface = jz_case_facts_get_limits (facts)->facts;
  g_autoptr (JzValue) list = NULL;
  gboolean is_found = FALSE;

  g_assert_no_error (error);
  g_assert_cmpint (interface.get_fact (interface.data, "procedure.stages", &list), ==,
                   JZ_FACT_PRESENT);
  for (guint i = 0; i < jz_value_get_n_records (list); i++) {
    const JzValue *value = NULL;
    jz_record_get (jz_value_get_record (list, i), "stage", &value);
    is_found = is_found || strcmp (jz_value_get_text (value), stage) == 0;
  }
  g_clear_pointer (&facts, jz_case_facts_free);
  jz_store_return_reader (store, reader);
  return is_found;
}

static void
test_stages (void)
{
  g_auto (Penalty) penalty = { 0 };

  penalty_init (&penalty);
  penalty_play (&penalty, PENALTY_LEAD, PENALTY_LEAD);
  g_assert_true (is_done (&penalty, "ST-O1"));
  g_assert_false (is_done (&penalty, "ST-O2"));
  penalty_play (&penalty, PENALTY_FILED, PENALTY_FILED);
  g_assert_true (is_done (&penalty, "ST-O2"));
  g_assert_false (is_done (&penalty, "ST-O8"));
}

/* A recording is bound to a step of this case by a file of this case, and to nothing else. */
static void
test_recordings (void)
{
  g_auto (Penalty) penalty = { 0 };
  g_autofree char *other = NULL;
  g_autofree char *foreign = NULL;
  g_autofree char *own = NULL;

  penalty_init (&penalty);
  other = test_office_open_case (&penalty.office, "另一案");
  g_free (test_office_attach (&penalty.office, other, 100, 1));
  penalty_play (&penalty, PENALTY_LEAD, PENALTY_PROVED);
  g_free (test_office_attach (&penalty.office, penalty.id, 100, 2));
  foreign = get_attachment (&penalty, other);
  own = get_attachment (&penalty, penalty.id);
  {
    g_autofree char *wrong_file =
      g_strdup_printf ("'of':'%s','attachment':'%s'", penalty.inspection, foreign);
    g_autofree char *wrong_step = g_strdup_printf ("'of':'%s','attachment':'%s'", penalty.id, own);
    g_autofree char *right =
      g_strdup_printf ("'of':'%s','attachment':'%s'", penalty.inspection, own);
    penalty_refuse (&penalty, "handler", "recording.bind", "J-ATTACHMENT", wrong_file);
    penalty_refuse (&penalty, "handler", "recording.bind", "J-RECORD", wrong_step);
    penalty_refuse (&penalty, "handler", "case.close", "G-63",
                    "'happened':'2025-01-02','ground':'办结'");
    penalty_do (&penalty, "handler", "recording.bind", right);
  }
  penalty_refuse (&penalty, "handler", "case.close", "G-68",
                  "'happened':'2025-01-02','ground':'办结'");
  penalty_do (&penalty, "handler", "closing.state",
              "'case.closing_ground':'transferred','case.closing_ground_on':'2025-01-02'");
  penalty_do (&penalty, "handler", "case.close", "'happened':'2025-01-02','ground':'办结'");
  test_office_close (&penalty.office);
  test_assert_sound (penalty.office.path);
}

/* What is of the wrong form or cannot be is refused, each by its name. */
static void
test_wrong_values (void)
{
  static const char *const wrong[] = {
    "{'case':'%s','text':'x','decision.kinds':[{'kind':'whipping'}],'decision.basis':[],"
    "'decision.remedy':'none','decision.review_organ':'a','decision.court':'b',"
    "'discretion.direction':'general'}",
    "{'case':'%s','text':'x','decision.kinds':[{'weight':1}],'decision.basis':[],"
    "'decision.remedy':'none','decision.review_organ':'a','decision.court':'b',"
    "'discretion.direction':'general'}",
    "{'case':'%s','text':'x','decision.kinds':[],'decision.fine':-1,'decision.basis':[],"
    "'decision.remedy':'none','decision.review_organ':'a','decision.court':'b',"
    "'discretion.direction':'general'}",
    "{'case':'%s','text':'x','decision.kinds':[],'decision.fine':'many','decision.basis':[],"
    "'decision.remedy':'none','decision.review_organ':'a','decision.court':'b',"
    "'discretion.direction':'general'}",
  };
  g_auto (Penalty) penalty = { 0 };

  penalty_init (&penalty);
  penalty_play (&penalty, PENALTY_LEAD, PENALTY_LEAD);
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++) {
    g_autoptr (GError) error = NULL;
    g_auto (GStrv) parts = g_strsplit (wrong[i], "%s", 2);
    g_autofree char *text = g_strconcat (parts[0], penalty.id, parts[1], NULL);
    g_autoptr (JzActOutcome) outcome =
      test_office_try (&penalty.office, "handler", "decision.draft", &error, "%s", text);
    g_assert_null (outcome);
    g_assert_nonnull (error);
    g_clear_error (&error);
  }
  penalty_refuse (&penalty, "handler", "report.make", "J-DATE",
                  "'case.report_on':'2025-01-03','case.report_proposal':'罚款'");
  penalty_refuse (&penalty, "handler", "limit.exclude", "J-DATE",
                  "'procedure.exclusions.kind':'hearing','procedure.exclusions.started_on':"
                  "'2025-01-02','procedure.exclusions.ended_on':'2025-01-01'");
  penalty_refuse (&penalty, "handler", "party.state", "J-CODE",
                  "'party.kind':'company','party.name':'某某商贸有限公司','party.id_kind':'uscc',"
                  "'party.id_number':'91350100M000100Y44'");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/office/case-facts/every-fact-of-a-gate-is-answered",
                   test_every_fact_of_a_gate_is_answered);
  g_test_add_func ("/office/case-facts/as-of-an-entry", test_as_of_an_entry);
  g_test_add_func ("/office/case-facts/stages", test_stages);
  g_test_add_func ("/office/case-facts/stated-is-shared", test_stated_is_shared);
  g_test_add_func ("/office/case-facts/recordings", test_recordings);
  g_test_add_func ("/office/case-facts/wrong-values", test_wrong_values);
  return g_test_run ();
}
