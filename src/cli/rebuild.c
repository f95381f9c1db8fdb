/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>

#include "cli/cli.h"
#include "office/replay.h"

/**
 * jz_cli_rebuild:
 * @argc: number of words
 * @argv: the words
 *
 * `rebuild STORE`: makes the derived tables anew; it needs no key because it adds nothing to the
 * record.
 *
 * Returns: exit status
 */
int
jz_cli_rebuild (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  int status = 0;
  const GOptionEntry entries[] = { { NULL } };

  if (!jz_cli_parse (&argc, &argv, entries, 1, 1, &status))
    return status;
  if (!jz_rebuild_at (argv[1], &error))
    return jz_cli_fail (error);
  g_print (_ ("The derived tables of %s were made anew from its journal.\n"), argv[1]);
  return JZ_EXIT_DONE;
}
