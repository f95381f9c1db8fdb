/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "office/cases.h"

#include <glib/gi18n-lib.h>

#include "office/discretion.h"
#include "office/documents.h"
#include "office/error.h"
#include "office/overrides.h"
#include "office/publication_sheet.h"

/* What can be asked about cases. */

#define CASE_COLUMNS                                                                               \
  "id, number, title, party, matter, found, stage, opened_at, closed_on, ground, archived_on, "    \
  "class, "                                                                                        \
  "keep_until, before"

/* Each row becomes an object whose members are named like the columns; empty ones are left out. */
static JzJson *
row_to_json (JzStatement *row)
{
  sqlite3_stmt *handle = jz_statement_get_handle (row);
  JzJson *json = jz_json_new_object ();

  for (int i = 0; i < sqlite3_column_count (handle); i++) {
    const char *name = sqlite3_column_name (handle, i);
    if (sqlite3_column_type (handle, i) == SQLITE_INTEGER)
      jz_json_set_integer (json, name, jz_statement_get_integer (row, i));
    else if (sqlite3_column_bytes (handle, i) > 0)
      jz_json_set_text (json, name, jz_statement_get_text (row, i));
  }
  return json;
}

static JzJson *
rows_to_json (JzStatement *rows, GError **error)
{
  g_autoptr (JzJson) list = jz_json_new_array ();
  gboolean has_row = FALSE;

  while (rows != NULL && jz_statement_step (rows, &has_row, error)) {
    if (!has_row)
      return g_steal_pointer (&list);
    jz_json_append (list, row_to_json (rows));
  }
  return NULL;
}

/**
 * jz_cases_list:
 * @reader: a store's database
 * @error: return location
 *
 * Returns: (transfer full) (nullable): an array of objects `id`, `number`, `title`, `party`,
 * `matter`, `found`, `stage` and so on, in the order in which they were opened
 */
JzJson *
jz_cases_list (JzConnection *reader, GError **error)
{
  g_autoptr (JzStatement) rows =
    jz_connection_query (reader, error, "SELECT " CASE_COLUMNS " FROM case_file ORDER BY key", "");
  return rows_to_json (rows, error);
}

static gboolean
add_list (JzJson *json, const char *name, JzStatement *rows, GError **error)
{
  JzJson *list = rows_to_json (rows, error);

  if (list != NULL)
    jz_json_set_member (json, name, list);
  return list != NULL;
}

static gboolean
add_duties (JzConnection *reader, JzJson *json, const char *id, GError **error)
{
  g_autoptr (JzStatement) rows =
    jz_connection_query (reader, error,
                         "SELECT person, name, duty, since, ended FROM case_duty JOIN person ON "
                         "person.id = case_duty.person WHERE case_id = ? ORDER BY since, duty",
                         "t", id);
  return add_list (json, "duties", rows, error);
}

static gboolean
add_notes (JzConnection *reader, JzJson *json, const char *id, GError **error)
{
  g_autoptr (JzStatement) rows = jz_connection_query (
    reader, error,
    "SELECT note.id, author, happened, recorded, text, lower (hex (object)) AS object "
    "FROM note WHERE case_id = ? ORDER BY key",
    "t", id);
  return add_list (json, "notes", rows, error);
}

static gboolean
add_attachments (JzConnection *reader, JzJson *json, const char *id, GError **error)
{
  g_autoptr (JzStatement) rows = jz_connection_query (
    reader, error,
    "SELECT id, name, description, happened, recorded, added_by, "
    "lower (hex (object)) AS object, size FROM attachment WHERE case_id = ? ORDER BY key",
    "t", id);
  return add_list (json, "attachments", rows, error);
}

static gboolean
add_documents (JzConnection *reader, JzJson *json, const char *id, GError **error)
{
  JzJson *list = jz_documents_list (reader, id, error);

  if (list != NULL)
    jz_json_set_member (json, "documents", list);
  return list != NULL;
}

static gboolean
add_overrides (JzConnection *reader, JzJson *json, const char *id, GError **error)
{
  JzJson *list = jz_overrides_list (reader, id, error);

  if (list != NULL)
    jz_json_set_member (json, "overrides", list);
  return list != NULL;
}

static gboolean
add_publications (JzConnection *reader, JzJson *json, const char *id, GError **error)
{
  JzJson *list = jz_publications_show (reader, id, error);

  if (list != NULL)
    jz_json_set_member (json, "publications", list);
  return list != NULL;
}

static gboolean
add_entries (JzConnection *reader, JzJson *json, const char *id, GError **error)
{
  g_autoptr (JzStatement) rows = jz_connection_query (
    reader, error,
    "SELECT store || '-' || seq AS entry, time, act, role, actor, person.name AS name, "
    "lower (hex (hash)) AS hash FROM entry LEFT JOIN person ON person.id = entry.actor "
    "WHERE case_id = ? ORDER BY arrival",
    "t", id);
  return add_list (json, "entries", rows, error);
}

static gboolean
add_discretion (JzConnection *reader, JzJson *json, const char *id, GError **error)
{
  JzJson *discretion = jz_discretion_show (reader, id, error);

  if (discretion != NULL)
    jz_json_set_member (json, "discretion", discretion);
  return discretion != NULL;
}

/**
 * jz_cases_show:
 * @reader: a store's database
 * @name: id or number of a case
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the case as in jz_cases_list(), with `duties`, `notes`,
 *   `attachments`, `documents`, `discretion` (see jz_discretion_show()), `overrides` (see
 *   jz_overrides_list()), `publications` (see jz_publications_show()) and `entries`;
 * %JZ_OFFICE_ERROR_NOT_FOUND where there is none
 */
JzJson *
jz_cases_show (JzConnection *reader, const char *name, GError **error)
{
  gboolean has_row = FALSE;
  g_autoptr (JzJson) json = NULL;
  g_autoptr (JzStatement) row = jz_connection_query (
    reader, error, "SELECT " CASE_COLUMNS " FROM case_file WHERE id = ?1 OR number = ?1", "t",
    name);
  const char *id;

  if (row == NULL || !jz_statement_step (row, &has_row, error))
    return NULL;
  if (!has_row) {
    g_set_error (error, JZ_OFFICE_ERROR, JZ_OFFICE_ERROR_NOT_FOUND,
                 _ ("There is no case %s in this store, or it was destroyed."), name);
    return NULL;
  }
  json = row_to_json (row);
  id = jz_json_get_member_text (json, "id");
  if (!add_duties (reader, json, id, error) || !add_notes (reader, json, id, error) ||
      !add_attachments (reader, json, id, error) || !add_documents (reader, json, id, error) ||
      !add_discretion (reader, json, id, error) || !add_overrides (reader, json, id, error) ||
      !add_publications (reader, json, id, error) || !add_entries (reader, json, id, error))
    return NULL;
  return g_steal_pointer (&json);
}
