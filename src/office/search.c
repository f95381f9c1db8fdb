/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "office/search.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "office/act.h"
#include "store/error.h"
#include "store/text_index.h"

/* Finding texts of cases (design §7): those in the index, and the few long ones that are objects,
 * which are read when somebody looks. The newest come first: what one looks for was mostly written
 * not long ago, and ranking would have to visit every hit before it could show one. */

static int
compare_matches (gconstpointer a, gconstpointer b)
{
  const JzTextMatch *left = *(const JzTextMatch *const *)a;
  const JzTextMatch *right = *(const JzTextMatch *const *)b;

  return (right->id > left->id) - (right->id < left->id);
}

static char *
read_long_text (JzObjects *objects, const JzHash *hash, GError **error)
{
  g_autoptr (GBytes) bytes = jz_objects_get_bytes (objects, hash, JZ_MAX_TEXT, error);
  gsize length = 0;
  const char *data = bytes != NULL ? g_bytes_get_data (bytes, &length) : NULL;

  return bytes != NULL ? g_strndup (data, length) : NULL;
}

/* An object that cannot be read keeps nobody from what else there is; it is told. */
static JzTextMatch *
match_long_text (JzStatement *row,
                 JzObjects *objects,
                 const JzSearchQuery *query,
                 GPtrArray *unread)
{
  JzIndexedText text = { .id = jz_statement_get_integer (row, 0),
                         .case_id = jz_statement_get_text (row, 1),
                         .owner = jz_statement_get_text (row, 2),
                         .field = jz_statement_get_text (row, 3) };
  g_autoptr (GError) error = NULL;
  g_autofree char *body = NULL;
  JzHash hash;

  if (jz_statement_get_hash (row, 4, &hash))
    body = read_long_text (objects, &hash, &error);
  if (body == NULL) {
    g_ptr_array_add (unread,
                     g_strdup_printf (_ ("A long text of %s could not be searched; verify the "
                                         "store, and fetch it from the newest backup."),
                                      text.owner));
    return NULL;
  }
  text.body = body;
  return jz_text_match_new (&text, query);
}

/* Only those that are newer than the oldest on a full page. */
static gboolean
add_long_texts (JzConnection *reader,
                JzObjects *objects,
                const JzSearchQuery *query,
                gint64 before,
                guint limit,
                GPtrArray *matches,
                GPtrArray *unread,
                GError **error)
{
  const JzTextMatch *oldest = matches->len == limit ? g_ptr_array_index (matches, limit - 1) : NULL;
  gboolean has_row = FALSE;
  guint n_found = 0;
  g_autoptr (JzStatement) rows = jz_connection_query (
    reader, error,
    "SELECT id, case_id, owner, field, object FROM text WHERE object <> x'' AND id < ? AND id > ? "
    "ORDER BY id DESC",
    "ii", before, oldest != NULL ? oldest->id : G_MININT64);

  while (rows != NULL && jz_statement_step (rows, &has_row, error)) {
    JzTextMatch *match;
    if (!has_row || n_found == limit)
      return TRUE;
    match = match_long_text (rows, objects, query, unread);
    if (match != NULL)
      g_ptr_array_add (matches, match);
    n_found += match != NULL;
  }
  return FALSE;
}

/**
 * jz_search_texts:
 * @reader: a store's database
 * @objects: the store's objects
 * @query: what to look for; all of its words must be in one text
 * @before: only texts with smaller ids: %G_MAXINT64, or the last id of the page before
 * @limit: at most so many
 * @unread: (element-type utf8): gets a sentence for each long text that could not be read
 * @error: return location
 *
 * Finds texts of cases, the newest first, also those that are objects. An empty query finds
 * nothing.
 *
 * Returns: (transfer full) (nullable) (element-type JzTextMatch): what was found; %NULL only on
 *   failure: %JZ_STORE_ERROR_DAMAGED where the index cannot be used until it is made anew
 */
GPtrArray *
jz_search_texts (JzConnection *reader,
                 JzObjects *objects,
                 const JzSearchQuery *query,
                 gint64 before,
                 guint limit,
                 GPtrArray *unread,
                 GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (GPtrArray) matches = jz_text_index_search (reader, query, before, limit, &local);

  if (g_error_matches (local, JZ_STORE_ERROR, JZ_STORE_ERROR_DAMAGED) ||
      g_error_matches (local, JZ_STORE_ERROR, JZ_STORE_ERROR_FAILED)) {
    g_set_error_literal (error, JZ_STORE_ERROR, JZ_STORE_ERROR_DAMAGED,
                         _ ("The index of the texts is damaged; verify the store, then make it "
                            "anew with juanzongctl rebuild."));
    return NULL;
  }
  if (matches == NULL) {
    g_propagate_error (error, g_steal_pointer (&local));
    return NULL;
  }
  if (limit == 0 || jz_search_query_is_empty (query))
    return g_steal_pointer (&matches);
  if (!add_long_texts (reader, objects, query, before, limit, matches, unread, error))
    return NULL;
  g_ptr_array_sort (matches, compare_matches);
  if (matches->len > limit)
    g_ptr_array_set_size (matches, (int)limit);
  return g_steal_pointer (&matches);
}

/* In characters, which is how most programs count. */
static JzJson *
marks_to_json (const JzTextMatch *match)
{
  JzJson *marks = jz_json_new_array ();

  for (guint i = 0; i < match->marks->len; i++) {
    const JzSearchSpan *span = &g_array_index (match->marks, JzSearchSpan, i);
    JzJson *mark = jz_json_new_object ();
    jz_json_set_integer (mark, "start", g_utf8_strlen (match->snippet, (gssize)span->start));
    jz_json_set_integer (mark, "end", g_utf8_strlen (match->snippet, (gssize)span->end));
    jz_json_append (marks, mark);
  }
  return marks;
}

static JzJson *
match_to_json (JzConnection *reader, const JzTextMatch *match, GError **error)
{
  g_autoptr (JzJson) json = jz_json_new_object ();
  g_autofree char *kind = g_strndup (match->field, strcspn (match->field, "."));
  gboolean has_row = FALSE;
  g_autoptr (JzStatement) row = jz_connection_query (
    reader, error,
    "SELECT number, title, (SELECT store || '-' || seq FROM entry WHERE arrival = ?) FROM "
    "case_file WHERE id = ?",
    "it", match->id / (JZ_MAX_THINGS + 1), match->case_id);

  if (row == NULL || !jz_statement_step (row, &has_row, error))
    return NULL;
  jz_json_set_text (json, "case", match->case_id);
  jz_json_set_text (json, "number", has_row ? jz_statement_get_text (row, 0) : "");
  jz_json_set_text (json, "title", has_row ? jz_statement_get_text (row, 1) : "");
  jz_json_set_text (json, "entry", has_row ? jz_statement_get_text (row, 2) : "");
  jz_json_set_text (json, "kind", kind);
  jz_json_set_text (json, "field", match->field);
  jz_json_set_text (json, "id", match->owner);
  jz_json_set_text (json, "snippet", match->snippet);
  jz_json_set_member (json, "marks", marks_to_json (match));
  jz_json_set_integer (json, "key", match->id);
  return g_steal_pointer (&json);
}

/**
 * jz_search:
 * @reader: a store's database
 * @objects: the store's objects
 * @query: what to look for
 * @before: only texts with smaller keys: %G_MAXINT64, or the last `key` of the page before
 * @limit: at most so many
 * @unread: (element-type utf8): gets a sentence for each long text that could not be read
 * @error: return location
 *
 * As jz_search_texts(), with the case of each text.
 *
 * Returns: (transfer full) (nullable): an array of objects `case`, `number`, `title`, `kind`,
 *   `field`, `id` (of what has the text), `entry` (with which it came), `snippet`, `marks` (an
 *   array of `start` and `end` in characters of the snippet) and `key`
 */
JzJson *
jz_search (JzConnection *reader,
           JzObjects *objects,
           const JzSearchQuery *query,
           gint64 before,
           guint limit,
           GPtrArray *unread,
           GError **error)
{
  g_autoptr (JzJson) list = jz_json_new_array ();
  g_autoptr (GPtrArray) matches =
    jz_search_texts (reader, objects, query, before, limit, unread, error);

  for (guint i = 0; matches != NULL && i < matches->len; i++) {
    JzJson *json = match_to_json (reader, g_ptr_array_index (matches, i), error);
    if (json == NULL)
      return NULL;
    jz_json_append (list, json);
  }
  return matches != NULL ? g_steal_pointer (&list) : NULL;
}

/**
 * jz_text_kind_word:
 * @kind: of a text that was found: what stands before the dot in its field
 *
 * Returns: (transfer none): its word for people, translated; @kind itself where there is none
 */
const char *
jz_text_kind_word (const char *kind)
{
  static const char *const words[][2] = {
    { "attachment", N_ ("Attachment") },
    { "case", N_ ("Case") },
    { "conduct", N_ ("Conduct") },
    { "decision", N_ ("Decision") },
    { "defence", N_ ("Defence") },
    { "discussion", N_ ("Collective discussion") },
    { "document", N_ ("Document") },
    { "evidence", N_ ("Evidence") },
    { "field", N_ ("Field act") },
    { "hearing", N_ ("Hearing") },
    { "note", N_ ("Note") },
    { "notice", N_ ("Notice") },
    { "party", N_ ("Party") },
    { "preservation", N_ ("Preservation") },
    { "record", N_ ("Record of a field act") },
    { "recording", N_ ("Mark in a recording") },
    { "recusal", N_ ("Recusal") },
    { "review", N_ ("Legal review") },
    { "service", N_ ("Service") },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (strcmp (words[i][0], kind) == 0)
      return _ (words[i][1]);
  return kind;
}
