/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "office/review_question.h"

#include <string.h>

/* What the reviewer asked the handler (问承办人), and what he answered (ux.md §7). */

static gboolean
set_who (JzConnection *reader,
         gint64 arrival,
         const char *by,
         const char *time,
         JzJson *json,
         GError **error)
{
  gboolean has_row = FALSE;
  g_autoptr (JzStatement) row = jz_connection_query (
    reader, error,
    "SELECT name, time FROM entry JOIN person ON person.id = entry.actor WHERE arrival = ?", "i",
    arrival);

  if (row == NULL || !jz_statement_step (row, &has_row, error))
    return FALSE;
  if (has_row) {
    jz_json_set_text (json, by, jz_statement_get_text (row, 0));
    jz_json_set_text (json, time, jz_statement_get_text (row, 1));
  }
  return TRUE;
}

/**
 * jz_review_find_reply:
 * @stated: what was stated of a case
 * @question: id of a question
 *
 * Returns: (transfer none) (nullable): the answer that was given last
 */
const JzStatedRecord *
jz_review_find_reply (const JzStated *stated, const char *question)
{
  const GPtrArray *records = jz_stated_get_records (stated);

  for (guint i = records->len; i-- > 0;) {
    const JzStatedRecord *record = g_ptr_array_index (records, i);
    if (strcmp (record->list, JZ_LIST_REPLY) == 0 &&
        strcmp (jz_stated_record_get_text (record, "question"), question) == 0)
      return record;
  }
  return NULL;
}

static JzJson *
describe (JzConnection *reader,
          const JzStated *stated,
          const JzStatedRecord *record,
          GError **error)
{
  const JzStatedRecord *reply = jz_review_find_reply (stated, record->id);
  const char *link = jz_stated_record_get_text (record, "link");
  g_autoptr (JzJson) json = jz_json_new_object ();

  jz_json_set_text (json, "id", record->id);
  jz_json_set_text (json, "text", jz_stated_record_get_text (record, "text"));
  if (link[0] != '\0')
    jz_json_set_text (json, "link", link);
  if (!set_who (reader, record->arrival, "by", "time", json, error))
    return NULL;
  if (reply == NULL)
    return g_steal_pointer (&json);
  jz_json_set_text (json, "answer", jz_stated_record_get_text (reply, "text"));
  return set_who (reader, reply->arrival, "answered_by", "answered", json, error)
           ? g_steal_pointer (&json)
           : NULL;
}

/**
 * jz_review_questions_list:
 * @reader: a store's database
 * @stated: what was stated of a case
 * @error: return location
 *
 * Returns: (transfer full) (nullable): an array of objects, oldest first: `id`, `text`, `link` to a
 *   place in the case, `by` and `time`, and once it is answered `answer`, `answered_by`, `answered`
 */
JzJson *
jz_review_questions_list (JzConnection *reader, const JzStated *stated, GError **error)
{
  const GPtrArray *records = jz_stated_get_records (stated);
  g_autoptr (JzJson) list = jz_json_new_array ();

  for (guint i = 0; i < records->len; i++) {
    const JzStatedRecord *record = g_ptr_array_index (records, i);
    JzJson *json;
    if (strcmp (record->list, JZ_LIST_QUESTION) != 0)
      continue;
    json = describe (reader, stated, record, error);
    if (json == NULL)
      return NULL;
    jz_json_append (list, json);
  }
  return g_steal_pointer (&list);
}
