/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "office/adoption_list.h"

#include <string.h>

#include "office/calendars.h"
#include "office/form_sets.h"
#include "office/rulebooks.h"
#include "office/shelf.h"
#include "rules/calendar_set.h"
#include "rules/file_set.h"
#include "rules/xml.h"

/* What the bureau has adopted, when and why, and what of it is in force. */

#define CALENDAR_KIND "calendar"

static const char *const tables_of_kinds[] = { "rulebook", "form_set", "calendar" };

static void
adoption_free (gpointer data)
{
  JzAdoption *self = data;

  g_free (self->in_force);
  g_free (self->time);
  g_free (self->person);
  g_free (self->reason);
  g_free (self);
}

static char *
dup_reason (const char *payload)
{
  g_autoptr (JzJson) json =
    payload != NULL ? jz_json_parse (payload, strlen (payload), NULL) : NULL;
  const JzJson *args = json != NULL ? jz_json_get_member (json, "args") : NULL;
  const char *reason = args != NULL ? jz_json_get_member_text (args, "reason") : NULL;

  return g_strdup (reason != NULL ? reason : "");
}

/* Of those in force the one of the latest day; of one day the last adopted. */
static void
mark_in_force (GPtrArray *all, JzDate today)
{
  JzAdoption *best = NULL;
  char day[JZ_DATE_SIZE];

  jz_date_format (today, day);
  for (guint i = 0; i < all->len; i++) {
    JzAdoption *adoption = all->pdata[i];
    if (strcmp (adoption->in_force, day) <= 0 &&
        (best == NULL || strcmp (adoption->in_force, best->in_force) > 0))
      best = adoption;
  }
  if (best != NULL)
    best->is_now = TRUE;
}

/**
 * jz_adoption_list:
 * @reader: a store's database
 * @kind: what was adopted
 * @today: the day of the office
 * @error: return location
 *
 * Returns: (transfer full) (nullable) (element-type JzAdoption): all that was adopted, the last
 *   first
 */
GPtrArray *
jz_adoption_list (JzConnection *reader, JzAdoptedKind kind, JzDate today, GError **error)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func (adoption_free);
  g_autofree char *sql = g_strdup_printf (
    "SELECT a.hash, a.in_force, e.time, coalesce (p.name, ''), payload.text FROM %s AS a JOIN "
    "entry "
    "AS e ON e.arrival = a.arrival LEFT JOIN person AS p ON p.id = e.actor LEFT JOIN payload ON "
    "payload.entry = a.arrival ORDER BY a.arrival DESC",
    tables_of_kinds[kind]);
  g_autoptr (JzStatement) rows = jz_connection_query (reader, error, sql, "");
  gboolean has_row = TRUE; /* stays so when a step fails */

  if (rows == NULL)
    return NULL;
  while (jz_statement_step (rows, &has_row, error) && has_row) {
    JzAdoption *adoption = g_new0 (JzAdoption, 1);
    jz_statement_get_hash (rows, 0, &adoption->hash);
    adoption->in_force = g_strdup (jz_statement_get_text (rows, 1));
    adoption->time = g_strdup (jz_statement_get_text (rows, 2));
    adoption->person = g_strdup (jz_statement_get_text (rows, 3));
    adoption->reason = dup_reason (jz_statement_get_text (rows, 4));
    g_ptr_array_add (all, adoption);
  }
  if (has_row)
    return NULL;
  mark_in_force (all, today);
  return g_steal_pointer (&all);
}

static JzDate
get_today (JzOffice *office)
{
  return jz_instant_get_date (jz_clock_now (jz_office_get_clock (office)));
}

static JzObjects *
get_objects (JzOffice *office)
{
  return jz_store_get_objects (jz_office_get_store (office));
}

/**
 * jz_adopted_find_rulebook:
 * @office: an office
 * @reader: its database
 * @rulebook: (out) (transfer none) (nullable): the rules in force today, which live as long as the
 *   program; %NULL where none were adopted
 * @error: return location
 *
 * Returns: %FALSE only when it could not look
 */
gboolean
jz_adopted_find_rulebook (JzOffice *office,
                          JzConnection *reader,
                          const JzRulebook **rulebook,
                          GError **error)
{
  JzMaybeHash hash = { 0 };

  *rulebook = NULL;
  if (!jz_tables_find_rulebook (reader, "bureau", get_today (office), &hash, error))
    return FALSE;
  if (hash.is_present)
    *rulebook = jz_rulebooks_get (get_objects (office), &hash.hash, error);
  return !hash.is_present || *rulebook != NULL;
}

/**
 * jz_adopted_find_forms:
 * @office: an office
 * @reader: its database
 * @forms: (out) (transfer none) (nullable): the forms in force today; %NULL where none were adopted
 * @error: return location
 *
 * Returns: %FALSE only when it could not look
 */
gboolean
jz_adopted_find_forms (JzOffice *office,
                       JzConnection *reader,
                       const JzFormSet **forms,
                       GError **error)
{
  JzMaybeHash hash = { 0 };

  *forms = NULL;
  if (!jz_tables_find_form_set (reader, "bureau", get_today (office), &hash, error))
    return FALSE;
  if (hash.is_present)
    *forms = jz_form_sets_get (get_objects (office), &hash.hash, error);
  return !hash.is_present || *forms != NULL;
}

static void
year_free (gpointer data)
{
  JzCalendarYear *self = data;

  g_free (self->title);
  g_free (self->date);
  g_free (self->local);
  g_free (self);
}

static JzCalendarYear *
get_year (GPtrArray *years, int number)
{
  JzCalendarYear *year = NULL;

  for (guint i = 0; i < years->len; i++) {
    year = years->pdata[i];
    if (year->year == number)
      return year;
  }
  year = g_new0 (JzCalendarYear, 1);
  year->year = number;
  g_ptr_array_add (years, year);
  return year;
}

/* A file of the set: the notice of a year, or a decision of the local government on one. */
static gboolean
read_source (GPtrArray *years, GBytes *bytes, const char *name, GError **error)
{
  g_autoptr (JzXml) document = jz_xml_parse (bytes, name, error);
  const xmlNode *root = document != NULL ? jz_xml_get_root (document) : NULL;
  g_autofree char *number = root != NULL ? jz_xml_dup_attribute (root, "year") : NULL;
  JzCalendarYear *year;

  if (root == NULL)
    return FALSE;
  year = get_year (years, number != NULL ? (int)g_ascii_strtoll (number, NULL, 10) : 0);
  for (const xmlNode *at = jz_xml_get_first_element (root); at != NULL;
       at = jz_xml_get_next_element (at)) {
    if (!jz_xml_is_element (at, "notice"))
      continue;
    if (jz_xml_is_element (root, "calendar") && year->title == NULL) {
      year->title = jz_xml_dup_attribute (at, "title");
      year->date = jz_xml_dup_attribute (at, "date");
    } else if (year->local == NULL) {
      year->local = jz_xml_dup_attribute (at, "title");
    }
  }
  return TRUE;
}

static int
compare_years (gconstpointer a, gconstpointer b)
{
  const JzCalendarYear *one = *(const JzCalendarYear *const *)a;
  const JzCalendarYear *other = *(const JzCalendarYear *const *)b;
  return one->year - other->year;
}

static GPtrArray *
read_sources (JzObjects *objects, const JzHash *hash, GError **error)
{
  g_autoptr (GBytes) bytes = jz_objects_get_bytes (objects, hash, JZ_CALENDAR_SET_MAX_SIZE, error);
  g_autoptr (JzFileSet) set =
    bytes != NULL ? jz_file_set_parse (bytes, CALENDAR_KIND, CALENDAR_KIND, error) : NULL;
  g_autoptr (GPtrArray) years = g_ptr_array_new_with_free_func (year_free);

  if (set == NULL)
    return NULL;
  for (guint i = 0; i < jz_file_set_get_n_files (set); i++) {
    g_autoptr (GBytes) file = jz_file_set_dup_bytes (set, i);
    if (!read_source (years, file, jz_file_set_get_name (set, i), error))
      return NULL;
  }
  g_ptr_array_sort (years, compare_years);
  return g_steal_pointer (&years);
}

/**
 * jz_adopted_find_calendar:
 * @office: an office
 * @reader: its database
 * @calendar: (out) (transfer none): the days as they are known today; one that knows nothing where
 *   no calendar was adopted
 * @years: (out) (transfer full) (element-type JzCalendarYear): the years that are known, in order
 * @error: return location
 *
 * Returns: %FALSE only when it could not look
 */
gboolean
jz_adopted_find_calendar (JzOffice *office,
                          JzConnection *reader,
                          const JzCalendar **calendar,
                          GPtrArray **years,
                          GError **error)
{
  JzMaybeHash hash = { 0 };

  if (!jz_tables_find_calendar (reader, get_today (office), G_MAXINT64, &hash, error))
    return FALSE;
  *calendar = hash.is_present ? jz_calendars_get (get_objects (office), &hash.hash, error)
                              : jz_calendars_get_empty ();
  if (*calendar == NULL)
    return FALSE;
  *years = hash.is_present ? read_sources (get_objects (office), &hash.hash, error)
                           : g_ptr_array_new_with_free_func (year_free);
  return *years != NULL;
}
