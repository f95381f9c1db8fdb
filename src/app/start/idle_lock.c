/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/start/idle_lock.h"

#include "office/settings.h"
#include "office/situation.h"

/* One lock an office, kept with its client: two windows on one store belong to the same person, and
 * whoever works in one of them is at the desk. */

#define KEY "jz-idle-lock"
#define CONTROLLER "jz-idle-lock-controller"
#define SETTING "lock.minutes"
#define LOOK_SECONDS 5

typedef struct {
  JzOfficeClient *client; /* borrowed: it owns this */
  gint64 last;            /* monotonic */
  gint64 minutes;
  guint n_held;
  guint look_id;
} Lock;

static void
lock_free (gpointer data)
{
  Lock *lock = data;

  g_clear_handle_id (&lock->look_id, g_source_remove);
  g_free (lock);
}

static void
on_signed_out (GObject *source, GAsyncResult *result, gpointer data)
{
  /* Leaving must not depend on whether the trace of it could be written. */
  g_autoptr (JzActOutcome) outcome =
    jz_office_client_act_finish (JZ_OFFICE_CLIENT (source), result, NULL);
  (void)outcome;
}

/**
 * jz_leave_office:
 * @client: an office
 *
 * Signs out; the entry of it is the last thing that the person's key signs for.
 */
void
jz_leave_office (JzOfficeClient *client)
{
  if (!jz_office_client_is_signed_in (client))
    return;
  jz_office_client_act_async (client, "session.sign_out", jz_json_new_object (), NULL,
                              on_signed_out, NULL);
  jz_office_client_sign_out (client);
}

static gboolean
on_look (gpointer data)
{
  Lock *lock = data;
  gint64 idle = g_get_monotonic_time () - lock->last;

  if (lock->n_held > 0)
    lock->last = g_get_monotonic_time ();
  else if (jz_office_client_is_signed_in (lock->client) &&
           idle >= lock->minutes * 60 * G_USEC_PER_SEC)
    jz_leave_office (lock->client);
  return G_SOURCE_CONTINUE;
}

static Lock *
get_lock (JzOfficeClient *client)
{
  Lock *lock = g_object_get_data (G_OBJECT (client), KEY);

  if (lock == NULL) {
    lock = g_new0 (Lock, 1);
    lock->client = client;
    lock->last = g_get_monotonic_time ();
    lock->minutes = g_ascii_strtoll (jz_setting_find (SETTING)->otherwise, NULL, 10);
    lock->look_id = g_timeout_add_seconds (LOOK_SECONDS, on_look, lock);
    g_object_set_data_full (G_OBJECT (client), KEY, lock, lock_free);
  }
  return lock;
}

static gpointer
read_minutes (JzOffice *office,
              JzConnection *reader,
              gpointer data,
              GCancellable *cancellable,
              GError **error)
{
  char *value = NULL;

  if (!jz_tables_get_setting (reader, SETTING, &value, error))
    return NULL;
  return value != NULL ? value : g_strdup (jz_setting_find (SETTING)->otherwise);
}

static void
on_minutes_read (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree char *value = jz_office_client_read_finish (JZ_OFFICE_CLIENT (source), result, NULL);

  if (value != NULL)
    get_lock (JZ_OFFICE_CLIENT (source))->minutes = MAX (g_ascii_strtoll (value, NULL, 10), 1);
}

static void
ask_minutes (JzOfficeClient *client)
{
  jz_idle_lock_touch (client);
  jz_office_client_read_async (client, read_minutes, NULL, NULL, g_free, NULL, on_minutes_read,
                               NULL);
}

static gboolean
on_event (GtkWidget *window)
{
  JzOfficeClient *client = g_object_get_data (G_OBJECT (window), KEY);

  if (client != NULL)
    jz_idle_lock_touch (client);
  return GDK_EVENT_PROPAGATE;
}

/**
 * jz_idle_lock_watch:
 * @client: an office
 * @window: a window of it
 *
 * Keys and the pointer in @window count as work from now on. How long the office waits is its
 * setting `lock.minutes`.
 */
void
jz_idle_lock_watch (JzOfficeClient *client, GtkWidget *window)
{
  gboolean is_watched = g_object_get_data (G_OBJECT (window), CONTROLLER) != NULL;
  GtkEventController *controller;

  g_object_set_data_full (G_OBJECT (window), KEY, g_object_ref (client), g_object_unref);
  ask_minutes (client);
  g_signal_handlers_disconnect_by_func (client, ask_minutes, NULL);
  g_signal_connect (client, "changed", G_CALLBACK (ask_minutes), NULL);
  if (is_watched)
    return;
  controller = gtk_event_controller_legacy_new ();
  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (controller, "event", G_CALLBACK (on_event), window);
  gtk_widget_add_controller (window, controller);
  g_object_set_data (G_OBJECT (window), CONTROLLER, controller);
}

/**
 * jz_idle_lock_forget:
 * @window: a window that shows no office any more
 */
void
jz_idle_lock_forget (GtkWidget *window)
{
  /* The controller stays, so that it is not added twice. */
  g_object_set_data (G_OBJECT (window), KEY, NULL);
}

/**
 * jz_idle_lock_hold:
 * @client: an office
 *
 * Keeps it open until as many calls of jz_idle_lock_release().
 */
void
jz_idle_lock_hold (JzOfficeClient *client)
{
  get_lock (client)->n_held++;
}

/**
 * jz_idle_lock_release:
 * @client: an office
 */
void
jz_idle_lock_release (JzOfficeClient *client)
{
  Lock *lock = get_lock (client);

  g_return_if_fail (lock->n_held > 0);
  lock->n_held--;
  lock->last = g_get_monotonic_time ();
}

/**
 * jz_idle_lock_touch:
 * @client: an office
 *
 * Somebody works.
 */
void
jz_idle_lock_touch (JzOfficeClient *client)
{
  get_lock (client)->last = g_get_monotonic_time ();
}

/**
 * jz_idle_lock_pretend:
 * @client: an office
 * @idle_ms: for how long nobody has worked
 *
 * Looks at once whether that is too long.
 */
void
jz_idle_lock_pretend (JzOfficeClient *client, gint64 idle_ms)
{
  Lock *lock = get_lock (client);

  lock->last = g_get_monotonic_time () - idle_ms * 1000;
  on_look (lock);
}
