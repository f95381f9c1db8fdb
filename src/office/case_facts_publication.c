/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "office/case_facts-private.h"
#include "office/case_due.h"
#include "office/documents.h"
#include "office/fact_arguments.h"
#include "office/publications.h"

/* What the gates and limits of publicity ask (G-60, G-61, G-69, TL-G01, TL-G05, TL-G10). Where an
 * act names the document, it is about that one; else about all of the case. */

static GPtrArray *
list (JzCaseFacts *self)
{
  GPtrArray *all = self->error == NULL
                     ? jz_publications_of_case (self->tables, self->case_id, &self->error)
                     : NULL;
  const char *document = jz_case_facts_get_argument (self, "document");

  for (guint i = all != NULL ? all->len : 0; document[0] != '\0' && i-- > 0;)
    if (strcmp (((JzPublication *)g_ptr_array_index (all, i))->document, document) != 0)
      g_ptr_array_remove_index (all, i);
  return all;
}

/* The newest copy of the decision that was made last. */
static JzPublicationCopy *
find_copy (JzCaseFacts *self)
{
  g_autoptr (GPtrArray) all = list (self);
  JzPublicationCopy *copy = NULL;

  for (guint i = all != NULL ? all->len : 0; copy == NULL && i-- > 0;)
    if (!jz_publication_find_copy (
          self->tables, ((JzPublication *)g_ptr_array_index (all, i))->copy, &copy, &self->error))
      return NULL;
  return copy;
}

static JzFactState
is_checked (JzCaseFacts *self, JzValue **value)
{
  g_autoptr (JzPublicationCopy) copy = find_copy (self);
  return jz_fact_is (value, copy != NULL && strcmp (copy->verdict, "pass") == 0);
}

static JzFactState
get_findings (JzCaseFacts *self, JzValue **value)
{
  g_autoptr (JzPublicationCopy) copy = find_copy (self);

  *value = jz_value_new_list ();
  for (guint i = 0; copy != NULL && i < jz_json_get_n_items (copy->findings); i++) {
    JzRecord *record = jz_record_new ();
    jz_record_set (record, "kind",
                   jz_value_new_choice (jz_json_get_text (jz_json_get_item (copy->findings, i))));
    jz_value_append (*value, record);
  }
  return JZ_FACT_PRESENT;
}

static gboolean
is_in_state (const GPtrArray *all, const char *a, const char *b)
{
  for (guint i = 0; all != NULL && i < all->len; i++) {
    const JzPublication *publication = g_ptr_array_index (all, i);
    if (strcmp (publication->state, a) == 0 || (b != NULL && strcmp (publication->state, b) == 0))
      return TRUE;
  }
  return FALSE;
}

static JzFactState
get_last_day (const GPtrArray *all, gsize offset, JzValue **value)
{
  const char *last = "";
  JzDate date;

  for (guint i = 0; all != NULL && i < all->len; i++) {
    const char *day = *(const char *const *)((const char *)g_ptr_array_index (all, i) + offset);
    if (strcmp (day, last) > 0)
      last = day;
  }
  if (!jz_date_parse (last, &date, NULL))
    return JZ_FACT_ABSENT;
  *value = jz_value_new_date (date);
  return JZ_FACT_PRESENT;
}

/* As long as one decision waits it is not done. */
static JzFactState
get_released_on (JzCaseFacts *self, JzValue **value)
{
  g_autoptr (GPtrArray) all = list (self);

  return is_in_state (all, "due", NULL)
           ? JZ_FACT_ABSENT
           : get_last_day (all, G_STRUCT_OFFSET (JzPublication, released_on), value);
}

static JzFactState
get_withdrawn_on (JzCaseFacts *self, JzValue **value)
{
  g_autoptr (GPtrArray) all = list (self);

  return is_in_state (all, "withdrawing", NULL)
           ? JZ_FACT_ABSENT
           : get_last_day (all, G_STRUCT_OFFSET (JzPublication, withdrawn_on), value);
}

static JzFactState
is_exempt (JzCaseFacts *self, JzValue **value)
{
  g_autoptr (GPtrArray) all = list (self);

  return jz_fact_is (value, is_in_state (all, "exempt", "dropped") &&
                              !is_in_state (all, "due", NULL) &&
                              !is_in_state (all, "released", "published"));
}

/* What is being withdrawn can still be seen somewhere. */
static JzFactState
is_public (JzCaseFacts *self, JzValue **value)
{
  g_autoptr (GPtrArray) all = list (self);

  for (guint i = 0; all != NULL && i < all->len; i++) {
    const JzPublication *publication = g_ptr_array_index (all, i);
    if (publication->released != 0 && strcmp (publication->state, "withdrawn") != 0)
      return jz_fact_is (value, TRUE);
  }
  return jz_fact_is (value, FALSE);
}

/* How long ago the last day of releasing it was; one that is only presumed counts for nothing. */
static JzFactState
get_days_late (JzCaseFacts *self, JzValue **value)
{
  const GPtrArray *limits = jz_rulebook_get_rules (self->limits.rulebook, JZ_RULE_LIMIT);
  JzFacts facts = jz_limit_facts_get_facts (&self->limits);
  JzDate today = jz_instant_get_date (self->now);
  int n_days = 0;

  for (guint i = 0; i < limits->len; i++) {
    const JzLimit *limit = g_ptr_array_index (limits, i);
    const JzAct *act = limit->ends != NULL ? jz_limit_find_act (limit) : NULL;
    JzDate due;
    if (act != NULL && strcmp (act->name, "publication.release") == 0 &&
        facts.get_limit_due (facts.data, limit->rule.id, &due) == JZ_FACT_PRESENT)
      n_days = MAX (n_days, jz_date_days_between (due, today));
  }
  *value = jz_value_new_int (n_days);
  return JZ_FACT_PRESENT;
}

static JzFactState
get_late_reason (JzCaseFacts *self, JzValue **value)
{
  return jz_fact_has_text (value, jz_case_facts_get_argument (self, JZ_LATE_REASON));
}

static gboolean
is_corrected_by (const JzStatedRecord *record, const GPtrArray *all)
{
  const char *corrects = jz_stated_record_get_text (record, "corrects");

  for (guint i = 0; all != NULL && i < all->len; i++)
    if (strcmp (((const JzPublication *)g_ptr_array_index (all, i))->document, corrects) == 0)
      return jz_document_record_get_state (record) < JZ_DOCUMENT_FINAL;
  return FALSE;
}

/* What is being corrected is collected anew as soon as the corrected one is final. */
static JzFactState
is_being_corrected (JzCaseFacts *self, JzValue **value)
{
  g_autoptr (GPtrArray) all = list (self);
  const GPtrArray *records = jz_stated_get_records (self->stated);
  gboolean is = FALSE;

  for (guint i = 0; i < records->len; i++) {
    const JzStatedRecord *record = g_ptr_array_index (records, i);
    is |= strcmp (record->list, JZ_LIST_DOCUMENT) == 0 && is_corrected_by (record, all);
  }
  return jz_fact_is (value, is);
}

static JzFactState
get_error_day (JzCaseFacts *self, const char *sql, JzValue **value)
{
  g_autofree char *text = NULL;
  JzDate date;

  if (self->error == NULL)
    (void)!jz_connection_get_text (self->tables, &text, &self->error, sql, "tt", self->case_id,
                                   jz_case_facts_get_argument (self, "document"));
  if (text == NULL || !jz_date_parse (text, &date, NULL))
    return JZ_FACT_ABSENT;
  *value = jz_value_new_date (date);
  return JZ_FACT_PRESENT;
}

#define OF_CASE " FROM publication_error WHERE case_id = ?1 AND ?2 IN ('', document)"

/* The first of those that are not done with; else the one that was done with last. */
static JzFactState
get_error_reported_on (JzCaseFacts *self, JzValue **value)
{
  return get_error_day (self,
                        "SELECT coalesce ((SELECT min (reported_on)" OF_CASE
                        " AND state = 'open'), (SELECT reported_on" OF_CASE
                        " ORDER BY closed_on DESC, key DESC LIMIT 1), '')",
                        value);
}

/* As long as one is open it is not done. */
static JzFactState
get_error_closed_on (JzCaseFacts *self, JzValue **value)
{
  return get_error_day (
    self, "SELECT iif (min (closed_on) = '', '', coalesce (max (closed_on), ''))" OF_CASE, value);
}

const JzComputedFact jz_facts_of_publication[] = {
  { "publication.days_late", get_days_late },
  { "publication.error_closed_on", get_error_closed_on },
  { "publication.error_reported_on", get_error_reported_on },
  { "publication.findings", get_findings },
  { "publication.is_being_corrected", is_being_corrected },
  { "publication.is_checked", is_checked },
  { "publication.is_exempt", is_exempt },
  { "publication.is_public", is_public },
  { "publication.late_reason", get_late_reason },
  { "publication.released_on", get_released_on },
  { "publication.withdrawn_on", get_withdrawn_on },
  { NULL },
};
