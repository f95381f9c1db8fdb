/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/office_client.h"

#include <glib/gi18n-lib.h>

#include "app/password.h"
#include "office/backup.h"
#include "office/role.h"
#include "office/session.h"
#include "office/situation.h"

/* Acts and sign-ins wait for each other in the order in which they were asked for: what a person
 * does twice must not overtake itself. Readings wait for nobody but a free thread. Results come
 * back through the GTask of each call, on the main thread. */

#define MAX_READINGS 3

struct _JzOfficeClient {
  GObject parent_instance;

  char *path;
  JzOffice *office;
  char *bureau;
  GThreadPool *actor;
  GThreadPool *readers;

  /* Of whoever is signed in; set and read on the main thread only. */
  JzSession *session;
  char *name;
  GStrv roles;
};

enum {
  PROP_NAME = 1,
  PROP_IS_SIGNED_IN,
  N_PROPS,
};

enum {
  CHANGED,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (JzOfficeClient, jz_office_client, G_TYPE_OBJECT)

/* What a worker thread is to do; immutable once it is queued, but for the result. */
typedef struct {
  GTask *task;
  void (*run) (GTask *task, JzOfficeClient *self, gpointer data, GCancellable *cancellable);
} Work;

static void
run_work_in_thread (gpointer data, gpointer pool_data)
{
  Work *work = data;
  GTask *task = work->task;

  if (!g_task_return_error_if_cancelled (task))
    work->run (task, g_task_get_source_object (task), g_task_get_task_data (task),
               g_task_get_cancellable (task));
  g_object_unref (task);
  g_free (work);
}

static void
push_work (
  GThreadPool *pool,
  GTask *task,
  void (*run) (GTask *task, JzOfficeClient *self, gpointer data, GCancellable *cancellable))
{
  Work *work = g_new0 (Work, 1);

  work->task = task;
  work->run = run;
  g_thread_pool_push (pool, work, NULL);
}

static void
jz_office_client_finalize (GObject *object)
{
  JzOfficeClient *self = JZ_OFFICE_CLIENT (object);

  /* Every work holds a reference to this object, so none is left; waiting would be for ourselves
   * when the last one is dropped on a worker thread. */
  if (self->actor != NULL)
    g_thread_pool_free (self->actor, TRUE, FALSE);
  if (self->readers != NULL)
    g_thread_pool_free (self->readers, TRUE, FALSE);
  g_clear_pointer (&self->session, jz_session_close);
  g_clear_pointer (&self->office, jz_office_close);
  g_free (self->path);
  g_free (self->bureau);
  g_free (self->name);
  g_strfreev (self->roles);
  G_OBJECT_CLASS (jz_office_client_parent_class)->finalize (object);
}

static void
jz_office_client_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  JzOfficeClient *self = JZ_OFFICE_CLIENT (object);

  switch (id) {
  case PROP_NAME:
    g_value_set_string (value, self->name);
    break;
  case PROP_IS_SIGNED_IN:
    g_value_set_boolean (value, self->session != NULL);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
jz_office_client_class_init (JzOfficeClientClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = jz_office_client_finalize;
  object_class->get_property = jz_office_client_get_property;
  properties[PROP_NAME] =
    g_param_spec_string ("name", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_IS_SIGNED_IN] = g_param_spec_boolean ("is-signed-in", NULL, NULL, FALSE,
                                                        G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * JzOfficeClient::changed:
   * @self: the client
   * @cases: ids of the cases that were touched; `bureau` among them where none was
   *
   * Something was written. Whoever shows the store asks it again.
   */
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRV);
}

static void
jz_office_client_init (JzOfficeClient *self)
{
  self->actor = g_thread_pool_new (run_work_in_thread, NULL, 1, FALSE, NULL);
  self->readers = g_thread_pool_new (run_work_in_thread, NULL, MAX_READINGS, FALSE, NULL);
}

static gboolean
read_bureau (JzOfficeClient *self, GError **error)
{
  JzStore *store = jz_office_get_store (self->office);
  JzConnection *reader = jz_store_lease_reader (store, error);
  gboolean is_read;

  if (reader == NULL)
    return FALSE;
  is_read = jz_tables_get_setting (reader, "bureau.name", &self->bureau, error);
  jz_store_return_reader (store, reader);
  return is_read;
}

static void
open_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  JzOfficeClient *self = data;
  g_autoptr (GError) error = NULL;

  if (jz_folder_refuse_acts (self->path, &error))
    self->office = jz_office_open (self->path, JZ_STORE_WRITE, NULL, &error);
  if (self->office == NULL || !read_bureau (self, &error))
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_pointer (task, g_object_ref (self), g_object_unref);
}

/**
 * jz_office_client_open_async:
 * @path: a store's folder
 * @cancellable: (nullable): to give up waiting
 * @callback: told when it is open
 * @user_data: for @callback
 *
 * Opens a store for writing.
 */
void
jz_office_client_open_async (const char *path,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  JzOfficeClient *self = g_object_new (JZ_TYPE_OFFICE_CLIENT, NULL);
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  self->path = g_strdup (path);
  g_task_set_source_tag (task, jz_office_client_open_async);
  g_task_set_task_data (task, self, g_object_unref);
  g_task_run_in_thread (task, open_in_thread);
}

/**
 * jz_office_client_open_finish:
 * @result: of jz_office_client_open_async()
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the client
 */
JzOfficeClient *
jz_office_client_open_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

typedef struct {
  char *user;
  char *password;
  JzSession *session;
  char *name;
  GStrv roles;
} SignIn;

static void
sign_in_free (gpointer data)
{
  SignIn *sign_in = data;

  jz_password_forget (sign_in->password);
  g_free (sign_in->user);
  g_clear_pointer (&sign_in->session, jz_session_close);
  g_free (sign_in->name);
  g_strfreev (sign_in->roles);
  g_free (sign_in);
}

static gboolean
read_person (JzConnection *reader, SignIn *sign_in, GError **error)
{
  const char *person = jz_session_get_person (sign_in->session);
  g_autoptr (GStrvBuilder) roles = g_strv_builder_new ();
  gsize n_roles = 0;
  const JzRole *all = jz_role_get_all (&n_roles);

  for (gsize i = 0; i < n_roles; i++) {
    gboolean has = FALSE;
    if (!jz_tables_has_role (reader, person, all[i].name, &has, error))
      return FALSE;
    if (has)
      g_strv_builder_add (roles, all[i].name);
  }
  sign_in->roles = g_strv_builder_end (roles);
  return jz_tables_get_person_name (reader, person, &sign_in->name, error);
}

static void
sign_in_in_thread (GTask *task, JzOfficeClient *self, gpointer data, GCancellable *cancellable)
{
  SignIn *sign_in = data;
  JzStore *store = jz_office_get_store (self->office);
  g_autoptr (GError) error = NULL;
  JzConnection *reader;
  gboolean is_read;

  sign_in->session = jz_session_open (self->office, sign_in->user, sign_in->password, &error);
  reader = sign_in->session != NULL ? jz_store_lease_reader (store, &error) : NULL;
  is_read = reader != NULL && read_person (reader, sign_in, &error);
  if (reader != NULL)
    jz_store_return_reader (store, reader);
  if (is_read)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/**
 * jz_office_client_sign_in_async:
 * @self: a client
 * @user: user name
 * @password: the password
 * @cancellable: (nullable): to give up waiting
 * @callback: told when the person is signed in, or not
 * @user_data: for @callback
 *
 * Unlocks a person's key. Whoever is signed in stays so until it succeeds.
 */
void
jz_office_client_sign_in_async (JzOfficeClient *self,
                                const char *user,
                                const char *password,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  SignIn *sign_in = g_new0 (SignIn, 1);

  sign_in->user = g_strdup (user);
  sign_in->password = g_strdup (password);
  g_task_set_source_tag (task, jz_office_client_sign_in_async);
  g_task_set_task_data (task, sign_in, sign_in_free);
  push_work (self->actor, task, sign_in_in_thread);
}

static void
notify_person (JzOfficeClient *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NAME]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_IS_SIGNED_IN]);
}

static void
run_nothing (GTask *task, JzOfficeClient *self, gpointer data, GCancellable *cancellable)
{
  g_task_return_boolean (task, TRUE);
}

/* The session goes behind the acts that are queued and still need it. */
static void
forget_person (JzOfficeClient *self)
{
  GTask *task;

  if (self->session == NULL)
    return;
  task = g_task_new (self, NULL, NULL, NULL);
  g_task_set_task_data (task, g_steal_pointer (&self->session), (GDestroyNotify)jz_session_close);
  push_work (self->actor, task, run_nothing);
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->roles, g_strfreev);
}

/**
 * jz_office_client_sign_in_finish:
 * @self: a client
 * @result: of jz_office_client_sign_in_async()
 * @error: return location; %JZ_STORE_ERROR_PASSWORD for a wrong password
 *
 * Returns: whether the person is signed in
 */
gboolean
jz_office_client_sign_in_finish (JzOfficeClient *self, GAsyncResult *result, GError **error)
{
  SignIn *sign_in = g_task_get_task_data (G_TASK (result));

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return FALSE;
  forget_person (self);
  self->session = g_steal_pointer (&sign_in->session);
  self->name = g_steal_pointer (&sign_in->name);
  self->roles = g_steal_pointer (&sign_in->roles);
  notify_person (self);
  return TRUE;
}

/**
 * jz_office_client_sign_out:
 * @self: a client
 *
 * Forgets the person's key. An act that was asked for before is still done.
 */
void
jz_office_client_sign_out (JzOfficeClient *self)
{
  if (self->session == NULL)
    return;
  forget_person (self);
  notify_person (self);
}

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
  push_work (self->actor, task, act_in_thread);
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
  push_work (self->actor, task, run_in_thread);
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

static void
tell_changed (JzOfficeClient *self, const JzActOutcome *outcome)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) cases = NULL;

  for (guint i = 0; i < outcome->records->len; i++) {
    const JzJournalRecord *record = g_ptr_array_index (outcome->records, i);
    if (g_hash_table_add (seen, record->entry->case_id))
      g_strv_builder_add (builder, record->entry->case_id);
  }
  cases = g_strv_builder_end (builder);
  g_signal_emit (self, signals[CHANGED], 0, cases);
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
    tell_changed (self, outcome);
  return outcome;
}

typedef struct {
  JzOfficeRead read;
  gpointer data;
  GDestroyNotify free_data;
  GDestroyNotify free_result;
} Reading;

static void
reading_free (gpointer data)
{
  Reading *reading = data;

  if (reading->free_data != NULL)
    reading->free_data (reading->data);
  g_free (reading);
}

static void
read_in_thread (GTask *task, JzOfficeClient *self, gpointer data, GCancellable *cancellable)
{
  Reading *reading = data;
  JzStore *store = jz_office_get_store (self->office);
  g_autoptr (GError) error = NULL;
  JzConnection *reader = jz_store_lease_reader (store, &error);
  gpointer result = NULL;

  if (reader != NULL) {
    result = reading->read (self->office, reader, reading->data, cancellable, &error);
    jz_store_return_reader (store, reader);
  }
  if (error != NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_pointer (task, result, reading->free_result);
}

/**
 * jz_office_client_read_async:
 * @self: a client
 * @read: runs on a worker thread
 * @data: (transfer full): for @read
 * @free_data: (nullable): frees @data
 * @free_result: (nullable): frees a result that nobody takes
 * @cancellable: (nullable): to give up
 * @callback: told when it was read
 * @user_data: for @callback
 */
void
jz_office_client_read_async (JzOfficeClient *self,
                             JzOfficeRead read,
                             gpointer data,
                             GDestroyNotify free_data,
                             GDestroyNotify free_result,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Reading *reading = g_new0 (Reading, 1);

  reading->read = read;
  reading->data = data;
  reading->free_data = free_data;
  reading->free_result = free_result;
  g_task_set_source_tag (task, jz_office_client_read_async);
  g_task_set_task_data (task, reading, reading_free);
  push_work (self->readers, task, read_in_thread);
}

/**
 * jz_office_client_read_finish:
 * @self: a client
 * @result: of jz_office_client_read_async()
 * @error: return location
 *
 * Returns: (transfer full) (nullable): what was read
 */
gpointer
jz_office_client_read_finish (JzOfficeClient *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

JzOffice *
jz_office_client_get_office (JzOfficeClient *self)
{
  return self->office;
}

const char *
jz_office_client_get_path (JzOfficeClient *self)
{
  return self->path;
}

/**
 * jz_office_client_now:
 * @self: a client
 *
 * Returns: the office's time, which in a demo office is not that of this computer
 */
JzInstant
jz_office_client_now (JzOfficeClient *self)
{
  return jz_clock_now (jz_office_get_clock (self->office));
}

JzDate
jz_office_client_today (JzOfficeClient *self)
{
  return jz_instant_get_date (jz_office_client_now (self));
}

/**
 * jz_office_client_get_bureau:
 * @self: a client
 *
 * Returns: the bureau's name as it was when the store was opened
 */
const char *
jz_office_client_get_bureau (JzOfficeClient *self)
{
  return self->bureau != NULL ? self->bureau : "";
}

gboolean
jz_office_client_is_demo (JzOfficeClient *self)
{
  return jz_office_is_demo (self->office);
}

gboolean
jz_office_client_is_signed_in (JzOfficeClient *self)
{
  return self->session != NULL;
}

const char *
jz_office_client_get_user (JzOfficeClient *self)
{
  return self->session != NULL ? jz_session_get_user (self->session) : NULL;
}

const char *
jz_office_client_get_person (JzOfficeClient *self)
{
  return self->session != NULL ? jz_session_get_person (self->session) : NULL;
}

const char *
jz_office_client_get_name (JzOfficeClient *self)
{
  return self->name;
}

const char *const *
jz_office_client_get_roles (JzOfficeClient *self)
{
  static const char *const nobody[] = { NULL };

  return self->roles != NULL ? (const char *const *)self->roles : nobody;
}

/**
 * jz_office_client_has_role:
 * @self: a client
 * @roles: names of roles, with `|` between
 *
 * Returns: whether whoever is signed in has one of them
 */
gboolean
jz_office_client_has_role (JzOfficeClient *self, const char *roles)
{
  for (gsize i = 0; self->roles != NULL && self->roles[i] != NULL; i++)
    if (jz_word_is_in (self->roles[i], roles))
      return TRUE;
  return FALSE;
}
