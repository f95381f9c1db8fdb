/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <unistd.h>

#include "media/intake-private.h"
#include "office/attachments.h"
#include "office/taken.h"

/* What the thread of an intake does. It takes one file after the other: a card or a
 * disk is fastest that way, and hashing keeps up with it. A file is copied into the store, compared
 * with what the case has, and asked what it says of itself. What is found out is handed over under
 * the mutex. */

static void
set_state (JzIntake *self, JzIntakeItem *item, JzIntakeState state)
{
  g_mutex_lock (&self->mutex);
  item->news.state = state;
  jz_intake_tell (self, item);
  g_mutex_unlock (&self->mutex);
}

typedef struct {
  JzIntake *intake;
  JzIntakeItem *item;
} Work;

static void
on_progress (guint64 done, guint64 total, gpointer data)
{
  const Work *work = data;
  JzIntake *self = work->intake;

  g_mutex_lock (&self->mutex);
  work->item->news.done = done;
  work->item->news.size = total;
  jz_intake_tell (self, work->item);
  while (self->is_paused && !self->is_stopped && work->item->is_wanted)
    g_cond_wait (&self->resumed, &self->mutex);
  g_mutex_unlock (&self->mutex);
}

static gboolean
find_arrived (JzObjects *objects, const JzIntakeItem *item, JzObject *object, GError **error)
{
  int handle = jz_objects_open_fd (objects, &item->object.hash, error);

  if (handle >= 0)
    close (handle);
  *object = item->object;
  return handle >= 0;
}

/* The note comes first, so that nothing is in the store of which nobody knows. */
static gboolean
put_bytes (JzObjects *objects,
           GBytes *bytes,
           const char *name,
           const char *case_id,
           char **note,
           JzObject *object,
           GError **error)
{
  JzObject pasted = { .size = g_bytes_get_size (bytes) };

  jz_hash_of (g_bytes_get_data (bytes, NULL), pasted.size, &pasted.hash);
  *note = jz_objects_note_arrival (objects, &pasted, name, case_id, NULL);
  if (jz_objects_put_bytes (objects, bytes, object, error))
    return TRUE;
  if (*note != NULL)
    (void)jz_objects_drop_arrival (objects, *note, NULL);
  return FALSE;
}

static gboolean
put (JzIntake *self, JzIntakeItem *item, JzObject *object, char **note, GError **error)
{
  JzObjects *objects = jz_store_get_objects (jz_office_get_store (self->office));
  Work work = { self, item };

  if (item->has_arrived) {
    *note = jz_objects_note_arrival (objects, &item->object, item->own_name, self->case_id, NULL);
    return find_arrived (objects, item, object, error);
  }
  if (item->bytes != NULL)
    return put_bytes (objects, item->bytes, item->own_name, self->case_id, note, object, error);
  return jz_objects_take_arrival (objects, item->path, self->case_id, on_progress, &work,
                                  item->cancellable, object, note, error);
}

/* The name of what has the same content: in the case, else in this list. */
static char *
find_same (JzIntake *self, JzIntakeItem *item, const JzHash *hash)
{
  JzStore *store = jz_office_get_store (self->office);
  JzConnection *reader = jz_store_lease_reader (store, NULL);
  char hex[JZ_HASH_HEX_SIZE];
  char *same = NULL;

  /* Only a hint for the person: without it the file comes in twice. */
  if (reader != NULL &&
      !jz_connection_get_text (
        reader, &same, NULL,
        "SELECT name FROM attachment WHERE case_id = ? AND object = ? ORDER BY key", "th",
        self->case_id, hash))
    same = NULL;
  if (reader != NULL)
    jz_store_return_reader (store, reader);
  jz_hash_to_hex (hash, hex);
  g_mutex_lock (&self->mutex);
  if (same == NULL)
    same = g_strdup (g_hash_table_lookup (self->hashes, hex));
  if (!g_hash_table_contains (self->hashes, hex))
    g_hash_table_insert (self->hashes, g_strdup (hex), g_strdup (item->name));
  g_mutex_unlock (&self->mutex);
  return same;
}

static JzJson *
probe (JzIntake *self, JzIntakeItem *item, const JzObject *object)
{
  JzObjects *objects = jz_store_get_objects (jz_office_get_store (self->office));
  int handle = jz_objects_open_fd (objects, &object->hash, NULL);
  JzJson *found = NULL;

  if (handle < 0)
    return NULL;
  found = jz_office_probe (handle, item->own_name, item->cancellable);
  close (handle);
  return found;
}

static void
finish (JzIntake *self, JzIntakeItem *item, const JzObject *object, const char *note)
{
  g_autofree char *same = find_same (self, item, &object->hash);
  g_autoptr (JzJson) found = NULL;
  g_autofree char *token = NULL;

  set_state (self, item, JZ_INTAKE_READING);
  found = probe (self, item, object);
  token = jz_office_add_taken (self->office, object, item->own_name, found, note);
  g_mutex_lock (&self->mutex);
  item->news.size = object->size;
  item->news.done = object->size;
  item->news.state = JZ_INTAKE_READY;
  item->news.probe = g_steal_pointer (&found);
  item->news.token = g_steal_pointer (&token);
  item->news.same = g_steal_pointer (&same);
  jz_intake_tell (self, item);
  g_mutex_unlock (&self->mutex);
}

static void
fail (JzIntake *self, JzIntakeItem *item, const GError *error)
{
  gboolean is_cancelled = g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  gboolean is_unwanted;

  g_mutex_lock (&self->mutex);
  is_unwanted = !item->is_wanted;
  item->news.state = is_cancelled ? JZ_INTAKE_CANCELLED : JZ_INTAKE_FAILED;
  g_free (item->news.sentence);
  item->news.sentence = is_cancelled ? NULL : g_strdup (error->message);
  jz_intake_tell (self, item);
  g_mutex_unlock (&self->mutex);
  /* What is stopped because the program ends is resumed another day; what nobody wants goes. */
  if (is_cancelled && is_unwanted && item->path != NULL)
    (void)jz_objects_forget_take (jz_store_get_objects (jz_office_get_store (self->office)),
                                  item->path, self->case_id, NULL);
}

static void
take (JzIntake *self, JzIntakeItem *item)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *note = NULL;
  JzObject object;

  if (g_cancellable_set_error_if_cancelled (item->cancellable, &error)) {
    fail (self, item, error);
    return;
  }
  set_state (self, item, JZ_INTAKE_COPYING);
  if (put (self, item, &object, &note, &error))
    finish (self, item, &object, note);
  else
    fail (self, item, error);
}

/**
 * jz_intake_work_in_thread:
 * @data: an intake
 *
 * Takes the files of its queue until the intake itself comes out of it.
 *
 * Returns: %NULL
 */
gpointer
jz_intake_work_in_thread (gpointer data)
{
  JzIntake *self = data;
  gpointer next;

  while ((next = g_async_queue_pop (self->queue)) != self) {
    JzIntakeItem *item = next;
    take (self, item);
    g_object_unref (item);
  }
  return NULL;
}
