/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/publicity/publicity_section.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "app/messages.h"
#include "app/publicity/bundle_export.h"
#include "app/publicity/publication_page.h"
#include "app/publicity/publicity_print.h"
#include "app/publicity/publicity_source.h"
#include "app/publicity/register_source.h"
#include "app/row_export.h"

struct _JzPublicitySection {
  JzSection parent_instance;

  /* Template children */
  GtkStack *stack;
  GtkBox *groups;
  JzRowView *view;
  JzRowView *register_view; /* of what is not published, in the place of the other */
  JzPublicationPage *page;
  GtkWidget *bundle_button;
  GtkWidget *print_button;

  GtkToggleButton *buttons[JZ_PUBLICITY_N_GROUPS];
  GCancellable *cancellable;
  gboolean wants_focus; /* as soon as there are rows */
  gboolean was_chosen;  /* then the list that is shown is the user's choice */
};

G_DEFINE_FINAL_TYPE (JzPublicitySection, jz_publicity_section, JZ_TYPE_SECTION)

static JzPublicityGroup
get_shown (JzPublicitySection *self)
{
  for (guint i = 0; i < JZ_PUBLICITY_N_GROUPS; i++)
    if (gtk_toggle_button_get_active (self->buttons[i]))
      return (JzPublicityGroup)i;
  return JZ_PUBLICITY_COLLECT;
}

static JzRowView *
get_view (JzPublicitySection *self)
{
  return get_shown (self) == JZ_PUBLICITY_EXEMPT ? self->register_view : self->view;
}

/* What is not published stands in a register of its own, with its grounds (P-07). */
static void
update_filter (JzPublicitySection *self)
{
  g_autoptr (JzJson) filter = jz_json_new_object ();
  gboolean is_register = get_view (self) == self->register_view;

  gtk_widget_set_visible (GTK_WIDGET (self->view), !is_register);
  gtk_widget_set_visible (GTK_WIDGET (self->register_view), is_register);
  gtk_widget_set_visible (self->print_button, is_register);
  if (is_register || jz_row_view_get_model (self->view) == NULL)
    return;
  jz_json_set_integer (filter, "group", get_shown (self));
  jz_row_view_set_filter (self->view, filter);
}

/* The focus waits for the rows that come, and stays with those that are there. */
static void
show_group (JzPublicitySection *self, JzPublicityGroup group)
{
  self->was_chosen = TRUE;
  if (get_shown (self) == group)
    return;
  self->wants_focus = TRUE;
  gtk_toggle_button_set_active (self->buttons[group], TRUE);
}

/* At first the list in which something waits for whoever looks. */
static void
choose_group (JzPublicitySection *self, const JzJson *counts)
{
  static const struct {
    const char *roles;
    JzPublicityGroup group;
  } first[] = {
    { "checker", JZ_PUBLICITY_CHECK },
    { "publisher", JZ_PUBLICITY_RELEASE },
    { "publisher", JZ_PUBLICITY_CARRIERS },
    { "handler|section_head|collector", JZ_PUBLICITY_COLLECT },
  };
  JzOfficeClient *client = jz_section_get_client (JZ_SECTION (self));

  for (gsize i = 0; i < G_N_ELEMENTS (first) && !self->was_chosen; i++)
    if (jz_office_client_has_role (client, first[i].roles) &&
        jz_json_get_integer (jz_json_get_item (counts, first[i].group)) > 0)
      show_group (self, first[i].group);
  for (guint i = 0; i < JZ_PUBLICITY_N_GROUPS && !self->was_chosen; i++)
    if (jz_json_get_integer (jz_json_get_item (counts, i)) > 0)
      show_group (self, (JzPublicityGroup)i);
}

static gpointer
count_in_thread (JzOffice *office,
                 JzConnection *reader,
                 gpointer data,
                 GCancellable *cancellable,
                 GError **error)
{
  return jz_publicity_count (reader, error);
}

static void
on_counted (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (JzPublicitySection) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JzJson) counts =
    jz_office_client_read_finish (JZ_OFFICE_CLIENT (source), result, &error);

  if (counts == NULL) {
    if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
      jz_show_error (GTK_WIDGET (self), error);
    return;
  }
  for (guint i = 0; i < JZ_PUBLICITY_N_GROUPS; i++) {
    g_autofree char *label =
      g_strdup_printf ("%s %lld", jz_publicity_group_word ((JzPublicityGroup)i),
                       (long long)jz_json_get_integer (jz_json_get_item (counts, i)));
    gtk_button_set_label (GTK_BUTTON (self->buttons[i]), label);
  }
  choose_group (self, counts);
}

static void
take_focus (JzPublicitySection *self)
{
  JzRowView *view = get_view (self);
  JzRowModel *model = jz_row_view_get_model (view);

  if (!self->wants_focus || model == NULL || g_list_model_get_n_items (G_LIST_MODEL (model)) == 0 ||
      !gtk_widget_get_mapped (GTK_WIDGET (view)))
    return;
  self->wants_focus = !gtk_widget_grab_focus (GTK_WIDGET (view));
}

static void
take_model (JzPublicitySection *self, JzRowView *view, JzRowModel *model)
{
  jz_row_view_set_model (view, model);
  g_signal_connect_object (model, "items-changed", G_CALLBACK (take_focus), self,
                           G_CONNECT_SWAPPED);
}

static void
make_model (JzPublicitySection *self)
{
  JzOfficeClient *client = jz_section_get_client (JZ_SECTION (self));
  g_autoptr (JzRowModel) model = NULL;
  g_autoptr (JzRowModel) of_register = NULL;

  if (jz_row_view_get_model (self->view) != NULL)
    return;
  model = jz_publicity_source_new_model (client);
  of_register = jz_register_source_new_model (client);
  take_model (self, self->view, model);
  take_model (self, self->register_view, of_register);
  update_filter (self);
}

static const char *
get_bundlers (void)
{
  gboolean is_proposal;

  return jz_act_find ("publication.bundle", &is_proposal)->roles;
}

static void
jz_publicity_section_refresh (JzSection *section)
{
  JzPublicitySection *self = JZ_PUBLICITY_SECTION (section);
  JzOfficeClient *client = jz_section_get_client (section);

  if (client == NULL || !jz_office_client_is_signed_in (client))
    return;
  make_model (self);
  gtk_widget_set_visible (self->bundle_button, jz_office_client_has_role (client, get_bundlers ()));
  jz_row_model_reload (jz_row_view_get_model (self->view));
  jz_row_model_reload (jz_row_view_get_model (self->register_view));
  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  self->cancellable = g_cancellable_new ();
  jz_office_client_read_async (client, count_in_thread, NULL, NULL, (GDestroyNotify)jz_json_unref,
                               self->cancellable, on_counted, g_object_ref (self));
  if (strcmp (gtk_stack_get_visible_child_name (self->stack), "page") == 0)
    jz_publication_page_refresh (self->page);
}

static void
jz_publicity_section_go (JzSection *section, const char *const *path)
{
  JzPublicitySection *self = JZ_PUBLICITY_SECTION (section);

  if (path[0] == NULL) {
    gtk_stack_set_visible_child_name (self->stack, "list");
    self->wants_focus = TRUE;
    take_focus (self);
    return;
  }
  gtk_stack_set_visible_child_name (self->stack, "page");
  jz_publication_page_set_document (self->page, jz_section_get_client (section), path[0]);
}

static gpointer
find_in_thread (JzOffice *office,
                JzConnection *reader,
                gpointer data,
                GCancellable *cancellable,
                GError **error)
{
  g_autoptr (JzJson) row = NULL;

  if (!jz_publicity_load (office, reader, *(gint64 *)data, "", &row, error))
    return NULL;
  return g_strdup (row != NULL ? jz_json_get_member_text (row, "document") : "");
}

static void
on_found (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (JzPublicitySection) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *document =
    jz_office_client_read_finish (JZ_OFFICE_CLIENT (source), result, &error);
  g_autofree char *place = NULL;

  if (document == NULL)
    jz_show_error (GTK_WIDGET (self), error);
  if (document == NULL || document[0] == '\0')
    return;
  place = g_strdup_printf ("publicity/%s", document);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.go", "s", place);
}

static void
on_activate_row (JzPublicitySection *self, gint64 key)
{
  jz_office_client_read_async (jz_section_get_client (JZ_SECTION (self)), find_in_thread,
                               g_memdup2 (&key, sizeof key), g_free, g_free, NULL, on_found,
                               g_object_ref (self));
}

static void
on_group_toggled (GtkToggleButton *button, JzPublicitySection *self)
{
  if (!gtk_toggle_button_get_active (button))
    return;
  update_filter (self);
}

static void
on_group_clicked (JzPublicitySection *self)
{
  self->was_chosen = TRUE;
}

static void
export_bundle (GtkWidget *widget, const char *action, GVariant *parameter)
{
  jz_bundle_export (widget, jz_section_get_client (JZ_SECTION (widget)), NULL, NULL);
}

static void
export_table (GtkWidget *widget, const char *action, GVariant *parameter)
{
  JzPublicitySection *self = JZ_PUBLICITY_SECTION (widget);
  JzRowView *view = get_view (self);

  if (jz_row_view_get_model (view) != NULL &&
      strcmp (gtk_stack_get_visible_child_name (self->stack), "list") == 0)
    jz_row_view_export (view, jz_section_get_client (JZ_SECTION (self)),
                        view == self->register_view ? _ ("Register of what is not published")
                                                    : jz_publicity_group_word (get_shown (self)));
}

static void
print_register (GtkWidget *widget, const char *action, GVariant *parameter)
{
  jz_publicity_print_register (widget, jz_section_get_client (JZ_SECTION (widget)));
}

static gboolean
jz_publicity_section_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (get_view (JZ_PUBLICITY_SECTION (widget))));
}

static void
jz_publicity_section_dispose (GObject *object)
{
  JzPublicitySection *self = JZ_PUBLICITY_SECTION (object);

  g_cancellable_cancel (self->cancellable);
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), JZ_TYPE_PUBLICITY_SECTION);
  G_OBJECT_CLASS (jz_publicity_section_parent_class)->dispose (object);
}

static void
jz_publicity_section_finalize (GObject *object)
{
  g_object_unref (JZ_PUBLICITY_SECTION (object)->cancellable);
  G_OBJECT_CLASS (jz_publicity_section_parent_class)->finalize (object);
}

static void
jz_publicity_section_class_init (JzPublicitySectionClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = jz_publicity_section_dispose;
  G_OBJECT_CLASS (klass)->finalize = jz_publicity_section_finalize;
  widget_class->grab_focus = jz_publicity_section_grab_focus;
  JZ_SECTION_CLASS (klass)->go = jz_publicity_section_go;
  JZ_SECTION_CLASS (klass)->refresh = jz_publicity_section_refresh;
  gtk_widget_class_install_action (widget_class, "publicity.export", NULL, export_bundle);
  gtk_widget_class_install_action (widget_class, "publicity.export-table", NULL, export_table);
  gtk_widget_class_install_action (widget_class, "publicity.print-register", NULL, print_register);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_e, GDK_CONTROL_MASK,
                                       "publicity.export-table", NULL);
  g_type_ensure (JZ_TYPE_PUBLICATION_PAGE);
  g_type_ensure (JZ_TYPE_ROW_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/juanzong/app/publicity_section.ui");
  gtk_widget_class_bind_template_child (widget_class, JzPublicitySection, stack);
  gtk_widget_class_bind_template_child (widget_class, JzPublicitySection, groups);
  gtk_widget_class_bind_template_child (widget_class, JzPublicitySection, view);
  gtk_widget_class_bind_template_child (widget_class, JzPublicitySection, register_view);
  gtk_widget_class_bind_template_child (widget_class, JzPublicitySection, page);
  gtk_widget_class_bind_template_child (widget_class, JzPublicitySection, bundle_button);
  gtk_widget_class_bind_template_child (widget_class, JzPublicitySection, print_button);
  gtk_widget_class_bind_template_callback (widget_class, on_activate_row);
}

static void
jz_publicity_section_init (JzPublicitySection *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  jz_row_view_set_columns (self->view, _ ("Publications"), jz_publicity_columns,
                           JZ_PUBLICITY_N_COLUMNS);
  jz_row_view_set_columns (self->register_view, _ ("Register of what is not published"),
                           jz_register_columns, JZ_REGISTER_N_COLUMNS);
  jz_row_view_set_empty (self->register_view, "emblem-ok-symbolic", _ ("Nothing Here"),
                         _ ("Every decision is published."), NULL);
  jz_row_view_set_empty (self->view, "emblem-ok-symbolic", _ ("Nothing Here"),
                         _ ("A decision comes here by itself on the day on which it is made."),
                         NULL);
  for (guint i = 0; i < JZ_PUBLICITY_N_GROUPS; i++) {
    self->buttons[i] = GTK_TOGGLE_BUTTON (
      gtk_toggle_button_new_with_label (jz_publicity_group_word ((JzPublicityGroup)i)));
    if (i > 0)
      gtk_toggle_button_set_group (self->buttons[i], self->buttons[0]);
    gtk_box_append (self->groups, GTK_WIDGET (self->buttons[i]));
  }
  gtk_toggle_button_set_active (self->buttons[0], TRUE);
  for (guint i = 0; i < JZ_PUBLICITY_N_GROUPS; i++) {
    g_signal_connect (self->buttons[i], "toggled", G_CALLBACK (on_group_toggled), self);
    g_signal_connect_swapped (self->buttons[i], "clicked", G_CALLBACK (on_group_clicked), self);
  }
}
