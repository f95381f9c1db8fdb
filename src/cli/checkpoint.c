/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>

#include "cli/cli.h"
#include "office/checkpoints.h"
#include "store/journal.h"

static char *
load_newest (const char *path, GError **error)
{
  g_auto (JzCliReading) reading = { 0 };
  g_autofree char *store_id = NULL;

  if (!jz_cli_reading_open (&reading, path, error) ||
      !jz_journal_get_current_store (reading.reader, &store_id, error))
    return NULL;
  return jz_checkpoints_load_newest (reading.reader, store_id, error);
}

/**
 * jz_cli_checkpoint:
 * @argc: number of words
 * @argv: the words
 *
 * `checkpoint STORE [-o FILE]`: prints or writes the newest checkpoint, to be kept elsewhere. It
 * was signed when the last person who wrote had finished, so that it needs no key.
 *
 * Returns: exit status
 */
int
jz_cli_checkpoint (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *output = NULL;
  g_autofree char *note = NULL;
  int status = 0;
  const GOptionEntry entries[] = {
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &output, N_ ("Where the checkpoint goes"),
      N_ ("FILE") },
    { NULL },
  };

  if (!jz_cli_parse (&argc, &argv, entries, 1, 1, &status))
    return status;
  note = load_newest (argv[1], &error);
  if (note == NULL || (output != NULL && !jz_cli_write_file (output, note, &error)))
    return jz_cli_fail (error);
  if (output != NULL)
    g_print (_ ("The checkpoint is in %s.\n"), output);
  else
    g_print ("%s", note);
  return JZ_EXIT_DONE;
}
