/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "cli/cli.h"
#include "office/checkpoints.h"
#include "office/trust.h"
#include "store/error.h"
#include "store/files.h"

#define MAX_CHECKPOINT_FILE 8192

typedef struct {
  char *output;
  char *since;
  char *certificates;
} Options;

static void
options_clear (Options *options)
{
  g_free (options->output);
  g_free (options->since);
  g_free (options->certificates);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static gboolean
write_certificate (JzObjects *objects,
                   const JzHash *hash,
                   const char *folder,
                   const char *name,
                   GError **error)
{
  g_autoptr (JzCertificate) certificate = jz_trust_load_certificate (objects, hash, error);
  g_autoptr (GBytes) pem = certificate != NULL ? jz_certificate_dup_pem (certificate) : NULL;
  g_autofree char *path = g_build_filename (folder, name, NULL);

  return pem != NULL && jz_file_write_durably (path, folder, pem, 0644, error);
}

/* Each certificate under its owner's id, so that the checker can see whose it is: ca.pem, a store's
 * id, a person's id and the hash where one person had several. */
static gboolean
write_certificates (JzStore *store, JzConnection *reader, const char *folder, GError **error)
{
  gboolean has_row = FALSE;
  g_autoptr (JzStatement) rows = NULL;

  if (!jz_folder_make (folder, 0755, error))
    return FALSE;
  rows = jz_connection_query (reader, error,
                              "SELECT hash, owner, kind FROM certificate ORDER BY issued", "");
  while (rows != NULL && jz_statement_step (rows, &has_row, error)) {
    g_autofree char *name = NULL;
    char hex[JZ_HASH_HEX_SIZE];
    JzHash hash;
    if (!has_row)
      return TRUE;
    if (!jz_statement_get_hash (rows, 0, &hash))
      break;
    jz_hash_to_hex (&hash, hex);
    name = strcmp (jz_statement_get_text (rows, 2), "person") == 0
             ? g_strdup_printf ("%s.%.8s.pem", jz_statement_get_text (rows, 1), hex)
             : g_strdup_printf ("%s.pem", jz_statement_get_text (rows, 1));
    if (!write_certificate (jz_store_get_objects (store), &hash, folder, name, error))
      return FALSE;
  }
  return FALSE;
}

static JzProof *
make_proof (JzConnection *reader, const char *entry, const char *since, GError **error)
{
  g_autoptr (GBytes) bytes = NULL;
  JzCheckpoint earlier;
  gsize length = 0;
  const char *note;

  if (entry != NULL)
    return jz_checkpoints_prove_inclusion (reader, entry, error);
  bytes = jz_file_read (since, MAX_CHECKPOINT_FILE, error);
  if (bytes == NULL)
    return NULL;
  note = g_bytes_get_data (bytes, &length);
  return jz_checkpoint_parse (note, length, &earlier, error)
           ? jz_checkpoints_prove_consistency (reader, &earlier, error)
           : NULL;
}

static gboolean
write_all (JzStore *store,
           JzConnection *reader,
           const char *entry,
           const Options *options,
           GError **error)
{
  g_autoptr (JzProof) proof = make_proof (reader, entry, options->since, error);
  g_autofree char *text = proof != NULL ? jz_proof_to_text (proof) : NULL;

  if (text == NULL || !jz_cli_write_file (options->output, text, error))
    return FALSE;
  return options->certificates == NULL ||
         write_certificates (store, reader, options->certificates, error);
}

static int
prove (const char *path, const char *entry, const Options *options)
{
  g_autoptr (GError) error = NULL;
  g_auto (JzCliReading) reading = { 0 };

  if (!jz_cli_reading_open (&reading, path, &error))
    return jz_cli_fail (error);
  if (!write_all (reading.store, reading.reader, entry, options, &error))
    return jz_cli_fail (error);
  g_print (_ ("The proof is in %s.\n"), options->output);
  return JZ_EXIT_DONE;
}

/**
 * jz_cli_prove:
 * @argc: number of words
 * @argv: the words
 *
 * `prove STORE ENTRY -o FILE` proves that an entry stands in the store; `prove STORE --since
 * CHECKPOINT -o FILE` that nothing before a checkpoint has changed since.
 *
 * Returns: exit status
 */
int
jz_cli_prove (int argc, char **argv)
{
  g_auto (Options) options = { 0 };
  int status = 0;
  const GOptionEntry entries[] = {
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &options.output, N_ ("Where the proof goes"),
      N_ ("FILE") },
    { "since", 0, 0, G_OPTION_ARG_FILENAME, &options.since,
      N_ ("Prove that nothing before this checkpoint has changed"), N_ ("CHECKPOINT") },
    { "certificates", 0, 0, G_OPTION_ARG_FILENAME, &options.certificates,
      N_ ("Also write all certificates into this folder"), N_ ("FOLDER") },
    { NULL },
  };

  if (!jz_cli_parse (&argc, &argv, entries, 1, 2, &status))
    return status;
  if (options.output == NULL || (argc == 3) == (options.since != NULL))
    return jz_cli_misuse (
      _ ("Write prove STORE ENTRY -o FILE, or prove STORE --since CHECKPOINT -o FILE."));
  return prove (argv[1], argc > 2 ? argv[2] : NULL, &options);
}
