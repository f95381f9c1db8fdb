/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/date.h"

G_BEGIN_DECLS

/**
 * JzXlsxError:
 * @JZ_XLSX_ERROR_WRITE: the file could not be written
 * @JZ_XLSX_ERROR_TOO_LARGE: there are more rows or columns than a sheet holds
 */
typedef enum {
  JZ_XLSX_ERROR_WRITE,
  JZ_XLSX_ERROR_TOO_LARGE,
} JzXlsxError;

#define JZ_XLSX_ERROR (jz_xlsx_error_quark ())
GQuark jz_xlsx_error_quark (void);

/* Rows under the head that a sheet holds. */
#define JZ_XLSX_MAX_ROWS 1048575
#define JZ_XLSX_MAX_COLUMNS 256

/**
 * JzXlsxKind:
 * @JZ_XLSX_TEXT: `text`; never a formula, whatever it begins with
 * @JZ_XLSX_DATE: `date`
 * @JZ_XLSX_INSTANT: `instant`, in the time of the office
 * @JZ_XLSX_NUMBER: `number`
 * @JZ_XLSX_MONEY: `number`, in fen, shown in yuan
 *
 * What stands in the cells of a column.
 */
typedef enum {
  JZ_XLSX_TEXT,
  JZ_XLSX_DATE,
  JZ_XLSX_INSTANT,
  JZ_XLSX_NUMBER,
  JZ_XLSX_MONEY,
} JzXlsxKind;

/**
 * JzXlsxColumn:
 * @title: what stands at its head
 * @kind: what stands in its cells
 * @width: in characters of Latin text; 0 for the usual one
 *
 * A column of a table.
 */
typedef struct {
  const char *title;
  JzXlsxKind kind;
  guint width;
} JzXlsxColumn;

/**
 * JzXlsxCell:
 * @is_set: whether anything stands there; a text that is set counts without it
 * @text: (nullable): borrowed until the next row is asked for; a column of any kind may have a text
 * instead of its own kind, such as 长期 in a column of dates
 * @date: of a date
 * @instant: of an instant
 * @number: of a number or of money
 *
 * A cell of a row; all empty when the row is asked for.
 */
typedef struct {
  gboolean is_set;
  const char *text;
  JzDate date;
  JzInstant instant;
  gint64 number;
} JzXlsxCell;

/* Fills the cells of the next row; @is_end is set instead when there is none. %FALSE with @error
 * ends the writing. */
typedef gboolean (*JzXlsxRowFunc) (JzXlsxCell *cells,
                                   gboolean *is_end,
                                   gpointer data,
                                   GError **error);

gboolean jz_xlsx_write_table (const char *path,
                              const char *title,
                              const JzXlsxColumn *columns,
                              gsize n_columns,
                              JzXlsxRowFunc next,
                              gpointer data,
                              JzInstant time,
                              GError **error);

G_END_DECLS
