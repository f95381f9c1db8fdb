/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "office/review_check.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "office/case_facts.h"
#include "office/recording_duty.h"
#include "office/review_item.h"
#include "office/role.h"
#include "office/rulebooks.h"
#include "office/stated.h"
#include "store/entry.h"

/* The points of a legal review (rules.md 4.3; L-14 to L-24): which there are says the rulebook of
 * the case, each is judged anew for every submission, with links to where in the case it is seen,
 * and none is forgotten when the review passes. */

/* Pages, paragraphs and seconds have at most so many digits. */
#define MAX_DIGITS 6
#define MAX_PATH 120

static gboolean
find_rulebook (const JzSituation *self, const JzRulebook **rulebook, GError **error)
{
  JzMaybeHash hash = { 0 };

  *rulebook = NULL;
  if (!jz_situation_find_rulebook (self, &hash, error))
    return FALSE;
  if (!hash.is_present || self->objects == NULL)
    return TRUE;
  *rulebook = jz_rulebooks_get (self->objects, &hash.hash, error);
  return *rulebook != NULL;
}

static JzStated *
load (const JzSituation *self, GError **error)
{
  return jz_stated_load (self->tables, self->case_id, self->arrival - 1, error);
}

static const GPtrArray *
get_points (const JzRulebook *rulebook)
{
  return rulebook != NULL ? jz_rulebook_get_rules (rulebook, JZ_RULE_AUDIT_POINT) : NULL;
}

static const JzRule *
get_point (const GPtrArray *points, guint position)
{
  return g_ptr_array_index (points, position);
}

static const char *
get_name (const JzRule *point)
{
  return jz_text_get (&point->name, jz_language_get_current ());
}

static char *
list_points (const GPtrArray *points)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < points->len; i++) {
    const JzRule *point = get_point (points, i);
    g_ptr_array_add (words, g_strdup_printf ("%s %s", point->id, get_name (point)));
  }
  g_ptr_array_add (words, NULL);
  /* Translators: stands between the points of a legal review in a list. */
  return g_strjoinv (_ (", "), (char **)words->pdata);
}

static void
check_point (const JzSituation *self, const JzRulebook *rulebook, JzRefusal **refusal)
{
  const char *id = jz_situation_get_text (self, "point");
  const GPtrArray *points = get_points (rulebook);
  g_autofree char *list = NULL;

  if (points == NULL || jz_rulebook_find (rulebook, JZ_RULE_AUDIT_POINT, id) != NULL)
    return;
  list = list_points (points);
  jz_refuse (refusal, "J-POINT", _ ("Choose one of the points of the review."),
             _ ("The review has no point %1$s; its points are: %2$s."), id, list);
}

/* An item is judged under its own point. */
static void
check_item (const JzSituation *self, const JzRulebook *rulebook, JzRefusal **refusal)
{
  const char *id = jz_situation_get_text (self, "item");
  const char *point = jz_situation_get_text (self, "point");
  const JzAuditItem *item = NULL;

  if (rulebook == NULL || id[0] == '\0')
    return;
  item = (const JzAuditItem *)jz_rulebook_find (rulebook, JZ_RULE_AUDIT_ITEM, id);
  if (item == NULL || strcmp (item->point, point) != 0)
    jz_refuse (refusal, "J-POINT", _ ("Choose one of the items of the point."),
               _ ("The point %1$s of the review has no item %2$s."), point, id);
}

/* Who holds met what the program found not to be met says why. */
static gboolean
check_overruling (const JzSituation *self,
                  const JzRulebook *rulebook,
                  JzRefusal **refusal,
                  GError **error)
{
  const char *id = jz_situation_get_text (self, "item");
  g_autoptr (JzCaseFacts) facts = NULL;
  g_autoptr (JzJson) answer = NULL;
  JzItemAsking asking = { 0 };

  if (rulebook == NULL || id[0] == '\0' ||
      strcmp (jz_situation_get_text (self, "verdict"), "pass") != 0 ||
      jz_situation_get_text (self, "reason")[0] != '\0')
    return TRUE;
  facts = jz_case_facts_new_for (self, rulebook, error);
  if (facts == NULL)
    return FALSE;
  asking = (JzItemAsking){
    .facts = facts, .journal = self->journal, .case_id = self->case_id, .until = self->arrival - 1
  };
  answer = jz_review_item_answer (
    (const JzAuditItem *)jz_rulebook_find (rulebook, JZ_RULE_AUDIT_ITEM, id), &asking, error);
  if (answer == NULL)
    return FALSE;
  if (g_strcmp0 (jz_json_get_member_text (answer, "result"), "fail") == 0)
    jz_refuse (refusal, "J-REASON", _ ("Say why."),
               _ ("The program found that this is not met; who holds it met must say why."));
  return jz_case_facts_finish (facts, error);
}

static gboolean
is_number (const char *text)
{
  gsize length = strspn (text, "0123456789");
  return length > 0 && length <= MAX_DIGITS && text[length] == '\0';
}

/* Whole seconds, or with three digits behind the point. */
static gboolean
is_second (const char *text)
{
  const char *point = strchr (text, '.');
  g_autofree char *whole = point != NULL ? g_strndup (text, (gsize)(point - text)) : NULL;

  if (point == NULL)
    return is_number (text);
  return is_number (whole) && strlen (point + 1) == 3 && is_number (point + 1);
}

/* The path of a field in a document, like "facts" or "points[3].basis". */
static gboolean
is_field (const char *path)
{
  gsize length = strlen (path);

  return length > 0 && length <= MAX_PATH &&
         strspn (path, "abcdefghijklmnopqrstuvwxyz0123456789_.[]") == length;
}

static gboolean
is_place (const char *place)
{
  static const char *const kinds[] = { "page=", "paragraph=" };

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_str_has_prefix (place, kinds[i]))
      return is_number (place + strlen (kinds[i]));
  if (g_str_has_prefix (place, "second="))
    return is_second (place + strlen ("second="));
  return g_str_has_prefix (place, "field=") && is_field (place + strlen ("field="));
}

/* A thing is named after the entry that made it. */
static gboolean
find_whether_in_case (const JzSituation *self, const char *thing, gboolean *is_in, GError **error)
{
  const char *dash = strrchr (thing, '-');
  g_autofree char *entry = dash != NULL ? g_strndup (thing, (gsize)(dash - thing)) : NULL;
  gint64 n_entries = 0;

  *is_in = FALSE;
  if (entry == NULL || !jz_is_thing_id (thing))
    return TRUE;
  if (!jz_connection_get_number (self->journal, &n_entries, error,
                                 "SELECT count (*) FROM entry WHERE case_id = ? AND arrival < ? "
                                 "AND store || '-' || seq = ?",
                                 "tit", self->case_id, self->arrival, entry))
    return FALSE;
  *is_in = n_entries > 0;
  return TRUE;
}

/**
 * jz_check_link:
 * @self: an act
 * @link: id of something, with a place in it behind #
 * @refusal: (out): set when it leads to no place in the case
 * @error: return location
 *
 * Returns: %FALSE only when it could not look
 */
gboolean
jz_check_link (const JzSituation *self, const char *link, JzRefusal **refusal, GError **error)
{
  g_auto (GStrv) parts = g_strsplit (link, "#", 2);
  gboolean is_in = FALSE;

  if (!find_whether_in_case (self, parts[0] != NULL ? parts[0] : "", &is_in, error))
    return FALSE;
  if (!is_in || (parts[1] != NULL && !is_place (parts[1])))
    jz_refuse (refusal, "J-LINK",
               _ ("Name something of this case by its id, and where in it, like "
                  "ID#page=3, ID#paragraph=2, ID#second=75 or ID#field=facts."),
               _ ("“%s” leads to no place in this case."), link);
  return TRUE;
}

/* What does not apply is seen nowhere; everything else is. */
static gboolean
check_links (const JzSituation *self, JzRefusal **refusal, GError **error)
{
  const JzJson *links = jz_json_get_member (self->args, "links");
  const char *verdict = jz_situation_get_text (self, "verdict");

  if (jz_json_get_n_items (links) == 0 && strcmp (verdict, "not_applicable") != 0)
    jz_refuse (refusal, "J-LINK", _ ("Give the pages, paragraphs or seconds."),
               _ ("It is not said where in the case this is seen."));
  for (guint i = 0; i < jz_json_get_n_items (links) && *refusal == NULL; i++)
    if (!jz_check_link (self, jz_json_get_text (jz_json_get_item (links, i)), refusal, error))
      return FALSE;
  return TRUE;
}

static void
check_reason (const JzSituation *self, JzRefusal **refusal)
{
  const JzJson *reason = jz_json_get_member (self->args, "reason");
  gboolean is_empty = reason == NULL || (jz_json_get_kind (reason) == JZ_JSON_TEXT &&
                                         jz_json_get_text (reason)[0] == '\0');

  if (is_empty && strcmp (jz_situation_get_text (self, "verdict"), "pass") != 0)
    jz_refuse (refusal, "J-REASON", _ ("Say why."),
               _ ("A point that does not pass, or does not apply, needs a reason."));
}

/* An opinion ends a round, unless it asks for changes that are looked at afterwards. */
static gboolean
check_round (const JzSituation *self, JzRefusal **refusal, GError **error)
{
  g_autoptr (JzStated) stated = load (self, error);
  const JzStatedRecord *submission, *opinion;

  if (stated == NULL)
    return FALSE;
  submission = jz_stated_find_last (stated, JZ_LIST_SUBMISSION);
  opinion = jz_stated_find_last (stated, JZ_LIST_OPINION);
  if (submission == NULL ||
      (opinion != NULL && opinion->arrival > submission->arrival &&
       strcmp (jz_stated_get_text (stated, "review.outcome"), "pass_with_changes") != 0))
    jz_refuse (refusal, "J-SUBMISSION", _ ("Let the handler submit it."),
               _ ("Nothing is submitted to legal review at present."));
  return TRUE;
}

/**
 * jz_check_judgement:
 * @situation: an act that judges a point of a review
 * @refusal: (out): set when point or item is none of the rulebook of the case, when a link leads
 *   nowhere in the case, when a reason is missing, or when nothing is submitted
 * @error: return location
 *
 * Returns: %FALSE only when it could not look
 */
gboolean
jz_check_judgement (const JzSituation *situation, JzRefusal **refusal, GError **error)
{
  const JzRulebook *rulebook = NULL;

  if (!check_round (situation, refusal, error) || !find_rulebook (situation, &rulebook, error))
    return FALSE;
  if (*refusal == NULL)
    check_point (situation, rulebook, refusal);
  if (*refusal == NULL)
    check_item (situation, rulebook, refusal);
  if (*refusal == NULL)
    check_reason (situation, refusal);
  if (*refusal == NULL && !check_links (situation, refusal, error))
    return FALSE;
  return *refusal != NULL || check_overruling (situation, rulebook, refusal, error);
}

static gboolean
is_judgement_of_round (const JzStated *stated, const JzStatedRecord *record)
{
  const JzStatedRecord *submission = jz_stated_find_last (stated, JZ_LIST_SUBMISSION);
  return strcmp (record->list, JZ_LIST_JUDGEMENT) == 0 && submission != NULL &&
         record->arrival > submission->arrival;
}

static gboolean
is_same (const JzStatedRecord *a, const JzStatedRecord *b, const char *field)
{
  return strcmp (jz_stated_record_get_text (a, field), jz_stated_record_get_text (b, field)) == 0;
}

/* The last judgement of a point, and of an item and an element under it, counts. */
static gboolean
is_overtaken (const GPtrArray *records, guint position)
{
  const JzStatedRecord *judgement = g_ptr_array_index (records, position);

  for (guint i = position + 1; i < records->len; i++) {
    const JzStatedRecord *later = g_ptr_array_index (records, i);
    if (strcmp (later->list, JZ_LIST_JUDGEMENT) == 0 && is_same (later, judgement, "point") &&
        is_same (later, judgement, "item") && is_same (later, judgement, "element"))
      return TRUE;
  }
  return FALSE;
}

/* What is not met, or must be supplemented, stands in the way. */
static const char *
find_failed (const JzStated *stated)
{
  const GPtrArray *records = jz_stated_get_records (stated);

  for (guint i = 0; i < records->len; i++) {
    const JzStatedRecord *record = g_ptr_array_index (records, i);
    if (is_judgement_of_round (stated, record) &&
        jz_word_is_in (jz_stated_record_get_text (record, "verdict"), "fail|supplement") &&
        !is_overtaken (records, i))
      return jz_stated_record_get_text (record, "point");
  }
  return NULL;
}

static gboolean
is_judged (const JzStated *stated, const char *point)
{
  const GPtrArray *records = jz_stated_get_records (stated);

  for (guint i = 0; i < records->len; i++) {
    const JzStatedRecord *record = g_ptr_array_index (records, i);
    if (is_judgement_of_round (stated, record) &&
        strcmp (jz_stated_record_get_text (record, "point"), point) == 0 &&
        jz_stated_record_get_text (record, "item")[0] == '\0')
      return TRUE;
  }
  return FALSE;
}

static void
refuse_failed (const JzStated *stated, JzRefusal **refusal)
{
  const char *failed = find_failed (stated);

  if (failed != NULL)
    jz_refuse (refusal, "J-POINT", _ ("Judge the point anew, or do not let it pass."),
               _ ("The point %s of the review did not pass, so the whole cannot."), failed);
}

static void
refuse_open (const JzStated *stated, const JzRulebook *rulebook, JzRefusal **refusal)
{
  const GPtrArray *points = get_points (rulebook);

  for (guint i = 0; points != NULL && i < points->len && *refusal == NULL; i++) {
    const JzRule *point = get_point (points, i);
    if (!is_judged (stated, point->id))
      jz_refuse (refusal, "J-POINT", _ ("Judge every point of the review first."),
                 _ ("The point %1$s (%2$s) was not judged since the case was submitted."),
                 point->id, get_name (point));
  }
}

/**
 * jz_check_judged:
 * @situation: an act that gives the opinion of a review
 * @refusal: (out): set when it would pass although a point was not judged in this round, or failed
 * @error: return location
 *
 * Where changes are asked for every point is judged, too; what failed must have been changed when
 * the changes are confirmed, see jz_check_none_failed().
 *
 * Returns: %FALSE only when it could not look
 */
gboolean
jz_check_judged (const JzSituation *situation, JzRefusal **refusal, GError **error)
{
  const char *outcome = jz_situation_get_text (situation, "review.outcome");
  gboolean passes = strcmp (outcome, "pass") == 0;
  const JzRulebook *rulebook = NULL;
  g_autoptr (JzStated) stated = NULL;

  if (!passes && strcmp (outcome, "pass_with_changes") != 0)
    return TRUE;
  stated = load (situation, error);
  if (stated == NULL || !find_rulebook (situation, &rulebook, error))
    return FALSE;
  if (passes)
    refuse_failed (stated, refusal);
  if (*refusal == NULL)
    refuse_open (stated, rulebook, refusal);
  return TRUE;
}

/**
 * jz_check_none_failed:
 * @situation: an act that confirms changes which an opinion asked for
 * @refusal: (out): set when a point still stands as failed
 * @error: return location
 *
 * Returns: %FALSE only when it could not look
 */
gboolean
jz_check_none_failed (const JzSituation *situation, JzRefusal **refusal, GError **error)
{
  g_autoptr (JzStated) stated = load (situation, error);

  if (stated == NULL)
    return FALSE;
  refuse_failed (stated, refusal);
  return TRUE;
}

/**
 * jz_check_seen:
 * @situation: an act that gives the opinion of a review
 * @refusal: (out): set when the full course of a step was recorded, the reviewer has opened none of
 *   these recordings, and does not say why (R-37)
 * @error: return location
 *
 * Returns: %FALSE only when it could not look
 */
gboolean
jz_check_seen (const JzSituation *situation, JzRefusal **refusal, GError **error)
{
  const JzRulebook *rulebook = NULL;
  g_autoptr (JzCaseFacts) facts = NULL;
  gboolean is_unseen = FALSE;

  if (jz_situation_get_text (situation, "unseen_reason")[0] != '\0')
    return TRUE;
  if (!find_rulebook (situation, &rulebook, error))
    return FALSE;
  if (rulebook == NULL)
    return TRUE;
  facts = jz_case_facts_new_for (situation, rulebook, error);
  if (facts == NULL ||
      !jz_recordings_find_unseen (facts, situation->journal, situation->actor, &is_unseen, error))
    return FALSE;
  if (is_unseen)
    jz_refuse (refusal, "J-VIEW", _ ("Open one of the recordings, or say why not."),
               _ ("The full course of a step was recorded, and you have opened none of the "
                  "recordings; say why the opinion is given without them."));
  return TRUE;
}
