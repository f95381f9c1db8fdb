/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "office/destruction.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "office/acts.h"
#include "office/apply.h"
#include "office/document_number.h"
#include "office/situation.h"
#include "office/text.h"
#include "store/error.h"
#include "store/text_index.h"

/* What a destruction takes away, in two halves. Within the act's transaction: payloads, salts and
 * rows. Afterwards, because files and free pages are outside of it: objects that nothing names any
 * more, what scratch.db knew of the case, the words that the text index only marks as removed, the
 * free space of the database and its log. Table `owed`
 * remembers the second half until it is done, also over a power cut. */

#define ENTRIES_OF_CASE                                                                            \
  "SELECT arrival, store || '-' || seq FROM entry WHERE case_id = ? AND arrival < ? AND "          \
  "act NOT IN ('case.destroy', 'case.destroy.propose') ORDER BY arrival"

/* So long the clean-up waits for those who read the store. */
#define PATIENCE_MS 1000

static JzJson *
list_entries (JzConnection *journal, const char *case_id, gint64 before, GError **error)
{
  g_autoptr (JzJson) entries = jz_json_new_array ();
  gboolean has_row = FALSE;
  g_autoptr (JzStatement) rows =
    jz_connection_query (journal, error, ENTRIES_OF_CASE, "ti", case_id, before);

  while (rows != NULL && jz_statement_step (rows, &has_row, error)) {
    if (!has_row)
      return g_steal_pointer (&entries);
    jz_json_append (entries, jz_json_new_text (jz_statement_get_text (rows, 1)));
  }
  return NULL;
}

static gboolean
add_figure (JzConnection *tables,
            JzJson *figures,
            const char *name,
            const char *sql,
            const char *case_id,
            GError **error)
{
  gint64 number = 0;

  if (!jz_connection_get_number (tables, &number, error, sql, "t", case_id))
    return FALSE;
  jz_json_set_integer (figures, name, number);
  return TRUE;
}

static gboolean
add_numbers (JzConnection *tables, const char *case_id, JzJson *args, GError **error)
{
  g_autoptr (JzJson) numbers = jz_json_new_array ();
  gboolean has_row = FALSE;
  g_autoptr (JzStatement) rows = jz_connection_query (
    tables, error, "SELECT number FROM document_number WHERE case_id = ? ORDER BY number", "t",
    case_id);

  while (rows != NULL && jz_statement_step (rows, &has_row, error)) {
    if (!has_row) {
      jz_json_set_member (args, "documents", g_steal_pointer (&numbers));
      return TRUE;
    }
    jz_json_append (numbers, jz_json_new_text (jz_statement_get_text (rows, 0)));
  }
  return FALSE;
}

static gboolean
describe (JzConnection *tables,
          JzConnection *journal,
          const char *case_id,
          gint64 before,
          JzJson *args,
          GError **error)
{
  g_autoptr (JzJson) entries = list_entries (journal, case_id, before, error);
  g_autofree char *number = NULL;
  g_autofree char *class = NULL;
  JzJson *figures;

  if (entries == NULL ||
      !jz_connection_get_text (tables, &number, error, "SELECT number FROM case_file WHERE id = ?",
                               "t", case_id) ||
      !jz_connection_get_text (tables, &class, error, "SELECT class FROM case_file WHERE id = ?",
                               "t", case_id))
    return FALSE;
  /* A case that is not there is refused by the check, with a sentence. */
  jz_json_set_text (args, "number", number != NULL ? number : "-");
  jz_json_set_text (args, "class", class != NULL && class[0] != '\0' ? class : "-");
  if (!add_numbers (tables, case_id, args, error))
    return FALSE;
  figures = jz_json_new_object ();
  jz_json_set_integer (figures, "entries", jz_json_get_n_items (entries));
  jz_json_set_member (args, "figures", figures);
  jz_json_set_member (args, "entries", g_steal_pointer (&entries));
  return add_figure (tables, figures, "notes", "SELECT count (*) FROM note WHERE case_id = ?",
                     case_id, error) &&
         add_figure (tables, figures, "attachments",
                     "SELECT count (*) FROM attachment WHERE case_id = ?", case_id, error);
}

/**
 * jz_destruction_describe:
 * @tables: derived tables
 * @journal: the entries
 * @case_id: an archived case
 * @args: gets `entries`, `number`, `documents`, `class`, `figures`
 * @error: return location
 *
 * Returns: whether it was done
 */
gboolean
jz_destruction_describe (JzConnection *tables,
                         JzConnection *journal,
                         const char *case_id,
                         JzJson *args,
                         GError **error)
{
  return describe (tables, journal, case_id, G_MAXINT64, args, error);
}

/**
 * jz_destruction_find_difference:
 * @situation: a destruction
 * @name: (out) (nullable): the first argument that is not what the program finds of the case: the
 * list of its entries, or a part of the residue
 * @error: return location
 *
 * Once it is done nothing but the residue tells what there was, so all of it must be right before.
 *
 * Returns: %FALSE only when it could not look
 */
gboolean
jz_destruction_find_difference (const JzSituation *situation, const char **name, GError **error)
{
  g_autoptr (JzJson) found = jz_json_new_object ();

  *name = NULL;
  if (!describe (situation->tables, situation->journal, situation->case_id, situation->arrival,
                 found, error))
    return FALSE;
  for (const JzArgument *argument = situation->act->arguments; argument->name != NULL; argument++) {
    const JzJson *expected = jz_json_get_member (found, argument->name);
    const JzJson *given = jz_json_get_member (situation->args, argument->name);
    if (*name == NULL && expected != NULL && (given == NULL || !jz_json_equal (expected, given)))
      *name = argument->name;
  }
  return TRUE;
}

static gboolean
run_for_case (JzApplication *application, const char *case_id, GError **error)
{
  static const char *const statements[] = {
    "DELETE FROM fact WHERE case_id = ?",
    "DELETE FROM case_rulebook WHERE case_id = ?",
    "DELETE FROM case_form_set WHERE case_id = ?",
    "DELETE FROM document_number WHERE case_id = ?",
    "DELETE FROM gate_override WHERE case_id = ?",
    "DELETE FROM note WHERE case_id = ?",
    "DELETE FROM attachment WHERE case_id = ?",
    "DELETE FROM case_duty WHERE case_id = ?",
    "DELETE FROM publication_error WHERE case_id = ?",
    "DELETE FROM publication_carrier WHERE case_id = ?",
    "DELETE FROM publication_copy WHERE case_id = ?",
    "DELETE FROM publication WHERE case_id = ?",
    "DELETE FROM case_file WHERE id = ?",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (statements); i++)
    if (!jz_connection_run (application->tables, error, statements[i], "t", case_id))
      return FALSE;
  return TRUE;
}

/* Objects that only this entry's payload names will be without a name. */
static gboolean
forget_uses (JzApplication *application, gint64 arrival, GError **error)
{
  if (application->is_live &&
      !jz_connection_run (
        application->tables, error,
        "INSERT INTO owed (task) SELECT 'object ' || lower (hex (object)) FROM object_use AS u "
        "WHERE entry = ? AND NOT EXISTS (SELECT 1 FROM object_use AS v WHERE "
        "v.object = u.object AND v.entry != u.entry) ON CONFLICT DO NOTHING",
        "i", arrival))
    return FALSE;
  return jz_connection_run (application->tables, error, "DELETE FROM object_use WHERE entry = ?",
                            "i", arrival);
}

static gboolean
destroy_entry (JzApplication *application, gint64 arrival, GError **error)
{
  if (!jz_connection_run (application->tables, error,
                          "INSERT INTO destroyed (entry, by) VALUES (?, ?)", "ii", arrival,
                          application->record->arrival) ||
      !jz_connection_run (application->tables, error, "DELETE FROM proposal WHERE entry = ?", "i",
                          arrival) ||
      !forget_uses (application, arrival, error) ||
      !jz_application_forget_texts (application, arrival, error))
    return FALSE;
  return !application->is_live ||
         jz_connection_run (application->tables, error, "DELETE FROM payload WHERE entry = ?", "i",
                            arrival);
}

static gboolean
destroy_entries (JzApplication *application, const char *case_id, GError **error)
{
  gboolean has_row = FALSE;
  g_autoptr (JzStatement) rows = jz_connection_query (application->journal, error, ENTRIES_OF_CASE,
                                                      "ti", case_id, application->record->arrival);

  while (rows != NULL && jz_statement_step (rows, &has_row, error)) {
    if (!has_row)
      return TRUE;
    if (!destroy_entry (application, jz_statement_get_integer (rows, 0), error))
      return FALSE;
  }
  return FALSE;
}

/* They stay used for ever, also where the entries are gone that used them. */
static gboolean
keep_numbers (JzApplication *application, GError **error)
{
  const JzJson *numbers = jz_json_get_member (application->args, "documents");

  for (guint i = 0; numbers != NULL && i < jz_json_get_n_items (numbers); i++)
    if (!jz_document_number_use (application, jz_json_get_text (jz_json_get_item (numbers, i)),
                                 error))
      return FALSE;
  return TRUE;
}

static char *
member_to_text (const JzJson *args, const char *name)
{
  const JzJson *value = jz_json_get_member (args, name);
  return value != NULL ? jz_json_to_canonical (value, NULL) : g_strdup ("");
}

/**
 * jz_apply_destruction:
 * @application: what apply works on
 * @error: return location
 *
 * Returns: whether payloads and rows are gone and the residue is written
 */
gboolean
jz_apply_destruction (JzApplication *application, GError **error)
{
  const char *case_id = jz_application_get_text (application, "case");
  const char *number = jz_application_get_text (application, "number");
  g_autofree char *documents = member_to_text (application->args, "documents");
  g_autofree char *figures = member_to_text (application->args, "figures");
  g_autofree char *task = g_strdup_printf ("case %s", case_id);

  return destroy_entries (application, case_id, error) &&
         run_for_case (application, case_id, error) && keep_numbers (application, error) &&
         jz_apply_case_number (application, number, error) &&
         jz_connection_run (
           application->tables, error,
           "INSERT INTO residue (case_id, number, documents, class, figures, entry) "
           "VALUES (?, ?, ?, ?, ?, ?)",
           "ttttti", case_id, number, documents, jz_application_get_text (application, "class"),
           figures, application->record->arrival) &&
         (!application->is_live ||
          jz_connection_run (application->tables, error,
                             "INSERT INTO owed (task) VALUES (?) ON CONFLICT DO NOTHING", "t",
                             task));
}

static GPtrArray *
read_owed (JzConnection *connection, GError **error)
{
  g_autoptr (GPtrArray) tasks = g_ptr_array_new_with_free_func (g_free);
  gboolean has_row = FALSE;
  g_autoptr (JzStatement) rows =
    jz_connection_query (connection, error, "SELECT task FROM owed ORDER BY task", "");

  while (rows != NULL && jz_statement_step (rows, &has_row, error)) {
    if (!has_row)
      return g_steal_pointer (&tasks);
    g_ptr_array_add (tasks, g_strdup (jz_statement_get_text (rows, 0)));
  }
  return NULL;
}

static gboolean
remove_object (JzStore *store, JzConnection *connection, const JzHash *hash, GError **error)
{
  gint64 n_uses = 0;

  /* Stored again for another case meanwhile: then it stays. */
  if (!jz_connection_get_number (connection, &n_uses, error,
                                 "SELECT count (*) FROM object_use WHERE object = ?", "h", hash))
    return FALSE;
  return n_uses > 0 || jz_objects_remove (jz_store_get_objects (store), hash, error);
}

static gboolean
pay (JzStore *store, JzConnection *connection, const char *task, GError **error)
{
  JzHash hash;

  if (g_str_has_prefix (task, "object ") && jz_hash_from_hex (task + strlen ("object "), &hash))
    return remove_object (store, connection, &hash, error);
  if (g_str_has_prefix (task, "case "))
    return jz_scratch_forget_case (jz_store_get_scratch (store), task + strlen ("case "), error);
  return TRUE;
}

static gboolean
empty_log (JzConnection *connection, GError **error)
{
  gint64 is_busy = 0;

  if (!jz_connection_get_number (connection, &is_busy, error, "PRAGMA wal_checkpoint (TRUNCATE)",
                                 ""))
    return FALSE;
  if (is_busy == 0)
    return TRUE;
  g_set_error_literal (
    error, JZ_STORE_ERROR, JZ_STORE_ERROR_BUSY,
    _ ("Another program is reading the store; the last traces of the destroyed case go when "
       "the store is opened next."));
  return FALSE;
}

/* A reader keeps the log from being emptied, and then all the rest is in vain: it is asked first,
 * before the whole database is written anew. */
static gboolean
pay_all (JzStore *store, JzConnection *connection, GPtrArray *tasks, GError **error)
{
  for (guint i = 0; i < tasks->len; i++)
    if (!pay (store, connection, g_ptr_array_index (tasks, i), error))
      return FALSE;
  if (!empty_log (connection, error) || !jz_text_index_rebuild (connection, error) ||
      !jz_connection_execute (connection, "VACUUM", error) || !empty_log (connection, error) ||
      !jz_connection_execute (connection, "DELETE FROM owed", error))
    return FALSE;
  (void)empty_log (connection, NULL); /* nothing but this deletion is left in it */
  return TRUE;
}

static gboolean
clean_up (JzConnection *connection, gpointer data, GError **error)
{
  JzStore *store = data;
  sqlite3 *handle = jz_connection_get_handle (connection);
  g_autoptr (GPtrArray) tasks = read_owed (connection, error);
  gint64 patience = 0;
  gboolean is_paid;

  if (tasks == NULL)
    return FALSE;
  if (tasks->len == 0)
    return TRUE;
  /* Nobody should wait for readers to whom this is no hurry. */
  if (!jz_connection_get_number (connection, &patience, error, "PRAGMA busy_timeout", ""))
    return FALSE;
  sqlite3_busy_timeout (handle, PATIENCE_MS);
  is_paid = pay_all (store, connection, tasks, error);
  sqlite3_busy_timeout (handle, (int)patience);
  return is_paid;
}

/**
 * jz_destruction_clean_up:
 * @store: a store open for writing
 * @error: return location
 *
 * Does what destructions still owe: see the head of this file. Nothing to do is done at once.
 *
 * Returns: whether nothing is owed any more; else it stays owed: %JZ_STORE_ERROR_BUSY, after about
 * a second, while somebody reads, and what disks say
 */
gboolean
jz_destruction_clean_up (JzStore *store, GError **error)
{
  return jz_writer_run_alone (jz_store_get_writer (store), clean_up, store, error);
}

/**
 * jz_destruction_list:
 * @journal: the entries
 * @faults: (nullable) (element-type utf8): gets a sentence for each destruction that cannot be read
 * @error: return location
 *
 * A replay reads the destructions first: the payloads that they took away cannot be missed.
 *
 * Returns: (transfer full) (nullable): from the ids of entries whose payload was destroyed to the
 * case that was
 */
GHashTable *
jz_destruction_list (JzConnection *journal, GPtrArray *faults, GError **error)
{
  g_autoptr (GHashTable) ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  gboolean has_row = TRUE;
  g_autoptr (JzStatement) rows = jz_connection_query (
    journal, error,
    "SELECT payload.text, case_id FROM entry JOIN payload ON payload.entry = entry.arrival WHERE "
    "act = 'case.destroy'",
    "");

  while (has_row) {
    g_autoptr (JzJson) payload = NULL;
    const JzJson *args, *entries;
    const char *text;
    if (rows == NULL || !jz_statement_step (rows, &has_row, error))
      return NULL;
    if (!has_row)
      break;
    text = jz_statement_get_text (rows, 0);
    payload = jz_json_parse_canonical (text, strlen (text), NULL);
    args = payload != NULL ? jz_json_get_member (payload, "args") : NULL;
    entries = args != NULL && jz_json_get_kind (args) == JZ_JSON_OBJECT
                ? jz_json_get_member (args, "entries")
                : NULL;
    if (entries == NULL || jz_json_get_kind (entries) != JZ_JSON_ARRAY) {
      if (faults != NULL)
        g_ptr_array_add (faults, g_strdup (_ ("The list of a destruction cannot be read.")));
      continue;
    }
    for (guint i = 0; i < jz_json_get_n_items (entries); i++)
      if (jz_json_get_kind (jz_json_get_item (entries, i)) == JZ_JSON_TEXT)
        g_hash_table_insert (ids, g_strdup (jz_json_get_text (jz_json_get_item (entries, i))),
                             g_strdup (jz_statement_get_text (rows, 1)));
  }
  return g_steal_pointer (&ids);
}
