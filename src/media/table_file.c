/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "media/table_file.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "media/table_file-private.h"
#include "store/files.h"

/* What kind of table it is, by its first bytes: a name says nothing. CSV of Excel in China is
 * GB18030, of other programs UTF-8 with or without its mark, and “Unicode text” is UTF-16. */

G_DEFINE_QUARK (jz - table - error - quark, jz_table_error)

gboolean
jz_table_fail (GError **error, JzTableError code, const char *format, ...)
{
  va_list arguments;
  GError *made;

  va_start (arguments, format);
  made = g_error_new_valist (JZ_TABLE_ERROR, (int)code, format, arguments);
  va_end (arguments);
  g_propagate_error (error, made);
  return FALSE;
}

static gboolean
begins_with (GBytes *bytes, const char *start, gsize length)
{
  gsize size = 0;
  const char *data = g_bytes_get_data (bytes, &size);
  return size >= length && memcmp (data, start, length) == 0;
}

static char *
convert (const char *data,
         gsize size,
         const char *charset,
         const char *name,
         gsize *length,
         GError **error)
{
  g_autoptr (GError) wrong = NULL;
  gsize n_read = 0;
  char *text = g_convert (data, (gssize)size, "UTF-8", charset, &n_read, length, &wrong);
  guint line = 1;

  if (text != NULL)
    return text;
  for (gsize i = 0; i < MIN (n_read, size); i++)
    line += data[i] == '\n';
  jz_table_fail (error, JZ_TABLE_ERROR_DAMAGED,
                 _ ("%s: line %u is neither UTF-8 nor GB18030. Save the table as XLSX, or as CSV "
                    "with one of these encodings."),
                 name, line);
  return NULL;
}

/* (transfer full) (nullable): the text in UTF-8, without its mark */
static char *
decode (GBytes *bytes, const char *name, gsize *length, GError **error)
{
  gsize size = 0;
  const char *data = g_bytes_get_data (bytes, &size);
  const char *end = NULL;

  if (begins_with (bytes, "\xff\xfe", 2))
    return convert (data + 2, size - 2, "UTF-16LE", name, length, error);
  if (begins_with (bytes, "\xef\xbb\xbf", 3)) {
    data += 3;
    size -= 3;
  }
  if (g_utf8_validate_len (data, size, &end)) {
    *length = size;
    return g_strndup (data, size);
  }
  return convert (data, size, "GB18030", name, length, error);
}

static JzTable *
read_csv (GBytes *bytes, const char *name, GError **error)
{
  g_autofree char *text = NULL;
  gsize length = 0;

  /* Old .xls and other binary files would come out as rows of signs. UTF-16 has a NUL in each
   * Latin letter. */
  if (!begins_with (bytes, "\xff\xfe", 2) &&
      memchr (g_bytes_get_data (bytes, NULL), '\0', g_bytes_get_size (bytes)) != NULL) {
    jz_table_fail (error, JZ_TABLE_ERROR_FORMAT,
                   _ ("%s is not a table that can be read. Save it as XLSX or CSV."), name);
    return NULL;
  }
  text = decode (bytes, name, &length, error);
  return text != NULL ? jz_csv_read (text, length, name, error) : NULL;
}

static JzTable *
read_xlsx (GBytes *bytes, const char *name, GError **error)
{
  g_auto (JzBook) book = { NULL };
  return jz_book_unpack (&book, bytes, name, error) ? jz_sheet_read (&book, name, error) : NULL;
}

/**
 * jz_table_read:
 * @bytes: a file
 * @name: what to call it in sentences
 * @error: return location
 *
 * Reads the first sheet that is shown of an XLSX file, or a CSV file with commas, semicolons or
 * tabs between its fields. Macros, formulas, links and pictures are never looked at; of a formula
 * the value that was saved with it is taken. Errors name the file and, where there is one, the cell
 * (M-20; design §11).
 *
 * Fails with %JZ_TABLE_ERROR.
 *
 * Returns: (transfer full) (nullable): the table
 */
JzTable *
jz_table_read (GBytes *bytes, const char *name, GError **error)
{
  if (g_bytes_get_size (bytes) > JZ_TABLE_MAX_FILE_BYTES) {
    jz_table_fail (error, JZ_TABLE_ERROR_TOO_LARGE,
                   _ ("%s is larger than %d MiB, which is more than is read. Divide the table."),
                   name, JZ_TABLE_MAX_FILE_BYTES / 1024 / 1024);
    return NULL;
  }
  if (g_bytes_get_size (bytes) == 0) {
    jz_table_fail (error, JZ_TABLE_ERROR_FORMAT, _ ("%s is empty."), name);
    return NULL;
  }
  if (begins_with (bytes, "PK\003\004", 4))
    return read_xlsx (bytes, name, error);
  if (begins_with (bytes, "\xd0\xcf\x11\xe0", 4)) {
    jz_table_fail (error, JZ_TABLE_ERROR_FORMAT,
                   _ ("%s is of the old Excel format, or has a password. Open it in Excel or WPS "
                      "and save it as XLSX without a password."),
                   name);
    return NULL;
  }
  return read_csv (bytes, name, error);
}

/**
 * jz_table_load:
 * @path: a file
 * @error: return location
 *
 * Fails with %JZ_TABLE_ERROR, or with the error of a file that cannot be read.
 *
 * Returns: (transfer full) (nullable): the table, see jz_table_read()
 */
JzTable *
jz_table_load (const char *path, GError **error)
{
  g_autofree char *name = g_filename_display_basename (path);
  g_autoptr (GBytes) bytes = jz_file_read (path, JZ_TABLE_MAX_FILE_BYTES, error);

  return bytes != NULL ? jz_table_read (bytes, name, error) : NULL;
}
