/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>

#include "app/editor/editor_page-private.h"
#include "app/messages.h"
#include "app/refusal_place.h"
#include "app/window.h"
#include "office/office.h"

/* What is typed is kept within a second, and put on record when the page is left, printed or passed
 * on. Keeping is never refused (ux.md §1.1). */

#define KEEP_AFTER_MS 1000
#define CHECK_AFTER_MS 700

typedef struct {
  JzScratchDraft draft;
  JzJson *typed;
} Keeping;

static void
free_keeping (gpointer data)
{
  Keeping *self = data;
  g_free (self->draft.document);
  g_free (self->draft.case_id);
  g_free (self->draft.person);
  g_free (self->draft.text);
  jz_json_unref (self->typed);
  g_free (self);
}

static gpointer
keep (JzOffice *office,
      JzConnection *reader,
      gpointer data,
      GCancellable *cancellable,
      GError **error)
{
  Keeping *self = data;
  self->draft.text = jz_json_to_canonical (self->typed, NULL);
  if (!jz_scratch_keep_draft (jz_store_get_scratch (jz_office_get_store (office)), &self->draft,
                              error))
    return NULL;
  return GINT_TO_POINTER (1);
}

static void
show_kept (JzEditorPage *self)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *clock = g_date_time_format (now, "%-H:%M");
  g_autofree char *text = g_strdup_printf (_ ("Kept at %s"), clock);
  /* What went on record meanwhile is more than kept. */
  if (!self->is_dirty) {
    jz_editor_show_saved (self);
    return;
  }
  gtk_label_set_label (self->status, text);
  gtk_widget_set_visible (GTK_WIDGET (self->status), TRUE);
}

static void
on_kept (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (JzEditorPage) self = data;
  g_autoptr (GError) error = NULL;
  if (jz_office_client_read_finish (JZ_OFFICE_CLIENT (source), result, &error) != NULL)
    show_kept (self);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    jz_editor_show_notice (self, error->message, NULL, NULL);
}

static gboolean
keep_now (gpointer data)
{
  JzEditorPage *self = data;
  JzOfficeClient *client = jz_section_get_client (JZ_SECTION (self));
  self->keeping = 0;
  if (client == NULL || self->typing == NULL || self->view == NULL || !self->is_editable)
    return G_SOURCE_REMOVE;
  Keeping *keeping = g_new0 (Keeping, 1);
  keeping->draft.document = g_strdup (self->view->id);
  keeping->draft.case_id = g_strdup (self->view->case_id);
  keeping->draft.person = g_strdup (jz_office_client_get_person (client));
  keeping->draft.time = jz_office_client_now (client);
  keeping->typed = jz_typing_to_draft (self->typing);
  /* Not cancelled with the page: it is what somebody typed. */
  jz_office_client_read_async (client, keep, keeping, free_keeping, NULL, NULL, on_kept,
                               g_object_ref (self));
  return G_SOURCE_REMOVE;
}

/* Something was typed. */
void
jz_editor_typed (JzEditorPage *self)
{
  if (!self->is_editable)
    return;
  self->is_dirty = TRUE;
  if (self->keeping == 0)
    self->keeping = g_timeout_add (KEEP_AFTER_MS, keep_now, self);
  jz_editor_show_carried (self);
  if (self->ties != NULL && jz_json_get_n_items (self->ties) > 0)
    jz_editor_show_ties (self);
  jz_editor_check_soon (self);
}

void
jz_editor_stop_keeping (JzEditorPage *self)
{
  g_clear_handle_id (&self->keeping, g_source_remove);
  g_clear_handle_id (&self->checking, g_source_remove);
}

typedef struct {
  char *document;
  char *person;
} Dropping;

static void
free_dropping (gpointer data)
{
  Dropping *self = data;
  g_free (self->document);
  g_free (self->person);
  g_free (self);
}

static gpointer
drop (JzOffice *office,
      JzConnection *reader,
      gpointer data,
      GCancellable *cancellable,
      GError **error)
{
  const Dropping *self = data;
  if (!jz_scratch_drop_draft (jz_store_get_scratch (jz_office_get_store (office)), self->document,
                              self->person, error))
    return NULL;
  return GINT_TO_POINTER (1);
}

/* A saving that is under way; the page may show another document when it ends. */
typedef struct {
  JzEditorPage *page;
  char *document;
  guint revision;
} Saving;

static void
free_saving (Saving *self)
{
  g_object_unref (self->page);
  g_free (self->document);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Saving, free_saving)

static gboolean
is_shown (const Saving *self)
{
  return g_strcmp0 (self->page->document, self->document) == 0 && self->page->typing != NULL;
}

void
jz_editor_show_saved (JzEditorPage *self)
{
  gboolean has_unread = self->typing != NULL && jz_typing_has_unread (self->typing);
  gtk_label_set_label (self->status, has_unread ? _ ("On record but for what cannot be read")
                                                : _ ("Everything is on record"));
  gtk_widget_set_visible (GTK_WIDGET (self->status), TRUE);
}

static void
saved (Saving *self, JzOfficeClient *client)
{
  JzEditorPage *page = self->page;
  gboolean is_still = is_shown (self) && jz_typing_get_revision (page->typing) == self->revision;
  if (is_shown (self) && !is_still)
    return;
  page->is_dirty = page->is_dirty && !is_still;
  /* What cannot be read is in no value: only the draft has it. */
  if (is_still && jz_typing_has_unread (page->typing)) {
    jz_editor_show_saved (page);
    return;
  }
  Dropping *dropping = g_new0 (Dropping, 1);
  dropping->document = g_strdup (self->document);
  dropping->person = g_strdup (jz_office_client_get_person (client));
  jz_office_client_read_async (client, drop, dropping, free_dropping, NULL, NULL, NULL, NULL);
  if (!is_still)
    return;
  g_clear_handle_id (&page->keeping, g_source_remove);
  jz_editor_show_saved (page);
}

static void
on_saved (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Saving) saving = data;
  g_autoptr (GError) error = NULL;
  JzEditorPage *self = saving->page;
  JzOfficeClient *client = JZ_OFFICE_CLIENT (source);
  g_autoptr (JzActOutcome) outcome = jz_office_client_act_finish (client, result, &error);
  const JzJson *args = NULL;
  const char *act = jz_office_client_get_act (result, &args);
  JzEditorThen then = g_steal_pointer (&self->then);
  self->is_saving = FALSE;
  if (outcome != NULL && outcome->refusal == NULL) {
    saved (saving, client);
    if (is_shown (saving) && then != NULL)
      then (self);
    if (is_shown (saving))
      jz_editor_load (self);
    return;
  }
  /* Only whoever asked for a step is told; what was typed is kept all the same. */
  if (then != NULL && outcome != NULL)
    jz_show_refusal_of_act (GTK_WIDGET (self), client, outcome->refusal, act, args);
  else if (then != NULL)
    jz_show_error (GTK_WIDGET (self), error);
}

/* Puts on record what was typed, then goes on; where nothing was, goes on at once. */
void
jz_editor_save_then (JzEditorPage *self, JzEditorThen then)
{
  JzOfficeClient *client = jz_section_get_client (JZ_SECTION (self));
  const char *path = jz_paper_get_path (self->paper);
  if (path != NULL && self->typing != NULL)
    jz_typing_settle (self->typing, path);
  if (!self->is_dirty || !self->is_editable || self->is_saving || client == NULL ||
      !jz_office_client_is_signed_in (client)) {
    if (then != NULL)
      then (self);
    return;
  }
  Saving *saving = g_new0 (Saving, 1);
  saving->page = g_object_ref (self);
  saving->document = g_strdup (self->view->id);
  saving->revision = jz_typing_get_revision (self->typing);
  JzJson *args = jz_json_new_object ();
  jz_json_set_text (args, "case", self->view->case_id);
  jz_json_set_text (args, "document", self->view->id);
  jz_json_set_member (args, "values",
                      jz_json_copy (jz_filling_get_values (jz_typing_get_filling (self->typing))));
  self->is_saving = TRUE;
  self->then = then;
  if (self->keeping != 0) {
    g_source_remove (self->keeping);
    (void)keep_now (self);
  }
  jz_office_client_act_async (client, "document.revise", args, NULL, on_saved, saving);
}

static gpointer
check (JzOffice *office,
       JzConnection *reader,
       gpointer data,
       GCancellable *cancellable,
       GError **error)
{
  const JzEditorQuestion *question = data;
  return jz_document_check_draft_values (office, reader, question->document, question->values,
                                         error);
}

static void
on_checked (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (JzEditorPage) self = data;
  g_autoptr (JzJson) findings =
    jz_office_client_read_finish (JZ_OFFICE_CLIENT (source), result, NULL);
  if (findings == NULL || self->view == NULL)
    return;
  guint n = jz_json_get_n_items (findings);
  /* Translators: how many things are missing or should be looked at. */
  g_autofree char *label = n > 0 ? g_strdup_printf (_ ("Checks %u"), n) : g_strdup (_ ("Checks"));
  gtk_button_set_label (self->checks_button, label);
  jz_guide_drawer_set_findings (self->guide, findings);
}

static gboolean
check_now (gpointer data)
{
  JzEditorPage *self = data;
  JzOfficeClient *client = jz_section_get_client (JZ_SECTION (self));
  self->checking = 0;
  if (client == NULL || self->typing == NULL || self->view == NULL)
    return G_SOURCE_REMOVE;
  jz_editor_ask (self, check, NULL, on_checked);
  return G_SOURCE_REMOVE;
}

/* Checks appear at the side, a moment after the last key. */
void
jz_editor_check_soon (JzEditorPage *self)
{
  g_clear_handle_id (&self->checking, g_source_remove);
  self->checking = g_timeout_add (CHECK_AFTER_MS, check_now, self);
}

static gpointer
find_sources (JzOffice *office,
              JzConnection *reader,
              gpointer data,
              GCancellable *cancellable,
              GError **error)
{
  return jz_document_find_sources (office, reader, ((const JzEditorQuestion *)data)->document,
                                   error);
}

static void
on_sources (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (JzEditorPage) self = data;
  g_autoptr (JzJson) sources =
    jz_office_client_read_finish (JZ_OFFICE_CLIENT (source), result, NULL);
  if (sources != NULL)
    jz_guide_drawer_set_sources (self->guide, sources);
}

void
jz_editor_ask_sources (JzEditorPage *self)
{
  jz_editor_ask (self, find_sources, NULL, on_sources);
}

static gpointer
list_versions (JzOffice *office,
               JzConnection *reader,
               gpointer data,
               GCancellable *cancellable,
               GError **error)
{
  return jz_document_list_versions (reader, ((const JzEditorQuestion *)data)->document, error);
}

static void
on_versions (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (JzEditorPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JzJson) versions =
    jz_office_client_read_finish (JZ_OFFICE_CLIENT (source), result, &error);
  if (versions != NULL)
    jz_guide_drawer_set_versions (self->guide, versions);
  else
    jz_show_error (GTK_WIDGET (self), error);
}

void
jz_editor_ask_versions (JzEditorPage *self)
{
  if (self->view != NULL)
    jz_editor_ask (self, list_versions, NULL, on_versions);
}

static gpointer
give (JzOffice *office,
      JzConnection *reader,
      gpointer data,
      GCancellable *cancellable,
      GError **error)
{
  const Dropping *self = data;
  if (!jz_scratch_give_draft (jz_store_get_scratch (jz_office_get_store (office)), self->document,
                              self->person, error))
    return NULL;
  return GINT_TO_POINTER (1);
}

static void
on_given (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (JzEditorPage) self = data;
  g_autoptr (GError) error = NULL;
  if (jz_office_client_read_finish (JZ_OFFICE_CLIENT (source), result, &error) != NULL)
    jz_editor_load (self);
  else
    jz_show_error (GTK_WIDGET (self), error);
}

/* Goes on with what somebody else left behind; his text stays. */
void
jz_editor_take_over (JzEditorPage *self)
{
  JzOfficeClient *client = jz_section_get_client (JZ_SECTION (self));
  Dropping *data = g_new0 (Dropping, 1);
  data->document = g_strdup (self->view->id);
  data->person = g_strdup (jz_office_client_get_person (client));
  jz_office_client_read_async (client, give, data, free_dropping, NULL, self->cancellable, on_given,
                               g_object_ref (self));
}
