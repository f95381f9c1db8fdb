/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include <glib/gi18n-lib.h>

#include "office/acts.h"
#include "office/publication_check.h"
#include "office/publication_errors.h"
#include "office/situation.h"
#include "office/text.h"

/* An error in what is public (纠错): whoever of the office sees it or hears of it reports it, and a
 * limit runs until the carriers are told of a corrected copy, it is withdrawn, or another person
 * says why it is none (P-04; PW-03, TL-G10). */

static const JzArgument report_arguments[] = {
  JZ_PUBLICATION_ARGUMENTS,
  { "what", JZ_ARGUMENT_TEXT, JZ_REQUIRED, 2000, NULL, N_ ("what is wrong, and how it should be") },
  { "channel", JZ_ARGUMENT_WORD, JZ_OPTIONAL, 0, "office|party|public|carrier|superior",
    N_ ("from where the office heard of it") },
  { "finder", JZ_ARGUMENT_TEXT, JZ_OPTIONAL, 200, NULL, N_ ("who found it, where that is known") },
  { NULL },
};

static const JzArgument dismiss_arguments[] = {
  JZ_PUBLICATION_ARGUMENTS,
  { "report", JZ_ARGUMENT_ID, JZ_REQUIRED, 0, NULL, N_ ("the error that was reported") },
  { "reason", JZ_ARGUMENT_TEXT, JZ_REQUIRED, 1000, NULL, N_ ("why it is none") },
  { NULL },
};

static gboolean
check_report (const JzSituation *situation, JzRefusal **refusal, GError **error)
{
  g_autoptr (JzPublication) publication = NULL;

  return jz_publication_need (situation, "released|published", &publication, refusal, error);
}

static gboolean
apply_report (JzApplication *application, GError **error)
{
  const char *document = jz_application_get_text (application, "document");
  const char *what = jz_application_get_text (application, "what");
  gint64 key = 0;
  g_autofree char *id = jz_application_make_thing (application, &key);
  char today[JZ_DATE_SIZE];

  jz_date_format (jz_instant_get_date (application->record->entry->time), today);
  return jz_connection_run (application->tables, error,
                            "INSERT INTO publication_error (key, id, document, case_id, what, "
                            "channel, finder, reported_by, reported_on, state, reason, closed_by, "
                            "closed_on) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 'open', '', '', '')",
                            "itttttttt", key, id, document, application->record->entry->case_id,
                            what, jz_application_get_text (application, "channel"),
                            jz_application_get_text (application, "finder"),
                            application->record->entry->actor, today) &&
         jz_application_index_text (application, document, "what", what, error);
}

/* Who reported it takes it for an error; that it is none is for another person to say. */
static gboolean
check_other_person (const JzSituation *self,
                    const JzJson *report,
                    JzRefusal **refusal,
                    GError **error)
{
  g_autofree char *name = NULL;

  if (strcmp (jz_json_get_member_text (report, "reporter"), self->actor) != 0)
    return TRUE;
  if (!jz_tables_get_person_name (self->tables, self->actor, &name, error))
    return FALSE;
  jz_refuse (refusal, "J-SEPARATION", _ ("Let another person decide on it."),
             _ ("%s reported the error, and another person says whether it is one."), name);
  return TRUE;
}

static gboolean
check_dismiss (const JzSituation *situation, JzRefusal **refusal, GError **error)
{
  g_autoptr (JzPublication) publication = NULL;
  g_autoptr (JzJson) report = NULL;

  if (!jz_publication_need (situation, "released|published", &publication, refusal, error))
    return FALSE;
  if (*refusal != NULL)
    return TRUE;
  if (!jz_publication_find_error (situation->tables, publication->document,
                                  jz_situation_get_text (situation, "report"), &report, error))
    return FALSE;
  if (report == NULL)
    jz_refuse (refusal, "J-PUBLICATION", _ ("Choose an error that is not done with."),
               _ ("No error that is not done with was reported of %s by this name."),
               publication->number);
  return *refusal != NULL || check_other_person (situation, report, refusal, error);
}

static gboolean
apply_dismiss (JzApplication *application, GError **error)
{
  const char *reason = jz_application_get_text (application, "reason");
  char today[JZ_DATE_SIZE];

  jz_date_format (jz_instant_get_date (application->record->entry->time), today);
  return jz_connection_run (application->tables, error,
                            "UPDATE publication_error SET state = 'dismissed', reason = ?, "
                            "closed_by = ?, closed_on = ? WHERE id = ?",
                            "tttt", reason, application->record->entry->actor, today,
                            jz_application_get_text (application, "report")) &&
         jz_application_index_text (application, jz_application_get_text (application, "document"),
                                    "reason", reason, error);
}

const JzAct jz_acts_publicity_error[] = {
  {
    .name = "publication.report_error",
    .version = 1,
    .summary = N_ ("Report an error in what is public, so that it is corrected in time."),
    /* Whoever of the office sees it (P-04), but for the administrator, who does no work of cases.
     */
    .roles = "handler|section_head|reviewer|review_head|approver|head|collector|checker|publisher|"
             "inspector|evaluator|archivist|clerk|secretary|member|adviser|complaint_handler",
    .scope = JZ_SCOPE_CASE,
    .arguments = report_arguments,
    .inverse = "publication.dismiss_error",
    .check = check_report,
    .apply = apply_report,
    .makes_thing = TRUE,
  },
  {
    .name = "publication.dismiss_error",
    .version = 1,
    .summary = N_ ("Decide that what was reported is no error; another person than the reporter."),
    .roles = "checker|section_head|approver|head",
    .scope = JZ_SCOPE_CASE,
    .flags = JZ_ACT_SIGNED,
    .arguments = dismiss_arguments,
    .inverse = "publication.report_error",
    .check = check_dismiss,
    .apply = apply_dismiss,
  },
  { NULL },
};
