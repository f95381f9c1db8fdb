/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "media/error.h"
#include "media/message.h"

G_BEGIN_DECLS

/* The main loop of juanzong-media: reads packets of the socket in the default main context and
 * gives each to who answers for its type. */
typedef struct _JzServe JzServe;

/* Called in the main loop; may take the message's handles, the rest is closed afterwards. It must
 * not block: what takes time goes to a thread. */
typedef void (*JzServeHandler) (JzServe *serve, JzMessage *message, gpointer user_data);

JzServe *jz_serve_new (int socket);
void jz_serve_free (JzServe *self);
/* @handler answers for the types from @first to @last. */
void jz_serve_add (JzServe *self,
                   JzMessageType first,
                   JzMessageType last,
                   JzServeHandler handler,
                   gpointer user_data);
/* Until the other end closes or says QUIT. */
void jz_serve_run (JzServe *self);

/* From any thread. If nobody reads any more, the process ends. */
void jz_serve_answer (JzServe *self, const JzMessage *message);
void jz_serve_done (JzServe *self, guint32 serial, gint64 a, gint64 b, gint64 c, gint64 d);
void jz_serve_fail (JzServe *self, guint32 serial, JzMediaError code, const char *detail);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JzServe, jz_serve_free)

G_END_DECLS
