/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/lists/people_importer.h"

#include <glib/gi18n-lib.h>

/* Four batches one after the other: the people, their roles, the roles that are proposed, their
 * credentials. Each batch is done as a whole or not at all. Before each the table is seen through
 * anew, so that what was done meanwhile by somebody else is not done twice. */

typedef enum {
  STEP_PEOPLE,
  STEP_ROLES,
  STEP_PROPOSALS,
  STEP_CREDENTIALS,
  N_STEPS,
} Step;

static const char *const acts[] = { "person.add", "role.grant", "role.grant.propose",
                                    "credential.add" };
G_STATIC_ASSERT (G_N_ELEMENTS (acts) == N_STEPS);

typedef struct {
  const JzTable *table; /* of the caller, which keeps it until it is told */
  Step step;
  guint n_asked;
  JzImported *imported;
} Import;

static void
import_free (gpointer data)
{
  Import *self = data;

  g_clear_pointer (&self->imported, jz_imported_free);
  g_free (self);
}

void
jz_imported_free (JzImported *self)
{
  g_clear_pointer (&self->refusal, jz_refusal_free);
  g_free (self);
}

typedef struct {
  const JzTable *table;
  Step step;
} Wanted;

static GPtrArray *
make_roles (const JzPeopleImport *plan, JzConnection *reader, Step step, GError **error)
{
  g_autoptr (GPtrArray) grants = NULL;
  g_autoptr (GPtrArray) proposals = NULL;

  if (!jz_people_import_make_roles (plan, reader, &grants, &proposals, error))
    return NULL;
  return step == STEP_ROLES ? g_steal_pointer (&grants) : g_steal_pointer (&proposals);
}

/* (transfer full): arguments of the acts of a step */
static gpointer
make_arguments (JzOffice *office,
                JzConnection *reader,
                gpointer data,
                GCancellable *cancellable,
                GError **error)
{
  const Wanted *wanted = data;
  JzDate today = jz_instant_get_date (jz_clock_now (jz_office_get_clock (office)));
  g_autoptr (JzPeopleImport) plan = jz_people_import_plan (reader, wanted->table, today, error);

  if (plan == NULL)
    return NULL;
  if (wanted->step == STEP_PEOPLE)
    return jz_people_import_make_people (plan);
  if (wanted->step == STEP_CREDENTIALS)
    return jz_people_import_make_credentials (plan, reader, error);
  return make_roles (plan, reader, wanted->step, error);
}

static void
count (Import *self)
{
  guint *counts[] = { &self->imported->n_people, &self->imported->n_roles,
                      &self->imported->n_proposals, &self->imported->n_credentials };
  *counts[self->step] += self->n_asked;
}

static void begin_step (GTask *task);

static void
end (GTask *task)
{
  Import *self = g_task_get_task_data (task);

  g_task_return_pointer (task, g_steal_pointer (&self->imported), (GDestroyNotify)jz_imported_free);
  g_object_unref (task);
}

static void
on_done (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  Import *self = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (JzActOutcome) outcome =
    jz_office_client_act_finish (JZ_OFFICE_CLIENT (source), result, &error);

  if (outcome == NULL) {
    g_task_return_error (task, g_steal_pointer (&error));
    g_object_unref (task);
    return;
  }
  if (outcome->refusal != NULL) {
    self->imported->refusal = g_steal_pointer (&outcome->refusal);
    end (task);
    return;
  }
  count (self);
  self->step++;
  begin_step (task);
}

static void
on_made (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  Import *self = g_task_get_task_data (task);
  JzOfficeClient *client = JZ_OFFICE_CLIENT (source);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) args = jz_office_client_read_finish (client, result, &error);
  JzClientRequest request = { .act = acts[self->step] };

  if (args == NULL) {
    g_task_return_error (task, g_steal_pointer (&error));
    g_object_unref (task);
  } else if (args->len == 0) {
    self->step++;
    begin_step (task);
  } else {
    self->n_asked = args->len;
    request.args = (JzJson *const *)args->pdata;
    request.n_args = args->len;
    jz_office_client_act_full_async (client, &request, g_task_get_cancellable (task), on_done,
                                     task);
  }
}

static void
begin_step (GTask *task)
{
  Import *self = g_task_get_task_data (task);
  Wanted *wanted;

  if (self->step == N_STEPS) {
    end (task);
    return;
  }
  wanted = g_new0 (Wanted, 1);
  wanted->table = self->table;
  wanted->step = self->step;
  jz_office_client_read_async (g_task_get_source_object (task), make_arguments, wanted, g_free,
                               (GDestroyNotify)g_ptr_array_unref, g_task_get_cancellable (task),
                               on_made, task);
}

/**
 * jz_people_import_async:
 * @client: the office, with an administrator signed in
 * @table: a list of people; must stay until @callback
 * @cancellable: (nullable): to stop between two batches
 * @callback: told when it is done
 * @user_data: for @callback
 *
 * Takes in what jz_people_import_plan() finds ready.
 */
void
jz_people_import_async (JzOfficeClient *client,
                        const JzTable *table,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  GTask *task = g_task_new (client, cancellable, callback, user_data);
  Import *self = g_new0 (Import, 1);

  self->table = table;
  self->imported = g_new0 (JzImported, 1);
  g_task_set_source_tag (task, jz_people_import_async);
  g_task_set_task_data (task, self, import_free);
  begin_step (task);
}

/**
 * jz_people_import_finish:
 * @result: of jz_people_import_async()
 * @error: return location
 *
 * Returns: (transfer full) (nullable): what was done; what was done before an error stays done
 */
JzImported *
jz_people_import_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
