/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "app/viewer/sheet_view-private.h"

/* Where each page stands. Heights are known page by page, and a guess until then, so that a paper
 * of a hundred thousand pages opens at once; the page in front stays in front when a guess is
 * mended. */

static gboolean
is_lying (JzSheetView *self)
{
  return self->quarters % 2 != 0;
}

double
jz_sheet_view_get_page_width (JzSheetView *self)
{
  double width = gtk_widget_get_width (GTK_WIDGET (self)) - 2 * JZ_SHEET_GAP;
  return MAX (width, 40) * self->zoom;
}

double
jz_sheet_view_get_page_height (JzSheetView *self, guint page)
{
  double ratio = jz_sheet_source_get_ratio (self->source, page);
  return jz_sheet_view_get_page_width (self) * (is_lying (self) ? 1 / ratio : ratio);
}

static guint
get_n_pages (JzSheetView *self)
{
  return self->source != NULL ? jz_sheet_source_get_n_pages (self->source) : 0;
}

/* Half way down the view, which is the page that people mean. */
static guint
find_at (JzSheetView *self, double y)
{
  guint low = 0;
  guint high = get_n_pages (self);

  while (low + 1 < high) {
    guint middle = low + (high - low) / 2;
    if (self->tops[middle] <= y)
      low = middle;
    else
      high = middle;
  }
  return low;
}

static void
set_range (GtkAdjustment *adjustment, double value, double upper, double page)
{
  if (adjustment == NULL)
    return;
  upper = MAX (upper, page);
  gtk_adjustment_configure (adjustment, CLAMP (value, 0, upper - page), 0, upper, page * 0.1,
                            page * 0.9, page);
}

/**
 * jz_sheet_view_lay_out:
 * @self: a view
 *
 * Places the pages anew and keeps what is in front where it is.
 */
void
jz_sheet_view_lay_out (JzSheetView *self)
{
  double height = gtk_widget_get_height (GTK_WIDGET (self));
  double width = gtk_widget_get_width (GTK_WIDGET (self));
  double value = self->vadjustment != NULL ? gtk_adjustment_get_value (self->vadjustment) : 0;
  guint n_pages = get_n_pages (self);
  guint front = 0;
  double share = 0;
  double top = JZ_SHEET_GAP;

  if (n_pages == 0 || height <= 0)
    return;
  if (self->tops != NULL) {
    front = find_at (self, value);
    share = (value - self->tops[front]) / MAX (self->tops[front + 1] - self->tops[front], 1);
  } else {
    self->tops = g_new0 (double, n_pages + 1);
  }
  for (guint i = 0; i < n_pages; i++) {
    self->tops[i] = top;
    top += jz_sheet_view_get_page_height (self, i) + JZ_SHEET_GAP;
  }
  self->tops[n_pages] = top;
  value = front == 0 && share <= 0
            ? value
            : self->tops[front] + share * (self->tops[front + 1] - self->tops[front]);
  set_range (self->vadjustment, value, top, height);
  set_range (self->hadjustment,
             self->hadjustment != NULL ? gtk_adjustment_get_value (self->hadjustment) : 0,
             jz_sheet_view_get_page_width (self) + 2 * JZ_SHEET_GAP, width);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* Where a page stands in the view now. */
graphene_rect_t
jz_sheet_view_get_page_place (JzSheetView *self, guint page)
{
  double width = jz_sheet_view_get_page_width (self);
  double room = gtk_widget_get_width (GTK_WIDGET (self));
  double x = width + 2 * JZ_SHEET_GAP > room
               ? JZ_SHEET_GAP - gtk_adjustment_get_value (self->hadjustment)
               : (room - width) / 2;

  return GRAPHENE_RECT_INIT (
    (float)x, (float)(self->tops[page] - gtk_adjustment_get_value (self->vadjustment)),
    (float)width, (float)jz_sheet_view_get_page_height (self, page));
}

/**
 * jz_sheet_view_find_page:
 * @self: a view
 * @x: a point of it
 * @y: a point of it
 * @page: (out): the page that is nearest
 * @px: (out): the same point as a share of the width of the upright page
 * @py: (out): and of its height
 *
 * Returns: whether there is a page
 */
gboolean
jz_sheet_view_find_page (JzSheetView *self, double x, double y, guint *page, double *px, double *py)
{
  graphene_rect_t place;
  double u, v;

  if (get_n_pages (self) == 0 || self->tops == NULL)
    return FALSE;
  *page = find_at (self, y + gtk_adjustment_get_value (self->vadjustment));
  place = jz_sheet_view_get_page_place (self, *page);
  u = (x - place.origin.x) / place.size.width;
  v = (y - place.origin.y) / place.size.height;
  switch ((self->quarters % 4 + 4) % 4) {
  case 1:
    *px = v;
    *py = 1 - u;
    break;
  case 2:
    *px = 1 - u;
    *py = 1 - v;
    break;
  case 3:
    *px = 1 - v;
    *py = u;
    break;
  default:
    *px = u;
    *py = v;
  }
  return TRUE;
}

void
jz_sheet_view_get_seen (JzSheetView *self, guint *first, guint *last)
{
  double value = gtk_adjustment_get_value (self->vadjustment);

  *first = find_at (self, value);
  *last = find_at (self, value + gtk_widget_get_height (GTK_WIDGET (self)));
}

/**
 * jz_sheet_view_get_page:
 * @self: a view
 *
 * Returns: the page that is in front, from 0
 */
guint
jz_sheet_view_get_page (JzSheetView *self)
{
  if (self->tops == NULL)
    return 0;
  return find_at (self, gtk_adjustment_get_value (self->vadjustment) +
                          gtk_widget_get_height (GTK_WIDGET (self)) / 2.0);
}

/**
 * jz_sheet_view_go:
 * @self: a view
 * @page: a page, from 0
 *
 * Shows its beginning.
 */
void
jz_sheet_view_go (JzSheetView *self, guint page)
{
  if (self->tops != NULL && page < get_n_pages (self))
    gtk_adjustment_set_value (self->vadjustment, self->tops[page] - JZ_SHEET_GAP);
}
