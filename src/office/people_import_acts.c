/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "office/people_import-private.h"
#include "office/situation.h"

/* The arguments of the acts that carry an import out. */

static void
set_text (JzJson *args, const char *name, const char *text)
{
  if (text[0] != '\0')
    jz_json_set_member (args, name, jz_json_new_text (text));
}

/**
 * jz_people_import_make_people:
 * @self: a plan
 *
 * Returns: (transfer full) (element-type JzJson): arguments of `person.add`, one for each person
 * who is not there yet
 */
GPtrArray *
jz_people_import_make_people (const JzPeopleImport *self)
{
  GPtrArray *all = g_ptr_array_new_with_free_func ((GDestroyNotify)jz_json_unref);

  for (guint i = 0; i < self->rows->len; i++) {
    const JzImportRow *row = self->rows->pdata[i];
    JzJson *args;
    if (row->state != JZ_IMPORT_READY || row->person != NULL)
      continue;
    args = jz_json_new_object ();
    set_text (args, "user", row->texts[JZ_IMPORT_USER]);
    set_text (args, "name", row->texts[JZ_IMPORT_NAME]);
    set_text (args, "section", row->texts[JZ_IMPORT_SECTION]);
    g_ptr_array_add (all, args);
  }
  return all;
}

/* (nullable): the person of a row; %NULL while the person was not added */
static gboolean
get_person (JzConnection *tables, const JzImportRow *row, char **person, GError **error)
{
  return jz_connection_get_text (tables, person, error,
                                 "SELECT id FROM person WHERE user = ? AND state = 'active'", "t",
                                 row->texts[JZ_IMPORT_USER]);
}

/* Roles that two must sign for, as the check of role.grant has it. */
static gboolean
needs_two (JzConnection *tables,
           const char *person,
           const char *role,
           gboolean *needs,
           GError **error)
{
  gboolean is_administrator = FALSE;

  if (!jz_tables_has_role (tables, person, "administrator", &is_administrator, error))
    return FALSE;
  *needs = is_administrator || strcmp (role, "administrator") == 0 || strcmp (role, "head") == 0;
  return TRUE;
}

static gboolean
add_roles (const JzImportRow *row,
           JzConnection *tables,
           GPtrArray *grants,
           GPtrArray *proposals,
           GError **error)
{
  g_autofree char *person = NULL;

  if (!get_person (tables, row, &person, error))
    return FALSE;
  for (char **role = row->roles; person != NULL && *role != NULL; role++) {
    gboolean holds = FALSE;
    gboolean needs = FALSE;
    JzJson *args;
    if (!jz_tables_has_role (tables, person, *role, &holds, error) ||
        !needs_two (tables, person, *role, &needs, error))
      return FALSE;
    if (holds)
      continue;
    args = jz_json_new_object ();
    set_text (args, "person", person);
    set_text (args, "role", *role);
    g_ptr_array_add (needs ? proposals : grants, args);
  }
  return TRUE;
}

/**
 * jz_people_import_make_roles:
 * @self: a plan
 * @tables: derived tables after the people were added
 * @grants: (out) (transfer full) (element-type JzJson): arguments of `role.grant`
 * @proposals: (out) (transfer full) (element-type JzJson): arguments of `role.grant.propose`: roles
 *   that the head confirms
 * @error: return location
 *
 * Returns: whether the tables could be asked
 */
gboolean
jz_people_import_make_roles (const JzPeopleImport *self,
                             JzConnection *tables,
                             GPtrArray **grants,
                             GPtrArray **proposals,
                             GError **error)
{
  g_autoptr (GPtrArray) direct = g_ptr_array_new_with_free_func ((GDestroyNotify)jz_json_unref);
  g_autoptr (GPtrArray) proposed = g_ptr_array_new_with_free_func ((GDestroyNotify)jz_json_unref);

  for (guint i = 0; i < self->rows->len; i++) {
    const JzImportRow *row = self->rows->pdata[i];
    if (row->state == JZ_IMPORT_READY && !add_roles (row, tables, direct, proposed, error))
      return FALSE;
  }
  *grants = g_steal_pointer (&direct);
  *proposals = g_steal_pointer (&proposed);
  return TRUE;
}

/**
 * jz_people_import_make_credentials:
 * @self: a plan
 * @tables: derived tables after the people were added
 * @error: return location
 *
 * Returns: (transfer full) (nullable) (element-type JzJson): arguments of `credential.add`
 */
GPtrArray *
jz_people_import_make_credentials (const JzPeopleImport *self, JzConnection *tables, GError **error)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func ((GDestroyNotify)jz_json_unref);

  for (guint i = 0; i < self->rows->len; i++) {
    const JzImportRow *row = self->rows->pdata[i];
    g_autofree char *person = NULL;
    JzJson *args;
    if (row->state != JZ_IMPORT_READY || !row->adds_credential)
      continue;
    if (!get_person (tables, row, &person, error))
      return NULL;
    if (person == NULL)
      continue;
    args = jz_json_new_object ();
    set_text (args, "person", person);
    set_text (args, "number", row->texts[JZ_IMPORT_NUMBER]);
    set_text (args, "issuer", row->texts[JZ_IMPORT_ISSUER]);
    set_text (args, "scope", row->texts[JZ_IMPORT_SCOPE]);
    set_text (args, "valid_from", row->texts[JZ_IMPORT_VALID_FROM]);
    set_text (args, "valid_to", row->texts[JZ_IMPORT_VALID_TO]);
    g_ptr_array_add (all, args);
  }
  return g_steal_pointer (&all);
}
