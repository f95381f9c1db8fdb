/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gate-script.h"

#include <stdlib.h>
#include <string.h>

/* Steps are few and written by us, so whatever is wrong with one ends the test with a sentence. */

static const char *const stages[] = {
  [PENALTY_LEAD] = "lead",         [PENALTY_FILED] = "filed",
  [PENALTY_PROVED] = "proved",     [PENALTY_DRAFTED] = "drafted",
  [PENALTY_NOTIFIED] = "notified", [PENALTY_SUBMITTED] = "submitted",
  [PENALTY_REVIEWED] = "reviewed", [PENALTY_EXAMINED] = "examined",
  [PENALTY_APPROVED] = "approved", [PENALTY_DECIDED] = "decided",
};

static void
set_word (GateScript *self, const char *name, char *value)
{
  g_hash_table_insert (self->words, g_strdup (name), value);
}

static void
add_person (GateScript *self, const char *name, const char *roles, const char *valid_to)
{
  TestOffice *office = &self->penalty.office;
  char *person = test_office_add_person (office, name, roles);

  if (valid_to != NULL)
    test_office_do (office, "admin", "credential.add",
                    "{'person':'%s','number':'B-%s','issuer':'某某市人民政府','valid_from':"
                    "'2022-01-01','valid_to':'%s'}",
                    person, name, valid_to);
  set_word (self, name, person);
}

/* Beside the people of the fixture: one whose credential ran out, one who only helps, one who is
 * handler and approver at once, and who checks and releases what is published. */
static void
add_people (GateScript *self)
{
  static const char *const known[] = { "handler",  "other",     "reviewer",
                                       "approver", "archivist", "section_head" };
  TestOffice *office = &self->penalty.office;

  for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
    set_word (self, known[i], test_office_get_person (office, known[i]));
  add_person (self, "late", "handler", "2025-01-01");
  add_person (self, "helper", "clerk", "2027-12-31");
  add_person (self, "both", "handler|approver|reviewer", "2027-12-31");
  add_person (self, "checker", "checker", NULL);
  add_person (self, "publisher", "publisher", NULL);
  test_office_certify (office, "both");
  test_office_certify (office, "checker");
  test_office_certify (office, "publisher");
}

void
gate_script_init (GateScript *self, GPtrArray *rows)
{
  *self = (GateScript){ .acts = g_hash_table_new (g_str_hash, g_str_equal) };
  self->words = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (guint i = 0; i < rows->len; i++) {
    char **row = g_ptr_array_index (rows, i);
    if (strcmp (row[0], "act") == 0)
      g_hash_table_insert (self->acts, row[1], row);
  }
  penalty_init (&self->penalty);
  add_people (self);
}

void
gate_script_clear (GateScript *self)
{
  g_hash_table_unref (self->acts);
  g_hash_table_unref (self->words);
  g_free ((char *)self->penalty.party_number);
  penalty_clear (&self->penalty);
}

void
gate_script_begin (GateScript *self)
{
  if (self->n_cases > 0)
    g_free ((char *)self->penalty.party_number);
  penalty_reset (&self->penalty);
  self->penalty.party_number = g_strdup_printf ("示例-%d", ++self->n_cases + 100);
  self->next = PENALTY_LEAD;
}

/* Longer names first would matter only if one began with another; none does. */
static char *
fill (GateScript *self, const char *text)
{
  GString *filled = g_string_new (text);
  g_autofree char *fine = g_strdup_printf ("%d", self->penalty.fine);
  GHashTableIter iter;
  gpointer name, value;

  g_hash_table_iter_init (&iter, self->words);
  while (g_hash_table_iter_next (&iter, &name, &value)) {
    g_autofree char *word = g_strdup_printf ("$%s\"", (char *)name);
    g_autofree char *put = g_strdup_printf ("%s\"", (char *)value);
    g_string_replace (filled, word, put, 0);
  }
  g_string_replace (filled, "$case", self->penalty.id != NULL ? self->penalty.id : "", 0);
  g_string_replace (filled, "$decision",
                    self->penalty.decision != NULL ? self->penalty.decision : "", 0);
  g_string_replace (filled, "$fine", fine, 0);
  g_string_replace (filled, "$tier", self->penalty.tier, 0);
  g_string_replace (filled, "$matter", self->penalty.matter, 0);
  return g_string_free (filled, FALSE);
}

static JzJson *
parse (GateScript *self, const char *text)
{
  g_autofree char *filled = fill (self, text);
  g_autoptr (GError) error = NULL;
  JzJson *json = jz_json_parse (filled, strlen (filled), &error);

  if (json == NULL)
    g_error ("%s: %s", filled, error->message);
  return json;
}

/* A null takes an argument away. */
static void
merge (JzJson *args, const JzJson *changes)
{
  for (guint i = 0; i < jz_json_get_n_items (changes); i++) {
    const char *name = jz_json_get_name (changes, i);
    const JzJson *value = jz_json_get_item (changes, i);
    if (jz_json_get_kind (value) == JZ_JSON_NULL)
      jz_json_remove_member (args, name);
    else
      jz_json_set_member (args, name, jz_json_copy (value));
  }
}

static const char *
find_usual (GateScript *self, const char *act, guint column)
{
  char **row = g_hash_table_lookup (self->acts, act);

  if (row == NULL)
    g_error ("the table does not say how %s is usually done", act);
  return row[column];
}

void
gate_script_read (GateScript *self, const char *step, GateTry *try)
{
  g_auto (GStrv) parts = g_strsplit (step, " ", 2);
  const char *colon = strchr (parts[0], ':');
  const char *who;

  *try = (GateTry){ .act = g_strdup (colon != NULL ? colon + 1 : parts[0]) };
  try->who = colon != NULL ? g_strndup (parts[0], (gsize)(colon - parts[0]))
                           : g_strdup (find_usual (self, try->act, 2));
  who = strchr (try->who, '>');
  try->other = who != NULL ? g_strdup (who + 1) : NULL;
  try->who[strcspn (try->who, ">")] = '\0';
  try->args = parse (self, find_usual (self, try->act, 3));
  if (self->penalty.id != NULL)
    jz_json_set_text (try->args, "case", self->penalty.id);
  if (penalty_names_decision (try->act)) {
    if (self->penalty.decision == NULL)
      penalty_write_decision (&self->penalty);
    jz_json_set_text (try->args, "document", self->penalty.decision);
  }
  if (parts[1] != NULL) {
    g_autoptr (JzJson) changes = parse (self, parts[1]);
    merge (try->args, changes);
  }
}

void
gate_try_clear (GateTry *self)
{
  g_free (self->who);
  g_free (self->other);
  g_free (self->act);
  g_clear_pointer (&self->args, jz_json_unref);
}

static JzActOutcome *
perform (GateScript *self, const char *who, const char *act, const JzJson *args, guint n_times)
{
  const JzJson *all[] = { args, args };
  g_autoptr (GError) error = NULL;
  JzActOutcome *outcome =
    test_office_try_batch (&self->penalty.office, who, act, all, n_times, &error);

  if (outcome == NULL)
    g_error ("%s of %s: %s", act, who, error->message);
  return outcome;
}

JzActOutcome *
gate_script_propose (GateScript *self, const GateTry *try, guint n_times)
{
  g_autofree char *act = g_strconcat (try->act, ".propose", NULL);
  return perform (self, try->who, act, try->args, n_times);
}

JzActOutcome *
gate_script_confirm (GateScript *self, const GateTry *try, const char *proposal, guint n_times)
{
  g_autoptr (JzJson) args = jz_json_new_object ();

  jz_json_set_text (args, "case", self->penalty.id);
  jz_json_set_text (args, "proposal", proposal);
  return perform (self, try->other, try->act, args, n_times);
}

char *
gate_outcome_dup_hash (const JzActOutcome *outcome)
{
  const JzJournalRecord *record = g_ptr_array_index (outcome->records, 0);
  char hex[JZ_HASH_HEX_SIZE];

  jz_hash_to_hex (&record->hash, hex);
  return g_strdup (hex);
}

JzActOutcome *
gate_script_try (GateScript *self, const GateTry *try, guint n_times)
{
  g_autoptr (JzActOutcome) proposed = NULL;
  g_autofree char *hash = NULL;

  if (try->other == NULL)
    return perform (self, try->who, try->act, try->args, n_times);
  proposed = gate_script_propose (self, try, n_times);
  if (proposed->refusal != NULL)
    return g_steal_pointer (&proposed);
  hash = gate_outcome_dup_hash (proposed);
  return gate_script_confirm (self, try, hash, n_times);
}

static void
do_act (GateScript *self, const char *step)
{
  g_auto (GateTry) try = { 0 };
  g_autoptr (JzActOutcome) outcome = NULL;
  const JzJournalRecord *record;
  g_autofree char *entry = NULL;

  gate_script_read (self, step, &try);
  outcome = gate_script_try (self, &try, 1);
  if (outcome->refusal != NULL)
    g_error ("“%s” was refused by %s: %s", step, jz_refusal_get_rule (outcome->refusal),
             jz_refusal_get_sentence (outcome->refusal));
  record = g_ptr_array_index (outcome->records, 0);
  entry = jz_entry_get_id (record->entry);
  set_word (self, "last", g_strconcat (entry, "-1", NULL));
}

static void
set_variable (GateScript *self, const char *name, const char *value)
{
  if (strcmp (name, "fine") == 0)
    self->penalty.fine = atoi (value);
  else if (strcmp (name, "matter") == 0)
    self->penalty.matter = g_intern_string (value);
  else if (strcmp (name, "tier") == 0)
    self->penalty.tier = g_intern_string (value);
  else if (strcmp (name, "elements") == 0)
    self->penalty.n_elements = atoi (value);
  else if (strcmp (name, "told") == 0)
    self->penalty.is_hearing_told = strcmp (value, "yes") == 0;
  else
    g_error ("a course sets %s, which there is not", name);
}

/* Another case, of the same party, is decided. */
static void
play_earlier (GateScript *self)
{
  Penalty *penalty = &self->penalty;
  char *id = g_steal_pointer (&penalty->id);
  char *decision = g_steal_pointer (&penalty->decision);

  penalty_play (penalty, PENALTY_LEAD, PENALTY_DECIDED);
  set_word (self, "earlier",
            g_strdup_printf (
              "罚决〔2025〕%d号",
              (int)test_office_count (&penalty->office, "SELECT count (*) FROM document_number")));
  g_free (penalty->id);
  g_free (penalty->decision);
  penalty->id = id;
  penalty->decision = decision;
}

static gboolean
play_stage (GateScript *self, const char *step)
{
  for (PenaltyStep stage = PENALTY_LEAD; stage <= PENALTY_DECIDED; stage++)
    if (strcmp (step, stages[stage]) == 0) {
      penalty_play (&self->penalty, self->next, stage);
      self->next = stage + 1;
      return TRUE;
    }
  return FALSE;
}

void
gate_script_step (GateScript *self, const char *step)
{
  const char *equal = strchr (step, '=');

  if (play_stage (self, step))
    return;
  if (strcmp (step, "skip") == 0) {
    self->next++;
  } else if (strcmp (step, "earlier") == 0) {
    play_earlier (self);
  } else if (g_str_has_prefix (step, "wait ")) {
    penalty_wait (&self->penalty, atoi (step + 5));
  } else if (equal != NULL && strchr (step, ' ') == NULL) {
    g_autofree char *name = g_strndup (step, (gsize)(equal - step));
    set_variable (self, name, equal + 1);
  } else {
    do_act (self, step);
  }
}
