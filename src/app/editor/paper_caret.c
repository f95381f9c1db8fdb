/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "app/editor/paper-private.h"
#include "pages/metrics.h"

/* The caret is drawn here, and known to the input method by the hidden view: both have to be at the
 * same place. */

gboolean
jz_paper_find_caret (JzPaper *self, JzPagePlace *place)
{
  if (self->pages == NULL || self->path == NULL)
    return FALSE;
  guint offset = self->is_typed ? jz_paper_input_get_caret (self) : 0;
  if (self->preedit[0] != '\0')
    offset += (guint)strlen (self->preedit);
  return jz_pages_find_place (self->pages, self->path, offset, place) ||
         jz_pages_find_place (self->pages, self->path, 0, place);
}

/* The foot of the caret: as it is drawn on the page, and as the hidden view has it inside itself.
 */
static gboolean
find_feet (JzPaper *self, graphene_point_t *drawn, graphene_point_t *hidden)
{
  GtkTextView *view = GTK_TEXT_VIEW (self->input);
  JzPagePlace place;
  GdkRectangle strong;
  int x;
  int y;
  if (!jz_paper_find_caret (self, &place))
    return FALSE;
  const JzPage *page = g_ptr_array_index (self->pages->pages, place.page);
  double bottom = jz_paper_get_top (self, place.page) + jz_page_line_get_bottom (place.line);
  gtk_text_view_get_cursor_locations (view, NULL, &strong, NULL);
  gtk_text_view_buffer_to_window_coords (view, GTK_TEXT_WINDOW_WIDGET, strong.x,
                                         strong.y + strong.height, &x, &y);
  drawn->x = (float)(self->offset_x + (place.x - page->left) * self->scale);
  drawn->y = (float)(bottom * self->scale);
  hidden->x = (float)x;
  hidden->y = (float)y;
  return TRUE;
}

/* Where the hidden view has to be for its caret to fall on the drawn one. */
static graphene_point_t
get_input_place (JzPaper *self)
{
  graphene_point_t drawn;
  graphene_point_t hidden;
  if (!find_feet (self, &drawn, &hidden))
    return GRAPHENE_POINT_INIT_ZERO;
  return GRAPHENE_POINT_INIT (drawn.x - hidden.x, drawn.y - hidden.y);
}

/* So lists of candidates and menus open at the caret. An allocation may scroll the view, and so
 * move its caret. */
void
jz_paper_allocate_input (JzPaper *self)
{
  int width = 0;
  int height = 0;
  gtk_widget_measure (self->input, GTK_ORIENTATION_HORIZONTAL, -1, &width, NULL, NULL, NULL);
  width = MAX (width, (int)(JZ_AREA_WIDTH * self->scale));
  gtk_widget_measure (self->input, GTK_ORIENTATION_VERTICAL, width, &height, NULL, NULL, NULL);
  for (int i = 0; i < 3; i++) {
    graphene_point_t point = get_input_place (self);
    if (i > 0 && graphene_point_near (&point, &self->input_place, 0.5f))
      break;
    self->input_place = point;
    gtk_widget_allocate (self->input, width, MAX (height, 1), -1,
                         gsk_transform_translate (NULL, &point));
  }
}

/**
 * jz_paper_get_carets:
 * @self: a page widget
 * @drawn: (out): foot of the caret that is seen
 * @hidden: (out): foot of the caret that the input method knows
 *
 * Both must be the same, or candidates would open elsewhere.
 *
 * Returns: whether a text is edited
 */
gboolean
jz_paper_get_carets (JzPaper *self, graphene_point_t *drawn, graphene_point_t *hidden)
{
  g_return_val_if_fail (JZ_IS_PAPER (self), FALSE);

  graphene_point_t foot;
  return self->is_typed && find_feet (self, drawn, &foot) &&
         gtk_widget_compute_point (self->input, GTK_WIDGET (self), &foot, hidden);
}
