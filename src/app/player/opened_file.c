/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/player/opened_file.h"

#include <unistd.h>

#include "office/recording_points.h"
#include "office/recordings.h"

/* Reading what is known of a file and opening its content, on a thread of its own. */

typedef struct {
  char *case_id;
  char *attachment;
  char *person;
  gboolean opens;
} Wanted;

static void
wanted_free (gpointer data)
{
  Wanted *self = data;

  g_free (self->case_id);
  g_free (self->attachment);
  g_free (self->person);
  g_free (self);
}

/**
 * jz_opened_file_free:
 * @self: (transfer full): a file
 */
void
jz_opened_file_free (JzOpenedFile *self)
{
  if (self->handle >= 0)
    close (self->handle);
  g_clear_pointer (&self->file, jz_json_unref);
  g_free (self);
}

/* What is to be ticked in it. */
static gboolean
add_checks (const JzCaseView *view, const char *attachment, JzJson *file, GError **error)
{
  JzJson *checks = jz_recording_list_checks (view, attachment, error);

  if (checks != NULL)
    jz_json_set_member (file, "checks", checks);
  return checks != NULL;
}

static gpointer
read_in_thread (JzOffice *office,
                JzConnection *reader,
                gpointer data,
                GCancellable *cancellable,
                GError **error)
{
  const Wanted *wanted = data;
  JzObjects *objects = jz_store_get_objects (jz_office_get_store (office));
  g_autoptr (JzOpenedFile) opened = g_new0 (JzOpenedFile, 1);
  g_auto (JzCaseView) view = { 0 };
  JzHash hash;

  opened->handle = -1;
  if (!jz_case_view_open (&view, reader, objects, wanted->case_id,
                          jz_clock_now (jz_office_get_clock (office)), error))
    return NULL;
  opened->file = jz_recording_find (&view, wanted->attachment, wanted->person, error);
  if (opened->file != NULL && !add_checks (&view, wanted->attachment, opened->file, error))
    return NULL;
  if (opened->file != NULL && wanted->opens &&
      jz_hash_from_hex (jz_json_get_member_text (opened->file, "object"), &hash))
    opened->handle = jz_objects_open_fd (objects, &hash, error);
  return opened->file != NULL && (!wanted->opens || opened->handle >= 0) ? g_steal_pointer (&opened)
                                                                         : NULL;
}

/**
 * jz_opened_file_read_async:
 * @client: the office, with somebody signed in
 * @case_id: a case
 * @attachment: a file of it
 * @opens: whether its content is wanted
 * @cancellable: (nullable): gives it up
 * @callback: (scope async): called when it is done
 * @data: for @callback
 */
void
jz_opened_file_read_async (JzOfficeClient *client,
                           const char *case_id,
                           const char *attachment,
                           gboolean opens,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer data)
{
  Wanted *wanted = g_new0 (Wanted, 1);

  wanted->case_id = g_strdup (case_id);
  wanted->attachment = g_strdup (attachment);
  wanted->person = g_strdup (jz_office_client_get_person (client));
  wanted->opens = opens;
  jz_office_client_read_async (client, read_in_thread, wanted, wanted_free,
                               (GDestroyNotify)jz_opened_file_free, cancellable, callback, data);
}
