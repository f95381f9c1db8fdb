/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/start/entrance.h"

#include "app/focus.h"
#include "app/start/door_page.h"
#include "app/start/sign_in_page.h"
#include "office/store_state.h"

struct _JzEntrance {
  AdwBin parent_instance;

  JzOfficeClient *client;
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (JzEntrance, jz_entrance, ADW_TYPE_BIN)

static void
show_page (JzEntrance *self, GtkWidget *page)
{
  adw_bin_set_child (ADW_BIN (self), page);
  gtk_widget_grab_focus (page);
}

static void
show_sign_in (JzEntrance *self)
{
  show_page (self, jz_sign_in_page_new (self->client));
}

static void ask (JzEntrance *self);

static void
show_question (JzEntrance *self, const JzStoreState *state)
{
  GtkWidget *page = jz_door_page_new (self->client, state);

  g_signal_connect_object (page, "answered", G_CALLBACK (ask), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (page, "passed", G_CALLBACK (show_sign_in), self, G_CONNECT_SWAPPED);
  show_page (self, page);
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
  g_autoptr (JzEntrance) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JzStoreState) state =
    jz_office_client_read_finish (JZ_OFFICE_CLIENT (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  /* What could not be read is told by whatever the person tries next. */
  if (state != NULL && (!state->is_at_its_place || state->clock != JZ_CLOCK_RIGHT))
    show_question (self, state);
  else
    show_sign_in (self);
}

static void
ask (JzEntrance *self)
{
  jz_office_client_read_async (self->client, read_state, NULL, NULL,
                               (GDestroyNotify)jz_store_state_free, self->cancellable,
                               on_state_read, g_object_ref (self));
}

static void
jz_entrance_dispose (GObject *object)
{
  JzEntrance *self = JZ_ENTRANCE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->client);
  G_OBJECT_CLASS (jz_entrance_parent_class)->dispose (object);
}

static gboolean
jz_entrance_grab_focus (GtkWidget *widget)
{
  GtkWidget *page = adw_bin_get_child (ADW_BIN (widget));

  return page != NULL && gtk_widget_grab_focus (page);
}

static void
jz_entrance_class_init (JzEntranceClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = jz_entrance_dispose;
  GTK_WIDGET_CLASS (klass)->focus = jz_focus_through;
  GTK_WIDGET_CLASS (klass)->grab_focus = jz_entrance_grab_focus;
}

static void
jz_entrance_init (JzEntrance *self)
{
  self->cancellable = g_cancellable_new ();
}

/**
 * jz_entrance_new:
 * @client: an opened office
 *
 * Returns: (transfer floating): what stands before the work
 */
GtkWidget *
jz_entrance_new (JzOfficeClient *client)
{
  JzEntrance *self = g_object_new (JZ_TYPE_ENTRANCE, NULL);

  self->client = g_object_ref (client);
  ask (self);
  return GTK_WIDGET (self);
}
