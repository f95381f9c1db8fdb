/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include <glib/gi18n-lib.h>

#include "office/acts.h"
#include "office/role.h"
#include "office/situation.h"
#include "office/trust.h"

/* People of the office and the roles that they hold (requirements, "Roles"; I-05, M-17). */

static const JzArgument add_arguments[] = {
  { "user", JZ_ARGUMENT_TEXT, JZ_REQUIRED, 40, NULL,
    N_ ("user name for signing in; never given again") },
  { "name", JZ_ARGUMENT_TEXT, JZ_REQUIRED, 60, NULL, N_ ("what the person is called") },
  { "section", JZ_ARGUMENT_TEXT, JZ_OPTIONAL, 100, NULL, N_ ("section in which the person works") },
  { NULL },
};

static gboolean
check_add (const JzSituation *situation, JzRefusal **refusal, GError **error)
{
  const char *user = jz_situation_get_text (situation, "user");
  gint64 number = 0;

  if (!jz_connection_get_number (situation->tables, &number, error,
                                 "SELECT count (*) FROM person WHERE user = ?", "t", user))
    return FALSE;
  if (number > 0)
    jz_refuse (refusal, "J-UNIQUE", _ ("Choose another user name."),
               _ ("The user name %s was given already."), user);
  return TRUE;
}

static gboolean
apply_add (JzApplication *application, GError **error)
{
  gint64 key = 0;
  g_autofree char *person = jz_application_make_thing (application, &key);

  return jz_connection_run (
    application->tables, error,
    "INSERT INTO person (key, id, user, name, section, state, signed_in, signed_out) "
    "VALUES (?, ?, ?, ?, ?, 'active', '', '')",
    "itttt", key, person, jz_application_get_text (application, "user"),
    jz_application_get_text (application, "name"),
    jz_application_get_text (application, "section"));
}

static const JzArgument change_arguments[] = {
  { "person", JZ_ARGUMENT_ID, JZ_REQUIRED, 0, NULL, N_ ("who") },
  { "name", JZ_ARGUMENT_TEXT, JZ_REQUIRED, 60, NULL, N_ ("what the person is called now") },
  { "section", JZ_ARGUMENT_TEXT, JZ_OPTIONAL, 100, NULL,
    N_ ("section in which the person works now") },
  { NULL },
};

static gboolean
check_person (const JzSituation *situation, JzRefusal **refusal, GError **error)
{
  return jz_situation_need_person (situation, "person", refusal, error);
}

static gboolean
apply_change (JzApplication *application, GError **error)
{
  return jz_connection_run (
    application->tables, error, "UPDATE person SET name = ?, section = ? WHERE id = ?", "ttt",
    jz_application_get_text (application, "name"), jz_application_get_text (application, "section"),
    jz_application_get_text (application, "person"));
}

static const JzArgument leave_arguments[] = {
  { "person", JZ_ARGUMENT_ID, JZ_REQUIRED, 0, NULL, N_ ("who") },
  { "happened", JZ_ARGUMENT_DATE, JZ_REQUIRED, 0, NULL, N_ ("last day in the office") },
  { "reason", JZ_ARGUMENT_TEXT, JZ_REQUIRED, 300, NULL, N_ ("why") },
  { NULL },
};

static gboolean
check_leave (const JzSituation *situation, JzRefusal **refusal, GError **error)
{
  if (!jz_situation_need_person (situation, "person", refusal, error))
    return FALSE;
  if (*refusal == NULL && !jz_situation_need_other_holders (situation, refusal, error))
    return FALSE;
  return *refusal != NULL || jz_situation_need_past_date (situation, "happened", refusal);
}

static gboolean
apply_leave (JzApplication *application, GError **error)
{
  const char *person = jz_application_get_text (application, "person");

  return jz_connection_run (application->tables, error,
                            "UPDATE person SET state = 'left' WHERE id = ?", "t", person) &&
         jz_connection_run (application->tables, error, "DELETE FROM person_role WHERE person = ?",
                            "t", person) &&
         jz_apply_close_certificates (application, person, "left", error);
}

static const JzArgument role_arguments[] = {
  { "person", JZ_ARGUMENT_ID, JZ_REQUIRED, 0, NULL, N_ ("who") },
  { "role", JZ_ARGUMENT_TEXT, JZ_REQUIRED, 40, NULL, N_ ("a role's name") },
  { "reason", JZ_ARGUMENT_TEXT, JZ_OPTIONAL, 300, NULL, N_ ("why") },
  { NULL },
};

static gboolean
check_role (const JzSituation *situation, gboolean must_hold, JzRefusal **refusal, GError **error)
{
  const char *role = jz_situation_get_text (situation, "role");
  gboolean holds = FALSE;

  if (!jz_situation_need_person (situation, "person", refusal, error) ||
      !jz_tables_has_role (situation->tables, jz_situation_get_text (situation, "person"), role,
                           &holds, error))
    return FALSE;
  if (*refusal == NULL && jz_role_find (role) == NULL)
    jz_refuse (refusal, "J-ROLE", _ ("Choose a role of the list."), _ ("There is no role %s."),
               role);
  else if (*refusal == NULL && holds != must_hold)
    jz_refuse (refusal, "J-ROLE", NULL,
               holds ? _ ("The person holds the role %s already.")
                     : _ ("The person does not hold the role %s."),
               jz_role_word (role));
  return TRUE;
}

/* An administrator could otherwise make himself approver of his own cases (requirements, "Roles").
 */
static gboolean
needs_second_person (const JzSituation *situation, gboolean *needs, GError **error)
{
  const char *role = jz_situation_get_text (situation, "role");
  g_autofree char *accepted = NULL;
  gboolean is_administrator = FALSE;

  if (!jz_tables_get_setting (situation->tables, "store.accepted", &accepted, error) ||
      !jz_tables_has_role (situation->tables, jz_situation_get_text (situation, "person"),
                           "administrator", &is_administrator, error))
    return FALSE;
  *needs = accepted != NULL &&
           (is_administrator || strcmp (role, "administrator") == 0 || strcmp (role, "head") == 0);
  return TRUE;
}

static gboolean
check_grant (const JzSituation *situation, JzRefusal **refusal, GError **error)
{
  g_autofree char *accepted = NULL;
  gboolean needs = FALSE;

  if (!check_role (situation, FALSE, refusal, error) ||
      !jz_tables_get_setting (situation->tables, "store.accepted", &accepted, error) ||
      !needs_second_person (situation, &needs, error))
    return FALSE;
  if (*refusal != NULL)
    return TRUE;
  if (accepted == NULL &&
      (strcmp (jz_situation_get_text (situation, "role"), "head") != 0 ||
       strcmp (jz_situation_get_text (situation, "person"), situation->actor) == 0))
    jz_refuse (refusal, "J-ACCEPT", _ ("Let the head accept the store first."),
               _ ("Until the store is accepted, only another person can be made head."));
  else if (needs && !situation->is_proposal && strcmp (situation->role, "head") != 0)
    jz_refuse (refusal, "J-TWO", _ ("Propose it; the head confirms."),
               _ ("An administrator's roles, and the roles administrator and head, are confirmed "
                  "by the head."));
  else if (!needs && !situation->is_proposal && strcmp (situation->role, "administrator") != 0)
    jz_refuse (refusal, "J-ROLE", _ ("Ask the administrator."),
               _ ("This role is granted by the administrator."));
  return TRUE;
}

static gboolean
apply_grant (JzApplication *application, GError **error)
{
  return jz_connection_run (
    application->tables, error, "INSERT INTO person_role (person, role, since) VALUES (?, ?, ?)",
    "tti", jz_application_get_text (application, "person"),
    jz_application_get_text (application, "role"), application->record->arrival);
}

static gboolean
check_revoke (const JzSituation *situation, JzRefusal **refusal, GError **error)
{
  const char *role = jz_situation_get_text (situation, "role");

  if (!check_role (situation, TRUE, refusal, error))
    return FALSE;
  if (*refusal == NULL && (strcmp (role, "administrator") == 0 || strcmp (role, "head") == 0))
    return jz_situation_need_other_holder (situation, role, refusal, error);
  return TRUE;
}

static gboolean
apply_revoke (JzApplication *application, GError **error)
{
  return jz_connection_run (
    application->tables, error, "DELETE FROM person_role WHERE person = ? AND role = ?", "tt",
    jz_application_get_text (application, "person"), jz_application_get_text (application, "role"));
}

const JzAct jz_acts_person[] = {
  {
    .name = "person.add",
    .version = 1,
    .summary = N_ ("Add a person to the office."),
    .roles = "administrator",
    .arguments = add_arguments,
    .inverse = "person.leave",
    .check = check_add,
    .apply = apply_add,
    .makes_thing = TRUE,
  },
  {
    .name = "person.change",
    .version = 1,
    .summary = N_ ("Change what a person is called and where the person works."),
    .roles = "administrator",
    .arguments = change_arguments,
    .inverse = "person.change",
    .check = check_person,
    .apply = apply_change,
  },
  {
    .name = "person.leave",
    .version = 1,
    .summary = N_ ("Record that a person left; roles and certificates end."),
    .roles = "administrator",
    .flags = JZ_ACT_SIGNED,
    .arguments = leave_arguments,
    .check = check_leave,
    .apply = apply_leave,
  },
  {
    .name = "role.grant",
    .version = 1,
    .summary =
      N_ ("Give a person a role; an administrator's roles are proposed and confirmed by the head."),
    .roles = "administrator|head",
    .proposer_roles = "administrator",
    .flags = JZ_ACT_SIGNED | JZ_ACT_TWO_SIGNERS | JZ_ACT_FOUNDING,
    .arguments = role_arguments,
    .inverse = "role.revoke",
    .needs_proposal = needs_second_person,
    .check = check_grant,
    .apply = apply_grant,
  },
  {
    .name = "role.revoke",
    .version = 1,
    .summary = N_ ("Take a role from a person."),
    .roles = "administrator|head",
    .flags = JZ_ACT_SIGNED,
    .arguments = role_arguments,
    .inverse = "role.grant",
    .check = check_revoke,
    .apply = apply_revoke,
  },
  { NULL },
};
