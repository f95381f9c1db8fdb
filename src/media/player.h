/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "media/frame.h"
#include "media/media.h"

G_BEGIN_DECLS

/**
 * JzPlayerState:
 * @JZ_PLAYER_STATE_EMPTY: nothing is open
 * @JZ_PLAYER_STATE_OPENING: the first picture or sound is not there yet; also while it starts again
 * @JZ_PLAYER_STATE_PAUSED: stands
 * @JZ_PLAYER_STATE_PLAYING: plays
 * @JZ_PLAYER_STATE_ENDED: stands at the end; playing starts at the beginning
 * @JZ_PLAYER_STATE_FAILED: cannot go on, jz_player_get_failure() says why; jz_player_retry() tries
 */
typedef enum {
  JZ_PLAYER_STATE_EMPTY,
  JZ_PLAYER_STATE_OPENING,
  JZ_PLAYER_STATE_PAUSED,
  JZ_PLAYER_STATE_PLAYING,
  JZ_PLAYER_STATE_ENDED,
  JZ_PLAYER_STATE_FAILED,
} JzPlayerState;

#define JZ_TYPE_PLAYER_STATE (jz_player_state_get_type ())
GType jz_player_state_get_type (void);

#define JZ_PLAYER_RATE_MIN 0.25
#define JZ_PLAYER_RATE_MAX 4.0

/* Plays one recording at a time in a helper process of its own. All of it is called from the thread
 * that made it, and everything is told in that thread's main context.
 *
 * Properties (all notify): "state" JzPlayerState; "position", "duration" gint64 nanoseconds
 * (duration -1: not known); "rate" double; "volume" double 0…1; "muted"; "has-video"; "has-sound";
 * "index" JzFrameIndex, NULL until the file was read through.
 * Signals: "frame" (JzFrame *) a picture to show; "ended" (); "failed" (const char *sentence) it
 * cannot go on; "notice" (const char *sentence) something happened and it goes on, to be shown. */
#define JZ_TYPE_PLAYER (jz_player_get_type ())
G_DECLARE_FINAL_TYPE (JzPlayer, jz_player, JZ, PLAYER, GObject)

JzPlayer *jz_player_new (JzMedia *media);

/* Ends in state paused with the first picture, or failed. */
void jz_player_open (JzPlayer *self, const char *path);
void jz_player_open_fd (JzPlayer *self, int fd); /* @fd stays the caller's */
void jz_player_close (JzPlayer *self);
void jz_player_retry (JzPlayer *self);

void jz_player_play (JzPlayer *self);
void jz_player_pause (JzPlayer *self);
/* is_exact: the picture shown at @pts; otherwise the nearest that is quick to show, for dragging */
void jz_player_seek (JzPlayer *self, gint64 pts, gboolean is_exact);
/* pauses and shows the picture so many after (before, when negative) the one shown */
void jz_player_step (JzPlayer *self, int n_frames);

double jz_player_get_rate (JzPlayer *self);
void jz_player_set_rate (JzPlayer *self, double rate);
double jz_player_get_volume (JzPlayer *self);
void jz_player_set_volume (JzPlayer *self, double volume);
gboolean jz_player_get_muted (JzPlayer *self);
void jz_player_set_muted (JzPlayer *self, gboolean is_muted);
/* Pictures come as large as fits into so many device pixels, never larger than they are. */
void jz_player_set_size (JzPlayer *self, guint width, guint height);

JzPlayerState jz_player_get_state (JzPlayer *self);
const char *jz_player_get_failure (JzPlayer *self); /* sentence, or NULL */
gint64 jz_player_get_position (JzPlayer *self);
gint64 jz_player_get_duration (JzPlayer *self);
gboolean jz_player_get_has_video (JzPlayer *self);
gboolean jz_player_get_has_sound (JzPlayer *self);
JzFrame *jz_player_get_frame (JzPlayer *self);      /* (transfer none) (nullable): shown now */
JzFrameIndex *jz_player_get_index (JzPlayer *self); /* (transfer none) (nullable) */
guint64 jz_player_get_n_dropped (JzPlayer *self);   /* pictures left out since it was opened */

/* Which picture is shown at @pts (-1: the one shown now), with the hash of its samples. */
void jz_player_hash_frame_async (JzPlayer *self,
                                 gint64 pts,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer data);
JzFrameHash *jz_player_hash_frame_finish (JzPlayer *self, GAsyncResult *result, GError **error);

/* The same, and the picture itself in full size, in memory of its own. */
void jz_player_still_async (JzPlayer *self,
                            gint64 pts,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer data);
JzFrame *
jz_player_still_finish (JzPlayer *self, GAsyncResult *result, JzFrameHash **hash, GError **error);

G_END_DECLS
