/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/start/fonts_group.h"

#include <glib/gi18n-lib.h>

#include "pages/faces.h"

static const struct {
  JzFaceRole role;
  const char *use;
} faces_used[] = {
  { JZ_FACE_TITLE, N_ ("Titles (小标宋)") },
  { JZ_FACE_BODY, N_ ("Body text (仿宋)") },
  { JZ_FACE_HEI, N_ ("First headings (黑体)") },
  { JZ_FACE_KAI, N_ ("Second headings (楷体)") },
  { JZ_FACE_SONG, N_ ("Tables and page numbers (宋体)") },
};

static void
look_up_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_task_return_pointer (task, jz_faces_new (), (GDestroyNotify)jz_faces_unref);
}

static void
add_face (AdwPreferencesGroup *group, const JzFaces *faces, gsize i)
{
  GtkWidget *row = adw_action_row_new ();
  gboolean is_official = jz_faces_is_official (faces, faces_used[i].role);
  g_autofree char *text =
    g_strdup_printf (is_official ? _ ("installed: %s") : _ ("not installed; %s stands in for it"),
                     jz_faces_get_family (faces, faces_used[i].role));

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ (faces_used[i].use));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), text);
  adw_action_row_set_icon_name (ADW_ACTION_ROW (row),
                                is_official ? "object-select-symbolic" : "dialog-warning-symbolic");
  adw_preferences_group_add (group, row);
}

static void
on_looked_up (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (JzFaces) faces = g_task_propagate_pointer (G_TASK (result), NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (faces_used); i++)
    add_face (ADW_PREFERENCES_GROUP (source), faces, i);
}

/**
 * jz_fonts_group_fill:
 * @group: an empty group
 *
 * Looks the faces up on a thread of its own, for listing all that are installed takes a while.
 */
void
jz_fonts_group_fill (AdwPreferencesGroup *group)
{
  g_autoptr (GTask) task = g_task_new (group, NULL, on_looked_up, NULL);

  g_task_run_in_thread (task, look_up_in_thread);
}
