/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "office/case_row.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "office/case_course.h"
#include "office/case_items.h"
#include "office/error.h"

/* One row of the list of cases, worked out from tables, facts and rules. An archived case does not
 * change any more, and needs neither facts nor rules. */

/* Stages of a procedure lie between 0 and these. */
#define CLOSED_KEY 1000
#define ARCHIVED_KEY 2000

/**
 * jz_case_group_word:
 * @group: a group of stages
 *
 * Returns: (transfer none): what it is called in the user's language
 */
const char *
jz_case_group_word (JzCaseGroup group)
{
  static const char *const words[] = {
    [JZ_CASE_GROUP_LEAD] = NC_ ("stage", "Lead"),
    [JZ_CASE_GROUP_INVESTIGATION] = NC_ ("stage", "Investigation"),
    [JZ_CASE_GROUP_EXAMINATION] = NC_ ("stage", "Review and notice"),
    [JZ_CASE_GROUP_EXECUTION] = NC_ ("stage", "Decided"),
    [JZ_CASE_GROUP_CLOSED] = NC_ ("stage", "Closed"),
    [JZ_CASE_GROUP_ARCHIVED] = NC_ ("stage", "Archived"),
  };

  return g_dpgettext2 (GETTEXT_PACKAGE, "stage", words[group]);
}

/**
 * jz_case_place_word:
 * @place: where a case is
 *
 * Returns: (transfer none): what that is called in the user's language
 */
const char *
jz_case_place_word (JzCasePlace place)
{
  static const char *const words[] = {
    [JZ_CASE_PLACE_HERE] = NC_ ("place", "Here"),
    [JZ_CASE_PLACE_OUT] = NC_ ("place", "Out"),
    [JZ_CASE_PLACE_REVIEW] = NC_ ("place", "In review"),
    [JZ_CASE_PLACE_ARCHIVE] = NC_ ("place", "Archive"),
  };

  return g_dpgettext2 (GETTEXT_PACKAGE, "place", words[place]);
}

static void
free_item (gpointer data)
{
  JzCaseItem *self = data;

  g_free (self->person);
  jz_json_unref (self->body);
  g_free (self);
}

/**
 * jz_case_row_free:
 * @self: (transfer full): a row
 */
void
jz_case_row_free (JzCaseRow *self)
{
  g_free (self->id);
  g_free (self->number);
  g_free (self->party);
  g_free (self->cause);
  g_free (self->handler);
  g_free (self->section);
  g_free (self->stage);
  g_free (self->due_name);
  g_ptr_array_unref (self->people);
  g_ptr_array_unref (self->items);
  g_ptr_array_unref (self->recordings);
  g_free (self);
}

/* The party is called as it was stated last; until then as whoever opened the case called it. */
static JzCaseRow *
read_case (JzConnection *reader, const char *case_id, GError **error)
{
  g_autoptr (JzCaseRow) self = g_new0 (JzCaseRow, 1);
  gboolean has_row = FALSE;
  g_autoptr (JzStatement) row = jz_connection_query (
    reader, error,
    "SELECT key, id, number, coalesce ((SELECT value ->> '$' FROM fact WHERE case_id = "
    "case_file.id AND list = '' AND record = '' AND name = 'party.name' ORDER BY arrival DESC "
    "LIMIT 1), party), matter, stage FROM case_file WHERE id = ?",
    "t", case_id);

  self->people = g_ptr_array_new_with_free_func (g_free);
  self->items = g_ptr_array_new_with_free_func (free_item);
  self->recordings = g_ptr_array_new_with_free_func ((GDestroyNotify)jz_recording_row_free);
  g_strlcpy (self->due, JZ_CASE_NO_DUE, sizeof self->due);
  if (row == NULL || !jz_statement_step (row, &has_row, error))
    return NULL;
  if (!has_row) {
    g_set_error (error, JZ_OFFICE_ERROR, JZ_OFFICE_ERROR_NOT_FOUND,
                 _ ("There is no case %s in this store, or it was destroyed."), case_id);
    return NULL;
  }
  self->key = jz_statement_get_integer (row, 0);
  self->id = g_strdup (jz_statement_get_text (row, 1));
  self->number = g_strdup (jz_statement_get_text (row, 2));
  self->party = g_strdup (jz_statement_get_text (row, 3));
  self->cause = g_strdup (jz_statement_get_text (row, 4));
  self->stage = g_strdup (jz_statement_get_text (row, 5));
  return g_steal_pointer (&self);
}

/* Of an archived case those who handled it last. */
static gboolean
read_handlers (JzCaseRow *self, JzConnection *reader, GError **error)
{
  g_autoptr (GString) names = g_string_new (NULL);
  gboolean has_row = FALSE;
  g_autoptr (JzStatement) rows = jz_connection_query (
    reader, error,
    "SELECT person.id, name, section FROM case_duty JOIN person ON person.id = case_duty.person "
    "WHERE case_id = ?1 AND duty = 'handler' AND (ended = 0 OR NOT EXISTS (SELECT 1 FROM case_duty "
    "WHERE case_id = ?1 AND duty = 'handler' AND ended = 0)) ORDER BY since, person.id",
    "t", self->id);

  while (rows != NULL && jz_statement_step (rows, &has_row, error)) {
    if (!has_row) {
      self->handler = g_string_free (g_steal_pointer (&names), FALSE);
      return TRUE;
    }
    if (self->section == NULL)
      self->section = g_strdup (jz_statement_get_text (rows, 2));
    g_ptr_array_add (self->people, g_strdup (jz_statement_get_text (rows, 0)));
    g_string_append_printf (names, "%s%s", names->len > 0 ? " " : "",
                            jz_statement_get_text (rows, 1));
  }
  return FALSE;
}

/* The cause is stated when the case is filed; before that there is only the matter. */
static gboolean
read_cause (JzCaseRow *self, JzConnection *reader, GError **error)
{
  g_autofree char *text = NULL;
  g_autoptr (JzJson) json = NULL;

  if (!jz_connection_get_text (reader, &text, error,
                               "SELECT value FROM fact WHERE case_id = ? AND list = '' AND record "
                               "= '' AND name = 'case.cause' ORDER BY arrival DESC LIMIT 1",
                               "t", self->id))
    return FALSE;
  json = text != NULL ? jz_json_parse (text, strlen (text), NULL) : NULL;
  if (json != NULL && jz_json_get_kind (json) == JZ_JSON_TEXT &&
      jz_json_get_text (json)[0] != '\0') {
    g_free (self->cause);
    self->cause = g_strdup (jz_json_get_text (json));
  }
  return TRUE;
}

static void
set_stage (JzCaseRow *self, const char *name, int key)
{
  g_free (self->stage);
  self->stage = g_strdup (name);
  self->stage_key = key;
}

static JzCaseGroup
find_group (const JzCaseView *view)
{
  if (jz_stated_get (view->stated, "decision.decided_on") != NULL)
    return JZ_CASE_GROUP_EXECUTION;
  if (jz_stated_get (view->stated, "case.report_on") != NULL)
    return JZ_CASE_GROUP_EXAMINATION;
  return jz_stated_get (view->stated, "case.filed_on") != NULL ? JZ_CASE_GROUP_INVESTIGATION
                                                               : JZ_CASE_GROUP_LEAD;
}

static void
find_stage (JzCaseRow *self, const JzCaseView *view, const GPtrArray *course)
{
  self->group = find_group (view);
  set_stage (self, jz_case_group_word (self->group), (int)self->group);
  for (guint i = 0; i < course->len; i++) {
    const JzCourseStage *stage = g_ptr_array_index (course, i);
    if (stage->state == JZ_COURSE_CURRENT)
      set_stage (self, jz_text_get (&stage->stage->rule.name, jz_language_get_current ()),
                 (int)self->group * 100 + (int)i);
  }
}

static gboolean
look_at (JzCaseRow *self,
         JzConnection *reader,
         JzObjects *objects,
         JzInstant now,
         gboolean is_open,
         GError **error)
{
  g_auto (JzCaseView) view = { NULL };
  g_autoptr (GPtrArray) course = NULL;

  if (!jz_case_view_open (&view, reader, objects, self->id, now, error))
    return FALSE;
  course = jz_case_course_new (&view, error);
  if (course == NULL || !jz_case_items_collect (&view, self, course, error) ||
      !jz_recording_row_collect (&view, FALSE, self->recordings, error))
    return FALSE;
  if (is_open) {
    find_stage (self, &view, course);
    self->place = jz_case_is_in_review (&view) ? JZ_CASE_PLACE_REVIEW : JZ_CASE_PLACE_HERE;
    return TRUE;
  }
  self->group = JZ_CASE_GROUP_CLOSED;
  set_stage (self, jz_case_group_word (JZ_CASE_GROUP_CLOSED), CLOSED_KEY);
  return TRUE;
}

/**
 * jz_case_row_load:
 * @reader: a store's database
 * @objects: the store's
 * @case_id: a case
 * @now: the time
 * @error: return location
 *
 * Returns: (transfer full) (nullable): what lists show of the case; %JZ_OFFICE_ERROR_NOT_FOUND
 *   where there is none
 */
JzCaseRow *
jz_case_row_load (JzConnection *reader,
                  JzObjects *objects,
                  const char *case_id,
                  JzInstant now,
                  GError **error)
{
  g_autoptr (JzCaseRow) self = read_case (reader, case_id, error);
  gboolean is_archived;
  gboolean is_open;

  if (self == NULL)
    return NULL;
  is_archived = strcmp (self->stage, "archived") == 0;
  is_open = strcmp (self->stage, "open") == 0;
  if (!read_handlers (self, reader, error) || !read_cause (self, reader, error) ||
      (!is_archived && !look_at (self, reader, objects, now, is_open, error)))
    return NULL;
  if (is_archived && (!jz_case_items_collect_archived (reader, self, error) ||
                      !jz_recording_row_collect_archived (reader, objects, self->id, now,
                                                          self->recordings, error)))
    return NULL;
  if (is_archived) {
    self->group = JZ_CASE_GROUP_ARCHIVED;
    self->place = JZ_CASE_PLACE_ARCHIVE;
    set_stage (self, jz_case_group_word (JZ_CASE_GROUP_ARCHIVED), ARCHIVED_KEY);
  }
  return g_steal_pointer (&self);
}

/**
 * jz_case_row_dup_number_key:
 * @number: a case number
 *
 * Returns: (transfer full): a text by which numbers are sorted as people count: 2 before 19
 */
char *
jz_case_row_dup_number_key (const char *number)
{
  GString *key = g_string_new (NULL);

  for (const char *at = number; *at != '\0';) {
    gsize n_digits = strspn (at, "0123456789");
    for (gsize i = n_digits; n_digits > 0 && i < 8; i++)
      g_string_append_c (key, '0');
    if (n_digits == 0)
      n_digits = (gsize)(g_utf8_next_char (at) - at);
    g_string_append_len (key, at, (gssize)n_digits);
    at += n_digits;
  }
  return g_string_free (key, FALSE);
}
