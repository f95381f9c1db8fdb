/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "media/cage.h"
#include "media/message.h"

G_BEGIN_DECLS

/* A running juanzong-media. Not bound to a thread, but used by one at a time; only
 * jz_helper_send() and jz_helper_kill() may be called by any thread at any time. */
typedef struct _JzHelper JzHelper;

/* Starts one and waits for its HELLO; blocks for up to some seconds: for worker threads. */
JzHelper *jz_helper_start (JzCage *cage, GCancellable *cancellable, GError **error);
JzHelper *jz_helper_ref (JzHelper *self);
/* The last one ends the process; never blocks. */
void jz_helper_unref (JzHelper *self);

/* To be watched in a main context (g_unix_fd_source_new()); stays the helper's. */
int jz_helper_get_socket (JzHelper *self);
gint64 jz_helper_get_pid (JzHelper *self);
/* All that bubblewrap keeps away is kept away. */
gboolean jz_helper_is_caged (JzHelper *self);

/* Fails with JZ_MEDIA_ERROR_DIED when it is gone. */
gboolean jz_helper_send (JzHelper *self, const JzMessage *message, GError **error);
/* As jz_message_receive(); after CLOSED and BROKEN the process is ended and error says why, in one
 * sentence (JZ_MEDIA_ERROR_DIED, _TOO_LARGE, _PROTOCOL). */
JzMessageResult
jz_helper_receive (JzHelper *self, JzMessage *message, int timeout_ms, GError **error);
/* Ends it at once. What it was killed for becomes the sentence of later calls. */
void jz_helper_kill (JzHelper *self, JzMediaError why);

/* Memory for a result, made and sealed here: the helper can neither shrink nor grow it. The handle
 * is to be closed by the caller. */
int jz_result_memory_new (gsize size, GError **error);
/* Copies the first @length bytes, because what is shared may still change. */
GBytes *jz_result_memory_copy (int handle, gsize size, gsize length, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JzHelper, jz_helper_unref)

G_END_DECLS
