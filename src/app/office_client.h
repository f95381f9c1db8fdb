/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "office/office.h"

G_BEGIN_DECLS

/* The opened store as the window sees it. Everything here is called on the main thread and answers
 * there; acts are done one after the other on a thread of their own, readings on others. */
#define JZ_TYPE_OFFICE_CLIENT (jz_office_client_get_type ())
G_DECLARE_FINAL_TYPE (JzOfficeClient, jz_office_client, JZ, OFFICE_CLIENT, GObject)

/**
 * JzOfficeRead:
 * @office: the office, for its objects and clock
 * @reader: a connection that reads, for this call only
 * @data: what was given with it
 * @cancellable: (nullable): to be looked at in long loops
 * @error: return location
 *
 * A reading; runs on a worker thread and touches nothing of the window.
 *
 * Returns: (transfer full): the result, or %NULL with @error set
 */
typedef gpointer (*JzOfficeRead) (JzOffice *office,
                                  JzConnection *reader,
                                  gpointer data,
                                  GCancellable *cancellable,
                                  GError **error);

void jz_office_client_open_async (const char *path,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
JzOfficeClient *jz_office_client_open_finish (GAsyncResult *result, GError **error);

void jz_office_client_sign_in_async (JzOfficeClient *self,
                                     const char *user,
                                     const char *password,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
gboolean
jz_office_client_sign_in_finish (JzOfficeClient *self, GAsyncResult *result, GError **error);
void jz_office_client_sign_out (JzOfficeClient *self);

/**
 * JzClientRequest:
 * @act: name of the act, or of its proposal
 * @role: (nullable): in which role; %NULL takes one that may
 * @args: (array length=n_args): the arguments, one object an entry; borrowed
 * @n_args: 1, or more for a batch of which all or nothing is done
 * @new_password: (nullable): for a key that the act makes
 * @ca_password: (nullable): of the bureau's own key
 *
 * An act with all that it can have.
 */
typedef struct {
  const char *act;
  const char *role;
  JzJson *const *args;
  gsize n_args;
  const char *new_password;
  const char *ca_password;
} JzClientRequest;

void jz_office_client_act_async (JzOfficeClient *self,
                                 const char *act,
                                 JzJson *args,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
void jz_office_client_act_full_async (JzOfficeClient *self,
                                      const JzClientRequest *request,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
/**
 * JzOfficeRun:
 * @office: the office
 * @session: (nullable): of whoever is signed in
 * @data: what was given with it
 * @cancellable: (nullable): while it is prepared
 * @error: return location
 *
 * Something to be done in several acts, or by somebody who is not signed in; runs on the thread of
 * the acts and touches nothing of the window.
 *
 * Returns: (transfer full): what came of it, or %NULL with @error set
 */
typedef JzActOutcome *(*JzOfficeRun) (JzOffice *office,
                                      JzSession *session,
                                      gpointer data,
                                      GCancellable *cancellable,
                                      GError **error);

void jz_office_client_run_async (JzOfficeClient *self,
                                 JzOfficeRun run,
                                 gpointer data,
                                 GDestroyNotify free_data,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
JzActOutcome *
jz_office_client_act_finish (JzOfficeClient *self, GAsyncResult *result, GError **error);
const char *jz_office_client_get_act (GAsyncResult *result, const JzJson **args);

void jz_office_client_read_async (JzOfficeClient *self,
                                  JzOfficeRead read,
                                  gpointer data,
                                  GDestroyNotify free_data,
                                  GDestroyNotify free_result,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
gpointer jz_office_client_read_finish (JzOfficeClient *self, GAsyncResult *result, GError **error);

JzOffice *jz_office_client_get_office (JzOfficeClient *self);
const char *jz_office_client_get_path (JzOfficeClient *self);
guint jz_office_client_count_pending (JzOfficeClient *self);
JzInstant jz_office_client_now (JzOfficeClient *self);
JzDate jz_office_client_today (JzOfficeClient *self);
const char *jz_office_client_get_bureau (JzOfficeClient *self);
gboolean jz_office_client_is_demo (JzOfficeClient *self);

gboolean jz_office_client_is_signed_in (JzOfficeClient *self);
const char *jz_office_client_get_user (JzOfficeClient *self);
const char *jz_office_client_get_person (JzOfficeClient *self);
const char *jz_office_client_get_name (JzOfficeClient *self);
char *jz_office_client_dup_watermark (JzOfficeClient *self);
const char *const *jz_office_client_get_roles (JzOfficeClient *self);
gboolean jz_office_client_has_role (JzOfficeClient *self, const char *roles);

G_END_DECLS
