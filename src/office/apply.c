/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "office/apply.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "office/check.h"
#include "office/error.h"
#include "store/error.h"

/* Changes the derived tables by one entry, the same way when the act is performed and when the
 * journal is replayed years later: nothing here looks at a clock, a setting of the machine, a file
 * or a rule. */

static void
visit_value (const JzJson *json,
             void (*visit) (const JzObject *object, gpointer data),
             gpointer data)
{
  JzObject object;
  JzJsonKind kind = jz_json_get_kind (json);

  if (kind != JZ_JSON_OBJECT && kind != JZ_JSON_ARRAY)
    return;
  if (kind == JZ_JSON_OBJECT && jz_object_from_json (json, &object)) {
    visit (&object, data);
    return;
  }
  for (guint i = 0; i < jz_json_get_n_items (json); i++)
    visit_value (jz_json_get_item (json, i), visit, data);
}

/**
 * jz_json_foreach_object:
 * @json: arguments; the depth of JSON is bounded, so this may recurse
 * @visit: called for each object reference in them
 * @data: for @visit
 */
void
jz_json_foreach_object (const JzJson *json,
                        void (*visit) (const JzObject *object, gpointer data),
                        gpointer data)
{
  visit_value (json, visit, data);
}

/**
 * jz_chunk_list_size:
 * @object: a reference that has a chunk list
 *
 * Returns: the bytes of that list: "JZS1", size and hash of the object, then a hash for each piece
 *   (format §5)
 */
guint64
jz_chunk_list_size (const JzObject *object)
{
  guint64 n_chunks = (object->size + JZ_CHUNK_SIZE - 1) / JZ_CHUNK_SIZE;
  return 4 + 8 + JZ_HASH_LENGTH * (n_chunks + 1);
}

typedef struct {
  JzConnection *tables;
  gint64 arrival;
  GError *error;
} Use;

static void
note_use (const JzObject *object, gpointer data)
{
  Use *use = data;
  static const char sql[] =
    "INSERT INTO object_use (object, entry, size) VALUES (?, ?, ?) ON CONFLICT DO NOTHING";

  if (use->error != NULL || !jz_connection_run (use->tables, &use->error, sql, "hii", &object->hash,
                                                use->arrival, (gint64)object->size))
    return;
  if (object->has_chunks &&
      !jz_connection_run (use->tables, &use->error, sql, "hii", &object->chunks, use->arrival,
                          (gint64)jz_chunk_list_size (object)))
    return;
}

static gboolean
note_uses (JzConnection *tables, const JzJournalRecord *record, const JzJson *args, GError **error)
{
  Use use = { tables, record->arrival, NULL };

  jz_json_foreach_object (args, note_use, &use);
  if (use.error == NULL)
    return TRUE;
  g_propagate_error (error, use.error);
  return FALSE;
}

static gboolean
apply_proposal (JzConnection *tables,
                const JzJournalRecord *record,
                const JzAct *act,
                const JzJson *args,
                GError **error)
{
  JzHash arguments = jz_arguments_hash (args);
  char time[JZ_INSTANT_SIZE];

  jz_instant_format (record->entry->time, time);
  return jz_connection_run (tables, error,
                            "INSERT INTO proposal (hash, entry, act, actor, arguments, time, "
                            "used_by) VALUES (?, ?, ?, ?, ?, ?, 0)",
                            "hittht", &record->hash, record->arrival, act->name,
                            record->entry->actor, &arguments, time);
}

static gboolean
use_proposal (JzConnection *tables,
              const JzJournalRecord *record,
              const JzHash *proposal,
              GError **error)
{
  return jz_connection_run (tables, error, "UPDATE proposal SET used_by = ? WHERE hash = ?", "ih",
                            record->arrival, proposal);
}

/* An override is for one act. */
static gboolean
use_override (JzConnection *tables,
              const JzJournalRecord *record,
              const JzJson *payload,
              GError **error)
{
  const char *hex = jz_json_get_member_text (payload, "override");
  JzHash hash;

  return hex == NULL || !jz_hash_from_hex (hex, &hash) ||
         jz_connection_run (tables, error, "UPDATE gate_override SET used_by = ? WHERE hash = ?",
                            "ih", record->arrival, &hash);
}

static JzJson *
parse_payload (const JzJournalRecord *record, GError **error)
{
  return jz_json_parse_canonical (record->payload, strlen (record->payload), error);
}

static JzJson *
dup_args (const JzJournalRecord *record, const JzJson *payload, GError **error)
{
  const JzJson *args = jz_json_get_member (payload, "args");

  if (args == NULL || jz_json_get_kind (args) != JZ_JSON_OBJECT) {
    g_set_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_DAMAGED,
                 _ ("The payload of entry number %lld has no arguments."),
                 (long long)record->arrival);
    return NULL;
  }
  return jz_json_copy (args);
}

/**
 * jz_journal_record_dup_args:
 * @record: an entry with its payload
 * @error: return location
 *
 * Returns: (transfer full) (nullable): a copy of the payload's `args` that may be changed
 */
JzJson *
jz_journal_record_dup_args (const JzJournalRecord *record, GError **error)
{
  g_autoptr (JzJson) payload = parse_payload (record, error);
  return payload != NULL ? dup_args (record, payload, error) : NULL;
}

/**
 * jz_apply_record:
 * @tables: the derived tables, with the chains up to date
 * @journal: where the entries are
 * @record: an entry with its payload
 * @is_live: whether the act is being performed and not replayed
 * @error: return location
 *
 * Changes the derived tables by one entry.
 *
 * Returns: whether it was done
 */
gboolean
jz_apply_record (JzConnection *tables,
                 JzConnection *journal,
                 const JzJournalRecord *record,
                 gboolean is_live,
                 GError **error)
{
  g_autoptr (JzJson) payload = parse_payload (record, error);
  g_autoptr (JzJson) args = payload != NULL ? dup_args (record, payload, error) : NULL;
  JzSituation situation = { 0 };
  gboolean is_proposal = FALSE;
  gsize n_upcasters = 0;
  const JzUpcaster *upcasters = jz_act_get_upcasters (&n_upcasters);
  const JzAct *act = jz_act_find (record->entry->act, &is_proposal);
  JzApplication application = { tables, journal, record, args, is_live, 0, 0 };

  if (args == NULL)
    return FALSE;
  if (act == NULL) {
    g_set_error (error, JZ_OFFICE_ERROR, JZ_OFFICE_ERROR_UNKNOWN_ACT,
                 _ ("This program does not know the act %s of entry number %lld; use a newer one."),
                 record->entry->act, (long long)record->arrival);
    return FALSE;
  }
  situation.act = act;
  if (!note_uses (tables, record, args, error) ||
      !jz_act_upcast (upcasters, n_upcasters, act, record->entry->act_version, args, error) ||
      !jz_situation_fill (&situation, args, error))
    return FALSE;
  if (is_proposal)
    return apply_proposal (tables, record, act, args, error);
  if (situation.proposal.is_present &&
      !use_proposal (tables, record, &situation.proposal.hash, error))
    return FALSE;
  if (!use_override (tables, record, payload, error))
    return FALSE;
  return act->apply (&application, error);
}
