/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "app/editor/editor_page-private.h"
#include "app/editor/editor_settings.h"

/* How large the page is shown. */

#define ZOOM_STEP 1.15

static void
zoom (GtkWidget *widget, const char *name, GVariant *parameter)
{
  JzEditorPage *self = JZ_EDITOR_PAGE (widget);
  double now = jz_paper_get_zoom (self->paper);
  if (strcmp (name, "editor.zoom-fit") == 0)
    jz_paper_set_zoom (self->paper, 0);
  else
    jz_paper_set_zoom (self->paper,
                       strcmp (name, "editor.zoom-in") == 0 ? now * ZOOM_STEP : now / ZOOM_STEP);
  jz_editor_settings_keep_zoom (jz_paper_get_asked_zoom (self->paper));
}

void
jz_editor_install_zoom (GtkWidgetClass *klass)
{
  static const struct {
    const char *name;
    guint key;
    GdkModifierType state;
  } actions[] = {
    { "editor.zoom-in", GDK_KEY_plus, GDK_CONTROL_MASK },
    { "editor.zoom-in", GDK_KEY_equal, GDK_CONTROL_MASK },
    { "editor.zoom-out", GDK_KEY_minus, GDK_CONTROL_MASK },
    { "editor.zoom-fit", GDK_KEY_0, GDK_CONTROL_MASK },
  };
  gtk_widget_class_install_action (klass, "editor.zoom-in", NULL, zoom);
  gtk_widget_class_install_action (klass, "editor.zoom-out", NULL, zoom);
  gtk_widget_class_install_action (klass, "editor.zoom-fit", NULL, zoom);
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_add_binding_action (klass, actions[i].key, actions[i].state, actions[i].name,
                                         NULL);
}
