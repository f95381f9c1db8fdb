/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "office/case_facts-private.h"
#include "office/check.h"
#include "office/documents.h"

/* The decision basis (design §5): what a review passes on, and what an approval and a decision are
 * held to. A hash over party, conduct, citations, kinds, amounts, evidence and the text of the
 * decision, of which only what its form calls decisive counts, so that the number of a notice or of
 * an opinion does not change the basis; notices, services, receipts and waivers do not touch it. */

static const char *const parts[] = {
  "case.discretion_reason", "decision.basis", "decision.confiscated", "decision.educated",
  "decision.fine",          "decision.kinds", "discretion.direction", "discretion.factors",
  "discretion.tier",        "matter.id",
};

static gboolean
is_part (const char *name)
{
  if (g_str_has_prefix (name, "party.") || g_str_has_prefix (name, "conduct."))
    return TRUE;
  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    if (strcmp (parts[i], name) == 0)
      return TRUE;
  return FALSE;
}

static void
take_fact (const char *name, const JzJson *value, gpointer data)
{
  if (is_part (name))
    jz_json_set_member (data, name, jz_json_copy (value));
}

static JzJson *
record_to_json (const JzStatedRecord *record)
{
  JzJson *json = jz_json_new_object ();
  GHashTableIter iter;
  gpointer name, value;

  g_hash_table_iter_init (&iter, record->fields);
  while (g_hash_table_iter_next (&iter, &name, &value))
    jz_json_set_member (json, name, jz_json_copy (value));
  return json;
}

static JzJson *
list_to_json (const JzStated *stated, const char *list)
{
  JzJson *json = jz_json_new_array ();
  const GPtrArray *records = jz_stated_get_records (stated);

  for (guint i = 0; i < records->len; i++) {
    const JzStatedRecord *record = g_ptr_array_index (records, i);
    if (strcmp (record->list, list) == 0 &&
        jz_stated_record_get (record, "excluded_reason") == NULL)
      jz_json_append (json, record_to_json (record));
  }
  return json;
}

/**
 * jz_case_facts_get_basis:
 * @self: facts of a case
 *
 * Returns: the hash of the decision basis
 */
JzHash
jz_case_facts_get_basis (const JzCaseFacts *self)
{
  g_autoptr (JzJson) json = jz_json_new_object ();
  const JzStatedRecord *draft = jz_stated_find_last (self->stated, JZ_LIST_DRAFT);
  const JzStatedRecord *decision = jz_document_find_decision (self->stated);

  jz_stated_foreach (self->stated, take_fact, json);
  jz_json_set_member (json, "evidence", list_to_json (self->stated, "evidence.items"));
  jz_json_set_member (json, "bound", list_to_json (self->stated, JZ_LIST_BINDING));
  if (draft != NULL)
    jz_json_set_member (json, "draft", record_to_json (draft));
  if (decision != NULL)
    jz_json_set_text (json, "decision", jz_stated_record_get_text (decision, "decisive"));
  return jz_arguments_hash (json);
}

/**
 * jz_situation_get_basis:
 * @self: a situation
 * @basis: (out): the decision basis of its case as it is before what is tried
 * @error: return location
 *
 * Returns: %FALSE only when it could not look
 */
gboolean
jz_situation_get_basis (const JzSituation *self, JzHash *basis, GError **error)
{
  g_autoptr (JzCaseFacts) facts = jz_case_facts_new (self->tables, NULL, NULL, self->case_id,
                                                     self->arrival - 1, self->now, error);

  if (facts == NULL)
    return FALSE;
  *basis = jz_case_facts_get_basis (facts);
  return TRUE;
}
