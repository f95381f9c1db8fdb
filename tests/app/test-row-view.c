/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "app/row_view.h"

/* The list on the screen, over an invented table of 200,000 rows. */

#define MANY 200000

static const JzRowColumn columns[] = {
  { "Number", 12, TRUE, FALSE, TRUE, 0 },
  { "Party", 20, TRUE, TRUE, FALSE, 3 },
  { "Note", 20, FALSE, FALSE, FALSE, 0 },
};

typedef struct {
  gint is_empty;
  gint fails;
  gint n_loads;
  GThread *main_thread;
} Table;

static GArray *
query_table (JzOffice *office,
             JzConnection *reader,
             const JzRowQuery *query,
             gconstpointer data,
             GCancellable *cancellable,
             GError **error)
{
  Table *table = (Table *)data;
  GArray *ids;
  /* A filter says how many rows are left, and from which on. */
  gint64 n = query->filter != NULL ? jz_json_get_member_integer (query->filter, "n", 0) : MANY;
  gint64 from = query->filter != NULL ? jz_json_get_member_integer (query->filter, "from", 0) : 0;

  g_assert_true (g_thread_self () != table->main_thread);
  if (g_atomic_int_get (&table->fails)) {
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, "The table is damaged.");
    return NULL;
  }
  if (g_atomic_int_get (&table->is_empty))
    n = 0;
  ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  for (gint64 i = 0; i < n && (query->limit == 0 || ids->len < query->limit); i++) {
    gint64 id = from + (query->is_descending ? n - 1 - i : i);
    g_array_append_val (ids, id);
  }
  return ids;
}

static GPtrArray *
load_table (JzOffice *office,
            JzConnection *reader,
            const gint64 *ids,
            gsize n_ids,
            gconstpointer data,
            GCancellable *cancellable,
            GError **error)
{
  Table *table = (Table *)data;
  GPtrArray *rows = g_ptr_array_new ();

  g_assert_true (g_thread_self () != table->main_thread);
  g_atomic_int_inc (&table->n_loads);
  for (gsize i = 0; i < n_ids; i++) {
    char **cells = g_new0 (char *, 5);
    cells[0] = g_strdup_printf ("%lld", (long long)ids[i]);
    cells[1] = g_strdup ("某某商贸有限公司");
    cells[2] = g_strdup ("");
    cells[3] = g_strdup (ids[i] % 2 == 0 ? "warning" : "");
    g_ptr_array_add (rows, cells);
  }
  return rows;
}

static const JzRowSource source = { query_table, load_table };

typedef struct {
  Table table;
  GtkWidget *window;
  GtkWidget *entry;
  JzRowView *view;
  JzRowModel *model;
} Shown;

static void
wait_until (gboolean (*is_so) (gpointer data), gpointer data)
{
  gint64 deadline = g_get_monotonic_time () + 20 * G_USEC_PER_SEC;

  while (!is_so (data)) {
    g_main_context_iteration (NULL, FALSE);
    g_assert_cmpint (g_get_monotonic_time (), <, deadline);
  }
}

static gboolean
is_settled (gpointer data)
{
  Shown *shown = data;
  return !jz_row_model_is_loading (shown->model);
}

static void
shown_init (Shown *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  memset (self, 0, sizeof *self);
  self->table.main_thread = g_thread_self ();
  self->view = JZ_ROW_VIEW (jz_row_view_new ("Invented", columns, G_N_ELEMENTS (columns)));
  self->entry = gtk_search_entry_new ();
  jz_row_view_set_search_entry (self->view, GTK_SEARCH_ENTRY (self->entry));
  self->model = jz_row_model_new (NULL, &source, &self->table, NULL);
  self->window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (self->window), 900, 600);
  gtk_box_append (GTK_BOX (box), self->entry);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->view));
  gtk_widget_set_vexpand (GTK_WIDGET (self->view), TRUE);
  gtk_window_set_child (GTK_WINDOW (self->window), box);
  jz_row_view_set_model (self->view, self->model);
  gtk_window_present (GTK_WINDOW (self->window));
  wait_until (is_settled, self);
}

static gboolean
is_gone (gpointer data)
{
  return *(gpointer *)data == NULL;
}

/* Once the last request is answered nothing holds the rows any more. */
static void
shown_clear (Shown *self)
{
  gpointer model = self->model;

  g_object_add_weak_pointer (G_OBJECT (self->model), &model);
  gtk_window_destroy (GTK_WINDOW (self->window));
  g_object_unref (self->model);
  wait_until (is_gone, &model);
}

/* The first widget of a type under @widget, in order, that @is_it takes. */
static GtkWidget *
find (GtkWidget *widget, GType type, const char *text)
{
  const char *own = GTK_IS_INSCRIPTION (widget)
                      ? gtk_inscription_get_text (GTK_INSCRIPTION (widget))
                    : GTK_IS_LABEL (widget) ? gtk_label_get_text (GTK_LABEL (widget))
                                            : NULL;

  if (g_type_is_a (G_OBJECT_TYPE (widget), type) && (text == NULL || g_strcmp0 (own, text) == 0) &&
      gtk_widget_get_mapped (widget))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = find (child, type, text);
    if (found != NULL)
      return found;
  }
  return NULL;
}

typedef struct {
  Shown *shown;
  const char *text;
} Sight;

static gboolean
is_in_sight (gpointer data)
{
  Sight *sight = data;
  return find (GTK_WIDGET (sight->shown->view), GTK_TYPE_WIDGET, sight->text) != NULL;
}

static void
wait_for_text (Shown *shown, const char *text)
{
  Sight sight = { shown, text };
  wait_until (is_in_sight, &sight);
}

static void
test_opens (void)
{
  Shown shown;

  shown_init (&shown);
  wait_for_text (&shown, "7");
  wait_for_text (&shown, "200000 rows");
  /* some pages, not the whole list */
  g_assert_cmpint (shown.table.n_loads, <, 10);
  shown_clear (&shown);
}

static void
test_end (void)
{
  Shown shown;

  shown_init (&shown);
  wait_for_text (&shown, "0");
  jz_row_view_scroll_to (shown.view, MANY - 1);
  wait_for_text (&shown, "199999");
  g_assert_cmpint (shown.table.n_loads, <, 20);
  shown_clear (&shown);
}

static GtkColumnView *
get_list (Shown *shown)
{
  return GTK_COLUMN_VIEW (find (GTK_WIDGET (shown->view), GTK_TYPE_COLUMN_VIEW, NULL));
}

static void
count_signal (JzRowView *view, gpointer data)
{
  (*(guint *)data)++;
}

/* A click on a head is what GTK does with the column's sorter. */
static void
test_sort (void)
{
  Shown shown;
  g_autoptr (GtkColumnViewColumn) column = NULL;
  gboolean is_descending = TRUE;
  guint n_changes = 0;

  shown_init (&shown);
  g_signal_connect (shown.view, "layout-changed", G_CALLBACK (count_signal), &n_changes);
  g_assert_cmpint (jz_row_view_get_sort (shown.view, &is_descending), ==, -1);
  column = g_list_model_get_item (gtk_column_view_get_columns (get_list (&shown)), 1);
  gtk_column_view_sort_by_column (get_list (&shown), column, GTK_SORT_ASCENDING);
  g_assert_cmpint (jz_row_view_get_sort (shown.view, &is_descending), ==, 1);
  g_assert_false (is_descending);
  gtk_column_view_sort_by_column (get_list (&shown), column, GTK_SORT_DESCENDING);
  g_assert_cmpint (jz_row_view_get_sort (shown.view, &is_descending), ==, 1);
  g_assert_true (is_descending);
  g_assert_true (jz_row_model_get_query (shown.model)->is_descending);
  g_assert_cmpuint (n_changes, ==, 2);
  wait_for_text (&shown, "199999");
  jz_row_view_set_sort (shown.view, 0, FALSE);
  g_assert_cmpuint (n_changes, ==, 2);
  wait_for_text (&shown, "0");
  shown_clear (&shown);
}

static void
test_layout (void)
{
  Shown shown;
  g_autoptr (GVariant) layout = NULL;
  g_autoptr (GVariant) foreign = g_variant_ref_sink (g_variant_new_string ("x"));
  gboolean is_descending = FALSE;

  shown_init (&shown);
  jz_row_view_set_sort (shown.view, 1, TRUE);
  layout = g_variant_ref_sink (jz_row_view_get_layout (shown.view));
  jz_row_view_set_sort (shown.view, -1, FALSE);
  jz_row_view_set_layout (shown.view, foreign);
  g_assert_cmpint (jz_row_view_get_sort (shown.view, &is_descending), ==, -1);
  jz_row_view_set_layout (shown.view, layout);
  g_assert_cmpint (jz_row_view_get_sort (shown.view, &is_descending), ==, 1);
  g_assert_true (is_descending);
  shown_clear (&shown);
}

static void
take_id (JzRowView *view, gint64 id, gpointer data)
{
  *(gint64 *)data = id;
}

static void
test_activate (void)
{
  Shown shown;
  gint64 id = -1;

  shown_init (&shown);
  jz_row_view_set_sort (shown.view, 0, TRUE);
  wait_for_text (&shown, "199999");
  g_signal_connect (shown.view, "activate-row", G_CALLBACK (take_id), &id);
  g_signal_emit_by_name (get_list (&shown), "activate", 2);
  g_assert_cmpint (id, ==, MANY - 3);
  shown_clear (&shown);
}

/* What scrolls the list has the focus while there is no row; a row takes it as soon as it can. */
static void
test_focus_asked (void)
{
  Shown shown;
  GtkWidget *list;
  GtkWidget *focus;

  shown_init (&shown);
  wait_for_text (&shown, "0");
  list = GTK_WIDGET (get_list (&shown));
  gtk_root_set_focus (GTK_ROOT (shown.window), gtk_widget_get_parent (list));
  g_assert_true (gtk_widget_grab_focus (GTK_WIDGET (shown.view)));
  focus = gtk_root_get_focus (GTK_ROOT (shown.window));
  g_assert_true (gtk_widget_is_ancestor (focus, list));
  /* Asked for once more it stays in its row. */
  g_assert_true (gtk_widget_grab_focus (GTK_WIDGET (shown.view)));
  g_assert_true (gtk_root_get_focus (GTK_ROOT (shown.window)) == focus);
  shown_clear (&shown);
}

static void
test_style (void)
{
  Shown shown;
  GtkWidget *row;

  shown_init (&shown);
  wait_for_text (&shown, "0");
  row = gtk_widget_get_parent (
    gtk_widget_get_parent (find (GTK_WIDGET (shown.view), GTK_TYPE_INSCRIPTION, "0")));
  g_assert_true (
    gtk_widget_has_css_class (find (row, GTK_TYPE_INSCRIPTION, "某某商贸有限公司"), "warning"));
  shown_clear (&shown);
}

static void
take_text (JzRowView *view, const char *text, gpointer data)
{
  g_free (*(char **)data);
  *(char **)data = g_strdup (text);
}

static gboolean
is_searched (gpointer data)
{
  return g_strcmp0 (*(char **)data, "某某") == 0;
}

static void
test_search (void)
{
  Shown shown;
  g_autofree char *text = NULL;
  g_autoptr (JzJson) filter = jz_json_new_object ();

  shown_init (&shown);
  g_signal_connect (shown.view, "search", G_CALLBACK (take_text), &text);
  gtk_editable_set_text (GTK_EDITABLE (shown.entry), "某某");
  wait_until (is_searched, &text);
  jz_row_view_set_filter (shown.view, filter);
  wait_for_text (&shown, "Nothing matches");
  jz_row_view_set_filter (shown.view, NULL);
  wait_for_text (&shown, "0");
  shown_clear (&shown);
}

static JzJson *
new_filter (gint64 from, gint64 n)
{
  JzJson *filter = jz_json_new_object ();

  jz_json_set_integer (filter, "from", from);
  jz_json_set_integer (filter, "n", n);
  return filter;
}

static gboolean
has_focus (gpointer data)
{
  const Shown *shown = data;
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (shown->window));

  return focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (shown->view)) &&
         g_list_model_get_n_items (G_LIST_MODEL (shown->model)) == 1;
}

/* The row that has the focus goes with all others; the one that comes has it, and Tab leaves it. */
static void
test_focus (void)
{
  Shown shown;
  g_autoptr (JzJson) many = new_filter (0, 90);
  g_autoptr (JzJson) one = new_filter (700, 1);

  shown_init (&shown);
  jz_row_view_set_filter (shown.view, many);
  wait_for_text (&shown, "7");
  g_assert_true (gtk_widget_grab_focus (GTK_WIDGET (shown.view)));
  jz_row_view_set_filter (shown.view, one);
  wait_for_text (&shown, "700");
  wait_until (has_focus, &shown);
  gtk_widget_child_focus (shown.window, GTK_DIR_TAB_FORWARD);
  g_assert_false (has_focus (&shown));
  shown_clear (&shown);
}

static void
test_empty (void)
{
  Shown shown;

  shown_init (&shown);
  jz_row_view_set_empty (shown.view, "folder-symbolic", "No cases yet", "Open one.", NULL);
  shown.table.is_empty = TRUE;
  jz_row_model_reload (shown.model);
  wait_for_text (&shown, "No cases yet");
  shown.table.fails = TRUE;
  jz_row_model_reload (shown.model);
  wait_for_text (&shown, "The table is damaged.");
  shown_clear (&shown);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  if (!gtk_init_check ())
    return 77;
  adw_init ();
  g_test_add_func ("/app/row-view/opens", test_opens);
  g_test_add_func ("/app/row-view/end", test_end);
  g_test_add_func ("/app/row-view/sort", test_sort);
  g_test_add_func ("/app/row-view/layout", test_layout);
  g_test_add_func ("/app/row-view/activate", test_activate);
  g_test_add_func ("/app/row-view/focus-asked", test_focus_asked);
  g_test_add_func ("/app/row-view/style", test_style);
  g_test_add_func ("/app/row-view/search", test_search);
  g_test_add_func ("/app/row-view/focus", test_focus);
  g_test_add_func ("/app/row-view/empty", test_empty);
  return g_test_run ();
}
