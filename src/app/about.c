/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/about.h"

#include <glib/gi18n-lib.h>

#include "app/juanzong.h"
#include "config.h"

/* What whoever mends a fault asks first. */
static char *
make_technical_details (void)
{
  return g_strdup_printf ("%s\nGTK %u.%u.%u\nlibadwaita %u.%u.%u\nGLib %u.%u.%u\n", JZ_PROGRAM,
                          gtk_get_major_version (), gtk_get_minor_version (),
                          gtk_get_micro_version (), adw_get_major_version (),
                          adw_get_minor_version (), adw_get_micro_version (), glib_major_version,
                          glib_minor_version, glib_micro_version);
}

/**
 * jz_about_show:
 * @parent: a window
 *
 * Says what the program is, whose, and by which licence, with the versions that a report of a
 * fault needs.
 */
void
jz_about_show (GtkWindow *parent)
{
  g_autofree char *details = make_technical_details ();

  adw_show_about_window (
    parent, "application-name", _ ("Juanzong"), "application-icon", JZ_APPLICATION_ID,
    "developer-name", _ ("The developers of Juanzong"), "version", JZ_VERSION, "comments",
    _ ("The cases of an enforcement office, from lead to archive, on the office's own computers. "
       "The rules are a reading of the law: a legal office checks them before it relies on them."),
    "license-type", GTK_LICENSE_GPL_3_0, "debug-info", details, "debug-info-filename",
    "juanzong.txt", NULL);
}
