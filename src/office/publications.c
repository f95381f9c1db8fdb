/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "office/publications.h"

#include <string.h>

/* What is to be made public, as the derived tables have it: who asks for one document, for a case,
 * or for all that the public got to see in some time. */

#define COLUMNS                                                                                    \
  "document, case_id, form, number, decided_on, state, step, copy, released, released_on, "        \
  "published_on, changed_on, withdrawn_on, carriers, ground, review_on, coalesce ((SELECT max "    \
  "(late_reason) FROM publication_copy AS c WHERE c.document = publication.document), ''), "       \
  "(SELECT count (*) FROM publication_error AS e WHERE e.document = publication.document AND "     \
  "e.state = 'open')"

#define COPY_COLUMNS                                                                               \
  "id, pdf, size, public, report, findings, fields, redactions, note, proposed_by, proposed_at, "  \
  "verdict, reason, checked_by, checked_at, released_by, released_at, deviations, "                \
  "late_reason"

/**
 * jz_publication_free:
 * @self: (transfer full): a publication
 */
void
jz_publication_free (JzPublication *self)
{
  g_free (self->document);
  g_free (self->case_id);
  g_free (self->form);
  g_free (self->number);
  g_free (self->decided_on);
  g_free (self->state);
  g_free (self->step);
  g_free (self->released_on);
  g_free (self->published_on);
  g_free (self->changed_on);
  g_free (self->withdrawn_on);
  g_free (self->carriers);
  g_free (self->ground);
  g_free (self->review_on);
  g_free (self->late_reason);
  g_free (self);
}

/**
 * jz_publication_copy_free:
 * @self: (transfer full): a copy
 */
void
jz_publication_copy_free (JzPublicationCopy *self)
{
  g_free (self->id);
  g_clear_pointer (&self->findings, jz_json_unref);
  g_clear_pointer (&self->fields, jz_json_unref);
  g_clear_pointer (&self->redactions, jz_json_unref);
  g_free (self->note);
  g_free (self->proposed_by);
  g_free (self->proposed_at);
  g_free (self->verdict);
  g_free (self->reason);
  g_free (self->checked_by);
  g_free (self->checked_at);
  g_free (self->released_by);
  g_free (self->released_at);
  g_free (self->late_reason);
  g_free (self);
}

/**
 * jz_released_free:
 * @self: (transfer full): what is public
 */
void
jz_released_free (JzReleased *self)
{
  g_clear_pointer (&self->publication, jz_publication_free);
  g_clear_pointer (&self->copy, jz_publication_copy_free);
  g_free (self->case_number);
  g_free (self);
}

static char *
dup_column (JzStatement *row, int column)
{
  return g_strdup (jz_statement_get_text (row, column));
}

static JzPublication *
read_publication (JzStatement *row)
{
  JzPublication *self = g_new0 (JzPublication, 1);

  self->document = dup_column (row, 0);
  self->case_id = dup_column (row, 1);
  self->form = dup_column (row, 2);
  self->number = dup_column (row, 3);
  self->decided_on = dup_column (row, 4);
  self->state = dup_column (row, 5);
  self->step = dup_column (row, 6);
  self->copy = jz_statement_get_integer (row, 7);
  self->released = jz_statement_get_integer (row, 8);
  self->released_on = dup_column (row, 9);
  self->published_on = dup_column (row, 10);
  self->changed_on = dup_column (row, 11);
  self->withdrawn_on = dup_column (row, 12);
  self->carriers = dup_column (row, 13);
  self->ground = dup_column (row, 14);
  self->review_on = dup_column (row, 15);
  self->late_reason = dup_column (row, 16);
  self->n_errors = jz_statement_get_integer (row, 17);
  return self;
}

static JzJson *
parse_column (JzStatement *row, int column, GError **error)
{
  const char *text = jz_statement_get_text (row, column);
  return jz_json_parse (text, strlen (text), error);
}

static JzPublicationCopy *
read_copy (JzStatement *row, GError **error)
{
  g_autoptr (JzPublicationCopy) self = g_new0 (JzPublicationCopy, 1);

  self->id = dup_column (row, 0);
  self->pdf.size = (guint64)jz_statement_get_integer (row, 2);
  if (!jz_statement_get_hash (row, 1, &self->pdf.hash) ||
      !jz_statement_get_hash (row, 3, &self->public) ||
      !jz_statement_get_hash (row, 4, &self->report))
    g_assert_not_reached ();
  self->findings = parse_column (row, 5, error);
  self->fields = self->findings != NULL ? parse_column (row, 6, error) : NULL;
  self->redactions = self->fields != NULL ? parse_column (row, 7, error) : NULL;
  if (self->redactions == NULL)
    return NULL;
  self->note = dup_column (row, 8);
  self->proposed_by = dup_column (row, 9);
  self->proposed_at = dup_column (row, 10);
  self->verdict = dup_column (row, 11);
  self->reason = dup_column (row, 12);
  self->checked_by = dup_column (row, 13);
  self->checked_at = dup_column (row, 14);
  self->released_by = dup_column (row, 15);
  self->released_at = dup_column (row, 16);
  self->deviations = jz_statement_get_integer (row, 17);
  self->late_reason = dup_column (row, 18);
  return g_steal_pointer (&self);
}

/**
 * jz_publication_is_out:
 * @self: a publication
 *
 * Returns: whether it left the office and nobody has withdrawn it
 */
gboolean
jz_publication_is_out (const JzPublication *self)
{
  return strcmp (self->state, "released") == 0 || strcmp (self->state, "published") == 0;
}

/**
 * jz_publication_get_limited_act:
 * @self: a publication
 *
 * Returns: (transfer none): the act that has a last day now: what holds no more is withdrawn before
 *   it is corrected
 */
const char *
jz_publication_get_limited_act (const JzPublication *self)
{
  if (self->changed_on[0] != '\0')
    return "publication.withdraw";
  return self->n_errors > 0 ? "publication.correct" : "publication.release";
}

/**
 * jz_publication_get_next_step:
 * @self: a publication
 *
 * Returns: (transfer none) (nullable): what it waits for; %NULL where nothing is to be done
 */
const JzPublicationStep *
jz_publication_get_next_step (const JzPublication *self)
{
  static const struct {
    const char *state;
    const char *step;
    JzPublicationStep next;
  } rows[] = {
    { "due", "none", { "publication.collect", "handler|collector", TRUE } },
    { "due", "returned", { "publication.collect", "handler|collector", TRUE } },
    { "due", "proposed", { "publication.check", "checker", TRUE } },
    { "due", "checked", { "publication.release", "publisher", TRUE } },
    { "released", "returned", { "publication.correct", "handler|collector", TRUE } },
    { "released", "proposed", { "publication.check", "checker", TRUE } },
    { "released", "checked", { "publication.release", "publisher", TRUE } },
    { "released", "released", { "publication.confirm", "publisher", TRUE } },
    { "published", "returned", { "publication.correct", "handler|collector", TRUE } },
    { "published", "proposed", { "publication.check", "checker", TRUE } },
    { "published", "checked", { "publication.release", "publisher", TRUE } },
    { "withdrawing", "released", { "publication.confirm_withdrawal", "publisher", TRUE } },
    { "exempt", NULL, { "publication.reexamine", "checker", FALSE } },
  };
  static const JzPublicationStep withdraw = { "publication.withdraw", "publisher", TRUE };
  /* An error that was reported, and nobody has begun to correct it. */
  static const JzPublicationStep correct = { "publication.correct", "handler|collector|publisher",
                                             TRUE };
  gboolean is_out = jz_publication_is_out (self);

  if (is_out && self->changed_on[0] != '\0')
    return &withdraw;
  if (is_out && self->n_errors > 0 && strcmp (self->step, "released") == 0)
    return &correct;
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    if (strcmp (rows[i].state, self->state) == 0 &&
        (rows[i].step == NULL || strcmp (rows[i].step, self->step) == 0))
      return &rows[i].next;
  return NULL;
}

/**
 * jz_publication_find:
 * @tables: derived tables
 * @document: id of a document
 * @publication: (out) (transfer full) (nullable): what is to be made public of it; %NULL where
 *   nothing is
 * @error: return location
 *
 * Returns: %FALSE only when it could not look
 */
gboolean
jz_publication_find (JzConnection *tables,
                     const char *document,
                     JzPublication **publication,
                     GError **error)
{
  gboolean has_row = FALSE;
  g_autoptr (JzStatement) row = jz_connection_query (
    tables, error, "SELECT " COLUMNS " FROM publication WHERE document = ?", "t", document);

  *publication = NULL;
  if (row == NULL || !jz_statement_step (row, &has_row, error))
    return FALSE;
  if (has_row)
    *publication = read_publication (row);
  return TRUE;
}

/**
 * jz_publications_of_case:
 * @tables: derived tables
 * @case_id: a case
 * @error: return location
 *
 * Returns: (transfer full) (nullable) (element-type JzPublication): what is to be made public of
 *   the case, in the order in which it was decided
 */
GPtrArray *
jz_publications_of_case (JzConnection *tables, const char *case_id, GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify)jz_publication_free);
  gboolean has_row = FALSE;
  g_autoptr (JzStatement) rows = jz_connection_query (
    tables, error, "SELECT " COLUMNS " FROM publication WHERE case_id = ? ORDER BY key", "t",
    case_id);

  while (rows != NULL && jz_statement_step (rows, &has_row, error)) {
    if (!has_row)
      return g_steal_pointer (&list);
    g_ptr_array_add (list, read_publication (rows));
  }
  return NULL;
}

/**
 * jz_publication_find_copy:
 * @tables: derived tables
 * @key: of a copy, such as `copy` and `released` of a publication
 * @copy: (out) (transfer full) (nullable): the copy; %NULL for the key 0
 * @error: return location
 *
 * Returns: %FALSE only when it could not look
 */
gboolean
jz_publication_find_copy (JzConnection *tables,
                          gint64 key,
                          JzPublicationCopy **copy,
                          GError **error)
{
  gboolean has_row = FALSE;
  g_autoptr (JzStatement) row = jz_connection_query (
    tables, error, "SELECT " COPY_COLUMNS " FROM publication_copy WHERE key = ?", "i", key);

  *copy = NULL;
  if (row == NULL || !jz_statement_step (row, &has_row, error))
    return FALSE;
  if (!has_row)
    return TRUE;
  *copy = read_copy (row, error);
  return *copy != NULL;
}

/**
 * jz_publication_find_previous:
 * @tables: derived tables
 * @publication: a publication
 * @copy: (out) (transfer full) (nullable): the copy that was public before the one that is; %NULL
 *   where there was none
 * @error: return location
 *
 * Returns: %FALSE only when it could not look
 */
gboolean
jz_publication_find_previous (JzConnection *tables,
                              const JzPublication *publication,
                              JzPublicationCopy **copy,
                              GError **error)
{
  gint64 key = 0;

  return jz_connection_get_number (tables, &key, error,
                                   "SELECT coalesce (max (key), 0) FROM publication_copy WHERE "
                                   "document = ? AND released_at <> '' AND key < ?",
                                   "ti", publication->document, publication->released) &&
         jz_publication_find_copy (tables, key, copy, error);
}

static gboolean
complete_released (JzConnection *tables, JzReleased *released, GError **error)
{
  return jz_publication_find_copy (tables, released->publication->released, &released->copy,
                                   error) &&
         jz_connection_get_text (tables, &released->case_number, error,
                                 "SELECT number FROM case_file WHERE id = ?", "t",
                                 released->publication->case_id);
}

/**
 * jz_publications_list_released:
 * @tables: derived tables
 * @from: first day, as 2026-01-02
 * @to: last day
 * @error: return location
 *
 * What is withdrawn, and what must be because the decision does not hold any more, is not among it.
 *
 * Returns: (transfer full) (nullable) (element-type JzReleased): what was released on these days,
 *   in the order in which it was
 */
GPtrArray *
jz_publications_list_released (JzConnection *tables,
                               const char *from,
                               const char *to,
                               GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify)jz_released_free);
  gboolean has_row = FALSE;
  g_autoptr (JzStatement) rows = jz_connection_query (
    tables, error,
    "SELECT " COLUMNS " FROM publication WHERE released_on BETWEEN ? AND ? AND state IN "
    "('released', 'published') AND changed_on = '' ORDER BY released_on, key",
    "tt", from, to);

  while (rows != NULL && jz_statement_step (rows, &has_row, error)) {
    JzReleased *released;
    if (!has_row)
      return g_steal_pointer (&list);
    released = g_new0 (JzReleased, 1);
    released->publication = read_publication (rows);
    g_ptr_array_add (list, released);
    if (!complete_released (tables, released, error))
      return NULL;
  }
  return NULL;
}
