/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/editor/value_row.h"

#include <string.h>

#include "app/editor/parts_box.h"
#include "forms/field_text.h"

#define LONG_HEIGHT 84

struct _JzValueRow {
  GtkBox parent_instance;
  JzTyping *typing;
  char *path;
  GtkWidget *entry; /* (nullable): GtkEntry, GtkTextView, GtkDropDown or GtkCheckButton */
  gboolean is_loading;
  gulong handler;
};

G_DEFINE_FINAL_TYPE (JzValueRow, jz_value_row, GTK_TYPE_BOX)

enum { EDITED, N_SIGNALS };

static guint signals[N_SIGNALS];

static gboolean
parse (JzValueRow *self, JzFieldPath *where)
{
  return jz_field_path_parse (jz_typing_get_form (self->typing), self->path, where);
}

static const JzJson *
get_value (JzValueRow *self, const JzFieldPath *where)
{
  return jz_filling_get_at (jz_typing_get_filling (self->typing), where);
}

static guint
find_choice (const JzFormField *leaf, const JzJson *value)
{
  const char *word =
    value != NULL && jz_json_get_kind (value) == JZ_JSON_TEXT ? jz_json_get_text (value) : NULL;
  for (guint i = 0; i < leaf->choices->len; i++)
    if (g_strcmp0 (((const JzFormChoice *)g_ptr_array_index (leaf->choices, i))->value, word) == 0)
      return i + 1;
  return 0;
}

static void
show_text (JzValueRow *self)
{
  g_autofree char *text = jz_typing_dup_text (self->typing, self->path);
  if (GTK_IS_TEXT_VIEW (self->entry)) {
    GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->entry));
    GtkTextIter start;
    GtkTextIter end;
    gtk_text_buffer_get_bounds (buffer, &start, &end);
    g_autofree char *shown = gtk_text_buffer_get_text (buffer, &start, &end, TRUE);
    if (strcmp (shown, text) != 0)
      gtk_text_buffer_set_text (buffer, text, -1);
  } else if (strcmp (gtk_editable_get_text (GTK_EDITABLE (self->entry)), text) != 0) {
    gtk_editable_set_text (GTK_EDITABLE (self->entry), text);
  }
}

static void
load (JzValueRow *self)
{
  JzFieldPath where;
  if (self->entry == NULL || !parse (self, &where))
    return;
  const JzJson *value = get_value (self, &where);
  self->is_loading = TRUE;
  if (GTK_IS_DROP_DOWN (self->entry))
    gtk_drop_down_set_selected (GTK_DROP_DOWN (self->entry),
                                find_choice (jz_field_path_get_leaf (&where), value));
  else if (GTK_IS_CHECK_BUTTON (self->entry))
    gtk_check_button_set_active (GTK_CHECK_BUTTON (self->entry),
                                 value != NULL && jz_json_get_boolean (value));
  else
    show_text (self);
  self->is_loading = FALSE;
}

static void
changed (JzTyping *typing, const char *path, JzValueRow *self)
{
  if (path == NULL || strcmp (path, self->path) == 0 || g_str_has_prefix (self->path, path))
    load (self);
}

static void
text_edited (JzValueRow *self)
{
  if (self->is_loading)
    return;
  g_autofree char *text = NULL;
  if (GTK_IS_TEXT_VIEW (self->entry)) {
    GtkTextIter start;
    GtkTextIter end;
    GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->entry));
    gtk_text_buffer_get_bounds (buffer, &start, &end);
    text = gtk_text_buffer_get_text (buffer, &start, &end, TRUE);
  } else {
    text = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->entry)));
  }
  self->is_loading = TRUE;
  jz_typing_set_text (self->typing, self->path, text, 0);
  self->is_loading = FALSE;
}

static void
chosen (JzValueRow *self)
{
  JzFieldPath where;
  guint position = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->entry));
  if (self->is_loading || !parse (self, &where))
    return;
  const JzFormField *leaf = jz_field_path_get_leaf (&where);
  const JzFormChoice *choice = position >= 1 && position <= leaf->choices->len
                                 ? g_ptr_array_index (leaf->choices, position - 1)
                                 : NULL;
  jz_typing_set_value (self->typing, self->path,
                       choice != NULL ? jz_json_new_text (choice->value) : NULL);
}

static void
ticked (JzValueRow *self)
{
  if (!self->is_loading)
    jz_typing_set_value (
      self->typing, self->path,
      jz_json_new_boolean (gtk_check_button_get_active (GTK_CHECK_BUTTON (self->entry))));
}

static void
left (GtkEventControllerFocus *controller, JzValueRow *self)
{
  jz_typing_settle (self->typing, self->path);
}

static void
entered (GtkEventControllerFocus *controller, JzValueRow *self)
{
  g_signal_emit (self, signals[EDITED], 0, self->path);
}

static GtkWidget *
new_text (JzValueRow *self)
{
  GtkWidget *window = gtk_scrolled_window_new ();
  self->entry = gtk_text_view_new ();
  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (self->entry), GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (self->entry), FALSE);
  gtk_text_view_set_input_hints (GTK_TEXT_VIEW (self->entry), GTK_INPUT_HINT_NO_EMOJI);
  gtk_text_buffer_set_enable_undo (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->entry)), FALSE);
  g_signal_connect_swapped (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->entry)), "changed",
                            G_CALLBACK (text_edited), self);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (window), self->entry);
  gtk_scrolled_window_set_has_frame (GTK_SCROLLED_WINDOW (window), TRUE);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (window), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_widget_set_size_request (window, -1, LONG_HEIGHT);
  return window;
}

static GtkWidget *
new_choice (JzValueRow *self, const JzFormField *leaf)
{
  g_autoptr (GtkStringList) words = gtk_string_list_new (NULL);
  gtk_string_list_append (words, "—");
  for (guint i = 0; i < leaf->choices->len; i++)
    gtk_string_list_append (words,
                            ((const JzFormChoice *)g_ptr_array_index (leaf->choices, i))->label.zh);
  self->entry = gtk_drop_down_new (G_LIST_MODEL (g_steal_pointer (&words)), NULL);
  g_signal_connect_swapped (self->entry, "notify::selected", G_CALLBACK (chosen), self);
  return self->entry;
}

static GtkWidget *
new_entry (JzValueRow *self, const JzFieldPath *where)
{
  const JzFormField *leaf = jz_field_path_get_leaf (where);
  gboolean is_list = jz_field_path_is_list (where);
  if (leaf->type == JZ_FIELD_LONGTEXT && !is_list)
    return new_text (self);
  if (leaf->type == JZ_FIELD_CHOICE && !is_list)
    return new_choice (self, leaf);
  if (leaf->type == JZ_FIELD_BOOL && !is_list) {
    self->entry = gtk_check_button_new ();
    g_signal_connect_swapped (self->entry, "toggled", G_CALLBACK (ticked), self);
    return self->entry;
  }
  if (!jz_field_is_typed (leaf, is_list))
    return leaf->members->len > 0 ? jz_parts_box_new (self->typing, self->path) : NULL;
  self->entry = gtk_entry_new ();
  gtk_editable_set_enable_undo (GTK_EDITABLE (self->entry), FALSE);
  gtk_entry_set_input_hints (GTK_ENTRY (self->entry), GTK_INPUT_HINT_NO_EMOJI);
  g_signal_connect_swapped (self->entry, "changed", G_CALLBACK (text_edited), self);
  return self->entry;
}

static void
jz_value_row_dispose (GObject *object)
{
  JzValueRow *self = JZ_VALUE_ROW (object);
  if (self->typing != NULL)
    g_clear_signal_handler (&self->handler, self->typing);
  g_clear_object (&self->typing);
  self->entry = NULL;
  G_OBJECT_CLASS (jz_value_row_parent_class)->dispose (object);
}

static void
jz_value_row_finalize (GObject *object)
{
  g_free (JZ_VALUE_ROW (object)->path);
  G_OBJECT_CLASS (jz_value_row_parent_class)->finalize (object);
}

static void
jz_value_row_class_init (JzValueRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = jz_value_row_dispose;
  G_OBJECT_CLASS (klass)->finalize = jz_value_row_finalize;
  signals[EDITED] = g_signal_new ("edited", JZ_TYPE_VALUE_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
jz_value_row_init (JzValueRow *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 2);
}

static void
watch_focus (JzValueRow *self)
{
  GtkEventController *focus = gtk_event_controller_focus_new ();
  g_signal_connect (focus, "leave", G_CALLBACK (left), self);
  g_signal_connect (focus, "enter", G_CALLBACK (entered), self);
  gtk_widget_add_controller (self->entry, focus);
}

/**
 * jz_value_row_new:
 * @typing: a document
 * @path: a value of any kind
 *
 * Returns: (transfer floating): its name and an entry for it
 */
GtkWidget *
jz_value_row_new (JzTyping *typing, const char *path)
{
  g_return_val_if_fail (JZ_IS_TYPING (typing), NULL);
  g_return_val_if_fail (path != NULL, NULL);

  JzValueRow *self = g_object_new (JZ_TYPE_VALUE_ROW, NULL);
  JzFieldPath where;
  self->typing = g_object_ref (typing);
  self->path = g_strdup (path);
  if (!parse (self, &where))
    return GTK_WIDGET (self);
  GtkWidget *name = gtk_label_new (jz_field_path_get_leaf (&where)->label.zh);
  GtkWidget *entry = new_entry (self, &where);
  g_autofree char *label = jz_field_path_dup_label (&where);
  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_label_set_wrap (GTK_LABEL (name), TRUE);
  gtk_widget_add_css_class (name, "dim-label");
  gtk_box_append (GTK_BOX (self), name);
  if (entry != NULL)
    gtk_box_append (GTK_BOX (self), entry);
  if (self->entry != NULL) {
    gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                    label, -1);
    watch_focus (self);
  }
  self->handler = g_signal_connect (typing, "changed", G_CALLBACK (changed), self);
  load (self);
  return GTK_WIDGET (self);
}

/**
 * jz_value_row_get_path:
 * @self: a row
 *
 * Returns: (transfer none): which value it is of
 */
const char *
jz_value_row_get_path (JzValueRow *self)
{
  g_return_val_if_fail (JZ_IS_VALUE_ROW (self), NULL);

  return self->path;
}
