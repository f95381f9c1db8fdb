/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>

#include "cli/cli.h"
#include "office/search.h"

#define DEFAULT_LIMIT 50
#define MAX_LIMIT 1000

/* The hits between brackets that stand out among Chinese and Latin text alike. */
static char *
mark_hits (const JzJson *row)
{
  const char *snippet = jz_json_get_member_text (row, "snippet");
  const JzJson *marks = jz_json_get_member (row, "marks");
  GString *out = g_string_new (NULL);
  gint64 position = 0;

  for (guint i = 0; i < jz_json_get_n_items (marks); i++) {
    const JzJson *mark = jz_json_get_item (marks, i);
    gint64 start = jz_json_get_member_integer (mark, "start", 0);
    gint64 end = jz_json_get_member_integer (mark, "end", 0);
    g_autofree char *between = g_utf8_substring (snippet, position, start);
    g_autofree char *hit = g_utf8_substring (snippet, start, end);
    g_string_append_printf (out, "%s【%s】", between, hit);
    position = end;
  }
  g_string_append (out, g_utf8_offset_to_pointer (snippet, position));
  return g_string_free (out, FALSE);
}

static void
print_found (const JzJson *found, const char *typed)
{
  for (guint i = 0; i < jz_json_get_n_items (found); i++) {
    const JzJson *row = jz_json_get_item (found, i);
    g_autofree char *snippet = mark_hits (row);
    g_print ("%s  %s  %s  %s  %s\n", jz_json_get_member_text (row, "number"),
             jz_json_get_member_text (row, "title"),
             jz_text_kind_word (jz_json_get_member_text (row, "kind")),
             jz_json_get_member_text (row, "id"), snippet);
  }
  if (jz_json_get_n_items (found) == 0) {
    g_autofree char *shown = g_utf8_make_valid (typed, -1);
    g_print (_ ("No text in this store holds all of “%s”.\n"), shown);
  }
}

/* Printed in pieces: a list may be larger than a payload. */
static void
print_json (const JzJson *found)
{
  g_print ("[");
  for (guint i = 0; i < jz_json_get_n_items (found); i++) {
    g_autofree char *text = jz_json_to_canonical (jz_json_get_item (found, i), NULL);
    g_print ("%s%s", i > 0 ? ",\n" : "", text);
  }
  g_print ("]\n");
}

static int
search (JzStore *store,
        const JzSearchQuery *query,
        const char *typed,
        guint limit,
        gboolean as_json)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) unread = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (JzJson) found = NULL;
  JzConnection *reader = jz_store_lease_reader (store, &error);

  if (reader == NULL)
    return jz_cli_fail (error);
  found =
    jz_search (reader, jz_store_get_objects (store), query, G_MAXINT64, limit, unread, &error);
  jz_store_return_reader (store, reader);
  if (found == NULL)
    return jz_cli_fail (error);
  if (as_json)
    print_json (found);
  else
    print_found (found, typed);
  jz_cli_print_warnings (unread);
  return unread->len == 0 ? JZ_EXIT_DONE : JZ_EXIT_FAILED;
}

/**
 * jz_cli_search:
 * @argc: number of words
 * @argv: the words
 *
 * `search STORE TEXT`: finds texts of cases.
 *
 * Returns: exit status
 */
int
jz_cli_search (int argc, char **argv)
{
  gboolean as_json = FALSE;
  int limit = DEFAULT_LIMIT;
  int status = 0;
  g_autoptr (GError) error = NULL;
  g_autoptr (JzSearchQuery) query = NULL;
  g_autoptr (JzStore) store = NULL;
  const GOptionEntry entries[] = {
    { "limit", 0, 0, G_OPTION_ARG_INT, &limit,
      N_ ("Show at most N texts, the newest; 50 if absent"), N_ ("N") },
    { "json", 0, 0, G_OPTION_ARG_NONE, &as_json, N_ ("Print JSON"), NULL },
    { NULL },
  };

  if (!jz_cli_parse (&argc, &argv, entries, 2, 2, &status))
    return status;
  if (limit < 1 || limit > MAX_LIMIT)
    return jz_cli_misuse (_ ("Give a limit from 1 to 1000."));
  query = jz_search_query_new (argv[2], &error);
  if (query == NULL)
    return jz_cli_misuse (error->message);
  if (jz_search_query_is_empty (query))
    return jz_cli_misuse (_ ("Write what to look for: at least one letter, digit or character."));
  store = jz_store_open (argv[1], JZ_STORE_READ, NULL, NULL, &error);
  return store != NULL ? search (store, query, argv[2], (guint)limit, as_json)
                       : jz_cli_fail (error);
}
