/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/desk/desk_section.h"

#include <glib/gi18n-lib.h>

#include "app/client_rows.h"
#include "app/desk/desk_print.h"
#include "app/desk/desk_row.h"
#include "app/messages.h"
#include "app/words.h"
#include "office/desk.h"

/* 工作台 (ux.md §3): what somebody has to do, what is due first on top, and what others have to do
 * before he can go on. */

/* What a reading may take to bring the rows of cases up to date before it answers with what there
 * is; the rest follows in further readings. */
#define STEP_MS 400

struct _JzDeskSection {
  JzSection parent_instance;

  /* Template children */
  GtkDropDown *scope;
  GtkBox *counts;
  GtkStack *stack;
  GtkLabel *gathering;
  GtkListBox *items;
  GtkWidget *waiting_part;
  GtkListBox *waiting;
  AdwStatusPage *empty;

  GCancellable *cancellable;
  JzJson *desk;
  gboolean has_focused;
};

G_DEFINE_FINAL_TYPE (JzDeskSection, jz_desk_section, JZ_TYPE_SECTION)

typedef struct {
  JzCaseRows *rows;
  char *person;
  JzDeskScope scope;
} Question;

static void
question_free (gpointer data)
{
  Question *self = data;

  jz_case_rows_unref (self->rows);
  g_free (self->person);
  g_free (self);
}

static gpointer
read_in_thread (JzOffice *office,
                JzConnection *reader,
                gpointer data,
                GCancellable *cancellable,
                GError **error)
{
  const Question *question = data;
  const JzDeskQuery query = { office, reader, question->rows, question->person, question->scope };
  gboolean is_complete = FALSE, has_changed = FALSE;
  JzJson *desk;

  if (!jz_case_rows_refresh (question->rows, reader, STEP_MS, &is_complete, &has_changed,
                             cancellable, error))
    return NULL;
  desk = jz_desk_read (&query, error);
  if (desk != NULL)
    jz_json_set_boolean (desk, "complete", is_complete);
  return desk;
}

static void
clear_list (GtkListBox *list)
{
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (list, 0)) != NULL)
    gtk_list_box_remove (list, GTK_WIDGET (row));
}

static guint
fill_list (JzDeskSection *self, GtkListBox *list, const char *name, gboolean is_waited_for)
{
  JzOfficeClient *client = jz_section_get_client (JZ_SECTION (self));
  const JzJson *items = jz_json_get_member (self->desk, name);

  clear_list (list);
  for (guint i = 0; i < jz_json_get_n_items (items); i++)
    gtk_list_box_append (list,
                         jz_desk_row_new (client, jz_json_get_item (items, i), is_waited_for));
  return jz_json_get_n_items (items);
}

static gint64
get_count (JzDeskSection *self, const char *name)
{
  return jz_json_get_member_integer (jz_json_get_member (self->desk, "counts"), name, 0);
}

static void
add_count (JzDeskSection *self, const char *words, gint64 count, const char *style)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *label = gtk_label_new (words);
  g_autofree char *text = g_strdup_printf ("%lld", (long long)count);
  GtkWidget *number = gtk_label_new (text);
  g_autofree char *name = g_strdup_printf ("%s %s", words, text);

  gtk_widget_add_css_class (number, "desk-number");
  if (count > 0)
    gtk_widget_add_css_class (number, style);
  else
    gtk_widget_add_css_class (box, "dim-label");
  gtk_accessible_update_property (GTK_ACCESSIBLE (label), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), number);
  gtk_box_append (self->counts, box);
}

static void
show_counts (JzDeskSection *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->counts))) != NULL)
    gtk_box_remove (self->counts, child);
  add_count (self, C_ ("desk", "Overdue"), get_count (self, "overdue"), "error");
  add_count (self, C_ ("desk", "Today"), get_count (self, "today"), "warning");
  add_count (self, C_ ("desk", "Within three days"), get_count (self, "three_days"), "warning");
  add_count (self, C_ ("desk", "This week"), get_count (self, "week"), "desk-some");
  add_count (self, C_ ("desk", "For me to do"), get_count (self, "mine"), "desk-some");
  add_count (self, C_ ("desk", "Waiting for others"), get_count (self, "waiting"), "desk-some");
}

/* Whoever comes to the desk can press Enter at once; whoever is busy elsewhere keeps the focus. */
static void
focus_first (JzDeskSection *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  GtkListBoxRow *first = gtk_list_box_get_row_at_index (self->items, 0);
  gboolean is_elsewhere = focus != NULL && GTK_IS_EDITABLE (focus);

  if (self->has_focused || first == NULL || is_elsewhere ||
      !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  self->has_focused = gtk_widget_grab_focus (GTK_WIDGET (first));
}

static void read_desk (JzDeskSection *self);

static void
show_desk (JzDeskSection *self)
{
  gboolean is_complete = jz_json_get_member_boolean (self->desk, "complete", TRUE);
  guint n_items = fill_list (self, self->items, "items", FALSE);
  guint n_waiting = fill_list (self, self->waiting, "waiting", TRUE);

  show_counts (self);
  gtk_widget_set_visible (GTK_WIDGET (self->gathering), !is_complete);
  gtk_widget_set_visible (self->waiting_part, n_waiting > 0);
  gtk_widget_set_visible (gtk_widget_get_parent (GTK_WIDGET (self->items)), TRUE);
  gtk_widget_set_visible (GTK_WIDGET (self->items), n_items > 0);
  if (n_items + n_waiting == 0)
    gtk_stack_set_visible_child (self->stack, GTK_WIDGET (self->empty));
  else
    gtk_stack_set_visible_child_name (self->stack, "lists");
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "desk.print", n_items > 0);
  focus_first (self);
  if (!is_complete)
    read_desk (self);
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (JzDeskSection) self = data;
  g_autoptr (GError) error = NULL;
  JzJson *desk = jz_office_client_read_finish (JZ_OFFICE_CLIENT (source), result, &error);

  if (desk == NULL) {
    jz_show_error (GTK_WIDGET (self), error);
    return;
  }
  g_clear_pointer (&self->desk, jz_json_unref);
  self->desk = desk;
  show_desk (self);
}

static void
read_desk (JzDeskSection *self)
{
  JzOfficeClient *client = jz_section_get_client (JZ_SECTION (self));
  Question *question = g_new0 (Question, 1);

  question->rows = jz_case_rows_ref (jz_client_get_case_rows (client));
  question->person = g_strdup (jz_office_client_get_person (client));
  question->scope = (JzDeskScope)gtk_drop_down_get_selected (self->scope);
  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  self->cancellable = g_cancellable_new ();
  jz_office_client_read_async (client, read_in_thread, question, question_free,
                               (GDestroyNotify)jz_json_unref, self->cancellable, on_read,
                               g_object_ref (self));
}

static void
jz_desk_section_refresh (JzSection *section)
{
  JzOfficeClient *client = jz_section_get_client (section);

  if (client != NULL && jz_office_client_is_signed_in (client))
    read_desk (JZ_DESK_SECTION (section));
}

static void
jz_desk_section_go (JzSection *section, const char *const *path)
{
  JzDeskSection *self = JZ_DESK_SECTION (section);

  self->has_focused = FALSE;
  focus_first (self);
}

static void
on_scope_changed (JzDeskSection *self)
{
  self->has_focused = TRUE;
  jz_desk_section_refresh (JZ_SECTION (self));
}

static void
on_row_activated (GtkListBox *list, GtkListBoxRow *row, gpointer data)
{
  jz_desk_row_open (JZ_DESK_ROW (row));
}

static void
print_desk (GtkWidget *widget, const char *action, GVariant *parameter)
{
  JzDeskSection *self = JZ_DESK_SECTION (widget);
  JzOfficeClient *client = jz_section_get_client (JZ_SECTION (self));
  g_autofree char *day = jz_words_dup_date (jz_office_client_today (client));
  /* Translators: a person's name and a day */
  g_autofree char *title =
    g_strdup_printf (_ ("To do: %1$s, %2$s"), jz_office_client_get_name (client), day);

  if (self->desk != NULL)
    jz_desk_print (widget, title, self->desk);
}

static gboolean
jz_desk_section_grab_focus (GtkWidget *widget)
{
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (JZ_DESK_SECTION (widget)->items, 0);

  return row != NULL && gtk_widget_grab_focus (GTK_WIDGET (row));
}

static void
jz_desk_section_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (jz_desk_section_parent_class)->map (widget);
  focus_first (JZ_DESK_SECTION (widget));
}

static void
jz_desk_section_dispose (GObject *object)
{
  JzDeskSection *self = JZ_DESK_SECTION (object);

  g_cancellable_cancel (self->cancellable);
  gtk_widget_dispose_template (GTK_WIDGET (self), JZ_TYPE_DESK_SECTION);
  G_OBJECT_CLASS (jz_desk_section_parent_class)->dispose (object);
}

static void
jz_desk_section_finalize (GObject *object)
{
  JzDeskSection *self = JZ_DESK_SECTION (object);

  g_object_unref (self->cancellable);
  g_clear_pointer (&self->desk, jz_json_unref);
  G_OBJECT_CLASS (jz_desk_section_parent_class)->finalize (object);
}

static void
jz_desk_section_class_init (JzDeskSectionClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = jz_desk_section_dispose;
  G_OBJECT_CLASS (klass)->finalize = jz_desk_section_finalize;
  widget_class->grab_focus = jz_desk_section_grab_focus;
  widget_class->map = jz_desk_section_map;
  JZ_SECTION_CLASS (klass)->go = jz_desk_section_go;
  JZ_SECTION_CLASS (klass)->refresh = jz_desk_section_refresh;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/juanzong/app/desk_section.ui");
  gtk_widget_class_bind_template_child (widget_class, JzDeskSection, scope);
  gtk_widget_class_bind_template_child (widget_class, JzDeskSection, counts);
  gtk_widget_class_bind_template_child (widget_class, JzDeskSection, stack);
  gtk_widget_class_bind_template_child (widget_class, JzDeskSection, gathering);
  gtk_widget_class_bind_template_child (widget_class, JzDeskSection, items);
  gtk_widget_class_bind_template_child (widget_class, JzDeskSection, waiting_part);
  gtk_widget_class_bind_template_child (widget_class, JzDeskSection, waiting);
  gtk_widget_class_bind_template_child (widget_class, JzDeskSection, empty);
  gtk_widget_class_bind_template_callback (widget_class, on_scope_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated);
  gtk_widget_class_install_action (widget_class, "desk.print", NULL, print_desk);
}

static void
jz_desk_section_init (JzDeskSection *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "desk.print", FALSE);
}
