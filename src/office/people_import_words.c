/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/half_width.h"
#include "office/office-resources.h"
#include "office/people_import-private.h"
#include "office/role.h"
#include "rules/xml_schema.h"

/* By which words a list of people is understood, and the forms in which people write dates. */

#define WORDS_PATH "/org/juanzong/import/people.xml"
#define SCHEMA_PATH "/org/juanzong/schemas/import.rng"

/* In the order of JzImportField. */
static const char *const field_names[] = {
  "name", "user", "section", "roles", "number", "issuer", "valid_from", "valid_to", "scope",
};
G_STATIC_ASSERT (G_N_ELEMENTS (field_names) == JZ_IMPORT_N_FIELDS);

static void
clear_column (gpointer data)
{
  g_free (((JzImportColumn *)data)->title);
}

static JzXml *
load_document (GError **error)
{
  GResource *resource = jz_office_get_resource ();
  g_autoptr (GBytes) words = g_resource_lookup_data (resource, WORDS_PATH, 0, error);
  g_autoptr (GBytes) rules =
    words != NULL ? g_resource_lookup_data (resource, SCHEMA_PATH, 0, error) : NULL;
  g_autoptr (JzXmlSchema) schema =
    rules != NULL ? jz_xml_schema_new (rules, "import.rng", error) : NULL;
  g_autoptr (JzXml) document = schema != NULL ? jz_xml_parse (words, "people.xml", error) : NULL;

  if (document == NULL || !jz_xml_schema_validate (schema, document, error))
    return NULL;
  return g_steal_pointer (&document);
}

/* The head of a column as it is compared: half width, without blanks, stars and what stands in
 * brackets: “执法证号（必填）*” is 执法证号. */
char *
jz_import_words_squeeze (const char *head)
{
  g_autofree char *half = jz_half_width_dup (head);
  GString *squeezed = g_string_new (NULL);
  guint depth = 0;

  for (const char *at = half; at != NULL && *at != '\0'; at = g_utf8_next_char (at)) {
    gunichar sign = g_utf8_get_char (at);
    if (sign == '(' || sign == '[' || sign == 0x3010)
      depth++;
    else if (sign == ')' || sign == ']' || sign == 0x3011)
      depth -= depth > 0;
    else if (depth == 0 && sign != '*' && sign != ':' && !g_unichar_isspace (sign))
      g_string_append_unichar (squeezed, g_unichar_tolower (sign));
  }
  return g_string_free (squeezed, FALSE);
}

static guint
find_field (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (field_names); i++)
    if (strcmp (field_names[i], name) == 0)
      return i;
  g_return_val_if_reached (0);
}

static void
read_column (JzImportWords *self, const xmlNode *element)
{
  g_autofree char *name = jz_xml_dup_attribute (element, "field");
  g_autofree char *width = jz_xml_dup_attribute (element, "width");
  g_autofree char *hint = jz_xml_dup_attribute (element, "hint");
  JzImportColumn column = { NULL, (JzImportField)find_field (name),
                            (guint)g_ascii_strtoull (width, NULL, 10) };

  for (const xmlNode *word = jz_xml_get_first_element (element); word != NULL;
       word = jz_xml_get_next_element (word)) {
    g_autofree char *text = jz_xml_dup_text (word);
    if (column.title == NULL)
      column.title = hint != NULL ? g_strdup_printf ("%s(%s)", text, hint) : g_strdup (text);
    g_hash_table_insert (self->fields, jz_import_words_squeeze (text),
                         GUINT_TO_POINTER (column.field + 1));
  }
  g_array_append_val (self->columns, column);
}

static void
read_role (JzImportWords *self, const xmlNode *element)
{
  g_autofree char *name = jz_xml_dup_attribute (element, "name");

  for (const xmlNode *word = jz_xml_get_first_element (element); word != NULL;
       word = jz_xml_get_next_element (word)) {
    g_autofree char *text = jz_xml_dup_text (word);
    g_hash_table_insert (self->roles, jz_import_words_squeeze (text), g_strdup (name));
  }
}

/* A list that we wrote ourselves names roles as the window does, in whatever language. */
static void
add_own_roles (JzImportWords *self)
{
  gsize n_roles = 0;
  const JzRole *roles = jz_role_get_all (&n_roles);

  for (gsize i = 0; i < n_roles; i++) {
    g_hash_table_insert (self->roles, jz_import_words_squeeze (jz_role_word (roles[i].name)),
                         g_strdup (roles[i].name));
    g_hash_table_insert (self->roles, g_strdup (roles[i].name), g_strdup (roles[i].name));
  }
}

JzImportWords *
jz_import_words_load (GError **error)
{
  g_autoptr (JzXml) document = load_document (error);
  JzImportWords *self;

  if (document == NULL)
    return NULL;
  self = g_new0 (JzImportWords, 1);
  self->columns = g_array_new (FALSE, FALSE, sizeof (JzImportColumn));
  g_array_set_clear_func (self->columns, clear_column);
  self->fields = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->roles = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (const xmlNode *at = jz_xml_get_first_element (jz_xml_get_root (document)); at != NULL;
       at = jz_xml_get_next_element (at))
    if (jz_xml_is_element (at, "column"))
      read_column (self, at);
    else
      read_role (self, at);
  add_own_roles (self);
  return self;
}

void
jz_import_words_free (JzImportWords *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->columns);
  g_hash_table_unref (self->fields);
  g_hash_table_unref (self->roles);
  g_free (self);
}

/* 20250101 */
static gboolean
parse_plain_date (const char *digits, JzDate *date)
{
  guint64 number;

  if (strlen (digits) != 8 || digits[strspn (digits, "0123456789")] != '\0')
    return FALSE;
  number = g_ascii_strtoull (digits, NULL, 10);
  *date = (JzDate){ (int)(number / 10000), (int)(number / 100 % 100), (int)(number % 100) };
  return jz_date_is_valid (*date);
}

/* 2025-01-01, 2025/1/1, 2025.1.1, 2025年1月1日 and 20250101, in half or full width; a time behind
 * the day does not count. */
gboolean
jz_import_parse_date (const char *text, JzDate *date)
{
  g_autofree char *half = jz_half_width_dup (text);
  g_autofree char *digits = g_strdup (half != NULL ? half : "");
  gint64 numbers[3] = { 0 };
  const char *at = digits;

  if (parse_plain_date (digits, date))
    return TRUE;
  for (guint i = 0; i < 3; i++) {
    char *end = NULL;
    if (!g_ascii_isdigit (*at))
      return FALSE;
    numbers[i] = g_ascii_strtoll (at, &end, 10);
    at = end;
    if (i < 2 && *at != '\0' && strchr ("-/.", *at) != NULL)
      at++;
    else if (g_str_has_prefix (at, i == 0 ? "年" : i == 1 ? "月" : "日"))
      at += strlen ("年");
    else if (i < 2)
      return FALSE;
  }
  if ((*at != '\0' && *at != ' ') || numbers[0] > 9999)
    return FALSE;
  *date = (JzDate){ (int)numbers[0], (int)MIN (numbers[1], 99), (int)MIN (numbers[2], 99) };
  return jz_date_is_valid (*date);
}

/**
 * jz_people_import_get_columns:
 * @error: return location
 *
 * Returns: (transfer full) (nullable) (element-type JzImportColumn): the columns of the empty table
 *   that a bureau fills in
 */
GArray *
jz_people_import_get_columns (GError **error)
{
  g_autoptr (JzImportWords) words = jz_import_words_load (error);
  return words != NULL ? g_array_ref (words->columns) : NULL;
}
