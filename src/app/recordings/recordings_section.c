/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/recordings/recordings_section.h"

#include <glib/gi18n-lib.h>

#include "app/messages.h"
#include "app/recordings/recording_source.h"
#include "app/recordings/recording_views.h"
#include "app/recordings/recordings_actions.h"
#include "app/recordings/recordings_import.h"
#include "app/recordings/recordings_read.h"
#include "app/row_export.h"
#include "app/row_menu.h"
#include "app/window_settings.h"

#define LAYOUT "recordings"
#define OPEN "recording-list.open"
#define OPEN_CASE "recording-list.open-case"
#define BIND "recording-list.bind"

struct _JzRecordingsSection {
  JzSection parent_instance;

  /* Template children */
  GtkSearchEntry *search;
  GtkWidget *row_bar;
  GtkWidget *import_button;
  GtkBox *views;
  GtkWidget *whose;
  GtkToggleButton *mine;
  GtkToggleButton *section;
  GtkWidget *gathering;
  GtkWidget *device_bar;
  GtkLabel *device_label;
  JzRowView *view;
  JzRowView *devices;
  GMenuModel *menu;

  GtkToggleButton *buttons[JZ_RECORDING_N_CHIPS];
  GCancellable *cancellable;
  char *text;
  char *own_section; /* of whoever is signed in */
  char *device;      /* (nullable): whose recordings alone are shown */
  gboolean is_refreshing;
  gboolean must_refresh;
  gboolean wants_focus; /* as soon as there are rows */
};

G_DEFINE_FINAL_TYPE (JzRecordingsSection, jz_recordings_section, JZ_TYPE_SECTION)

static guint
get_shown (JzRecordingsSection *self)
{
  return jz_recording_views_get_shown (self->buttons);
}

static gboolean
has_text (JzRecordingsSection *self)
{
  return self->text != NULL && self->text[0] != '\0';
}

static JzJson *
new_filter (JzRecordingsSection *self)
{
  JzOfficeClient *client = jz_section_get_client (JZ_SECTION (self));
  JzJson *filter = jz_json_new_object ();

  if (get_shown (self) != JZ_RECORDING_DEVICES && get_shown (self) != JZ_RECORDING_VIEW_ALL)
    jz_json_set_integer (filter, "view", get_shown (self));
  if (gtk_toggle_button_get_active (self->mine))
    jz_json_set_text (filter, "person", jz_office_client_get_person (client));
  if (gtk_toggle_button_get_active (self->section) && self->own_section != NULL)
    jz_json_set_text (filter, "section", self->own_section);
  if (self->device != NULL)
    jz_json_set_text (filter, "device", self->device);
  if (has_text (self))
    jz_json_set_text (filter, "text", self->text);
  return filter;
}

static gboolean
get_selected (JzRecordingsSection *self, gint64 *key)
{
  JzRowModel *model = jz_row_view_get_model (self->view);
  guint position;

  return get_shown (self) != JZ_RECORDING_DEVICES && model != NULL &&
         jz_row_model_get_selected (model, key) && jz_row_model_find (model, *key, &position);
}

static void
update_actions (JzRecordingsSection *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  gint64 key = 0;
  gboolean is_selected = get_selected (self, &key);

  gtk_widget_action_set_enabled (widget, OPEN, is_selected);
  gtk_widget_action_set_enabled (widget, OPEN_CASE, is_selected);
  gtk_widget_action_set_enabled (
    widget, BIND,
    is_selected &&
      jz_office_client_has_role (jz_section_get_client (JZ_SECTION (self)), JZ_RECORDING_ROLES));
}

/* Nothing is filtered where the list is empty for want of recordings, so that it can say so. */
static void
show_filter (JzRecordingsSection *self)
{
  g_autoptr (JzJson) filter = new_filter (self);
  g_autoptr (JzJson) named = jz_json_new_object ();
  gboolean has_devices = get_shown (self) == JZ_RECORDING_DEVICES;

  if (jz_row_view_get_model (self->view) == NULL)
    return;
  if (has_text (self))
    jz_json_set_text (named, "text", self->text);
  jz_row_view_set_filter (self->view, jz_json_get_n_items (filter) > 0 ? filter : NULL);
  jz_row_view_set_filter (self->devices, has_text (self) ? named : NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->view), !has_devices);
  gtk_widget_set_visible (GTK_WIDGET (self->devices), has_devices);
  gtk_widget_set_visible (self->whose, !has_devices);
  gtk_widget_set_visible (self->row_bar, !has_devices);
  gtk_widget_set_visible (self->device_bar, !has_devices && self->device != NULL);
  update_actions (self);
}

static void refresh (JzRecordingsSection *self);

static void
update_filter (JzRecordingsSection *self)
{
  show_filter (self);
  if (jz_row_view_get_model (self->view) != NULL)
    refresh (self);
}

static void
on_search (JzRecordingsSection *self, const char *text)
{
  g_autofree char *typed = g_strstrip (g_strdup (text));

  if (g_strcmp0 (typed, self->text != NULL ? self->text : "") == 0)
    return;
  g_free (self->text);
  self->text = g_steal_pointer (&typed);
  update_filter (self);
}

static void
take_focus (JzRecordingsSection *self)
{
  JzRowModel *model = jz_row_view_get_model (self->view);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  /* Whoever types already keeps the focus. */
  if (root != NULL && GTK_IS_EDITABLE (gtk_root_get_focus (root)))
    self->wants_focus = FALSE;
  if (!self->wants_focus || model == NULL || g_list_model_get_n_items (G_LIST_MODEL (model)) == 0 ||
      !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  self->wants_focus = !gtk_widget_grab_focus (GTK_WIDGET (self));
}

/* Before the rows are there they would say that there are no recordings. */
static void
show_lists (JzRecordingsSection *self)
{
  JzOfficeClient *client = jz_section_get_client (JZ_SECTION (self));
  g_autoptr (JzRowModel) model = NULL;
  g_autoptr (JzRowModel) devices = NULL;
  g_autoptr (GVariant) layout = NULL;

  if (jz_row_view_get_model (self->view) != NULL)
    return;
  layout = jz_window_settings_dup_layout (LAYOUT);
  if (layout != NULL)
    jz_row_view_set_layout (self->view, layout);
  model = jz_recording_source_new_model (client);
  devices = jz_device_source_new_model (client);
  jz_row_view_set_model (self->view, model);
  jz_row_view_set_model (self->devices, devices);
  g_signal_connect_object (model, "notify::is-loading", G_CALLBACK (take_focus), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (model, "notify::selected", G_CALLBACK (update_actions), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (model, "items-changed", G_CALLBACK (update_actions), self,
                           G_CONNECT_SWAPPED);
  show_filter (self);
}

static void
take_section (JzRecordingsSection *self, char *section)
{
  g_free (self->own_section);
  self->own_section = section;
  gtk_widget_set_visible (GTK_WIDGET (self->section), section != NULL && section[0] != '\0');
}

static void
on_refreshed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (JzRecordingsSection) self = data;
  g_autoptr (GError) error = NULL;
  JzRecordingsStep *step = jz_office_client_read_finish (JZ_OFFICE_CLIENT (source), result, &error);
  gboolean must_go_on;

  self->is_refreshing = FALSE;
  if (step == NULL) {
    if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
      jz_show_error (GTK_WIDGET (self), error);
    return;
  }
  take_section (self, g_steal_pointer (&step->own_section));
  show_lists (self);
  jz_recording_views_count (self->buttons, step->counts);
  gtk_widget_set_visible (self->gathering, !step->is_complete);
  if (step->has_changed) {
    jz_row_model_reload (jz_row_view_get_model (self->view));
    jz_row_model_reload (jz_row_view_get_model (self->devices));
  }
  must_go_on = !step->is_complete || self->must_refresh;
  jz_recordings_step_free (step);
  if (must_go_on)
    refresh (self);
}

static void
refresh (JzRecordingsSection *self)
{
  JzOfficeClient *client = jz_section_get_client (JZ_SECTION (self));
  g_autoptr (JzJson) filter = NULL;

  self->must_refresh = self->is_refreshing;
  if (self->is_refreshing || !jz_office_client_is_signed_in (client))
    return;
  self->is_refreshing = TRUE;
  filter = new_filter (self);
  jz_recordings_step_async (client, filter, self->cancellable, on_refreshed, g_object_ref (self));
}

static void
jz_recordings_section_refresh (JzSection *section)
{
  JzRecordingsSection *self = JZ_RECORDINGS_SECTION (section);
  JzOfficeClient *client = jz_section_get_client (section);

  if (client == NULL)
    return;
  gtk_widget_set_visible (self->import_button,
                          jz_office_client_has_role (client, JZ_RECORDING_ROLES));
  update_actions (self);
  refresh (self);
}

/* "recordings", or the name of a list behind it. */
static void
jz_recordings_section_go (JzSection *section, const char *const *path)
{
  JzRecordingsSection *self = JZ_RECORDINGS_SECTION (section);

  if (path[0] != NULL)
    jz_recording_views_show (self->buttons, path[0]);
  self->wants_focus = TRUE;
  take_focus (self);
}

static void
jz_recordings_section_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (jz_recordings_section_parent_class)->map (widget);
  take_focus (JZ_RECORDINGS_SECTION (widget));
}

static gboolean
jz_recordings_section_grab_focus (GtkWidget *widget)
{
  JzRecordingsSection *self = JZ_RECORDINGS_SECTION (widget);

  return gtk_widget_grab_focus (
    GTK_WIDGET (get_shown (self) == JZ_RECORDING_DEVICES ? self->devices : self->view));
}

static void
on_layout_changed (JzRecordingsSection *self)
{
  jz_window_settings_keep_layout (LAYOUT, jz_row_view_get_layout (self->view));
}

static void
on_activate_row (JzRecordingsSection *self, gint64 key)
{
  jz_recording_open (GTK_WIDGET (self), jz_section_get_client (JZ_SECTION (self)), key);
}

static void
do_with_row (GtkWidget *widget, const char *action, GVariant *parameter)
{
  JzRecordingsSection *self = JZ_RECORDINGS_SECTION (widget);
  JzOfficeClient *client = jz_section_get_client (JZ_SECTION (self));
  gint64 key;

  if (!get_selected (self, &key))
    return;
  if (g_str_equal (action, OPEN))
    jz_recording_open (widget, client, key);
  else if (g_str_equal (action, OPEN_CASE))
    jz_recording_open_case (widget, client, key);
  else
    jz_recording_bind (widget, client, key);
}

static void
show_device (JzRecordingsSection *self, const JzJson *row)
{
  g_autofree char *words = jz_recording_dup_device_words (row);

  g_free (self->device);
  self->device = g_strdup (jz_json_get_member_text (row, "device"));
  gtk_label_set_text (self->device_label, words);
  jz_recording_views_show (self->buttons, "all");
  self->wants_focus = TRUE;
  take_focus (self);
}

static void
on_found_device (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (JzRecordingsSection) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JzJson) row = jz_office_client_read_finish (JZ_OFFICE_CLIENT (source), result, &error);

  if (row != NULL)
    show_device (self, row);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    jz_show_error (GTK_WIDGET (self), error);
}

static void
on_activate_device (JzRecordingsSection *self, gint64 key)
{
  jz_recordings_find_device_async (jz_section_get_client (JZ_SECTION (self)), key,
                                   self->cancellable, on_found_device, g_object_ref (self));
}

static void
show_all_devices (GtkWidget *widget, const char *action, GVariant *parameter)
{
  JzRecordingsSection *self = JZ_RECORDINGS_SECTION (widget);

  g_clear_pointer (&self->device, g_free);
  jz_recording_views_show (self->buttons, "devices");
  gtk_widget_grab_focus (GTK_WIDGET (self->devices));
}

/* The list of devices is of all recordings. */
static void
on_view_toggled (GtkToggleButton *button, JzRecordingsSection *self)
{
  if (!gtk_toggle_button_get_active (button))
    return;
  if (get_shown (self) == JZ_RECORDING_DEVICES)
    g_clear_pointer (&self->device, g_free);
  update_filter (self);
}

static void
export_list (GtkWidget *widget, const char *action, GVariant *parameter)
{
  JzRecordingsSection *self = JZ_RECORDINGS_SECTION (widget);
  gboolean has_devices = get_shown (self) == JZ_RECORDING_DEVICES;

  jz_row_view_export (has_devices ? self->devices : self->view,
                      jz_section_get_client (JZ_SECTION (self)),
                      has_devices ? C_ ("recordings", "Devices") : _ ("Recordings"));
}

static void
find (GtkWidget *widget, const char *action, GVariant *parameter)
{
  gtk_widget_grab_focus (GTK_WIDGET (JZ_RECORDINGS_SECTION (widget)->search));
}

static void
jz_recordings_section_dispose (GObject *object)
{
  JzRecordingsSection *self = JZ_RECORDINGS_SECTION (object);

  g_cancellable_cancel (self->cancellable);
  gtk_widget_dispose_template (GTK_WIDGET (self), JZ_TYPE_RECORDINGS_SECTION);
  G_OBJECT_CLASS (jz_recordings_section_parent_class)->dispose (object);
}

static void
jz_recordings_section_finalize (GObject *object)
{
  JzRecordingsSection *self = JZ_RECORDINGS_SECTION (object);

  g_object_unref (self->cancellable);
  g_free (self->text);
  g_free (self->own_section);
  g_free (self->device);
  G_OBJECT_CLASS (jz_recordings_section_parent_class)->finalize (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, JzRecordingsSection, search);
  gtk_widget_class_bind_template_child (widget_class, JzRecordingsSection, row_bar);
  gtk_widget_class_bind_template_child (widget_class, JzRecordingsSection, import_button);
  gtk_widget_class_bind_template_child (widget_class, JzRecordingsSection, views);
  gtk_widget_class_bind_template_child (widget_class, JzRecordingsSection, whose);
  gtk_widget_class_bind_template_child (widget_class, JzRecordingsSection, mine);
  gtk_widget_class_bind_template_child (widget_class, JzRecordingsSection, section);
  gtk_widget_class_bind_template_child (widget_class, JzRecordingsSection, gathering);
  gtk_widget_class_bind_template_child (widget_class, JzRecordingsSection, device_bar);
  gtk_widget_class_bind_template_child (widget_class, JzRecordingsSection, device_label);
  gtk_widget_class_bind_template_child (widget_class, JzRecordingsSection, view);
  gtk_widget_class_bind_template_child (widget_class, JzRecordingsSection, devices);
  gtk_widget_class_bind_template_child (widget_class, JzRecordingsSection, menu);
  gtk_widget_class_bind_template_callback (widget_class, update_filter);
  gtk_widget_class_bind_template_callback (widget_class, on_search);
  gtk_widget_class_bind_template_callback (widget_class, on_activate_row);
  gtk_widget_class_bind_template_callback (widget_class, on_activate_device);
  gtk_widget_class_bind_template_callback (widget_class, on_layout_changed);
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, OPEN, NULL, do_with_row);
  gtk_widget_class_install_action (widget_class, OPEN_CASE, NULL, do_with_row);
  gtk_widget_class_install_action (widget_class, BIND, NULL, do_with_row);
  gtk_widget_class_install_action (widget_class, "recording-list.export", NULL, export_list);
  gtk_widget_class_install_action (widget_class, "recording-list.find", NULL, find);
  gtk_widget_class_install_action (widget_class, "recording-list.all-devices", NULL,
                                   show_all_devices);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_e, GDK_CONTROL_MASK,
                                       "recording-list.export", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_f, GDK_CONTROL_MASK,
                                       "recording-list.find", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_n, GDK_CONTROL_MASK,
                                       "win.import-recordings", NULL);
}

static void
jz_recordings_section_class_init (JzRecordingsSectionClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = jz_recordings_section_dispose;
  G_OBJECT_CLASS (klass)->finalize = jz_recordings_section_finalize;
  widget_class->grab_focus = jz_recordings_section_grab_focus;
  widget_class->map = jz_recordings_section_map;
  JZ_SECTION_CLASS (klass)->go = jz_recordings_section_go;
  JZ_SECTION_CLASS (klass)->refresh = jz_recordings_section_refresh;
  g_type_ensure (JZ_TYPE_ROW_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/juanzong/app/recordings_section.ui");
  bind_children (widget_class);
  install_actions (widget_class);
}

static void
jz_recordings_section_init (JzRecordingsSection *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  jz_row_view_set_columns (self->view, _ ("Recordings"), jz_recording_columns,
                           G_N_ELEMENTS (jz_recording_columns));
  jz_row_view_set_columns (self->devices, C_ ("recordings", "Devices"), jz_device_columns,
                           G_N_ELEMENTS (jz_device_columns));
  jz_row_view_set_search_entry (self->view, self->search);
  jz_row_view_set_search_entry (self->devices, self->search);
  jz_row_view_set_empty (self->view, "juanzong-recordings-symbolic",
                         _ ("There are no recordings yet"),
                         _ ("Import what a device has recorded, or drop the files here."), NULL);
  jz_row_view_set_empty (self->devices, "juanzong-recordings-symbolic",
                         _ ("There are no recordings yet"),
                         _ ("Devices are known by what they recorded."), NULL);
  jz_row_view_set_menu (self->view, self->menu);
  jz_recording_views_fill (self->views, self->buttons);
  for (guint i = 0; i < JZ_RECORDING_N_CHIPS; i++)
    g_signal_connect_object (self->buttons[i], "toggled", G_CALLBACK (on_view_toggled), self, 0);
  jz_recordings_take_files (JZ_SECTION (self));
}
