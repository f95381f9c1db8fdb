/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include <glib/gi18n-lib.h>

#include "office/act_trial.h"
#include "office/act_words.h"
#include "office/case_course.h"
#include "office/next_step.h"

/* What can be done in a case now, under the step where it belongs (ux.md §4, 添加): acts that the
 * person's roles allow, in the state in which the case is, of stages that it has reached. */

/* Done where it is seen: in the list of documents or files, in the review, on a refusal. */
static const char *const elsewhere[] = {
  "case.destroy",
  "document.approve",
  "document.correct",
  "document.draft",
  "document.examine",
  "document.finalise",
  "document.return",
  "document.revise",
  "document.sign",
  "document.submit",
  "document.void",
  "attachment.classify",
  "attachment.declassify",
  "dossier.clear",
  "dossier.cover",
  "dossier.give",
  "attachment.describe",
  "attachment.permit_export",
  "gate.override",
  "review.judge",
  "review.conclude",
  "review.question",
  "review.reply",
  "recording.mark",
  "recording.describe",
  "recording.unmark",
  "recording.view",
  "recording.tie",
  "recording.untie",
  "recording.still",
  NULL,
};

typedef struct {
  const JzCaseView *view;
  const char *person;
  const JzProcedure *procedure; /* or NULL */
  const JzAct *const *acts;
  const JzStage **stages; /* beside each act, where it belongs; NULL for any time */
  gsize n_acts;
} Menu;

/* Acts whose subject no stage names stand where the people of a bureau look for them. */
static const struct {
  const char *act; /* or the beginning of several */
  const char *fact;
} homes[] = {
  { "case.characterise", "evidence.items" },
  { "conduct.", "evidence.items" },
  { "correction.", "evidence.items" },
  { "dossier.", "case.closing_ground" },
  { "field.", "evidence.items" },
  { "party.", "case.lead_text" },
  { "record.", "evidence.items" },
  { "recording.", "evidence.items" },
};

static gboolean
is_home (const char *fact, const char *act)
{
  for (gsize i = 0; i < G_N_ELEMENTS (homes); i++)
    if (g_str_has_prefix (act, homes[i].act))
      return strcmp (homes[i].fact, fact) == 0;
  return FALSE;
}

static gboolean
has_prefix_of (const char *fact, const char *act)
{
  gsize length = strcspn (act, ".");

  return strncmp (fact, act, length) == 0 && fact[length] == '.' &&
         strncmp (fact, "case.", strlen ("case.")) != 0;
}

/* A stage asks for what the act states, or at least for something of its subject. */
static int
rate (const JzStage *stage, const JzAct *act)
{
  int rating = 0;

  for (guint i = 0; i < stage->facts->len; i++) {
    const JzStageItem *item = g_ptr_array_index (stage->facts, i);
    if (is_home (item->name, act->name))
      return 3;
    for (const JzArgument *argument = act->arguments; argument->name != NULL; argument++)
      if (strcmp (argument->name, item->name) == 0)
        rating = 2;
    if (rating == 0 && has_prefix_of (item->name, act->name))
      rating = 1;
  }
  return rating;
}

static const JzStage *
find_stage (const Menu *self, const JzAct *act)
{
  const JzStage *found = NULL;
  int best = 0;

  for (guint i = 0; self->procedure != NULL && i < self->procedure->stages->len; i++) {
    const JzStage *stage = g_ptr_array_index (self->procedure->stages, i);
    int rating = rate (stage, act);
    if (rating > best) {
      best = rating;
      found = stage;
    }
  }
  return found;
}

static gboolean
leads_to (const JzStage *from, const JzStage *to)
{
  for (guint i = 0; i < from->next->len; i++)
    if (strcmp (((const JzStageItem *)g_ptr_array_index (from->next, i))->name, to->rule.id) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
has_begun (const Menu *self, const JzStage *stage)
{
  return jz_course_has_begun (self->view, self->procedure, stage);
}

/* The case went another way already than this side way, which ends it. */
static gboolean
is_past (const Menu *self, const JzStage *from, const JzStage *stage)
{
  for (guint i = 0; stage->is_beside && stage->is_end && i < self->procedure->stages->len; i++) {
    const JzStage *other = g_ptr_array_index (self->procedure->stages, i);
    if (other != stage && !other->is_beside && leads_to (from, other) && has_begun (self, other))
      return TRUE;
  }
  return FALSE;
}

/* Whether a stage that was begun leads there, whatever must be so besides: that the party asked for
 * a hearing, say, is what the act writes down. */
static gboolean
is_reached (const Menu *self, const JzStage *stage)
{
  if (stage == NULL || stage->is_start || has_begun (self, stage))
    return TRUE;
  for (guint i = 0; i < self->procedure->stages->len; i++) {
    const JzStage *from = g_ptr_array_index (self->procedure->stages, i);
    if (leads_to (from, stage) && has_begun (self, from))
      return !is_past (self, from, stage);
  }
  return FALSE;
}

static JzJson *
get_group (JzJson *groups, GHashTable *known, const char *name)
{
  JzJson *group = g_hash_table_lookup (known, name);

  if (group != NULL)
    return group;
  group = jz_json_new_object ();
  jz_json_set_text (group, "name", name);
  jz_json_set_member (group, "acts", jz_json_new_array ());
  g_hash_table_insert (known, g_strdup (name), group);
  jz_json_append (groups, group);
  return group;
}

static JzJson *
describe (const JzAct *act)
{
  JzJson *json = jz_json_new_object ();

  jz_json_set_text (json, "act", act->name);
  jz_json_set_text (json, "label", jz_act_get_label (act->name));
  jz_json_set_text (json, "summary", _ (act->summary));
  jz_json_set_boolean (json, "proposes", (act->flags & JZ_ACT_TWO_SIGNERS) != 0);
  return json;
}

static gboolean
add_group (const Menu *self,
           const JzStage *stage,
           JzJson *groups,
           GHashTable *known,
           GError **error)
{
  const char *name =
    stage != NULL ? jz_text_get (&stage->rule.name, jz_language_get_current ()) : _ ("At any time");

  if (!is_reached (self, stage))
    return TRUE;
  for (gsize i = 0; i < self->n_acts; i++) {
    const JzAct *act = self->acts[i];
    JzTrial trial = { self->view, act, self->person, NULL };
    gboolean is = FALSE;
    JzJson *list;
    if (self->stages[i] != stage || act->scope != JZ_SCOPE_CASE ||
        g_strv_contains (elsewhere, act->name))
      continue;
    if (!jz_trial_is_possible (&trial, &is, error))
      return FALSE;
    if (!is)
      continue;
    list = (JzJson *)jz_json_get_member (get_group (groups, known, name), "acts");
    jz_json_append (list, describe (act));
  }
  return TRUE;
}

/**
 * jz_case_acts_list:
 * @view: a case
 * @person: who asks
 * @error: return location
 *
 * Returns: (transfer full) (nullable): an array of groups `name` and `acts`, each with `act`,
 *   `label`, `summary` and `proposes`
 */
JzJson *
jz_case_acts_list (const JzCaseView *view, const char *person, GError **error)
{
  g_autoptr (JzJson) groups = jz_json_new_array ();
  g_autoptr (GHashTable) known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree const JzStage **stages = NULL;
  Menu menu = { .view = view, .person = person };

  menu.procedure = view->rulebook != NULL ? jz_case_course_find_procedure (view) : NULL;
  menu.acts = jz_act_get_all (&menu.n_acts);
  stages = g_new0 (const JzStage *, menu.n_acts);
  for (gsize i = 0; i < menu.n_acts; i++)
    stages[i] = find_stage (&menu, menu.acts[i]);
  menu.stages = stages;
  for (guint i = 0; menu.procedure != NULL && i < menu.procedure->stages->len; i++)
    if (!add_group (&menu, g_ptr_array_index (menu.procedure->stages, i), groups, known, error))
      return NULL;
  if (!add_group (&menu, NULL, groups, known, error))
    return NULL;
  if (view->facts != NULL && !jz_case_facts_finish (view->facts, error))
    return NULL;
  return g_steal_pointer (&groups);
}
