/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/player/time_line.h"

#include <glib/gi18n-lib.h>

#include "app/player/moment.h"

#define HEIGHT 44
#define EDGE 8.0

typedef struct {
  gint64 from;
  gint64 until;
} Bad;

struct _JzTimeLine {
  GtkWidget parent_instance;

  GtkGesture *drag;
  GArray *peaks; /* (nullable) guint8 */
  JzJson *marks; /* (nullable) */
  GArray *bad;   /* Bad */
  gint64 position;
  gint64 duration; /* -1 while it is not known */
  gint64 from;     /* of the stretch that is being marked; -1 for none */
  gint64 until;
};

enum {
  SOUGHT,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (JzTimeLine, jz_time_line, GTK_TYPE_WIDGET)

static double
get_inner (JzTimeLine *self)
{
  return MAX (gtk_widget_get_width (GTK_WIDGET (self)) - 2 * EDGE, 1);
}

static double
get_x (JzTimeLine *self, gint64 moment)
{
  double share = self->duration > 0 ? (double)moment / (double)self->duration : 0;
  return EDGE + get_inner (self) * CLAMP (share, 0, 1);
}

static void
fill (GtkSnapshot *snapshot, const GdkRGBA *colour, double x, double y, double width, double height)
{
  gtk_snapshot_append_color (snapshot, colour,
                             &GRAPHENE_RECT_INIT ((float)x, (float)y, (float)width, (float)height));
}

static GdkRGBA
get_colour (JzTimeLine *self, const char *name, float alpha)
{
  GtkStyleContext *style = gtk_widget_get_style_context (GTK_WIDGET (self));
  GdkRGBA colour = { 0.5f, 0.5f, 0.5f, 1 };

  gtk_style_context_lookup_color (style, name, &colour);
  colour.alpha *= alpha;
  return colour;
}

/* One column of the picture is the loudest of what it stands for. */
static void
draw_peaks (JzTimeLine *self, GtkSnapshot *snapshot, double height)
{
  GdkRGBA colour = get_colour (self, "accent_color", 0.55f);
  guint n = (guint)get_inner (self);

  for (guint x = 0; x < n; x++) {
    guint first = (guint)((guint64)x * self->peaks->len / n);
    guint last = MAX ((guint)((guint64)(x + 1) * self->peaks->len / n), first + 1);
    guint8 peak = 0;
    for (guint i = first; i < last && i < self->peaks->len; i++)
      peak = MAX (peak, g_array_index (self->peaks, guint8, i));
    if (peak > 0)
      fill (snapshot, &colour, EDGE + x, height / 2 - peak * height / 512, 1, peak * height / 256);
  }
}

static void
draw_marks (JzTimeLine *self, GtkSnapshot *snapshot, double height)
{
  GdkRGBA colour = get_colour (self, "warning_color", 1);
  GdkRGBA pale = get_colour (self, "warning_color", 0.35f);

  for (guint i = 0; self->marks != NULL && i < jz_json_get_n_items (self->marks); i++) {
    const JzJson *mark = jz_json_get_item (self->marks, i);
    gint64 at = jz_json_get_member_integer (mark, "at", 0);
    gint64 until = jz_json_get_member_integer (mark, "until", at);
    double x = get_x (self, at);
    if (until > at)
      fill (snapshot, &pale, x, height - 8, MAX (get_x (self, until) - x, 2), 8);
    fill (snapshot, &colour, x - 1, height - 14, 3, 14);
  }
}

static void
draw_bad (JzTimeLine *self, GtkSnapshot *snapshot, double height)
{
  GdkRGBA colour = get_colour (self, "error_color", 0.75f);

  for (guint i = 0; i < self->bad->len; i++) {
    const Bad *bad = &g_array_index (self->bad, Bad, i);
    double x = get_x (self, bad->from);
    fill (snapshot, &colour, x, 0, MAX (get_x (self, bad->until) - x, 3), height);
  }
}

static void
jz_time_line_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  JzTimeLine *self = JZ_TIME_LINE (widget);
  double height = gtk_widget_get_height (widget);
  GdkRGBA ground = get_colour (self, "window_fg_color", 0.10f);
  GdkRGBA chosen = get_colour (self, "accent_color", 0.25f);
  GdkRGBA hand = get_colour (self, "window_fg_color", 1);

  fill (snapshot, &ground, EDGE, 0, get_inner (self), height);
  if (self->from >= 0) {
    gint64 until = self->until >= self->from ? self->until : self->from;
    fill (snapshot, &chosen, get_x (self, self->from), 0,
          MAX (get_x (self, until) - get_x (self, self->from), 2), height);
  }
  if (self->peaks != NULL && self->peaks->len > 0)
    draw_peaks (self, snapshot, height);
  draw_bad (self, snapshot, height);
  draw_marks (self, snapshot, height);
  fill (snapshot, &hand, get_x (self, self->position) - 1, 0, 3, height);
}

static void
jz_time_line_measure (GtkWidget *widget,
                      GtkOrientation orientation,
                      int for_size,
                      int *minimum,
                      int *natural,
                      int *minimum_baseline,
                      int *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? 120 : HEIGHT;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? 480 : HEIGHT;
}

static void
seek (JzTimeLine *self, double x, gboolean is_exact)
{
  double share = CLAMP ((x - EDGE) / get_inner (self), 0, 1);

  if (self->duration > 0)
    g_signal_emit (self, signals[SOUGHT], 0, (gint64)(share * (double)self->duration), is_exact);
}

static void
on_drag_begin (JzTimeLine *self, double x, double y)
{
  seek (self, x, FALSE);
}

static void
on_drag_update (JzTimeLine *self, double dx, double dy)
{
  double x = 0;
  double y = 0;

  gtk_gesture_drag_get_start_point (GTK_GESTURE_DRAG (self->drag), &x, &y);
  seek (self, x + dx, FALSE);
}

static void
on_drag_end (JzTimeLine *self, double dx, double dy)
{
  double x = 0;
  double y = 0;

  gtk_gesture_drag_get_start_point (GTK_GESTURE_DRAG (self->drag), &x, &y);
  seek (self, x + dx, TRUE);
}

static void
jz_time_line_finalize (GObject *object)
{
  JzTimeLine *self = JZ_TIME_LINE (object);

  g_clear_pointer (&self->peaks, g_array_unref);
  g_clear_pointer (&self->marks, jz_json_unref);
  g_array_unref (self->bad);
  G_OBJECT_CLASS (jz_time_line_parent_class)->finalize (object);
}

static void
jz_time_line_class_init (JzTimeLineClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = jz_time_line_finalize;
  widget_class->snapshot = jz_time_line_snapshot;
  widget_class->measure = jz_time_line_measure;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_SLIDER);
  signals[SOUGHT] = g_signal_new ("sought", JZ_TYPE_TIME_LINE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 2, G_TYPE_INT64, G_TYPE_BOOLEAN);
}

static void
tell_value (JzTimeLine *self)
{
  g_autofree char *text = jz_moment_dup (self->position);

  gtk_accessible_update_property (
    GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_VALUE_MIN, 0.0,
    GTK_ACCESSIBLE_PROPERTY_VALUE_MAX, (double)MAX (self->duration, 0) / JZ_SECOND,
    GTK_ACCESSIBLE_PROPERTY_VALUE_NOW, (double)self->position / JZ_SECOND,
    GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, text, -1);
}

static void
jz_time_line_init (JzTimeLine *self)
{
  self->bad = g_array_new (FALSE, FALSE, sizeof (Bad));
  self->duration = -1;
  self->from = -1;
  self->drag = gtk_gesture_drag_new ();
  g_signal_connect_swapped (self->drag, "drag-begin", G_CALLBACK (on_drag_begin), self);
  g_signal_connect_swapped (self->drag, "drag-update", G_CALLBACK (on_drag_update), self);
  g_signal_connect_swapped (self->drag, "drag-end", G_CALLBACK (on_drag_end), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (self->drag));
  gtk_widget_set_hexpand (GTK_WIDGET (self), TRUE);
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Position in the recording"), -1);
  tell_value (self);
}

/**
 * jz_time_line_new:
 *
 * Returns: (transfer floating): a time line without a recording
 */
GtkWidget *
jz_time_line_new (void)
{
  return g_object_new (JZ_TYPE_TIME_LINE, NULL);
}

/**
 * jz_time_line_set_times:
 * @self: a time line
 * @position: where the recording is
 * @duration: how long it is, -1 where that is not known
 */
void
jz_time_line_set_times (JzTimeLine *self, gint64 position, gint64 duration)
{
  gboolean is_other_second = self->position / JZ_SECOND != position / JZ_SECOND;

  if (self->position == position && self->duration == duration)
    return;
  is_other_second = is_other_second || self->duration != duration;
  self->position = position;
  self->duration = duration;
  if (is_other_second)
    tell_value (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * jz_time_line_set_peaks:
 * @self: a time line
 * @peaks: (nullable) (element-type guint8): how loud it is, over the whole time
 */
void
jz_time_line_set_peaks (JzTimeLine *self, GArray *peaks)
{
  g_clear_pointer (&self->peaks, g_array_unref);
  self->peaks = peaks != NULL ? g_array_ref (peaks) : NULL;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * jz_time_line_set_marks:
 * @self: a time line
 * @marks: (nullable): as of jz_recording_find()
 */
void
jz_time_line_set_marks (JzTimeLine *self, const JzJson *marks)
{
  g_clear_pointer (&self->marks, jz_json_unref);
  self->marks = marks != NULL ? jz_json_ref (marks) : NULL;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * jz_time_line_set_stretch:
 * @self: a time line
 * @from: where a stretch begins that is being marked, -1 for none
 * @until: where it ends, or less while it has no end
 */
void
jz_time_line_set_stretch (JzTimeLine *self, gint64 from, gint64 until)
{
  self->from = from;
  self->until = until;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * jz_time_line_add_bad:
 * @self: a time line
 * @from: first moment of a stretch that is not what was written
 * @until: its last
 */
void
jz_time_line_add_bad (JzTimeLine *self, gint64 from, gint64 until)
{
  Bad bad = { from, until };

  g_array_append_val (self->bad, bad);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * jz_time_line_clear:
 * @self: a time line
 *
 * Another recording comes.
 */
void
jz_time_line_clear (JzTimeLine *self)
{
  jz_time_line_set_peaks (self, NULL);
  jz_time_line_set_marks (self, NULL);
  jz_time_line_set_stretch (self, -1, -1);
  g_array_set_size (self->bad, 0);
  jz_time_line_set_times (self, 0, -1);
}
