/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "publish/tool.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <poll.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "publish/error.h"

#define MOST_OUTPUT (32 * 1024 * 1024)
#define MOST_MEMORY (G_GUINT64_CONSTANT (2) * 1024 * 1024 * 1024)
#define TICK_MS 100

/**
 * jz_tool_find:
 * @name: a program
 *
 * Returns: (transfer full) (nullable): where it is installed
 */
char *
jz_tool_find (const char *name)
{
  return g_find_program_in_path (name);
}

/* In the child, between fork and exec: bounds that hold whatever the program does. */
static void
set_bounds (gpointer data)
{
  const struct rlimit memory = { MOST_MEMORY, MOST_MEMORY };
  const struct rlimit seconds = { GPOINTER_TO_UINT (data) + 5, GPOINTER_TO_UINT (data) + 5 };
  const struct rlimit no_core = { 0, 0 };
  setrlimit (RLIMIT_DATA, &memory);
  setrlimit (RLIMIT_CPU, &seconds);
  setrlimit (RLIMIT_CORE, &no_core);
}

static gboolean
fail (const char *name, GError **error)
{
  g_set_error (error, JZ_PUBLISH_ERROR, JZ_PUBLISH_ERROR_MISSING,
               _ ("The program %s did not finish its part of the check in time."), name);
  return FALSE;
}

static gboolean
read_all (int out,
          const char *name,
          gint64 deadline,
          GCancellable *cancellable,
          GString *text,
          GError **error)
{
  for (;;) {
    struct pollfd wait = { out, POLLIN, 0 };
    char bytes[65536];
    int ready = poll (&wait, 1, TICK_MS);
    if (g_cancellable_set_error_if_cancelled (cancellable, error))
      return FALSE;
    if (g_get_monotonic_time () > deadline || text->len > MOST_OUTPUT)
      return fail (name, error);
    if (ready <= 0)
      continue;
    ssize_t n = read (out, bytes, sizeof bytes);
    if (n == 0)
      return TRUE;
    if (n < 0 && errno != EINTR && errno != EAGAIN)
      return fail (name, error);
    if (n > 0)
      g_string_append_len (text, bytes, n);
  }
}

/**
 * jz_tool_run:
 * @argv: (array zero-terminated=1): a program and its arguments
 * @seconds: how long it may take
 * @cancellable: (nullable): ends it
 * @error: return location
 *
 * Returns: (transfer full) (nullable): what it wrote; %NULL with %JZ_PUBLISH_ERROR_MISSING where it
 *   is not there, failed or took too long
 */
GString *
jz_tool_run (const char *const *argv, guint seconds, GCancellable *cancellable, GError **error)
{
  GString *text = g_string_new (NULL);
  gint64 deadline = g_get_monotonic_time () + seconds * G_TIME_SPAN_SECOND;
  gboolean is_read;
  int status = 0;
  int out = -1;
  GPid pid;
  if (!g_spawn_async_with_pipes (
        NULL, (char **)argv, NULL,
        G_SPAWN_SEARCH_PATH | G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_STDERR_TO_DEV_NULL, set_bounds,
        GUINT_TO_POINTER (seconds), &pid, NULL, &out, NULL, error)) {
    g_string_free (text, TRUE);
    return NULL;
  }
  is_read = read_all (out, argv[0], deadline, cancellable, text, error);
  if (!is_read)
    kill (pid, SIGKILL);
  close (out);
  while (waitpid (pid, &status, 0) < 0 && errno == EINTR)
    ;
  g_spawn_close_pid (pid);
  if (is_read && (!WIFEXITED (status) || WEXITSTATUS (status) != 0))
    is_read = fail (argv[0], error);
  if (is_read)
    return text;
  g_string_free (text, TRUE);
  return NULL;
}
