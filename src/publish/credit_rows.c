/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include <glib/gi18n-lib.h>

#include "base/date.h"
#include "base/identity_code.h"
#include "publish/credit_table-private.h"

/* The rows of an upload table, and what in them does not fit together. */

/* Fen in ten thousand yuan. */
#define FEN_IN_WAN 1000000

typedef struct {
  const JzCreditTable *table;
  const JzBundleContents *contents;
  const JzBundleItem *item;
} Filling;

static const JzJson *
find_value (const JzJson *values, const char *path)
{
  g_auto (GStrv) parts = g_strsplit (path, ".", -1);

  for (char **part = parts; *part != NULL && values != NULL; part++)
    values =
      jz_json_get_kind (values) == JZ_JSON_OBJECT ? jz_json_get_member (values, *part) : NULL;
  return values;
}

static char *
dup_wan (gint64 fen)
{
  return g_strdup_printf ("%lld.%06lld", (long long)(fen / FEN_IN_WAN),
                          (long long)(fen % FEN_IN_WAN));
}

static char *
dup_date (const char *text, guint months)
{
  JzDate date;

  if (!jz_date_parse (text, &date, NULL))
    return g_strdup ("");
  if (months > 0)
    date = jz_date_add_months (date, (int)months);
  return g_strdup_printf ("%04d/%02d/%02d", date.year, date.month, date.day);
}

/* NULL where nothing is said. */
static char *
dup_plain (const JzCreditColumn *column, const JzCreditSource *source, const JzJson *value)
{
  if (value == NULL)
    return NULL;
  if (jz_json_get_kind (value) == JZ_JSON_INTEGER)
    return column->type == JZ_CREDIT_WAN
             ? (jz_json_get_integer (value) > 0 ? dup_wan (jz_json_get_integer (value)) : NULL)
             : g_strdup_printf ("%lld", (long long)jz_json_get_integer (value));
  if (jz_json_get_kind (value) != JZ_JSON_TEXT)
    return NULL;
  return column->type == JZ_CREDIT_DATE ? dup_date (jz_json_get_text (value), source->months)
                                        : g_strdup (jz_json_get_text (value));
}

/* `*` stands for any other word, and for that word. */
static char *
dup_mapped (const JzCreditSource *source, const char *word)
{
  for (guint i = 0; i < source->maps->len; i++) {
    const JzCreditMap *map = &g_array_index (source->maps, JzCreditMap, i);
    if (strcmp (map->is, word) == 0)
      return g_strdup (map->as);
    if (strcmp (map->is, "*") == 0) {
      g_auto (GStrv) parts = g_strsplit (map->as, "*", -1);
      return g_strjoinv (word, parts);
    }
  }
  return g_strdup (word);
}

static gboolean
is_meant (const JzCreditSource *source, const JzJson *row)
{
  const char *word = source->where != NULL ? jz_json_get_member_text (row, source->where) : NULL;

  return source->where == NULL || (word != NULL && strstr (word, source->has) != NULL);
}

static char *
dup_sum (const JzCreditSource *source, const JzJson *rows)
{
  gint64 sum = 0;

  for (guint i = 0; i < jz_json_get_n_items (rows); i++) {
    const JzJson *row = jz_json_get_item (rows, i);
    if (is_meant (source, row))
      sum += jz_json_get_member_integer (row, source->member, 0);
  }
  return sum > 0 ? dup_wan (sum) : NULL;
}

/* Each word once. */
static char *
dup_joined (const JzCreditSource *source, const JzJson *rows)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < jz_json_get_n_items (rows); i++) {
    const JzJson *row = jz_json_get_item (rows, i);
    const char *word = jz_json_get_member_text (row, source->member);
    g_autofree char *mapped = NULL;
    if (word == NULL || !is_meant (source, row))
      continue;
    mapped = dup_mapped (source, word);
    if (!g_ptr_array_find_with_equal_func (words, mapped, g_str_equal, NULL))
      g_ptr_array_add (words, g_steal_pointer (&mapped));
  }
  g_ptr_array_add (words, NULL);
  return g_strjoinv (source->join != NULL ? source->join : ";", (char **)words->pdata);
}

static char *
dup_from_rows (const Filling *self, const JzCreditColumn *column, const JzCreditSource *source)
{
  const JzJson *rows = find_value (self->item->values, source->rows);

  if (rows == NULL || jz_json_get_kind (rows) != JZ_JSON_ARRAY)
    return NULL;
  return column->type == JZ_CREDIT_WAN ? dup_sum (source, rows) : dup_joined (source, rows);
}

static const char *
get_setting (const Filling *self, const char *name)
{
  if (strcmp (name, "bureau.name") == 0)
    return self->contents->organ;
  return strcmp (name, "bureau.credit_code") == 0 ? self->contents->organ_code : "";
}

static char *
dup_from (const Filling *self, const JzCreditColumn *column, const JzCreditSource *source)
{
  g_autofree char *plain = NULL;

  if (source->field != NULL)
    return g_strdup (jz_bundle_item_get_field (self->item, source->field));
  if (source->rows != NULL)
    return dup_from_rows (self, column, source);
  if (source->setting != NULL)
    return g_strdup (get_setting (self, source->setting));
  if (source->text != NULL)
    return column->type == JZ_CREDIT_DATE ? dup_date (source->text, 0) : g_strdup (source->text);
  plain = dup_plain (column, source, find_value (self->item->values, source->value));
  return plain != NULL ? dup_mapped (source, plain) : NULL;
}

static char *
dup_cell (const Filling *self, const JzCreditColumn *column)
{
  for (guint i = 0; column->is_shown && i < column->sources->len; i++) {
    g_autofree char *cell = dup_from (self, column, g_ptr_array_index (column->sources, i));
    if (cell != NULL && cell[0] != '\0')
      return g_steal_pointer (&cell);
  }
  return g_strdup ("");
}

/**
 * jz_credit_table_fill:
 * @self: a table
 * @contents: what a bundle tells
 *
 * Returns: (transfer full) (element-type GStrv): a row for each item that belongs in the table, a
 *   text for each column; empty where nothing is said or the public is not told
 */
GPtrArray *
jz_credit_table_fill (const JzCreditTable *self, const JzBundleContents *contents)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify)g_strfreev);

  for (guint i = 0; i < contents->items->len; i++) {
    Filling filling = { self, contents, g_ptr_array_index (contents->items, i) };
    char **row;
    if (!jz_credit_table_has_form (self, filling.item->form))
      continue;
    row = g_new0 (char *, self->columns->len + 1);
    for (guint j = 0; j < self->columns->len; j++)
      row[j] = dup_cell (&filling, g_ptr_array_index (self->columns, j));
    g_ptr_array_add (rows, row);
  }
  return rows;
}

typedef struct {
  const JzCreditTable *table;
  const GPtrArray *rows;
  char **row;
  const JzBundleItem *item;
  JzJson *found;
} Checking;

static void
find_fault (Checking *self, const char *column, const char *sentence)
{
  JzJson *fault = jz_json_new_object ();

  jz_json_set_text (fault, "id", self->item->id);
  jz_json_set_text (fault, "number", self->item->number);
  jz_json_set_text (fault, "column", column);
  jz_json_set_text (fault, "sentence", sentence);
  jz_json_append (self->found, fault);
}

static const char *
get_cell (const Checking *self, const char *code)
{
  return self->row[jz_credit_table_find_column (self->table, code)];
}

static gboolean
is_needed (const Checking *self, const JzCreditColumn *column)
{
  const char *other = column->when != NULL ? get_cell (self, column->when) : NULL;

  if (!column->is_shown || other == NULL)
    return column->is_shown && column->is_needed;
  return column->is != NULL ? strcmp (other, column->is) == 0 : strstr (other, column->has) != NULL;
}

static void
check_column (Checking *self, const JzCreditColumn *column)
{
  const char *cell = get_cell (self, column->code);
  g_autofree char *sentence = NULL;

  if (cell[0] == '\0' && is_needed (self, column))
    sentence = g_strdup_printf (_ ("%s is empty, and the platform asks for it."), column->name);
  else if (g_utf8_strlen (cell, -1) > (glong)column->length)
    sentence =
      g_strdup_printf (_ ("%s has more than %u characters."), column->name, column->length);
  if (sentence != NULL)
    find_fault (self, column->code, sentence);
}

static gboolean
is_code (const char *cell)
{
  g_autoptr (JzIdentityCode) code = jz_identity_code_check_uscc (cell);

  return code->verdict != JZ_IDENTITY_ERROR;
}

/* Organs have codes that begin with 11, institutions with 12. */
static gboolean
is_organ (const char *cell)
{
  return is_code (cell) && (g_str_has_prefix (cell, "11") || g_str_has_prefix (cell, "12"));
}

static gboolean
is_once (const Checking *self, const char *code, const char *cell)
{
  int column = jz_credit_table_find_column (self->table, code);
  guint n = 0;

  for (guint i = 0; i < self->rows->len; i++)
    n += strcmp (((char **)g_ptr_array_index (self->rows, i))[column], cell) == 0 ? 1 : 0;
  return n == 1;
}

static gboolean
is_met (const Checking *self, const JzCreditCheck *check, const char *cell)
{
  const char *other = check->other != NULL ? get_cell (self, check->other) : "";
  g_autofree char *released = dup_date (self->item->released_on, 0);

  if (strcmp (check->is, "positive-with") == 0)
    return (strstr (other, check->has) != NULL) == (cell[0] != '\0');
  if (cell[0] == '\0')
    return TRUE; /* told already, where it is needed */
  if (strcmp (check->is, "code") == 0)
    return is_code (cell);
  if (strcmp (check->is, "organ") == 0)
    return is_organ (cell);
  if (strcmp (check->is, "once") == 0)
    return is_once (self, check->column, cell);
  if (strcmp (check->is, "not-after-release") == 0)
    return strcmp (cell, released) <= 0;
  return strcmp (check->is, "after") == 0 ? strcmp (cell, other) > 0 : strcmp (cell, other) >= 0;
}

static char *
dup_what_is_wrong (const JzCreditTable *table, const JzCreditCheck *check)
{
  const JzCreditColumn *column =
    g_ptr_array_index (table->columns, jz_credit_table_find_column (table, check->column));

  if (strcmp (check->is, "code") == 0)
    return g_strdup_printf (_ ("%s is no valid unified social credit code."), column->name);
  if (strcmp (check->is, "organ") == 0)
    return g_strdup_printf (_ ("%s is no valid code of an organ."), column->name);
  if (strcmp (check->is, "once") == 0)
    return g_strdup_printf (_ ("%s stands in another row, too."), column->name);
  if (strcmp (check->is, "positive-with") == 0)
    return g_strdup_printf (_ ("%s does not fit the kinds of penalty."), column->name);
  return g_strdup_printf (_ ("%s does not fit the other days."), column->name);
}

static void
check_row (Checking *self)
{
  for (guint i = 0; i < self->table->columns->len; i++)
    check_column (self, g_ptr_array_index (self->table->columns, i));
  for (guint i = 0; i < self->table->checks->len; i++) {
    const JzCreditCheck *check = g_ptr_array_index (self->table->checks, i);
    if (!is_met (self, check, get_cell (self, check->column))) {
      g_autofree char *sentence = dup_what_is_wrong (self->table, check);
      find_fault (self, check->column, sentence);
    }
  }
}

/**
 * jz_credit_table_check:
 * @self: a table
 * @contents: what a bundle tells
 * @rows: (element-type GStrv): see jz_credit_table_fill()
 *
 * Returns: (transfer full): what the platform would not take: `id` and `number` of the item,
 *   `column`, `sentence`
 */
JzJson *
jz_credit_table_check (const JzCreditTable *self,
                       const JzBundleContents *contents,
                       const GPtrArray *rows)
{
  Checking checking = { .table = self, .rows = rows, .found = jz_json_new_array () };

  for (guint i = 0, row = 0; i < contents->items->len; i++) {
    checking.item = g_ptr_array_index (contents->items, i);
    if (!jz_credit_table_has_form (self, checking.item->form))
      continue;
    checking.row = g_ptr_array_index (rows, row++);
    check_row (&checking);
  }
  return checking.found;
}
