/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>

#include "cli/cli.h"

/**
 * jz_cli_verify:
 * @argc: number of words
 * @argv: the words
 *
 * `verify STORE [--against FILE]…`
 *
 * Returns: exit status
 */
int
jz_cli_verify (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JzReport) report = NULL;
  g_auto (GStrv) against = NULL;
  JzVerification verification = { 0 };
  gboolean as_json = FALSE;
  int status = 0;
  const GOptionEntry entries[] = {
    { "against", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &against,
      N_ ("Hold the store to a checkpoint kept elsewhere"), N_ ("FILE") },
    { "chunk-lists", 0, 0, G_OPTION_ARG_NONE, &verification.with_chunk_lists,
      N_ ("Also check each piece of large objects"), NULL },
    { "json", 0, 0, G_OPTION_ARG_NONE, &as_json, N_ ("Print JSON"), NULL },
    { NULL },
  };

  if (!jz_cli_parse (&argc, &argv, entries, 1, 1, &status))
    return status;
  verification.path = argv[1];
  verification.against = (const char *const *)against;
  report = jz_verify (&verification, &error);
  return report != NULL ? jz_cli_print_report (report, as_json) : jz_cli_fail (error);
}
