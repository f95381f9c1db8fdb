/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/list_row.h"

/* A row of a long list. The model hands out one object for an id as long as anybody holds it, so
 * that selection and focus, which compare pointers, stay with the row when the list is sorted. */

struct _JzListRow {
  GObject parent_instance;

  gint64 id;
  char **cells; /* NULL until they are loaded */
  guint n_cells;
  guint generation;
};

enum {
  PROP_CELLS = 1,
  N_PROPERTIES,
};

static GParamSpec *properties[N_PROPERTIES];

G_DEFINE_FINAL_TYPE (JzListRow, jz_list_row, G_TYPE_OBJECT)

static void
jz_list_row_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  JzListRow *self = JZ_LIST_ROW (object);

  switch (property_id) {
  case PROP_CELLS:
    g_value_set_boxed (value, self->cells);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
  }
}

static void
jz_list_row_finalize (GObject *object)
{
  JzListRow *self = JZ_LIST_ROW (object);

  g_strfreev (self->cells);
  G_OBJECT_CLASS (jz_list_row_parent_class)->finalize (object);
}

static void
jz_list_row_class_init (JzListRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = jz_list_row_get_property;
  object_class->finalize = jz_list_row_finalize;
  properties[PROP_CELLS] = g_param_spec_boxed ("cells", NULL, NULL, G_TYPE_STRV,
                                               G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
jz_list_row_init (JzListRow *self)
{
}

/**
 * jz_list_row_new:
 * @id: what it is a row of
 *
 * Returns: (transfer full): a row whose cells are not loaded yet
 */
JzListRow *
jz_list_row_new (gint64 id)
{
  JzListRow *self = g_object_new (JZ_TYPE_LIST_ROW, NULL);

  self->id = id;
  return self;
}

/**
 * jz_list_row_get_id:
 * @self: a row
 *
 * Returns: what it is a row of
 */
gint64
jz_list_row_get_id (JzListRow *self)
{
  g_return_val_if_fail (JZ_IS_LIST_ROW (self), 0);

  return self->id;
}

/**
 * jz_list_row_get_cell:
 * @self: a row
 * @column: which cell, from 0
 *
 * Returns: (transfer none): its text, until it is loaded again; empty before it is loaded
 */
const char *
jz_list_row_get_cell (JzListRow *self, guint column)
{
  g_return_val_if_fail (JZ_IS_LIST_ROW (self), "");

  return column < self->n_cells ? self->cells[column] : "";
}

/**
 * jz_list_row_is_loaded:
 * @self: a row
 *
 * Returns: whether its cells are there
 */
gboolean
jz_list_row_is_loaded (JzListRow *self)
{
  g_return_val_if_fail (JZ_IS_LIST_ROW (self), FALSE);

  return self->cells != NULL;
}

/**
 * jz_list_row_get_generation:
 * @self: a row
 *
 * Returns: of which generation of the list its cells are
 */
guint
jz_list_row_get_generation (JzListRow *self)
{
  g_return_val_if_fail (JZ_IS_LIST_ROW (self), 0);

  return self->generation;
}

/**
 * jz_list_row_take_cells:
 * @self: a row
 * @cells: (transfer full) (array zero-terminated=1): its cells
 * @generation: of the list for which they were loaded
 *
 * Gives it its texts; whoever shows them is told where they are others than before.
 */
void
jz_list_row_take_cells (JzListRow *self, char **cells, guint generation)
{
  g_return_if_fail (JZ_IS_LIST_ROW (self));

  gboolean is_same = self->cells != NULL &&
                     g_strv_equal ((const char *const *)self->cells, (const char *const *)cells);
  self->generation = generation;
  if (is_same) {
    g_strfreev (cells);
    return;
  }
  g_strfreev (self->cells);
  self->cells = cells;
  self->n_cells = g_strv_length (cells);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CELLS]);
}
