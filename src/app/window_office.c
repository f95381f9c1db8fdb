/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/window-private.h"

#include <glib/gi18n-lib.h>

#include "app/rereader.h"
#include "app/start/entrance.h"
#include "app/start/idle_lock.h"
#include "app/start/recent_stores.h"
#include "app/start/setup_page.h"
#include "app/start/start_page.h"

/* Which office the window shows, and what stands in its place while there is none or nobody is
 * signed in. */

static void
remove_page (JzWindow *self, const char *name)
{
  GtkWidget *page = gtk_stack_get_child_by_name (self->stack, name);

  if (page != NULL)
    gtk_stack_remove (self->stack, page);
}

static void
replace_page (JzWindow *self, const char *name, GtkWidget *page)
{
  /* An entry that goes while it has the focus complains. */
  gtk_root_set_focus (GTK_ROOT (self), NULL);
  remove_page (self, name);
  gtk_stack_add_named (self->stack, page, name);
  gtk_stack_set_visible_child (self->stack, page);
  gtk_widget_grab_focus (page);
}

static void
on_is_signed_in (JzWindow *self)
{
  gboolean is_signed_in = jz_office_client_is_signed_in (self->client);

  gtk_menu_button_set_label (self->person_button,
                             is_signed_in ? jz_office_client_get_name (self->client) : "");
  gtk_widget_set_visible (GTK_WIDGET (self->person_button), is_signed_in);
  gtk_widget_set_visible (GTK_WIDGET (self->find_button), is_signed_in);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.switch-user", is_signed_in);
  if (is_signed_in) {
    /* A hidden page is still read by a screen reader. */
    remove_page (self, "entrance");
    jz_window_show_work (self);
  } else {
    jz_window_leave_seen (self);
    replace_page (self, "entrance", jz_entrance_new (self->client));
    jz_window_clear_work (self);
  }
}

static void
show_title (JzWindow *self, const char *title)
{
  adw_window_title_set_title (self->title, title);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->title), title);
  gtk_window_set_title (GTK_WINDOW (self), title);
}

static void
drop_client (JzWindow *self)
{
  if (self->client == NULL)
    return;
  g_signal_handlers_disconnect_by_func (self->client, on_is_signed_in, self);
  jz_leave_office (self->client);
  jz_window_clear_work (self);
  jz_store_button_set_client (self->store_button, NULL);
  jz_idle_lock_forget (GTK_WIDGET (self));
  gtk_widget_set_visible (GTK_WIDGET (self->person_button), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->find_button), FALSE);
  gtk_widget_set_visible (self->demo_strip, FALSE);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.switch-user", FALSE);
  show_title (self, _ ("Juanzong"));
  remove_page (self, "entrance");
  g_clear_object (&self->client);
}

static void
show_start (JzWindow *self, const char *path, const GError *error)
{
  drop_client (self);
  remove_page (self, "opening");
  remove_page (self, "setup");
  replace_page (self, "start", jz_start_page_new (path, error));
}

static void
on_setup_finished (JzWindow *self, JzOfficeClient *client)
{
  g_autoptr (JzOfficeClient) kept = client != NULL ? g_object_ref (client) : NULL;

  remove_page (self, "setup");
  if (kept == NULL)
    show_start (self, NULL, NULL);
  else if (self->client == kept)
    gtk_stack_set_visible_child_name (self->stack, "work");
  else
    jz_window_set_client (self, kept);
}

/**
 * jz_window_set_client:
 * @self: a window
 * @client: an opened office
 */
void
jz_window_set_client (JzWindow *self, JzOfficeClient *client)
{
  g_return_if_fail (self->client == NULL);

  self->client = g_object_ref (client);
  show_title (self, jz_office_client_get_bureau (client));
  remove_page (self, "start");
  remove_page (self, "opening");
  jz_store_button_set_client (self->store_button, client);
  jz_idle_lock_watch (client, GTK_WIDGET (self));
  jz_rereader_watch (client);
  gtk_widget_set_visible (self->demo_strip, jz_office_client_is_demo (client));
  g_signal_connect_object (client, "notify::is-signed-in", G_CALLBACK (on_is_signed_in), self,
                           G_CONNECT_SWAPPED);
  on_is_signed_in (self);
}

/* The first setting up, of a new office or of the one that is open. */
void
jz_window_show_setup (JzWindow *self)
{
  GtkWidget *page;

  /* One that is under way holds the store that it founded. */
  if (gtk_stack_get_child_by_name (self->stack, "setup") != NULL)
    return;
  page = jz_setup_page_new (self->client);
  g_signal_connect_object (page, "finished", G_CALLBACK (on_setup_finished), self,
                           G_CONNECT_SWAPPED);
  remove_page (self, "start");
  replace_page (self, "setup", page);
}

static void
keep_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_autofree char *file = jz_recent_stores_dup_file ();

  /* A list that cannot be kept is only a convenience lost. */
  (void)jz_recent_stores_add (file, data, NULL);
}

static void
keep_recent (const char *path)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, NULL, NULL);

  g_task_set_task_data (task, g_strdup (path), g_free);
  g_task_run_in_thread (task, keep_in_thread);
}

typedef struct {
  JzWindow *window;
  char *path;
} Opening;

static void
on_opened (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Opening *opening = data;
  g_autoptr (JzWindow) self = opening->window;
  g_autofree char *path = opening->path;
  g_autoptr (GError) error = NULL;
  g_autoptr (JzOfficeClient) client = jz_office_client_open_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (client == NULL) {
    show_start (self, path, error);
    return;
  }
  drop_client (self);
  jz_window_set_client (self, client);
  keep_recent (path);
}

static GtkWidget *
new_opening_page (const char *path)
{
  g_autofree char *name = g_filename_display_name (path);
  GtkWidget *page = adw_status_page_new ();
  GtkWidget *spinner = gtk_spinner_new ();

  adw_status_page_set_title (ADW_STATUS_PAGE (page), _ ("Opening the store"));
  adw_status_page_set_description (ADW_STATUS_PAGE (page), name);
  adw_status_page_set_child (ADW_STATUS_PAGE (page), spinner);
  gtk_spinner_start (GTK_SPINNER (spinner));
  return page;
}

/**
 * jz_window_open:
 * @self: a window
 * @path: a store's folder
 *
 * Opens it; where that is not possible the start page says why and what to do.
 */
void
jz_window_open (JzWindow *self, const char *path)
{
  Opening *opening = g_new0 (Opening, 1);

  opening->window = g_object_ref (self);
  opening->path = g_strdup (path);
  remove_page (self, "start");
  replace_page (self, "opening", new_opening_page (path));
  jz_office_client_open_async (path, self->cancellable, on_opened, opening);
}

/**
 * jz_window_show_start:
 * @self: a window without an office
 *
 * Shows what can be opened, or begun.
 */
void
jz_window_show_start (JzWindow *self)
{
  show_start (self, NULL, NULL);
}
