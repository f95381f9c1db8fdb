/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "office/office.h"

#include <openssl/rand.h>

#include "office/office-private.h"
#include "office/replay.h"
#include "office/situation.h"

static gboolean
read_identity (JzOffice *self, GError **error)
{
  JzConnection *reader = jz_store_lease_reader (self->store, error);
  g_autofree char *demo = NULL;
  JzInstant last = 0;
  gboolean is_read;

  if (reader == NULL)
    return FALSE;
  g_clear_pointer (&self->store_id, g_free);
  is_read =
    jz_journal_get_current_store (reader, &self->store_id, error) &&
    jz_tables_get_setting (reader, "store.demo", &demo, error) &&
    (self->store_id == NULL || jz_journal_get_last_time (reader, self->store_id, &last, error));
  jz_store_return_reader (self->store, reader);
  self->is_demo = demo != NULL;
  /* A demo office's clock stands where its last entry left it (design §1, "Time"). */
  if (is_read && self->clock == NULL)
    self->clock = self->is_demo ? jz_clock_new_set (last) : jz_clock_new_system ();
  return is_read;
}

/**
 * jz_office_open:
 * @path: a store's folder
 * @mode: for reading or writing
 * @clock: (nullable) (transfer none): the clock; %NULL is the computer's, or the demo office's
 * @error: return location
 *
 * Opens a store with its acts. For writing it first finishes what an interrupted program left
 * undone; what of that cannot be finished now is told by jz_office_get_warnings() and is tried
 * again at the next opening.
 *
 * Returns: (transfer full) (nullable): the office
 */
JzOffice *
jz_office_open (const char *path, JzStoreMode mode, JzClock *clock, GError **error)
{
  g_autoptr (JzOffice) self = g_new0 (JzOffice, 1);

  self->warnings = g_ptr_array_new_with_free_func (g_free);
  self->taken = jz_taken_files_new ();
  self->store = jz_store_open (path, mode, jz_replay_into, NULL, error);
  self->clock = clock != NULL ? jz_clock_ref (clock) : NULL;
  if (self->store == NULL || !read_identity (self, error))
    return NULL;
  if (mode == JZ_STORE_WRITE && !jz_office_finish_what_is_owed (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * jz_office_close:
 * @self: (transfer full): an office
 */
void
jz_office_close (JzOffice *self)
{
  g_clear_pointer (&self->store, jz_store_close);
  g_clear_pointer (&self->clock, jz_clock_unref);
  g_free (self->store_id);
  g_free (self->new_id);
  g_ptr_array_unref (self->warnings);
  jz_taken_files_free (self->taken);
  g_free (self);
}

/**
 * jz_office_get_store:
 * @self: an office
 *
 * Returns: (transfer none): its store
 */
JzStore *
jz_office_get_store (JzOffice *self)
{
  return self->store;
}

/**
 * jz_office_get_clock:
 * @self: an office
 *
 * Returns: (transfer none): its clock
 */
JzClock *
jz_office_get_clock (JzOffice *self)
{
  return self->clock;
}

/**
 * jz_office_get_store_id:
 * @self: an office
 *
 * Returns: (transfer none): the id under which its store writes
 */
const char *
jz_office_get_store_id (JzOffice *self)
{
  return self->store_id;
}

/**
 * jz_office_is_demo:
 * @self: an office
 *
 * Returns: whether it is an invented office
 */
gboolean
jz_office_is_demo (JzOffice *self)
{
  return self->is_demo;
}

/**
 * jz_office_get_warnings:
 * @self: an office
 *
 * Returns: (transfer none) (element-type utf8): a sentence for each thing that opening the store
 *   could not finish, which is none of the user's concern for now
 */
const GPtrArray *
jz_office_get_warnings (JzOffice *self)
{
  return self->warnings;
}

/**
 * jz_office_set_gate:
 * @self: an office
 * @gate: (nullable): asked last, after all own checks
 * @data: for @gate
 *
 * Sets the hook through which rules of law refuse acts.
 */
void
jz_office_set_gate (JzOffice *self, JzGate gate, gpointer data)
{
  self->gate = gate;
  self->gate_data = data;
}

/**
 * jz_make_store_id:
 *
 * Returns: (transfer full): 16 random hex digits (format §1)
 */
char *
jz_make_store_id (void)
{
  guint8 bytes[8];

  g_assert (RAND_bytes (bytes, sizeof bytes) == 1);
  return g_strdup_printf ("%02x%02x%02x%02x%02x%02x%02x%02x", bytes[0], bytes[1], bytes[2],
                          bytes[3], bytes[4], bytes[5], bytes[6], bytes[7]);
}

/**
 * jz_office_set_new_id:
 * @self: an office
 * @id: (nullable): a store id; %NULL makes a random one
 *
 * Sets the id under which the next act that begins a store id will write.
 */
void
jz_office_set_new_id (JzOffice *self, const char *id)
{
  g_free (self->new_id);
  self->new_id = id != NULL ? g_strdup (id) : jz_make_store_id ();
}
