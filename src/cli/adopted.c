/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/adopted.h"

#include <glib/gi18n-lib.h>

#include "base/clock.h"
#include "base/error.h"
#include "office/calendars.h"
#include "office/form_sets.h"
#include "office/rulebooks.h"

/* What a store has adopted (design §10), for commands that only show. What is read lives as long as
 * the program; the store is closed again. */

/**
 * jz_adopted_clear:
 * @self: options
 *
 * Frees what they hold.
 */
void
jz_adopted_clear (JzAdopted *self)
{
  g_clear_pointer (&self->store, g_free);
  g_clear_pointer (&self->as_of, g_free);
}

/**
 * jz_adopted_is_misused:
 * @self: options
 * @error: return location
 *
 * Returns: %TRUE with @error where a day is given but no store
 */
gboolean
jz_adopted_is_misused (const JzAdopted *self, GError **error)
{
  if (self->as_of == NULL || self->store != NULL)
    return FALSE;
  g_set_error_literal (error, JZ_BASE_ERROR, JZ_BASE_ERROR_RANGE,
                       _ ("--as-of asks what a store had adopted; name the store by --store."));
  return TRUE;
}

static gboolean
get_day (const JzAdopted *self, JzDate *date, GError **error)
{
  g_autoptr (JzClock) clock = NULL;

  if (self->as_of != NULL)
    return jz_date_parse (self->as_of, date, error);
  clock = jz_clock_new_system ();
  *date = jz_instant_get_date (jz_clock_now (clock));
  return TRUE;
}

typedef gboolean (*Find) (JzConnection *tables, JzDate date, JzMaybeHash *hash, GError **error);

static gboolean
find_rulebook (JzConnection *tables, JzDate date, JzMaybeHash *hash, GError **error)
{
  return jz_tables_find_rulebook (tables, "bureau", date, hash, error);
}

static gboolean
find_calendar (JzConnection *tables, JzDate date, JzMaybeHash *hash, GError **error)
{
  return jz_tables_find_calendar (tables, date, G_MAXINT64, hash, error);
}

static gboolean
find_forms (JzConnection *tables, JzDate date, JzMaybeHash *hash, GError **error)
{
  return jz_tables_find_form_set (tables, "bureau", date, hash, error);
}

static gboolean
find (JzStore *store, Find function, JzDate date, JzMaybeHash *hash, GError **error)
{
  JzConnection *reader = jz_store_lease_reader (store, error);
  gboolean is_done = reader != NULL && function (reader, date, hash, error);

  if (reader != NULL)
    jz_store_return_reader (store, reader);
  return is_done;
}

/**
 * jz_adopted_get_rules:
 * @self: options, with a store
 * @rulebook: (out): the rulebook in force there on the day that is meant
 * @calendar: (out): the calendar, empty where none was adopted
 * @error: return location
 *
 * Returns: whether there is a rulebook; %JZ_BASE_ERROR_RANGE where none was in force
 */
gboolean
jz_adopted_get_rules (const JzAdopted *self,
                      const JzRulebook **rulebook,
                      const JzCalendar **calendar,
                      GError **error)
{
  g_autoptr (JzStore) store = NULL;
  JzMaybeHash rules = { 0 };
  JzMaybeHash days = { 0 };
  JzDate date;
  char day[JZ_DATE_SIZE];

  g_return_val_if_fail (self != NULL && self->store != NULL, FALSE);

  if (!get_day (self, &date, error))
    return FALSE;
  store = jz_store_open (self->store, JZ_STORE_READ, NULL, NULL, error);
  if (store == NULL || !find (store, find_rulebook, date, &rules, error) ||
      !find (store, find_calendar, date, &days, error))
    return FALSE;
  if (!rules.is_present) {
    jz_date_format (date, day);
    g_set_error (error, JZ_BASE_ERROR, JZ_BASE_ERROR_RANGE,
                 _ ("No rulebook is in force in this store on %s; adopt one by rulebook.adopt."),
                 day);
    return FALSE;
  }
  *rulebook = jz_rulebooks_get (jz_store_get_objects (store), &rules.hash, error);
  if (*rulebook == NULL)
    return FALSE;
  *calendar = days.is_present ? jz_calendars_get (jz_store_get_objects (store), &days.hash, error)
                              : jz_calendars_get_empty ();
  return *calendar != NULL;
}

/**
 * jz_adopted_get_forms:
 * @self: options, with a store
 * @error: return location
 *
 * Returns: (transfer none) (nullable): the forms in force there on the day that is meant, or %NULL
 *   with %JZ_BASE_ERROR_RANGE where none were
 */
const JzFormSet *
jz_adopted_get_forms (const JzAdopted *self, GError **error)
{
  g_autoptr (JzStore) store = NULL;
  JzMaybeHash hash = { 0 };
  JzDate date;
  char day[JZ_DATE_SIZE];

  g_return_val_if_fail (self != NULL && self->store != NULL, NULL);

  if (!get_day (self, &date, error))
    return NULL;
  store = jz_store_open (self->store, JZ_STORE_READ, NULL, NULL, error);
  if (store == NULL || !find (store, find_forms, date, &hash, error))
    return NULL;
  if (!hash.is_present) {
    jz_date_format (date, day);
    g_set_error (error, JZ_BASE_ERROR, JZ_BASE_ERROR_RANGE,
                 _ ("No forms are in force in this store on %s; adopt them by forms.adopt."), day);
    return NULL;
  }
  return jz_form_sets_get (jz_store_get_objects (store), &hash.hash, error);
}
