/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "media/frame.h"
#include "media/media.h"

G_BEGIN_DECLS

/* One helper process, from its start to its end, as the player sees it: what it says comes in the
 * main context in which this was made, and its end comes as one sentence. */
typedef struct _JzPlayerLink JzPlayerLink;

typedef struct {
  /* It runs: requests may be sent. */
  void (*ready) (gpointer data);
  void (*message) (JzMessage *message, gpointer data);
  void (*frame) (JzFrame *frame, guint32 serial, gpointer data);
  /* It is gone, or did not start; the link is to be freed. */
  void (*lost) (const GError *reason, gpointer data);
} JzPlayerLinkCallbacks;

JzPlayerLink *jz_player_link_new (JzMedia *media,
                                  guint width,
                                  guint height,
                                  const JzPlayerLinkCallbacks *callbacks,
                                  gpointer data);
/* Ends the helper; nothing is called back any more. */
void jz_player_link_free (JzPlayerLink *self);
void jz_player_link_send (JzPlayerLink *self, const JzMessage *message);
/* If nothing calls this again with 0 in so many seconds, the helper is ended for being too slow. */
void jz_player_link_expect (JzPlayerLink *self, guint seconds);
gint64 jz_player_link_get_pid (JzPlayerLink *self);
void jz_player_link_set_size (JzPlayerLink *self, guint width, guint height);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JzPlayerLink, jz_player_link_free)

G_END_DECLS
