/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rules/calendar_file.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>

#include "base/calendar_builder.h"
#include "base/error.h"
#include "rules/calendar_file-private.h"
#include "rules/rules-resources.h"
#include "rules/xml_schema.h"

/* The files of holidays: data/schemas/calendar.rng says what they look like, and here is checked
 * what a schema cannot say. Those that are shipped are only a source; what is in force in a bureau
 * is what it has adopted, and is read by the same function. */

#define SHIPPED_FOLDER "/org/juanzong/calendar"
#define SCHEMA_PATH "/org/juanzong/schemas/calendar.rng"

typedef struct {
  const JzXml *document;
  JzCalendarBuilder *builder;
  int year;
  gboolean is_local;
} Loader;

static JzXmlSchema *
load_schema (void)
{
  static JzXmlSchema *schema = NULL;
  if (g_once_init_enter (&schema)) {
    g_autoptr (GBytes) bytes = g_resource_lookup_data (jz_rules_get_resource (), SCHEMA_PATH,
                                                       G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
    g_assert (bytes != NULL);
    JzXmlSchema *loaded = jz_xml_schema_new (bytes, "calendar.rng", NULL);
    g_assert (loaded != NULL);
    g_once_init_leave (&schema, loaded);
  }
  return schema;
}

/* Of the folder: a file that follows the schema. */
JzXml *
jz_calendar_open_document (GBytes *bytes, const char *name, GError **error)
{
  g_autoptr (JzXml) document = jz_xml_parse (bytes, name, error);

  if (document == NULL || !jz_xml_schema_validate (load_schema (), document, error))
    return NULL;
  return g_steal_pointer (&document);
}

static gboolean
check_year (const Loader *self, JzDate date, GError **error)
{
  if (date.year == self->year)
    return TRUE;
  /* New Year's holiday may begin in the old year, and is in the notice of the new one. */
  if (!self->is_local && date.year == self->year - 1 && date.month == 12)
    return TRUE;
  char text[JZ_DATE_SIZE];
  jz_date_format (date, text);
  g_set_error (error, JZ_BASE_ERROR, JZ_BASE_ERROR_RANGE,
               _ ("The day %s does not belong to the holidays of %d; correct the day or the year."),
               text, self->year);
  return FALSE;
}

static gboolean
read_date (const Loader *self,
           const xmlNode *element,
           const char *attribute,
           JzDate *date,
           GError **error)
{
  g_autofree char *text = jz_xml_dup_attribute (element, attribute);
  return jz_date_parse (text, date, error) && check_year (self, *date, error);
}

static gboolean
add_off (const Loader *self, const xmlNode *element, GError **error)
{
  JzDate first;
  JzDate last;
  if (!read_date (self, element, "from", &first, error) ||
      !read_date (self, element, "to", &last, error))
    return FALSE;
  if (self->is_local)
    return jz_calendar_builder_add_local_off (self->builder, first, last, error);
  return jz_calendar_builder_add_off (self->builder, first, last, error);
}

static gboolean
add_worked (const Loader *self, const xmlNode *element, GError **error)
{
  JzDate date;
  return read_date (self, element, "on", &date, error) &&
         jz_calendar_builder_add_worked (self->builder, date, error);
}

static gboolean
begin_holiday (const Loader *self, const xmlNode *holiday, GError **error)
{
  const xmlNode *name_element = jz_xml_get_first_element (holiday);
  g_autofree char *id = jz_xml_dup_attribute (holiday, "id");
  g_autofree char *name = jz_xml_dup_text (name_element);
  return jz_calendar_builder_begin_holiday (self->builder, id, name, error);
}

static gboolean
add_holiday (const Loader *self, const xmlNode *holiday, GError **error)
{
  if (!begin_holiday (self, holiday, error)) {
    jz_xml_prefix_error (self->document, holiday, error);
    return FALSE;
  }
  for (const xmlNode *element = jz_xml_get_first_element (holiday); element != NULL;
       element = jz_xml_get_next_element (element)) {
    gboolean is_added = TRUE;
    if (jz_xml_is_element (element, "off"))
      is_added = add_off (self, element, error);
    else if (jz_xml_is_element (element, "worked"))
      is_added = add_worked (self, element, error);
    if (!is_added) {
      jz_xml_prefix_error (self->document, element, error);
      return FALSE;
    }
  }
  return TRUE;
}

static gboolean
add_calendar (Loader *self, const xmlNode *root, GError **error)
{
  g_autofree char *year = jz_xml_dup_attribute (root, "year");
  self->year = (int)g_ascii_strtoll (year, NULL, 10);
  self->is_local = jz_xml_is_element (root, "local-calendar");
  if (!self->is_local && !jz_calendar_builder_add_year (self->builder, self->year, error)) {
    jz_xml_prefix_error (self->document, root, error);
    return FALSE;
  }
  for (const xmlNode *element = jz_xml_get_first_element (root); element != NULL;
       element = jz_xml_get_next_element (element)) {
    if (jz_xml_is_element (element, "holiday") && !add_holiday (self, element, error))
      return FALSE;
  }
  return TRUE;
}

/**
 * jz_calendar_load:
 * @bytes: the content of a file
 * @name: its name, for messages
 * @error: return location
 *
 * Reads the holiday notice of a year, or the days off of an autonomous government (DC-16), which
 * make no year known. Days lie in that year; those of a notice also in the December before it.
 *
 * Returns: (transfer full): the calendar, or %NULL with %JZ_BASE_ERROR_SYNTAX, %JZ_BASE_ERROR_RANGE
 *   or %JZ_BASE_ERROR_LIMIT; the message begins with name, line and column
 */
JzCalendar *
jz_calendar_load (GBytes *bytes, const char *name, GError **error)
{
  g_return_val_if_fail (bytes != NULL, NULL);
  g_return_val_if_fail (name != NULL, NULL);

  g_autoptr (JzXml) document = jz_calendar_open_document (bytes, name, error);
  if (document == NULL)
    return NULL;
  g_autoptr (JzCalendarBuilder) builder = jz_calendar_builder_new ();
  Loader loader = { .document = document, .builder = builder };
  if (!add_calendar (&loader, jz_xml_get_root (document), error))
    return NULL;
  return jz_calendar_builder_end (builder);
}

/**
 * jz_calendar_load_several:
 * @files: (array length=n_files): the contents of files
 * @names: (array length=n_files): their names, for messages
 * @n_files: how many
 * @error: return location
 *
 * Reads files of different years, and local ones, into one calendar.
 *
 * Returns: (transfer full): the calendar, or %NULL as in jz_calendar_load(), or with
 *   %JZ_BASE_ERROR_RANGE when a file says something about a year, holiday or day of a file before
 * it
 */
JzCalendar *
jz_calendar_load_several (GBytes *const *files,
                          const char *const *names,
                          guint n_files,
                          GError **error)
{
  g_return_val_if_fail (n_files == 0 || (files != NULL && names != NULL), NULL);

  g_autoptr (JzCalendarBuilder) builder = jz_calendar_builder_new ();
  for (guint i = 0; i < n_files; i++) {
    g_autoptr (JzCalendar) calendar = jz_calendar_load (files[i], names[i], error);
    if (calendar == NULL)
      return NULL;
    if (!jz_calendar_builder_add_calendar (builder, calendar, error)) {
      g_prefix_error (error, "%s: ", names[i]);
      return NULL;
    }
  }
  return jz_calendar_builder_end (builder);
}

/* Of the folder: the notices that came with the program, with their names. */
GStrv
jz_calendar_get_shipped (GPtrArray *files, GError **error)
{
  GResource *resource = jz_rules_get_resource ();
  g_auto (GStrv) names =
    g_resource_enumerate_children (resource, SHIPPED_FOLDER, G_RESOURCE_LOOKUP_FLAGS_NONE, error);

  for (guint i = 0; names != NULL && names[i] != NULL; i++) {
    g_autofree char *path = g_strdup_printf ("%s/%s", SHIPPED_FOLDER, names[i]);
    GBytes *bytes = g_resource_lookup_data (resource, path, G_RESOURCE_LOOKUP_FLAGS_NONE, error);
    if (bytes == NULL)
      return NULL;
    g_ptr_array_add (files, bytes);
  }
  return g_steal_pointer (&names);
}

/**
 * jz_calendar_load_shipped:
 * @error: return location
 *
 * Reads the notices that came with the program. A bureau counts by those that it has adopted; this
 * is for proposing them and for counting without a store.
 *
 * Returns: (transfer full): the calendar, or %NULL as in jz_calendar_load_several(), which would
 * mean that the program was put together wrong
 */
JzCalendar *
jz_calendar_load_shipped (GError **error)
{
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func ((GDestroyNotify)g_bytes_unref);
  g_auto (GStrv) names = jz_calendar_get_shipped (files, error);

  if (names == NULL)
    return NULL;
  return jz_calendar_load_several ((GBytes *const *)files->pdata, (const char *const *)names,
                                   files->len, error);
}
