/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include <glib/gi18n-lib.h>

#include "office/acts.h"
#include "office/case_check.h"
#include "office/dossier_use.h"

/* Who gets to see a dossier (ux.md §4; AO-10, R-34, R-38). A court, the organ of reconsideration
 * and the party get the main volume; of the secondary one only what a head has approved, for one
 * use. The party reads copies in which what is of others is covered, drawn anew document by
 * document. */

#define ROLES "handler|archivist|clerk"
#define STAGES "open|closed|archived"

static const JzArgument open_arguments[] = {
  JZ_CASE_ARGUMENT,
  { "use", JZ_ARGUMENT_WORD, JZ_REQUIRED, 0, "reconsideration|court|party", N_ ("what for") },
  { "reason", JZ_ARGUMENT_TEXT, JZ_REQUIRED, 1000, NULL, N_ ("why it is needed there") },
  { "pieces", JZ_ARGUMENT_TEXTS, JZ_OPTIONAL, 60, NULL,
    N_ ("which documents of the secondary volume; all of it, if left out") },
  { NULL },
};

#define OPENING_ARGUMENT                                                                           \
  {                                                                                                \
    "opening", JZ_ARGUMENT_ID, JZ_OPTIONAL, 0, NULL,                                               \
      N_ ("the approval by which the secondary volume goes there, too")                            \
  }
#define PDF_ARGUMENTS                                                                              \
  { "index", JZ_ARGUMENT_VALUES, JZ_PREPARED, 0, NULL, N_ ("its index, made by the program") },    \
  {                                                                                                \
    "pdf", JZ_ARGUMENT_OBJECT, JZ_PREPARED, 0, NULL, N_ ("what was given, as PDF")                 \
  }

static const JzArgument give_arguments[] = {
  JZ_CASE_ARGUMENT,
  { "use", JZ_ARGUMENT_WORD, JZ_REQUIRED, 0, "reconsideration|court", N_ ("what for") },
  OPENING_ARGUMENT,
  { "receiver", JZ_ARGUMENT_TEXT, JZ_OPTIONAL, 80, NULL, N_ ("who gets it") },
  PDF_ARGUMENTS,
  { NULL },
};

static const JzArgument cover_arguments[] = {
  JZ_CASE_ARGUMENT,
  { "document", JZ_ARGUMENT_ID, JZ_REQUIRED, 0, NULL, N_ ("which document of the dossier") },
  { "copy", JZ_ARGUMENT_OBJECT, JZ_PREPARED, 0, NULL, N_ ("the copy of the party, as PDF") },
  { "report", JZ_ARGUMENT_OBJECT, JZ_PREPARED, 0, NULL,
    N_ ("what was found and decided, and how the copy was attacked") },
  { "findings", JZ_ARGUMENT_TEXTS, JZ_PREPARED, 40, NULL,
    N_ ("kinds of personal data on which nobody has decided") },
  { NULL },
};

static const JzArgument clear_arguments[] = {
  JZ_CASE_ARGUMENT,
  { "attachment", JZ_ARGUMENT_ID, JZ_REQUIRED, 0, NULL, N_ ("which file of the case") },
  { "clear", JZ_ARGUMENT_BOOLEAN, JZ_REQUIRED, 0, NULL,
    N_ ("whether somebody has looked at it, and it shows nothing of others") },
  { "reason", JZ_ARGUMENT_TEXT, JZ_OPTIONAL, 300, NULL, N_ ("why") },
  { NULL },
};

static const JzArgument show_arguments[] = {
  JZ_CASE_ARGUMENT,
  { "happened", JZ_ARGUMENT_DATE, JZ_REQUIRED, 0, NULL, N_ ("day on which it was read") },
  { "visitor", JZ_ARGUMENT_TEXT, JZ_REQUIRED, 60, NULL, N_ ("name of who read it") },
  { "capacity", JZ_ARGUMENT_WORD, JZ_REQUIRED, 0, "party|representative|agent|lawyer",
    N_ ("as what he came") },
  { "proof", JZ_ARGUMENT_TEXT, JZ_REQUIRED, 300, NULL,
    N_ ("by what he showed who he is and whom he stands for") },
  { "manner", JZ_ARGUMENT_WORD, JZ_REQUIRED, 0, "read|copy", N_ ("whether he took a copy") },
  { "documents", JZ_ARGUMENT_TEXTS, JZ_OPTIONAL, 60, NULL,
    N_ ("which documents he was shown; all of the main volume, if left out") },
  OPENING_ARGUMENT,
  { "note", JZ_ARGUMENT_LONG_TEXT, JZ_OPTIONAL, 0, NULL, N_ ("what else happened") },
  { "copies", JZ_ARGUMENT_TEXTS, JZ_PREPARED, 60, NULL,
    N_ ("which copies of documents he was shown") },
  { "files", JZ_ARGUMENT_TEXTS, JZ_PREPARED, 60, NULL, N_ ("ids of the files that he was shown") },
  PDF_ARGUMENTS,
  { NULL },
};

static gboolean
has_text (const JzJson *list, const char *text)
{
  for (guint i = 0; list != NULL && i < jz_json_get_n_items (list); i++)
    if (strcmp (jz_json_get_text (jz_json_get_item (list, i)), text) == 0)
      return TRUE;
  return FALSE;
}

static JzStated *
load_stated (const JzSituation *self, GError **error)
{
  return jz_stated_load (self->tables, self->case_id, self->arrival - 1, error);
}

static gboolean
is_final (const JzStatedRecord *record)
{
  JzDocumentState state = jz_document_record_get_state (record);

  return strcmp (record->list, JZ_LIST_DOCUMENT) == 0 && state >= JZ_DOCUMENT_FINAL &&
         state != JZ_DOCUMENT_VOID;
}

/* (nullable): that document of the dossier */
static const JzStatedRecord *
find_final (const JzStated *stated, const char *id)
{
  const JzStatedRecord *record = jz_document_find_record (stated, id);

  return record != NULL && is_final (record) ? record : NULL;
}

static gboolean
check_pieces (const JzSituation *self, const JzStated *stated, JzRefusal **refusal, GError **error)
{
  const JzJson *pieces = jz_json_get_member (self->args, "pieces");

  for (guint i = 0; pieces != NULL && i < jz_json_get_n_items (pieces) && *refusal == NULL; i++) {
    const char *id = jz_json_get_text (jz_json_get_item (pieces, i));
    guint volume = 1;
    if (find_final (stated, id) != NULL) {
      volume = jz_dossier_get_volume (stated, self->objects, id, NULL, error);
      if (volume == 0)
        return FALSE;
    }
    if (volume == 1)
      jz_refuse (refusal, "J-VOLUME", _ ("Choose documents of the secondary volume."),
                 _ ("%s is no final document of the secondary volume."), id);
  }
  return TRUE;
}

static gboolean
has_secondary (const JzSituation *self, const JzStated *stated, gboolean *has, GError **error)
{
  const GPtrArray *records = jz_stated_get_records (stated);

  *has = FALSE;
  for (guint i = 0; i < records->len && !*has; i++) {
    const JzStatedRecord *record = g_ptr_array_index (records, i);
    guint volume = 1;
    if (!is_final (record))
      continue;
    volume = jz_dossier_get_volume (stated, self->objects, record->id, NULL, error);
    if (volume == 0)
      return FALSE;
    *has = volume == 2;
  }
  return TRUE;
}

/* Asked by who has the case in hand, approved by somebody who has not. */
static gboolean
check_open (const JzSituation *situation, JzRefusal **refusal, GError **error)
{
  g_autoptr (JzStated) stated = NULL;
  gboolean has = TRUE;

  if (!jz_situation_need_stage (situation, STAGES, refusal, error) || *refusal != NULL)
    return *refusal != NULL;
  stated = load_stated (situation, error);
  if (stated == NULL)
    return FALSE;
  if (situation->objects != NULL && (!check_pieces (situation, stated, refusal, error) ||
                                     !has_secondary (situation, stated, &has, error)))
    return FALSE;
  if (*refusal == NULL && !has)
    jz_refuse (refusal, "J-VOLUME", _ ("Give the main volume."),
               _ ("The dossier has no secondary volume."));
  return *refusal != NULL || jz_check_no_handler (situation, refusal, error);
}

/* (out): the approval that is named; none where none is */
static void
check_opening (const JzSituation *self,
               const JzStated *stated,
               const char *use,
               const JzStatedRecord **opening,
               JzRefusal **refusal)
{
  const char *id = jz_situation_get_text (self, "opening");

  *opening = NULL;
  if (id[0] == '\0')
    return;
  *opening = jz_dossier_find_opening (stated, id);
  if (*opening == NULL || strcmp (jz_stated_record_get_text (*opening, "use"), use) != 0)
    jz_refuse (refusal, "J-VOLUME", _ ("Have it approved first, or give the main volume only."),
               _ ("Nobody has approved that the secondary volume is given out for this."));
  else if (jz_dossier_opening_is_used (stated, id))
    jz_refuse (refusal, "J-VOLUME", _ ("Have it approved once more, or give the main volume only."),
               _ ("By this approval the secondary volume was given out already; it holds for one "
                  "use."));
}

static gboolean
check_give (const JzSituation *situation, JzRefusal **refusal, GError **error)
{
  const JzStatedRecord *opening;
  g_autoptr (JzStated) stated = NULL;

  if (!jz_situation_need_stage (situation, STAGES, refusal, error) || *refusal != NULL)
    return *refusal != NULL;
  stated = load_stated (situation, error);
  if (stated == NULL)
    return FALSE;
  check_opening (situation, stated, jz_situation_get_text (situation, "use"), &opening, refusal);
  return TRUE;
}

static gboolean
check_cover (const JzSituation *situation, JzRefusal **refusal, GError **error)
{
  g_autoptr (JzStated) stated = NULL;
  const char *id = jz_situation_get_text (situation, "document");

  if (!jz_situation_need_stage (situation, STAGES, refusal, error) || *refusal != NULL)
    return *refusal != NULL;
  stated = load_stated (situation, error);
  if (stated == NULL)
    return FALSE;
  if (find_final (stated, id) == NULL)
    jz_refuse (refusal, "J-SHOWN", _ ("Choose a document of the dossier."),
               _ ("The case has no final document %s."), id);
  else if (jz_json_get_n_items (jz_json_get_member (situation->args, "findings")) > 0)
    jz_refuse (refusal, "J-SHOWN", _ ("Cover each, or keep it for a reason."),
               _ ("Nobody has decided on everything personal that was found in it."));
  return TRUE;
}

static gboolean
apply_cover (JzApplication *application, GError **error)
{
  static const char *const fields[][2] = {
    { "document", "document" },
    { "copy", "copy" },
    { "report", "report" },
    { "dossier.redactions", "redactions" },
  };
  g_autofree char *id = jz_application_make_thing (application, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++) {
    const JzJson *value = jz_json_get_member (application->args, fields[i][0]);
    if (value != NULL &&
        !jz_application_state (application, JZ_LIST_COVERED, id, fields[i][1], value, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
check_clear (const JzSituation *situation, JzRefusal **refusal, GError **error)
{
  g_autoptr (JzStated) stated = NULL;
  JzFileBar bar;

  if (!jz_situation_need_stage (situation, STAGES, refusal, error) || *refusal != NULL)
    return *refusal != NULL;
  if (!jz_check_attachment (situation, "attachment", refusal, error) || *refusal != NULL)
    return *refusal != NULL;
  stated = load_stated (situation, error);
  if (stated == NULL)
    return FALSE;
  bar = jz_dossier_get_file_bar (stated, jz_situation_get_text (situation, "attachment"),
                                 jz_instant_get_date (situation->now));
  if (!jz_json_get_member_boolean (situation->args, "clear", FALSE))
    return TRUE;
  if (bar == JZ_FILE_RECORDING)
    jz_refuse (refusal, "J-SHOWN", _ ("Leave it out; the index names it."),
               _ ("Recordings are not given to the party with the dossier."));
  else if (bar == JZ_FILE_BARRED)
    jz_refuse (refusal, "J-SHOWN", _ ("Leave it out; the index names it."),
               _ ("The file is closed, so the party does not get to see it."));
  return TRUE;
}

/* Whether the party gets to see it as things stand: @is_wanted. */
static gboolean
is_wanted (const JzSituation *self,
           const JzStated *stated,
           const JzStatedRecord *opening,
           const char *id,
           gboolean *is_wanted,
           GError **error)
{
  guint volume = jz_dossier_get_volume (stated, self->objects, id, NULL, error);

  *is_wanted = volume == 1 || (opening != NULL && jz_dossier_opening_has (opening, id));
  return volume != 0;
}

static gboolean
check_chosen (const JzSituation *self,
              const JzStated *stated,
              const JzStatedRecord *opening,
              JzRefusal **refusal,
              GError **error)
{
  const JzJson *chosen = jz_json_get_member (self->args, "documents");

  for (guint i = 0; chosen != NULL && i < jz_json_get_n_items (chosen) && *refusal == NULL; i++) {
    const char *id = jz_json_get_text (jz_json_get_item (chosen, i));
    gboolean is = FALSE;
    if (find_final (stated, id) != NULL && !is_wanted (self, stated, opening, id, &is, error))
      return FALSE;
    if (!is)
      jz_refuse (refusal, "J-VOLUME",
                 _ ("Choose documents of the main volume, or have the others approved first."),
                 _ ("The party does not get to see %s."), id);
  }
  return TRUE;
}

static gboolean
check_copies (const JzSituation *self,
              const JzStated *stated,
              const JzStatedRecord *opening,
              JzRefusal **refusal,
              GError **error)
{
  const GPtrArray *records = jz_stated_get_records (stated);
  const JzJson *chosen = jz_json_get_member (self->args, "documents");
  const JzJson *copies = jz_json_get_member (self->args, "copies");
  gboolean has_choice = chosen != NULL && jz_json_get_n_items (chosen) > 0;

  for (guint i = 0; i < records->len && *refusal == NULL; i++) {
    const JzStatedRecord *record = g_ptr_array_index (records, i);
    const JzStatedRecord *cover;
    gboolean is = FALSE;
    if (!is_final (record) || (has_choice && !has_text (chosen, record->id)))
      continue;
    if (!is_wanted (self, stated, opening, record->id, &is, error))
      return FALSE;
    cover = is ? jz_dossier_find_cover (stated, record->id) : NULL;
    if (is && (cover == NULL || !has_text (copies, cover->id)))
      jz_refuse (refusal, "J-SHOWN", _ ("Go through it and cover what is of others."),
                 _ ("Nobody has gone through the %s for the party yet."),
                 jz_stated_record_get_text (record, "title"));
  }
  if (*refusal == NULL && jz_json_get_n_items (copies) == 0)
    jz_refuse (refusal, "J-SHOWN", _ ("Make a document final first."),
               _ ("There is no document that the party could be shown."));
  return TRUE;
}

static void
check_files (const JzSituation *self, const JzStated *stated, JzRefusal **refusal)
{
  const JzJson *files = jz_json_get_member (self->args, "files");

  for (guint i = 0; i < jz_json_get_n_items (files) && *refusal == NULL; i++) {
    const char *id = jz_json_get_text (jz_json_get_item (files, i));
    if (jz_dossier_get_file_bar (stated, id, jz_instant_get_date (self->now)) != JZ_FILE_FREE)
      jz_refuse (refusal, "J-SHOWN", _ ("Do it again; the file is left out then."),
                 _ ("The party does not get to see %s."), id);
  }
}

static gboolean
check_show (const JzSituation *situation, JzRefusal **refusal, GError **error)
{
  const JzStatedRecord *opening;
  g_autoptr (JzStated) stated = NULL;

  if (!jz_situation_need_stage (situation, STAGES, refusal, error) || *refusal != NULL)
    return *refusal != NULL;
  jz_situation_need_past_date (situation, "happened", refusal);
  if (*refusal != NULL)
    return TRUE;
  stated = load_stated (situation, error);
  if (stated == NULL)
    return FALSE;
  check_opening (situation, stated, "party", &opening, refusal);
  if (*refusal != NULL || situation->objects == NULL)
    return TRUE;
  if (!check_chosen (situation, stated, opening, refusal, error))
    return FALSE;
  if (*refusal == NULL && !check_copies (situation, stated, opening, refusal, error))
    return FALSE;
  if (*refusal == NULL)
    check_files (situation, stated, refusal);
  return TRUE;
}

const JzAct jz_acts_dossier_use[] = {
  {
    .name = "dossier.open_secondary",
    .version = 1,
    .summary = N_ ("Approve that the secondary volume, or a part of it, is given out once."),
    .roles = "section_head|approver|head",
    .proposer_roles = ROLES,
    .scope = JZ_SCOPE_CASE,
    .flags = JZ_ACT_SIGNED | JZ_ACT_TWO_SIGNERS,
    .arguments = open_arguments,
    .check = check_open,
    .apply = jz_apply_facts,
    .makes_thing = TRUE,
    .list = JZ_LIST_OPENED,
  },
  {
    .name = "dossier.give",
    .version = 1,
    .summary = N_ ("Write down that the dossier was given to a court or for reconsideration."),
    .roles = ROLES,
    .scope = JZ_SCOPE_CASE,
    .flags = JZ_ACT_SIGNED,
    .arguments = give_arguments,
    .prepare = jz_dossier_prepare_give,
    .check = check_give,
    .apply = jz_apply_facts,
    .makes_thing = TRUE,
    .list = JZ_LIST_GIVEN,
  },
  {
    .name = "dossier.cover",
    .version = 1,
    .summary = N_ ("Cover in a document what is of others, for the party that reads it."),
    .roles = ROLES,
    .scope = JZ_SCOPE_CASE,
    .arguments = cover_arguments,
    .inverse = "dossier.cover",
    .prepare = jz_dossier_prepare_cover,
    .check = check_cover,
    .apply = apply_cover,
    .makes_thing = TRUE,
    .facts = "dossier.redactions",
    .list = JZ_LIST_COVERED,
  },
  {
    .name = "dossier.clear",
    .version = 1,
    .summary = N_ ("Say whether a file shows nothing of others, so that the party may see it."),
    .roles = ROLES,
    .scope = JZ_SCOPE_CASE,
    .arguments = clear_arguments,
    .inverse = "dossier.clear",
    .check = check_clear,
    .apply = jz_apply_facts,
    .makes_thing = TRUE,
    .list = JZ_LIST_CLEARED,
  },
  {
    .name = "dossier.show_party",
    .version = 1,
    .summary = N_ ("Write down that the party, or who stands for it, read the dossier."),
    .roles = ROLES,
    .scope = JZ_SCOPE_CASE,
    .flags = JZ_ACT_SIGNED,
    .arguments = show_arguments,
    .prepare = jz_dossier_prepare_show,
    .check = check_show,
    .apply = jz_apply_facts,
    .makes_thing = TRUE,
    .list = JZ_LIST_SHOWN,
  },
  { NULL },
};
