/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/start/store_button.h"

#include <glib/gi18n-lib.h>

#include "app/messages.h"
#include "office/store_state.h"

#define LOOK_SECONDS 600

struct _JzStoreButton {
  AdwBin parent_instance;

  GtkButton *button;
  JzOfficeClient *client;
  char *text;
  guint look_id;
};

G_DEFINE_FINAL_TYPE (JzStoreButton, jz_store_button, ADW_TYPE_BIN)

static GSList *all; /* JzStoreButton, borrowed; main thread only */

static gboolean
is_online (void)
{
  return g_network_monitor_get_network_available (g_network_monitor_get_default ());
}

static void
show (JzStoreButton *self, const JzStoreState *state)
{
  g_autofree char *age = jz_store_state_dup_sentence (state);
  GtkWidget *button = GTK_WIDGET (self->button);

  g_free (self->text);
  /* Translators: online or offline, then how old the last backup is */
  self->text =
    g_strdup_printf (_ ("%1$s · %2$s"), is_online () ? _ ("online") : _ ("offline"), age);
  gtk_button_set_label (self->button, self->text);
  gtk_label_set_ellipsize (GTK_LABEL (gtk_button_get_child (self->button)), PANGO_ELLIPSIZE_END);
  gtk_widget_set_tooltip_text (button, self->text);
  if (jz_store_state_is_backup_old (state) && !state->is_demo)
    gtk_widget_add_css_class (button, "warning");
  else
    gtk_widget_remove_css_class (button, "warning");
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
}

static gpointer
read_state (JzOffice *office,
            JzConnection *reader,
            gpointer data,
            GCancellable *cancellable,
            GError **error)
{
  return jz_store_state_read (office, reader, g_get_real_time () / 1000, error);
}

static void
on_state_read (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (JzStoreButton) self = data;
  g_autoptr (JzStoreState) state =
    jz_office_client_read_finish (JZ_OFFICE_CLIENT (source), result, NULL);

  /* What cannot be read is not shown; whoever works on the store is told. */
  if (state != NULL && self->client == JZ_OFFICE_CLIENT (source))
    show (self, state);
}

static gboolean
refresh (gpointer data)
{
  JzStoreButton *self = data;

  if (self->client != NULL)
    jz_office_client_read_async (self->client, read_state, NULL, NULL,
                                 (GDestroyNotify)jz_store_state_free, NULL, on_state_read,
                                 g_object_ref (self));
  return G_SOURCE_CONTINUE;
}

static void
on_network (JzStoreButton *self)
{
  refresh (self);
}

static void
show_details (GtkWidget *widget, const char *action, GVariant *parameter)
{
  JzStoreButton *self = JZ_STORE_BUTTON (widget);
  g_autofree char *body = NULL;

  if (self->client == NULL || self->text == NULL)
    return;
  if (jz_office_client_has_role (self->client, "administrator")) {
    gtk_widget_activate_action (widget, "win.go", "s", "settings/backup");
    return;
  }
  body = g_strdup_printf (_ ("%s\n\nEverything works without a network. Backups are made by the "
                             "administrator; ask for one when the last is older than a week."),
                          self->text);
  jz_show_message (widget, _ ("State of this store"), body);
}

static void
jz_store_button_dispose (GObject *object)
{
  JzStoreButton *self = JZ_STORE_BUTTON (object);

  all = g_slist_remove (all, self);
  g_clear_handle_id (&self->look_id, g_source_remove);
  g_clear_object (&self->client);
  G_OBJECT_CLASS (jz_store_button_parent_class)->dispose (object);
}

static void
jz_store_button_finalize (GObject *object)
{
  g_free (JZ_STORE_BUTTON (object)->text);
  G_OBJECT_CLASS (jz_store_button_parent_class)->finalize (object);
}

static void
jz_store_button_class_init (JzStoreButtonClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = jz_store_button_dispose;
  G_OBJECT_CLASS (klass)->finalize = jz_store_button_finalize;
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "store.details", NULL, show_details);
}

static void
jz_store_button_init (JzStoreButton *self)
{
  self->button = GTK_BUTTON (gtk_button_new_with_label (""));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->button), "store.details");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, _ ("State of this store"),
                                  -1);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->button));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  self->look_id = g_timeout_add_seconds (LOOK_SECONDS, refresh, self);
  g_signal_connect_object (g_network_monitor_get_default (), "network-changed",
                           G_CALLBACK (on_network), self, G_CONNECT_SWAPPED);
  all = g_slist_prepend (all, self);
}

/**
 * jz_store_button_set_client:
 * @self: a button
 * @client: (nullable): the office whose state it shows
 */
void
jz_store_button_set_client (JzStoreButton *self, JzOfficeClient *client)
{
  if (!g_set_object (&self->client, client))
    return;
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  refresh (self);
}

/**
 * jz_store_buttons_refresh:
 *
 * Lets every window look again how old the last backup is.
 */
void
jz_store_buttons_refresh (void)
{
  for (GSList *item = all; item != NULL; item = item->next)
    refresh (item->data);
}
