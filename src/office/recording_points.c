/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "office/recording_points.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "office/act_words.h"
#include "office/recording_words.h"
#include "office/recordings.h"

/* What is ticked in the recordings of a step: what they must show, and that the words
 * were said with which it begins and ends and rights are told. A mark of its kind ticks a point, or
 * the act recording.check_shot, which also says why something is not there. */

#define SAID "said_"

static void
free_point (gpointer data)
{
  JzRecordingPoint *self = data;

  g_free (self->id);
  g_free (self);
}

static void
add_shot (GPtrArray *points, const JzRecordingShot *shot)
{
  JzRecordingPoint *point = g_new0 (JzRecordingPoint, 1);

  point->id = g_strdup (shot->id);
  point->mark = shot->mark;
  point->name = jz_text_get (&shot->name, jz_language_get_current ());
  g_ptr_array_add (points, point);
}

/* One mark does not stand for two points, where the telling of rights must be seen anyway. */
static JzRecordingPoint *
find_by_mark (const GPtrArray *points, const char *mark)
{
  for (guint i = 0; i < points->len; i++) {
    JzRecordingPoint *point = g_ptr_array_index (points, i);
    if (g_strcmp0 (point->mark, mark) == 0)
      return point;
  }
  return NULL;
}

static void
add_words (GPtrArray *points, const JzRecordingWords *words, guint position)
{
  const char *text = jz_text_get (&words->words, jz_language_get_current ());
  JzRecordingPoint *point = find_by_mark (points, words->mark);

  if (point != NULL) {
    point->words = text;
    return;
  }
  point = g_new0 (JzRecordingPoint, 1);
  point->id = g_strconcat (SAID, words->part, NULL);
  point->mark = words->mark;
  point->name = jz_recording_part_get_label (words->part);
  point->words = text;
  g_ptr_array_insert (points, (int)position, point);
}

/**
 * jz_recording_points_list:
 * @rule: a rule on recordings
 *
 * Returns: (transfer full) (element-type JzRecordingPoint): what is ticked, in the order in which
 *   it comes; the texts belong to @rule
 */
GPtrArray *
jz_recording_points_list (const JzRecordingRule *rule)
{
  GPtrArray *points = g_ptr_array_new_with_free_func (free_point);
  guint n_before = 0;

  for (guint i = 0; i < rule->shots->len; i++)
    add_shot (points, g_ptr_array_index (rule->shots, i));
  for (guint i = 0; i < rule->words->len; i++) {
    const JzRecordingWords *words = g_ptr_array_index (rule->words, i);
    gboolean is_last = strcmp (words->part, "closing") == 0;
    guint n_points = points->len;
    if (words->mark == NULL)
      continue;
    add_words (points, words, is_last ? points->len : n_before);
    if (!is_last && points->len > n_points)
      n_before++;
  }
  return points;
}

/**
 * jz_recording_points_has:
 * @rule: a rule on recordings
 * @id: id of a point
 *
 * Returns: whether a recording by this rule is looked through for it
 */
gboolean
jz_recording_points_has (const JzRecordingRule *rule, const char *id)
{
  g_autoptr (GPtrArray) points = jz_recording_points_list (rule);

  for (guint i = 0; i < points->len; i++)
    if (strcmp (((const JzRecordingPoint *)g_ptr_array_index (points, i))->id, id) == 0)
      return TRUE;
  return FALSE;
}

/* Ticked by hand, or by a mark of its kind in a recording of the step; the newest counts. */
static const JzStatedRecord *
find_tick (const JzStated *stated, const JzRecordedStep *step, const JzRecordingPoint *point)
{
  const GPtrArray *records = jz_stated_get_records (stated);

  for (guint i = records->len; i-- > 0;) {
    const JzStatedRecord *record = g_ptr_array_index (records, i);
    if (strcmp (record->list, JZ_LIST_SHOT) == 0 &&
        strcmp (jz_stated_record_get_text (record, "of"), step->id) == 0 &&
        strcmp (jz_stated_record_get_text (record, "shot"), point->id) == 0)
      return record;
    if (point->mark != NULL && strcmp (record->list, JZ_LIST_MARK) == 0 &&
        jz_stated_record_get (record, JZ_REMOVED) == NULL &&
        strcmp (jz_stated_record_get_text (record, "kind"), point->mark) == 0 &&
        jz_recorded_step_has_file (step, jz_stated_record_get_text (record, "attachment")))
      return record;
  }
  return NULL;
}

static JzJson *
describe (const JzStated *stated, const JzRecordedStep *step, const JzRecordingPoint *point)
{
  const JzStatedRecord *tick = find_tick (stated, step, point);
  const char *attachment = tick != NULL ? jz_stated_record_get_text (tick, "attachment") : "";
  const JzJson *at = tick != NULL ? jz_stated_record_get (tick, "at") : NULL;
  JzJson *json = jz_json_new_object ();

  jz_json_set_text (json, "id", point->id);
  jz_json_set_text (json, "name", point->name);
  if (point->mark != NULL)
    jz_json_set_text (json, "mark", point->mark);
  if (point->words != NULL)
    jz_json_set_text (json, "words", point->words);
  if (tick == NULL)
    jz_json_set_text (json, "state", "open");
  else
    jz_json_set_text (json, "state", attachment[0] != '\0' ? "seen" : "absent");
  if (attachment[0] != '\0')
    jz_json_set_text (json, "attachment", attachment);
  if (at != NULL)
    jz_json_set_integer (json, "at", jz_json_get_integer (at));
  if (tick != NULL && jz_stated_record_get_text (tick, "text")[0] != '\0')
    jz_json_set_text (json, "text", jz_stated_record_get_text (tick, "text"));
  return json;
}

/* Nothing is said in a photo. */
static gboolean
is_of_photos (const JzRecordedStep *step)
{
  for (guint i = 0; i < step->recordings->len; i++)
    if (!g_array_index (step->recordings, JzStepRecording, i).is_photo)
      return FALSE;
  return step->recordings->len > 0;
}

/**
 * jz_recorded_step_list_points:
 * @step: a step
 * @stated: what was stated of its case
 *
 * Returns: (transfer full): what is ticked in its recordings: an array of `id`, `name`, `state`
 *   (open, seen, absent), `mark` (kind of mark that ticks it), `words`, and of what is ticked
 *   `attachment`, `at`, `text`
 */
JzJson *
jz_recorded_step_list_points (const JzRecordedStep *step, const JzStated *stated)
{
  g_autoptr (GPtrArray) points = step->rule != NULL ? jz_recording_points_list (step->rule) : NULL;
  gboolean is_silent = is_of_photos (step);
  JzJson *list = jz_json_new_array ();

  for (guint i = 0; points != NULL && i < points->len; i++) {
    const JzRecordingPoint *point = g_ptr_array_index (points, i);
    if (!is_silent || !g_str_has_prefix (point->id, SAID))
      jz_json_append (list, describe (stated, step, point));
  }
  return list;
}

/**
 * jz_recorded_step_dup_unticked:
 * @step: a step
 * @stated: what was stated of its case
 * @n_open: (out): how many are not ticked
 *
 * Returns: (transfer full): the names of what is not ticked in recordings that are there
 */
char *
jz_recorded_step_dup_unticked (const JzRecordedStep *step, const JzStated *stated, guint *n_open)
{
  g_autoptr (JzJson) points = jz_recorded_step_list_points (step, stated);
  GString *text = g_string_new (NULL);

  *n_open = 0;
  for (guint i = 0; step->is_present && i < jz_json_get_n_items (points); i++) {
    const JzJson *point = jz_json_get_item (points, i);
    if (strcmp (jz_json_get_member_text (point, "state"), "open") != 0)
      continue;
    /* Translators: stands between the items of a list. */
    g_string_append_printf (text, "%s%s", *n_open > 0 ? C_ ("list", ", ") : "",
                            jz_json_get_member_text (point, "name"));
    *n_open += 1;
  }
  return g_string_free (text, FALSE);
}

/**
 * jz_recording_list_checks:
 * @view: a case
 * @attachment: a file of it
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the steps that the file shows, with what is ticked in it: an
 *   array of `of`, `label` and `points` as of jz_recorded_step_list_points()
 */
JzJson *
jz_recording_list_checks (const JzCaseView *view, const char *attachment, GError **error)
{
  g_autoptr (GPtrArray) steps = view->facts != NULL ? jz_recorded_steps_list (view->facts) : NULL;
  JzJson *list;

  if (steps != NULL && !jz_case_facts_finish (view->facts, error))
    return NULL;
  list = jz_json_new_array ();
  for (guint i = 0; steps != NULL && i < steps->len; i++) {
    const JzRecordedStep *step = g_ptr_array_index (steps, i);
    JzJson *json;
    if (step->ban != NULL || !jz_recorded_step_has_file (step, attachment))
      continue;
    json = jz_json_new_object ();
    jz_json_set_text (json, "of", step->id);
    jz_json_set_text (json, "label", jz_act_get_label (step->act));
    jz_json_set_member (json, "points", jz_recorded_step_list_points (step, view->stated));
    jz_json_append (list, json);
  }
  return list;
}
