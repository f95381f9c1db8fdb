/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "office/verify-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "base/error.h"
#include "office/destruction.h"
#include "office/error.h"
#include "store/error.h"

/* Verifying a store (R-30; design §1). In this order, because each part may trust the ones before
 * it: the file, the entries with their chains and signatures, a replay with every check asked
 * again, the stored derived tables against it, checkpoints, keys, objects, and checkpoints from
 * elsewhere. */

static void
fault_free (JzFault *fault)
{
  g_free (fault->place);
  g_free (fault->sentence);
  g_free (fault);
}

/**
 * jz_report_free:
 * @self: (transfer full): a report
 */
void
jz_report_free (JzReport *self)
{
  g_ptr_array_unref (self->faults);
  g_free (self->store);
  g_free (self);
}

/* What stands in a damaged store may be no text, or one that would drive a terminal. */
static char *
make_printable (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  GString *printable = g_string_sized_new (strlen (valid));

  for (const char *at = valid; *at != '\0'; at = g_utf8_next_char (at)) {
    gunichar character = g_utf8_get_char (at);
    if (g_unichar_isspace (character))
      g_string_append_c (printable, ' ');
    else
      g_string_append_unichar (printable, g_unichar_iscntrl (character) ? 0xfffd : character);
  }
  return g_string_free (printable, FALSE);
}

/**
 * jz_report_add:
 * @self: a report
 * @kind: what kind
 * @place: (nullable): what it concerns
 * @sentence: what is wrong, a printf format
 * @...: its values
 *
 * Both are made one line of UTF-8 without control characters, whatever the values are.
 */
void
jz_report_add (JzReport *self, JzFaultKind kind, const char *place, const char *sentence, ...)
{
  g_autofree char *text = NULL;
  va_list values;
  JzFault *fault;

  if (self->faults->len >= JZ_MAX_FAULTS) {
    self->is_cut = TRUE;
    return;
  }
  fault = g_new0 (JzFault, 1);
  fault->kind = kind;
  fault->place = place != NULL ? make_printable (place) : NULL;
  va_start (values, sentence);
  text = g_strdup_vprintf (sentence, values);
  va_end (values);
  fault->sentence = make_printable (text);
  g_ptr_array_add (self->faults, fault);
}

/**
 * jz_report_add_error:
 * @self: a report
 * @kind: what kind
 * @place: (nullable): what it concerns
 * @error: what reading it answered
 */
void
jz_report_add_error (JzReport *self, JzFaultKind kind, const char *place, const GError *error)
{
  jz_report_add (self, kind, place, "%s", error->message);
}

/**
 * jz_fault_kind_get_name:
 * @kind: a kind
 *
 * Returns: (transfer none): its word in JSON
 */
const char *
jz_fault_kind_get_name (JzFaultKind kind)
{
  static const char *const names[] = {
    [JZ_FAULT_FILE] = "file",
    [JZ_FAULT_STRUCTURE] = "structure",
    [JZ_FAULT_SIGNATURE] = "signature",
    [JZ_FAULT_RULE] = "rule",
    [JZ_FAULT_TABLE] = "table",
    [JZ_FAULT_OBJECT] = "object",
    [JZ_FAULT_KEY] = "key",
    [JZ_FAULT_CHECKPOINT] = "checkpoint",
    [JZ_FAULT_LOST] = "lost",
  };
  return names[kind];
}

/**
 * jz_fault_kind_get_word:
 * @kind: a kind
 *
 * Returns: (transfer none): its word for people, translated
 */
const char *
jz_fault_kind_get_word (JzFaultKind kind)
{
  static const char *const words[] = {
    [JZ_FAULT_FILE] = N_ ("File"),
    [JZ_FAULT_STRUCTURE] = N_ ("Structure"),
    [JZ_FAULT_SIGNATURE] = N_ ("Signature"),
    [JZ_FAULT_RULE] = N_ ("Rule"),
    [JZ_FAULT_TABLE] = N_ ("Table"),
    [JZ_FAULT_OBJECT] = N_ ("Stored file"),
    [JZ_FAULT_KEY] = N_ ("Key"),
    [JZ_FAULT_CHECKPOINT] = N_ ("Checkpoint"),
    [JZ_FAULT_LOST] = N_ ("Lost"),
  };
  return _ (words[kind]);
}

/**
 * jz_report_to_json:
 * @self: a report
 *
 * Returns: (transfer full): `ok`, `store`, `entries`, `signatures`, `objects`, `faults` (an array
 * of objects `kind`, `place`, `sentence`), and `cut` when there were more faults
 */
JzJson *
jz_report_to_json (const JzReport *self)
{
  JzJson *json = jz_json_new_object ();
  JzJson *faults = jz_json_new_array ();

  for (guint i = 0; i < self->faults->len; i++) {
    const JzFault *fault = g_ptr_array_index (self->faults, i);
    JzJson *row = jz_json_new_object ();
    jz_json_set_text (row, "kind", jz_fault_kind_get_name (fault->kind));
    if (fault->place != NULL)
      jz_json_set_text (row, "place", fault->place);
    jz_json_set_text (row, "sentence", fault->sentence);
    jz_json_append (faults, row);
  }
  jz_json_set_boolean (json, "ok", self->faults->len == 0);
  if (self->store != NULL)
    jz_json_set_text (json, "store", self->store);
  jz_json_set_integer (json, "entries", (gint64)self->n_entries);
  jz_json_set_integer (json, "signatures", (gint64)self->n_signatures);
  jz_json_set_integer (json, "objects", (gint64)self->n_objects);
  jz_json_set_member (json, "faults", faults);
  if (self->is_cut)
    jz_json_set_boolean (json, "cut", TRUE);
  return json;
}

static gboolean
verify_file (JzVerify *self, GError **error)
{
  gboolean has_row = FALSE;
  g_autoptr (JzStatement) rows =
    jz_connection_query (self->journal, error, "PRAGMA integrity_check (20)", "");

  while (rows != NULL && jz_statement_step (rows, &has_row, error)) {
    if (!has_row)
      return TRUE;
    if (strcmp (jz_statement_get_text (rows, 0), "ok") != 0)
      jz_report_add (self->report, JZ_FAULT_FILE, "juanzong.db",
                     _ ("The database file is damaged: %s"), jz_statement_get_text (rows, 0));
  }
  return FALSE;
}

static gboolean
verify_schema (JzVerify *self, GError **error)
{
  g_autoptr (GPtrArray) differences = g_ptr_array_new_with_free_func (g_free);

  if (!jz_schema_compare (self->journal, differences, error))
    return FALSE;
  for (guint i = 0; i < differences->len; i++)
    jz_report_add (self->report, JZ_FAULT_FILE, "juanzong.db", "%s",
                   (const char *)g_ptr_array_index (differences, i));
  return TRUE;
}

/**
 * jz_verify_is_damage:
 * @error: what a part of a verification answered
 *
 * Returns: whether it is about what the store holds, an entry that no act of this program explains
 *   included, and not about the disk, a right or a cancelling
 */
gboolean
jz_verify_is_damage (const GError *error)
{
  return g_error_matches (error, JZ_STORE_ERROR, JZ_STORE_ERROR_DAMAGED) ||
         g_error_matches (error, JZ_STORE_ERROR, JZ_STORE_ERROR_FAILED) ||
         g_error_matches (error, JZ_STORE_ERROR, JZ_STORE_ERROR_INVALID) ||
         error->domain == JZ_OFFICE_ERROR || error->domain == JZ_BASE_ERROR;
}

/**
 * jz_verify_find_entry_id:
 * @self: a verification
 * @arrival: an entry's number in this store
 *
 * Returns: (transfer full): its id, or its number where the id cannot be read
 */
char *
jz_verify_find_entry_id (JzVerify *self, gint64 arrival)
{
  g_autofree char *id = NULL;

  if (jz_connection_get_text (self->journal, &id, NULL,
                              "SELECT store || '-' || seq FROM entry WHERE arrival = ?", "i",
                              arrival) &&
      jz_is_thing_id (id))
    return g_steal_pointer (&id);
  return g_strdup_printf (_ ("entry number %lld"), (long long)arrival);
}

/* A part that meets damage ends with a fault and the next is tried; one that cannot look ends it
 * all. */
static gboolean
run_part (JzVerify *self,
          gboolean (*part) (JzVerify *, GError **),
          JzFaultKind kind,
          GError **error)
{
  g_autoptr (GError) local = NULL;

  if (g_cancellable_set_error_if_cancelled (self->verification->cancellable, error))
    return FALSE;
  if (part (self, &local))
    return TRUE;
  if (!jz_verify_is_damage (local)) {
    g_propagate_error (error, g_steal_pointer (&local));
    return FALSE;
  }
  jz_report_add_error (self->report, kind, "juanzong.db", local);
  return TRUE;
}

static gboolean
verify_parts (JzVerify *self, GError **error)
{
  static const struct {
    gboolean (*part) (JzVerify *, GError **);
    JzFaultKind kind;
  } parts[] = {
    { verify_file, JZ_FAULT_FILE },
    { verify_schema, JZ_FAULT_FILE },
    { jz_verify_entries, JZ_FAULT_STRUCTURE },
    { jz_verify_replay, JZ_FAULT_STRUCTURE },
    { jz_verify_tables, JZ_FAULT_TABLE },
    { jz_verify_certificates, JZ_FAULT_SIGNATURE },
    { jz_verify_checkpoints, JZ_FAULT_CHECKPOINT },
    { jz_verify_keys, JZ_FAULT_KEY },
    { jz_verify_objects, JZ_FAULT_OBJECT },
    { jz_verify_against, JZ_FAULT_CHECKPOINT },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    if (!run_part (self, parts[i].part, parts[i].kind, error))
      return FALSE;
  return TRUE;
}

static gboolean
verify_store (JzVerify *self, GError **error)
{
  gboolean is_done;

  self->journal = jz_store_lease_reader (self->store, error);
  if (self->journal == NULL)
    return FALSE;
  self->named = g_array_new (FALSE, FALSE, sizeof (JzObject));
  is_done = verify_parts (self, error);
  g_clear_pointer (&self->named, g_array_unref);
  g_clear_pointer (&self->tables, jz_connection_close);
  g_clear_pointer (&self->destroyed, g_hash_table_unref);
  g_clear_pointer (&self->at, g_free);
  g_clear_pointer (&self->current, g_free);
  jz_store_return_reader (self->store, self->journal);
  return is_done;
}

/* The number of the form says another program's, yet the form is exactly ours: then the number was
 * altered. */
static gboolean
is_version_altered (const char *path, const GError *error)
{
  g_autofree char *database = jz_store_get_database_path (path);
  g_autoptr (JzConnection) connection = NULL;
  g_autoptr (GPtrArray) differences = g_ptr_array_new_with_free_func (g_free);
  int version = 0;

  /* What else keeps from looking, such as a pipe in its place, must not be opened again. */
  if (!g_error_matches (error, JZ_STORE_ERROR, JZ_STORE_ERROR_NEWER) &&
      !g_error_matches (error, JZ_STORE_ERROR, JZ_STORE_ERROR_ACCESS))
    return FALSE;
  connection = jz_connection_open (database, JZ_CONNECTION_READ, NULL);
  return connection != NULL && jz_schema_get_version (connection, &version, NULL) &&
         version != jz_schema_get_newest_version () &&
         jz_schema_compare (connection, differences, NULL) && differences->len == 0;
}

/**
 * jz_verify:
 * @verification: what to do
 * @error: return location
 *
 * Verifies a store. It needs no key and may run while another program writes.
 *
 * Returns: (transfer full) (nullable): the report; %NULL only when it could not look at all (no
 * store, no right, cancelled)
 */
JzReport *
jz_verify (const JzVerification *verification, GError **error)
{
  g_autoptr (JzReport) report = g_new0 (JzReport, 1);
  g_autoptr (GError) local = NULL;
  JzVerify self = { .verification = verification, .report = report };
  gboolean is_done;

  report->faults = g_ptr_array_new_with_free_func ((GDestroyNotify)fault_free);
  self.store = jz_store_open (verification->path, JZ_STORE_READ, NULL, NULL, &local);
  is_done = self.store != NULL && verify_store (&self, &local);
  g_clear_pointer (&self.store, jz_store_close);
  if (is_done)
    return g_steal_pointer (&report);
  if (jz_verify_is_damage (local) || is_version_altered (verification->path, local)) {
    jz_report_add_error (report, JZ_FAULT_FILE, "juanzong.db", local);
    return g_steal_pointer (&report);
  }
  g_propagate_error (error, g_steal_pointer (&local));
  return NULL;
}
