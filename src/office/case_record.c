/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "office/case_record.h"

#include <string.h>

#include "office/act_words.h"
#include "office/fact_arguments.h"
#include "office/situation.h"
#include "office/stated.h"
#include "store/entry.h"

/* The record of a case as sentences (ux.md §4, 记录): who did what with which thing, when it was
 * written down and when it happened, and whether it came late. */

#define MAX_QUOTED 40

typedef struct {
  JzConnection *reader;
  const JzRulebook *rulebook; /* or NULL */
  JzStated *stated;
} Book;

/**
 * jz_record_dup_short:
 * @text: what somebody wrote
 *
 * Returns: (transfer full): its beginning on one line, to be quoted in a sentence
 */
char *
jz_record_dup_short (const char *text)
{
  g_autofree char *line = g_strdup (text);
  g_autofree char *beginning = NULL;

  g_strdelimit (line, "\n\t", ' ');
  if (g_utf8_strlen (line, -1) <= MAX_QUOTED)
    return g_steal_pointer (&line);
  beginning = g_utf8_substring (line, 0, MAX_QUOTED);
  return g_strconcat (beginning, "…", NULL);
}

static char *
dup_title_of_record (const Book *book, const char *id)
{
  const GPtrArray *records = jz_stated_get_records (book->stated);

  for (guint i = 0; id != NULL && i < records->len; i++) {
    const JzStatedRecord *record = g_ptr_array_index (records, i);
    if (strcmp (record->id, id) == 0 && jz_stated_record_get_text (record, "title")[0] != '\0')
      return g_strdup (jz_stated_record_get_text (record, "title"));
  }
  return NULL;
}

static char *
dup_of_table (const Book *book, const char *sql, const char *id)
{
  char *text = NULL;

  if (id == NULL || !jz_connection_get_text (book->reader, &text, NULL, sql, "t", id))
    return NULL;
  return text;
}

/* An item or a point of a review by its name. */
static char *
dup_judged (const Book *book, const JzJson *args)
{
  const char *item = jz_json_get_member_text (args, "item");
  const char *point = jz_json_get_member_text (args, "point");
  const JzRule *rule = NULL;

  if (book->rulebook == NULL || point == NULL)
    return NULL;
  if (item != NULL)
    rule = jz_rulebook_find (book->rulebook, JZ_RULE_AUDIT_ITEM, item);
  if (rule == NULL)
    rule = jz_rulebook_find (book->rulebook, JZ_RULE_AUDIT_POINT, point);
  return rule != NULL ? g_strdup (jz_text_get (&rule->name, jz_language_get_current ())) : NULL;
}

/* The thing that the act was done with: the document, the evidence, the file, the person; else what
 * was written. */
static char *
dup_thing (const Book *book, const JzJson *args)
{
  static const char *const records[] = { "document", "corrects", "evidence", "record" };
  static const char *const texts[] = { "title", "party.name", "name",    "number",
                                       "point", "text",       "visitor", "receiver" };
  char *thing = NULL;

  for (gsize i = 0; thing == NULL && i < G_N_ELEMENTS (records); i++)
    thing = dup_title_of_record (book, jz_json_get_member_text (args, records[i]));
  if (thing == NULL)
    thing = dup_of_table (book, "SELECT name FROM person WHERE id = ?",
                          jz_json_get_member_text (args, "person"));
  if (thing == NULL)
    thing = dup_of_table (book, "SELECT name FROM attachment WHERE id = ?",
                          jz_json_get_member_text (args, "attachment"));
  if (thing == NULL)
    thing = dup_judged (book, args);
  for (gsize i = 0; thing == NULL && i < G_N_ELEMENTS (texts); i++) {
    const char *text = jz_json_get_member_text (args, texts[i]);
    thing = text != NULL && text[0] != '\0' ? jz_record_dup_short (text) : NULL;
  }
  return thing;
}

/* The day on which it happened, where that is another one than that of the entry. */
static void
set_happened (JzJson *row, const JzAct *act, const JzJson *args, const char *time)
{
  const char *found = NULL;

  for (const JzArgument *argument = act->arguments; argument->name != NULL; argument++) {
    const char *text = jz_json_get_member_text (args, argument->name);
    gboolean is_day = argument->kind == JZ_ARGUMENT_DATE || argument->kind == JZ_ARGUMENT_INSTANT;
    if (is_day && text != NULL && found == NULL &&
        (argument->fact == NULL || !argument->fact->lies_ahead))
      found = text;
  }
  if (found != NULL && strncmp (found, time, JZ_DATE_SIZE - 1) != 0) {
    g_autofree char *day = g_strndup (found, JZ_DATE_SIZE - 1);
    jz_json_set_text (row, "happened", day);
  }
}

static JzJson *
parse_args (const char *text)
{
  g_autoptr (JzJson) payload = text[0] != '\0' ? jz_json_parse (text, strlen (text), NULL) : NULL;
  const JzJson *args = payload != NULL ? jz_json_get_member (payload, "args") : NULL;

  return args != NULL ? jz_json_ref (args) : jz_json_new_object ();
}

static JzJson *
describe (const Book *book, JzStatement *rows)
{
  const char *act_name = jz_statement_get_text (rows, 1);
  const char *time = jz_statement_get_text (rows, 2);
  const char *name = jz_statement_get_text (rows, 4);
  gboolean is_proposal = FALSE;
  const JzAct *act = jz_act_find (act_name, &is_proposal);
  g_autoptr (JzJson) args = parse_args (jz_statement_get_text (rows, 5));
  g_autofree char *thing = dup_thing (book, args);
  g_autofree char *sentence =
    jz_act_dup_sentence (act_name, name[0] != '\0' ? name : jz_statement_get_text (rows, 3), thing);
  const char *late = jz_json_get_member_text (args, JZ_LATE_REASON);
  const char *document = jz_json_get_member_text (args, "document");
  JzJson *row = jz_json_new_object ();

  jz_json_set_text (row, "entry", jz_statement_get_text (rows, 0));
  jz_json_set_text (row, "act", act_name);
  jz_json_set_text (row, "time", time);
  jz_json_set_text (row, "person", jz_statement_get_text (rows, 3));
  jz_json_set_text (row, "name", name);
  jz_json_set_text (row, "sentence", sentence);
  jz_json_set_text (row, "hash", jz_statement_get_text (rows, 6));
  jz_json_set_boolean (row, "gone", jz_statement_get_text (rows, 5)[0] == '\0');
  if (late != NULL && late[0] != '\0')
    jz_json_set_text (row, strcmp (act_name, "publication.release") == 0 ? "overdue" : "late",
                      late);
  if (document != NULL)
    jz_json_set_text (row, "document", document);
  if (act != NULL)
    set_happened (row, act, args, time);
  return row;
}

static gboolean
fill (const Book *book, const char *case_id, JzJson *list, GError **error)
{
  gboolean has_row = FALSE;
  g_autoptr (JzStatement) rows = jz_connection_query (
    book->reader, error,
    "SELECT store || '-' || seq, act, time, actor, person.name, payload.text, lower (hex (hash)) "
    "FROM entry LEFT JOIN person ON person.id = entry.actor LEFT JOIN payload ON payload.entry = "
    "entry.arrival WHERE case_id = ? ORDER BY arrival",
    "t", case_id);

  while (rows != NULL && jz_statement_step (rows, &has_row, error)) {
    if (!has_row)
      return TRUE;
    jz_json_append (list, describe (book, rows));
  }
  return FALSE;
}

/**
 * jz_case_record_list:
 * @reader: a store's database
 * @rulebook: (nullable): of the case, for the names of what was judged
 * @case_id: a case
 * @error: return location
 *
 * Returns: (transfer full) (nullable): an array of objects, oldest first: `entry`, `act`, `time`,
 *   `person` (id), `name`, `sentence`, `hash`, `document` where one is named, `happened` where that
 *   was another day, `late` (why it was entered later), `overdue` (why it was released later than
 *   it had to be), `gone` when it was destroyed
 */
JzJson *
jz_case_record_list (JzConnection *reader,
                     const JzRulebook *rulebook,
                     const char *case_id,
                     GError **error)
{
  g_autoptr (JzStated) stated = jz_stated_load (reader, case_id, G_MAXINT64, error);
  g_autoptr (JzJson) list = jz_json_new_array ();
  const Book book = { reader, rulebook, stated };

  if (stated == NULL || !fill (&book, case_id, list, error))
    return NULL;
  return g_steal_pointer (&list);
}
