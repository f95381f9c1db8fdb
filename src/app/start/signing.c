/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/start/signing.h"
#include "app/password.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "office/by_two.h"
#include "office/session.h"

/* Shorter ones are guessed in an afternoon by whoever carries the disk away. */
#define SHORTEST_PASSWORD 8

typedef struct {
  char *act;
  JzJson *args;
  char *user;
  char *password;
  char *confirmer;
  char *confirmer_password;
  char *new_password;
  char *ca_password;
} Copy;

static void
copy_free (gpointer data)
{
  Copy *copy = data;

  g_free (copy->act);
  jz_json_unref (copy->args);
  g_free (copy->user);
  g_free (copy->confirmer);
  jz_password_forget (copy->password);
  jz_password_forget (copy->confirmer_password);
  jz_password_forget (copy->new_password);
  jz_password_forget (copy->ca_password);
  g_free (copy);
}

static JzActOutcome *
run_alone (JzOffice *office,
           JzSession *session,
           const Copy *copy,
           GCancellable *cancellable,
           GError **error)
{
  const JzJson *all[] = { copy->args };
  JzActOutcome *outcome = NULL;
  JzRequest request = {
    .session = session,
    .act = copy->act,
    .args = all,
    .n_args = 1,
    .new_password = copy->new_password,
    .ca_password = copy->ca_password,
    .cancellable = cancellable,
  };

  return jz_office_perform (office, &request, &outcome, error) ? outcome : NULL;
}

static JzActOutcome *
run_by_two (JzOffice *office,
            JzSession *session,
            const Copy *copy,
            GCancellable *cancellable,
            GError **error)
{
  JzActOutcome *outcome = NULL;
  JzByTwo by_two = {
    .act = copy->act,
    .args = copy->args,
    .session = session,
    .confirmer = copy->confirmer,
    .confirmer_password = copy->confirmer_password,
    .new_password = copy->new_password,
    .ca_password = copy->ca_password,
    .cancellable = cancellable,
  };

  return jz_office_perform_by_two (office, &by_two, &outcome, error) ? outcome : NULL;
}

static JzActOutcome *
run (JzOffice *office, JzSession *session, gpointer data, GCancellable *cancellable, GError **error)
{
  const Copy *copy = data;
  g_autoptr (JzSession) own = NULL;

  if (copy->user != NULL) {
    own = jz_session_open (office, copy->user, copy->password, error);
    session = own;
  } else if (session == NULL) {
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED,
                         _ ("Nobody is signed in. Sign in and do it again."));
  }
  if (session == NULL)
    return NULL;
  return copy->confirmer != NULL ? run_by_two (office, session, copy, cancellable, error)
                                 : run_alone (office, session, copy, cancellable, error);
}

/**
 * jz_signing_async:
 * @client: the office
 * @signing: what is to be done and who signs; copied, and the passwords are wiped afterwards
 * @cancellable: (nullable): while it is prepared
 * @callback: told what came of it; it calls jz_office_client_act_finish()
 * @user_data: for @callback
 *
 * Whoever is signed in stays so.
 */
void
jz_signing_async (JzOfficeClient *client,
                  const JzSigning *signing,
                  GCancellable *cancellable,
                  GAsyncReadyCallback callback,
                  gpointer user_data)
{
  Copy *copy = g_new0 (Copy, 1);

  copy->act = g_strdup (signing->act);
  copy->args = jz_json_ref (signing->args);
  copy->user = g_strdup (signing->user);
  copy->password = g_strdup (signing->password != NULL ? signing->password : "");
  copy->confirmer = g_strdup (signing->confirmer);
  copy->confirmer_password = g_strdup (signing->confirmer_password);
  copy->new_password = g_strdup (signing->new_password);
  copy->ca_password = g_strdup (signing->ca_password);
  jz_office_client_run_async (client, run, copy, copy_free, cancellable, callback, user_data);
}

/**
 * jz_password_judge:
 * @password: a new password
 * @again: the same once more
 *
 * Returns: (transfer full) (nullable): what speaks against it, a sentence; %NULL where nothing does
 */
char *
jz_password_judge (const char *password, const char *again)
{
  if (g_utf8_strlen (password, -1) < SHORTEST_PASSWORD)
    return g_strdup_printf (_ ("The new password is too short; it needs at least %d characters."),
                            SHORTEST_PASSWORD);
  if (strcmp (password, again) != 0)
    return g_strdup (_ ("The two new passwords are not the same; type them once more."));
  return NULL;
}
