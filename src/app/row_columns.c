/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/row_columns.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "app/appearance.h"

/* The columns of a list on the screen: how wide they are, and by which of them it is sorted. */

#define CHARACTER_WIDTH 8
#define LEAST_WIDTH 40
/* Of this width and more somebody's settings are damaged. */
#define TOO_WIDE 10000
/* A column of so few characters grows with the type: what it holds has no second line. */
#define SHORT_WIDTH 10

struct _JzRowColumns {
  GtkColumnView *list; /* not owned */
  GObject *owner;      /* not owned */
  GCallback width_changed;

  const JzRowColumn *described; /* of the caller's, who keeps them */
  guint n_columns;
  int probed; /* see jz_row_columns_find_sort() */
};

/* What a sorter knows. */
typedef struct {
  JzRowColumns *columns;
  guint position;
} Place;

static int
probe_column (gconstpointer a, gconstpointer b, gpointer data)
{
  const Place *place = data;

  place->columns->probed = (int)place->position;
  return -1;
}

/* Where type is large, short columns take what they need from those that expand. */
static int
get_usual_width (JzRowColumns *self, guint position)
{
  int more = MAX (jz_appearance_get_type_percent () - 100, 0);
  const JzRowColumn *column = &self->described[position];
  int width = MAX ((int)column->width * CHARACTER_WIDTH, LEAST_WIDTH);
  int taken = 0;
  int n_giving = 0;

  if (column->width <= SHORT_WIDTH)
    return width * (100 + more) / 100;
  for (guint i = 0; i < self->n_columns; i++) {
    n_giving += self->described[i].expands;
    if (self->described[i].width <= SHORT_WIDTH)
      taken += (int)self->described[i].width * CHARACTER_WIDTH * more / 100;
  }
  return column->expands ? MAX (width - taken / n_giving, LEAST_WIDTH) : width;
}

static GtkSorter *
make_sorter (JzRowColumns *self, guint position)
{
  Place *place = g_new0 (Place, 1);

  place->columns = self;
  place->position = position;
  return GTK_SORTER (gtk_custom_sorter_new (probe_column, place, g_free));
}

static void
add_column (JzRowColumns *self, guint position)
{
  const JzRowColumn *described = &self->described[position];
  int width = get_usual_width (self, position);
  g_autoptr (GtkSorter) sorter = described->is_sortable ? make_sorter (self, position) : NULL;
  g_autoptr (GtkColumnViewColumn) column = gtk_column_view_column_new (
    _ (described->title), jz_row_cell_factory_new (self->described, self->n_columns, position));

  gtk_column_view_column_set_sorter (column, sorter);
  gtk_column_view_column_set_resizable (column, TRUE);
  gtk_column_view_column_set_expand (column, described->expands);
  gtk_column_view_column_set_fixed_width (column, width);
  g_object_set_data (G_OBJECT (column), "usual-width", GINT_TO_POINTER (width));
  g_signal_connect_object (column, "notify::fixed-width", self->width_changed, self->owner,
                           G_CONNECT_SWAPPED);
  gtk_column_view_append_column (self->list, column);
}

static void
set_width (JzRowColumns *self, const char *title, guint width)
{
  for (guint i = 0; i < self->n_columns; i++)
    if (strcmp (self->described[i].title, title) == 0 && width >= LEAST_WIDTH && width < TOO_WIDE)
      gtk_column_view_column_set_fixed_width (jz_row_columns_get (self, i), (int)width);
}

/**
 * jz_row_columns_new:
 * @list: a list without columns, which outlives them
 * @owner: what the list is in
 * @width_changed: called with @owner when a column gets another width
 *
 * Returns: (transfer full): the columns, of which there are none yet
 */
JzRowColumns *
jz_row_columns_new (GtkColumnView *list, GObject *owner, GCallback width_changed)
{
  JzRowColumns *self = g_new0 (JzRowColumns, 1);

  self->list = list;
  self->owner = owner;
  self->width_changed = width_changed;
  return self;
}

/**
 * jz_row_columns_free:
 * @self: (transfer full): the columns of a list that is gone
 *
 * Frees what was known of them.
 */
void
jz_row_columns_free (JzRowColumns *self)
{
  g_free (self);
}

/**
 * jz_row_columns_describe:
 * @self: the columns, of which there are none yet
 * @described: (array length=n_columns): what they are; kept by the caller
 * @n_columns: how many
 *
 * Makes them.
 */
void
jz_row_columns_describe (JzRowColumns *self, const JzRowColumn *described, guint n_columns)
{
  g_return_if_fail (self->n_columns == 0);

  self->described = described;
  self->n_columns = n_columns;
  for (guint i = 0; i < n_columns; i++)
    add_column (self, i);
}

/**
 * jz_row_columns_get_described:
 * @self: the columns
 * @n_columns: (out): how many
 *
 * Returns: (transfer none) (array length=n_columns): what they are
 */
const JzRowColumn *
jz_row_columns_get_described (JzRowColumns *self, guint *n_columns)
{
  *n_columns = self->n_columns;
  return self->described;
}

/**
 * jz_row_columns_get:
 * @self: the columns
 * @position: of one of them
 *
 * Returns: (transfer none): the column
 */
GtkColumnViewColumn *
jz_row_columns_get (JzRowColumns *self, guint position)
{
  g_autoptr (GtkColumnViewColumn) column =
    g_list_model_get_item (gtk_column_view_get_columns (self->list), position);
  return column; /* the view holds it */
}

/**
 * jz_row_columns_make_anew:
 * @self: the columns
 *
 * Makes them for type of another size; nothing is sorted after it.
 */
void
jz_row_columns_make_anew (JzRowColumns *self)
{
  for (guint i = self->n_columns; i-- > 0;)
    gtk_column_view_remove_column (self->list, jz_row_columns_get (self, i));
  for (guint i = 0; i < self->n_columns; i++)
    add_column (self, i);
}

/**
 * jz_row_columns_get_widths:
 * @self: the columns
 *
 * Returns: (transfer floating): `a(su)`: titles and widths of those that are not as wide as usual
 */
GVariant *
jz_row_columns_get_widths (JzRowColumns *self)
{
  GVariantBuilder widths;

  g_variant_builder_init (&widths, G_VARIANT_TYPE ("a(su)"));
  for (guint i = 0; i < self->n_columns; i++) {
    GtkColumnViewColumn *column = jz_row_columns_get (self, i);
    int width = gtk_column_view_column_get_fixed_width (column);
    if (width > 0 &&
        width != GPOINTER_TO_INT (g_object_get_data (G_OBJECT (column), "usual-width")))
      g_variant_builder_add (&widths, "(su)", self->described[i].title, (guint)width);
  }
  return g_variant_builder_end (&widths);
}

/**
 * jz_row_columns_set_widths:
 * @self: the columns
 * @widths: `a(su)`, as jz_row_columns_get_widths() gave them; those of columns that are not there
 *   any more are passed over
 *
 * Makes them as wide as they were.
 */
void
jz_row_columns_set_widths (JzRowColumns *self, GVariant *widths)
{
  GVariantIter iter;
  const char *title;
  guint width;

  g_variant_iter_init (&iter, widths);
  while (g_variant_iter_next (&iter, "(&su)", &title, &width))
    set_width (self, title, width);
}

/**
 * jz_row_columns_find_sort:
 * @self: the columns
 * @column: (out): by which one the list is sorted, -1 for none
 * @is_descending: (out): whether the last comes first
 *
 * A column view of GTK 4.8 does not tell. But its sorter asks that column's first, and says the
 * opposite of its answer when it sorts backwards.
 */
void
jz_row_columns_find_sort (JzRowColumns *self, int *column, gboolean *is_descending)
{
  GtkSorter *sorter = gtk_column_view_get_sorter (self->list);

  self->probed = -1;
  *is_descending = gtk_sorter_compare (sorter, self->owner, self->list) == GTK_ORDERING_LARGER;
  *column = self->probed;
}
