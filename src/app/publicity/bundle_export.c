/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/publicity/bundle_export.h"

#include <glib/gi18n-lib.h>

#include "app/file_export.h"
#include "app/words.h"
#include "publish/bundle_make.h"

/* The newest bundle of publications as a file, to be taken to a carrier (P-42). The same bytes
 * every time: it was frozen by the act, and is only packed here. */

/* Every period lies between them. */
#define FIRST_DAY "0001-01-01"
#define LAST_DAY "9999-12-31"

typedef struct {
  char from[JZ_DATE_SIZE];
  char to[JZ_DATE_SIZE];
} Period;

static void
on_progress (guint64 done, guint64 total, gpointer data)
{
  jz_job_set_fraction (data, total > 0 ? (double)done / total : 0);
}

/* A name without an ending that is known is a ZIP's. */
static char *
find_format (const char *path, JzBundleFormat *format)
{
  if (jz_bundle_format_guess (path, format))
    return g_strdup (path);
  *format = JZ_BUNDLE_ZIP;
  return g_strconcat (path, ".zip", NULL);
}

static char *
write_bundle (JzOffice *office,
              JzConnection *reader,
              const char *path,
              JzJob *job,
              gpointer data,
              GError **error)
{
  const Period *period = data;
  JzObjects *objects = jz_store_get_objects (jz_office_get_store (office));
  JzBundleFormat format;
  g_autofree char *whole = find_format (path, &format);
  g_autoptr (JzJson) deviations = NULL;
  g_autoptr (JzBundle) bundle =
    jz_bundle_load_newest (reader, objects, period->from, period->to, &deviations, error);
  g_autofree char *from = bundle != NULL ? jz_words_dup_date (bundle->from) : NULL;
  g_autofree char *to = bundle != NULL ? jz_words_dup_date (bundle->to) : NULL;

  if (bundle == NULL || !jz_bundle_write (bundle, objects, whole, format, on_progress, job,
                                          jz_job_get_cancellable (job), error))
    return NULL;
  return g_strdup_printf (_ ("The bundle of %1$s to %2$s was written to %3$s"), from, to, whole);
}

/* A demo's files say so in their names (design §1). */
static char *
make_name (JzOfficeClient *client, const char *to)
{
  g_autofree char *today = jz_words_dup_date (jz_office_client_today (client));
  /* Translators: the name of a file; %s is a day */
  g_autofree char *name = g_strdup_printf (_ ("Publications until %s"), to != NULL ? to : today);

  return g_strconcat (jz_office_client_is_demo (client) ? JZ_BUNDLE_DEMO_MARK "-" : "", name,
                      ".zip", NULL);
}

/**
 * jz_bundle_export:
 * @inside: a widget of a window
 * @client: the office
 * @from: (nullable): the first day that a bundle may begin with
 * @to: (nullable): the last day that it may end with
 *
 * Asks for a file, .zip, .tar.gz or .tar.zst by its name, and writes the newest bundle of these
 * days into it, with progress and cancel; nothing half is left under that name. Without a bundle it
 * says so.
 */
void
jz_bundle_export (GtkWidget *inside, JzOfficeClient *client, const char *from, const char *to)
{
  g_autofree char *name = make_name (client, to);
  const JzFileExport file = { _ ("Export the Newest Bundle"), name, _ ("Writing the bundle…"),
                              write_bundle };
  Period *period = g_new0 (Period, 1);

  g_strlcpy (period->from, from != NULL ? from : FIRST_DAY, JZ_DATE_SIZE);
  g_strlcpy (period->to, to != NULL ? to : LAST_DAY, JZ_DATE_SIZE);
  jz_file_export (inside, client, &file, period, g_free);
}
