/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "media/media.h"

G_BEGIN_DECLS

/**
 * JzMediaRequest:
 * @type: of the packet
 * @file: opened for reading; borrowed
 * @text: (nullable): that goes along
 * @memory_size: how much room the result gets
 * @deadline_ms: when it is ended
 */
typedef struct {
  JzMessageType type;
  int file;
  gint64 a;
  gint64 b;
  gint64 c;
  const char *text;
  gsize memory_size;
  guint deadline_ms;
} JzMediaRequest;

/**
 * JzMediaAnswer:
 * @numbers: a, b, c, d of the answer; they are the helper's, and not to be believed
 * @memory: the result, to be read by jz_result_memory_copy(); owned
 */
typedef struct {
  gint64 numbers[4];
  int memory;
} JzMediaAnswer;

void jz_media_answer_clear (JzMediaAnswer *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (JzMediaAnswer, jz_media_answer_clear)

/**
 * JzMediaPatience:
 * @deadline: how long an answer may take, in microseconds
 * @silence: how long a helper may say nothing at all
 */
typedef struct {
  gint64 deadline;
  gint64 silence;
} JzMediaPatience;

/* Waits for the answer of a helper that was asked. */
gboolean jz_media_wait (JzHelper *helper,
                        guint32 serial,
                        const JzMediaPatience *patience,
                        JzMediaAnswer *answer,
                        gboolean *is_alive,
                        GCancellable *cancellable,
                        GError **error);
/* Asks a helper that knows no other file; for worker threads. */
gboolean jz_media_ask (JzMedia *self,
                       const JzMediaRequest *request,
                       JzMediaAnswer *answer,
                       GCancellable *cancellable,
                       GError **error);
/* The answer was none that may be given: whoever gives it is not asked again. */
gboolean jz_media_distrust (JzMedia *self, int file, GError **error);

G_END_DECLS
