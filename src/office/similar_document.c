/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "office/similar_document.h"

#include <string.h>

#include "forms/wording.h"
#include "office/case_facts-private.h"
#include "office/document_view.h"
#include "office/fact_arguments.h"

/* Earlier documents of a form, whose wording another case may begin with (ux.md §5). Every person
 * of the bureau reads every case. */

/* Of so many cases, the newest, documents are looked at, and so many are offered. */
#define MOST_CASES 20000
#define MOST_FOUND 300
#define MOST_OFFERED 60

#define STATED(list, record, name)                                                                 \
  "(SELECT value FROM fact AS x WHERE x.case_id = c.id AND x.list = " list                         \
  " AND x.record = " record " AND x.name = '" name "' ORDER BY x.arrival DESC LIMIT 1)"

/* Each fact is found by the key of its case. */
#define SIMILAR                                                                                    \
  "SELECT f.record, c.id, c.number, c.title, " STATED (                                            \
    "'@document'", "f.record",                                                                     \
    "state") ", " STATED ("'@document'", "f.record",                                               \
                          "date") ", " STATED ("''", "''",                                         \
                                               "matter.id") ", " STATED ("'@document'",            \
                                                                         "f.record",               \
                                                                         "number") " FROM "        \
                                                                                   "(SELECT key, " \
                                                                                   "id, number, "  \
                                                                                   "title FROM "   \
                                                                                   "case_file "    \
                                                                                   "ORDER BY key " \
                                                                                   "DESC LIMIT "   \
                                                                                   "?) AS c "      \
                                                                                   "CROSS JOIN "   \
                                                                                   "fact AS f ON " \
                                                                                   "f.case_id = "  \
                                                                                   "c.id AND "     \
                                                                                   "f.list = "     \
                                                                                   "'@document' "  \
                                                                                   "AND f.name = " \
                                                                                   "'form' AND "   \
                                                                                   "f.value = ? "  \
                                                                                   "WHERE c.id "   \
                                                                                   "!= ? ORDER "   \
                                                                                   "BY c.key DESC"

static char *
dup_text (const char *value)
{
  g_autoptr (JzJson) json = value != NULL ? jz_json_parse (value, strlen (value), NULL) : NULL;
  const char *text =
    json != NULL && jz_json_get_kind (json) == JZ_JSON_TEXT ? jz_json_get_text (json) : "";
  return g_strdup (text);
}

/* Wording that has passed: a document that is final and was not taken back. */
static gboolean
has_passed (const char *value)
{
  static const JzDocumentState states[] = { JZ_DOCUMENT_FINAL, JZ_DOCUMENT_SIGNED,
                                            JZ_DOCUMENT_SERVED };
  g_autofree char *state = dup_text (value);

  for (gsize i = 0; i < G_N_ELEMENTS (states); i++)
    if (strcmp (jz_document_state_get_name (states[i]), state) == 0)
      return TRUE;
  return FALSE;
}

static JzJson *
describe (JzStatement *row, const char *matter)
{
  static const struct {
    const char *name;
    int column;
  } texts[] = { { "id", 0 }, { "case", 1 }, { "case_number", 2 }, { "case_title", 3 } };
  g_autofree char *date = dup_text (jz_statement_get_text (row, 5));
  g_autofree char *other = dup_text (jz_statement_get_text (row, 6));
  g_autofree char *number = dup_text (jz_statement_get_text (row, 7));
  JzJson *json = jz_json_new_object ();

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    jz_json_set_text (json, texts[i].name, jz_statement_get_text (row, texts[i].column));
  jz_json_set_text (json, "date", date);
  jz_json_set_text (json, "number", number);
  jz_json_set_boolean (json, "same_matter", matter[0] != '\0' && strcmp (other, matter) == 0);
  return json;
}

static void
append_of_matter (JzJson *to, const JzJson *from, gboolean is_same)
{
  for (guint i = 0; i < jz_json_get_n_items (from); i++) {
    const JzJson *row = jz_json_get_item (from, i);
    if (jz_json_get_n_items (to) < MOST_OFFERED &&
        jz_json_get_member_boolean (row, "same_matter", FALSE) == is_same)
      jz_json_append (to, jz_json_ref (row));
  }
}

/**
 * jz_document_list_similar:
 * @office: an office
 * @reader: a connection that reads
 * @document: id of a document
 * @cancellable: (nullable): to stop it
 * @error: return location
 *
 * Returns: (transfer full) (nullable): final documents of the same form in other cases, those on
 *   the same matter first, then the newest: an array of `id`, `case`, `case_number`, `case_title`,
 *   `date`, `number` and `same_matter`
 */
JzJson *
jz_document_list_similar (JzOffice *office,
                          JzConnection *reader,
                          const char *document,
                          GCancellable *cancellable,
                          GError **error)
{
  g_autoptr (JzDocumentView) view = jz_document_view_load (office, reader, document, error);
  g_autoptr (JzStated) stated =
    view != NULL ? jz_stated_load (reader, view->case_id, G_MAXINT64, error) : NULL;
  g_autoptr (JzJson) found = jz_json_new_array ();
  g_autofree char *form = NULL;
  gboolean has_row = FALSE;

  if (stated == NULL)
    return NULL;
  form = g_strdup_printf ("\"%s\"", jz_form_get_id (view->form));
  g_autoptr (JzStatement) rows =
    jz_connection_query (reader, error, SIMILAR, "itt", (gint64)MOST_CASES, form, view->case_id);
  while (rows != NULL && !g_cancellable_set_error_if_cancelled (cancellable, error) &&
         jz_statement_step (rows, &has_row, error)) {
    if (has_row && has_passed (jz_statement_get_text (rows, 4)))
      jz_json_append (found, describe (rows, jz_stated_get_text (stated, "matter.id")));
    if (!has_row || jz_json_get_n_items (found) == MOST_FOUND) {
      JzJson *list = jz_json_new_array ();
      append_of_matter (list, found, TRUE);
      append_of_matter (list, found, FALSE);
      return list;
    }
  }
  return NULL;
}

static void
add (GHashTable *texts, const char *text)
{
  char *short_name = jz_wording_dup_short_name (text);

  if (g_utf8_strlen (text, -1) >= 2)
    g_hash_table_add (texts, g_strdup (text));
  if (short_name != NULL)
    g_hash_table_add (texts, short_name);
}

/* What a case knows that is not for everybody, and its party whoever that is. */
static void
add_fact (const char *name, const JzJson *value, gpointer texts)
{
  const JzFactDefinition *fact = jz_fact_vocabulary_find (jz_office_get_facts (), name);

  if (fact == NULL || jz_json_get_kind (value) != JZ_JSON_TEXT ||
      fact->type.kind == JZ_VALUE_CHOICE)
    return;
  if (fact->secrecy != JZ_SECRECY_PUBLIC || g_str_has_prefix (name, "party."))
    add (texts, jz_json_get_text (value));
}

static gboolean
add_rows (JzConnection *reader,
          const char *case_id,
          const char *sql,
          GHashTable *texts,
          GError **error)
{
  gboolean has_row = FALSE;
  g_autoptr (JzStatement) rows = jz_connection_query (reader, error, sql, "t", case_id);

  while (rows != NULL && jz_statement_step (rows, &has_row, error)) {
    if (!has_row)
      return TRUE;
    add (texts, jz_statement_get_text (rows, 0));
  }
  return FALSE;
}

/* Whom and what a case is about, beside what its document says. */
static gboolean
add_case (JzConnection *reader, const char *case_id, GHashTable *texts, GError **error)
{
  g_autoptr (JzStated) stated = jz_stated_load (reader, case_id, G_MAXINT64, error);

  if (stated == NULL)
    return FALSE;
  jz_stated_foreach (stated, add_fact, texts);
  return add_rows (reader, case_id,
                   "SELECT party FROM case_file WHERE id = ?1 UNION SELECT number FROM case_file "
                   "WHERE id = ?1 UNION SELECT title FROM case_file WHERE id = ?1",
                   texts, error) &&
         add_rows (reader, case_id,
                   "SELECT person.name FROM case_duty JOIN person ON person.id = case_duty.person "
                   "WHERE case_id = ?",
                   texts, error);
}

static GHashTable *
new_texts (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

static JzFilling *
fill (const JzDocumentView *view, const JzJson *values, GError **error)
{
  return jz_filling_new_from_json (view->form, values, error);
}

/**
 * jz_document_carry_over:
 * @office: an office
 * @reader: a connection that reads
 * @document: id of the document that is written
 * @from: id of an earlier document, as of jz_document_list_similar()
 * @values: what is typed in the first now
 * @error: return location
 *
 * Looks for wording of the earlier document that can stand in the empty texts of the new one; no
 * sentence with a name, place, number, amount or date of the other case is among it.
 *
 * Returns: (transfer full) (nullable): an object with `texts`, an array of `path` and `text`, and
 *   `left_out`, how many sentences stay behind
 */
JzJson *
jz_document_carry_over (JzOffice *office,
                        JzConnection *reader,
                        const char *document,
                        const char *from,
                        const JzJson *values,
                        GError **error)
{
  g_autoptr (JzDocumentView) view = jz_document_view_load (office, reader, document, error);
  g_autoptr (JzDocumentView) other =
    view != NULL ? jz_document_view_load (office, reader, from, error) : NULL;
  g_autoptr (JzFilling) filling = other != NULL ? fill (view, values, error) : NULL;
  g_autoptr (JzFilling) source = filling != NULL ? fill (other, other->values, error) : NULL;
  g_autoptr (GHashTable) particulars = new_texts ();
  g_autoptr (GHashTable) common = new_texts ();
  guint n_left_out = 0;
  JzJson *json;

  if (source == NULL || !add_case (reader, other->case_id, particulars, error))
    return NULL;
  jz_wording_collect (source, particulars);
  jz_wording_collect (filling, common);
  json = jz_json_new_object ();
  jz_json_set_member (json, "texts",
                      jz_wording_carry (source, filling, particulars, common, &n_left_out));
  jz_json_set_integer (json, "left_out", n_left_out);
  return json;
}
