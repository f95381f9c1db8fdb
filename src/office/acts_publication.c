/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include <glib/gi18n-lib.h>

#include "office/acts.h"
#include "office/case_check.h"
#include "office/documents.h"
#include "office/fact_arguments.h"
#include "office/publication_check.h"
#include "office/publication_errors.h"
#include "office/publication_fields.h"
#include "office/publication_prepare.h"
#include "office/settings.h"
#include "office/situation.h"
#include "office/text.h"

/* How a decision becomes public (公示): what the public sees is collected, checked by another
 * person, released; and corrected later, in the same three steps (P-02 to P-06, P-35; G-60, G-61).
 * Four duties, at least two people: who collected does not check, and who checked does not release.
 */

#define COLLECTORS "collector|handler|section_head|publisher"

/* A setting that names carriers that there are not leaves this one. */
#define DEFAULT_CARRIER "site"

#define COPY_ARGUMENTS                                                                             \
  { "copy", JZ_ARGUMENT_OBJECT, JZ_PREPARED, 0, NULL, N_ ("the public copy, as PDF") },            \
    { "public",    JZ_ARGUMENT_OBJECT,                                                             \
      JZ_PREPARED, 0,                                                                              \
      NULL,        N_ ("its values and its text, without what was hidden") },                      \
    { "report",    JZ_ARGUMENT_OBJECT,                                                             \
      JZ_PREPARED, 0,                                                                              \
      NULL,        N_ ("what was found and decided, and how the copy was attacked") },             \
    { "findings",  JZ_ARGUMENT_TEXTS,                                                              \
      JZ_PREPARED, 40,                                                                             \
      NULL,        N_ ("kinds of personal data on which nobody has decided") },                    \
    { "fields", JZ_ARGUMENT_VALUES, JZ_PREPARED, 0, NULL, N_ ("what carriers are told") },         \
  {                                                                                                \
    "deviations", JZ_ARGUMENT_INTEGER, JZ_PREPARED, 1000, NULL,                                    \
      N_ ("how many of these are not as the standard wants them")                                  \
  }

static const JzArgument collect_arguments[] = {
  JZ_PUBLICATION_ARGUMENTS,
  COPY_ARGUMENTS,
  { NULL },
};

static const JzArgument correct_arguments[] = {
  JZ_PUBLICATION_ARGUMENTS,
  COPY_ARGUMENTS,
  { "note", JZ_ARGUMENT_LONG_TEXT, JZ_REQUIRED, 0, NULL,
    N_ ("what is corrected and why, as the carriers are told") },
  { NULL },
};

#define LOOKED_AT_ARGUMENT                                                                         \
  {                                                                                                \
    "copy", JZ_ARGUMENT_ID, JZ_OPTIONAL, 0, NULL,                                                  \
      N_ ("the collected copy that was looked at; the newest, if left out")                        \
  }

static const JzArgument check_arguments[] = {
  JZ_PUBLICATION_ARGUMENTS,
  LOOKED_AT_ARGUMENT,
  { "verdict", JZ_ARGUMENT_WORD, JZ_REQUIRED, 0, "pass|return",
    N_ ("what the checker holds of it") },
  { "reason", JZ_ARGUMENT_LONG_TEXT, JZ_OPTIONAL, 0, NULL, N_ ("why") },
  { NULL },
};

static const JzArgument release_arguments[] = {
  JZ_PUBLICATION_ARGUMENTS,
  LOOKED_AT_ARGUMENT,
  { "carriers", JZ_ARGUMENT_TEXTS, JZ_PREPARED, 40, NULL,
    N_ ("which carriers must show it, by the setting publicity.carriers") },
  { JZ_LATE_REASON, JZ_ARGUMENT_TEXT, JZ_OPTIONAL, 1000, NULL,
    N_ ("why it is released after its last day") },
  { NULL },
};

static gboolean
check_document (const JzSituation *self, JzRefusal **refusal, GError **error)
{
  g_autoptr (JzStated) stated =
    jz_stated_load (self->tables, self->case_id, self->arrival - 1, error);
  const char *id = jz_situation_get_text (self, "document");
  JzDocument document;

  if (stated == NULL || !jz_document_find (stated, self->objects, id, &document, error))
    return FALSE;
  if (document.id == NULL)
    jz_refuse (refusal, "J-PUBLICATION", _ ("Choose a decision of this case."),
               _ ("The case has no document %s."), id);
  else if (document.state < JZ_DOCUMENT_FINAL || document.state > JZ_DOCUMENT_SERVED)
    jz_refuse (refusal, "J-PUBLICATION", _ ("Only a final document that holds is published."),
               _ ("This cannot be done with the %s, which is %s now."),
               jz_form_get_title (document.form, NULL), jz_document_state_word (document.state));
  else if (jz_form_get_publicity (document.form) == NULL)
    jz_refuse (refusal, "J-PUBLICATION", _ ("Choose a decision."),
               _ ("The %s is a document that is not published."),
               jz_form_get_title (document.form, NULL));
  return TRUE;
}

/* A decision is in the queue since it was made; what else is public enters it when it is collected.
 */
static gboolean
check_collect (const JzSituation *situation, JzRefusal **refusal, GError **error)
{
  g_autoptr (JzPublication) publication = NULL;
  gint64 n_rows = 0;

  if (!jz_publication_need_collector (situation, refusal, error) ||
      !jz_connection_get_number (situation->tables, &n_rows, error,
                                 "SELECT count (*) FROM publication WHERE document = ?", "t",
                                 jz_situation_get_text (situation, "document")))
    return FALSE;
  if (*refusal == NULL && situation->objects != NULL && !check_document (situation, refusal, error))
    return FALSE;
  return *refusal != NULL || n_rows == 0 ||
         jz_publication_need (situation, "due", &publication, refusal, error);
}

static gboolean
insert_copy (JzApplication *application, gint64 *key, GError **error)
{
  g_autofree char *id = jz_application_make_thing (application, key);
  const JzJson *redactions = jz_json_get_member (application->args, "publication.redactions");
  g_autofree char *findings =
    jz_json_to_canonical (jz_json_get_member (application->args, "findings"), NULL);
  g_autofree char *fields =
    jz_json_to_canonical (jz_json_get_member (application->args, "fields"), NULL);
  g_autofree char *decided = redactions != NULL ? jz_json_to_canonical (redactions, NULL) : NULL;
  char time[JZ_INSTANT_SIZE];
  JzObject pdf, public, report;

  if (!jz_object_from_json (jz_json_get_member (application->args, "copy"), &pdf) ||
      !jz_object_from_json (jz_json_get_member (application->args, "public"), &public) ||
      !jz_object_from_json (jz_json_get_member (application->args, "report"), &report))
    g_assert_not_reached ();
  return jz_connection_run (
    application->tables, error,
    "INSERT INTO publication_copy (key, id, document, case_id, pdf, size, public, report, "
    "findings, fields, redactions, deviations, note, proposed_by, proposed_at, verdict, "
    "reason, checked_by, checked_at, released_by, released_at, late_reason) VALUES (?, ?, ?, ?, "
    "?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '', '', '', '', '', '', '')",
    "ittthihhtttittt", *key, id, jz_application_get_text (application, "document"),
    application->record->entry->case_id, &pdf.hash, (gint64)pdf.size, &public.hash, &report.hash,
    findings, fields, decided != NULL ? decided : "[]",
    jz_json_get_member_integer (application->args, "deviations", 0),
    jz_application_get_text (application, "note"), application->record->entry->actor,
    jz_application_get_time (application, time));
}

static gboolean
set_copy (JzApplication *application, gint64 key, GError **error)
{
  return jz_connection_run (application->tables, error,
                            "UPDATE publication SET copy = ?, step = 'proposed' WHERE document = ?",
                            "it", key, jz_application_get_text (application, "document"));
}

static gboolean
enter_other (JzApplication *application, const char *document, GError **error)
{
  gint64 n_rows = 0;
  g_autoptr (JzStated) stated = NULL;
  const JzStatedRecord *record;

  if (!jz_connection_get_number (application->tables, &n_rows, error,
                                 "SELECT count (*) FROM publication WHERE document = ?", "t",
                                 document))
    return FALSE;
  if (n_rows > 0)
    return TRUE;
  stated =
    jz_stated_load (application->tables, application->record->entry->case_id, G_MAXINT64, error);
  if (stated == NULL)
    return FALSE;
  record = jz_document_find_record (stated, document);
  return record == NULL ||
         jz_publication_enter (application, jz_stated_record_get_text (record, "form"),
                               jz_stated_record_get_text (record, "number"),
                               jz_stated_record_get_text (record, "date"), error);
}

static gboolean
apply_collect (JzApplication *application, GError **error)
{
  gint64 key = 0;

  return insert_copy (application, &key, error) &&
         enter_other (application, jz_application_get_text (application, "document"), error) &&
         set_copy (application, key, error);
}

static gboolean
check_correct (const JzSituation *situation, JzRefusal **refusal, GError **error)
{
  g_autoptr (JzPublication) publication = NULL;

  if (!jz_publication_need_collector (situation, refusal, error))
    return FALSE;
  return *refusal != NULL ||
         jz_publication_need (situation, "released|published", &publication, refusal, error);
}

static gboolean
apply_correct (JzApplication *application, GError **error)
{
  gint64 key = 0;

  return insert_copy (application, &key, error) && set_copy (application, key, error);
}

static gboolean
check_separation (const JzSituation *self,
                  const JzPublicationCopy *copy,
                  JzRefusal **refusal,
                  GError **error)
{
  g_autofree char *name = NULL;

  if (strcmp (copy->proposed_by, self->actor) != 0)
    return jz_check_no_handler (self, refusal, error);
  if (!jz_tables_get_person_name (self->tables, self->actor, &name, error))
    return FALSE;
  jz_refuse (refusal, "J-SEPARATION", _ ("Let another person check it."),
             _ ("%s collected what is to be published, and nobody checks his own work."), name);
  return TRUE;
}

static gboolean
is_pass (const JzSituation *self)
{
  return strcmp (jz_situation_get_text (self, "verdict"), "pass") == 0;
}

static void
check_verdict (const JzSituation *self, const JzPublicationCopy *copy, JzRefusal **refusal)
{
  gboolean has_reason = jz_situation_get_text (self, "reason")[0] != '\0' ||
                        jz_json_get_member (self->args, "reason") != NULL;

  if (!is_pass (self) && !has_reason)
    jz_refuse (refusal, "J-PUBLICATION", _ ("Write what is to be changed."),
               _ ("Who gives it back says why."));
  else if (is_pass (self) && jz_json_get_n_items (copy->findings) > 0)
    jz_refuse (refusal, "J-PUBLICATION", _ ("Give it back, so that it is decided on."),
               _ ("Nobody has decided on everything personal that was found in it."));
  else if (is_pass (self) && copy->deviations > 0 && !has_reason)
    jz_refuse (refusal, "J-PUBLICATION", _ ("Give it back, or say why it may be so."),
               _ ("Not everything that carriers are told is as the standard wants it."));
}

static gboolean
check_check (const JzSituation *situation, JzRefusal **refusal, GError **error)
{
  g_autoptr (JzPublication) publication = NULL;
  g_autoptr (JzPublicationCopy) copy = NULL;

  if (!jz_publication_need (situation, "due|released|published", &publication, refusal, error))
    return FALSE;
  if (*refusal == NULL && !jz_publication_need_copy (situation, publication, &copy, refusal, error))
    return FALSE;
  if (*refusal == NULL && !check_separation (situation, copy, refusal, error))
    return FALSE;
  if (*refusal == NULL)
    check_verdict (situation, copy, refusal);
  return TRUE;
}

static gboolean
apply_check (JzApplication *application, GError **error)
{
  const char *document = jz_application_get_text (application, "document");
  const char *verdict = jz_application_get_text (application, "verdict");
  char time[JZ_INSTANT_SIZE];

  return jz_connection_run (application->tables, error,
                            "UPDATE publication_copy SET verdict = ?, reason = ?, checked_by = ?, "
                            "checked_at = ? WHERE key = (SELECT copy FROM publication WHERE "
                            "document = ?)",
                            "ttttt", verdict, jz_application_get_text (application, "reason"),
                            application->record->entry->actor,
                            jz_application_get_time (application, time), document) &&
         jz_connection_run (application->tables, error,
                            "UPDATE publication SET step = ? WHERE document = ?", "tt",
                            strcmp (verdict, "pass") == 0 ? "checked" : "returned", document);
}

/* The entry says which copy it is about, with its report and its redactions. */
static gboolean
complete_copy (const JzSituation *situation, JzJson *args, GError **error)
{
  g_autoptr (JzPublication) publication = NULL;
  g_autoptr (JzPublicationCopy) copy = NULL;

  if (jz_json_get_member (args, "copy") != NULL)
    return TRUE;
  if (!jz_publication_find (situation->tables, jz_situation_get_text (situation, "document"),
                            &publication, error))
    return FALSE;
  if (publication == NULL)
    return TRUE;
  if (!jz_publication_find_copy (situation->tables, publication->copy, &copy, error))
    return FALSE;
  if (copy != NULL)
    jz_json_set_text (args, "copy", copy->id);
  return TRUE;
}

/* Who was told of what is public is told of its correction, too, whoever must show it now (P-04).
 */
static gboolean
add_told (const JzSituation *situation, JzJson *list, GError **error)
{
  gboolean has_row = FALSE;
  g_autoptr (JzStatement) rows = jz_connection_query (
    situation->tables, error,
    "SELECT DISTINCT carrier FROM publication_carrier WHERE document = ? AND done = 'shown' ORDER "
    "BY carrier",
    "t", jz_situation_get_text (situation, "document"));

  while (rows != NULL && jz_statement_step (rows, &has_row, error)) {
    gboolean is_known = FALSE;
    if (!has_row)
      return TRUE;
    for (guint i = 0; i < jz_json_get_n_items (list); i++)
      is_known |= strcmp (jz_json_get_text (jz_json_get_item (list, i)),
                          jz_statement_get_text (rows, 0)) == 0;
    if (!is_known)
      jz_json_append (list, jz_json_new_text (jz_statement_get_text (rows, 0)));
  }
  return FALSE;
}

static gboolean
complete_release (const JzSituation *situation, JzJson *args, GError **error)
{
  g_autofree char *setting = NULL;
  g_auto (GStrv) carriers = NULL;
  JzJson *list = jz_json_new_array ();

  jz_json_set_member (args, "carriers", list);
  if (!complete_copy (situation, args, error) ||
      !jz_tables_get_setting (situation->tables, "publicity.carriers", &setting, error))
    return FALSE;
  carriers = jz_publication_dup_carriers (
    setting != NULL ? setting : jz_setting_find ("publicity.carriers")->otherwise);
  for (char **carrier = carriers; *carrier != NULL; carrier++)
    jz_json_append (list, jz_json_new_text (*carrier));
  if (jz_json_get_n_items (list) == 0)
    jz_json_append (list, jz_json_new_text (DEFAULT_CARRIER));
  return add_told (situation, list, error);
}

/* Whether it was checked, and whether something in it is still to be hidden, is for the gate. */
static gboolean
check_release (const JzSituation *situation, JzRefusal **refusal, GError **error)
{
  g_autoptr (JzPublication) publication = NULL;
  g_autoptr (JzPublicationCopy) copy = NULL;

  if (!jz_publication_need (situation, "due|released|published", &publication, refusal, error))
    return FALSE;
  if (*refusal == NULL && publication->changed_on[0] != '\0')
    jz_refuse (refusal, "J-PUBLICATION", _ ("Withdraw it."),
               _ ("The decision was changed or revoked, so nothing of it is released any more."));
  if (*refusal == NULL && !jz_publication_need_copy (situation, publication, &copy, refusal, error))
    return FALSE;
  if (*refusal == NULL && strcmp (copy->checked_by, situation->actor) == 0)
    jz_refuse (refusal, "J-SEPARATION", _ ("Let another person release it."),
               _ ("You have checked it yourself, and another person releases it."));
  return TRUE;
}

static char *
join_carriers (JzApplication *application)
{
  const JzJson *list = jz_json_get_member (application->args, "carriers");
  GString *words = g_string_new (NULL);

  for (guint i = 0; i < jz_json_get_n_items (list); i++)
    g_string_append_printf (words, "%s%s", i > 0 ? " " : "",
                            jz_json_get_text (jz_json_get_item (list, i)));
  return g_string_free (words, FALSE);
}

/* A correction that is released answers what was reported before it was collected (P-04). */
static gboolean
close_errors (JzApplication *application, GError **error)
{
  gint64 copy = 0;

  return jz_connection_get_number (application->tables, &copy, error,
                                   "SELECT copy FROM publication WHERE document = ?", "t",
                                   jz_application_get_text (application, "document")) &&
         jz_publication_close_errors (application, "corrected", copy, error);
}

/* What is released first is released on the day of the entry, and a correction leaves that day. */
static gboolean
apply_release (JzApplication *application, GError **error)
{
  const char *document = jz_application_get_text (application, "document");
  const char *late = jz_application_get_text (application, JZ_LATE_REASON);
  g_autofree char *carriers = join_carriers (application);
  char time[JZ_INSTANT_SIZE];
  char today[JZ_DATE_SIZE];

  jz_date_format (jz_instant_get_date (application->record->entry->time), today);
  return jz_connection_run (application->tables, error,
                            "UPDATE publication_copy SET released_by = ?, released_at = ?, "
                            "late_reason = ? WHERE key = (SELECT copy FROM publication WHERE "
                            "document = ?)",
                            "tttt", application->record->entry->actor,
                            jz_application_get_time (application, time), late, document) &&
         jz_application_index_text (application, document, JZ_LATE_REASON, late, error) &&
         close_errors (application, error) &&
         jz_connection_run (application->tables, error,
                            "UPDATE publication SET state = 'released', step = 'released', "
                            "released = copy, released_on = iif (released_on = '', ?, "
                            "released_on), published_on = '', carriers = ? WHERE document = ?",
                            "ttt", today, carriers, document);
}

const JzAct jz_acts_publication[] = {
  {
    .name = "publication.collect",
    .version = 1,
    .summary = N_ ("Collect what the public gets to see of a decision, without what is hidden."),
    .roles = COLLECTORS,
    .scope = JZ_SCOPE_CASE,
    .arguments = collect_arguments,
    .inverse = "publication.collect",
    .prepare = jz_prepare_publication,
    .check = check_collect,
    .apply = apply_collect,
    .makes_thing = TRUE,
    .facts = "publication.redactions",
  },
  {
    .name = "publication.correct",
    .version = 1,
    .summary = N_ ("Collect a corrected copy of what is public."),
    .roles = COLLECTORS,
    .scope = JZ_SCOPE_CASE,
    .arguments = correct_arguments,
    .inverse = "publication.correct",
    .prepare = jz_prepare_publication,
    .check = check_correct,
    .apply = apply_correct,
    .makes_thing = TRUE,
    .facts = "publication.redactions",
  },
  {
    .name = "publication.check",
    .version = 1,
    .summary = N_ ("Check what is to be published: secrets, privacy, standard."),
    .roles = "checker",
    .scope = JZ_SCOPE_CASE,
    .flags = JZ_ACT_SIGNED,
    .arguments = check_arguments,
    .complete = complete_copy,
    .check = check_check,
    .apply = apply_check,
  },
  {
    .name = "publication.release",
    .version = 1,
    .summary = N_ ("Release what was checked, for the carriers."),
    .roles = "publisher",
    .scope = JZ_SCOPE_CASE,
    .flags = JZ_ACT_SIGNED,
    .arguments = release_arguments,
    .inverse = "publication.withdraw",
    .complete = complete_release,
    .check = check_release,
    .apply = apply_release,
  },
  { NULL },
};
