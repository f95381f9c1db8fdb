/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/window-private.h"

#include <glib/gi18n-lib.h>

#include "app/cases/new_case.h"
#include "app/palette.h"
#include "app/publicity/bundle_dialog.h"
#include "app/recordings/recordings_import.h"
#include "app/stack_state.h"
#include "app/start/idle_lock.h"
#include "app/start/password_dialog.h"
#include "app/window_settings.h"

/* The frame: whoever is signed in gets a sidebar of the workplaces of his roles, and each place
 * has an address, so that everything can lead to everything ("cases/ID/limits"). */

#define MAX_HISTORY 100

G_DEFINE_FINAL_TYPE (JzWindow, jz_window, ADW_TYPE_APPLICATION_WINDOW)

static gboolean
may_see (JzWindow *self, const JzSectionEntry *entry)
{
  return entry->roles == NULL || jz_office_client_has_role (self->client, entry->roles);
}

static void
add_sidebar_row (JzWindow *self, const JzSectionEntry *entry)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *label = gtk_label_new (_ (entry->title));
  GtkWidget *row = gtk_list_box_row_new ();

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  if (entry->icon != NULL)
    gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name (entry->icon));
  gtk_box_append (GTK_BOX (box), label);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ (entry->title), -1);
  g_object_set_data (G_OBJECT (row), "entry", (gpointer)entry);
  gtk_list_box_append (self->sidebar, row);
}

void
jz_window_clear_work (JzWindow *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->sections))) != NULL)
    gtk_stack_remove (self->sections, child);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->sidebar))) != NULL)
    gtk_list_box_remove (self->sidebar, child);
  g_clear_pointer (&self->place, g_free);
  g_ptr_array_set_size (self->history, 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.back", FALSE);
}

static JzSection *
get_seen_section (JzWindow *self)
{
  GtkWidget *child = gtk_stack_get_visible_child (self->sections);

  return child != NULL ? JZ_SECTION (child) : NULL;
}

void
jz_window_leave_seen (JzWindow *self)
{
  JzSection *seen = get_seen_section (self);

  if (seen != NULL)
    jz_section_leave (seen);
}

static JzSection *
get_section (JzWindow *self, const JzSectionEntry *entry)
{
  GtkWidget *child = gtk_stack_get_child_by_name (self->sections, entry->place);

  if (child == NULL) {
    child = g_object_new (entry->get_type (), "client", self->client, NULL);
    gtk_stack_add_named (self->sections, child, entry->place);
  }
  return JZ_SECTION (child);
}

static void
mark_sidebar (JzWindow *self, const JzSectionEntry *entry)
{
  const char *place = entry->under != NULL ? entry->under : entry->place;

  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self->sidebar)); row != NULL;
       row = gtk_widget_get_next_sibling (row)) {
    const JzSectionEntry *of_row = g_object_get_data (G_OBJECT (row), "entry");
    if (g_str_equal (of_row->place, place)) {
      gtk_list_box_select_row (self->sidebar, GTK_LIST_BOX_ROW (row));
      return;
    }
  }
}

/* Whoever went there by a key goes on there, not in the sidebar. */
static void
lead_focus (JzWindow *self, GtkWidget *section)
{
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (self));

  if (focus == NULL || !gtk_widget_is_ancestor (focus, section))
    gtk_widget_grab_focus (section);
}

static void
show_place (JzWindow *self, const char *place)
{
  g_auto (GStrv) path = g_strsplit (place, "/", -1);
  guint n_used = 0;
  const JzSectionEntry *entry = jz_sections_find ((const char *const *)path, &n_used);
  JzSection *seen = get_seen_section (self);
  JzSection *section;

  if (entry == NULL || !may_see (self, entry)) {
    jz_window_toast (GTK_WIDGET (self), _ ("This place is not open to your roles."));
    return;
  }
  section = get_section (self, entry);
  if (seen != NULL && seen != section)
    jz_section_leave (seen);
  g_free (self->place);
  self->place = g_strdup (place);
  jz_window_settings_keep_place (jz_office_client_get_person (self->client), place);
  gtk_stack_set_visible_child (self->sections, GTK_WIDGET (section));
  mark_sidebar (self, entry);
  jz_section_go (section, (const char *const *)path + n_used);
  lead_focus (self, GTK_WIDGET (section));
}

/**
 * jz_window_go:
 * @self: a window with somebody signed in
 * @place: where to
 *
 * Shows a place and remembers where it came from.
 */
void
jz_window_go (JzWindow *self, const char *place)
{
  if (self->client == NULL || !jz_office_client_is_signed_in (self->client))
    return;
  if (self->place != NULL && !g_str_equal (self->place, place)) {
    g_ptr_array_add (self->history, g_strdup (self->place));
    if (self->history->len > MAX_HISTORY)
      g_ptr_array_remove_index (self->history, 0);
  }
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.back", self->history->len > 0);
  show_place (self, place);
}

/**
 * jz_window_get_place:
 * @self: a window
 *
 * Returns: (nullable): the place that is seen
 */
const char *
jz_window_get_place (JzWindow *self)
{
  return self->place;
}

static void
go (GtkWidget *widget, const char *action, GVariant *parameter)
{
  jz_window_go (JZ_WINDOW (widget), g_variant_get_string (parameter, NULL));
}

static void
go_back (GtkWidget *widget, const char *action, GVariant *parameter)
{
  JzWindow *self = JZ_WINDOW (widget);
  g_autofree char *place =
    self->history->len > 0 ? g_ptr_array_steal_index (self->history, self->history->len - 1) : NULL;

  gtk_widget_action_set_enabled (widget, "win.back", self->history->len > 0);
  if (place != NULL)
    show_place (self, place);
}

static void
show_palette (GtkMenuButton *button, gpointer data)
{
  gtk_menu_button_set_popover (button, jz_palette_new (JZ_WINDOW (data)->client));
}

static void
find (GtkWidget *widget, const char *action, GVariant *parameter)
{
  JzWindow *self = JZ_WINDOW (widget);

  if (gtk_widget_get_visible (GTK_WIDGET (self->find_button)))
    gtk_menu_button_popup (self->find_button);
}

static void
make_new (GtkWidget *widget, const char *action, GVariant *parameter)
{
  JzWindow *self = JZ_WINDOW (widget);

  if (self->client != NULL && jz_office_client_is_signed_in (self->client))
    jz_new_case_present (widget, self->client, g_variant_get_string (parameter, NULL));
}

static void
on_sidebar_activated (JzWindow *self, GtkListBoxRow *row)
{
  const JzSectionEntry *entry = g_object_get_data (G_OBJECT (row), "entry");

  jz_window_go (self, entry->place);
}

static void
go_to_first (JzWindow *self)
{
  g_autofree char *last = jz_window_settings_dup_place (jz_office_client_get_person (self->client));

  for (const JzSectionEntry *entry = jz_sections; entry->place != NULL; entry++)
    if (entry->title != NULL && may_see (self, entry)) {
      jz_window_go (self, entry->place);
      break;
    }
  if (last != NULL)
    jz_window_go (self, last);
}

void
jz_window_show_work (JzWindow *self)
{
  jz_window_clear_work (self);
  for (const JzSectionEntry *entry = jz_sections; entry->place != NULL; entry++)
    if (entry->title != NULL && may_see (self, entry))
      add_sidebar_row (self, entry);
  gtk_stack_set_visible_child_name (self->stack, "work");
  go_to_first (self);
}

/* Whoever leaves, leaves every window on the office; each saves what is unsaved before the key that
 * could sign for it is gone. */
static void
switch_user (GtkWidget *widget, const char *action, GVariant *parameter)
{
  JzWindow *self = JZ_WINDOW (widget);
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (self));

  for (GList *item = gtk_application_get_windows (application); item != NULL; item = item->next)
    if (JZ_IS_WINDOW (item->data) && JZ_WINDOW (item->data)->client == self->client)
      jz_window_leave_seen (JZ_WINDOW (item->data));
  jz_leave_office (self->client);
}

static void
make_bundle (GtkWidget *widget, const char *action, GVariant *parameter)
{
  JzWindow *self = JZ_WINDOW (widget);

  if (self->client != NULL && jz_office_client_is_signed_in (self->client))
    jz_bundle_dialog_show (widget, self->client);
}

static void
import_recordings (GtkWidget *widget, const char *action, GVariant *parameter)
{
  JzWindow *self = JZ_WINDOW (widget);

  if (self->client != NULL && jz_office_client_is_signed_in (self->client) &&
      jz_office_client_has_role (self->client, JZ_RECORDING_ROLES))
    jz_recordings_import (widget, self->client, NULL);
}

static void
change_password (GtkWidget *widget, const char *action, GVariant *parameter)
{
  JzWindow *self = JZ_WINDOW (widget);

  if (self->client != NULL && jz_office_client_is_signed_in (self->client))
    jz_password_dialog_show (widget, self->client);
}

static void
choose_store (GtkWidget *widget, const char *action, GVariant *parameter)
{
  jz_window_show_start (JZ_WINDOW (widget));
}

static void
open_store (GtkWidget *widget, const char *action, GVariant *parameter)
{
  jz_window_open (JZ_WINDOW (widget), g_variant_get_string (parameter, NULL));
}

static void
set_up (GtkWidget *widget, const char *action, GVariant *parameter)
{
  jz_window_show_setup (JZ_WINDOW (widget));
}

static void
cancel_job (GtkWidget *widget, const char *action, GVariant *parameter)
{
  jz_window_cancel_job (JZ_WINDOW (widget));
}

/**
 * jz_window_get_client:
 * @self: a window
 *
 * Returns: (transfer none) (nullable): the office it shows
 */
JzOfficeClient *
jz_window_get_client (JzWindow *self)
{
  return self->client;
}

static gboolean
jz_window_close_request (GtkWindow *window)
{
  jz_window_leave_seen (JZ_WINDOW (window));
  return GTK_WINDOW_CLASS (jz_window_parent_class)->close_request (window);
}

static void
jz_window_dispose (GObject *object)
{
  JzWindow *self = JZ_WINDOW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->job_timeout, g_source_remove);
  g_clear_object (&self->job);
  g_clear_object (&self->client);
  g_clear_handle_id (&self->toast_watch, g_source_remove);
  g_clear_object (&self->toast_children);
  gtk_widget_dispose_template (GTK_WIDGET (self), JZ_TYPE_WINDOW);
  G_OBJECT_CLASS (jz_window_parent_class)->dispose (object);
}

static void
jz_window_finalize (GObject *object)
{
  JzWindow *self = JZ_WINDOW (object);

  g_object_unref (self->cancellable);
  g_ptr_array_unref (self->history);
  g_free (self->place);
  G_OBJECT_CLASS (jz_window_parent_class)->finalize (object);
}

static void
add_section_keys (GtkWidgetClass *widget_class)
{
  for (const JzSectionEntry *entry = jz_sections; entry->place != NULL; entry++) {
    guint key = 0;
    GdkModifierType modifiers = 0;
    if (entry->key != NULL && gtk_accelerator_parse (entry->key, &key, &modifiers))
      gtk_widget_class_add_binding_action (widget_class, key, modifiers, "win.go", "s",
                                           entry->place);
  }
}

static void
jz_window_class_init (JzWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (JZ_TYPE_STORE_BUTTON);
  G_OBJECT_CLASS (klass)->dispose = jz_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = jz_window_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = jz_window_close_request;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/juanzong/app/window.ui");
  gtk_widget_class_bind_template_child (widget_class, JzWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, JzWindow, title);
  gtk_widget_class_bind_template_child (widget_class, JzWindow, find_button);
  gtk_widget_class_bind_template_child (widget_class, JzWindow, person_button);
  gtk_widget_class_bind_template_child (widget_class, JzWindow, store_button);
  gtk_widget_class_bind_template_child (widget_class, JzWindow, demo_strip);
  gtk_widget_class_bind_template_child (widget_class, JzWindow, job_revealer);
  gtk_widget_class_bind_template_child (widget_class, JzWindow, job_label);
  gtk_widget_class_bind_template_child (widget_class, JzWindow, job_progress);
  gtk_widget_class_bind_template_child (widget_class, JzWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, JzWindow, sidebar);
  gtk_widget_class_bind_template_child (widget_class, JzWindow, sections);
  gtk_widget_class_bind_template_callback (widget_class, on_sidebar_activated);
  gtk_widget_class_install_action (widget_class, "win.go", "s", go);
  gtk_widget_class_install_action (widget_class, "win.back", NULL, go_back);
  gtk_widget_class_install_action (widget_class, "win.find", NULL, find);
  gtk_widget_class_install_action (widget_class, "win.new", "s", make_new);
  gtk_widget_class_install_action (widget_class, "win.switch-user", NULL, switch_user);
  gtk_widget_class_install_action (widget_class, "win.change-password", NULL, change_password);
  gtk_widget_class_install_action (widget_class, "win.make-bundle", NULL, make_bundle);
  gtk_widget_class_install_action (widget_class, "win.import-recordings", NULL, import_recordings);
  gtk_widget_class_install_action (widget_class, "win.choose-store", NULL, choose_store);
  gtk_widget_class_install_action (widget_class, "win.open-store", "s", open_store);
  gtk_widget_class_install_action (widget_class, "win.setup", NULL, set_up);
  gtk_widget_class_install_action (widget_class, "win.cancel-job", NULL, cancel_job);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Left, GDK_ALT_MASK, "win.back", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_k, GDK_CONTROL_MASK, "win.find", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_l, GDK_CONTROL_MASK | GDK_SHIFT_MASK,
                                       "win.switch-user", NULL);
  add_section_keys (widget_class);
}

static void
jz_window_init (JzWindow *self)
{
  self->cancellable = g_cancellable_new ();
  self->history = g_ptr_array_new_with_free_func (g_free);
  gtk_widget_init_template (GTK_WIDGET (self));
  jz_window_settings_bind (NULL, "window-width", self, "default-width");
  jz_window_settings_bind (NULL, "window-height", self, "default-height");
  jz_window_settings_bind (NULL, "maximized", self, "maximized");
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.back", FALSE);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.switch-user", FALSE);
  gtk_menu_button_set_create_popup_func (self->find_button, show_palette, self, NULL);
  jz_stack_tell_hidden (self->sections);
  jz_stack_tell_hidden (self->stack);
  jz_window_place_toasts (self);
}

/**
 * jz_window_new:
 * @application: the program
 *
 * Returns: (transfer floating): a window that shows no office yet
 */
JzWindow *
jz_window_new (GtkApplication *application)
{
  return g_object_new (JZ_TYPE_WINDOW, "application", application, NULL);
}
