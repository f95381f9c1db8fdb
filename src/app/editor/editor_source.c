/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>

#include "app/editor/editor_page-private.h"
#include "app/messages.h"
#include "office/value_source.h"

/* Where this comes from (ux.md §5): said beside the value that was asked about. */

static GtkWidget *
new_line (const char *text, const char *style)
{
  GtkWidget *label = gtk_label_new (text);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 36);
  /* So that it has the focus, is read aloud, and can be copied. */
  gtk_label_set_selectable (GTK_LABEL (label), style == NULL);
  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  return label;
}

static void
show_lines (JzEditorPage *self, const char *path, const JzJson *lines)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  JzFieldPath where;
  if (!jz_field_path_parse (self->view->form, path, &where))
    return;
  g_autofree char *name = jz_field_path_dup_label (&where);
  /* Translators: name of a field. */
  g_autofree char *title = g_strdup_printf (_ ("%s: where this comes from"), name);
  gtk_box_append (GTK_BOX (box), new_line (title, "heading"));
  for (guint i = 0; i < jz_json_get_n_items (lines); i++)
    gtk_box_append (GTK_BOX (box), new_line (jz_json_get_text (jz_json_get_item (lines, i)), NULL));
  jz_paper_pop_up (self->paper, path, box);
}

static void
on_explained (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (JzEditorPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_object_steal_data (G_OBJECT (self), "explained");
  g_autoptr (JzJson) lines =
    jz_office_client_read_finish (JZ_OFFICE_CLIENT (source), result, &error);
  if (lines != NULL && self->view != NULL && path != NULL)
    show_lines (self, path, lines);
  else if (lines == NULL)
    jz_show_error (GTK_WIDGET (self), error);
}

static gpointer
explain (JzOffice *office,
         JzConnection *reader,
         gpointer data,
         GCancellable *cancellable,
         GError **error)
{
  const JzEditorQuestion *question = data;
  return jz_value_source_explain (office, reader, question->document, question->about,
                                  question->values, error);
}

static void
ask (GtkWidget *widget, const char *name, GVariant *parameter)
{
  JzEditorPage *self = JZ_EDITOR_PAGE (widget);
  const char *path =
    parameter != NULL ? g_variant_get_string (parameter, NULL) : jz_paper_get_path (self->paper);
  if (path == NULL || self->typing == NULL || self->view == NULL)
    return;
  g_object_set_data_full (G_OBJECT (self), "explained", g_strdup (path), g_free);
  jz_editor_ask (self, explain, path, on_explained);
}

void
jz_editor_install_source (GtkWidgetClass *klass)
{
  gtk_widget_class_install_action (klass, "editor.source", NULL, ask);
  gtk_widget_class_install_action (klass, "editor.source-of", "s", ask);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_F1, GDK_SHIFT_MASK, "editor.source", NULL);
}
