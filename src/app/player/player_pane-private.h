/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/player/player_pane.h"
#include "app/player/player_view.h"
#include "app/player/time_line.h"
#include "media/player.h"

G_BEGIN_DECLS

/* What the files of the player's pane share. */

struct _JzPlayerPane {
  GtkWidget parent_instance;

  /* Template children */
  GtkWidget *stage;
  JzPlayerView *view;
  GtkWidget *failure_box;
  GtkLabel *failure;
  GtkLabel *notice;
  JzTimeLine *line;
  GtkButton *play;
  GtkDropDown *rate;
  GtkToggleButton *mute;
  GtkWidget *volume;
  GtkAdjustment *volume_value;
  GtkLabel *moment;
  GtkWidget *detach;
  GtkWidget *marking;
  GtkDropDown *kind;
  GtkEditable *text;
  GtkButton *mark;
  GtkWidget *cancel_edit;
  GtkWidget *still;
  GtkWidget *side;
  GtkBox *checks;
  GtkListBox *marks;

  JzOfficeClient *client;
  JzPlayer *player;
  GCancellable *cancellable; /* of this recording */
  char *case_id;
  char *attachment;
  JzJson *file;  /* as of jz_recording_find() */
  JzJson *kinds; /* of marks */
  JzSeen *seen;
  GArray *bad;  /* guint64: pieces that are not what was written */
  char *edited; /* (nullable): id of the mark that is being changed */
  gint64 size;
  gint64 last;    /* where it was when that was last written to @seen; -1 for nowhere */
  gint64 stop_at; /* a stretch is played until there; -1 for none */
  gint64 from;    /* of the stretch that is being marked; -1 for none */
  gint64 until;
  gint64 wanted; /* where it is to be once it is open; -1 for the beginning */
  gint64 wanted_until;
  guint tick; /* of the watermark */
  gboolean is_narrow;
  gboolean is_setting;
  gboolean holds_lock;
  gboolean is_busy; /* a mark or a picture is being made */
};

/* player_controls.c */
void jz_player_pane_install_controls (GtkWidgetClass *widget_class);
void jz_player_pane_init_controls (JzPlayerPane *self);
void jz_player_pane_set_plain_rate (JzPlayerPane *self);

/* player_marks.c */
void jz_player_pane_install_marks (GtkWidgetClass *widget_class);
void jz_player_pane_init_marks (JzPlayerPane *self);
void jz_player_pane_show_marks (JzPlayerPane *self);
void jz_player_pane_begin_stretch (JzPlayerPane *self, gint64 from, gint64 until);
void jz_player_pane_mark (JzPlayerPane *self);
void jz_player_pane_activate_row (JzPlayerPane *self, GtkListBoxRow *row);
void jz_player_pane_tick (JzPlayerPane *self, const char *of, const JzJson *point);

/* player_checks.c */
void jz_player_pane_install_checks (GtkWidgetClass *widget_class);
void jz_player_pane_show_checks (JzPlayerPane *self);

/* player_still.c */
void jz_player_pane_keep_still (JzPlayerPane *self);
JzJson *jz_player_frame_arguments (JzJson *args, const JzFrameHash *hash);

/* player_pieces.c */
void jz_player_pane_check_pieces (JzPlayerPane *self);
void jz_player_pane_show_bad (JzPlayerPane *self);

/* player_keys.c */
void jz_player_pane_init_keys (JzPlayerPane *self);

G_END_DECLS
