/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/preferences.h"

#include "app/window_settings.h"

struct _JzPreferences {
  AdwPreferencesWindow parent_instance;

  AdwComboRow *type_size;
  AdwComboRow *colours;
  GtkSwitch *restore_place;
  GtkSwitch *continuous;
};

G_DEFINE_FINAL_TYPE (JzPreferences, jz_preferences, ADW_TYPE_PREFERENCES_WINDOW)

/* In the order of the row. */
static const char *const type_sizes[] = { "normal", "large", "larger", "largest" };
static const char *const colours[] = { "system", "light", "dark" };

static void
select_row (AdwComboRow *row, const char *key, const char *const *names, guint n_names)
{
  g_autofree char *value = g_settings_get_string (jz_window_settings_get (NULL), key);

  for (guint i = 0; i < n_names; i++)
    if (g_str_equal (value, names[i]))
      adw_combo_row_set_selected (row, i);
}

static void
keep_row (AdwComboRow *row, const char *key, const char *const *names, guint n_names)
{
  guint selected = adw_combo_row_get_selected (row);
  GSettings *settings = jz_window_settings_get (NULL);

  if (selected < n_names)
    g_settings_set_string (settings, key, names[selected]);
}

static void
on_type_size_selected (JzPreferences *self)
{
  keep_row (self->type_size, "type-size", type_sizes, G_N_ELEMENTS (type_sizes));
}

static void
on_colours_selected (JzPreferences *self)
{
  keep_row (self->colours, "colours", colours, G_N_ELEMENTS (colours));
}

static void
jz_preferences_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), JZ_TYPE_PREFERENCES);
  G_OBJECT_CLASS (jz_preferences_parent_class)->dispose (object);
}

static void
jz_preferences_class_init (JzPreferencesClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = jz_preferences_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/juanzong/app/preferences.ui");
  gtk_widget_class_bind_template_child (widget_class, JzPreferences, type_size);
  gtk_widget_class_bind_template_child (widget_class, JzPreferences, colours);
  gtk_widget_class_bind_template_child (widget_class, JzPreferences, restore_place);
  gtk_widget_class_bind_template_child (widget_class, JzPreferences, continuous);
}

static void
jz_preferences_init (JzPreferences *self)
{
  GSettings *settings = jz_window_settings_get (NULL);

  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_sensitive (GTK_WIDGET (self), settings != NULL);
  if (settings == NULL)
    return;
  select_row (self->type_size, "type-size", type_sizes, G_N_ELEMENTS (type_sizes));
  select_row (self->colours, "colours", colours, G_N_ELEMENTS (colours));
  /* From here on: the rows have selected their first by themselves before. */
  g_signal_connect_object (self->type_size, "notify::selected", G_CALLBACK (on_type_size_selected),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->colours, "notify::selected", G_CALLBACK (on_colours_selected),
                           self, G_CONNECT_SWAPPED);
  jz_window_settings_bind (NULL, "restore-place", self->restore_place, "active");
  jz_window_settings_bind ("editor", "continuous", self->continuous, "active");
}

/**
 * jz_preferences_show:
 * @parent: a window
 *
 * Lets a person choose how the window looks and behaves; each choice holds at once.
 */
void
jz_preferences_show (GtkWindow *parent)
{
  gtk_window_present (
    g_object_new (JZ_TYPE_PREFERENCES, "transient-for", parent, "modal", TRUE, NULL));
}
