/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "media/message.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "media/error.h"

/* A packet socket keeps packets apart, so that none can be cut or run into the next; all that is
 * left to check are the header's own numbers and that nothing was left out on the way. Both ends
 * are the same machine and the same build: numbers stand in the machine's order. */

#define MAGIC 0x6a7a6d31 /* "jzm1" */

typedef struct {
  guint32 magic;
  guint32 type;
  guint32 serial;
  guint32 length;
  gint64 numbers[4];
} Header;

G_STATIC_ASSERT (sizeof (Header) == 48);

#define MAX_PACKET (sizeof (Header) + JZ_MESSAGE_MAX_TEXT)

static void
close_handles (int *handles, guint n)
{
  for (guint i = 0; i < n; i++)
    if (handles[i] >= 0)
      close (handles[i]);
}

/**
 * jz_message_clear:
 * @self: a message that was received
 *
 * Frees its text and closes the handles that nobody took.
 */
void
jz_message_clear (JzMessage *self)
{
  close_handles (self->handles, self->n_handles);
  g_free ((char *)self->text);
  memset (self, 0, sizeof *self);
}

/**
 * jz_message_take_handle:
 * @self: a message that was received
 * @position: which
 *
 * Returns: the handle, which the caller has to close; -1 if there is none or it was taken
 */
int
jz_message_take_handle (JzMessage *self, guint position)
{
  int handle = -1;

  if (position < self->n_handles) {
    handle = self->handles[position];
    self->handles[position] = -1;
  }
  return handle;
}

static gboolean
fail (GError **error, const char *what)
{
  g_set_error (error, JZ_MEDIA_ERROR, JZ_MEDIA_ERROR_PROTOCOL, "A packet is refused: %s.", what);
  return FALSE;
}

/**
 * jz_message_parse:
 * @self: (out caller-allocates): to be cleared by jz_message_clear(); empty on failure
 * @packet: what came
 * @size: its length
 * @error: return location
 *
 * Reads one packet; its handles are none of this function's. Refused is whatever is not exactly a
 * header and the text that it announces.
 *
 * Fails with %JZ_MEDIA_ERROR_PROTOCOL.
 *
 * Returns: whether it is a packet
 */
gboolean
jz_message_parse (JzMessage *self, const void *packet, gsize size, GError **error)
{
  Header header;

  memset (self, 0, sizeof *self);
  if (size < sizeof header)
    return fail (error, "it is shorter than a header");
  memcpy (&header, packet, sizeof header);
  if (header.magic != MAGIC)
    return fail (error, "it is of another program");
  if (header.length > JZ_MESSAGE_MAX_TEXT)
    return fail (error, "its text is too long");
  if (header.length != size - sizeof header)
    return fail (error, "its length is not what it says");
  self->type = header.type;
  self->serial = header.serial;
  self->a = header.numbers[0];
  self->b = header.numbers[1];
  self->c = header.numbers[2];
  self->d = header.numbers[3];
  self->length = header.length;
  self->text = g_strndup ("", header.length);
  memcpy ((char *)self->text, (const char *)packet + sizeof header, header.length);
  return TRUE;
}

/**
 * jz_message_send:
 * @socket: one end of the pair
 * @message: what to send; its handles stay the caller's
 * @error: return location
 *
 * Sends one packet, whole or not at all. A socket that does not block fails when the other end does
 * not read any more.
 *
 * Fails with %JZ_MEDIA_ERROR_DIED when the other end is closed, %JZ_MEDIA_ERROR_PROTOCOL else.
 *
 * Returns: whether it was sent
 */
gboolean
jz_message_send (int socket, const JzMessage *message, GError **error)
{
  Header header = { MAGIC,
                    message->type,
                    message->serial,
                    (guint32)message->length,
                    { message->a, message->b, message->c, message->d } };
  struct iovec parts[2] = { { &header, sizeof header },
                            { (void *)message->text, message->length } };
  union {
    char bytes[CMSG_SPACE (sizeof (int) * JZ_MESSAGE_MAX_HANDLES)];
    struct cmsghdr align;
  } control = { { 0 } };
  struct msghdr packet = { .msg_iov = parts, .msg_iovlen = message->length > 0 ? 2 : 1 };
  gssize n;

  g_return_val_if_fail (message->length <= JZ_MESSAGE_MAX_TEXT, FALSE);
  g_return_val_if_fail (message->n_handles <= JZ_MESSAGE_MAX_HANDLES, FALSE);
  if (message->n_handles > 0) {
    struct cmsghdr *rights = &control.align;

    packet.msg_control = control.bytes;
    packet.msg_controllen = CMSG_SPACE (sizeof (int) * message->n_handles);
    rights->cmsg_level = SOL_SOCKET;
    rights->cmsg_type = SCM_RIGHTS;
    rights->cmsg_len = CMSG_LEN (sizeof (int) * message->n_handles);
    memcpy (CMSG_DATA (rights), message->handles, sizeof (int) * message->n_handles);
  }
  do
    n = sendmsg (socket, &packet, MSG_NOSIGNAL);
  while (n < 0 && errno == EINTR);
  if (n >= 0)
    return TRUE;
  if (errno == EPIPE || errno == ECONNRESET) {
    g_set_error_literal (error, JZ_MEDIA_ERROR, JZ_MEDIA_ERROR_DIED, "The other end is closed.");
    return FALSE;
  }
  return fail (error, g_strerror (errno));
}

/* How many handles came with it; those that are more than a packet may have are closed already. */
static guint
take_handles (struct msghdr *packet, int handles[JZ_MESSAGE_MAX_HANDLES])
{
  guint n = 0;

  for (struct cmsghdr *c = CMSG_FIRSTHDR (packet); c != NULL; c = CMSG_NXTHDR (packet, c)) {
    gsize size = c->cmsg_len - CMSG_LEN (0);

    if (c->cmsg_level != SOL_SOCKET || c->cmsg_type != SCM_RIGHTS)
      continue;
    for (gsize at = 0; at + sizeof (int) <= size; at += sizeof (int)) {
      int handle;

      memcpy (&handle, CMSG_DATA (c) + at, sizeof handle);
      if (n < JZ_MESSAGE_MAX_HANDLES)
        handles[n++] = handle;
      else
        close (handle);
    }
  }
  return n;
}

static gboolean
wait_for_packet (int socket, int timeout_ms)
{
  struct pollfd wait = { socket, POLLIN, 0 };
  gint64 end = g_get_monotonic_time () + (gint64)timeout_ms * 1000;
  int n;

  do {
    if (timeout_ms > 0)
      timeout_ms = (int)MAX ((end - g_get_monotonic_time ()) / 1000, 0);
    n = poll (&wait, 1, timeout_ms);
  } while (n < 0 && errno == EINTR);
  return n > 0;
}

/**
 * jz_message_receive:
 * @socket: one end of the pair
 * @message: (out caller-allocates): to be cleared by jz_message_clear(); empty unless received
 * @timeout_ms: how long to wait; 0: not at all, -1: for ever
 * @error: return location, set for %JZ_MESSAGE_BROKEN only
 *
 * Reads one packet. One of which a part or a handle was lost is refused like one that is none.
 *
 * Fails with %JZ_MEDIA_ERROR_PROTOCOL.
 *
 * Returns: what came
 */
JzMessageResult
jz_message_receive (int socket, JzMessage *message, int timeout_ms, GError **error)
{
  char bytes[MAX_PACKET];
  struct iovec part = { bytes, sizeof bytes };
  union {
    char bytes[CMSG_SPACE (sizeof (int) * JZ_MESSAGE_MAX_HANDLES)];
    struct cmsghdr align;
  } control;
  struct msghdr packet = { .msg_iov = &part,
                           .msg_iovlen = 1,
                           .msg_control = control.bytes,
                           .msg_controllen = sizeof control.bytes };
  int handles[JZ_MESSAGE_MAX_HANDLES] = { -1, -1 };
  guint n_handles;
  gssize n;

  memset (message, 0, sizeof *message);
  if (!wait_for_packet (socket, timeout_ms))
    return JZ_MESSAGE_NONE;
  do
    n = recvmsg (socket, &packet, MSG_DONTWAIT | MSG_CMSG_CLOEXEC);
  while (n < 0 && errno == EINTR);
  if (n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
    return JZ_MESSAGE_NONE;
  if (n < 0 && errno == ECONNRESET)
    return JZ_MESSAGE_CLOSED;
  if (n < 0) {
    fail (error, g_strerror (errno));
    return JZ_MESSAGE_BROKEN;
  }
  n_handles = take_handles (&packet, handles);
  /* A packet of no bytes looks like the end, and may bring handles as any other. */
  if (n == 0) {
    close_handles (handles, n_handles);
    return JZ_MESSAGE_CLOSED;
  }
  if ((packet.msg_flags & (MSG_TRUNC | MSG_CTRUNC)) != 0) {
    close_handles (handles, n_handles);
    fail (error, "a part of it was lost");
    return JZ_MESSAGE_BROKEN;
  }
  if (!jz_message_parse (message, bytes, (gsize)n, error)) {
    close_handles (handles, n_handles);
    return JZ_MESSAGE_BROKEN;
  }
  memcpy (message->handles, handles, sizeof handles);
  message->n_handles = n_handles;
  return JZ_MESSAGE_RECEIVED;
}
