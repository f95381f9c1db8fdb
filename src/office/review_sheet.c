/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "office/review_sheet.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "office/discretion.h"
#include "office/review-private.h"
#include "office/recording_duty.h"
#include "office/recordings.h"
#include "office/review_item.h"
#include "office/review_question.h"

/* One review as the reviewer works through it (ux.md 7; L-14 to L-24): the points of the case's
 * rulebook as cards, under each its items with what the program found, what was judged, and what
 * still has to be judged. What the program clears needs no look; everything else does. */

typedef struct {
  JzReviewView *view;
  JzReviewMaterials *materials;
  JzJson *findings;
  JzJson *similar;
  JzSimilarBounds bounds; /* of similar cases */
  gint64 last_arrival;
  guint n_items; /* that arise in this case */
  guint n_open;
  guint n_points_open;
  guint n_failed;
} Sheet;

static JzJson *
describe_judgement (Sheet *self, const JzStatedRecord *record, GError **error)
{
  g_autoptr (JzJson) json = jz_json_new_object ();
  const JzJson *links = jz_stated_record_get (record, "links");
  gboolean has_row = FALSE;
  g_autoptr (JzStatement) row = jz_connection_query (
    self->view->reader, error,
    "SELECT time, name FROM entry JOIN person ON person.id = entry.actor WHERE arrival = ?", "i",
    record->arrival);

  jz_json_set_text (json, "id", record->id);
  jz_json_set_text (json, "verdict", jz_stated_record_get_text (record, "verdict"));
  jz_json_set_text (json, "reason", jz_stated_record_get_text (record, "reason"));
  jz_json_set_member (json, "links", links != NULL ? jz_json_copy (links) : jz_json_new_array ());
  if (row == NULL || !jz_statement_step (row, &has_row, error))
    return NULL;
  if (has_row) {
    jz_json_set_text (json, "time", jz_statement_get_text (row, 0));
    jz_json_set_text (json, "by", jz_statement_get_text (row, 1));
  }
  return g_steal_pointer (&json);
}

static const char *
get_verdict (const JzStatedRecord *judgement)
{
  return judgement != NULL ? jz_stated_record_get_text (judgement, "verdict") : "";
}

static gboolean
is_adverse (const char *verdict)
{
  return strcmp (verdict, "fail") == 0 || strcmp (verdict, "supplement") == 0;
}

static void
set_result (JzJson *answer, const char *result, const char *sentence)
{
  JzJson *told = jz_json_new_object ();
  JzJson *sentences = jz_json_copy (jz_json_get_member (answer, "sentences"));

  jz_json_set_text (told, "result", result);
  jz_json_set_text (told, "sentence", sentence);
  jz_json_append (sentences, told);
  jz_json_set_member (answer, "sentences", sentences);
  jz_json_set_text (answer, "result", result);
}

static guint
count_errors (const JzJson *findings)
{
  guint n_errors = 0;

  for (guint i = 0; i < jz_json_get_n_items (findings); i++)
    n_errors +=
      g_strcmp0 (jz_json_get_member_text (jz_json_get_item (findings, i), "level"), "error") == 0;
  return n_errors;
}

static gboolean
is_named (const JzAuditItem *item, const char *rule)
{
  return item->checks != NULL && rule != NULL &&
         g_strv_contains ((const char *const *)item->checks, rule);
}

static gboolean
is_named_by_any (const Sheet *self, const char *rule)
{
  const GPtrArray *all = jz_rulebook_get_rules (self->view->rulebook, JZ_RULE_AUDIT_ITEM);

  for (guint i = 0; i < all->len; i++)
    if (is_named (g_ptr_array_index (all, i), rule))
      return TRUE;
  return FALSE;
}

static JzJson *
find_findings (const Sheet *self, const JzAuditItem *item)
{
  JzJson *list = jz_json_new_array ();

  for (guint i = 0; i < jz_json_get_n_items (self->findings); i++) {
    const JzJson *finding = jz_json_get_item (self->findings, i);
    const char *rule = jz_json_get_member_text (finding, "rule");
    if (item->checks != NULL ? is_named (item, rule) : !is_named_by_any (self, rule))
      jz_json_append (list, jz_json_copy (finding));
  }
  return list;
}

/* Warnings ask for a look; errors are found not to be met. */
static void
answer_from_documents (Sheet *self, const JzAuditItem *item, JzJson *answer)
{
  JzJson *findings = find_findings (self, item);
  guint n_findings = jz_json_get_n_items (findings);
  guint n_errors = count_errors (findings);
  g_autofree char *sentence = NULL;

  if (n_findings == 0)
    sentence = g_strdup (_ ("The checks of the documents find nothing."));
  else
    sentence =
      g_strdup_printf (ngettext ("The checks of the documents find %u place.",
                                 "The checks of the documents find %u places.", n_findings),
                       n_findings);
  set_result (answer, n_errors > 0 ? "fail" : n_findings > 0 ? "unknown" : "pass", sentence);
  jz_json_set_member (answer, "findings", findings);
}

static guint
count_far (const JzJson *similar)
{
  guint n_far = 0;

  for (guint i = 0; i < jz_json_get_n_items (similar); i++)
    n_far += jz_json_get_member_boolean (jz_json_get_item (similar, i), "is_far", FALSE);
  return n_far;
}

static void
answer_from_similar (Sheet *self, JzJson *answer)
{
  guint n_similar = jz_json_get_n_items (self->similar);
  guint n_far = count_far (self->similar);
  g_autofree char *sentence = NULL;

  if (n_similar == 0)
    sentence = g_strdup_printf (ngettext ("This store has no similar case of the last %d year.",
                                          "This store has no similar case of the last %d years.",
                                          (gulong)self->bounds.years),
                                self->bounds.years);
  else
    /* Translators: %1$u of %2$u cases; %3$d hundredths. */
    sentence = g_strdup_printf (_ ("From %1$u of %2$u similar cases the fine differs by more than "
                                   "%3$d hundredths."),
                                n_far, n_similar, self->bounds.percent);
  set_result (answer, n_similar == 0 ? "none" : n_far > 0 ? "unknown" : "pass", sentence);
  jz_json_set_member (answer, "similar", jz_json_copy (self->similar));
}

static JzJson *
answer_item (Sheet *self, const JzAuditItem *item, GError **error)
{
  const JzItemAsking asking = {
    .facts = self->view->facts,
    .journal = self->view->reader,
    .case_id = self->view->case_id,
    .until = self->last_arrival,
  };
  JzJson *answer = jz_review_item_answer (item, &asking, error);

  if (answer == NULL)
    return NULL;
  if (item->source == JZ_AUDIT_FROM_DOCUMENTS)
    answer_from_documents (self, item, answer);
  else if (item->source == JZ_AUDIT_FROM_SIMILAR)
    answer_from_similar (self, answer);
  return answer;
}

/* What only a person can judge is never cleared by the program. */
static gboolean
is_cleared (const JzAuditItem *item, const char *result)
{
  return item->modes != JZ_AUDIT_HUMAN &&
         (strcmp (result, "pass") == 0 || strcmp (result, "none") == 0);
}

static const char *
get_modes (JzAuditModes modes)
{
  if (modes & JZ_AUDIT_AUTO)
    return "auto";
  return modes & JZ_AUDIT_ASSISTED ? "assisted" : "human";
}

static void
describe_rule (Sheet *self, const JzRule *rule, JzJson *json)
{
  JzLanguage language = jz_language_get_current ();
  g_autofree char *basis = jz_rulebook_dup_basis (self->view->rulebook, rule, language);

  jz_json_set_text (json, "id", rule->id);
  jz_json_set_text (json, "name", jz_text_get (&rule->name, language));
  jz_json_set_text (json, "basis", basis);
}

static void
count_item (Sheet *self,
            const JzAuditItem *item,
            const char *result,
            const JzStatedRecord *judgement,
            JzJson *json)
{
  gboolean is_open = judgement == NULL && !is_cleared (item, result);
  gboolean arises = strcmp (result, "none") != 0 || judgement != NULL || is_open;

  jz_json_set_boolean (json, "is_open", is_open);
  jz_json_set_boolean (json, "is_overruled",
                       strcmp (get_verdict (judgement), "pass") == 0 &&
                         strcmp (result, "fail") == 0);
  self->n_items += arises;
  self->n_open += is_open;
  self->n_failed += is_adverse (get_verdict (judgement));
}

static JzJson *
describe_item (Sheet *self, const JzAuditItem *item, GError **error)
{
  g_autoptr (JzJson) answer = answer_item (self, item, error);
  const JzStatedRecord *judgement =
    jz_review_view_find_judgement (self->view, item->point, item->rule.id);
  JzJson *told = NULL;
  JzJson *json;

  if (answer == NULL)
    return NULL;
  if (judgement != NULL) {
    told = describe_judgement (self, judgement, error);
    if (told == NULL)
      return NULL;
  }
  json = jz_json_copy (answer);
  describe_rule (self, &item->rule, json);
  jz_json_set_text (json, "shows", jz_text_get (&item->shows, jz_language_get_current ()));
  jz_json_set_text (json, "mode", get_modes (item->modes));
  jz_json_set_member (
    json, "materials",
    jz_review_materials_find (self->materials, jz_json_get_member (answer, "values")));
  count_item (self, item, jz_json_get_member_text (answer, "result"), judgement, json);
  if (told != NULL)
    jz_json_set_member (json, "judgement", told);
  return json;
}

static gboolean
add_items (Sheet *self, const char *point, JzJson *items, GError **error)
{
  const GPtrArray *all = jz_rulebook_get_rules (self->view->rulebook, JZ_RULE_AUDIT_ITEM);

  for (guint i = 0; i < all->len; i++) {
    const JzAuditItem *item = g_ptr_array_index (all, i);
    JzJson *json;
    if (strcmp (item->point, point) != 0)
      continue;
    json = describe_item (self, item, error);
    if (json == NULL)
      return FALSE;
    jz_json_append (items, json);
  }
  return TRUE;
}

static JzJson *
describe_point (Sheet *self, const JzRule *point, GError **error)
{
  g_autoptr (JzJson) json = jz_json_new_object ();
  const JzStatedRecord *judgement = jz_review_view_find_judgement (self->view, point->id, "");
  g_autoptr (JzJson) items = jz_json_new_array ();
  guint n_open = self->n_open;
  guint n_failed = self->n_failed;

  describe_rule (self, point, json);
  if (!add_items (self, point->id, items, error))
    return NULL;
  jz_json_set_integer (json, "n_items", jz_json_get_n_items (items));
  jz_json_set_integer (json, "n_open", self->n_open - n_open);
  jz_json_set_integer (json, "n_failed", self->n_failed - n_failed);
  jz_json_set_member (json, "items", g_steal_pointer (&items));
  self->n_points_open += judgement == NULL;
  self->n_failed += is_adverse (get_verdict (judgement));
  if (judgement != NULL) {
    JzJson *told = describe_judgement (self, judgement, error);
    if (told == NULL)
      return NULL;
    jz_json_set_member (json, "judgement", told);
  }
  return g_steal_pointer (&json);
}

static JzJson *
describe_points (Sheet *self, GError **error)
{
  const GPtrArray *points = jz_rulebook_get_rules (self->view->rulebook, JZ_RULE_AUDIT_POINT);
  g_autoptr (JzJson) list = jz_json_new_array ();

  for (guint i = 0; i < points->len; i++) {
    JzJson *json = describe_point (self, g_ptr_array_index (points, i), error);
    if (json == NULL)
      return NULL;
    jz_json_append (list, json);
  }
  return g_steal_pointer (&list);
}

static void
block (JzJson *list, const char *sentence)
{
  jz_json_append (list, jz_json_new_text (sentence));
}

static gboolean
is_reviewer (const JzJson *sheet, const char *person)
{
  const JzJson *reviewers = jz_json_get_member (sheet, "reviewers");

  for (guint i = 0; i < jz_json_get_n_items (reviewers); i++)
    if (g_strcmp0 (jz_json_get_member_text (jz_json_get_item (reviewers, i), "id"), person) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
has_changed (const Sheet *self)
{
  const JzStatedRecord *submission = jz_review_view_get_submission (self->view);
  JzHash basis = jz_case_facts_get_basis (self->view->facts);
  char hex[JZ_HASH_HEX_SIZE];

  jz_hash_to_hex (&basis, hex);
  return submission != NULL && strcmp (jz_stated_record_get_text (submission, "basis"), hex) != 0;
}

/* In the way of every opinion; the acts refuse the same (review_check.c). */
static void
add_blocks (const Sheet *self, const char *person, JzJson *sheet)
{
  JzJson *blocks = jz_json_new_array ();
  JzJson *passing = jz_json_new_array ();
  g_autofree char *open = NULL;

  jz_json_set_boolean (sheet, "is_reviewer", is_reviewer (sheet, person));
  jz_json_set_boolean (sheet, "has_changed", has_changed (self));
  if (jz_review_view_get_submission (self->view) == NULL ||
      jz_review_view_get_opinion (self->view) != NULL)
    block (blocks, _ ("Nothing is submitted to legal review at present."));
  else if (!is_reviewer (sheet, person))
    block (blocks, _ ("You are not the reviewer of this case."));
  if (has_changed (self))
    block (blocks, _ ("What is to be decided was changed after it was submitted."));
  if (self->n_points_open > 0) {
    open = g_strdup_printf (ngettext ("%u point is not judged yet.",
                                      "%u points are not judged yet.", self->n_points_open),
                            self->n_points_open);
    block (passing, open);
  }
  if (self->n_failed > 0)
    block (passing, _ ("Something is judged as not met or to be supplemented, so the whole cannot "
                       "pass unchanged."));
  jz_json_set_member (sheet, "blocks", blocks);
  jz_json_set_member (sheet, "blocks_passing", passing);
}

/* How the fine was measured, and what the tiers of the benchmark are called. */
static gboolean
add_discretion (const Sheet *self, JzJson *sheet, GError **error)
{
  JzJson *json = jz_discretion_show (self->view->reader, self->view->case_id, error);

  if (json != NULL)
    jz_json_set_member (sheet, "discretion", json);
  return json != NULL;
}

static gboolean
add_questions (const Sheet *self, JzJson *sheet, GError **error)
{
  JzJson *list = jz_review_questions_list (self->view->reader, self->view->stated, error);

  if (list != NULL)
    jz_json_set_member (sheet, "questions", list);
  return list != NULL;
}

static JzJson *
find_recording (const Sheet *self, const char *attachment)
{
  for (guint i = 0; i < jz_json_get_n_items (self->materials->list); i++) {
    JzJson *material = (JzJson *)jz_json_get_item (self->materials->list, i);
    if (g_strcmp0 (jz_json_get_member_text (material, "kind"), "recording") == 0 &&
        g_strcmp0 (jz_json_get_member_text (material, "attachment"), attachment) == 0)
      return material;
  }
  return NULL;
}

/* A reviewer sees what he has not opened. */
static gboolean
mark_unseen (Sheet *self, const char *person, JzJson *sheet, GError **error)
{
  const JzReviewView *view = self->view;
  g_autoptr (JzJson) unseen =
    jz_recording_list_unseen (view->reader, view->case_id, person, 0, error);
  gboolean is_unseen = FALSE;

  if (unseen == NULL ||
      !jz_recordings_find_unseen (view->facts, view->reader, person, &is_unseen, error))
    return FALSE;
  for (guint i = 0; i < jz_json_get_n_items (unseen); i++) {
    const JzJson *file = jz_json_get_item (unseen, i);
    JzJson *material = find_recording (self, jz_json_get_member_text (file, "attachment"));
    g_autofree char *title =
      g_strdup_printf (_ ("%s (not opened yet)"), jz_json_get_member_text (file, "name"));
    if (material == NULL)
      continue;
    jz_json_set_boolean (material, "is_unseen", TRUE);
    jz_json_set_text (material, "title", title);
  }
  jz_json_set_boolean (sheet, "is_unseen", is_unseen);
  return TRUE;
}

static gboolean
fill (Sheet *self, const char *person, JzJson *sheet, GError **error)
{
  JzJson *points;

  if (!jz_connection_get_number (self->view->reader, &self->last_arrival, error,
                                 "SELECT coalesce (max (arrival), 0) FROM entry", "") ||
      !jz_review_similar_load (self->view->reader, &self->bounds, error))
    return FALSE;
  if (person != NULL && !mark_unseen (self, person, sheet, error))
    return FALSE;
  self->findings = jz_review_materials_find_findings (self->materials, error);
  self->similar =
    self->findings != NULL ? jz_review_similar (self->view, &self->bounds, error) : NULL;
  points = self->similar != NULL ? describe_points (self, error) : NULL;
  if (points == NULL)
    return FALSE;
  jz_json_set_member (sheet, "points", points);
  jz_json_set_member (sheet, "materials", jz_json_copy (self->materials->list));
  jz_json_set_member (sheet, "findings", jz_json_copy (self->findings));
  jz_json_set_integer (sheet, "n_items", self->n_items);
  jz_json_set_integer (sheet, "n_open", self->n_open);
  jz_json_set_integer (sheet, "n_points_open", self->n_points_open);
  add_blocks (self, person, sheet);
  if (!add_questions (self, sheet, error))
    return FALSE;
  return add_discretion (self, sheet, error) && jz_case_facts_finish (self->view->facts, error);
}

/**
 * jz_review_sheet:
 * @reader: a store's database
 * @objects: the store's
 * @case_id: a case
 * @person: (nullable): who asks
 * @now: the time
 * @error: return location
 *
 * Tells of a review all that the reviewer works with: what jz_review_view_add_head() tells;
 * `points` in the order of the rulebook, each with `id`, `name`, `basis`, `n_open`, `n_failed`,
 * `judgement` where there is one (`verdict`, `reason`, `links`, `time`, `by`) and `items`; each
 * item with the answer of jz_review_item_answer(), `id`, `name`, `basis`, `shows`, `mode`,
 * `is_open` (a person must judge it), `is_overruled`, `judgement` and `materials` (`kind`, `id`,
 * `title`, `place`, `field`, `label`), and where that answers it `findings` or `similar`;
 * `questions` to the handler, see jz_review_questions_list(); `materials` of the whole case;
 * `is_unseen` where the reviewer has opened no recording of a full course and must say why;
 * `findings` of its documents; `discretion`; `n_items` that arise, `n_open` of them that wait for a
 * judgement; `blocks`, sentences on what stands in the way of any opinion, and `blocks_passing` in
 * that of one that passes.
 *
 * Without a rulebook there are no points.
 *
 * Returns: (transfer full) (nullable): an object
 */
JzJson *
jz_review_sheet (JzConnection *reader,
                 JzObjects *objects,
                 const char *case_id,
                 const char *person,
                 JzInstant now,
                 GError **error)
{
  g_auto (JzReviewView)
    view = { .reader = reader, .objects = objects, .case_id = case_id, .now = now };
  g_auto (JzReviewMaterials) materials = { 0 };
  g_autoptr (JzJson) json = jz_json_new_object ();
  Sheet sheet = { .view = &view, .materials = &materials };
  gboolean is_filled;

  if (!jz_review_view_load (&view, error) || !jz_review_view_add_head (&view, json, error))
    return NULL;
  if (view.facts == NULL) {
    jz_json_set_member (json, "points", jz_json_new_array ());
    return g_steal_pointer (&json);
  }
  is_filled =
    jz_review_materials_load (&materials, &view, error) && fill (&sheet, person, json, error);
  g_clear_pointer (&sheet.findings, jz_json_unref);
  g_clear_pointer (&sheet.similar, jz_json_unref);
  return is_filled ? g_steal_pointer (&json) : NULL;
}
