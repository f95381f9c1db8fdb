/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/appearance.h"

#include <adwaita.h>

#include "app/window_settings.h"

/* Pixels an inch where the display does not say, in the 1024th parts that GTK has them in. */
#define USUAL_DPI (96 * 1024)

/* The display's own, before we changed it. */
static int
get_own_dpi (GtkSettings *settings)
{
  static int own;

  if (own == 0)
    g_object_get (settings, "gtk-xft-dpi", &own, NULL);
  return own > 0 ? own : USUAL_DPI;
}

/* All sizes of type go by the pixels of an inch; the pages have sizes of their own. */
static void
on_type_size_changed (GSettings *settings)
{
  GtkSettings *display = gtk_settings_get_default ();
  int percent = g_settings_get_enum (settings, "type-size");

  if (display != NULL)
    g_object_set (display, "gtk-xft-dpi", get_own_dpi (display) / 100 * percent, NULL);
}

static void
on_colours_changed (GSettings *settings)
{
  static const AdwColorScheme schemes[] = { ADW_COLOR_SCHEME_DEFAULT, ADW_COLOR_SCHEME_FORCE_LIGHT,
                                            ADW_COLOR_SCHEME_FORCE_DARK };
  guint colours = (guint)g_settings_get_enum (settings, "colours");

  if (colours < G_N_ELEMENTS (schemes))
    adw_style_manager_set_color_scheme (adw_style_manager_get_default (), schemes[colours]);
}

/**
 * jz_appearance_follow_settings:
 *
 * Shows every window in the size of type and the colours that the person has chosen, now and
 * whenever that changes (ux §1.10: at 200 % type size).
 */
void
jz_appearance_follow_settings (void)
{
  GSettings *settings = jz_window_settings_get (NULL);

  if (settings == NULL)
    return;
  g_signal_connect (settings, "changed::type-size", G_CALLBACK (on_type_size_changed), NULL);
  g_signal_connect (settings, "changed::colours", G_CALLBACK (on_colours_changed), NULL);
  if (g_settings_get_user_value (settings, "type-size") != NULL)
    on_type_size_changed (settings);
  on_colours_changed (settings);
}

/**
 * jz_appearance_get_type_percent:
 *
 * Returns: the size of type that is seen now, of the usual one
 */
int
jz_appearance_get_type_percent (void)
{
  int dpi = 0;

  g_object_get (gtk_settings_get_default (), "gtk-xft-dpi", &dpi, NULL);
  return dpi > 0 ? (int)((gint64)dpi * 100 / USUAL_DPI) : 100;
}
