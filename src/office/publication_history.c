/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "office/publication_history.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "office/act_words.h"
#include "office/fact_arguments.h"
#include "office/office.h"
#include "office/publications.h"
#include "store/entry.h"

/* What became of one publication, from its collecting to its withdrawal, as the record has it: who,
 * when, why, on which carrier (公示历史, P-05). Nothing of it is ever erased. */

static const char *
get_label (const char *fact, const char *word)
{
  const JzFactDefinition *definition = jz_fact_vocabulary_find (jz_office_get_facts (), fact);
  return jz_fact_definition_get_label (definition, word, jz_language_get_current ());
}

static void
add (GString *detail, const char *text)
{
  if (text[0] != '\0')
    g_string_append_printf (detail, "%s%s", detail->len > 0 ? "；" : "", text);
}

static void
add_release (GString *detail, const JzJson *args)
{
  const char *late = jz_json_read_text (args, JZ_LATE_REASON);
  const JzJson *carriers = jz_json_get_member (args, "carriers");
  g_autofree char *text = NULL;

  for (guint i = 0; carriers != NULL && i < jz_json_get_n_items (carriers); i++)
    add (detail,
         get_label ("publication.carrier", jz_json_get_text (jz_json_get_item (carriers, i))));
  if (late[0] == '\0')
    return;
  /* Translators: why it was released after its last day */
  text = g_strdup_printf (_ ("Released late: %s"), late);
  add (detail, text);
}

/* Of a check, not of a review: its points are met, a copy passes. */
static const char *
get_word_label (const char *name, const char *word)
{
  const JzArgument argument = { .name = name };

  if (strcmp (name, "verdict") == 0 && strcmp (word, "pass") == 0)
    return C_ ("choice", "passed");
  return jz_argument_get_word_label (&argument, word);
}

/* What an entry says beside who did what: grounds and words of acts by their names. */
static char *
dup_detail (const char *act, const JzJson *args)
{
  static const char *const facts[] = { "publication.ground", "publication.withdrawal",
                                       "publication.carrier" };
  static const char *const words[] = { "verdict", "outcome", "by", "channel" };
  static const char *const texts[] = { "happened",   "address", "note",  "what",
                                       "instrument", "finder",  "reason" };
  GString *detail = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (facts); i++)
    if (jz_json_read_text (args, facts[i])[0] != '\0')
      add (detail, get_label (facts[i], jz_json_read_text (args, facts[i])));
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (jz_json_read_text (args, words[i])[0] != '\0')
      add (detail, get_word_label (words[i], jz_json_read_text (args, words[i])));
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    add (detail, jz_json_read_text (args, texts[i]));
  if (strcmp (act, "publication.release") == 0)
    add_release (detail, args);
  return g_string_free (detail, FALSE);
}

/* Of the whole case is only the change of its decision. */
static gboolean
concerns (const char *act, const JzJson *args, const char *document)
{
  return strcmp (act, "decision.change") == 0 ||
         strcmp (jz_json_read_text (args, "document"), document) == 0;
}

static void
describe (JzStatement *rows, const JzPublication *publication, JzJson *list)
{
  const char *act = jz_statement_get_text (rows, 1);
  const char *text = jz_statement_get_text (rows, 4);
  g_autoptr (JzJson) payload = text[0] != '\0' ? jz_json_parse (text, strlen (text), NULL) : NULL;
  const JzJson *args = payload != NULL ? jz_json_get_member (payload, "args") : NULL;
  g_autofree char *sentence = NULL;
  g_autofree char *detail = NULL;
  JzJson *row;

  if (args == NULL || !concerns (act, args, publication->document))
    return;
  sentence = jz_act_dup_sentence (act, jz_statement_get_text (rows, 3), publication->number);
  detail = dup_detail (act, args);
  row = jz_json_new_object ();
  jz_json_set_text (row, "entry", jz_statement_get_text (rows, 0));
  jz_json_set_text (row, "act", act);
  jz_json_set_text (row, "time", jz_statement_get_text (rows, 2));
  jz_json_set_text (row, "name", jz_statement_get_text (rows, 3));
  jz_json_set_text (row, "sentence", sentence);
  jz_json_set_text (row, "detail", detail);
  jz_json_append (list, row);
}

/**
 * jz_publication_history:
 * @reader: a store's database
 * @document: id of a document
 * @error: return location
 *
 * Returns: (transfer full) (nullable): an array of objects, oldest first: `entry`, `act`, `time`,
 *   `name`, `sentence`, and in `detail` what the entry says beside that; empty where nothing of the
 *   document is to be published
 */
JzJson *
jz_publication_history (JzConnection *reader, const char *document, GError **error)
{
  g_autoptr (JzPublication) publication = NULL;
  g_autoptr (JzJson) list = jz_json_new_array ();
  gboolean has_row = FALSE;
  g_autoptr (JzStatement) rows = NULL;

  if (!jz_publication_find (reader, document, &publication, error))
    return NULL;
  if (publication == NULL)
    return g_steal_pointer (&list);
  rows = jz_connection_query (
    reader, error,
    "SELECT store || '-' || seq, act, time, coalesce (person.name, actor), coalesce (payload.text, "
    "'') FROM entry LEFT JOIN person ON person.id = entry.actor LEFT JOIN payload ON payload.entry "
    "= entry.arrival WHERE case_id = ? AND (act LIKE 'publication.%' OR act = 'decision.change') "
    "ORDER BY arrival",
    "t", publication->case_id);
  while (rows != NULL && jz_statement_step (rows, &has_row, error)) {
    if (!has_row)
      return g_steal_pointer (&list);
    describe (rows, publication, list);
  }
  return NULL;
}
