/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/cases/cases_section.h"

#include <glib/gi18n-lib.h>

#include "app/cases/case_source.h"
#include "app/cases/new_case.h"
#include "app/client_rows.h"
#include "app/messages.h"
#include "app/row_export.h"
#include "app/row_view.h"
#include "app/window_settings.h"

/* 案件 (ux.md §4): every case in one list, sorted by any column, filtered by chips and by what is
 * typed. */

#define LAYOUT "cases"
#define STEP_MS 500

struct _JzCasesSection {
  JzSection parent_instance;

  /* Template children */
  GtkSearchEntry *search;
  GtkToggleButton *mine;
  GtkToggleButton *section;
  GtkToggleButton *overdue;
  GtkBox *groups;
  GtkDropDown *place;
  GtkMenuButton *new_button;
  GtkLabel *gathering;
  JzRowView *view;

  GtkToggleButton *group_buttons[JZ_CASE_N_GROUPS];
  GCancellable *cancellable;
  char *text;
  char *own_section; /* of whoever is signed in */
  gboolean is_refreshing;
  gboolean must_refresh;
  gboolean wants_focus; /* as soon as there are rows: then typing looks for a case */
};

G_DEFINE_FINAL_TYPE (JzCasesSection, jz_cases_section, JZ_TYPE_SECTION)

/* NULL where nothing is filtered, so that an empty list can say so. */
static JzJson *
new_filter (JzCasesSection *self)
{
  JzOfficeClient *client = jz_section_get_client (JZ_SECTION (self));
  g_autoptr (JzJson) filter = jz_json_new_object ();
  guint place = gtk_drop_down_get_selected (self->place);
  gint64 groups = 0;

  for (guint i = 0; i < JZ_CASE_N_GROUPS; i++)
    if (gtk_toggle_button_get_active (self->group_buttons[i]))
      groups |= (gint64)1 << i;
  if (groups != 0)
    jz_json_set_integer (filter, "groups", groups);
  if (place > 0 && place != GTK_INVALID_LIST_POSITION)
    jz_json_set_integer (filter, "places", (gint64)1 << (place - 1));
  if (gtk_toggle_button_get_active (self->mine))
    jz_json_set_text (filter, "person", jz_office_client_get_person (client));
  if (gtk_toggle_button_get_active (self->section) && self->own_section != NULL)
    jz_json_set_text (filter, "section", self->own_section);
  if (gtk_toggle_button_get_active (self->overdue))
    jz_json_set_boolean (filter, "overdue", TRUE);
  if (self->text != NULL && self->text[0] != '\0')
    jz_json_set_text (filter, "text", self->text);
  return jz_json_get_n_items (filter) > 0 ? g_steal_pointer (&filter) : NULL;
}

static void
update_filter (JzCasesSection *self)
{
  g_autoptr (JzJson) filter = NULL;

  if (jz_row_view_get_model (self->view) == NULL)
    return;
  filter = new_filter (self);
  jz_row_view_set_filter (self->view, filter);
}

static void
on_search (JzCasesSection *self, const char *text)
{
  g_free (self->text);
  self->text = g_strstrip (g_strdup (text));
  update_filter (self);
}

/* What a step of bringing the rows up to date came to. */
typedef struct {
  gboolean is_complete;
  gboolean has_changed;
  char *own_section;
} Step;

static void
step_free (gpointer data)
{
  Step *self = data;

  g_free (self->own_section);
  g_free (self);
}

typedef struct {
  JzCaseRows *rows;
  char *person;
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
refresh_in_thread (JzOffice *office,
                   JzConnection *reader,
                   gpointer data,
                   GCancellable *cancellable,
                   GError **error)
{
  const Question *question = data;
  Step *step = g_new0 (Step, 1);

  if (jz_case_rows_refresh (question->rows, reader, STEP_MS, &step->is_complete, &step->has_changed,
                            cancellable, error) &&
      jz_case_rows_get_section (reader, question->person, &step->own_section, error))
    return step;
  step_free (step);
  return NULL;
}

static void refresh (JzCasesSection *self);

static void
take_section (JzCasesSection *self, char *section)
{
  g_free (self->own_section);
  self->own_section = section;
  gtk_widget_set_visible (GTK_WIDGET (self->section), section != NULL && section[0] != '\0');
}

static void
take_focus (JzCasesSection *self)
{
  JzRowModel *model = jz_row_view_get_model (self->view);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  /* Whoever types already keeps the focus. */
  if (root != NULL && GTK_IS_EDITABLE (gtk_root_get_focus (root)))
    self->wants_focus = FALSE;
  if (!self->wants_focus || model == NULL || g_list_model_get_n_items (G_LIST_MODEL (model)) == 0 ||
      !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  self->wants_focus = !gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

static void
show_list (JzCasesSection *self)
{
  JzOfficeClient *client = jz_section_get_client (JZ_SECTION (self));
  g_autoptr (JzRowModel) model = NULL;
  g_autoptr (GVariant) layout = NULL;

  if (jz_row_view_get_model (self->view) != NULL)
    return;
  layout = jz_window_settings_dup_layout (LAYOUT);
  if (layout != NULL)
    jz_row_view_set_layout (self->view, layout);
  model = jz_case_source_new_model (client);
  jz_row_view_set_model (self->view, model);
  g_signal_connect_object (model, "notify::is-loading", G_CALLBACK (take_focus), self,
                           G_CONNECT_SWAPPED);
}

static void
on_refreshed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (JzCasesSection) self = data;
  g_autoptr (GError) error = NULL;
  Step *step = jz_office_client_read_finish (JZ_OFFICE_CLIENT (source), result, &error);
  gboolean must_go_on;

  self->is_refreshing = FALSE;
  if (step == NULL) {
    jz_show_error (GTK_WIDGET (self), error);
    return;
  }
  take_section (self, g_steal_pointer (&step->own_section));
  /* Before that it would say that there are no cases. */
  show_list (self);
  gtk_widget_set_visible (GTK_WIDGET (self->gathering), !step->is_complete);
  if (step->has_changed && jz_row_view_get_model (self->view) != NULL)
    jz_row_model_reload (jz_row_view_get_model (self->view));
  must_go_on = !step->is_complete || self->must_refresh;
  step_free (step);
  if (must_go_on)
    refresh (self);
}

static void
refresh (JzCasesSection *self)
{
  JzOfficeClient *client = jz_section_get_client (JZ_SECTION (self));
  Question *question;

  self->must_refresh = self->is_refreshing;
  if (self->is_refreshing || !jz_office_client_is_signed_in (client))
    return;
  self->is_refreshing = TRUE;
  question = g_new0 (Question, 1);
  question->rows = jz_case_rows_ref (jz_client_get_case_rows (client));
  question->person = g_strdup (jz_office_client_get_person (client));
  jz_office_client_read_async (client, refresh_in_thread, question, question_free, step_free,
                               self->cancellable, on_refreshed, g_object_ref (self));
}

static void
jz_cases_section_go (JzSection *section, const char *const *path)
{
  JzCasesSection *self = JZ_CASES_SECTION (section);

  self->wants_focus = TRUE;
  take_focus (self);
}

static void
jz_cases_section_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (jz_cases_section_parent_class)->map (widget);
  take_focus (JZ_CASES_SECTION (widget));
}

static void
show_menu (JzCasesSection *self)
{
  g_autoptr (GMenuModel) menu = jz_new_case_new_menu (jz_section_get_client (JZ_SECTION (self)));

  gtk_menu_button_set_menu_model (self->new_button, menu);
  gtk_widget_set_visible (GTK_WIDGET (self->new_button), menu != NULL);
}

static void
jz_cases_section_refresh (JzSection *section)
{
  JzCasesSection *self = JZ_CASES_SECTION (section);

  if (jz_section_get_client (section) == NULL)
    return;
  if (jz_row_view_get_model (self->view) == NULL)
    show_menu (self);
  refresh (self);
}

static void
on_id_found (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (JzCasesSection) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *id = jz_office_client_read_finish (JZ_OFFICE_CLIENT (source), result, &error);
  g_autofree char *place = NULL;

  if (id == NULL) {
    jz_show_error (GTK_WIDGET (self), error);
    return;
  }
  place = g_strdup_printf ("cases/%s", id);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.go", "s", place);
}

static gpointer
find_id (JzOffice *office,
         JzConnection *reader,
         gpointer data,
         GCancellable *cancellable,
         GError **error)
{
  return jz_case_rows_find_id (reader, *(const gint64 *)data, error);
}

static void
on_activate_row (JzCasesSection *self, gint64 key)
{
  jz_office_client_read_async (jz_section_get_client (JZ_SECTION (self)), find_id,
                               g_memdup2 (&key, sizeof key), g_free, g_free, self->cancellable,
                               on_id_found, g_object_ref (self));
}

static void
on_layout_changed (JzCasesSection *self)
{
  jz_window_settings_keep_layout (LAYOUT, jz_row_view_get_layout (self->view));
}

static void
export_list (GtkWidget *widget, const char *action, GVariant *parameter)
{
  JzCasesSection *self = JZ_CASES_SECTION (widget);

  jz_row_view_export (self->view, jz_section_get_client (JZ_SECTION (self)), _ ("Cases"));
}

static void
make_new (GtkWidget *widget, const char *action, GVariant *parameter)
{
  jz_new_case_present (widget, jz_section_get_client (JZ_SECTION (widget)),
                       g_variant_get_string (parameter, NULL));
}

static void
show_new_menu (GtkWidget *widget, const char *action, GVariant *parameter)
{
  JzCasesSection *self = JZ_CASES_SECTION (widget);

  if (gtk_widget_get_visible (GTK_WIDGET (self->new_button)))
    gtk_menu_button_popup (self->new_button);
}

static void
find (GtkWidget *widget, const char *action, GVariant *parameter)
{
  gtk_widget_grab_focus (GTK_WIDGET (JZ_CASES_SECTION (widget)->search));
}

static void
clear_filters (GtkWidget *widget, const char *action, GVariant *parameter)
{
  JzCasesSection *self = JZ_CASES_SECTION (widget);

  for (guint i = 0; i < JZ_CASE_N_GROUPS; i++)
    gtk_toggle_button_set_active (self->group_buttons[i], FALSE);
  gtk_toggle_button_set_active (self->mine, FALSE);
  gtk_toggle_button_set_active (self->section, FALSE);
  gtk_toggle_button_set_active (self->overdue, FALSE);
  gtk_drop_down_set_selected (self->place, 0);
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
}

static gboolean
jz_cases_section_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (JZ_CASES_SECTION (widget)->view));
}

static void
jz_cases_section_dispose (GObject *object)
{
  JzCasesSection *self = JZ_CASES_SECTION (object);

  g_cancellable_cancel (self->cancellable);
  gtk_widget_dispose_template (GTK_WIDGET (self), JZ_TYPE_CASES_SECTION);
  G_OBJECT_CLASS (jz_cases_section_parent_class)->dispose (object);
}

static void
jz_cases_section_finalize (GObject *object)
{
  JzCasesSection *self = JZ_CASES_SECTION (object);

  g_object_unref (self->cancellable);
  g_free (self->text);
  g_free (self->own_section);
  G_OBJECT_CLASS (jz_cases_section_parent_class)->finalize (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, JzCasesSection, search);
  gtk_widget_class_bind_template_child (widget_class, JzCasesSection, mine);
  gtk_widget_class_bind_template_child (widget_class, JzCasesSection, section);
  gtk_widget_class_bind_template_child (widget_class, JzCasesSection, overdue);
  gtk_widget_class_bind_template_child (widget_class, JzCasesSection, groups);
  gtk_widget_class_bind_template_child (widget_class, JzCasesSection, place);
  gtk_widget_class_bind_template_child (widget_class, JzCasesSection, new_button);
  gtk_widget_class_bind_template_child (widget_class, JzCasesSection, gathering);
  gtk_widget_class_bind_template_child (widget_class, JzCasesSection, view);
  gtk_widget_class_bind_template_callback (widget_class, update_filter);
  gtk_widget_class_bind_template_callback (widget_class, on_search);
  gtk_widget_class_bind_template_callback (widget_class, on_activate_row);
  gtk_widget_class_bind_template_callback (widget_class, on_layout_changed);
}

static void
jz_cases_section_class_init (JzCasesSectionClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = jz_cases_section_dispose;
  G_OBJECT_CLASS (klass)->finalize = jz_cases_section_finalize;
  widget_class->grab_focus = jz_cases_section_grab_focus;
  widget_class->map = jz_cases_section_map;
  JZ_SECTION_CLASS (klass)->go = jz_cases_section_go;
  JZ_SECTION_CLASS (klass)->refresh = jz_cases_section_refresh;
  g_type_ensure (JZ_TYPE_ROW_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/juanzong/app/cases_section.ui");
  bind_children (widget_class);
  gtk_widget_class_install_action (widget_class, "cases.export", NULL, export_list);
  gtk_widget_class_install_action (widget_class, "cases.new", "s", make_new);
  gtk_widget_class_install_action (widget_class, "cases.show-new", NULL, show_new_menu);
  gtk_widget_class_install_action (widget_class, "cases.find", NULL, find);
  gtk_widget_class_install_action (widget_class, "cases.clear-filters", NULL, clear_filters);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_e, GDK_CONTROL_MASK, "cases.export",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_n, GDK_CONTROL_MASK, "cases.show-new",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_f, GDK_CONTROL_MASK, "cases.find",
                                       NULL);
}

static GtkWidget *
new_empty_button (void)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (_ ("_Register a Lead"));

  gtk_widget_set_halign (button, GTK_ALIGN_CENTER);
  gtk_actionable_set_detailed_action_name (GTK_ACTIONABLE (button), "cases.new('lead.register')");
  gtk_widget_add_css_class (button, "pill");
  gtk_widget_add_css_class (button, "suggested-action");
  return button;
}

static void
jz_cases_section_init (JzCasesSection *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  for (guint i = 0; i < JZ_CASE_N_GROUPS; i++) {
    GtkWidget *button = gtk_toggle_button_new_with_label (jz_case_group_word ((JzCaseGroup)i));
    self->group_buttons[i] = GTK_TOGGLE_BUTTON (button);
    gtk_box_append (self->groups, button);
    g_signal_connect_swapped (button, "toggled", G_CALLBACK (update_filter), self);
  }
  jz_row_view_set_columns (self->view, _ ("Cases"), jz_case_columns,
                           G_N_ELEMENTS (jz_case_columns));
  jz_row_view_set_search_entry (self->view, self->search);
  jz_row_view_set_empty (self->view, "juanzong-cases-symbolic", _ ("There are no cases yet"),
                         _ ("Register a lead, or take over a case that runs on paper."),
                         new_empty_button ());
}
