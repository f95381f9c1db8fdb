/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/rereader.h"

#include "office/recheck.h"

/* Reads what was taken in once more, while somebody is signed in and nobody notices: one file after
 * the other, with a rest after each MiB. */

#define KEY "jz-rereader"
#define FIRST_SECONDS 90
#define BETWEEN_SECONDS 2
#define IDLE_SECONDS 600
#define PAUSE_US (30 * 1000)

typedef struct {
  JzOfficeClient *client; /* borrowed: it owns this */
  GCancellable *cancellable;
  guint timeout;
  gboolean is_reading;
} Rereader;

static void
rereader_free (gpointer data)
{
  Rereader *self = data;

  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  g_clear_handle_id (&self->timeout, g_source_remove);
  g_free (self);
}

static gboolean on_time (gpointer data);

static void
wait_for (Rereader *self, guint seconds)
{
  g_clear_handle_id (&self->timeout, g_source_remove);
  self->timeout = g_timeout_add_seconds (seconds, on_time, self);
}

static gpointer
read_next (JzOffice *office,
           JzConnection *reader,
           gpointer data,
           GCancellable *cancellable,
           GError **error)
{
  gboolean is_done = FALSE;

  return jz_recheck_step (office, reader, PAUSE_US, cancellable, &is_done, error)
           ? g_variant_ref_sink (g_variant_new_boolean (is_done))
           : NULL;
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer data)
{
  JzOfficeClient *client = JZ_OFFICE_CLIENT (source);
  /* What cannot be looked at now is looked at another time; verify tells what is wrong. */
  g_autoptr (GVariant) is_done = jz_office_client_read_finish (client, result, NULL);
  Rereader *self = g_object_get_data (source, KEY);

  if (self == NULL)
    return;
  self->is_reading = FALSE;
  wait_for (self,
            is_done != NULL && !g_variant_get_boolean (is_done) ? BETWEEN_SECONDS : IDLE_SECONDS);
}

static gboolean
on_time (gpointer data)
{
  Rereader *self = data;

  self->timeout = 0;
  if (!jz_office_client_is_signed_in (self->client)) {
    wait_for (self, FIRST_SECONDS);
    return G_SOURCE_REMOVE;
  }
  self->is_reading = TRUE;
  jz_office_client_read_async (self->client, read_next, NULL, NULL, (GDestroyNotify)g_variant_unref,
                               self->cancellable, on_read, NULL);
  return G_SOURCE_REMOVE;
}

static void
on_is_signed_in (JzOfficeClient *client)
{
  Rereader *self = g_object_get_data (G_OBJECT (client), KEY);

  if (self == NULL)
    return;
  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  self->cancellable = g_cancellable_new ();
  if (!self->is_reading)
    wait_for (self, FIRST_SECONDS);
}

/**
 * jz_rereader_watch:
 * @client: an opened office
 *
 * From now on, as long as it is open, what was taken in is read again.
 */
void
jz_rereader_watch (JzOfficeClient *client)
{
  Rereader *self;

  if (g_object_get_data (G_OBJECT (client), KEY) != NULL)
    return;
  self = g_new0 (Rereader, 1);
  self->client = client;
  self->cancellable = g_cancellable_new ();
  g_object_set_data_full (G_OBJECT (client), KEY, self, rereader_free);
  g_signal_connect (client, "notify::is-signed-in", G_CALLBACK (on_is_signed_in), NULL);
  wait_for (self, FIRST_SECONDS);
}
