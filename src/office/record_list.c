/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "office/record_list.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "office/act_words.h"
#include "office/case_record.h"
#include "office/fact_arguments.h"
#include "office/role.h"
#include "office/rulebooks.h"

/* The record of the whole store (ux.md 4, 记录; R-30): every entry as a sentence, the newest first.
 * A list asks for the numbers of its entries once and for their words only where they are seen, so
 * that a million entries open as fast as a thousand. */

/* So many rows are read between two looks at whether somebody has given up. */
#define N_BETWEEN_LOOKS 4096

/* Kinds of entries by how their acts begin; what is in none is in the last. */
static const struct {
  const char *kind;
  const char *word;
  const char *subjects; /* with | between */
} kinds[] = {
  { "documents", N_ ("Documents"), "document|dossier|number|service" },
  { "evidence", N_ ("Evidence and recordings"),
    "evidence|recording|attachment|preservation|field|record|testing|sampling" },
  { "review", N_ ("Legal review"), "review" },
  { "decision", N_ ("Notice, hearing and decision"),
    "notice|defence|hearing|decision|collective|basis|discretion|gate|limit" },
  { "people", N_ ("People and certificates"),
    "person|role|certificate|credential|password|session|ca_password|recusal" },
  { "bureau", N_ ("Bureau and store"),
    "store|setting|rulebook|forms|calendar|clock|backup|checkpoint|bureau" },
};

/**
 * jz_record_get_n_kinds:
 *
 * Returns: how many kinds of entries can be asked for
 */
guint
jz_record_get_n_kinds (void)
{
  return G_N_ELEMENTS (kinds);
}

/**
 * jz_record_get_kind:
 * @i: which, from 0
 *
 * Returns: the name of the kind, for the filter
 */
const char *
jz_record_get_kind (guint i)
{
  return kinds[i].kind;
}

/**
 * jz_record_kind_word:
 * @kind: name of a kind
 *
 * Returns: what it is called in the user's language
 */
const char *
jz_record_kind_word (const char *kind)
{
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (strcmp (kinds[i].kind, kind) == 0)
      return _ (kinds[i].word);
  return "";
}

/* What an act is about stands before its first dot: a condition on that, of a kind of ours. */
static char *
make_condition (const char *kind)
{
  GString *condition = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++) {
    g_auto (GStrv) subjects = g_strsplit (kinds[i].subjects, "|", -1);
    if (strcmp (kinds[i].kind, kind) != 0)
      continue;
    for (gsize j = 0; subjects[j] != NULL; j++)
      g_string_append_printf (condition, "%sact GLOB '%s.*'", j > 0 ? " OR " : "", subjects[j]);
  }
  return g_string_free (condition, FALSE);
}

static char *
make_query (const JzJson *filter, guint limit)
{
  g_autofree char *condition = make_condition (jz_json_read_text (filter, "kind"));
  const char *by_case = jz_json_read_text (filter, "case")[0] != '\0' ? "case_id = ?2" : "?2 = ''";

  return g_strdup_printf (
    "SELECT arrival FROM entry WHERE %s AND (?1 = '' OR actor = ?1) AND (?3 = '' OR time >= ?3) "
    "AND (?4 = '' OR time < ?4) %s%s%s ORDER BY arrival DESC LIMIT %d",
    by_case, condition[0] != '\0' ? "AND (" : "", condition, condition[0] != '\0' ? ")" : "",
    limit > 0 ? (int)limit : -1);
}

/* The day behind the last one that is wanted. */
static char *
dup_end (const char *last)
{
  JzDate date;
  char text[JZ_DATE_SIZE];

  if (!jz_date_parse (last, &date, NULL))
    return g_strdup ("");
  jz_date_format (jz_date_add_days (date, 1), text);
  return g_strdup (text);
}

/* A case is named by its number or its id. */
static gboolean
find_case (JzConnection *reader, const char *name, char **id, GError **error)
{
  *id = NULL;
  if (name[0] == '\0' || strcmp (name, "bureau") == 0) {
    *id = g_strdup (name);
    return TRUE;
  }
  if (!jz_connection_get_text (reader, id, error,
                               "SELECT id FROM case_file WHERE number = ?1 OR id = ?1", "t", name))
    return FALSE;
  if (*id == NULL)
    *id = g_strdup (name);
  return TRUE;
}

/**
 * jz_record_query:
 * @reader: a store's database
 * @filter: (nullable): `person` (id), `from` and `to` (days of recording), `case` (id, number or
 *   `bureau`), `kind`; each may be left out
 * @limit: at most so many, 0 for all
 * @cancellable: (nullable): to give up
 * @error: return location
 *
 * Returns: (transfer full) (nullable) (element-type gint64): arrival numbers, the newest first
 */
GArray *
jz_record_query (JzConnection *reader,
                 const JzJson *filter,
                 guint limit,
                 GCancellable *cancellable,
                 GError **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autofree char *sql = make_query (filter, limit);
  g_autofree char *end = dup_end (jz_json_read_text (filter, "to"));
  g_autofree char *case_id = NULL;
  g_autoptr (JzStatement) rows = NULL;
  gboolean has_row = FALSE;

  if (!find_case (reader, jz_json_read_text (filter, "case"), &case_id, error))
    return NULL;
  rows = jz_connection_query (reader, error, sql, "tttt", jz_json_read_text (filter, "person"),
                              case_id, jz_json_read_text (filter, "from"), end);
  while (rows != NULL && jz_statement_step (rows, &has_row, error)) {
    gint64 id = has_row ? jz_statement_get_integer (rows, 0) : 0;
    if (!has_row)
      return g_steal_pointer (&ids);
    g_array_append_val (ids, id);
    if (ids->len % N_BETWEEN_LOOKS == 0 &&
        g_cancellable_set_error_if_cancelled (cancellable, error))
      return NULL;
  }
  return NULL;
}

static char *
dup_title_of (JzConnection *reader, const char *case_id, const char *id)
{
  g_autofree char *text = NULL;
  g_autoptr (JzJson) title = NULL;

  if (!jz_connection_get_text (reader, &text, NULL,
                               "SELECT value FROM fact WHERE case_id = ?1 AND list IN "
                               "('@document', 'evidence.items') AND record = ?2 AND name = 'title' "
                               "ORDER BY arrival DESC LIMIT 1",
                               "tt", case_id, id) ||
      text == NULL)
    return NULL;
  title = jz_json_parse (text, strlen (text), NULL);
  return title != NULL && jz_json_get_kind (title) == JZ_JSON_TEXT
           ? g_strdup (jz_json_get_text (title))
           : NULL;
}

/* A point of a review, or an item under it, by its name: ids say nothing to people. */
static char *
dup_point (JzConnection *reader, JzObjects *objects, const char *case_id, const JzJson *args)
{
  const char *item = jz_json_read_text (args, "item");
  const JzDate today = { 0 };
  JzMaybeHash hash = { 0 };
  const JzRulebook *rulebook;
  const JzRule *rule;

  if (jz_json_read_text (args, "point")[0] == '\0' ||
      !jz_tables_find_rulebook (reader, case_id, today, &hash, NULL) || !hash.is_present)
    return NULL;
  rulebook = jz_rulebooks_get (objects, &hash.hash, NULL);
  if (rulebook == NULL)
    return NULL;
  rule = item[0] != '\0'
           ? jz_rulebook_find (rulebook, JZ_RULE_AUDIT_ITEM, item)
           : jz_rulebook_find (rulebook, JZ_RULE_AUDIT_POINT, jz_json_read_text (args, "point"));
  return rule != NULL
           ? g_strdup_printf ("“%s”", jz_text_get (&rule->name, jz_language_get_current ()))
           : NULL;
}

/* With what it was done: a document, evidence, a person, or what was written. */
static char *
dup_thing (JzConnection *reader, JzObjects *objects, const char *case_id, const JzJson *args)
{
  static const char *const things[] = { "document", "evidence", "record" };
  static const char *const texts[] = { "title", "name",    "number",  "point",
                                       "text",  "visitor", "receiver" };
  char *thing = dup_point (reader, objects, case_id, args);

  for (gsize i = 0; thing == NULL && i < G_N_ELEMENTS (things); i++)
    if (jz_json_read_text (args, things[i])[0] != '\0')
      thing = dup_title_of (reader, case_id, jz_json_read_text (args, things[i]));
  if (thing == NULL && jz_json_read_text (args, "person")[0] != '\0' &&
      !jz_connection_get_text (reader, &thing, NULL, "SELECT name FROM person WHERE id = ?", "t",
                               jz_json_read_text (args, "person")))
    return NULL;
  for (gsize i = 0; thing == NULL && i < G_N_ELEMENTS (texts); i++)
    if (jz_json_read_text (args, texts[i])[0] != '\0')
      thing = jz_record_dup_short (jz_json_read_text (args, texts[i]));
  return thing;
}

static JzJson *
parse_args (const char *text)
{
  g_autoptr (JzJson) payload =
    text != NULL && text[0] != '\0' ? jz_json_parse (text, strlen (text), NULL) : NULL;
  const JzJson *args = payload != NULL ? jz_json_get_member (payload, "args") : NULL;

  return args != NULL ? jz_json_ref (args) : jz_json_new_object ();
}

#define ENTRY                                                                                      \
  "SELECT time, act, actor, person.name, entry.case_id, case_file.number, case_file.title, store " \
  "|| '-' || seq, lower (hex (entry.hash)), role, program, length (sig) > 0, payload.text FROM "   \
  "entry LEFT JOIN person ON person.id = entry.actor LEFT JOIN case_file ON case_file.id = "       \
  "entry.case_id LEFT JOIN payload ON payload.entry = entry.arrival WHERE arrival = ?"

static const char *
get_column (JzStatement *row, int column)
{
  const char *text = jz_statement_get_text (row, column);
  return text != NULL ? text : "";
}

static char **
make_cells (JzConnection *reader, JzObjects *objects, JzStatement *row)
{
  char **cells = g_new0 (char *, JZ_RECORD_N_CELLS + 1);
  const char *name = get_column (row, 3);
  const char *who = name[0] != '\0' ? name : get_column (row, 2);
  const char *case_id = get_column (row, 4);
  g_autoptr (JzJson) args = parse_args (jz_statement_get_text (row, 12));
  g_autofree char *thing = dup_thing (reader, objects, case_id, args);

  cells[JZ_RECORD_TIME] = g_strdup (get_column (row, 0));
  cells[JZ_RECORD_SENTENCE] = jz_act_dup_sentence (get_column (row, 1), who, thing);
  cells[JZ_RECORD_CASE] =
    g_strstrip (g_strconcat (get_column (row, 5), " ", get_column (row, 6), NULL));
  cells[JZ_RECORD_LATE] = g_strdup (jz_json_read_text (args, JZ_LATE_REASON));
  cells[JZ_RECORD_PERSON] = g_strdup (who);
  cells[JZ_RECORD_CASE_ID] = g_strdup (case_id);
  cells[JZ_RECORD_ACT] = g_strdup (get_column (row, 1));
  cells[JZ_RECORD_ENTRY] = g_strdup (get_column (row, 7));
  cells[JZ_RECORD_HASH] = g_strdup (get_column (row, 8));
  cells[JZ_RECORD_ROLE] =
    g_strdup (jz_role_find (get_column (row, 9)) != NULL ? jz_role_word (get_column (row, 9))
                                                         : get_column (row, 9));
  cells[JZ_RECORD_PROGRAM] = g_strdup (get_column (row, 10));
  cells[JZ_RECORD_SIGNED] = g_strdup (jz_statement_get_integer (row, 11) != 0 ? "yes" : "");
  return cells;
}

/**
 * jz_record_load:
 * @reader: a store's database
 * @objects: the store's
 * @ids: (array length=n_ids): arrival numbers
 * @n_ids: how many
 * @error: return location
 *
 * Returns: (transfer full) (nullable): for each its cells as a #GStrv in the order of
 *   #JzRecordCell, %NULL for one that is not there; the array frees none of them
 */
GPtrArray *
jz_record_load (JzConnection *reader,
                JzObjects *objects,
                const gint64 *ids,
                gsize n_ids,
                GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify)g_strfreev);

  for (gsize i = 0; i < n_ids; i++) {
    gboolean has_row = FALSE;
    g_autoptr (JzStatement) row = jz_connection_query (reader, error, ENTRY, "i", ids[i]);
    if (row == NULL || !jz_statement_step (row, &has_row, error))
      return NULL;
    g_ptr_array_add (rows, has_row ? make_cells (reader, objects, row) : NULL);
  }
  g_ptr_array_set_free_func (rows, NULL);
  return g_steal_pointer (&rows);
}

/**
 * jz_record_list_persons:
 * @reader: a store's database
 * @error: return location
 *
 * Returns: (transfer full) (nullable): an array of objects `id`, `name` of all who may have written
 */
JzJson *
jz_record_list_persons (JzConnection *reader, GError **error)
{
  g_autoptr (JzJson) list = jz_json_new_array ();
  gboolean has_row = FALSE;
  g_autoptr (JzStatement) rows =
    jz_connection_query (reader, error, "SELECT id, name FROM person ORDER BY key", "");

  while (rows != NULL && jz_statement_step (rows, &has_row, error)) {
    JzJson *person;
    if (!has_row)
      return g_steal_pointer (&list);
    person = jz_json_new_object ();
    jz_json_set_text (person, "id", jz_statement_get_text (rows, 0));
    jz_json_set_text (person, "name", jz_statement_get_text (rows, 1));
    jz_json_append (list, person);
  }
  return NULL;
}
