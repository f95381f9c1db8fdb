/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/names.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

/* Names for screen readers of what GTK builds inside of its widgets and leaves without one: the
 * button of a drop-down and the rows that it opens, the rows and the head of a table, the eye in a
 * field for passwords, a row that unfolds and its switch. */

/**
 * jz_names_set_row:
 * @item: a place in a list that has a child
 * @name: what tells its row
 *
 * Names what a list of GTK 4.8 puts around the child of a row, which is what has the focus.
 */
void
jz_names_set_row (GtkListItem *item, const char *name)
{
  GtkWidget *row = gtk_list_item_get_child (item);

  for (row = row != NULL ? gtk_widget_get_parent (row) : NULL;
       row != NULL && !g_str_equal (G_OBJECT_TYPE_NAME (row), "GtkListItemWidget");
       row = gtk_widget_get_parent (row))
    ;
  if (row != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
add_texts (GtkWidget *widget, GString *texts)
{
  const char *text = GTK_IS_LABEL (widget) ? gtk_label_get_text (GTK_LABEL (widget)) : "";

  if (text[0] != '\0')
    g_string_append_printf (texts, "%s%s", texts->len > 0 ? ", " : "", text);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (!GTK_IS_BUTTON (child) && !GTK_IS_EXPANDER (child))
      add_texts (child, texts);
}

/**
 * jz_names_dup_texts:
 * @widget: what stands in a row
 *
 * Returns: (transfer full): its texts, but for those of buttons and of what is folded away
 */
char *
jz_names_dup_texts (GtkWidget *widget)
{
  GString *texts = g_string_new (NULL);

  add_texts (widget, texts);
  return g_string_free (texts, FALSE);
}

/* A drop-down, or a row with one. */
static GtkExpression *
get_expression (GtkWidget *choice)
{
  return ADW_IS_COMBO_ROW (choice) ? adw_combo_row_get_expression (ADW_COMBO_ROW (choice))
                                   : gtk_drop_down_get_expression (GTK_DROP_DOWN (choice));
}

static gpointer
get_chosen (GtkWidget *choice)
{
  return ADW_IS_COMBO_ROW (choice) ? adw_combo_row_get_selected_item (ADW_COMBO_ROW (choice))
                                   : gtk_drop_down_get_selected_item (GTK_DROP_DOWN (choice));
}

static char *
dup_text (GtkWidget *choice, gpointer item)
{
  GtkExpression *expression = get_expression (choice);
  g_auto (GValue) value = G_VALUE_INIT;

  if (GTK_IS_STRING_OBJECT (item))
    return g_strdup (gtk_string_object_get_string (item));
  if (expression != NULL && gtk_expression_evaluate (expression, item, &value))
    return g_value_dup_string (&value);
  return g_strdup ("");
}

static void
show_mark (GtkListItem *item, GParamSpec *pspec, GtkWidget *choice)
{
  GtkWidget *box = gtk_list_item_get_child (item);
  gboolean is_chosen = gtk_list_item_get_item (item) == get_chosen (choice);

  gtk_widget_set_opacity (gtk_widget_get_last_child (box), is_chosen ? 1 : 0);
}

static void
on_chosen (GtkWidget *choice, GParamSpec *pspec, GtkListItem *item)
{
  show_mark (item, pspec, choice);
}

static void
on_setup (GtkSignalListItemFactory *factory, GtkListItem *item, GtkWidget *choice)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name ("object-select-symbolic"));
  gtk_list_item_set_child (item, box);
}

static void
on_bind (GtkSignalListItemFactory *factory, GtkListItem *item, GtkWidget *choice)
{
  g_autofree char *text = dup_text (choice, gtk_list_item_get_item (item));
  GtkWidget *label = gtk_widget_get_first_child (gtk_list_item_get_child (item));

  gtk_label_set_label (GTK_LABEL (label), text);
  jz_names_set_row (item, text);
  show_mark (item, NULL, choice);
  g_signal_connect_object (choice, "notify::selected-item", G_CALLBACK (on_chosen), item, 0);
}

static void
on_unbind (GtkSignalListItemFactory *factory, GtkListItem *item, GtkWidget *choice)
{
  g_signal_handlers_disconnect_by_func (choice, on_chosen, item);
}

static void
label_by (GtkWidget *widget, GtkWidget *other)
{
  gtk_accessible_update_relation (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_RELATION_LABELLED_BY,
                                  other, NULL, -1);
}

/* What GTK made of a class below a widget. */
static GtkWidget *
find_made (GtkWidget *widget, const char *class_name)
{
  GtkWidget *found = g_str_equal (G_OBJECT_TYPE_NAME (widget), class_name) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_made (child, class_name);
  return found;
}

static GtkListItemFactory *
new_factory (gpointer choice)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (on_setup), choice);
  g_signal_connect (factory, "bind", G_CALLBACK (on_bind), choice);
  g_signal_connect (factory, "unbind", G_CALLBACK (on_unbind), choice);
  return factory;
}

/* What is chosen stands in a list of one, which is made anew for another choice. */
static void
name_shown (AdwComboRow *row)
{
  GtkWidget *shown = find_made (GTK_WIDGET (row), "GtkListItemWidget");
  gpointer chosen = get_chosen (GTK_WIDGET (row));
  g_autofree char *text = chosen != NULL ? dup_text (GTK_WIDGET (row), chosen) : g_strdup ("");

  if (shown != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (shown), GTK_ACCESSIBLE_PROPERTY_LABEL, text,
                                    -1);
}

static void
name_combo_row (AdwComboRow *row)
{
  g_autoptr (GtkListItemFactory) factory = NULL;

  if (adw_combo_row_get_list_factory (row) != NULL)
    return;
  name_shown (row);
  g_signal_connect_after (row, "notify::selected-item", G_CALLBACK (name_shown), NULL);
  factory = new_factory (row);
  adw_combo_row_set_list_factory (row, factory);
}

static void
name_expander_row (GtkWidget *row)
{
  const char *title = adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row));
  GtkWidget *own_switch = find_made (row, "GtkSwitch");

  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  /* The head stands before what is unfolded. */
  if (own_switch != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (own_switch), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                    title, -1);
}

static void
name_drop_down (GtkDropDown *drop_down)
{
  GtkWidget *button = gtk_widget_get_first_child (GTK_WIDGET (drop_down));
  g_autoptr (GtkListItemFactory) factory = NULL;

  if (gtk_drop_down_get_list_factory (drop_down) != NULL)
    return;
  if (button != NULL) {
    GtkWidget *shown = find_made (button, "GtkListItemWidget");
    label_by (button, GTK_WIDGET (drop_down));
    if (shown != NULL)
      label_by (shown, GTK_WIDGET (drop_down));
  }
  factory = new_factory (drop_down);
  gtk_drop_down_set_list_factory (drop_down, factory);
}

/* Its head and its list. */
static void
name_column_view (GtkWidget *view)
{
  for (GtkWidget *child = gtk_widget_get_first_child (view); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    label_by (child, view);
}

/* The buttons in the field, of which one shows the password. */
static void
name_buttons (GtkWidget *widget)
{
  if (g_str_equal (G_OBJECT_TYPE_NAME (widget), "GtkButton"))
    gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                    gtk_widget_get_tooltip_text (widget) != NULL
                                      ? gtk_widget_get_tooltip_text (widget)
                                      : _ ("Show or hide the text"),
                                    -1);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    name_buttons (child);
}

static gboolean
on_map (GSignalInvocationHint *hint, guint n_values, const GValue *values, gpointer data)
{
  GtkWidget *widget = g_value_get_object (&values[0]);

  if (GTK_IS_DROP_DOWN (widget))
    name_drop_down (GTK_DROP_DOWN (widget));
  else if (ADW_IS_COMBO_ROW (widget))
    name_combo_row (ADW_COMBO_ROW (widget));
  else if (ADW_IS_EXPANDER_ROW (widget))
    name_expander_row (widget);
  else if (GTK_IS_COLUMN_VIEW (widget))
    name_column_view (widget);
  else if (GTK_IS_EXPANDER (widget) && gtk_expander_get_label (GTK_EXPANDER (widget)) != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                    gtk_expander_get_label (GTK_EXPANDER (widget)), -1);
  else if (ADW_IS_PASSWORD_ENTRY_ROW (widget))
    name_buttons (widget);
  return TRUE;
}

/**
 * jz_names_watch:
 *
 * Gives each drop-down and each table its names when it is first seen, for the whole program, so
 * that no page can forget it.
 */
void
jz_names_watch (void)
{
  static gboolean is_watching;

  if (is_watching)
    return;
  is_watching = TRUE;
  /* The class knows its signals once it is there; it stays. */
  g_type_class_ref (GTK_TYPE_WIDGET);
  g_signal_add_emission_hook (g_signal_lookup ("map", GTK_TYPE_WIDGET), 0, on_map, NULL, NULL);
}
