/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "media/table_file.h"

#include <archive.h>
#include <archive_entry.h>
#include <glib/gstdio.h>
#include <string.h>

#include "media/table_file-private.h"
#include "pages/xlsx.h"

/* Tables as other programs write them (samples/ is made by make_samples.py), books put together by
 * hand with what those never write, and hostile ones. */

#define MAX_PARTS 8

typedef struct {
  const char *member;
  const char *text;
} Part;

#define WORKBOOK                                                                                   \
  "<workbook xmlns:r='r'><sheets><sheet name='a' sheetId='1' r:id='rId1'/></sheets></workbook>"
#define RELATIONS                                                                                  \
  "<Relationships><Relationship Id='rId1' Target='worksheets/sheet1.xml'/></Relationships>"
#define SHEET_OF(rows) "<worksheet><sheetData>" rows "</sheetData></worksheet>"
#define BOOK_OF(rows)                                                                              \
  {                                                                                                \
    { "xl/workbook.xml", WORKBOOK }, { "xl/_rels/workbook.xml.rels", RELATIONS },                  \
    {                                                                                              \
      "xl/worksheets/sheet1.xml", SHEET_OF (rows)                                                  \
    }                                                                                              \
  }

typedef struct archive Archive;

static Archive *
begin_zip (char *buffer, gsize size, size_t *used)
{
  Archive *archive = archive_write_new ();
  archive_write_set_format_zip (archive);
  g_assert_cmpint (archive_write_open_memory (archive, buffer, size, used), ==, ARCHIVE_OK);
  return archive;
}

static void
add_part (Archive *archive, const char *member, const char *text, gsize length)
{
  struct archive_entry *entry = archive_entry_new ();
  archive_entry_set_pathname (entry, member);
  archive_entry_set_filetype (entry, AE_IFREG);
  archive_entry_set_perm (entry, 0644);
  archive_entry_set_size (entry, (la_int64_t)length);
  g_assert_cmpint (archive_write_header (archive, entry), ==, ARCHIVE_OK);
  g_assert_cmpint (archive_write_data (archive, text, length), ==, length);
  archive_entry_free (entry);
}

static GBytes *
make_book (const Part *parts)
{
  gsize size = 8 * 1024 * 1024;
  g_autofree char *buffer = g_malloc (size);
  size_t used = 0;
  Archive *archive = begin_zip (buffer, size, &used);

  for (gsize i = 0; i < MAX_PARTS && parts[i].member != NULL; i++)
    add_part (archive, parts[i].member, parts[i].text, strlen (parts[i].text));
  g_assert_cmpint (archive_write_close (archive), ==, ARCHIVE_OK);
  archive_write_free (archive);
  return g_bytes_new (buffer, used);
}

/* “3: A=张某 B=zhang”, one line a row; a number that may have lost digits ends in a ~. */
static char *
dump (const JzTable *table)
{
  GString *text = g_string_new (NULL);

  for (guint row = 0; row < jz_table_get_n_rows (table); row++) {
    g_string_append_printf (text, "%u:", jz_table_get_line (table, row));
    for (guint i = 0; i < jz_table_get_n_columns (table); i++) {
      char column[JZ_COLUMN_NAME_SIZE];
      jz_column_format (i, column);
      if (jz_table_get_text (table, row, i)[0] != '\0')
        g_string_append_printf (text, " %s=%s%s", column, jz_table_get_text (table, row, i),
                                jz_table_is_rounded (table, row, i) ? "~" : "");
    }
    g_string_append_c (text, '\n');
  }
  return g_string_free (text, FALSE);
}

static void
assert_reads (GBytes *bytes, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JzTable) table = jz_table_read (bytes, "名单", &error);
  g_autofree char *text = NULL;

  g_assert_no_error (error);
  text = dump (table);
  g_assert_cmpstr (text, ==, expected);
}

static void
assert_refused (GBytes *bytes, JzTableError code, const char *words)
{
  g_autoptr (GError) error = NULL;
  JzTable *table = jz_table_read (bytes, "名单", &error);

  g_assert_null (table);
  g_assert_error (error, JZ_TABLE_ERROR, (int)code);
  g_assert_true (g_str_has_prefix (error->message, "名单"));
  if (words != NULL && strstr (error->message, words) == NULL)
    g_error ("“%s” is not in: %s", words, error->message);
}

static void
test_samples (void)
{
  static const struct {
    const char *file;
    const char *expected;
  } samples[] = {
    { "people.xlsx", "1: A=执法人员名单\n"
                     "2: A=姓名 B=用户名 C=执法证号 D=证件有效期起 E=证件有效期止\n"
                     "3: A=张某 B=zhang C=34010000000001 D=2024-01-01 E=2027-12-31\n"
                     "5: A=李某 B=li C=34010000000002 D=2024年1月1日 E=长期\n" },
    { "values.xlsx", "1: A=yyyy-mm-dd B=2025-01-01\n"
                     "2: A=yyyy\"年\"m\"月\"d\"日\" B=2025-01-01\n"
                     "3: A=m/d/yy B=2025-01-01\n"
                     "4: A=[$-804]yyyy/m/d;@ B=2025-01-01\n"
                     "5: A=yyyy-mm-dd hh:mm B=2025-01-01 18:00\n"
                     "6: A=h:mm B=18:00\n"
                     "7: A=0.00 B=45658.75\n"
                     "8: A=\"day\" 0 B=45658.75\n"
                     "9: A=[Red]0 B=45658.75\n"
                     "10: A=true B=TRUE\n"
                     "11: A=long B=110101199003070000~\n"
                     "12: A=float B=12.5\n"
                     "13: A=first B=1900-01-01\n"
                     "14: A=leap B=60\n"
                     "15: A=march B=1900-03-01\n"
                     "16: A=lines B=一\n二\t三\n"
                     "17: A=markup B=<b>&amp;\n"
                     "18: A=error B=#N/A\n" },
    { "1904.xlsx", "2: B=2026-03-02\n" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (samples); i++) {
    g_autofree char *path =
      g_test_build_filename (G_TEST_DIST, "media", "samples", samples[i].file, NULL);
    g_autoptr (GError) error = NULL;
    g_autoptr (JzTable) table = jz_table_load (path, &error);
    g_autofree char *text = NULL;
    g_assert_no_error (error);
    g_assert_cmpstr (jz_table_get_name (table), ==, samples[i].file);
    text = dump (table);
    g_assert_cmpstr (text, ==, samples[i].expected);
  }
}

/* What the standard allows and openpyxl does not write. */
static void
test_books (void)
{
  static const struct {
    Part parts[MAX_PARTS];
    const char *expected;
  } books[] = {
    { BOOK_OF ("<row><c t='inlineStr'><is><r><t>张</t></r><r><t>某</t></r></is></c><c/>"
               "<c><v>3</v></c></row><row r='7'><c r='AA7'><v>1.50E+3</v></c></row>"),
      "1: A=张某 C=3\n7: AA=1500\n" },
    { BOOK_OF ("<row r='2'><c r='B' t='str'><f>A1</f><v>a_x000D_\n&lt;</v></c>"
               "<c t='d'><v>2026-03-02T00:00:00</v></c><c t='b'><v>0</v></c></row>"),
      "2: B=a\n< C=2026-03-02 D=FALSE\n" },
    { BOOK_OF ("<row><c><!-- no --><v>1<!-- 2 --><![CDATA[3]]></v></c></row>"), "1: A=13\n" },
    { { { "xl/workbook.xml",
          "<x:workbook xmlns:x='x' xmlns:r='r'><x:sheets><x:sheet r:id='h' state='hidden'/>"
          "<x:sheet r:id='s'/></x:sheets></x:workbook>" },
        { "xl/_rels/workbook.xml.rels",
          "<Relationships><Relationship Id='h' Target='x'/>"
          "<Relationship Id='s' Target='/xl/two.xml'/></Relationships>" },
        { "xl/styles.xml",
          "<styleSheet><numFmts><numFmt numFmtId='200' formatCode='yyyy&quot;年&quot;'/></numFmts>"
          "<cellStyleXfs><xf numFmtId='14'/></cellStyleXfs>"
          "<cellXfs><xf numFmtId='0'/><xf numFmtId='200'/><xf "
          "numFmtId='31'/></cellXfs></styleSheet>" },
        { "xl/sharedStrings.xml",
          "<sst><si><t>甲</t><rPh><t>jia</t></rPh></si><si/><si><r><t>乙</t></r><r><t> 丙</t></r>"
          "</si></sst>" },
        { "xl/two.xml",
          "<x:worksheet xmlns:x='x'><x:sheetData><x:row><x:c t='s'><x:v>2</x:v></x:c><x:c t='s'>"
          "<x:v>0</x:v></x:c><x:c t='s'><x:v>1</x:v></x:c><x:c s='1'><x:v>46083</x:v></x:c>"
          "<x:c s='2'><x:v>46083</x:v></x:c><x:c s='0'><x:v>46083</x:v></x:c>"
          "<x:c s='9'><x:v>46083</x:v></x:c></x:row></x:sheetData></x:worksheet>" } },
      "1: A=乙 丙 B=甲 D=2026-03-02 E=2026-03-02 F=46083 G=46083\n" },
    { BOOK_OF (""), "" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (books); i++) {
    g_autoptr (GBytes) bytes = make_book (books[i].parts);
    assert_reads (bytes, books[i].expected);
  }
}

static void
test_bad_books (void)
{
  static const struct {
    Part parts[MAX_PARTS];
    JzTableError code;
    const char *words;
  } books[] = {
    { BOOK_OF ("<row><c t='s'><v>0</v></c></row>"), JZ_TABLE_ERROR_DAMAGED, "A1" },
    { BOOK_OF ("<row><c r='B1'><v>1</v></c><c r='A1'><v>1</v></c></row>"), JZ_TABLE_ERROR_DAMAGED,
      "C1" },
    { BOOK_OF ("<row r='3'><c r='C4'><v>1</v></c></row>"), JZ_TABLE_ERROR_DAMAGED, "A3" },
    { BOOK_OF ("<row r='3'/><row r='2'/>"), JZ_TABLE_ERROR_DAMAGED, "3" },
    { BOOK_OF ("<row r='1048577'/>"), JZ_TABLE_ERROR_DAMAGED, NULL },
    { BOOK_OF ("<c><v>1</v></c>"), JZ_TABLE_ERROR_DAMAGED, NULL },
    { BOOK_OF ("<row><c r='ZZZZ1'><v>1</v></c></row>"), JZ_TABLE_ERROR_DAMAGED, NULL },
    { BOOK_OF ("<row><c r='IW1'><v>1</v></c></row>"), JZ_TABLE_ERROR_TOO_LARGE, "IW1" },
    { BOOK_OF ("<row><c><v>1</c></row>"), JZ_TABLE_ERROR_DAMAGED, NULL },
    { BOOK_OF ("<row><c><v>&entity;</v></c></row>"), JZ_TABLE_ERROR_DAMAGED, NULL },
    { { { "xl/workbook.xml", WORKBOOK }, { "xl/_rels/workbook.xml.rels", RELATIONS } },
      JZ_TABLE_ERROR_DAMAGED,
      NULL },
    { { { "xl/workbook.xml", WORKBOOK } }, JZ_TABLE_ERROR_FORMAT, NULL },
    { { { "word/document.xml", "<document/>" } }, JZ_TABLE_ERROR_FORMAT, NULL },
    { { { "xl/workbook.xml", WORKBOOK },
        { "xl/_rels/workbook.xml.rels",
          "<Relationships><Relationship Id='rId1' Target='../../etc/passwd'/></Relationships>" } },
      JZ_TABLE_ERROR_DAMAGED,
      NULL },
    { { { "xl/workbook.xml", WORKBOOK }, { "xl/_rels/workbook.xml.rels", "<Relationships/>" } },
      JZ_TABLE_ERROR_DAMAGED,
      NULL },
    { { { "xl/workbook.xml",
          "<workbook><sheets><sheet state='veryHidden' id='a'/></sheets></workbook>" },
        { "xl/_rels/workbook.xml.rels", RELATIONS } },
      JZ_TABLE_ERROR_FORMAT,
      NULL },
    { { { "xl/workbook.xml", WORKBOOK }, { "xl/workbook.xml", WORKBOOK } },
      JZ_TABLE_ERROR_DAMAGED,
      NULL },
    { { { "xl/workbook.xml", "<!DOCTYPE a [<!ENTITY b 'c'>]><workbook xmlns:r='r'><sheets><sheet "
                             "r:id='rId1'/></sheets></workbook>" },
        { "xl/_rels/workbook.xml.rels", RELATIONS } },
      JZ_TABLE_ERROR_DAMAGED,
      NULL },
    { { { "xl/workbook.xml", "\xff\xfe<\0" }, { "xl/_rels/workbook.xml.rels", RELATIONS } },
      JZ_TABLE_ERROR_DAMAGED,
      NULL },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (books); i++) {
    g_autoptr (GBytes) bytes = make_book (books[i].parts);
    assert_refused (bytes, books[i].code, books[i].words);
  }
}

static GBytes *
make_repeated (const char *before, const char *middle, gsize n, const char *after)
{
  GString *text = g_string_new (before);
  GBytes *bytes;
  Part parts[MAX_PARTS] = { { "xl/workbook.xml", WORKBOOK },
                            { "xl/_rels/workbook.xml.rels", RELATIONS },
                            { "xl/worksheets/sheet1.xml", NULL } };

  for (gsize i = 0; i < n; i++)
    g_string_append (text, middle);
  g_string_append (text, after);
  parts[2].text = text->str;
  bytes = make_book (parts);
  g_string_free (text, TRUE);
  return bytes;
}

/* Small files that would become large or slow. */
static void
test_bombs (void)
{
  static const struct {
    const char *before;
    const char *middle;
    gsize n;
    const char *after;
    JzTableError code;
  } bombs[] = {
    /* unpacks to a thousand times its size */
    { "<worksheet>", "                                ", 2 * 1024 * 1024, "</worksheet>",
      JZ_TABLE_ERROR_TOO_LARGE },
    /* one text of a megabyte */
    { "<worksheet><sheetData><row><c t='str'><v>", "0123456789", 110000,
      "</v></c></row></sheetData></worksheet>", JZ_TABLE_ERROR_TOO_LARGE },
    { "<worksheet>", "<a>", 100, "", JZ_TABLE_ERROR_TOO_LARGE },
    /* attributes, which a parser compares each with each */
    { "<worksheet ", "a='' ", 100000, "/>", JZ_TABLE_ERROR_DAMAGED },
    { "<worksheet><sheetData>", "<row><c><v>1</v></c></row>", JZ_TABLE_MAX_ROWS + 1,
      "</sheetData></worksheet>", JZ_TABLE_ERROR_TOO_LARGE },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (bombs); i++) {
    g_autoptr (GBytes) bytes =
      make_repeated (bombs[i].before, bombs[i].middle, bombs[i].n, bombs[i].after);
    assert_refused (bytes, bombs[i].code, NULL);
  }
}

/* One long text that many cells name costs what it would cost written out. */
static void
test_repeated_string (void)
{
  g_autoptr (GString) text = g_string_new ("<sst><si><t>");
  g_autoptr (GString) sheet = g_string_new ("<worksheet><sheetData>");
  g_autoptr (GBytes) bytes = NULL;
  Part parts[MAX_PARTS] = { { "xl/workbook.xml", WORKBOOK },
                            { "xl/_rels/workbook.xml.rels", RELATIONS } };

  for (guint i = 0; i < 100000; i++)
    g_string_append_c (text, 'x');
  g_string_append (text, "</t></si></sst>");
  for (guint i = 0; i < 1000; i++)
    g_string_append (sheet, "<row><c t='s'><v>0</v></c></row>");
  g_string_append (sheet, "</sheetData></worksheet>");
  parts[2] = (Part){ "xl/sharedStrings.xml", text->str };
  parts[3] = (Part){ "xl/worksheets/sheet1.xml", sheet->str };
  bytes = make_book (parts);
  assert_refused (bytes, JZ_TABLE_ERROR_TOO_LARGE, NULL);
}

static void
test_many_members (void)
{
  gsize size = 8 * 1024 * 1024;
  g_autofree char *buffer = g_malloc (size);
  size_t used = 0;
  Archive *archive = begin_zip (buffer, size, &used);
  g_autoptr (GBytes) bytes = NULL;

  for (guint i = 0; i <= JZ_TABLE_MAX_MEMBERS; i++) {
    g_autofree char *member = g_strdup_printf ("../%u", i);
    add_part (archive, member, "", 0);
  }
  g_assert_cmpint (archive_write_close (archive), ==, ARCHIVE_OK);
  archive_write_free (archive);
  bytes = g_bytes_new (buffer, used);
  assert_refused (bytes, JZ_TABLE_ERROR_TOO_LARGE, NULL);
}

/* Cut anywhere, a book is refused or read as it was: never half. */
static void
test_cut_books (void)
{
  static const Part parts[MAX_PARTS] = BOOK_OF ("<row><c><v>1</v></c></row>");
  g_autoptr (GBytes) bytes = make_book (parts);

  for (gsize length = 1; length < g_bytes_get_size (bytes); length++) {
    g_autoptr (GBytes) cut = g_bytes_new_from_bytes (bytes, 0, length);
    g_autoptr (GError) error = NULL;
    g_autoptr (JzTable) table = jz_table_read (cut, "名单", &error);
    g_autofree char *text = NULL;
    if (table == NULL) {
      g_assert_cmpint (error->domain, ==, JZ_TABLE_ERROR);
      continue;
    }
    text = dump (table);
    g_assert_cmpstr (text, ==, length < 4 ? "1: A=P\n" : "1: A=1\n");
    if (length < 4)
      break;
  }
}

static void
test_csv (void)
{
  static const struct {
    const char *bytes;
    gssize length;
    const char *expected;
  } files[] = {
    { "姓名,用户名\n张某,zhang\n", -1, "1: A=姓名 B=用户名\n2: A=张某 B=zhang\n" },
    { "\xef\xbb\xbf姓名,用户名\r\n张某,zhang", -1, "1: A=姓名 B=用户名\n2: A=张某 B=zhang\n" },
    /* 姓名;科室 and 张某;一科 in GB18030 */
    { "\xd0\xd5\xc3\xfb;\xbf\xc6\xca\xd2\n\xd5\xc5\xc4\xb3;\xd2\xbb\xbf\xc6\n", -1,
      "1: A=姓名 B=科室\n2: A=张某 B=一科\n" },
    /* 𠮷 takes four bytes */
    { "\x95\x34\xb2\x35,a\n", -1, "1: A=𠮷 B=a\n" },
    { "\xff\xfe\x31\x00\x09\x00\x13\x66\n\x00", 10, "1: A=1 B=易\n" },
    { "a\tb,c\td\n", -1, "1: A=a B=b,c C=d\n" },
    { "\"a,b\",\"c\"\"d\",\"e\nf\"g\n\n\n,,\nh\n", -1, "1: A=a,b B=c\"d C=e\nfg\n5: A=h\n" },
    { "a,\"\",1.10101E+17,4E+2x\n", -1, "1: A=a C=1.10101E+17~ D=4E+2x\n" },
    { "a\rb\r\nc", -1, "1: A=a\n2: A=b\n3: A=c\n" },
    { "\n", -1, "" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (files); i++) {
    gsize length = files[i].length < 0 ? strlen (files[i].bytes) : (gsize)files[i].length;
    g_autoptr (GBytes) bytes = g_bytes_new_static (files[i].bytes, length);
    assert_reads (bytes, files[i].expected);
  }
}

static void
test_bad_csv (void)
{
  static const struct {
    const char *bytes;
    gsize length;
    JzTableError code;
    const char *words;
  } files[] = {
    { "", 0, JZ_TABLE_ERROR_FORMAT, NULL },
    { "a,b\nc,\"d\n", 9, JZ_TABLE_ERROR_DAMAGED, "B2" },
    { "a\n\xff\xff\n", 5, JZ_TABLE_ERROR_DAMAGED, "2" },
    { "a\0b", 3, JZ_TABLE_ERROR_FORMAT, NULL },
    { "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 8, JZ_TABLE_ERROR_FORMAT, "XLSX" },
    { "PK\003\004rest", 8, JZ_TABLE_ERROR_DAMAGED, NULL },
  };
  g_autoptr (GString) wide = g_string_new ("x");
  g_autoptr (GString) tall = g_string_new (NULL);
  g_autoptr (GString) fat = g_string_new (NULL);
  GString *large[] = { wide, tall, fat };

  for (gsize i = 0; i < G_N_ELEMENTS (files); i++) {
    g_autoptr (GBytes) bytes = g_bytes_new_static (files[i].bytes, files[i].length);
    assert_refused (bytes, files[i].code, files[i].words);
  }
  for (guint i = 0; i < JZ_TABLE_MAX_COLUMNS; i++)
    g_string_append (wide, ",x");
  for (guint i = 0; i <= JZ_TABLE_MAX_ROWS; i++)
    g_string_append (tall, "x\n");
  for (guint i = 0; i <= JZ_TABLE_MAX_TEXT_BYTES; i++)
    g_string_append_c (fat, 'x');
  for (gsize i = 0; i < G_N_ELEMENTS (large); i++) {
    g_autoptr (GBytes) bytes = g_bytes_new (large[i]->str, large[i]->len);
    assert_refused (bytes, JZ_TABLE_ERROR_TOO_LARGE, NULL);
  }
}

static void
test_formats (void)
{
  static const struct {
    const char *code;
    guint shown;
  } codes[] = {
    { "General", JZ_SHOWN_AS_NUMBER },
    { "G/通用格式", JZ_SHOWN_AS_NUMBER },
    { "0.00E+00", JZ_SHOWN_AS_NUMBER },
    { "\"yyyy\"0", JZ_SHOWN_AS_NUMBER },
    { "0\\d", JZ_SHOWN_AS_NUMBER },
    { "0_d", JZ_SHOWN_AS_NUMBER },
    { "0;yyyy", JZ_SHOWN_AS_NUMBER },
    { "[DBNum1][$-804]yyyy\"年\"m\"月\"d\"日\"", JZ_SHOWN_AS_DATE },
    { "YYYY/M/D", JZ_SHOWN_AS_DATE },
    { "mm:ss.0", JZ_SHOWN_AS_TIME },
    { "yyyy-mm-dd hh:mm:ss", JZ_SHOWN_AS_DATE | JZ_SHOWN_AS_TIME },
    { "\\", JZ_SHOWN_AS_NUMBER },
    { "\"", JZ_SHOWN_AS_NUMBER },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (codes); i++)
    g_assert_cmpuint (jz_number_format_judge (codes[i].code), ==, codes[i].shown);
}

static void
test_numbers (void)
{
  static const struct {
    const char *number;
    guint shown;
    gboolean is_1904;
    const char *text;
    gboolean is_rounded;
  } numbers[] = {
    { "46083", JZ_SHOWN_AS_DATE, FALSE, "2026-03-02", FALSE },
    { "46083.999999", JZ_SHOWN_AS_DATE | JZ_SHOWN_AS_TIME, FALSE, "2026-03-03 00:00", FALSE },
    { "0.5", JZ_SHOWN_AS_TIME, FALSE, "12:00", FALSE },
    { "0", JZ_SHOWN_AS_DATE, TRUE, "1904-01-01", FALSE },
    { "2958465", JZ_SHOWN_AS_DATE, FALSE, "9999-12-31", FALSE },
    /* Any number can have the format of a date. */
    { "2958466", JZ_SHOWN_AS_DATE, FALSE, "2958466", FALSE },
    { "0", JZ_SHOWN_AS_DATE, FALSE, "0", FALSE },
    { "-1", JZ_SHOWN_AS_DATE, FALSE, "-1", FALSE },
    { "1.10101199003070012E+17", JZ_SHOWN_AS_DATE, FALSE, "110101199003070016", TRUE },
    { "1e300", JZ_SHOWN_AS_DATE, FALSE, "1e+300", TRUE },
    { "nan", JZ_SHOWN_AS_DATE, FALSE, "nan", FALSE },
    { "0.1", JZ_SHOWN_AS_NUMBER, FALSE, "0.1", FALSE },
    { "007", JZ_SHOWN_AS_NUMBER, FALSE, "007", FALSE },
    { "1 000", JZ_SHOWN_AS_NUMBER, FALSE, "1 000", FALSE },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++) {
    gboolean is_rounded = FALSE;
    g_autofree char *text = jz_number_format (numbers[i].number, (JzShown)numbers[i].shown,
                                              numbers[i].is_1904, &is_rounded);
    g_assert_cmpstr (text, ==, numbers[i].text);
    g_assert_true (is_rounded == numbers[i].is_rounded);
  }
}

static gboolean
give_row (JzXlsxCell *cells, gboolean *is_end, gpointer data, GError **error)
{
  guint *n = data;

  *is_end = (*n)++ == 2;
  cells[0].text = "  张某\n一科";
  cells[1] = (JzXlsxCell){ .is_set = TRUE, .date = { 2026, 3, 2 } };
  cells[2] = (JzXlsxCell){ .is_set = TRUE, .number = 123456 };
  return TRUE;
}

/* What we write we read. */
static void
test_own (void)
{
  static const JzXlsxColumn columns[] = {
    { "姓名", JZ_XLSX_TEXT, 0 },
    { "日期", JZ_XLSX_DATE, 0 },
    { "金额", JZ_XLSX_MONEY, 0 },
  };
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("jz-table-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "a.xlsx", NULL);
  g_autoptr (JzTable) table = NULL;
  g_autofree char *text = NULL;
  guint n = 0;

  g_assert_true (jz_xlsx_write_table (path, "名单", columns, 3, give_row, &n, 0, &error));
  table = jz_table_load (path, &error);
  g_assert_no_error (error);
  text = dump (table);
  g_assert_cmpstr (text, ==,
                   "1: A=姓名 B=日期 C=金额\n"
                   "2: A=张某\n一科 B=2026-03-02 C=1234.56\n"
                   "3: A=张某\n一科 B=2026-03-02 C=1234.56\n");
  g_assert_cmpint (g_unlink (path), ==, 0);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/media/table-file/samples", test_samples);
  g_test_add_func ("/media/table-file/books", test_books);
  g_test_add_func ("/media/table-file/bad-books", test_bad_books);
  g_test_add_func ("/media/table-file/bombs", test_bombs);
  g_test_add_func ("/media/table-file/repeated-string", test_repeated_string);
  g_test_add_func ("/media/table-file/many-members", test_many_members);
  g_test_add_func ("/media/table-file/cut-books", test_cut_books);
  g_test_add_func ("/media/table-file/csv", test_csv);
  g_test_add_func ("/media/table-file/bad-csv", test_bad_csv);
  g_test_add_func ("/media/table-file/formats", test_formats);
  g_test_add_func ("/media/table-file/numbers", test_numbers);
  g_test_add_func ("/media/table-file/own", test_own);
  return g_test_run ();
}
