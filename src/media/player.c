/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "media/player-private.h"

/* What the window sees of playing. The file is opened in a process of its own (player_session.c);
 * if that ends, the last picture, the position and what the user wanted stay here. */

/* Until the window says how large it shows. */
#define DEFAULT_WIDTH 1280
#define DEFAULT_HEIGHT 720
/* A file gets so long to show its first picture, and a seek to find its place. */
#define DEADLINE_SECONDS 20

G_DEFINE_FINAL_TYPE (JzPlayer, jz_player, G_TYPE_OBJECT)

G_DEFINE_ENUM_TYPE (JzPlayerState,
                    jz_player_state,
                    G_DEFINE_ENUM_VALUE (JZ_PLAYER_STATE_EMPTY, "empty"),
                    G_DEFINE_ENUM_VALUE (JZ_PLAYER_STATE_OPENING, "opening"),
                    G_DEFINE_ENUM_VALUE (JZ_PLAYER_STATE_PAUSED, "paused"),
                    G_DEFINE_ENUM_VALUE (JZ_PLAYER_STATE_PLAYING, "playing"),
                    G_DEFINE_ENUM_VALUE (JZ_PLAYER_STATE_ENDED, "ended"),
                    G_DEFINE_ENUM_VALUE (JZ_PLAYER_STATE_FAILED, "failed"))

static GParamSpec *properties[JZ_PLAYER_N_PROPERTIES];
static guint signals[JZ_PLAYER_N_SIGNALS];

void
jz_player_tell (JzPlayer *self, guint signal, gconstpointer argument)
{
  if (signal == JZ_PLAYER_ENDED)
    g_signal_emit (self, signals[signal], 0);
  else
    g_signal_emit (self, signals[signal], 0, argument);
}

void
jz_player_notify (JzPlayer *self, guint property)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

void
jz_player_set_state (JzPlayer *self, JzPlayerState state)
{
  if (self->state == state)
    return;
  self->state = state;
  jz_player_notify (self, JZ_PLAYER_STATE_PROPERTY);
}

void
jz_player_set_position (JzPlayer *self, gint64 position)
{
  if (self->position == position)
    return;
  self->position = position;
  jz_player_notify (self, JZ_PLAYER_POSITION);
}

static void
jz_player_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  JzPlayer *self = JZ_PLAYER (object);

  switch (id) {
  case JZ_PLAYER_STATE_PROPERTY:
    g_value_set_enum (value, (int)self->state);
    break;
  case JZ_PLAYER_POSITION:
    g_value_set_int64 (value, self->position);
    break;
  case JZ_PLAYER_DURATION:
    g_value_set_int64 (value, self->duration);
    break;
  case JZ_PLAYER_RATE:
    g_value_set_double (value, self->rate);
    break;
  case JZ_PLAYER_VOLUME:
    g_value_set_double (value, self->volume);
    break;
  case JZ_PLAYER_MUTED:
    g_value_set_boolean (value, self->is_muted);
    break;
  case JZ_PLAYER_HAS_VIDEO:
    g_value_set_boolean (value, self->has_video);
    break;
  case JZ_PLAYER_HAS_SOUND:
    g_value_set_boolean (value, self->has_sound);
    break;
  case JZ_PLAYER_INDEX:
    g_value_set_boxed (value, self->index);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
  }
}

static void
jz_player_set_property (GObject *object, guint id, const GValue *value, GParamSpec *spec)
{
  JzPlayer *self = JZ_PLAYER (object);

  switch (id) {
  case JZ_PLAYER_RATE:
    jz_player_set_rate (self, g_value_get_double (value));
    break;
  case JZ_PLAYER_VOLUME:
    jz_player_set_volume (self, g_value_get_double (value));
    break;
  case JZ_PLAYER_MUTED:
    jz_player_set_muted (self, g_value_get_boolean (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
  }
}

/* Forgets what is known of a file; the wishes of the user stay. */
static void
forget (JzPlayer *self)
{
  g_autoptr (GError) closed = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "closed");

  jz_player_hash_fail_all (self, closed);
  jz_player_session_end (self);
  g_clear_pointer (&self->sound, jz_player_sound_free);
  g_clear_pointer (&self->index, jz_frame_index_unref);
  g_clear_pointer (&self->frame, jz_frame_unref);
  g_clear_pointer (&self->failure, g_free);
  if (self->file >= 0)
    close (self->file);
  self->file = -1;
  self->position = 0;
  self->duration = -1;
  self->has_video = FALSE;
  self->has_sound = FALSE;
  self->n_dropped = 0;
  self->wants_playing = FALSE;
  self->was_restarted = FALSE;
  self->goal = -1;
  self->is_seek_waiting = FALSE;
  self->is_play_waiting = FALSE;
  self->n_steps_waiting = 0;
}

static void
jz_player_dispose (GObject *object)
{
  JzPlayer *self = JZ_PLAYER (object);

  forget (self);
  g_clear_handle_id (&self->resize, g_source_remove);
  g_clear_object (&self->media);
  G_OBJECT_CLASS (jz_player_parent_class)->dispose (object);
}

static void
jz_player_finalize (GObject *object)
{
  JzPlayer *self = JZ_PLAYER (object);

  g_hash_table_unref (self->hashes);
  G_OBJECT_CLASS (jz_player_parent_class)->finalize (object);
}

static void
install_properties (GObjectClass *class)
{
  GParamFlags to_read = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;
  GParamFlags to_set = to_read | G_PARAM_WRITABLE;

  properties[JZ_PLAYER_STATE_PROPERTY] =
    g_param_spec_enum ("state", NULL, NULL, JZ_TYPE_PLAYER_STATE, JZ_PLAYER_STATE_EMPTY, to_read);
  properties[JZ_PLAYER_POSITION] =
    g_param_spec_int64 ("position", NULL, NULL, G_MININT64, G_MAXINT64, 0, to_read);
  properties[JZ_PLAYER_DURATION] =
    g_param_spec_int64 ("duration", NULL, NULL, -1, G_MAXINT64, -1, to_read);
  properties[JZ_PLAYER_RATE] =
    g_param_spec_double ("rate", NULL, NULL, JZ_PLAYER_RATE_MIN, JZ_PLAYER_RATE_MAX, 1.0, to_set);
  properties[JZ_PLAYER_VOLUME] = g_param_spec_double ("volume", NULL, NULL, 0.0, 1.0, 1.0, to_set);
  properties[JZ_PLAYER_MUTED] = g_param_spec_boolean ("muted", NULL, NULL, FALSE, to_set);
  properties[JZ_PLAYER_HAS_VIDEO] = g_param_spec_boolean ("has-video", NULL, NULL, FALSE, to_read);
  properties[JZ_PLAYER_HAS_SOUND] = g_param_spec_boolean ("has-sound", NULL, NULL, FALSE, to_read);
  properties[JZ_PLAYER_INDEX] =
    g_param_spec_boxed ("index", NULL, NULL, JZ_TYPE_FRAME_INDEX, to_read);
  g_object_class_install_properties (class, JZ_PLAYER_N_PROPERTIES, properties);
}

static void
jz_player_class_init (JzPlayerClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GType type = G_TYPE_FROM_CLASS (class);

  object_class->dispose = jz_player_dispose;
  object_class->finalize = jz_player_finalize;
  object_class->get_property = jz_player_get_property;
  object_class->set_property = jz_player_set_property;
  install_properties (object_class);
  signals[JZ_PLAYER_FRAME] = g_signal_new ("frame", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                           G_TYPE_NONE, 1, JZ_TYPE_FRAME);
  signals[JZ_PLAYER_ENDED] =
    g_signal_new ("ended", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[JZ_PLAYER_FAILED] = g_signal_new ("failed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                            G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[JZ_PLAYER_NOTICE] = g_signal_new ("notice", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                            G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
jz_player_init (JzPlayer *self)
{
  self->hashes = g_hash_table_new_full (NULL, NULL, NULL, g_object_unref);
  self->file = -1;
  self->index_memory = -1;
  self->duration = -1;
  self->heard_at = -1;
  self->goal = -1;
  self->deadline = DEADLINE_SECONDS;
  self->rate = 1.0;
  self->volume = 1.0;
  self->width = DEFAULT_WIDTH;
  self->height = DEFAULT_HEIGHT;
}

/**
 * jz_player_new:
 * @media: opens files
 *
 * Returns: (transfer full): a player with nothing in it
 */
JzPlayer *
jz_player_new (JzMedia *media)
{
  JzPlayer *self = NULL;

  g_return_val_if_fail (JZ_IS_MEDIA (media), NULL);
  self = g_object_new (JZ_TYPE_PLAYER, NULL);
  self->media = g_object_ref (media);
  return self;
}

static void
fail_to_open (JzPlayer *self, const char *sentence)
{
  self->failure = g_strdup (sentence);
  jz_player_set_state (self, JZ_PLAYER_STATE_FAILED);
  jz_player_tell (self, JZ_PLAYER_FAILED, self->failure);
}

static void
open_file (JzPlayer *self, int file)
{
  self->file = file;
  jz_player_set_state (self, JZ_PLAYER_STATE_OPENING);
  jz_player_session_start (self);
}

static void
notify_all (JzPlayer *self)
{
  for (guint i = JZ_PLAYER_POSITION; i < JZ_PLAYER_N_PROPERTIES; i++)
    jz_player_notify (self, i);
}

/**
 * jz_player_open:
 * @self: a player
 * @path: (type filename): a recording
 *
 * Opens a recording and stands at its first picture. What was open is closed. Ends in
 * %JZ_PLAYER_STATE_PAUSED, or in %JZ_PLAYER_STATE_FAILED with one sentence.
 */
void
jz_player_open (JzPlayer *self, const char *path)
{
  g_autoptr (GError) error = NULL;
  int file = -1;

  g_return_if_fail (JZ_IS_PLAYER (self));
  jz_player_close (self);
  file = jz_media_open (path, &error);
  if (file >= 0)
    open_file (self, file);
  else
    fail_to_open (self, error->message);
}

/**
 * jz_player_open_fd:
 * @self: a player
 * @fd: a recording, opened for reading; stays the caller's
 *
 * As jz_player_open(). The handle's offset is neither used nor moved.
 */
void
jz_player_open_fd (JzPlayer *self, int fd)
{
  int file = -1;

  g_return_if_fail (JZ_IS_PLAYER (self));
  jz_player_close (self);
  file = fcntl (fd, F_DUPFD_CLOEXEC, 3);
  if (file >= 0)
    open_file (self, file);
  else
    fail_to_open (self, g_strerror (errno));
}

/**
 * jz_player_close:
 * @self: a player
 *
 * Ends playing and the process that did it. Rate, volume and size stay.
 */
void
jz_player_close (JzPlayer *self)
{
  g_return_if_fail (JZ_IS_PLAYER (self));
  if (self->state == JZ_PLAYER_STATE_EMPTY)
    return;
  forget (self);
  jz_player_set_state (self, JZ_PLAYER_STATE_EMPTY);
  notify_all (self);
}

/**
 * jz_player_retry:
 * @self: a player that failed
 *
 * Starts anew at the last position.
 */
void
jz_player_retry (JzPlayer *self)
{
  g_return_if_fail (JZ_IS_PLAYER (self));
  if (self->state != JZ_PLAYER_STATE_FAILED || self->file < 0)
    return;
  g_clear_pointer (&self->failure, g_free);
  self->was_restarted = FALSE;
  self->is_play_waiting = self->wants_playing;
  jz_player_set_state (self, JZ_PLAYER_STATE_OPENING);
  jz_player_session_start (self);
}

/**
 * jz_player_get_rate:
 * @self: a player
 *
 * Returns: how fast it plays; 1 is as it was recorded
 */
double
jz_player_get_rate (JzPlayer *self)
{
  return self->rate;
}

/**
 * jz_player_get_volume:
 * @self: a player
 *
 * Returns: 0 to 1
 */
double
jz_player_get_volume (JzPlayer *self)
{
  return self->volume;
}

/**
 * jz_player_get_muted:
 * @self: a player
 *
 * Returns: whether nothing is to be heard
 */
gboolean
jz_player_get_muted (JzPlayer *self)
{
  return self->is_muted;
}

/**
 * jz_player_get_state:
 * @self: a player
 *
 * Returns: what it does
 */
JzPlayerState
jz_player_get_state (JzPlayer *self)
{
  return self->state;
}

/**
 * jz_player_get_failure:
 * @self: a player
 *
 * Returns: (nullable): one sentence that says why it cannot go on
 */
const char *
jz_player_get_failure (JzPlayer *self)
{
  return self->failure;
}

/**
 * jz_player_get_position:
 * @self: a player
 *
 * Returns: nanoseconds: the time stamp of the picture that is shown, or what is heard
 */
gint64
jz_player_get_position (JzPlayer *self)
{
  return self->position;
}

/**
 * jz_player_get_duration:
 * @self: a player
 *
 * Returns: nanoseconds, -1 if it is not known
 */
gint64
jz_player_get_duration (JzPlayer *self)
{
  return self->duration;
}

/**
 * jz_player_get_has_video:
 * @self: a player
 *
 * Returns: whether there are pictures that can be decoded
 */
gboolean
jz_player_get_has_video (JzPlayer *self)
{
  return self->has_video;
}

/**
 * jz_player_get_has_sound:
 * @self: a player
 *
 * Returns: whether there is sound that can be decoded
 */
gboolean
jz_player_get_has_sound (JzPlayer *self)
{
  return self->has_sound;
}

/**
 * jz_player_get_frame:
 * @self: a player
 *
 * Returns: (transfer none) (nullable): the picture that is shown; it stays when the helper is gone
 */
JzFrame *
jz_player_get_frame (JzPlayer *self)
{
  return self->frame;
}

/**
 * jz_player_get_index:
 * @self: a player
 *
 * Returns: (transfer none) (nullable): all pictures of the recording, once it was read through
 */
JzFrameIndex *
jz_player_get_index (JzPlayer *self)
{
  return self->index;
}

/**
 * jz_player_get_n_dropped:
 * @self: a player
 *
 * Returns: pictures left out while playing since it was opened, as far as the list of pictures
 *   tells
 */
guint64
jz_player_get_n_dropped (JzPlayer *self)
{
  return self->n_dropped;
}
