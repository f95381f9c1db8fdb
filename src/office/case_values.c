/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "office/case_values.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "base/record.h"
#include "office/documents.h"
#include "office/fact_arguments.h"

/* Every value of a case with where it came from: who wrote it down, when, by which act; and what
 * stood there before (ux.md §4, 概况; R-26). */

static const struct {
  const char *prefix;
  const char *label;
} groups[] = {
  { "party", N_ ("Party") },
  { "case", N_ ("The case") },
  { "matter", N_ ("Matter") },
  { "conduct", N_ ("Facts of the violation") },
  { "preservation", N_ ("Registered preservation") },
  { "notice", N_ ("Notice before the penalty") },
  { "defence", N_ ("Statement and defence") },
  { "hearing", N_ ("Hearing") },
  { "discretion", N_ ("Discretion") },
  { "decision", N_ ("Decision") },
  { "payment", N_ ("Performance") },
  { "", N_ ("Other values") },
};

static guint
find_group (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (groups) - 1; i++) {
    gsize length = strlen (groups[i].prefix);
    if (strncmp (name, groups[i].prefix, length) == 0 && name[length] == '.')
      return i;
  }
  return G_N_ELEMENTS (groups) - 1;
}

static char *
dup_record (const JzFactDefinition *list, const JzRecord *record)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < list->fields->len; i++) {
    const JzFactDefinition *field = g_ptr_array_index (list->fields, i);
    const JzValue *value = NULL;
    g_autofree char *words = NULL;
    if (jz_record_get (record, field->name, &value) != JZ_FACT_PRESENT)
      continue;
    words = jz_fact_definition_dup_words (field, value, jz_language_get_current ());
    /* Translators: stands between the parts of one thing. */
    g_string_append_printf (text, "%s%s", text->len > 0 ? _ (", ") : "", words);
  }
  return g_string_free (text, FALSE);
}

/**
 * jz_fact_dup_text:
 * @definition: a fact
 * @value: what was stated of it
 *
 * Returns: (transfer full): the value as people write it; the records of a list one a line
 */
char *
jz_fact_dup_text (const JzFactDefinition *definition, const JzJson *value)
{
  g_autoptr (JzValue) read = jz_fact_read_value (definition, value);
  g_autoptr (GString) lines = NULL;

  if (read == NULL)
    return jz_json_to_canonical (value, NULL);
  if (jz_value_get_kind (read) != JZ_VALUE_LIST)
    return jz_fact_definition_dup_words (definition, read, jz_language_get_current ());
  lines = g_string_new (NULL);
  for (guint i = 0; i < jz_value_get_n_records (read); i++) {
    g_autofree char *line = dup_record (definition, jz_value_get_record (read, i));
    g_string_append_printf (lines, "%s%s", i > 0 ? "\n" : "", line);
  }
  return g_string_free (g_steal_pointer (&lines), FALSE);
}

/* Final documents in whose values it stands: they must be corrected when it is wrong. */
static JzJson *
list_documents (const JzCaseView *view, const char *value)
{
  const GPtrArray *records = jz_stated_get_records (view->stated);
  JzJson *list = jz_json_new_array ();

  for (guint i = 0; i < records->len; i++) {
    const JzStatedRecord *record = g_ptr_array_index (records, i);
    JzDocumentState state = jz_document_record_get_state (record);
    const JzJson *values = jz_stated_record_get (record, "values");
    g_autofree char *text = NULL;
    JzJson *document;
    if (strcmp (record->list, JZ_LIST_DOCUMENT) != 0 || values == NULL ||
        state < JZ_DOCUMENT_FINAL || state > JZ_DOCUMENT_SERVED)
      continue;
    text = jz_json_to_canonical (values, NULL);
    if (strstr (text, value) == NULL)
      continue;
    document = jz_json_new_object ();
    jz_json_set_text (document, "id", record->id);
    jz_json_set_text (document, "title", jz_stated_record_get_text (record, "title"));
    jz_json_append (list, document);
  }
  return list;
}

/* What is long enough not to be found by chance. */
static gboolean
is_telling (const JzFactDefinition *definition, const JzJson *value, const char *text)
{
  JzJsonKind kind =
    definition->type.kind == JZ_VALUE_CHOICE ? JZ_JSON_NULL : jz_json_get_kind (value);

  return (kind == JZ_JSON_TEXT && strlen (text) >= strlen ("\"张某\"")) ||
         (kind == JZ_JSON_INTEGER && strlen (text) >= 4);
}

/* An act that can say it once more: the one that said it, where nobody must confirm it. */
static const char *
find_act_again (const char *stated_by, const char *fact)
{
  gboolean is_proposal = FALSE;
  const JzAct *by = jz_act_find (stated_by, &is_proposal);
  gsize n_acts = 0;
  const JzAct *const *acts = jz_act_get_all (&n_acts);

  if (by != NULL && by->scope == JZ_SCOPE_CASE && (by->flags & JZ_ACT_TWO_SIGNERS) == 0)
    return by->name;
  for (gsize i = 0; i < n_acts; i++)
    for (const JzArgument *argument = acts[i]->arguments; argument->name != NULL; argument++)
      if (strcmp (argument->name, fact) == 0 && acts[i]->scope == JZ_SCOPE_CASE &&
          (acts[i]->flags & JZ_ACT_TWO_SIGNERS) == 0)
        return acts[i]->name;
  return NULL;
}

static void
set_source (JzJson *json, JzStatement *row)
{
  jz_json_set_integer (json, "arrival", jz_statement_get_integer (row, 2));
  jz_json_set_text (json, "act", jz_statement_get_text (row, 3));
  jz_json_set_text (json, "time", jz_statement_get_text (row, 4));
  jz_json_set_text (json, "person", jz_statement_get_text (row, 5));
}

static JzJson *
new_value (const JzCaseView *view,
           const JzFactDefinition *definition,
           const JzJson *value,
           JzStatement *row)
{
  JzJson *json = jz_json_new_object ();
  g_autofree char *text = jz_fact_dup_text (definition, value);
  g_autofree char *canonical = jz_json_to_canonical (value, NULL);
  const char *again = find_act_again (jz_statement_get_text (row, 3), definition->name);

  jz_json_set_text (json, "name", definition->name);
  jz_json_set_text (json, "label", jz_text_get (&definition->meaning, jz_language_get_current ()));
  jz_json_set_text (json, "text", text);
  jz_json_set_member (json, "value", jz_json_ref (value));
  set_source (json, row);
  if (again != NULL)
    jz_json_set_text (json, "again", again);
  jz_json_set_member (json, "earlier", jz_json_new_array ());
  jz_json_set_member (json, "documents",
                      is_telling (definition, value, canonical) ? list_documents (view, canonical)
                                                                : jz_json_new_array ());
  return json;
}

static void
add_earlier (JzJson *current,
             const JzFactDefinition *definition,
             const JzJson *value,
             JzStatement *row)
{
  g_autoptr (JzJson) list = jz_json_copy (jz_json_get_member (current, "earlier"));
  JzJson *json = jz_json_new_object ();
  g_autofree char *text = jz_fact_dup_text (definition, value);

  jz_json_set_text (json, "text", text);
  set_source (json, row);
  jz_json_append (list, json);
  jz_json_set_member (current, "earlier", g_steal_pointer (&list));
}

static gboolean
take_row (const JzCaseView *view,
          JzStatement *row,
          GHashTable *current,
          JzJson *const *lists,
          GError **error)
{
  const char *name = jz_statement_get_text (row, 0);
  const char *text = jz_statement_get_text (row, 1);
  const JzFactDefinition *definition = jz_fact_vocabulary_find (jz_office_get_facts (), name);
  g_autoptr (JzJson) value = jz_json_parse (text, strlen (text), error);
  JzJson *known;

  if (value == NULL)
    return FALSE;
  if (definition == NULL)
    return TRUE;
  known = g_hash_table_lookup (current, definition->name);
  if (known != NULL) {
    add_earlier (known, definition, value, row);
    return TRUE;
  }
  known = new_value (view, definition, value, row);
  g_hash_table_insert (current, definition->name, known);
  jz_json_append (lists[find_group (name)], known);
  return TRUE;
}

static gboolean
fill (const JzCaseView *view, JzJson *const *lists, GError **error)
{
  g_autoptr (GHashTable) current = g_hash_table_new (g_str_hash, g_str_equal);
  gboolean has_row = FALSE;
  g_autoptr (JzStatement) rows = jz_connection_query (
    view->reader, error,
    "SELECT fact.name, value, fact.arrival, act, time, person.name FROM fact JOIN entry ON "
    "entry.arrival = fact.arrival LEFT JOIN person ON person.id = entry.actor WHERE fact.case_id = "
    "? AND list = '' AND fact.name LIKE '%.%' ORDER BY fact.arrival DESC, fact.name",
    "t", view->case_id);

  while (rows != NULL && jz_statement_step (rows, &has_row, error)) {
    if (!has_row)
      return TRUE;
    if (!take_row (view, rows, current, lists, error))
      return FALSE;
  }
  return FALSE;
}

static JzJson *
new_opened (const char *name, const char *label, JzStatement *row, guint column)
{
  JzJson *json = jz_json_new_object ();

  jz_json_set_text (json, "name", name);
  jz_json_set_text (json, "label", label);
  jz_json_set_text (json, "text", jz_statement_get_text (row, column));
  set_source (json, row);
  jz_json_set_member (json, "earlier", jz_json_new_array ());
  jz_json_set_member (json, "documents", jz_json_new_array ());
  return json;
}

/* Whom and what the case was opened about, as long as no act has stated more of them. */
static gboolean
add_opened (const JzCaseView *view, JzJson *const *lists, GError **error)
{
  JzJson *party = lists[find_group ("party.")];
  JzJson *matter = lists[find_group ("matter.")];
  gboolean has_row = FALSE;
  g_autoptr (JzStatement) row = jz_connection_query (
    view->reader, error,
    "SELECT party, matter, entry.arrival, act, time, person.name FROM case_file JOIN entry ON "
    "entry.case_id = case_file.id LEFT JOIN person ON person.id = entry.actor WHERE case_file.id "
    "= ? ORDER BY entry.arrival LIMIT 1",
    "t", view->case_id);

  if (row == NULL || !jz_statement_step (row, &has_row, error))
    return FALSE;
  if (has_row && jz_json_get_n_items (party) == 0)
    jz_json_append (party, new_opened ("party", _ ("Party"), row, 0));
  if (has_row && jz_json_get_n_items (matter) == 0)
    jz_json_append (matter, new_opened ("matter", _ ("Matter"), row, 1));
  return TRUE;
}

static guint
find_position (const char *name)
{
  const JzFactVocabulary *facts = jz_office_get_facts ();

  for (guint i = 0; i < jz_fact_vocabulary_get_n_facts (facts); i++)
    if (strcmp (jz_fact_vocabulary_get_fact (facts, i)->name, name) == 0)
      return i;
  return G_MAXUINT;
}

static int
compare_values (gconstpointer a, gconstpointer b)
{
  guint left = find_position (jz_json_get_member_text (*(JzJson *const *)a, "name"));
  guint right = find_position (jz_json_get_member_text (*(JzJson *const *)b, "name"));

  return (left > right) - (left < right);
}

/* As the vocabulary has them, so that a name comes before an address. */
static JzJson *
sort_values (const JzJson *list)
{
  g_autoptr (GPtrArray) values = g_ptr_array_new ();
  JzJson *sorted = jz_json_new_array ();

  for (guint i = 0; i < jz_json_get_n_items (list); i++)
    g_ptr_array_add (values, (gpointer)jz_json_get_item (list, i));
  g_ptr_array_sort (values, compare_values);
  for (guint i = 0; i < values->len; i++)
    jz_json_append (sorted, jz_json_ref (values->pdata[i]));
  return sorted;
}

/**
 * jz_case_values_list:
 * @view: a case
 * @error: return location
 *
 * Returns: (transfer full) (nullable): an array of groups `label` and `values`, each value with
 *   `name`, `label`, `text`, `value`, where it came from (`arrival`, `act`, `time`, `person`),
 * `again` (the act that can say it once more), `earlier` (what stood there before, newest first,
 * with where that came from) and `documents`, final ones in which it stands
 */
JzJson *
jz_case_values_list (const JzCaseView *view, GError **error)
{
  JzJson *lists[G_N_ELEMENTS (groups)];
  JzJson *json = jz_json_new_array ();
  gboolean is_filled;

  for (guint i = 0; i < G_N_ELEMENTS (groups); i++)
    lists[i] = jz_json_new_array ();
  is_filled = fill (view, lists, error) && add_opened (view, lists, error);
  for (guint i = 0; i < G_N_ELEMENTS (groups); i++) {
    JzJson *group = jz_json_new_object ();
    gboolean is_empty = jz_json_get_n_items (lists[i]) == 0;
    jz_json_set_text (group, "label", _ (groups[i].label));
    jz_json_set_member (group, "values", sort_values (lists[i]));
    jz_json_unref (lists[i]);
    if (is_empty)
      jz_json_unref (group);
    else
      jz_json_append (json, group);
  }
  if (is_filled)
    return json;
  jz_json_unref (json);
  return NULL;
}
