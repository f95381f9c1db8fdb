/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>

#include "cli/cli.h"
#include "office/cases.h"
#include "office/document_freeze.h"
#include "pages/dossier.h"

/* `render` and `dossier`: papers of a case, written outside the store. */

typedef GBytes *(*Printer) (JzStore *store,
                            JzConnection *reader,
                            const char *name,
                            JzDossierParts parts,
                            GError **error);

static GBytes *
print_document (JzStore *store,
                JzConnection *reader,
                const char *name,
                JzDossierParts parts,
                GError **error)
{
  return jz_document_print (reader, jz_store_get_objects (store), name, jz_cli_get_time (reader),
                            NULL, error);
}

static GBytes *
print_dossier (JzStore *store,
               JzConnection *reader,
               const char *name,
               JzDossierParts parts,
               GError **error)
{
  g_autoptr (JzJson) row = jz_cases_show (reader, name, error);

  return row != NULL ? jz_pages_write_dossier (reader, jz_store_get_objects (store),
                                               jz_json_get_member_text (row, "id"),
                                               jz_cli_get_time (reader), parts, NULL, error)
                     : NULL;
}

static GBytes *
print (const char *path, const char *name, Printer printer, JzDossierParts parts, GError **error)
{
  g_autoptr (JzStore) store = jz_store_open (path, JZ_STORE_READ, NULL, NULL, error);
  JzConnection *reader = store != NULL ? jz_store_lease_reader (store, error) : NULL;
  GBytes *pdf;

  if (reader == NULL)
    return NULL;
  pdf = printer (store, reader, name, parts, error);
  jz_store_return_reader (store, reader);
  return pdf;
}

static int
run (int argc, char **argv, Printer printer)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) pdf = NULL;
  g_autofree char *output = NULL;
  g_autofree char *use = NULL;
  JzDossierParts parts = JZ_DOSSIER_WHOLE;
  int status = 0;
  const GOptionEntry entries[] = {
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &output, N_ ("Where the PDF goes"), N_ ("FILE") },
    { printer == print_dossier ? "for" : NULL, 0, 0, G_OPTION_ARG_STRING, &use,
      N_ ("What for: archive or evaluation (all of it), reconsideration or court (main volume)"),
      N_ ("USE") },
    { NULL },
  };

  if (!jz_cli_parse (&argc, &argv, entries, 2, 2, &status))
    return status;
  if (output == NULL)
    return jz_cli_misuse (_ ("Say with -o FILE.pdf where the PDF goes."));
  if (use != NULL && !jz_dossier_find_parts (use, &parts))
    return jz_cli_misuse (
      _ ("A dossier is written for archive, evaluation, reconsideration or court."));
  pdf = print (argv[1], argv[2], printer, parts, &error);
  if (pdf == NULL || !g_file_set_contents (output, g_bytes_get_data (pdf, NULL),
                                           (gssize)g_bytes_get_size (pdf), &error))
    return jz_cli_fail (error);
  g_print (_ ("The PDF is in %s.\n"), output);
  return JZ_EXIT_DONE;
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
  return run (argc, argv, print_document);
}

/**
 * jz_cli_dossier:
 * @argc: number of words
 * @argv: the words
 *
 * `dossier STORE CASE -o FILE.pdf [--for USE]`: index, final documents, record and checkpoint of a
 * case, or what of it goes to whom it is written for.
 *
 * Returns: exit status
 */
int
jz_cli_dossier (int argc, char **argv)
{
  return run (argc, argv, print_dossier);
}
