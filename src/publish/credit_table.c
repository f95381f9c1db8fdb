/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "publish/credit_table.h"

#include <string.h>

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "base/error.h"
#include "base/temporary.h"
#include "pages/xlsx.h"
#include "publish/publish-resources.h"
#include "publish/credit_table-private.h"
#include "publish/template.h"
#include "rules/xml_schema.h"

/* The table of penalties that a credit platform takes (双公示, rules.md §6.3): which columns there
 * are, what is needed and what must fit together is data. */

#define FILE_NAME "penalty_credit.xml"
#define SCHEMA "/org/juanzong/schemas/bundle.rng"
#define MAX_BOOK (256 * 1024 * 1024)
#define WIDTH_OF_LONG 40
#define LONG 256

static void
map_clear (gpointer data)
{
  JzCreditMap *self = data;

  g_free (self->is);
  g_free (self->as);
}

static void
source_free (gpointer data)
{
  JzCreditSource *self = data;

  g_free (self->field);
  g_free (self->value);
  g_free (self->rows);
  g_free (self->member);
  g_free (self->where);
  g_free (self->has);
  g_free (self->join);
  g_free (self->setting);
  g_free (self->text);
  g_array_unref (self->maps);
  g_free (self);
}

static void
column_free (gpointer data)
{
  JzCreditColumn *self = data;

  g_free (self->code);
  g_free (self->name);
  g_free (self->when);
  g_free (self->is);
  g_free (self->has);
  g_ptr_array_unref (self->sources);
  g_free (self);
}

static void
check_free (gpointer data)
{
  JzCreditCheck *self = data;

  g_free (self->column);
  g_free (self->is);
  g_free (self->other);
  g_free (self->has);
  g_free (self);
}

/**
 * jz_credit_table_free:
 * @self: (transfer full): a table
 */
void
jz_credit_table_free (JzCreditTable *self)
{
  g_free (self->id);
  g_strfreev (self->forms);
  g_free (self->title);
  g_ptr_array_unref (self->columns);
  g_ptr_array_unref (self->checks);
  g_free (self);
}

static JzCreditSource *
read_source (const xmlNode *element)
{
  JzCreditSource *self = g_new0 (JzCreditSource, 1);
  g_autofree char *months = jz_xml_dup_attribute (element, "months");

  self->field = jz_xml_dup_attribute (element, "field");
  self->value = jz_xml_dup_attribute (element, "value");
  self->months = months != NULL ? (guint)g_ascii_strtoull (months, NULL, 10) : 0;
  self->rows = jz_xml_dup_attribute (element, "rows");
  self->member = jz_xml_dup_attribute (element, "member");
  self->where = jz_xml_dup_attribute (element, "where");
  self->has = jz_xml_dup_attribute (element, "has");
  self->join = jz_xml_dup_attribute (element, "join");
  self->setting = jz_xml_dup_attribute (element, "setting");
  self->text = jz_xml_dup_attribute (element, "text");
  self->maps = g_array_new (FALSE, TRUE, sizeof (JzCreditMap));
  g_array_set_clear_func (self->maps, map_clear);
  for (const xmlNode *child = jz_xml_get_first_element (element); child != NULL;
       child = jz_xml_get_next_element (child)) {
    JzCreditMap map = { jz_xml_dup_attribute (child, "is"), jz_xml_dup_attribute (child, "as") };
    g_array_append_val (self->maps, map);
  }
  return self;
}

static JzCreditType
read_type (const xmlNode *element)
{
  g_autofree char *word = jz_xml_dup_attribute (element, "type");

  if (strcmp (word, "date") == 0)
    return JZ_CREDIT_DATE;
  return strcmp (word, "wan") == 0 ? JZ_CREDIT_WAN : JZ_CREDIT_TEXT;
}

static JzCreditColumn *
read_column (const xmlNode *element)
{
  JzCreditColumn *self = g_new0 (JzCreditColumn, 1);
  g_autofree char *length = jz_xml_dup_attribute (element, "length");
  g_autofree char *need = jz_xml_dup_attribute (element, "need");
  g_autofree char *shown = jz_xml_dup_attribute (element, "shown");

  self->code = jz_xml_dup_attribute (element, "code");
  self->type = read_type (element);
  self->length = (guint)g_ascii_strtoull (length, NULL, 10);
  self->is_needed = g_strcmp0 (need, "yes") == 0;
  self->when = jz_xml_dup_attribute (element, "when");
  self->is = jz_xml_dup_attribute (element, "is");
  self->has = jz_xml_dup_attribute (element, "has");
  self->is_shown = g_strcmp0 (shown, "no") != 0;
  self->sources = g_ptr_array_new_with_free_func (source_free);
  for (const xmlNode *child = jz_xml_get_first_element (element); child != NULL;
       child = jz_xml_get_next_element (child)) {
    if (jz_xml_is_element (child, "name"))
      self->name = g_strstrip (jz_xml_dup_text (child));
    else
      g_ptr_array_add (self->sources, read_source (child));
  }
  return self;
}

static JzCreditCheck *
read_check (const xmlNode *element)
{
  JzCreditCheck *self = g_new0 (JzCreditCheck, 1);

  self->column = jz_xml_dup_attribute (element, "column");
  self->is = jz_xml_dup_attribute (element, "is");
  self->other = jz_xml_dup_attribute (element, "other");
  self->has = jz_xml_dup_attribute (element, "has");
  return self;
}

static JzCreditTable *
read_table (const JzXml *document)
{
  JzCreditTable *self = g_new0 (JzCreditTable, 1);
  const xmlNode *root = jz_xml_get_root (document);
  g_autofree char *forms = jz_xml_dup_attribute (root, "forms");

  self->id = jz_xml_dup_attribute (root, "id");
  self->forms = g_strsplit (forms, " ", -1);
  self->columns = g_ptr_array_new_with_free_func (column_free);
  self->checks = g_ptr_array_new_with_free_func (check_free);
  for (const xmlNode *child = jz_xml_get_first_element (root); child != NULL;
       child = jz_xml_get_next_element (child)) {
    if (jz_xml_is_element (child, "title"))
      self->title = g_strstrip (jz_xml_dup_text (child));
    else if (jz_xml_is_element (child, "column"))
      g_ptr_array_add (self->columns, read_column (child));
    else
      g_ptr_array_add (self->checks, read_check (child));
  }
  return self;
}

/* The schema cannot say that what a column or a check speaks of is a column. */
static gboolean
check_codes (const JzCreditTable *self, const char *name, GError **error)
{
  const char *missing = NULL;

  for (guint i = 0; i < self->columns->len; i++) {
    const JzCreditColumn *column = g_ptr_array_index (self->columns, i);
    if (column->when != NULL && jz_credit_table_find_column (self, column->when) < 0)
      missing = column->when;
  }
  for (guint i = 0; i < self->checks->len; i++) {
    const JzCreditCheck *check = g_ptr_array_index (self->checks, i);
    if (jz_credit_table_find_column (self, check->column) < 0)
      missing = check->column;
    if (check->other != NULL && jz_credit_table_find_column (self, check->other) < 0)
      missing = check->other;
  }
  if (missing == NULL)
    return TRUE;
  g_set_error (error, JZ_BASE_ERROR, JZ_BASE_ERROR_RANGE,
               _ ("%s: There is no column “%s”; correct its code or define it."), name, missing);
  return FALSE;
}

/**
 * jz_credit_table_load:
 * @bytes: the description of a table
 * @name: what it is called in sentences
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the table; fails with %JZ_BASE_ERROR where it does not
 * follow data/schemas/bundle.rng
 */
JzCreditTable *
jz_credit_table_load (GBytes *bytes, const char *name, GError **error)
{
  g_autoptr (GBytes) rules = g_resource_lookup_data (jz_publish_get_resource (), SCHEMA,
                                                     G_RESOURCE_LOOKUP_FLAGS_NONE, error);
  g_autoptr (JzXmlSchema) schema =
    rules != NULL ? jz_xml_schema_new (rules, "bundle.rng", error) : NULL;
  g_autoptr (JzXml) document = schema != NULL ? jz_xml_parse (bytes, name, error) : NULL;
  g_autoptr (JzCreditTable) self = NULL;

  if (document == NULL || !jz_xml_schema_validate (schema, document, error))
    return NULL;
  self = read_table (document);
  return check_codes (self, name, error) ? g_steal_pointer (&self) : NULL;
}

/**
 * jz_credit_table_load_shipped:
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the table that came with the program
 */
JzCreditTable *
jz_credit_table_load_shipped (GError **error)
{
  g_autoptr (GBytes) bytes = jz_template_load (FILE_NAME, error);

  return bytes != NULL ? jz_credit_table_load (bytes, FILE_NAME, error) : NULL;
}

/**
 * jz_credit_table_get_id:
 * @self: a table
 *
 * Returns: (transfer none): its name
 */
const char *
jz_credit_table_get_id (const JzCreditTable *self)
{
  return self->id;
}

/**
 * jz_credit_table_get_n_columns:
 * @self: a table
 *
 * Returns: how many columns it has
 */
guint
jz_credit_table_get_n_columns (const JzCreditTable *self)
{
  return self->columns->len;
}

/**
 * jz_credit_table_get_code:
 * @self: a table
 * @column: from 0
 *
 * Returns: (transfer none): the code of the column in the standard
 */
const char *
jz_credit_table_get_code (const JzCreditTable *self, guint column)
{
  return ((const JzCreditColumn *)g_ptr_array_index (self->columns, column))->code;
}

/* -1 where there is none. */
int
jz_credit_table_find_column (const JzCreditTable *self, const char *code)
{
  for (guint i = 0; i < self->columns->len; i++)
    if (strcmp (jz_credit_table_get_code (self, i), code) == 0)
      return (int)i;
  return -1;
}

gboolean
jz_credit_table_has_form (const JzCreditTable *self, const char *form)
{
  return g_strv_contains ((const char *const *)self->forms, form);
}

typedef struct {
  const GPtrArray *rows;
  guint n_columns;
  guint next;
} Rows;

static gboolean
give_row (JzXlsxCell *cells, gboolean *is_end, gpointer data, GError **error)
{
  Rows *self = data;
  char **row;

  if (self->next >= self->rows->len) {
    *is_end = TRUE;
    return TRUE;
  }
  row = g_ptr_array_index (self->rows, self->next++);
  for (guint i = 0; i < self->n_columns; i++)
    cells[i].text = row[i];
  return TRUE;
}

static GBytes *
read_back (const char *path, GError **error)
{
  char *data = NULL;
  gsize length = 0;

  return g_file_get_contents (path, &data, &length, error) ? g_bytes_new_take (data, length) : NULL;
}

/**
 * jz_credit_table_write:
 * @self: a table
 * @contents: what a bundle tells
 * @rows: (element-type GStrv): see jz_credit_table_fill()
 * @time: when it is made
 * @error: return location
 *
 * Everything in it is a text: amounts with six decimals, days with slashes, as platforms read them.
 *
 * Returns: (transfer full) (nullable): the table as XLSX
 */
GBytes *
jz_credit_table_write (const JzCreditTable *self,
                       const JzBundleContents *contents,
                       const GPtrArray *rows,
                       JzInstant time,
                       GError **error)
{
  g_autofree JzXlsxColumn *columns = g_new0 (JzXlsxColumn, self->columns->len);
  g_autofree char *folder = jz_temporary_folder ("table", error);
  g_autofree char *path = folder != NULL ? g_build_filename (folder, "table.xlsx", NULL) : NULL;
  g_autofree char *title =
    g_strconcat (contents->is_demo ? JZ_BUNDLE_DEMO_MARK : "", self->title, NULL);
  Rows data = { rows, self->columns->len, 0 };
  GBytes *bytes = NULL;

  if (folder == NULL)
    return NULL;
  for (guint i = 0; i < self->columns->len; i++) {
    const JzCreditColumn *column = g_ptr_array_index (self->columns, i);
    columns[i].title = column->name;
    columns[i].width = column->length > LONG ? WIDTH_OF_LONG : 0;
  }
  if (jz_xlsx_write_table (path, title, columns, self->columns->len, give_row, &data, time, error))
    bytes = read_back (path, error);
  /* It was only there to be read back. */
  (void)g_unlink (path);
  (void)g_rmdir (folder);
  return bytes;
}
