/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/stated.h"

#include <glib/gi18n-lib.h>

#include "base/error.h"
#include "rules/calendar_file.h"
#include "store/files.h"

#define MAX_FACTS (1024 * 1024)
#define FIELD_FACT "matter.field"

static gboolean
check_field (const JzFactVocabulary *vocabulary, const char *field, GError **error)
{
  const JzFactDefinition *fact = jz_fact_vocabulary_find (vocabulary, FIELD_FACT);
  if (g_strv_contains (fact->type.choices, field))
    return TRUE;
  g_autofree char *words = g_strjoinv (", ", (char **)fact->type.choices);
  g_set_error (error, JZ_BASE_ERROR, JZ_BASE_ERROR_RANGE,
               _ ("There is no field of law %1$s; there are %2$s."), field, words);
  return FALSE;
}

static gboolean
state_file (JzFactSet *facts, const char *file, GError **error)
{
  g_autoptr (GBytes) bytes = jz_file_read (file, MAX_FACTS, error);
  gsize length = 0;
  if (bytes == NULL)
    return FALSE;
  const char *text = g_bytes_get_data (bytes, &length);
  g_autoptr (JzJson) json = jz_json_parse (text, length, error);
  return json != NULL && jz_fact_set_state_json (facts, json, error);
}

static gboolean
load_rules (JzStated *self, const char *field, const JzAdopted *adopted, GError **error)
{
  const JzRulebook *rulebook = NULL;
  const JzCalendar *calendar = NULL;
  if (jz_adopted_is_misused (adopted, error))
    return FALSE;
  if (adopted->store == NULL) {
    self->rulebook = jz_rulebook_load_shipped (field, error);
    self->calendar = self->rulebook != NULL ? jz_calendar_load_shipped (error) : NULL;
    return self->calendar != NULL;
  }
  if (!jz_adopted_get_rules (adopted, &rulebook, &calendar, error))
    return FALSE;
  self->rulebook = jz_rulebook_ref (rulebook);
  self->calendar = jz_calendar_ref (calendar);
  return TRUE;
}

/**
 * jz_stated_init:
 * @self: (out caller-allocates): to be filled; to be cleared also after a
 * failure
 * @field: (nullable): a field of law; %NULL for that of the store's rulebook, or for the law alone
 * @assignments: (nullable) (array zero-terminated=1): facts as NAME=VALUE
 * @file: (nullable): a file with facts as a JSON object; an assignment goes
 * before it
 * @adopted: where the rules and the calendar come from
 * @error: return location
 *
 * Loads what is shipped, or what a store has adopted, and states facts.
 *
 * Returns: whether that could be done
 */
gboolean
jz_stated_init (JzStated *self,
                const char *field,
                char *const *assignments,
                const char *file,
                const JzAdopted *adopted,
                GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  g_autoptr (JzFactVocabulary) vocabulary = jz_fact_vocabulary_load_shipped (error);
  *self = (JzStated){ NULL };
  if (vocabulary == NULL || (field != NULL && !check_field (vocabulary, field, error)) ||
      !load_rules (self, field != NULL ? field : "BASE", adopted, error))
    return FALSE;
  g_autofree char *field_assignment = g_strconcat (
    FIELD_FACT "=", field != NULL ? field : jz_rulebook_get_field (self->rulebook), NULL);
  self->facts = jz_fact_set_new (vocabulary);
  if (!jz_fact_set_state (self->facts, field_assignment, error) ||
      (file != NULL && !state_file (self->facts, file, error)))
    return FALSE;
  for (gsize i = 0; assignments != NULL && assignments[i] != NULL; i++) {
    if (!jz_fact_set_state (self->facts, assignments[i], error))
      return FALSE;
  }
  return TRUE;
}

/**
 * jz_stated_clear:
 * @self: what was loaded
 *
 * Frees what it holds.
 */
void
jz_stated_clear (JzStated *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->facts, jz_fact_set_free);
  g_clear_pointer (&self->calendar, jz_calendar_unref);
  g_clear_pointer (&self->rulebook, jz_rulebook_unref);
}
