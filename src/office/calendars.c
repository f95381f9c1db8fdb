/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "office/calendars.h"

#include <glib/gi18n-lib.h>

#include "office/shelf.h"
#include "rules/calendar_set.h"

/* Which days are worked. A case does not keep the calendar of its filing: a holiday that is
 * declared later counts for the limits that run then. But an entry is judged by what was adopted
 * before it, so that a later notice never makes wrong what was right. What nobody has adopted is
 * not known, and what is not known is presumed and opens no gate (DC-15). */

static char *
describe_missing (const char *name)
{
  return g_strdup_printf (
    _ ("The calendar %s is not in this store; restore it from its newest backup."), name);
}

static gpointer
read_calendar (GBytes *bytes, const char *name, GError **error)
{
  return jz_calendar_set_load (bytes, name, error);
}

/**
 * jz_calendars_get:
 * @objects: a store's
 * @hash: of an adopted calendar
 * @error: return location
 *
 * Returns: (transfer none) (nullable): the calendar, which lives as long as the program
 */
const JzCalendar *
jz_calendars_get (JzObjects *objects, const JzHash *hash, GError **error)
{
  static JzShelf shelf = {
    .max = JZ_CALENDAR_SET_MAX_SIZE,
    .describe_missing = describe_missing,
    .read = read_calendar,
    .free = (GDestroyNotify)jz_calendar_unref,
  };

  return jz_shelf_get (&shelf, objects, hash, error);
}

/**
 * jz_calendars_get_empty:
 *
 * Returns: (transfer none): the calendar of whoever has adopted none: every year is presumed
 */
const JzCalendar *
jz_calendars_get_empty (void)
{
  static JzCalendar *calendar = NULL;

  if (g_once_init_enter (&calendar)) {
    JzCalendar *empty = jz_calendar_new_empty ();
    g_once_init_leave (&calendar, empty);
  }
  return calendar;
}

/**
 * jz_tables_find_calendar:
 * @tables: derived tables
 * @date: the day on which it must be in force
 * @until: nothing that was adopted later than this entry is known
 * @hash: (out): of the one adopted last of those in force on @date; absent where there is none
 * @error: return location
 *
 * Returns: %FALSE only when it could not look
 */
gboolean
jz_tables_find_calendar (JzConnection *tables,
                         JzDate date,
                         gint64 until,
                         JzMaybeHash *hash,
                         GError **error)
{
  return jz_tables_find_adopted (tables, JZ_NEWEST_IN_FORCE ("calendar"), date, until, hash, error);
}

/**
 * jz_situation_get_calendar:
 * @self: a situation, with objects
 * @error: return location
 *
 * Returns: (transfer none) (nullable): the calendar by which its gates count
 */
const JzCalendar *
jz_situation_get_calendar (const JzSituation *self, GError **error)
{
  JzMaybeHash hash = { 0 };

  if (!jz_tables_find_calendar (self->tables, jz_instant_get_date (self->now), self->arrival - 1,
                                &hash, error))
    return NULL;
  return hash.is_present && self->objects != NULL
           ? jz_calendars_get (self->objects, &hash.hash, error)
           : jz_calendars_get_empty ();
}
