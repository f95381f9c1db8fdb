/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "forms/table_text.h"

#include <string.h>

#include <libxml/HTMLparser.h>

/* Tables as other programs put them on a clipboard: text with tabs between the cells, or HTML. Only
 * the words of the cells are taken, whatever they look like. */

typedef struct {
  GPtrArray *rows;  /* (element-type GStrv) */
  GPtrArray *cells; /* (element-type utf8): of the row that is read */
} Reading;

static void
reading_init (Reading *self)
{
  self->rows = g_ptr_array_new_with_free_func ((GDestroyNotify)g_strfreev);
  self->cells = g_ptr_array_new ();
}

/* One line without space around it; what cannot be seen goes. */
static char *
dup_cell (const char *text)
{
  GString *cell = g_string_new (NULL);

  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at)) {
    gunichar character = g_utf8_get_char (at);
    gboolean is_space = g_unichar_isspace (character) || g_unichar_iscntrl (character);
    if (!is_space)
      g_string_append_unichar (cell, character);
    else if (cell->len > 0 && !g_str_has_suffix (cell->str, " "))
      g_string_append_c (cell, ' ');
  }
  return g_strchomp (g_string_free (cell, FALSE));
}

static void
end_cell (Reading *self, const char *text)
{
  if (self->cells->len < JZ_TABLE_TEXT_MAX_COLUMNS)
    g_ptr_array_add (self->cells, dup_cell (text));
}

static void
end_row (Reading *self)
{
  gboolean is_empty = TRUE;

  for (guint i = 0; i < self->cells->len; i++)
    is_empty = is_empty && *(const char *)g_ptr_array_index (self->cells, i) == '\0';
  g_ptr_array_add (self->cells, NULL);
  char **row = (char **)g_ptr_array_steal (self->cells, NULL);
  if (is_empty || self->rows->len >= JZ_TABLE_TEXT_MAX_ROWS)
    g_strfreev (row);
  else
    g_ptr_array_add (self->rows, row);
}

/* One cell alone is a text. */
static GPtrArray *
finish (Reading *self)
{
  gboolean is_table =
    self->rows->len > 1 ||
    (self->rows->len == 1 && g_strv_length (g_ptr_array_index (self->rows, 0)) > 1);

  g_ptr_array_unref (self->cells);
  if (is_table)
    return self->rows;
  g_ptr_array_unref (self->rows);
  return NULL;
}

/* A cell in quotes may hold tabs and line breaks; a quote in it is written twice. */
static const char *
read_quoted (Reading *self, const char *at)
{
  g_autoptr (GString) cell = g_string_new (NULL);

  for (at++; *at != '\0'; at++) {
    if (*at == '"' && at[1] != '"')
      break;
    if (*at == '"')
      at++;
    g_string_append_c (cell, *at);
  }
  end_cell (self, cell->str);
  return *at == '"' ? at + 1 : at;
}

static gboolean
is_quoted (const char *at)
{
  const char *end = at + 1;

  if (*at != '"')
    return FALSE;
  while (*end != '\0' && (*end != '"' || end[1] == '"'))
    end += *end == '"' ? 2 : 1;
  return *end == '"' && strchr ("\t\r\n", end[1]) != NULL;
}

/**
 * jz_table_text_read:
 * @text: a text
 *
 * Returns: (transfer full) (nullable) (element-type GStrv): the cells of its rows; %NULL where
 *   there are no tabs in it
 */
GPtrArray *
jz_table_text_read (const char *text)
{
  Reading reading;

  g_return_val_if_fail (text != NULL, NULL);
  if (strchr (text, '\t') == NULL || strlen (text) > JZ_TABLE_TEXT_MAX_SIZE ||
      !g_utf8_validate (text, -1, NULL))
    return NULL;
  reading_init (&reading);
  for (const char *at = text; *at != '\0';) {
    if (is_quoted (at)) {
      at = read_quoted (&reading, at);
    } else {
      gsize length = strcspn (at, "\t\r\n");
      g_autofree char *cell = g_strndup (at, length);
      end_cell (&reading, cell);
      at += length;
    }
    if (*at == '\t') {
      at++;
      continue;
    }
    end_row (&reading);
    at += strspn (at, "\r\n");
  }
  if (reading.cells->len > 0)
    end_row (&reading);
  return finish (&reading);
}

static gboolean
is_element (const xmlNode *node, const char *name)
{
  return node->type == XML_ELEMENT_NODE && g_ascii_strcasecmp ((const char *)node->name, name) == 0;
}

static void
read_row (Reading *self, xmlNode *row)
{
  for (xmlNode *cell = row->children; cell != NULL; cell = cell->next) {
    if (!is_element (cell, "td") && !is_element (cell, "th"))
      continue;
    xmlChar *text = xmlNodeGetContent (cell);
    end_cell (self, text != NULL ? (const char *)text : "");
    xmlFree (text);
  }
  end_row (self);
}

/* The next element in the order of reading, without recursion: what comes from outside may be
 * nested as deep as it likes. */
static xmlNode *
get_next (xmlNode *node, const xmlNode *top, gboolean into)
{
  if (into && node->children != NULL)
    return node->children;
  while (node != NULL && node != top && node->next == NULL)
    node = node->parent;
  return node == NULL || node == top ? NULL : node->next;
}

static xmlNode *
find_table (xmlDoc *document)
{
  xmlNode *root = xmlDocGetRootElement (document);

  for (xmlNode *node = root; node != NULL; node = get_next (node, root, TRUE))
    if (is_element (node, "table"))
      return node;
  return NULL;
}

/**
 * jz_table_text_read_html:
 * @html: what a program copied
 * @length: its size in bytes
 *
 * Returns: (transfer full) (nullable) (element-type GStrv): the cells of the first table in it;
 *   %NULL where there is none
 */
GPtrArray *
jz_table_text_read_html (const char *html, gsize length)
{
  Reading reading;

  g_return_val_if_fail (html != NULL, NULL);
  if (length > JZ_TABLE_TEXT_MAX_SIZE || !g_utf8_validate (html, (gssize)length, NULL))
    return NULL;
  xmlDoc *document = htmlReadMemory (html, (int)length, NULL, "UTF-8",
                                     HTML_PARSE_NONET | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING |
                                       HTML_PARSE_RECOVER | HTML_PARSE_COMPACT);
  xmlNode *table = document != NULL ? find_table (document) : NULL;
  reading_init (&reading);
  for (xmlNode *node = table; node != NULL;) {
    gboolean is_row = is_element (node, "tr");
    if (is_row)
      read_row (&reading, node);
    node = get_next (node, table, !is_row);
  }
  if (document != NULL)
    xmlFreeDoc (document);
  return finish (&reading);
}
