/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>

#include "cli/cli.h"
#include "publish/bundle_make.h"

typedef struct {
  char *from;
  char *to;
  char *output;
  char *format;
} Options;

static void
options_clear (Options *self)
{
  g_free (self->from);
  g_free (self->to);
  g_free (self->output);
  g_free (self->format);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static void
print_deviations (const JzJson *deviations)
{
  for (guint i = 0; i < jz_json_get_n_items (deviations); i++) {
    const JzJson *row = jz_json_get_item (deviations, i);
    g_printerr ("%s: %s: %s\n", jz_json_get_member_text (row, "number"),
                jz_json_get_member_text (row, "column"), jz_json_get_member_text (row, "sentence"));
  }
}

static gboolean
write_with (JzStore *store,
            JzConnection *reader,
            const Options *options,
            JzBundleFormat format,
            GError **error)
{
  JzObjects *objects = jz_store_get_objects (store);
  g_autoptr (JzJson) deviations = NULL;
  g_autoptr (JzBundle) bundle =
    jz_bundle_load_newest (reader, objects, options->from, options->to, &deviations, error);
  char from[JZ_DATE_SIZE];
  char to[JZ_DATE_SIZE];

  if (bundle == NULL ||
      !jz_bundle_write (bundle, objects, options->output, format, NULL, NULL, NULL, error))
    return FALSE;
  jz_date_format (bundle->from, from);
  jz_date_format (bundle->to, to);
  g_print (_ ("The bundle of %1$s to %2$s is in %3$s.\n"), from, to, options->output);
  print_deviations (deviations);
  return TRUE;
}

static int
write_bundle (const char *path, const Options *options, JzBundleFormat format)
{
  g_autoptr (GError) error = NULL;
  g_auto (JzCliReading) reading = { 0 };

  if (!jz_cli_reading_open (&reading, path, &error) ||
      !write_with (reading.store, reading.reader, options, format, &error))
    return jz_cli_fail (error);
  return JZ_EXIT_DONE;
}

static gboolean
check_options (const Options *options, JzBundleFormat *format, int *status)
{
  g_autoptr (GError) error = NULL;
  JzDate date;

  if (options->from == NULL || options->to == NULL || options->output == NULL)
    *status = jz_cli_misuse (
      _ ("Say with --from and --to which days, and with -o BUNDLE where the bundle goes."));
  else if (!jz_date_parse (options->from, &date, &error) ||
           !jz_date_parse (options->to, &date, &error))
    *status = jz_cli_fail (error);
  else if (!(options->format != NULL ? jz_bundle_format_find (options->format, format)
                                     : jz_bundle_format_guess (options->output, format)))
    *status = jz_cli_misuse (_ ("A bundle is a .zip, a .tar.gz or a .tar.zst file; name it so, or "
                                "say it with --format."));
  else
    return TRUE;
  return FALSE;
}

/**
 * jz_cli_publish:
 * @argc: number of words
 * @argv: the words
 *
 * `publish STORE --from DATE --to DATE -o BUNDLE [--format zip|tar.gz|tar.zst]`: writes the newest
 * bundle that was frozen of a period within these days; the same bytes every time. Needs no key.
 *
 * Returns: exit status
 */
int
jz_cli_publish (int argc, char **argv)
{
  g_auto (Options) options = { 0 };
  JzBundleFormat format = JZ_BUNDLE_ZIP;
  int status = 0;
  const GOptionEntry entries[] = {
    { "from", 0, 0, G_OPTION_ARG_STRING, &options.from, N_ ("First day of the period"),
      N_ ("DATE") },
    { "to", 0, 0, G_OPTION_ARG_STRING, &options.to, N_ ("Last day of the period"), N_ ("DATE") },
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &options.output, N_ ("Where the bundle goes"),
      N_ ("BUNDLE") },
    { "format", 0, 0, G_OPTION_ARG_STRING, &options.format,
      N_ ("zip, tar.gz or tar.zst; otherwise as the name ends"), N_ ("FORMAT") },
    { NULL },
  };

  if (!jz_cli_parse (&argc, &argv, entries, 1, 1, &status))
    return status;
  return check_options (&options, &format, &status) ? write_bundle (argv[1], &options, format)
                                                    : status;
}
