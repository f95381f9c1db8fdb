/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "app/focus.h"
#include "app/media_holder.h"
#include "app/player/moment.h"
#include "app/player/player_pane-private.h"
#include "app/start/idle_lock.h"
#include "media/media.h"

/* A recording that is opened, shown as far as its player has come, and closed. What is done with it
 * stands in files of their own. */

/* Columns of the picture of how loud it is. */
#define N_PEAKS 2000
/* Between two looks at the position so much may lie at the most, or it was a jump. */
#define MAX_PACE (2 * JZ_SECOND)
/* Of the moment with the number of the picture. */
#define WIDE_CHARS 21
#define NARROW_CHARS 18
/* Of the list of marks. */
#define NARROW_HEIGHT 110

G_DEFINE_FINAL_TYPE (JzPlayerPane, jz_player_pane, GTK_TYPE_WIDGET)

static gboolean
is_playing (JzPlayerPane *self)
{
  return jz_player_get_state (self->player) == JZ_PLAYER_STATE_PLAYING;
}

/* Nobody is signed out while something plays (ux.md §10). */
static void
hold_lock (JzPlayerPane *self, gboolean hold)
{
  if (hold == self->holds_lock || self->client == NULL)
    return;
  self->holds_lock = hold;
  if (hold)
    jz_idle_lock_hold (self->client);
  else
    jz_idle_lock_release (self->client);
}

static void
show_notice (JzPlayerPane *self, const char *sentence)
{
  gtk_label_set_label (self->notice, sentence != NULL ? sentence : "");
  gtk_widget_set_visible (GTK_WIDGET (self->notice), sentence != NULL);
}

/* A picture is where its own time stamp says, not where the clock of the sound is. */
static void
show_moment (JzPlayerPane *self)
{
  JzFrame *frame = jz_player_get_frame (self->player);
  JzFrameIndex *index = jz_player_get_index (self->player);
  gint64 at = jz_player_pane_get_moment (self);
  g_autofree char *moment = jz_moment_dup (at);
  g_autofree char *text = NULL;

  if (frame != NULL && index != NULL && jz_frame_index_get_length (index) > 0)
    text = g_strdup_printf (_ ("%1$s · picture %2$lld"), moment,
                            (long long)jz_frame_index_find (index, frame->pts) + 1);
  gtk_label_set_label (self->moment, text != NULL ? text : moment);
}

static void
note_seen (JzPlayerPane *self)
{
  gint64 at = jz_player_pane_get_moment (self);
  gint64 pace = (gint64)((double)MAX_PACE * MAX (jz_player_get_rate (self->player), 1));

  if (is_playing (self) && self->last >= 0 && at >= self->last && at - self->last <= pace)
    jz_seen_add (self->seen, self->last, at);
  else
    jz_seen_add (self->seen, at, at);
  self->last = at;
}

static void
on_position (JzPlayerPane *self)
{
  jz_time_line_set_times (self->line, jz_player_get_position (self->player),
                          jz_player_get_duration (self->player));
  if (jz_player_get_state (self->player) >= JZ_PLAYER_STATE_PAUSED &&
      jz_player_get_state (self->player) != JZ_PLAYER_STATE_FAILED)
    note_seen (self);
  if (!jz_player_get_has_video (self->player))
    show_moment (self);
  if (self->stop_at >= 0 && jz_player_get_position (self->player) >= self->stop_at) {
    self->stop_at = -1;
    jz_player_pause (self->player);
  }
}

static void
on_frame (JzPlayerPane *self, JzFrame *frame)
{
  jz_player_view_set_frame (self->view, frame);
  show_moment (self);
}

static void
on_duration (JzPlayerPane *self)
{
  jz_time_line_set_times (self->line, jz_player_get_position (self->player),
                          jz_player_get_duration (self->player));
  jz_player_pane_show_bad (self);
}

/* The number of the picture is known as soon as the whole recording was looked through. */
static void
on_index (JzPlayerPane *self)
{
  if (jz_player_get_frame (self->player) != NULL)
    show_moment (self);
}

static void
on_state (JzPlayerPane *self)
{
  JzPlayerState state = jz_player_get_state (self->player);
  gboolean is_failed = state == JZ_PLAYER_STATE_FAILED;
  const char *failure = jz_player_get_failure (self->player);

  gtk_button_set_label (self->play,
                        is_playing (self) ? C_ ("player", "Pause") : C_ ("player", "Play"));
  gtk_widget_set_visible (self->failure_box, is_failed);
  gtk_label_set_label (self->failure, is_failed && failure != NULL ? failure : "");
  gtk_widget_set_sensitive (self->still, jz_player_get_has_video (self->player) && !is_failed);
  gtk_widget_set_sensitive (self->volume, jz_player_get_has_sound (self->player));
  gtk_widget_set_sensitive (GTK_WIDGET (self->mute), jz_player_get_has_sound (self->player));
  hold_lock (self, is_playing (self));
  if (is_failed && jz_player_get_frame (self->player) != NULL)
    show_moment (self);
  if (state == JZ_PLAYER_STATE_OPENING)
    gtk_label_set_label (self->moment, _ ("Opening…"));
  if (state == JZ_PLAYER_STATE_PAUSED && self->wanted >= 0) {
    gint64 from = self->wanted;
    self->wanted = -1;
    jz_player_pane_go (self, from, self->wanted_until);
  } else if (state == JZ_PLAYER_STATE_PAUSED) {
    note_seen (self);
    show_moment (self);
  }
}

static void
on_notice (JzPlayerPane *self, const char *sentence)
{
  show_notice (self, sentence);
}

static void
on_resized (JzPlayerPane *self, int width, int height)
{
  if (self->player != NULL && width > 0 && height > 0)
    jz_player_set_size (self->player, (guint)width, (guint)height);
}

static gboolean
on_tick (gpointer data)
{
  JzPlayerPane *self = data;
  g_autofree char *text = NULL;

  if (self->client == NULL)
    return G_SOURCE_CONTINUE;
  text = jz_office_client_dup_watermark (self->client);
  jz_player_view_set_watermark (self->view, text);
  return G_SOURCE_CONTINUE;
}

static void
on_peaks (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (JzPlayerPane) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) peaks = jz_media_peaks_finish (JZ_MEDIA (source), result, &error);

  if (peaks != NULL)
    jz_time_line_set_peaks (self->line, peaks);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_debug ("no picture of the sound: %s", error->message);
}

static void
jz_player_pane_dispose (GObject *object)
{
  JzPlayerPane *self = JZ_PLAYER_PANE (object);

  if (self->player != NULL) {
    jz_player_pane_close (self);
    g_signal_handlers_disconnect_by_data (self->player, self);
    g_clear_object (&self->player);
  }
  g_clear_handle_id (&self->tick, g_source_remove);
  g_clear_object (&self->client);
  gtk_widget_dispose_template (GTK_WIDGET (self), JZ_TYPE_PLAYER_PANE);
  while (gtk_widget_get_first_child (GTK_WIDGET (self)) != NULL)
    gtk_widget_unparent (gtk_widget_get_first_child (GTK_WIDGET (self)));
  G_OBJECT_CLASS (jz_player_pane_parent_class)->dispose (object);
}

static void
jz_player_pane_finalize (GObject *object)
{
  JzPlayerPane *self = JZ_PLAYER_PANE (object);

  g_object_unref (self->cancellable);
  g_clear_pointer (&self->file, jz_json_unref);
  g_clear_pointer (&self->kinds, jz_json_unref);
  jz_seen_free (self->seen);
  g_array_unref (self->bad);
  g_free (self->case_id);
  g_free (self->attachment);
  g_free (self->edited);
  G_OBJECT_CLASS (jz_player_pane_parent_class)->finalize (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, JzPlayerPane, stage);
  gtk_widget_class_bind_template_child (widget_class, JzPlayerPane, view);
  gtk_widget_class_bind_template_child (widget_class, JzPlayerPane, failure_box);
  gtk_widget_class_bind_template_child (widget_class, JzPlayerPane, failure);
  gtk_widget_class_bind_template_child (widget_class, JzPlayerPane, notice);
  gtk_widget_class_bind_template_child (widget_class, JzPlayerPane, line);
  gtk_widget_class_bind_template_child (widget_class, JzPlayerPane, play);
  gtk_widget_class_bind_template_child (widget_class, JzPlayerPane, rate);
  gtk_widget_class_bind_template_child (widget_class, JzPlayerPane, mute);
  gtk_widget_class_bind_template_child (widget_class, JzPlayerPane, volume);
  gtk_widget_class_bind_template_child (widget_class, JzPlayerPane, volume_value);
  gtk_widget_class_bind_template_child (widget_class, JzPlayerPane, moment);
  gtk_widget_class_bind_template_child (widget_class, JzPlayerPane, detach);
  gtk_widget_class_bind_template_child (widget_class, JzPlayerPane, marking);
  gtk_widget_class_bind_template_child (widget_class, JzPlayerPane, kind);
  gtk_widget_class_bind_template_child (widget_class, JzPlayerPane, text);
  gtk_widget_class_bind_template_child (widget_class, JzPlayerPane, mark);
  gtk_widget_class_bind_template_child (widget_class, JzPlayerPane, cancel_edit);
  gtk_widget_class_bind_template_child (widget_class, JzPlayerPane, still);
  gtk_widget_class_bind_template_child (widget_class, JzPlayerPane, side);
  gtk_widget_class_bind_template_child (widget_class, JzPlayerPane, checks);
  gtk_widget_class_bind_template_child (widget_class, JzPlayerPane, marks);
}

/* So that the keys act at once. */
static gboolean
jz_player_pane_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (JZ_PLAYER_PANE (widget)->line));
}

static void
jz_player_pane_class_init (JzPlayerPaneClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = jz_player_pane_dispose;
  G_OBJECT_CLASS (klass)->finalize = jz_player_pane_finalize;
  widget_class->grab_focus = jz_player_pane_grab_focus;
  widget_class->focus = jz_focus_through;
  g_type_ensure (JZ_TYPE_PLAYER_VIEW);
  g_type_ensure (JZ_TYPE_TIME_LINE);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/juanzong/app/player_pane.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, on_resized);
  gtk_widget_class_bind_template_callback_full (widget_class, "on_text_activated",
                                                G_CALLBACK (jz_player_pane_mark));
  gtk_widget_class_bind_template_callback_full (widget_class, "on_mark_activated",
                                                G_CALLBACK (jz_player_pane_activate_row));
  jz_player_pane_install_controls (widget_class);
  jz_player_pane_install_marks (widget_class);
  jz_player_pane_install_checks (widget_class);
}

static void
jz_player_pane_init (JzPlayerPane *self)
{
  self->cancellable = g_cancellable_new ();
  self->seen = jz_seen_new (JZ_SECOND);
  self->bad = g_array_new (FALSE, FALSE, sizeof (guint64));
  self->last = self->stop_at = self->from = self->until = self->wanted = -1;
  gtk_widget_init_template (GTK_WIDGET (self));
  self->player = jz_player_new (jz_app_get_media ());
  g_signal_connect_swapped (self->player, "frame", G_CALLBACK (on_frame), self);
  g_signal_connect_swapped (self->player, "notify::position", G_CALLBACK (on_position), self);
  g_signal_connect_swapped (self->player, "notify::duration", G_CALLBACK (on_duration), self);
  g_signal_connect_swapped (self->player, "notify::index", G_CALLBACK (on_index), self);
  g_signal_connect_swapped (self->player, "notify::state", G_CALLBACK (on_state), self);
  g_signal_connect_swapped (self->player, "notice", G_CALLBACK (on_notice), self);
  jz_player_pane_init_controls (self);
  jz_player_pane_init_marks (self);
  jz_player_pane_init_keys (self);
}

/**
 * jz_player_pane_new:
 *
 * Returns: (transfer floating): a pane without a recording
 */
GtkWidget *
jz_player_pane_new (void)
{
  return g_object_new (JZ_TYPE_PLAYER_PANE, NULL);
}

/**
 * jz_player_pane_set_narrow:
 * @self: a pane
 * @is_narrow: whether there is room for the picture only, so that the list of marks stands below
 */
void
jz_player_pane_set_narrow (JzPlayerPane *self, gboolean is_narrow)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  self->is_narrow = is_narrow;
  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), is_narrow ? GTK_ORIENTATION_VERTICAL
                                                                     : GTK_ORIENTATION_HORIZONTAL);
  gtk_widget_set_size_request (self->side, is_narrow ? -1 : 250, -1);
  /* Below the picture so much where there is room for it. */
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (self->side), is_narrow);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (self->side),
                                              is_narrow ? NARROW_HEIGHT : -1);
  gtk_widget_set_visible (self->still, !is_narrow);
  /* In type of twice the size there is no room for it; the recording's own window has it. */
  gtk_widget_set_visible (self->volume, !is_narrow);
  gtk_label_set_width_chars (self->moment, is_narrow ? NARROW_CHARS : WIDE_CHARS);
}

/**
 * jz_player_pane_open:
 * @self: a pane
 * @client: the office
 * @case_id: a case
 * @file: a recording of it, as of jz_recording_find()
 * @handle: its content, open for reading; stays the caller's
 */
void
jz_player_pane_open (JzPlayerPane *self,
                     JzOfficeClient *client,
                     const char *case_id,
                     const JzJson *file,
                     int handle)
{
  g_return_if_fail (JZ_IS_PLAYER_PANE (self));

  jz_player_pane_close (self);
  g_set_object (&self->client, client);
  g_free (self->case_id);
  g_free (self->attachment);
  self->case_id = g_strdup (case_id);
  self->attachment = g_strdup (jz_json_get_member_text (file, "id"));
  self->size = jz_json_get_member_integer (file, "size", 0);
  jz_player_pane_set_file (self, file);
  jz_player_pane_set_plain_rate (self);
  self->tick = g_timeout_add_seconds (20, on_tick, self);
  on_tick (self);
  jz_player_open_fd (self->player, handle);
  jz_media_peaks_async (jz_app_get_media (), handle, N_PEAKS, self->cancellable, on_peaks,
                        g_object_ref (self));
  jz_player_pane_check_pieces (self);
}

/**
 * jz_player_pane_set_file:
 * @self: a pane
 * @file: the same recording as it is known now
 */
void
jz_player_pane_set_file (JzPlayerPane *self, const JzJson *file)
{
  g_return_if_fail (JZ_IS_PLAYER_PANE (self));

  g_clear_pointer (&self->file, jz_json_unref);
  self->file = jz_json_ref ((JzJson *)file);
  jz_time_line_set_marks (self->line, jz_json_get_member (file, "marks"));
  jz_player_pane_show_marks (self);
  jz_player_pane_show_checks (self);
}

/**
 * jz_player_pane_close:
 * @self: a pane; shows nothing afterwards
 */
void
jz_player_pane_close (JzPlayerPane *self)
{
  g_return_if_fail (JZ_IS_PLAYER_PANE (self));

  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  self->cancellable = g_cancellable_new ();
  g_clear_handle_id (&self->tick, g_source_remove);
  hold_lock (self, FALSE);
  jz_player_close (self->player);
  jz_player_view_set_frame (self->view, NULL);
  jz_time_line_clear (self->line);
  show_notice (self, NULL);
  jz_seen_clear (self->seen);
  g_array_set_size (self->bad, 0);
  self->last = self->stop_at = self->wanted = -1;
  jz_player_pane_begin_stretch (self, -1, -1);
}

/**
 * jz_player_pane_get_moment:
 * @self: a pane
 *
 * Returns: the presentation time of the picture that is shown, or where the sound is
 */
gint64
jz_player_pane_get_moment (JzPlayerPane *self)
{
  JzFrame *frame = jz_player_get_frame (self->player);

  return MAX (0, frame != NULL ? frame->pts : jz_player_get_position (self->player));
}

/**
 * jz_player_pane_get_from:
 * @self: a pane
 *
 * Returns: the beginning of the stretch that was chosen, or the moment that is shown
 */
gint64
jz_player_pane_get_from (JzPlayerPane *self)
{
  return self->from >= 0 ? self->from : jz_player_pane_get_moment (self);
}

/**
 * jz_player_pane_get_until:
 * @self: a pane
 *
 * Returns: the end of the stretch that was chosen, -1 where none was
 */
gint64
jz_player_pane_get_until (JzPlayerPane *self)
{
  return self->from >= 0 && self->until > self->from ? self->until : -1;
}

/**
 * jz_player_pane_get_seen:
 * @self: a pane
 *
 * Returns: (transfer none): what of the recording was played or shown since it was opened
 */
JzSeen *
jz_player_pane_get_seen (JzPlayerPane *self)
{
  return self->seen;
}
