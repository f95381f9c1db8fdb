/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>

#include "app/player/moment.h"
#include "app/player/player_pane-private.h"
#include "media/piece_check.h"

/* While it plays, the bytes of the recording are held against what was written down when it came; a
 * part that is another shows on the time line, with a sentence. */

typedef struct {
  GWeakRef pane;
  JzObject object;
  GCancellable *cancellable;
} Check;

typedef struct {
  JzPlayerPane *pane;
  GCancellable *cancellable;
  guint64 piece;
} Told;

static void
check_free (gpointer data)
{
  Check *self = data;

  g_weak_ref_clear (&self->pane);
  g_object_unref (self->cancellable);
  g_free (self);
}

/* Where in the recording the piece is: by the bytes, for what they hold is not known. */
static gint64
get_moment (JzPlayerPane *self, guint64 byte)
{
  gint64 duration = jz_player_get_duration (self->player);
  double share = self->size > 0 ? MIN ((double)byte / (double)self->size, 1) : 0;

  return duration > 0 ? (gint64)(share * (double)duration) : 0;
}

/**
 * jz_player_pane_show_bad:
 * @self: a pane
 *
 * Shows on the time line which pieces are not what was written, and says so.
 */
void
jz_player_pane_show_bad (JzPlayerPane *self)
{
  g_autofree char *when = NULL;
  g_autofree char *sentence = NULL;

  if (self->bad->len == 0 || jz_player_get_duration (self->player) <= 0)
    return;
  for (guint i = 0; i < self->bad->len; i++) {
    guint64 piece = g_array_index (self->bad, guint64, i);
    jz_time_line_add_bad (self->line, get_moment (self, piece * JZ_CHUNK_SIZE),
                          get_moment (self, (piece + 1) * JZ_CHUNK_SIZE));
  }
  when = jz_moment_dup (get_moment (self, g_array_index (self->bad, guint64, 0) * JZ_CHUNK_SIZE));
  sentence = g_strdup_printf (
    _ (
      "Part of this file, near %s, is no longer what was stored; what is shown there may be wrong. "
      "Have the file brought back from a backup."),
    when);
  gtk_label_set_label (self->notice, sentence);
  gtk_widget_set_visible (GTK_WIDGET (self->notice), TRUE);
}

static gboolean
on_told_here (gpointer data)
{
  Told *told = data;

  if (!g_cancellable_is_cancelled (told->cancellable)) {
    g_array_append_val (told->pane->bad, told->piece);
    jz_player_pane_show_bad (told->pane);
  }
  g_object_unref (told->pane);
  g_object_unref (told->cancellable);
  g_free (told);
  return G_SOURCE_REMOVE;
}

static void
on_told (guint64 piece, gpointer data)
{
  Check *check = data;
  JzPlayerPane *pane = g_weak_ref_get (&check->pane);
  Told *told;

  if (pane == NULL)
    return;
  told = g_new (Told, 1);
  told->pane = pane;
  told->cancellable = g_object_ref (check->cancellable);
  told->piece = piece;
  g_idle_add (on_told_here, told);
}

/* On a thread of its own: it takes long, and reads no tables. */
static void
check_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  JzOffice *office = jz_office_client_get_office (source);
  Check *check = data;
  GError *error = NULL;

  if (jz_pieces_check (jz_store_get_objects (jz_office_get_store (office)), &check->object, 0,
                       on_told, check, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
on_checked (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (JzPlayerPane) self = data;
  g_autoptr (GError) error = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error) ||
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  gtk_label_set_label (self->notice, error->message);
  gtk_widget_set_visible (GTK_WIDGET (self->notice), TRUE);
}

/**
 * jz_player_pane_check_pieces:
 * @self: a pane that was just opened
 */
void
jz_player_pane_check_pieces (JzPlayerPane *self)
{
  const char *object = jz_json_get_member_text (self->file, "object");
  const char *chunks = jz_json_get_member_text (self->file, "chunks");
  Check *check = g_new0 (Check, 1);
  g_autoptr (GTask) task = NULL;

  g_weak_ref_init (&check->pane, self);
  check->cancellable = g_object_ref (self->cancellable);
  check->object.size = (guint64)self->size;
  check->object.has_chunks = chunks != NULL && jz_hash_from_hex (chunks, &check->object.chunks);
  if (object == NULL || !jz_hash_from_hex (object, &check->object.hash)) {
    check_free (check);
    return;
  }
  task = g_task_new (self->client, self->cancellable, on_checked, g_object_ref (self));
  g_task_set_task_data (task, check, check_free);
  g_task_run_in_thread (task, check_in_thread);
}
