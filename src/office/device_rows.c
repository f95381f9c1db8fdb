/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include <glib/gi18n-lib.h>

#include "office/case_rows-private.h"
#include "office/recording_rows.h"

/* The devices that took the recordings, as these say, and the numbers that are missing among
 * those of a device's files. A device is named by the key of its first recording. */

static const char *const sort_columns[] = {
  [JZ_DEVICE_COLUMN_NUMBER] = "device",    [JZ_DEVICE_COLUMN_MODEL] = "max (model)",
  [JZ_DEVICE_COLUMN_COUNT] = "count (*)",  [JZ_DEVICE_COLUMN_FIRST] = "min (nullif (began, ''))",
  [JZ_DEVICE_COLUMN_LAST] = "max (began)",
};

static char *
make_sql (const JzCaseOrder *order)
{
  gboolean is_sorted = order->column >= 0 && order->column < JZ_DEVICE_N_SORTABLE;
  GString *sql = g_string_new (NULL);

  g_string_append_printf (sql,
                          "SELECT min (key), device, max (model) FROM recording_row INDEXED BY "
                          "recording_row_by_device WHERE flags & %u GROUP BY device ORDER BY %s %s",
                          JZ_RECORDING_IN (JZ_RECORDING_VIEW_ALL),
                          is_sorted ? sort_columns[order->column] : "device = '', device",
                          is_sorted && order->is_descending ? "DESC" : "ASC");
  return g_string_free (sql, FALSE);
}

static gboolean
is_named (JzStatement *row, const char *words)
{
  g_autofree char *text =
    g_strjoin ("\n", jz_statement_get_text (row, 1), jz_statement_get_text (row, 2), NULL);
  g_autofree char *folded = jz_case_rows_dup_words (text);

  return strstr (folded, words) != NULL;
}

static gboolean
collect (JzStatement *rows,
         const char *words,
         const JzCaseOrder *order,
         GArray *keys,
         GError **error)
{
  gboolean has_row = FALSE;

  while (jz_statement_step (rows, &has_row, error)) {
    gint64 key;
    if (!has_row || (order->limit > 0 && keys->len == order->limit))
      return TRUE;
    key = jz_statement_get_integer (rows, 0);
    if (words == NULL || is_named (rows, words))
      g_array_append_val (keys, key);
  }
  return FALSE;
}

/**
 * jz_device_rows_query:
 * @rows: what is kept of cases
 * @text: (nullable): only those with this in number or model
 * @order: in which order; by number where it names no column
 * @cancellable: (nullable): stops it
 * @error: return location
 *
 * Returns: (transfer full) (nullable) (element-type gint64): for each device, and for recordings
 *   that do not say theirs, the key of the first recording
 */
GArray *
jz_device_rows_query (JzCaseRows *rows,
                      const char *text,
                      const JzCaseOrder *order,
                      GCancellable *cancellable,
                      GError **error)
{
  g_autoptr (GArray) keys = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autofree char *words = text != NULL ? jz_case_rows_dup_words (text) : NULL;
  g_autofree char *sql = make_sql (order);
  JzCaseRowsLease lease = { NULL };
  g_autoptr (JzStatement) statement = NULL;
  gboolean is_read;

  if (!jz_case_rows_begin (rows, &lease, cancellable, error))
    return NULL;
  statement = jz_connection_query (lease.connection, error, sql, "");
  is_read = statement != NULL && collect (statement, words, order, keys, error);
  g_clear_pointer (&statement, jz_statement_release);
  jz_case_rows_end (&lease);
  return is_read ? g_steal_pointer (&keys) : NULL;
}

/* Of one day, in digits of one length. */
typedef struct {
  char day[JZ_DATE_SIZE];
  guint n_digits;
  GArray *numbers;
} Count;

static void
tell_missing (const Count *self, GString *text)
{
  g_autofree char *missing = jz_recording_serials_dup_missing (
    (const gint64 *)(gpointer)self->numbers->data, self->numbers->len, self->n_digits);
  JzDate date;

  if (missing == NULL || !jz_date_parse (self->day, &date, NULL))
    return;
  if (text->len > 0)
    g_string_append (text, _ ("; "));
  /* Translators: month, day and numbers of files, in Chinese %1$d月%2$d日缺 %3$s */
  g_string_append_printf (text, _ ("on %1$02d-%2$02d %3$s"), date.month, date.day, missing);
}

static void
begin_count (Count *self, JzStatement *row)
{
  g_strlcpy (self->day, jz_statement_get_text (row, 0), sizeof self->day);
  self->n_digits = (guint)jz_statement_get_integer (row, 1);
  g_array_set_size (self->numbers, 0);
}

static gboolean
is_same_count (const Count *self, JzStatement *row)
{
  return strcmp (self->day, jz_statement_get_text (row, 0)) == 0 &&
         self->n_digits == (guint)jz_statement_get_integer (row, 1);
}

static gboolean
find_missing (JzConnection *connection, const char *device, GString *text, GError **error)
{
  g_autoptr (GArray) numbers = g_array_new (FALSE, FALSE, sizeof (gint64));
  Count count = { "", 0, numbers };
  gboolean has_row = FALSE;
  g_autoptr (JzStatement) rows = jz_connection_query (
    connection, error,
    "SELECT day, digits, serial FROM recording_row INDEXED BY recording_row_by_serial WHERE device "
    "= ? AND digits > 0 ORDER BY day, digits, serial",
    "t", device);

  while (rows != NULL && jz_statement_step (rows, &has_row, error)) {
    gint64 number;
    if (!has_row || !is_same_count (&count, rows))
      tell_missing (&count, text);
    if (!has_row)
      return TRUE;
    if (!is_same_count (&count, rows))
      begin_count (&count, rows);
    number = jz_statement_get_integer (rows, 2);
    g_array_append_val (numbers, number);
  }
  return FALSE;
}

static char **
read_cells (JzConnection *connection, JzStatement *row, GError **error)
{
  const char *device = jz_statement_get_text (row, 0);
  g_auto (GStrv) cells = g_new0 (char *, JZ_DEVICE_N_CELLS + 1);
  g_autoptr (GString) missing = g_string_new (NULL);

  if (device[0] != '\0' && !find_missing (connection, device, missing, error))
    return NULL;
  cells[JZ_DEVICE_COLUMN_NUMBER] = g_strdup (device[0] != '\0' ? device : _ ("not stated"));
  cells[JZ_DEVICE_COLUMN_MODEL] = g_strdup (jz_statement_get_text (row, 1));
  cells[JZ_DEVICE_COLUMN_COUNT] =
    g_strdup_printf ("%lld", (long long)jz_statement_get_integer (row, 2));
  cells[JZ_DEVICE_COLUMN_FIRST] = g_strdup (jz_statement_get_text (row, 3));
  cells[JZ_DEVICE_COLUMN_LAST] = g_strdup (jz_statement_get_text (row, 4));
  cells[JZ_DEVICE_COLUMN_MISSING] = g_string_free (g_steal_pointer (&missing), FALSE);
  return g_steal_pointer (&cells);
}

static gboolean
load_row (JzConnection *connection, gint64 key, gconstpointer data, char ***cells, GError **error)
{
  gboolean has_row = FALSE;
  g_autoptr (JzStatement) row = jz_connection_query (
    connection, error,
    "SELECT device, max (model), count (*), coalesce (min (nullif (began, '')), ''), max (began) "
    "FROM recording_row INDEXED BY recording_row_by_device WHERE device = (SELECT device FROM "
    "recording_row WHERE key = ?1) AND flags & ?2 HAVING count (*) > 0",
    "ii", key, (gint64)JZ_RECORDING_IN (JZ_RECORDING_VIEW_ALL));

  if (row == NULL || !jz_statement_step (row, &has_row, error))
    return FALSE;
  if (!has_row)
    return TRUE;
  *cells = read_cells (connection, row, error);
  return *cells != NULL;
}

/**
 * jz_device_rows_load:
 * @rows: what is kept of cases
 * @keys: (array length=n_keys): of jz_device_rows_query()
 * @n_keys: how many
 * @error: return location
 *
 * Returns: (transfer full) (nullable) (element-type GStrv): for each its %JZ_DEVICE_N_CELLS cells,
 *   moments as they are stored; %NULL for one that is not there any more; the array has no free
 *   function
 */
GPtrArray *
jz_device_rows_load (JzCaseRows *rows, const gint64 *keys, gsize n_keys, GError **error)
{
  return jz_case_rows_load_each (rows, keys, n_keys, load_row, NULL, error);
}
