/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include <glib/gi18n-lib.h>

#include "app/editor/editor_page-private.h"
#include "app/messages.h"
#include "app/window.h"
#include "forms/field_text.h"
#include "office/evidence_reference.h"
#include "office/law_index.h"

/* What is put into a text out of a list: prepared questions, articles of laws, evidence (ux.md §5).
 */

/* (nullable): what was asked for, while the document can still be written. */
static JzJson *
finish (JzEditorPage *self, GObject *source, GAsyncResult *result)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JzJson) rows =
    jz_office_client_read_finish (JZ_OFFICE_CLIENT (source), result, &error);
  if (rows == NULL)
    jz_show_error (GTK_WIDGET (self), error);
  if (self->typing == NULL || !self->is_editable)
    return NULL;
  return g_steal_pointer (&rows);
}

/* The caret may be in the list of fields as well as on the page. */
static void
remember_target (JzEditorPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  gboolean is_in_drawer = focus != NULL &&
                          gtk_widget_is_ancestor (focus, GTK_WIDGET (self->fields)) &&
                          (GTK_IS_TEXT_VIEW (focus) || GTK_IS_TEXT (focus));
  g_set_weak_pointer (&self->target, is_in_drawer ? focus : NULL);
}

static void
put_in_target (GtkWidget *target, const char *text)
{
  if (GTK_IS_TEXT_VIEW (target)) {
    GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (target));
    (void)gtk_text_buffer_delete_selection (buffer, TRUE, TRUE);
    gtk_text_buffer_insert_interactive_at_cursor (buffer, text, -1, TRUE);
    return;
  }
  int position = gtk_editable_get_position (GTK_EDITABLE (target));
  gtk_editable_insert_text (GTK_EDITABLE (target), text, -1, &position);
  gtk_editable_set_position (GTK_EDITABLE (target), position);
}

/* Into the text where the caret is; not where something is chosen. */
static gboolean
put_text (JzEditorPage *self, const char *text)
{
  if (self->target != NULL) {
    put_in_target (self->target, text);
    return TRUE;
  }
  const char *path = jz_paper_get_path (self->paper);
  if (path == NULL || !jz_typing_is_typed (self->typing, path)) {
    jz_window_toast (GTK_WIDGET (self),
                     _ ("Click into a text on the page first; it is put where the caret is."));
    return FALSE;
  }
  jz_typing_break (self->typing);
  jz_paper_insert (self->paper, text);
  jz_typing_break (self->typing);
  return TRUE;
}

/* The list of laws that the caret is in, or one law; NULL for none. */
static const JzFormField *
find_law_field (JzEditorPage *self)
{
  const char *path = jz_paper_get_path (self->paper);
  JzFieldPath where;
  if (path == NULL || !jz_field_path_parse (self->view->form, path, &where) ||
      g_strcmp0 (where.field->composite, "law") != 0)
    return NULL;
  return where.field;
}

static JzJson *
new_law (const JzFormField *field, const JzJson *row)
{
  JzJson *law = jz_json_new_object ();
  for (guint i = 0; i < field->members->len; i++) {
    const JzFormField *member = g_ptr_array_index (field->members, i);
    const char *text = jz_json_get_member_text (row, member->name);
    if (text != NULL && *text != '\0')
      jz_json_set_text (law, member->name, text);
  }
  return law;
}

/* A field that holds laws gets its parts, in place of an empty one or after the others. */
static void
put_law (JzEditorPage *self, const JzFormField *field, const JzJson *row)
{
  const JzJson *old = jz_filling_find (jz_typing_get_filling (self->typing), field->name);
  if (!field->is_list) {
    jz_typing_set_value (self->typing, field->name, new_law (field, row));
    return;
  }
  JzJson *list = jz_json_new_array ();
  for (guint i = 0; old != NULL && i < jz_json_get_n_items (old); i++)
    if (!jz_filling_is_empty (jz_json_get_item (old, i)))
      jz_json_append (list, jz_json_copy (jz_json_get_item (old, i)));
  jz_json_append (list, new_law (field, row));
  jz_typing_set_value (self->typing, field->name, list);
}

static void
law_picked (JzEditorPage *self, const JzJson *row)
{
  const JzFormField *field = self->target == NULL ? find_law_field (self) : NULL;
  if (field != NULL)
    put_law (self, field, row);
  else
    (void)put_text (self, jz_json_get_member_text (row, "text"));
}

static void
on_laws (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (JzEditorPage) self = data;
  JzJson *index = finish (self, source, result);
  if (index == NULL)
    return;
  self->picked = law_picked;
  jz_picker_open (self->picker, _ ("Cite an Article"),
                  _ ("No law of the rules has these words. With the number of an article behind "
                     "the name of a law any of its articles can be cited."),
                  index, jz_law_index_find);
}

static gpointer
read_laws (JzOffice *office,
           JzConnection *reader,
           gpointer data,
           GCancellable *cancellable,
           GError **error)
{
  return jz_law_index_new (office, reader, ((const JzEditorQuestion *)data)->case_id, error);
}

/* The number is that of a row of the document's own table: where there is none yet, it is made. */
static void
add_to_table (JzEditorPage *self, const JzJson *row)
{
  const char *name = jz_json_get_member_text (row, "table");
  const JzFormField *table = jz_form_find_field (self->view->form, name);
  const JzJson *old = jz_filling_find (jz_typing_get_filling (self->typing), name);
  JzJson *list = old != NULL ? jz_json_copy (old) : jz_json_new_array ();
  JzJson *entry = jz_json_new_object ();
  jz_json_set_integer (entry, "no", jz_json_get_member_integer (row, "no", 1));
  jz_json_set_text (entry, "name", jz_json_get_member_text (row, "name"));
  if (*jz_json_get_member_text (row, "proves") != '\0' &&
      jz_form_field_find_member (table, "proves") != NULL)
    jz_json_set_text (entry, "proves", jz_json_get_member_text (row, "proves"));
  jz_json_append (list, entry);
  jz_typing_set_value (self->typing, name, list);
}

static void
evidence_picked (JzEditorPage *self, const JzJson *row)
{
  gboolean is_new = jz_json_get_member_text (row, "table") != NULL;
  if (!put_text (self, jz_json_get_member_text (row, "text")) || !is_new)
    return;
  add_to_table (self, row);
  jz_window_toast (GTK_WIDGET (self),
                   _ ("It was added to the table of evidence of this document too."));
}

static void
on_evidence (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (JzEditorPage) self = data;
  g_autoptr (JzJson) found = finish (self, source, result);
  if (found == NULL)
    return;
  JzJson *rows = jz_json_new_array ();
  for (guint i = 0; i < jz_json_get_n_items (found); i++) {
    JzJson *row = jz_json_copy (jz_json_get_item (found, i));
    const char *proves = jz_json_get_member_text (row, "proves");
    g_autofree char *detail = g_strdup_printf (_ ("proves: %s"), proves);
    jz_json_set_text (row, "title", jz_json_get_member_text (row, "text"));
    jz_json_set_text (row, "detail", *proves != '\0' ? detail : "");
    jz_json_append (rows, row);
  }
  self->picked = evidence_picked;
  jz_picker_open (self->picker, _ ("Refer to Evidence"),
                  _ ("There is no evidence in this case yet; add it on the page of the case."),
                  rows, NULL);
}

static gpointer
read_evidence (JzOffice *office,
               JzConnection *reader,
               gpointer data,
               GCancellable *cancellable,
               GError **error)
{
  const JzEditorQuestion *question = data;
  return jz_evidence_references_list (office, reader, question->document, question->values, error);
}

static void
question_picked (JzEditorPage *self, const JzJson *row)
{
  jz_editor_put_question (self, jz_json_get_member_text (row, "title"));
}

static void
open_questions (JzEditorPage *self)
{
  const GPtrArray *outline = jz_form_get_outline (self->view->form);
  JzJson *rows = jz_json_new_array ();
  for (guint i = 0; i < outline->len; i++) {
    const char *question = g_ptr_array_index (outline, i);
    JzJson *row = jz_json_new_object ();
    jz_json_set_text (row, "title", question);
    jz_json_set_text (row, "detail",
                      jz_editor_is_asked (self, question) ? _ ("asked already") : "");
    jz_json_append (rows, row);
  }
  self->picked = question_picked;
  jz_picker_open (self->picker, _ ("Prepared Questions"),
                  _ ("No prepared question has these words."), rows, NULL);
}

static void
do_tool (GtkWidget *widget, const char *name, GVariant *parameter)
{
  JzEditorPage *self = JZ_EDITOR_PAGE (widget);
  if (self->typing == NULL || !self->is_editable || jz_paper_is_composing (self->paper))
    return;
  remember_target (self);
  if (strcmp (name, "editor.questions") == 0)
    open_questions (self);
  else if (strcmp (name, "editor.cite") == 0)
    jz_editor_ask (self, read_laws, NULL, on_laws);
  else if (strcmp (name, "editor.evidence") == 0)
    jz_editor_ask (self, read_evidence, NULL, on_evidence);
  else if (strcmp (name, "editor.similar") == 0)
    jz_editor_start_from_similar (self);
  else
    jz_editor_confirm_carried (self, strcmp (name, "editor.confirm-carried") == 0);
}

static void
on_picked (JzPicker *picker, gpointer row, JzEditorPage *self)
{
  if (self->typing != NULL && self->picked != NULL)
    self->picked (self, row);
}

/* Where nothing can be written, the keys of the page still act. */
void
jz_editor_focus_final (JzEditorPage *self)
{
  if (!gtk_widget_grab_focus (GTK_WIDGET (self->step_button)))
    (void)gtk_widget_child_focus (GTK_WIDGET (self), GTK_DIR_TAB_FORWARD);
}

/* Whoever chose goes on where he was. */
static void
on_closed (JzPicker *picker, JzEditorPage *self)
{
  if (self->is_editable)
    gtk_widget_grab_focus (self->target != NULL ? self->target : GTK_WIDGET (self->paper));
  else
    jz_editor_focus_final (self);
}

static const struct {
  const char *name;
  guint key;
  GdkModifierType state;
} tools[] = {
  { "editor.questions", GDK_KEY_F6, 0 }, { "editor.cite", 0, 0 },
  { "editor.evidence", GDK_KEY_F8, 0 },  { "editor.similar", GDK_KEY_t, GDK_CONTROL_MASK },
  { "editor.confirm-carried", 0, 0 },    { "editor.confirm-sentence", GDK_KEY_j, GDK_CONTROL_MASK },
};

void
jz_editor_install_tools (GtkWidgetClass *klass)
{
  g_type_ensure (JZ_TYPE_PICKER);
  jz_editor_install_source (klass);
  jz_editor_install_ties (klass);
  for (guint i = 0; i < G_N_ELEMENTS (tools); i++) {
    gtk_widget_class_install_action (klass, tools[i].name, NULL, do_tool);
    if (tools[i].key != 0)
      gtk_widget_class_add_binding_action (klass, tools[i].key, tools[i].state, tools[i].name,
                                           NULL);
  }
  gtk_widget_class_bind_template_child (klass, JzEditorPage, picker);
  gtk_widget_class_bind_template_child (klass, JzEditorPage, questions_button);
  gtk_widget_class_bind_template_child (klass, JzEditorPage, tools_box);
}

void
jz_editor_add_tools (JzEditorPage *self)
{
  GtkEventController *keys = gtk_shortcut_controller_new ();
  self->carried = jz_carried_new ();
  /* Stock texts hide their caret by F7, so it is taken before they get it. */
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (keys),
                                        gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_F7, 0),
                                                          gtk_named_action_new ("editor.cite")));
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  g_signal_connect (self->picker, "picked", G_CALLBACK (on_picked), self);
  g_signal_connect (self->picker, "closed", G_CALLBACK (on_closed), self);
}

/* What can be put into the document that is shown now. */
void
jz_editor_show_tools (JzEditorPage *self)
{
  gboolean has_questions = self->view != NULL && jz_form_get_outline (self->view->form)->len > 0;
  for (guint i = 0; i < G_N_ELEMENTS (tools); i++)
    gtk_widget_action_set_enabled (
      GTK_WIDGET (self), tools[i].name,
      self->is_editable && (strcmp (tools[i].name, "editor.questions") != 0 || has_questions));
  gtk_widget_set_visible (self->tools_box, self->is_editable);
  gtk_widget_set_visible (self->questions_button, has_questions);
}
