/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "office/case_rows-private.h"

#include <stdlib.h>
#include <string.h>

#include "office/error.h"
#include "office/recording_duty.h"

/* Bringing the rows up to date, in steps that can stop anywhere: first every case once, in the
 * order of their keys; then those that entries since have touched, or all that are not archived
 * where rules or the calendar were adopted. How far it has come is kept with the rows, in the same
 * transaction. */

/* Cases that are worked out before they are written. */
#define BATCH 200

#define BUILT "case_rows_built" /* the last key of the first building; "all" once it is through */
#define SEEN "case_rows_seen"   /* the last entry that was looked at */
#define REDO "case_rows_redo"   /* the last key of doing all anew; absent when it need not be */
#define OF "case_rows_of"       /* store and language that the rows are of */

typedef struct {
  JzCaseRows *rows;
  JzConnection *reader;
  JzConnection *scratch;
  JzInstant now;
  char today[JZ_DATE_SIZE];
  gint64 deadline;
  GCancellable *cancellable;
  gboolean has_changed;
} Refresh;

/* What one transaction writes. */
typedef struct {
  GPtrArray *rows; /* JzCaseRow */
  GPtrArray *gone; /* ids of cases that are no more */
  const char *today;
  const char *name; /* of the mark, or NULL */
  char *mark;
} Batch;

static void
batch_clear (Batch *self)
{
  g_ptr_array_unref (self->rows);
  g_ptr_array_unref (self->gone);
  g_free (self->mark);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Batch, batch_clear)

static void
batch_init (Batch *self, const Refresh *refresh)
{
  *self = (Batch){ .rows = g_ptr_array_new_with_free_func ((GDestroyNotify)jz_case_row_free),
                   .gone = g_ptr_array_new_with_free_func (g_free),
                   .today = refresh->today };
}

static gboolean
set_mark (JzConnection *connection, const char *name, const char *value, GError **error)
{
  if (value == NULL)
    return jz_connection_run (connection, error, "DELETE FROM local WHERE name = ?", "t", name);
  return jz_connection_run (connection, error,
                            "INSERT INTO local (name, value) VALUES (?, ?) ON CONFLICT (name) DO "
                            "UPDATE SET value = excluded.value",
                            "tt", name, value);
}

static gboolean
write_batch (JzConnection *connection, gpointer data, GError **error)
{
  const Batch *batch = data;

  for (guint i = 0; i < batch->rows->len; i++)
    if (!jz_case_row_write (connection, g_ptr_array_index (batch->rows, i), batch->today, error))
      return FALSE;
  for (guint i = 0; i < batch->gone->len; i++)
    if (!jz_scratch_forget_row (connection, g_ptr_array_index (batch->gone, i), error))
      return FALSE;
  return batch->name == NULL || set_mark (connection, batch->name, batch->mark, error);
}

static gboolean
flush (Refresh *self, Batch *batch, GError **error)
{
  JzScratch *scratch = jz_store_get_scratch (jz_office_get_store (self->rows->office));

  self->has_changed = self->has_changed || batch->rows->len > 0 || batch->gone->len > 0;
  return jz_scratch_write (scratch, write_batch, batch, error);
}

/* A case that is not there any more is taken out. */
static gboolean
work_out (Refresh *self, Batch *batch, const char *id, GError **error)
{
  JzObjects *objects = jz_store_get_objects (jz_office_get_store (self->rows->office));
  g_autoptr (GError) local = NULL;
  JzCaseRow *row = jz_case_row_load (self->reader, objects, id, self->now, &local);

  if (row != NULL) {
    g_ptr_array_add (batch->rows, row);
    return TRUE;
  }
  if (g_error_matches (local, JZ_OFFICE_ERROR, JZ_OFFICE_ERROR_NOT_FOUND)) {
    g_ptr_array_add (batch->gone, g_strdup (id));
    return TRUE;
  }
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static gboolean
is_time_up (const Refresh *self)
{
  return g_get_monotonic_time () >= self->deadline;
}

static gboolean
get_mark (Refresh *self, const char *name, char **value, GError **error)
{
  return jz_connection_get_text (self->scratch, value, error,
                                 "SELECT value FROM local WHERE name = ?", "t", name);
}

/* Ids of the next cases behind a key; *@last is the key of the last of them. */
static GPtrArray *
list_cases (Refresh *self, const char *sql, gint64 after, gint64 *last, GError **error)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  gboolean has_row = FALSE;
  g_autoptr (JzStatement) rows =
    jz_connection_query (self->reader, error, sql, "ii", after, (gint64)BATCH);

  while (rows != NULL && jz_statement_step (rows, &has_row, error)) {
    if (!has_row)
      return g_steal_pointer (&ids);
    *last = jz_statement_get_integer (rows, 0);
    g_ptr_array_add (ids, g_strdup (jz_statement_get_text (rows, 1)));
  }
  return NULL;
}

/* All cases of a query, a batch at a time. The mark @name is the key of the last one; it becomes
 * @end when all are done. */
static gboolean
walk (Refresh *self,
      const char *sql,
      const char *name,
      const char *end,
      gint64 from,
      GError **error)
{
  gboolean is_end = FALSE;

  while (!is_end && !is_time_up (self)) {
    g_auto (Batch) batch = { NULL };
    g_autoptr (GPtrArray) ids = NULL;
    batch_init (&batch, self);
    if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
      return FALSE;
    ids = list_cases (self, sql, from, &from, error);
    for (guint i = 0; ids != NULL && i < ids->len; i++)
      if (!work_out (self, &batch, g_ptr_array_index (ids, i), error))
        return FALSE;
    if (ids == NULL)
      return FALSE;
    is_end = ids->len < BATCH;
    batch.name = name;
    batch.mark = is_end ? g_strdup (end) : g_strdup_printf ("%lld", (long long)from);
    if (!flush (self, &batch, error))
      return FALSE;
  }
  return TRUE;
}

static gint64
to_number (const char *text)
{
  return text != NULL ? g_ascii_strtoll (text, NULL, 10) : 0;
}

/* Cases that are opened meanwhile have larger keys, or are seen by their entries later. */
static gboolean
build (Refresh *self, gboolean *is_built, GError **error)
{
  g_autofree char *mark = NULL;

  if (!get_mark (self, BUILT, &mark, error))
    return FALSE;
  *is_built = g_strcmp0 (mark, "all") == 0;
  if (*is_built)
    return TRUE;
  if (!walk (self, "SELECT key, id FROM case_file WHERE key > ? ORDER BY key LIMIT ?", BUILT, "all",
             to_number (mark), error))
    return FALSE;
  g_clear_pointer (&mark, g_free);
  if (!get_mark (self, BUILT, &mark, error))
    return FALSE;
  *is_built = g_strcmp0 (mark, "all") == 0;
  return TRUE;
}

static gboolean
redo (Refresh *self, gboolean *is_done, GError **error)
{
  g_autofree char *mark = NULL;

  if (!get_mark (self, REDO, &mark, error))
    return FALSE;
  if (mark != NULL &&
      !walk (self,
             "SELECT key, id FROM case_file WHERE stage <> 'archived' AND key > ? ORDER BY key "
             "LIMIT ?",
             REDO, NULL, to_number (mark), error))
    return FALSE;
  g_clear_pointer (&mark, g_free);
  if (!get_mark (self, REDO, &mark, error))
    return FALSE;
  *is_done = mark == NULL;
  return TRUE;
}

/* What an entry of the bureau changes in rows of cases: among settings only what is to be recorded.
 */
static gboolean
changes_all (const char *act, const char *setting)
{
  static const char *const acts[] = { "rulebook.adopt", "calendar.adopt", "person.change", NULL };

  return g_strv_contains (acts, act) ||
         (strcmp (act, "setting.change") == 0 && strcmp (setting, JZ_RECORDING_SETTING) == 0);
}

static gboolean
take_entry (JzStatement *entry, GHashTable *ids, gboolean *must_redo)
{
  const char *id = jz_statement_get_text (entry, 1);

  if (strcmp (id, "bureau") != 0)
    g_hash_table_add (ids, g_strdup (id));
  else if (changes_all (jz_statement_get_text (entry, 2), jz_statement_get_text (entry, 3)))
    *must_redo = TRUE;
  return TRUE;
}

static gboolean
list_touched (Refresh *self, gint64 *seen, GHashTable *ids, gboolean *must_redo, GError **error)
{
  gboolean has_row = FALSE;
  g_autoptr (JzStatement) entries = jz_connection_query (
    self->reader, error,
    "SELECT arrival, case_id, act, coalesce (CASE act WHEN 'setting.change' THEN (SELECT text ->> "
    "'$.args.name' FROM payload WHERE entry = arrival) END, '') FROM entry WHERE arrival > ? ORDER "
    "BY arrival LIMIT 2000",
    "i", *seen);

  while (entries != NULL && jz_statement_step (entries, &has_row, error)) {
    if (!has_row)
      return TRUE;
    *seen = jz_statement_get_integer (entries, 0);
    take_entry (entries, ids, must_redo);
  }
  return FALSE;
}

static gboolean
mark_redo (JzConnection *connection, gpointer data, GError **error)
{
  return set_mark (connection, REDO, "0", error);
}

static gboolean
catch_up (Refresh *self, gboolean *is_done, GError **error)
{
  JzScratch *scratch = jz_store_get_scratch (jz_office_get_store (self->rows->office));
  g_autofree char *mark = NULL;
  gint64 seen;

  if (!get_mark (self, SEEN, &mark, error))
    return FALSE;
  seen = to_number (mark);
  for (*is_done = FALSE; !*is_done && !is_time_up (self);) {
    g_autoptr (GHashTable) ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
    g_auto (Batch) batch = { NULL };
    GHashTableIter iter;
    gpointer id;
    gboolean must_redo = FALSE;
    gint64 before = seen;
    batch_init (&batch, self);
    if (g_cancellable_set_error_if_cancelled (self->cancellable, error) ||
        !list_touched (self, &seen, ids, &must_redo, error))
      return FALSE;
    *is_done = seen == before;
    g_hash_table_iter_init (&iter, ids);
    while (g_hash_table_iter_next (&iter, &id, NULL))
      if (!work_out (self, &batch, id, error))
        return FALSE;
    batch.name = SEEN;
    batch.mark = g_strdup_printf ("%lld", (long long)seen);
    if ((must_redo && !jz_scratch_write (scratch, mark_redo, NULL, error)) ||
        (!*is_done && !flush (self, &batch, error)))
      return FALSE;
  }
  return TRUE;
}

/* Time of somebody else becomes ours when it ends, so what was due before today and was worked out
 * before that is looked at once more. */
static gboolean
look_at_passed (Refresh *self, gboolean *is_done, GError **error)
{
  g_auto (Batch) batch = { NULL };
  gboolean has_row = FALSE;
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (JzStatement) rows = jz_connection_query (
    self->scratch, error,
    "SELECT DISTINCT case_row.id FROM case_item JOIN case_row ON case_row.key = case_item.key "
    "WHERE case_item.due < ?1 AND waits = 1 AND checked < ?1 LIMIT 1000",
    "t", self->today);

  while (rows != NULL && jz_statement_step (rows, &has_row, error) && has_row)
    g_ptr_array_add (ids, g_strdup (jz_statement_get_text (rows, 0)));
  if (rows == NULL || has_row)
    return FALSE;
  g_clear_pointer (&rows, jz_statement_release);
  batch_init (&batch, self);
  for (guint i = 0; i < ids->len; i++)
    if (!work_out (self, &batch, g_ptr_array_index (ids, i), error))
      return FALSE;
  *is_done = ids->len == 0;
  return ids->len == 0 || flush (self, &batch, error);
}

typedef struct {
  const char *of;
  gint64 head;
} Beginning;

static gboolean
begin_anew (JzConnection *connection, gpointer data, GError **error)
{
  const Beginning *beginning = data;
  char head[32];

  g_snprintf (head, sizeof head, "%lld", (long long)beginning->head);
  return jz_connection_execute (connection,
                                "DELETE FROM case_row; DELETE FROM case_row_person; DELETE FROM "
                                "case_item; DELETE FROM recording_row; DELETE FROM local WHERE "
                                "name GLOB 'case_rows*'",
                                error) &&
         set_mark (connection, OF, beginning->of, error) &&
         set_mark (connection, SEEN, head, error);
}

/* Rows of another store (a restored one), in another language or from a journal that is longer than
 * this one are worth nothing. */
static gboolean
check_origin (Refresh *self, GError **error)
{
  JzScratch *scratch = jz_store_get_scratch (jz_office_get_store (self->rows->office));
  Beginning beginning = { 0 };
  g_autofree char *mark = NULL;
  g_autofree char *seen = NULL;
  g_autofree char *of = g_strdup_printf ("%s %d", jz_office_get_store_id (self->rows->office),
                                         (int)jz_language_get_current ());

  if (!get_mark (self, OF, &mark, error) || !get_mark (self, SEEN, &seen, error) ||
      !jz_connection_get_number (self->reader, &beginning.head, error,
                                 "SELECT coalesce (max (arrival), 0) FROM entry", ""))
    return FALSE;
  if (g_strcmp0 (mark, of) == 0 && to_number (seen) <= beginning.head)
    return TRUE;
  beginning.of = of;
  self->has_changed = TRUE;
  return jz_scratch_write (scratch, begin_anew, &beginning, error);
}

static gboolean
run (Refresh *self, gboolean *is_complete, GError **error)
{
  gboolean is_built = FALSE, is_caught_up = FALSE, is_redone = FALSE, is_looked_at = FALSE;

  *is_complete = FALSE;
  if (!check_origin (self, error) || !build (self, &is_built, error))
    return FALSE;
  if (!is_built)
    return TRUE;
  if (!catch_up (self, &is_caught_up, error) || !redo (self, &is_redone, error) ||
      !look_at_passed (self, &is_looked_at, error))
    return FALSE;
  *is_complete = is_caught_up && is_redone && is_looked_at;
  return TRUE;
}

/**
 * jz_case_rows_refresh:
 * @self: rows
 * @reader: the store's database
 * @max_ms: stop after so long, with what has been done by then kept; at least one step is done
 * @is_complete: (out): whether the rows are up to date now; else it is to be called again
 * @has_changed: (out): whether any row is another than before
 * @cancellable: (nullable): stops it between two steps
 * @error: return location
 *
 * Brings the rows up to date with the store, on a worker thread.
 *
 * Returns: %FALSE only on failure
 */
gboolean
jz_case_rows_refresh (JzCaseRows *self,
                      JzConnection *reader,
                      guint max_ms,
                      gboolean *is_complete,
                      gboolean *has_changed,
                      GCancellable *cancellable,
                      GError **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->refreshing);
  Refresh refresh = { .rows = self,
                      .reader = reader,
                      .now = jz_clock_now (jz_office_get_clock (self->office)),
                      .deadline = g_get_monotonic_time () + (gint64)max_ms * 1000,
                      .cancellable = cancellable };
  gboolean is_done;

  jz_date_format (jz_instant_get_date (refresh.now), refresh.today);
  refresh.scratch = jz_case_rows_lease (self, error);
  if (refresh.scratch == NULL)
    return FALSE;
  is_done = run (&refresh, is_complete, error);
  *has_changed = refresh.has_changed;
  jz_case_rows_give_back (self, refresh.scratch);
  return is_done;
}
