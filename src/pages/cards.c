/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pages/cards.h"

#include <glib/gi18n-lib.h>
#include <pango/pangocairo.h>

#include "office/recording_words.h"
#include "pages/faces.h"
#include "pages/metrics.h"
#include "pages/pdf.h"

/* Cards for the pocket: what officers say while they record, read at a glance. A card has a
 * heading, parts under labels of their own, and a foot; a part that finds no room any more stands
 * on another card with the same heading. Dashed lines tell where to cut. */

#define COLUMNS 2
#define ROWS 4
#define CARD_WIDTH (JZ_PAGE_WIDTH / COLUMNS)
#define CARD_HEIGHT (JZ_PAGE_HEIGHT / ROWS)
#define MARGIN JZ_MM (5)
#define WIDTH (CARD_WIDTH - 2 * MARGIN)
#define HEADING_SIZE 11.0
#define LABEL_SIZE 8.0
#define TEXT_SIZE 9.0
#define FOOT_SIZE 6.0
#define GAP 3.0

typedef struct {
  char *label;
  char *text;
} Part;

typedef struct {
  char *heading;
  char *foot;
  GPtrArray *parts; /* Part */
} Card;

struct _JzCards {
  char *title;
  gboolean is_demo;
  GPtrArray *cards; /* Card */
};

static void
part_free (gpointer data)
{
  Part *self = data;

  g_free (self->label);
  g_free (self->text);
  g_free (self);
}

static void
card_free (gpointer data)
{
  Card *self = data;

  g_free (self->heading);
  g_free (self->foot);
  g_ptr_array_unref (self->parts);
  g_free (self);
}

/**
 * jz_cards_new:
 * @title: of the sheets, as a file tells it
 * @is_demo: whether they come from an invented office, which every card says
 *
 * Returns: (transfer full): sheets without a card
 */
JzCards *
jz_cards_new (const char *title, gboolean is_demo)
{
  JzCards *self = g_new0 (JzCards, 1);

  self->title = g_strdup (title);
  self->is_demo = is_demo;
  self->cards = g_ptr_array_new_with_free_func (card_free);
  return self;
}

/**
 * jz_cards_free:
 * @self: (transfer full): cards
 */
void
jz_cards_free (JzCards *self)
{
  g_free (self->title);
  g_ptr_array_unref (self->cards);
  g_free (self);
}

/**
 * jz_cards_begin:
 * @self: cards
 * @heading: of the next card
 * @foot: small at its foot
 */
void
jz_cards_begin (JzCards *self, const char *heading, const char *foot)
{
  Card *card = g_new0 (Card, 1);

  card->heading = g_strdup (heading);
  card->foot = g_strdup (foot);
  card->parts = g_ptr_array_new_with_free_func (part_free);
  g_ptr_array_add (self->cards, card);
}

/**
 * jz_cards_add:
 * @self: cards
 * @label: over the text
 * @text: a part of the card that was begun last
 */
void
jz_cards_add (JzCards *self, const char *label, const char *text)
{
  Part *part;
  Card *card;

  g_return_if_fail (self->cards->len > 0);

  card = g_ptr_array_index (self->cards, self->cards->len - 1);
  part = g_new0 (Part, 1);
  part->label = g_strdup (label);
  part->text = g_strdup (text);
  g_ptr_array_add (card->parts, part);
}

/**
 * jz_cards_new_of_rules:
 * @rulebook: (nullable): rules
 * @is_demo: whether they come from an invented office
 *
 * Returns: (transfer full): a card of each rule on recordings that has words, with its legal basis
 *   and since when it is in force
 */
JzCards *
jz_cards_new_of_rules (const JzRulebook *rulebook, gboolean is_demo)
{
  JzCards *self = jz_cards_new (_ ("What to Say While Recording"), is_demo);
  g_autoptr (JzJson) cards = jz_recording_cards_list (rulebook);

  for (guint i = 0; i < jz_json_get_n_items (cards); i++) {
    const JzJson *card = jz_json_get_item (cards, i);
    const JzJson *words = jz_json_get_member (card, "words");
    g_autofree char *foot = g_strdup_printf (
      _ ("%1$s, %2$s, in force from %3$s"), jz_json_get_member_text (card, "rule"),
      jz_json_get_member_text (card, "basis"), jz_json_get_member_text (card, "in_force"));
    jz_cards_begin (self, jz_json_get_member_text (card, "name"), foot);
    for (guint j = 0; j < jz_json_get_n_items (words); j++) {
      const JzJson *part = jz_json_get_item (words, j);
      jz_cards_add (self, jz_json_get_member_text (part, "label"),
                    jz_json_get_member_text (part, "text"));
    }
  }
  return self;
}

typedef struct {
  const JzCards *cards;
  JzFaces *faces;
  cairo_t *cr;
  guint n_places; /* that were begun, on all sheets */
  double y;       /* from the top of the card */
} Pen;

static PangoLayout *
lay_out (const Pen *pen, JzFaceRole role, double size, const char *text)
{
  return jz_faces_lay_out (pen->faces, role, size, text, WIDTH, 0, 0, FALSE);
}

static void
show (const Pen *pen, PangoLayout *layout, double y)
{
  guint place = (pen->n_places - 1) % (COLUMNS * ROWS);

  cairo_move_to (pen->cr, place % COLUMNS * CARD_WIDTH + MARGIN,
                 (double)(place / COLUMNS) * CARD_HEIGHT + y);
  pango_cairo_show_layout (pen->cr, layout);
}

static void
draw_cuts (cairo_t *cr)
{
  static const double dashes[] = { 4, 4 };

  cairo_save (cr);
  cairo_set_line_width (cr, 0.4);
  cairo_set_dash (cr, dashes, G_N_ELEMENTS (dashes), 0);
  for (int i = 1; i < COLUMNS; i++) {
    cairo_move_to (cr, i * CARD_WIDTH, 0);
    cairo_line_to (cr, i * CARD_WIDTH, JZ_PAGE_HEIGHT);
  }
  for (int i = 1; i < ROWS; i++) {
    cairo_move_to (cr, 0, i * CARD_HEIGHT);
    cairo_line_to (cr, JZ_PAGE_WIDTH, i * CARD_HEIGHT);
  }
  cairo_stroke (cr);
  cairo_restore (cr);
}

static double
draw_foot (const Pen *pen, const Card *card)
{
  g_autofree char *text = pen->cards->is_demo ? g_strdup_printf (_ ("Demo data · %s"), card->foot)
                                              : g_strdup (card->foot);
  g_autoptr (PangoLayout) layout = lay_out (pen, JZ_FACE_SONG, FOOT_SIZE, text);
  double top = CARD_HEIGHT - MARGIN - jz_layout_get_height (layout);

  show (pen, layout, top);
  return top;
}

/* The next place on the sheet, or on the next sheet; returns where its text must end. */
static double
begin (Pen *pen, const Card *card, gboolean goes_on)
{
  g_autofree char *again =
    goes_on ? g_strdup_printf (_ ("%s (continued)"), card->heading) : g_strdup (card->heading);
  g_autoptr (PangoLayout) heading = lay_out (pen, JZ_FACE_HEI, HEADING_SIZE, again);

  if (pen->n_places > 0 && pen->n_places % (COLUMNS * ROWS) == 0)
    cairo_show_page (pen->cr);
  if (pen->n_places % (COLUMNS * ROWS) == 0)
    draw_cuts (pen->cr);
  pen->n_places++;
  show (pen, heading, MARGIN);
  pen->y = MARGIN + jz_layout_get_height (heading) + GAP;
  return draw_foot (pen, card) - GAP;
}

static void
draw_card (Pen *pen, const Card *card)
{
  double end = begin (pen, card, FALSE);
  double top = pen->y;

  for (guint i = 0; i < card->parts->len; i++) {
    const Part *part = g_ptr_array_index (card->parts, i);
    g_autoptr (PangoLayout) label = lay_out (pen, JZ_FACE_HEI, LABEL_SIZE, part->label);
    g_autoptr (PangoLayout) text = lay_out (pen, JZ_FACE_SONG, TEXT_SIZE, part->text);
    double height = jz_layout_get_height (label) + jz_layout_get_height (text);
    /* A part that no card can hold stands alone on one. */
    if (pen->y + height > end && pen->y > top) {
      end = begin (pen, card, TRUE);
      top = pen->y;
    }
    show (pen, label, pen->y);
    show (pen, text, pen->y + jz_layout_get_height (label));
    pen->y += height + GAP;
  }
}

static void
draw (cairo_t *cr, gpointer data)
{
  Pen *pen = data;

  pen->cr = cr;
  for (guint i = 0; i < pen->cards->cards->len; i++)
    draw_card (pen, g_ptr_array_index (pen->cards->cards, i));
}

/**
 * jz_cards_write_pdf:
 * @self: cards
 * @time: when it is made
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the PDF, or %NULL with %JZ_PDF_ERROR_WRITE
 */
GBytes *
jz_cards_write_pdf (const JzCards *self, JzInstant time, GError **error)
{
  g_autoptr (JzFaces) faces = jz_faces_new ();
  Pen pen = { .cards = self, .faces = faces };

  return jz_pdf_draw (self->title, time, draw, &pen, error);
}
