/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "office/dossier_use.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "office/attachments.h"
#include "office/file_access.h"
#include "office/recordings.h"

/* Who gets to see a dossier, and what of it (ux.md §4, AO-10): looking into what was stated. */

/**
 * jz_dossier_find_opening:
 * @stated: what was stated of a case
 * @id: id of an approval to give out the secondary volume
 *
 * Returns: (transfer none) (nullable): it
 */
const JzStatedRecord *
jz_dossier_find_opening (const JzStated *stated, const char *id)
{
  const GPtrArray *records = jz_stated_get_records (stated);

  for (guint i = 0; i < records->len; i++) {
    const JzStatedRecord *record = g_ptr_array_index (records, i);
    if (strcmp (record->list, JZ_LIST_OPENED) == 0 && strcmp (record->id, id) == 0)
      return record;
  }
  return NULL;
}

/**
 * jz_dossier_opening_is_used:
 * @stated: what was stated of a case
 * @id: id of an approval to give out the secondary volume
 *
 * Returns: whether something was given out or shown by it: it holds for one use
 */
gboolean
jz_dossier_opening_is_used (const JzStated *stated, const char *id)
{
  const GPtrArray *records = jz_stated_get_records (stated);

  for (guint i = 0; i < records->len; i++) {
    const JzStatedRecord *record = g_ptr_array_index (records, i);
    if ((strcmp (record->list, JZ_LIST_GIVEN) == 0 || strcmp (record->list, JZ_LIST_SHOWN) == 0) &&
        strcmp (jz_stated_record_get_text (record, "opening"), id) == 0)
      return TRUE;
  }
  return FALSE;
}

/**
 * jz_dossier_find_free_opening:
 * @stated: what was stated of a case
 * @use: `reconsideration`, `court` or `party`
 *
 * Returns: (transfer none) (nullable): the newest approval for that use by which nothing was given
 *   out yet
 */
const JzStatedRecord *
jz_dossier_find_free_opening (const JzStated *stated, const char *use)
{
  const GPtrArray *records = jz_stated_get_records (stated);

  for (guint i = records->len; i-- > 0;) {
    const JzStatedRecord *record = g_ptr_array_index (records, i);
    if (strcmp (record->list, JZ_LIST_OPENED) == 0 &&
        strcmp (jz_stated_record_get_text (record, "use"), use) == 0 &&
        !jz_dossier_opening_is_used (stated, record->id))
      return record;
  }
  return NULL;
}

/**
 * jz_dossier_opening_has:
 * @opening: an approval to give out the secondary volume
 * @document: id of a document of that volume
 *
 * Returns: whether it is among those that were approved; all are where none is named
 */
gboolean
jz_dossier_opening_has (const JzStatedRecord *opening, const char *document)
{
  const JzJson *pieces = jz_stated_record_get (opening, "pieces");

  if (pieces == NULL || jz_json_get_n_items (pieces) == 0)
    return TRUE;
  for (guint i = 0; i < jz_json_get_n_items (pieces); i++)
    if (strcmp (jz_json_get_text (jz_json_get_item (pieces, i)), document) == 0)
      return TRUE;
  return FALSE;
}

static const JzStatedRecord *
find_newest (const JzStated *stated, const char *list, const char *field, const char *value)
{
  const GPtrArray *records = jz_stated_get_records (stated);

  for (guint i = records->len; i-- > 0;) {
    const JzStatedRecord *record = g_ptr_array_index (records, i);
    if (strcmp (record->list, list) == 0 &&
        strcmp (jz_stated_record_get_text (record, field), value) == 0)
      return record;
  }
  return NULL;
}

/**
 * jz_dossier_find_cover:
 * @stated: what was stated of a case
 * @document: id of a document
 *
 * Returns: (transfer none) (nullable): the document as the party may read it, drawn last
 */
const JzStatedRecord *
jz_dossier_find_cover (const JzStated *stated, const char *document)
{
  return find_newest (stated, JZ_LIST_COVERED, "document", document);
}

/**
 * jz_dossier_is_cleared:
 * @stated: what was stated of a case
 * @attachment: id of a file
 *
 * Returns: whether somebody has said that it shows nothing of others, and nobody has taken it back
 */
gboolean
jz_dossier_is_cleared (const JzStated *stated, const char *attachment)
{
  const JzStatedRecord *record = find_newest (stated, JZ_LIST_CLEARED, "attachment", attachment);
  const JzJson *clear = record != NULL ? jz_stated_record_get (record, "clear") : NULL;

  return clear != NULL && jz_json_get_boolean (clear);
}

static gboolean
is_recording (const JzStated *stated, const char *attachment)
{
  const GPtrArray *records = jz_stated_get_records (stated);

  for (guint i = 0; i < records->len; i++) {
    const JzStatedRecord *record = g_ptr_array_index (records, i);
    const char *kind = jz_stated_record_get_text (record, "kind");
    if (strcmp (record->list, JZ_LIST_ATTACHMENT) == 0 && strcmp (record->id, attachment) == 0 &&
        (strcmp (kind, "video") == 0 || strcmp (kind, "audio") == 0))
      return TRUE;
    if (strcmp (record->list, JZ_LIST_RECORDING) == 0 &&
        strcmp (jz_stated_record_get_text (record, "attachment"), attachment) == 0)
      return TRUE;
  }
  return FALSE;
}

/**
 * jz_dossier_get_file_bar:
 * @stated: what was stated of a case
 * @attachment: id of a file of it
 * @today: the day
 *
 * Scans, pictures and what other programs wrote cannot be drawn anew without what is of others, so
 * they are only given where somebody has looked and says that nothing is; what is secret, only
 * where a head has allowed it for the party.
 *
 * Returns: what stands in the way of giving it to the party
 */
JzFileBar
jz_dossier_get_file_bar (const JzStated *stated, const char *attachment, JzDate today)
{
  const JzFileAccess access = { NULL, stated, NULL, today };
  g_autoptr (JzRefusal) refusal = NULL;

  jz_file_access_check_export (&access, attachment, "party", &refusal);
  if (refusal != NULL)
    return JZ_FILE_BARRED;
  if (is_recording (stated, attachment))
    return JZ_FILE_RECORDING;
  return jz_dossier_is_cleared (stated, attachment) ? JZ_FILE_FREE : JZ_FILE_NOT_CLEARED;
}

/**
 * jz_file_bar_word:
 * @bar: what stands in the way
 *
 * Returns: (transfer none): how an index says it, a few characters
 */
const char *
jz_file_bar_word (JzFileBar bar)
{
  switch (bar) {
  case JZ_FILE_NOT_CLEARED:
    return C_ ("left out", "left out");
  case JZ_FILE_RECORDING:
    return C_ ("left out", "recording, left out");
  case JZ_FILE_BARRED:
    return C_ ("left out", "closed, left out");
  case JZ_FILE_FREE:
  default:
    return C_ ("left out", "enclosed");
  }
}

static JzJson *
describe_document (const JzStated *stated, const JzStatedRecord *opening, const JzJson *row)
{
  const char *id = jz_json_get_member_text (row, "id");
  const JzStatedRecord *cover = jz_dossier_find_cover (stated, id);
  gint64 volume = jz_json_get_member_integer (row, "volume", 1);
  JzJson *json = jz_json_new_object ();

  jz_json_set_text (json, "id", id);
  jz_json_set_text (json, "title", jz_json_get_member_text (row, "title"));
  if (jz_json_get_member_text (row, "number") != NULL)
    jz_json_set_text (json, "number", jz_json_get_member_text (row, "number"));
  if (jz_json_get_member_text (row, "date") != NULL)
    jz_json_set_text (json, "date", jz_json_get_member_text (row, "date"));
  jz_json_set_integer (json, "volume", volume);
  jz_json_set_boolean (json, "open",
                       volume == 1 || (opening != NULL && jz_dossier_opening_has (opening, id)));
  if (cover != NULL) {
    const JzJson *redactions = jz_stated_record_get (cover, "redactions");
    jz_json_set_text (json, "cover", cover->id);
    jz_json_set_member (json, "copy", jz_json_copy (jz_stated_record_get (cover, "copy")));
    if (redactions != NULL)
      jz_json_set_member (json, "redactions", jz_json_copy (redactions));
  }
  return json;
}

static JzJson *
list_documents (const JzCaseView *view, GError **error)
{
  const JzStatedRecord *opening = jz_dossier_find_free_opening (view->stated, "party");
  g_autoptr (JzJson) rows = jz_dossier_list (view->reader, view->objects, view->case_id, error);
  JzJson *list;

  if (rows == NULL)
    return NULL;
  list = jz_json_new_array ();
  for (guint i = 0; i < jz_json_get_n_items (rows); i++)
    jz_json_append (list, describe_document (view->stated, opening, jz_json_get_item (rows, i)));
  return list;
}

/* With what the rules of the case say of it, too. */
static gboolean
find_bar (const JzCaseView *view, const char *id, JzFileBar *bar, GError **error)
{
  g_autoptr (JzRefusal) refusal = NULL;

  if (!jz_case_view_check_export (view, id, "party", &refusal, error))
    return FALSE;
  *bar = refusal != NULL ? JZ_FILE_BARRED : jz_dossier_get_file_bar (view->stated, id, view->today);
  return TRUE;
}

static JzJson *
describe_file (const JzCaseView *view, JzStatement *row, GError **error)
{
  const char *id = jz_statement_get_text (row, 0);
  g_autofree char *day = g_strndup (jz_statement_get_text (row, 2), JZ_DATE_SIZE - 1);
  JzFileBar bar = JZ_FILE_BARRED;
  JzJson *json;

  if (!find_bar (view, id, &bar, error))
    return NULL;
  json = jz_json_new_object ();
  jz_json_set_text (json, "id", id);
  jz_json_set_text (json, "title", jz_statement_get_text (row, 1));
  jz_json_set_text (json, "date", day);
  jz_json_set_text (json, "note", jz_file_bar_word (bar));
  jz_json_set_boolean (json, "free", bar == JZ_FILE_FREE);
  jz_json_set_boolean (json, "can_clear", bar == JZ_FILE_FREE || bar == JZ_FILE_NOT_CLEARED);
  return json;
}

static JzJson *
list_files (const JzCaseView *view, GError **error)
{
  g_autoptr (JzJson) list = jz_json_new_array ();
  gboolean has_row = FALSE;
  g_autoptr (JzStatement) rows = jz_connection_query (
    view->reader, error, "SELECT id, name, recorded FROM attachment WHERE case_id = ? ORDER BY key",
    "t", view->case_id);

  while (rows != NULL && jz_statement_step (rows, &has_row, error)) {
    JzJson *file;
    if (!has_row)
      return g_steal_pointer (&list);
    file = describe_file (view, rows, error);
    if (file == NULL)
      return NULL;
    jz_json_append (list, file);
  }
  return NULL;
}

/**
 * jz_dossier_list_shown:
 * @stated: what was stated of a case
 *
 * Returns: (transfer full): what was shown to a party and given out, the newest first: `id`,
 * `party`, `use`, `visitor`, `receiver`, `happened`
 */
JzJson *
jz_dossier_list_shown (const JzStated *stated)
{
  static const char *const texts[] = { "use", "visitor", "receiver", "happened" };
  const GPtrArray *records = jz_stated_get_records (stated);
  JzJson *list = jz_json_new_array ();

  for (guint i = records->len; i-- > 0;) {
    const JzStatedRecord *record = g_ptr_array_index (records, i);
    JzJson *json;
    if (strcmp (record->list, JZ_LIST_SHOWN) != 0 && strcmp (record->list, JZ_LIST_GIVEN) != 0)
      continue;
    json = jz_json_new_object ();
    jz_json_set_text (json, "id", record->id);
    jz_json_set_boolean (json, "party", strcmp (record->list, JZ_LIST_SHOWN) == 0);
    for (gsize j = 0; j < G_N_ELEMENTS (texts); j++)
      jz_json_set_text (json, texts[j], jz_stated_record_get_text (record, texts[j]));
    jz_json_append (list, json);
  }
  return list;
}

/**
 * jz_dossier_list_openings:
 * @stated: what was stated of a case
 *
 * Returns: (transfer full): `id` and `use` of each approval to give out the secondary volume by
 *   which nothing was given out yet
 */
JzJson *
jz_dossier_list_openings (const JzStated *stated)
{
  const GPtrArray *records = jz_stated_get_records (stated);
  JzJson *list = jz_json_new_array ();

  for (guint i = 0; i < records->len; i++) {
    const JzStatedRecord *record = g_ptr_array_index (records, i);
    JzJson *json;
    if (strcmp (record->list, JZ_LIST_OPENED) != 0 ||
        jz_dossier_opening_is_used (stated, record->id))
      continue;
    json = jz_json_new_object ();
    jz_json_set_text (json, "id", record->id);
    jz_json_set_text (json, "use", jz_stated_record_get_text (record, "use"));
    jz_json_append (list, json);
  }
  return list;
}

/**
 * jz_party_sheet:
 * @reader: a store's database
 * @objects: the store's
 * @case_id: a case
 * @now: the time
 * @error: return location
 *
 * What of a dossier the party may see, and how far it has come.
 *
 * Returns: (transfer full) (nullable): `documents`, an array in the order of the dossier of `id`,
 *   `title`, `number`, `date`, `volume`, `open`, whether it is of the main volume or was approved
 * to be given, and, where it was gone through, `cover`, `copy` and `redactions`; `files`, an array
 * of `id`, `title`, `date`, `note`, `free` and `can_clear`; `shown`, see jz_dossier_list_shown();
 *   `opening`, where one is not used yet
 */
JzJson *
jz_party_sheet (JzConnection *reader,
                JzObjects *objects,
                const char *case_id,
                JzInstant now,
                GError **error)
{
  g_auto (JzCaseView) view = { 0 };
  g_autoptr (JzJson) documents = NULL;
  g_autoptr (JzJson) files = NULL;
  const JzStatedRecord *opening;
  JzJson *sheet;

  if (!jz_case_view_open (&view, reader, objects, case_id, now, error))
    return NULL;
  documents = list_documents (&view, error);
  files = documents != NULL ? list_files (&view, error) : NULL;
  if (files == NULL)
    return NULL;
  sheet = jz_json_new_object ();
  jz_json_set_member (sheet, "documents", g_steal_pointer (&documents));
  jz_json_set_member (sheet, "files", g_steal_pointer (&files));
  jz_json_set_member (sheet, "shown", jz_dossier_list_shown (view.stated));
  opening = jz_dossier_find_free_opening (view.stated, "party");
  if (opening != NULL)
    jz_json_set_text (sheet, "opening", opening->id);
  return sheet;
}
