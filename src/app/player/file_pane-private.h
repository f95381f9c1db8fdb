/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/player/file_pane.h"
#include "app/player/player_pane.h"
#include "app/viewer/viewer_pane.h"

G_BEGIN_DECLS

/* What the files of a file's pane share. */

struct _JzFilePane {
  AdwBin parent_instance;

  GtkStack *stack; /* loading, player, viewer, other, failed, locked */
  GtkLabel *failure;
  GtkLabel *lock;
  GtkWidget *other; /* NULL until it is needed, as player and viewer */
  JzPlayerPane *player;
  JzViewerPane *viewer;

  JzOfficeClient *client;
  GCancellable *cancellable;
  char *case_id;
  char *attachment;
  JzJson *file; /* as of jz_recording_find() */
  JzProbe *probe;
  int handle;
  gint64 from; /* where it is to be shown; -1 for the beginning */
  gint64 until;
  guint page; /* of a paper, from 0 */
  gboolean is_narrow;
  gboolean is_open; /* something of it was shown */
};

void jz_file_pane_show_failure (JzFilePane *self, const char *sentence);
/* In place of the picture. */
void jz_file_pane_show_lock (JzFilePane *self, const char *sentence);
/* By its kind; the sentence is of a file whose kind is not known. */
void jz_file_pane_show_content (JzFilePane *self, const char *sentence);

G_END_DECLS
