/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "office/case_facts-private.h"
#include "office/situation.h"

/* Who acts, who takes part, who is to be given a duty: computed from people, roles, credentials and
 * duties as they were (rules.md 1.0; G-01 to G-03, G-08 to G-13). */

#define DUTY_EVER                                                                                  \
  "SELECT count (*) FROM case_duty WHERE case_id = ?1 AND person = ?2 AND duty = 'handler' AND "   \
  "since <= ?3"

static gboolean
is_handler (JzCaseFacts *self, const char *person)
{
  return jz_case_facts_count (self, DUTY_EVER, self->case_id, person) > 0;
}

static char *
dup_name (JzCaseFacts *self, const char *person)
{
  return jz_case_facts_dup_text (
    self, "SELECT name FROM person WHERE id = ?1 AND ?2 = '' AND ?3 >= 0", person, "");
}

/* The last decision on a person's recusal counts. */
static gboolean
is_recused (JzCaseFacts *self, const char *person)
{
  const GPtrArray *records = jz_stated_get_records (self->stated);

  for (guint i = records->len; i-- > 0;) {
    const JzStatedRecord *record = g_ptr_array_index (records, i);
    const JzJson *granted = jz_stated_record_get (record, "granted");
    if (strcmp (record->list, JZ_LIST_RECUSAL) == 0 && granted != NULL &&
        strcmp (jz_stated_record_get_text (record, "person"), person) == 0)
      return jz_json_get_boolean (granted);
  }
  return FALSE;
}

/* Who acts in law: whoever approved on paper or by telephone, or else who performs the act; nobody
 * yet where it is only proposed. */
static const char *
get_actor (const JzCaseFacts *self)
{
  const char *approver = jz_case_facts_get_argument (self, "approver");

  if (self->situation == NULL)
    return "";
  if (approver[0] != '\0')
    return approver;
  return self->situation->is_proposal ? "" : self->situation->actor;
}

static JzFactState
get_person_name (JzCaseFacts *self, JzValue **value)
{
  g_autofree char *name = dup_name (self, get_actor (self));
  return jz_fact_has_text (value, name);
}

static JzFactState
person_is_handler (JzCaseFacts *self, JzValue **value)
{
  return jz_fact_is (value, is_handler (self, get_actor (self)));
}

static JzFactState
person_is_recused (JzCaseFacts *self, JzValue **value)
{
  return jz_fact_is (value, is_recused (self, get_actor (self)));
}

static gboolean
is_certified (JzCaseFacts *self, const char *person)
{
  char date[JZ_DATE_SIZE];

  jz_date_format (jz_case_facts_get_act_date (self), date);
  return jz_case_facts_count (
           self,
           "SELECT count (*) FROM credential WHERE person = ?1 AND valid_from <= ?2 AND "
           "valid_to >= ?2 AND NOT (state = 'suspended' AND state_from <= ?2) AND ?3 >= 0",
           person, date) > 0;
}

static char *
dup_credential (JzCaseFacts *self, const char *person)
{
  return jz_case_facts_dup_text (self,
                                 "SELECT number FROM credential WHERE person = ?1 AND ?2 = '' AND "
                                 "?3 >= 0 ORDER BY valid_to DESC, key DESC LIMIT 1",
                                 person, "");
}

/* Only who may be a handler counts as an officer (ACT-11). */
static gboolean
is_auxiliary (JzCaseFacts *self, const char *person)
{
  return jz_case_facts_count (self,
                              "SELECT count (*) FROM person_role WHERE person = ?1 AND role IN "
                              "('handler', 'section_head', 'approver', 'head') AND since <= ?3 "
                              "AND ?2 = ''",
                              person, "") == 0;
}

static void
set_text (JzRecord *record, const char *field, char *text)
{
  g_autofree char *owned = text;

  if (text != NULL)
    jz_record_set (record, field, jz_value_new_text (text));
  else
    jz_record_set_absent (record, field);
}

static void
add_officer (JzCaseFacts *self, JzValue *list, const char *person)
{
  JzRecord *record = jz_record_new ();

  set_text (record, "name", dup_name (self, person));
  set_text (record, "credential", dup_credential (self, person));
  jz_record_set (record, "is_certified", jz_value_new_bool (is_certified (self, person)));
  jz_record_set (record, "is_auxiliary", jz_value_new_bool (is_auxiliary (self, person)));
  jz_record_set (record, "is_recused", jz_value_new_bool (is_recused (self, person)));
  jz_value_append (list, record);
}

static GPtrArray *
list_handlers (JzCaseFacts *self)
{
  GPtrArray *persons = g_ptr_array_new_with_free_func (g_free);
  gboolean has_row = FALSE;
  g_autoptr (JzStatement) rows = NULL;

  if (self->error != NULL)
    return persons;
  rows = jz_connection_query (self->tables, &self->error,
                              "SELECT person FROM case_duty WHERE case_id = ?1 AND duty = "
                              "'handler' AND since <= ?2 AND (ended = 0 OR ended > ?2) ORDER BY "
                              "since, person",
                              "ti", self->case_id, self->until);
  while (rows != NULL && jz_statement_step (rows, &has_row, &self->error) && has_row)
    g_ptr_array_add (persons, g_strdup (jz_statement_get_text (rows, 0)));
  return persons;
}

/* Those whom the act names; a case is filed with its handlers. */
static JzFactState
get_officers (JzCaseFacts *self, JzValue **value)
{
  const JzJson *named =
    self->situation != NULL ? jz_json_get_member (self->situation->args, "officers") : NULL;

  if (named == NULL &&
      (self->situation == NULL || strcmp (self->situation->act->name, "case.file") != 0))
    return JZ_FACT_ABSENT;
  *value = jz_value_new_list ();
  if (named != NULL) {
    for (guint i = 0; i < jz_json_get_n_items (named); i++)
      add_officer (self, *value, jz_json_get_text (jz_json_get_item (named, i)));
  } else {
    g_autoptr (GPtrArray) persons = list_handlers (self);
    for (guint i = 0; i < persons->len; i++)
      add_officer (self, *value, g_ptr_array_index (persons, i));
  }
  return JZ_FACT_PRESENT;
}

static JzFactState
get_handlers (JzCaseFacts *self, JzValue **value)
{
  g_autoptr (GPtrArray) persons = list_handlers (self);

  *value = jz_value_new_list ();
  for (guint i = 0; i < persons->len; i++) {
    const char *person = g_ptr_array_index (persons, i);
    JzRecord *record = jz_record_new ();
    jz_record_set (record, "person", jz_value_new_text (person));
    set_text (record, "name", dup_name (self, person));
    set_text (record, "credential", dup_credential (self, person));
    jz_value_append (*value, record);
  }
  return JZ_FACT_PRESENT;
}

static JzFactState
get_act_date (JzCaseFacts *self, JzValue **value)
{
  *value = jz_value_new_date (jz_case_facts_get_act_date (self));
  return JZ_FACT_PRESENT;
}

static const char *
get_assigned (const JzCaseFacts *self)
{
  return jz_case_facts_get_argument (self, "person");
}

static JzFactState
get_assigned_name (JzCaseFacts *self, JzValue **value)
{
  g_autofree char *name = dup_name (self, get_assigned (self));
  return jz_fact_has_text (value, name);
}

/* The act that assigns a reviewer says no duty. */
static JzFactState
get_assigned_role (JzCaseFacts *self, JzValue **value)
{
  const char *duty = jz_case_facts_get_argument (self, "duty");

  if (get_assigned (self)[0] == '\0')
    return JZ_FACT_ABSENT;
  *value = jz_value_new_choice (duty[0] != '\0' ? duty : "reviewer");
  return JZ_FACT_PRESENT;
}

static JzFactState
assigned_is_sole_handler (JzCaseFacts *self, JzValue **value)
{
  g_autoptr (GPtrArray) persons = list_handlers (self);
  const char *assigned = get_assigned (self);
  gboolean is_sole = TRUE;

  for (guint i = 0; i < persons->len; i++)
    is_sole = is_sole && strcmp (g_ptr_array_index (persons, i), assigned) == 0;
  return jz_fact_is (value, is_sole);
}

static JzFactState
assigned_is_handler (JzCaseFacts *self, JzValue **value)
{
  return jz_fact_is (value, is_handler (self, get_assigned (self)));
}

static JzFactState
assigned_is_recused (JzCaseFacts *self, JzValue **value)
{
  return jz_fact_is (value, is_recused (self, get_assigned (self)));
}

static void
add_role (JzValue *list, const char *role)
{
  JzRecord *record = jz_record_new ();

  jz_record_set (record, "role", jz_value_new_choice (role));
  jz_value_append (list, record);
}

/* Who registered the lead is its registrar, which is no duty but an act. */
static JzFactState
get_assigned_held (JzCaseFacts *self, JzValue **value)
{
  const char *person = get_assigned (self);
  gboolean has_row = FALSE;
  g_autoptr (JzStatement) rows = NULL;

  if (person[0] == '\0' || self->error != NULL)
    return JZ_FACT_UNKNOWN;
  rows = jz_connection_query (self->tables, &self->error,
                              "SELECT duty FROM case_duty WHERE case_id = ?1 AND person = ?2 AND "
                              "since <= ?3 ORDER BY duty",
                              "tti", self->case_id, person, self->until);
  *value = jz_value_new_list ();
  while (rows != NULL && jz_statement_step (rows, &has_row, &self->error) && has_row)
    add_role (*value, jz_statement_get_text (rows, 0));
  if (jz_case_facts_count (self,
                           "SELECT count (*) FROM case_file WHERE id = ?1 AND opened_by = ?2 AND "
                           "?3 >= 0",
                           self->case_id, person) > 0)
    add_role (*value, "registrar");
  return JZ_FACT_PRESENT;
}

static const char *
get_host (const JzCaseFacts *self)
{
  const JzStatedRecord *hearing = jz_stated_find_last (self->stated, JZ_LIST_HEARING);
  return hearing != NULL ? jz_stated_record_get_text (hearing, "host") : "";
}

static JzFactState
get_host_name (JzCaseFacts *self, JzValue **value)
{
  g_autofree char *name = dup_name (self, get_host (self));
  return jz_fact_has_text (value, name);
}

static JzFactState
host_is_investigator (JzCaseFacts *self, JzValue **value)
{
  if (get_host (self)[0] == '\0')
    return JZ_FACT_UNKNOWN;
  return jz_fact_is (value, is_handler (self, get_host (self)));
}

static JzFactState
host_is_recused (JzCaseFacts *self, JzValue **value)
{
  if (get_host (self)[0] == '\0')
    return JZ_FACT_UNKNOWN;
  return jz_fact_is (value, is_recused (self, get_host (self)));
}

#define REVIEWER                                                                                   \
  "SELECT person FROM case_duty WHERE case_id = ?1 AND duty = 'reviewer' AND since <= ?3 AND "     \
  "(ended = 0 OR ended > ?3) AND ?2 = '' ORDER BY since DESC, person LIMIT 1"

static JzFactState
get_reviewer_name (JzCaseFacts *self, JzValue **value)
{
  g_autofree char *person = jz_case_facts_dup_text (self, REVIEWER, self->case_id, "");
  g_autofree char *name = person != NULL ? dup_name (self, person) : NULL;
  return jz_fact_has_text (value, name);
}

static JzFactState
reviewer_is_handler (JzCaseFacts *self, JzValue **value)
{
  g_autofree char *person = jz_case_facts_dup_text (self, REVIEWER, self->case_id, "");
  return person != NULL ? jz_fact_is (value, is_handler (self, person)) : JZ_FACT_ABSENT;
}

const JzComputedFact jz_facts_of_people[] = {
  { "act.happened_on", get_act_date },
  { "act.officers", get_officers },
  { "act.person_is_handler", person_is_handler },
  { "act.person_is_recused", person_is_recused },
  { "act.person_name", get_person_name },
  { "assignment.held", get_assigned_held },
  { "assignment.is_handler", assigned_is_handler },
  { "assignment.is_recused", assigned_is_recused },
  { "assignment.is_sole_handler", assigned_is_sole_handler },
  { "assignment.name", get_assigned_name },
  { "assignment.role", get_assigned_role },
  { "case.handlers", get_handlers },
  { "hearing.host_is_investigator", host_is_investigator },
  { "hearing.host_is_recused", host_is_recused },
  { "hearing.host_name", get_host_name },
  { "review.reviewer_is_handler", reviewer_is_handler },
  { "review.reviewer_name", get_reviewer_name },
  { NULL },
};
