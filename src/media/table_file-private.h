/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libxml/xmlreader.h>

#include "media/table_file.h"

G_BEGIN_DECLS

G_DEFINE_AUTOPTR_CLEANUP_FUNC (xmlTextReader, xmlFreeTextReader)

/**
 * JzBook:
 * @workbook: `xl/workbook.xml`
 * @relations: `xl/_rels/workbook.xml.rels`
 * @styles: (nullable): `xl/styles.xml`
 * @strings: (nullable): `xl/sharedStrings.xml`
 * @sheet: the first sheet that is shown
 *
 * The members of an XLSX file that are read.
 */
typedef struct {
  GBytes *workbook;
  GBytes *relations;
  GBytes *styles;
  GBytes *strings;
  GBytes *sheet;
} JzBook;

/* How a number format shows a number. */
typedef enum {
  JZ_SHOWN_AS_NUMBER = 0,
  JZ_SHOWN_AS_DATE = 1 << 0,
  JZ_SHOWN_AS_TIME = 1 << 1,
} JzShown;

void jz_book_clear (JzBook *self);
gboolean jz_book_unpack (JzBook *self, GBytes *bytes, const char *name, GError **error);
char *jz_book_find_sheet (GBytes *workbook,
                          GBytes *relations,
                          gboolean *is_1904,
                          const char *name,
                          GError **error);
GArray *jz_book_read_styles (GBytes *styles, const char *name, GError **error);
GPtrArray *jz_book_read_strings (GBytes *strings, const char *name, GError **error);
JzShown jz_number_format_judge (const char *code);
char *jz_number_format (const char *number, JzShown shown, gboolean is_1904, gboolean *is_rounded);

JzTable *jz_sheet_read (const JzBook *book, const char *name, GError **error);
JzTable *jz_csv_read (const char *text, gsize length, const char *name, GError **error);

/* One member as XML: no document type, bounded tags and depth; see table_xml.c. */
xmlTextReader *jz_table_xml_new (GBytes *bytes, const char *name, GError **error);
gboolean
jz_table_xml_next (xmlTextReader *self, const char *name, gboolean *is_end, GError **error);
gboolean jz_table_xml_is (xmlTextReader *self, const char *element);
const char *jz_table_xml_get_text (xmlTextReader *self);
char *jz_table_xml_dup_attribute (xmlTextReader *self, const char *attribute);
gboolean
jz_table_append_bounded (GString *text, const char *more, const char *name, GError **error);
char *jz_table_unescape (const char *text);

gboolean jz_table_fail (GError **error, JzTableError code, const char *format, ...)
  G_GNUC_PRINTF (3, 4);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (JzBook, jz_book_clear)

G_END_DECLS
