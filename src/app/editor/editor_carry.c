/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include <glib/gi18n-lib.h>

#include "app/editor/editor_page-private.h"
#include "app/messages.h"
#include "app/window.h"
#include "office/office.h"
#include "office/similar_document.h"

/* Start from a similar document (ux.md §5): wording comes over, and stays tinted until somebody has
 * touched it or says that he has looked at it. */

/* Shows which sentences still wait, on the page and above it. */
void
jz_editor_show_carried (JzEditorPage *self)
{
  guint n = 0;
  g_autoptr (GHashTable) found = NULL;
  if (self->n_carried == 0 && jz_carried_is_empty (self->carried))
    return;
  if (self->typing != NULL && self->is_editable)
    found = jz_carried_find (self->carried, self->typing, &n);
  jz_paper_set_carried (self->paper, n > 0 ? found : NULL);
  g_autofree char *text =
    g_strdup_printf (ngettext ("%u sentence came from another case and is tinted until you change "
                               "it or say that you have looked at it.",
                               "%u sentences came from another case and are tinted until you "
                               "change them or say that you have looked at them.",
                               n),
                     n);
  if (n > 0)
    jz_editor_show_notice (self, text, _ ("I Have Looked at All"), "editor.confirm-carried");
  else if (self->n_carried > 0)
    jz_editor_show_notice (self, NULL, NULL, NULL);
  self->n_carried = n;
}

/* What was remembered of the document that is shown now. */
void
jz_editor_load_carried (JzEditorPage *self)
{
  const char *text = self->view != NULL ? self->view->carried : NULL;
  g_autoptr (JzJson) sentences = text != NULL ? jz_json_parse (text, strlen (text), NULL) : NULL;
  self->n_carried = 0;
  jz_carried_load (self->carried, sentences);
}

typedef struct {
  char *document;
  char *case_id;
  char *text; /* (nullable) */
} Keeping;

static void
free_keeping (gpointer data)
{
  Keeping *self = data;
  g_free (self->document);
  g_free (self->case_id);
  g_free (self->text);
  g_free (self);
}

static gpointer
keep (JzOffice *office,
      JzConnection *reader,
      gpointer data,
      GCancellable *cancellable,
      GError **error)
{
  const Keeping *self = data;
  return GINT_TO_POINTER (
    jz_scratch_keep_carried (jz_store_get_scratch (jz_office_get_store (office)), self->document,
                             self->case_id, self->text, error));
}

static void
on_kept (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (JzEditorPage) self = data;
  g_autoptr (GError) error = NULL;
  if (jz_office_client_read_finish (JZ_OFFICE_CLIENT (source), result, &error) == NULL)
    jz_show_error (GTK_WIDGET (self), error);
}

static void
keep_carried (JzEditorPage *self)
{
  Keeping *keeping = g_new0 (Keeping, 1);
  g_autoptr (JzJson) sentences = jz_carried_to_json (self->carried);
  keeping->document = g_strdup (self->view->id);
  keeping->case_id = g_strdup (self->view->case_id);
  keeping->text = sentences != NULL ? jz_json_to_canonical (sentences, NULL) : NULL;
  jz_office_client_read_async (jz_section_get_client (JZ_SECTION (self)), keep, keeping,
                               free_keeping, NULL, NULL, on_kept, g_object_ref (self));
}

/* A round of a record is made for each question. */
static void
put (JzEditorPage *self, const char *path, const char *text)
{
  JzFieldPath where;
  if (!jz_field_path_parse (self->view->form, path, &where))
    return;
  if (where.entry > jz_typing_count_entries (self->typing, where.field->name))
    jz_typing_add_entry (self->typing, where.field->name, where.entry);
  jz_typing_set_text (self->typing, path, text, 0);
  jz_carried_add (self->carried, path, text);
}

static void
tell_carried (JzEditorPage *self, gboolean is_any, guint n_left_out)
{
  g_autofree char *text = NULL;
  if (!is_any)
    text = g_strdup (_ ("Nothing could be carried over: the texts are filled already, or each "
                        "sentence there names something of its own case."));
  else if (n_left_out > 0)
    text = g_strdup_printf (ngettext ("Carried over. %u sentence that names something of the other "
                                      "case was left out. Ctrl+Z takes it back.",
                                      "Carried over. %u sentences that name something of the other "
                                      "case were left out. Ctrl+Z takes it back.",
                                      n_left_out),
                            n_left_out);
  else
    text = g_strdup (_ ("Carried over. Ctrl+Z takes it back."));
  jz_window_toast (GTK_WIDGET (self), text);
}

static void
on_carried (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (JzEditorPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JzJson) found =
    jz_office_client_read_finish (JZ_OFFICE_CLIENT (source), result, &error);
  if (found == NULL) {
    jz_show_error (GTK_WIDGET (self), error);
    return;
  }
  const JzJson *texts = jz_json_get_member (found, "texts");
  guint n = jz_json_get_n_items (texts);
  if (self->typing == NULL || !self->is_editable)
    return;
  jz_typing_begin (self->typing);
  for (guint i = 0; i < n; i++) {
    const JzJson *text = jz_json_get_item (texts, i);
    put (self, jz_json_get_member_text (text, "path"), jz_json_get_member_text (text, "text"));
  }
  jz_typing_end (self->typing);
  if (n > 0) {
    keep_carried (self);
    (void)jz_paper_go (self->paper, jz_json_get_member_text (jz_json_get_item (texts, 0), "path"),
                       0);
  }
  jz_editor_show_carried (self);
  tell_carried (self, n > 0, (guint)jz_json_get_member_integer (found, "left_out", 0));
}

static gpointer
carry_over (JzOffice *office,
            JzConnection *reader,
            gpointer data,
            GCancellable *cancellable,
            GError **error)
{
  const JzEditorQuestion *question = data;
  return jz_document_carry_over (office, reader, question->document, question->about,
                                 question->values, error);
}

static void
carry_from (JzEditorPage *self, const JzJson *row)
{
  jz_editor_ask (self, carry_over, jz_json_get_member_text (row, "id"), on_carried);
}

static void
add_words (JzJson *row)
{
  const char *title = jz_json_get_member_text (row, "case_title");
  const char *number = jz_json_get_member_text (row, "number");
  g_autofree char *date = jz_filling_dup_date (jz_json_get_member_text (row, "date"));
  const char *matter =
    jz_json_get_member_boolean (row, "same_matter", FALSE) ? _ ("the same matter") : "";
  g_autofree char *detail =
    g_strdup_printf ("%s　%s　%s", number[0] != '\0' ? number : "", date, matter);
  jz_json_set_text (row, "title", title);
  jz_json_set_text (row, "detail", g_strstrip (detail));
}

static void
on_similar (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (JzEditorPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JzJson) found =
    jz_office_client_read_finish (JZ_OFFICE_CLIENT (source), result, &error);
  if (found == NULL) {
    jz_show_error (GTK_WIDGET (self), error);
    return;
  }
  if (self->typing == NULL || !self->is_editable)
    return;
  JzJson *rows = jz_json_new_array ();
  for (guint i = 0; i < jz_json_get_n_items (found); i++) {
    JzJson *row = jz_json_copy (jz_json_get_item (found, i));
    add_words (row);
    jz_json_append (rows, row);
  }
  self->picked = carry_from;
  jz_picker_open (self->picker, _ ("Start from a Similar Document"),
                  _ ("There is no final document of this form in another case."), rows, NULL);
}

static gpointer
list_similar (JzOffice *office,
              JzConnection *reader,
              gpointer data,
              GCancellable *cancellable,
              GError **error)
{
  return jz_document_list_similar (office, reader, ((const JzEditorQuestion *)data)->document,
                                   cancellable, error);
}

/* Asks which document. */
void
jz_editor_start_from_similar (JzEditorPage *self)
{
  jz_editor_ask (self, list_similar, NULL, on_similar);
}

/* The sentence at the caret, or all of them, were looked at. */
void
jz_editor_confirm_carried (JzEditorPage *self, gboolean is_all)
{
  const char *path = jz_paper_get_path (self->paper);
  if (is_all)
    jz_carried_confirm_all (self->carried);
  else if (path == NULL || !jz_carried_confirm (self->carried, self->typing, path,
                                                jz_paper_get_caret (self->paper))) {
    gtk_widget_error_bell (GTK_WIDGET (self));
    return;
  }
  keep_carried (self);
  jz_editor_show_carried (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->paper));
}
