/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "office/adoption_changes.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "office/adoption.h"
#include "office/calendars.h"
#include "office/form_sets.h"
#include "office/rule_card.h"
#include "office/rulebooks.h"
#include "rules/file_set.h"

/* What would be another one if something were adopted: it is prepared as the act prepares it, so
 * that a fault in a file shows before anybody is asked, and compared with what is in force. The
 * object that preparing makes is the one that the act will name; if it is never adopted, it is
 * swept like any other that nothing names. */

#define FORMS_KIND "forms"
#define FIRST_YEAR 2000
#define LAST_YEAR 2099

static void
change_free (gpointer data)
{
  JzAdoptionChange *self = data;

  g_free (self->group);
  g_free (self->title);
  g_free (self->id);
  g_free (self);
}

static void
add (GPtrArray *changes, JzChange change, const char *group, const char *title, const char *id)
{
  JzAdoptionChange *self = g_new0 (JzAdoptionChange, 1);

  self->change = change;
  self->group = g_strdup (group);
  self->title = g_strdup (title);
  self->id = g_strdup (id);
  g_ptr_array_add (changes, self);
}

static gboolean
take_hash (const JzJson *args, const char *name, JzHash *hash)
{
  JzObject object;

  if (!jz_object_from_json (jz_json_get_member (args, name), &object))
    return FALSE;
  *hash = object.hash;
  return TRUE;
}

static void
compare_rules (const JzRulebook *old, const JzRulebook *new, JzRuleKind kind, GPtrArray *changes)
{
  JzLanguage language = jz_language_get_current ();
  const GPtrArray *rules = jz_rulebook_get_rules (new, kind);
  const char *group = jz_rule_kind_get_title (kind);

  for (guint i = 0; i < rules->len; i++) {
    const JzRule *rule = rules->pdata[i];
    const JzRule *before = old != NULL ? jz_rulebook_find (old, kind, rule->id) : NULL;
    if (before == NULL || strcmp (before->text, rule->text) != 0)
      add (changes, before == NULL ? JZ_CHANGE_ADDED : JZ_CHANGE_CHANGED, group,
           jz_text_get (&rule->name, language), rule->id);
  }
  rules = old != NULL ? jz_rulebook_get_rules (old, kind) : NULL;
  for (guint i = 0; rules != NULL && i < rules->len; i++) {
    const JzRule *rule = rules->pdata[i];
    if (jz_rulebook_find (new, kind, rule->id) == NULL)
      add (changes, JZ_CHANGE_REMOVED, group, jz_text_get (&rule->name, language), rule->id);
  }
}

static gboolean
compare_rulebooks (JzOffice *office,
                   JzConnection *reader,
                   const JzHash *hash,
                   GPtrArray *changes,
                   GError **error)
{
  JzObjects *objects = jz_store_get_objects (jz_office_get_store (office));
  const JzRulebook *old = NULL;
  const JzRulebook *new = jz_rulebooks_get (objects, hash, error);

  if (new == NULL || !jz_adopted_find_rulebook (office, reader, &old, error))
    return FALSE;
  for (guint kind = 0; kind < JZ_RULE_N_KINDS; kind++)
    compare_rules (old, new, (JzRuleKind)kind, changes);
  return TRUE;
}

static GBytes *
find_file (const JzFileSet *set, const char *key)
{
  for (guint i = 0; set != NULL && i < jz_file_set_get_n_files (set); i++)
    if (strcmp (jz_file_set_get_key (set, i), key) == 0)
      return jz_file_set_dup_bytes (set, i);
  return NULL;
}

/* The title of a form by the key of its file; of the shared blocks, which are no form, the key. */
static char *
dup_form_title (const JzFormSet *forms, const char *key)
{
  const char *dot = strrchr (key, '.');
  const JzForm *form = forms != NULL ? jz_form_set_find (forms, dot != NULL ? dot + 1 : key) : NULL;

  return g_strdup (
    form != NULL
      ? jz_form_get_title (form, jz_language_get_current () == JZ_LANGUAGE_ZH ? "zh-CN" : "en")
      : key);
}

static void
compare_files (const JzFileSet *old,
               const JzFileSet *new,
               const JzFormSet *old_forms,
               const JzFormSet *new_forms,
               GPtrArray *changes)
{
  for (guint i = 0; i < jz_file_set_get_n_files (new); i++) {
    const char *key = jz_file_set_get_key (new, i);
    g_autoptr (GBytes) before = find_file (old, key);
    g_autoptr (GBytes) now = jz_file_set_dup_bytes (new, i);
    g_autofree char *title = dup_form_title (new_forms, key);
    if (before == NULL || !g_bytes_equal (before, now))
      add (changes, before == NULL ? JZ_CHANGE_ADDED : JZ_CHANGE_CHANGED, _ ("Form"), title, key);
  }
  for (guint i = 0; old != NULL && i < jz_file_set_get_n_files (old); i++) {
    const char *key = jz_file_set_get_key (old, i);
    g_autoptr (GBytes) now = find_file (new, key);
    g_autofree char *title = dup_form_title (old_forms, key);
    if (now == NULL)
      add (changes, JZ_CHANGE_REMOVED, _ ("Form"), title, key);
  }
}

static JzFileSet *
load_files (JzOffice *office, const JzHash *hash, GError **error)
{
  g_autoptr (GBytes) bytes = jz_objects_get_bytes (
    jz_store_get_objects (jz_office_get_store (office)), hash, JZ_FILE_SET_MAX_SIZE, error);
  return bytes != NULL ? jz_file_set_parse (bytes, FORMS_KIND, FORMS_KIND, error) : NULL;
}

static gboolean
compare_forms (JzOffice *office,
               JzConnection *reader,
               const JzHash *hash,
               GPtrArray *changes,
               GError **error)
{
  JzDate today = jz_instant_get_date (jz_clock_now (jz_office_get_clock (office)));
  JzObjects *objects = jz_store_get_objects (jz_office_get_store (office));
  g_autoptr (JzFileSet) old = NULL;
  g_autoptr (JzFileSet) new = load_files (office, hash, error);
  const JzFormSet *new_forms = jz_form_sets_get (objects, hash, error);
  const JzFormSet *old_forms = NULL;
  JzMaybeHash before = { 0 };

  if (new == NULL || new_forms == NULL ||
      !jz_tables_find_form_set (reader, "bureau", today, &before, error) ||
      !jz_adopted_find_forms (office, reader, &old_forms, error))
    return FALSE;
  if (before.is_present) {
    old = load_files (office, &before.hash, error);
    if (old == NULL)
      return FALSE;
  }
  compare_files (old, new, old_forms, new_forms, changes);
  return TRUE;
}

static const char *
describe_day (JzDayKind kind)
{
  gboolean is_worked = kind == JZ_DAY_KIND_WORKING || kind == JZ_DAY_KIND_WORKED_WEEKEND;
  return is_worked ? _ ("Becomes a working day") : _ ("Becomes a day off");
}

static void
compare_year (const JzCalendar *old, const JzCalendar *new, int year, GPtrArray *changes)
{
  g_autofree char *group = g_strdup_printf ("%d", year);

  if (jz_calendar_has_year (old, year) != jz_calendar_has_year (new, year)) {
    gboolean is_new = jz_calendar_has_year (new, year);
    g_autofree char *title = g_strdup_printf (_ ("The holidays of %d"), year);
    add (changes, is_new ? JZ_CHANGE_ADDED : JZ_CHANGE_REMOVED, group, title, NULL);
    return;
  }
  for (JzDate date = { year, 1, 1 }; date.year == year; date = jz_date_add_days (date, 1)) {
    JzDayKind kind = jz_calendar_get_day_kind (new, date);
    char day[JZ_DATE_SIZE];
    g_autofree char *title = NULL;
    if (jz_calendar_is_working_day (old, date, NULL) ==
        jz_calendar_is_working_day (new, date, NULL))
      continue;
    jz_date_format (date, day);
    title = g_strdup_printf ("%s: %s", day, describe_day (kind));
    add (changes, JZ_CHANGE_CHANGED, group, title, NULL);
  }
}

static gboolean
compare_calendars (JzOffice *office,
                   JzConnection *reader,
                   const JzHash *hash,
                   GPtrArray *changes,
                   GError **error)
{
  JzObjects *objects = jz_store_get_objects (jz_office_get_store (office));
  const JzCalendar *old = NULL;
  const JzCalendar *new = jz_calendars_get (objects, hash, error);
  g_autoptr (GPtrArray) years = NULL;

  if (new == NULL || !jz_adopted_find_calendar (office, reader, &old, &years, error))
    return FALSE;
  for (int year = FIRST_YEAR; year <= LAST_YEAR; year++)
    if (jz_calendar_has_year (old, year) || jz_calendar_has_year (new, year))
      compare_year (old, new, year, changes);
  return TRUE;
}

/**
 * jz_adoption_list_changes:
 * @office: an office open for writing
 * @reader: its database
 * @kind: what would be adopted
 * @given: arguments of the act: `book`, `file`, `over`
 * @error: return location
 *
 * Fails with the error of a file that is wrong, which names file, line and column.
 *
 * Returns: (transfer full) (nullable) (element-type JzAdoptionChange): what adopting it would
 * change; empty where it is what is in force already
 */
GPtrArray *
jz_adoption_list_changes (JzOffice *office,
                          JzConnection *reader,
                          JzAdoptedKind kind,
                          const JzJson *given,
                          GError **error)
{
  static const struct {
    const char *object;
    gboolean (*prepare) (const JzPreparation *preparation, JzJson *args, GError **error);
    gboolean (*compare) (JzOffice *office,
                         JzConnection *reader,
                         const JzHash *hash,
                         GPtrArray *changes,
                         GError **error);
  } kinds[] = {
    { "rulebook", jz_prepare_rulebook, compare_rulebooks },
    { "forms", jz_prepare_forms, compare_forms },
    { "calendar", jz_prepare_calendar, compare_calendars },
  };
  const JzPreparation preparation = { .office = office };
  g_autoptr (JzJson) args = jz_json_copy (given);
  g_autoptr (GPtrArray) changes = g_ptr_array_new_with_free_func (change_free);
  JzHash hash;

  if (!kinds[kind].prepare (&preparation, args, error))
    return NULL;
  g_return_val_if_fail (take_hash (args, kinds[kind].object, &hash), NULL);
  return kinds[kind].compare (office, reader, &hash, changes, error) ? g_steal_pointer (&changes)
                                                                     : NULL;
}

/**
 * jz_change_get_word:
 * @change: what becomes of a part
 *
 * Returns: (transfer none): what people call it
 */
const char *
jz_change_get_word (JzChange change)
{
  switch (change) {
  case JZ_CHANGE_ADDED:
    return C_ ("change", "New");
  case JZ_CHANGE_REMOVED:
    return C_ ("change", "Gone");
  case JZ_CHANGE_CHANGED:
  default:
    return C_ ("change", "Changed");
  }
}
