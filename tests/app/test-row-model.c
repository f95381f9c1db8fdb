/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "app/row_cache.h"
#include "app/row_model.h"

/* An invented table of any length: row i has the texts "i" and a letter; sorted backwards the last
 * comes first, filtered it has every second row. */

#define MANY 200000

typedef struct {
  gint n_rows; /* atomic: all of these */
  gint n_queries;
  gint n_loads;
  gint n_loaded;
  gint letter;
  gint fails;
  gint removed; /* id of a row that is gone, -1 for none */
  gint moved;   /* id of a row that stands first, -1 for none */
  GThread *main_thread;
  GMutex gate; /* held: workers wait */
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
  gint64 n = g_atomic_int_get (&table->n_rows);
  gint64 step = query->filter != NULL ? 2 : 1;
  gint64 moved = g_atomic_int_get (&table->moved);

  g_assert_true (g_thread_self () != table->main_thread);
  g_atomic_int_inc (&table->n_queries);
  g_mutex_lock (&table->gate);
  g_mutex_unlock (&table->gate);
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  if (g_atomic_int_get (&table->fails)) {
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, "the table is damaged");
    return NULL;
  }
  ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  if (moved >= 0)
    g_array_append_val (ids, moved);
  for (gint64 i = 0; i < n && (query->limit == 0 || ids->len < query->limit); i += step) {
    gint64 id = query->is_descending ? n - 1 - i : i;
    if (id != g_atomic_int_get (&table->removed) && id != moved)
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
  char letter[2] = { (char)g_atomic_int_get (&table->letter), '\0' };

  g_assert_true (g_thread_self () != table->main_thread);
  g_atomic_int_inc (&table->n_loads);
  g_atomic_int_add (&table->n_loaded, (gint)n_ids);
  for (gsize i = 0; i < n_ids; i++) {
    char **cells = NULL;
    if (ids[i] != g_atomic_int_get (&table->removed)) {
      cells = g_new0 (char *, 3);
      cells[0] = g_strdup_printf ("%lld", (long long)ids[i]);
      cells[1] = g_strdup (letter);
    }
    g_ptr_array_add (rows, cells);
  }
  return rows;
}

static const JzRowSource source = { query_table, load_table };

static void
table_init (Table *table, int n_rows)
{
  memset (table, 0, sizeof *table);
  table->n_rows = n_rows;
  table->letter = 'a';
  table->removed = -1;
  table->moved = -1;
  table->main_thread = g_thread_self ();
  g_mutex_init (&table->gate);
}

/* How often the list told a change, and how much of it. */
typedef struct {
  guint n_changes;
  guint n_removed;
  guint n_added;
} Told;

static void
on_items_changed (GListModel *model, guint position, guint n_removed, guint n_added, gpointer data)
{
  Told *told = data;

  told->n_changes++;
  told->n_removed += n_removed;
  told->n_added += n_added;
}

static void
settle (JzRowModel *model)
{
  gint64 deadline = g_get_monotonic_time () + 10 * G_USEC_PER_SEC;
  guint n_quiet = 0;

  while (n_quiet < 20) {
    gboolean did = g_main_context_iteration (NULL, FALSE);
    g_assert_cmpint (g_get_monotonic_time (), <, deadline);
    n_quiet = did || jz_row_model_is_loading (model) ? 0 : n_quiet + 1;
    if (!did)
      g_usleep (500);
  }
}

static void
wait_loaded (JzListRow *row)
{
  gint64 deadline = g_get_monotonic_time () + 10 * G_USEC_PER_SEC;

  while (!jz_list_row_is_loaded (row)) {
    g_main_context_iteration (NULL, FALSE);
    g_assert_cmpint (g_get_monotonic_time (), <, deadline);
  }
}

static void
wait_text (JzListRow *row, guint column, const char *text)
{
  gint64 deadline = g_get_monotonic_time () + 10 * G_USEC_PER_SEC;

  while (strcmp (jz_list_row_get_cell (row, column), text) != 0) {
    g_main_context_iteration (NULL, FALSE);
    g_assert_cmpint (g_get_monotonic_time (), <, deadline);
  }
}

static JzRowModel *
make_model (Table *table)
{
  JzRowModel *model = jz_row_model_new (NULL, &source, table, NULL);

  jz_row_model_set_query (model, &(JzRowQuery){ .sort = 0 });
  settle (model);
  return model;
}

static void
test_many (void)
{
  Table table;
  g_autoptr (JzRowModel) model = NULL;
  GListModel *list;

  table_init (&table, MANY);
  model = make_model (&table);
  list = G_LIST_MODEL (model);
  g_assert_cmpuint (g_list_model_get_n_items (list), ==, MANY);
  g_assert_cmpuint (g_list_model_get_item_type (list), ==, JZ_TYPE_LIST_ROW);
  g_assert_null (g_list_model_get_item (list, MANY));
  /* the head, more of it, then all; and no texts, for nobody looks */
  g_assert_cmpint (table.n_queries, ==, 3);
  g_assert_cmpint (table.n_loads, ==, 0);
}

/* Asking for a row asks nobody else at once; its page comes with one question. */
static void
test_page (void)
{
  Table table;
  g_autoptr (JzRowModel) model = NULL;
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_object_unref);

  table_init (&table, MANY);
  model = make_model (&table);
  for (guint i = 0; i < 205; i++)
    g_ptr_array_add (rows, g_list_model_get_item (G_LIST_MODEL (model), 150000 + i));
  g_assert_cmpint (table.n_loads, ==, 0);
  g_assert_cmpstr (jz_list_row_get_cell (rows->pdata[0], 0), ==, "");
  for (guint i = 0; i < rows->len; i++)
    wait_loaded (rows->pdata[i]);
  g_assert_cmpint (table.n_loads, ==, 3);
  g_assert_cmpint (table.n_loaded, ==, 300);
  g_assert_cmpstr (jz_list_row_get_cell (rows->pdata[7], 0), ==, "150007");
  g_assert_cmpstr (jz_list_row_get_cell (rows->pdata[7], 1), ==, "a");
  g_assert_cmpstr (jz_list_row_get_cell (rows->pdata[7], 9), ==, "");
}

/* Pages that were passed while scrolling, of which nobody holds a row any more, are not loaded. */
static void
test_jumps (void)
{
  Table table;
  g_autoptr (JzRowModel) model = NULL;
  g_autoptr (JzListRow) last = NULL;

  table_init (&table, MANY);
  model = make_model (&table);
  for (guint i = 0; i < 1000; i++) {
    g_clear_object (&last);
    last = g_list_model_get_item (G_LIST_MODEL (model), i * 199);
  }
  wait_loaded (last);
  settle (model);
  g_assert_cmpint (table.n_loads, ==, 1);
}

static void
test_identity (void)
{
  Table table;
  g_autoptr (JzRowModel) model = NULL;
  g_autoptr (JzListRow) row = NULL;
  g_autoptr (JzListRow) again = NULL;
  g_autoptr (JzListRow) sorted = NULL;

  table_init (&table, MANY);
  model = make_model (&table);
  row = g_list_model_get_item (G_LIST_MODEL (model), 5);
  again = g_list_model_get_item (G_LIST_MODEL (model), 5);
  g_assert_true (row == again);
  jz_row_model_set_query (model, &(JzRowQuery){ .sort = 0, .is_descending = TRUE });
  settle (model);
  sorted = g_list_model_get_item (G_LIST_MODEL (model), MANY - 1 - 5);
  g_assert_true (sorted == row);
  g_assert_cmpint (jz_list_row_get_id (row), ==, 5);
}

/* Rows nobody holds are kept for scrolling back, but not for ever. */
static void
test_memory (void)
{
  Table table;
  g_autoptr (JzRowModel) model = NULL;
  JzListRow *row;
  gpointer gone = NULL;

  table_init (&table, MANY);
  model = make_model (&table);
  row = g_list_model_get_item (G_LIST_MODEL (model), 0);
  g_object_add_weak_pointer (G_OBJECT (row), &gone);
  gone = row;
  wait_loaded (row);
  g_object_unref (row);
  g_assert_nonnull (gone);
  for (guint page = 1; page < 20; page++) {
    g_autoptr (JzListRow) other = g_list_model_get_item (G_LIST_MODEL (model), page * JZ_ROW_PAGE);
    wait_loaded (other);
  }
  g_assert_null (gone);
}

static void
test_reload (void)
{
  Table table;
  Told told = { 0 };
  g_autoptr (JzRowModel) model = NULL;
  g_autoptr (JzListRow) row = NULL;

  table_init (&table, MANY);
  model = make_model (&table);
  row = g_list_model_get_item (G_LIST_MODEL (model), 3);
  wait_loaded (row);
  g_signal_connect (model, "items-changed", G_CALLBACK (on_items_changed), &told);
  /* other texts, the same rows: the list is the same, what is shown is loaded again */
  table.letter = 'b';
  jz_row_model_reload (model);
  settle (model);
  wait_text (row, 1, "b");
  g_assert_cmpuint (told.n_changes, ==, 0);
  /* one row gone, one moved to the front */
  table.removed = 100;
  table.moved = 190000;
  jz_row_model_reload (model);
  settle (model);
  g_assert_cmpuint (told.n_changes, ==, 3);
  g_assert_cmpuint (told.n_removed, ==, 2);
  g_assert_cmpuint (told.n_added, ==, 1);
  g_assert_cmpint (jz_row_model_get_id (model, 0), ==, 190000);
}

/* However often something changes while an answer is awaited, it is asked once more. */
static void
test_coalesce (void)
{
  Table table;
  g_autoptr (JzRowModel) model = NULL;
  int before;

  table_init (&table, 1000);
  model = make_model (&table);
  before = g_atomic_int_get (&table.n_queries);
  g_mutex_lock (&table.gate);
  for (int i = 0; i < 50; i++)
    jz_row_model_reload (model);
  g_mutex_unlock (&table.gate);
  settle (model);
  g_assert_cmpint (g_atomic_int_get (&table.n_queries) - before, ==, 2);
}

/* The answer to a filter that was typed over is dropped, in whichever order the answers come. */
static void
test_overtaken (void)
{
  Table table;
  g_autoptr (JzRowModel) model = NULL;
  g_autoptr (JzJson) filter = jz_json_new_object ();

  table_init (&table, MANY);
  model = make_model (&table);
  g_mutex_lock (&table.gate);
  jz_row_model_set_query (model, &(JzRowQuery){ .sort = 0, .is_descending = TRUE });
  jz_row_model_set_query (model, &(JzRowQuery){ .sort = 0, .filter = filter });
  g_mutex_unlock (&table.gate);
  settle (model);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (model)), ==, MANY / 2);
  g_assert_cmpint (jz_row_model_get_id (model, 1), ==, 2);
  g_assert_true (jz_row_model_get_query (model)->filter == filter);
}

static void
on_selection_changed (GtkSelectionModel *model, guint position, guint n_items, gpointer data)
{
  *(guint *)data += n_items;
}

static void
test_selection (void)
{
  Table table;
  g_autoptr (JzRowModel) model = NULL;
  g_autoptr (GtkBitset) selection = NULL;
  GtkSelectionModel *list;
  guint n_changed = 0;
  gint64 id = 0;

  table_init (&table, MANY);
  model = make_model (&table);
  list = GTK_SELECTION_MODEL (model);
  g_signal_connect (model, "selection-changed", G_CALLBACK (on_selection_changed), &n_changed);
  g_assert_false (jz_row_model_get_selected (model, &id));
  gtk_selection_model_select_item (list, 42, TRUE);
  gtk_selection_model_select_item (list, 43, TRUE);
  g_assert_cmpuint (n_changed, ==, 3);
  g_assert_false (gtk_selection_model_is_selected (list, 42));
  g_assert_true (gtk_selection_model_is_selected (list, 43));
  jz_row_model_set_query (model, &(JzRowQuery){ .sort = 0, .is_descending = TRUE });
  settle (model);
  g_assert_true (gtk_selection_model_is_selected (list, MANY - 1 - 43));
  selection = gtk_selection_model_get_selection (list);
  g_assert_cmpuint (gtk_bitset_get_size (selection), ==, 1);
  g_assert_true (jz_row_model_get_selected (model, &id));
  g_assert_cmpint (id, ==, 43);
  gtk_selection_model_unselect_item (list, MANY - 1 - 43);
  g_assert_false (jz_row_model_get_selected (model, &id));
}

static void
test_failure (void)
{
  Table table;
  g_autoptr (JzRowModel) model = NULL;

  table_init (&table, 10);
  model = make_model (&table);
  table.fails = TRUE;
  jz_row_model_reload (model);
  settle (model);
  g_assert_error (jz_row_model_get_error (model), G_IO_ERROR, G_IO_ERROR_FAILED);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (model)), ==, 10);
  table.fails = FALSE;
  jz_row_model_reload (model);
  settle (model);
  g_assert_null (jz_row_model_get_error (model));
}

/* Whoever goes away while it is being answered leaves nothing behind. */
static void
test_leave (void)
{
  Table table;
  JzRowModel *model;
  gpointer gone;
  gint64 deadline = g_get_monotonic_time () + 10 * G_USEC_PER_SEC;

  table_init (&table, MANY);
  model = jz_row_model_new (NULL, &source, &table, NULL);
  gone = model;
  g_object_add_weak_pointer (G_OBJECT (model), &gone);
  g_mutex_lock (&table.gate);
  jz_row_model_set_query (model, &(JzRowQuery){ .sort = 0 });
  jz_row_model_cancel (model);
  g_object_unref (model);
  g_mutex_unlock (&table.gate);
  while (gone != NULL) {
    g_main_context_iteration (NULL, FALSE);
    g_assert_cmpint (g_get_monotonic_time (), <, deadline);
  }
}

/* Row 7 is gone, row 9 is damaged. */
static gboolean
load_one (JzOffice *office,
          JzConnection *reader,
          gint64 id,
          gconstpointer data,
          GStrv *cells,
          GError **error)
{
  g_atomic_int_inc ((gint *)data);
  if (id == 9) {
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, "the row is damaged");
    return FALSE;
  }
  if (id != 7) {
    *cells = g_new0 (char *, 2);
    (*cells)[0] = g_strdup_printf ("%lld", (long long)id);
  }
  return TRUE;
}

static void
test_one_by_one (void)
{
  static const JzRowSource one_by_one = { .query = query_table, .load_one = load_one };
  static const gint64 ids[] = { 5, 7, 6, 9, 8 };
  gint n_loaded = 0;
  g_autoptr (JzRowReader) reader = jz_row_reader_new (NULL, &one_by_one, &n_loaded, NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  GPtrArray *rows = jz_row_reader_load (reader, NULL, NULL, ids, 3, cancellable, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (rows->len, ==, 3);
  g_assert_cmpstr (((GStrv)g_ptr_array_index (rows, 0))[0], ==, "5");
  g_assert_null (g_ptr_array_index (rows, 1));
  g_assert_cmpstr (((GStrv)g_ptr_array_index (rows, 2))[0], ==, "6");
  jz_row_reader_free_rows (rows);

  n_loaded = 0;
  g_assert_null (jz_row_reader_load (reader, NULL, NULL, ids, 5, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_FAILED);
  g_assert_cmpint (n_loaded, ==, 4);
  g_clear_error (&error);

  n_loaded = 0;
  g_cancellable_cancel (cancellable);
  g_assert_null (jz_row_reader_load (reader, NULL, NULL, ids, 3, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (n_loaded, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/row-model/many", test_many);
  g_test_add_func ("/app/row-model/page", test_page);
  g_test_add_func ("/app/row-model/one-by-one", test_one_by_one);
  g_test_add_func ("/app/row-model/jumps", test_jumps);
  g_test_add_func ("/app/row-model/identity", test_identity);
  g_test_add_func ("/app/row-model/memory", test_memory);
  g_test_add_func ("/app/row-model/reload", test_reload);
  g_test_add_func ("/app/row-model/coalesce", test_coalesce);
  g_test_add_func ("/app/row-model/overtaken", test_overtaken);
  g_test_add_func ("/app/row-model/selection", test_selection);
  g_test_add_func ("/app/row-model/failure", test_failure);
  g_test_add_func ("/app/row-model/leave", test_leave);
  return g_test_run ();
}
