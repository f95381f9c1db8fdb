/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/row_cell.h"

#include "app/appearance.h"
#include "app/list_row.h"
#include "app/row_menu.h"

/* The cells of a list on the screen: each shows a text of the row that is bound to it now. */

/* Type of half as much again as the usual, and more, gets rows of two lines. */
#define LARGE_PERCENT 150

/* What a factory knows. */
typedef struct {
  const JzRowColumn *columns; /* all of the list's, whose cells name a row */
  guint n_columns;
  guint column;
} Place;

/* A cell on the screen, and the row that it shows now. */
typedef struct {
  Place place;
  GtkWidget *text;
  JzListRow *row; /* owned while it is shown */
  gulong handler;
} Cell;

/**
 * jz_row_cell_get_n_lines:
 *
 * Returns: how many lines a row has with type as large as it is now
 */
int
jz_row_cell_get_n_lines (void)
{
  return jz_appearance_get_type_percent () >= LARGE_PERCENT ? 2 : 1;
}

/* A screen reader reads a row as one: its texts, with a comma between. */
static void
name_row (const Cell *cell)
{
  GtkWidget *column_cell = gtk_widget_get_parent (cell->text);
  GtkWidget *row = column_cell != NULL ? gtk_widget_get_parent (column_cell) : NULL;
  g_autoptr (GString) name = g_string_new (NULL);

  for (guint i = 0; i < cell->place.n_columns; i++) {
    const char *text = jz_list_row_get_cell (cell->row, i);
    if (text[0] != '\0' && name->len > 0)
      g_string_append (name, ", ");
    g_string_append (name, text);
  }
  if (row != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name->str,
                                    -1);
}

static void
show_cell (const Cell *cell)
{
  const JzRowColumn *column = &cell->place.columns[cell->place.column];
  const char *text = jz_list_row_get_cell (cell->row, cell->place.column);
  const char *classes[2] = { NULL, NULL };

  gtk_inscription_set_text (GTK_INSCRIPTION (cell->text),
                            jz_list_row_is_loaded (cell->row) ? text : "…");
  if (column->class_cell > 0) {
    const char *class = jz_list_row_get_cell (cell->row, column->class_cell);
    classes[0] = class[0] != '\0' ? class : NULL;
    gtk_widget_set_css_classes (cell->text, classes);
  }
  if (cell->place.column == 0)
    name_row (cell);
}

static void
on_cells_changed (JzListRow *row, GParamSpec *pspec, gpointer data)
{
  show_cell (data);
}

/* What is cut off is read by pointing at it. */
static gboolean
on_query_tooltip (GtkWidget *widget,
                  int x,
                  int y,
                  gboolean is_keyboard,
                  GtkTooltip *tooltip,
                  gpointer data)
{
  const char *text = gtk_inscription_get_text (GTK_INSCRIPTION (widget));
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (widget, text);
  int width = 0;

  pango_layout_get_pixel_size (layout, &width, NULL);
  if (width <= gtk_widget_get_width (widget) * jz_row_cell_get_n_lines ())
    return FALSE;
  gtk_tooltip_set_text (tooltip, text);
  return TRUE;
}

static void
on_setup (GtkSignalListItemFactory *factory, GtkListItem *item, const Place *place)
{
  Cell *cell = g_new0 (Cell, 1);

  cell->place = *place;
  cell->text = gtk_inscription_new (NULL);
  gtk_inscription_set_text_overflow (GTK_INSCRIPTION (cell->text),
                                     GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END);
  if (jz_row_cell_get_n_lines () > 1)
    gtk_inscription_set_wrap_mode (GTK_INSCRIPTION (cell->text), PANGO_WRAP_CHAR);
  gtk_inscription_set_xalign (GTK_INSCRIPTION (cell->text),
                              place->columns[place->column].is_number ? 1.0f : 0.0f);
  gtk_widget_set_has_tooltip (cell->text, TRUE);
  g_signal_connect (cell->text, "query-tooltip", G_CALLBACK (on_query_tooltip), NULL);
  g_object_set_data_full (G_OBJECT (item), "jz-cell", cell, g_free);
  g_object_set_data (G_OBJECT (cell->text), JZ_ROW_VIEW_ITEM, item);
  gtk_list_item_set_child (item, cell->text);
}

static void
on_bind (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  Cell *cell = g_object_get_data (G_OBJECT (item), "jz-cell");

  cell->row = g_object_ref (gtk_list_item_get_item (item));
  cell->handler =
    g_signal_connect (cell->row, "notify::cells", G_CALLBACK (on_cells_changed), cell);
  show_cell (cell);
}

static void
on_unbind (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  Cell *cell = g_object_get_data (G_OBJECT (item), "jz-cell");

  g_signal_handler_disconnect (cell->row, cell->handler);
  g_clear_object (&cell->row);
}

/**
 * jz_row_cell_factory_new:
 * @columns: (array length=n_columns): the columns of a list; kept by the caller
 * @n_columns: how many
 * @column: which of them
 *
 * Returns: (transfer full): makes the cells of the column; that of the first names the whole row
 */
GtkListItemFactory *
jz_row_cell_factory_new (const JzRowColumn *columns, guint n_columns, guint column)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  Place *place = g_new0 (Place, 1);

  place->columns = columns;
  place->n_columns = n_columns;
  place->column = column;
  g_object_set_data_full (G_OBJECT (factory), "jz-place", place, g_free);
  g_signal_connect (factory, "setup", G_CALLBACK (on_setup), place);
  g_signal_connect (factory, "bind", G_CALLBACK (on_bind), NULL);
  g_signal_connect (factory, "unbind", G_CALLBACK (on_unbind), NULL);
  return factory;
}
