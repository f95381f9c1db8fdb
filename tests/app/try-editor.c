/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <locale.h>
#include <stdlib.h>

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "acts.h"
#include "app/juanzong.h"
#include "app/window.h"

/* try-editor STORE USER PLACE: the window at one place of an invented office, for a look at it and
 * for tests that type. */

static JzWindow *window;
static char **words;

static void
on_signed_in (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  jz_office_client_sign_in_finish (JZ_OFFICE_CLIENT (source), result, &error);
  g_assert_no_error (error);
  jz_window_go (window, words[3]);
}

static gboolean
sign_in (gpointer data)
{
  JzOfficeClient *client = jz_window_get_client (window);
  if (client == NULL)
    return G_SOURCE_CONTINUE;
  jz_office_client_sign_in_async (client, words[2], "demo", NULL, on_signed_in, NULL);
  return G_SOURCE_REMOVE;
}

int
main (int argc, char **argv)
{
  g_autoptr (GtkApplication) application = NULL;
  g_autoptr (GError) error = NULL;
  if (argc < 4)
    return EXIT_FAILURE;
  words = argv;
  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, g_getenv ("JUANZONG_LOCALEDIR"));
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  jz_acts_connect ();
  application = jz_juanzong_new ();
  g_application_set_flags (G_APPLICATION (application),
                           G_APPLICATION_NON_UNIQUE | G_APPLICATION_HANDLES_OPEN);
  g_assert_true (g_application_register (G_APPLICATION (application), NULL, &error));
  window = jz_window_new (application);
  gtk_window_set_default_size (GTK_WINDOW (window), argc > 4 ? atoi (argv[4]) : 1366, 768);
  gtk_window_present (GTK_WINDOW (window));
  jz_window_open (window, argv[1]);
  g_timeout_add (50, sign_in, NULL);
  while (g_list_model_get_n_items (gtk_window_get_toplevels ()) > 0)
    g_main_context_iteration (NULL, TRUE);
  return EXIT_SUCCESS;
}
