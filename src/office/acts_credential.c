/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include <glib/gi18n-lib.h>

#include "office/acts.h"
#include "office/situation.h"

/* Enforcement credentials (执法证件) of the officers: who holds which, for what and until when
 * (P-26). */

static const JzArgument add_arguments[] = {
  { "person", JZ_ARGUMENT_ID, JZ_REQUIRED, 0, NULL, N_ ("whose credential") },
  { "number", JZ_ARGUMENT_TEXT, JZ_REQUIRED, 40, NULL, N_ ("number on the credential") },
  { "issuer", JZ_ARGUMENT_TEXT, JZ_REQUIRED, 100, NULL, N_ ("who issued it") },
  { "scope", JZ_ARGUMENT_TEXT, JZ_OPTIONAL, 200, NULL, N_ ("field and area in which it is good") },
  { "valid_from", JZ_ARGUMENT_DATE, JZ_REQUIRED, 0, NULL, N_ ("first day on which it is good") },
  { "valid_to", JZ_ARGUMENT_DATE, JZ_REQUIRED, 0, NULL, N_ ("last day on which it is good") },
  { NULL },
};

static gboolean
check_add (const JzSituation *situation, JzRefusal **refusal, GError **error)
{
  const char *number = jz_situation_get_text (situation, "number");
  gint64 n_same = 0;

  if (!jz_situation_need_person (situation, "person", refusal, error) ||
      !jz_connection_get_number (situation->tables, &n_same, error,
                                 "SELECT count (*) FROM credential WHERE number = ? AND issuer = ?",
                                 "tt", number, jz_situation_get_text (situation, "issuer")))
    return FALSE;
  if (*refusal != NULL)
    return TRUE;
  /* Dates in their only form compare like texts. */
  if (strcmp (jz_situation_get_text (situation, "valid_from"),
              jz_situation_get_text (situation, "valid_to")) > 0)
    jz_refuse (refusal, "J-DATE", _ ("Compare the two dates with the credential."),
               _ ("The credential would end before it begins."));
  else if (n_same > 0)
    jz_refuse (refusal, "J-UNIQUE", _ ("Compare the number with the credential."),
               _ ("The credential %s is registered already."), number);
  return TRUE;
}

static gboolean
apply_add (JzApplication *application, GError **error)
{
  gint64 key = 0;
  g_autofree char *id = jz_application_make_thing (application, &key);

  return jz_connection_run (
    application->tables, error,
    "INSERT INTO credential (key, id, person, number, issuer, scope, valid_from, "
    "valid_to, state, state_from, reason) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'valid', ?, '')",
    "itttttttt", key, id, jz_application_get_text (application, "person"),
    jz_application_get_text (application, "number"),
    jz_application_get_text (application, "issuer"), jz_application_get_text (application, "scope"),
    jz_application_get_text (application, "valid_from"),
    jz_application_get_text (application, "valid_to"),
    jz_application_get_text (application, "valid_from"));
}

static const JzArgument state_arguments[] = {
  { "credential", JZ_ARGUMENT_ID, JZ_REQUIRED, 0, NULL, N_ ("which credential") },
  { "from", JZ_ARGUMENT_DATE, JZ_REQUIRED, 0, NULL, N_ ("from which day on") },
  { "reason", JZ_ARGUMENT_TEXT, JZ_REQUIRED, 300, NULL, N_ ("why") },
  { NULL },
};

static gboolean
check_state (const JzSituation *situation, const char *needed, JzRefusal **refusal, GError **error)
{
  const char *id = jz_situation_get_text (situation, "credential");
  g_autofree char *state = NULL;

  if (!jz_connection_get_text (situation->tables, &state, error,
                               "SELECT state FROM credential WHERE id = ?", "t", id))
    return FALSE;
  if (state == NULL)
    jz_refuse (refusal, "J-CREDENTIAL", _ ("Choose a registered credential."),
               _ ("There is no credential %s."), id);
  else if (strcmp (state, needed) != 0)
    jz_refuse (refusal, "J-CREDENTIAL", NULL,
               strcmp (needed, "valid") == 0 ? _ ("The credential %s is suspended already.")
                                             : _ ("The credential %s is not suspended."),
               id);
  return TRUE;
}

static gboolean
check_suspend (const JzSituation *situation, JzRefusal **refusal, GError **error)
{
  return check_state (situation, "valid", refusal, error);
}

static gboolean
check_resume (const JzSituation *situation, JzRefusal **refusal, GError **error)
{
  return check_state (situation, "suspended", refusal, error);
}

static gboolean
apply_state (JzApplication *application, const char *state, GError **error)
{
  return jz_connection_run (
    application->tables, error,
    "UPDATE credential SET state = ?, state_from = ?, reason = ? WHERE id = ?", "tttt", state,
    jz_application_get_text (application, "from"), jz_application_get_text (application, "reason"),
    jz_application_get_text (application, "credential"));
}

static gboolean
apply_suspend (JzApplication *application, GError **error)
{
  return apply_state (application, "suspended", error);
}

static gboolean
apply_resume (JzApplication *application, GError **error)
{
  return apply_state (application, "valid", error);
}

const JzAct jz_acts_credential[] = {
  {
    .name = "credential.add",
    .version = 1,
    .summary = N_ ("Register an officer's enforcement credential."),
    .roles = "administrator|personnel_keeper",
    .arguments = add_arguments,
    .inverse = "credential.suspend",
    .check = check_add,
    .apply = apply_add,
    .makes_thing = TRUE,
  },
  {
    .name = "credential.suspend",
    .version = 1,
    .summary = N_ ("Suspend a credential: it is no longer good from a day on."),
    .roles = "administrator|personnel_keeper",
    .arguments = state_arguments,
    .inverse = "credential.resume",
    .check = check_suspend,
    .apply = apply_suspend,
  },
  {
    .name = "credential.resume",
    .version = 1,
    .summary = N_ ("Make a suspended credential good again."),
    .roles = "administrator|personnel_keeper",
    .arguments = state_arguments,
    .inverse = "credential.suspend",
    .check = check_resume,
    .apply = apply_resume,
  },
  { NULL },
};
