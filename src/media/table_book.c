/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "media/table_file-private.h"

/* What stands beside the sheet: which sheet is first, which formats show dates, and the texts that
 * cells name by number. */

static gboolean
fail_damaged (const char *name, GError **error)
{
  return jz_table_fail (
    error, JZ_TABLE_ERROR_DAMAGED,
    _ ("%s is not a whole XLSX file. Open it in Excel or WPS and save it again."), name);
}

static gboolean
is_true (const char *text)
{
  return g_strcmp0 (text, "1") == 0 || g_strcmp0 (text, "true") == 0;
}

/* (transfer full) (nullable): the relation of the first sheet that is shown */
static char *
find_relation (GBytes *workbook, gboolean *is_1904, const char *name, GError **error)
{
  g_autoptr (xmlTextReader) reader = jz_table_xml_new (workbook, name, error);
  g_autofree char *found = NULL;
  gboolean is_end = FALSE;

  *is_1904 = FALSE;
  if (reader == NULL)
    return NULL;
  for (;;) {
    if (!jz_table_xml_next (reader, name, &is_end, error))
      return NULL;
    if (is_end)
      break;
    if (jz_table_xml_is (reader, "workbookPr")) {
      g_autofree char *value = jz_table_xml_dup_attribute (reader, "date1904");
      *is_1904 = is_true (value);
    } else if (found == NULL && jz_table_xml_is (reader, "sheet")) {
      g_autofree char *state = jz_table_xml_dup_attribute (reader, "state");
      if (state == NULL || strcmp (state, "visible") == 0)
        found = jz_table_xml_dup_attribute (reader, "id");
    }
  }
  if (found == NULL)
    jz_table_fail (error, JZ_TABLE_ERROR_FORMAT, _ ("%s has no sheet that is shown."), name);
  return g_steal_pointer (&found);
}

/* A target is relative to the folder of the book, or begins with a slash; ours never goes up. */
static char *
make_member (const char *target)
{
  if (target == NULL || strstr (target, "..") != NULL)
    return NULL;
  return target[0] == '/' ? g_strdup (target + 1) : g_strconcat ("xl/", target, NULL);
}

/* (transfer full) (nullable): the member that holds the first sheet that is shown */
char *
jz_book_find_sheet (GBytes *workbook,
                    GBytes *relations,
                    gboolean *is_1904,
                    const char *name,
                    GError **error)
{
  g_autofree char *relation = find_relation (workbook, is_1904, name, error);
  g_autoptr (xmlTextReader) reader = NULL;
  gboolean is_end = FALSE;

  if (relation == NULL)
    return NULL;
  reader = jz_table_xml_new (relations, name, error);
  if (reader == NULL)
    return NULL;
  while (jz_table_xml_next (reader, name, &is_end, error)) {
    g_autofree char *id = NULL;
    if (is_end) {
      fail_damaged (name, error);
      return NULL;
    }
    if (!jz_table_xml_is (reader, "Relationship"))
      continue;
    id = jz_table_xml_dup_attribute (reader, "Id");
    if (g_strcmp0 (id, relation) == 0) {
      g_autofree char *target = jz_table_xml_dup_attribute (reader, "Target");
      g_autofree char *member = make_member (target);
      if (member == NULL)
        fail_damaged (name, error);
      return g_steal_pointer (&member);
    }
  }
  return NULL;
}

/* Formats of which files only give the number; those between are numbers and texts. */
static JzShown
judge_number (guint64 id)
{
  if ((id >= 14 && id <= 17) || (id >= 27 && id <= 31) || id == 36 || (id >= 50 && id <= 54) ||
      id == 57 || id == 58)
    return JZ_SHOWN_AS_DATE;
  if ((id >= 18 && id <= 21) || (id >= 32 && id <= 35) || (id >= 45 && id <= 47) || id == 55 ||
      id == 56)
    return JZ_SHOWN_AS_TIME;
  return id == 22 ? JZ_SHOWN_AS_DATE | JZ_SHOWN_AS_TIME : JZ_SHOWN_AS_NUMBER;
}

/* A format shows a date when it has a y or a d outside quotes, brackets and escapes; a time when it
 * has an h or an s. Only its first section counts, that of positive numbers. */
JzShown
jz_number_format_judge (const char *code)
{
  JzShown shown = JZ_SHOWN_AS_NUMBER;
  char until = '\0';

  if (g_ascii_strcasecmp (code, "General") == 0 || g_ascii_strcasecmp (code, "Standard") == 0)
    return shown;
  for (const char *at = code; *at != '\0' && (until != '\0' || *at != ';'); at++) {
    char sign = g_ascii_tolower (*at);
    if (until != '\0')
      until = *at == until ? '\0' : until;
    else if (*at == '"')
      until = '"';
    else if (*at == '[')
      until = ']';
    else if ((*at == '\\' || *at == '_' || *at == '*') && at[1] != '\0')
      at++;
    else if (sign == 'y' || sign == 'd')
      shown |= JZ_SHOWN_AS_DATE;
    else if (sign == 'h' || sign == 's')
      shown |= JZ_SHOWN_AS_TIME;
  }
  return shown;
}

static void
take_format (xmlTextReader *reader, GHashTable *formats)
{
  g_autofree char *id = jz_table_xml_dup_attribute (reader, "numFmtId");
  g_autofree char *code = jz_table_xml_dup_attribute (reader, "formatCode");

  if (id != NULL && code != NULL && g_hash_table_size (formats) < JZ_TABLE_MAX_STYLES)
    g_hash_table_insert (formats, g_steal_pointer (&id),
                         GUINT_TO_POINTER (jz_number_format_judge (code)));
}

static void
take_style (xmlTextReader *reader, GHashTable *formats, GArray *styles)
{
  g_autofree char *id = jz_table_xml_dup_attribute (reader, "numFmtId");
  gpointer known = NULL;
  guint shown = JZ_SHOWN_AS_NUMBER;

  if (id != NULL && g_hash_table_lookup_extended (formats, id, NULL, &known))
    shown = GPOINTER_TO_UINT (known);
  else if (id != NULL)
    shown = judge_number (g_ascii_strtoull (id, NULL, 10));
  g_array_append_val (styles, shown);
}

/* (transfer full) (nullable) (element-type guint): how each style of a cell shows a number; empty
 * where the file has no styles */
GArray *
jz_book_read_styles (GBytes *styles, const char *name, GError **error)
{
  g_autoptr (GArray) shown = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GHashTable) formats = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (xmlTextReader) reader = NULL;
  gboolean is_end = FALSE;
  gboolean is_of_cells = FALSE;

  if (styles == NULL)
    return g_steal_pointer (&shown);
  reader = jz_table_xml_new (styles, name, error);
  if (reader == NULL)
    return NULL;
  for (;;) {
    if (!jz_table_xml_next (reader, name, &is_end, error))
      return NULL;
    if (is_end)
      return g_steal_pointer (&shown);
    if (jz_table_xml_is (reader, "numFmt"))
      take_format (reader, formats);
    else if (jz_table_xml_is (reader, "cellXfs"))
      is_of_cells = TRUE;
    else if (xmlTextReaderDepth (reader) <= 1)
      is_of_cells = FALSE;
    else if (is_of_cells && jz_table_xml_is (reader, "xf") && shown->len < JZ_TABLE_MAX_STYLES)
      take_style (reader, formats, shown);
  }
}

/* (transfer full) (nullable) (element-type utf8): the texts that cells name by their number; how a
 * sign is spoken (rPh) is no part of one */
GPtrArray *
jz_book_read_strings (GBytes *strings, const char *name, GError **error)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (xmlTextReader) reader = NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  int spoken_depth = G_MAXINT;
  gboolean is_text = FALSE;
  gboolean is_end = FALSE;

  if (strings == NULL)
    return g_steal_pointer (&texts);
  reader = jz_table_xml_new (strings, name, error);
  if (reader == NULL)
    return NULL;
  while (jz_table_xml_next (reader, name, &is_end, error)) {
    int type = is_end ? XML_READER_TYPE_NONE : xmlTextReaderNodeType (reader);
    int depth = xmlTextReaderDepth (reader);
    if (is_end)
      return g_steal_pointer (&texts);
    if (depth <= spoken_depth)
      spoken_depth = G_MAXINT;
    if (jz_table_xml_is (reader, "rPh"))
      spoken_depth = depth;
    if (type == XML_READER_TYPE_ELEMENT || type == XML_READER_TYPE_END_ELEMENT)
      is_text = jz_table_xml_is (reader, "t") && spoken_depth == G_MAXINT;
    else if (is_text &&
             !jz_table_append_bounded (text, jz_table_xml_get_text (reader), name, error))
      return NULL;
    /* An <si/> is an empty text, and counts. */
    if (depth == 1 && (type == XML_READER_TYPE_END_ELEMENT ||
                       (type == XML_READER_TYPE_ELEMENT && xmlTextReaderIsEmptyElement (reader)))) {
      if (texts->len >= JZ_TABLE_MAX_STRINGS) {
        jz_table_fail (error, JZ_TABLE_ERROR_TOO_LARGE, _ ("%s has more texts than are read."),
                       name);
        return NULL;
      }
      g_ptr_array_add (texts, jz_table_unescape (text->str));
      g_string_truncate (text, 0);
    }
  }
  return NULL;
}
