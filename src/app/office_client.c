/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/office_client-private.h"

#include <glib/gi18n-lib.h>

#include "office/backup.h"
#include "office/situation.h"

/* Acts and sign-ins wait for each other in the order in which they were asked for: what a person
 * does twice must not overtake itself. Readings wait for nobody but a free thread. Results come
 * back through the GTask of each call, on the main thread. */

#define MAX_READINGS 3

enum {
  PROP_NAME = 1,
  PROP_IS_SIGNED_IN,
  N_PROPS,
};

enum {
  CHANGED,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (JzOfficeClient, jz_office_client, G_TYPE_OBJECT)

/* What a worker thread is to do; immutable once it is queued, but for the result. */
typedef struct {
  GTask *task;
  JzClientWork run;
} Work;

static void
run_work_in_thread (gpointer data, gpointer pool_data)
{
  Work *work = data;
  GTask *task = work->task;

  if (!g_task_return_error_if_cancelled (task))
    work->run (task, g_task_get_source_object (task), g_task_get_task_data (task),
               g_task_get_cancellable (task));
  g_object_unref (task);
  g_free (work);
}

/* Behind the callback, which may have asked for more. */
static void
on_completed (GTask *task)
{
  JzOfficeClient *self = g_task_get_source_object (task);

  self->n_pending--;
}

void
jz_office_client_push (GThreadPool *pool, GTask *task, JzClientWork run)
{
  JzOfficeClient *self = g_task_get_source_object (task);
  Work *work = g_new0 (Work, 1);

  self->n_pending++;
  g_signal_connect (task, "notify::completed", G_CALLBACK (on_completed), NULL);
  work->task = task;
  work->run = run;
  g_thread_pool_push (pool, work, NULL);
}

static void
jz_office_client_finalize (GObject *object)
{
  JzOfficeClient *self = JZ_OFFICE_CLIENT (object);

  /* Every work holds a reference to this object, so none is left; waiting would be for ourselves
   * when the last one is dropped on a worker thread. */
  if (self->actor != NULL)
    g_thread_pool_free (self->actor, TRUE, FALSE);
  if (self->readers != NULL)
    g_thread_pool_free (self->readers, TRUE, FALSE);
  g_clear_pointer (&self->session, jz_session_close);
  g_clear_pointer (&self->office, jz_office_close);
  g_free (self->path);
  g_free (self->bureau);
  g_free (self->name);
  g_strfreev (self->roles);
  G_OBJECT_CLASS (jz_office_client_parent_class)->finalize (object);
}

static void
jz_office_client_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  JzOfficeClient *self = JZ_OFFICE_CLIENT (object);

  switch (id) {
  case PROP_NAME:
    g_value_set_string (value, self->name);
    break;
  case PROP_IS_SIGNED_IN:
    g_value_set_boolean (value, self->session != NULL);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
jz_office_client_class_init (JzOfficeClientClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = jz_office_client_finalize;
  object_class->get_property = jz_office_client_get_property;
  properties[PROP_NAME] =
    g_param_spec_string ("name", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_IS_SIGNED_IN] = g_param_spec_boolean ("is-signed-in", NULL, NULL, FALSE,
                                                        G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * JzOfficeClient::changed:
   * @self: the client
   * @cases: ids of the cases that were touched; `bureau` among them where none was
   *
   * Something was written. Whoever shows the store asks it again.
   */
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRV);
}

static void
jz_office_client_init (JzOfficeClient *self)
{
  self->actor = g_thread_pool_new (run_work_in_thread, NULL, 1, FALSE, NULL);
  self->readers = g_thread_pool_new (run_work_in_thread, NULL, MAX_READINGS, FALSE, NULL);
}

void
jz_office_client_notify_person (JzOfficeClient *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NAME]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_IS_SIGNED_IN]);
}

void
jz_office_client_tell_changed (JzOfficeClient *self, const JzActOutcome *outcome)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) cases = NULL;

  for (guint i = 0; i < outcome->records->len; i++) {
    const JzJournalRecord *record = g_ptr_array_index (outcome->records, i);
    if (g_hash_table_add (seen, record->entry->case_id))
      g_strv_builder_add (builder, record->entry->case_id);
  }
  cases = g_strv_builder_end (builder);
  g_signal_emit (self, signals[CHANGED], 0, cases);
}

static gboolean
read_bureau (JzOfficeClient *self, GError **error)
{
  JzStore *store = jz_office_get_store (self->office);
  JzConnection *reader = jz_store_lease_reader (store, error);
  gboolean is_read;

  if (reader == NULL)
    return FALSE;
  is_read = jz_tables_get_setting (reader, "bureau.name", &self->bureau, error);
  jz_store_return_reader (store, reader);
  return is_read;
}

static void
open_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  JzOfficeClient *self = data;
  g_autoptr (GError) error = NULL;

  if (jz_folder_refuse_acts (self->path, &error))
    self->office = jz_office_open (self->path, JZ_STORE_WRITE, NULL, &error);
  if (self->office == NULL || !read_bureau (self, &error))
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_pointer (task, g_object_ref (self), g_object_unref);
}

/**
 * jz_office_client_open_async:
 * @path: a store's folder
 * @cancellable: (nullable): to give up waiting
 * @callback: told when it is open
 * @user_data: for @callback
 *
 * Opens a store for writing.
 */
void
jz_office_client_open_async (const char *path,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  JzOfficeClient *self = g_object_new (JZ_TYPE_OFFICE_CLIENT, NULL);
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  self->path = g_strdup (path);
  g_task_set_source_tag (task, jz_office_client_open_async);
  g_task_set_task_data (task, self, g_object_unref);
  g_task_run_in_thread (task, open_in_thread);
}

/**
 * jz_office_client_open_finish:
 * @result: of jz_office_client_open_async()
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the client
 */
JzOfficeClient *
jz_office_client_open_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

typedef struct {
  JzOfficeRead read;
  gpointer data;
  GDestroyNotify free_data;
  GDestroyNotify free_result;
} Reading;

static void
reading_free (gpointer data)
{
  Reading *reading = data;

  if (reading->free_data != NULL)
    reading->free_data (reading->data);
  g_free (reading);
}

static void
read_in_thread (GTask *task, JzOfficeClient *self, gpointer data, GCancellable *cancellable)
{
  Reading *reading = data;
  JzStore *store = jz_office_get_store (self->office);
  g_autoptr (GError) error = NULL;
  JzConnection *reader = jz_store_lease_reader (store, &error);
  gpointer result = NULL;

  if (reader != NULL) {
    result = reading->read (self->office, reader, reading->data, cancellable, &error);
    jz_store_return_reader (store, reader);
  }
  if (error != NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_pointer (task, result, reading->free_result);
}

/**
 * jz_office_client_read_async:
 * @self: a client
 * @read: runs on a worker thread
 * @data: (transfer full): for @read
 * @free_data: (nullable): frees @data
 * @free_result: (nullable): frees a result that nobody takes
 * @cancellable: (nullable): to give up
 * @callback: told when it was read
 * @user_data: for @callback
 */
void
jz_office_client_read_async (JzOfficeClient *self,
                             JzOfficeRead read,
                             gpointer data,
                             GDestroyNotify free_data,
                             GDestroyNotify free_result,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Reading *reading = g_new0 (Reading, 1);

  reading->read = read;
  reading->data = data;
  reading->free_data = free_data;
  reading->free_result = free_result;
  g_task_set_source_tag (task, jz_office_client_read_async);
  g_task_set_task_data (task, reading, reading_free);
  jz_office_client_push (self->readers, task, read_in_thread);
}

/**
 * jz_office_client_read_finish:
 * @self: a client
 * @result: of jz_office_client_read_async()
 * @error: return location
 *
 * Returns: (transfer full) (nullable): what was read
 */
gpointer
jz_office_client_read_finish (JzOfficeClient *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

JzOffice *
jz_office_client_get_office (JzOfficeClient *self)
{
  return self->office;
}

const char *
jz_office_client_get_path (JzOfficeClient *self)
{
  return self->path;
}

/**
 * jz_office_client_count_pending:
 * @self: a client
 *
 * Returns: how many readings and acts were asked for and are not answered yet; with none, what is
 *   shown is what was read last
 */
guint
jz_office_client_count_pending (JzOfficeClient *self)
{
  return self->n_pending;
}

/**
 * jz_office_client_now:
 * @self: a client
 *
 * Returns: the office's time, which in a demo office is not that of this computer
 */
JzInstant
jz_office_client_now (JzOfficeClient *self)
{
  return jz_clock_now (jz_office_get_clock (self->office));
}

JzDate
jz_office_client_today (JzOfficeClient *self)
{
  return jz_instant_get_date (jz_office_client_now (self));
}

/**
 * jz_office_client_get_bureau:
 * @self: a client
 *
 * Returns: the bureau's name as it was when the store was opened
 */
const char *
jz_office_client_get_bureau (JzOfficeClient *self)
{
  return self->bureau != NULL ? self->bureau : "";
}

gboolean
jz_office_client_is_demo (JzOfficeClient *self)
{
  return jz_office_is_demo (self->office);
}
