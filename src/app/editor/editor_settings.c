/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/editor/editor_settings.h"

#include <math.h>

#include "app/window_settings.h"

#define PART "editor"
/* A page is as large as on paper where an inch has 96 pixels; it has 72 points. */
#define FULL_SIZE (96.0 / 72.0)
#define GREATEST 450
/* For the party, for the file and for the stub (ux.md §6). */
#define COPIES 3
#define MOST_COPIES 99

/**
 * jz_editor_settings_get:
 * @key: “left-drawer”, “right-drawer” or “continuous”
 * @otherwise: what holds where no settings are kept
 *
 * Returns: whether it is to be open, or on
 */
gboolean
jz_editor_settings_get (const char *key, gboolean otherwise)
{
  GSettings *settings = jz_window_settings_get (PART);

  return settings != NULL ? g_settings_get_boolean (settings, key) : otherwise;
}

/**
 * jz_editor_settings_keep:
 * @key: as of jz_editor_settings_get()
 * @value: whether the person has opened it, or switched it on
 */
void
jz_editor_settings_keep (const char *key, gboolean value)
{
  GSettings *settings = jz_window_settings_get (PART);

  if (settings != NULL)
    g_settings_set_boolean (settings, key, value);
}

/**
 * jz_editor_settings_get_zoom:
 *
 * Returns: how many pixels a point is to have; 0 for as wide as there is room
 */
double
jz_editor_settings_get_zoom (void)
{
  GSettings *settings = jz_window_settings_get (PART);

  return settings != NULL ? g_settings_get_int (settings, "zoom") * FULL_SIZE / 100 : 0;
}

/**
 * jz_editor_settings_keep_zoom:
 * @pixels: how many pixels a point has now; 0 for as wide as there is room
 */
void
jz_editor_settings_keep_zoom (double pixels)
{
  GSettings *settings = jz_window_settings_get (PART);
  int percent = (int)lround (pixels / FULL_SIZE * 100);

  if (settings != NULL)
    g_settings_set_int (settings, "zoom", CLAMP (percent, 0, GREATEST));
}

/**
 * jz_editor_settings_dup_printer:
 *
 * Returns: (transfer full): name of the printer that was used last; "" for none
 */
char *
jz_editor_settings_dup_printer (void)
{
  GSettings *settings = jz_window_settings_get (PART);

  return settings != NULL ? g_settings_get_string (settings, "printer") : g_strdup ("");
}

/**
 * jz_editor_settings_get_copies:
 *
 * Returns: how many copies of a final document are printed where nobody says otherwise
 */
int
jz_editor_settings_get_copies (void)
{
  GSettings *settings = jz_window_settings_get (PART);

  return settings != NULL ? g_settings_get_int (settings, "copies") : COPIES;
}

/**
 * jz_editor_settings_keep_printer:
 * @name: the printer that is used
 * @copies: how many copies of a final document; 0 leaves that as it was
 */
void
jz_editor_settings_keep_printer (const char *name, int copies)
{
  GSettings *settings = jz_window_settings_get (PART);

  g_return_if_fail (name != NULL);

  if (settings == NULL)
    return;
  g_settings_set_string (settings, "printer", name);
  if (copies > 0)
    g_settings_set_int (settings, "copies", MIN (copies, MOST_COPIES));
}
