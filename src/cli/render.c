/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include <glib/gi18n-lib.h>

#include "cli/cli.h"
#include "office/cases.h"
#include "office/document_freeze.h"
#include "publish/dossier_export.h"

/* `render` and `dossier`: papers of a case, written outside the store. */

static gboolean
print_document (JzStore *store,
                JzConnection *reader,
                const char *name,
                const char *output,
                GError **error)
{
  g_autoptr (GBytes) pdf = jz_document_print (reader, jz_store_get_objects (store), name,
                                              jz_cli_get_time (reader), NULL, error);

  return pdf != NULL && g_file_set_contents (output, g_bytes_get_data (pdf, NULL),
                                             (gssize)g_bytes_get_size (pdf), error);
}

typedef struct {
  char *output;
  char *use;
  char *given;
} Options;

static void
options_clear (Options *self)
{
  g_free (self->output);
  g_free (self->use);
  g_free (self->given);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static gboolean
print_dossier (JzStore *store,
               JzConnection *reader,
               const char *name,
               const Options *options,
               GError **error)
{
  g_autoptr (JzJson) row = jz_cases_show (reader, name, error);
  JzDossierExport export = { .now = jz_cli_get_time (reader),
                             .parts = JZ_DOSSIER_WHOLE,
                             .given = options->given,
                             .path = options->output };

  if (row == NULL)
    return FALSE;
  export.case_id = jz_json_get_member_text (row, "id");
  if (options->use != NULL && !jz_dossier_find_parts (options->use, &export.parts))
    g_assert_not_reached ();
  return jz_dossier_export (&export, reader, jz_store_get_objects (store), error);
}

/* @is_dossier: a case and not a document */
static int
print (char **argv, const Options *options, gboolean is_dossier)
{
  g_autoptr (GError) error = NULL;
  g_auto (JzCliReading) reading = { 0 };

  if (!jz_cli_reading_open (&reading, argv[1], &error))
    return jz_cli_fail (error);
  if (is_dossier
        ? !print_dossier (reading.store, reading.reader, argv[2], options, &error)
        : !print_document (reading.store, reading.reader, argv[2], options->output, &error))
    return jz_cli_fail (error);
  if (options->given != NULL)
    g_print (_ ("What was given out is in %s.\n"), options->output);
  else
    g_print (_ ("The PDF is in %s.\n"), options->output);
  return JZ_EXIT_DONE;
}

static int
run (int argc, char **argv, gboolean is_dossier)
{
  g_auto (Options) options = { NULL };
  JzDossierParts parts;
  int status = 0;
  const GOptionEntry entries[] = {
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &options.output, N_ ("Where the PDF goes"),
      N_ ("FILE") },
    { is_dossier ? "for" : NULL, 0, 0, G_OPTION_ARG_STRING, &options.use,
      N_ ("What for: archive or evaluation (all of it), reconsideration or court (main volume)"),
      N_ ("USE") },
    { "given", 0, 0, G_OPTION_ARG_STRING, &options.given,
      N_ ("What was given out or shown to the party by that act"), N_ ("ID") },
    { NULL },
  };

  if (!jz_cli_parse (&argc, &argv, entries, 2, 2, &status))
    return status;
  if (options.output == NULL)
    return jz_cli_misuse (_ ("Say with -o FILE.pdf where the PDF goes."));
  if (options.use != NULL && options.given != NULL)
    return jz_cli_misuse (_ ("Say with --for what the dossier is written for, or with --given what "
                             "was given out already."));
  if (options.use != NULL && strcmp (options.use, "party") == 0)
    return jz_cli_misuse (_ ("What the party gets to see is made by the act dossier.show_party; "
                             "write it with --given."));
  if (options.use != NULL && !jz_dossier_find_parts (options.use, &parts))
    return jz_cli_misuse (
      _ ("A dossier is written for archive, evaluation, reconsideration or court."));
  return print (argv, &options, is_dossier);
}

/**
 * jz_cli_render:
 * @argc: number of words
 * @argv: the words
 *
 * `render STORE DOCUMENT -o FILE.pdf`: a final document as it was frozen, a draft as it stands.
 *
 * Returns: exit status
 */
int
jz_cli_render (int argc, char **argv)
{
  return run (argc, argv, FALSE);
}

/**
 * jz_cli_dossier:
 * @argc: number of words
 * @argv: the words
 *
 * `dossier STORE CASE -o FILE.pdf [--for USE | --given ID]`: index, final documents, record and
 * checkpoint of a case, or what of it goes to whom it is written for; or once more what was given
 * out or shown to the party, which is a folder then.
 *
 * Returns: exit status
 */
int
jz_cli_dossier (int argc, char **argv)
{
  return run (argc, argv, TRUE);
}
