/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/text_index.h"

/* What tests of search share. */

G_GNUC_UNUSED static JzConnection *
search_open (const char *path, JzConnectionMode mode)
{
  g_autoptr (GError) error = NULL;
  JzConnection *connection = jz_connection_open (path, mode, &error);

  g_assert_no_error (error);
  return connection;
}

G_GNUC_UNUSED static JzConnection *
search_open_empty (void)
{
  g_autoptr (GError) error = NULL;
  JzConnection *connection = search_open (":memory:", JZ_CONNECTION_WORKBENCH);

  g_assert_true (jz_text_index_create (connection, &error));
  g_assert_no_error (error);
  return connection;
}

/* The text of a note of which there is one for each id; it may wait to be taken into the index. */
G_GNUC_UNUSED static void
search_put_waiting (JzConnection *connection, gint64 id, const char *case_id, const char *body)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *owner = g_strdup_printf ("%" G_GINT64_FORMAT, id);
  JzIndexedText text = { id, case_id, owner, "note.text", body, NULL };

  g_assert_true (jz_text_index_put (connection, &text, &error));
  g_assert_no_error (error);
}

/* As search_put_waiting(), but it does not wait. */
G_GNUC_UNUSED static void
search_put (JzConnection *connection, gint64 id, const char *case_id, const char *body)
{
  search_put_waiting (connection, id, case_id, body);
  g_assert_true (jz_text_index_catch_up (connection, NULL));
}

G_GNUC_UNUSED static gboolean
search_remove (JzConnection *connection, gint64 id)
{
  g_autofree char *owner = g_strdup_printf ("%" G_GINT64_FORMAT, id);
  return jz_text_index_remove (connection, owner, "note.text", NULL);
}

G_GNUC_UNUSED static JzSearchQuery *
search_query (const char *typed)
{
  g_autoptr (GError) error = NULL;
  JzSearchQuery *query = jz_search_query_new (typed, &error);

  g_assert_no_error (error);
  return query;
}

/* The ids of all texts that are found, oldest first: "1 5 7". */
G_GNUC_UNUSED static char *
search_ids (JzConnection *connection, const char *typed)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JzSearchQuery) query = search_query (typed);
  g_autoptr (JzStatement) row = jz_connection_query (
    connection, &error, "SELECT rowid FROM text_fts WHERE text_fts MATCH ? ORDER BY rowid", "t",
    jz_search_query_get_expression (query));
  GString *ids = g_string_new (NULL);
  gboolean has_row = FALSE;

  g_assert_no_error (error);
  while (jz_statement_step (row, &has_row, &error) && has_row)
    g_string_append_printf (ids, "%s%" G_GINT64_FORMAT, ids->len > 0 ? " " : "",
                            jz_statement_get_integer (row, 0));
  g_assert_no_error (error);
  return g_string_free (ids, FALSE);
}
