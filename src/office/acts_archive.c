/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include <glib/gi18n-lib.h>

#include "office/acts.h"
#include "office/dossier.h"
#include "office/situation.h"

/* Archiving (归档): from then on nothing in the case changes until its time of keeping is over
 * (R-26, R-27). */

static const JzArgument archive_arguments[] = {
  { "case", JZ_ARGUMENT_ID, JZ_REQUIRED, 0, NULL, N_ ("which case") },
  { "happened", JZ_ARGUMENT_DATE, JZ_REQUIRED, 0, NULL, N_ ("day on which it was archived") },
  { "class", JZ_ARGUMENT_TEXT, JZ_REQUIRED, 60, NULL, N_ ("class of the archive rules") },
  { "keep_until", JZ_ARGUMENT_DATE, JZ_OPTIONAL, 0, NULL,
    N_ ("last day of keeping; for ever when absent") },
  { NULL },
};

/* What is archived is the dossier; one that is older than its documents is not theirs (FC-49). */
static gboolean
check_dossier (const JzSituation *self, JzRefusal **refusal, GError **error)
{
  gint64 written = 0;
  gint64 bound = 0;

  if (!jz_connection_get_number (self->tables, &written, error,
                                 "SELECT coalesce (max (arrival), 0) FROM fact WHERE case_id = ? "
                                 "AND list = ? AND arrival < ?",
                                 "tti", self->case_id, JZ_LIST_DOCUMENT, self->arrival) ||
      !jz_connection_get_number (self->tables, &bound, error,
                                 "SELECT coalesce (max (arrival), 0) FROM fact WHERE case_id = ? "
                                 "AND list = ? AND arrival < ?",
                                 "tti", self->case_id, JZ_LIST_DOSSIER, self->arrival))
    return FALSE;
  if (written > bound)
    jz_refuse (refusal, "FC-49", _ ("Bind the dossier first."),
               bound == 0 ? _ ("The dossier of the case was not bound.")
                          : _ ("A document was changed after the dossier was bound."));
  return TRUE;
}

static gboolean
check_archive (const JzSituation *situation, JzRefusal **refusal, GError **error)
{
  const char *keep_until = jz_situation_get_text (situation, "keep_until");

  if (!jz_situation_need_stage (situation, "closed", refusal, error))
    return FALSE;
  if (*refusal != NULL || !jz_situation_need_past_date (situation, "happened", refusal) ||
      *refusal != NULL)
    return TRUE;
  if (keep_until[0] != '\0' &&
      strcmp (keep_until, jz_situation_get_text (situation, "happened")) < 0)
    jz_refuse (refusal, "J-DATE", _ ("Choose a later day."),
               _ ("The time of keeping would be over already."));
  return *refusal != NULL || check_dossier (situation, refusal, error);
}

static gboolean
apply_archive (JzApplication *application, GError **error)
{
  return jz_connection_run (
    application->tables, error,
    "UPDATE case_file SET stage = 'archived', archived_on = ?, class = ?, keep_until = ? "
    "WHERE id = ?",
    "tttt", jz_application_get_text (application, "happened"),
    jz_application_get_text (application, "class"),
    jz_application_get_text (application, "keep_until"),
    jz_application_get_text (application, "case"));
}

const JzAct jz_acts_archive[] = {
  {
    .name = "case.archive",
    .version = 1,
    .summary = N_ ("Archive a closed case; after that nothing in it changes."),
    .roles = "archivist|handler",
    .scope = JZ_SCOPE_CASE,
    .flags = JZ_ACT_SIGNED,
    .arguments = archive_arguments,
    .check = check_archive,
    .apply = apply_archive,
  },
  { NULL },
};
