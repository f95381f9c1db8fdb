/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include <glib/gi18n-lib.h>

#include "office/acts.h"
#include "office/prepare.h"
#include "office/situation.h"
#include "office/trust.h"

/* Certificates of people: made and revoked by two, the administrator and the head (design §11). A
 * forgotten password is a new key with a new certificate; old signatures stay good because validity
 * goes by the place in the journal. */

static const JzArgument issue_arguments[] = {
  { "person", JZ_ARGUMENT_ID, JZ_REQUIRED, 0, NULL, N_ ("for whom") },
  { "reason", JZ_ARGUMENT_WORD, JZ_REQUIRED, 0, "first|replaced|forgotten|expired", N_ ("why") },
  { "valid_to", JZ_ARGUMENT_DATE, JZ_PREPARED, 0, NULL, N_ ("last day of the certificate") },
  { "certificate", JZ_ARGUMENT_OBJECT, JZ_PREPARED, 0, NULL, N_ ("the new certificate") },
  { "person_key", JZ_ARGUMENT_HASH, JZ_PREPARED, 0, NULL, N_ ("file of the person's key") },
  { "store_key", JZ_ARGUMENT_HASH, JZ_PREPARED, 0, NULL,
    N_ ("file of the store's key, wrapped for the person") },
  { NULL },
};

static gboolean
check_issue (const JzSituation *situation, JzRefusal **refusal, GError **error)
{
  char today[JZ_DATE_SIZE];

  jz_date_format (jz_instant_get_date (situation->now), today);
  if (!jz_situation_need_person (situation, "person", refusal, error))
    return FALSE;
  if (*refusal == NULL && strcmp (jz_situation_get_text (situation, "valid_to"), today) < 0)
    jz_refuse (refusal, "J-DATE", _ ("Choose a later day."),
               _ ("The certificate would have run out already."));
  return TRUE;
}

static gboolean
apply_issue (JzApplication *application, GError **error)
{
  const char *person = jz_application_get_text (application, "person");

  return jz_apply_close_certificates (application, person,
                                      jz_application_get_text (application, "reason"), error) &&
         jz_apply_certificate (application, "certificate", person, "person",
                               jz_application_get_text (application, "valid_to"), error) &&
         jz_apply_key_file (application, jz_application_get_text (application, "person_key"),
                            "person", person, error) &&
         jz_apply_key_file (application, jz_application_get_text (application, "store_key"),
                            "store", person, error);
}

static const JzArgument revoke_arguments[] = {
  { "person", JZ_ARGUMENT_ID, JZ_REQUIRED, 0, NULL, N_ ("whose certificate") },
  { "reason", JZ_ARGUMENT_TEXT, JZ_REQUIRED, 300, NULL, N_ ("why") },
  { NULL },
};

static gboolean
check_revoke (const JzSituation *situation, JzRefusal **refusal, GError **error)
{
  const char *person = jz_situation_get_text (situation, "person");
  gboolean found = FALSE;
  JzHash hash;

  if (!jz_trust_find_certificate (situation->tables, person, &hash, &found, error))
    return FALSE;
  if (!found)
    jz_refuse (refusal, "J-CERTIFICATE", NULL,
               _ ("The person %s has no certificate that could be revoked."), person);
  return TRUE;
}

static gboolean
apply_revoke (JzApplication *application, GError **error)
{
  return jz_apply_close_certificates (application, jz_application_get_text (application, "person"),
                                      jz_application_get_text (application, "reason"), error);
}

static const JzArgument password_arguments[] = {
  { "person_key", JZ_ARGUMENT_HASH, JZ_PREPARED, 0, NULL,
    N_ ("file of the same key with the new password") },
  { NULL },
};

static gboolean
apply_password (JzApplication *application, GError **error)
{
  return jz_apply_key_file (application, jz_application_get_text (application, "person_key"),
                            "person", application->record->entry->actor, error);
}

const JzAct jz_acts_certificate[] = {
  {
    .name = "certificate.issue",
    .version = 1,
    .summary = N_ ("Give a person a key and a certificate; the earlier one is closed."),
    .roles = "head",
    .proposer_roles = "administrator",
    .flags = JZ_ACT_SIGNED | JZ_ACT_TWO_SIGNERS,
    .arguments = issue_arguments,
    .inverse = "certificate.revoke",
    .prepare = jz_prepare_certificate,
    .check = check_issue,
    .apply = apply_issue,
  },
  {
    .name = "certificate.revoke",
    .version = 1,
    .summary = N_ ("Revoke a person's certificate."),
    .roles = "head",
    .proposer_roles = "administrator",
    .flags = JZ_ACT_SIGNED | JZ_ACT_TWO_SIGNERS,
    .arguments = revoke_arguments,
    .check = check_revoke,
    .apply = apply_revoke,
  },
  {
    .name = "password.change",
    .version = 1,
    .summary = N_ ("Change one's own password."),
    .roles = "*",
    .flags = JZ_ACT_SIGNED | JZ_ACT_FOUNDING,
    .arguments = password_arguments,
    .prepare = jz_prepare_password,
    .inverse = "password.change",
    .apply = apply_password,
  },
  { NULL },
};
