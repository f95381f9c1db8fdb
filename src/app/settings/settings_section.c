/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/settings/settings_section.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "app/act_form.h"
#include "app/messages.h"
#include "app/settings/settings_acts.h"
#include "app/settings/settings_pages.h"
#include "app/window.h"

static const struct {
  const char *name;
  const char *title;
  void (*fill) (const JzSettingsView *view);
} pages[] = {
  { "bureau", N_ ("This bureau"), jz_settings_fill_bureau },
  { "people", N_ ("People"), jz_settings_fill_people },
  { "rules", N_ ("Rules, forms and calendar"), jz_settings_fill_rules },
  { "backup", N_ ("Backup"), jz_settings_fill_backup },
  { "printing", N_ ("Fonts and printing"), jz_settings_fill_printing },
};

struct _JzSettingsSection {
  JzSection parent_instance;

  GtkListBox *list;
  AdwBin *bin;

  GCancellable *cancellable;
  JzSettingsData *data; /* (nullable) */
  guint current;
  char *person; /* (nullable): whose page is shown */
};

G_DEFINE_FINAL_TYPE (JzSettingsSection, jz_settings_section, JZ_TYPE_SECTION)

static void
show_page (JzSettingsSection *self)
{
  AdwPreferencesPage *page = ADW_PREFERENCES_PAGE (adw_preferences_page_new ());
  const char *const path[] = { self->person, NULL };
  JzSettingsView view = {
    .page = page,
    .client = jz_section_get_client (JZ_SECTION (self)),
    .data = self->data,
    .path = path,
  };
  const JzAccount *account =
    self->person != NULL ? jz_settings_data_find_person (self->data, self->person) : NULL;

  if (account != NULL)
    jz_settings_fill_person (&view, account);
  else
    pages[self->current].fill (&view);
  adw_bin_set_child (self->bin, GTK_WIDGET (page));
  gtk_list_box_select_row (self->list,
                           gtk_list_box_get_row_at_index (self->list, (int)self->current));
}

static void
on_data_read (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (JzSettingsSection) self = data;
  g_autoptr (GError) error = NULL;
  JzSettingsData *read = jz_settings_data_read_finish (JZ_OFFICE_CLIENT (source), result, &error);

  if (read == NULL) {
    jz_show_error (GTK_WIDGET (self), error);
    return;
  }
  g_clear_pointer (&self->data, jz_settings_data_free);
  self->data = read;
  if (self->bin != NULL && jz_office_client_is_signed_in (JZ_OFFICE_CLIENT (source)))
    show_page (self);
}

static void
jz_settings_section_refresh (JzSection *section)
{
  JzSettingsSection *self = JZ_SETTINGS_SECTION (section);

  jz_settings_data_read_async (jz_section_get_client (section), self->cancellable, on_data_read,
                               g_object_ref (self));
}

static void
jz_settings_section_go (JzSection *section, const char *const *path)
{
  JzSettingsSection *self = JZ_SETTINGS_SECTION (section);

  if (path[0] == NULL)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    if (strcmp (pages[i].name, path[0]) == 0)
      self->current = i;
  g_free (self->person);
  self->person = g_strdup (path[1]);
  if (self->data != NULL)
    show_page (self);
}

static void
on_row_activated (JzSettingsSection *self, GtkListBoxRow *row)
{
  g_autofree char *place =
    g_strconcat ("settings/", pages[gtk_list_box_row_get_index (row)].name, NULL);

  gtk_widget_activate_action (GTK_WIDGET (self), "win.go", "s", place);
}

const JzSettingsData *
jz_settings_section_get_data (JzSettingsSection *self)
{
  return self->data;
}

static void
jz_settings_section_dispose (GObject *object)
{
  JzSettingsSection *self = JZ_SETTINGS_SECTION (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  gtk_widget_dispose_template (GTK_WIDGET (self), JZ_TYPE_SETTINGS_SECTION);
  G_OBJECT_CLASS (jz_settings_section_parent_class)->dispose (object);
}

static void
jz_settings_section_finalize (GObject *object)
{
  JzSettingsSection *self = JZ_SETTINGS_SECTION (object);

  g_clear_pointer (&self->data, jz_settings_data_free);
  g_free (self->person);
  G_OBJECT_CLASS (jz_settings_section_parent_class)->finalize (object);
}

static void
jz_settings_section_class_init (JzSettingsSectionClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = jz_settings_section_dispose;
  G_OBJECT_CLASS (klass)->finalize = jz_settings_section_finalize;
  JZ_SECTION_CLASS (klass)->go = jz_settings_section_go;
  JZ_SECTION_CLASS (klass)->refresh = jz_settings_section_refresh;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/juanzong/app/settings_section.ui");
  gtk_widget_class_bind_template_child (widget_class, JzSettingsSection, list);
  gtk_widget_class_bind_template_child (widget_class, JzSettingsSection, bin);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated);
  jz_settings_install_acts (widget_class);
}

static void
jz_settings_section_init (JzSettingsSection *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  for (gsize i = 0; i < G_N_ELEMENTS (pages); i++) {
    GtkWidget *label = gtk_label_new (_ (pages[i].title));
    GtkWidget *row = gtk_list_box_row_new ();
    gtk_label_set_xalign (GTK_LABEL (label), 0);
    gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), label);
    gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                    _ (pages[i].title), -1);
    gtk_list_box_append (self->list, row);
  }
}
