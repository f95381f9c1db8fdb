/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/office_client-private.h"

#include "app/password.h"
#include "office/role.h"
#include "office/situation.h"

/* Who is signed in. */

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
  jz_office_client_push (self->actor, task, sign_in_in_thread);
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
  jz_office_client_push (self->actor, task, run_nothing);
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
  jz_office_client_notify_person (self);
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
  jz_office_client_notify_person (self);
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

/**
 * jz_office_client_dup_watermark:
 * @self: an office, with somebody signed in
 *
 * Returns: (transfer full): who looks and when, to be drawn over files
 */
char *
jz_office_client_dup_watermark (JzOfficeClient *self)
{
  char now[JZ_INSTANT_SIZE];

  jz_instant_format (jz_office_client_now (self), now);
  now[16] = '\0';
  now[10] = ' ';
  return g_strdup_printf ("%s  %s", self->name, now);
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
