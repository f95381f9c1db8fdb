/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>

#include "office/acts.h"
#include "office/prepare.h"

/* Signing in and out leaves a trace, with the number of wrong passwords before (I-05, R-38). */

static const JzArgument in_arguments[] = {
  { "wrong", JZ_ARGUMENT_INTEGER, JZ_PREPARED, 1000000, NULL,
    N_ ("wrong passwords since the last time") },
  { NULL },
};
static const JzArgument out_arguments[] = { { NULL } };

static gboolean
apply_in (JzApplication *application, GError **error)
{
  char time[JZ_INSTANT_SIZE];

  return jz_connection_run (
    application->tables, error, "UPDATE person SET signed_in = ? WHERE id = ?", "tt",
    jz_application_get_time (application, time), application->record->entry->actor);
}

static gboolean
apply_out (JzApplication *application, GError **error)
{
  char time[JZ_INSTANT_SIZE];

  return jz_connection_run (
    application->tables, error, "UPDATE person SET signed_out = ? WHERE id = ?", "tt",
    jz_application_get_time (application, time), application->record->entry->actor);
}

const JzAct jz_acts_session[] = {
  {
    .name = "session.sign_in",
    .version = 1,
    .summary = N_ ("Sign in."),
    .roles = "*",
    .arguments = in_arguments,
    .prepare = jz_prepare_sign_in,
    .inverse = "session.sign_out",
    .apply = apply_in,
  },
  {
    .name = "session.sign_out",
    .version = 1,
    .summary = N_ ("Sign out."),
    .roles = "*",
    .arguments = out_arguments,
    .inverse = "session.sign_in",
    .apply = apply_out,
  },
  { NULL },
};
