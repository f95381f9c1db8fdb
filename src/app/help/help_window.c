/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/help/help_window.h"

#include <glib/gi18n-lib.h>

#include "app/help/topic.h"

#define PLACE "juanzong:"
/* A place that is a topic of the help itself. */
#define TOPIC "help/"

struct _JzHelpWindow {
  AdwWindow parent_instance;

  /* Template */
  GtkSearchEntry *search;
  GtkListBox *list;
  GtkScrolledWindow *scroller;
  GtkBox *page;

  /* Owned */
  GPtrArray *topics;

  /* Borrowed, weak: the window whose places are gone to */
  GtkWindow *owner;
};

G_DEFINE_FINAL_TYPE (JzHelpWindow, jz_help_window, ADW_TYPE_WINDOW)

static JzHelpTopic *
get_topic (JzHelpWindow *self, GtkListBoxRow *row)
{
  return g_ptr_array_index (self->topics, (guint)gtk_list_box_row_get_index (row));
}

static void
select_topic (JzHelpWindow *self, const char *id)
{
  for (guint i = 0; i < self->topics->len; i++) {
    const JzHelpTopic *topic = g_ptr_array_index (self->topics, i);

    if (g_str_equal (topic->id, id)) {
      gtk_list_box_select_row (self->list, gtk_list_box_get_row_at_index (self->list, (int)i));
      return;
    }
  }
}

static gboolean
on_link_activate (JzHelpWindow *self, const char *uri)
{
  const char *place = g_str_has_prefix (uri, PLACE) ? uri + strlen (PLACE) : NULL;

  if (place == NULL)
    return FALSE;
  if (g_str_has_prefix (place, TOPIC)) {
    g_autofree char *id = g_strdup (place + strlen (TOPIC));

    gtk_editable_set_text (GTK_EDITABLE (self->search), "");
    select_topic (self, id);
  } else if (self->owner) {
    gtk_widget_activate_action (GTK_WIDGET (self->owner), "win.go", "s", place);
    gtk_window_present (self->owner);
  }
  return TRUE;
}

static GtkWidget *
make_heading (const char *text, int level, const char *style)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "accessible-role", GTK_ACCESSIBLE_ROLE_HEADING,
                                   "label", text, "xalign", 0.0F, "wrap", TRUE, NULL);

  gtk_accessible_update_property (GTK_ACCESSIBLE (label), GTK_ACCESSIBLE_PROPERTY_LEVEL, level, -1);
  gtk_widget_add_css_class (label, style);
  return label;
}

static GtkWidget *
make_text (JzHelpWindow *self, const char *markup)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "label", markup, "use-markup", TRUE, "xalign",
                                   0.0F, "wrap", TRUE, "hexpand", TRUE, NULL);

  g_signal_connect_object (label, "activate-link", G_CALLBACK (on_link_activate), self,
                           G_CONNECT_SWAPPED);
  return label;
}

/* A text behind its number, or behind the mark of an item. */
static GtkWidget *
make_numbered (JzHelpWindow *self, const JzHelpBlock *block)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  g_autofree char *number = block->number ? g_strdup_printf ("%u.", block->number) : g_strdup ("•");
  GtkWidget *mark = g_object_new (GTK_TYPE_LABEL, "label", number, "width-chars", 3, "xalign", 1.0F,
                                  "valign", GTK_ALIGN_BASELINE, NULL);
  GtkWidget *text = make_text (self, block->markup);

  gtk_widget_add_css_class (mark, "numeric");
  gtk_box_append (GTK_BOX (row), mark);
  gtk_widget_set_valign (text, GTK_ALIGN_BASELINE);
  gtk_box_append (GTK_BOX (row), text);
  return row;
}

static GtkWidget *
make_block (JzHelpWindow *self, const JzHelpBlock *block)
{
  switch (block->kind) {
  case JZ_HELP_HEADING:
    return make_heading (block->markup, 2, "title-4");
  case JZ_HELP_STEP:
  case JZ_HELP_ITEM:
    return make_numbered (self, block);
  case JZ_HELP_PARAGRAPH:
  default:
    return make_text (self, block->markup);
  }
}

static void
show_topic (JzHelpWindow *self, const JzHelpTopic *topic)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->page))))
    gtk_box_remove (self->page, child);
  gtk_box_append (self->page, make_heading (topic->title, 1, "title-1"));
  for (guint i = 0; i < topic->blocks->len; i++)
    gtk_box_append (self->page, make_block (self, g_ptr_array_index (topic->blocks, i)));
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), 0);
}

static void
on_row_selected (JzHelpWindow *self, GtkListBoxRow *row)
{
  if (row)
    show_topic (self, get_topic (self, row));
}

static GtkListBoxRow *
find_first (JzHelpWindow *self)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)); i++)
    if (gtk_widget_get_visible (GTK_WIDGET (row)))
      return row;
  return NULL;
}

/* A row that a filter of the list leaves out is still read by a screen reader; one that is hidden
 * is not. */
static void
on_search_changed (JzHelpWindow *self)
{
  const char *words = gtk_editable_get_text (GTK_EDITABLE (self->search));
  GtkListBoxRow *selected = gtk_list_box_get_selected_row (self->list);
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)); i++)
    gtk_widget_set_visible (GTK_WIDGET (row), jz_help_topic_matches (get_topic (self, row), words));
  if (selected == NULL || !gtk_widget_get_visible (GTK_WIDGET (selected)))
    gtk_list_box_select_row (self->list, find_first (self));
}

static void
on_search_activate (JzHelpWindow *self)
{
  GtkListBoxRow *row = find_first (self);

  if (row)
    gtk_widget_grab_focus (GTK_WIDGET (row));
}

static void
on_search_stop (JzHelpWindow *self)
{
  if (*gtk_editable_get_text (GTK_EDITABLE (self->search)))
    gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  else
    gtk_window_close (GTK_WINDOW (self));
}

static void
find (GtkWidget *widget, const char *action, GVariant *parameter)
{
  gtk_widget_grab_focus (GTK_WIDGET (JZ_HELP_WINDOW (widget)->search));
}

static void
append_row (JzHelpWindow *self, const JzHelpTopic *topic)
{
  GtkWidget *label =
    g_object_new (GTK_TYPE_LABEL, "label", topic->title, "xalign", 0.0F, "wrap", TRUE, NULL);
  GtkWidget *row = g_object_new (GTK_TYPE_LIST_BOX_ROW, "child", label, NULL);

  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, topic->title,
                                  -1);
  gtk_list_box_append (self->list, row);
}

static void
fill (JzHelpWindow *self)
{
  g_autoptr (GError) error = NULL;

  self->topics = jz_help_topics_load (g_get_language_names (), &error);
  /* They are part of the program; a test reads them all. */
  if (self->topics == NULL)
    g_error ("The help cannot be read: %s", error->message);
  for (guint i = 0; i < self->topics->len; i++)
    append_row (self, g_ptr_array_index (self->topics, i));
  gtk_list_box_select_row (self->list, gtk_list_box_get_row_at_index (self->list, 0));
}

static void
jz_help_window_dispose (GObject *object)
{
  JzHelpWindow *self = JZ_HELP_WINDOW (object);

  g_clear_weak_pointer (&self->owner);
  G_OBJECT_CLASS (jz_help_window_parent_class)->dispose (object);
}

static void
jz_help_window_finalize (GObject *object)
{
  g_clear_pointer (&JZ_HELP_WINDOW (object)->topics, g_ptr_array_unref);
  G_OBJECT_CLASS (jz_help_window_parent_class)->finalize (object);
}

static void
jz_help_window_class_init (JzHelpWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = jz_help_window_dispose;
  object_class->finalize = jz_help_window_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/juanzong/app/help_window.ui");
  gtk_widget_class_bind_template_child (widget_class, JzHelpWindow, search);
  gtk_widget_class_bind_template_child (widget_class, JzHelpWindow, list);
  gtk_widget_class_bind_template_child (widget_class, JzHelpWindow, scroller);
  gtk_widget_class_bind_template_child (widget_class, JzHelpWindow, page);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_search_activate);
  gtk_widget_class_bind_template_callback (widget_class, on_search_stop);
  gtk_widget_class_bind_template_callback (widget_class, on_row_selected);
  gtk_widget_class_install_action (widget_class, "help.find", NULL, find);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_f, GDK_CONTROL_MASK, "help.find",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
jz_help_window_init (JzHelpWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  fill (self);
}

static JzHelpWindow *
find_open (GtkApplication *application)
{
  for (GList *l = gtk_application_get_windows (application); l; l = l->next)
    if (JZ_IS_HELP_WINDOW (l->data))
      return l->data;
  return NULL;
}

/**
 * jz_help_window_show:
 * @inside: a widget of the window whose places the help leads to
 * @topic: (nullable): id of the topic that is wanted
 *
 * Shows the help, in the window that it is open in already or in a new one beside @inside.
 */
void
jz_help_window_show (GtkWidget *inside, const char *topic)
{
  GtkWindow *owner = GTK_WINDOW (gtk_widget_get_root (inside));
  GtkApplication *application = gtk_window_get_application (owner);
  JzHelpWindow *self = application ? find_open (application) : NULL;

  if (self == NULL)
    self = g_object_new (JZ_TYPE_HELP_WINDOW, "application", application, NULL);
  if (!JZ_IS_HELP_WINDOW (owner))
    g_set_weak_pointer (&self->owner, owner);
  if (topic)
    select_topic (self, topic);
  gtk_window_present (GTK_WINDOW (self));
}
