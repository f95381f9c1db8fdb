/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/row_model-private.h"

#include "app/row_edits.h"

/* A list of any length (style §8): the ids of its rows in order, eight bytes each, and the texts of
 * those that are looked at (row_cache.h). The ids come from one query, the first screenful before
 * all others. */

/* What fills a screen; it is there at once however long the list is. A view makes some 200 rows
 * whatever is seen of them, so the rest of those comes in steps: making all holds the window. */
#define HEAD 64
#define MAX_HEAD 128
/* Above this, a view is told first that rows are gone and then that others came; else it would
 * look for each row that it shows among all of them. */
#define MAX_REPLACED 1000

enum {
  PROP_IS_LOADING = 1,
  PROP_ERROR,
  PROP_SELECTED,
  N_PROPERTIES,
};

static GParamSpec *properties[N_PROPERTIES];

static void jz_row_model_list_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (JzRowModel,
                               jz_row_model,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, jz_row_model_list_init)
                                 G_IMPLEMENT_INTERFACE (GTK_TYPE_SELECTION_MODEL,
                                                        jz_row_model_selection_init))

/* Answers to an older question are dropped. */
typedef struct {
  JzRowModel *model;
  guint serial;
  guint limit;
} Question;

static void
question_free (Question *self)
{
  g_object_unref (self->model);
  g_free (self);
}

static void
set_error (JzRowModel *self, GError *error)
{
  if (error == NULL && self->error == NULL)
    return;
  g_clear_error (&self->error);
  self->error = error;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ERROR]);
}

static void
fail (gpointer data, GError *error)
{
  JzRowModel *self = data;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_error_free (error);
  else
    set_error (self, error);
}

static GType
jz_row_model_get_item_type (GListModel *model)
{
  return JZ_TYPE_LIST_ROW;
}

static guint
jz_row_model_get_n_items (GListModel *model)
{
  return JZ_ROW_MODEL (model)->ids->len;
}

static gpointer
jz_row_model_get_item (GListModel *model, guint position)
{
  JzRowModel *self = JZ_ROW_MODEL (model);

  return position < self->ids->len ? jz_row_cache_get_row (self->cache, position) : NULL;
}

static void
jz_row_model_list_init (GListModelInterface *iface)
{
  iface->get_item_type = jz_row_model_get_item_type;
  iface->get_n_items = jz_row_model_get_n_items;
  iface->get_item = jz_row_model_get_item;
}

/* Takes those that come from where they are in @ids. */
static void
replace_ids (JzRowModel *self, guint position, guint n_removed, const GArray *ids, guint n_added)
{
  if (n_removed > 0)
    g_array_remove_range (self->ids, position, n_removed);
  if (n_added > 0)
    g_array_insert_vals (self->ids, position, &g_array_index (ids, gint64, position), n_added);
  if (n_removed > 0 || n_added > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), position, n_removed, n_added);
}

static void
apply_edit (JzRowModel *self, const JzRowEdit *edit, const GArray *ids)
{
  guint n_kept = MIN (edit->n_removed, edit->n_added);

  if (MAX (edit->n_removed, edit->n_added) <= MAX_REPLACED) {
    replace_ids (self, edit->position, edit->n_removed, ids, edit->n_added);
    return;
  }
  /* A view makes the rows that it shows anew, unless others take their place at the same moment. */
  n_kept = MIN (n_kept, HEAD);
  replace_ids (self, edit->position + n_kept, edit->n_removed - n_kept, ids, 0);
  replace_ids (self, edit->position, n_kept, ids, n_kept);
  replace_ids (self, edit->position + n_kept, 0, ids, edit->n_added - n_kept);
}

static void
take_ids (JzRowModel *self, const GArray *ids)
{
  g_autoptr (GArray) edits = jz_row_edits_compute (self->ids, ids);

  jz_row_cache_begin_generation (self->cache);
  for (guint i = 0; i < edits->len; i++)
    apply_edit (self, &g_array_index (edits, JzRowEdit, i), ids);
  if (edits->len > 0)
    jz_row_model_tell_selected (self);
}

static void query (JzRowModel *self, guint limit);

static void
set_is_querying (JzRowModel *self, gboolean is_querying)
{
  if (self->is_querying == is_querying)
    return;
  self->is_querying = is_querying;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_IS_LOADING]);
}

/* After the head of the list the whole, unless that was all. */
static void
go_on (JzRowModel *self, guint limit, guint n_found)
{
  gboolean must_reload = self->must_reload;

  self->must_reload = FALSE;
  if (must_reload || (limit > 0 && n_found == limit))
    query (self, limit > 0 && limit < MAX_HEAD ? MAX_HEAD : 0);
  else
    set_is_querying (self, FALSE);
}

static void
on_queried (GObject *object, GAsyncResult *result, gpointer data)
{
  Question *question = data;
  g_autoptr (JzRowModel) self = g_object_ref (question->model);
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) ids = jz_row_reader_query_finish (self->reader, result, &error);
  guint limit = question->limit;
  gboolean is_overtaken = question->serial != self->serial;

  question_free (question);
  if (is_overtaken)
    return;
  if (ids == NULL) {
    set_is_querying (self, FALSE);
    fail (self, g_steal_pointer (&error));
    return;
  }
  set_error (self, NULL);
  take_ids (self, ids);
  go_on (self, limit, ids->len);
}

static void
query (JzRowModel *self, guint limit)
{
  JzRowQuery limited = self->query;
  Question *question = g_new0 (Question, 1);

  question->model = g_object_ref (self);
  question->serial = self->serial;
  question->limit = limit;
  limited.limit = limit;
  set_is_querying (self, TRUE);
  jz_row_reader_query_async (self->reader, &limited, self->cancellable, on_queried, question);
}

static void
jz_row_model_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  JzRowModel *self = JZ_ROW_MODEL (object);

  switch (property_id) {
  case PROP_IS_LOADING:
    g_value_set_boolean (value, self->is_querying);
    break;
  case PROP_ERROR:
    g_value_set_boxed (value, self->error);
    break;
  case PROP_SELECTED:
    g_value_set_int64 (value, self->has_selected ? self->selected : 0);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
  }
}

static void
jz_row_model_dispose (GObject *object)
{
  JzRowModel *self = JZ_ROW_MODEL (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_pointer (&self->cache, jz_row_cache_close);
  G_OBJECT_CLASS (jz_row_model_parent_class)->dispose (object);
}

static void
jz_row_model_finalize (GObject *object)
{
  JzRowModel *self = JZ_ROW_MODEL (object);

  jz_row_reader_unref (self->reader);
  if (self->query.filter != NULL)
    jz_json_unref ((JzJson *)self->query.filter);
  g_array_unref (self->ids);
  g_clear_error (&self->error);
  g_object_unref (self->cancellable);
  G_OBJECT_CLASS (jz_row_model_parent_class)->finalize (object);
}

static void
jz_row_model_class_init (JzRowModelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = jz_row_model_get_property;
  object_class->dispose = jz_row_model_dispose;
  object_class->finalize = jz_row_model_finalize;
  properties[PROP_IS_LOADING] = g_param_spec_boolean ("is-loading", NULL, NULL, FALSE, flags);
  properties[PROP_ERROR] = g_param_spec_boxed ("error", NULL, NULL, G_TYPE_ERROR, flags);
  properties[PROP_SELECTED] =
    g_param_spec_int64 ("selected", NULL, NULL, G_MININT64, G_MAXINT64, 0, flags);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
jz_row_model_init (JzRowModel *self)
{
  self->ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->query.sort = -1;
  self->cancellable = g_cancellable_new ();
}

/**
 * jz_row_model_new:
 * @client: (nullable): the office; %NULL for a source that needs none, whose functions get none
 * @source: (transfer none): where the rows come from
 * @data: (transfer full) (nullable): for the source's functions
 * @free_data: (nullable): for @data, from any thread once the list and its last request are gone
 *
 * The list is empty until jz_row_model_set_query() or jz_row_model_reload().
 *
 * Returns: (transfer full): a list of #JzListRow that is its own selection
 */
JzRowModel *
jz_row_model_new (JzOfficeClient *client,
                  const JzRowSource *source,
                  gpointer data,
                  GDestroyNotify free_data)
{
  JzRowModel *self = g_object_new (JZ_TYPE_ROW_MODEL, NULL);

  self->reader = jz_row_reader_new (client, source, data, free_data);
  self->cache = jz_row_cache_new (self->reader, self->ids, fail, self);
  return self;
}

/**
 * jz_row_model_set_query:
 * @self: a list
 * @query: (transfer none): which rows in which order; its limit does not count
 *
 * Asks anew. The rows that were there stay until the first of the new ones are known; the head of
 * the list comes before the rest.
 */
void
jz_row_model_set_query (JzRowModel *self, const JzRowQuery *new_query)
{
  g_return_if_fail (JZ_IS_ROW_MODEL (self));

  if (new_query->filter != NULL)
    jz_json_ref (new_query->filter);
  if (self->query.filter != NULL)
    jz_json_unref ((JzJson *)self->query.filter);
  self->query = *new_query;
  self->query.limit = 0;
  self->serial++;
  self->must_reload = FALSE;
  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  self->cancellable = g_cancellable_new ();
  /* What a view shows goes and comes in steps, for neither is quick. */
  if (self->ids->len > HEAD)
    replace_ids (self, HEAD, self->ids->len - HEAD, self->ids, 0);
  query (self, HEAD);
}

/**
 * jz_row_model_get_query:
 * @self: a list
 *
 * Returns: (transfer none): what it shows
 */
const JzRowQuery *
jz_row_model_get_query (JzRowModel *self)
{
  g_return_val_if_fail (JZ_IS_ROW_MODEL (self), NULL);

  return &self->query;
}

/**
 * jz_row_model_reload:
 * @self: a list
 *
 * Asks the same again after something changed. However often it is called while an answer is on
 * its way, it is asked once more after that.
 */
void
jz_row_model_reload (JzRowModel *self)
{
  g_return_if_fail (JZ_IS_ROW_MODEL (self));

  if (self->is_querying)
    self->must_reload = TRUE;
  else
    query (self, self->ids->len == 0 ? HEAD : 0);
}

/**
 * jz_row_model_cancel:
 * @self: a list
 *
 * Stops what is on its way, when nobody looks at the list any more.
 */
void
jz_row_model_cancel (JzRowModel *self)
{
  g_return_if_fail (JZ_IS_ROW_MODEL (self));

  g_cancellable_cancel (self->cancellable);
  jz_row_cache_cancel (self->cache);
}

/**
 * jz_row_model_is_loading:
 * @self: a list
 *
 * Returns: whether the ids of its rows are being asked for
 */
gboolean
jz_row_model_is_loading (JzRowModel *self)
{
  g_return_val_if_fail (JZ_IS_ROW_MODEL (self), FALSE);

  return self->is_querying;
}

/**
 * jz_row_model_get_error:
 * @self: a list
 *
 * Returns: (transfer none) (nullable): why the last question was not answered
 */
const GError *
jz_row_model_get_error (JzRowModel *self)
{
  g_return_val_if_fail (JZ_IS_ROW_MODEL (self), NULL);

  return self->error;
}

/**
 * jz_row_model_get_id:
 * @self: a list
 * @position: a row that it has
 *
 * Returns: the row's id
 */
gint64
jz_row_model_get_id (JzRowModel *self, guint position)
{
  g_return_val_if_fail (JZ_IS_ROW_MODEL (self), 0);
  g_return_val_if_fail (position < self->ids->len, 0);

  return g_array_index (self->ids, gint64, position);
}

/**
 * jz_row_model_find:
 * @self: a list
 * @id: of a row
 * @position: (out): where the row is; written only when it is there
 *
 * Returns: whether the list has the row
 */
gboolean
jz_row_model_find (JzRowModel *self, gint64 id, guint *position)
{
  g_return_val_if_fail (JZ_IS_ROW_MODEL (self), FALSE);

  for (guint i = 0; i < self->ids->len; i++)
    if (g_array_index (self->ids, gint64, i) == id) {
      *position = i;
      return TRUE;
    }
  return FALSE;
}

/**
 * jz_row_model_dup_ids:
 * @self: a list
 *
 * Returns: (transfer full) (element-type gint64): the ids of its rows in their order, for exporting
 *   them on a worker thread
 */
GArray *
jz_row_model_dup_ids (JzRowModel *self)
{
  g_return_val_if_fail (JZ_IS_ROW_MODEL (self), NULL);

  return g_array_copy (self->ids);
}

/**
 * jz_row_model_load:
 * @self: a list
 * @office: (nullable): the office
 * @reader: (nullable): its database
 * @ids: (array length=n_ids): ids of rows
 * @n_ids: how many
 * @cancellable: (nullable): stops it
 * @error: return location
 *
 * For exporting, on a worker thread: nothing of it is shown or kept.
 *
 * Returns: (transfer full) (nullable) (element-type GStrv): their cells, as a #JzRowSource loads
 *   them
 */
GPtrArray *
jz_row_model_load (JzRowModel *self,
                   JzOffice *office,
                   JzConnection *reader,
                   const gint64 *ids,
                   gsize n_ids,
                   GCancellable *cancellable,
                   GError **error)
{
  g_return_val_if_fail (JZ_IS_ROW_MODEL (self), NULL);

  return jz_row_reader_load (self->reader, office, reader, ids, n_ids, cancellable, error);
}
