/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "app/messages.h"
#include "app/player/moment.h"
#include "app/player/player_pane-private.h"
#include "app/refusal_place.h"
#include "app/window.h"
#include "base/temporary.h"

/* A still frame: the exact picture in full size becomes a file of the case that names the
 * recording, the moment and the frame. */

typedef struct {
  JzPlayerPane *pane;
  JzOfficeClient *client; /* the pane may be gone before the picture is kept */
  char *place;            /* of the files of the case */
  JzJson *args;
  JzFrame *frame;
  char *path; /* (nullable): of the picture until it is in the store */
} Still;

static void
still_free (Still *self)
{
  if (self->path != NULL)
    g_unlink (self->path);
  self->pane->is_busy = FALSE;
  g_object_unref (self->pane);
  g_object_unref (self->client);
  g_free (self->place);
  g_clear_pointer (&self->args, jz_json_unref);
  g_clear_pointer (&self->frame, jz_frame_unref);
  g_free (self->path);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Still, still_free)

static void
on_kept (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Still) still = data;
  g_autoptr (JzActOutcome) outcome = jz_finish_act (GTK_WIDGET (still->pane), result);

  if (outcome != NULL)
    jz_window_toast_go (GTK_WIDGET (still->pane), _ ("The picture is a file of the case now"),
                        still->place);
}

static void
write_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Still *still = data;
  g_autoptr (GdkTexture) texture = gdk_memory_texture_new (
    (int)still->frame->width, (int)still->frame->height, GDK_MEMORY_B8G8R8A8_PREMULTIPLIED,
    still->frame->pixels, still->frame->stride);
  g_autoptr (GBytes) png = gdk_texture_save_to_png_bytes (texture);
  g_autoptr (GError) error = NULL;

  /* Nobody else on this computer may look at it while it lies there. */
  if (g_file_set_contents_full (still->path, g_bytes_get_data (png, NULL),
                                (gssize)g_bytes_get_size (png), G_FILE_SET_CONTENTS_CONSISTENT,
                                0600, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
on_picture_written (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Still) still = data;
  g_autoptr (GError) error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error)) {
    jz_show_error (GTK_WIDGET (still->pane), error);
    return;
  }
  jz_json_set_text (still->args, "file", still->path);
  jz_office_client_act_async (still->client, "recording.still", g_steal_pointer (&still->args),
                              NULL, on_kept, still);
  still = NULL;
}

static void
on_still (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Still) still = data;
  g_autoptr (JzFrameHash) hash = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GTask) task = NULL;
  g_autofree char *moment = NULL;
  g_autofree char *name = NULL;

  still->frame = jz_player_still_finish (JZ_PLAYER (source), result, &hash, &error);
  if (still->frame != NULL)
    still->path = jz_temporary_file ("still", ".png", &error);
  if (still->path == NULL) {
    if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
      jz_show_error (GTK_WIDGET (still->pane), error);
    return;
  }
  moment = jz_moment_dup (hash->pts);
  g_strdelimit (moment, ":", '-');
  name = g_strdup_printf ("%s %s.png", jz_json_get_member_text (still->pane->file, "name"), moment);
  jz_json_set_text (still->args, "name", name);
  jz_json_set_integer (still->args, "at", hash->pts);
  jz_player_frame_arguments (still->args, hash);
  task = g_task_new (NULL, NULL, on_picture_written, still);
  g_task_set_task_data (task, still, NULL);
  still = NULL;
  g_task_run_in_thread (task, write_in_thread);
}

/**
 * jz_player_pane_keep_still:
 * @self: a pane
 *
 * Keeps the picture that is shown as a file of the case.
 */
void
jz_player_pane_keep_still (JzPlayerPane *self)
{
  Still *still;

  if (self->client == NULL || self->is_busy || !jz_player_get_has_video (self->player))
    return;
  self->is_busy = TRUE;
  jz_player_pause (self->player);
  still = g_new0 (Still, 1);
  still->pane = g_object_ref (self);
  still->client = g_object_ref (self->client);
  still->place = g_strdup_printf ("cases/%s/evidence", self->case_id);
  still->args = jz_json_new_object ();
  jz_json_set_text (still->args, "case", self->case_id);
  jz_json_set_text (still->args, "source", self->attachment);
  jz_player_still_async (self->player, -1, self->cancellable, on_still, still);
}
