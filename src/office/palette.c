/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "office/palette.h"

#include <string.h>

#include "office/case_rows-private.h"
#include "office/search.h"

/* What Ctrl+K finds (ux.md §2): cases by number, party and cause, newest first, and words in what
 * was written. */

static gboolean
describe_case (JzConnection *rows, gint64 key, JzJson *list, GError **error)
{
  gboolean has_row = FALSE;
  g_autoptr (JzStatement) row = jz_connection_query (
    rows, error, "SELECT id, number, party, cause, stage FROM case_row WHERE key = ?", "i", key);
  JzJson *found;
  g_autofree char *place = NULL;

  if (row == NULL || !jz_statement_step (row, &has_row, error))
    return FALSE;
  if (!has_row)
    return TRUE;
  found = jz_json_new_object ();
  place = g_strdup_printf ("cases/%s", jz_statement_get_text (row, 0));
  jz_json_set_text (found, "go", place);
  jz_json_set_text (found, "number", jz_statement_get_text (row, 1));
  jz_json_set_text (found, "party", jz_statement_get_text (row, 2));
  jz_json_set_text (found, "cause", jz_statement_get_text (row, 3));
  jz_json_set_text (found, "stage", jz_statement_get_text (row, 4));
  jz_json_append (list, found);
  return TRUE;
}

static JzJson *
find_cases (JzCaseRows *rows, const char *typed, GCancellable *cancellable, GError **error)
{
  const JzCaseFilter filter = { .text = typed };
  const JzCaseOrder newest = { -1, FALSE, JZ_PALETTE_CASES };
  g_autoptr (GArray) keys = jz_case_rows_query (rows, &filter, &newest, cancellable, error);
  JzConnection *connection = keys != NULL ? jz_case_rows_lease (rows, error) : NULL;
  g_autoptr (JzJson) list = jz_json_new_array ();
  gboolean is_read = connection != NULL;

  for (guint i = 0; is_read && i < keys->len; i++)
    is_read = describe_case (connection, g_array_index (keys, gint64, i), list, error);
  if (connection != NULL)
    jz_case_rows_give_back (rows, connection);
  return is_read ? g_steal_pointer (&list) : NULL;
}

/* A document is opened; what else was found is seen in its case. */
static JzJson *
describe_text (const JzJson *match)
{
  const char *kind = jz_json_get_member_text (match, "kind");
  const char *case_id = jz_json_get_member_text (match, "case");
  gboolean is_document = strcmp (kind, "document") == 0;
  JzJson *found = jz_json_new_object ();
  g_autofree char *place = is_document ? g_strdup_printf ("cases/%s/document/%s", case_id,
                                                          jz_json_get_member_text (match, "id"))
                                       : g_strdup_printf ("cases/%s", case_id);

  jz_json_set_text (found, "go", place);
  jz_json_set_text (found, "number", jz_json_get_member_text (match, "number"));
  jz_json_set_text (found, "title", jz_json_get_member_text (match, "title"));
  jz_json_set_text (found, "kind", jz_text_kind_word (kind));
  jz_json_set_text (found, "snippet", jz_json_get_member_text (match, "snippet"));
  return found;
}

/* Numbers, parties and causes are found as cases already. */
static gboolean
is_of_case_row (const JzJson *match)
{
  static const char *const fields[] = { "case.number", "case.title", "case.matter", "case.cause",
                                        "party.name" };
  const char *field = jz_json_get_member_text (match, "field");

  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    if (strcmp (field, fields[i]) == 0)
      return TRUE;
  return FALSE;
}

static JzJson *
find_texts (JzOffice *office, JzConnection *reader, const char *typed, GError **error)
{
  JzObjects *objects = jz_store_get_objects (jz_office_get_store (office));
  /* What is too long to look for is found nowhere. */
  g_autoptr (JzSearchQuery) query = jz_search_query_new (typed, NULL);
  g_autoptr (GPtrArray) unread = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (JzJson) matches = NULL;
  JzJson *list;

  if (query == NULL)
    return jz_json_new_array ();
  matches = jz_search (reader, objects, query, G_MAXINT64, 4 * JZ_PALETTE_TEXTS, unread, error);
  if (matches == NULL)
    return NULL;
  list = jz_json_new_array ();
  for (guint i = 0;
       i < jz_json_get_n_items (matches) && jz_json_get_n_items (list) < JZ_PALETTE_TEXTS; i++)
    if (!is_of_case_row (jz_json_get_item (matches, i)))
      jz_json_append (list, describe_text (jz_json_get_item (matches, i)));
  return list;
}

/**
 * jz_palette_find:
 * @office: the office
 * @reader: its database
 * @rows: what is kept of its cases
 * @typed: what somebody typed
 * @cancellable: (nullable): stops it
 * @error: return location
 *
 * Returns: (transfer full) (nullable): an object with `cases` (each `number`, `party`, `cause`,
 *   `stage`) and `texts` (each `number`, `title`, `kind`, `snippet`), each thing with `go`, the
 *   place that it leads to
 */
JzJson *
jz_palette_find (JzOffice *office,
                 JzConnection *reader,
                 JzCaseRows *rows,
                 const char *typed,
                 GCancellable *cancellable,
                 GError **error)
{
  g_autoptr (JzJson) cases = find_cases (rows, typed, cancellable, error);
  g_autoptr (JzJson) texts = cases != NULL ? find_texts (office, reader, typed, error) : NULL;
  JzJson *found;

  if (texts == NULL)
    return NULL;
  found = jz_json_new_object ();
  jz_json_set_member (found, "cases", g_steal_pointer (&cases));
  jz_json_set_member (found, "texts", g_steal_pointer (&texts));
  return found;
}
