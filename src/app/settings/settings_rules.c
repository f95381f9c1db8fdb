/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include <glib/gi18n-lib.h>

#include "app/settings/settings_pages.h"
#include "app/words.h"

/* Rules, forms and calendar that the bureau adopted, and how new ones come in. */

static const struct {
  const char *kind;
  const char *title;
} kinds[] = {
  { "rulebook", N_ ("Rules") },
  { "forms", N_ ("Forms") },
  { "calendar", N_ ("Calendar") },
};

static void
add_adopted (const JzSettingsView *view, AdwPreferencesGroup *group, const char *kind)
{
  guint n_rows = 0;

  for (guint i = 0; i < view->data->adopted->len; i++) {
    const JzAdopted *adopted = g_ptr_array_index (view->data->adopted, i);
    g_autofree char *day = jz_words_dup_day (adopted->in_force);
    g_autofree char *time = jz_words_dup_moment (adopted->time);
    g_autofree char *title = g_strdup_printf (_ ("in force from %s"), day);
    g_autofree char *text = NULL;
    if (strcmp (adopted->kind, kind) != 0)
      continue;
    text = g_strdup_printf (_ ("adopted on %1$s, confirmed by %2$s: %3$s"), time, adopted->person,
                            adopted->reason != NULL ? adopted->reason : "");
    jz_settings_add_row (group, title, text);
    n_rows++;
  }
  if (n_rows == 0)
    jz_settings_add_row (group, _ ("not adopted yet"), NULL);
}

/**
 * jz_settings_fill_rules:
 * @view: what is to be filled
 */
void
jz_settings_fill_rules (const JzSettingsView *view)
{
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++) {
    AdwPreferencesGroup *group = jz_settings_add_group (view, _ (kinds[i].title), NULL);
    GtkWidget *button = gtk_button_new_with_mnemonic (_ ("_Propose…"));
    gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", kinds[i].kind);
    gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "settings.adopt");
    gtk_widget_set_visible (
      button, jz_office_client_has_role (view->client, "review_head|section_head|head"));
    adw_preferences_group_set_header_suffix (group, button);
    if (strcmp (kinds[i].kind, "calendar") == 0 && !view->data->has_next_year) {
      AdwActionRow *row = jz_settings_add_row (
        group, _ ("The holidays of the next year are not in the calendar yet."),
        _ (
          "They are announced in November. Until they are adopted, limits that reach into the next "
          "year are marked as presumed."));
      adw_action_row_set_icon_name (row, "dialog-warning-symbolic");
    }
    add_adopted (view, group, kinds[i].kind);
  }
}
