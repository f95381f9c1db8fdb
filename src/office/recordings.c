/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "office/recordings.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "office/error.h"
#include "office/fact_arguments.h"
#include "office/file_access.h"
#include "office/recording_duty.h"
#include "office/role.h"
#include "office/situation.h"

/* What the case knows of its recordings, pictures and papers from outside: the file itself, marks,
 * words that are tied to it, stills, and who has seen what. */

/* So many digits hold every number that fits in 2^53. */
#define MAX_DIGITS 16

static gboolean
take_number (const char **at, gint64 *number)
{
  gsize n_digits = strspn (*at, "0123456789");

  if (n_digits == 0 || n_digits > MAX_DIGITS)
    return FALSE;
  *number = g_ascii_strtoll (*at, NULL, 10);
  *at += n_digits;
  return TRUE;
}

/**
 * jz_recording_parse_range:
 * @text: two whole numbers with - between them, the second not below the first
 * @from: (out): the first
 * @until: (out): the second
 *
 * Returns: whether @text is a range
 */
gboolean
jz_recording_parse_range (const char *text, gint64 *from, gint64 *until)
{
  const char *at = text;

  return take_number (&at, from) && *at++ == '-' && take_number (&at, until) && *at == '\0' &&
         *from <= *until;
}

static const JzFactDefinition *
find_kinds (void)
{
  const JzFactDefinition *list = jz_fact_vocabulary_find (jz_office_get_facts (), JZ_LIST_MARK);

  for (guint i = 0; list != NULL && i < list->fields->len; i++) {
    const JzFactDefinition *field = g_ptr_array_index (list->fields, i);
    if (strcmp (field->name, "kind") == 0)
      return field;
  }
  return NULL;
}

/**
 * jz_recording_list_kinds:
 *
 * Returns: (transfer full): the kinds of marks (rules.md RE-06) in their order, an array of `kind`
 *   and `label`
 */
JzJson *
jz_recording_list_kinds (void)
{
  const JzFactDefinition *kinds = find_kinds ();
  JzJson *list = jz_json_new_array ();

  for (const char *const *word = kinds->type.choices; *word != NULL; word++) {
    JzJson *json = jz_json_new_object ();
    jz_json_set_text (json, "kind", *word);
    jz_json_set_text (json, "label",
                      jz_fact_definition_get_label (kinds, *word, jz_language_get_current ()));
    jz_json_append (list, json);
  }
  return list;
}

/* Who did it and when: every thing is named after the entry that made it. */
static gboolean
add_maker (JzConnection *reader, const JzStatedRecord *record, JzJson *json, GError **error)
{
  gboolean has_row = FALSE;
  g_autoptr (JzStatement) row = jz_connection_query (
    reader, error,
    "SELECT entry.actor, coalesce (person.name, ''), entry.time FROM entry LEFT JOIN person ON "
    "person.id = entry.actor WHERE arrival = ?",
    "i", record->arrival);

  if (row == NULL || !jz_statement_step (row, &has_row, error))
    return FALSE;
  if (has_row) {
    jz_json_set_text (json, "by", jz_statement_get_text (row, 0));
    jz_json_set_text (json, "by_name", jz_statement_get_text (row, 1));
    jz_json_set_text (json, "time", jz_statement_get_text (row, 2));
  }
  return TRUE;
}

/* All that was stated of it, under the same names. */
static JzJson *
describe (JzConnection *reader, const JzStatedRecord *record, GError **error)
{
  g_autoptr (JzJson) json = jz_json_new_object ();
  GHashTableIter iter;
  gpointer name, value;

  jz_json_set_text (json, "id", record->id);
  g_hash_table_iter_init (&iter, record->fields);
  while (g_hash_table_iter_next (&iter, &name, &value))
    jz_json_set_member (json, name, jz_json_copy (value));
  return add_maker (reader, record, json, error) ? g_steal_pointer (&json) : NULL;
}

static gboolean
is_of (const JzStatedRecord *record, const char *list, const char *field, const char *id)
{
  return strcmp (record->list, list) == 0 && jz_stated_record_get (record, JZ_REMOVED) == NULL &&
         (id == NULL || strcmp (jz_stated_record_get_text (record, field), id) == 0);
}

static gint64
get_at (const JzJson *json)
{
  return jz_json_get_member_integer (json, "at", 0);
}

static int
compare_moments (gconstpointer a, gconstpointer b)
{
  gint64 left = get_at (*(const JzJson *const *)a);
  gint64 right = get_at (*(const JzJson *const *)b);
  return (left > right) - (left < right);
}

static JzJson *
sort_by_moment (GPtrArray *items)
{
  JzJson *list = jz_json_new_array ();

  g_ptr_array_sort (items, compare_moments);
  for (guint i = 0; i < items->len; i++)
    jz_json_append (list, jz_json_ref (g_ptr_array_index (items, i)));
  return list;
}

/* Those of a list whose field names the id, in the order of their moments. */
static JzJson *
list_records (JzConnection *reader,
              const JzStated *stated,
              const char *list,
              const char *field,
              const char *id,
              GError **error)
{
  const GPtrArray *records = jz_stated_get_records (stated);
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func ((GDestroyNotify)jz_json_unref);

  for (guint i = 0; i < records->len; i++) {
    const JzStatedRecord *record = g_ptr_array_index (records, i);
    JzJson *json;
    if (!is_of (record, list, field, id))
      continue;
    json = describe (reader, record, error);
    if (json == NULL)
      return NULL;
    g_ptr_array_add (items, json);
  }
  return sort_by_moment (items);
}

static void
label_marks (JzJson *marks, const char *person)
{
  const JzFactDefinition *kinds = find_kinds ();

  for (guint i = 0; i < jz_json_get_n_items (marks); i++) {
    JzJson *mark = (JzJson *)jz_json_get_item (marks, i);
    const char *kind = jz_json_get_member_text (mark, "kind");
    jz_json_set_text (
      mark, "kind_label",
      jz_fact_definition_get_label (kinds, kind != NULL ? kind : "", jz_language_get_current ()));
    jz_json_set_boolean (mark, "is_own",
                         g_strcmp0 (jz_json_get_member_text (mark, "by"), person) == 0);
  }
}

static const char *
find_title (const JzStated *stated, const char *document)
{
  const GPtrArray *records = jz_stated_get_records (stated);

  for (guint i = 0; i < records->len; i++) {
    const JzStatedRecord *record = g_ptr_array_index (records, i);
    if (strcmp (record->list, "@document") == 0 && strcmp (record->id, document) == 0)
      return jz_stated_record_get_text (record, "title");
  }
  return "";
}

static void
title_ties (const JzStated *stated, JzJson *ties, const char *person)
{
  for (guint i = 0; i < jz_json_get_n_items (ties); i++) {
    JzJson *tie = (JzJson *)jz_json_get_item (ties, i);
    const char *document = jz_json_get_member_text (tie, "document");
    if (document != NULL)
      jz_json_set_text (tie, "title", find_title (stated, document));
    jz_json_set_boolean (tie, "is_own",
                         g_strcmp0 (jz_json_get_member_text (tie, "by"), person) == 0);
  }
}

/* The still that the attachment is, where it is one. */
static gboolean
add_source (JzConnection *reader,
            const JzStated *stated,
            const char *attachment,
            JzJson *json,
            GError **error)
{
  const GPtrArray *records = jz_stated_get_records (stated);

  for (guint i = 0; i < records->len; i++) {
    const JzStatedRecord *record = g_ptr_array_index (records, i);
    JzJson *still;
    if (strcmp (record->list, JZ_LIST_STILL) != 0 || strcmp (record->id, attachment) != 0)
      continue;
    still = describe (reader, record, error);
    if (still == NULL)
      return FALSE;
    jz_json_set_member (json, "still", still);
  }
  return TRUE;
}

static JzJson *
read_file (JzConnection *reader, const char *case_id, const char *attachment, GError **error)
{
  static const char *const names[] = {
    "id", "name", "description", "happened", "object", "chunks"
  };
  gboolean has_row = FALSE;
  JzJson *json;
  g_autoptr (JzStatement) row =
    jz_connection_query (reader, error,
                         "SELECT id, name, description, happened, lower (hex (object)), lower (hex "
                         "(chunks)), size FROM attachment WHERE case_id = ? AND id = ?",
                         "tt", case_id, attachment);

  if (row == NULL || !jz_statement_step (row, &has_row, error))
    return NULL;
  if (!has_row) {
    g_set_error (error, JZ_OFFICE_ERROR, JZ_OFFICE_ERROR_NOT_FOUND,
                 _ ("There is no attachment %s in this case."), attachment);
    return NULL;
  }
  json = jz_json_new_object ();
  for (int i = 0; i < (int)G_N_ELEMENTS (names); i++)
    jz_json_set_text (json, names[i], jz_statement_get_text (row, i));
  jz_json_set_integer (json, "size", jz_statement_get_integer (row, 6));
  return json;
}

static gboolean
check_access (const JzCaseView *view, const char *attachment, const char *person, GError **error)
{
  g_autoptr (JzRefusal) refusal = NULL;

  if (!jz_case_view_check_file (view, attachment, person, &refusal, error))
    return FALSE;
  if (refusal != NULL)
    /* Translators: two sentences, why not and who decides. */
    g_set_error (error, JZ_OFFICE_ERROR, JZ_OFFICE_ERROR_REFUSED, _ ("%1$s %2$s"),
                 jz_refusal_get_sentence (refusal), jz_refusal_get_clears (refusal));
  return refusal == NULL;
}

/* What kind of secret it is, and why it is not copied out. */
static gboolean
add_secrecy (const JzCaseView *view, const char *attachment, JzJson *json, GError **error)
{
  g_autoptr (JzRefusal) refusal = NULL;
  g_autofree char *sentence = NULL;
  JzSecrecyMark mark;

  if (jz_secrecy_find (view->stated, attachment, view->today, &mark))
    jz_json_set_member (json, "secrecy", jz_secrecy_mark_to_json (&mark));
  if (!jz_case_view_check_export (view, attachment, NULL, &refusal, error))
    return FALSE;
  if (refusal == NULL)
    return TRUE;
  sentence = g_strdup_printf (_ ("%1$s %2$s"), jz_refusal_get_sentence (refusal),
                              jz_refusal_get_clears (refusal));
  jz_json_set_text (json, "stays", sentence);
  return TRUE;
}

/**
 * jz_recording_find:
 * @view: a case
 * @attachment: a file of it
 * @person: who asks
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the file: `id`, `name`, `description`, `happened`, `object`,
 *   `chunks` (both as hex; the second may be empty), `size`; `marks` in the order of their moments:
 *   `id`, `at`, `until`, `kind`, `kind_label`, `text`, what names the frame, `by`, `by_name`,
 *   `time`, `is_own`; `ties`: `id`, `at`, `until`, `document`, `title`, `field`, `paragraph`,
 *   `words`, or `point` and `item`; `views`: `seen`, `pages`; `stills`: `id`, `at`; `still`
 *   where the file was itself taken from a recording: `source`, `at`; `secrecy` where it is
 *   classified, as of jz_secrecy_mark_to_json(); and `stays`, why it is not copied out, where it is
 *   not; %NULL with %JZ_OFFICE_ERROR_REFUSED where the person may not view it
 */
JzJson *
jz_recording_find (const JzCaseView *view,
                   const char *attachment,
                   const char *person,
                   GError **error)
{
  static const struct {
    const char *member;
    const char *list;
    const char *field;
  } lists[] = {
    { "marks", JZ_LIST_MARK, "attachment" },
    { "ties", JZ_LIST_TIE, "attachment" },
    { "views", JZ_LIST_VIEW, "attachment" },
    { "stills", JZ_LIST_STILL, "source" },
  };
  g_autoptr (JzJson) json = read_file (view->reader, view->case_id, attachment, error);

  if (json == NULL || !check_access (view, attachment, person, error))
    return NULL;
  for (gsize i = 0; i < G_N_ELEMENTS (lists); i++) {
    JzJson *list =
      list_records (view->reader, view->stated, lists[i].list, lists[i].field, attachment, error);
    if (list == NULL)
      return NULL;
    jz_json_set_member (json, lists[i].member, list);
  }
  label_marks ((JzJson *)jz_json_get_member (json, "marks"), person);
  title_ties (view->stated, (JzJson *)jz_json_get_member (json, "ties"), person);
  return add_source (view->reader, view->stated, attachment, json, error) &&
             add_secrecy (view, attachment, json, error)
           ? g_steal_pointer (&json)
           : NULL;
}

/* Each tie says the name of the file that it leads to. */
static gboolean
name_files (JzConnection *reader, JzJson *ties, GError **error)
{
  for (guint i = 0; i < jz_json_get_n_items (ties); i++) {
    JzJson *tie = (JzJson *)jz_json_get_item (ties, i);
    g_autofree char *name = NULL;
    if (!jz_connection_get_text (reader, &name, error, "SELECT name FROM attachment WHERE id = ?",
                                 "t", jz_json_get_member_text (tie, "attachment")))
      return FALSE;
    jz_json_set_text (tie, "name", name != NULL ? name : "");
  }
  return TRUE;
}

/**
 * jz_recording_list_ties_of:
 * @reader: a store's database
 * @case_id: a case
 * @document: a document of it
 * @error: return location
 *
 * Returns: (transfer full) (nullable): what of the document is tied to a recording: an array of
 *   `id`, `attachment`, `name`, `at`, `until`, `field`, `paragraph`, `words`, `by`
 */
JzJson *
jz_recording_list_ties_of (JzConnection *reader,
                           const char *case_id,
                           const char *document,
                           GError **error)
{
  g_autoptr (JzStated) stated = jz_stated_load (reader, case_id, G_MAXINT64, error);
  g_autoptr (JzJson) ties =
    stated != NULL ? list_records (reader, stated, JZ_LIST_TIE, "document", document, error) : NULL;

  return ties != NULL && name_files (reader, ties, error) ? g_steal_pointer (&ties) : NULL;
}

/**
 * jz_recording_list_files:
 * @reader: a store's database
 * @case_id: a case
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the files of the case, those of steps' recordings first: an
 *   array of `id`, `title` and `detail`, the day from which they are
 */
JzJson *
jz_recording_list_files (JzConnection *reader, const char *case_id, GError **error)
{
  g_autoptr (JzJson) list = jz_json_new_array ();
  gboolean has_row = FALSE;
  g_autoptr (JzStatement) rows = jz_connection_query (
    reader, error,
    "SELECT id, name, happened FROM attachment WHERE case_id = ?1 ORDER BY NOT EXISTS (SELECT 1 "
    "FROM fact WHERE case_id = ?1 AND list = '" JZ_LIST_RECORDING "' AND name = 'attachment' AND "
    "value = '\"' || id || '\"'), key DESC",
    "t", case_id);

  while (rows != NULL && jz_statement_step (rows, &has_row, error)) {
    JzJson *file;
    if (!has_row)
      return g_steal_pointer (&list);
    file = jz_json_new_object ();
    jz_json_set_text (file, "id", jz_statement_get_text (rows, 0));
    jz_json_set_text (file, "title", jz_statement_get_text (rows, 1));
    jz_json_set_text (file, "detail", jz_statement_get_text (rows, 2));
    jz_json_append (list, file);
  }
  return NULL;
}

static gboolean
has_seen (JzConnection *reader,
          const char *case_id,
          const char *attachment,
          const char *person,
          gint64 since,
          gboolean *has,
          GError **error)
{
  gint64 n_views = 0;
  g_autoptr (JzJson) quoted = jz_json_new_text (attachment);
  g_autofree char *value = jz_json_to_canonical (quoted, NULL);

  if (!jz_connection_get_number (
        reader, &n_views, error,
        "SELECT count (*) FROM fact JOIN entry ON entry.arrival = fact.arrival WHERE "
        "fact.case_id = ? AND list = '" JZ_LIST_VIEW "' AND name = 'attachment' AND value = ? AND "
        "entry.actor = ? AND fact.arrival > ?",
        "ttti", case_id, value, person, since))
    return FALSE;
  *has = n_views > 0;
  return TRUE;
}

/**
 * jz_recording_list_unseen:
 * @reader: a store's database
 * @case_id: a case
 * @person: somebody
 * @since: only what was seen after this arrival counts; 0 for ever
 * @error: return location
 *
 * Which recordings of steps the person has not opened: a reviewer sees what he has not seen.
 *
 * Returns: (transfer full) (nullable): an array of `attachment` and `name`
 */
JzJson *
jz_recording_list_unseen (JzConnection *reader,
                          const char *case_id,
                          const char *person,
                          gint64 since,
                          GError **error)
{
  g_autoptr (JzStated) stated = jz_stated_load (reader, case_id, G_MAXINT64, error);
  g_autoptr (JzJson) list = jz_json_new_array ();
  const GPtrArray *records = stated != NULL ? jz_stated_get_records (stated) : NULL;
  g_autoptr (GHashTable) told = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; records != NULL && i < records->len; i++) {
    const JzStatedRecord *record = g_ptr_array_index (records, i);
    const char *attachment = jz_stated_record_get_text (record, "attachment");
    gboolean has = FALSE;
    JzJson *item;
    if (strcmp (record->list, JZ_LIST_RECORDING) != 0 || attachment[0] == '\0' ||
        !g_hash_table_add (told, (gpointer)attachment))
      continue;
    if (!has_seen (reader, case_id, attachment, person, since, &has, error))
      return NULL;
    if (has)
      continue;
    item = jz_json_new_object ();
    jz_json_set_text (item, "attachment", attachment);
    jz_json_append (list, item);
  }
  return records != NULL && name_files (reader, list, error) ? g_steal_pointer (&list) : NULL;
}
