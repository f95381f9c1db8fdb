/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include <glib/gi18n-lib.h>

#include "app/act_form.h"
#include "app/messages.h"
#include "app/publicity/publication_page-private.h"
#include "app/publicity/publicity_print.h"
#include "app/publicity/release_dialog.h"
#include "app/refusal_place.h"
#include "app/window.h"

/* What is done on the page of a publication: it is collected, checked, released, corrected, and all
 * that is done by a form. */

static gboolean
is_collecting (const char *act)
{
  return strcmp (act, "publication.collect") == 0 || strcmp (act, "publication.correct") == 0;
}

/* @act: (nullable): what was done */
static void
show_done (JzPublicationPage *self, const char *act)
{
  self->is_busy = FALSE;
  if (act != NULL && is_collecting (act)) {
    g_clear_pointer (&self->reading, jz_publication_reading_free);
    self->is_correcting = FALSE;
  } else if (act != NULL && strcmp (act, "publication.release") == 0) {
    jz_window_toast (GTK_WIDGET (self), _ ("Released: now put it on the carriers"));
    gtk_stack_set_visible_child_name (self->views, "carriers");
  }
  jz_publication_page_refresh (self);
}

/* Collecting takes a while, and the page may show another decision by then, or be gone. */
static void
on_performed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (JzPublicationPage) self = data;
  g_autoptr (JzActOutcome) outcome = jz_finish_act (GTK_WIDGET (self), result);
  const JzJson *args = NULL;
  const char *act = jz_office_client_get_act (result, &args);
  gboolean is_shown;

  is_shown =
    args != NULL && g_strcmp0 (jz_json_get_member_text (args, "document"), self->document) == 0;
  if (outcome != NULL && is_collecting (act)) {
    g_hash_table_remove (self->kept, jz_json_get_member_text (args, "document"));
    jz_window_toast (GTK_WIDGET (self), _ ("Submitted: somebody else checks it now"));
  }
  if (is_shown && self->client != NULL)
    show_done (self, outcome != NULL ? act : NULL);
}

static JzJson *
new_args (JzPublicationPage *self)
{
  JzJson *args = jz_json_new_object ();

  jz_json_set_text (args, "case", jz_publication_page_get (self, "case"));
  jz_json_set_text (args, "document", self->document);
  return args;
}

/* Of the copy that is shown, not of one that was collected since. (nullable): none is shown, as
 * long as it is being read. */
static JzJson *
new_copy_args (JzPublicationPage *self)
{
  const JzJson *copy =
    self->reading != NULL ? jz_json_get_member (self->reading->sheet, "copy") : NULL;
  JzJson *args = NULL;

  if (copy == NULL)
    return NULL;
  args = new_args (self);
  jz_json_set_text (args, "copy", jz_json_get_member_text (copy, "id"));
  return args;
}

static char *
dup_note (JzPublicationPage *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->note);
  GtkTextIter start, end;
  g_autofree char *text = NULL;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  text = gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
  return g_strdup (g_strstrip (text));
}

static void
submit (GtkWidget *widget, const char *action, GVariant *parameter)
{
  JzPublicationPage *self = JZ_PUBLICATION_PAGE (widget);
  g_autofree char *note = dup_note (self);
  JzJson *args;

  if (self->reading == NULL || self->is_busy)
    return;
  if (self->is_correcting && note[0] == '\0') {
    jz_window_toast (widget, _ ("Write what is corrected and why."));
    gtk_widget_grab_focus (GTK_WIDGET (self->note));
    return;
  }
  args = new_args (self);
  jz_json_set_member (args, "publication.redactions",
                      jz_found_to_redactions (self->reading->found));
  if (self->is_correcting)
    jz_json_set_text (args, "note", note);
  self->is_busy = TRUE;
  jz_publication_page_update_head (self);
  jz_publication_page_update_submit (self);
  jz_office_client_act_async (self->client,
                              self->is_correcting ? "publication.correct" : "publication.collect",
                              args, NULL, on_performed, g_object_ref (self));
}

/* Where the standard is not met the checker says why it may be so. */
static void
pass (GtkWidget *widget, const char *action, GVariant *parameter)
{
  JzPublicationPage *self = JZ_PUBLICATION_PAGE (widget);
  JzJson *args = new_copy_args (self);
  const JzJson *copy;

  if (args == NULL)
    return;
  copy = jz_json_get_member (self->reading->sheet, "copy");
  jz_json_set_text (args, "verdict", "pass");
  if (jz_json_get_member_integer (copy, "deviations", 0) > 0)
    jz_act_form_present (widget, self->client, "publication.check", args);
  else
    jz_office_client_act_async (self->client, "publication.check", args, NULL, on_performed,
                                g_object_ref (self));
}

static void
give_back (GtkWidget *widget, const char *action, GVariant *parameter)
{
  JzPublicationPage *self = JZ_PUBLICATION_PAGE (widget);
  JzJson *args = new_copy_args (self);

  if (args == NULL)
    return;
  jz_json_set_text (args, "verdict", "return");
  jz_act_form_present (widget, self->client, "publication.check", args);
}

/* What is released is what was shown when it was asked about. */
typedef struct {
  JzPublicationPage *page;
  JzJson *args;
} Release;

static void
on_release_confirmed (GObject *source, GAsyncResult *result, gpointer data)
{
  Release *asked = data;
  g_autoptr (JzPublicationPage) self = asked->page;
  g_autoptr (JzJson) args = asked->args;
  g_autofree char *late = jz_release_dialog_ask_finish (result, NULL);

  g_free (asked);
  if (late != NULL && late[0] != '\0')
    jz_json_set_text (args, "late_reason", late);
  if (late != NULL && self->client != NULL)
    jz_office_client_act_async (self->client, "publication.release", g_steal_pointer (&args), NULL,
                                on_performed, g_object_ref (self));
}

/* What was released before is corrected now, and that is never late by the limit of its release. */
static guint
get_days_late (JzPublicationPage *self)
{
  const JzJson *sheet = self->reading->sheet;

  return jz_publication_page_get (self, "released_on")[0] == '\0'
           ? (guint)jz_json_get_member_integer (sheet, "days_late", 0)
           : 0;
}

static void
release (GtkWidget *widget, const char *action, GVariant *parameter)
{
  JzPublicationPage *self = JZ_PUBLICATION_PAGE (widget);
  JzJson *args = new_copy_args (self);
  g_autofree char *body = NULL;
  Release *asked;

  if (args == NULL)
    return;
  body = g_strdup_printf (
    _ ("%1$s of %2$s leaves the office for the carriers. What the public has seen "
       "cannot be made unseen."),
    jz_publication_page_get (self, "number"), jz_publication_page_get (self, "party"));
  asked = g_new (Release, 1);
  *asked = (Release){ g_object_ref (self), args };
  jz_release_dialog_ask_async (widget, body, get_days_late (self), on_release_confirmed, asked);
}

static void
present (GtkWidget *widget, const char *action, GVariant *parameter)
{
  static const struct {
    const char *action;
    const char *act;
  } forms[] = {
    { "publication.withdraw", "publication.withdraw" },
    { "publication.exempt", "publication.exempt" },
    { "publication.reexamine", "publication.reexamine" },
    { "publication.report-error", "publication.report_error" },
  };
  JzPublicationPage *self = JZ_PUBLICATION_PAGE (widget);

  for (gsize i = 0; i < G_N_ELEMENTS (forms) && self->reading != NULL; i++)
    if (strcmp (forms[i].action, action) == 0)
      jz_act_form_present (widget, self->client, forms[i].act, new_args (self));
}

static void
dismiss_error (GtkWidget *widget, const char *action, GVariant *parameter)
{
  JzPublicationPage *self = JZ_PUBLICATION_PAGE (widget);
  JzJson *args;

  if (self->reading == NULL)
    return;
  args = new_args (self);
  jz_json_set_text (args, "report", g_variant_get_string (parameter, NULL));
  jz_act_form_present (widget, self->client, "publication.dismiss_error", args);
}

static void
print_history (GtkWidget *widget, const char *action, GVariant *parameter)
{
  JzPublicationPage *self = JZ_PUBLICATION_PAGE (widget);

  if (self->reading != NULL)
    jz_publicity_print_history (widget, self->client, self->document);
}

static void
copy_note (GtkWidget *widget, const char *action, GVariant *parameter)
{
  jz_carriers_pane_copy_note (JZ_PUBLICATION_PAGE (widget)->carriers);
}

static void
correct (GtkWidget *widget, const char *action, GVariant *parameter)
{
  JzPublicationPage *self = JZ_PUBLICATION_PAGE (widget);

  if (self->reading == NULL)
    return;
  self->is_correcting = TRUE;
  gtk_stack_set_visible_child_name (self->views, "copy");
  jz_publication_page_update (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->note));
}

/**
 * jz_publication_page_install_acts:
 * @widget_class: of the page
 */
void
jz_publication_page_install_acts (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "publication.submit", NULL, submit);
  gtk_widget_class_install_action (widget_class, "publication.pass", NULL, pass);
  gtk_widget_class_install_action (widget_class, "publication.return", NULL, give_back);
  gtk_widget_class_install_action (widget_class, "publication.release", NULL, release);
  gtk_widget_class_install_action (widget_class, "publication.withdraw", NULL, present);
  gtk_widget_class_install_action (widget_class, "publication.exempt", NULL, present);
  gtk_widget_class_install_action (widget_class, "publication.reexamine", NULL, present);
  gtk_widget_class_install_action (widget_class, "publication.correct", NULL, correct);
  gtk_widget_class_install_action (widget_class, "publication.report-error", NULL, present);
  gtk_widget_class_install_action (widget_class, "publication.dismiss-error", "s", dismiss_error);
  gtk_widget_class_install_action (widget_class, "publication.print-history", NULL, print_history);
  gtk_widget_class_install_action (widget_class, "publication.copy-note", NULL, copy_note);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_c, GDK_CONTROL_MASK | GDK_SHIFT_MASK,
                                       "publication.copy-note", NULL);
}
