/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>

#include "app/act_field-private.h"

/* Records of a list, one card each, with the fields of the list as questions of their own. */

static GtkWidget *
new_question (JzActField *self, const JzJson *column, const JzJson *record)
{
  g_autoptr (JzJson) question = jz_json_copy (column);
  const JzJson *value =
    record != NULL ? jz_json_get_member (record, jz_json_get_member_text (column, "name")) : NULL;
  GtkWidget *field;

  if (value != NULL)
    jz_json_set_member (question, "value", jz_json_copy (value));
  field = jz_act_field_new (question, self->today);
  gtk_widget_set_hexpand (field, TRUE);
  g_signal_connect_swapped (field, "changed", G_CALLBACK (jz_act_field_emit_changed), self);
  return field;
}

static void
on_removed (GtkButton *button, JzActField *self)
{
  GtkWidget *row = g_object_get_data (G_OBJECT (button), "row");
  GtkWidget *parent = gtk_widget_get_parent (row);

  g_ptr_array_remove (self->rows, row);
  gtk_box_remove (GTK_BOX (parent), row);
  jz_act_field_emit_changed (self);
}

static void
add_row (JzActField *self, GtkWidget *list, const JzJson *record)
{
  const JzJson *columns = jz_json_get_member (self->field, "columns");
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *grid = gtk_grid_new ();
  GtkWidget *remove = gtk_button_new_from_icon_name ("list-remove-symbolic");
  GPtrArray *questions = g_ptr_array_new ();

  gtk_grid_set_column_spacing (GTK_GRID (grid), 12);
  gtk_grid_set_row_spacing (GTK_GRID (grid), 6);
  gtk_grid_set_column_homogeneous (GTK_GRID (grid), TRUE);
  for (guint i = 0; i < jz_json_get_n_items (columns); i++) {
    GtkWidget *question = new_question (self, jz_json_get_item (columns, i), record);
    g_ptr_array_add (questions, question);
    gtk_grid_attach (GTK_GRID (grid), question, (int)(i % 2), (int)(i / 2), 1, 1);
  }
  gtk_widget_set_tooltip_text (remove, _ ("Remove this row"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (remove), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Remove this row"), -1);
  gtk_widget_set_valign (remove, GTK_ALIGN_START);
  gtk_widget_add_css_class (remove, "flat");
  g_object_set_data (G_OBJECT (remove), "row", row);
  g_signal_connect (remove, "clicked", G_CALLBACK (on_removed), self);
  g_object_set_data_full (G_OBJECT (row), "questions", questions,
                          (GDestroyNotify)g_ptr_array_unref);
  gtk_widget_add_css_class (row, "card");
  gtk_widget_add_css_class (row, "record-row");
  gtk_box_append (GTK_BOX (row), grid);
  gtk_box_append (GTK_BOX (row), remove);
  gtk_box_append (GTK_BOX (list), row);
  g_ptr_array_add (self->rows, row);
}

static void
on_added (GtkButton *button, JzActField *self)
{
  GtkWidget *row;

  add_row (self, g_object_get_data (G_OBJECT (button), "list"), NULL);
  row = g_ptr_array_index (self->rows, self->rows->len - 1);
  gtk_widget_child_focus (row, GTK_DIR_TAB_FORWARD);
  jz_act_field_emit_changed (self);
}

GtkWidget *
jz_field_make_records (JzActField *self)
{
  const JzJson *value = jz_json_get_member (self->field, "value");
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *list = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *add = gtk_button_new_with_label (_ ("Add a row"));
  guint n_records = value != NULL ? jz_json_get_n_items (value) : 0;

  self->rows = g_ptr_array_new ();
  self->input = add;
  for (guint i = 0; i < n_records; i++)
    add_row (self, list, jz_json_get_item (value, i));
  if (n_records == 0 && jz_act_field_is_required (self))
    add_row (self, list, NULL);
  g_object_set_data (G_OBJECT (add), "list", list);
  g_signal_connect (add, "clicked", G_CALLBACK (on_added), self);
  gtk_widget_set_halign (add, GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (box), list);
  gtk_box_append (GTK_BOX (box), add);
  return box;
}

/* A row in which nothing was written is none. */
static gboolean
read_row (GtkWidget *row, JzJson *list)
{
  GPtrArray *questions = g_object_get_data (G_OBJECT (row), "questions");
  g_autoptr (JzJson) record = jz_json_new_object ();

  for (guint i = 0; i < questions->len; i++) {
    JzActField *question = g_ptr_array_index (questions, i);
    JzJson *value = NULL;
    if (!jz_act_field_read (question, &value))
      return FALSE;
    if (value != NULL)
      jz_json_set_member (record, jz_act_field_get_name (question), value);
  }
  if (jz_json_get_n_items (record) > 0)
    jz_json_append (list, g_steal_pointer (&record));
  return TRUE;
}

gboolean
jz_field_read_records (JzActField *self, JzJson **value)
{
  g_autoptr (JzJson) list = jz_json_new_array ();

  for (guint i = 0; i < self->rows->len; i++)
    if (!read_row (g_ptr_array_index (self->rows, i), list))
      return FALSE;
  if (jz_json_get_n_items (list) > 0)
    *value = g_steal_pointer (&list);
  return TRUE;
}
