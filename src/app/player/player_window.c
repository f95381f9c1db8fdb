/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/player/player_window.h"

#include <glib/gi18n-lib.h>

#include "app/player/file_pane.h"

struct _JzPlayerWindow {
  AdwWindow parent_instance;

  AdwWindowTitle *title;
  GtkWidget *bar;
  JzFilePane *pane;
  JzOfficeClient *client;
  char *case_id;
};

G_DEFINE_FINAL_TYPE (JzPlayerWindow, jz_player_window, ADW_TYPE_WINDOW)

static void
on_shown (JzPlayerWindow *self)
{
  const char *name = jz_file_pane_get_name (self->pane);

  adw_window_title_set_title (self->title, name);
  gtk_window_set_title (GTK_WINDOW (self), name);
  gtk_widget_grab_focus (GTK_WIDGET (self->pane));
}

static gboolean
on_close_request (JzPlayerWindow *self)
{
  jz_file_pane_leave (self->pane);
  return FALSE;
}

static void
on_filled (JzPlayerWindow *self)
{
  gtk_widget_set_visible (self->bar, !gtk_window_is_fullscreen (GTK_WINDOW (self)));
}

static void
escape (GtkWidget *widget, const char *action, GVariant *parameter)
{
  if (gtk_window_is_fullscreen (GTK_WINDOW (widget)))
    gtk_window_unfullscreen (GTK_WINDOW (widget));
}

/* Whoever signs out, or another office, closes what was open of the old one. */
static void
on_signed_in (JzPlayerWindow *self)
{
  if (!jz_office_client_is_signed_in (self->client))
    gtk_window_destroy (GTK_WINDOW (self));
}

static void
jz_player_window_dispose (GObject *object)
{
  JzPlayerWindow *self = JZ_PLAYER_WINDOW (object);

  g_clear_object (&self->client);
  g_clear_pointer (&self->case_id, g_free);
  G_OBJECT_CLASS (jz_player_window_parent_class)->dispose (object);
}

static void
jz_player_window_class_init (JzPlayerWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = jz_player_window_dispose;
  gtk_widget_class_install_action (widget_class, "window.escape", NULL, escape);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.escape", NULL);
}

static void
jz_player_window_init (JzPlayerWindow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->title = ADW_WINDOW_TITLE (adw_window_title_new ("", NULL));
  self->bar = adw_header_bar_new ();
  adw_header_bar_set_title_widget (ADW_HEADER_BAR (self->bar), GTK_WIDGET (self->title));
  self->pane = JZ_FILE_PANE (jz_file_pane_new ());
  gtk_widget_set_vexpand (GTK_WIDGET (self->pane), TRUE);
  g_signal_connect_swapped (self->pane, "shown", G_CALLBACK (on_shown), self);
  g_signal_connect (self, "close-request", G_CALLBACK (on_close_request), NULL);
  g_signal_connect (self, "notify::fullscreened", G_CALLBACK (on_filled), NULL);
  gtk_box_append (GTK_BOX (box), self->bar);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->pane));
  adw_window_set_content (ADW_WINDOW (self), box);
  gtk_window_set_default_size (GTK_WINDOW (self), 900, 560);
}

static JzPlayerWindow *
find (GtkWindow *main_window)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *item = windows; item != NULL; item = item->next)
    if (JZ_IS_PLAYER_WINDOW (item->data) &&
        gtk_window_get_transient_for (GTK_WINDOW (item->data)) == main_window)
      return item->data;
  return NULL;
}

/**
 * jz_player_window_find:
 * @inside: a widget of a main window
 * @case_id: a case
 *
 * Returns: (transfer none) (nullable): the window in which a recording of that case is open
 */
JzPlayerWindow *
jz_player_window_find (GtkWidget *inside, const char *case_id)
{
  JzPlayerWindow *self = find (GTK_WINDOW (gtk_widget_get_root (inside)));
  return self != NULL && g_strcmp0 (self->case_id, case_id) == 0 ? self : NULL;
}

static JzPlayerWindow *
make (GtkWindow *main_window, JzOfficeClient *client)
{
  JzPlayerWindow *self = g_object_new (JZ_TYPE_PLAYER_WINDOW, NULL);

  gtk_window_set_transient_for (GTK_WINDOW (self), main_window);
  gtk_window_set_destroy_with_parent (GTK_WINDOW (self), TRUE);
  self->client = g_object_ref (client);
  g_signal_connect_object (client, "notify::is-signed-in", G_CALLBACK (on_signed_in), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (client, "changed", G_CALLBACK (jz_file_pane_refresh), self->pane,
                           G_CONNECT_SWAPPED);
  return self;
}

/**
 * jz_player_window_show:
 * @inside: a widget of a main window
 * @client: the office
 * @case_id: a case
 * @attachment: a file of it
 * @from: where it is shown, in nanoseconds; -1 for the beginning
 * @fills: whether it fills the screen
 */
void
jz_player_window_show (GtkWidget *inside,
                       JzOfficeClient *client,
                       const char *case_id,
                       const char *attachment,
                       gint64 from,
                       gboolean fills)
{
  GtkWindow *main_window = GTK_WINDOW (gtk_widget_get_root (inside));
  JzPlayerWindow *self = find (main_window);

  if (self != NULL && self->client != client) {
    gtk_window_destroy (GTK_WINDOW (self));
    self = NULL;
  }
  if (self == NULL)
    self = make (main_window, client);
  g_free (self->case_id);
  self->case_id = g_strdup (case_id);
  jz_file_pane_show (self->pane, client, case_id, attachment, from, -1);
  gtk_window_present (GTK_WINDOW (self));
  if (fills)
    gtk_window_fullscreen (GTK_WINDOW (self));
}

/**
 * jz_player_window_fill:
 * @self: a window
 *
 * Fills the screen, or no longer.
 */
void
jz_player_window_fill (JzPlayerWindow *self)
{
  if (gtk_window_is_fullscreen (GTK_WINDOW (self)))
    gtk_window_unfullscreen (GTK_WINDOW (self));
  else
    gtk_window_fullscreen (GTK_WINDOW (self));
}

/**
 * jz_player_window_get_attachment:
 * @self: a window
 *
 * Returns: (transfer none) (nullable): id of the file that it shows
 */
const char *
jz_player_window_get_attachment (JzPlayerWindow *self)
{
  return jz_file_pane_get_attachment (self->pane);
}

/**
 * jz_player_window_get_name:
 * @self: a window
 *
 * Returns: (transfer none): the name of the file
 */
const char *
jz_player_window_get_name (JzPlayerWindow *self)
{
  return jz_file_pane_get_name (self->pane);
}

/**
 * jz_player_window_get_moment:
 * @self: a window
 * @at: (out): where it is, or where the chosen stretch begins
 * @until: (out): where that ends, -1 where none is chosen
 *
 * Returns: whether it shows a recording
 */
gboolean
jz_player_window_get_moment (JzPlayerWindow *self, gint64 *at, gint64 *until)
{
  return jz_file_pane_get_moment (self->pane, at, until);
}

/**
 * jz_player_window_go:
 * @self: a window
 * @attachment: a file of the same case
 * @from: where it is shown, in nanoseconds
 * @until: until where it is played; -1 where it only stands there
 */
void
jz_player_window_go (JzPlayerWindow *self, const char *attachment, gint64 from, gint64 until)
{
  jz_file_pane_show (self->pane, self->client, self->case_id, attachment, from, until);
  gtk_window_present (GTK_WINDOW (self));
}
