/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "office/case_course.h"

#include <string.h>

#include "office/case_facts-private.h"

/* The line of stages (ux.md §4): those of the case's procedure in the order in which its rules let
 * them follow each other. A stage beside the line, such as sampling, stands there only once
 * something of it has happened. */

static void
free_stage (gpointer data)
{
  JzCourseStage *self = data;

  g_ptr_array_unref (self->unmet);
  g_free (self);
}

/* Names with numbers in the order of the numbers: ST-O3a, ST-O4, ST-O10. */
static int
compare_ids (const char *a, const char *b)
{
  while (*a != '\0' && *b != '\0') {
    if (g_ascii_isdigit (*a) && g_ascii_isdigit (*b)) {
      guint64 of_a = g_ascii_strtoull (a, (char **)&a, 10);
      guint64 of_b = g_ascii_strtoull (b, (char **)&b, 10);
      if (of_a != of_b)
        return of_a < of_b ? -1 : 1;
    } else if (*a != *b)
      return *a < *b ? -1 : 1;
    else
      a++, b++;
  }
  return (*a != '\0') - (*b != '\0');
}

static int
compare_stages (gconstpointer a, gconstpointer b)
{
  const JzStage *of_a = *(const JzStage *const *)a;
  const JzStage *of_b = *(const JzStage *const *)b;

  return compare_ids (of_a->rule.id, of_b->rule.id);
}

/**
 * jz_case_course_find_procedure:
 * @view: a case that has a rulebook
 *
 * Returns: (transfer none) (nullable): the procedure that the case goes by; the ordinary one until
 *   another is stated
 */
const JzProcedure *
jz_case_course_find_procedure (const JzCaseView *view)
{
  const GPtrArray *procedures = jz_rulebook_get_rules (view->rulebook, JZ_RULE_PROCEDURE);
  const char *word = jz_stated_get_text (view->stated, "case.procedure");
  g_autofree char *upper = g_ascii_strup (word[0] != '\0' ? word : "ordinary", -1);
  g_autofree char *id = g_strconcat ("PR-", upper, NULL);
  const JzRule *rule = jz_rulebook_find (view->rulebook, JZ_RULE_PROCEDURE, id);

  if (rule != NULL)
    return (const JzProcedure *)rule;
  return procedures->len > 0 ? g_ptr_array_index (procedures, 0) : NULL;
}

static gboolean
holds (const JzCaseView *view, const JzExpression *when)
{
  return when == NULL || jz_case_facts_ask (view->facts, when) == JZ_TRUTH_TRUE;
}

static gboolean
states (const JzStage *stage, const char *fact)
{
  for (guint i = 0; i < stage->facts->len; i++)
    if (strcmp (((const JzStageItem *)g_ptr_array_index (stage->facts, i))->name, fact) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
is_of_another (const JzProcedure *procedure, const JzStage *except, const char *fact)
{
  for (guint i = 0; i < procedure->stages->len; i++) {
    const JzStage *stage = g_ptr_array_index (procedure->stages, i);
    if (stage != except && !stage->is_beside && states (stage, fact))
      return TRUE;
  }
  return FALSE;
}

static gboolean
belongs_before (const JzProcedure *procedure, const JzStage *stage, const JzAct *act)
{
  for (guint i = 0; i < procedure->stages->len; i++) {
    const JzStage *earlier = g_ptr_array_index (procedure->stages, i);
    if (earlier->is_beside || compare_ids (earlier->rule.id, stage->rule.id) >= 0)
      continue;
    for (const JzArgument *argument = act->arguments; argument->name != NULL; argument++)
      if (states (earlier, argument->name))
        return TRUE;
  }
  return FALSE;
}

/* The check of a lead says already when the conduct was found, and the draft what will be decided:
 * neither is the filing or the decision. */
static gboolean
is_said_before (const JzProcedure *procedure, const JzStage *stage, const char *fact)
{
  gsize n_acts = 0;
  const JzAct *const *acts = jz_act_get_all (&n_acts);

  for (gsize i = 0; i < n_acts; i++)
    for (const JzArgument *argument = acts[i]->arguments; argument->name != NULL; argument++)
      if (strcmp (argument->name, fact) == 0 && belongs_before (procedure, stage, acts[i]))
        return TRUE;
  return FALSE;
}

/**
 * jz_course_has_begun:
 * @view: a case
 * @procedure: that it goes by
 * @stage: a stage of it
 *
 * Returns: whether something of the stage has happened: what it states of its own, and not what
 *   another stage of the line states as well
 */
gboolean
jz_course_has_begun (const JzCaseView *view, const JzProcedure *procedure, const JzStage *stage)
{
  for (guint i = 0; i < stage->facts->len; i++) {
    const JzStageItem *item = g_ptr_array_index (stage->facts, i);
    if ((jz_stated_get (view->stated, item->name) != NULL ||
         jz_stated_find_last (view->stated, item->name) != NULL) &&
        !is_of_another (procedure, stage, item->name) &&
        !is_said_before (procedure, stage, item->name) && holds (view, item->when))
      return TRUE;
  }
  return FALSE;
}

static int
find_position (const GPtrArray *stages, const char *id)
{
  for (guint i = 0; i < stages->len; i++)
    if (strcmp (((const JzStage *)g_ptr_array_index (stages, i))->rule.id, id) == 0)
      return (int)i;
  return -1;
}

/* The last of those that must come before it and stand behind it, or -1. */
static int
find_later (const JzCaseView *view, const GPtrArray *stages, guint position)
{
  const JzStage *stage = g_ptr_array_index (stages, position);
  int latest = -1;

  for (guint i = 0; i < stage->after->len; i++) {
    const JzStageOrder *order = g_ptr_array_index (stage->after, i);
    int before = find_position (stages, order->stage);
    if (before > (int)position && holds (view, order->when))
      latest = MAX (latest, before);
  }
  return latest;
}

/* Whether the review stands before or after the notice is for the rules of the field and of the
 * bureau to say. Rules that contradict each other end it after as many steps as there are pairs. */
static void
put_in_order (const JzCaseView *view, GPtrArray *stages)
{
  guint n_left = stages->len * stages->len;

  g_ptr_array_sort (stages, compare_stages);
  for (guint i = 0; i < stages->len && n_left > 0; n_left--) {
    int later = find_later (view, stages, i);
    if (later < 0) {
      i++;
      continue;
    }
    g_ptr_array_insert (stages, later, g_ptr_array_steal_index (stages, i));
  }
}

/* Facts that an act may leave out are no reason to say that a stage is not done. */
static gboolean
must_be_stated (const char *fact)
{
  gsize n_acts = 0;
  const JzAct *const *acts = jz_act_get_all (&n_acts);

  for (gsize i = 0; i < n_acts; i++)
    for (const JzArgument *argument = acts[i]->arguments; argument->name != NULL; argument++)
      if (strcmp (argument->name, fact) == 0 && argument->source == JZ_OPTIONAL)
        return FALSE;
  return TRUE;
}

/**
 * jz_course_is_missing:
 * @view: a case
 * @item: a fact that a stage must state
 *
 * Returns: whether it is still to be stated
 */
gboolean
jz_course_is_missing (const JzCaseView *view, const JzStageItem *item)
{
  g_autoptr (JzValue) value = NULL;

  return holds (view, item->when) && must_be_stated (item->name) &&
         jz_case_facts_get (view->facts, item->name, &value) != JZ_FACT_PRESENT;
}

static gboolean
has_gaps (const JzCaseView *view, const JzStage *stage)
{
  for (guint i = 0; i < stage->facts->len; i++)
    if (jz_course_is_missing (view, g_ptr_array_index (stage->facts, i)))
      return TRUE;
  return FALSE;
}

static void
take_day (const JzCaseView *view, const JzStage *stage, char on[JZ_DATE_SIZE])
{
  for (guint i = 0; i < stage->facts->len; i++) {
    const JzStageItem *item = g_ptr_array_index (stage->facts, i);
    const char *text = jz_stated_get_text (view->stated, item->name);
    g_autofree char *day = g_strndup (text, JZ_DATE_SIZE - 1);
    JzDate date;
    if (jz_date_parse (day, &date, NULL) && strcmp (day, on) > 0)
      g_strlcpy (on, day, JZ_DATE_SIZE);
  }
}

static JzCourseStage *
new_stage (const JzCaseView *view, const JzStage *stage, gboolean has_begun)
{
  JzCourseStage *self = g_new0 (JzCourseStage, 1);

  self->stage = stage;
  self->has_begun = has_begun;
  self->has_gaps = has_gaps (view, stage);
  self->state = has_begun && !self->has_gaps ? JZ_COURSE_DONE : JZ_COURSE_AHEAD;
  self->unmet = g_ptr_array_new_with_free_func (g_free);
  if (has_begun)
    take_day (view, stage, self->on);
  return self;
}

/* Stages of the line that have a day, and were not only prepared for. */
static int
find_last_done (const GPtrArray *course)
{
  int last = -1;

  for (guint i = 0; i < course->len; i++) {
    const JzCourseStage *stage = g_ptr_array_index (course, i);
    if (stage->state == JZ_COURSE_DONE && !stage->stage->is_beside && stage->on[0] != '\0')
      last = (int)i;
  }
  return last;
}

static gboolean
is_done (const GPtrArray *course, const char *id)
{
  for (guint i = 0; i < course->len; i++) {
    const JzCourseStage *stage = g_ptr_array_index (course, i);
    if (strcmp (stage->stage->rule.id, id) == 0)
      return stage->state == JZ_COURSE_DONE;
  }
  return FALSE;
}

static void
find_unmet (const JzCaseView *view, const GPtrArray *course, JzCourseStage *stage)
{
  for (guint i = 0; i < stage->stage->after->len; i++) {
    const JzStageOrder *order = g_ptr_array_index (stage->stage->after, i);
    if (!is_done (course, order->stage) && holds (view, order->when))
      g_ptr_array_add (stage->unmet,
                       g_strdup (jz_text_get (&order->sentence, jz_language_get_current ())));
  }
}

/* The case stands at the stage behind the last that is done. What lies before that and was begun is
 * past, with what may be missing in it; what was not begun was left out. */
static void
find_current (const JzCaseView *view, GPtrArray *course, gboolean is_open)
{
  int last_done = find_last_done (course);
  gboolean is_found = !is_open;

  for (guint i = 0; i < course->len; i++) {
    JzCourseStage *stage = g_ptr_array_index (course, i);
    if (stage->state == JZ_COURSE_DONE)
      continue;
    if ((int)i < last_done || !is_open) {
      stage->state = stage->has_begun ? JZ_COURSE_DONE : JZ_COURSE_LEFT_OUT;
      continue;
    }
    find_unmet (view, course, stage);
    if (!is_found && !stage->stage->is_beside) {
      stage->state = JZ_COURSE_CURRENT;
      is_found = TRUE;
    } else if (stage->stage->is_beside || stage->has_begun)
      stage->state = JZ_COURSE_OPEN;
  }
}

/* The last stage is over when the case is closed, and not when the ground for it is known. */
static void
keep_end_open (GPtrArray *course, gboolean is_open)
{
  for (guint i = 0; is_open && i < course->len; i++) {
    JzCourseStage *stage = g_ptr_array_index (course, i);
    if (stage->stage->is_end && !stage->stage->is_beside && stage->state == JZ_COURSE_DONE)
      stage->state = JZ_COURSE_AHEAD;
  }
}

/**
 * jz_case_course_new:
 * @view: a case
 * @error: return location
 *
 * Returns: (transfer full) (nullable) (element-type JzCourseStage): the stages of the case in
 *   order; none where no rulebook was adopted
 */
GPtrArray *
jz_case_course_new (const JzCaseView *view, GError **error)
{
  g_autoptr (GPtrArray) course = g_ptr_array_new_with_free_func (free_stage);
  g_autoptr (GPtrArray) stages = g_ptr_array_new ();
  g_autofree char *state = jz_case_view_dup_text (view, "stage");
  gboolean is_open = strcmp (state, "open") == 0;
  const JzProcedure *procedure =
    view->rulebook != NULL ? jz_case_course_find_procedure (view) : NULL;

  if (procedure == NULL)
    return g_steal_pointer (&course);
  for (guint i = 0; i < procedure->stages->len; i++)
    g_ptr_array_add (stages, g_ptr_array_index (procedure->stages, i));
  put_in_order (view, stages);
  for (guint i = 0; i < stages->len; i++) {
    const JzStage *stage = g_ptr_array_index (stages, i);
    gboolean has_begun = jz_course_has_begun (view, procedure, stage);
    if (!stage->is_beside || has_begun)
      g_ptr_array_add (course, new_stage (view, stage, has_begun));
  }
  keep_end_open (course, is_open);
  find_current (view, course, is_open);
  return jz_case_facts_finish (view->facts, error) ? g_steal_pointer (&course) : NULL;
}

/**
 * jz_course_state_get_name:
 * @state: a state
 *
 * Returns: its name in JSON
 */
const char *
jz_course_state_get_name (JzCourseState state)
{
  static const char *const names[] = { "done", "current", "open", "ahead", "left_out" };

  return names[state];
}

static JzJson *
stage_to_json (const JzCaseView *view, const JzCourseStage *stage)
{
  JzLanguage language = jz_language_get_current ();
  JzJson *json = jz_json_new_object ();
  JzJson *unmet = jz_json_new_array ();
  g_autofree char *basis = jz_rulebook_dup_basis (view->rulebook, &stage->stage->rule, language);

  jz_json_set_text (json, "id", stage->stage->rule.id);
  jz_json_set_text (json, "name", jz_text_get (&stage->stage->rule.name, language));
  jz_json_set_text (json, "state", jz_course_state_get_name (stage->state));
  jz_json_set_boolean (json, "gaps", stage->has_begun && stage->has_gaps);
  if (stage->on[0] != '\0')
    jz_json_set_text (json, "on", stage->on);
  if (basis != NULL)
    jz_json_set_text (json, "basis", basis);
  for (guint i = 0; i < stage->unmet->len; i++)
    jz_json_append (unmet, jz_json_new_text (g_ptr_array_index (stage->unmet, i)));
  jz_json_set_member (json, "unmet", unmet);
  return json;
}

/**
 * jz_case_course_list:
 * @view: a case
 * @error: return location
 *
 * Returns: (transfer full) (nullable): an array of objects `id`, `name`, `state` (done, current,
 *   open, ahead, left_out), `gaps` (whether something in it was begun and not finished), `on`,
 *   `basis` and `unmet`, sentences that say what must come before
 */
JzJson *
jz_case_course_list (const JzCaseView *view, GError **error)
{
  g_autoptr (GPtrArray) course = jz_case_course_new (view, error);
  JzJson *list;

  if (course == NULL)
    return NULL;
  list = jz_json_new_array ();
  for (guint i = 0; i < course->len; i++)
    jz_json_append (list, stage_to_json (view, g_ptr_array_index (course, i)));
  return list;
}
