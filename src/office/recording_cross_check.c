/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "office/recording_cross_check.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "forms/field_path.h"
#include "office/act_words.h"
#include "office/attachments.h"
#include "office/documents.h"
#include "office/paragraph.h"
#include "office/recording_duty.h"
#include "office/recordings.h"

/* Words and recordings side by side: what a note says of a step that is recorded and nothing
 * is tied to, the recordings of which no note speaks, and those that show no step at all. */

typedef struct {
  const JzCaseView *view;
  GPtrArray *steps;
  GHashTable *written; /* ids of documents that were looked at */
  JzJson *rows;
  GError **error;
} Check;

static void
add_row (Check *self, const char *kind, char *title, char *text, char *place)
{
  JzJson *row = jz_json_new_object ();

  jz_json_set_text (row, "kind", kind);
  jz_json_set_text (row, "title", title);
  jz_json_set_text (row, "text", text);
  jz_json_set_text (row, "place", place);
  jz_json_append (self->rows, row);
  g_free (title);
  g_free (text);
  g_free (place);
}

static gboolean
is_tie (const JzStatedRecord *record)
{
  return strcmp (record->list, JZ_LIST_TIE) == 0 &&
         jz_stated_record_get (record, JZ_REMOVED) == NULL &&
         jz_stated_record_get_text (record, "document")[0] != '\0';
}

/* Whether a tie of the document leads from that paragraph as it reads now. */
static gboolean
is_tied (const Check *self,
         const char *document,
         const char *path,
         const char *text,
         const JzParagraph *paragraph)
{
  const GPtrArray *records = jz_stated_get_records (self->view->stated);

  for (guint i = 0; i < records->len; i++) {
    const JzStatedRecord *record = g_ptr_array_index (records, i);
    g_autoptr (JzJson) tie = NULL;
    const JzJson *number;
    JzParagraph found;
    gboolean is_changed = FALSE;
    if (!is_tie (record) ||
        strcmp (jz_stated_record_get_text (record, "document"), document) != 0 ||
        strcmp (jz_stated_record_get_text (record, "field"), path) != 0)
      continue;
    tie = jz_json_new_object ();
    number = jz_stated_record_get (record, "paragraph");
    jz_json_set_text (tie, "words", jz_stated_record_get_text (record, "words"));
    jz_json_set_integer (tie, "paragraph", number != NULL ? jz_json_get_integer (number) : 1);
    if (jz_recording_find_tied (tie, text, &found, &is_changed) &&
        found.number == paragraph->number)
      return TRUE;
  }
  return FALSE;
}

static gboolean
is_blank (const char *text, const JzParagraph *paragraph)
{
  g_autofree char *words = g_strndup (text + paragraph->start, paragraph->end - paragraph->start);

  return g_strstrip (words)[0] == '\0';
}

/* The numbers of the paragraphs to which nothing is tied, as "1, 3". */
static char *
list_untied (const Check *self, const char *document, const char *path, const char *text)
{
  GString *numbers = g_string_new (NULL);
  JzParagraph paragraph = jz_paragraph_at (text, 0);

  for (;;) {
    if (!is_blank (text, &paragraph) && !is_tied (self, document, path, text, &paragraph))
      g_string_append_printf (numbers, "%s%u", numbers->len > 0 ? C_ ("list", ", ") : "",
                              paragraph.number);
    if (text[paragraph.end] == '\0')
      return g_string_free (numbers, FALSE);
    paragraph = jz_paragraph_at (text, paragraph.end + 1);
  }
}

static void
look_at_text (Check *self, const JzDocument *document, const char *path, const char *text)
{
  JzFieldPath parsed = { NULL };
  g_autofree char *numbers = list_untied (self, document->id, path, text);
  g_autofree char *label = NULL;

  if (numbers[0] == '\0' || !jz_field_path_parse (document->form, path, &parsed))
    return;
  label = jz_field_path_dup_label (&parsed);
  add_row (self, "untied",
           g_strdup_printf (_ ("%1$s, %2$s"), jz_stated_record_get_text (document->record, "title"),
                            label),
           g_strdup_printf (_ ("Nothing is tied to paragraph %s."), numbers),
           g_strdup_printf ("cases/%s/document/%s/%s", self->view->case_id, document->id, path));
}

static gboolean
has_tie (const Check *self, const char *document, const char *prefix)
{
  const GPtrArray *records = jz_stated_get_records (self->view->stated);

  for (guint i = 0; i < records->len; i++) {
    const JzStatedRecord *record = g_ptr_array_index (records, i);
    if (is_tie (record) && strcmp (jz_stated_record_get_text (record, "document"), document) == 0 &&
        g_str_has_prefix (jz_stated_record_get_text (record, "field"), prefix))
      return TRUE;
  }
  return FALSE;
}

static const JzFormField *
find_told (const JzFormField *list)
{
  for (guint i = list->members != NULL ? list->members->len : 0; i-- > 0;) {
    const JzFormField *member = g_ptr_array_index (list->members, i);
    if (member->type == JZ_FIELD_LONGTEXT)
      return member;
  }
  return NULL;
}

/* A question with its answer is one thing that is said; a table of figures is none. */
static void
look_at_list (Check *self, const JzDocument *document, const JzFormField *list, const JzJson *value)
{
  const JzFormField *told = find_told (list);
  g_autoptr (GString) numbers = g_string_new (NULL);
  JzFieldPath parsed = { list, 0, NULL };
  g_autofree char *label = jz_field_path_dup_label (&parsed);
  guint first = 0;

  for (guint i = 0; told != NULL && i < jz_json_get_n_items (value); i++) {
    g_autofree char *prefix = g_strdup_printf ("%s[%u]", list->name, i + 1);
    if (has_tie (self, document->id, prefix))
      continue;
    first = first == 0 ? i + 1 : first;
    g_string_append_printf (numbers, "%s%u", numbers->len > 0 ? C_ ("list", ", ") : "", i + 1);
  }
  if (first > 0)
    add_row (self, "untied",
             g_strdup_printf (_ ("%1$s, %2$s"),
                              jz_stated_record_get_text (document->record, "title"), label),
             g_strdup_printf (_ ("Nothing is tied to entry %s."), numbers->str),
             g_strdup_printf ("cases/%s/document/%s/%s[%u].%s", self->view->case_id, document->id,
                              list->name, first, told->name));
}

static void
look_at_field (Check *self,
               const JzDocument *document,
               const JzFormField *field,
               const JzJson *value)
{
  if (value == NULL)
    return;
  if (field->is_list && jz_json_get_kind (value) == JZ_JSON_ARRAY)
    look_at_list (self, document, field, value);
  else if (field->type == JZ_FIELD_LONGTEXT && jz_json_get_kind (value) == JZ_JSON_TEXT &&
           jz_json_get_text (value)[0] != '\0')
    look_at_text (self, document, field->name, jz_json_get_text (value));
}

static gboolean
look_at_document (Check *self, const char *id)
{
  JzDocument document;
  g_autoptr (JzFilling) filling = NULL;

  if (!g_hash_table_add (self->written, (gpointer)id))
    return TRUE;
  if (!jz_document_find (self->view->stated, self->view->objects, id, &document, self->error))
    return FALSE;
  filling = jz_document_fill (&document, self->error);
  if (filling == NULL)
    return FALSE;
  for (guint i = 0; i < jz_form_get_n_fields (document.form); i++) {
    const JzFormField *field = jz_form_get_field (document.form, i);
    look_at_field (self, &document, field,
                   jz_json_get_member (jz_filling_get_values (filling), field->name));
  }
  return TRUE;
}

static gboolean
is_note (const JzRecordedStep *step, const JzStatedRecord *record)
{
  JzDocumentState state;

  if (strcmp (record->list, JZ_LIST_DOCUMENT) != 0 ||
      !g_strv_contains ((const char *const *)step->rule->notes,
                        jz_stated_record_get_text (record, "form")))
    return FALSE;
  state = jz_document_record_get_state (record);
  return state != JZ_DOCUMENT_VOID && state != JZ_DOCUMENT_CORRECTED;
}

/* A note is also a text that was made final without a form of the program. */
static gboolean
is_noted (const JzRecordedStep *step, const JzStatedRecord *record)
{
  return strcmp (record->list, JZ_LIST_RECORD) == 0 &&
         strcmp (jz_stated_record_get_text (record, "act"), step->id) == 0;
}

static gboolean
look_at_step (Check *self, const JzRecordedStep *step)
{
  const GPtrArray *records = jz_stated_get_records (self->view->stated);
  gboolean has_note = step->rule->notes[0] == NULL;

  for (guint i = 0; i < records->len; i++) {
    const JzStatedRecord *record = g_ptr_array_index (records, i);
    has_note = has_note || is_noted (step, record);
    if (!is_note (step, record))
      continue;
    has_note = TRUE;
    if (!look_at_document (self, record->id))
      return FALSE;
  }
  if (!has_note && step->recordings->len > 0)
    add_row (self, "unwritten", g_strdup (jz_act_get_label (step->act)),
             g_strdup (_ ("It is recorded, and there is no note of it.")),
             g_strdup_printf ("cases/%s/documents", self->view->case_id));
  return TRUE;
}

/* What was left to text, and what must not be recorded, is tied to nothing. */
static gboolean
is_asked (const JzRecordedStep *step)
{
  return step->rule != NULL && step->ban == NULL && step->level != JZ_RECORDING_FORBIDDEN &&
         (step->recordings->len > 0 || (step->level > JZ_RECORDING_TEXT && !step->is_excused));
}

static gboolean
is_told_of (const Check *self, const char *file)
{
  const GPtrArray *records = jz_stated_get_records (self->view->stated);

  for (guint i = 0; i < records->len; i++) {
    const JzStatedRecord *record = g_ptr_array_index (records, i);
    if (is_tie (record) && strcmp (jz_stated_record_get_text (record, "attachment"), file) == 0)
      return TRUE;
  }
  return FALSE;
}

static gboolean
is_of_any_step (const Check *self, const char *file)
{
  for (guint i = 0; i < self->steps->len; i++)
    if (jz_recorded_step_has_file (g_ptr_array_index (self->steps, i), file))
      return TRUE;
  return FALSE;
}

static const char *
find_kind (const Check *self, const char *file)
{
  const GPtrArray *records = jz_stated_get_records (self->view->stated);

  for (guint i = 0; i < records->len; i++) {
    const JzStatedRecord *record = g_ptr_array_index (records, i);
    if (strcmp (record->list, JZ_LIST_ATTACHMENT) == 0 && strcmp (record->id, file) == 0)
      return jz_stated_record_get_text (record, "kind");
  }
  return "";
}

/* Only what runs has a second to which words are tied: what is no photo of a step, and a recording
 * that shows none. */
static void
look_at_file (Check *self, const char *file, const char *name)
{
  const char *kind = find_kind (self, file);
  gboolean is_shown = is_of_any_step (self, file);
  gboolean runs = strcmp (kind, "video") == 0 || strcmp (kind, "audio") == 0;

  if ((!runs && (!is_shown || strcmp (kind, "photo") == 0)) || is_told_of (self, file) ||
      jz_recording_is_sealed (self->steps, self->view->stated, file))
    return;
  add_row (self, is_shown ? "untold" : "unbound", g_strdup (name),
           g_strdup (is_shown ? _ ("No words of a note are tied to this recording.")
                              : _ ("This recording shows no step of the case, and no note speaks "
                                   "of it.")),
           g_strdup_printf ("cases/%s/evidence/%s", self->view->case_id, file));
}

static gboolean
look_at_files (Check *self)
{
  gboolean has_row = FALSE;
  g_autoptr (JzStatement) rows = jz_connection_query (
    self->view->reader, self->error,
    "SELECT id, name FROM attachment WHERE case_id = ? ORDER BY key", "t", self->view->case_id);

  while (rows != NULL && jz_statement_step (rows, &has_row, self->error)) {
    if (!has_row)
      return TRUE;
    look_at_file (self, jz_statement_get_text (rows, 0), jz_statement_get_text (rows, 1));
  }
  return FALSE;
}

/**
 * jz_recording_cross_check:
 * @view: a case
 * @error: return location
 *
 * Compares what was written with what was recorded. Nothing is refused for it: not every word has
 * its second; who reads the list decides.
 *
 * Returns: (transfer full) (nullable): an array of `kind` (untied: paragraphs of a note, unwritten:
 *   a recorded step without a note, untold: a recording of a step that no words are tied to,
 *   unbound: a recording of no step), `title`, `text` and `place`
 */
JzJson *
jz_recording_cross_check (const JzCaseView *view, GError **error)
{
  g_autoptr (GPtrArray) steps = view->facts != NULL ? jz_recorded_steps_list (view->facts) : NULL;
  g_autoptr (GHashTable) written = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (JzJson) rows = jz_json_new_array ();
  Check check = { view, steps, written, rows, error };

  if (steps == NULL)
    return g_steal_pointer (&rows);
  if (!jz_case_facts_finish (view->facts, error))
    return NULL;
  for (guint i = 0; i < steps->len; i++) {
    const JzRecordedStep *step = g_ptr_array_index (steps, i);
    if (is_asked (step) && !look_at_step (&check, step))
      return NULL;
  }
  return look_at_files (&check) ? g_steal_pointer (&rows) : NULL;
}
