/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/lists/list_page.h"

#include <glib/gi18n-lib.h>

#include "app/lists/export.h"
#include "app/messages.h"

#define DETAIL_WIDTH 320
#define ROLES "juanzong-roles"

/* In characters of Latin text: narrower pages have what is known of a row below the table. */
#define WIDE_CHARS 100

typedef struct {
  GtkBox *head;
  GtkBox *buttons;
  GtkPaned *paned;
  guint turning; /* source that turns the paned once the layout is over */
  GtkSearchEntry *search;
  GtkLabel *strip;
  JzShortTable *table;
  JzDetail *detail;

  GCancellable *cancellable;
  gpointer result;
  char *wanted; /* id of the row to be selected once it is there */
} JzListPagePrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (JzListPage, jz_list_page, JZ_TYPE_SECTION)

static void
drop_result (JzListPage *self)
{
  JzListPagePrivate *priv = jz_list_page_get_instance_private (self);

  if (priv->result != NULL)
    JZ_LIST_PAGE_GET_CLASS (self)->free_result (priv->result);
  priv->result = NULL;
}

static void
show_selected (JzListPage *self)
{
  JzListPagePrivate *priv = jz_list_page_get_instance_private (self);
  const char *id = jz_short_table_get_selected (priv->table);

  jz_detail_clear (priv->detail);
  if (priv->result != NULL)
    JZ_LIST_PAGE_GET_CLASS (self)->show (self, priv->result, id);
}

static void
select_wanted (JzListPage *self)
{
  JzListPagePrivate *priv = jz_list_page_get_instance_private (self);

  if (priv->wanted != NULL && jz_short_table_select (priv->table, priv->wanted))
    g_clear_pointer (&priv->wanted, g_free);
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (JzListPage) self = data;
  g_autoptr (GError) error = NULL;
  gpointer read = jz_office_client_read_finish (JZ_OFFICE_CLIENT (source), result, &error);
  JzListPagePrivate *priv = jz_list_page_get_instance_private (self);

  if (read == NULL) {
    jz_show_error (GTK_WIDGET (self), error);
    return;
  }
  drop_result (self);
  priv->result = read;
  JZ_LIST_PAGE_GET_CLASS (self)->fill (self, read);
  select_wanted (self);
}

static void
jz_list_page_refresh (JzSection *section)
{
  JzListPage *self = JZ_LIST_PAGE (section);
  JzListPagePrivate *priv = jz_list_page_get_instance_private (self);
  JzListPageClass *klass = JZ_LIST_PAGE_GET_CLASS (self);

  if (jz_section_get_client (section) == NULL)
    return;
  g_cancellable_cancel (priv->cancellable);
  g_set_object (&priv->cancellable, NULL);
  priv->cancellable = g_cancellable_new ();
  jz_office_client_read_async (jz_section_get_client (section), klass->read, NULL, NULL,
                               klass->free_result, priv->cancellable, on_read, g_object_ref (self));
}

static void
jz_list_page_go (JzSection *section, const char *const *path)
{
  JzListPagePrivate *priv = jz_list_page_get_instance_private (JZ_LIST_PAGE (section));

  if (path[0] == NULL)
    return;
  g_free (priv->wanted);
  priv->wanted = g_strdup (path[0]);
  select_wanted (JZ_LIST_PAGE (section));
}

static void export(GtkWidget *widget, const char *action, GVariant *parameter)
{
  JzListPage *self = JZ_LIST_PAGE (widget);
  JzListPagePrivate *priv = jz_list_page_get_instance_private (self);

  jz_lists_export (widget, jz_section_get_client (JZ_SECTION (self)), priv->table,
                   _ (JZ_LIST_PAGE_GET_CLASS (self)->title));
}

static void
focus_search (GtkWidget *widget, const char *action, GVariant *parameter)
{
  JzListPagePrivate *priv = jz_list_page_get_instance_private (JZ_LIST_PAGE (widget));
  gtk_widget_grab_focus (GTK_WIDGET (priv->search));
}

static void
on_search_changed (JzListPage *self, GtkSearchEntry *entry)
{
  JzListPagePrivate *priv = jz_list_page_get_instance_private (self);
  jz_short_table_set_search (priv->table, gtk_editable_get_text (GTK_EDITABLE (entry)));
}

static void
update_button (JzListPage *self, GtkWidget *button)
{
  JzOfficeClient *client = jz_section_get_client (JZ_SECTION (self));
  const char *roles = g_object_get_data (G_OBJECT (button), ROLES);
  gboolean is_shown = client != NULL && jz_office_client_has_role (client, roles);

  gtk_widget_set_visible (button, is_shown);
  gtk_widget_action_set_enabled (
    GTK_WIDGET (self), gtk_actionable_get_action_name (GTK_ACTIONABLE (button)), is_shown);
}

static void
on_client (JzListPage *self)
{
  JzListPagePrivate *priv = jz_list_page_get_instance_private (self);

  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (priv->buttons)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (g_object_get_data (G_OBJECT (child), ROLES) != NULL)
      update_button (self, child);
}

static gboolean
turn_in_idle (gpointer data)
{
  JzListPage *self = JZ_LIST_PAGE (data);
  JzListPagePrivate *priv = jz_list_page_get_instance_private (self);
  gboolean is_wide =
    gtk_orientable_get_orientation (GTK_ORIENTABLE (priv->paned)) == GTK_ORIENTATION_HORIZONTAL;

  priv->turning = 0;
  gtk_orientable_set_orientation (GTK_ORIENTABLE (priv->paned),
                                  is_wide ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
  /* One below the other they share the room. */
  gtk_paned_set_resize_end_child (priv->paned, is_wide);
  gtk_paned_set_position (priv->paned, -1);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (priv->head),
                                  is_wide ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
  return G_SOURCE_REMOVE;
}

/* On a narrow page, or with large type, the table needs the whole width. */
static void
jz_list_page_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  JzListPagePrivate *priv = jz_list_page_get_instance_private (JZ_LIST_PAGE (widget));
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (widget, "0");
  gboolean is_wide =
    gtk_orientable_get_orientation (GTK_ORIENTABLE (priv->paned)) == GTK_ORIENTATION_HORIZONTAL;
  int character = 0;

  pango_layout_get_pixel_size (layout, &character, NULL);
  if ((width >= WIDE_CHARS * character) != is_wide && priv->turning == 0)
    priv->turning = g_idle_add_full (G_PRIORITY_HIGH, turn_in_idle, widget, NULL);
  gtk_widget_allocate (adw_bin_get_child (ADW_BIN (widget)), width, height, baseline, NULL);
}

static void
jz_list_page_measure (GtkWidget *widget,
                      GtkOrientation orientation,
                      int for_size,
                      int *minimum,
                      int *natural,
                      int *minimum_baseline,
                      int *natural_baseline)
{
  gtk_widget_measure (adw_bin_get_child (ADW_BIN (widget)), orientation, for_size, minimum, natural,
                      minimum_baseline, natural_baseline);
}

static GtkSizeRequestMode
jz_list_page_get_request_mode (GtkWidget *widget)
{
  return gtk_widget_get_request_mode (adw_bin_get_child (ADW_BIN (widget)));
}

static void
jz_list_page_dispose (GObject *object)
{
  JzListPage *self = JZ_LIST_PAGE (object);
  JzListPagePrivate *priv = jz_list_page_get_instance_private (self);

  g_cancellable_cancel (priv->cancellable);
  g_clear_object (&priv->cancellable);
  drop_result (self);
  g_clear_pointer (&priv->wanted, g_free);
  g_clear_handle_id (&priv->turning, g_source_remove);
  G_OBJECT_CLASS (jz_list_page_parent_class)->dispose (object);
}

static GtkWidget *
new_head (JzListPage *self)
{
  JzListPagePrivate *priv = jz_list_page_get_instance_private (self);
  GtkWidget *title = gtk_label_new (_ (JZ_LIST_PAGE_GET_CLASS (self)->title));
  GtkWidget *button = gtk_button_new_with_mnemonic (_ ("_Export"));

  priv->buttons = GTK_BOX (gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6));
  priv->head = GTK_BOX (gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6));
  gtk_widget_add_css_class (GTK_WIDGET (priv->head), "toolbar");
  gtk_widget_add_css_class (title, "title-4");
  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_widget_set_hexpand (title, TRUE);
  gtk_label_set_wrap (GTK_LABEL (title), TRUE);
  gtk_box_append (priv->head, title);
  priv->search = GTK_SEARCH_ENTRY (gtk_search_entry_new ());
  gtk_accessible_update_property (GTK_ACCESSIBLE (priv->search), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Search in this list"), -1);
  g_object_set (priv->search, "placeholder-text", _ ("Search in this list"), NULL);
  g_signal_connect_object (priv->search, "search-changed", G_CALLBACK (on_search_changed), self,
                           G_CONNECT_SWAPPED);
  gtk_box_append (priv->head, GTK_WIDGET (priv->search));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "list.export");
  gtk_widget_set_tooltip_text (button, _ ("Export as XLSX (Ctrl+E)"));
  gtk_box_append (priv->head, GTK_WIDGET (priv->buttons));
  jz_list_page_add_head_widget (self, button);
  return GTK_WIDGET (priv->head);
}

static GtkWidget *
new_body (JzListPage *self)
{
  JzListPagePrivate *priv = jz_list_page_get_instance_private (self);
  JzListPageClass *klass = JZ_LIST_PAGE_GET_CLASS (self);
  GtkWidget *paned = gtk_paned_new (GTK_ORIENTATION_HORIZONTAL);

  priv->table =
    JZ_SHORT_TABLE (jz_short_table_new (_ (klass->title), klass->columns, klass->n_columns));
  priv->detail = JZ_DETAIL (jz_detail_new ());
  g_signal_connect_object (priv->table, "selected", G_CALLBACK (show_selected), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_set_size_request (GTK_WIDGET (priv->detail), DETAIL_WIDTH, -1);
  gtk_paned_set_start_child (GTK_PANED (paned), GTK_WIDGET (priv->table));
  gtk_paned_set_end_child (GTK_PANED (paned), GTK_WIDGET (priv->detail));
  gtk_paned_set_resize_end_child (GTK_PANED (paned), FALSE);
  gtk_paned_set_shrink_end_child (GTK_PANED (paned), FALSE);
  gtk_widget_set_vexpand (paned, TRUE);
  gtk_widget_set_focusable (paned, FALSE);
  priv->paned = GTK_PANED (paned);
  return paned;
}

static void
jz_list_page_constructed (GObject *object)
{
  JzListPage *self = JZ_LIST_PAGE (object);
  JzListPagePrivate *priv = jz_list_page_get_instance_private (self);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  G_OBJECT_CLASS (jz_list_page_parent_class)->constructed (object);
  gtk_box_append (GTK_BOX (box), new_head (self));
  priv->strip = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (priv->strip, 0);
  gtk_label_set_wrap (priv->strip, TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (priv->strip), "lists-strip");
  gtk_widget_set_visible (GTK_WIDGET (priv->strip), FALSE);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (priv->strip));
  gtk_box_append (GTK_BOX (box), gtk_separator_new (GTK_ORIENTATION_HORIZONTAL));
  gtk_box_append (GTK_BOX (box), new_body (self));
  adw_bin_set_child (ADW_BIN (self), box);
  g_signal_connect_object (self, "notify::client", G_CALLBACK (on_client), self, G_CONNECT_SWAPPED);
}

static void
jz_list_page_class_init (JzListPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->constructed = jz_list_page_constructed;
  G_OBJECT_CLASS (klass)->dispose = jz_list_page_dispose;
  widget_class->get_request_mode = jz_list_page_get_request_mode;
  widget_class->measure = jz_list_page_measure;
  widget_class->size_allocate = jz_list_page_size_allocate;
  JZ_SECTION_CLASS (klass)->refresh = jz_list_page_refresh;
  JZ_SECTION_CLASS (klass)->go = jz_list_page_go;
  gtk_widget_class_install_action (widget_class, "list.export", NULL, export);
  gtk_widget_class_install_action (widget_class, "list.search", NULL, focus_search);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_e, GDK_CONTROL_MASK, "list.export",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_f, GDK_CONTROL_MASK, "list.search",
                                       NULL);
}

static void
jz_list_page_init (JzListPage *self)
{
  /* The page itself looks at how wide it comes out. */
  gtk_widget_set_layout_manager (GTK_WIDGET (self), NULL);
}

/**
 * jz_list_page_get_result:
 * @self: a page
 *
 * Returns: (transfer none) (nullable): what was read last
 */
gpointer
jz_list_page_get_result (JzListPage *self)
{
  JzListPagePrivate *priv = jz_list_page_get_instance_private (self);
  return priv->result;
}

JzShortTable *
jz_list_page_get_table (JzListPage *self)
{
  JzListPagePrivate *priv = jz_list_page_get_instance_private (self);
  return priv->table;
}

JzDetail *
jz_list_page_get_detail (JzListPage *self)
{
  JzListPagePrivate *priv = jz_list_page_get_instance_private (self);
  return priv->detail;
}

/**
 * jz_list_page_get_selected:
 * @self: a page
 *
 * Returns: (transfer none) (nullable): id of the row that is selected
 */
const char *
jz_list_page_get_selected (JzListPage *self)
{
  return jz_short_table_get_selected (jz_list_page_get_table (self));
}

/**
 * jz_list_page_add_button:
 * @self: a page
 * @label: with a mnemonic
 * @action: name of the action, which the class has installed
 * @roles: (nullable): who sees it, with `|` between; for others there is neither button nor action
 *
 * Adds a button to the head of the page.
 *
 * Returns: (transfer none): the button
 */
GtkWidget *
jz_list_page_add_button (JzListPage *self, const char *label, const char *action, const char *roles)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  g_object_set_data (G_OBJECT (button), ROLES, (gpointer)roles);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  jz_list_page_add_head_widget (self, button);
  if (roles != NULL)
    update_button (self, button);
  return button;
}

void
jz_list_page_add_head_widget (JzListPage *self, GtkWidget *widget)
{
  JzListPagePrivate *priv = jz_list_page_get_instance_private (self);

  gtk_box_append (priv->buttons, widget);
}

/**
 * jz_list_page_set_strip:
 * @self: a page
 * @text: (nullable): a line under the head, about the whole list
 */
void
jz_list_page_set_strip (JzListPage *self, const char *text)
{
  JzListPagePrivate *priv = jz_list_page_get_instance_private (self);

  gtk_label_set_label (priv->strip, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (priv->strip), text != NULL);
}
