/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "office/case_view.h"

#include "office/calendars.h"
#include "office/form_sets.h"
#include "office/rulebooks.h"

/* What the window asks about a case it asks on a reader, without writing: all of it is answered
 * from the same tables, rules, forms and calendar. */

static gboolean
find_adopted (JzCaseView *self, GError **error)
{
  JzMaybeHash rulebook = { 0 };
  JzMaybeHash forms = { 0 };
  JzMaybeHash calendar = { 0 };

  if (!jz_tables_find_rulebook (self->reader, self->case_id, self->today, &rulebook, error) ||
      !jz_tables_find_form_set (self->reader, self->case_id, self->today, &forms, error) ||
      !jz_tables_find_calendar (self->reader, self->today, G_MAXINT64, &calendar, error))
    return FALSE;
  if (rulebook.is_present)
    self->rulebook = jz_rulebooks_get (self->objects, &rulebook.hash, error);
  if (rulebook.is_present && self->rulebook == NULL)
    return FALSE;
  if (forms.is_present)
    self->forms = jz_form_sets_get (self->objects, &forms.hash, error);
  if (forms.is_present && self->forms == NULL)
    return FALSE;
  self->calendar = calendar.is_present ? jz_calendars_get (self->objects, &calendar.hash, error)
                                       : jz_calendars_get_empty ();
  return self->calendar != NULL;
}

/**
 * jz_case_view_open:
 * @self: (out caller-allocates): cleared with jz_case_view_clear(), also after a failure
 * @reader: a store's database; must outlive the view
 * @objects: the store's
 * @case_id: a case, or the empty text for none
 * @now: the moment at which it is looked at
 * @error: return location
 *
 * Returns: whether it could be read
 */
gboolean
jz_case_view_open (JzCaseView *self,
                   JzConnection *reader,
                   JzObjects *objects,
                   const char *case_id,
                   JzInstant now,
                   GError **error)
{
  *self = (JzCaseView){
    .reader = reader,
    .objects = objects,
    .case_id = g_strdup (case_id),
    .now = now,
    .today = jz_instant_get_date (now),
  };
  if (!find_adopted (self, error))
    return FALSE;
  self->stated = jz_stated_load (reader, case_id, G_MAXINT64, error);
  if (self->stated == NULL || self->rulebook == NULL)
    return self->stated != NULL;
  self->facts =
    jz_case_facts_new (reader, self->rulebook, self->calendar, case_id, G_MAXINT64, now, error);
  return self->facts != NULL;
}

/**
 * jz_case_view_clear:
 * @self: a view
 */
void
jz_case_view_clear (JzCaseView *self)
{
  g_clear_pointer (&self->facts, jz_case_facts_free);
  g_clear_pointer (&self->stated, jz_stated_free);
  g_clear_pointer (&self->case_id, g_free);
}

/**
 * jz_case_view_dup_text:
 * @self: a view
 * @column: a column of the table of cases
 *
 * Returns: (transfer full): its text, empty where there is none
 */
char *
jz_case_view_dup_text (const JzCaseView *self, const char *column)
{
  g_autofree char *sql = g_strdup_printf ("SELECT \"%s\" FROM case_file WHERE id = ?", column);
  char *text = NULL;

  if (!jz_connection_get_text (self->reader, &text, NULL, sql, "t", self->case_id) || text == NULL)
    return g_strdup ("");
  return text;
}
