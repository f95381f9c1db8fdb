/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/office_client-private.h"

#include <glib/gi18n-lib.h>

#include "app/password.h"

/* Acts of the window: one after the other, as they were asked for. */

typedef struct {
  char *act;
  char *role;
  GPtrArray *args; /* JzJson */
  char *new_password;
  char *ca_password;
  JzSession *session; /* borrowed: the session's end waits behind this on the same thread */
  JzOfficeRun run;    /* (nullable): instead of all above */
  gpointer run_data;
  GDestroyNotify free_run_data;
  JzActOutcome *outcome;
} Act;

static void
act_free (gpointer data)
{
  Act *act = data;

  jz_password_forget (act->new_password);
  jz_password_forget (act->ca_password);
  g_free (act->act);
  g_free (act->role);
  g_clear_pointer (&act->args, g_ptr_array_unref);
  if (act->free_run_data != NULL)
    act->free_run_data (act->run_data);
  g_clear_pointer (&act->outcome, jz_act_outcome_free);
  g_free (act);
}

static void
act_in_thread (GTask *task, JzOfficeClient *self, gpointer data, GCancellable *cancellable)
{
  Act *act = data;
  g_autoptr (GError) error = NULL;
  JzRequest request = { .session = act->session,
                        .role = act->role,
                        .act = act->act,
                        .args = (const JzJson *const *)act->args->pdata,
                        .n_args = act->args->len,
                        .new_password = act->new_password,
                        .ca_password = act->ca_password,
                        .cancellable = cancellable };

  if (jz_office_perform (self->office, &request, &act->outcome, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/**
 * jz_office_client_act_full_async:
 * @self: a client with somebody signed in
 * @request: the act with all that it can have; copied
 * @cancellable: (nullable): while it is prepared
 * @callback: told when it is done and durable, refused, or could not be done
 * @user_data: for @callback
 */
void
jz_office_client_act_full_async (JzOfficeClient *self,
                                 const JzClientRequest *request,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Act *act = g_new0 (Act, 1);

  act->act = g_strdup (request->act);
  act->role = g_strdup (request->role);
  act->args = g_ptr_array_new_with_free_func ((GDestroyNotify)jz_json_unref);
  for (gsize i = 0; i < request->n_args; i++)
    g_ptr_array_add (act->args, jz_json_ref (request->args[i]));
  act->new_password = g_strdup (request->new_password);
  act->ca_password = g_strdup (request->ca_password);
  act->session = self->session;
  /* Once it is durable it is done, whatever was cancelled meanwhile. */
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_source_tag (task, jz_office_client_act_async);
  g_task_set_task_data (task, act, act_free);
  if (self->session == NULL) {
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED,
                             _ ("Nobody is signed in. Sign in and do it again."));
    g_object_unref (task);
    return;
  }
  jz_office_client_push (self->actor, task, act_in_thread);
}

static void
run_in_thread (GTask *task, JzOfficeClient *self, gpointer data, GCancellable *cancellable)
{
  Act *act = data;
  g_autoptr (GError) error = NULL;

  act->outcome = act->run (self->office, act->session, act->run_data, cancellable, &error);
  if (act->outcome != NULL)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/**
 * jz_office_client_run_async:
 * @self: a client
 * @run: runs on the thread of the acts, in its turn
 * @data: (transfer full): for @run
 * @free_data: (nullable): frees @data
 * @cancellable: (nullable): while it is prepared
 * @callback: told what came of it; it calls jz_office_client_act_finish()
 * @user_data: for @callback
 */
void
jz_office_client_run_async (JzOfficeClient *self,
                            JzOfficeRun run,
                            gpointer data,
                            GDestroyNotify free_data,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Act *act = g_new0 (Act, 1);

  act->run = run;
  act->run_data = data;
  act->free_run_data = free_data;
  act->session = self->session;
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_source_tag (task, jz_office_client_run_async);
  g_task_set_task_data (task, act, act_free);
  jz_office_client_push (self->actor, task, run_in_thread);
}

/**
 * jz_office_client_act_async:
 * @self: a client with somebody signed in
 * @act: name of the act, or of its proposal
 * @args: (transfer full): its arguments
 * @cancellable: (nullable): while it is prepared
 * @callback: told when it is done and durable, refused, or could not be done
 * @user_data: for @callback
 */
void
jz_office_client_act_async (JzOfficeClient *self,
                            const char *act,
                            JzJson *args,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_autoptr (JzJson) owned = args;
  JzClientRequest request = { .act = act, .args = &owned, .n_args = 1 };

  jz_office_client_act_full_async (self, &request, cancellable, callback, user_data);
}

/**
 * jz_office_client_act_finish:
 * @self: a client
 * @result: of an act
 * @error: return location
 *
 * Returns: (transfer full) (nullable): what came of it; a refusal is an outcome, not an error.
 *   #JzOfficeClient::changed was told before this returns.
 */
JzActOutcome *
jz_office_client_act_finish (JzOfficeClient *self, GAsyncResult *result, GError **error)
{
  Act *act = g_task_get_task_data (G_TASK (result));
  JzActOutcome *outcome;

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return NULL;
  outcome = g_steal_pointer (&act->outcome);
  if (outcome->refusal == NULL)
    jz_office_client_tell_changed (self, outcome);
  return outcome;
}

/**
 * jz_office_client_get_act:
 * @result: of an act
 * @args: (out) (nullable): its arguments, of several the first; as long as @result
 *
 * Returns: (transfer none) (nullable): which act it was; %NULL for what was run instead of one
 */
const char *
jz_office_client_get_act (GAsyncResult *result, const JzJson **args)
{
  const Act *act = g_task_get_task_data (G_TASK (result));

  *args = act->args != NULL && act->args->len > 0 ? g_ptr_array_index (act->args, 0) : NULL;
  return act->act;
}
