/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/case/case_tab.h"

#include <glib/gi18n-lib.h>

#include "app/appearance.h"
#include "app/names.h"

#define MAX_WIDTH 1100

typedef struct {
  JzOfficeClient *client;
  JzJson *sheet;
  GtkWidget *scrolled;
  GtkWidget *box;
  gboolean is_stale;
} JzCaseTabPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (JzCaseTab, jz_case_tab, ADW_TYPE_BIN)

static void
show_if_seen (JzCaseTab *self)
{
  JzCaseTabPrivate *priv = jz_case_tab_get_instance_private (self);

  if (!priv->is_stale || priv->sheet == NULL || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  priv->is_stale = FALSE;
  JZ_CASE_TAB_GET_CLASS (self)->show (self, priv->sheet);
}

static void
jz_case_tab_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (jz_case_tab_parent_class)->map (widget);
  show_if_seen (JZ_CASE_TAB (widget));
}

static void
jz_case_tab_dispose (GObject *object)
{
  JzCaseTabPrivate *priv = jz_case_tab_get_instance_private (JZ_CASE_TAB (object));

  g_clear_object (&priv->client);
  g_clear_pointer (&priv->sheet, jz_json_unref);
  G_OBJECT_CLASS (jz_case_tab_parent_class)->dispose (object);
}

static void
jz_case_tab_class_init (JzCaseTabClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = jz_case_tab_dispose;
  GTK_WIDGET_CLASS (klass)->map = jz_case_tab_map;
}

static void
jz_case_tab_init (JzCaseTab *self)
{
  JzCaseTabPrivate *priv = jz_case_tab_get_instance_private (self);

  priv->scrolled = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (priv->scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_widget_set_vexpand (priv->scrolled, TRUE);
  adw_bin_set_child (ADW_BIN (self), priv->scrolled);
}

/**
 * jz_case_tab_set_sheet:
 * @self: a tab
 * @client: the office
 * @sheet: what was read of the case, see jz_case_sheet_new()
 *
 * Shows it when the tab is seen.
 */
void
jz_case_tab_set_sheet (JzCaseTab *self, JzOfficeClient *client, JzJson *sheet)
{
  JzCaseTabPrivate *priv = jz_case_tab_get_instance_private (self);
  JzJson *earlier = priv->sheet;

  g_set_object (&priv->client, client);
  priv->sheet = jz_json_ref (sheet);
  priv->is_stale = TRUE;
  show_if_seen (self);
  g_clear_pointer (&earlier, jz_json_unref);
}

/**
 * jz_case_tab_go:
 * @self: a tab
 * @path: the rest of a place, behind the name of the tab
 *
 * Shows that place, now or once the case is read.
 */
void
jz_case_tab_go (JzCaseTab *self, const char *const *path)
{
  JzCaseTabPrivate *priv = jz_case_tab_get_instance_private (self);
  JzCaseTabClass *klass = JZ_CASE_TAB_GET_CLASS (self);

  if (klass->go == NULL || path[0] == NULL)
    return;
  klass->go (self, path);
  priv->is_stale = TRUE;
  show_if_seen (self);
}

JzOfficeClient *
jz_case_tab_get_client (JzCaseTab *self)
{
  JzCaseTabPrivate *priv = jz_case_tab_get_instance_private (self);
  return priv->client;
}

const JzJson *
jz_case_tab_get_sheet (JzCaseTab *self)
{
  JzCaseTabPrivate *priv = jz_case_tab_get_instance_private (self);
  return priv->sheet;
}

const char *
jz_case_tab_get_case (JzCaseTab *self)
{
  JzCaseTabPrivate *priv = jz_case_tab_get_instance_private (self);
  return jz_json_read_text (jz_json_get_member (priv->sheet, "case"), "id");
}

/**
 * jz_case_tab_clear:
 * @self: a tab
 *
 * Takes away what it showed; where it was scrolled to stays.
 *
 * Returns: (transfer none): an empty box to fill
 */
GtkBox *
jz_case_tab_clear (JzCaseTab *self)
{
  JzCaseTabPrivate *priv = jz_case_tab_get_instance_private (self);
  GtkWidget *clamp = adw_clamp_new ();

  priv->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  gtk_widget_set_margin_top (priv->box, 12);
  gtk_widget_set_margin_bottom (priv->box, 18);
  gtk_widget_set_margin_start (priv->box, 12);
  gtk_widget_set_margin_end (priv->box, 12);
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), MAX_WIDTH);
  adw_clamp_set_tightening_threshold (ADW_CLAMP (clamp), MAX_WIDTH);
  adw_clamp_set_child (ADW_CLAMP (clamp), priv->box);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (priv->scrolled), clamp);
  return GTK_BOX (priv->box);
}

/**
 * jz_case_new_label:
 * @text: what it says
 * @style: (nullable): a style class
 *
 * Returns: (transfer floating): a label of several lines
 */
GtkWidget *
jz_case_new_label (const char *text, const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  return label;
}

static void
fix_width (AdwClamp *clamp)
{
  int width = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (clamp), "width"));
  int more = MAX (jz_appearance_get_type_percent () - 100, 0);
  int pixels = width + width * more / (g_object_get_data (G_OBJECT (clamp), "wraps") ? 200 : 100);

  adw_clamp_set_maximum_size (clamp, pixels);
  adw_clamp_set_tightening_threshold (clamp, pixels);
  gtk_widget_set_size_request (GTK_WIDGET (clamp), pixels, -1);
}

/**
 * jz_case_fix_width:
 * @label: (transfer floating): a label
 * @width: in pixels, where type has its usual size
 * @wraps: whether it takes a second line where type is large, because room is short
 *
 * Returns: (transfer floating): the label in something that is always that wide, so that what
 * stands behind it begins at one line with what is above and below
 */
GtkWidget *
jz_case_fix_width (GtkWidget *label, int width, gboolean wraps)
{
  GtkWidget *clamp = adw_clamp_new ();

  g_object_set_data (G_OBJECT (clamp), "width", GINT_TO_POINTER (width));
  g_object_set_data (G_OBJECT (clamp), "wraps", GINT_TO_POINTER (wraps));
  adw_clamp_set_child (ADW_CLAMP (clamp), label);
  fix_width (ADW_CLAMP (clamp));
  g_signal_connect_object (gtk_settings_get_default (), "notify::gtk-xft-dpi",
                           G_CALLBACK (fix_width), clamp, G_CONNECT_SWAPPED);
  return clamp;
}

/**
 * jz_case_new_group:
 * @box: where it goes
 * @title: (nullable): its heading
 *
 * Returns: (transfer none): a list box for rows
 */
GtkWidget *
jz_case_new_group (GtkBox *box, const char *title)
{
  GtkWidget *list = gtk_list_box_new ();

  if (title != NULL)
    gtk_box_append (box, jz_case_new_label (title, "heading"));
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  if (title != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, title,
                                    -1);
  gtk_box_append (box, list);
  return list;
}

/**
 * jz_case_new_row:
 * @group: a list box
 * @content: what stands in the row
 *
 * Returns: (transfer none): the row
 */
GtkWidget *
jz_case_new_row (GtkWidget *group, GtkWidget *content)
{
  GtkWidget *row = gtk_list_box_row_new ();
  g_autofree char *name = jz_names_dup_texts (content);

  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_widget_set_margin_top (content, 8);
  gtk_widget_set_margin_bottom (content, 8);
  gtk_widget_set_margin_start (content, 12);
  gtk_widget_set_margin_end (content, 12);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), content);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_list_box_append (GTK_LIST_BOX (group), row);
  return row;
}

/**
 * jz_case_new_act_button:
 * @label: what it says
 * @act: an act
 * @preset: (transfer full) (nullable): arguments that are known beside the case
 *
 * Returns: (transfer floating): a button that opens the form of the act
 */
GtkWidget *
jz_case_new_act_button (const char *label, const char *act, JzJson *preset)
{
  g_autoptr (JzJson) owned = preset != NULL ? preset : jz_json_new_object ();
  g_autofree char *text = jz_json_to_canonical (owned, NULL);
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "(ss)", act, text);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "case.do");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  return button;
}

/**
 * jz_case_new_go_button:
 * @label: what it says
 * @place: where it goes
 *
 * Returns: (transfer floating): a button that goes to a place of the window
 */
GtkWidget *
jz_case_new_go_button (const char *label, const char *place)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", place);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.go");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  return button;
}

/**
 * jz_case_new_view_button:
 * @case_id: a case
 * @attachment: a file of it
 * @name: what it is called
 *
 * Returns: (transfer floating): a button that opens the file in the player or the viewer
 */
GtkWidget *
jz_case_new_view_button (const char *case_id, const char *attachment, const char *name)
{
  GtkWidget *button = gtk_button_new_with_label (C_ ("file", "View"));
  g_autofree char *place = g_strdup_printf ("cases/%s/evidence/%s", case_id, attachment);
  g_autofree char *label = g_strdup_printf (_ ("View “%s”"), name);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", place);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.go");
  return button;
}
