/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "office/document_findings.h"

#include "office/case_facts.h"
#include "office/documents.h"
#include "office/rulebooks.h"
#include "office/situation.h"

/* What is wrong in a document, or not as it should be (forms.md §4), for whoever writes it or is
 * asked to approve it: errors keep it from being final, warnings do not. Nobody is asked for what a
 * later step puts in. */

/**
 * jz_document_new_facts:
 * @reader: a store's database
 * @objects: the store's
 * @case_id: a case
 * @now: the time
 * @error: return location
 *
 * Returns: (transfer full) (nullable): what is known of the case now, with nothing that is tried
 */
JzCaseFacts *
jz_document_new_facts (JzConnection *reader,
                       JzObjects *objects,
                       const char *case_id,
                       JzInstant now,
                       GError **error)
{
  JzMaybeHash hash = { 0 };
  const JzRulebook *rulebook = NULL;

  if (!jz_tables_find_rulebook (reader, case_id, jz_instant_get_date (now), &hash, error))
    return NULL;
  if (hash.is_present) {
    rulebook = jz_rulebooks_get (objects, &hash.hash, error);
    if (rulebook == NULL)
      return NULL;
  }
  return jz_case_facts_new (reader, rulebook, NULL, case_id, G_MAXINT64, now, error);
}

static JzJson *
to_json (const JzFinding *finding)
{
  JzJson *json = jz_json_new_object ();

  jz_json_set_text (json, "field", finding->field);
  jz_json_set_text (json, "level", finding->level == JZ_FINDING_ERROR ? "error" : "warning");
  if (finding->rule != NULL)
    jz_json_set_text (json, "rule", finding->rule);
  jz_json_set_text (json, "sentence", finding->sentence);
  return json;
}

/**
 * jz_document_check_filling:
 * @reader: a store's database
 * @objects: the store's
 * @case_id: a case
 * @document: id of one of its documents
 * @filling: what is written in it
 * @now: the time
 * @error: return location
 *
 * Returns: (transfer full) (nullable): findings, as jz_document_find_findings()
 */
JzJson *
jz_document_check_filling (JzConnection *reader,
                           JzObjects *objects,
                           const char *case_id,
                           const char *document,
                           const JzFilling *filling,
                           JzInstant now,
                           GError **error)
{
  g_autoptr (JzJson) list = jz_json_new_array ();
  g_autoptr (GPtrArray) findings = NULL;
  g_autoptr (JzCaseFacts) facts = jz_document_new_facts (reader, objects, case_id, now, error);

  if (facts == NULL)
    return NULL;
  jz_case_facts_set_document (facts, document);
  findings = jz_filling_check (filling, now, &jz_case_facts_get_limits (facts)->facts);
  for (guint i = 0; i < findings->len; i++) {
    const JzFinding *finding = g_ptr_array_index (findings, i);
    if (!jz_document_field_comes_later (finding->field))
      jz_json_append (list, to_json (finding));
  }
  return jz_case_facts_finish (facts, error) ? g_steal_pointer (&list) : NULL;
}

/**
 * jz_document_find_findings:
 * @reader: a store's database
 * @objects: the store's
 * @case_id: a case
 * @document: id of one of its documents
 * @now: the time
 * @error: return location
 *
 * Of a document that is final there are none: it is not changed any more.
 *
 * Returns: (transfer full) (nullable): an array of objects `field`, `level` (`error` or `warning`),
 *   `rule` and `sentence`, in the order of the form
 */
JzJson *
jz_document_find_findings (JzConnection *reader,
                           JzObjects *objects,
                           const char *case_id,
                           const char *document,
                           JzInstant now,
                           GError **error)
{
  g_autoptr (JzStated) stated = jz_stated_load (reader, case_id, G_MAXINT64, error);
  g_autoptr (JzFilling) filling = NULL;
  JzDocument found;

  if (stated == NULL || !jz_document_find (stated, objects, document, &found, error))
    return NULL;
  if (found.id == NULL || found.state >= JZ_DOCUMENT_FINAL)
    return jz_json_new_array ();
  filling = jz_document_complete (&found, "", "", error);
  return filling != NULL
           ? jz_document_check_filling (reader, objects, case_id, document, filling, now, error)
           : NULL;
}
