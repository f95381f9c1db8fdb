/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "office/file_access.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "office/act_words.h"
#include "office/fact_arguments.h"
#include "office/recording_duty.h"
#include "office/situation.h"

/* Who opens a file of a case, and whether it goes out. All that shows content,
 * takes something from it or writes it elsewhere asks here, and nothing decides it on its own. */

/* A still of a still of a still; nobody goes further. */
#define MAX_SOURCES 16

static const char *
get_source (const JzStated *stated, const char *file)
{
  const GPtrArray *records = jz_stated_get_records (stated);

  for (guint i = 0; i < records->len; i++) {
    const JzStatedRecord *record = g_ptr_array_index (records, i);
    if (strcmp (record->list, JZ_LIST_STILL) == 0 && strcmp (record->id, file) == 0)
      return jz_stated_record_get_text (record, "source");
  }
  return "";
}

/* That it is secret, or that it is not any more: what was said last. */
static const JzStatedRecord *
find_said (const JzStated *stated, const char *file)
{
  const GPtrArray *records = jz_stated_get_records (stated);

  for (guint i = records->len; i-- > 0;) {
    const JzStatedRecord *record = g_ptr_array_index (records, i);
    if ((strcmp (record->list, JZ_LIST_SECRECY) == 0 ||
         strcmp (record->list, JZ_LIST_SECRECY_LIFTED) == 0) &&
        strcmp (jz_stated_record_get_text (record, "attachment"), file) == 0)
      return record;
  }
  return NULL;
}

static const char *
get_label (const char *word)
{
  const JzFactDefinition *list = jz_fact_vocabulary_find (jz_office_get_facts (), JZ_LIST_SECRECY);

  for (guint i = 0; i < list->fields->len; i++) {
    const JzFactDefinition *field = g_ptr_array_index (list->fields, i);
    if (strcmp (field->name, "class") == 0)
      return jz_fact_definition_get_label (field, word, jz_language_get_current ());
  }
  return word;
}

static gboolean
is_over (const char *until, JzDate today)
{
  JzDate last;
  return jz_date_parse (until, &last, NULL) && jz_date_compare (last, today) < 0;
}

static gboolean
read_mark (const JzStatedRecord *said, const char *file, JzDate today, JzSecrecyMark *mark)
{
  if (strcmp (said->list, JZ_LIST_SECRECY) != 0 ||
      is_over (jz_stated_record_get_text (said, "until"), today))
    return FALSE;
  *mark = (JzSecrecyMark){
    .file = file,
    .class_word = jz_stated_record_get_text (said, "class"),
    .label = get_label (jz_stated_record_get_text (said, "class")),
    .ground = jz_stated_record_get_text (said, "ground"),
    .until = jz_stated_record_get_text (said, "until"),
    .viewers = jz_stated_record_get (said, "viewers"),
    .arrival = said->arrival,
  };
  return TRUE;
}

/**
 * jz_secrecy_find:
 * @stated: what was stated of a case
 * @file: id of an attachment
 * @today: the day
 * @mark: (out): what holds of it; written only where something does
 *
 * Of a still frame of which nothing was said itself, what holds of the recording that it was taken
 * from. What has run out holds no more, and neither does what was lifted.
 *
 * Returns: whether the file is classified
 */
gboolean
jz_secrecy_find (const JzStated *stated, const char *file, JzDate today, JzSecrecyMark *mark)
{
  for (int i = 0; i < MAX_SOURCES && file[0] != '\0'; i++) {
    const JzStatedRecord *said = find_said (stated, file);
    if (said != NULL)
      return read_mark (said, file, today, mark);
    file = get_source (stated, file);
  }
  return FALSE;
}

/**
 * jz_secrecy_mark_to_json:
 * @mark: what holds of a file
 *
 * Returns: (transfer full): `class`, `label`, `ground`, `until` where an end is set, and `viewers`,
 * an array of ids
 */
JzJson *
jz_secrecy_mark_to_json (const JzSecrecyMark *mark)
{
  JzJson *json = jz_json_new_object ();

  jz_json_set_text (json, "class", mark->class_word);
  jz_json_set_text (json, "label", mark->label);
  jz_json_set_text (json, "ground", mark->ground);
  if (mark->until[0] != '\0')
    jz_json_set_text (json, "until", mark->until);
  jz_json_set_member (json, "viewers",
                      mark->viewers != NULL ? jz_json_copy (mark->viewers) : jz_json_new_array ());
  return json;
}

static gboolean
is_named (const JzJson *viewers, const char *person)
{
  for (guint i = 0; viewers != NULL && i < jz_json_get_n_items (viewers); i++)
    if (strcmp (jz_json_get_text (jz_json_get_item (viewers, i)), person) == 0)
      return TRUE;
  return FALSE;
}

static void
refuse_state_secret (JzRefusal **refusal)
{
  jz_refuse (refusal, "J-SECRECY",
             _ ("Hand it to the secrecy office, and register only where it is kept. Where it is no "
                "state secret, an approver or the head says so."),
             _ ("This file is a state secret; this program neither shows it nor gives it out."));
}

/* The file itself, or what it was taken from, that is sealed off by what people have decided or by
 * what the rules say of the step. */
static const char *
find_sealed (const JzFileAccess *self, const char *file)
{
  for (int i = 0; i < MAX_SOURCES && file[0] != '\0'; i++) {
    if (jz_recording_is_forbidden (self->stated, file) ||
        (self->steps != NULL && jz_recording_is_sealed (self->steps, self->stated, file)))
      return file;
    file = get_source (self->stated, file);
  }
  return NULL;
}

/* What must not have been recorded is opened by who decides on it, and by nobody else. */
static gboolean
check_sealed (const JzFileAccess *self,
              const char *file,
              const char *person,
              JzRefusal **refusal,
              GError **error)
{
  const char *sealed = find_sealed (self, file);
  gboolean is_approver = FALSE;
  gboolean is_head = FALSE;

  if (sealed == NULL)
    return TRUE;
  if (strcmp (jz_recording_get_ban_ground (self->stated, sealed), "state_secret") == 0) {
    refuse_state_secret (refusal);
    return TRUE;
  }
  if (strcmp (jz_recording_get_disposal (self->stated, sealed), "hand_over") == 0) {
    jz_refuse (refusal, "J-SEALED", _ ("Ask the secrecy office."),
               _ ("This recording was handed to the secrecy office; nobody opens it here."));
    return TRUE;
  }
  if (!jz_tables_has_role (self->tables, person, "approver", &is_approver, error) ||
      !jz_tables_has_role (self->tables, person, "head", &is_head, error))
    return FALSE;
  if (!is_approver && !is_head)
    jz_refuse (refusal, "J-SEALED", _ ("An approver or the head decides what becomes of it."),
               _ ("This recording is sealed off, because the step must not be recorded."));
  return TRUE;
}

/**
 * jz_file_access_check_view:
 * @self: from what it is answered
 * @file: id of an attachment of the case
 * @person: who wants to see it
 * @refusal: (out): set where the person may not
 * @error: return location
 *
 * A recording that must not have been made is opened by who decides on it, a state secret by
 * nobody, another secret and what touches privacy by those whom its list names.
 *
 * Returns: %FALSE only when it could not look
 */
gboolean
jz_file_access_check_view (const JzFileAccess *self,
                           const char *file,
                           const char *person,
                           JzRefusal **refusal,
                           GError **error)
{
  JzSecrecyMark mark;

  if (!check_sealed (self, file, person, refusal, error))
    return FALSE;
  if (*refusal != NULL || !jz_secrecy_find (self->stated, file, self->today, &mark))
    return TRUE;
  if (strcmp (mark.class_word, "state_secret") == 0)
    refuse_state_secret (refusal);
  else if (!is_named (mark.viewers, person))
    jz_refuse (refusal, "J-SECRECY",
               _ ("A handler of the case or the head of the section decides who is on the list."),
               _ ("This file is classified (%s), and you are not on the list of those who may view "
                  "it."),
               mark.label);
  return TRUE;
}

static gboolean
is_permitted (const JzStated *stated, const char *file, const JzSecrecyMark *mark, const char *use)
{
  const GPtrArray *records = jz_stated_get_records (stated);

  for (guint i = 0; i < records->len; i++) {
    const JzStatedRecord *record = g_ptr_array_index (records, i);
    if (strcmp (record->list, JZ_LIST_EXPORT) == 0 && record->arrival > mark->arrival &&
        strcmp (jz_stated_record_get_text (record, "attachment"), file) == 0 &&
        strcmp (jz_stated_record_get_text (record, "use"), use) == 0)
      return TRUE;
  }
  return FALSE;
}

/**
 * jz_file_access_check_export:
 * @self: from what it is answered
 * @file: id of an attachment of the case
 * @use: (nullable): for what a dossier is written, `archive`, `evaluation`, `reconsideration`,
 *   `court` or `party`; %NULL where the file goes out alone
 * @refusal: (out): set where it stays here
 *
 * What is classified does not leave alone; with a dossier it goes where the head has allowed it for
 * that use after it was classified. A state secret and what is sealed off never go.
 */
void
jz_file_access_check_export (const JzFileAccess *self,
                             const char *file,
                             const char *use,
                             JzRefusal **refusal)
{
  JzSecrecyMark mark;

  if (find_sealed (self, file) != NULL) {
    jz_refuse (refusal, "J-SEALED", _ ("An approver or the head decides what becomes of it."),
               _ ("This recording is sealed off, because the step must not be recorded; it does "
                  "not go out."));
    return;
  }
  if (!jz_secrecy_find (self->stated, file, self->today, &mark))
    return;
  if (strcmp (mark.class_word, "state_secret") == 0)
    refuse_state_secret (refusal);
  else if (use == NULL)
    jz_refuse (refusal, "J-SECRECY",
               _ ("View it here. With a dossier it goes out where an approver or the head allows "
                  "that."),
               _ ("This file is classified (%s); it is not copied out alone."), mark.label);
  else if (!is_permitted (self->stated, file, &mark, use))
    jz_refuse (refusal, "J-SECRECY", _ ("Ask an approver or the head to allow it for this use."),
               _ ("This file is classified (%s), and nobody has allowed that it goes out with the "
                  "dossier for this use."),
               mark.label);
}

/* What the rules say is asked only of what shows a step. */
static gboolean
shows_step (const JzStated *stated, const char *file)
{
  const GPtrArray *records = jz_stated_get_records (stated);

  for (guint i = 0; i < records->len; i++) {
    const JzStatedRecord *record = g_ptr_array_index (records, i);
    if (strcmp (record->list, JZ_LIST_STILL) == 0 && strcmp (record->id, file) == 0)
      return TRUE;
    if (strcmp (record->list, JZ_LIST_RECORDING) == 0 &&
        strcmp (jz_stated_record_get_text (record, "attachment"), file) == 0)
      return TRUE;
    if (strcmp (record->id, file) == 0 && jz_stated_record_get (record, "step") != NULL)
      return TRUE;
  }
  return FALSE;
}

static GPtrArray *
list_steps (const JzCaseView *view, const char *file)
{
  return view->facts != NULL && shows_step (view->stated, file)
           ? jz_recorded_steps_list (view->facts)
           : NULL;
}

/**
 * jz_case_view_check_file:
 * @view: a case
 * @file: id of an attachment of it
 * @person: who wants to see it
 * @refusal: (out): set where the person may not
 * @error: return location
 *
 * jz_file_access_check_view() with what the rules of the case say.
 *
 * Returns: %FALSE only when it could not look
 */
gboolean
jz_case_view_check_file (const JzCaseView *view,
                         const char *file,
                         const char *person,
                         JzRefusal **refusal,
                         GError **error)
{
  g_autoptr (GPtrArray) steps = list_steps (view, file);
  const JzFileAccess access = { view->reader, view->stated, steps, view->today };

  if (view->facts != NULL && !jz_case_facts_finish (view->facts, error))
    return FALSE;
  return jz_file_access_check_view (&access, file, person, refusal, error);
}

/**
 * jz_case_view_check_export:
 * @view: a case
 * @file: id of an attachment of it
 * @use: (nullable): as of jz_file_access_check_export()
 * @refusal: (out): set where it stays here
 * @error: return location
 *
 * jz_file_access_check_export() with what the rules of the case say.
 *
 * Returns: %FALSE only when it could not look
 */
gboolean
jz_case_view_check_export (const JzCaseView *view,
                           const char *file,
                           const char *use,
                           JzRefusal **refusal,
                           GError **error)
{
  g_autoptr (GPtrArray) steps = list_steps (view, file);
  const JzFileAccess access = { view->reader, view->stated, steps, view->today };

  if (view->facts != NULL && !jz_case_facts_finish (view->facts, error))
    return FALSE;
  jz_file_access_check_export (&access, file, use, refusal);
  return TRUE;
}
