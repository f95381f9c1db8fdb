/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "office/enrol.h"

#include <string.h>

#include "office/by_two.h"
#include "office/session.h"
#include "office/situation.h"

/* Everything that a person needs before the first day, in the order in which the acts allow it:
 * person.add, role.grant for each role, then a key, by certificate.issue or, for the second person
 * of a new store, by store.accept. What was done already, because an earlier attempt came so far,
 * is not done again. */

typedef struct {
  JzOffice *office;
  const JzEnrolment *asked;
  char *person;
  JzActOutcome *outcome; /* of the last act */
} Enrolling;

static void
enrolling_clear (Enrolling *self)
{
  g_free (self->person);
  g_clear_pointer (&self->outcome, jz_act_outcome_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Enrolling, enrolling_clear)

static gboolean
is_refused (const Enrolling *self)
{
  return self->outcome != NULL && self->outcome->refusal != NULL;
}

static gboolean
perform (Enrolling *self, const char *act, const JzJson *args, GError **error)
{
  const JzJson *all[] = { args };
  JzRequest request = { .session = self->asked->session, .act = act, .args = all, .n_args = 1 };

  g_clear_pointer (&self->outcome, jz_act_outcome_free);
  return jz_office_perform (self->office, &request, &self->outcome, error);
}

static gboolean
perform_by_two (Enrolling *self,
                const char *act,
                const JzJson *args,
                const char *confirmer,
                const char *confirmer_password,
                GError **error)
{
  JzByTwo by_two = {
    .act = act,
    .args = args,
    .session = self->asked->session,
    .confirmer = confirmer,
    .confirmer_password = confirmer_password,
    .new_password = self->asked->password,
    .ca_password = self->asked->ca_password,
    .cancellable = self->asked->cancellable,
  };

  g_clear_pointer (&self->outcome, jz_act_outcome_free);
  return jz_office_perform_by_two (self->office, &by_two, &self->outcome, error);
}

static gboolean
ask (Enrolling *self, const char *role, gboolean *has_role, gboolean *is_accepted, GError **error)
{
  JzStore *store = jz_office_get_store (self->office);
  JzConnection *reader = jz_store_lease_reader (store, error);
  g_autofree char *accepted = NULL;
  gboolean is_read;

  if (reader == NULL)
    return FALSE;
  g_clear_pointer (&self->person, g_free);
  is_read =
    jz_connection_get_text (reader, &self->person, error,
                            "SELECT id FROM person WHERE user = ? AND state = 'active'", "t",
                            self->asked->user) &&
    jz_tables_get_setting (reader, "store.accepted", &accepted, error) &&
    (self->person == NULL || jz_tables_has_role (reader, self->person, role, has_role, error));
  jz_store_return_reader (store, reader);
  *is_accepted = accepted != NULL;
  return is_read;
}

static gboolean
add_person (Enrolling *self, GError **error)
{
  g_autoptr (JzJson) args = jz_json_new_object ();
  gboolean has_role = FALSE;
  gboolean is_accepted = FALSE;

  if (!ask (self, "", &has_role, &is_accepted, error))
    return FALSE;
  if (self->person != NULL)
    return TRUE;
  jz_json_set_text (args, "user", self->asked->user);
  jz_json_set_text (args, "name", self->asked->name);
  if (self->asked->section != NULL && self->asked->section[0] != '\0')
    jz_json_set_text (args, "section", self->asked->section);
  if (!perform (self, "person.add", args, error))
    return FALSE;
  if (!is_refused (self))
    self->person = jz_journal_record_dup_made (g_ptr_array_index (self->outcome->records, 0));
  return TRUE;
}

/* The roles that an office cannot do without are the head's to confirm. */
static gboolean
needs_head (const char *role)
{
  return strcmp (role, "administrator") == 0 || strcmp (role, "head") == 0;
}

static gboolean
grant (Enrolling *self, const char *role, GError **error)
{
  g_autoptr (JzJson) args = NULL;
  gboolean has_role = FALSE;
  gboolean is_accepted = FALSE;

  if (!ask (self, role, &has_role, &is_accepted, error))
    return FALSE;
  if (has_role)
    return TRUE;
  args = jz_json_new_object ();
  jz_json_set_text (args, "person", self->person);
  jz_json_set_text (args, "role", role);
  return is_accepted && needs_head (role)
           ? perform_by_two (self, "role.grant", args, self->asked->confirmer,
                             self->asked->confirmer_password, error)
           : perform (self, "role.grant", args, error);
}

static gboolean
grant_all (Enrolling *self, GError **error)
{
  g_auto (GStrv) roles = g_strsplit (self->asked->roles, "|", -1);

  for (gsize i = 0; roles[i] != NULL && !is_refused (self); i++)
    if (roles[i][0] != '\0' && !grant (self, roles[i], error))
      return FALSE;
  return TRUE;
}

static gboolean
give_key (Enrolling *self, GError **error)
{
  const JzEnrolment *asked = self->asked;
  g_autoptr (JzJson) args = jz_json_new_object ();

  jz_json_set_text (args, "person", self->person);
  if (asked->confirmer == NULL)
    return perform_by_two (self, "store.accept", args, asked->user, asked->password, error);
  jz_json_set_text (args, "reason", "first");
  return perform_by_two (self, "certificate.issue", args, asked->confirmer,
                         asked->confirmer_password, error);
}

/**
 * jz_office_enrol:
 * @office: an office open for writing
 * @enrolment: who is to work in it
 * @outcome: (out) (transfer full): what came of the last act; a refusal ends it, and what was done
 *   before stays
 * @error: return location
 *
 * Adds a person with roles and a key, as the administrator who is signed in and the head who
 * confirms it, both at one computer.
 *
 * Serves I-05 and M-17.
 *
 * Returns: %FALSE when something went wrong: %JZ_STORE_ERROR_PASSWORD for a wrong password
 */
gboolean
jz_office_enrol (JzOffice *office,
                 const JzEnrolment *enrolment,
                 JzActOutcome **outcome,
                 GError **error)
{
  g_auto (Enrolling) self = { .office = office, .asked = enrolment };

  *outcome = NULL;
  if (!add_person (&self, error) || (!is_refused (&self) && !grant_all (&self, error)) ||
      (!is_refused (&self) && !give_key (&self, error)))
    return FALSE;
  *outcome = g_steal_pointer (&self.outcome);
  return TRUE;
}
