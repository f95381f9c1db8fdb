/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/page_view.h"

#include <string.h>

#include "pages/metrics.h"

/* Between two pages and around them, in points. */
#define GAP 12.0
/* A line's part above and below its baseline, as a share of its size. */
#define ASCENT 0.95
#define DESCENT 0.30

struct _JzPageView {
  GtkWidget parent_instance;

  JzPages *pages;
  GPtrArray *inks; /* (nullable element-type GskRenderNode): of each page, made when first seen */
  char *field;
  gboolean must_scroll;
};

enum {
  PICKED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static const GdkRGBA white = { 1, 1, 1, 1 };
static const GdkRGBA black = { 0, 0, 0, 1 };
static const GdkRGBA edge = { 0.75f, 0.75f, 0.75f, 1 };
static const GdkRGBA tint = { 1, 0.91f, 0.55f, 1 };

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
fill (GtkSnapshot *snapshot, const GdkRGBA *colour, double x, double y, double width, double height)
{
  gtk_snapshot_append_color (snapshot, colour,
                             &GRAPHENE_RECT_INIT ((float)x, (float)y, (float)width, (float)height));
}

static void
draw_line (GtkSnapshot *snapshot, const JzPageLine *line)
{
  double x = line->x;

  for (GSList *runs = jz_page_line_get (line)->runs; runs != NULL; runs = runs->next) {
    const PangoLayoutRun *run = runs->data;
    GskRenderNode *node =
      gsk_text_node_new (run->item->analysis.font, run->glyphs, &black,
                         &GRAPHENE_POINT_INIT ((float)x, (float)line->baseline));
    if (node != NULL) {
      gtk_snapshot_append_node (snapshot, node);
      gsk_render_node_unref (node);
    }
    x += (double)pango_glyph_string_get_width (run->glyphs) / PANGO_SCALE;
  }
}

static void
draw_box (GtkSnapshot *snapshot, const JzPageBox *box)
{
  double w = box->line_width;

  fill (snapshot, &black, box->x - w / 2, box->y - w / 2, box->width + w, w);
  fill (snapshot, &black, box->x - w / 2, box->y + box->height - w / 2, box->width + w, w);
  fill (snapshot, &black, box->x - w / 2, box->y, w, box->height);
  fill (snapshot, &black, box->x + box->width - w / 2, box->y, w, box->height);
}

static void
draw_strokes (GtkSnapshot *snapshot, const JzPage *page)
{
  cairo_t *cr = gtk_snapshot_append_cairo (
    snapshot, &GRAPHENE_RECT_INIT (0, 0, (float)JZ_PAGE_WIDTH, (float)JZ_PAGE_HEIGHT));

  for (guint i = 0; i < page->strokes->len; i++) {
    const JzPageStroke *stroke = &g_array_index (page->strokes, JzPageStroke, i);
    cairo_set_line_width (cr, stroke->line_width);
    cairo_move_to (cr, stroke->x1, stroke->y1);
    cairo_line_to (cr, stroke->x2, stroke->y2);
    cairo_stroke (cr);
  }
  cairo_destroy (cr);
}

static GskRenderNode *
make_ink (const JzPage *page)
{
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  GskRenderNode *node;

  for (guint i = 0; i < page->boxes->len; i++)
    draw_box (snapshot, &g_array_index (page->boxes, JzPageBox, i));
  if (page->strokes->len > 0)
    draw_strokes (snapshot, page);
  for (guint i = 0; i < page->lines->len; i++)
    draw_line (snapshot, g_ptr_array_index (page->lines, i));
  node = gtk_snapshot_free_to_node (snapshot);
  return node != NULL ? node : gsk_container_node_new (NULL, 0);
}

/* Of "party" also "party.name", of "points" also "points[2].basis". */
static gboolean
is_under (const char *path, const char *field)
{
  gsize length = strlen (field);

  return strncmp (path, field, length) == 0 &&
         (path[length] == '\0' || path[length] == '.' || path[length] == '[');
}

/* Where a part of a line begins and ends, from the left of the page. */
static void
get_range (const JzPageLine *line, guint start, guint end, double *left, double *right)
{
  PangoLayoutLine *text = jz_page_line_get (line);
  int first = MAX ((int)start, text->start_index);
  int last = MIN ((int)end, text->start_index + text->length);
  int x1 = 0;
  int x2 = 0;
  int origin = 0;

  pango_layout_line_index_to_x (text, text->start_index, FALSE, &origin);
  pango_layout_line_index_to_x (text, first, FALSE, &x1);
  pango_layout_line_index_to_x (text, last, FALSE, &x2);
  *left = line->x + (double)(x1 - origin) / PANGO_SCALE;
  *right = line->x + (double)(x2 - origin) / PANGO_SCALE;
}

static gboolean
is_on_line (const JzPageLine *line, const JzPageSpan *span)
{
  PangoLayoutLine *text = jz_page_line_get (line);

  return (int)span->start < text->start_index + text->length && (int)span->end > text->start_index;
}

static void
draw_tint (JzPageView *self, GtkSnapshot *snapshot, const JzPage *page)
{
  for (guint i = 0; self->field != NULL && i < page->lines->len; i++) {
    const JzPageLine *line = g_ptr_array_index (page->lines, i);
    for (guint j = 0; j < line->text->spans->len; j++) {
      const JzPageSpan *span = &g_array_index (line->text->spans, JzPageSpan, j);
      double left, right;
      if (!is_under (span->path, self->field) || !is_on_line (line, span))
        continue;
      get_range (line, span->start, span->end, &left, &right);
      fill (snapshot, &tint, left, line->baseline - line->size * ASCENT, right - left,
            line->size * (ASCENT + DESCENT));
    }
  }
}

static void
draw_page (JzPageView *self, GtkSnapshot *snapshot, guint i)
{
  const JzPage *page = g_ptr_array_index (self->pages->pages, i);

  fill (snapshot, &edge, -1, -1, JZ_PAGE_WIDTH + 2, JZ_PAGE_HEIGHT + 2);
  fill (snapshot, &white, 0, 0, JZ_PAGE_WIDTH, JZ_PAGE_HEIGHT);
  draw_tint (self, snapshot, page);
  if (g_ptr_array_index (self->inks, i) == NULL)
    g_ptr_array_index (self->inks, i) = make_ink (page);
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

/* The first line of the field: its page and its baseline there. */
static gboolean
find_field (JzPageView *self, guint *page, double *baseline)
{
  for (guint i = 0; self->field != NULL && i < get_n_pages (self); i++) {
    const JzPage *at = g_ptr_array_index (self->pages->pages, i);
    for (guint j = 0; j < at->lines->len; j++) {
      const JzPageLine *line = g_ptr_array_index (at->lines, j);
      for (guint k = 0; k < line->text->spans->len; k++) {
        const JzPageSpan *span = &g_array_index (line->text->spans, JzPageSpan, k);
        if (!is_under (span->path, self->field) || !is_on_line (line, span))
          continue;
        *page = i;
        *baseline = line->baseline;
        return TRUE;
      }
    }
  }
  return FALSE;
}

static gboolean
scroll_to_field (gpointer data)
{
  JzPageView *self = data;
  GtkWidget *scroller = gtk_widget_get_ancestor (data, GTK_TYPE_SCROLLED_WINDOW);
  GtkAdjustment *adjustment =
    scroller != NULL ? gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller)) : NULL;
  double scale = get_scale (gtk_widget_get_width (data));
  double baseline = 0;
  guint page = 0;

  if (adjustment == NULL || !self->must_scroll)
    return G_SOURCE_REMOVE;
  self->must_scroll = FALSE;
  if (find_field (self, &page, &baseline))
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
}

static const JzPageSpan *
find_span (const JzPage *page, double x, double y)
{
  for (guint i = 0; i < page->lines->len; i++) {
    const JzPageLine *line = g_ptr_array_index (page->lines, i);
    if (y < line->baseline - line->size * ASCENT || y > line->baseline + line->size * DESCENT)
      continue;
    for (guint j = 0; j < line->text->spans->len; j++) {
      const JzPageSpan *span = &g_array_index (line->text->spans, JzPageSpan, j);
      double left, right;
      if (!is_on_line (line, span))
        continue;
      get_range (line, span->start, span->end, &left, &right);
      if (x >= left && x <= right)
        return span;
    }
  }
  return NULL;
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
  span = find_span (g_ptr_array_index (self->pages->pages, page), x / scale - GAP,
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
  g_free (self->field);
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
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_DOCUMENT);
}

static void
jz_page_view_init (JzPageView *self)
{
  GtkGesture *click = gtk_gesture_click_new ();

  self->inks = g_ptr_array_new_with_free_func (unref_node);
  g_signal_connect (click, "pressed", G_CALLBACK (on_pressed), self);
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

  g_clear_pointer (&self->pages, jz_pages_unref);
  self->pages = pages != NULL ? jz_pages_ref (pages) : NULL;
  g_ptr_array_set_size (self->inks, 0);
  g_ptr_array_set_size (self->inks, (int)get_n_pages (self));
  g_clear_pointer (&self->field, g_free);
  self->must_scroll = TRUE;
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
