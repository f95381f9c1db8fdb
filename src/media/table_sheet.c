/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "base/date.h"
#include "media/table_file-private.h"

/* The cells of a sheet. A cell without a place is the one behind the one before it. */

#define MAX_LINE 1048576
/* Days since the beginning of 1900 of the last day of 9999. */
#define MAX_SERIAL 2958465
#define SURE_DIGITS 15

typedef struct {
  const char *name;
  xmlTextReader *reader;
  JzTable *table;
  GArray *styles;
  GPtrArray *strings;
  gboolean is_1904;
  guint line;   /* of the row, from 1; 0 before the first */
  guint column; /* of the next cell, from 0 */
  char *type;   /* of the cell */
  guint style;
  GString *text;
  gsize n_bytes;
} Sheet;

static gboolean
fail_at (const Sheet *self, JzTableError code, const char *sentence, GError **error)
{
  char column[JZ_COLUMN_NAME_SIZE];

  jz_column_format (MIN (self->column, 16383), column);
  return jz_table_fail (error, code, _ ("%s, cell %s%u: %s"), self->name, column, self->line,
                        sentence);
}

/* Lotus 1-2-3 took 1900 for a leap year and Excel followed, so that the days before March 1900 are
 * one off. Some programs count from 1904. */
static gboolean
get_date (double serial, gboolean is_1904, JzDate *date)
{
  double last = is_1904 ? MAX_SERIAL - 1462 : MAX_SERIAL;
  JzDate first = is_1904 ? (JzDate){ 1904, 1, 1 } : (JzDate){ 1900, 1, 1 };
  int days;

  /* Before it becomes a whole number: any number can have the format of a date. */
  if (!(serial >= (is_1904 ? 0 : 1) && serial <= last))
    return FALSE;
  days = (int)floor (serial);
  if (!is_1904 && days == 60)
    return FALSE;
  if (!is_1904)
    days -= days > 60 ? 2 : 1;
  *date = jz_date_add_days (first, days);
  return jz_date_is_valid (*date);
}

static char *
format_date (double serial, JzShown shown, gboolean is_1904)
{
  int minutes = (int)lround ((serial - floor (serial)) * 1440);
  JzDate date;
  char text[JZ_DATE_SIZE];

  if (minutes == 1440) {
    minutes = 0;
    serial = floor (serial) + 1;
  }
  if (shown == JZ_SHOWN_AS_TIME && serial >= 0 && serial < 1)
    return g_strdup_printf ("%02d:%02d", minutes / 60, minutes % 60);
  if (!get_date (serial, is_1904, &date))
    return NULL;
  jz_date_format (date, text);
  if ((shown & JZ_SHOWN_AS_TIME) == 0)
    return g_strdup (text);
  return g_strdup_printf ("%s %02d:%02d", text, minutes / 60, minutes % 60);
}

/* (transfer full): a number as a person would type it; @is_rounded where digits may have got lost
 */
char *
jz_number_format (const char *number, JzShown shown, gboolean is_1904, gboolean *is_rounded)
{
  char *end = NULL;
  double value = g_ascii_strtod (number, &end);
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  *is_rounded = FALSE;
  if (end == number || *end != '\0' || !isfinite (value))
    return g_strdup (number);
  if (shown != JZ_SHOWN_AS_NUMBER) {
    char *date = format_date (value, shown, is_1904);
    if (date != NULL)
      return date;
  }
  *is_rounded = fabs (value) >= 1e15;
  if (number[strspn (number, "0123456789")] == '\0')
    return g_strdup (number);
  if (value == floor (value) && fabs (value) < 1e21)
    return g_strdup_printf ("%.0f", value);
  return g_strdup (g_ascii_formatd (text, sizeof text, "%.15g", value));
}

/* “B12” or “B”: its column from 0, and whether the digits are those of the row. */
static gboolean
parse_place (const Sheet *self, const char *place, guint *column)
{
  const char *at = place;
  guint64 number = 0;

  for (; g_ascii_isupper (*at) && number <= 16384; at++)
    number = number * 26 + (guint64)(*at - 'A' + 1);
  if (number == 0 || number > 16384)
    return FALSE;
  *column = (guint)number - 1;
  return *at == '\0' || g_ascii_strtoull (at, NULL, 10) == self->line;
}

static gboolean
begin_row (Sheet *self, GError **error)
{
  g_autofree char *r = jz_table_xml_dup_attribute (self->reader, "r");
  guint64 line = r != NULL ? g_ascii_strtoull (r, NULL, 10) : self->line + 1;

  if (line <= self->line || line > MAX_LINE)
    return jz_table_fail (error, JZ_TABLE_ERROR_DAMAGED,
                          _ ("%s, row %u: the rows behind it are out of order. Open the table in "
                             "Excel or WPS and save it again."),
                          self->name, self->line);
  jz_table_drop_empty_row (self->table);
  self->line = (guint)line;
  self->column = 0;
  jz_table_add_row (self->table, self->line);
  if (jz_table_get_n_rows (self->table) > JZ_TABLE_MAX_ROWS)
    return fail_at (self, JZ_TABLE_ERROR_TOO_LARGE,
                    _ ("The table has more rows than are read. Divide it."), error);
  return TRUE;
}

static gboolean
begin_cell (Sheet *self, GError **error)
{
  g_autofree char *place = jz_table_xml_dup_attribute (self->reader, "r");
  g_autofree char *style = jz_table_xml_dup_attribute (self->reader, "s");
  guint column = self->column;

  if (self->line == 0 || (place != NULL && !parse_place (self, place, &column)) ||
      column < self->column)
    return fail_at (self, JZ_TABLE_ERROR_DAMAGED,
                    _ ("The cells are out of order. Open the table in Excel or WPS and save it "
                       "again."),
                    error);
  self->column = column;
  self->style = style != NULL ? (guint)MIN (g_ascii_strtoull (style, NULL, 10), G_MAXUINT) : 0;
  g_free (self->type);
  self->type = jz_table_xml_dup_attribute (self->reader, "t");
  g_string_truncate (self->text, 0);
  return TRUE;
}

static const char *
find_string (const Sheet *self)
{
  char *end = NULL;
  guint64 number = g_ascii_strtoull (self->text->str, &end, 10);

  if (end == self->text->str || *end != '\0' || number >= self->strings->len)
    return NULL;
  return self->strings->pdata[number];
}

/* (transfer full) (nullable): what a person sees in the cell; %NULL where it names no text */
static char *
dup_shown (const Sheet *self, gboolean *is_rounded)
{
  const char *type = self->type != NULL ? self->type : "n";
  JzShown shown = self->style < self->styles->len
                    ? (JzShown)g_array_index (self->styles, guint, self->style)
                    : JZ_SHOWN_AS_NUMBER;

  *is_rounded = FALSE;
  if (strcmp (type, "s") == 0)
    return g_strdup (find_string (self));
  if (strcmp (type, "b") == 0)
    return g_strdup (strcmp (self->text->str, "1") == 0 ? "TRUE" : "FALSE");
  if (strcmp (type, "d") == 0)
    return g_strndup (self->text->str, JZ_DATE_SIZE - 1);
  if (strcmp (type, "n") == 0)
    return jz_number_format (self->text->str, shown, self->is_1904, is_rounded);
  return jz_table_unescape (self->text->str);
}

static gboolean
end_cell (Sheet *self, GError **error)
{
  gboolean is_rounded = FALSE;
  g_autofree char *shown = NULL;

  if (self->text->len > 0) {
    shown = dup_shown (self, &is_rounded);
    if (shown == NULL)
      return fail_at (self, JZ_TABLE_ERROR_DAMAGED,
                      _ ("The text of the cell is missing. Open the table in Excel or WPS and save "
                         "it again."),
                      error);
    if (self->column >= JZ_TABLE_MAX_COLUMNS)
      return fail_at (self, JZ_TABLE_ERROR_TOO_LARGE,
                      _ ("The table has more columns than are read."), error);
    self->n_bytes += strlen (shown);
    if (self->n_bytes > JZ_TABLE_MAX_TEXTS_BYTES)
      return fail_at (self, JZ_TABLE_ERROR_TOO_LARGE,
                      _ ("The table has more text than is read. Divide it."), error);
    jz_table_add_text (self->table, self->column, shown, is_rounded);
  }
  self->column++;
  return TRUE;
}

/* What stands inside a cell: its value <v>, or its own text <is><t>. */
static gboolean
read_cell (Sheet *self, GError **error)
{
  int depth = xmlTextReaderDepth (self->reader);
  gboolean is_value = FALSE;
  gboolean is_end = FALSE;

  if (!begin_cell (self, error))
    return FALSE;
  if (xmlTextReaderIsEmptyElement (self->reader))
    return end_cell (self, error);
  while (jz_table_xml_next (self->reader, self->name, &is_end, error) && !is_end) {
    int type = xmlTextReaderNodeType (self->reader);
    if (xmlTextReaderDepth (self->reader) <= depth)
      return end_cell (self, error);
    if (type == XML_READER_TYPE_ELEMENT || type == XML_READER_TYPE_END_ELEMENT)
      is_value = jz_table_xml_is (self->reader, "v") || jz_table_xml_is (self->reader, "t");
    else if (is_value && !jz_table_append_bounded (self->text, jz_table_xml_get_text (self->reader),
                                                   self->name, error))
      return FALSE;
  }
  return is_end && fail_at (self, JZ_TABLE_ERROR_DAMAGED, _ ("The cell does not end."), error);
}

static gboolean
read_rows (Sheet *self, GError **error)
{
  gboolean is_inside = FALSE;
  gboolean is_end = FALSE;

  while (jz_table_xml_next (self->reader, self->name, &is_end, error)) {
    if (is_end)
      return TRUE;
    if (xmlTextReaderDepth (self->reader) == 1)
      is_inside = jz_table_xml_is (self->reader, "sheetData");
    if (is_inside && jz_table_xml_is (self->reader, "row") && !begin_row (self, error))
      return FALSE;
    if (is_inside && jz_table_xml_is (self->reader, "c") && !read_cell (self, error))
      return FALSE;
  }
  return FALSE;
}

static void
sheet_clear (Sheet *self)
{
  g_clear_pointer (&self->reader, xmlFreeTextReader);
  g_clear_pointer (&self->table, jz_table_free);
  g_clear_pointer (&self->styles, g_array_unref);
  g_clear_pointer (&self->strings, g_ptr_array_unref);
  g_clear_pointer (&self->type, g_free);
  g_string_free (self->text, TRUE);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Sheet, sheet_clear)

JzTable *
jz_sheet_read (const JzBook *book, const char *name, GError **error)
{
  g_auto (Sheet) self = { .name = name, .text = g_string_new (NULL) };
  g_autofree char *member =
    jz_book_find_sheet (book->workbook, book->relations, &self.is_1904, name, error);

  if (member == NULL)
    return NULL;
  self.styles = jz_book_read_styles (book->styles, name, error);
  if (self.styles == NULL)
    return NULL;
  self.strings = jz_book_read_strings (book->strings, name, error);
  if (self.strings == NULL)
    return NULL;
  self.reader = jz_table_xml_new (book->sheet, name, error);
  self.table = jz_table_new (name);
  if (self.reader == NULL || !read_rows (&self, error))
    return NULL;
  jz_table_drop_empty_row (self.table);
  return g_steal_pointer (&self.table);
}
