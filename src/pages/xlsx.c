/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pages/xlsx.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include "store/files.h"

/* Tables for Excel and WPS. The library writes row by row to a file without a name, so that a list
 * of a million rows costs no memory; the table gets its own name only when it is whole and on disk.
 */

#define USUAL_WIDTH 16
/* What Excel takes as the name of a sheet, and as the text of a cell. */
#define MAX_SHEET_NAME 31
#define MAX_CELL_TEXT 32767
#define A4 9

G_DEFINE_QUARK (jz - xlsx - error - quark, jz_xlsx_error)

typedef struct archive Archive;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Archive, archive_read_free)

typedef struct {
  lxw_worksheet *sheet;
  lxw_format *head;
  lxw_format *formats[JZ_XLSX_MONEY + 1];
} Book;

static gboolean
fail (GError **error, const char *path, const char *reason)
{
  g_autofree char *shown = g_filename_display_name (path);

  g_set_error (error, JZ_XLSX_ERROR, JZ_XLSX_ERROR_WRITE,
               _ ("The table %s could not be written (%s). Choose another folder, or make room."),
               shown, reason);
  return FALSE;
}

/* Excel refuses a book whose sheet has a longer name or one of these characters in it. */
static char *
make_sheet_name (const char *title)
{
  g_autofree char *name =
    g_utf8_substring (title, 0, MIN (g_utf8_strlen (title, -1), MAX_SHEET_NAME));

  g_strdelimit (name, "[]:*?/\\", '-');
  g_strdelimit (name, "'", '-');
  return g_steal_pointer (&name);
}

static lxw_format *
add_format (lxw_workbook *book, const char *number_format)
{
  lxw_format *format = workbook_add_format (book);

  format_set_align (format, LXW_ALIGN_VERTICAL_TOP);
  format_set_border (format, LXW_BORDER_THIN);
  if (number_format != NULL)
    format_set_num_format (format, number_format);
  else
    format_set_text_wrap (format);
  return format;
}

static void
add_formats (Book *self, lxw_workbook *book)
{
  self->head = add_format (book, NULL);
  format_set_bold (self->head);
  format_set_align (self->head, LXW_ALIGN_CENTER);
  format_set_bg_color (self->head, 0xE8E8E8);
  self->formats[JZ_XLSX_TEXT] = add_format (book, NULL);
  self->formats[JZ_XLSX_DATE] = add_format (book, "yyyy-mm-dd");
  self->formats[JZ_XLSX_INSTANT] = add_format (book, "yyyy-mm-dd hh:mm");
  self->formats[JZ_XLSX_NUMBER] = add_format (book, "0");
  self->formats[JZ_XLSX_MONEY] = add_format (book, "#,##0.00");
}

/* An ampersand begins a command in the head of a printed page. */
static void
set_page (lxw_worksheet *sheet, const char *title)
{
  g_auto (GStrv) parts = g_strsplit (title, "&", -1);
  g_autofree char *plain = g_strjoinv ("&&", parts);
  g_autofree char *heading = g_strconcat ("&C", plain, NULL);

  worksheet_set_paper (sheet, A4);
  worksheet_set_landscape (sheet);
  worksheet_fit_to_pages (sheet, 1, 0);
  worksheet_set_header (sheet, heading);
  worksheet_set_footer (sheet, "&C&P / &N");
}

static void
write_head (Book *self, const JzXlsxColumn *columns, gsize n_columns)
{
  for (gsize i = 0; i < n_columns; i++) {
    double width = columns[i].width > 0 ? columns[i].width : USUAL_WIDTH;
    worksheet_set_column (self->sheet, (lxw_col_t)i, (lxw_col_t)i, width, NULL);
    worksheet_write_string (self->sheet, 0, (lxw_col_t)i, columns[i].title, self->head);
  }
  worksheet_freeze_panes (self->sheet, 1, 0);
  worksheet_repeat_rows (self->sheet, 0, 0);
}

/* A longer text would be left out; it is cut, and can be seen to be. */
static lxw_error
write_text (Book *self, lxw_row_t row, lxw_col_t column, const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);

  if (g_utf8_strlen (valid, -1) >= MAX_CELL_TEXT)
    strcpy (g_utf8_offset_to_pointer (valid, MAX_CELL_TEXT - 2), "…");
  return worksheet_write_string (self->sheet, row, column, valid, self->formats[JZ_XLSX_TEXT]);
}

static lxw_error
write_date (Book *self, lxw_row_t row, lxw_col_t column, JzXlsxKind kind, const JzXlsxCell *cell)
{
  lxw_datetime value = { 0 };
  JzDate date = cell->date;

  if (kind == JZ_XLSX_INSTANT) {
    char text[JZ_INSTANT_SIZE];
    date = jz_instant_get_date (cell->instant);
    jz_instant_format (cell->instant, text);
    value.hour = (int)g_ascii_strtoll (text + 11, NULL, 10);
    value.min = (int)g_ascii_strtoll (text + 14, NULL, 10);
    value.sec = (double)g_ascii_strtoll (text + 17, NULL, 10);
  }
  value.year = date.year;
  value.month = date.month;
  value.day = date.day;
  return worksheet_write_datetime (self->sheet, row, column, &value, self->formats[kind]);
}

static lxw_error
write_cell (Book *self, lxw_row_t row, lxw_col_t column, JzXlsxKind kind, const JzXlsxCell *cell)
{
  if (cell->text != NULL)
    return write_text (self, row, column, cell->text);
  if (!cell->is_set)
    return worksheet_write_blank (self->sheet, row, column, self->formats[JZ_XLSX_TEXT]);
  switch (kind) {
  case JZ_XLSX_DATE:
  case JZ_XLSX_INSTANT:
    return write_date (self, row, column, kind, cell);
  case JZ_XLSX_NUMBER:
    return worksheet_write_number (self->sheet, row, column, (double)cell->number,
                                   self->formats[kind]);
  case JZ_XLSX_MONEY:
    return worksheet_write_number (self->sheet, row, column, (double)cell->number / 100,
                                   self->formats[kind]);
  case JZ_XLSX_TEXT:
  default:
    return LXW_NO_ERROR;
  }
}

static gboolean
write_rows (Book *self,
            const char *path,
            const JzXlsxColumn *columns,
            gsize n_columns,
            JzXlsxRowFunc next,
            gpointer data,
            GError **error)
{
  g_autofree JzXlsxCell *cells = g_new0 (JzXlsxCell, n_columns);
  gboolean is_end = FALSE;

  for (lxw_row_t row = 1;; row++) {
    memset (cells, 0, n_columns * sizeof *cells);
    if (!next (cells, &is_end, data, error))
      return FALSE;
    if (is_end) {
      worksheet_autofilter (self->sheet, 0, 0, MAX (row - 1, 1), (lxw_col_t)(n_columns - 1));
      return TRUE;
    }
    if (row > JZ_XLSX_MAX_ROWS) {
      g_set_error (error, JZ_XLSX_ERROR, JZ_XLSX_ERROR_TOO_LARGE,
                   _ ("The table has more than %d rows, which a sheet cannot hold. Narrow the list "
                      "and export it in parts."),
                   JZ_XLSX_MAX_ROWS);
      return FALSE;
    }
    for (gsize i = 0; i < n_columns; i++) {
      lxw_error wrong = write_cell (self, row, (lxw_col_t)i, columns[i].kind, &cells[i]);
      if (wrong != LXW_NO_ERROR)
        return fail (error, path, lxw_strerror (wrong));
    }
  }
}

/* The library does not see when its file without a name did not take all that it wrote (a full
 * disk), so the sheet is read back to its end. */
static gboolean
is_whole (const char *path)
{
  static const char end[] = "</worksheet>";
  g_autoptr (Archive) archive = archive_read_new ();
  struct archive_entry *entry = NULL;
  char last[sizeof end - 1] = { 0 };

  archive_read_support_format_zip (archive);
  if (archive_read_open_filename (archive, path, 65536) != ARCHIVE_OK)
    return FALSE;
  while (archive_read_next_header (archive, &entry) == ARCHIVE_OK) {
    const void *block = NULL;
    size_t size = 0;
    la_int64_t offset = 0;
    if (strcmp (archive_entry_pathname (entry), "xl/worksheets/sheet1.xml") != 0)
      continue;
    while (archive_read_data_block (archive, &block, &size, &offset) == ARCHIVE_OK) {
      gsize n = MIN (size, sizeof last);
      memmove (last, last + n, sizeof last - n);
      memcpy (last + sizeof last - n, (const char *)block + size - n, n);
    }
    return memcmp (last, end, sizeof last) == 0;
  }
  return FALSE;
}

static gboolean
sync_file (const char *path)
{
  int file = open (path, O_RDONLY | O_CLOEXEC);
  gboolean is_done = file >= 0 && fsync (file) == 0;
  int kept = errno;

  if (file >= 0)
    close (file);
  errno = kept;
  return is_done;
}

static gboolean
write_book (const char *part,
            const char *path,
            const char *title,
            const JzXlsxColumn *columns,
            gsize n_columns,
            JzXlsxRowFunc next,
            gpointer data,
            JzInstant time,
            GError **error)
{
  lxw_workbook_options options = { .constant_memory = LXW_TRUE };
  g_autofree char *sheet_name = make_sheet_name (title);
  lxw_workbook *book = workbook_new_opt (part, &options);
  lxw_doc_properties properties = { .title = (char *)title, .created = (time_t)(time / 1000) };
  Book self = { 0 };
  gboolean is_written;
  lxw_error wrong;

  self.sheet = book != NULL ? workbook_add_worksheet (book, sheet_name) : NULL;
  if (self.sheet == NULL) {
    if (book != NULL)
      workbook_close (book);
    return fail (error, path, g_strerror (errno != 0 ? errno : EIO));
  }
  workbook_set_properties (book, &properties);
  add_formats (&self, book);
  set_page (self.sheet, title);
  write_head (&self, columns, n_columns);
  is_written = write_rows (&self, path, columns, n_columns, next, data, error);
  errno = 0;
  wrong = workbook_close (book);
  if (!is_written)
    return FALSE;
  if (wrong != LXW_NO_ERROR || !is_whole (part))
    return fail (error, path, g_strerror (errno != 0 ? errno : ENOSPC));
  return sync_file (part) || fail (error, path, g_strerror (errno));
}

/**
 * jz_xlsx_write_table:
 * @path: file to write; one that is there is replaced, but only by a whole table
 * @title: of the table: name of the sheet, head of every printed page
 * @columns: (array length=n_columns): what stands at the head and in the cells
 * @n_columns: 1 to %JZ_XLSX_MAX_COLUMNS
 * @next: gives the rows, one a call
 * @data: for @next
 * @time: when the table was made; nothing else in the file says a time, so that equal rows give
 *   equal bytes
 * @error: return location
 *
 * Writes a table as XLSX: frozen head with a filter, one line a row, prepared for printing across
 * A4. A text is a text even if it begins like a formula. Fails with %JZ_XLSX_ERROR, or with what
 * @next gave (a cancelled job among them); then @path is as it was.
 *
 * Returns: whether the table is on disk
 */
gboolean
jz_xlsx_write_table (const char *path,
                     const char *title,
                     const JzXlsxColumn *columns,
                     gsize n_columns,
                     JzXlsxRowFunc next,
                     gpointer data,
                     JzInstant time,
                     GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *part = g_build_filename (folder, ".juanzong-XXXXXX", NULL);
  int file = -1;

  g_return_val_if_fail (n_columns > 0 && n_columns <= JZ_XLSX_MAX_COLUMNS, FALSE);
  file = g_mkstemp_full (part, O_RDWR | O_CLOEXEC, 0600);
  if (file < 0)
    return fail (error, path, g_strerror (errno));
  close (file);
  if (!write_book (part, path, title, columns, n_columns, next, data, time, error)) {
    /* What went wrong is told already; a file without its name is all that is left. */
    (void)unlink (part);
    return FALSE;
  }
  if (rename (part, path) != 0) {
    int kept = errno;
    (void)unlink (part);
    return fail (error, path, g_strerror (kept));
  }
  return jz_folder_sync (folder, error);
}
