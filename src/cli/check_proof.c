/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include <glib/gi18n-lib.h>

#include "cli/cli.h"
#include "store/error.h"
#include "store/files.h"
#include "store/proof.h"

#define MAX_PROOF (2 * 1024 * 1024)
#define MAX_CERTIFICATE 16384

static GPtrArray *
load_certificates (char **files, GError **error)
{
  g_autoptr (GPtrArray) certificates =
    g_ptr_array_new_with_free_func ((GDestroyNotify)jz_certificate_unref);

  for (gsize i = 0; files != NULL && files[i] != NULL; i++) {
    g_autoptr (GBytes) bytes = jz_file_read (files[i], MAX_CERTIFICATE, error);
    JzCertificate *certificate = bytes != NULL ? jz_certificate_from_pem (bytes, error) : NULL;
    if (certificate == NULL) {
      g_prefix_error (error, "%s: ", files[i]);
      return NULL;
    }
    g_ptr_array_add (certificates, certificate);
  }
  return g_steal_pointer (&certificates);
}

static gboolean
fail (GError **error, const char *sentence)
{
  g_set_error_literal (error, JZ_STORE_ERROR, JZ_STORE_ERROR_DAMAGED, sentence);
  return FALSE;
}

static gboolean
check_issuer (GPtrArray *certificates, JzCertificate *ca, GError **error)
{
  for (guint i = 0; ca != NULL && i < certificates->len; i++)
    if (!jz_certificate_is_issued_by (g_ptr_array_index (certificates, i), ca))
      return fail (error,
                   _ ("A certificate was not issued by the bureau's certificate that was given."));
  return TRUE;
}

/* Whether one of the certificates signed the checkpoint; @checked stays FALSE where none is of the
 * store. */
static gboolean
check_checkpoint (const JzProof *proof, GPtrArray *certificates, gboolean *checked, GError **error)
{
  for (guint i = 0; i < certificates->len; i++) {
    JzCertificate *certificate = g_ptr_array_index (certificates, i);
    JzCheckpoint checkpoint;
    if (strcmp (jz_certificate_get_common_name (certificate), proof->checkpoint.store) != 0)
      continue;
    *checked = TRUE;
    return jz_checkpoint_verify (proof->note, strlen (proof->note), certificate, &checkpoint,
                                 error);
  }
  return TRUE;
}

static gboolean
check_entry (const JzProof *proof, GPtrArray *certificates, gboolean *checked, GError **error)
{
  g_autoptr (JzEntry) entry = jz_entry_parse (proof->leaf_data, error);
  g_autoptr (GBytes) body = NULL;

  if (entry == NULL)
    return FALSE;
  if (strcmp (entry->store, proof->checkpoint.store) != 0 || entry->seq != proof->index + 1)
    return fail (error, _ ("The entry is not the one that the proof is about."));
  body = jz_entry_get_body (entry);
  for (guint i = 0; entry->sig != NULL && i < certificates->len; i++) {
    JzCertificate *certificate = g_ptr_array_index (certificates, i);
    if (!jz_hash_equal (jz_certificate_get_hash (certificate), &entry->cert.hash))
      continue;
    *checked = TRUE;
    if (!jz_certificate_verify (certificate, g_bytes_get_data (body, NULL), g_bytes_get_size (body),
                                g_bytes_get_data (entry->sig, NULL), g_bytes_get_size (entry->sig)))
      return fail (error, _ ("The signature does not belong to this entry."));
  }
  return TRUE;
}

static void
print_what_is_proved (const JzProof *proof)
{
  g_autoptr (JzEntry) entry = NULL;
  char time[JZ_INSTANT_SIZE];

  if (proof->kind == JZ_PROOF_CONSISTENCY) {
    g_print (_ ("The first %llu entries of store %s stand unchanged in its first %llu.\n"),
             (unsigned long long)proof->from, proof->checkpoint.store,
             (unsigned long long)proof->checkpoint.size);
    return;
  }
  entry = jz_entry_parse (proof->leaf_data, NULL);
  jz_instant_format (entry->time, time);
  g_print (_ ("Entry %s-%llu (%s, %s, by %s as %s) stands in the store's first %llu entries.\n"),
           entry->store, (unsigned long long)entry->seq, entry->act, time, entry->actor,
           entry->role, (unsigned long long)proof->checkpoint.size);
}

static int
check (const char *path, char **certificate_files, const char *ca_file)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = jz_file_read (path, MAX_PROOF, &error);
  g_autoptr (GPtrArray) certificates =
    bytes != NULL ? load_certificates (certificate_files, &error) : NULL;
  char *ca_files[] = { (char *)ca_file, NULL };
  g_autoptr (GPtrArray) cas = certificates != NULL ? load_certificates (ca_files, &error) : NULL;
  JzCertificate *ca = cas != NULL && cas->len > 0 ? g_ptr_array_index (cas, 0) : NULL;
  g_autoptr (JzProof) proof = NULL;
  gboolean checkpoint_checked = FALSE;
  gboolean entry_checked = FALSE;

  if (cas == NULL)
    return jz_cli_fail (error);
  proof = jz_proof_parse (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), &error);
  if (proof == NULL || !jz_proof_check (proof, &error) ||
      !check_issuer (certificates, ca, &error) ||
      !check_checkpoint (proof, certificates, &checkpoint_checked, &error) ||
      (proof->kind == JZ_PROOF_INCLUSION &&
       !check_entry (proof, certificates, &entry_checked, &error))) {
    g_printerr ("%s\n", error->message);
    return JZ_EXIT_NOT_VERIFIED;
  }
  print_what_is_proved (proof);
  if (!checkpoint_checked)
    g_print ("%s\n", _ ("Who signed the checkpoint was not checked: give the store's certificate "
                        "with --certificate."));
  if (proof->kind == JZ_PROOF_INCLUSION && !entry_checked)
    g_print (
      "%s\n",
      _ (
        "Who signed the entry was not checked: it is unsigned, or its certificate was not given."));
  if (ca == NULL)
    g_print ("%s\n", _ ("Whose certificates these are was not checked: give the bureau's "
                        "certificate, from a source "
                        "that you trust, with --ca."));
  return JZ_EXIT_DONE;
}

/**
 * jz_cli_check_proof:
 * @argc: number of words
 * @argv: the words
 *
 * `check-proof FILE [--certificate FILE]… [--ca FILE]`: needs no store. What was not checked is
 * said: certificates that come with the proof prove nothing about who signed (format §4).
 *
 * Returns: exit status
 */
int
jz_cli_check_proof (int argc, char **argv)
{
  g_auto (GStrv) certificates = NULL;
  g_autofree char *ca = NULL;
  int status = 0;
  const GOptionEntry entries[] = {
    { "certificate", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &certificates,
      N_ ("Certificate of the store or of the signer"), N_ ("FILE") },
    { "ca", 0, 0, G_OPTION_ARG_FILENAME, &ca,
      N_ ("The bureau's certificate, from a source that you trust"), N_ ("FILE") },
    { NULL },
  };

  if (!jz_cli_parse (&argc, &argv, entries, 1, 1, &status))
    return status;
  return check (argv[1], certificates, ca);
}
