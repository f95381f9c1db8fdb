/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "office/case_evidence.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "office/act_words.h"
#include "office/attachments.h"
#include "office/case_facts-private.h"
#include "office/fact_arguments.h"
#include "office/file_access.h"
#include "office/recording_duty.h"
#include "office/role.h"
#include "office/sequence.h"

/* Evidence by its kinds with what each item proves, files that are no evidence yet, and what a
 * dossier still lacks. */

static const JzFactDefinition *
find_field (const char *list, const char *name)
{
  const JzFactDefinition *definition = jz_fact_vocabulary_find (jz_office_get_facts (), list);

  for (guint i = 0; definition != NULL && i < definition->fields->len; i++) {
    const JzFactDefinition *field = g_ptr_array_index (definition->fields, i);
    if (strcmp (field->name, name) == 0)
      return field;
  }
  return NULL;
}

/* The names of the elements that an item proves. */
static char *
dup_proved (const JzCaseView *view, const char *evidence)
{
  const GPtrArray *records = jz_stated_get_records (view->stated);
  const JzMatter *matter =
    view->rulebook != NULL
      ? (const JzMatter *)jz_rulebook_find (view->rulebook, JZ_RULE_MATTER,
                                            jz_stated_get_text (view->stated, "matter.id"))
      : NULL;
  GString *names = g_string_new (NULL);

  for (guint i = 0; i < records->len; i++) {
    const JzStatedRecord *record = g_ptr_array_index (records, i);
    const char *element = jz_stated_record_get_text (record, "element");
    const char *name = element;
    if (strcmp (record->list, JZ_LIST_BINDING) != 0 ||
        strcmp (jz_stated_record_get_text (record, "evidence"), evidence) != 0)
      continue;
    for (guint j = 0; matter != NULL && j < matter->elements->len; j++) {
      const JzElement *known = g_ptr_array_index (matter->elements, j);
      if (strcmp (known->id, element) == 0)
        name = jz_text_get (&known->name, jz_language_get_current ());
    }
    if (strstr (names->str, name) == NULL)
      g_string_append_printf (names, "%s%s", names->len > 0 ? _ (", ") : "", name);
  }
  return g_string_free (names, FALSE);
}

/* What it is to show in the handler's words, as they were written last. */
static const char *
find_purpose (const JzCaseView *view, const char *evidence)
{
  const GPtrArray *records = jz_stated_get_records (view->stated);

  for (guint i = records->len; i-- > 0;) {
    const JzStatedRecord *record = g_ptr_array_index (records, i);
    if (strcmp (record->list, JZ_LIST_PURPOSE) == 0 &&
        strcmp (jz_stated_record_get_text (record, "evidence"), evidence) == 0)
      return jz_stated_record_get_text (record, "purpose");
  }
  return "";
}

static JzJson *
describe (const JzCaseView *view, const JzStatedRecord *record)
{
  static const char *const texts[] = {
    "title", "number",  "obtained_by", "obtained_on", "obtained_at",     "attachment", "source",
    "maker", "made_at", "kept_at",     "copy_of",     "excluded_reason", "carrier",    "keeper",
  };
  const JzFactDefinition *kind = find_field ("evidence.items", "kind");
  const char *level = jz_stated_record_get_text (record, "secret_level");
  const JzJson *original = jz_stated_record_get (record, "is_original");
  g_autofree char *proves = dup_proved (view, record->id);
  JzJson *json = jz_json_new_object ();

  jz_json_set_text (json, "id", record->id);
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    if (jz_stated_record_get_text (record, texts[i])[0] != '\0')
      jz_json_set_text (json, texts[i], jz_stated_record_get_text (record, texts[i]));
  jz_json_set_text (json, "kind", jz_stated_record_get_text (record, "kind"));
  jz_json_set_text (json, "kind_label",
                    jz_fact_definition_get_label (kind, jz_stated_record_get_text (record, "kind"),
                                                  jz_language_get_current ()));
  if (level[0] != '\0')
    jz_json_set_text (json, "secret_level",
                      jz_fact_definition_get_label (find_field ("evidence.items", "secret_level"),
                                                    level, jz_language_get_current ()));
  if (jz_stated_record_get (record, "attachments") != NULL)
    jz_json_set_member (json, "attachments",
                        jz_json_copy (jz_stated_record_get (record, "attachments")));
  jz_json_set_boolean (json, "original", original != NULL && jz_json_get_boolean (original));
  jz_json_set_text (json, "proves", proves);
  jz_json_set_text (json, "purpose", find_purpose (view, record->id));
  return json;
}

/* The order that the handler gave; what it does not name comes behind, as it was added. */
static int
compare_items (gconstpointer a, gconstpointer b, gpointer data)
{
  const JzCaseView *view = data;
  const JzStatedRecord *left = *(const JzStatedRecord *const *)a;
  const JzStatedRecord *right = *(const JzStatedRecord *const *)b;
  guint first = jz_sequence_find (view->stated, JZ_LIST_EVIDENCE_ORDER, "order", left->id);
  guint second = jz_sequence_find (view->stated, JZ_LIST_EVIDENCE_ORDER, "order", right->id);

  return (first > second) - (first < second);
}

static JzJson *
list_items (const JzCaseView *view)
{
  const GPtrArray *records = jz_stated_get_records (view->stated);
  g_autoptr (GPtrArray) items = g_ptr_array_new ();
  JzJson *list = jz_json_new_array ();

  for (guint i = 0; i < records->len; i++) {
    JzStatedRecord *record = g_ptr_array_index (records, i);
    if (strcmp (record->list, "evidence.items") == 0)
      g_ptr_array_add (items, record);
  }
  g_ptr_array_sort_with_data (items, compare_items, (gpointer)view);
  for (guint i = 0; i < items->len; i++)
    jz_json_append (list, describe (view, g_ptr_array_index (items, i)));
  return list;
}

static JzJson *
list_kinds (void)
{
  const JzFactDefinition *kind = find_field ("evidence.items", "kind");
  JzJson *list = jz_json_new_array ();

  for (const char *const *words = kind->type.choices; *words != NULL; words++) {
    JzJson *json = jz_json_new_object ();
    jz_json_set_text (json, "kind", *words);
    jz_json_set_text (json, "label",
                      jz_fact_definition_get_label (kind, *words, jz_language_get_current ()));
    jz_json_append (list, json);
  }
  return list;
}

/* Every file that is evidence, or the recording of a step. */
static GHashTable *
collect_used (const JzCaseView *view)
{
  const GPtrArray *records = jz_stated_get_records (view->stated);
  GHashTable *used = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < records->len; i++) {
    const JzStatedRecord *record = g_ptr_array_index (records, i);
    const JzJson *more = jz_stated_record_get (record, "attachments");
    g_hash_table_add (used, (gpointer)jz_stated_record_get_text (record, "attachment"));
    for (guint j = 0; more != NULL && j < jz_json_get_n_items (more); j++)
      g_hash_table_add (used, (gpointer)jz_json_get_text (jz_json_get_item (more, j)));
  }
  return used;
}

/* id of a file → JzStatedRecord, of what is known of it. */
static GHashTable *
collect_known (const JzCaseView *view)
{
  const GPtrArray *records = jz_stated_get_records (view->stated);
  GHashTable *known = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < records->len; i++) {
    JzStatedRecord *record = g_ptr_array_index (records, i);
    if (strcmp (record->list, JZ_LIST_ATTACHMENT) == 0)
      g_hash_table_insert (known, record->id, record);
  }
  return known;
}

static void
describe_known (const JzStatedRecord *known, JzJson *file)
{
  static const char *const texts[] = { "kind",  "origin", "taken_at", "happened_at",
                                       "maker", "device", "place",    "step" };
  const JzFactDefinition *origin = find_field (JZ_LIST_ATTACHMENT, "origin");
  const JzJson *probe = jz_stated_record_get (known, "probe");

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    if (jz_stated_record_get_text (known, texts[i])[0] != '\0')
      jz_json_set_text (file, texts[i], jz_stated_record_get_text (known, texts[i]));
  if (jz_stated_record_get_text (known, "origin")[0] != '\0')
    jz_json_set_text (file, "origin_label",
                      jz_fact_definition_get_label (origin,
                                                    jz_stated_record_get_text (known, "origin"),
                                                    jz_language_get_current ()));
  if (jz_attachment_get_duration (known) >= 0)
    jz_json_set_integer (file, "duration_ms", jz_attachment_get_duration (known));
  if (probe != NULL)
    jz_json_set_text (file, "probe", jz_json_get_member_text (probe, "object"));
}

/* Whether anything of the case is secret or sealed off; of most cases nothing is, and their files
 * are many. */
static gboolean
restricts (const JzFileAccess *access)
{
  const GPtrArray *records = jz_stated_get_records (access->stated);

  for (guint i = 0; i < records->len; i++) {
    const char *list = ((const JzStatedRecord *)g_ptr_array_index (records, i))->list;
    if (strcmp (list, JZ_LIST_SECRECY) == 0 || strcmp (list, JZ_LIST_FORBIDDEN) == 0)
      return TRUE;
  }
  for (guint i = 0; access->steps != NULL && i < access->steps->len; i++)
    if (((const JzRecordedStep *)g_ptr_array_index (access->steps, i))->level ==
        JZ_RECORDING_FORBIDDEN)
      return TRUE;
  return FALSE;
}

/* What kind of secret it is, and whether the person may view it. */
static gboolean
add_access (const JzFileAccess *access,
            const char *attachment,
            const char *person,
            JzJson *file,
            GError **error)
{
  g_autoptr (JzRefusal) refusal = NULL;
  JzSecrecyMark mark;

  if (jz_secrecy_find (access->stated, attachment, access->today, &mark))
    jz_json_set_member (file, "secrecy", jz_secrecy_mark_to_json (&mark));
  if (!jz_file_access_check_view (access, attachment, person, &refusal, error))
    return FALSE;
  if (refusal != NULL)
    jz_json_set_text (file, "locked", jz_refusal_get_sentence (refusal));
  return TRUE;
}

static JzJson *
list_files (const JzCaseView *view, const char *person, GError **error)
{
  g_autoptr (GPtrArray) steps = view->facts != NULL ? jz_recorded_steps_list (view->facts) : NULL;
  const JzFileAccess access = { view->reader, view->stated, steps, view->today };
  gboolean has_secrets = restricts (&access);
  g_autoptr (JzJson) list = jz_json_new_array ();
  g_autoptr (GHashTable) used = collect_used (view);
  g_autoptr (GHashTable) known = collect_known (view);
  gboolean has_row = FALSE;
  g_autoptr (JzStatement) rows = jz_connection_query (
    view->reader, error,
    "SELECT attachment.id, attachment.name, description, happened, recorded, person.name, size, "
    "lower (hex (object)), attachment.key FROM attachment LEFT JOIN person ON person.id = added_by "
    "WHERE case_id = "
    "? ORDER BY attachment.key",
    "t", view->case_id);

  while (rows != NULL && jz_statement_step (rows, &has_row, error)) {
    static const char *const names[] = {
      "id", "name", "description", "happened", "recorded", "by"
    };
    const JzStatedRecord *record;
    JzJson *file;
    if (!has_row)
      return g_steal_pointer (&list);
    record = g_hash_table_lookup (known, jz_statement_get_text (rows, 0));
    file = jz_json_new_object ();
    for (int i = 0; i < (int)G_N_ELEMENTS (names); i++)
      jz_json_set_text (file, names[i], jz_statement_get_text (rows, i));
    jz_json_set_integer (file, "size", jz_statement_get_integer (rows, 6));
    jz_json_set_text (file, "object", jz_statement_get_text (rows, 7));
    jz_json_set_integer (file, "key", jz_statement_get_integer (rows, 8));
    jz_json_set_boolean (file, "used",
                         g_hash_table_contains (used, jz_statement_get_text (rows, 0)));
    if (record != NULL)
      describe_known (record, file);
    jz_json_append (list, file);
    if (has_secrets && !add_access (&access, jz_statement_get_text (rows, 0), person, file, error))
      return NULL;
  }
  return NULL;
}

/**
 * jz_case_evidence_list:
 * @view: a case
 * @person: who looks at it
 * @error: return location
 *
 * Returns: (transfer full) (nullable): `items`, in the handler's order, else as they were added:
 *   `id`, `title`, `number`, `kind`, `kind_label`, `obtained_by`, `obtained_on`, `obtained_at`,
 *   `original`, `source`, `maker`, `made_at`, `kept_at`, `copy_of`, `proves` (elements in words),
 *   `purpose`, `attachment`, `attachments`, `excluded_reason`, and of a state secret that
 *   is kept elsewhere `secret_level` in words, `carrier` and `keeper`; `kinds` of evidence in the
 * order of the law: `kind`, `label`; and `files`: `id`, `name`, `description`, `happened`,
 * `recorded`, `by`, `size`, `object`, `key`, `used`, and as far as it is known `kind`, `origin`,
 * `origin_label`, `taken_at`, `happened_at`, `duration_ms`, `maker`, `device`, `place`, `step`,
 * `probe`; `secrecy` where it is classified, as of jz_secrecy_mark_to_json(); and `locked`, why
 *   @person may not view it, where that is so
 */
JzJson *
jz_case_evidence_list (const JzCaseView *view, const char *person, GError **error)
{
  g_autoptr (JzJson) files = list_files (view, person, error);
  JzJson *json;

  if (files == NULL || (view->facts != NULL && !jz_case_facts_finish (view->facts, error)))
    return NULL;
  json = jz_json_new_object ();
  jz_json_set_member (json, "items", list_items (view));
  jz_json_set_member (json, "kinds", list_kinds ());
  jz_json_set_member (json, "files", g_steal_pointer (&files));
  return json;
}

static void
add_gap (JzJson *gaps, char *sentence, char *place)
{
  JzJson *gap = jz_json_new_object ();

  jz_json_set_text (gap, "sentence", sentence);
  jz_json_set_text (gap, "place", place);
  jz_json_append (gaps, gap);
  g_free (sentence);
  g_free (place);
}

static void
add_document_gap (const JzCaseView *view, const JzJson *row, JzJson *gaps)
{
  const char *kind = jz_json_get_member_text (row, "kind");
  const char *title = jz_json_get_member_text (row, "title");
  const char *state = jz_json_get_member_text (row, "state");
  const char *id = jz_json_get_member_text (row, "id");

  if (strcmp (kind, "missing") == 0)
    add_gap (
      gaps, g_strdup_printf (_ ("%s is missing."), title),
      g_strdup_printf ("cases/%s/new/%s", view->case_id, jz_json_get_member_text (row, "form")));
  else if (strcmp (kind, "have") == 0 && state != NULL &&
           jz_word_is_in (state, "draft|submitted|examined|approved"))
    add_gap (gaps, g_strdup_printf (_ ("%s is not final; finish it or make it void."), title),
             g_strdup_printf ("cases/%s/document/%s", view->case_id, id));
  else if (strcmp (kind, "have") == 0 && g_strcmp0 (state, "final") == 0)
    add_gap (gaps, g_strdup_printf (_ ("%s is not signed or sealed yet."), title),
             g_strdup_printf ("cases/%s/documents", view->case_id));
}

/**
 * jz_case_evidence_list_gaps:
 * @view: a case
 * @documents: its documents, as of jz_case_documents_list()
 * @recordings: its recordings, as of jz_case_recordings_list()
 *
 * Returns: (transfer full): what the dossier lacks: an array of `sentence` and `place`
 */
JzJson *
jz_case_evidence_list_gaps (const JzCaseView *view,
                            const JzJson *documents,
                            const JzJson *recordings)
{
  JzJson *gaps = jz_json_new_array ();

  for (guint i = 0; i < jz_json_get_n_items (documents); i++) {
    const JzJson *rows = jz_json_get_member (jz_json_get_item (documents, i), "rows");
    for (guint j = 0; j < jz_json_get_n_items (rows); j++)
      add_document_gap (view, jz_json_get_item (rows, j), gaps);
  }
  for (guint i = 0; i < jz_json_get_n_items (recordings); i++) {
    const JzJson *step = jz_json_get_item (recordings, i);
    if (jz_json_get_member_boolean (step, "owes", FALSE))
      add_gap (gaps,
               g_strdup_printf (_ ("The recording of this step is not complete: %s"),
                                jz_json_get_member_text (step, "name")),
               g_strdup_printf ("cases/%s/recordings/%s", view->case_id,
                                jz_json_get_member_text (step, "of")));
  }
  return gaps;
}
