/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/window-private.h"

#include <glib/gi18n-lib.h>

#include "app/refusal_place.h"

/* What was done is told at the foot of the window, with a way back where there is one (ux §1). */

JzWindow *
jz_window_find (GtkWidget *inside)
{
  GtkRoot *root = gtk_widget_get_root (inside);

  if (GTK_IS_WINDOW (root) && !JZ_IS_WINDOW (root))
    root = GTK_ROOT (gtk_window_get_transient_for (GTK_WINDOW (root)));
  return JZ_IS_WINDOW (root) ? JZ_WINDOW (root) : NULL;
}

/**
 * jz_window_go_from:
 * @inside: a widget of a window, or of one that belongs to it
 * @place: where to
 */
void
jz_window_go_from (GtkWidget *inside, const char *place)
{
  JzWindow *self = jz_window_find (inside);

  if (self == NULL)
    return;
  jz_window_go (self, place);
  gtk_window_present (GTK_WINDOW (self));
}

/**
 * jz_window_toast:
 * @inside: a widget of a window
 * @text: what was done
 */
void
jz_window_toast (GtkWidget *inside, const char *text)
{
  JzWindow *self = jz_window_find (inside);

  if (self != NULL)
    adw_toast_overlay_add_toast (self->toasts, adw_toast_new (text));
}

/**
 * jz_window_toast_go:
 * @inside: a widget of a window
 * @text: what somebody should look at
 * @place: where
 */
void
jz_window_toast_go (GtkWidget *inside, const char *text, const char *place)
{
  JzWindow *self = jz_window_find (inside);
  AdwToast *toast = adw_toast_new (text);

  adw_toast_set_button_label (toast, _ ("_Show"));
  adw_toast_set_action_name (toast, "win.go");
  adw_toast_set_action_target_value (toast, g_variant_new_string (place));
  adw_toast_set_timeout (toast, 10);
  if (self != NULL)
    adw_toast_overlay_add_toast (self->toasts, toast);
  else
    g_object_unref (toast);
}

typedef struct {
  GWeakRef window;
  char *act;
  JzJson *args;
} Undo;

static void
undo_free (gpointer data, GClosure *closure)
{
  Undo *undo = data;

  g_weak_ref_clear (&undo->window);
  g_free (undo->act);
  jz_json_unref (undo->args);
  g_free (undo);
}

static void
on_undone (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (JzWindow) self = data;
  g_autoptr (JzActOutcome) outcome = jz_finish_act (GTK_WIDGET (self), result);

  if (outcome != NULL)
    jz_window_toast (GTK_WIDGET (self), _ ("Undone"));
}

static void
on_undo (AdwToast *toast, Undo *undo)
{
  JzWindow *self = g_weak_ref_get (&undo->window);

  if (self != NULL)
    jz_office_client_act_async (self->client, undo->act, jz_json_ref (undo->args), NULL, on_undone,
                                self);
}

/**
 * jz_window_toast_undo:
 * @inside: a widget of a window
 * @text: what was done
 * @act: the act that undoes it
 * @args: (transfer full): its arguments
 */
void
jz_window_toast_undo (GtkWidget *inside, const char *text, const char *act, JzJson *args)
{
  JzWindow *self = jz_window_find (inside);
  AdwToast *toast = adw_toast_new (text);
  Undo *undo = g_new0 (Undo, 1);

  g_weak_ref_init (&undo->window, self);
  undo->act = g_strdup (act);
  undo->args = args;
  adw_toast_set_button_label (toast, _ ("_Undo"));
  adw_toast_set_timeout (toast, 10);
  g_signal_connect_data (toast, "button-clicked", G_CALLBACK (on_undo), undo, undo_free, 0);
  if (self != NULL)
    adw_toast_overlay_add_toast (self->toasts, toast);
  else
    g_object_unref (toast);
}
