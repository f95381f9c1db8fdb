/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "office/apply.h"
#include "office/office-private.h"

/* What came of an act, and how it is told to other programs. */

/**
 * jz_act_outcome_free:
 * @self: (transfer full): an outcome
 */
void
jz_act_outcome_free (JzActOutcome *self)
{
  g_clear_pointer (&self->refusal, jz_refusal_free);
  g_ptr_array_unref (self->records);
  g_ptr_array_unref (self->warnings);
  g_free (self);
}

/**
 * jz_act_outcome_add_warning:
 * @self: the outcome of an act that is done
 * @sentence: what could not be done after it; one that is there already is not told twice
 */
void
jz_act_outcome_add_warning (JzActOutcome *self, const char *sentence)
{
  if (!g_ptr_array_find_with_equal_func (self->warnings, sentence, g_str_equal, NULL))
    g_ptr_array_add (self->warnings, g_strdup (sentence));
}

/**
 * jz_act_outcome_new:
 *
 * Returns: (transfer full): an outcome without entries
 */
JzActOutcome *
jz_act_outcome_new (void)
{
  JzActOutcome *self = g_new0 (JzActOutcome, 1);
  self->records = g_ptr_array_new_with_free_func ((GDestroyNotify)jz_journal_record_free);
  self->warnings = g_ptr_array_new_with_free_func (g_free);
  return self;
}

static char *
dup_certificate (const JzJournalRecord *record)
{
  g_autoptr (JzJson) args =
    record->payload != NULL ? jz_journal_record_dup_args (record, NULL) : NULL;
  const JzJson *value = args != NULL ? jz_json_get_member (args, "certificate") : NULL;
  char hex[JZ_HASH_HEX_SIZE];
  JzObject object;

  if (value == NULL || !jz_object_from_json (value, &object))
    return NULL;
  jz_hash_to_hex (&object.hash, hex);
  return g_strdup (hex);
}

/**
 * jz_journal_record_dup_made:
 * @record: an entry that was just written
 *
 * Returns: (transfer full) (nullable): by what name one asks for what it made: the id of a person,
 *   a case or another thing, the hash of a proposal or of a certificate
 */
char *
jz_journal_record_dup_made (const JzJournalRecord *record)
{
  gboolean is_proposal = FALSE;
  const JzAct *act = jz_act_find (record->entry->act, &is_proposal);
  g_autofree char *id = jz_entry_get_id (record->entry);
  char hex[JZ_HASH_HEX_SIZE];

  if (act == NULL)
    return NULL;
  if (act->makes_thing && !is_proposal)
    return g_strconcat (id, "-1", NULL);
  if (!is_proposal)
    return dup_certificate (record);
  jz_hash_to_hex (&record->hash, hex);
  return g_strdup (hex);
}

static JzJson *
record_to_json (const JzJournalRecord *record)
{
  JzJson *json = jz_json_new_object ();
  g_autofree char *id = jz_entry_get_id (record->entry);
  g_autofree char *first_thing = g_strconcat (id, "-1", NULL);
  g_autofree char *made = jz_journal_record_dup_made (record);
  char hex[JZ_HASH_HEX_SIZE];
  char time[JZ_INSTANT_SIZE];

  jz_hash_to_hex (&record->hash, hex);
  jz_instant_format (record->entry->time, time);
  jz_json_set_text (json, "entry", id);
  jz_json_set_text (json, "id", first_thing);
  if (made != NULL)
    jz_json_set_text (json, "made", made);
  jz_json_set_text (json, "hash", hex);
  jz_json_set_text (json, "act", record->entry->act);
  jz_json_set_text (json, "case", record->entry->case_id);
  jz_json_set_text (json, "time", time);
  return json;
}

/**
 * jz_act_outcome_to_json:
 * @self: an outcome
 *
 * Returns: (transfer full): `refusal`, or `entries`: an array of objects `entry`, `id` (of the
 * first thing that the entry made, if it made any), `made` (see jz_journal_record_dup_made()),
 * `hash`, `act`, `case`, `time`; and `warnings`, an array of sentences, where there are any
 */
JzJson *
jz_act_outcome_to_json (const JzActOutcome *self)
{
  JzJson *json = jz_json_new_object ();
  JzJson *entries;

  if (self->warnings->len > 0) {
    JzJson *warnings = jz_json_new_array ();
    for (guint i = 0; i < self->warnings->len; i++)
      jz_json_append (warnings, jz_json_new_text (g_ptr_array_index (self->warnings, i)));
    jz_json_set_member (json, "warnings", warnings);
  }
  if (self->refusal != NULL) {
    jz_json_set_member (json, "refusal", jz_refusal_to_json (self->refusal));
    return json;
  }
  entries = jz_json_new_array ();
  for (guint i = 0; i < self->records->len; i++)
    jz_json_append (entries, record_to_json (g_ptr_array_index (self->records, i)));
  jz_json_set_member (json, "entries", entries);
  return json;
}
