/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include <glib/gi18n-lib.h>

#include "office/acts.h"
#include "office/case_check.h"
#include "office/file_access.h"
#include "office/role.h"

/* The secrecy of files (R-24, R-33, C-07): what class a file is of, why, how long, and who may view
 * it. Who works on the case says so and names the list; that it holds less than it did, somebody
 * above says, who does not work on the case. What each class means for opening a file and for
 * taking it out stands in file_access.c. */

#define CLASSIFIERS "handler|section_head"
#define LIFTERS "section_head|approver|head"
/* Who decides of a state secret, and of what goes out. */
#define HEADS "approver|head"
/* As long as the case is there, also in the archive. */
#define STAGES "open|closed|archived"

#define ATTACHMENT_ARGUMENT                                                                        \
  {                                                                                                \
    "attachment", JZ_ARGUMENT_ID, JZ_REQUIRED, 0, NULL, N_ ("which file of the case")              \
  }

static const JzArgument classify_arguments[] = {
  JZ_CASE_ARGUMENT,
  ATTACHMENT_ARGUMENT,
  { "viewers", JZ_ARGUMENT_TEXTS, JZ_REQUIRED, 40, NULL,
    N_ ("ids of the persons who may view it; a state secret is viewed by nobody") },
  { NULL },
};

static const JzArgument declassify_arguments[] = {
  JZ_CASE_ARGUMENT,
  ATTACHMENT_ARGUMENT,
  { "reason", JZ_ARGUMENT_TEXT, JZ_REQUIRED, 1000, NULL, N_ ("why it is no secret any more") },
  { NULL },
};

static const JzArgument permit_arguments[] = {
  JZ_CASE_ARGUMENT,
  ATTACHMENT_ARGUMENT,
  { "use", JZ_ARGUMENT_WORD, JZ_REQUIRED, 0, "archive|evaluation|reconsideration|court|party",
    N_ ("for what the dossier is written") },
  { "reason", JZ_ARGUMENT_TEXT, JZ_REQUIRED, 1000, NULL, N_ ("why it goes out with it") },
  { NULL },
};

static gboolean
find_mark (const JzSituation *self, JzSecrecyMark *mark, JzStated **stated, GError **error)
{
  *stated = jz_stated_load (self->tables, self->case_id, self->arrival - 1, error);
  if (*stated != NULL && !jz_secrecy_find (*stated, jz_situation_get_text (self, "attachment"),
                                           jz_instant_get_date (self->now), mark))
    *mark = (JzSecrecyMark){ .class_word = "" };
  return *stated != NULL;
}

static gboolean
check_file (const JzSituation *self, JzRefusal **refusal, GError **error)
{
  return jz_situation_need_stage (self, STAGES, refusal, error) &&
         (*refusal != NULL || jz_check_attachment (self, "attachment", refusal, error));
}

static gboolean
check_viewers (const JzSituation *self, JzRefusal **refusal, GError **error)
{
  const JzJson *viewers = jz_json_get_member (self->args, "viewers");
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  gboolean is_for_nobody =
    strcmp (jz_situation_get_text (self, JZ_LIST_SECRECY ".class"), "state_secret") == 0;

  for (guint i = 0; i < jz_json_get_n_items (viewers) && *refusal == NULL; i++) {
    const char *person = jz_json_get_text (jz_json_get_item (viewers, i));
    g_autofree char *state = NULL;
    if (!jz_tables_get_person_state (self->tables, person, &state, error))
      return FALSE;
    if (state == NULL || !g_hash_table_add (seen, (gpointer)person))
      jz_refuse (refusal, "J-PERSON", _ ("Name each person of this office who may view it once."),
                 _ ("%s is no person of this office, or is named twice."), person);
  }
  if (*refusal == NULL && !is_for_nobody && jz_json_get_n_items (viewers) == 0)
    jz_refuse (refusal, "J-SECRECY", _ ("Name at least one person who may view it."),
               _ ("The list of those who may view it is empty."));
  return TRUE;
}

static void
check_end (const JzSituation *self, JzRefusal **refusal)
{
  JzDate until;

  if (jz_date_parse (jz_situation_get_text (self, JZ_LIST_SECRECY ".until"), &until, NULL) &&
      jz_date_compare (until, jz_instant_get_date (self->now)) < 0)
    jz_refuse (refusal, "J-DATE", _ ("Give a day that is still to come, or none."),
               _ ("The last day on which it is a secret has passed already."));
}

/* Without an end it lasts longest. */
static gboolean
ends_earlier (const char *until, const char *former)
{
  return until[0] != '\0' && (former[0] == '\0' || strcmp (until, former) < 0);
}

/* Who works on the case makes it hold no less than it does: another class, or an earlier end, is
 * for the head of the section, and of a state secret for the head. */
static void
check_weakened (const JzSituation *self, const JzSecrecyMark *former, JzRefusal **refusal)
{
  const char *word = jz_situation_get_text (self, JZ_LIST_SECRECY ".class");
  gboolean is_other = strcmp (word, former->class_word) != 0;

  if (former->class_word[0] == '\0' || strcmp (word, "state_secret") == 0)
    return;
  if (is_other && strcmp (former->class_word, "state_secret") == 0)
    jz_refuse (refusal, "J-SECRECY", _ ("An approver or the head lifts it first."),
               _ ("This file was classified as a state secret; only an approver or the head says "
                  "that it is none."));
  else if (strcmp (self->role, "handler") == 0 &&
           (is_other ||
            ends_earlier (jz_situation_get_text (self, JZ_LIST_SECRECY ".until"), former->until)))
    jz_refuse (refusal, "J-SECRECY", _ ("Let the head of the section do it."),
               _ ("The file is classified (%s); a handler changes who may view it, but neither its "
                  "class, nor when that ends to an earlier day."),
               former->label);
}

static gboolean
check_classify (const JzSituation *self, JzRefusal **refusal, GError **error)
{
  g_autoptr (JzStated) stated = NULL;
  JzSecrecyMark former = { NULL };

  if (!check_file (self, refusal, error))
    return FALSE;
  if (*refusal == NULL && !check_viewers (self, refusal, error))
    return FALSE;
  if (*refusal == NULL)
    check_end (self, refusal);
  if (*refusal != NULL)
    return TRUE;
  if (!find_mark (self, &former, &stated, error))
    return FALSE;
  check_weakened (self, &former, refusal);
  return TRUE;
}

static gboolean
need_mark (const JzSituation *self, gboolean *is_state_secret, JzRefusal **refusal, GError **error)
{
  g_autoptr (JzStated) stated = NULL;
  JzSecrecyMark mark = { NULL };

  if (!check_file (self, refusal, error))
    return FALSE;
  if (*refusal != NULL)
    return TRUE;
  if (!find_mark (self, &mark, &stated, error))
    return FALSE;
  if (mark.class_word[0] == '\0')
    jz_refuse (refusal, "J-SECRECY", _ ("Open it; nothing stands in the way."),
               _ ("This file is not classified."));
  else if (strcmp (mark.class_word, "state_secret") == 0 && !jz_word_is_in (self->role, HEADS))
    jz_refuse (refusal, "J-SECRECY", _ ("Let an approver or the head decide it."),
               _ ("This file was classified as a state secret; only an approver or the head says "
                  "that it is none."));
  *is_state_secret = strcmp (mark.class_word, "state_secret") == 0;
  return TRUE;
}

static gboolean
check_declassify (const JzSituation *self, JzRefusal **refusal, GError **error)
{
  gboolean is_state_secret = FALSE;

  if (!need_mark (self, &is_state_secret, refusal, error))
    return FALSE;
  return *refusal != NULL || jz_check_no_handler (self, refusal, error);
}

static gboolean
check_permit (const JzSituation *self, JzRefusal **refusal, GError **error)
{
  gboolean is_state_secret = FALSE;

  if (!need_mark (self, &is_state_secret, refusal, error))
    return FALSE;
  if (*refusal == NULL && is_state_secret)
    jz_refuse (refusal, "J-SECRECY", _ ("Hand it to the secrecy office."),
               _ ("A state secret goes out with no dossier."));
  return *refusal != NULL || jz_check_no_handler (self, refusal, error);
}

const JzAct jz_acts_secrecy[] = {
  {
    .name = "attachment.classify",
    .version = 1,
    .summary = N_ ("Say what kind of secret a file is, how long, and who may view it."),
    .roles = CLASSIFIERS,
    .scope = JZ_SCOPE_CASE,
    .flags = JZ_ACT_SIGNED,
    .arguments = classify_arguments,
    .inverse = "attachment.classify",
    .check = check_classify,
    .apply = jz_apply_facts,
    .makes_thing = TRUE,
    .facts = JZ_LIST_SECRECY ".class! " JZ_LIST_SECRECY ".ground! " JZ_LIST_SECRECY ".until",
    .list = JZ_LIST_SECRECY,
  },
  {
    .name = "attachment.declassify",
    .version = 1,
    .summary = N_ ("Decide that a file is no secret any more."),
    .roles = LIFTERS,
    .scope = JZ_SCOPE_CASE,
    .flags = JZ_ACT_SIGNED,
    .arguments = declassify_arguments,
    .inverse = "attachment.classify",
    .check = check_declassify,
    .apply = jz_apply_facts,
    .makes_thing = TRUE,
    .facts = "",
    .list = JZ_LIST_SECRECY_LIFTED,
  },
  {
    .name = "attachment.permit_export",
    .version = 1,
    .summary = N_ ("Allow that a classified file goes out with a dossier, for one use."),
    .roles = HEADS,
    .scope = JZ_SCOPE_CASE,
    .flags = JZ_ACT_SIGNED,
    .arguments = permit_arguments,
    .inverse = "attachment.classify",
    .check = check_permit,
    .apply = jz_apply_facts,
    .makes_thing = TRUE,
    .facts = "",
    .list = JZ_LIST_EXPORT,
  },
  { NULL },
};
