/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>

#include "cli/cli.h"
#include "publish/check_bundle.h"
#include "store/files.h"

#define MAX_CERTIFICATE 16384

static JzCertificate *
load_certificate (const char *file, GError **error)
{
  g_autoptr (GBytes) bytes = jz_file_read (file, MAX_CERTIFICATE, error);
  JzCertificate *certificate = bytes != NULL ? jz_certificate_from_pem (bytes, error) : NULL;

  if (certificate == NULL)
    g_prefix_error (error, "%s: ", file);
  return certificate;
}

static void
print_what_it_says (const JzBundleReport *report, gboolean is_plain)
{
  if (report->is_demo)
    g_print ("%s\n", _ ("This is a demo: nothing in it is real."));
  g_print (_ ("All %llu files (%llu bytes) are as they were listed.\n"),
           (unsigned long long)report->n_files, (unsigned long long)report->n_bytes);
  if (is_plain) {
    g_print ("%s\n", _ ("Who made it was not checked."));
    return;
  }
  g_print (_ ("%1$s published %2$llu decisions in it, from %3$s to %4$s.\n"), report->organ,
           (unsigned long long)report->n_items, report->from, report->to);
  g_print (_ ("It is signed by store %s, which then had %llu entries.\n"), report->checkpoint.store,
           (unsigned long long)report->checkpoint.size);
  if (!report->is_trusted)
    g_print ("%s\n",
             _ ("Whose certificate that is was not checked: give the store's with --certificate or "
                "the bureau's with --ca, from a source that you trust."));
}

static int
print_report (const JzBundleReport *report, gboolean is_plain, gboolean as_json)
{
  if (as_json) {
    g_autoptr (JzJson) json = jz_bundle_report_to_json (report);
    jz_cli_print_json (json);
  }
  for (guint i = 0; !as_json && i < report->faults->len; i++) {
    const JzBundleFault *fault = g_ptr_array_index (report->faults, i);
    g_printerr ("%s: %s: %s\n", jz_publish_error_get_word (fault->kind),
                fault->place != NULL ? fault->place : "-", fault->sentence);
  }
  if (!as_json && report->is_cut)
    g_printerr ("%s\n", _ ("There are more faults than are named here."));
  if (report->faults->len > 0)
    return JZ_EXIT_NOT_VERIFIED;
  if (!as_json)
    print_what_it_says (report, is_plain);
  return JZ_EXIT_DONE;
}

/**
 * jz_cli_check_bundle:
 * @argc: number of words
 * @argv: the words
 *
 * `check-bundle BUNDLE [--certificate FILE] [--ca FILE] [--bag] [--json]`: needs no store and
 * writes nothing. What was not checked is said: a certificate that comes with a bundle proves
 * nothing about whose it is.
 *
 * Returns: exit status
 */
int
jz_cli_check_bundle (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *certificate_file = NULL;
  g_autofree char *ca_file = NULL;
  g_autoptr (JzCertificate) certificate = NULL;
  g_autoptr (JzCertificate) ca = NULL;
  g_autoptr (JzBundleReport) report = NULL;
  JzBundleCheck check = { 0 };
  gboolean as_json = FALSE;
  int status = 0;
  const GOptionEntry entries[] = {
    { "bag", 0, 0, G_OPTION_ARG_NONE, &check.is_plain,
      N_ ("A BagIt bag of another program: its sums only, no signature"), NULL },
    { "certificate", 0, 0, G_OPTION_ARG_FILENAME, &certificate_file,
      N_ ("Certificate of the store, from a source that you trust"), N_ ("FILE") },
    { "ca", 0, 0, G_OPTION_ARG_FILENAME, &ca_file,
      N_ ("The bureau's certificate, from a source that you trust"), N_ ("FILE") },
    { "json", 0, 0, G_OPTION_ARG_NONE, &as_json, N_ ("Print JSON"), NULL },
    { NULL },
  };

  if (!jz_cli_parse (&argc, &argv, entries, 1, 1, &status))
    return status;
  if (certificate_file != NULL &&
      (certificate = load_certificate (certificate_file, &error)) == NULL)
    return jz_cli_fail (error);
  if (ca_file != NULL && (ca = load_certificate (ca_file, &error)) == NULL)
    return jz_cli_fail (error);
  check.path = argv[1];
  check.certificate = certificate;
  check.ca = ca;
  report = jz_check_bundle (&check, &error);
  return report != NULL ? print_report (report, check.is_plain, as_json) : jz_cli_fail (error);
}
