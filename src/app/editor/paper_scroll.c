/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/editor/paper-private.h"
#include "app/scrolling.h"

/* What is seen of the pages. */

/* Which pages are seen; those beside them are ready when somebody scrolls. */
void
jz_paper_update_visible (JzPaper *self)
{
  GtkAdjustment *adjustment = jz_scrolling_find (GTK_WIDGET (self));
  double from = 0;
  double to = G_MAXDOUBLE;
  guint n_pages = self->pages != NULL ? self->pages->pages->len : 0;
  if (adjustment != NULL && gtk_adjustment_get_page_size (adjustment) > 0) {
    double half = gtk_adjustment_get_page_size (adjustment) / 2;
    from = (gtk_adjustment_get_value (adjustment) - half) / self->scale;
    to = (gtk_adjustment_get_value (adjustment) + 3 * half) / self->scale;
  }
  self->first_visible = 0;
  self->last_visible = 0;
  for (guint i = 0; i < n_pages; i++) {
    const JzPage *page = g_ptr_array_index (self->pages->pages, i);
    double top = jz_paper_get_top (self, i);
    if (top + page->height < from)
      self->first_visible = i + 1;
    if (top < to)
      self->last_visible = i;
  }
  self->first_visible = MIN (self->first_visible, MAX (n_pages, 1) - 1);
}

static void
scrolled (GtkAdjustment *adjustment, JzPaper *self)
{
  guint first = self->first_visible;
  guint last = self->last_visible;
  jz_paper_update_visible (self);
  if (first != self->first_visible || last != self->last_visible)
    gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* @y: in points, from the top of the page */
void
jz_paper_scroll_to (JzPaper *self, guint page, double y, double height)
{
  GtkAdjustment *adjustment = jz_scrolling_find (GTK_WIDGET (self));
  if (adjustment == NULL)
    return;
  double top = (jz_paper_get_top (self, page) + y) * self->scale;
  gtk_adjustment_clamp_page (adjustment, top - 40, top + height * self->scale + 60);
}

void
jz_paper_scroll_to_caret (JzPaper *self)
{
  JzPagePlace place;
  if (!jz_paper_find_caret (self, &place))
    return;
  double top = jz_page_line_get_top (place.line);
  jz_paper_scroll_to (self, place.page, top, jz_page_line_get_bottom (place.line) - top);
}

void
jz_paper_follow_scrolling (JzPaper *self)
{
  GtkAdjustment *adjustment = jz_scrolling_find (GTK_WIDGET (self));
  if (adjustment != NULL)
    g_signal_connect_object (adjustment, "value-changed", G_CALLBACK (scrolled), self, 0);
}

void
jz_paper_leave_scrolling (JzPaper *self)
{
  GtkAdjustment *adjustment = jz_scrolling_find (GTK_WIDGET (self));
  if (adjustment != NULL)
    g_signal_handlers_disconnect_by_func (adjustment, scrolled, self);
}
