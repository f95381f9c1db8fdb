/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/row_view.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "app/appearance.h"
#include "app/focus.h"

/* A long list on the screen: columns from a table, sorted by a click on a head, opened by Enter or
 * a double click, and a page that says what to do where it is empty. What it shows and in which
 * order the database says; here nothing is compared or counted row by row. */

/* A list that is there sooner is not said to be coming. */
#define PATIENCE_MS 300
#define CHARACTER_WIDTH 8
#define LEAST_WIDTH 40
/* Type of half as much again as the usual, and more, gets rows of two lines. */
#define LARGE_PERCENT 150
/* A column of so few characters grows with the type: what it holds has no second line. */
#define SHORT_WIDTH 10
#define LAYOUT_TYPE "(iba(su))"

struct _JzRowView {
  AdwBin parent_instance;

  /* Template children */
  GtkStack *stack;
  GtkColumnView *list;
  AdwStatusPage *empty;
  AdwStatusPage *nothing;
  AdwStatusPage *failed;
  GtkLabel *count;

  const JzRowColumn *columns; /* of the caller's, who keeps them */
  guint n_columns;
  char *name;
  JzRowModel *model;
  JzJson *filter;
  int sort;
  gboolean is_descending;
  int probed; /* see find_sort() */
  gboolean is_setting_sort;
  guint patience;
};

enum {
  ACTIVATE_ROW,
  SEARCH,
  LAYOUT_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (JzRowView, jz_row_view, ADW_TYPE_BIN)

/* A cell on the screen, and the row that it shows now. */
typedef struct {
  JzRowView *view;
  guint column;
  GtkWidget *text;
  GtkListItem *item;
  JzListRow *row; /* owned while it is shown */
  gulong handler;
} Cell;

/* What a factory knows. */
typedef struct {
  JzRowView *view;
  guint column;
} Place;

/* A screen reader reads a row as one: its texts, with a comma between. */
static void
name_row (const Cell *cell)
{
  GtkWidget *column_cell = gtk_widget_get_parent (cell->text);
  GtkWidget *row = column_cell != NULL ? gtk_widget_get_parent (column_cell) : NULL;
  g_autoptr (GString) name = g_string_new (NULL);

  for (guint i = 0; i < cell->view->n_columns; i++) {
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
  const JzRowColumn *column = &cell->view->columns[cell->column];
  const char *text = jz_list_row_get_cell (cell->row, cell->column);
  const char *classes[2] = { NULL, NULL };

  gtk_inscription_set_text (GTK_INSCRIPTION (cell->text),
                            jz_list_row_is_loaded (cell->row) ? text : "…");
  if (column->class_cell > 0) {
    const char *class = jz_list_row_get_cell (cell->row, column->class_cell);
    classes[0] = class[0] != '\0' ? class : NULL;
    gtk_widget_set_css_classes (cell->text, classes);
  }
  if (cell->column == 0)
    name_row (cell);
}

static void
on_cells_changed (JzListRow *row, GParamSpec *pspec, gpointer data)
{
  show_cell (data);
}

static int
get_n_lines (void)
{
  return jz_appearance_get_type_percent () >= LARGE_PERCENT ? 2 : 1;
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
  if (width <= gtk_widget_get_width (widget) * get_n_lines ())
    return FALSE;
  gtk_tooltip_set_text (tooltip, text);
  return TRUE;
}

static void
on_setup (GtkSignalListItemFactory *factory, GtkListItem *item, const Place *place)
{
  const JzRowColumn *column = &place->view->columns[place->column];
  Cell *cell = g_new0 (Cell, 1);

  cell->view = place->view;
  cell->column = place->column;
  cell->item = item;
  cell->text = gtk_inscription_new (NULL);
  gtk_inscription_set_text_overflow (GTK_INSCRIPTION (cell->text),
                                     GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END);
  if (get_n_lines () > 1)
    gtk_inscription_set_wrap_mode (GTK_INSCRIPTION (cell->text), PANGO_WRAP_CHAR);
  gtk_inscription_set_xalign (GTK_INSCRIPTION (cell->text), column->is_number ? 1.0f : 0.0f);
  gtk_widget_set_has_tooltip (cell->text, TRUE);
  g_signal_connect (cell->text, "query-tooltip", G_CALLBACK (on_query_tooltip), NULL);
  g_object_set_data_full (G_OBJECT (item), "jz-cell", cell, g_free);
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

static GtkListItemFactory *
make_factory (JzRowView *self, guint column)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  Place *place = g_new0 (Place, 1);

  place->view = self;
  place->column = column;
  g_object_set_data_full (G_OBJECT (factory), "jz-place", place, g_free);
  g_signal_connect (factory, "setup", G_CALLBACK (on_setup), place);
  g_signal_connect (factory, "bind", G_CALLBACK (on_bind), NULL);
  g_signal_connect (factory, "unbind", G_CALLBACK (on_unbind), NULL);
  return factory;
}

static int
probe_column (gconstpointer a, gconstpointer b, gpointer data)
{
  const Place *place = data;

  place->view->probed = (int)place->column;
  return -1;
}

static GtkColumnViewColumn *
get_column (JzRowView *self, guint position)
{
  g_autoptr (GtkColumnViewColumn) column =
    g_list_model_get_item (gtk_column_view_get_columns (self->list), position);
  return column; /* the view holds it */
}

/* A column view of GTK 4.8 does not tell by which column it sorts. But its sorter asks that
 * column's first, and says the opposite of its answer when it sorts backwards. */
static void
find_sort (JzRowView *self, int *column, gboolean *is_descending)
{
  self->probed = -1;
  *is_descending = gtk_sorter_compare (gtk_column_view_get_sorter (self->list), self, self->list) ==
                   GTK_ORDERING_LARGER;
  *column = self->probed;
}

static void
ask (JzRowView *self)
{
  const JzRowQuery query = { self->sort, self->is_descending, self->filter, 0 };

  if (self->model != NULL)
    jz_row_model_set_query (self->model, &query);
}

static void
on_sorter_changed (JzRowView *self)
{
  if (self->is_setting_sort)
    return;
  find_sort (self, &self->sort, &self->is_descending);
  ask (self);
  g_signal_emit (self, signals[LAYOUT_CHANGED], 0);
}

static void
mirror_sort (JzRowView *self)
{
  self->is_setting_sort = TRUE;
  gtk_column_view_sort_by_column (self->list,
                                  self->sort >= 0 ? get_column (self, (guint)self->sort) : NULL,
                                  self->is_descending ? GTK_SORT_DESCENDING : GTK_SORT_ASCENDING);
  self->is_setting_sort = FALSE;
}

static void
on_width_changed (JzRowView *self)
{
  g_signal_emit (self, signals[LAYOUT_CHANGED], 0);
}

/* Where type is large, short columns take what they need from those that expand. */
static int
get_usual_width (JzRowView *self, guint position)
{
  int more = MAX (jz_appearance_get_type_percent () - 100, 0);
  const JzRowColumn *column = &self->columns[position];
  int width = MAX ((int)column->width * CHARACTER_WIDTH, LEAST_WIDTH);
  int taken = 0;
  int n_giving = 0;

  if (column->width <= SHORT_WIDTH)
    return width * (100 + more) / 100;
  for (guint i = 0; i < self->n_columns; i++) {
    n_giving += self->columns[i].expands;
    if (self->columns[i].width <= SHORT_WIDTH)
      taken += (int)self->columns[i].width * CHARACTER_WIDTH * more / 100;
  }
  return column->expands ? MAX (width - taken / n_giving, LEAST_WIDTH) : width;
}

static void
add_column (JzRowView *self, guint position)
{
  const JzRowColumn *described = &self->columns[position];
  g_autoptr (GtkColumnViewColumn) column =
    gtk_column_view_column_new (_ (described->title), make_factory (self, position));

  if (described->is_sortable) {
    Place *place = g_new0 (Place, 1);
    g_autoptr (GtkSorter) sorter = NULL;
    place->view = self;
    place->column = position;
    sorter = GTK_SORTER (gtk_custom_sorter_new (probe_column, place, g_free));
    gtk_column_view_column_set_sorter (column, sorter);
  }
  gtk_column_view_column_set_resizable (column, TRUE);
  gtk_column_view_column_set_expand (column, described->expands);
  gtk_column_view_column_set_fixed_width (column, get_usual_width (self, position));
  g_object_set_data (G_OBJECT (column), "usual-width",
                     GINT_TO_POINTER (get_usual_width (self, position)));
  g_signal_connect_object (column, "notify::fixed-width", G_CALLBACK (on_width_changed), self,
                           G_CONNECT_SWAPPED);
  gtk_column_view_append_column (self->list, column);
}

static void
on_activate (JzRowView *self, guint position)
{
  g_signal_emit (self, signals[ACTIVATE_ROW], 0, jz_row_model_get_id (self->model, position));
}

static void
show_failure (JzRowView *self, const GError *error)
{
  adw_status_page_set_description (self->failed, error->message);
  gtk_stack_set_visible_child (self->stack, GTK_WIDGET (self->failed));
}

static void
show_count (JzRowView *self, guint n_rows)
{
  g_autofree char *text = NULL;

  if (jz_row_model_is_loading (self->model) && self->patience == 0)
    text = g_strdup (_ ("Looking…"));
  else
    /* Translators: how many rows a list has. */
    text = g_strdup_printf (ngettext ("%u row", "%u rows", n_rows), n_rows);
  gtk_label_set_text (self->count, text);
}

/* One place decides what is to be seen. */
static void
update (JzRowView *self)
{
  guint n_rows = g_list_model_get_n_items (G_LIST_MODEL (self->model));
  const GError *error = jz_row_model_get_error (self->model);
  GtkWidget *shown = gtk_widget_get_parent (GTK_WIDGET (self->list));

  show_count (self, n_rows);
  if (error != NULL && n_rows == 0) {
    show_failure (self, error);
    return;
  }
  if (n_rows == 0 && jz_row_model_is_loading (self->model))
    return;
  if (n_rows == 0)
    shown = GTK_WIDGET (self->filter != NULL ? self->nothing : self->empty);
  gtk_stack_set_visible_child (self->stack, shown);
}

static gboolean
on_patience_ends (gpointer data)
{
  JzRowView *self = data;

  self->patience = 0;
  update (self);
  return G_SOURCE_REMOVE;
}

static void
on_loading_changed (JzRowView *self)
{
  g_clear_handle_id (&self->patience, g_source_remove);
  if (jz_row_model_is_loading (self->model))
    self->patience = g_timeout_add (PATIENCE_MS, on_patience_ends, self);
  update (self);
}

static void
disconnect_model (JzRowView *self)
{
  if (self->model == NULL)
    return;
  g_signal_handlers_disconnect_by_data (self->model, self);
  jz_row_model_cancel (self->model);
  g_clear_object (&self->model);
}

static void
on_search_changed (GtkSearchEntry *entry, gpointer data)
{
  g_signal_emit (data, signals[SEARCH], 0, gtk_editable_get_text (GTK_EDITABLE (entry)));
}

static void
on_search_left (GtkSearchEntry *entry, gpointer data)
{
  JzRowView *self = data;

  gtk_widget_child_focus (GTK_WIDGET (self->stack), GTK_DIR_TAB_FORWARD);
}

static void
on_search_stopped (GtkSearchEntry *entry, gpointer data)
{
  gtk_editable_set_text (GTK_EDITABLE (entry), "");
  on_search_left (entry, data);
}

static gboolean
on_search_key (GtkEventControllerKey *controller,
               guint key,
               guint code,
               GdkModifierType modifiers,
               gpointer data)
{
  if (key != GDK_KEY_Down && key != GDK_KEY_KP_Down)
    return GDK_EVENT_PROPAGATE;
  on_search_left (NULL, data);
  return GDK_EVENT_STOP;
}

/* GTK's own way gives the entry letters while the focus stays here, so that an input method never
 * sees them: the focus goes first, then the key. */
static gboolean
on_list_key (GtkEventControllerKey *controller,
             guint key,
             guint code,
             GdkModifierType modifiers,
             gpointer data)
{
  GtkEditable *entry = data;
  GtkEditable *text = gtk_editable_get_delegate (entry);
  guint held = modifiers & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK);

  if (held != 0 || gdk_keyval_to_unicode (key) <= ' ' || text == NULL)
    return GDK_EVENT_PROPAGATE;
  gtk_widget_grab_focus (GTK_WIDGET (entry));
  gtk_editable_set_position (entry, -1);
  return gtk_event_controller_key_forward (controller, GTK_WIDGET (text));
}

static void
set_width (JzRowView *self, const char *title, guint width)
{
  for (guint i = 0; i < self->n_columns; i++)
    if (strcmp (self->columns[i].title, title) == 0 && width >= LEAST_WIDTH && width < 10000)
      gtk_column_view_column_set_fixed_width (get_column (self, i), (int)width);
}

static void
set_widths (JzRowView *self, GVariant *layout)
{
  g_autoptr (GVariantIter) widths = NULL;
  const char *title;
  guint width;

  g_variant_get (layout, LAYOUT_TYPE, NULL, NULL, &widths);
  while (g_variant_iter_next (widths, "(&su)", &title, &width))
    set_width (self, title, width);
}

static void
show_height (JzRowView *self)
{
  if (get_n_lines () > 1)
    gtk_widget_add_css_class (GTK_WIDGET (self->list), "two-lines");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->list), "two-lines");
}

/* What is on the screen was made for type of another size. */
static void
on_type_changed (JzRowView *self)
{
  g_autoptr (GVariant) layout = g_variant_ref_sink (jz_row_view_get_layout (self));

  self->is_setting_sort = TRUE;
  for (guint i = self->n_columns; i-- > 0;)
    gtk_column_view_remove_column (self->list, get_column (self, i));
  for (guint i = 0; i < self->n_columns; i++)
    add_column (self, i);
  set_widths (self, layout);
  mirror_sort (self);
  show_height (self);
}

static void
jz_row_view_dispose (GObject *object)
{
  JzRowView *self = JZ_ROW_VIEW (object);

  g_clear_handle_id (&self->patience, g_source_remove);
  /* While the columns go the sorter changes as well, which no user did. */
  self->is_setting_sort = TRUE;
  if (self->list != NULL)
    gtk_column_view_set_model (self->list, NULL);
  disconnect_model (self);
  /* Disposing of the template frees the child that AdwBin would take off again. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), JZ_TYPE_ROW_VIEW);
  G_OBJECT_CLASS (jz_row_view_parent_class)->dispose (object);
}

static void
jz_row_view_finalize (GObject *object)
{
  JzRowView *self = JZ_ROW_VIEW (object);

  g_clear_pointer (&self->filter, jz_json_unref);
  g_free (self->name);
  G_OBJECT_CLASS (jz_row_view_parent_class)->finalize (object);
}

static gboolean
jz_row_view_grab_focus (GtkWidget *widget)
{
  return gtk_widget_child_focus (GTK_WIDGET (JZ_ROW_VIEW (widget)->stack), GTK_DIR_TAB_FORWARD);
}

/* Tab passes a list as one; arrows go by its rows. GTK would go by all of them with Tab, and
 * never come out again of a list that is long. */
static gboolean
jz_row_view_focus (GtkWidget *widget, GtkDirectionType direction)
{
  JzRowView *self = JZ_ROW_VIEW (widget);
  gboolean is_tab = direction == GTK_DIR_TAB_FORWARD || direction == GTK_DIR_TAB_BACKWARD;

  if (is_tab && gtk_widget_get_focus_child (GTK_WIDGET (self->list)) != NULL)
    return FALSE;
  return jz_focus_through (widget, direction);
}

static void
jz_row_view_class_init (JzRowViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = jz_row_view_dispose;
  object_class->finalize = jz_row_view_finalize;
  widget_class->focus = jz_row_view_focus;
  widget_class->grab_focus = jz_row_view_grab_focus;
  /* activate-row: Enter or a double click on the row with that id */
  signals[ACTIVATE_ROW] = g_signal_new ("activate-row", JZ_TYPE_ROW_VIEW, G_SIGNAL_RUN_LAST, 0,
                                        NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
  /* search: other words in the entry, a moment after the last key */
  signals[SEARCH] = g_signal_new ("search", JZ_TYPE_ROW_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  /* layout-changed: by the user: another sort or width */
  signals[LAYOUT_CHANGED] = g_signal_new ("layout-changed", JZ_TYPE_ROW_VIEW, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/juanzong/app/row_view.ui");
  gtk_widget_class_bind_template_child (widget_class, JzRowView, stack);
  gtk_widget_class_bind_template_child (widget_class, JzRowView, list);
  gtk_widget_class_bind_template_child (widget_class, JzRowView, empty);
  gtk_widget_class_bind_template_child (widget_class, JzRowView, nothing);
  gtk_widget_class_bind_template_child (widget_class, JzRowView, failed);
  gtk_widget_class_bind_template_child (widget_class, JzRowView, count);
  gtk_widget_class_bind_template_callback (widget_class, on_activate);
}

static void
jz_row_view_init (JzRowView *self)
{
  self->sort = -1;
  gtk_widget_init_template (GTK_WIDGET (self));
  show_height (self);
  g_signal_connect_object (gtk_column_view_get_sorter (self->list), "changed",
                           G_CALLBACK (on_sorter_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (gtk_settings_get_default (), "notify::gtk-xft-dpi",
                           G_CALLBACK (on_type_changed), self, G_CONNECT_SWAPPED);
}

/**
 * jz_row_view_new:
 * @name: what the list is called, for screen readers
 * @columns: (array length=n_columns): its columns; kept by the caller
 * @n_columns: how many
 *
 * Returns: (transfer floating): a list on the screen, without rows yet
 */
GtkWidget *
jz_row_view_new (const char *name, const JzRowColumn *columns, guint n_columns)
{
  JzRowView *self = g_object_new (JZ_TYPE_ROW_VIEW, NULL);

  jz_row_view_set_columns (self, name, columns, n_columns);
  return GTK_WIDGET (self);
}

/**
 * jz_row_view_set_columns:
 * @self: a view that has none yet
 * @name: what the list is called, for screen readers
 * @columns: (array length=n_columns): its columns; kept by the caller
 * @n_columns: how many
 *
 * For a view that a template made.
 */
void
jz_row_view_set_columns (JzRowView *self,
                         const char *name,
                         const JzRowColumn *columns,
                         guint n_columns)
{
  g_return_if_fail (JZ_IS_ROW_VIEW (self));
  g_return_if_fail (self->columns == NULL);

  self->columns = columns;
  self->n_columns = n_columns;
  self->name = g_strdup (name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  -1);
  for (guint i = 0; i < n_columns; i++)
    add_column (self, i);
}

/**
 * jz_row_view_get_columns:
 * @self: a view
 * @n_columns: (out): how many
 *
 * Returns: (transfer none) (array length=n_columns): its columns
 */
const JzRowColumn *
jz_row_view_get_columns (JzRowView *self, guint *n_columns)
{
  g_return_val_if_fail (JZ_IS_ROW_VIEW (self), NULL);

  *n_columns = self->n_columns;
  return self->columns;
}

/**
 * jz_row_view_set_model:
 * @self: a view with columns
 * @model: (nullable): the rows
 *
 * Shows them, by the view's sort and filter.
 */
void
jz_row_view_set_model (JzRowView *self, JzRowModel *model)
{
  g_return_if_fail (JZ_IS_ROW_VIEW (self));

  if (self->model == model)
    return;
  gtk_column_view_set_model (self->list, GTK_SELECTION_MODEL (model));
  disconnect_model (self);
  if (model == NULL)
    return;
  self->model = g_object_ref (model);
  g_signal_connect_object (model, "notify::is-loading", G_CALLBACK (on_loading_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (model, "notify::error", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (model, "items-changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  ask (self);
}

/**
 * jz_row_view_get_model:
 * @self: a view
 *
 * Returns: (transfer none) (nullable): the rows
 */
JzRowModel *
jz_row_view_get_model (JzRowView *self)
{
  g_return_val_if_fail (JZ_IS_ROW_VIEW (self), NULL);

  return self->model;
}

/**
 * jz_row_view_set_filter:
 * @self: a view
 * @filter: (nullable): what is shown, in the words of the rows' source; %NULL for all
 *
 * Shows other rows.
 */
void
jz_row_view_set_filter (JzRowView *self, const JzJson *filter)
{
  g_return_if_fail (JZ_IS_ROW_VIEW (self));

  if (filter == self->filter ||
      (filter != NULL && self->filter != NULL && jz_json_equal (filter, self->filter)))
    return;
  g_clear_pointer (&self->filter, jz_json_unref);
  self->filter = filter != NULL ? jz_json_ref (filter) : NULL;
  ask (self);
}

/**
 * jz_row_view_set_sort:
 * @self: a view with columns
 * @column: by which column; -1 for the list's own order
 * @is_descending: whether the last comes first
 *
 * Sorts the list, as a click on the column's head does.
 */
void
jz_row_view_set_sort (JzRowView *self, int column, gboolean is_descending)
{
  g_return_if_fail (JZ_IS_ROW_VIEW (self));
  g_return_if_fail (column < (int)self->n_columns);

  if (self->sort == column && self->is_descending == is_descending)
    return;
  self->sort = column;
  self->is_descending = is_descending;
  mirror_sort (self);
  ask (self);
}

/**
 * jz_row_view_get_sort:
 * @self: a view
 * @is_descending: (out): whether the last comes first
 *
 * Returns: by which column it is sorted; -1 for the list's own order
 */
int
jz_row_view_get_sort (JzRowView *self, gboolean *is_descending)
{
  g_return_val_if_fail (JZ_IS_ROW_VIEW (self), -1);

  *is_descending = self->is_descending;
  return self->sort;
}

/**
 * jz_row_view_get_layout:
 * @self: a view with columns
 *
 * Returns: (transfer floating): sort and the widths that the user changed, for
 *   jz_row_view_set_layout() the next time
 */
GVariant *
jz_row_view_get_layout (JzRowView *self)
{
  GVariantBuilder widths;
  g_return_val_if_fail (JZ_IS_ROW_VIEW (self), NULL);

  g_variant_builder_init (&widths, G_VARIANT_TYPE ("a(su)"));
  for (guint i = 0; i < self->n_columns; i++) {
    GtkColumnViewColumn *column = get_column (self, i);
    int width = gtk_column_view_column_get_fixed_width (column);
    if (width > 0 &&
        width != GPOINTER_TO_INT (g_object_get_data (G_OBJECT (column), "usual-width")))
      g_variant_builder_add (&widths, "(su)", self->columns[i].title, (guint)width);
  }
  return g_variant_new (LAYOUT_TYPE, self->sort, self->is_descending, &widths);
}

/**
 * jz_row_view_set_layout:
 * @self: a view with columns
 * @layout: what jz_row_view_get_layout() gave, perhaps of an older program; what does not fit the
 *   columns of today is passed over
 *
 * Puts sort and widths back as the user left them.
 */
void
jz_row_view_set_layout (JzRowView *self, GVariant *layout)
{
  int sort;
  gboolean is_descending;
  g_return_if_fail (JZ_IS_ROW_VIEW (self));

  if (!g_variant_is_of_type (layout, G_VARIANT_TYPE (LAYOUT_TYPE)))
    return;
  set_widths (self, layout);
  g_variant_get (layout, LAYOUT_TYPE, &sort, &is_descending, NULL);
  if (sort >= 0 && sort < (int)self->n_columns && self->columns[sort].is_sortable)
    jz_row_view_set_sort (self, sort, is_descending);
}

/**
 * jz_row_view_set_search_entry:
 * @self: a view
 * @entry: where words to look for are typed
 *
 * Typing while the list has the focus goes to the entry, Down and Escape come back from it. What is
 * being composed by an input method is not looked for yet. Emits `search`.
 */
void
jz_row_view_set_search_entry (JzRowView *self, GtkSearchEntry *entry)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkEventController *list_keys = gtk_event_controller_key_new ();
  g_return_if_fail (JZ_IS_ROW_VIEW (self));

  g_signal_connect_object (list_keys, "key-pressed", G_CALLBACK (on_list_key), entry, 0);
  gtk_widget_add_controller (GTK_WIDGET (self->stack), list_keys);
  g_signal_connect_object (entry, "search-changed", G_CALLBACK (on_search_changed), self, 0);
  g_signal_connect_object (entry, "activate", G_CALLBACK (on_search_left), self, 0);
  g_signal_connect_object (entry, "stop-search", G_CALLBACK (on_search_stopped), self, 0);
  /* after the input method, which has its own use for Down */
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (on_search_key), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (entry), keys);
}

/**
 * jz_row_view_set_empty:
 * @self: a view
 * @icon: name of an icon
 * @title: what is not there
 * @description: what to do next
 * @child: (nullable): a button that does it
 *
 * Says what is seen where the list has no rows at all.
 */
void
jz_row_view_set_empty (JzRowView *self,
                       const char *icon,
                       const char *title,
                       const char *description,
                       GtkWidget *child)
{
  g_return_if_fail (JZ_IS_ROW_VIEW (self));

  adw_status_page_set_icon_name (self->empty, icon);
  adw_status_page_set_title (self->empty, title);
  adw_status_page_set_description (self->empty, description);
  adw_status_page_set_child (self->empty, child);
}

/**
 * jz_row_view_scroll_to:
 * @self: a view
 * @position: of a row
 *
 * Brings the row into sight. In GTK 4.8 only the list inside a column view can do that.
 */
void
jz_row_view_scroll_to (JzRowView *self, guint position)
{
  g_return_if_fail (JZ_IS_ROW_VIEW (self));

  gtk_widget_activate_action (gtk_widget_get_last_child (GTK_WIDGET (self->list)),
                              "list.scroll-to-item", "u", position);
}
