/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/window.h"

#include <glib/gi18n-lib.h>

#include "app/cases/new_case.h"
#include "app/messages.h"
#include "app/palette.h"
#include "app/refusal_dialog.h"
#include "app/section.h"
#include "app/start/entrance.h"
#include "app/start/idle_lock.h"
#include "app/start/password_dialog.h"
#include "app/start/recent_stores.h"
#include "app/start/setup_page.h"
#include "app/start/start_page.h"
#include "app/start/store_button.h"
#include "app/window_settings.h"

/* The frame: whoever is signed in gets a sidebar of the workplaces of his roles, and each place
 * has an address, so that everything can lead to everything ("cases/ID/limits"). */

#define MAX_HISTORY 100
/* What is done sooner is not worth a bar (style §9). */
#define JOB_PATIENCE_MS 300

struct _JzWindow {
  AdwApplicationWindow parent_instance;

  AdwToastOverlay *toasts;
  AdwWindowTitle *title;
  GtkMenuButton *find_button;
  GtkMenuButton *person_button;
  JzStoreButton *store_button;
  GtkWidget *demo_strip;
  GtkRevealer *job_revealer;
  GtkLabel *job_label;
  GtkProgressBar *job_progress;
  GtkStack *stack;
  GtkListBox *sidebar;
  GtkStack *sections;

  JzOfficeClient *client;
  GCancellable *cancellable;
  char *place;
  GPtrArray *history; /* places, the newest last */
  JzJob *job;
  guint job_timeout;
};

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

static void
clear_sections (JzWindow *self)
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
remove_page (JzWindow *self, const char *name)
{
  GtkWidget *page = gtk_stack_get_child_by_name (self->stack, name);

  if (page != NULL)
    gtk_stack_remove (self->stack, page);
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

static void
show_work (JzWindow *self)
{
  clear_sections (self);
  /* A hidden page is still read by a screen reader. */
  remove_page (self, "entrance");
  for (const JzSectionEntry *entry = jz_sections; entry->place != NULL; entry++)
    if (entry->title != NULL && may_see (self, entry))
      add_sidebar_row (self, entry);
  gtk_stack_set_visible_child_name (self->stack, "work");
  go_to_first (self);
}

static void
replace_page (JzWindow *self, const char *name, GtkWidget *page)
{
  /* An entry that goes while it has the focus complains. */
  gtk_root_set_focus (GTK_ROOT (self), NULL);
  remove_page (self, name);
  gtk_stack_add_named (self->stack, page, name);
  gtk_stack_set_visible_child (self->stack, page);
  gtk_widget_grab_focus (page);
}

static void
on_is_signed_in (JzWindow *self)
{
  gboolean is_signed_in = jz_office_client_is_signed_in (self->client);

  gtk_menu_button_set_label (self->person_button,
                             is_signed_in ? jz_office_client_get_name (self->client) : "");
  gtk_widget_set_visible (GTK_WIDGET (self->person_button), is_signed_in);
  gtk_widget_set_visible (GTK_WIDGET (self->find_button), is_signed_in);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.switch-user", is_signed_in);
  if (is_signed_in) {
    show_work (self);
  } else {
    JzSection *seen = get_seen_section (self);
    if (seen != NULL)
      jz_section_leave (seen);
    replace_page (self, "entrance", jz_entrance_new (self->client));
    clear_sections (self);
  }
}

/* The section saves what is unsaved before the key that could sign for it is gone. */
static void
switch_user (GtkWidget *widget, const char *action, GVariant *parameter)
{
  JzWindow *self = JZ_WINDOW (widget);
  JzSection *seen = get_seen_section (self);

  if (seen != NULL)
    jz_section_leave (seen);
  jz_leave_office (self->client);
}

static void
show_title (JzWindow *self, const char *title)
{
  adw_window_title_set_title (self->title, title);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->title), title);
  gtk_window_set_title (GTK_WINDOW (self), title);
}

static void
drop_client (JzWindow *self)
{
  if (self->client == NULL)
    return;
  g_signal_handlers_disconnect_by_func (self->client, on_is_signed_in, self);
  jz_leave_office (self->client);
  clear_sections (self);
  jz_store_button_set_client (self->store_button, NULL);
  jz_idle_lock_forget (GTK_WIDGET (self));
  gtk_widget_set_visible (GTK_WIDGET (self->person_button), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->find_button), FALSE);
  gtk_widget_set_visible (self->demo_strip, FALSE);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.switch-user", FALSE);
  show_title (self, _ ("Juanzong"));
  remove_page (self, "entrance");
  g_clear_object (&self->client);
}

static void
show_start (JzWindow *self, const char *path, const GError *error)
{
  drop_client (self);
  remove_page (self, "opening");
  remove_page (self, "setup");
  replace_page (self, "start", jz_start_page_new (path, error));
}

static void
choose_store (GtkWidget *widget, const char *action, GVariant *parameter)
{
  show_start (JZ_WINDOW (widget), NULL, NULL);
}

static void
open_store (GtkWidget *widget, const char *action, GVariant *parameter)
{
  jz_window_open (JZ_WINDOW (widget), g_variant_get_string (parameter, NULL));
}

static void
on_setup_finished (JzWindow *self, JzOfficeClient *client)
{
  g_autoptr (JzOfficeClient) kept = client != NULL ? g_object_ref (client) : NULL;

  remove_page (self, "setup");
  if (kept == NULL)
    show_start (self, NULL, NULL);
  else if (self->client == kept)
    gtk_stack_set_visible_child_name (self->stack, "work");
  else
    jz_window_set_client (self, kept);
}

static void
change_password (GtkWidget *widget, const char *action, GVariant *parameter)
{
  JzWindow *self = JZ_WINDOW (widget);

  if (self->client != NULL && jz_office_client_is_signed_in (self->client))
    jz_password_dialog_show (widget, self->client);
}

/* The first setting up, of a new office or of the one that is open. */
static void
set_up (GtkWidget *widget, const char *action, GVariant *parameter)
{
  JzWindow *self = JZ_WINDOW (widget);
  GtkWidget *page;

  /* One that is under way holds the store that it founded. */
  if (gtk_stack_get_child_by_name (self->stack, "setup") != NULL)
    return;
  page = jz_setup_page_new (self->client);
  g_signal_connect_object (page, "finished", G_CALLBACK (on_setup_finished), self,
                           G_CONNECT_SWAPPED);
  remove_page (self, "start");
  replace_page (self, "setup", page);
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

/**
 * jz_window_set_client:
 * @self: a window
 * @client: an opened office
 */
void
jz_window_set_client (JzWindow *self, JzOfficeClient *client)
{
  g_return_if_fail (self->client == NULL);

  self->client = g_object_ref (client);
  show_title (self, jz_office_client_get_bureau (client));
  remove_page (self, "start");
  remove_page (self, "opening");
  jz_store_button_set_client (self->store_button, client);
  jz_idle_lock_watch (client, GTK_WIDGET (self));
  gtk_widget_set_visible (self->demo_strip, jz_office_client_is_demo (client));
  g_signal_connect_object (client, "notify::is-signed-in", G_CALLBACK (on_is_signed_in), self,
                           G_CONNECT_SWAPPED);
  on_is_signed_in (self);
}

static void
keep_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_autofree char *file = jz_recent_stores_dup_file ();

  /* A list that cannot be kept is only a convenience lost. */
  (void)jz_recent_stores_add (file, data, NULL);
}

static void
keep_recent (const char *path)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, NULL, NULL);

  g_task_set_task_data (task, g_strdup (path), g_free);
  g_task_run_in_thread (task, keep_in_thread);
}

typedef struct {
  JzWindow *window;
  char *path;
} Opening;

static void
on_opened (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Opening *opening = data;
  g_autoptr (JzWindow) self = opening->window;
  g_autofree char *path = opening->path;
  g_autoptr (GError) error = NULL;
  g_autoptr (JzOfficeClient) client = jz_office_client_open_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (client == NULL) {
    show_start (self, path, error);
    return;
  }
  drop_client (self);
  jz_window_set_client (self, client);
  keep_recent (path);
}

static GtkWidget *
new_opening_page (const char *path)
{
  g_autofree char *name = g_filename_display_name (path);
  GtkWidget *page = adw_status_page_new ();
  GtkWidget *spinner = gtk_spinner_new ();

  adw_status_page_set_title (ADW_STATUS_PAGE (page), _ ("Opening the store"));
  adw_status_page_set_description (ADW_STATUS_PAGE (page), name);
  adw_status_page_set_child (ADW_STATUS_PAGE (page), spinner);
  gtk_spinner_start (GTK_SPINNER (spinner));
  return page;
}

/**
 * jz_window_open:
 * @self: a window
 * @path: a store's folder
 *
 * Opens it; where that is not possible the start page says why and what to do.
 */
void
jz_window_open (JzWindow *self, const char *path)
{
  Opening *opening = g_new0 (Opening, 1);

  opening->window = g_object_ref (self);
  opening->path = g_strdup (path);
  remove_page (self, "start");
  replace_page (self, "opening", new_opening_page (path));
  jz_office_client_open_async (path, self->cancellable, on_opened, opening);
}

/**
 * jz_window_show_start:
 * @self: a window without an office
 *
 * Shows what can be opened, or begun.
 */
void
jz_window_show_start (JzWindow *self)
{
  show_start (self, NULL, NULL);
}

static JzWindow *
find_window (GtkWidget *inside)
{
  GtkRoot *root = gtk_widget_get_root (inside);

  return JZ_IS_WINDOW (root) ? JZ_WINDOW (root) : NULL;
}

/**
 * jz_window_toast:
 * @inside: a widget of a window
 * @text: what was done
 */
void
jz_window_toast (GtkWidget *inside, const char *text)
{
  JzWindow *self = find_window (inside);

  if (self != NULL)
    adw_toast_overlay_add_toast (self->toasts, adw_toast_new (text));
}

/**
 * jz_window_toast_go:
 * @inside: a widget of a window
 * @text: what somebody should look at
 * @place: where
 */
void
jz_window_toast_go (GtkWidget *inside, const char *text, const char *place)
{
  JzWindow *self = find_window (inside);
  AdwToast *toast = adw_toast_new (text);

  adw_toast_set_button_label (toast, _ ("_Show"));
  adw_toast_set_action_name (toast, "win.go");
  adw_toast_set_action_target_value (toast, g_variant_new_string (place));
  adw_toast_set_timeout (toast, 10);
  if (self != NULL)
    adw_toast_overlay_add_toast (self->toasts, toast);
  else
    g_object_unref (toast);
}

typedef struct {
  GWeakRef window;
  char *act;
  JzJson *args;
} Undo;

static void
undo_free (gpointer data, GClosure *closure)
{
  Undo *undo = data;

  g_weak_ref_clear (&undo->window);
  g_free (undo->act);
  jz_json_unref (undo->args);
  g_free (undo);
}

static void
on_undone (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (JzWindow) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JzActOutcome) outcome =
    jz_office_client_act_finish (JZ_OFFICE_CLIENT (source), result, &error);

  if (outcome == NULL)
    jz_show_error (GTK_WIDGET (self), error);
  else if (outcome->refusal != NULL)
    jz_show_refusal (GTK_WIDGET (self), self->client, outcome->refusal, NULL);
  else
    jz_window_toast (GTK_WIDGET (self), _ ("Undone"));
}

static void
on_undo (AdwToast *toast, Undo *undo)
{
  JzWindow *self = g_weak_ref_get (&undo->window);

  if (self != NULL)
    jz_office_client_act_async (self->client, undo->act, jz_json_ref (undo->args), NULL, on_undone,
                                self);
}

/**
 * jz_window_toast_undo:
 * @inside: a widget of a window
 * @text: what was done
 * @act: the act that undoes it
 * @args: (transfer full): its arguments
 */
void
jz_window_toast_undo (GtkWidget *inside, const char *text, const char *act, JzJson *args)
{
  JzWindow *self = find_window (inside);
  AdwToast *toast = adw_toast_new (text);
  Undo *undo = g_new0 (Undo, 1);

  g_weak_ref_init (&undo->window, self);
  undo->act = g_strdup (act);
  undo->args = args;
  adw_toast_set_button_label (toast, _ ("_Undo"));
  adw_toast_set_timeout (toast, 10);
  g_signal_connect_data (toast, "button-clicked", G_CALLBACK (on_undo), undo, undo_free, 0);
  if (self != NULL)
    adw_toast_overlay_add_toast (self->toasts, toast);
  else
    g_object_unref (toast);
}

static void
on_job_changed (JzWindow *self, JzJob *job)
{
  double fraction = jz_job_get_fraction (job);

  if (job != self->job)
    return;
  if (jz_job_is_ended (job)) {
    gtk_revealer_set_reveal_child (self->job_revealer, FALSE);
    g_clear_handle_id (&self->job_timeout, g_source_remove);
    g_clear_object (&self->job);
  } else if (fraction >= 0) {
    gtk_progress_bar_set_fraction (self->job_progress, CLAMP (fraction, 0, 1));
  } else {
    gtk_progress_bar_pulse (self->job_progress);
  }
}

static gboolean
on_job_lasts (gpointer data)
{
  JzWindow *self = data;

  self->job_timeout = 0;
  gtk_revealer_set_reveal_child (self->job_revealer, TRUE);
  return G_SOURCE_REMOVE;
}

/**
 * jz_window_show_job:
 * @inside: a widget of a window
 * @job: what is under way
 *
 * Shows its progress, with a button that cancels it, as soon as it lasts.
 */
void
jz_window_show_job (GtkWidget *inside, JzJob *job)
{
  JzWindow *self = find_window (inside);

  if (self == NULL || jz_job_is_ended (job))
    return;
  g_set_object (&self->job, job);
  gtk_label_set_label (self->job_label, jz_job_get_title (job));
  gtk_progress_bar_set_fraction (self->job_progress, 0);
  g_signal_connect_object (job, "changed", G_CALLBACK (on_job_changed), self, G_CONNECT_SWAPPED);
  if (self->job_timeout == 0)
    self->job_timeout = g_timeout_add (JOB_PATIENCE_MS, on_job_lasts, self);
}

static void
cancel_job (GtkWidget *widget, const char *action, GVariant *parameter)
{
  JzWindow *self = JZ_WINDOW (widget);

  if (self->job != NULL)
    g_cancellable_cancel (jz_job_get_cancellable (self->job));
}

static gboolean
jz_window_close_request (GtkWindow *window)
{
  JzSection *seen = get_seen_section (JZ_WINDOW (window));

  if (seen != NULL)
    jz_section_leave (seen);
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
