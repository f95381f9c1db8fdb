/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include <glib/gi18n-lib.h>

#include "office/apply.h"
#include "office/error.h"
#include "office/gates.h"
#include "office/replay.h"
#include "office/rulebooks.h"
#include "office/verify-private.h"
#include "store/error.h"

/* The journal is replayed into tables of our own, and before each entry every check is asked again
 * with the tables as they were then: an entry that an altered program wrote around a check is found
 * here. */

static gboolean
fill (const JzJournalRecord *record, JzJson *args, JzSituation *situation, GError **error)
{
  const JzEntry *entry = record->entry;
  gsize n_upcasters = 0;
  const JzUpcaster *upcasters = jz_act_get_upcasters (&n_upcasters);

  situation->act = jz_act_find (entry->act, &situation->is_proposal);
  if (situation->act == NULL) {
    g_set_error (error, JZ_OFFICE_ERROR, JZ_OFFICE_ERROR_UNKNOWN_ACT, _ ("There is no act %s."),
                 entry->act);
    return FALSE;
  }
  situation->arrival = record->arrival;
  situation->now = entry->time;
  situation->store = entry->store;
  situation->actor = entry->actor;
  situation->role = entry->role;
  situation->cert = entry->cert;
  return jz_act_upcast (upcasters, n_upcasters, situation->act, entry->act_version, args, error) &&
         jz_situation_fill (situation, args, error) &&
         jz_act_check_arguments (situation->act, args, TRUE, error);
}

static gboolean
is_case_right (const JzSituation *situation, const JzJournalRecord *record)
{
  g_autofree char *first = NULL;

  if (situation->case_id[0] != '\0')
    return strcmp (record->entry->case_id, situation->case_id) == 0;
  first = g_strdup_printf ("%s-%" G_GUINT64_FORMAT "-1", record->entry->store, record->entry->seq);
  return strcmp (record->entry->case_id, first) == 0;
}

static int
compare_rules (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

/* In the order in which an entry records them, each once: the order of asking is no fact. */
static void
sort_rules (GPtrArray *rules)
{
  g_ptr_array_sort (rules, compare_rules);
  for (guint i = rules->len; i-- > 1;)
    if (strcmp (g_ptr_array_index (rules, i), g_ptr_array_index (rules, i - 1)) == 0)
      g_ptr_array_remove_index (rules, i);
}

static gboolean
are_rules_equal (const JzJson *payload, GPtrArray *rules)
{
  const JzJson *recorded = payload != NULL ? jz_json_get_member (payload, "rules") : NULL;
  guint n_recorded = recorded != NULL && jz_json_get_kind (recorded) == JZ_JSON_ARRAY
                       ? jz_json_get_n_items (recorded)
                       : 0;

  if (n_recorded != rules->len)
    return FALSE;
  for (guint i = 0; i < n_recorded; i++) {
    const JzJson *item = jz_json_get_item (recorded, i);
    if (jz_json_get_kind (item) != JZ_JSON_TEXT ||
        strcmp (jz_json_get_text (item), g_ptr_array_index (rules, i)) != 0)
      return FALSE;
  }
  return TRUE;
}

static gboolean
is_override_equal (const JzJson *payload, const JzMaybeHash *override)
{
  const char *recorded = payload != NULL ? jz_json_get_member_text (payload, "override") : NULL;
  char hex[JZ_HASH_HEX_SIZE] = "";

  if (override->is_present)
    jz_hash_to_hex (&override->hash, hex);
  return g_strcmp0 (recorded, override->is_present ? hex : NULL) == 0;
}

static void
check_recorded (JzVerify *self,
                const JzJournalRecord *record,
                GPtrArray *rules,
                const JzMaybeHash *override)
{
  g_autoptr (JzJson) payload =
    jz_json_parse_canonical (record->payload, strlen (record->payload), NULL);

  if (!are_rules_equal (payload, rules))
    jz_report_add (self->report, JZ_FAULT_RULE, self->at,
                   _ ("The entry does not record the rules that were to be asked."));
  else if (!is_override_equal (payload, override))
    jz_report_add (self->report, JZ_FAULT_RULE, self->at,
                   _ ("The entry names another override than the one that lets it through."));
}

static gboolean
ask_gate (JzVerify *self,
          const JzSituation *situation,
          const JzJournalRecord *record,
          JzRefusal **refusal,
          GError **error)
{
  g_autoptr (GPtrArray) rules = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) local = NULL;
  gboolean is_asked =
    self->verification->gate != NULL
      ? self->verification->gate (situation, rules, refusal, self->verification->gate_data, &local)
      : jz_gates_check (situation, rules, refusal, NULL, &local);

  /* A rulebook that is missing or altered is named with the objects, too. */
  if (!is_asked && jz_verify_is_damage (local)) {
    jz_report_add_error (self->report, JZ_FAULT_RULE, self->at, local);
    return TRUE;
  }
  if (!is_asked) {
    g_propagate_error (error, g_steal_pointer (&local));
    return FALSE;
  }
  sort_rules (rules);
  if (*refusal == NULL)
    check_recorded (self, record, rules, situation->override);
  return TRUE;
}

static void
add_refusal (JzVerify *self, const JzJournalRecord *record, const JzRefusal *refusal)
{
  g_autofree char *id = jz_entry_get_id (record->entry);
  gboolean is_signature = strcmp (jz_refusal_get_rule (refusal), "J-CERTIFICATE") == 0;

  jz_report_add (self->report, is_signature ? JZ_FAULT_SIGNATURE : JZ_FAULT_RULE, id, "%s: %s",
                 jz_refusal_get_rule (refusal), jz_refusal_get_sentence (refusal));
}

/* Whether nothing is known of the case because it is destroyed by this entry or a later one. A case
 * is named after the entry that opened it; one that has left its residue is gone for every check,
 * and what is still written into it is refused. */
static gboolean
find_whether_case_is_gone (JzVerify *self, JzSituation *situation, const char *id, GError **error)
{
  const char *dash = strrchr (id, '-');
  g_autofree char *opening = dash != NULL ? g_strndup (id, (gsize)(dash - id)) : NULL;
  gint64 n_residues = 0;

  if (opening == NULL || !g_hash_table_contains (self->destroyed, opening))
    return TRUE;
  if (!jz_connection_get_number (situation->tables, &n_residues, error,
                                 "SELECT count (*) FROM residue WHERE case_id = ?", "t", id))
    return FALSE;
  situation->is_case_gone = n_residues == 0;
  return TRUE;
}

/* What no act of this program ever writes, whatever its arguments. */
static void
check_place (JzVerify *self, const JzJournalRecord *record)
{
  const JzEntry *entry = record->entry;

  if (entry->seq == 1) {
    g_free (self->current);
    self->current = g_strdup (entry->store);
  }
  if (strcmp (entry->act, "store.init") == 0 && record->arrival != 1)
    jz_report_add (self->report, JZ_FAULT_RULE, self->at,
                   _ ("A store is founded once, by its first entry."));
  else if (g_strcmp0 (entry->store, self->current) != 0)
    jz_report_add (self->report, JZ_FAULT_RULE, self->at,
                   _ ("The entry is written under a store id that this store has given up."));
}

/* Of a case that is gone nobody knows any more under which it was filed. */
static gboolean
check_rulebook (JzVerify *self,
                const JzSituation *situation,
                const JzJournalRecord *record,
                GError **error)
{
  const JzMaybeHash *named = &record->entry->rulebook;
  JzMaybeHash expected = { 0 };

  if (situation->is_case_gone)
    return TRUE;
  if (!jz_situation_find_rulebook (situation, &expected, error))
    return FALSE;
  if (named->is_present && !expected.is_present)
    jz_report_add (self->report, JZ_FAULT_RULE, self->at,
                   _ ("The entry names a rulebook, but none was adopted."));
  else if (named->is_present != expected.is_present ||
           (expected.is_present && !jz_hash_equal (&named->hash, &expected.hash)))
    jz_report_add (self->report, JZ_FAULT_RULE, self->at,
                   _ ("The entry does not name the rulebook that was in force for it."));
  return TRUE;
}

/* The entries of a destroyed case have lost their payloads, but not the names of their acts. */
static gboolean
check_destruction (JzVerify *self, const JzSituation *situation, GError **error)
{
  gint64 n_archived = 0;

  if (!situation->is_case_gone || strcmp (situation->act->name, "case.destroy") != 0)
    return TRUE;
  if (!jz_connection_get_number (
        self->journal, &n_archived, error,
        "SELECT count (*) FROM entry WHERE case_id = ? AND arrival < ? AND "
        "act = 'case.archive'",
        "ti", situation->case_id, situation->arrival))
    return FALSE;
  if (n_archived == 0)
    jz_report_add (self->report, JZ_FAULT_RULE, self->at,
                   _ ("The case was destroyed although it was never archived."));
  return TRUE;
}

static gboolean
check_record (JzConnection *tables,
              const JzJournalRecord *record,
              gboolean was_destroyed,
              gpointer data,
              GError **error)
{
  JzVerify *self = data;
  g_autofree char *id = jz_entry_get_id (record->entry);
  g_autoptr (JzJson) args = NULL;
  g_autoptr (JzRefusal) refusal = NULL;
  g_autoptr (GError) local = NULL;
  JzMaybeHash override = { 0 };
  JzSituation situation = { .tables = tables,
                            .journal = self->journal,
                            .objects = jz_store_get_objects (self->store),
                            .override = &override };

  g_free (self->at);
  self->at = g_strdup (id);
  self->is_named = record->payload == NULL && !was_destroyed;
  /* What was destroyed cannot be asked again; its entry, chain and signature still can. */
  if (was_destroyed || record->payload == NULL)
    return TRUE;
  args = jz_journal_record_dup_args (record, error);
  if (args == NULL) {
    self->is_named = TRUE; /* by the walk over the entries */
    return FALSE;
  }
  /* apply relies on arguments of the right form, so that nothing can be replayed behind it. */
  if (!fill (record, args, &situation, &local)) {
    jz_report_add_error (self->report, JZ_FAULT_RULE, id, local);
    self->is_named = TRUE;
    g_propagate_error (error, g_steal_pointer (&local));
    return FALSE;
  }
  check_place (self, record);
  if (!find_whether_case_is_gone (self, &situation, record->entry->case_id, error) ||
      !check_destruction (self, &situation, error) ||
      !check_rulebook (self, &situation, record, error))
    return FALSE;
  if (!is_case_right (&situation, record))
    jz_report_add (self->report, JZ_FAULT_RULE, id,
                   _ ("The entry names another case than its arguments."));
  if (!jz_check_situation (&situation, &refusal, error))
    return FALSE;
  if (refusal == NULL && !situation.is_case_gone &&
      !ask_gate (self, &situation, record, &refusal, error))
    return FALSE;
  if (refusal != NULL)
    add_refusal (self, record, refusal);
  /* An act that should not have been may be one that cannot be applied. */
  self->is_named = refusal != NULL;
  return TRUE;
}

static gboolean
replay (JzVerify *self, JzConnection *tables, GError **error)
{
  return jz_connection_execute (tables, "BEGIN", error) && jz_schema_create (tables, error) &&
         jz_replay (tables, self->journal, check_record, self, error) &&
         jz_connection_execute (tables, "COMMIT", error);
}

/* Nothing can be replayed behind an entry that cannot be applied; the parts that follow do without
 * the tables. */
static gboolean
break_off (JzVerify *self, GError *damage, GError **error)
{
  gboolean is_unreadable = g_error_matches (damage, JZ_STORE_ERROR, JZ_STORE_ERROR_DAMAGED);

  if (!jz_verify_is_damage (damage)) {
    g_propagate_error (error, damage);
    return FALSE;
  }
  if (!self->is_named && !(is_unreadable && self->has_unreadable))
    jz_report_add_error (self->report, JZ_FAULT_STRUCTURE,
                         is_unreadable || self->at == NULL ? "juanzong.db" : self->at, damage);
  g_error_free (damage);
  return TRUE;
}

/**
 * jz_verify_replay:
 * @self: a verification
 * @error: return location
 *
 * Returns: %FALSE only when it could not look
 */
gboolean
jz_verify_replay (JzVerify *self, GError **error)
{
  /* An empty name is a file without a name, which goes by itself. */
  g_autoptr (JzConnection) tables = jz_connection_open ("", JZ_CONNECTION_WORKBENCH, error);
  GError *damage = NULL;

  if (tables == NULL)
    return FALSE;
  if (!replay (self, tables, &damage))
    return break_off (self, damage, error);
  self->tables = g_steal_pointer (&tables);
  return jz_journal_get_current_store (self->tables, &self->report->store, error);
}
