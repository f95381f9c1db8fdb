/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include <glib/gi18n-lib.h>

#include "app/editor/editor_page-private.h"
#include "app/editor/editor_settings.h"
#include "app/messages.h"
#include "app/window.h"
#include "app/words.h"

/* The document that the page shows: read from the office, with what was typed and is not on record,
 * and who may write it. */

/* One document is written in one window; those of other windows only show it. */
static GHashTable *open_documents; /* (element-type utf8 JzEditorPage) */

static gboolean
try_open (JzEditorPage *self)
{
  if (open_documents == NULL)
    open_documents = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  JzEditorPage *other = g_hash_table_lookup (open_documents, self->document);
  if (other != NULL && other != self)
    return FALSE;
  g_hash_table_insert (open_documents, g_strdup (self->document), self);
  return TRUE;
}

static void
let_go (JzEditorPage *self)
{
  if (open_documents != NULL && self->document != NULL &&
      g_hash_table_lookup (open_documents, self->document) == self)
    g_hash_table_remove (open_documents, self->document);
}

static gboolean
is_mine (JzEditorPage *self)
{
  JzOfficeClient *client = jz_section_get_client (JZ_SECTION (self));
  return self->view->draft == NULL ||
         g_strcmp0 (self->view->draft->person, jz_office_client_get_person (client)) == 0;
}

/* Who may write, and who has to be asked first. */
static void
decide_editable (JzEditorPage *self)
{
  JzOfficeClient *client = jz_section_get_client (JZ_SECTION (self));
  gboolean may_write = jz_office_client_has_role (client, self->view->writers);
  gboolean is_open = self->view->state == JZ_DOCUMENT_DRAFT ||
                     (self->is_again && self->view->state < JZ_DOCUMENT_FINAL);
  jz_editor_show_notice (self, NULL, NULL, NULL);
  if (is_open && may_write && !is_mine (self)) {
    char time[JZ_INSTANT_SIZE];
    jz_instant_format (self->view->draft->time, time);
    g_autofree char *moment = jz_words_dup_moment (time);
    g_autofree char *text =
      g_strdup_printf (_ ("%s is writing this document and typed last at %s. You can read it."),
                       self->view->holder != NULL ? self->view->holder : "", moment);
    jz_editor_show_notice (self, text, _ ("Go On in Its Place"), "editor.take-over");
    is_open = FALSE;
  } else if (is_open && may_write && !try_open (self)) {
    jz_editor_show_notice (self, _ ("This document is open in another window; write it there."),
                           NULL, NULL);
    is_open = FALSE;
  }
  jz_editor_set_editable (self, is_open && may_write);
}

static void
show_head (JzEditorPage *self)
{
  const JzDocumentView *view = self->view;
  g_autofree char *title = view->number[0] != '\0'
                             ? g_strdup_printf ("%s　%s", view->title, view->number)
                             : g_strdup (view->title);
  gtk_label_set_label (self->title, title);
  gtk_label_set_label (self->badge, jz_editor_state_word (view->state));
  gtk_widget_remove_css_class (GTK_WIDGET (self->badge), "is-final");
  gtk_widget_remove_css_class (GTK_WIDGET (self->badge), "is-void");
  if (view->state == JZ_DOCUMENT_VOID || view->state == JZ_DOCUMENT_CORRECTED)
    gtk_widget_add_css_class (GTK_WIDGET (self->badge), "is-void");
  else if (view->state >= JZ_DOCUMENT_FINAL)
    gtk_widget_add_css_class (GTK_WIDGET (self->badge), "is-final");
  gtk_widget_set_visible (self->view_switch, jz_form_get_kind (view->form) == JZ_FORM_RECORD &&
                                               view->state < JZ_DOCUMENT_FINAL);
  gtk_widget_set_visible (GTK_WIDGET (self->checks_button), view->state < JZ_DOCUMENT_FINAL);
  jz_guide_drawer_set_final (self->guide, view->state >= JZ_DOCUMENT_FINAL);
  gtk_stack_set_visible_child_name (self->stack, "document");
}

/* What somebody typed and did not put on record comes first. */
static JzJson *
dup_draft (JzEditorPage *self)
{
  JzJson *draft = NULL;
  if (self->view->draft != NULL)
    draft = jz_json_parse_long (self->view->draft->text, strlen (self->view->draft->text),
                                8 * JZ_FILLING_MAX_SIZE, NULL);
  if (draft != NULL)
    return draft;
  draft = jz_json_new_object ();
  jz_json_set_member (draft, "values", jz_json_copy (self->view->values));
  return draft;
}

/* Whoever puts on record what is typed goes on typing where he was, and can still take it back. */
static gboolean
shows_already (JzEditorPage *self, const JzJson *draft)
{
  g_autoptr (JzJson) shown = self->typing != NULL ? jz_typing_to_draft (self->typing) : NULL;
  return shown != NULL && jz_typing_get_form (self->typing) == self->view->form &&
         jz_json_equal (shown, draft);
}

static void
told_refused (JzTyping *typing, const char *path, JzEditorPage *self)
{
  jz_window_toast (GTK_WIDGET (self),
                   _ ("This text is too long for a field and was not put in. Add it to the case as "
                      "an attachment."));
}

static void
begin_typing (JzEditorPage *self, const JzJson *draft)
{
  JzOfficeClient *client = jz_section_get_client (JZ_SECTION (self));
  g_autoptr (GError) error = NULL;
  if (self->typing != NULL)
    g_clear_signal_handler (&self->typed, self->typing);
  g_clear_object (&self->typing);
  self->typing = jz_typing_new (self->view->form, jz_office_client_today (client));
  if (!jz_typing_load (self->typing, draft, &error))
    jz_show_error (GTK_WIDGET (self), error);
  self->typed =
    g_signal_connect_swapped (self->typing, "changed", G_CALLBACK (jz_editor_typed), self);
  g_signal_connect_object (self->typing, "refused", G_CALLBACK (told_refused), self, 0);
  self->n_asked = 0;
  jz_paper_set_typing (self->paper, self->typing);
}

static void
take_typing (JzEditorPage *self)
{
  JzOfficeClient *client = jz_section_get_client (JZ_SECTION (self));
  g_autoptr (JzJson) draft = dup_draft (self);
  if (!shows_already (self, draft))
    begin_typing (self, draft);
  self->is_dirty = !jz_json_equal (jz_json_get_member (draft, "values"), self->view->values);
  jz_paper_set_marks (self->paper, self->view->case_number, jz_office_client_is_demo (client),
                      self->view->state < JZ_DOCUMENT_FINAL);
}

static void
show_view (JzEditorPage *self, gboolean is_new)
{
  show_head (self);
  if (is_new)
    jz_editor_fit_drawers (self);
  /* What is being typed is not thrown away because something else was written. */
  if (is_new || self->typing == NULL || !self->is_dirty || !self->is_editable)
    take_typing (self);
  decide_editable (self);
  if (is_new)
    jz_editor_load_carried (self);
  jz_editor_show_carried (self);
  if (self->view->state >= JZ_DOCUMENT_FINAL)
    gtk_toggle_button_set_active (self->pages_button, TRUE);
  else if (is_new)
    gtk_toggle_button_set_active (jz_form_get_kind (self->view->form) == JZ_FORM_RECORD &&
                                      jz_editor_settings_get ("continuous", FALSE)
                                    ? self->continuous_button
                                    : self->pages_button,
                                  TRUE);
  jz_editor_show_steps (self);
  jz_editor_ask_sources (self);
  jz_editor_ask_ties (self);
  jz_editor_check_soon (self);
  if (self->is_editable && self->path != NULL &&
      !jz_paper_go (self->paper, self->path, G_MAXUINT)) {
    gtk_revealer_set_reveal_child (self->fields_revealer, TRUE);
    jz_field_drawer_set_shown (self->fields, TRUE);
    (void)jz_field_drawer_go (self->fields, self->path);
  } else if (self->is_editable && is_new) {
    gtk_widget_grab_focus (GTK_WIDGET (self->paper));
  } else if (!self->is_editable && !jz_picker_is_open (self->picker)) {
    jz_editor_focus_final (self);
  }
  g_clear_pointer (&self->path, g_free);
}

static gpointer
read_view (JzOffice *office,
           JzConnection *reader,
           gpointer data,
           GCancellable *cancellable,
           GError **error)
{
  return jz_document_view_load (office, reader, data, error);
}

static void
on_loaded (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (JzEditorPage) self = data;
  g_autoptr (GError) error = NULL;
  JzDocumentView *view = jz_office_client_read_finish (JZ_OFFICE_CLIENT (source), result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  self->is_loading = FALSE;
  if (view == NULL) {
    gtk_stack_set_visible_child_name (self->stack, "nothing");
    jz_show_error (GTK_WIDGET (self), error);
    return;
  }
  gboolean is_new = self->view == NULL || strcmp (self->view->id, view->id) != 0;
  if (self->is_again && view->state != JZ_DOCUMENT_DRAFT && !is_new && !self->is_dirty)
    self->is_again = FALSE;
  g_clear_pointer (&self->view, jz_document_view_free);
  self->view = view;
  show_view (self, is_new);
}

/* Asks the store for the document as it is now. */
void
jz_editor_load (JzEditorPage *self)
{
  JzOfficeClient *client = jz_section_get_client (JZ_SECTION (self));
  if (client == NULL || self->document == NULL || !jz_office_client_is_signed_in (client))
    return;
  self->is_loading = TRUE;
  jz_office_client_read_async (client, read_view, g_strdup (self->document), g_free,
                               (GDestroyNotify)jz_document_view_free, self->cancellable, on_loaded,
                               g_object_ref (self));
}

/* Lets go of the document, so that another one can be loaded and another window can write it. */
void
jz_editor_forget (JzEditorPage *self)
{
  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  self->cancellable = g_cancellable_new ();
  jz_editor_stop_keeping (self);
  let_go (self);
  if (self->typing != NULL)
    g_clear_signal_handler (&self->typed, self->typing);
  jz_editor_set_editable (self, FALSE);
  jz_picker_close (self->picker);
  jz_guide_drawer_set_typing (self->guide, NULL, FALSE);
  jz_guide_drawer_set_versions (self->guide, NULL);
  jz_paper_set_typing (self->paper, NULL);
  g_clear_object (&self->typing);
  g_clear_pointer (&self->view, jz_document_view_free);
  g_clear_pointer (&self->document, g_free);
  g_clear_pointer (&self->path, g_free);
  self->is_dirty = FALSE;
  self->is_again = FALSE;
}
