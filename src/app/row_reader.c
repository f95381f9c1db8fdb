/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/row_reader.h"

/* Asks the source of a list on a worker thread: which rows there are, and what they say. */

struct _JzRowReader {
  gatomicrefcount references; /* a request that is on its way holds one */

  JzOfficeClient *client; /* nullable: a source that needs none */
  JzRowSource source;
  gpointer data;
  GDestroyNotify free_data;
};

/* What a worker thread gets. */
typedef struct {
  JzRowReader *reader;
  JzRowQuery query;
  GArray *ids; /* to be loaded, else NULL */
} Request;

static void
request_free (gpointer data)
{
  Request *self = data;

  if (self->query.filter != NULL)
    jz_json_unref ((JzJson *)self->query.filter);
  g_clear_pointer (&self->ids, g_array_unref);
  jz_row_reader_unref (self->reader);
  g_free (self);
}

static gpointer
work (JzOffice *office,
      JzConnection *reader,
      gpointer data,
      GCancellable *cancellable,
      GError **error)
{
  const Request *request = data;
  JzRowReader *self = request->reader;

  if (request->ids == NULL)
    return self->source.query (office, reader, &request->query, self->data, cancellable, error);
  return jz_row_reader_load (self, office, reader, (const gint64 *)(gpointer)request->ids->data,
                             request->ids->len, cancellable, error);
}

static void
work_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;
  gpointer result = work (NULL, NULL, data, cancellable, &error);

  if (result != NULL)
    g_task_return_pointer (task, result, NULL);
  else
    g_task_return_error (task, error);
}

static void
start (JzRowReader *self,
       Request *request,
       GCancellable *cancellable,
       GAsyncReadyCallback callback,
       gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  request->reader = jz_row_reader_ref (self);
  if (self->client != NULL) {
    jz_office_client_read_async (self->client, work, request, request_free,
                                 request->ids == NULL ? (GDestroyNotify)g_array_unref
                                                      : jz_row_reader_free_rows,
                                 cancellable, callback, user_data);
    return;
  }
  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, request, request_free);
  g_task_run_in_thread (task, work_in_thread);
}

static gpointer
finish (JzRowReader *self, GAsyncResult *result, GError **error)
{
  return self->client != NULL ? jz_office_client_read_finish (self->client, result, error)
                              : g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * jz_row_reader_new:
 * @client: (nullable): the office; %NULL for a source that needs none, whose functions get none
 * @source: (transfer none): where the rows come from
 * @data: (transfer full) (nullable): for the source's functions
 * @free_data: (nullable): for @data, from any thread once the reader and its last request are gone
 *
 * Returns: (transfer full): what asks @source
 */
JzRowReader *
jz_row_reader_new (JzOfficeClient *client,
                   const JzRowSource *source,
                   gpointer data,
                   GDestroyNotify free_data)
{
  JzRowReader *self = g_new0 (JzRowReader, 1);

  g_atomic_ref_count_init (&self->references);
  self->client = client != NULL ? g_object_ref (client) : NULL;
  self->source = *source;
  self->data = data;
  self->free_data = free_data;
  return self;
}

/**
 * jz_row_reader_ref:
 * @self: a reader
 *
 * Returns: (transfer full): @self
 */
JzRowReader *
jz_row_reader_ref (JzRowReader *self)
{
  g_atomic_ref_count_inc (&self->references);
  return self;
}

/**
 * jz_row_reader_unref:
 * @self: (transfer full) (nullable): a reader
 *
 * Lets go of it.
 */
void
jz_row_reader_unref (JzRowReader *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->references))
    return;
  if (self->free_data != NULL)
    self->free_data (self->data);
  g_clear_object (&self->client);
  g_free (self);
}

/**
 * jz_row_reader_query_async:
 * @self: a reader
 * @query: (transfer none): which rows in which order
 * @cancellable: (nullable): to give up
 * @callback: told when the answer is there
 * @user_data: for @callback
 *
 * Asks which rows there are.
 */
void
jz_row_reader_query_async (JzRowReader *self,
                           const JzRowQuery *query,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  Request *request = g_new0 (Request, 1);

  request->query = *query;
  if (query->filter != NULL)
    jz_json_ref (query->filter);
  start (self, request, cancellable, callback, user_data);
}

/**
 * jz_row_reader_query_finish:
 * @self: a reader
 * @result: of jz_row_reader_query_async()
 * @error: return location
 *
 * Returns: (transfer full) (nullable) (element-type gint64): the ids of the rows in their order
 */
GArray *
jz_row_reader_query_finish (JzRowReader *self, GAsyncResult *result, GError **error)
{
  return finish (self, result, error);
}

/**
 * jz_row_reader_load_async:
 * @self: a reader
 * @ids: (element-type gint64): ids of rows; they stay as they are
 * @cancellable: (nullable): to give up
 * @callback: told when the answer is there
 * @user_data: for @callback
 *
 * Asks what rows say.
 */
void
jz_row_reader_load_async (JzRowReader *self,
                          GArray *ids,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  Request *request = g_new0 (Request, 1);

  request->ids = g_array_ref (ids);
  start (self, request, cancellable, callback, user_data);
}

/**
 * jz_row_reader_load_finish:
 * @self: a reader
 * @result: of jz_row_reader_load_async()
 * @error: return location
 *
 * Returns: (transfer full) (nullable) (element-type GStrv): for each id its cells, as a
 *   #JzRowSource loads them; see jz_row_reader_free_rows()
 */
GPtrArray *
jz_row_reader_load_finish (JzRowReader *self, GAsyncResult *result, GError **error)
{
  return finish (self, result, error);
}

static GPtrArray *
load_each (JzRowReader *self,
           JzOffice *office,
           JzConnection *reader,
           const gint64 *ids,
           gsize n_ids,
           GCancellable *cancellable,
           GError **error)
{
  GPtrArray *rows = g_ptr_array_new ();

  for (gsize i = 0; i < n_ids; i++) {
    GStrv cells = NULL;
    if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
        !self->source.load_one (office, reader, ids[i], self->data, &cells, error)) {
      jz_row_reader_free_rows (rows);
      return NULL;
    }
    g_ptr_array_add (rows, cells);
  }
  return rows;
}

/**
 * jz_row_reader_load:
 * @self: a reader
 * @office: (nullable): the office
 * @reader: (nullable): its database
 * @ids: (array length=n_ids): ids of rows
 * @n_ids: how many
 * @cancellable: (nullable): stops it
 * @error: return location
 *
 * Does it at once, for those who are on a worker thread already.
 *
 * Returns: (transfer full) (nullable) (element-type GStrv): their cells, as a #JzRowSource loads
 *   them; see jz_row_reader_free_rows()
 */
GPtrArray *
jz_row_reader_load (JzRowReader *self,
                    JzOffice *office,
                    JzConnection *reader,
                    const gint64 *ids,
                    gsize n_ids,
                    GCancellable *cancellable,
                    GError **error)
{
  if (self->source.load == NULL)
    return load_each (self, office, reader, ids, n_ids, cancellable, error);
  return self->source.load (office, reader, ids, n_ids, self->data, cancellable, error);
}

/**
 * jz_row_reader_free_rows:
 * @rows: (transfer full) (element-type GStrv): rows that were loaded, which nobody took
 *
 * Frees the cells with the array, which does not free them itself.
 */
void
jz_row_reader_free_rows (gpointer rows)
{
  g_autoptr (GPtrArray) all = rows;

  for (guint i = 0; i < all->len; i++)
    g_strfreev (g_ptr_array_index (all, i));
}
