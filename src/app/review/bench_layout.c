/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/review/bench-private.h"

#include "app/appearance.h"

/* Two panes are enough where there is no room for three: the third takes the second's place. */

/* A window narrower than this shows two panes; the third is shown instead of the second by F10. */
#define WIDE 1500
#define LARGE_PERCENT 150

static GtkWidgetClass *
get_parent_class (void)
{
  return g_type_class_peek (ADW_TYPE_BIN);
}

/**
 * jz_review_bench_update_panes:
 * @self: a workbench
 *
 * Shows the panes for which there is room.
 */
void
jz_review_bench_update_panes (JzReviewBench *self)
{
  gboolean shows = self->is_wide || self->shows_findings;

  gtk_widget_set_visible (GTK_WIDGET (self->material), self->is_wide || !shows);
  gtk_widget_set_visible (GTK_WIDGET (self->findings), shows);
  gtk_widget_set_visible (self->findings_separator, self->is_wide);
  gtk_widget_set_hexpand (GTK_WIDGET (self->findings), !self->is_wide);
  gtk_widget_set_visible (GTK_WIDGET (self->findings_button), !self->is_wide);
  gtk_toggle_button_set_active (self->findings_button, shows);
}

static void
toggle_findings (GtkWidget *widget, const char *action, GVariant *parameter)
{
  JzReviewBench *self = JZ_REVIEW_BENCH (widget);

  self->shows_findings = !self->shows_findings;
  jz_review_bench_update_panes (self);
}

static gboolean
on_width_changed (gpointer data)
{
  JzReviewBench *self = data;

  self->layout_id = 0;
  jz_review_bench_update_panes (self);
  return G_SOURCE_REMOVE;
}

/* The panes are changed behind the layout that is under way. */
static void
on_surface_laid_out (GdkSurface *surface, int width, int height, JzReviewBench *self)
{
  gboolean is_wide = width >= WIDE;

  if (is_wide == self->is_wide)
    return;
  self->is_wide = is_wide;
  if (self->layout_id == 0)
    self->layout_id = g_idle_add (on_width_changed, self);
}

static void
realize (GtkWidget *widget)
{
  JzReviewBench *self = JZ_REVIEW_BENCH (widget);
  GdkSurface *surface;

  get_parent_class ()->realize (widget);
  surface = gtk_native_get_surface (gtk_widget_get_native (widget));
  g_signal_connect (surface, "layout", G_CALLBACK (on_surface_laid_out), self);
  on_surface_laid_out (surface, gdk_surface_get_width (surface), 0, self);
}

static void
unrealize (GtkWidget *widget)
{
  GdkSurface *surface = gtk_native_get_surface (gtk_widget_get_native (widget));

  g_signal_handlers_disconnect_by_func (surface, on_surface_laid_out, widget);
  get_parent_class ()->unrealize (widget);
}

/**
 * jz_review_bench_install_layout:
 * @widget_class: of the workbench
 */
void
jz_review_bench_install_layout (GtkWidgetClass *widget_class)
{
  widget_class->realize = realize;
  widget_class->unrealize = unrealize;
  gtk_widget_class_install_action (widget_class, "review.toggle-findings", NULL, toggle_findings);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F10, 0, "review.toggle-findings",
                                       NULL);
}

/* Where type is large, the reason has a line of its own, or there is no room to write it. */
static void
place_reason (JzReviewBench *self)
{
  gboolean is_large = jz_appearance_get_type_percent () >= LARGE_PERCENT;
  GtkWidget *box = is_large ? self->bar : self->bar_line;
  GtkWidget *before = is_large ? self->bar_line : GTK_WIDGET (self->verdicts);
  g_autoptr (GtkWidget) reason = g_object_ref (GTK_WIDGET (self->reason));

  if (gtk_widget_get_parent (reason) == box)
    return;
  gtk_box_remove (GTK_BOX (gtk_widget_get_parent (reason)), reason);
  gtk_box_insert_child_after (GTK_BOX (box), reason, before);
}

/**
 * jz_review_bench_init_layout:
 * @self: a workbench
 *
 * Lays it out by the room and the size of type that there are.
 */
void
jz_review_bench_init_layout (JzReviewBench *self)
{
  place_reason (self);
  g_signal_connect_object (gtk_settings_get_default (), "notify::gtk-xft-dpi",
                           G_CALLBACK (place_reason), self, G_CONNECT_SWAPPED);
  jz_review_bench_update_panes (self);
}
