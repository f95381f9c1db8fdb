/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/composing.h"

/* While an input method is composing, every key is its own. GTK gives keys to the shortcuts of the
 * application before the field that is typed in, and to those of a window after it when the input
 * method does not want them: both would act in the middle of a word (ux.md §5). */

typedef struct {
  GtkWidget *field; /* (nullable): the text that has the focus */
  gulong handler;
  gboolean is_composing;
} Watch;

static void
preedit_changed (GtkWidget *field, const char *preedit, Watch *self)
{
  self->is_composing = *preedit != '\0';
}

static void
let_go (Watch *self)
{
  if (self->field != NULL) {
    g_clear_signal_handler (&self->handler, self->field);
    g_object_remove_weak_pointer (G_OBJECT (self->field), (gpointer *)&self->field);
  }
  self->field = NULL;
  self->handler = 0;
  self->is_composing = FALSE;
}

static void
focus_changed (GtkWindow *window, GParamSpec *property, Watch *self)
{
  GtkWidget *focus = gtk_window_get_focus (window);
  if (focus == self->field)
    return;
  let_go (self);
  if (!GTK_IS_TEXT (focus) && !GTK_IS_TEXT_VIEW (focus))
    return;
  self->field = focus;
  g_object_add_weak_pointer (G_OBJECT (focus), (gpointer *)&self->field);
  self->handler = g_signal_connect (focus, "preedit-changed", G_CALLBACK (preedit_changed), self);
}

/* What the input method does not want is nobody's; a field of one line offers no way to ask only
 * its input method, so that gets the keys of its own, too. */
static gboolean
key_pressed (GtkEventControllerKey *controller,
             guint key,
             guint code,
             GdkModifierType state,
             Watch *self)
{
  if (!self->is_composing || self->field == NULL)
    return GDK_EVENT_PROPAGATE;
  if (GTK_IS_TEXT_VIEW (self->field))
    (void)gtk_text_view_im_context_filter_keypress (
      GTK_TEXT_VIEW (self->field),
      gtk_event_controller_get_current_event (GTK_EVENT_CONTROLLER (controller)));
  else
    (void)gtk_event_controller_key_forward (controller, self->field);
  return GDK_EVENT_STOP;
}

static void
free_watch (gpointer data)
{
  let_go (data);
  g_free (data);
}

static void
watch (GtkWindow *window)
{
  Watch *self = g_new0 (Watch, 1);
  GtkEventController *keys = gtk_event_controller_key_new ();
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_pressed), self);
  g_signal_connect (window, "notify::focus-widget", G_CALLBACK (focus_changed), self);
  g_object_set_data_full (G_OBJECT (window), "jz-composing", self, free_watch);
  gtk_widget_add_controller (GTK_WIDGET (window), keys);
}

static void
windows_changed (GListModel *windows, guint position, guint n_removed, guint n_added, gpointer data)
{
  for (guint i = position; i < position + n_added; i++) {
    g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);
    watch (window);
  }
}

/**
 * jz_composing_watch_windows:
 *
 * From now on no shortcut of the program or of a window that opens acts while an input method is
 * composing in one of its fields.
 */
void
jz_composing_watch_windows (void)
{
  g_signal_connect (gtk_window_get_toplevels (), "items-changed", G_CALLBACK (windows_changed),
                    NULL);
}
