/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "media/helper_process.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/error.h"

/* A process that is to end with its parent (PR_SET_PDEATHSIG) ends with the *thread* that started
 * it. All are therefore started by one thread, which lives as long as the program; it also waits
 * for those that were ended, because nobody else has the time.
 *
 * What a helper writes to its standard error goes to memory, of which the end is looked at when it
 * died: GLib and Poppler say there that memory ran out. */

#define SOCKET_INSIDE 3
#define START_WAIT_MS 30000
#define SLICE_MS 100
/* How long a helper that closed its socket has to end by itself. */
#define ENDING_WAIT_MS 1000
#define DIAGNOSTICS_SIZE 4096

struct _JzHelper {
  gatomicrefcount references;
  int socket;
  int diagnostics; /* memory */
  gboolean is_caged;
  GMutex lock; /* of what is below */
  GPid pid;    /* 0 once it was waited for */
  gboolean was_killed;
  JzMediaError why;
};

typedef struct {
  /* to start */
  GStrv command;
  GStrv environment;
  int socket;
  int diagnostics;
  /* to wait for */
  GPid pid;
  /* (nullable): who waits for the start */
  GAsyncQueue *reply;
  GError *error;
} Order;

static void
free_order (Order *order)
{
  g_strfreev (order->command);
  g_strfreev (order->environment);
  g_clear_error (&order->error);
  g_free (order);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Order, free_order)

/* In the child, between fork and exec. bubblewrap, where it is set-uid, does the same for itself.
 */
static void
end_with_parent (gpointer data)
{
  prctl (PR_SET_PDEATHSIG, SIGKILL);
}

static void
start (Order *order)
{
  int from[] = { order->socket };
  int to[] = { SOCKET_INSIDE };

  if (!g_spawn_async_with_pipes_and_fds (
        "/", (const char *const *)order->command, (const char *const *)order->environment,
        G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_STDOUT_TO_DEV_NULL, end_with_parent, NULL, -1, -1,
        order->diagnostics, from, to, 1, &order->pid, NULL, NULL, NULL, &order->error))
    order->pid = 0;
}

static void
wait_until_ended (GPid pid)
{
  while (waitpid (pid, NULL, 0) < 0 && errno == EINTR)
    continue;
}

static gpointer
take_orders_in_thread (gpointer data)
{
  GAsyncQueue *orders = data;

  for (;;) {
    Order *order = g_async_queue_pop (orders);

    if (order->reply != NULL) {
      start (order);
      g_async_queue_push (order->reply, order);
    } else {
      wait_until_ended (order->pid);
      free_order (order);
    }
  }
  return NULL;
}

static GAsyncQueue *
get_orders (void)
{
  static gsize orders = 0;

  if (g_once_init_enter (&orders)) {
    GAsyncQueue *queue = g_async_queue_new ();
    g_thread_unref (g_thread_new ("jz-helpers", take_orders_in_thread, queue));
    g_once_init_leave (&orders, (gsize)queue);
  }
  return (GAsyncQueue *)orders;
}

static gboolean
spawn (JzHelper *self, JzCage *cage, int socket, GError **error)
{
  g_autoptr (GAsyncQueue) reply = g_async_queue_new ();
  Order *sent = g_new0 (Order, 1);
  g_autoptr (Order) order = NULL;

  sent->command = jz_cage_get_command (cage);
  sent->environment = jz_cage_get_environment (cage);
  sent->socket = socket;
  sent->diagnostics = self->diagnostics;
  sent->reply = reply;
  g_async_queue_push (get_orders (), sent);
  order = g_async_queue_pop (reply);
  self->pid = order->pid;
  if (order->pid != 0)
    return TRUE;
  g_debug ("helper: %s", order->error->message);
  g_propagate_error (error, jz_media_error_new (JZ_MEDIA_ERROR_NO_HELPER, NULL));
  return FALSE;
}

static gboolean
is_out_of_memory (JzHelper *self)
{
  static const char *const words[] = { "failed to allocate", "Out of memory", "out of memory",
                                       "bad_alloc", "Cannot allocate memory" };
  char said[DIAGNOSTICS_SIZE + 1] = { 0 };
  off_t size = lseek (self->diagnostics, 0, SEEK_END);
  gssize n = pread (self->diagnostics, said, DIAGNOSTICS_SIZE, MAX (size - DIAGNOSTICS_SIZE, 0));

  for (gssize i = 0; i < n; i++)
    if (said[i] == '\0')
      said[i] = ' ';
  if (n > 0)
    g_debug ("helper said: %s", said);
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (strstr (said, words[i]) != NULL)
      return TRUE;
  return FALSE;
}

/* bubblewrap passes on by what signal the helper ended as 128 + signal. */
static JzMediaError
judge (JzHelper *self, int status)
{
  int signal = WIFSIGNALED (status)                               ? WTERMSIG (status)
               : WIFEXITED (status) && WEXITSTATUS (status) > 128 ? WEXITSTATUS (status) - 128
                                                                  : 0;

  g_debug ("helper %d ended: status 0x%x, signal %d", (int)self->pid, (guint)status, signal);
  return is_out_of_memory (self) || signal == SIGTRAP ? JZ_MEDIA_ERROR_TOO_LARGE
                                                      : JZ_MEDIA_ERROR_DIED;
}

/* With the lock held. Waits a little for what ends by itself, then ends it. */
static void
settle (JzHelper *self)
{
  int status = 0;
  pid_t ended = 0;

  if (self->pid == 0)
    return;
  for (guint ms = 0; ms < ENDING_WAIT_MS && !self->was_killed; ms += 2) {
    ended = waitpid (self->pid, &status, WNOHANG);
    if (ended != 0)
      break;
    g_usleep (2000);
  }
  if (ended == 0) {
    kill (self->pid, SIGKILL);
    while ((ended = waitpid (self->pid, &status, 0)) < 0 && errno == EINTR)
      continue;
  }
  if (!self->was_killed)
    self->why = judge (self, status);
  self->pid = 0;
}

static gboolean
fail (JzHelper *self, GError **error)
{
  g_mutex_lock (&self->lock);
  settle (self);
  g_propagate_error (error, jz_media_error_new (self->why, NULL));
  g_mutex_unlock (&self->lock);
  return FALSE;
}

/* A program that has never said HELLO is none of ours, or cannot start here. */
static gboolean
expect_hello (JzHelper *self, GCancellable *cancellable, GError **error)
{
  gint64 end = g_get_monotonic_time () + START_WAIT_MS * G_TIME_SPAN_MILLISECOND;

  while (g_get_monotonic_time () < end) {
    g_auto (JzMessage) message = { 0 };
    JzMessageResult result;

    if (g_cancellable_set_error_if_cancelled (cancellable, error))
      return FALSE;
    result = jz_message_receive (self->socket, &message, SLICE_MS, NULL);
    if (result == JZ_MESSAGE_RECEIVED && message.type == JZ_MESSAGE_HELLO &&
        message.a == JZ_MESSAGE_VERSION)
      return TRUE;
    if (result != JZ_MESSAGE_NONE)
      break;
  }
  /* for the log alone */
  (void)is_out_of_memory (self);
  g_propagate_error (error, jz_media_error_new (JZ_MEDIA_ERROR_NO_HELPER, NULL));
  return FALSE;
}

static JzHelper *
new_helper (gboolean is_caged)
{
  JzHelper *self = g_new0 (JzHelper, 1);

  g_atomic_ref_count_init (&self->references);
  g_mutex_init (&self->lock);
  self->socket = -1;
  self->diagnostics = memfd_create ("juanzong-media", MFD_CLOEXEC);
  self->is_caged = is_caged;
  self->why = JZ_MEDIA_ERROR_DIED;
  return self;
}

/**
 * jz_helper_start:
 * @cage: how it is started
 * @cancellable: (nullable): to give up waiting for it
 * @error: return location
 *
 * Starts a helper and waits until it is ready; for worker threads.
 *
 * Fails with %JZ_MEDIA_ERROR_NO_HELPER or %G_IO_ERROR_CANCELLED.
 *
 * Returns: (transfer full) (nullable): a helper that answers
 */
JzHelper *
jz_helper_start (JzCage *cage, GCancellable *cancellable, GError **error)
{
  g_autoptr (JzHelper) self = NULL;
  int pair[2];
  gboolean is_started;

  if (!jz_cage_prepare (cage, cancellable, error))
    return NULL;
  self = new_helper (jz_cage_is_closed (cage, NULL));
  if (self->diagnostics < 0 || socketpair (AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) != 0) {
    g_propagate_error (error, jz_media_error_new (JZ_MEDIA_ERROR_NO_HELPER, NULL));
    return NULL;
  }
  self->socket = pair[0];
  /* A helper that does not read must not hold up who asks. */
  fcntl (self->socket, F_SETFL, O_NONBLOCK);
  is_started = spawn (self, cage, pair[1], error);
  close (pair[1]);
  if (!is_started || !expect_hello (self, cancellable, error))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * jz_helper_ref:
 * @self: a helper
 *
 * Returns: (transfer full): the same
 */
JzHelper *
jz_helper_ref (JzHelper *self)
{
  g_atomic_ref_count_inc (&self->references);
  return self;
}

/**
 * jz_helper_unref:
 * @self: a helper
 *
 * The last reference ends the process, at once and without waiting for it.
 */
void
jz_helper_unref (JzHelper *self)
{
  if (!g_atomic_ref_count_dec (&self->references))
    return;
  if (self->pid != 0) {
    Order *order = g_new0 (Order, 1);

    kill (self->pid, SIGKILL);
    order->pid = self->pid;
    g_async_queue_push (get_orders (), order);
  }
  if (self->socket >= 0)
    close (self->socket);
  if (self->diagnostics >= 0)
    close (self->diagnostics);
  g_mutex_clear (&self->lock);
  g_free (self);
}

/**
 * jz_helper_get_socket:
 * @self: a helper
 *
 * Returns: its socket, to be watched; it stays the helper's
 */
int
jz_helper_get_socket (JzHelper *self)
{
  return self->socket;
}

/**
 * jz_helper_get_pid:
 * @self: a helper
 *
 * Returns: the process that was started, which is bubblewrap's where there is a cage; 0 once it
 * ended
 */
gint64
jz_helper_get_pid (JzHelper *self)
{
  gint64 pid;

  g_mutex_lock (&self->lock);
  pid = self->pid;
  g_mutex_unlock (&self->lock);
  return pid;
}

/**
 * jz_helper_is_caged:
 * @self: a helper
 *
 * Returns: whether it runs in bubblewrap's cage
 */
gboolean
jz_helper_is_caged (JzHelper *self)
{
  return self->is_caged;
}

/**
 * jz_helper_kill:
 * @self: a helper
 * @why: what later calls say
 *
 * Ends it at once; from any thread.
 */
void
jz_helper_kill (JzHelper *self, JzMediaError why)
{
  g_mutex_lock (&self->lock);
  if (self->pid != 0 && !self->was_killed) {
    self->was_killed = TRUE;
    self->why = why;
    kill (self->pid, SIGKILL);
  }
  g_mutex_unlock (&self->lock);
}

/**
 * jz_helper_send:
 * @self: a helper
 * @message: what to send; its handles stay the caller's
 * @error: return location
 *
 * Never blocks; from any thread. A helper that does not read any more is ended.
 *
 * Fails with %JZ_MEDIA_ERROR_DIED and its like.
 *
 * Returns: whether it was sent
 */
gboolean
jz_helper_send (JzHelper *self, const JzMessage *message, GError **error)
{
  g_autoptr (GError) wrong = NULL;

  if (jz_message_send (self->socket, message, &wrong))
    return TRUE;
  if (!g_error_matches (wrong, JZ_MEDIA_ERROR, JZ_MEDIA_ERROR_DIED))
    jz_helper_kill (self, JZ_MEDIA_ERROR_DEADLINE);
  return fail (self, error);
}

/**
 * jz_helper_receive:
 * @self: a helper
 * @message: (out caller-allocates): to be cleared
 * @timeout_ms: how long to wait; 0: not at all
 * @error: return location, set for %JZ_MESSAGE_CLOSED and %JZ_MESSAGE_BROKEN
 *
 * Reads one packet. After %JZ_MESSAGE_CLOSED and %JZ_MESSAGE_BROKEN the process is ended; waiting
 * for that may take a moment.
 *
 * Fails with %JZ_MEDIA_ERROR_DIED, %JZ_MEDIA_ERROR_TOO_LARGE, %JZ_MEDIA_ERROR_PROTOCOL, or why it
 * was killed.
 *
 * Returns: what came
 */
JzMessageResult
jz_helper_receive (JzHelper *self, JzMessage *message, int timeout_ms, GError **error)
{
  JzMessageResult result = jz_message_receive (self->socket, message, timeout_ms, NULL);

  if (result == JZ_MESSAGE_BROKEN)
    jz_helper_kill (self, JZ_MEDIA_ERROR_PROTOCOL);
  if (result == JZ_MESSAGE_BROKEN || result == JZ_MESSAGE_CLOSED)
    fail (self, error);
  return result;
}

/**
 * jz_result_memory_new:
 * @size: how much
 * @error: return location
 *
 * Makes memory to be handed over for a result. Its size is sealed: the helper can neither shrink it
 * under a reader's feet nor answer with more than was asked for.
 *
 * Returns: a handle to be closed, -1 on failure
 */
int
jz_result_memory_new (gsize size, GError **error)
{
  int handle = memfd_create ("juanzong-result", MFD_CLOEXEC | MFD_ALLOW_SEALING);

  if (handle >= 0 && ftruncate (handle, (off_t)size) == 0 &&
      fcntl (handle, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL) == 0)
    return handle;
  g_set_error_literal (error, G_IO_ERROR, g_io_error_from_errno (errno), g_strerror (errno));
  if (handle >= 0)
    close (handle);
  return -1;
}

/**
 * jz_result_memory_copy:
 * @handle: of jz_result_memory_new()
 * @size: how much it holds
 * @length: how much of it the helper says to have written
 * @error: return location
 *
 * Copies it: what is shared may still change under who reads it.
 *
 * Fails with %JZ_MEDIA_ERROR_PROTOCOL when @length is more than @size.
 *
 * Returns: (transfer full) (nullable): the first @length bytes
 */
GBytes *
jz_result_memory_copy (int handle, gsize size, gsize length, GError **error)
{
  g_autofree char *bytes = NULL;
  gsize done = 0;

  if (length > size) {
    g_propagate_error (error, jz_media_error_new (JZ_MEDIA_ERROR_PROTOCOL, NULL));
    return NULL;
  }
  bytes = g_malloc (MAX (length, 1));
  while (done < length) {
    gssize n = pread (handle, bytes + done, length - done, (off_t)done);
    if (n < 0 && errno == EINTR)
      continue;
    if (n <= 0) {
      g_propagate_error (error, jz_media_error_new (JZ_MEDIA_ERROR_PROTOCOL, NULL));
      return NULL;
    }
    done += (gsize)n;
  }
  return g_bytes_new_take (g_steal_pointer (&bytes), length);
}
