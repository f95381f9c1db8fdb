/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <unistd.h>

#include "app/media_holder.h"
#include "app/player/file_pane-private.h"
#include "app/player/opened_file.h"
#include "app/window.h"
#include "office/error.h"

/* Opens a file in its pane and asks what it is; asks again what is known of it, and whether the
 * person may see it; when it is left, writes down what was seen of it and closes it. */

/* An entry names at most so many stretches. */
#define MAX_STRETCHES 200

static void
ask (JzFilePane *self, gboolean opens, GAsyncReadyCallback callback)
{
  jz_opened_file_read_async (self->client, self->case_id, self->attachment, opens,
                             self->cancellable, callback, g_object_ref (self));
}

/* Whoever opens it has looked; what it says of itself does not change that. */
static void
on_probed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (JzFilePane) self = data;
  g_autoptr (GError) error = NULL;
  JzProbe *probe = jz_media_probe_finish (JZ_MEDIA (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  self->probe = probe;
  self->is_open = TRUE;
  jz_file_pane_show_content (self, error != NULL ? error->message : NULL);
  g_signal_emit_by_name (self, "shown");
}

static void
on_opened (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (JzFilePane) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JzOpenedFile) opened =
    jz_office_client_read_finish (JZ_OFFICE_CLIENT (source), result, &error);

  if (opened == NULL) {
    if (g_error_matches (error, JZ_OFFICE_ERROR, JZ_OFFICE_ERROR_REFUSED))
      jz_file_pane_show_lock (self, error->message);
    else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
      jz_file_pane_show_failure (self, error->message);
    return;
  }
  self->file = g_steal_pointer (&opened->file);
  self->handle = opened->handle;
  opened->handle = -1;
  g_signal_emit_by_name (self, "shown");
  jz_media_probe_async (jz_app_get_media (), self->handle, jz_file_pane_get_name (self),
                        self->cancellable, on_probed, g_object_ref (self));
}

/* Nothing of it is left on the screen or in what is hidden behind it. */
static void
close_file (JzFilePane *self)
{
  self->is_open = FALSE;
  if (self->player != NULL)
    jz_player_pane_close (self->player);
  if (self->viewer != NULL)
    jz_viewer_pane_close (self->viewer);
  if (self->handle >= 0)
    close (self->handle);
  self->handle = -1;
  g_clear_pointer (&self->file, jz_json_unref);
  g_clear_pointer (&self->probe, jz_probe_free);
}

/* It may have become a secret for the person who is just looking at it. */
static void
on_refreshed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (JzFilePane) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JzOpenedFile) opened =
    jz_office_client_read_finish (JZ_OFFICE_CLIENT (source), result, &error);

  if (opened == NULL && self->file != NULL &&
      g_error_matches (error, JZ_OFFICE_ERROR, JZ_OFFICE_ERROR_REFUSED)) {
    close_file (self);
    jz_file_pane_show_lock (self, error->message);
  }
  if (opened == NULL)
    return;
  if (self->file != NULL &&
      g_strcmp0 (jz_json_get_member_text (opened->file, "id"), self->attachment) == 0) {
    g_clear_pointer (&self->file, jz_json_unref);
    self->file = jz_json_ref (opened->file);
    if (jz_file_pane_is_recording (self))
      jz_player_pane_set_file (self->player, self->file);
    g_signal_emit_by_name (self, "changed");
  }
}

static void
on_noted (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (JzFilePane) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JzActOutcome) outcome =
    jz_office_client_act_finish (JZ_OFFICE_CLIENT (source), result, &error);

  if (outcome == NULL)
    jz_window_toast (GTK_WIDGET (self), error->message);
}

/* Nothing is seen of what never came on the screen. */
static void
write_view (JzFilePane *self)
{
  gboolean is_recording = jz_file_pane_is_recording (self);
  gboolean is_pages = g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "viewer") == 0;
  JzSeen *seen = is_recording ? jz_player_pane_get_seen (self->player)
                 : is_pages   ? jz_viewer_pane_get_seen (self->viewer)
                              : NULL;
  JzJson *args;

  if (!jz_office_client_is_signed_in (self->client) || seen == NULL || jz_seen_is_empty (seen))
    return;
  args = jz_json_new_object ();
  jz_json_set_text (args, "case", self->case_id);
  jz_json_set_text (args, "attachment", self->attachment);
  jz_json_set_member (args, is_recording ? "seen" : "pages", jz_seen_to_json (seen, MAX_STRETCHES));
  jz_office_client_act_async (self->client, "recording.view", args, NULL, on_noted,
                              g_object_ref (self));
}

/**
 * jz_file_pane_show:
 * @self: a pane
 * @client: the office
 * @case_id: a case
 * @attachment: a file of it
 * @from: where a recording is shown, in nanoseconds; -1 for the beginning
 * @until: until where it is played; -1 where it only stands there
 *
 * The same file only goes there; another one is left first.
 */
void
jz_file_pane_show (JzFilePane *self,
                   JzOfficeClient *client,
                   const char *case_id,
                   const char *attachment,
                   gint64 from,
                   gint64 until)
{
  g_return_if_fail (JZ_IS_FILE_PANE (self));

  if (self->file != NULL && g_strcmp0 (attachment, self->attachment) == 0) {
    if (from >= 0 && jz_file_pane_is_recording (self))
      jz_player_pane_go (self->player, from, until);
    return;
  }
  if (self->client != NULL)
    jz_file_pane_leave (self);
  g_set_object (&self->client, client);
  g_free (self->case_id);
  g_free (self->attachment);
  self->case_id = g_strdup (case_id);
  self->attachment = g_strdup (attachment);
  self->from = from;
  self->until = until;
  self->page = 0;
  gtk_stack_set_visible_child_name (self->stack, "loading");
  ask (self, TRUE, on_opened);
}

/**
 * jz_file_pane_refresh:
 * @self: a pane
 *
 * Asks again what is marked and tied; and of what is locked, whether it still is.
 */
void
jz_file_pane_refresh (JzFilePane *self)
{
  if (self->client != NULL && self->file != NULL)
    ask (self, FALSE, on_refreshed);
  else if (self->client != NULL && self->attachment != NULL && jz_file_pane_is_locked (self))
    ask (self, TRUE, on_opened);
}

/**
 * jz_file_pane_leave:
 * @self: a pane
 *
 * Writes down what was seen and closes the file.
 */
void
jz_file_pane_leave (JzFilePane *self)
{
  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  self->cancellable = g_cancellable_new ();
  if (self->is_open)
    write_view (self);
  close_file (self);
  g_clear_pointer (&self->attachment, g_free);
  gtk_stack_set_visible_child_name (self->stack, "loading");
}
