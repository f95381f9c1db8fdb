/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "office/case_rows.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "base/half_width.h"
#include "office/case_rows-private.h"
#include "office/error.h"

/* The list of cases, of which there may be a million. What its columns show follows from facts,
 * rules and the calendar, and would take an hour to work out for all; so it is kept in scratch.db,
 * one row a case with an index for each column, and brought up to date from the entries that came
 * since. Days that pass change nothing here: rows hold last days, not whether they are over. */

/**
 * jz_case_rows_new:
 * @office: the office; must outlive the rows
 *
 * Returns: (transfer full): what lists show of its cases, as far as it was worked out
 */
JzCaseRows *
jz_case_rows_new (JzOffice *office)
{
  JzCaseRows *self = g_atomic_rc_box_new0 (JzCaseRows);

  self->office = office;
  self->path = g_strdup (jz_store_get_path (jz_office_get_store (office)));
  g_mutex_init (&self->mutex);
  g_mutex_init (&self->refreshing);
  self->readers = g_ptr_array_new_with_free_func ((GDestroyNotify)jz_connection_close);
  return self;
}

/**
 * jz_case_rows_ref:
 * @self: rows
 *
 * Returns: (transfer full): the same
 */
JzCaseRows *
jz_case_rows_ref (JzCaseRows *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear (gpointer data)
{
  JzCaseRows *self = data;

  g_ptr_array_unref (self->readers);
  g_mutex_clear (&self->mutex);
  g_mutex_clear (&self->refreshing);
  g_free (self->path);
}

/**
 * jz_case_rows_unref:
 * @self: (transfer full): rows
 */
void
jz_case_rows_unref (JzCaseRows *self)
{
  g_atomic_rc_box_release_full (self, clear);
}

/**
 * jz_case_rows_lease:
 * @self: rows
 * @error: return location
 *
 * Returns: (transfer full) (nullable): a connection that reads them, to be given back
 */
JzConnection *
jz_case_rows_lease (JzCaseRows *self, GError **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  if (self->readers->len > 0)
    return g_ptr_array_steal_index (self->readers, self->readers->len - 1);
  return jz_scratch_open_reader (self->path, error);
}

/**
 * jz_case_rows_give_back:
 * @self: rows
 * @connection: (transfer full): of jz_case_rows_lease()
 */
void
jz_case_rows_give_back (JzCaseRows *self, JzConnection *connection)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  g_ptr_array_add (self->readers, connection);
}

static const char *const sort_columns[] = {
  [JZ_CASE_COLUMN_NUMBER] = "number_key", [JZ_CASE_COLUMN_PARTY] = "party",
  [JZ_CASE_COLUMN_CAUSE] = "cause",       [JZ_CASE_COLUMN_HANDLER] = "handler",
  [JZ_CASE_COLUMN_STAGE] = "stage_key",   [JZ_CASE_COLUMN_DUE] = "due",
  [JZ_CASE_COLUMN_PLACE] = "place",
};

static const char *const sort_indexes[] = {
  [JZ_CASE_COLUMN_NUMBER] = "case_row_by_number", [JZ_CASE_COLUMN_PARTY] = "case_row_by_party",
  [JZ_CASE_COLUMN_CAUSE] = "case_row_by_cause",   [JZ_CASE_COLUMN_HANDLER] = "case_row_by_handler",
  [JZ_CASE_COLUMN_STAGE] = "case_row_by_stage",   [JZ_CASE_COLUMN_DUE] = "case_row_by_due",
  [JZ_CASE_COLUMN_PLACE] = "case_row_by_place",
};

/* By a column of @columns or by the key, the newest first where nobody asks for an order. */
void
jz_case_rows_add_order (GString *sql,
                        const JzCaseOrder *order,
                        const char *const *columns,
                        int n_columns)
{
  gboolean is_sorted = order->column >= 0 && order->column < n_columns;
  gboolean is_down = is_sorted ? order->is_descending : !order->is_descending;
  const char *direction = is_down ? "DESC" : "ASC";

  g_string_append (sql, " ORDER BY ");
  if (is_sorted)
    g_string_append_printf (sql, "r.%s %s, ", columns[order->column], direction);
  g_string_append_printf (sql, "r.key %s", direction);
  if (order->limit > 0)
    g_string_append_printf (sql, " LIMIT %u", order->limit);
}

/* What finds few cases by an index of its own, so that only those few are sorted. */
static const char *
get_narrow (const JzCaseFilter *filter, const JzCaseOrder *order)
{
  if (filter->person != NULL)
    return "case_row_person AS n CROSS JOIN case_row AS r ON r.key = n.key WHERE n.person = ?3";
  if (filter->due_before != NULL)
    return "case_row AS n INDEXED BY case_row_by_due CROSS JOIN case_row AS r ON r.key = n.key "
           "WHERE n.due < ?5";
  if (filter->section != NULL)
    return "case_row AS n INDEXED BY case_row_by_section CROSS JOIN case_row AS r ON r.key = n.key "
           "WHERE n.section = ?4";
  if (filter->text != NULL && order->column < 0)
    return "case_row AS r NOT INDEXED WHERE 1"; /* read in its own order */
  if (filter->text != NULL)
    return "case_row AS n NOT INDEXED CROSS JOIN case_row AS r ON r.key = n.key WHERE instr "
           "(n.words, ?6) > 0";
  return NULL;
}

/**
 * jz_case_rows_make_sql:
 * @filter: which cases
 * @order: in which order
 *
 * Few cases are found first and then sorted; all others are read in the order of an index that
 * holds what they are filtered by, and are not sorted at all.
 *
 * Returns: (transfer full): the query; ?1 bits of groups, ?2 bits of places, ?3 person, ?4 section,
 *   ?5 day, ?6 text
 */
char *
jz_case_rows_make_sql (const JzCaseFilter *filter, const JzCaseOrder *order)
{
  gboolean is_sorted = order->column >= 0 && order->column < JZ_CASE_N_SORTABLE;
  const char *narrow = get_narrow (filter, order);
  GString *sql = g_string_new ("SELECT r.key FROM ");

  if (narrow != NULL)
    g_string_append (sql, narrow);
  else
    g_string_append_printf (sql, "case_row AS r INDEXED BY %s WHERE 1",
                            is_sorted ? sort_indexes[order->column] : "case_row_by_key");
  g_string_append (sql, " AND (?1 = 0 OR r.flags & ?1) AND (?2 = 0 OR r.flags & ?2) AND ");
  /* What is not asked is not looked at, or an index would not do. */
  g_string_append (sql, filter->person != NULL ? "EXISTS (SELECT 1 FROM case_row_person WHERE "
                                                 "person = ?3 AND key = r.key) AND "
                                               : "?3 = '' AND ");
  g_string_append (sql, filter->section != NULL ? "r.section = ?4 AND " : "?4 = '' AND ");
  g_string_append (sql, filter->due_before != NULL ? "r.due < ?5 AND " : "?5 = '' AND ");
  g_string_append (sql, filter->text != NULL ? "instr (r.words, ?6) > 0" : "?6 = ''");
  jz_case_rows_add_order (sql, order, sort_columns, JZ_CASE_N_SORTABLE);
  return g_string_free (sql, FALSE);
}

/* Half and full width are the same to whoever types (ux.md §1.8), and so are letters of both
 * cases. */
char *
jz_case_rows_dup_words (const char *text)
{
  g_autofree char *half = jz_half_width_dup (text);
  return g_utf8_casefold (half, -1);
}

/* The numbers of the first column. */
static gboolean
collect (JzStatement *rows, GArray *keys, GCancellable *cancellable, GError **error)
{
  gboolean has_row = FALSE;

  while (jz_statement_step (rows, &has_row, error)) {
    gint64 key;
    if (!has_row)
      return TRUE;
    key = jz_statement_get_integer (rows, 0);
    g_array_append_val (keys, key);
    if (keys->len % 4096 == 0 && g_cancellable_set_error_if_cancelled (cancellable, error))
      return FALSE;
  }
  return FALSE;
}

static void
interrupt (GCancellable *cancellable, sqlite3 *handle)
{
  sqlite3_interrupt (handle);
}

gboolean
jz_case_rows_begin (JzCaseRows *self,
                    JzCaseRowsLease *lease,
                    GCancellable *cancellable,
                    GError **error)
{
  *lease = (JzCaseRowsLease){ jz_case_rows_lease (self, error), self, cancellable, 0 };
  if (lease->connection != NULL && cancellable != NULL)
    lease->handler = g_cancellable_connect (cancellable, G_CALLBACK (interrupt),
                                            jz_connection_get_handle (lease->connection), NULL);
  return lease->connection != NULL;
}

void
jz_case_rows_end (JzCaseRowsLease *lease)
{
  g_cancellable_disconnect (lease->cancellable, lease->handler);
  jz_case_rows_give_back (lease->rows, lease->connection);
}

/* The numbers of the first column of what @sql finds; @kinds and what follows as for
 * jz_connection_query(). */
GArray *
jz_case_rows_find_keys (JzCaseRows *self,
                        GCancellable *cancellable,
                        GError **error,
                        const char *sql,
                        const char *kinds,
                        ...)
{
  g_autoptr (GArray) keys = g_array_new (FALSE, FALSE, sizeof (gint64));
  JzCaseRowsLease lease = { NULL };
  g_autoptr (JzStatement) rows = NULL;
  gboolean is_read;
  va_list values;

  if (!jz_case_rows_begin (self, &lease, cancellable, error))
    return NULL;
  va_start (values, kinds);
  rows = jz_connection_query_values (lease.connection, error, sql, kinds, &values);
  va_end (values);
  is_read = rows != NULL && collect (rows, keys, cancellable, error);
  g_clear_pointer (&rows, jz_statement_release);
  jz_case_rows_end (&lease);
  return is_read ? g_steal_pointer (&keys) : NULL;
}

/**
 * jz_case_rows_query:
 * @self: rows
 * @filter: which cases
 * @order: in which order
 * @cancellable: (nullable): stops it
 * @error: return location
 *
 * Returns: (transfer full) (nullable) (element-type gint64): the keys of the cases
 */
GArray *
jz_case_rows_query (JzCaseRows *self,
                    const JzCaseFilter *filter,
                    const JzCaseOrder *order,
                    GCancellable *cancellable,
                    GError **error)
{
  g_autofree char *sql = jz_case_rows_make_sql (filter, order);
  g_autofree char *words = filter->text != NULL ? jz_case_rows_dup_words (filter->text) : NULL;

  return jz_case_rows_find_keys (self, cancellable, error, sql, "iitttt", (gint64)filter->groups,
                                 (gint64)filter->places << JZ_CASE_PLACE_SHIFT, filter->person,
                                 filter->section, filter->due_before, words);
}

/**
 * jz_case_due_dup_words:
 * @due: a last day
 * @today: today
 * @style: (out) (nullable): the style class of its colour, or the empty text
 *
 * Returns: (transfer full): how it stands with it, as people say it
 */
char *
jz_case_due_dup_words (JzDate due, JzDate today, const char **style)
{
  int n_days = jz_date_days_between (today, due);

  *style = n_days < 0 ? "error" : n_days <= 3 ? "warning" : "";
  if (n_days < 0)
    return g_strdup_printf (ngettext ("%d day overdue", "%d days overdue", (unsigned)-n_days),
                            -n_days);
  if (n_days == 0)
    return g_strdup (_ ("today"));
  /* Translators: month and day, such as 11月24日 */
  if (due.year == today.year)
    return g_strdup_printf (_ ("%1$02d-%2$02d"), due.month, due.day);
  /* Translators: year, month and day, such as 2026年11月24日 */
  return g_strdup_printf (_ ("%1$04d-%2$02d-%3$02d"), due.year, due.month, due.day);
}

static void
set_due_cell (char **cells, const char *due, const char *name, JzDate today)
{
  const char *style = "";
  g_autofree char *words = NULL;
  JzDate date;

  if (strcmp (due, JZ_CASE_NO_DUE) != 0 && jz_date_parse (due, &date, NULL))
    words = jz_case_due_dup_words (date, today, &style);
  cells[JZ_CASE_COLUMN_DUE] =
    words != NULL ? g_strdup_printf ("%s %s", words, name) : g_strdup ("");
  cells[JZ_CASE_COLUMN_URGENCY] = g_strdup (style);
}

static char **
read_cells (JzStatement *row, JzDate today)
{
  char **cells = g_new0 (char *, JZ_CASE_N_CELLS + 1);

  for (int i = JZ_CASE_COLUMN_NUMBER; i <= JZ_CASE_COLUMN_STAGE; i++)
    cells[i] = g_strdup (jz_statement_get_text (row, i));
  set_due_cell (cells, jz_statement_get_text (row, 5), jz_statement_get_text (row, 6), today);
  cells[JZ_CASE_COLUMN_PLACE] =
    g_strdup (jz_case_place_word ((JzCasePlace)jz_statement_get_integer (row, 7)));
  return cells;
}

/* For each its cells, %NULL for one that is gone; the array has no free function. */
GPtrArray *
jz_case_rows_load_each (JzCaseRows *self,
                        const gint64 *keys,
                        gsize n_keys,
                        JzCaseRowsLoad load_one,
                        gconstpointer data,
                        GError **error)
{
  JzConnection *connection = jz_case_rows_lease (self, error);
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify)g_strfreev);
  gboolean is_read = connection != NULL;

  for (gsize i = 0; is_read && i < n_keys; i++) {
    char **cells = NULL;
    is_read = load_one (connection, keys[i], data, &cells, error);
    if (is_read)
      g_ptr_array_add (rows, cells);
  }
  if (connection != NULL)
    jz_case_rows_give_back (self, connection);
  if (!is_read)
    return NULL;
  g_ptr_array_set_free_func (rows, NULL);
  return g_steal_pointer (&rows);
}

static gboolean
load_row (JzConnection *connection, gint64 key, gconstpointer data, char ***cells, GError **error)
{
  gboolean has_row = FALSE;
  g_autoptr (JzStatement) row =
    jz_connection_query (connection, error,
                         "SELECT number, party, cause, handler, stage, due, due_name, place FROM "
                         "case_row WHERE key = ?",
                         "i", key);

  if (row == NULL || !jz_statement_step (row, &has_row, error))
    return FALSE;
  *cells = has_row ? read_cells (row, *(const JzDate *)data) : NULL;
  return TRUE;
}

/**
 * jz_case_rows_load:
 * @self: rows
 * @keys: (array length=n_keys): keys of cases
 * @n_keys: how many
 * @today: the day on which it is looked at
 * @error: return location
 *
 * Returns: (transfer full) (nullable) (element-type GStrv): for each its %JZ_CASE_N_CELLS cells,
 *   %NULL for one that is not there any more; the array has no free function
 */
GPtrArray *
jz_case_rows_load (JzCaseRows *self, const gint64 *keys, gsize n_keys, JzDate today, GError **error)
{
  return jz_case_rows_load_each (self, keys, n_keys, load_row, &today, error);
}

/**
 * jz_case_rows_find_id:
 * @reader: the store's database
 * @key: of a case
 * @error: return location
 *
 * Returns: (transfer full) (nullable): its id; %JZ_OFFICE_ERROR_NOT_FOUND where it was destroyed
 */
char *
jz_case_rows_find_id (JzConnection *reader, gint64 key, GError **error)
{
  char *id = NULL;

  if (!jz_connection_get_text (reader, &id, error, "SELECT id FROM case_file WHERE key = ?", "i",
                               key))
    return NULL;
  if (id == NULL)
    g_set_error_literal (error, JZ_OFFICE_ERROR, JZ_OFFICE_ERROR_NOT_FOUND,
                         _ ("This case is not in the store any more; it was destroyed."));
  return id;
}

/**
 * jz_case_rows_get_section:
 * @reader: the store's database
 * @person: id of a person
 * @section: (out) (transfer full) (nullable): the section that the person belongs to
 * @error: return location
 *
 * Returns: %FALSE only on failure
 */
gboolean
jz_case_rows_get_section (JzConnection *reader, const char *person, char **section, GError **error)
{
  return jz_connection_get_text (reader, section, error, "SELECT section FROM person WHERE id = ?",
                                 "t", person);
}
