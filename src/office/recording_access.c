/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "office/attachments.h"
#include "office/case_facts-private.h"
#include "office/recording_duty.h"
#include "office/recordings.h"

/* Who has seen the recordings of a case, and which of them nobody opens. */

/**
 * jz_recording_is_sealed:
 * @steps: as of jz_recorded_steps_list()
 * @stated: what was stated of the case
 * @file: id of an attachment
 *
 * Returns: whether the file shows what must not be recorded, so that nobody opens it unless the
 *   head has released it
 */
gboolean
jz_recording_is_sealed (const GPtrArray *steps, const JzStated *stated, const char *file)
{
  for (guint i = 0; i < steps->len; i++) {
    const JzRecordedStep *step = g_ptr_array_index (steps, i);
    if ((step->ban != NULL || step->level == JZ_RECORDING_FORBIDDEN) &&
        jz_recorded_step_has_file (step, file) &&
        strcmp (jz_recording_get_disposal (stated, file), "release") != 0)
      return TRUE;
  }
  return FALSE;
}

static GHashTable *
list_full_course (const GPtrArray *steps, const JzStated *stated)
{
  GHashTable *files = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < steps->len; i++) {
    const JzRecordedStep *step = g_ptr_array_index (steps, i);
    for (guint j = 0; step->level == JZ_RECORDING_FULL && j < step->recordings->len; j++) {
      const char *file = g_array_index (step->recordings, JzStepRecording, j).attachment;
      if (!jz_recording_is_sealed (steps, stated, file))
        g_hash_table_add (files, (gpointer)file);
    }
  }
  return files;
}

static gboolean
is_by (JzConnection *journal, gint64 arrival, const char *person, gboolean *is, GError **error)
{
  gint64 n_entries = 0;

  if (!jz_connection_get_number (journal, &n_entries, error,
                                 "SELECT count (*) FROM entry WHERE arrival = ? AND actor = ?",
                                 "it", arrival, person))
    return FALSE;
  *is = n_entries > 0;
  return TRUE;
}

/**
 * jz_recordings_find_unseen:
 * @facts: facts of a case
 * @journal: where its entries are
 * @person: somebody
 * @is_unseen: (out): whether the full course of a step was recorded, and the person has opened none
 *   of these recordings
 * @error: return location
 *
 * Who gives an opinion without looking at any says why.
 *
 * Returns: %FALSE only when it could not look
 */
gboolean
jz_recordings_find_unseen (JzCaseFacts *facts,
                           JzConnection *journal,
                           const char *person,
                           gboolean *is_unseen,
                           GError **error)
{
  const GPtrArray *records = jz_stated_get_records (facts->stated);
  g_autoptr (GPtrArray) steps = jz_recorded_steps_list (facts);
  g_autoptr (GHashTable) files = list_full_course (steps, facts->stated);

  *is_unseen = g_hash_table_size (files) > 0;
  for (guint i = 0; *is_unseen && i < records->len; i++) {
    const JzStatedRecord *record = g_ptr_array_index (records, i);
    gboolean is = FALSE;
    if (strcmp (record->list, JZ_LIST_VIEW) != 0 ||
        !g_hash_table_contains (files, jz_stated_record_get_text (record, "attachment")))
      continue;
    if (!is_by (journal, record->arrival, person, &is, error))
      return FALSE;
    *is_unseen = !is;
  }
  return jz_case_facts_finish (facts, error);
}

static gboolean
is_file_of (const JzStated *stated, const char *file, const char *step)
{
  const GPtrArray *records = jz_stated_get_records (stated);

  for (guint i = 0; i < records->len; i++) {
    const JzStatedRecord *record = g_ptr_array_index (records, i);
    if (strcmp (record->list, JZ_LIST_RECORDING) == 0 &&
        strcmp (jz_stated_record_get_text (record, "of"), step) == 0 &&
        jz_stated_record_get (record, JZ_REMOVED) == NULL &&
        strcmp (jz_stated_record_get_text (record, "attachment"), file) == 0)
      return TRUE;
    if (strcmp (record->list, JZ_LIST_ATTACHMENT) == 0 && strcmp (record->id, file) == 0 &&
        strcmp (jz_stated_record_get_text (record, "step"), step) == 0)
      return TRUE;
  }
  return FALSE;
}

static gboolean
is_allowed_after (const JzStated *stated, const JzStatedRecord *ban)
{
  const GPtrArray *records = jz_stated_get_records (stated);

  for (guint i = 0; i < records->len; i++) {
    const JzStatedRecord *record = g_ptr_array_index (records, i);
    if (strcmp (record->list, JZ_LIST_ALLOWED) == 0 && record->arrival > ban->arrival &&
        strcmp (jz_stated_record_get_text (record, "of"), jz_stated_record_get_text (ban, "of")) ==
          0)
      return TRUE;
  }
  return FALSE;
}

/* The decision that a step must not be recorded which the file shows, where that stands. */
static const JzStatedRecord *
find_ban (const JzStated *stated, const char *file)
{
  const GPtrArray *records = jz_stated_get_records (stated);

  for (guint i = records->len; i-- > 0;) {
    const JzStatedRecord *ban = g_ptr_array_index (records, i);
    const char *step = jz_stated_record_get_text (ban, "of");
    if (strcmp (ban->list, JZ_LIST_FORBIDDEN) == 0 && !is_allowed_after (stated, ban) &&
        is_file_of (stated, file, step))
      return ban;
  }
  return NULL;
}

/**
 * jz_recording_get_ban_ground:
 * @stated: what was stated of a case
 * @file: id of an attachment
 *
 * Returns: (transfer none): why the step must not be recorded that the file shows, as
 *   `recording.forbid` names it; empty where nobody has forbidden it
 */
const char *
jz_recording_get_ban_ground (const JzStated *stated, const char *file)
{
  const JzStatedRecord *ban = find_ban (stated, file);
  return ban != NULL ? jz_stated_record_get_text (ban, "ground") : "";
}

/**
 * jz_recording_is_forbidden:
 * @stated: what was stated of a case
 * @file: id of an attachment
 *
 * Like jz_recording_is_sealed(), of what people have decided alone, where no rulebook is at hand.
 *
 * Returns: whether the file shows a step that was forbidden to be recorded, and nobody has released
 *   it
 */
gboolean
jz_recording_is_forbidden (const JzStated *stated, const char *file)
{
  return find_ban (stated, file) != NULL &&
         strcmp (jz_recording_get_disposal (stated, file), "release") != 0;
}
