/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "media/play_message.h"
#include "media/player.h"
#include "media/player_link.h"
#include "media/player_sound.h"

G_BEGIN_DECLS

/* One request at a time is under way: what comes meanwhile is put together, so that dragging and a
 * held key never pile up behind a slow file. */
struct _JzPlayer {
  GObject parent_instance;

  /* owned */
  JzMedia *media;
  JzPlayerLink *link; /* NULL: nothing is open, or it failed */
  JzPlayerSound *sound;
  JzFrameIndex *index;
  JzFrame *frame;
  char *failure;
  int file;           /* -1 */
  GHashTable *hashes; /* serial → GTask */

  /* what is open */
  JzPlayerState state;
  gint64 position;
  gint64 duration;
  gboolean has_video;
  gboolean has_sound;
  guint full_width;
  guint full_height;
  guint64 n_dropped;

  /* what the user wants */
  gboolean wants_playing;
  double rate;
  double volume;
  gboolean is_muted;
  guint width;
  guint height;
  guint resize;

  /* requests */
  guint32 last_serial;
  guint32 shown_serial; /* of the request whose pictures are shown */
  guint32 busy_serial;  /* of the one under way; 0: none */
  JzPlayMessage busy_type;
  guint32 index_serial;
  int index_memory;
  gboolean is_seek_waiting;
  gint64 seek_pts;
  gboolean is_seek_exact;
  gint64 goal; /* of the last exact seek, while nothing else moved the position; -1 */
  gboolean is_play_waiting;
  int n_steps_waiting;

  /* sound without pictures moves the position by the clock */
  gint64 heard_at;
  gint64 heard_pts;
  guint tick;

  guint deadline;   /* seconds that the first picture and a seek may take */
  gint64 opened_at; /* monotonic; when the helper that runs got there */
  gboolean was_restarted;
};

enum {
  JZ_PLAYER_STATE_PROPERTY = 1,
  JZ_PLAYER_POSITION,
  JZ_PLAYER_DURATION,
  JZ_PLAYER_RATE,
  JZ_PLAYER_VOLUME,
  JZ_PLAYER_MUTED,
  JZ_PLAYER_HAS_VIDEO,
  JZ_PLAYER_HAS_SOUND,
  JZ_PLAYER_INDEX,
  JZ_PLAYER_N_PROPERTIES,
};
enum {
  JZ_PLAYER_FRAME,
  JZ_PLAYER_ENDED,
  JZ_PLAYER_FAILED,
  JZ_PLAYER_NOTICE,
  JZ_PLAYER_N_SIGNALS,
};

void jz_player_tell (JzPlayer *self, guint signal, gconstpointer argument);
void jz_player_notify (JzPlayer *self, guint property);
void jz_player_set_state (JzPlayer *self, JzPlayerState state);
void jz_player_set_position (JzPlayer *self, gint64 position);

void jz_player_session_start (JzPlayer *self);
void jz_player_session_end (JzPlayer *self);
/* Sends what waits, if nothing is under way. */
void jz_player_pump (JzPlayer *self);
void jz_player_send_pause (JzPlayer *self);
guint32 jz_player_next_serial (JzPlayer *self);
void jz_player_set_duration (JzPlayer *self, gint64 duration);

/* The helper can tell so many pictures: they are asked for. */
void jz_player_ask_index (JzPlayer *self, gint64 n_frames);
void jz_player_take_index (JzPlayer *self, const JzMessage *message);
void jz_player_forget_index (JzPlayer *self); /* gives up what was asked for */
/* The list tells which picture it is, where the helper did not know it yet. */
void jz_player_number_frame (JzPlayer *self, JzFrame *frame);

/* Answers to jz_player_hash_frame_async() and jz_player_still_async(). */
void jz_player_hash_answer (JzPlayer *self, JzMessage *message);
gboolean jz_player_hash_fail (JzPlayer *self, guint32 serial, const GError *reason);
void jz_player_hash_fail_all (JzPlayer *self, const GError *reason);

G_END_DECLS
