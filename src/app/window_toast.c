/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/window-private.h"

#include <glib/gi18n-lib.h>

#include "app/refusal_place.h"

/* What was done is told at the foot of the window, with a way back where there is one (ux §1). */

/* Of the window's height: a message is never pushed out of sight. */
#define MAX_FOOT_SHARE 0.5
/* How soon a message makes way for the foot of a page that was opened below it. */
#define LOOK_MS 200

/* Pages mark what stands at their foot by the class foot. */
static void
find_foot (GtkWidget *widget, GtkWidget *within, double *top)
{
  graphene_rect_t bounds;

  if (!gtk_widget_get_mapped (widget))
    return;
  if (gtk_widget_has_css_class (widget, "foot")) {
    if (gtk_widget_compute_bounds (widget, within, &bounds))
      *top = MIN (*top, (double)bounds.origin.y);
    return;
  }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    find_foot (child, within, top);
}

static int
measure_foot (JzWindow *self)
{
  GtkWidget *toasts = GTK_WIDGET (self->toasts);
  double height = gtk_widget_get_height (toasts);
  double top = height;

  find_foot (GTK_WIDGET (self->stack), toasts, &top);
  return (int)MIN (height - top, height * MAX_FOOT_SHARE);
}

/* The page below a message may be another one before it goes. */
static gboolean
keep_clear (gpointer data)
{
  JzWindow *self = data;
  gboolean has_toast = FALSE;

  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->toasts)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (g_str_equal (gtk_widget_get_css_name (child), "toast")) {
      has_toast = TRUE;
      gtk_widget_set_margin_bottom (child, measure_foot (self));
    }
  if (!has_toast)
    self->toast_watch = 0;
  return has_toast;
}

/* A message that waits for the one before it is laid out when its turn comes. */
static void
on_toasts_changed (GListModel *children,
                   guint position,
                   guint n_removed,
                   guint n_added,
                   JzWindow *self)
{
  if (n_added > 0 && keep_clear (self) && self->toast_watch == 0)
    self->toast_watch = g_timeout_add (LOOK_MS, keep_clear, self);
}

/**
 * jz_window_place_toasts:
 * @self: a window, with its template
 *
 * From now on what is told covers no control at the foot of a page.
 */
void
jz_window_place_toasts (JzWindow *self)
{
  self->toast_children = gtk_widget_observe_children (GTK_WIDGET (self->toasts));
  g_signal_connect_object (self->toast_children, "items-changed", G_CALLBACK (on_toasts_changed),
                           self, 0);
}

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
