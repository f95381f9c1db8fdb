/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/row_cache.h"

/* The texts of the rows that are looked at. They come by the page, a moment after a row of it was
 * asked for, and the page that was asked for last comes first, because after a jump nobody looks
 * at those before it any more. */

/* Rows that nobody shows are kept for a while, so that scrolling back finds them. */
#define MAX_RECENT (10 * JZ_ROW_PAGE)

struct _JzRowCache {
  guint n_references; /* the list, and the request that is on its way */

  JzRowReader *reader;
  GArray *ids;             /* of the list, which changes it */
  JzRowCacheFailed failed; /* NULL once it is closed */
  gpointer failed_data;

  GHashTable *live; /* id → JzListRow, not owned: those that somebody holds */
  GQueue recent;    /* JzListRow, owned: the newest first */
  GQueue wanted;    /* pages, the one asked for last first */
  GArray *stale;    /* ids of rows that are shown with texts of an older generation */
  guint generation; /* of the texts: they are as old as the ids */
  guint start_source;
  GCancellable *cancellable;
  gboolean is_loading;
};

/* Answers of an older generation are dropped. */
typedef struct {
  JzRowCache *cache;
  GArray *ids;
  guint generation;
} Load;

static void
on_row_gone (gpointer data, GObject *row)
{
  JzRowCache *self = data;
  gint64 id = jz_list_row_get_id ((JzListRow *)row);

  g_hash_table_remove (self->live, &id);
}

static void
let_go_of_rows (JzRowCache *self)
{
  GHashTableIter iter;
  gpointer row;

  g_queue_clear_full (&self->recent, g_object_unref);
  g_hash_table_iter_init (&iter, self->live);
  while (g_hash_table_iter_next (&iter, NULL, &row))
    g_object_weak_unref (row, on_row_gone, self);
  g_hash_table_remove_all (self->live);
}

static void
unref (JzRowCache *self)
{
  if (--self->n_references > 0)
    return;
  let_go_of_rows (self);
  g_queue_clear (&self->wanted);
  jz_row_reader_unref (self->reader);
  g_array_unref (self->ids);
  g_array_unref (self->stale);
  g_hash_table_unref (self->live);
  g_object_unref (self->cancellable);
  g_free (self);
}

static void
load_free (Load *self)
{
  unref (self->cache);
  g_array_unref (self->ids);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Load, load_free)

static JzListRow *
get_row (JzRowCache *self, gint64 id)
{
  JzListRow *row = g_hash_table_lookup (self->live, &id);

  if (row != NULL)
    return g_object_ref (row);
  row = jz_list_row_new (id);
  g_hash_table_insert (self->live, g_memdup2 (&id, sizeof id), row);
  g_object_weak_ref (G_OBJECT (row), on_row_gone, self);
  return row;
}

static void
keep_for_a_while (JzRowCache *self, JzListRow *row /* (transfer full) */)
{
  g_queue_push_head (&self->recent, row);
  if (self->recent.length > MAX_RECENT)
    g_object_unref (g_queue_pop_tail (&self->recent));
}

static gboolean
needs_load (JzRowCache *self, gint64 id)
{
  JzListRow *row = g_hash_table_lookup (self->live, &id);
  return row == NULL || !jz_list_row_is_loaded (row) ||
         jz_list_row_get_generation (row) != self->generation;
}

/* All rows of the page where one that somebody holds still waits; NULL where none does. */
static GArray *
collect_page (JzRowCache *self, guint page)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  gboolean has_waiting = FALSE;

  for (guint i = page * JZ_ROW_PAGE; i < self->ids->len && i < (page + 1) * JZ_ROW_PAGE; i++) {
    gint64 id = g_array_index (self->ids, gint64, i);
    if (!needs_load (self, id))
      continue;
    g_array_append_val (ids, id);
    has_waiting = has_waiting || g_hash_table_contains (self->live, &id);
  }
  return has_waiting ? g_steal_pointer (&ids) : NULL;
}

static GArray *
collect_stale (JzRowCache *self)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  while (self->stale->len > 0 && ids->len < JZ_ROW_PAGE) {
    gint64 id = g_array_index (self->stale, gint64, self->stale->len - 1);
    g_array_set_size (self->stale, self->stale->len - 1);
    if (g_hash_table_contains (self->live, &id) && needs_load (self, id))
      g_array_append_val (ids, id);
  }
  if (ids->len == 0)
    g_clear_pointer (&ids, g_array_unref);
  return ids;
}

static void
take_rows (JzRowCache *self, const Load *load, GPtrArray *cells)
{
  g_return_if_fail (cells->len == load->ids->len);

  for (guint i = 0; i < cells->len; i++) {
    char **row_cells = g_ptr_array_index (cells, i);
    JzListRow *row;
    if (row_cells == NULL)
      continue;
    row = get_row (self, g_array_index (load->ids, gint64, i));
    jz_list_row_take_cells (row, row_cells, load->generation);
    keep_for_a_while (self, row);
  }
}

static void load_next (JzRowCache *self);

static void
on_loaded (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (Load) load = data;
  JzRowCache *self = load->cache;
  GError *error = NULL;
  g_autoptr (GPtrArray) cells = jz_row_reader_load_finish (self->reader, result, &error);
  gboolean is_closed = self->failed == NULL;
  gboolean is_loaded = cells != NULL;

  self->is_loading = FALSE;
  if (!is_loaded && !is_closed)
    self->failed (self->failed_data, error);
  else if (!is_loaded)
    g_error_free (error);
  else if (is_closed || load->generation != self->generation)
    jz_row_reader_free_rows (g_steal_pointer (&cells));
  else
    take_rows (self, load, cells);
  if (is_loaded && !is_closed)
    load_next (self);
}

static void
load_next (JzRowCache *self)
{
  GArray *ids = NULL;
  Load *load;

  if (self->is_loading)
    return;
  while (ids == NULL && !g_queue_is_empty (&self->wanted))
    ids = collect_page (self, GPOINTER_TO_UINT (g_queue_pop_head (&self->wanted)));
  if (ids == NULL)
    ids = collect_stale (self);
  if (ids == NULL)
    return;
  self->is_loading = TRUE;
  self->n_references++;
  load = g_new0 (Load, 1);
  load->cache = self;
  load->ids = ids;
  load->generation = self->generation;
  jz_row_reader_load_async (self->reader, ids, self->cancellable, on_loaded, load);
}

static gboolean
start_in_idle (gpointer data)
{
  JzRowCache *self = data;

  self->start_source = 0;
  load_next (self);
  return G_SOURCE_REMOVE;
}

/* Not at once: a view asks for all its rows one after the other. Between two frames, before GTK
 * draws the next. */
static void
start_soon (JzRowCache *self)
{
  if (self->start_source == 0 && !self->is_loading)
    self->start_source = g_idle_add_full (G_PRIORITY_HIGH_IDLE, start_in_idle, self, NULL);
}

static void
want_page (JzRowCache *self, guint page)
{
  if (g_queue_peek_head (&self->wanted) != GUINT_TO_POINTER (page) ||
      g_queue_is_empty (&self->wanted)) {
    g_queue_remove (&self->wanted, GUINT_TO_POINTER (page));
    g_queue_push_head (&self->wanted, GUINT_TO_POINTER (page));
  }
  start_soon (self);
}

/**
 * jz_row_cache_new:
 * @reader: asked for the rows
 * @ids: (element-type gint64): the ids of the list's rows in their order; the list changes them
 * @failed: told why rows could not be loaded, also when they were given up
 * @data: for @failed
 *
 * Returns: (transfer full): a cache without rows
 */
JzRowCache *
jz_row_cache_new (JzRowReader *reader, GArray *ids, JzRowCacheFailed failed, gpointer data)
{
  JzRowCache *self = g_new0 (JzRowCache, 1);

  self->n_references = 1;
  self->reader = jz_row_reader_ref (reader);
  self->ids = g_array_ref (ids);
  self->failed = failed;
  self->failed_data = data;
  self->live = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->stale = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->cancellable = g_cancellable_new ();
  g_queue_init (&self->recent);
  g_queue_init (&self->wanted);
  return self;
}

/**
 * jz_row_cache_close:
 * @self: (transfer full): a cache
 *
 * Lets go of it. An answer that is on its way is dropped when it comes.
 */
void
jz_row_cache_close (JzRowCache *self)
{
  jz_row_cache_cancel (self);
  self->failed = NULL;
  let_go_of_rows (self);
  unref (self);
}

/**
 * jz_row_cache_cancel:
 * @self: a cache
 *
 * Stops what is on its way; nothing is loaded any more.
 */
void
jz_row_cache_cancel (JzRowCache *self)
{
  g_clear_handle_id (&self->start_source, g_source_remove);
  g_cancellable_cancel (self->cancellable);
}

/**
 * jz_row_cache_get_row:
 * @self: a cache
 * @position: of a row that the list has
 *
 * Returns: (transfer full): the row, the same object as long as somebody holds it; its texts come
 *   a moment later where they are not there
 */
JzListRow *
jz_row_cache_get_row (JzRowCache *self, guint position)
{
  JzListRow *row = get_row (self, g_array_index (self->ids, gint64, position));

  if (!jz_list_row_is_loaded (row))
    want_page (self, position / JZ_ROW_PAGE);
  return row;
}

/**
 * jz_row_cache_begin_generation:
 * @self: a cache
 *
 * The ids are about to be others, and texts as old as those that were are not good any more. Rows
 * that are only kept are let go; those that somebody shows keep their texts until they are loaded
 * again.
 */
void
jz_row_cache_begin_generation (JzRowCache *self)
{
  GHashTableIter iter;
  gpointer key;

  self->generation++;
  g_queue_clear_full (&self->recent, g_object_unref);
  g_queue_clear (&self->wanted);
  g_array_set_size (self->stale, 0);
  g_hash_table_iter_init (&iter, self->live);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    g_array_append_vals (self->stale, key, 1);
  start_soon (self);
}
