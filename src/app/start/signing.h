/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/office_client.h"

G_BEGIN_DECLS

/**
 * JzSigning:
 * @act: name of the act, without `.propose`
 * @args: its arguments
 * @user: (nullable): user name of who does or proposes it; %NULL is whoever is signed in
 * @password: (nullable): that person's
 * @confirmer: (nullable): user name of who confirms; %NULL for an act of one
 * @confirmer_password: (nullable): that person's
 * @new_password: (nullable): for a key that the act makes
 * @ca_password: (nullable): of the bureau's own key
 *
 * An act of somebody who gives the password for it alone, or of two who sit at one computer.
 */
typedef struct {
  const char *act;
  JzJson *args;
  const char *user;
  const char *password;
  const char *confirmer;
  const char *confirmer_password;
  const char *new_password;
  const char *ca_password;
} JzSigning;

void jz_signing_async (JzOfficeClient *client,
                       const JzSigning *signing,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data);
char *jz_password_judge (const char *password, const char *again);

G_END_DECLS
