/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <sys/stat.h>

#include "media/intake-private.h"

/* Takes files into the store while the person still says what they are: a list
 * that is queued, held, cancelled and tried again here, and copied by the thread of
 * intake_thread.c. What that finds out is shown by one call on the thread that made the intake.
 * Nothing here writes to the journal: that does `attachment.add`, which takes each file by its
 * token. */

/* So often a row changes at most. */
#define SHOW_INTERVAL_MS 40

static void jz_intake_list_model_init (GListModelInterface *interface);

G_DEFINE_FINAL_TYPE_WITH_CODE (JzIntake,
                               jz_intake,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, jz_intake_list_model_init))

enum { CHANGED, N_SIGNALS };

static guint signals[N_SIGNALS];

static GType
get_item_type (GListModel *model)
{
  return JZ_TYPE_INTAKE_ITEM;
}

static guint
get_n_items (GListModel *model)
{
  return JZ_INTAKE (model)->items->len;
}

static gpointer
get_item (GListModel *model, guint position)
{
  JzIntake *self = JZ_INTAKE (model);

  return position < self->items->len ? g_object_ref (g_ptr_array_index (self->items, position))
                                     : NULL;
}

static void
jz_intake_list_model_init (GListModelInterface *interface)
{
  interface->get_item_type = get_item_type;
  interface->get_n_items = get_n_items;
  interface->get_item = get_item;
}

static gboolean
show_news (gpointer data)
{
  JzIntake *self = data;
  g_autoptr (GPtrArray) changed = g_ptr_array_new_with_free_func (g_object_unref);

  g_object_ref (self);
  g_mutex_lock (&self->mutex);
  g_clear_pointer (&self->timeout, g_source_unref);
  for (guint i = 0; i < self->items->len; i++) {
    JzIntakeItem *item = g_ptr_array_index (self->items, i);
    if (!item->is_new)
      continue;
    jz_intake_item_show (item);
    g_ptr_array_add (changed, g_object_ref (item));
  }
  g_mutex_unlock (&self->mutex);
  for (guint i = 0; i < changed->len; i++)
    g_signal_emit_by_name (g_ptr_array_index (changed, i), "changed");
  g_signal_emit (self, signals[CHANGED], 0);
  g_object_unref (self);
  return G_SOURCE_REMOVE;
}

/**
 * jz_intake_tell:
 * @self: an intake; its mutex is held
 * @item: one of its files that has news
 *
 * Has them shown soon.
 */
void
jz_intake_tell (JzIntake *self, JzIntakeItem *item)
{
  item->is_new = TRUE;
  if (self->timeout != NULL || self->is_stopped)
    return;
  self->timeout = g_timeout_source_new (SHOW_INTERVAL_MS);
  g_source_set_callback (self->timeout, show_news, self, NULL);
  g_source_attach (self->timeout, self->context);
}

/**
 * jz_intake_new:
 * @office: an office open for writing; lives longer than the intake
 * @case_id: the case that the files belong to
 *
 * Returns: (transfer full): an empty list
 */
JzIntake *
jz_intake_new (JzOffice *office, const char *case_id)
{
  JzIntake *self;

  g_return_val_if_fail (office != NULL && case_id != NULL, NULL);

  self = g_object_new (JZ_TYPE_INTAKE, NULL);
  self->office = office;
  self->case_id = g_strdup (case_id);
  return self;
}

static JzIntakeItem *
append (JzIntake *self, JzIntakeItem *item)
{
  struct stat status;

  if (item->path != NULL && stat (item->path, &status) == 0 && S_ISREG (status.st_mode))
    item->news.size = (guint64)status.st_size;
  else if (item->has_arrived)
    item->news.size = item->object.size;
  else if (item->bytes != NULL)
    item->news.size = g_bytes_get_size (item->bytes);
  jz_intake_item_show (item);
  g_ptr_array_add (self->items, item);
  g_async_queue_push (self->queue, g_object_ref (item));
  if (self->thread == NULL)
    self->thread = g_thread_new ("intake", jz_intake_work_in_thread, self);
  g_list_model_items_changed (G_LIST_MODEL (self), self->items->len - 1, 0, 1);
  return item;
}

/**
 * jz_intake_add:
 * @self: an intake
 * @path: a file
 *
 * Queues a file; it is looked at when its turn comes.
 *
 * Returns: (transfer none): it
 */
JzIntakeItem *
jz_intake_add (JzIntake *self, const char *path)
{
  g_autofree char *name = NULL;

  g_return_val_if_fail (JZ_IS_INTAKE (self) && path != NULL, NULL);

  name = g_path_get_basename (path);
  return append (self, jz_intake_item_new (path, NULL, name));
}

/**
 * jz_intake_add_bytes:
 * @self: an intake
 * @bytes: content, such as a picture that was pasted
 * @name: its name
 *
 * Returns: (transfer none): it
 */
JzIntakeItem *
jz_intake_add_bytes (JzIntake *self, GBytes *bytes, const char *name)
{
  g_return_val_if_fail (JZ_IS_INTAKE (self) && bytes != NULL && name != NULL, NULL);

  return append (self, jz_intake_item_new (NULL, bytes, name));
}

/**
 * jz_intake_add_arrived:
 * @self: an intake
 * @arrival: a file that was copied for the same case before the program ended
 *
 * Returns: (transfer none): it
 */
JzIntakeItem *
jz_intake_add_arrived (JzIntake *self, const JzArrival *arrival)
{
  JzIntakeItem *item;

  g_return_val_if_fail (JZ_IS_INTAKE (self) && arrival != NULL, NULL);

  item = jz_intake_item_new (NULL, NULL, arrival->name);
  item->object = arrival->object;
  item->has_arrived = TRUE;
  return append (self, item);
}

/**
 * jz_intake_set_paused:
 * @self: an intake
 * @is_paused: whether copying is held
 *
 * A file is held between two pieces of 1 MiB, and goes on from there.
 */
void
jz_intake_set_paused (JzIntake *self, gboolean is_paused)
{
  g_return_if_fail (JZ_IS_INTAKE (self));

  g_mutex_lock (&self->mutex);
  self->is_paused = is_paused;
  g_cond_broadcast (&self->resumed);
  g_mutex_unlock (&self->mutex);
  g_signal_emit (self, signals[CHANGED], 0);
}

/**
 * jz_intake_is_paused:
 * @self: an intake
 *
 * Returns: whether copying is held
 */
gboolean
jz_intake_is_paused (JzIntake *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  return self->is_paused;
}

static gboolean
is_under_way (JzIntakeItem *item)
{
  return item->shown.state == JZ_INTAKE_WAITING || item->shown.state == JZ_INTAKE_COPYING ||
         item->shown.state == JZ_INTAKE_READING;
}

/**
 * jz_intake_is_busy:
 * @self: an intake
 *
 * Returns: whether any file is still under way, as far as it was told
 */
gboolean
jz_intake_is_busy (JzIntake *self)
{
  g_return_val_if_fail (JZ_IS_INTAKE (self), FALSE);

  for (guint i = 0; i < self->items->len; i++)
    if (is_under_way (g_ptr_array_index (self->items, i)))
      return TRUE;
  return FALSE;
}

/**
 * jz_intake_get_progress:
 * @self: an intake
 * @done: (out): bytes that are in the store
 * @total: (out): bytes of all files that are wanted and can be had
 */
void
jz_intake_get_progress (JzIntake *self, guint64 *done, guint64 *total)
{
  *done = 0;
  *total = 0;
  for (guint i = 0; i < self->items->len; i++) {
    const JzIntakeItem *item = g_ptr_array_index (self->items, i);
    if (item->shown.state == JZ_INTAKE_FAILED || item->shown.state == JZ_INTAKE_CANCELLED)
      continue;
    *done += item->shown.done;
    *total += item->shown.size;
  }
}

static void
cancel (JzIntake *self, JzIntakeItem *item, gboolean is_wanted)
{
  g_mutex_lock (&self->mutex);
  item->is_wanted = is_wanted;
  g_cond_broadcast (&self->resumed);
  g_mutex_unlock (&self->mutex);
  g_cancellable_cancel (item->cancellable);
}

/**
 * jz_intake_cancel:
 * @self: an intake
 * @item: (nullable): one of its files; %NULL for all that are not in the store yet
 *
 * Nothing is kept of what was not finished. What is in the store stays until its token is dropped.
 */
void
jz_intake_cancel (JzIntake *self, JzIntakeItem *item)
{
  g_return_if_fail (JZ_IS_INTAKE (self));

  for (guint i = 0; i < self->items->len; i++) {
    JzIntakeItem *other = g_ptr_array_index (self->items, i);
    if ((item == NULL || item == other) && is_under_way (other))
      cancel (self, other, FALSE);
  }
}

/**
 * jz_intake_retry:
 * @self: an intake
 * @item: one of its files that failed or was cancelled
 *
 * Queues it again; it goes on where it can.
 */
void
jz_intake_retry (JzIntake *self, JzIntakeItem *item)
{
  g_return_if_fail (JZ_IS_INTAKE (self) && JZ_IS_INTAKE_ITEM (item));

  if (item->shown.state != JZ_INTAKE_FAILED && item->shown.state != JZ_INTAKE_CANCELLED)
    return;
  g_mutex_lock (&self->mutex);
  g_cancellable_reset (item->cancellable);
  item->is_wanted = TRUE;
  item->news.state = JZ_INTAKE_WAITING;
  item->news.done = 0;
  g_clear_pointer (&item->news.sentence, g_free);
  jz_intake_tell (self, item);
  g_mutex_unlock (&self->mutex);
  g_async_queue_push (self->queue, g_object_ref (item));
}

/**
 * jz_intake_stop:
 * @self: an intake
 *
 * Ends the work, for example because the program ends; waits for the thread, for a moment. What was
 * not finished can be resumed by adding the same file to the same case.
 */
void
jz_intake_stop (JzIntake *self)
{
  g_return_if_fail (JZ_IS_INTAKE (self));

  g_mutex_lock (&self->mutex);
  self->is_stopped = TRUE;
  g_cond_broadcast (&self->resumed);
  g_mutex_unlock (&self->mutex);
  for (guint i = 0; i < self->items->len; i++) {
    JzIntakeItem *item = g_ptr_array_index (self->items, i);
    g_cancellable_cancel (item->cancellable);
  }
  if (self->thread != NULL) {
    g_async_queue_push (self->queue, self);
    g_thread_join (self->thread);
    self->thread = NULL;
  }
  if (self->timeout != NULL)
    g_source_destroy (self->timeout);
  g_clear_pointer (&self->timeout, g_source_unref);
}

/**
 * jz_intake_steal_tokens:
 * @self: an intake that was stopped
 *
 * Returns: (transfer full): the tokens of all files in the store, for jz_office_drop_taken() where
 *   acts are performed
 */
GStrv
jz_intake_steal_tokens (JzIntake *self)
{
  GPtrArray *tokens = g_ptr_array_new ();

  g_return_val_if_fail (JZ_IS_INTAKE (self), NULL);

  g_mutex_lock (&self->mutex);
  for (guint i = 0; i < self->items->len; i++) {
    JzIntakeItem *item = g_ptr_array_index (self->items, i);
    if (item->news.token != NULL)
      g_ptr_array_add (tokens, g_steal_pointer (&item->news.token));
  }
  g_mutex_unlock (&self->mutex);
  g_ptr_array_add (tokens, NULL);
  return (GStrv)g_ptr_array_free (tokens, FALSE);
}

/**
 * jz_intake_list_unfinished:
 * @office: an office
 * @case_id: a case
 * @error: return location
 *
 * Returns: (transfer full) (element-type JzTicket) (nullable): the files of the case whose copying
 *   was interrupted and can go on
 */
GPtrArray *
jz_intake_list_unfinished (JzOffice *office, const char *case_id, GError **error)
{
  g_autoptr (GPtrArray) tickets =
    jz_objects_list_tickets (jz_store_get_objects (jz_office_get_store (office)), error);

  for (guint i = tickets != NULL ? tickets->len : 0; i-- > 0;) {
    const JzTicket *ticket = g_ptr_array_index (tickets, i);
    if (g_strcmp0 (ticket->purpose, case_id) != 0)
      g_ptr_array_remove_index (tickets, i);
  }
  return g_steal_pointer (&tickets);
}

static void
jz_intake_dispose (GObject *object)
{
  jz_intake_stop (JZ_INTAKE (object));
  G_OBJECT_CLASS (jz_intake_parent_class)->dispose (object);
}

static void
jz_intake_finalize (GObject *object)
{
  JzIntake *self = JZ_INTAKE (object);

  g_ptr_array_unref (self->items);
  g_async_queue_unref (self->queue);
  g_hash_table_unref (self->hashes);
  g_main_context_unref (self->context);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->resumed);
  g_free (self->case_id);
  G_OBJECT_CLASS (jz_intake_parent_class)->finalize (object);
}

static void
jz_intake_class_init (JzIntakeClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = jz_intake_dispose;
  G_OBJECT_CLASS (klass)->finalize = jz_intake_finalize;
  /**
   * JzIntake::changed:
   *
   * Some file has come further, or copying is held or goes on.
   */
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
jz_intake_init (JzIntake *self)
{
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
  self->queue = g_async_queue_new ();
  self->hashes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->context = g_main_context_ref_thread_default ();
  g_mutex_init (&self->mutex);
  g_cond_init (&self->resumed);
}
