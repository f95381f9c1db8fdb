/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include <glib/gi18n-lib.h>

#include "app/editor/editor_page-private.h"
#include "app/messages.h"
#include "app/player/moment.h"
#include "app/player/player_window.h"
#include "app/refusal_place.h"
#include "app/window.h"
#include "office/paragraph.h"
#include "office/recordings.h"

/* Words of a document and the second of a recording at which they are seen or heard (R-23, ux.md
 * §5): F4 ties the paragraph at the caret to the recording that is open beside the editor, and what
 * is tied plays from there. A final document has no caret: its paragraphs are chosen from a list.
 */

static void
on_ties (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (JzEditorPage) self = data;
  JzJson *ties = jz_office_client_read_finish (JZ_OFFICE_CLIENT (source), result, NULL);

  if (ties == NULL)
    return;
  g_clear_pointer (&self->ties, jz_json_unref);
  self->ties = ties;
  jz_editor_show_ties (self);
}

static gpointer
read_ties (JzOffice *office,
           JzConnection *reader,
           gpointer data,
           GCancellable *cancellable,
           GError **error)
{
  const JzEditorQuestion *question = data;
  return jz_recording_list_ties_of (reader, question->case_id, question->document, error);
}

/* Asks what of the document is tied. */
void
jz_editor_ask_ties (JzEditorPage *self)
{
  if (self->view != NULL)
    jz_editor_ask (self, read_ties, NULL, on_ties);
}

static gboolean
find_tied (JzEditorPage *self, const JzJson *tie, JzPaperTie *found)
{
  g_autofree char *text = jz_typing_dup_text (self->typing, jz_json_read_text (tie, "field"));
  JzParagraph paragraph;

  if (text == NULL || !jz_recording_find_tied (tie, text, &paragraph, &found->is_changed))
    return FALSE;
  found->start = (guint)paragraph.start;
  found->end = (guint)paragraph.end;
  return TRUE;
}

static GArray *
need_ties (GHashTable *ties, const char *path)
{
  GArray *of_path = g_hash_table_lookup (ties, path);

  if (of_path == NULL) {
    of_path = g_array_new (FALSE, FALSE, sizeof (JzPaperTie));
    g_hash_table_insert (ties, g_strdup (path), of_path);
  }
  return of_path;
}

/* Marks them on the page, wherever their words stand now. */
void
jz_editor_show_ties (JzEditorPage *self)
{
  g_autoptr (GHashTable) ties =
    g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_array_unref);

  for (guint i = 0;
       self->ties != NULL && self->typing != NULL && i < jz_json_get_n_items (self->ties); i++) {
    const JzJson *tie = jz_json_get_item (self->ties, i);
    JzPaperTie found;
    if (find_tied (self, tie, &found))
      g_array_append_val (need_ties (ties, jz_json_read_text (tie, "field")), found);
  }
  jz_paper_set_ties (self->paper, ties);
}

/* The last one that was tied to that place. */
static const JzJson *
find_at (JzEditorPage *self, const char *path, guint offset)
{
  for (guint i = self->ties != NULL ? jz_json_get_n_items (self->ties) : 0; i-- > 0;) {
    const JzJson *tie = jz_json_get_item (self->ties, i);
    JzPaperTie found;
    if (strcmp (jz_json_read_text (tie, "field"), path) == 0 && find_tied (self, tie, &found) &&
        offset >= found.start && offset <= found.end)
      return tie;
  }
  return NULL;
}

static void
play (JzEditorPage *self, const JzJson *tie)
{
  JzPlayerWindow *window = jz_player_window_find (GTK_WIDGET (self), self->view->case_id);
  gint64 from = jz_json_get_member_integer (tie, "at", 0);
  gint64 until = jz_json_get_member_integer (tie, "until", -1);

  if (window != NULL)
    jz_player_window_go (window, jz_json_read_text (tie, "attachment"), from, until);
  else
    jz_player_window_show (GTK_WIDGET (self), jz_section_get_client (JZ_SECTION (self)),
                           self->view->case_id, jz_json_read_text (tie, "attachment"), from, FALSE);
}

static JzJson *
new_row (const char *path, const JzParagraph *paragraph, const char *words, const char *detail)
{
  JzJson *row = jz_json_new_object ();

  jz_json_set_text (row, "field", path);
  jz_json_set_integer (row, "start", (gint64)paragraph->start);
  jz_json_set_text (row, "title", words);
  jz_json_set_text (row, "detail", detail);
  return row;
}

/* The name of its field, and the moment that it is tied to. */
static char *
dup_detail (const char *label, const JzJson *tie)
{
  g_autofree char *moment =
    tie != NULL ? jz_moment_dup (jz_json_get_member_integer (tie, "at", 0)) : NULL;

  return moment != NULL ? g_strdup_printf ("%s · %s", label, moment) : g_strdup (label);
}

static void
add_paragraphs (JzEditorPage *self, const char *path, gboolean only_tied, JzJson *rows)
{
  g_autofree char *text =
    jz_typing_is_typed (self->typing, path) ? jz_typing_dup_text (self->typing, path) : NULL;
  g_autofree char *label = NULL;
  JzFieldPath where;
  JzParagraph paragraph = { 0 };

  if (text == NULL || !jz_field_path_parse (self->view->form, path, &where))
    return;
  label = jz_field_path_dup_label (&where);
  do {
    const JzJson *tie;
    g_autofree char *detail = NULL;
    g_autofree char *words = NULL;
    paragraph = jz_paragraph_at (text, paragraph.number > 0 ? paragraph.end + 1 : 0);
    tie = find_at (self, path, (guint)paragraph.start);
    detail = dup_detail (label, tie);
    words = g_strstrip (g_strndup (text + paragraph.start, paragraph.end - paragraph.start));
    if (words[0] != '\0' && (tie != NULL || !only_tied))
      jz_json_append (rows, new_row (path, &paragraph, words, detail));
  } while (text[paragraph.end] != '\0');
}

static JzJson *
list_paragraphs (JzEditorPage *self, gboolean only_tied)
{
  g_auto (GStrv) paths = jz_typing_list_paths (self->typing);
  JzJson *rows = jz_json_new_array ();

  for (guint i = 0; paths[i] != NULL; i++)
    add_paragraphs (self, paths[i], only_tied, rows);
  return rows;
}

static void
tied_picked (JzEditorPage *self, const JzJson *row)
{
  const JzJson *tie = find_at (self, jz_json_read_text (row, "field"),
                               (guint)jz_json_get_member_integer (row, "start", 0));

  if (tie != NULL)
    play (self, tie);
}

static void
choose_tied (JzEditorPage *self)
{
  self->picked = tied_picked;
  jz_picker_open (self->picker, _ ("Play the Recording of a Paragraph"),
                  _ ("No paragraph with these words is tied to a recording."),
                  list_paragraphs (self, TRUE), NULL);
}

static void
play_tied (GtkWidget *widget, const char *name, GVariant *parameter)
{
  JzEditorPage *self = JZ_EDITOR_PAGE (widget);
  const char *path = jz_paper_get_path (self->paper);
  const JzJson *tie = path != NULL && self->typing != NULL
                        ? find_at (self, path, jz_paper_get_caret (self->paper))
                        : NULL;

  if (tie != NULL)
    play (self, tie);
  else if (self->typing != NULL && !self->is_editable)
    choose_tied (self);
  else
    jz_window_toast (widget, _ ("This paragraph is tied to no recording."));
}

static void
on_tied (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (JzEditorPage) self = data;
  const JzJson *args = NULL;
  const char *act = jz_office_client_get_act (result, &args);
  g_autofree char *moment =
    act != NULL ? jz_moment_dup (jz_json_get_member_integer (args, "at", 0)) : g_strdup ("");
  g_autofree char *text = g_strdup_printf (_ ("The paragraph is tied to %s"), moment);
  g_autoptr (JzActOutcome) outcome = jz_finish_act (GTK_WIDGET (self), result);
  g_autofree char *made = NULL;
  JzJson *undo;

  if (outcome == NULL || self->view == NULL)
    return;
  made = jz_journal_record_dup_made (g_ptr_array_index (outcome->records, 0));
  undo = jz_json_new_object ();
  jz_json_set_text (undo, "case", self->view->case_id);
  jz_json_set_text (undo, "record", made);
  jz_window_toast_undo (GTK_WIDGET (self), text, "recording.untie", undo);
}

static JzJson *
new_tie (JzEditorPage *self, JzPlayerWindow *window, gint64 at, gint64 until)
{
  JzJson *args = jz_json_new_object ();

  jz_json_set_text (args, "case", self->view->case_id);
  jz_json_set_text (args, "attachment", jz_player_window_get_attachment (window));
  jz_json_set_integer (args, "at", at);
  if (until > at)
    jz_json_set_integer (args, "until", until);
  jz_json_set_text (args, "document", self->view->id);
  return args;
}

/* The paragraph of a field in which a place is. */
static void
tie_to (JzEditorPage *self, const char *path, gsize offset)
{
  g_autofree char *text = path != NULL ? jz_typing_dup_text (self->typing, path) : NULL;
  JzJson *args = g_steal_pointer (&self->tying);
  JzParagraph paragraph;
  char words[JZ_HASH_HEX_SIZE];

  if (text == NULL || !jz_typing_is_typed (self->typing, path)) {
    jz_json_unref (args);
    jz_window_toast (GTK_WIDGET (self), _ ("Put the caret into a paragraph first."));
    return;
  }
  paragraph = jz_paragraph_at (text, offset);
  jz_paragraph_hash (text, &paragraph, words);
  jz_json_set_text (args, "field", path);
  jz_json_set_integer (args, "paragraph", paragraph.number);
  jz_json_set_text (args, "words", words);
  jz_office_client_act_async (jz_section_get_client (JZ_SECTION (self)), "recording.tie", args,
                              NULL, on_tied, g_object_ref (self));
}

static void
paragraph_picked (JzEditorPage *self, const JzJson *row)
{
  if (self->tying != NULL)
    tie_to (self, jz_json_read_text (row, "field"),
            (gsize)jz_json_get_member_integer (row, "start", 0));
}

static void
choose_paragraph (JzEditorPage *self, gint64 at)
{
  g_autofree char *moment = jz_moment_dup (at);
  g_autofree char *title = g_strdup_printf (_ ("Which Paragraph Is Tied to %s"), moment);

  self->picked = paragraph_picked;
  jz_picker_open (self->picker, title, _ ("No paragraph has these words."),
                  list_paragraphs (self, FALSE), NULL);
}

static void
recording_picked (JzEditorPage *self, const JzJson *row)
{
  jz_player_window_show (GTK_WIDGET (self), jz_section_get_client (JZ_SECTION (self)),
                         self->view->case_id, jz_json_read_text (row, "id"), -1, FALSE);
  jz_window_toast (GTK_WIDGET (self),
                   self->is_editable
                     ? _ ("F4 ties the paragraph at the caret to what the recording shows.")
                     : _ ("F4 asks which paragraph is tied to what the recording shows."));
}

static void
on_recordings (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (JzEditorPage) self = data;
  g_autoptr (GError) error = NULL;
  JzJson *rows = jz_office_client_read_finish (JZ_OFFICE_CLIENT (source), result, &error);

  if (rows == NULL) {
    jz_show_error (GTK_WIDGET (self), error);
    return;
  }
  self->picked = recording_picked;
  jz_picker_open (self->picker, _ ("Open a Recording"),
                  _ ("There is no file in this case yet; add it on the page of the case."), rows,
                  NULL);
}

static gpointer
read_recordings (JzOffice *office,
                 JzConnection *reader,
                 gpointer data,
                 GCancellable *cancellable,
                 GError **error)
{
  return jz_recording_list_files (reader, ((const JzEditorQuestion *)data)->case_id, error);
}

/* With no recording open beside the editor, one is chosen first. */
static void
tie (GtkWidget *widget, const char *name, GVariant *parameter)
{
  JzEditorPage *self = JZ_EDITOR_PAGE (widget);
  JzPlayerWindow *window;
  gint64 at = 0;
  gint64 until = -1;

  if (self->view == NULL || self->typing == NULL || jz_paper_is_composing (self->paper))
    return;
  window = jz_player_window_find (widget, self->view->case_id);
  if (window == NULL || !jz_player_window_get_moment (window, &at, &until)) {
    jz_editor_ask (self, read_recordings, NULL, on_recordings);
    return;
  }
  g_clear_pointer (&self->tying, jz_json_unref);
  self->tying = new_tie (self, window, at, until);
  if (self->is_editable)
    tie_to (self, jz_paper_get_path (self->paper), jz_paper_get_caret (self->paper));
  else
    choose_paragraph (self, at);
}

static void
pressed (GtkGestureClick *gesture, int n_press, double x, double y, JzEditorPage *self)
{
  GdkModifierType state =
    gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (gesture));
  g_autofree char *path = NULL;
  guint offset = 0;
  const JzJson *found;

  if ((state & GDK_CONTROL_MASK) == 0 || self->typing == NULL ||
      !jz_paper_find_at (self->paper, x, y, &path, &offset))
    return;
  found = find_at (self, path, offset);
  if (found == NULL)
    return;
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  play (self, found);
}

void
jz_editor_install_ties (GtkWidgetClass *klass)
{
  gtk_widget_class_install_action (klass, "editor.tie", NULL, tie);
  gtk_widget_class_install_action (klass, "editor.play-tied", NULL, play_tied);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_F4, 0, "editor.tie", NULL);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_F4, GDK_SHIFT_MASK, "editor.play-tied", NULL);
}

void
jz_editor_add_ties (JzEditorPage *self)
{
  GtkGesture *click = gtk_gesture_click_new ();

  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (click), GTK_PHASE_CAPTURE);
  g_signal_connect (click, "pressed", G_CALLBACK (pressed), self);
  gtk_widget_add_controller (GTK_WIDGET (self->paper), GTK_EVENT_CONTROLLER (click));
}
