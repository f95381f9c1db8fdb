/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/row_model-private.h"

/* A list of rows is its own selection of one row: GTK's would look through all rows for the
 * selected one whenever the list is sorted, and so make an object of each. The row is known by its
 * id, so it stays selected wherever it goes, and while the list does not have it. */

static gboolean
jz_row_model_is_selected (GtkSelectionModel *model, guint position)
{
  JzRowModel *self = JZ_ROW_MODEL (model);

  return self->has_selected && position < self->ids->len &&
         g_array_index (self->ids, gint64, position) == self->selected;
}

static GtkBitset *
jz_row_model_get_selection_in_range (GtkSelectionModel *model, guint position, guint n_items)
{
  JzRowModel *self = JZ_ROW_MODEL (model);
  GtkBitset *bitset = gtk_bitset_new_empty ();
  guint found;

  if (self->has_selected && jz_row_model_find (self, self->selected, &found))
    gtk_bitset_add (bitset, found);
  return bitset;
}

static void
set_selected (JzRowModel *self, gboolean has_selected, gint64 id)
{
  guint was = 0, is = 0;
  gboolean had = self->has_selected && jz_row_model_find (self, self->selected, &was);
  gboolean has;

  if (self->has_selected == has_selected && (!has_selected || self->selected == id))
    return;
  self->has_selected = has_selected;
  self->selected = id;
  has = has_selected && jz_row_model_find (self, id, &is);
  if (had)
    gtk_selection_model_selection_changed (GTK_SELECTION_MODEL (self), was, 1);
  if (has)
    gtk_selection_model_selection_changed (GTK_SELECTION_MODEL (self), is, 1);
  g_object_notify (G_OBJECT (self), "selected");
}

static gboolean
jz_row_model_select_item (GtkSelectionModel *model, guint position, gboolean unselect_rest)
{
  JzRowModel *self = JZ_ROW_MODEL (model);

  if (position < self->ids->len)
    set_selected (self, TRUE, g_array_index (self->ids, gint64, position));
  return TRUE;
}

static gboolean
jz_row_model_unselect_item (GtkSelectionModel *model, guint position)
{
  if (jz_row_model_is_selected (model, position))
    set_selected (JZ_ROW_MODEL (model), FALSE, 0);
  return TRUE;
}

void
jz_row_model_selection_init (GtkSelectionModelInterface *iface)
{
  iface->is_selected = jz_row_model_is_selected;
  iface->get_selection_in_range = jz_row_model_get_selection_in_range;
  iface->select_item = jz_row_model_select_item;
  iface->unselect_item = jz_row_model_unselect_item;
}

/* A view forgets which rows are selected when it is told that they come anew. */
void
jz_row_model_tell_selected (JzRowModel *self)
{
  guint position;

  if (self->has_selected && jz_row_model_find (self, self->selected, &position))
    gtk_selection_model_selection_changed (GTK_SELECTION_MODEL (self), position, 1);
}

/**
 * jz_row_model_get_selected:
 * @self: a list
 * @id: (out): of the selected row
 *
 * Returns: whether a row is selected that the list has
 */
gboolean
jz_row_model_get_selected (JzRowModel *self, gint64 *id)
{
  guint position;
  g_return_val_if_fail (JZ_IS_ROW_MODEL (self), FALSE);

  *id = self->selected;
  return self->has_selected && jz_row_model_find (self, self->selected, &position);
}

/**
 * jz_row_model_select:
 * @self: a list
 * @id: of a row
 *
 * Selects the row, now or as soon as the list has it.
 */
void
jz_row_model_select (JzRowModel *self, gint64 id)
{
  g_return_if_fail (JZ_IS_ROW_MODEL (self));

  set_selected (self, TRUE, id);
}
