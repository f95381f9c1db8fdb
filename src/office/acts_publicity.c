/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include <glib/gi18n-lib.h>

#include "office/acts.h"
#include "office/case_check.h"
#include "office/publication_check.h"
#include "office/publication_errors.h"
#include "office/situation.h"
#include "office/stated.h"
#include "office/text.h"

/* What becomes of a publication beside its making: what each carrier has done, the decision not to
 * publish and its yearly re-examination, the decision that was changed or revoked, and withdrawal
 * (P-05, P-07, P-39; PX-01 to PX-06, PW-01 to PW-03). */

/* Whether it can be published is asked again after so many months (PX-06). */
#define REVIEW_MONTHS 12

static const JzArgument confirm_arguments[] = {
  JZ_PUBLICATION_ARGUMENTS,
  { "happened", JZ_ARGUMENT_DATE, JZ_REQUIRED, 0, NULL, N_ ("since when the carrier shows it") },
  { "address", JZ_ARGUMENT_TEXT, JZ_OPTIONAL, 500, NULL, N_ ("where it is seen") },
  { "attachment", JZ_ARGUMENT_ID, JZ_OPTIONAL, 0, NULL,
    N_ ("the attachment that proves it: a picture of the screen, a receipt") },
  { NULL },
};

static const JzArgument take_down_arguments[] = {
  JZ_PUBLICATION_ARGUMENTS,
  { "happened", JZ_ARGUMENT_DATE, JZ_REQUIRED, 0, NULL, N_ ("when the carrier took it down") },
  { "address", JZ_ARGUMENT_TEXT, JZ_OPTIONAL, 500, NULL, N_ ("where it was seen") },
  { "attachment", JZ_ARGUMENT_ID, JZ_OPTIONAL, 0, NULL,
    N_ ("the attachment that proves it: a picture of the screen, a receipt") },
  { NULL },
};

static const JzArgument reason_arguments[] = {
  JZ_PUBLICATION_ARGUMENTS,
  { "reason", JZ_ARGUMENT_TEXT, JZ_REQUIRED, 1000, NULL, N_ ("why") },
  { NULL },
};

static const JzArgument withdraw_arguments[] = {
  JZ_PUBLICATION_ARGUMENTS,
  { "reason", JZ_ARGUMENT_TEXT, JZ_REQUIRED, 1000, NULL,
    N_ ("why, as it is told to the public and the carriers") },
  { NULL },
};

static const JzArgument reexamine_arguments[] = {
  JZ_PUBLICATION_ARGUMENTS,
  { "outcome", JZ_ARGUMENT_WORD, JZ_REQUIRED, 0, "keep|open",
    N_ ("whether it stays as it is or can be published now") },
  { "reason", JZ_ARGUMENT_TEXT, JZ_REQUIRED, 1000, NULL, N_ ("why") },
  { NULL },
};

static const JzArgument change_arguments[] = {
  JZ_CASE_ARGUMENT,
  { "by", JZ_ARGUMENT_WORD, JZ_REQUIRED, 0, "self|review|court|superior",
    N_ ("who changed or revoked it") },
  { "instrument", JZ_ARGUMENT_TEXT, JZ_OPTIONAL, 200, NULL,
    N_ ("number and date of the decision or judgement that says so") },
  { "reason", JZ_ARGUMENT_TEXT, JZ_REQUIRED, 1000, NULL, N_ ("why") },
  { NULL },
};

static const char *
get_carrier (const JzSituation *self)
{
  return jz_situation_get_text (self, "publication.carrier");
}

/* An address or a picture, else nothing proves it; a screen in the hall has no address. */
static gboolean
check_proof (const JzSituation *self, JzRefusal **refusal, GError **error)
{
  const char *attachment = jz_situation_get_text (self, "attachment");

  jz_situation_need_past_date (self, "happened", refusal);
  if (*refusal == NULL && attachment[0] == '\0' &&
      jz_situation_get_text (self, "address")[0] == '\0')
    jz_refuse (refusal, "J-PROOF", _ ("Give the address, or attach a picture of the screen."),
               _ ("Nothing shows that the carrier has done so."));
  return *refusal != NULL || attachment[0] == '\0' ||
         jz_check_attachment (self, "attachment", refusal, error);
}

static void
check_order (const JzSituation *self, const char *since, JzRefusal **refusal)
{
  const char *happened = jz_situation_get_text (self, "happened");

  if (*refusal == NULL && strcmp (happened, since) < 0)
    jz_refuse (refusal, "J-DATE", _ ("Compare the two days."),
               _ ("The day %1$s is before %2$s, on which it was released."), happened, since);
}

static gboolean
check_confirm (const JzSituation *situation, JzRefusal **refusal, GError **error)
{
  g_autoptr (JzPublication) publication = NULL;

  if (!jz_publication_need (situation, "released|published", &publication, refusal, error))
    return FALSE;
  if (*refusal == NULL && !jz_publication_need_real_store (situation, refusal, error))
    return FALSE;
  if (*refusal == NULL && !check_proof (situation, refusal, error))
    return FALSE;
  check_order (situation, publication != NULL ? publication->released_on : "", refusal);
  return TRUE;
}

static gboolean
write_carrier (JzApplication *application, const char *done, GError **error)
{
  return jz_connection_run (
           application->tables, error,
           "INSERT INTO publication_carrier (document, case_id, copy, carrier, done, happened, "
           "address, attachment, person, arrival) VALUES (?1, ?2, (SELECT released FROM "
           "publication WHERE document = ?1), ?3, ?4, ?5, ?6, ?7, ?8, ?9) ON CONFLICT DO UPDATE "
           "SET happened = excluded.happened, address = excluded.address, attachment = "
           "excluded.attachment, person = excluded.person, arrival = excluded.arrival",
           "tttttttti", jz_application_get_text (application, "document"),
           application->record->entry->case_id,
           jz_application_get_text (application, "publication.carrier"), done,
           jz_application_get_text (application, "happened"),
           jz_application_get_text (application, "address"),
           jz_application_get_text (application, "attachment"), application->record->entry->actor,
           application->record->arrival) &&
         jz_application_index_text (application, jz_application_get_text (application, "document"),
                                    "address", jz_application_get_text (application, "address"),
                                    error);
}

static gboolean
finish (JzApplication *application, const char *done, const char *sql, GError **error)
{
  const char *document = jz_application_get_text (application, "document");
  g_autoptr (JzPublication) publication = NULL;
  g_auto (GStrv) missing = NULL;

  if (!jz_publication_find (application->tables, document, &publication, error) ||
      !jz_publication_list_missing (application->tables, publication, done, &missing, error))
    return FALSE;
  return missing[0] != NULL || jz_connection_run (application->tables, error, sql, "t", document);
}

/* It is published when the last of its carriers shows it. */
static gboolean
apply_confirm (JzApplication *application, GError **error)
{
  return write_carrier (application, "shown", error) &&
         finish (application, "shown",
                 "UPDATE publication SET state = 'published', published_on = (SELECT max "
                 "(happened) FROM publication_carrier AS c WHERE c.document = "
                 "publication.document AND c.copy = publication.released AND done = 'shown') "
                 "WHERE document = ?",
                 error);
}

static gboolean
check_take_down (const JzSituation *situation, JzRefusal **refusal, GError **error)
{
  g_autoptr (JzPublication) publication = NULL;
  g_auto (GStrv) missing = NULL;

  if (!jz_publication_need (situation, "withdrawing", &publication, refusal, error))
    return FALSE;
  if (*refusal == NULL && !jz_publication_need_real_store (situation, refusal, error))
    return FALSE;
  if (*refusal == NULL && !check_proof (situation, refusal, error))
    return FALSE;
  if (*refusal != NULL)
    return TRUE;
  if (!jz_publication_list_missing (situation->tables, publication, "withdrawn", &missing, error))
    return FALSE;
  if (!g_strv_contains ((const char *const *)missing, get_carrier (situation)))
    jz_refuse (refusal, "J-PUBLICATION", _ ("Choose a carrier that has not answered yet."),
               _ ("This carrier has nothing to take down."));
  return TRUE;
}

static gboolean
apply_take_down (JzApplication *application, GError **error)
{
  return write_carrier (application, "withdrawn", error) &&
         finish (application, "withdrawn",
                 "UPDATE publication SET state = 'withdrawn', withdrawn_on = (SELECT max "
                 "(happened) FROM publication_carrier AS c WHERE c.document = "
                 "publication.document AND done = 'withdrawn') WHERE document = ?",
                 error);
}

static gboolean
check_withdraw (const JzSituation *situation, JzRefusal **refusal, GError **error)
{
  g_autoptr (JzPublication) publication = NULL;

  return jz_publication_need (situation, "released|published", &publication, refusal, error);
}

/* A correction that is under way ends with it, and with it whatever was wrong. */
static gboolean
apply_withdraw (JzApplication *application, GError **error)
{
  return jz_connection_run (application->tables, error,
                            "UPDATE publication SET state = 'withdrawing', step = 'released', copy "
                            "= released, ground = ? WHERE document = ?",
                            "tt", jz_application_get_text (application, "publication.withdrawal"),
                            jz_application_get_text (application, "document")) &&
         jz_publication_close_errors (application, "withdrawn", G_MAXINT64, error) &&
         jz_application_index_text (application, jz_application_get_text (application, "document"),
                                    "reason", jz_application_get_text (application, "reason"),
                                    error);
}

static gboolean
check_exempt (const JzSituation *situation, JzRefusal **refusal, GError **error)
{
  g_autoptr (JzPublication) publication = NULL;

  return jz_publication_need (situation, "due", &publication, refusal, error);
}

static void
format_review (const JzApplication *application, char text[JZ_DATE_SIZE])
{
  JzDate today = jz_instant_get_date (application->record->entry->time);
  jz_date_format (jz_date_add_months (today, REVIEW_MONTHS), text);
}

static gboolean
apply_exempt (JzApplication *application, GError **error)
{
  char review[JZ_DATE_SIZE];

  format_review (application, review);
  return jz_connection_run (application->tables, error,
                            "UPDATE publication SET state = 'exempt', ground = ?, review_on = ? "
                            "WHERE document = ?",
                            "ttt", jz_application_get_text (application, "publication.ground"),
                            review, jz_application_get_text (application, "document")) &&
         jz_application_index_text (application, jz_application_get_text (application, "document"),
                                    "reason", jz_application_get_text (application, "reason"),
                                    error);
}

static gboolean
check_reexamine (const JzSituation *situation, JzRefusal **refusal, GError **error)
{
  g_autoptr (JzPublication) publication = NULL;

  return jz_publication_need (situation, "exempt", &publication, refusal, error);
}

static gboolean
apply_reexamine (JzApplication *application, GError **error)
{
  const char *document = jz_application_get_text (application, "document");
  char review[JZ_DATE_SIZE];

  if (strcmp (jz_application_get_text (application, "outcome"), "open") == 0)
    return jz_connection_run (application->tables, error,
                              "UPDATE publication SET state = 'due', ground = '', review_on = '' "
                              "WHERE document = ?",
                              "t", document);
  format_review (application, review);
  return jz_connection_run (application->tables, error,
                            "UPDATE publication SET review_on = ? WHERE document = ?", "tt", review,
                            document);
}

/* A court may say so years after the case was closed. */
static gboolean
check_change (const JzSituation *situation, JzRefusal **refusal, GError **error)
{
  g_autoptr (JzStated) stated =
    jz_stated_load (situation->tables, situation->case_id, situation->arrival - 1, error);

  if (stated == NULL)
    return FALSE;
  jz_situation_need_past_date (situation, "decision.changed_on", refusal);
  if (*refusal == NULL && jz_stated_get (stated, "decision.number") == NULL)
    jz_refuse (refusal, "J-DECIDED", _ ("Make the decision first."),
               _ ("The case has not been decided, so no decision can be changed."));
  return TRUE;
}

/* The day on which it is to be withdrawn counts from when the change took effect (P-39). */
static gboolean
apply_change (JzApplication *application, GError **error)
{
  return jz_publication_supersede (
           application, jz_application_get_text (application, "decision.changed_on"), error) &&
         jz_apply_facts (application, error);
}

const JzAct jz_acts_publicity[] = {
  {
    .name = "publication.confirm",
    .version = 1,
    .summary = N_ ("Write down that a carrier shows what was released, with address and proof."),
    .roles = "publisher|collector",
    .scope = JZ_SCOPE_CASE,
    .arguments = confirm_arguments,
    .inverse = "publication.confirm",
    .check = check_confirm,
    .apply = apply_confirm,
    .facts = "publication.carrier!",
  },
  {
    .name = "publication.withdraw",
    .version = 1,
    .summary = N_ ("Withdraw what is public; each carrier is told to take it down."),
    .roles = "approver|head",
    .proposer_roles = "publisher|collector|checker|handler|section_head",
    .scope = JZ_SCOPE_CASE,
    .flags = JZ_ACT_SIGNED | JZ_ACT_TWO_SIGNERS,
    .arguments = withdraw_arguments,
    .check = check_withdraw,
    .apply = apply_withdraw,
    .facts = "publication.withdrawal!",
  },
  {
    .name = "publication.confirm_withdrawal",
    .version = 1,
    .summary = N_ ("Write down that a carrier took down what was withdrawn, with proof."),
    .roles = "publisher|collector",
    .scope = JZ_SCOPE_CASE,
    .arguments = take_down_arguments,
    .check = check_take_down,
    .apply = apply_take_down,
    .facts = "publication.carrier!",
  },
  {
    .name = "publication.exempt",
    .version = 1,
    .summary = N_ ("Decide not to publish a decision, on one of the grounds of the law."),
    .roles = "approver|head",
    .proposer_roles = "publisher|collector|checker|handler|section_head",
    .scope = JZ_SCOPE_CASE,
    .flags = JZ_ACT_SIGNED | JZ_ACT_TWO_SIGNERS,
    .arguments = reason_arguments,
    .inverse = "publication.reexamine",
    .check = check_exempt,
    .apply = apply_exempt,
    .facts = "publication.ground!",
  },
  {
    .name = "publication.reexamine",
    .version = 1,
    .summary = N_ ("Re-examine whether a decision that is not published can be."),
    .roles = "checker|approver|head",
    .scope = JZ_SCOPE_CASE,
    .flags = JZ_ACT_SIGNED,
    .arguments = reexamine_arguments,
    .check = check_reexamine,
    .apply = apply_reexamine,
  },
  {
    .name = "decision.change",
    .version = 1,
    .summary = N_ ("Write down that a decision was changed, revoked or found unlawful."),
    .roles = "handler|section_head|review_head|head",
    .scope = JZ_SCOPE_CASE,
    .flags = JZ_ACT_SIGNED,
    .arguments = change_arguments,
    .check = check_change,
    .apply = apply_change,
    .facts = "decision.changed_on! publication.withdrawal!",
  },
  { NULL },
};
