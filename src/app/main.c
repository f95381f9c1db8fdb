/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <locale.h>

#include <glib/gi18n-lib.h>

#include "acts.h"
#include "app/juanzong.h"
#include "app/watchdog.h"
#include "config.h"

/* Sources that are not installed yet find their translations in the build folder. */
static const char *
get_locale_folder (void)
{
  const char *folder = g_getenv ("JUANZONG_LOCALEDIR");
  return folder != NULL ? folder : JZ_LOCALEDIR;
}

int
main (int argc, char **argv)
{
  g_autoptr (GtkApplication) program = NULL;

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, get_locale_folder ());
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  g_set_application_name (_ ("Juanzong"));
  jz_acts_connect ();
  if (g_getenv ("JUANZONG_WATCHDOG") != NULL)
    jz_watchdog_start (g_getenv ("JUANZONG_WATCHDOG"));
  program = jz_juanzong_new ();
  return g_application_run (G_APPLICATION (program), argc, argv);
}
