/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/page_view.h"

#include <string.h>

#include "app/page_ink.h"
#include "app/page_tint.h"
#include "app/scrolling.h"
#include "pages/metrics.h"
#include "pages/places.h"

/* Between two pages and around them, in points. */
#define GAP 12.0

struct _JzPageView {
  GtkWidget parent_instance;

  JzPages *pages;
  GPtrArray *inks; /* (nullable element-type GskRenderNode): of each page, made when first seen */
  char *field;
  gboolean must_scroll;

  GArray *marks; /* JzPageMark */
  int current;   /* of the marks; -1 for none */
  gboolean must_show_mark;
  gboolean may_select;
  char *selected; /* (nullable): path of the value of which a part is selected */
  guint anchor;
  guint from;
  guint to;
};

enum {
  PICKED,
  MARKED,
  SELECTED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static const GdkRGBA white = { 1, 1, 1, 1 };
static const GdkRGBA edge = { 0.75f, 0.75f, 0.75f, 1 };
static const GdkRGBA chosen = { 0.60f, 0.78f, 1, 1 };
static const GdkRGBA mark_colours[] = {
  [JZ_PAGE_MARK_OPEN] = { 1, 0.85f, 0.30f, 1 },
  [JZ_PAGE_MARK_COVERED] = { 0.72f, 0.72f, 0.76f, 1 },
  [JZ_PAGE_MARK_KEPT] = { 0.74f, 0.92f, 0.74f, 1 },
};

G_DEFINE_FINAL_TYPE (JzPageView, jz_page_view, GTK_TYPE_WIDGET)

static guint
get_n_pages (JzPageView *self)
{
  return self->pages != NULL ? self->pages->pages->len : 0;
}

static double
get_top (guint page)
{
  return GAP + page * (JZ_PAGE_HEIGHT + GAP);
}

static double
get_scale (double width)
{
  return MAX (width, 1) / (JZ_PAGE_WIDTH + 2 * GAP);
}

static void
draw_marks (JzPageView *self, GtkSnapshot *snapshot, const JzPage *page)
{
  for (guint i = 0; i < self->marks->len; i++) {
    const JzPageMark *mark = &g_array_index (self->marks, JzPageMark, i);
    jz_page_tint_bytes (snapshot, page, mark->path, mark->start, mark->start + mark->length,
                        &mark_colours[mark->kind], (int)i == self->current);
  }
  if (self->selected != NULL && self->to > self->from)
    jz_page_tint_bytes (snapshot, page, self->selected, self->from, self->to, &chosen, FALSE);
}

static void
draw_page (JzPageView *self, GtkSnapshot *snapshot, guint i)
{
  const JzPage *page = g_ptr_array_index (self->pages->pages, i);

  gtk_snapshot_append_color (
    snapshot, &edge,
    &GRAPHENE_RECT_INIT (-1, -1, (float)JZ_PAGE_WIDTH + 2, (float)JZ_PAGE_HEIGHT + 2));
  gtk_snapshot_append_color (
    snapshot, &white, &GRAPHENE_RECT_INIT (0, 0, (float)JZ_PAGE_WIDTH, (float)JZ_PAGE_HEIGHT));
  if (self->field != NULL)
    jz_page_tint_field (snapshot, page, self->field);
  draw_marks (self, snapshot, page);
  if (g_ptr_array_index (self->inks, i) == NULL)
    g_ptr_array_index (self->inks, i) = jz_page_make_ink (page);
  gtk_snapshot_append_node (snapshot, g_ptr_array_index (self->inks, i));
}

static void
jz_page_view_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  JzPageView *self = JZ_PAGE_VIEW (widget);
  double scale = get_scale (gtk_widget_get_width (widget));

  gtk_snapshot_scale (snapshot, (float)scale, (float)scale);
  for (guint i = 0; i < get_n_pages (self); i++) {
    gtk_snapshot_save (snapshot);
    gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float)GAP, (float)get_top (i)));
    draw_page (self, snapshot, i);
    gtk_snapshot_restore (snapshot);
  }
}

static GtkSizeRequestMode
jz_page_view_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
jz_page_view_measure (GtkWidget *widget,
                      GtkOrientation orientation,
                      int for_size,
                      int *minimum,
                      int *natural,
                      int *minimum_baseline,
                      int *natural_baseline)
{
  JzPageView *self = JZ_PAGE_VIEW (widget);
  double scale = get_scale (for_size > 0 ? for_size : JZ_PAGE_WIDTH);

  if (orientation == GTK_ORIENTATION_HORIZONTAL) {
    *minimum = 200;
    *natural = (int)JZ_PAGE_WIDTH;
    return;
  }
  *minimum = *natural = (int)(get_top (get_n_pages (self)) * scale) + 1;
}

static gboolean
find_mark (JzPageView *self, guint *page, double *baseline)
{
  const JzPageMark *mark = self->current >= 0 && self->current < (int)self->marks->len
                             ? &g_array_index (self->marks, JzPageMark, self->current)
                             : NULL;
  JzPagePlace place;

  if (mark == NULL || self->pages == NULL ||
      !jz_pages_find_place (self->pages, mark->path, mark->start, &place))
    return FALSE;
  *page = place.page;
  *baseline = place.line->baseline;
  return TRUE;
}

/* What is seen already stays where it is. */
static gboolean
scroll_to_mark (gpointer data)
{
  JzPageView *self = data;
  GtkAdjustment *adjustment = jz_scrolling_find (data);
  double scale = get_scale (gtk_widget_get_width (data));
  double baseline = 0;
  guint page = 0;

  if (adjustment != NULL && self->must_show_mark && find_mark (self, &page, &baseline)) {
    double y = (get_top (page) + baseline) * scale;
    double top = gtk_adjustment_get_value (adjustment);
    double height = gtk_adjustment_get_page_size (adjustment);
    if (y < top + height / 10 || y > top + height * 0.9)
      gtk_adjustment_set_value (adjustment, y - height / 3);
  }
  self->must_show_mark = FALSE;
  return G_SOURCE_REMOVE;
}

static gboolean
scroll_to_field (gpointer data)
{
  JzPageView *self = data;
  GtkAdjustment *adjustment = jz_scrolling_find (data);
  double scale = get_scale (gtk_widget_get_width (data));
  double baseline = 0;
  guint page = 0;

  if (adjustment == NULL || !self->must_scroll)
    return G_SOURCE_REMOVE;
  self->must_scroll = FALSE;
  if (self->pages != NULL && self->field != NULL &&
      jz_page_tint_find_field (self->pages, self->field, &page, &baseline))
    gtk_adjustment_set_value (adjustment, (get_top (page) + baseline) * scale -
                                            gtk_adjustment_get_page_size (adjustment) / 3);
  else
    gtk_adjustment_set_value (adjustment, 0);
  return G_SOURCE_REMOVE;
}

/* Scrolling asks for another allocation, so it is done behind this one. */
static void
jz_page_view_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  JzPageView *self = JZ_PAGE_VIEW (widget);

  if (self->must_scroll)
    g_idle_add_full (G_PRIORITY_HIGH_IDLE, scroll_to_field, g_object_ref (self), g_object_unref);
  if (self->must_show_mark)
    g_idle_add_full (G_PRIORITY_HIGH_IDLE, scroll_to_mark, g_object_ref (self), g_object_unref);
}

static gboolean
press_mark (JzPageView *self, guint page, double x, double y)
{
  JzPagePick pick;

  if (self->marks->len == 0 || !jz_pages_pick (self->pages, page, x, y, NULL, &pick))
    return FALSE;
  for (guint i = 0; i < self->marks->len; i++) {
    const JzPageMark *mark = &g_array_index (self->marks, JzPageMark, i);
    if (strcmp (mark->path, pick.span->path) != 0 || pick.offset < mark->start ||
        pick.offset > mark->start + mark->length)
      continue;
    g_signal_emit (self, signals[MARKED], 0, i);
    return TRUE;
  }
  return FALSE;
}

static gboolean
pick_at (JzPageView *self, double x, double y, const char *only, JzPagePick *pick)
{
  double scale = get_scale (gtk_widget_get_width (GTK_WIDGET (self)));
  double from_top = y / scale - GAP;
  guint page = from_top > 0 ? (guint)(from_top / (JZ_PAGE_HEIGHT + GAP)) : 0;

  return self->may_select && page < get_n_pages (self) &&
         jz_pages_pick (self->pages, page, x / scale - GAP, y / scale - get_top (page), only, pick);
}

static void
on_drag_begin (GtkGestureDrag *gesture, double x, double y, JzPageView *self)
{
  JzPagePick pick;

  g_clear_pointer (&self->selected, g_free);
  self->from = self->to = 0;
  if (pick_at (self, x, y, NULL, &pick)) {
    self->selected = g_strdup (pick.span->path);
    self->anchor = self->from = self->to = pick.offset;
  }
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_signal_emit (self, signals[SELECTED], 0);
}

static void
on_drag_update (GtkGestureDrag *gesture, double dx, double dy, JzPageView *self)
{
  double x = 0;
  double y = 0;
  JzPagePick pick;

  gtk_gesture_drag_get_start_point (gesture, &x, &y);
  if (self->selected == NULL || !pick_at (self, x + dx, y + dy, self->selected, &pick))
    return;
  self->from = MIN (self->anchor, pick.offset);
  self->to = MAX (self->anchor, pick.offset);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_signal_emit (self, signals[SELECTED], 0);
}

static void
on_pressed (GtkGestureClick *gesture, int n_presses, double x, double y, JzPageView *self)
{
  double scale = get_scale (gtk_widget_get_width (GTK_WIDGET (self)));
  double from_top = y / scale - GAP;
  guint page = from_top > 0 ? (guint)(from_top / (JZ_PAGE_HEIGHT + GAP)) : 0;
  const JzPageSpan *span;

  if (page >= get_n_pages (self))
    return;
  if (press_mark (self, page, x / scale - GAP, y / scale - get_top (page)))
    return;
  span = jz_page_tint_find_span (g_ptr_array_index (self->pages->pages, page), x / scale - GAP,
                                 y / scale - get_top (page));
  if (span == NULL)
    return;
  g_free (self->field);
  self->field = g_strdup (span->path);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_signal_emit (self, signals[PICKED], 0, span->path);
}

static void
unref_node (gpointer data)
{
  if (data != NULL)
    gsk_render_node_unref (data);
}

static void
jz_page_view_dispose (GObject *object)
{
  JzPageView *self = JZ_PAGE_VIEW (object);

  g_clear_pointer (&self->pages, jz_pages_unref);
  g_ptr_array_set_size (self->inks, 0);
  G_OBJECT_CLASS (jz_page_view_parent_class)->dispose (object);
}

static void
jz_page_view_finalize (GObject *object)
{
  JzPageView *self = JZ_PAGE_VIEW (object);

  g_ptr_array_unref (self->inks);
  g_array_unref (self->marks);
  g_free (self->field);
  g_free (self->selected);
  G_OBJECT_CLASS (jz_page_view_parent_class)->finalize (object);
}

static void
jz_page_view_class_init (JzPageViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = jz_page_view_dispose;
  G_OBJECT_CLASS (klass)->finalize = jz_page_view_finalize;
  widget_class->snapshot = jz_page_view_snapshot;
  widget_class->get_request_mode = jz_page_view_get_request_mode;
  widget_class->measure = jz_page_view_measure;
  widget_class->size_allocate = jz_page_view_size_allocate;
  signals[PICKED] = g_signal_new ("picked", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[MARKED] = g_signal_new ("marked", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  signals[SELECTED] = g_signal_new ("selected", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                    NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_DOCUMENT);
}

static void
clear_mark (gpointer data)
{
  g_free (((JzPageMark *)data)->path);
}

static void
jz_page_view_init (JzPageView *self)
{
  GtkGesture *click = gtk_gesture_click_new ();
  GtkGesture *drag = gtk_gesture_drag_new ();

  self->inks = g_ptr_array_new_with_free_func (unref_node);
  self->marks = g_array_new (FALSE, FALSE, sizeof (JzPageMark));
  g_array_set_clear_func (self->marks, clear_mark);
  self->current = -1;
  g_signal_connect (click, "pressed", G_CALLBACK (on_pressed), self);
  g_signal_connect (drag, "drag-begin", G_CALLBACK (on_drag_begin), self);
  g_signal_connect (drag, "drag-update", G_CALLBACK (on_drag_update), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
}

/**
 * jz_page_view_new:
 *
 * Returns: (transfer floating): a view without pages, to be put into a scrolled window
 */
GtkWidget *
jz_page_view_new (void)
{
  return g_object_new (JZ_TYPE_PAGE_VIEW, NULL);
}

/**
 * jz_page_view_set_pages:
 * @self: a view
 * @pages: (nullable): what it shows; laid out on the main thread
 */
void
jz_page_view_set_pages (JzPageView *self, JzPages *pages)
{
  g_return_if_fail (JZ_IS_PAGE_VIEW (self));

  self->must_scroll = TRUE;
  jz_page_view_replace_pages (self, pages);
}

/**
 * jz_page_view_replace_pages:
 * @self: a view
 * @pages: (nullable): what it shows instead, at the same place
 */
void
jz_page_view_replace_pages (JzPageView *self, JzPages *pages)
{
  g_return_if_fail (JZ_IS_PAGE_VIEW (self));

  g_clear_pointer (&self->pages, jz_pages_unref);
  self->pages = pages != NULL ? jz_pages_ref (pages) : NULL;
  g_ptr_array_set_size (self->inks, 0);
  g_ptr_array_set_size (self->inks, (int)get_n_pages (self));
  g_clear_pointer (&self->field, g_free);
  if (pages != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                    pages->title, -1);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

/**
 * jz_page_view_set_field:
 * @self: a view
 * @path: (nullable): a field
 *
 * Tints the field and scrolls to it.
 */
void
jz_page_view_set_field (JzPageView *self, const char *path)
{
  g_return_if_fail (JZ_IS_PAGE_VIEW (self));

  g_free (self->field);
  self->field = g_strdup (path);
  self->must_scroll = TRUE;
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

/**
 * jz_page_view_get_field:
 * @self: a view
 *
 * Returns: (transfer none) (nullable): the field that is tinted
 */
const char *
jz_page_view_get_field (JzPageView *self)
{
  return self->field;
}

/**
 * jz_page_view_set_marks:
 * @self: a view
 * @marks: (array length=n_marks): parts of values that are marked
 * @n_marks: how many
 * @current: the one that is framed and scrolled to; -1 for none
 */
void
jz_page_view_set_marks (JzPageView *self, const JzPageMark *marks, guint n_marks, int current)
{
  g_return_if_fail (JZ_IS_PAGE_VIEW (self));

  g_array_set_size (self->marks, 0);
  for (guint i = 0; i < n_marks; i++) {
    JzPageMark mark = marks[i];
    mark.path = g_strdup (mark.path);
    g_array_append_val (self->marks, mark);
  }
  self->must_show_mark = current >= 0;
  self->current = current;
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

/**
 * jz_page_view_set_may_select:
 * @self: a view
 * @may_select: whether dragging selects a part of a value
 */
void
jz_page_view_set_may_select (JzPageView *self, gboolean may_select)
{
  g_return_if_fail (JZ_IS_PAGE_VIEW (self));

  self->may_select = may_select;
}

/**
 * jz_page_view_get_selection:
 * @self: a view
 * @start: (out): the first byte
 * @length: (out): how many
 *
 * Returns: (transfer none) (nullable): path of the value of which a part is selected
 */
const char *
jz_page_view_get_selection (JzPageView *self, guint *start, guint *length)
{
  if (self->selected == NULL || self->to <= self->from)
    return NULL;
  *start = self->from;
  *length = self->to - self->from;
  return self->selected;
}

/**
 * jz_page_view_clear_selection:
 * @self: a view
 */
void
jz_page_view_clear_selection (JzPageView *self)
{
  g_clear_pointer (&self->selected, g_free);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_signal_emit (self, signals[SELECTED], 0);
}
