/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/row_view.h"

#include <glib/gi18n-lib.h>

#include "app/focus.h"
#include "app/row_columns.h"
#include "app/search_keys.h"

/* A long list on the screen: columns from a table, sorted by a click on a head, opened by Enter or
 * a double click, and a page that says what to do where it is empty. What it shows and in which
 * order the database says; here nothing is compared or counted row by row. */

/* A list that is there sooner is not said to be coming. */
#define PATIENCE_MS 300
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

  JzRowColumns *columns;
  char *name;
  JzRowModel *model;
  JzJson *filter;
  int sort;
  gboolean is_descending;
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
  jz_row_columns_find_sort (self->columns, &self->sort, &self->is_descending);
  ask (self);
  g_signal_emit (self, signals[LAYOUT_CHANGED], 0);
}

static void
mirror_sort (JzRowView *self)
{
  self->is_setting_sort = TRUE;
  gtk_column_view_sort_by_column (
    self->list, self->sort >= 0 ? jz_row_columns_get (self->columns, (guint)self->sort) : NULL,
    self->is_descending ? GTK_SORT_DESCENDING : GTK_SORT_ASCENDING);
  self->is_setting_sort = FALSE;
}

static void
on_width_changed (JzRowView *self)
{
  g_signal_emit (self, signals[LAYOUT_CHANGED], 0);
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

/* When the row goes that has the focus, GTK forgets it without telling those that it was in, and
 * Tab finds no way out of the list any more. */
static gboolean
keep_focus (gpointer data)
{
  JzRowView *self = data;
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (self->list == NULL || root == NULL || gtk_root_get_focus (root) != NULL ||
      gtk_widget_get_focus_child (GTK_WIDGET (self->list)) == NULL)
    return G_SOURCE_REMOVE;
  for (GtkWidget *widget = gtk_widget_get_last_child (GTK_WIDGET (self->list)); widget != NULL;
       widget = gtk_widget_get_parent (widget))
    gtk_widget_set_focus_child (widget, NULL);
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    gtk_widget_grab_focus (GTK_WIDGET (self));
  return G_SOURCE_REMOVE;
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
  /* The row goes a moment after it left the model. */
  if (gtk_widget_get_focus_child (GTK_WIDGET (self->list)) != NULL)
    g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, keep_focus, g_object_ref (self), g_object_unref);
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
show_height (JzRowView *self)
{
  if (jz_row_cell_get_n_lines () > 1)
    gtk_widget_add_css_class (GTK_WIDGET (self->list), "two-lines");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->list), "two-lines");
}

/* What is on the screen was made for type of another size. */
static void
on_type_changed (JzRowView *self)
{
  g_autoptr (GVariant) widths = g_variant_ref_sink (jz_row_columns_get_widths (self->columns));

  self->is_setting_sort = TRUE;
  jz_row_columns_make_anew (self->columns);
  jz_row_columns_set_widths (self->columns, widths);
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
  g_clear_pointer (&self->columns, jz_row_columns_free);
  g_free (self->name);
  G_OBJECT_CLASS (jz_row_view_parent_class)->finalize (object);
}

static gboolean
has_focus (GtkWidget *widget)
{
  GtkRoot *root = gtk_widget_get_root (widget);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return focus != NULL && gtk_widget_is_ancestor (focus, widget);
}

/* A row, as soon as there is one. What scrolls takes the focus while there is none, and would keep
 * it when rows come: then no arrow key moves in the list. */
static gboolean
jz_row_view_grab_focus (GtkWidget *widget)
{
  JzRowView *self = JZ_ROW_VIEW (widget);
  GtkWidget *list = GTK_WIDGET (self->list);

  if (gtk_stack_get_visible_child (self->stack) != gtk_widget_get_parent (list))
    return gtk_widget_child_focus (GTK_WIDGET (self->stack), GTK_DIR_TAB_FORWARD);
  return has_focus (list) || gtk_widget_child_focus (list, GTK_DIR_TAB_FORWARD);
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
  self->columns = jz_row_columns_new (self->list, G_OBJECT (self), G_CALLBACK (on_width_changed));
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

  self->name = g_strdup (name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  -1);
  jz_row_columns_describe (self->columns, columns, n_columns);
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

  return jz_row_columns_get_described (self->columns, n_columns);
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
  g_return_val_if_fail (JZ_IS_ROW_VIEW (self), NULL);

  return g_variant_new ("(ib@a(su))", self->sort, self->is_descending,
                        jz_row_columns_get_widths (self->columns));
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
  g_autoptr (GVariant) widths = NULL;
  int sort;
  gboolean is_descending;
  const JzRowColumn *columns;
  guint n_columns;
  g_return_if_fail (JZ_IS_ROW_VIEW (self));

  if (!g_variant_is_of_type (layout, G_VARIANT_TYPE (LAYOUT_TYPE)))
    return;
  g_variant_get (layout, "(ib@a(su))", &sort, &is_descending, &widths);
  jz_row_columns_set_widths (self->columns, widths);
  columns = jz_row_columns_get_described (self->columns, &n_columns);
  if (sort >= 0 && sort < (int)n_columns && columns[sort].is_sortable)
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
  g_return_if_fail (JZ_IS_ROW_VIEW (self));

  jz_search_keys_join (entry, GTK_WIDGET (self->stack));
  g_signal_connect_object (entry, "search-changed", G_CALLBACK (on_search_changed), self, 0);
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
