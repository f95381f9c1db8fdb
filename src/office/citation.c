/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "office/citation.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "office/rulebooks.h"
#include "office/stated.h"

/* What a decision cites (L-18, P-08): of a law that the rulebook knows its level, a version, and
 * one that was in force on the day of the conduct; and for a penalty both the article that was
 * broken and the one that punishes it. A law that the rulebook does not know is taken as it is
 * named. */

typedef struct {
  const JzRulebook *rulebook;
  const JzStated *stated;
  JzRefusal **refusal;
} Checking;

static gboolean
is_title_of (const JzRule *law, const char *title)
{
  return strcmp (jz_text_get (&law->name, JZ_LANGUAGE_ZH), title) == 0 ||
         strcmp (jz_text_get (&law->name, JZ_LANGUAGE_EN), title) == 0;
}

static gboolean
is_in_force (const JzLaw *law, JzDate date)
{
  return jz_date_compare (law->rule.in_force, date) <= 0 &&
         (law->until.year == 0 || jz_date_compare (date, law->until) <= 0);
}

/* A law has a rule for each of its versions. */
static const JzLaw *
find_law (const JzRulebook *rulebook, const char *title, const char *version)
{
  const GPtrArray *laws = jz_rulebook_get_rules (rulebook, JZ_RULE_LAW);

  for (guint i = 0; i < laws->len; i++) {
    const JzLaw *law = g_ptr_array_index (laws, i);
    if (is_title_of (&law->rule, title) &&
        (version == NULL || g_strcmp0 (law->version, version) == 0))
      return law;
  }
  return NULL;
}

static void
check_version (const Checking *self, const char *title, const char *version)
{
  const JzLaw *law = find_law (self->rulebook, title, version);
  JzDate ended;

  if (version == NULL || law == NULL)
    jz_refuse (self->refusal, "J-CITATION", _ ("Give a version that the rulebook knows."),
               _ ("It is not said which version of “%s” is cited, or there is no such version."),
               title);
  else if (jz_date_parse (jz_stated_get_text (self->stated, "conduct.ended_on"), &ended, NULL) &&
           !is_in_force (law, ended))
    jz_refuse (self->refusal, "J-CITATION",
               _ ("Cite the version that was in force on the day of the conduct."),
               _ ("The version %2$s of “%1$s” was not in force on %3$s, the day of the conduct."),
               title, version, jz_stated_get_text (self->stated, "conduct.ended_on"));
}

static void
check_citation (const Checking *self, const JzJson *citation)
{
  const char *title = jz_json_get_member_text (citation, "title");
  const char *article = jz_json_get_member_text (citation, "article");
  const JzLaw *law = title != NULL ? find_law (self->rulebook, title, NULL) : NULL;

  if (title == NULL || title[0] == '\0') {
    jz_refuse (self->refusal, "J-CITATION", _ ("Name it."),
               _ ("A basis is cited without the name of the law."));
    return;
  }
  if (law == NULL)
    return;
  if (g_strcmp0 (jz_json_get_member_text (citation, "level"), law->level) != 0)
    jz_refuse (self->refusal, "J-CITATION", _ ("Give the level that the rulebook gives."),
               _ ("“%1$s” is not of the level that is given; it is: %2$s."), title, law->level);
  else if (article == NULL || article[0] == '\0')
    jz_refuse (self->refusal, "J-CITATION", _ ("Name the article."),
               _ ("It is not said which article of “%s” is cited."), title);
  else
    check_version (self, title, jz_json_get_member_text (citation, "version"));
}

/* Article 12 is cited by 12 and by 12(2), not by 123. */
static gboolean
is_article (const char *cited, const char *article)
{
  gsize length = article != NULL ? strlen (article) : 0;
  return length == 0 || (cited != NULL && strncmp (cited, article, length) == 0 &&
                         !g_ascii_isdigit (cited[length]));
}

static gboolean
is_cited (const JzJson *basis, const JzRule *law, const char *article)
{
  for (guint i = 0; i < jz_json_get_n_items (basis); i++) {
    const JzJson *citation = jz_json_get_item (basis, i);
    const char *title = jz_json_get_member_text (citation, "title");
    if (title != NULL && is_title_of (law, title) &&
        is_article (jz_json_get_member_text (citation, "article"), article))
      return TRUE;
  }
  return FALSE;
}

static void
check_one_of_matter (const Checking *self, const JzJson *basis, const JzCitation *needed)
{
  const JzRule *law =
    needed->law != NULL ? jz_rulebook_find (self->rulebook, JZ_RULE_LAW, needed->law) : NULL;

  if (law != NULL && *self->refusal == NULL && !is_cited (basis, law, needed->article))
    jz_refuse (self->refusal, "J-CITATION",
               _ ("Cite what is broken and what punishes it, as the matter says."),
               _ ("Article %2$s of “%1$s”, on which the matter rests, is not cited."),
               jz_text_get (&law->name, jz_language_get_current ()),
               needed->article != NULL ? needed->article : "");
}

/* Only a penalty rests on both. */
static gboolean
is_penalty (const JzSituation *situation, const JzStated *stated)
{
  const JzJson *kinds = jz_json_get_member (situation->args, "decision.kinds");
  const char *outcome = jz_stated_get_text (stated, "case.outcome");

  if (kinds != NULL)
    return jz_json_get_n_items (kinds) > 0;
  return outcome[0] == '\0' || strcmp (outcome, "penalise") == 0;
}

static void
check_all (const Checking *self, const JzSituation *situation, const JzJson *basis)
{
  const char *id = jz_stated_get_text (self->stated, "matter.id");
  const JzMatter *matter = (const JzMatter *)jz_rulebook_find (self->rulebook, JZ_RULE_MATTER, id);

  for (guint i = 0; i < jz_json_get_n_items (basis) && *self->refusal == NULL; i++)
    check_citation (self, jz_json_get_item (basis, i));
  if (matter == NULL || !is_penalty (situation, self->stated))
    return;
  check_one_of_matter (self, basis, &matter->violates);
  check_one_of_matter (self, basis, &matter->punished_by);
}

/**
 * jz_check_citations:
 * @situation: an act that states the legal basis of a decision
 * @refusal: (out): set when a citation is wrong, not of the day of the conduct, or missing
 * @error: return location
 *
 * Without a rulebook nothing is known of laws, and nothing is refused.
 *
 * Returns: %FALSE only when it could not look
 */
gboolean
jz_check_citations (const JzSituation *situation, JzRefusal **refusal, GError **error)
{
  const JzJson *basis = jz_json_get_member (situation->args, "decision.basis");
  JzMaybeHash hash = { 0 };
  g_autoptr (JzStated) stated = NULL;
  Checking checking = { .refusal = refusal };

  if (!jz_situation_find_rulebook (situation, &hash, error))
    return FALSE;
  if (basis == NULL || !hash.is_present || situation->objects == NULL)
    return TRUE;
  checking.rulebook = jz_rulebooks_get (situation->objects, &hash.hash, error);
  stated = jz_stated_load (situation->tables, situation->case_id, situation->arrival - 1, error);
  if (checking.rulebook == NULL || stated == NULL)
    return FALSE;
  checking.stated = stated;
  check_all (&checking, situation, basis);
  return TRUE;
}
