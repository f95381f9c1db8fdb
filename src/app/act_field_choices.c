/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include <glib/gi18n-lib.h>

#include "app/act_field-private.h"
#include "app/focus.h"

/* Questions that are answered by choosing: few choices are buttons side by side, many a list. */

#define MAX_BUTTONS 4
#define MAX_BUTTON_CHARACTERS 10
#define MANY_CHOICES 20

static const JzJson *
get_value (const JzActField *self)
{
  return jz_json_get_member (self->field, "value");
}

static const JzJson *
get_choices (const JzActField *self)
{
  return jz_json_get_member (self->field, "choices");
}

static guint
count_choices (const JzActField *self)
{
  return get_choices (self) != NULL ? jz_json_get_n_items (get_choices (self)) : 0;
}

static const char *
get_choice (const JzActField *self, guint position, const char *member)
{
  return jz_json_get_member_text (jz_json_get_item (get_choices (self), position), member);
}

static GtkWidget *
add_button (JzActField *self, GtkWidget *box, const char *text, gboolean is_active)
{
  GtkWidget *button = gtk_toggle_button_new_with_label (text);
  GtkToggleButton *first = self->buttons->len > 0 ? g_ptr_array_index (self->buttons, 0) : NULL;

  if (first != NULL && strcmp (jz_json_get_member_text (self->field, "kind"), "several") != 0)
    gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (button), first);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), is_active);
  g_signal_connect_swapped (button, "toggled", G_CALLBACK (jz_act_field_emit_changed), self);
  g_ptr_array_add (self->buttons, button);
  if (GTK_IS_FLOW_BOX (box))
    jz_flow_append (GTK_FLOW_BOX (box), button, text);
  else
    gtk_box_append (GTK_BOX (box), button);
  return button;
}

static GtkWidget *
new_button_box (JzActField *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  self->buttons = g_ptr_array_new ();
  self->input = box;
  gtk_widget_add_css_class (box, "linked");
  gtk_widget_set_halign (box, GTK_ALIGN_START);
  return box;
}

GtkWidget *
jz_field_make_boolean (JzActField *self)
{
  const JzJson *value = get_value (self);
  gboolean is_known = value != NULL && jz_json_get_kind (value) == JZ_JSON_BOOLEAN;
  GtkWidget *box = new_button_box (self);

  add_button (self, box, C_ ("answer", "Yes"), is_known && jz_json_get_boolean (value));
  add_button (self, box, C_ ("answer", "No"), is_known && !jz_json_get_boolean (value));
  return box;
}

static gboolean
is_active (JzActField *self, guint position)
{
  return gtk_toggle_button_get_active (g_ptr_array_index (self->buttons, position));
}

gboolean
jz_field_read_boolean (JzActField *self, JzJson **value)
{
  if (is_active (self, 0) || is_active (self, 1))
    *value = jz_json_new_boolean (is_active (self, 0));
  return TRUE;
}

static gboolean
is_value (const JzActField *self, guint position)
{
  const JzJson *value = get_value (self);

  return value != NULL && jz_json_get_kind (value) == JZ_JSON_TEXT &&
         g_strcmp0 (jz_json_get_text (value), get_choice (self, position, "value")) == 0;
}

static gboolean
fits_buttons (const JzActField *self)
{
  if (count_choices (self) > MAX_BUTTONS)
    return FALSE;
  for (guint i = 0; i < count_choices (self); i++)
    if (get_choice (self, i, "detail") != NULL ||
        g_utf8_strlen (get_choice (self, i, "label"), -1) > MAX_BUTTON_CHARACTERS)
      return FALSE;
  return TRUE;
}

static GtkWidget *
make_choice_buttons (JzActField *self)
{
  GtkWidget *box = new_button_box (self);

  for (guint i = 0; i < count_choices (self); i++)
    add_button (self, box, get_choice (self, i, "label"), is_value (self, i));
  return box;
}

static char *
dup_choice_text (const JzActField *self, guint position)
{
  const char *label = get_choice (self, position, "label");
  const char *detail = get_choice (self, position, "detail");

  return detail != NULL ? g_strdup_printf ("%s　%s", label, detail) : g_strdup (label);
}

static GtkWidget *
make_choice_list (JzActField *self)
{
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);
  guint selected = 0;
  GtkWidget *drop_down;

  gtk_string_list_append (
    list, count_choices (self) > 0 ? _ ("Choose…") : _ ("There is nothing to choose from yet"));
  for (guint i = 0; i < count_choices (self); i++) {
    g_autofree char *text = dup_choice_text (self, i);
    gtk_string_list_append (list, text);
    selected = is_value (self, i) ? i + 1 : selected;
  }
  drop_down =
    gtk_drop_down_new (G_LIST_MODEL (g_steal_pointer (&list)),
                       gtk_property_expression_new (GTK_TYPE_STRING_OBJECT, NULL, "string"));
  gtk_drop_down_set_enable_search (GTK_DROP_DOWN (drop_down), count_choices (self) > MANY_CHOICES);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (drop_down), selected);
  g_signal_connect_swapped (drop_down, "notify::selected", G_CALLBACK (jz_act_field_emit_changed),
                            self);
  self->input = drop_down;
  return drop_down;
}

/* What was chosen before the form was opened stands there and is not chosen again. */
static GtkWidget *
make_fixed (JzActField *self)
{
  GtkWidget *label = gtk_label_new (_ ("chosen already"));

  for (guint i = 0; i < count_choices (self); i++)
    if (is_value (self, i))
      gtk_label_set_label (GTK_LABEL (label), get_choice (self, i, "label"));
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "heading");
  return label;
}

GtkWidget *
jz_field_make_choice (JzActField *self)
{
  if (jz_json_get_member_boolean (self->field, "fixed", FALSE))
    return make_fixed (self);
  return fits_buttons (self) && count_choices (self) > 0 ? make_choice_buttons (self)
                                                         : make_choice_list (self);
}

gboolean
jz_field_read_choice (JzActField *self, JzJson **value)
{
  guint selected = 0;

  if (self->input == NULL) {
    *value = get_value (self) != NULL ? jz_json_ref (get_value (self)) : NULL;
    return TRUE;
  }
  if (self->buttons == NULL)
    selected = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->input));
  for (guint i = 0; self->buttons != NULL && i < self->buttons->len; i++)
    selected = is_active (self, i) ? i + 1 : selected;
  if (selected > 0 && selected <= count_choices (self))
    *value = jz_json_new_text (get_choice (self, selected - 1, "value"));
  return TRUE;
}

static gboolean
contains (const JzJson *list, const char *text)
{
  for (guint i = 0; list != NULL && i < jz_json_get_n_items (list); i++)
    if (g_strcmp0 (jz_json_get_text (jz_json_get_item (list, i)), text) == 0)
      return TRUE;
  return FALSE;
}

GtkWidget *
jz_field_make_several (JzActField *self)
{
  GtkWidget *box = gtk_flow_box_new ();

  self->buttons = g_ptr_array_new ();
  self->input = box;
  gtk_flow_box_set_selection_mode (GTK_FLOW_BOX (box), GTK_SELECTION_NONE);
  gtk_flow_box_set_max_children_per_line (GTK_FLOW_BOX (box), 8);
  for (guint i = 0; i < count_choices (self); i++) {
    GtkWidget *button = add_button (self, box, get_choice (self, i, "label"),
                                    contains (get_value (self), get_choice (self, i, "value")));
    gtk_widget_set_tooltip_text (button, get_choice (self, i, "detail"));
  }
  return box;
}

gboolean
jz_field_read_several (JzActField *self, JzJson **value)
{
  JzJson *list = jz_json_new_array ();

  for (guint i = 0; i < self->buttons->len; i++)
    if (is_active (self, i))
      jz_json_append (list, jz_json_new_text (get_choice (self, i, "value")));
  if (jz_json_get_n_items (list) > 0)
    *value = list;
  else
    jz_json_unref (list);
  return TRUE;
}
