/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/juanzong.h"

#include <glib/gi18n-lib.h>

#include "app/about.h"
#include "app/appearance.h"
#include "app/composing.h"
#include "app/help/help_window.h"
#include "app/names.h"
#include "app/preferences.h"
#include "app/shortcuts.h"
#include "app/window.h"

/* One program a person's session: a second start hands its folder to the first, and two windows on
 * one store share what is opened, for only one program may write (design §2). */

struct _JzJuanzong {
  AdwApplication parent_instance;
};

G_DEFINE_FINAL_TYPE (JzJuanzong, jz_juanzong, ADW_TYPE_APPLICATION)

static JzOfficeClient *
find_client (JzJuanzong *self, const char *path)
{
  for (GList *item = gtk_application_get_windows (GTK_APPLICATION (self)); item != NULL;
       item = item->next) {
    JzOfficeClient *client =
      JZ_IS_WINDOW (item->data) ? jz_window_get_client (JZ_WINDOW (item->data)) : NULL;
    if (client != NULL && (path == NULL || g_str_equal (jz_office_client_get_path (client), path)))
      return client;
  }
  return NULL;
}

static GtkWindow *
find_window_on (JzJuanzong *self, const char *path)
{
  for (GList *item = gtk_application_get_windows (GTK_APPLICATION (self)); item != NULL;
       item = item->next) {
    JzOfficeClient *client =
      JZ_IS_WINDOW (item->data) ? jz_window_get_client (JZ_WINDOW (item->data)) : NULL;
    if (client != NULL && g_str_equal (jz_office_client_get_path (client), path))
      return GTK_WINDOW (item->data);
  }
  return NULL;
}

static JzWindow *
find_empty_window (JzJuanzong *self)
{
  for (GList *item = gtk_application_get_windows (GTK_APPLICATION (self)); item != NULL;
       item = item->next)
    if (JZ_IS_WINDOW (item->data) && jz_window_get_client (JZ_WINDOW (item->data)) == NULL)
      return JZ_WINDOW (item->data);
  return NULL;
}

static void
show_store (JzJuanzong *self, const char *path)
{
  JzOfficeClient *client = find_client (self, path);
  JzWindow *window = find_empty_window (self);

  if (window == NULL)
    window = jz_window_new (GTK_APPLICATION (self));
  if (client != NULL)
    jz_window_set_client (window, client);
  else if (path != NULL)
    jz_window_open (window, path);
  else
    jz_window_show_start (window);
  gtk_window_present (GTK_WINDOW (window));
}

static void
jz_juanzong_activate (GApplication *application)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (application));

  if (window != NULL)
    gtk_window_present (window);
  else
    show_store (JZ_JUANZONG (application), NULL);
}

static void
jz_juanzong_open (GApplication *application, GFile **files, int n_files, const char *hint)
{
  for (int i = 0; i < n_files; i++) {
    g_autofree char *path = g_file_get_path (files[i]);
    GtkWindow *window = path != NULL ? find_window_on (JZ_JUANZONG (application), path) : NULL;
    /* Who starts the program again has lost sight of it; another window is asked for by its name.
     */
    if (window != NULL)
      gtk_window_present (window);
    else if (path != NULL)
      show_store (JZ_JUANZONG (application), path);
  }
}

static void
open_new_window (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  show_store (JZ_JUANZONG (data), NULL);
}

/* Each window's section saves before its window goes. */
static void
quit (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  g_autoptr (GList) windows = g_list_copy (gtk_application_get_windows (GTK_APPLICATION (data)));

  for (GList *item = windows; item != NULL; item = item->next)
    gtk_window_close (GTK_WINDOW (item->data));
}

static void
show_help (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (data));

  if (window != NULL)
    jz_help_window_show (GTK_WIDGET (window), NULL);
}

static void
show_preferences (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  jz_preferences_show (gtk_application_get_active_window (GTK_APPLICATION (data)));
}

static void
show_shortcuts (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  jz_shortcuts_show (gtk_application_get_active_window (GTK_APPLICATION (data)));
}

static void
show_about (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  jz_about_show (gtk_application_get_active_window (GTK_APPLICATION (data)));
}

static void
add_keys (GtkApplication *application, const char *action, const char *key)
{
  const char *const keys[] = { key, NULL };
  gtk_application_set_accels_for_action (application, action, keys);
}

static void
jz_juanzong_startup (GApplication *application)
{
  static const GActionEntry entries[] = {
    { .name = "about", .activate = show_about },
    { .name = "help", .activate = show_help },
    { .name = "new-window", .activate = open_new_window },
    { .name = "preferences", .activate = show_preferences },
    { .name = "quit", .activate = quit },
    { .name = "shortcuts", .activate = show_shortcuts },
  };

  G_APPLICATION_CLASS (jz_juanzong_parent_class)->startup (application);
  g_action_map_add_action_entries (G_ACTION_MAP (application), entries, G_N_ELEMENTS (entries),
                                   application);
  jz_appearance_follow_settings ();
  jz_names_watch ();
  jz_composing_watch_windows ();
  add_keys (GTK_APPLICATION (application), "app.help", "F1");
  add_keys (GTK_APPLICATION (application), "app.new-window", "<Control><Shift>n");
  add_keys (GTK_APPLICATION (application), "app.quit", "<Control>q");
  add_keys (GTK_APPLICATION (application), "app.shortcuts", "<Control>question");
}

static void
jz_juanzong_class_init (JzJuanzongClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  application_class->activate = jz_juanzong_activate;
  application_class->open = jz_juanzong_open;
  application_class->startup = jz_juanzong_startup;
}

static void
jz_juanzong_init (JzJuanzong *self)
{
}

/**
 * jz_juanzong_new:
 *
 * Returns: (transfer full): the program
 */
GtkApplication *
jz_juanzong_new (void)
{
  return g_object_new (JZ_TYPE_JUANZONG, "application-id", JZ_APPLICATION_ID, "flags",
                       G_APPLICATION_HANDLES_OPEN, "resource-base-path", "/org/juanzong/app", NULL);
}
