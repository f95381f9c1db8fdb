/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pages/leaflet.h"

#include <glib/gi18n-lib.h>
#include <pango/pangocairo.h>

#include "pages/metrics.h"
#include "pages/pdf.h"

#define LEFT JZ_MM (25)
#define WIDTH (JZ_PAGE_WIDTH - 2 * LEFT)
#define TOP JZ_MM (25)
#define BOTTOM (JZ_PAGE_HEIGHT - JZ_MM (25))
#define LABEL_WIDTH JZ_MM (55)
#define TITLE_SIZE 20.0
#define HEADING_SIZE 14.0
#define TEXT_SIZE 12.0
#define GAP 6.0
#define BLANK_HEIGHT JZ_MM (14)

typedef enum {
  ITEM_HEADING,
  ITEM_PARAGRAPH,
  ITEM_ROW,
  ITEM_BLANK,
  ITEM_SAMPLE,
} ItemKind;

typedef struct {
  ItemKind kind;
  JzFaceRole role;
  char *text;
  char *value;
} Item;

struct _JzLeaflet {
  char *title;
  gboolean is_demo;
  GPtrArray *items; /* Item */
};

static void
item_free (gpointer data)
{
  Item *item = data;

  g_free (item->text);
  g_free (item->value);
  g_free (item);
}

/**
 * jz_leaflet_new:
 * @title: at its head
 * @is_demo: whether it comes from an invented office, which every page says
 *
 * Returns: (transfer full): an empty leaflet
 */
JzLeaflet *
jz_leaflet_new (const char *title, gboolean is_demo)
{
  JzLeaflet *self = g_new0 (JzLeaflet, 1);

  self->title = g_strdup (title);
  self->is_demo = is_demo;
  self->items = g_ptr_array_new_with_free_func (item_free);
  return self;
}

/**
 * jz_leaflet_free:
 * @self: (transfer full): a leaflet
 */
void
jz_leaflet_free (JzLeaflet *self)
{
  g_free (self->title);
  g_ptr_array_unref (self->items);
  g_free (self);
}

static void
add (JzLeaflet *self, ItemKind kind, JzFaceRole role, const char *text, const char *value)
{
  Item *item = g_new0 (Item, 1);

  item->kind = kind;
  item->role = role;
  item->text = g_strdup (text);
  item->value = g_strdup (value != NULL ? value : "");
  g_ptr_array_add (self->items, item);
}

/**
 * jz_leaflet_add_heading:
 * @self: a leaflet
 * @text: over what follows
 */
void
jz_leaflet_add_heading (JzLeaflet *self, const char *text)
{
  add (self, ITEM_HEADING, JZ_FACE_HEI, text, NULL);
}

/**
 * jz_leaflet_add_paragraph:
 * @self: a leaflet
 * @text: a paragraph
 */
void
jz_leaflet_add_paragraph (JzLeaflet *self, const char *text)
{
  add (self, ITEM_PARAGRAPH, JZ_FACE_SONG, text, NULL);
}

/**
 * jz_leaflet_add_row:
 * @self: a leaflet
 * @label: what it is
 * @value: (nullable): its value
 */
void
jz_leaflet_add_row (JzLeaflet *self, const char *label, const char *value)
{
  add (self, ITEM_ROW, JZ_FACE_SONG, label, value);
}

/**
 * jz_leaflet_add_blank:
 * @self: a leaflet
 * @label: what is to be written there by hand
 */
void
jz_leaflet_add_blank (JzLeaflet *self, const char *label)
{
  add (self, ITEM_BLANK, JZ_FACE_SONG, label, NULL);
}

/**
 * jz_leaflet_add_sample:
 * @self: a leaflet
 * @role: of the face
 * @text: what is written in it
 */
void
jz_leaflet_add_sample (JzLeaflet *self, JzFaceRole role, const char *text)
{
  add (self, ITEM_SAMPLE, role, text, NULL);
}

typedef struct {
  const JzLeaflet *leaflet;
  JzFaces *faces;
  cairo_t *cr;
  double y;
  guint n_pages;
  gboolean is_picky; /* draws one page only, of a surface that turns pages itself */
  guint wanted;
} Pen;

static gboolean
is_drawing (const Pen *pen)
{
  return !pen->is_picky || pen->n_pages == pen->wanted;
}

static PangoLayout *
lay_out (Pen *pen, JzFaceRole role, double size, const char *text, double width)
{
  return jz_faces_lay_out (pen->faces, role, size, text, width, 0, 0, FALSE);
}

static void
show (Pen *pen, PangoLayout *layout, double x, double y)
{
  if (!is_drawing (pen))
    return;
  cairo_move_to (pen->cr, x, y);
  pango_cairo_show_layout (pen->cr, layout);
}

static void
add_foot (Pen *pen)
{
  g_autofree char *text = pen->leaflet->is_demo
                            ? g_strdup_printf (_ ("Demo data · page %u"), pen->n_pages)
                            : g_strdup_printf (_ ("page %u"), pen->n_pages);
  g_autoptr (PangoLayout) layout = lay_out (pen, JZ_FACE_SONG, JZ_SMALL_SIZE, text, WIDTH);

  show (pen, layout, LEFT, BOTTOM + JZ_MM (5));
}

static void
make_room (Pen *pen, double height)
{
  if (pen->n_pages > 0 && pen->y + height <= BOTTOM)
    return;
  if (pen->n_pages > 0) {
    add_foot (pen);
    if (!pen->is_picky)
      cairo_show_page (pen->cr);
  }
  pen->n_pages++;
  pen->y = TOP;
}

static void
add_text (Pen *pen, JzFaceRole role, double size, const char *text)
{
  g_autoptr (PangoLayout) layout = lay_out (pen, role, size, text, WIDTH);
  double height = jz_layout_get_height (layout);

  make_room (pen, height);
  show (pen, layout, LEFT, pen->y);
  pen->y += height + GAP;
}

static void
add_row (Pen *pen, const Item *item)
{
  g_autoptr (PangoLayout) label =
    lay_out (pen, JZ_FACE_HEI, TEXT_SIZE, item->text, LABEL_WIDTH - GAP);
  g_autoptr (PangoLayout) value =
    lay_out (pen, JZ_FACE_SONG, TEXT_SIZE, item->value, WIDTH - LABEL_WIDTH);
  double height = MAX (jz_layout_get_height (label), jz_layout_get_height (value));

  make_room (pen, height);
  show (pen, label, LEFT, pen->y);
  show (pen, value, LEFT + LABEL_WIDTH, pen->y);
  pen->y += height + GAP;
}

static void
add_blank (Pen *pen, const Item *item)
{
  g_autoptr (PangoLayout) label =
    lay_out (pen, JZ_FACE_HEI, TEXT_SIZE, item->text, LABEL_WIDTH - GAP);
  double height = MAX (jz_layout_get_height (label), BLANK_HEIGHT);

  make_room (pen, height);
  show (pen, label, LEFT, pen->y + height - jz_layout_get_height (label));
  if (is_drawing (pen)) {
    cairo_set_line_width (pen->cr, JZ_LINE_INNER);
    cairo_move_to (pen->cr, LEFT + LABEL_WIDTH, pen->y + height);
    cairo_line_to (pen->cr, LEFT + WIDTH, pen->y + height);
    cairo_stroke (pen->cr);
  }
  pen->y += height + GAP;
}

static void
add_item (Pen *pen, const Item *item)
{
  switch (item->kind) {
  case ITEM_HEADING:
    /* Not alone at the foot of a page. */
    make_room (pen, 4 * HEADING_SIZE);
    pen->y += GAP;
    add_text (pen, item->role, HEADING_SIZE, item->text);
    break;
  case ITEM_ROW:
    add_row (pen, item);
    break;
  case ITEM_BLANK:
    add_blank (pen, item);
    break;
  case ITEM_SAMPLE:
    add_text (pen, item->role, JZ_TEXT_SIZE, item->text);
    break;
  case ITEM_PARAGRAPH:
    add_text (pen, item->role, TEXT_SIZE, item->text);
    break;
  }
}

static void
draw (cairo_t *cr, gpointer data)
{
  Pen *pen = data;

  pen->cr = cr;
  add_text (pen, JZ_FACE_TITLE, TITLE_SIZE, pen->leaflet->title);
  for (guint i = 0; i < pen->leaflet->items->len; i++)
    add_item (pen, g_ptr_array_index (pen->leaflet->items, i));
  add_foot (pen);
}

/**
 * jz_leaflet_draw:
 * @self: a leaflet
 * @cr: where it is drawn, in points
 * @page: which page, from 1; 0 for none
 *
 * Draws one page for a printer.
 *
 * Returns: how many pages there are
 */
guint
jz_leaflet_draw (const JzLeaflet *self, cairo_t *cr, guint page)
{
  g_autoptr (JzFaces) faces = jz_faces_new ();
  Pen pen = { .leaflet = self, .faces = faces, .is_picky = TRUE, .wanted = page };

  g_return_val_if_fail (cr != NULL, 0);

  cairo_set_source_rgb (cr, 0, 0, 0);
  draw (cr, &pen);
  return pen.n_pages;
}

/**
 * jz_leaflet_write_pdf:
 * @self: a leaflet
 * @time: when it is made
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the PDF, or %NULL with %JZ_PDF_ERROR_WRITE
 */
GBytes *
jz_leaflet_write_pdf (const JzLeaflet *self, JzInstant time, GError **error)
{
  g_autoptr (JzFaces) faces = jz_faces_new ();
  Pen pen = { .leaflet = self, .faces = faces };

  return jz_pdf_draw (self->title, time, draw, &pen, error);
}
