/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/recordings/recording_views.h"

#include <glib/gi18n-lib.h>

/* As places have them, and as people do. */
static const struct {
  const char *place;
  const char *label;
} views[] = {
  [JZ_RECORDING_VIEW_ALL] = { "all", NC_ ("recordings", "All") },
  [JZ_RECORDING_VIEW_UNASSIGNED] = { "unassigned", NC_ ("recordings", "Show no step") },
  [JZ_RECORDING_VIEW_LATE] = { "late", NC_ ("recordings", "Stored late") },
  [JZ_RECORDING_VIEW_OWED] = { "owed", NC_ ("recordings", "Owed and missing") },
  [JZ_RECORDING_DEVICES] = { "devices", NC_ ("recordings", "Devices") },
};

static const char *
get_label (guint view)
{
  return g_dpgettext2 (GETTEXT_PACKAGE, "recordings", views[view].label);
}

/**
 * jz_recording_views_fill:
 * @box: where they stand
 * @chips: (out caller-allocates) (array fixed-size=5): gets them; the first one is pressed
 */
void
jz_recording_views_fill (GtkBox *box, GtkToggleButton *chips[JZ_RECORDING_N_CHIPS])
{
  for (guint i = 0; i < JZ_RECORDING_N_CHIPS; i++) {
    chips[i] = GTK_TOGGLE_BUTTON (gtk_toggle_button_new_with_label (get_label (i)));
    if (i > 0)
      gtk_toggle_button_set_group (chips[i], chips[0]);
    gtk_box_append (box, GTK_WIDGET (chips[i]));
  }
  gtk_toggle_button_set_active (chips[JZ_RECORDING_VIEW_ALL], TRUE);
}

/**
 * jz_recording_views_get_shown:
 * @chips: (array fixed-size=5): all of them
 *
 * Returns: which is pressed
 */
guint
jz_recording_views_get_shown (GtkToggleButton *const *chips)
{
  for (guint i = 0; i < JZ_RECORDING_N_CHIPS; i++)
    if (gtk_toggle_button_get_active (chips[i]))
      return i;
  return JZ_RECORDING_VIEW_ALL;
}

/**
 * jz_recording_views_show:
 * @chips: (array fixed-size=5): all of them
 * @place: what a place calls one of them; where it is none of them nothing changes
 */
void
jz_recording_views_show (GtkToggleButton *const *chips, const char *place)
{
  for (guint i = 0; i < JZ_RECORDING_N_CHIPS; i++)
    if (g_str_equal (place, views[i].place))
      gtk_toggle_button_set_active (chips[i], TRUE);
}

/**
 * jz_recording_views_count:
 * @chips: (array fixed-size=5): all of them
 * @counts: (array fixed-size=4): how many each list has
 */
void
jz_recording_views_count (GtkToggleButton *const *chips, const gint64 *counts)
{
  for (guint i = 0; i < JZ_RECORDING_N_VIEWS; i++) {
    g_autofree char *label = g_strdup_printf ("%s %lld", get_label (i), (long long)counts[i]);
    gtk_button_set_label (GTK_BUTTON (chips[i]), label);
  }
}
