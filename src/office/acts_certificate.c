/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include <glib/gi18n-lib.h>

#include "office/acts.h"
#include "office/prepare.h"
#include "office/situation.h"
#include "office/trust.h"

/* Certificates of people: made, renewed and revoked by two, the administrator and the head (design
 * §11). A forgotten password is a new key with a new certificate; old signatures stay good because
 * validity goes by the place in the journal. Where one of the two is the only one and has lost the
 * key, somebody else takes that one's place, see certificate.recover. */

static const JzArgument issue_arguments[] = {
  { "person", JZ_ARGUMENT_ID, JZ_REQUIRED, 0, NULL, N_ ("for whom") },
  { "reason", JZ_ARGUMENT_WORD, JZ_REQUIRED, 0, "first|replaced|forgotten|expired", N_ ("why") },
  { "valid_to", JZ_ARGUMENT_DATE, JZ_OPTIONAL, 0, NULL,
    N_ ("last day of the certificate; by the setting certificate.years when absent") },
  { "certificate", JZ_ARGUMENT_OBJECT, JZ_PREPARED, 0, NULL, N_ ("the new certificate") },
  { "person_key", JZ_ARGUMENT_HASH, JZ_PREPARED, 0, NULL, N_ ("file of the person's key") },
  { "store_key", JZ_ARGUMENT_HASH, JZ_PREPARED, 0, NULL,
    N_ ("file of the store's key, wrapped for the person") },
  { NULL },
};

/* A certificate is good from its entry on, and not longer than the bureau's, which issues it. */
static gboolean
check_last_day (const JzSituation *situation, JzRefusal **refusal, GError **error)
{
  const char *valid_to = jz_situation_get_text (situation, "valid_to");
  g_autofree char *most = NULL;
  char today[JZ_DATE_SIZE];

  if (!jz_connection_get_text (situation->tables, &most, error,
                               "SELECT max (valid_to) FROM certificate WHERE kind = 'ca' AND "
                               "closed = 0",
                               ""))
    return FALSE;
  jz_date_format (jz_instant_get_date (situation->now), today);
  if (strcmp (valid_to, today) < 0)
    jz_refuse (refusal, "J-DATE", _ ("Choose a later day."),
               _ ("The certificate would have run out already."));
  else if (most != NULL && strcmp (valid_to, most) > 0)
    jz_refuse (refusal, "J-DATE", _ ("Choose an earlier day."),
               _ ("The certificate would last longer than that of the bureau, which ends on %s."),
               most);
  return TRUE;
}

static gboolean
check_issue (const JzSituation *situation, JzRefusal **refusal, GError **error)
{
  if (!jz_situation_need_person (situation, "person", refusal, error))
    return FALSE;
  return *refusal != NULL || check_last_day (situation, refusal, error);
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

static const JzArgument recover_arguments[] = {
  { "person", JZ_ARGUMENT_ID, JZ_REQUIRED, 0, NULL,
    N_ ("the only administrator or the only head, who lost the key") },
  { "reason", JZ_ARGUMENT_WORD, JZ_REQUIRED, 0, "forgotten|expired", N_ ("why") },
  { "valid_to", JZ_ARGUMENT_DATE, JZ_OPTIONAL, 0, NULL,
    N_ ("last day of the certificate; by the setting certificate.years when absent") },
  { "certificate", JZ_ARGUMENT_OBJECT, JZ_PREPARED, 0, NULL, N_ ("the new certificate") },
  { "person_key", JZ_ARGUMENT_HASH, JZ_PREPARED, 0, NULL, N_ ("file of the person's key") },
  { "store_key", JZ_ARGUMENT_HASH, JZ_PREPARED, 0, NULL,
    N_ ("file of the store's key, wrapped for the person") },
  { NULL },
};

/* Who may stand in for the one of the two who lost the key; the administrator, who founds the store
 * and may know the password of the bureau's own key, only where there is nobody else. */
#define WITNESSES "head|section_head|review_head|approver|inspector|archivist"
#define PROPOSERS WITNESSES "|administrator"

static gboolean
is_sole_holder (const JzSituation *situation, gboolean *is_sole, GError **error)
{
  static const char *const needed[] = { "administrator", "head" };
  const char *person = jz_situation_get_text (situation, "person");

  *is_sole = FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (needed); i++) {
    gboolean holds = FALSE;
    gint64 n_others = 0;
    if (!jz_tables_has_role (situation->tables, person, needed[i], &holds, error) ||
        !jz_tables_count_able (situation->tables, needed[i], person, situation->now, &n_others,
                               error))
      return FALSE;
    *is_sole = *is_sole || (holds && n_others == 0);
  }
  return TRUE;
}

/* Otherwise whoever knows the password of the bureau's own key would be both persons at once. */
static gboolean
check_proposer (const JzSituation *situation, JzRefusal **refusal, GError **error)
{
  const char *person = jz_situation_get_text (situation, "person");
  gboolean is_administrator = FALSE;
  gint64 n_witnesses = 0;

  if (!jz_tables_has_role (situation->tables, situation->actor, "administrator", &is_administrator,
                           error) ||
      !jz_tables_count_able (situation->tables, WITNESSES, person, situation->now, &n_witnesses,
                             error))
    return FALSE;
  if (strcmp (person, situation->actor) == 0)
    jz_refuse (refusal, "J-TWO", _ ("Let somebody else propose it."),
               _ ("Nobody proposes a new certificate for himself."));
  else if (is_administrator && n_witnesses > 0)
    jz_refuse (refusal, "J-TWO",
               _ ("Let somebody with a valid certificate who is not an administrator propose it."),
               _ ("An administrator can propose this only while nobody else could."));
  return TRUE;
}

static gboolean
check_recover (const JzSituation *situation, JzRefusal **refusal, GError **error)
{
  const char *person = jz_situation_get_text (situation, "person");
  gboolean is_sole = FALSE;

  if (!jz_situation_need_person (situation, "person", refusal, error) || *refusal != NULL)
    return *refusal != NULL;
  if (!is_sole_holder (situation, &is_sole, error))
    return FALSE;
  if (!is_sole)
    jz_refuse (refusal, "J-CERTIFICATE",
               _ ("Let the administrator and the head make it, with certificate.issue."),
               _ ("Only the sole administrator or the sole head gets a certificate in this way."));
  else if (!situation->is_proposal && strcmp (person, situation->actor) != 0)
    jz_refuse (refusal, "J-CERTIFICATE", NULL,
               _ ("Only the person who gets the certificate can confirm it."));
  if (*refusal != NULL || !check_last_day (situation, refusal, error) || *refusal != NULL)
    return *refusal != NULL;
  return !situation->is_proposal || check_proposer (situation, refusal, error);
}

/* When the certificates of all have run out, nobody is left who could propose. */
static gboolean
needs_witness (const JzSituation *situation, gboolean *needs, GError **error)
{
  gint64 n_others = 0;

  if (!jz_tables_count_able (situation->tables, PROPOSERS, situation->actor, situation->now,
                             &n_others, error))
    return FALSE;
  *needs = n_others > 0;
  return TRUE;
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
  return *refusal != NULL || jz_situation_need_other_holders (situation, refusal, error);
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

static const JzArgument ca_password_arguments[] = {
  { "ca_key", JZ_ARGUMENT_HASH, JZ_PREPARED, 0, NULL,
    N_ ("file of the bureau's own key with the new password") },
  { "reason", JZ_ARGUMENT_TEXT, JZ_OPTIONAL, 300, NULL, N_ ("why") },
  { NULL },
};

static gboolean
apply_ca_password (JzApplication *application, GError **error)
{
  return jz_apply_key_file (application, jz_application_get_text (application, "ca_key"), "ca",
                            "ca", error);
}

const JzAct jz_acts_certificate[] = {
  {
    .name = "ca_password.change",
    .version = 1,
    .summary = N_ ("Change the password of the bureau's own key; its certificate stays."),
    .roles = "administrator",
    .flags = JZ_ACT_SIGNED | JZ_ACT_FOUNDING,
    .arguments = ca_password_arguments,
    .prepare = jz_prepare_ca_password,
    .inverse = "ca_password.change",
    .apply = apply_ca_password,
  },
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
    .name = "certificate.recover",
    .version = 1,
    .summary = N_ ("Give the only administrator or the only head, who lost the key, a new one; "
                   "who gets it confirms with it."),
    .roles = "administrator|head",
    .proposer_roles = PROPOSERS,
    .flags = JZ_ACT_SIGNED | JZ_ACT_TWO_SIGNERS | JZ_ACT_AFTER_SILENCE,
    .arguments = recover_arguments,
    .inverse = "certificate.revoke",
    .prepare = jz_prepare_recovery,
    .needs_proposal = needs_witness,
    .check = check_recover,
    .apply = apply_issue,
    .brings_certificate = TRUE,
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
