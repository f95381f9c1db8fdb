/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What goes between a program and juanzong-media: one packet of a SOCK_SEQPACKET socket is a header
 * of fixed size, then a short text, with up to two file handles beside it (design §9). */
#define JZ_MESSAGE_VERSION 1
#define JZ_MESSAGE_MAX_TEXT (32 * 1024)
#define JZ_MESSAGE_MAX_HANDLES 2

/**
 * JzMessageType:
 * @JZ_MESSAGE_PING: to the helper; it answers %JZ_MESSAGE_PONG at once, whatever it works at
 * @JZ_MESSAGE_QUIT: to the helper: end; no answer
 * @JZ_MESSAGE_PROBE: file, memory; text: the name's ending ("mp4"). %JZ_MESSAGE_DONE a: bytes of
 * canonical JSON (#JzProbe) in the memory
 * @JZ_MESSAGE_THUMBNAIL: file, memory; a: time (ns) or page, b, c: greatest width and height.
 * %JZ_MESSAGE_DONE a, b: width and height of the BGRA picture in the memory, c: its row in bytes,
 * d: its time (ns) or page
 * @JZ_MESSAGE_PICTURE: file, memory; b, c: greatest width and height; a picture is made smaller to
 * fit, never larger, and is turned as its file says. Answer as for %JZ_MESSAGE_THUMBNAIL
 * @JZ_MESSAGE_PEAKS: file, memory; a: how many. %JZ_MESSAGE_DONE a: bytes in the memory, b: the
 * sound's duration (ns)
 * @JZ_MESSAGE_PAGE: file, memory; a: page from 0, b: width, c: greatest height. %JZ_MESSAGE_DONE
 * a, b: width and height of the BGRA picture, c: its row in bytes, d: number of pages
 * @JZ_MESSAGE_PAGE_TEXT: file, memory; a: page from 0. %JZ_MESSAGE_DONE a: bytes in the memory
 * @JZ_MESSAGE_PLAY_FIRST: from here to %JZ_MESSAGE_PLAY_LAST: requests of the player
 * @JZ_MESSAGE_HELLO: from the helper, first of all; a: %JZ_MESSAGE_VERSION, b: 1 if its system
 * calls are restricted (seccomp), c: 1 if its memory is bounded, d: 1 if it can open libraries and
 * fonts only (Landlock)
 * @JZ_MESSAGE_PONG: answer to %JZ_MESSAGE_PING
 * @JZ_MESSAGE_DONE: a request is done
 * @JZ_MESSAGE_FAILED: a request failed; a: #JzMediaError; text: detail, in the library's words; for
 * %JZ_MEDIA_ERROR_CODEC the media types that are missing, a space between them
 * @JZ_MESSAGE_SHOWN_FIRST: from here to %JZ_MESSAGE_SHOWN_LAST: answers of the player
 *
 * The types of packets. The serial of an answer is that of its request.
 */
typedef enum {
  JZ_MESSAGE_PING = 1,
  JZ_MESSAGE_QUIT = 2,
  JZ_MESSAGE_PROBE = 3,
  JZ_MESSAGE_THUMBNAIL = 4,
  JZ_MESSAGE_PICTURE = 5,
  JZ_MESSAGE_PEAKS = 6,
  JZ_MESSAGE_PAGE = 7,
  JZ_MESSAGE_PAGE_TEXT = 8,
  JZ_MESSAGE_PLAY_FIRST = 32,
  JZ_MESSAGE_PLAY_LAST = 63,
  JZ_MESSAGE_HELLO = 100,
  JZ_MESSAGE_PONG = 101,
  JZ_MESSAGE_DONE = 102,
  JZ_MESSAGE_FAILED = 103,
  JZ_MESSAGE_SHOWN_FIRST = 132,
  JZ_MESSAGE_SHOWN_LAST = 163,
} JzMessageType;

/**
 * JzMessage:
 * @type: a #JzMessageType; what came may have any number
 * @serial: chosen by who asks; 0 for what answers nothing
 * @text: (nullable): when it was received: owned, and ends with a NUL that @length does not count
 * @handles: when it was received: owned, closed by jz_message_clear() unless taken
 *
 * A packet.
 */
typedef struct {
  guint32 type;
  guint32 serial;
  gint64 a;
  gint64 b;
  gint64 c;
  gint64 d;
  const char *text;
  gsize length;
  int handles[JZ_MESSAGE_MAX_HANDLES];
  guint n_handles;
} JzMessage;

void jz_message_clear (JzMessage *self);
/* The handle at @position, which the caller owns from now on; -1 if there is none. */
int jz_message_take_handle (JzMessage *self, guint position);

gboolean jz_message_parse (JzMessage *self, const void *packet, gsize size, GError **error);
gboolean jz_message_send (int socket, const JzMessage *message, GError **error);

/**
 * JzMessageResult:
 * @JZ_MESSAGE_RECEIVED: a packet was read
 * @JZ_MESSAGE_NONE: none was there in time
 * @JZ_MESSAGE_CLOSED: the other end is closed
 * @JZ_MESSAGE_BROKEN: what came is no packet of ours, or the socket failed; the error says it
 */
typedef enum {
  JZ_MESSAGE_RECEIVED,
  JZ_MESSAGE_NONE,
  JZ_MESSAGE_CLOSED,
  JZ_MESSAGE_BROKEN,
} JzMessageResult;

/* Waits for @timeout_ms at most; 0: not at all, -1: for ever. */
JzMessageResult jz_message_receive (int socket, JzMessage *message, int timeout_ms, GError **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (JzMessage, jz_message_clear)

G_END_DECLS
