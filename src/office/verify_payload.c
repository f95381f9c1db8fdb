/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include <glib/gi18n-lib.h>

#include "office/apply.h"
#include "office/role.h"
#include "office/verify-private.h"
#include "store/chunk_list.h"

/* The payload of one entry by itself (format §2): its hash, its form, and what it names outside of
 * the arguments. What the arguments must be is asked in the replay. */

/* That of a recording of 2 TiB. */
#define MAX_CHUNK_LIST (64 * 1024 * 1024)

typedef struct {
  JzVerify *verify;
  const char *id;
} Naming;

static gboolean
has_only_known_members (const JzJson *payload)
{
  const JzJson *args = jz_json_get_member (payload, "args");

  for (guint i = 0; i < jz_json_get_n_items (payload); i++)
    if (!jz_word_is_in (jz_json_get_name (payload, i), "args|rules|override"))
      return FALSE;
  return args != NULL && jz_json_get_kind (args) == JZ_JSON_OBJECT;
}

/* The depth of JSON is bounded, so this may recurse. */
static gboolean
has_null (const JzJson *json)
{
  JzJsonKind kind = jz_json_get_kind (json);

  if (kind != JZ_JSON_OBJECT && kind != JZ_JSON_ARRAY)
    return kind == JZ_JSON_NULL;
  for (guint i = 0; i < jz_json_get_n_items (json); i++)
    if (has_null (jz_json_get_item (json, i)))
      return TRUE;
  return FALSE;
}

/* At least one, each once, sorted; absent when no rule was asked. */
static gboolean
are_rules_in_order (const JzJson *rules)
{
  const char *before = "";

  if (rules == NULL)
    return TRUE;
  if (jz_json_get_kind (rules) != JZ_JSON_ARRAY || jz_json_get_n_items (rules) == 0)
    return FALSE;
  for (guint i = 0; i < jz_json_get_n_items (rules); i++) {
    const JzJson *rule = jz_json_get_item (rules, i);
    if (jz_json_get_kind (rule) != JZ_JSON_TEXT || strcmp (jz_json_get_text (rule), before) <= 0)
      return FALSE;
    before = jz_json_get_text (rule);
  }
  return TRUE;
}

static gboolean
find_override (JzVerify *self,
               const JzJournalRecord *record,
               const JzJson *override,
               gboolean *is_found,
               GError **error)
{
  gint64 n_found = 0;
  JzHash hash;

  *is_found = override == NULL;
  if (override == NULL || jz_json_get_kind (override) != JZ_JSON_TEXT ||
      !jz_hash_from_hex (jz_json_get_text (override), &hash))
    return TRUE;
  if (!jz_connection_get_number (self->journal, &n_found, error,
                                 "SELECT count (*) FROM entry WHERE hash = ? AND arrival < ? AND "
                                 "act = 'gate.override'",
                                 "hi", &hash, record->arrival))
    return FALSE;
  *is_found = n_found > 0;
  return TRUE;
}

static const char *
find_fault_of_form (const JzJson *payload)
{
  if (payload == NULL)
    return _ ("The payload is not in canonical form.");
  if (!has_only_known_members (payload))
    return _ ("The payload has parts that no act writes.");
  if (has_null (payload))
    return _ ("The payload names something of which it says nothing; what is absent is not named.");
  if (!are_rules_in_order (jz_json_get_member (payload, "rules")))
    return _ ("The payload does not list the rules as it must: each once, sorted.");
  return NULL;
}

/* Whether a list is there that is whole and not of this object. One that is missing or altered is
 * named when the objects are read, and so is one whose pieces are wrong. */
static gboolean
is_list_of_another (JzVerify *self, const JzObject *object)
{
  g_autoptr (GBytes) bytes = jz_objects_get_bytes (jz_store_get_objects (self->store),
                                                   &object->chunks, MAX_CHUNK_LIST, NULL);
  JzChunkList list;

  return bytes != NULL &&
         (!jz_chunk_list_parse (bytes, &list) || !jz_hash_equal (&list.object, &object->hash) ||
          list.size != object->size);
}

static void
take_named (const JzObject *object, gpointer data)
{
  Naming *naming = data;
  JzVerify *verify = naming->verify;

  if (!object->has_chunks)
    return;
  if (is_list_of_another (verify, object))
    jz_report_add (verify->report, JZ_FAULT_OBJECT, naming->id,
                   _ ("The list of partial checksums that this entry names is that of another "
                      "file, or of none."));
  else
    g_array_append_vals (verify->named, object, 1);
}

static const char *
find_fault_of_presence (const JzJournalRecord *record, const char *destroyed_case)
{
  if (destroyed_case != NULL && strcmp (destroyed_case, record->entry->case_id) != 0)
    return _ ("The payload was destroyed with a case that it does not belong to.");
  if (record->payload == NULL && destroyed_case == NULL)
    return _ ("The payload is missing, and no destruction took it.");
  if (record->payload != NULL && destroyed_case != NULL)
    return _ ("The payload is still there although its case was destroyed.");
  return NULL;
}

static gboolean
is_hash_right (const JzJournalRecord *record)
{
  JzHash hash;

  jz_payload_hash (g_bytes_get_data (record->salt, NULL), record->payload, strlen (record->payload),
                   &hash);
  return jz_hash_equal (&hash, &record->entry->payload_hash);
}

/**
 * jz_verify_payload:
 * @self: a verification
 * @record: an entry
 * @id: its id
 * @error: return location
 *
 * Names what is wrong with the payload, the first thing only, and remembers the objects with chunk
 * lists that it names.
 *
 * Returns: %FALSE only when it could not look
 */
gboolean
jz_verify_payload (JzVerify *self, const JzJournalRecord *record, const char *id, GError **error)
{
  const char *fault = find_fault_of_presence (record, g_hash_table_lookup (self->destroyed, id));
  g_autoptr (JzJson) payload = NULL;
  Naming naming = { self, id };
  gboolean is_found = TRUE;

  if (fault == NULL && record->payload == NULL)
    return TRUE;
  if (fault == NULL && !is_hash_right (record))
    fault = _ ("The payload was altered: it is not what the entry's hash was made over.");
  if (fault == NULL) {
    payload = jz_json_parse_canonical (record->payload, strlen (record->payload), NULL);
    fault = find_fault_of_form (payload);
  }
  if (fault == NULL &&
      !find_override (self, record, jz_json_get_member (payload, "override"), &is_found, error))
    return FALSE;
  if (!is_found)
    fault = _ ("The payload names an override that is no entry before it.");
  if (fault != NULL)
    jz_report_add (self->report, JZ_FAULT_STRUCTURE, id, "%s", fault);
  else
    jz_json_foreach_object (jz_json_get_member (payload, "args"), take_named, &naming);
  return TRUE;
}
