/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/lists/short_table.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "app/names.h"

struct _JzShortRow {
  GObject parent_instance;

  char *id;
  char *style;
  GStrv cells;
  guint n_cells;
};

G_DEFINE_FINAL_TYPE (JzShortRow, jz_short_row, G_TYPE_OBJECT)

static void
jz_short_row_finalize (GObject *object)
{
  JzShortRow *self = JZ_SHORT_ROW (object);

  g_free (self->id);
  g_free (self->style);
  g_strfreev (self->cells);
  G_OBJECT_CLASS (jz_short_row_parent_class)->finalize (object);
}

static void
jz_short_row_class_init (JzShortRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = jz_short_row_finalize;
}

static void
jz_short_row_init (JzShortRow *self)
{
}

/**
 * jz_short_row_new_take:
 * @id: what selecting it says
 * @style: (nullable): style class of its texts
 * @cells: (transfer full): its texts
 *
 * Returns: (transfer full): a row
 */
JzShortRow *
jz_short_row_new_take (const char *id, const char *style, GStrv cells)
{
  JzShortRow *self = g_object_new (JZ_TYPE_SHORT_ROW, NULL);

  self->id = g_strdup (id);
  self->style = g_strdup (style);
  self->cells = cells;
  self->n_cells = g_strv_length (cells);
  return self;
}

/**
 * jz_short_row_new:
 * @id: what selecting it says
 * @style: (nullable): style class of its texts
 * @...: its texts, and %NULL
 *
 * Returns: (transfer full): a row
 */
JzShortRow *
jz_short_row_new (const char *id, const char *style, ...)
{
  g_autoptr (GStrvBuilder) cells = g_strv_builder_new ();
  va_list arguments;
  const char *cell;

  va_start (arguments, style);
  while ((cell = va_arg (arguments, const char *)) != NULL)
    g_strv_builder_add (cells, cell);
  va_end (arguments);
  return jz_short_row_new_take (id, style, g_strv_builder_end (cells));
}

const char *
jz_short_row_get_id (JzShortRow *self)
{
  return self->id;
}

const char *
jz_short_row_get_cell (JzShortRow *self, guint column)
{
  return column < self->n_cells ? self->cells[column] : "";
}

/* Some rows are seen even where what stands below takes much. */
#define MIN_HEIGHT 160
/* Blanks and the mark of the order beside the title of a column, in characters. */
#define HEAD_PADDING 5

struct _JzShortTable {
  AdwBin parent_instance;

  const JzShortColumn *columns;
  guint n_columns;
  char *search;

  GtkStack *stack;
  AdwStatusPage *empty;
  GtkColumnView *view;
  GListStore *rows;
  GtkCustomFilter *filter;
  GtkSingleSelection *selection;
  gboolean is_filling;
  guint n_fitting; /* columns from the left that there is room for */
  guint fitting;   /* source that hides the others once the layout is over */
};

enum {
  SELECTED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (JzShortTable, jz_short_table, ADW_TYPE_BIN)

static void
jz_short_table_finalize (GObject *object)
{
  JzShortTable *self = JZ_SHORT_TABLE (object);

  g_free (self->search);
  g_object_unref (self->rows);
  g_object_unref (self->filter);
  g_object_unref (self->selection);
  G_OBJECT_CLASS (jz_short_table_parent_class)->finalize (object);
}

static void
jz_short_table_dispose (GObject *object)
{
  g_clear_handle_id (&JZ_SHORT_TABLE (object)->fitting, g_source_remove);
  G_OBJECT_CLASS (jz_short_table_parent_class)->dispose (object);
}

static gboolean
fit_in_idle (gpointer data)
{
  JzShortTable *self = JZ_SHORT_TABLE (data);
  GListModel *columns = gtk_column_view_get_columns (self->view);

  self->fitting = 0;
  for (guint i = 0; i < g_list_model_get_n_items (columns); i++) {
    g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, i);
    gtk_column_view_column_set_visible (column, i < self->n_fitting);
  }
  return G_SOURCE_REMOVE;
}

/* What the head of a column takes at least: a Chinese character is as wide as two others. */
static guint
count_head_chars (const char *title)
{
  guint n = HEAD_PADDING;

  for (const char *at = title; *at != '\0'; at = g_utf8_next_char (at))
    n += g_unichar_iswide (g_utf8_get_char (at)) ? 2 : 1;
  return n;
}

/* A table that would have to scroll sideways loses its last columns instead; what they say stands
 * beside the table too. */
static void
jz_short_table_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  JzShortTable *self = JZ_SHORT_TABLE (widget);
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (widget, "0");
  int character = 0;
  guint n_fitting = 0;
  guint n_chars = 0;

  pango_layout_get_pixel_size (layout, &character, NULL);
  for (; n_fitting < self->n_columns; n_fitting++) {
    n_chars += count_head_chars (_ (self->columns[n_fitting].title));
    if (n_fitting > 0 && (int)n_chars * character > width)
      break;
  }
  if (n_fitting != self->n_fitting && self->fitting == 0)
    self->fitting = g_idle_add_full (G_PRIORITY_HIGH, fit_in_idle, self, NULL);
  self->n_fitting = n_fitting;
  gtk_widget_allocate (adw_bin_get_child (ADW_BIN (self)), width, height, baseline, NULL);
}

static void
jz_short_table_measure (GtkWidget *widget,
                        GtkOrientation orientation,
                        int for_size,
                        int *minimum,
                        int *natural,
                        int *minimum_baseline,
                        int *natural_baseline)
{
  gtk_widget_measure (adw_bin_get_child (ADW_BIN (widget)), orientation, for_size, minimum, natural,
                      minimum_baseline, natural_baseline);
}

static void
jz_short_table_class_init (JzShortTableClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = jz_short_table_dispose;
  G_OBJECT_CLASS (klass)->finalize = jz_short_table_finalize;
  GTK_WIDGET_CLASS (klass)->measure = jz_short_table_measure;
  GTK_WIDGET_CLASS (klass)->size_allocate = jz_short_table_size_allocate;
  /**
   * JzShortTable::selected:
   * @self: the table
   *
   * Another row is selected, or none.
   */
  signals[SELECTED] = g_signal_new ("selected", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                    NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
on_selection_changed (JzShortTable *self)
{
  if (!self->is_filling)
    g_signal_emit (self, signals[SELECTED], 0);
}

static void
show_what_is_there (JzShortTable *self)
{
  gboolean has_rows = g_list_model_get_n_items (G_LIST_MODEL (self->selection)) > 0;
  gtk_stack_set_visible_child_name (self->stack, has_rows ? "rows" : "empty");
}

static gboolean
matches (gpointer item, gpointer data)
{
  JzShortTable *self = data;
  JzShortRow *row = item;

  if (self->search == NULL)
    return TRUE;
  for (guint i = 0; i < row->n_cells; i++) {
    g_autofree char *cell = g_utf8_casefold (row->cells[i], -1);
    if (strstr (cell, self->search) != NULL)
      return TRUE;
  }
  return FALSE;
}

static void
jz_short_table_init (JzShortTable *self)
{
  GtkFilterListModel *filtered;
  GtkWidget *scroller = gtk_scrolled_window_new ();

  /* The table itself looks at how wide it comes out. */
  gtk_widget_set_layout_manager (GTK_WIDGET (self), NULL);
  self->n_fitting = G_MAXUINT;
  self->view = GTK_COLUMN_VIEW (gtk_column_view_new (NULL));
  self->rows = g_list_store_new (JZ_TYPE_SHORT_ROW);
  self->filter = gtk_custom_filter_new (matches, self, NULL);
  filtered = gtk_filter_list_model_new (g_object_ref (G_LIST_MODEL (self->rows)),
                                        g_object_ref (GTK_FILTER (self->filter)));
  self->selection = gtk_single_selection_new (G_LIST_MODEL (gtk_sort_list_model_new (
    G_LIST_MODEL (filtered), g_object_ref (gtk_column_view_get_sorter (self->view)))));
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
  gtk_column_view_set_model (self->view, GTK_SELECTION_MODEL (self->selection));
  gtk_column_view_set_reorderable (self->view, FALSE);
  g_signal_connect_object (self->selection, "notify::selected", G_CALLBACK (on_selection_changed),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->selection, "items-changed", G_CALLBACK (show_what_is_there), self,
                           G_CONNECT_SWAPPED);
  self->empty = ADW_STATUS_PAGE (adw_status_page_new ());
  gtk_widget_add_css_class (GTK_WIDGET (self->empty), "compact");
  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), GTK_WIDGET (self->view));
  gtk_widget_set_size_request (scroller, -1, MIN_HEIGHT);
  gtk_stack_add_named (self->stack, scroller, "rows");
  gtk_stack_add_named (self->stack, GTK_WIDGET (self->empty), "empty");
  gtk_widget_set_vexpand (GTK_WIDGET (self->stack), TRUE);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->stack));
}

/* As wide as the column should be, where there is room; narrower where there is not, so that the
 * table never scrolls sideways. */
static void
on_cell_setup (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  const JzShortColumn *column = data;
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_max_width_chars (GTK_LABEL (label), (int)column->width);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_list_item_set_child (item, label);
}

static char *
dup_name (const JzShortRow *row)
{
  GString *name = g_string_new (NULL);

  for (guint i = 0; i < row->n_cells; i++)
    if (row->cells[i][0] != '\0')
      g_string_append_printf (name, "%s%s", name->len > 0 ? ", " : "", row->cells[i]);
  return g_string_free (name, FALSE);
}

static void
on_cell_bind (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  JzShortRow *row = gtk_list_item_get_item (item);
  GtkWidget *label = gtk_list_item_get_child (item);
  const char *text = jz_short_row_get_cell (row, GPOINTER_TO_UINT (data));

  gtk_label_set_label (GTK_LABEL (label), text);
  if (GPOINTER_TO_UINT (data) == 0) {
    g_autofree char *name = dup_name (row);
    jz_names_set_row (item, name);
  }
  gtk_widget_set_tooltip_text (label, g_utf8_strlen (text, -1) > 20 ? text : NULL);
  if (row->style != NULL)
    gtk_widget_add_css_class (label, row->style);
}

static void
on_cell_unbind (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  JzShortRow *row = gtk_list_item_get_item (item);

  if (row->style != NULL)
    gtk_widget_remove_css_class (gtk_list_item_get_child (item), row->style);
}

static int
compare_cells (gconstpointer a, gconstpointer b, gpointer data)
{
  const char *one = jz_short_row_get_cell ((JzShortRow *)a, GPOINTER_TO_UINT (data));
  const char *other = jz_short_row_get_cell ((JzShortRow *)b, GPOINTER_TO_UINT (data));
  return g_utf8_collate (one, other);
}

static void
add_column (JzShortTable *self, guint i)
{
  gpointer position = GUINT_TO_POINTER (i);
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkColumnViewColumn) column =
    gtk_column_view_column_new (_ (self->columns[i].title), factory);
  g_autoptr (GtkSorter) sorter = GTK_SORTER (gtk_custom_sorter_new (compare_cells, position, NULL));

  g_signal_connect (factory, "setup", G_CALLBACK (on_cell_setup), (gpointer)&self->columns[i]);
  g_signal_connect (factory, "bind", G_CALLBACK (on_cell_bind), position);
  g_signal_connect (factory, "unbind", G_CALLBACK (on_cell_unbind), position);
  gtk_column_view_column_set_sorter (column, sorter);
  gtk_column_view_column_set_resizable (column, TRUE);
  gtk_column_view_column_set_expand (column, self->columns[i].expands);
  gtk_column_view_append_column (self->view, column);
}

/**
 * jz_short_table_new:
 * @name: accessible name
 * @columns: (array length=n_columns): lives as long as the table
 * @n_columns: how many
 *
 * Returns: (transfer floating): a table without rows
 */
GtkWidget *
jz_short_table_new (const char *name, const JzShortColumn *columns, guint n_columns)
{
  JzShortTable *self = g_object_new (JZ_TYPE_SHORT_TABLE, NULL);

  self->columns = columns;
  self->n_columns = n_columns;
  for (guint i = 0; i < n_columns; i++)
    add_column (self, i);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  -1);
  show_what_is_there (self);
  return GTK_WIDGET (self);
}

/**
 * jz_short_table_set_rows:
 * @self: a table
 * @rows: (element-type JzShortRow): its rows; what was selected stays so if it is among them
 */
void
jz_short_table_set_rows (JzShortTable *self, GPtrArray *rows)
{
  g_autofree char *selected = g_strdup (jz_short_table_get_selected (self));

  self->is_filling = TRUE;
  g_list_store_splice (self->rows, 0, g_list_model_get_n_items (G_LIST_MODEL (self->rows)),
                       rows->pdata, rows->len);
  if (selected == NULL || !jz_short_table_select (self, selected))
    gtk_single_selection_set_selected (self->selection, GTK_INVALID_LIST_POSITION);
  self->is_filling = FALSE;
  show_what_is_there (self);
  g_signal_emit (self, signals[SELECTED], 0);
}

/**
 * jz_short_table_set_search:
 * @self: a table
 * @text: (nullable): only rows in which this stands are shown
 */
void
jz_short_table_set_search (JzShortTable *self, const char *text)
{
  g_free (self->search);
  self->search = text != NULL && text[0] != '\0' ? g_utf8_casefold (text, -1) : NULL;
  gtk_filter_changed (GTK_FILTER (self->filter), GTK_FILTER_CHANGE_DIFFERENT);
  show_what_is_there (self);
}

/**
 * jz_short_table_set_empty:
 * @self: a table
 * @icon: name of an icon
 * @title: what is said where there are no rows
 * @description: (nullable): what to do
 */
void
jz_short_table_set_empty (JzShortTable *self,
                          const char *icon,
                          const char *title,
                          const char *description)
{
  adw_status_page_set_icon_name (self->empty, icon);
  adw_status_page_set_title (self->empty, title);
  adw_status_page_set_description (self->empty, description);
}

/**
 * jz_short_table_get_selected:
 * @self: a table
 *
 * Returns: (transfer none) (nullable): id of the row that is selected
 */
const char *
jz_short_table_get_selected (JzShortTable *self)
{
  JzShortRow *row = gtk_single_selection_get_selected_item (self->selection);
  return row != NULL ? row->id : NULL;
}

/**
 * jz_short_table_select:
 * @self: a table
 * @id: id of a row
 *
 * Returns: whether it is among those that are shown
 */
gboolean
jz_short_table_select (JzShortTable *self, const char *id)
{
  GListModel *model = G_LIST_MODEL (self->selection);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++) {
    g_autoptr (JzShortRow) row = g_list_model_get_item (model, i);
    if (strcmp (row->id, id) != 0)
      continue;
    gtk_single_selection_set_selected (self->selection, i);
    return TRUE;
  }
  return FALSE;
}

/**
 * jz_short_table_get_n_rows:
 * @self: a table
 *
 * Returns: how many rows are shown
 */
guint
jz_short_table_get_n_rows (JzShortTable *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->selection));
}

/**
 * jz_short_table_dup_shown:
 * @self: a table
 *
 * Returns: (transfer full) (element-type JzShortRow): the rows as they are shown, in their order
 */
GPtrArray *
jz_short_table_dup_shown (JzShortTable *self)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < jz_short_table_get_n_rows (self); i++)
    g_ptr_array_add (rows, g_list_model_get_item (G_LIST_MODEL (self->selection), i));
  return rows;
}

const JzShortColumn *
jz_short_table_get_columns (JzShortTable *self, guint *n_columns)
{
  *n_columns = self->n_columns;
  return self->columns;
}
