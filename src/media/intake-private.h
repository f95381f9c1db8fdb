/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "media/intake_item-private.h"

G_BEGIN_DECLS

/* What the list of an intake and its thread share. */

struct _JzIntake {
  GObject parent_instance;

  JzOffice *office;
  char *case_id;
  GMainContext *context;
  GPtrArray *items; /* JzIntakeItem; on the own thread */
  GThread *thread;
  GAsyncQueue *queue; /* JzIntakeItem; the intake itself says that there is no more */

  GMutex mutex; /* guards what follows, and the items' news */
  GCond resumed;
  gboolean is_paused;
  gboolean is_stopped;
  GSource *timeout;
  GHashTable *hashes; /* hash in hex → name */
};

/* With the mutex held: the file has news, which are shown soon. */
void jz_intake_tell (JzIntake *self, JzIntakeItem *item);

/* intake_thread.c: takes the files of the queue of the intake @data until that gives itself. */
gpointer jz_intake_work_in_thread (gpointer data);

G_END_DECLS
