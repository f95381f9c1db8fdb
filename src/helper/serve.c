/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "helper/serve.h"

#include <glib-unix.h>
#include <string.h>
#include <unistd.h>

typedef struct {
  guint32 first;
  guint32 last;
  JzServeHandler handler;
  gpointer user_data;
} Route;

struct _JzServe {
  int socket;
  GArray *routes; /* Route */
  GMainLoop *loop;
};

/**
 * jz_serve_new:
 * @socket: the helper's end of the pair
 *
 * Returns: (transfer full): a server that answers nothing yet but PING
 */
JzServe *
jz_serve_new (int socket)
{
  JzServe *self = g_new0 (JzServe, 1);

  self->socket = socket;
  self->routes = g_array_new (FALSE, FALSE, sizeof (Route));
  self->loop = g_main_loop_new (NULL, FALSE);
  return self;
}

/**
 * jz_serve_free:
 * @self: a server that does not run
 */
void
jz_serve_free (JzServe *self)
{
  g_array_unref (self->routes);
  g_main_loop_unref (self->loop);
  g_free (self);
}

/**
 * jz_serve_add:
 * @self: a server
 * @first: the first type of packet
 * @last: the last
 * @handler: who answers for them
 * @user_data: for @handler
 */
void
jz_serve_add (JzServe *self,
              JzMessageType first,
              JzMessageType last,
              JzServeHandler handler,
              gpointer user_data)
{
  Route route = { first, last, handler, user_data };
  g_array_append_val (self->routes, route);
}

static void
give (JzServe *self, JzMessage *message)
{
  if (message->type == JZ_MESSAGE_PING) {
    jz_serve_answer (self, &(JzMessage){ .type = JZ_MESSAGE_PONG, .serial = message->serial });
    return;
  }
  if (message->type == JZ_MESSAGE_QUIT) {
    g_main_loop_quit (self->loop);
    return;
  }
  for (guint i = 0; i < self->routes->len; i++) {
    Route *route = &g_array_index (self->routes, Route, i);

    if (message->type >= route->first && message->type <= route->last) {
      route->handler (self, message, route->user_data);
      return;
    }
  }
  jz_serve_fail (self, message->serial, JZ_MEDIA_ERROR_PROTOCOL, "unknown request");
}

static gboolean
on_packet (int socket, GIOCondition condition, gpointer user_data)
{
  JzServe *self = user_data;
  g_auto (JzMessage) message = { 0 };
  JzMessageResult result = jz_message_receive (socket, &message, 0, NULL);

  if (result == JZ_MESSAGE_RECEIVED)
    give (self, &message);
  /* Who asked is gone, and with it the only reason to be. */
  if (result == JZ_MESSAGE_CLOSED)
    _exit (0);
  if (result == JZ_MESSAGE_BROKEN)
    _exit (2);
  return G_SOURCE_CONTINUE;
}

/**
 * jz_serve_run:
 * @self: a server
 *
 * Answers until the other end says QUIT; when it closes, the process ends at once.
 */
void
jz_serve_run (JzServe *self)
{
  guint source = g_unix_fd_add (self->socket, G_IO_IN | G_IO_HUP | G_IO_ERR, on_packet, self);

  g_main_loop_run (self->loop);
  g_source_remove (source);
}

/**
 * jz_serve_answer:
 * @self: a server
 * @message: what to send
 *
 * From any thread. The process ends if nobody is there to read it.
 */
void
jz_serve_answer (JzServe *self, const JzMessage *message)
{
  if (!jz_message_send (self->socket, message, NULL))
    _exit (0);
}

/**
 * jz_serve_done:
 * @self: a server
 * @serial: that of the request
 * @a: see #JzMessageType; so are the others
 */
void
jz_serve_done (JzServe *self, guint32 serial, gint64 a, gint64 b, gint64 c, gint64 d)
{
  jz_serve_answer (
    self,
    &(JzMessage){ .type = JZ_MESSAGE_DONE, .serial = serial, .a = a, .b = b, .c = c, .d = d });
}

/**
 * jz_serve_fail:
 * @self: a server
 * @serial: that of the request
 * @code: what kind of failure
 * @detail: (nullable): what the library says
 */
void
jz_serve_fail (JzServe *self, guint32 serial, JzMediaError code, const char *detail)
{
  gsize length = detail != NULL ? strnlen (detail, 1000) : 0;

  jz_serve_answer (
    self,
    &(JzMessage){
      .type = JZ_MESSAGE_FAILED, .serial = serial, .a = code, .text = detail, .length = length });
}
