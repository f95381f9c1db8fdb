/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/editor/picker.h"

#include <string.h>

#include "app/list_keys.h"
#include "base/half_width.h"

#define MOST_SHOWN 200

struct _JzPicker {
  GtkWidget parent_instance;
  GtkWidget *card;
  GtkLabel *title;
  GtkEditable *entry;
  GtkListBox *list;
  GtkLabel *nothing;

  JzJson *rows;  /* (nullable) */
  JzJson *shown; /* (nullable) */
  JzPickerFind find;
};

enum { PICKED, CLOSED, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (JzPicker, jz_picker, GTK_TYPE_WIDGET)

static gboolean
has_words (const JzJson *row, char **words)
{
  g_autofree char *text =
    g_strdup_printf ("%s %s", jz_json_read_text (row, "title"), jz_json_read_text (row, "detail"));
  g_autofree char *narrow = jz_half_width_dup (text);
  g_autofree char *folded = g_utf8_casefold (narrow, -1);
  for (guint i = 0; words[i] != NULL; i++)
    if (strstr (folded, words[i]) == NULL)
      return FALSE;
  return TRUE;
}

/* Every word that was typed stands in the row. */
static JzJson *
find_words (const JzJson *rows, const char *typed)
{
  g_autofree char *narrow = jz_half_width_dup (typed);
  g_autofree char *folded = g_utf8_casefold (narrow, -1);
  g_auto (GStrv) words = g_strsplit_set (g_strstrip (folded), " ", -1);
  JzJson *found = jz_json_new_array ();
  for (guint i = 0; i < jz_json_get_n_items (rows); i++)
    if (has_words (jz_json_get_item (rows, i), words))
      jz_json_append (found, jz_json_ref (jz_json_get_item (rows, i)));
  return found;
}

static GtkWidget *
new_label (const char *text, const char *style)
{
  GtkWidget *label = gtk_label_new (text);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_lines (GTK_LABEL (label), 2);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  return label;
}

static GtkWidget *
new_row (const JzJson *row)
{
  static const struct {
    const char *name;
    const char *style;
  } parts[] = { { "title", NULL }, { "detail", "dim-label" }, { "warning", "warning" } };
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *widget = gtk_list_box_row_new ();
  g_autoptr (GString) name = g_string_new (NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++) {
    const char *text = jz_json_read_text (row, parts[i].name);
    if (*text == '\0')
      continue;
    gtk_box_append (GTK_BOX (box), new_label (text, parts[i].style));
    g_string_append_printf (name, "%s%s", name->len > 0 ? "　" : "", text);
  }
  gtk_widget_add_css_class (box, "palette-row");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (widget), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, name->str,
                                  -1);
  return widget;
}

static void
clear (JzPicker *self)
{
  GtkListBoxRow *row;
  while ((row = gtk_list_box_get_row_at_index (self->list, 0)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
}

static void
show_found (JzPicker *self)
{
  JzJson *found = self->find (self->rows, gtk_editable_get_text (self->entry));
  guint n = MIN (jz_json_get_n_items (found), MOST_SHOWN);
  g_clear_pointer (&self->shown, jz_json_unref);
  self->shown = found;
  clear (self);
  for (guint i = 0; i < n; i++)
    gtk_list_box_append (self->list, new_row (jz_json_get_item (found, i)));
  gtk_widget_set_visible (GTK_WIDGET (self->nothing), n == 0);
  gtk_list_box_select_row (self->list, gtk_list_box_get_row_at_index (self->list, 0));
}

/* What an input method is composing is not in the text yet. */
static void
on_changed (JzPicker *self)
{
  if (self->rows != NULL)
    show_found (self);
}

static void
pick (JzPicker *self, GtkListBoxRow *row)
{
  const JzJson *picked = jz_json_get_item (self->shown, (guint)gtk_list_box_row_get_index (row));
  g_autoptr (JzJson) kept = jz_json_ref (picked);
  jz_picker_close (self);
  g_signal_emit (self, signals[PICKED], 0, kept);
}

static void
on_enter (JzPicker *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);
  if (row != NULL)
    pick (self, row);
  else
    gtk_widget_error_bell (GTK_WIDGET (self));
}

static void
on_row_activated (JzPicker *self, GtkListBoxRow *row)
{
  pick (self, row);
}

/* After the input method, which leaves by the same key. */
static gboolean
on_key (GtkEventControllerKey *controller,
        guint key,
        guint code,
        GdkModifierType modifiers,
        JzPicker *self)
{
  if (key != GDK_KEY_Escape)
    return GDK_EVENT_PROPAGATE;
  jz_picker_close (self);
  return GDK_EVENT_STOP;
}

static void
on_close (JzPicker *self)
{
  jz_picker_close (self);
}

static void
jz_picker_dispose (GObject *object)
{
  JzPicker *self = JZ_PICKER (object);
  g_clear_pointer (&self->rows, jz_json_unref);
  g_clear_pointer (&self->shown, jz_json_unref);
  gtk_widget_dispose_template (GTK_WIDGET (self), JZ_TYPE_PICKER);
  G_OBJECT_CLASS (jz_picker_parent_class)->dispose (object);
}

static void
jz_picker_class_init (JzPickerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = jz_picker_dispose;
  signals[PICKED] = g_signal_new ("picked", JZ_TYPE_PICKER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[CLOSED] =
    g_signal_new ("closed", JZ_TYPE_PICKER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/juanzong/app/picker.ui");
  gtk_widget_class_bind_template_child (widget_class, JzPicker, card);
  gtk_widget_class_bind_template_child (widget_class, JzPicker, title);
  gtk_widget_class_bind_template_child (widget_class, JzPicker, entry);
  gtk_widget_class_bind_template_child (widget_class, JzPicker, list);
  gtk_widget_class_bind_template_child (widget_class, JzPicker, nothing);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_enter);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_close);
}

static void
jz_picker_init (JzPicker *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key), self);
  gtk_widget_add_controller (GTK_WIDGET (self->entry), keys);
  jz_list_follow_keys (self->list, GTK_WIDGET (self->entry));
}

/**
 * jz_picker_open:
 * @self: a picker
 * @title: what is chosen here
 * @nothing: said where there is nothing to choose
 * @rows: (transfer full): all there is
 * @find: (nullable): which of it is shown; %NULL for rows that have every word that is typed
 */
void
jz_picker_open (JzPicker *self,
                const char *title,
                const char *nothing,
                JzJson *rows,
                JzPickerFind find)
{
  g_return_if_fail (JZ_IS_PICKER (self));

  g_clear_pointer (&self->rows, jz_json_unref);
  gtk_editable_set_text (self->entry, "");
  self->rows = rows;
  self->find = find != NULL ? find : find_words;
  gtk_label_set_label (self->title, title);
  gtk_label_set_label (self->nothing, nothing);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, title,
                                  -1);
  show_found (self);
  gtk_widget_set_visible (self->card, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
}

/**
 * jz_picker_close:
 * @self: a picker
 */
void
jz_picker_close (JzPicker *self)
{
  g_return_if_fail (JZ_IS_PICKER (self));

  if (!jz_picker_is_open (self))
    return;
  gtk_widget_set_visible (self->card, FALSE);
  g_signal_emit (self, signals[CLOSED], 0);
}

/**
 * jz_picker_is_open:
 * @self: a picker
 *
 * Returns: whether it is seen
 */
gboolean
jz_picker_is_open (JzPicker *self)
{
  g_return_val_if_fail (JZ_IS_PICKER (self), FALSE);

  return self->card != NULL && gtk_widget_get_visible (self->card);
}
