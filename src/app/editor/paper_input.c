/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include <glib/gi18n-lib.h>

#include "app/editor/paper-private.h"
#include "forms/field_text.h"

/* The text view that is never painted. Keys, input methods, clipboard and screen readers change its
 * buffer, and all of that arrives as one signal. */

struct _JzPaperInput {
  GtkTextView parent_instance;
  JzPaper *paper; /* not owned: its parent */
};

G_DEFINE_FINAL_TYPE (JzPaperInput, jz_paper_input, GTK_TYPE_TEXT_VIEW)

static GtkTextBuffer *
get_buffer (JzPaper *self)
{
  return gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->input));
}

static guint
get_bytes (const char *text, int offset)
{
  return (guint)(g_utf8_offset_to_pointer (text, offset) - text);
}

char *
jz_paper_input_dup_text (JzPaper *self)
{
  GtkTextIter start;
  GtkTextIter end;
  gtk_text_buffer_get_bounds (get_buffer (self), &start, &end);
  return gtk_text_buffer_get_text (get_buffer (self), &start, &end, TRUE);
}

static guint
get_offset_of (JzPaper *self, const GtkTextIter *iter)
{
  g_autofree char *text = jz_paper_input_dup_text (self);
  return get_bytes (text, gtk_text_iter_get_offset (iter));
}

guint
jz_paper_input_get_caret (JzPaper *self)
{
  GtkTextIter iter;
  gtk_text_buffer_get_iter_at_mark (get_buffer (self), &iter,
                                    gtk_text_buffer_get_insert (get_buffer (self)));
  return get_offset_of (self, &iter);
}

void
jz_paper_input_set_caret (JzPaper *self, guint offset, gboolean is_extended)
{
  g_autofree char *text = jz_paper_input_dup_text (self);
  gsize length = strlen (text);
  GtkTextIter iter;
  gtk_text_buffer_get_iter_at_offset (
    get_buffer (self), &iter,
    (int)g_utf8_pointer_to_offset (text, text + MIN ((gsize)offset, length)));
  if (is_extended)
    gtk_text_buffer_move_mark (get_buffer (self), gtk_text_buffer_get_insert (get_buffer (self)),
                               &iter);
  else
    gtk_text_buffer_place_cursor (get_buffer (self), &iter);
}

void
jz_paper_input_select_all (JzPaper *self)
{
  GtkTextIter start;
  GtkTextIter end;
  gtk_text_buffer_get_bounds (get_buffer (self), &start, &end);
  gtk_text_buffer_select_range (get_buffer (self), &end, &start);
}

gboolean
jz_paper_input_get_selection (JzPaper *self, guint *start, guint *end)
{
  GtkTextIter from;
  GtkTextIter to;
  if (!gtk_text_buffer_get_selection_bounds (get_buffer (self), &from, &to))
    return FALSE;
  g_autofree char *text = jz_paper_input_dup_text (self);
  *start = get_bytes (text, gtk_text_iter_get_offset (&from));
  *end = get_bytes (text, gtk_text_iter_get_offset (&to));
  return TRUE;
}

static void
set_label (JzPaper *self)
{
  JzFieldPath where;
  g_autofree char *label = NULL;
  if (self->path != NULL && self->typing != NULL &&
      jz_field_path_parse (jz_typing_get_form (self->typing), self->path, &where))
    label = jz_field_path_dup_label (&where);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->input), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label != NULL ? label : "", -1);
}

void
jz_paper_input_load (JzPaper *self, const char *text, guint offset)
{
  self->is_loading = TRUE;
  gtk_text_view_reset_im_context (GTK_TEXT_VIEW (self->input));
  gtk_text_buffer_set_text (get_buffer (self), text, -1);
  jz_paper_input_set_caret (self, offset, FALSE);
  self->is_loading = FALSE;
  set_label (self);
}

static void
changed (GtkTextBuffer *buffer, JzPaper *self)
{
  if (self->is_loading || self->path == NULL || !self->is_typed)
    return;
  g_autofree char *text = jz_paper_input_dup_text (self);
  jz_typing_set_text (self->typing, self->path, text, jz_paper_input_get_caret (self));
}

static void
caret_moved (GtkTextBuffer *buffer, GParamSpec *property, JzPaper *self)
{
  JzPagePlace place;
  if (self->is_loading)
    return;
  gtk_widget_queue_allocate (GTK_WIDGET (self));
  gtk_widget_queue_draw (GTK_WIDGET (self));
  if (!jz_paper_find_caret (self, &place))
    return;
  double top = jz_page_line_get_top (place.line);
  jz_paper_scroll_to (self, place.page, top, jz_page_line_get_bottom (place.line) - top);
}

static gboolean
has_paragraphs (JzPaper *self)
{
  JzFieldPath where;
  return self->path != NULL &&
         jz_field_path_parse (jz_typing_get_form (self->typing), self->path, &where) &&
         jz_field_has_paragraphs (jz_field_path_get_leaf (&where));
}

static char *
dup_one_line (const char *text, int length)
{
  g_autofree char *copy = g_strndup (text, (gsize)length);
  g_strdelimit (copy, "\r\n", ' ');
  return g_strdup (g_strstrip (copy));
}

/* A field of one line has no line breaks, wherever they come from. */
static void
inserting (GtkTextBuffer *buffer, GtkTextIter *at, char *text, int length, JzPaper *self)
{
  if (self->is_loading || self->path == NULL || has_paragraphs (self) ||
      memchr (text, '\n', (gsize)length) == NULL)
    return;
  g_autofree char *line = dup_one_line (text, length);
  g_signal_stop_emission_by_name (buffer, "insert-text");
  if (*line != '\0')
    gtk_text_buffer_insert (buffer, at, line, -1);
}

static void
preedit_changed (GtkTextView *view, const char *preedit, JzPaper *self)
{
  if (self->is_loading || strcmp (self->preedit, preedit) == 0)
    return;
  g_free (self->preedit);
  self->preedit = g_strdup (preedit);
  jz_paper_lay_out (self);
}

static void
move_focus (GtkTextView *view, GtkDirectionType direction, JzPaper *self)
{
  int step = direction == GTK_DIR_TAB_FORWARD ? 1 : -1;
  if (direction != GTK_DIR_TAB_FORWARD && direction != GTK_DIR_TAB_BACKWARD)
    return;
  if (self->preedit[0] != '\0' || jz_paper_go_next (self, step))
    g_signal_stop_emission_by_name (view, "move-focus");
}

/* What Enter does in a text: a new line, the next field, the time, or what the rhythm of a record
 * wants. */
static void
enter (JzPaper *self, GdkModifierType state)
{
  gboolean is_handled = FALSE;
  jz_typing_break (self->typing);
  if (state & GDK_CONTROL_MASK) {
    g_signal_emit_by_name (self, "clocked", self->path);
    return;
  }
  g_signal_emit_by_name (self, "entered", self->path, (state & GDK_SHIFT_MASK) != 0, &is_handled);
  if (is_handled)
    return;
  if (!has_paragraphs (self))
    jz_paper_go_next (self, 1);
  else
    jz_paper_insert (self, "\n");
}

/* A stock text view would put a line break in the place of what is selected. Whoever composes text
 * gets the key first. */
static gboolean
key_pressed (GtkEventControllerKey *controller,
             guint key,
             guint code,
             GdkModifierType state,
             JzPaper *self)
{
  gboolean is_enter = key == GDK_KEY_Return || key == GDK_KEY_KP_Enter;
  if (!is_enter || self->path == NULL || !self->is_typed)
    return GDK_EVENT_PROPAGATE;
  GdkEvent *event = gtk_event_controller_get_current_event (GTK_EVENT_CONTROLLER (controller));
  if (!gtk_text_view_im_context_filter_keypress (GTK_TEXT_VIEW (self->input), event))
    enter (self, state);
  return GDK_EVENT_STOP;
}

static void
jz_paper_input_move_cursor (GtkTextView *view, GtkMovementStep step, int count, gboolean extends)
{
  JzPaper *paper = JZ_PAPER_INPUT (view)->paper;
  jz_typing_break (paper->typing);
  switch (step) {
  case GTK_MOVEMENT_DISPLAY_LINES:
  case GTK_MOVEMENT_DISPLAY_LINE_ENDS:
  case GTK_MOVEMENT_PAGES:
    jz_paper_move_caret (paper, step, count, extends);
    return;
  default:
    break;
  }
  paper->wanted_x = -1;
  GTK_TEXT_VIEW_CLASS (jz_paper_input_parent_class)->move_cursor (view, step, count, extends);
}

static void
jz_paper_input_paste (GtkTextView *view)
{
  JzPaper *paper = JZ_PAPER_INPUT (view)->paper;
  jz_typing_break (paper->typing);
  if (!jz_paper_paste (paper))
    GTK_TEXT_VIEW_CLASS (jz_paper_input_parent_class)->paste_clipboard (view);
}

static void
jz_paper_input_class_init (JzPaperInputClass *klass)
{
  GTK_TEXT_VIEW_CLASS (klass)->paste_clipboard = jz_paper_input_paste;
  GTK_TEXT_VIEW_CLASS (klass)->move_cursor = jz_paper_input_move_cursor;
}

static void
jz_paper_input_init (JzPaperInput *self)
{
  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (self), FALSE);
  /* The emoji keys of GTK are those of Chinese input methods. */
  gtk_text_view_set_input_hints (GTK_TEXT_VIEW (self), GTK_INPUT_HINT_NO_EMOJI);
  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (self), GTK_WRAP_WORD_CHAR);
  gtk_widget_set_can_target (GTK_WIDGET (self), FALSE);
}

static void
add_menu (GtkTextView *view)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  g_menu_append (menu, _ ("Where This Comes From"), "editor.source");
  g_menu_append (menu, _ ("I Have Looked at This Sentence"), "editor.confirm-sentence");
  g_menu_append (menu, _ ("Tie to the Recording"), "editor.tie");
  g_menu_append (menu, _ ("Play the Recording of This Paragraph"), "editor.play-tied");
  gtk_text_view_set_extra_menu (view, G_MENU_MODEL (menu));
}

GtkWidget *
jz_paper_input_new (JzPaper *paper)
{
  JzPaperInput *self = g_object_new (JZ_TYPE_PAPER_INPUT, NULL);
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self));
  GtkEventController *keys = gtk_event_controller_key_new ();
  self->paper = paper;
  gtk_text_buffer_set_enable_undo (buffer, FALSE);
  add_menu (GTK_TEXT_VIEW (self));
  g_signal_connect (buffer, "changed", G_CALLBACK (changed), paper);
  g_signal_connect (buffer, "insert-text", G_CALLBACK (inserting), paper);
  g_signal_connect (buffer, "notify::cursor-position", G_CALLBACK (caret_moved), paper);
  g_signal_connect (self, "preedit-changed", G_CALLBACK (preedit_changed), paper);
  g_signal_connect (self, "move-focus", G_CALLBACK (move_focus), paper);
  g_signal_connect_object (gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (self)), "value-changed",
                           G_CALLBACK (gtk_widget_queue_allocate), paper, G_CONNECT_SWAPPED);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_pressed), paper);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  return GTK_WIDGET (self);
}
