/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/viewer/sheet_view-private.h"

/* The text of the pages: what was searched for is tinted, and text is chosen by dragging over it
 * and copied. The helper says where each character stands. */

static const GdkRGBA found = { 1, 0.85f, 0.2f, 0.40f };
static const GdkRGBA in_front = { 1, 0.55f, 0.0f, 0.60f };
static const GdkRGBA chosen = { 0.2f, 0.5f, 0.9f, 0.35f };

static gboolean
is_before (JzSheetPlace a, JzSheetPlace b)
{
  return a.page < b.page || (a.page == b.page && a.character < b.character);
}

/* What was dragged, from its beginning to its end. */
static void
get_chosen (JzSheetView *self, JzSheetPlace *from, JzSheetPlace *to)
{
  gboolean is_turned = is_before (self->to, self->from);

  *from = is_turned ? self->to : self->from;
  *to = is_turned ? self->from : self->to;
}

/* In the coordinates of the upright page, whose width is 1 wide here. */
static void
tint (GtkSnapshot *snapshot,
      const JzPageText *text,
      guint start,
      guint end,
      const GdkRGBA *colour,
      graphene_size_t size)
{
  float sx = size.width / (float)text->width;
  float sy = size.height / (float)text->height;

  for (guint i = start; i < end && i < text->boxes->len; i++) {
    const JzTextBox *box = &g_array_index (text->boxes, JzTextBox, i);
    if (box->width > 0 && box->height > 0)
      gtk_snapshot_append_color (
        snapshot, colour,
        &GRAPHENE_RECT_INIT (box->x * sx, box->y * sy, box->width * sx, box->height * sy));
  }
}

static void
tint_hits (JzSheetView *self,
           GtkSnapshot *snapshot,
           const JzPageText *text,
           guint page,
           graphene_size_t size)
{
  g_autoptr (GArray) hits = jz_sheet_find (text->text, page, self->search);

  for (guint i = 0; i < hits->len; i++) {
    const JzSheetHit *hit = &g_array_index (hits, JzSheetHit, i);
    gboolean is_front =
      self->hit.length > 0 && self->hit.page == page && self->hit.start == hit->start;
    tint (snapshot, text, hit->start, hit->start + hit->length, is_front ? &in_front : &found,
          size);
  }
}

/**
 * jz_sheet_view_draw_text_marks:
 * @self: a view
 * @snapshot: turned like the page, whose upper left corner is at the origin
 * @page: which
 */
void
jz_sheet_view_draw_text_marks (JzSheetView *self, GtkSnapshot *snapshot, guint page)
{
  graphene_rect_t place = jz_sheet_view_get_page_place (self, page);
  gboolean is_lying = self->quarters % 2 != 0;
  graphene_size_t size =
    is_lying ? GRAPHENE_SIZE_INIT (place.size.height, place.size.width) : place.size;
  gboolean searches = self->search != NULL && self->search[0] != '\0';
  const JzPageText *text;
  JzSheetPlace from, to;

  if (!searches && !self->has_chosen)
    return;
  text = jz_sheet_source_get_text (self->source, page);
  if (text == NULL || text->width <= 0 || text->height <= 0)
    return;
  if (searches)
    tint_hits (self, snapshot, text, page, size);
  if (!self->has_chosen)
    return;
  get_chosen (self, &from, &to);
  if (page >= from.page && page <= to.page)
    tint (snapshot, text, page == from.page ? from.character : 0,
          page == to.page ? to.character : G_MAXUINT, &chosen, size);
}

/* The character that is nearest to the point; behind it when the point is in its right half. */
static guint
find_character (const JzPageText *text, double x, double y)
{
  double least = G_MAXDOUBLE;
  guint nearest = 0;

  for (guint i = 0; i < text->boxes->len; i++) {
    const JzTextBox *box = &g_array_index (text->boxes, JzTextBox, i);
    double dx = x - CLAMP (x, box->x, box->x + box->width);
    double dy = y - CLAMP (y, box->y, box->y + box->height);
    /* a line counts before a place in it */
    double distance = dx * dx + 16 * dy * dy;
    if (distance < least) {
      least = distance;
      nearest = x > box->x + box->width / 2 ? i + 1 : i;
    }
  }
  return nearest;
}

static gboolean
find_place (JzSheetView *self, double x, double y, JzSheetPlace *place)
{
  double px = 0;
  double py = 0;
  const JzPageText *text;

  if (!jz_sheet_view_find_page (self, x, y, &place->page, &px, &py))
    return FALSE;
  text = jz_sheet_source_get_text (self->source, place->page);
  if (text == NULL)
    return FALSE;
  place->character = find_character (text, px * text->width, py * text->height);
  return TRUE;
}

void
jz_sheet_view_forget_chosen (JzSheetView *self)
{
  self->has_chosen = FALSE;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
on_drag_begin (JzSheetView *self, double x, double y)
{
  gtk_widget_grab_focus (GTK_WIDGET (self));
  jz_sheet_view_forget_chosen (self);
  if (self->source == NULL || !find_place (self, x, y, &self->from))
    return;
  self->to = self->from;
  self->has_chosen = TRUE;
}

static void
on_drag_update (JzSheetView *self, double dx, double dy)
{
  double x = 0;
  double y = 0;
  JzSheetPlace place;

  gtk_gesture_drag_get_start_point (GTK_GESTURE_DRAG (self->drag), &x, &y);
  if (!self->has_chosen || !find_place (self, x + dx, y + dy, &place))
    return;
  self->to = place;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * jz_sheet_view_dup_chosen:
 * @self: a view
 *
 * Returns: (transfer full) (nullable): the text that is chosen; %NULL for none
 */
char *
jz_sheet_view_dup_chosen (JzSheetView *self)
{
  g_autoptr (GString) words = g_string_new (NULL);
  JzSheetPlace from, to;

  if (!self->has_chosen)
    return NULL;
  get_chosen (self, &from, &to);
  for (guint page = from.page; page <= to.page; page++) {
    const JzPageText *text = jz_sheet_source_get_text (self->source, page);
    glong length = text != NULL ? g_utf8_strlen (text->text, -1) : 0;
    glong start = page == from.page ? MIN ((glong)from.character, length) : 0;
    glong end = page == to.page ? MIN ((glong)to.character, length) : length;
    g_autofree char *part = text != NULL ? g_utf8_substring (text->text, start, end) : NULL;
    if (part == NULL)
      continue;
    if (words->len > 0)
      g_string_append_c (words, '\n');
    g_string_append (words, part);
  }
  return words->len > 0 ? g_strdup (words->str) : NULL;
}

/**
 * jz_sheet_view_choose_page:
 * @self: a view
 *
 * Chooses all text of the page that is in front.
 */
void
jz_sheet_view_choose_page (JzSheetView *self)
{
  guint page = jz_sheet_view_get_page (self);

  if (self->source == NULL || jz_sheet_source_get_text (self->source, page) == NULL)
    return;
  self->from = (JzSheetPlace){ page, 0 };
  self->to = (JzSheetPlace){ page, G_MAXINT };
  self->has_chosen = TRUE;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
jz_sheet_view_init_text (JzSheetView *self)
{
  self->drag = gtk_gesture_drag_new ();
  g_signal_connect_swapped (self->drag, "drag-begin", G_CALLBACK (on_drag_begin), self);
  g_signal_connect_swapped (self->drag, "drag-update", G_CALLBACK (on_drag_update), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (self->drag));
}

/**
 * jz_sheet_view_set_search:
 * @self: a view
 * @text: (nullable): what is tinted wherever it stands
 */
void
jz_sheet_view_set_search (JzSheetView *self, const char *text)
{
  g_free (self->search);
  self->search = g_strdup (text);
  self->hit.length = 0;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * jz_sheet_view_show_hit:
 * @self: a view
 * @page: a page whose text is known
 * @start: where in it
 * @length: how many characters
 *
 * Scrolls there and tints it stronger.
 */
void
jz_sheet_view_show_hit (JzSheetView *self, guint page, guint start, guint length)
{
  const JzPageText *text = jz_sheet_source_get_text (self->source, page);
  const JzTextBox *box;

  self->hit = (JzSheetHit){ page, start, length };
  if (text == NULL || start >= text->boxes->len || self->tops == NULL)
    return;
  box = &g_array_index (text->boxes, JzTextBox, start);
  if (self->quarters % 4 == 0)
    gtk_adjustment_set_value (self->vadjustment,
                              self->tops[page] +
                                box->y / text->height * jz_sheet_view_get_page_height (self, page) -
                                gtk_widget_get_height (GTK_WIDGET (self)) / 3.0);
  else
    jz_sheet_view_go (self, page);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
