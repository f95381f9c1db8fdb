/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/case/coverage_bar.h"

#include <string.h>

/* How much of a step was recorded, from its beginning to its end: what is covered is plain, what is
 * not is red, what is explained is hatched, so that it is told apart without colours too. */

#define HEIGHT 18
#define LEAST_WIDTH 120
#define HATCH 6
/* A gap is seen however short it is beside the whole. */
#define LEAST_SEGMENT 4

struct _JzCoverageBar {
  GtkWidget parent_instance;

  JzJson *segments;
  gint64 total;
};

G_DEFINE_FINAL_TYPE (JzCoverageBar, jz_coverage_bar, GTK_TYPE_WIDGET)

static GdkRGBA
get_colour (GtkWidget *widget, const char *name, float alpha)
{
  GdkRGBA colour = { 0.5f, 0.5f, 0.5f, 1 };

  (void)gtk_style_context_lookup_color (gtk_widget_get_style_context (widget), name, &colour);
  colour.alpha *= alpha;
  return colour;
}

/* Stripes from corner to corner. */
static void
hatch (GtkSnapshot *snapshot, const graphene_rect_t *area, const GdkRGBA *colour)
{
  const GdkRGBA none = { colour->red, colour->green, colour->blue, 0.15f };
  const GskColorStop stops[] = { { 0, *colour }, { 0.5f, *colour }, { 0.5f, none }, { 1, none } };
  const graphene_point_t end = { area->origin.x + HATCH, area->origin.y + HATCH };

  gtk_snapshot_append_repeating_linear_gradient (snapshot, area, &area->origin, &end, stops,
                                                 G_N_ELEMENTS (stops));
}

static void
draw_segment (GtkWidget *widget,
              GtkSnapshot *snapshot,
              const graphene_rect_t *area,
              const char *kind)
{
  GdkRGBA colour;

  if (strcmp (kind, "covered") == 0) {
    colour = get_colour (widget, "success_bg_color", 1);
    gtk_snapshot_append_color (snapshot, &colour, area);
  } else if (strcmp (kind, "gap") == 0) {
    colour = get_colour (widget, "error_bg_color", 1);
    gtk_snapshot_append_color (snapshot, &colour, area);
  } else {
    colour = get_colour (widget,
                         strcmp (kind, "waiting") == 0 ? "warning_color" : "window_fg_color", 0.8f);
    hatch (snapshot, area, &colour);
  }
}

static void
jz_coverage_bar_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  JzCoverageBar *self = JZ_COVERAGE_BAR (widget);
  float width = (float)gtk_widget_get_width (widget);
  float height = (float)gtk_widget_get_height (widget);

  for (guint i = 0; i < jz_json_get_n_items (self->segments); i++) {
    const JzJson *segment = jz_json_get_item (self->segments, i);
    double at = (double)jz_json_get_member_integer (segment, "at", 0) / (double)self->total;
    double part = (double)jz_json_get_member_integer (segment, "length", 0) / (double)self->total;
    float from = (float)at * width;
    float wide = MAX ((float)part * width, LEAST_SEGMENT);
    graphene_rect_t area =
      GRAPHENE_RECT_INIT (MIN (from, width - LEAST_SEGMENT), 0, MIN (wide, width - from), height);
    draw_segment (widget, snapshot, &area, jz_json_get_member_text (segment, "kind"));
  }
}

static void
jz_coverage_bar_measure (GtkWidget *widget,
                         GtkOrientation orientation,
                         int for_size,
                         int *minimum,
                         int *natural,
                         int *minimum_baseline,
                         int *natural_baseline)
{
  *minimum = *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? LEAST_WIDTH : HEIGHT;
}

static void
jz_coverage_bar_finalize (GObject *object)
{
  g_clear_pointer (&JZ_COVERAGE_BAR (object)->segments, jz_json_unref);
  G_OBJECT_CLASS (jz_coverage_bar_parent_class)->finalize (object);
}

static void
jz_coverage_bar_class_init (JzCoverageBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = jz_coverage_bar_finalize;
  widget_class->snapshot = jz_coverage_bar_snapshot;
  widget_class->measure = jz_coverage_bar_measure;
  gtk_widget_class_set_css_name (widget_class, "coverage");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
jz_coverage_bar_init (JzCoverageBar *self)
{
  gtk_widget_set_hexpand (GTK_WIDGET (self), TRUE);
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
}

/**
 * jz_coverage_bar_new:
 * @segments: `bar` of jz_case_recordings_list()
 * @name: what it shows, in words, for who does not see it
 *
 * Returns: (transfer floating): the bar
 */
GtkWidget *
jz_coverage_bar_new (const JzJson *segments, const char *name)
{
  JzCoverageBar *self = g_object_new (JZ_TYPE_COVERAGE_BAR, NULL);

  self->segments = jz_json_ref ((JzJson *)segments);
  for (guint i = 0; i < jz_json_get_n_items (segments); i++)
    self->total += jz_json_get_member_integer (jz_json_get_item (segments, i), "length", 0);
  self->total = MAX (self->total, 1);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  return GTK_WIDGET (self);
}
