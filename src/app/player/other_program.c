/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/player/other_program.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "app/messages.h"
#include "base/temporary.h"

/* What this program cannot show is opened by another one, which gets a copy: what it does to the
 * copy does not touch what is kept (ux.md §4). */

typedef struct {
  GtkWidget *inside;
  int handle;
  char *name;
  char *path;
} Copying;

static void
copying_free (Copying *self)
{
  close (self->handle);
  g_object_unref (self->inside);
  g_free (self->name);
  g_free (self->path);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Copying, copying_free)

static void
set_error (GError **error, int code)
{
  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (code),
               _ ("The file could not be copied: %s"), g_strerror (code));
}

static gboolean
write_all (int fd, const char *buffer, gsize length)
{
  while (length > 0) {
    ssize_t n = write (fd, buffer, length);
    if (n < 0 && errno == EINTR)
      continue;
    if (n <= 0)
      return FALSE;
    buffer += n;
    length -= (gsize)n;
  }
  return TRUE;
}

static gboolean
copy_bytes (const Copying *self, int to, GError **error)
{
  g_autofree char *buffer = g_malloc (1 << 20);
  off_t at = 0;

  for (;;) {
    ssize_t n = pread (self->handle, buffer, 1 << 20, at);
    if (n < 0 && errno == EINTR)
      continue;
    if (n == 0)
      return TRUE;
    if (n < 0 || !write_all (to, buffer, (gsize)n)) {
      set_error (error, errno);
      return FALSE;
    }
    at += n;
  }
}

/* In a folder of its own, so that the name stays; for nobody else to read. */
static void
copy_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Copying *self = data;
  g_autofree char *folder = jz_temporary_folder ("view", NULL);
  g_autofree char *name = g_path_get_basename (self->name);
  GError *error = NULL;
  int fd = -1;

  if (folder != NULL) {
    self->path = g_build_filename (folder, name, NULL);
    fd = g_open (self->path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
  }
  if (fd < 0) {
    set_error (&error, errno);
    g_task_return_error (task, error);
    return;
  }
  if (copy_bytes (self, fd, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
  close (fd);
}

static void
on_shown (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GtkWidget) inside = data;
  g_autoptr (GError) error = NULL;

  if (!gtk_show_uri_full_finish (source != NULL ? GTK_WINDOW (source) : NULL, result, &error))
    jz_show_error (inside, error);
}

static void
on_copied (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Copying) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *uri = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error)) {
    jz_show_error (self->inside, error);
    return;
  }
  uri = g_filename_to_uri (self->path, NULL, NULL);
  gtk_show_uri_full (GTK_WINDOW (gtk_widget_get_root (self->inside)), uri, GDK_CURRENT_TIME, NULL,
                     on_shown, g_object_ref (self->inside));
}

static void
on_confirmed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Copying) self = data;
  g_autoptr (GTask) task = NULL;

  if (!jz_confirm_finish (result, NULL))
    return;
  task = g_task_new (NULL, NULL, on_copied, self);
  g_task_set_task_data (task, self, NULL);
  self = NULL;
  g_task_run_in_thread (task, copy_in_thread);
}

/**
 * jz_open_with_other_program:
 * @inside: a widget of a window
 * @handle: the file, open for reading; stays the caller's
 * @name: of the file
 *
 * Asks, then lets another program of the computer open a copy.
 */
void
jz_open_with_other_program (GtkWidget *inside, int handle, const char *name)
{
  Copying *self = g_new0 (Copying, 1);

  self->inside = g_object_ref (inside);
  self->handle = fcntl (handle, F_DUPFD_CLOEXEC, 3);
  self->name = g_strdup (name);
  jz_confirm_async (
    inside, _ ("View With Another Program?"),
    _ ("Another program opens a copy of this file outside of the store. Nothing that "
       "is done there comes back into the case. Files that came from outside can "
       "be harmful to other programs."),
    _ ("_View a Copy"), FALSE, NULL, on_confirmed, self);
}
