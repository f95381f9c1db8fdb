/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/editor/editor_page-private.h"

/* What the editor asks the office about the document that it shows, with what stands on the page.
 */

static void
free_question (gpointer data)
{
  JzEditorQuestion *self = data;
  g_free (self->document);
  g_free (self->case_id);
  g_free (self->about);
  jz_json_unref (self->values);
  g_free (self);
}

/**
 * jz_editor_ask:
 * @self: an editor that shows a document
 * @read: answers with a #JzJson; its data is a #JzEditorQuestion
 * @about: (nullable): what it is about beside the document: the path of a field, another document
 * @callback: gets the answer, with a reference of @self as its data
 *
 * Asks on another thread; what is typed meanwhile is not in the question.
 */
void
jz_editor_ask (JzEditorPage *self,
               JzOfficeRead read,
               const char *about,
               GAsyncReadyCallback callback)
{
  JzEditorQuestion *question = g_new0 (JzEditorQuestion, 1);
  question->document = g_strdup (self->view->id);
  question->case_id = g_strdup (self->view->case_id);
  question->about = g_strdup (about);
  question->values = self->typing != NULL
                       ? jz_json_copy (jz_filling_get_values (jz_typing_get_filling (self->typing)))
                       : jz_json_new_object ();
  jz_office_client_read_async (jz_section_get_client (JZ_SECTION (self)), read, question,
                               free_question, (GDestroyNotify)jz_json_unref, self->cancellable,
                               callback, g_object_ref (self));
}
