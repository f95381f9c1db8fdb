/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include <glib/gi18n-lib.h>

#include "app/act_form.h"
#include "app/editor/editor_page-private.h"
#include "app/messages.h"
#include "app/refusal_place.h"
#include "app/window.h"

/* What can be done with a document next. Whatever the law asks is checked by the act itself; here
 * stands only what is offered, and in which words. */

typedef struct {
  const char *act; /* or how its name ends */
  const char *words;
  gboolean is_main; /* may be on the button */
} Step;

/* In the order in which they are offered on the button. */
static const Step steps[] = {
  { "document.submit", N_ ("Submit for Approval"), TRUE },
  { "document.examine", N_ ("Agree as Head of the Unit"), TRUE },
  { "document.finalise", N_ ("Make Final"), TRUE },
  { "document.sign", N_ ("Register Seal or Signature"), TRUE },
  { "document.serve", N_ ("Register Service"), TRUE },
  { "document.revise", N_ ("Change It Again"), FALSE },
  { "document.return", N_ ("Give Back for Revision"), FALSE },
  { "document.correct", N_ ("Correct"), TRUE },
  { "document.void", N_ ("Make Void"), FALSE },
};

/* Acts of the law's own stand for the plain ones. */
static const char *
get_words (JzEditorPage *self, const char *act, gboolean *is_main)
{
  *is_main = TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    if (strcmp (steps[i].act, act) == 0) {
      *is_main = steps[i].is_main;
      return _ (steps[i].words);
    }
  if (strcmp (act, jz_form_get_approving_act (self->view->form)) == 0)
    return _ ("Approve");
  return _ ("Make Final");
}

/**
 * jz_editor_state_word:
 * @state: how far a document has come
 *
 * Returns: the word on its badge (ux.md §5)
 */
const char *
jz_editor_state_word (JzDocumentState state)
{
  switch (state) {
  case JZ_DOCUMENT_DRAFT:
    return C_ ("document", "Draft");
  case JZ_DOCUMENT_SUBMITTED:
  case JZ_DOCUMENT_EXAMINED:
    return C_ ("document", "In approval");
  case JZ_DOCUMENT_APPROVED:
    return C_ ("document", "Approved");
  case JZ_DOCUMENT_FINAL:
    return C_ ("document", "Final");
  case JZ_DOCUMENT_SIGNED:
    return C_ ("document", "Signed or sealed");
  case JZ_DOCUMENT_SERVED:
    return C_ ("document", "Served");
  case JZ_DOCUMENT_CORRECTED:
    return C_ ("document", "Corrected");
  case JZ_DOCUMENT_VOID:
  default:
    return C_ ("document", "Void");
  }
}

/* A draft that is being written is saved by itself. */
static gboolean
is_offered (JzEditorPage *self, const char *act)
{
  return strcmp (act, "document.revise") != 0 ||
         (!self->is_editable && self->view->state != JZ_DOCUMENT_DRAFT);
}

void
jz_editor_show_steps (JzEditorPage *self)
{
  const char *main_words = NULL;
  g_menu_remove_all (self->other_steps);
  g_clear_pointer (&self->main_step, g_free);
  for (guint i = 0; i < self->view->steps->len; i++) {
    const char *act = g_ptr_array_index (self->view->steps, i);
    gboolean is_main;
    const char *words = get_words (self, act, &is_main);
    if (!is_offered (self, act))
      continue;
    if (is_main && self->main_step == NULL) {
      self->main_step = g_strdup (act);
      main_words = words;
      continue;
    }
    g_autoptr (GMenuItem) item = g_menu_item_new (words, NULL);
    g_menu_item_set_action_and_target (item, "editor.step-named", "s", act);
    g_menu_append_item (self->other_steps, item);
  }
  gtk_widget_set_visible (GTK_WIDGET (self->step_button), self->main_step != NULL);
  adw_split_button_set_label (self->step_button, main_words != NULL ? main_words : "");
}

static JzJson *
new_args (JzEditorPage *self, const char *name)
{
  JzJson *args = jz_json_new_object ();
  jz_json_set_text (args, "case", self->view->case_id);
  jz_json_set_text (args, name, self->view->id);
  return args;
}

static void
on_finalised (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (JzEditorPage) self = data;
  g_autoptr (GError) error = NULL;
  JzOfficeClient *client = JZ_OFFICE_CLIENT (source);
  g_autoptr (JzActOutcome) outcome = jz_office_client_act_finish (client, result, &error);
  gtk_widget_set_sensitive (GTK_WIDGET (self->step_button), TRUE);
  if (outcome == NULL) {
    jz_show_error (GTK_WIDGET (self), error);
    return;
  }
  if (outcome->refusal != NULL) {
    g_autoptr (JzJson) args = new_args (self, "document");
    jz_show_refusal_of_act (GTK_WIDGET (self), client, outcome->refusal, "document.finalise", args);
    return;
  }
  jz_window_toast (GTK_WIDGET (self), _ ("The document is final. Ctrl+P prints it."));
  jz_editor_load (self);
}

static void
on_confirmed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (JzEditorPage) self = data;
  JzOfficeClient *client = jz_section_get_client (JZ_SECTION (self));
  char today[JZ_DATE_SIZE];
  if (!jz_confirm_finish (result, NULL) || self->view == NULL)
    return;
  JzJson *args = new_args (self, "document");
  jz_date_format (jz_office_client_today (client), today);
  jz_json_set_text (args, "document.date", today);
  gtk_widget_set_sensitive (GTK_WIDGET (self->step_button), FALSE);
  jz_office_client_act_async (client, "document.finalise", args, NULL, on_finalised,
                              g_object_ref (self));
}

static void
finalise (JzEditorPage *self)
{
  g_autofree char *heading = g_strdup_printf (_ ("Make “%s” final?"), self->view->title);
  jz_confirm_async (GTK_WIDGET (self), heading,
                    _ ("It gets its number and today's date and is frozen. After that it is not "
                       "changed any more; an error is corrected by a corrected document beside "
                       "it."),
                    _ ("Make Final"), FALSE, NULL, on_confirmed, g_object_ref (self));
}

static void
change_again (JzEditorPage *self)
{
  self->is_again = TRUE;
  jz_editor_load (self);
  jz_window_toast (GTK_WIDGET (self),
                   _ ("What you change now makes it a draft again, and it has to be approved "
                      "anew."));
}

static void
ask (JzEditorPage *self, const char *act)
{
  gboolean is_correcting = strcmp (act, "document.correct") == 0;
  jz_act_form_present (GTK_WIDGET (self), jz_section_get_client (JZ_SECTION (self)), act,
                       new_args (self, is_correcting ? "corrects" : "document"));
}

static void
go_on (JzEditorPage *self)
{
  g_autofree char *act = g_object_steal_data (G_OBJECT (self), "step");
  if (act == NULL || self->view == NULL)
    return;
  if (strcmp (act, "document.finalise") == 0)
    finalise (self);
  else if (strcmp (act, "document.revise") == 0)
    change_again (self);
  else
    ask (self, act);
}

/* What is typed goes on record first: who approves must see it. */
void
jz_editor_do_step (JzEditorPage *self, const char *act)
{
  g_object_set_data_full (G_OBJECT (self), "step", g_strdup (act), g_free);
  jz_editor_save_then (self, go_on);
}
