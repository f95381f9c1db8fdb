/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/case/party_page.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "app/act_form.h"
#include "app/case/case_print.h"
#include "app/case/case_tab.h"
#include "app/case/party_lists.h"
#include "app/case/party_read.h"
#include "app/focus.h"
#include "app/messages.h"
#include "app/page_view.h"
#include "app/publicity/found_pane.h"
#include "app/refusal_place.h"
#include "app/window.h"

/* What the party reads of a dossier: a person goes through each document and covers what is of
 * others, says of each file whether it shows anything of others, and writes down who came; then it
 * is written out (ux.md §4, 当事人阅卷). */

#define ROLES "handler|archivist|clerk"

struct _JzPartyPage {
  JzSection parent_instance;

  /* Template children */
  GtkButton *back;
  GtkLabel *title;
  GtkLabel *told;
  GtkListBox *documents;
  GtkBox *beside;
  JzPageView *original;
  JzFoundPane *found_pane;

  GCancellable *cancellable;
  JzFaces *faces;
  char *case_id;
  char *wanted; /* (nullable): id of the document that the person chose */
  JzPartyReading *reading;
  GHashTable *kept; /* document → JzJson: what was decided and is not handed in yet */
  gboolean is_filling;
  gboolean is_busy;
};

G_DEFINE_FINAL_TYPE (JzPartyPage, jz_party_page, JZ_TYPE_SECTION)

static JzOfficeClient *
get_client (JzPartyPage *self)
{
  return jz_section_get_client (JZ_SECTION (self));
}

static gboolean
may_decide (JzPartyPage *self)
{
  return jz_office_client_has_role (get_client (self), ROLES) && !self->is_busy;
}

static const JzJson *
get_list (JzPartyPage *self, const char *name)
{
  return jz_json_get_member (self->reading->sheet, name);
}

static guint
count_waiting (JzPartyPage *self)
{
  const JzJson *documents = get_list (self, "documents");
  guint n = 0;

  for (guint i = 0; i < jz_json_get_n_items (documents); i++) {
    const JzJson *document = jz_json_get_item (documents, i);
    n += jz_json_get_member_boolean (document, "open", FALSE) &&
         jz_json_get_member_text (document, "cover") == NULL;
  }
  return n;
}

static void
update_told (JzPartyPage *self)
{
  guint n = count_waiting (self);
  g_autofree char *text = NULL;

  if (self->is_busy)
    text = g_strdup (_ ("The copy is made, and the program tries to read what is covered in it. "
                        "This can take a while."));
  else if (self->reading->document == NULL)
    text = g_strdup (_ ("The case has no final document yet that the party could be shown."));
  else if (n > 0)
    text = g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE, "%u document is to be gone through before the party reads it.",
                   "%u documents are to be gone through before the party reads them.", n),
      n);
  else
    text = g_strdup (_ ("All was gone through. Write down who came; then it is written out."));
  gtk_label_set_label (self->told, text);
}

static void
update_actions (JzPartyPage *self)
{
  gboolean has = self->reading != NULL && self->reading->document != NULL;
  gboolean may = has && may_decide (self);

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "party.done",
                                 may && jz_found_count_open (self->reading->found) == 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "party.show", may && count_waiting (self) == 0);
}

static void
update_marks (JzPartyPage *self)
{
  static const JzPageMarkKind kinds[] = {
    [JZ_FOUND_OPEN] = JZ_PAGE_MARK_OPEN,
    [JZ_FOUND_COVER] = JZ_PAGE_MARK_COVERED,
    [JZ_FOUND_KEEP] = JZ_PAGE_MARK_KEPT,
    [JZ_FOUND_ADDED] = JZ_PAGE_MARK_COVERED,
  };
  const GPtrArray *found = self->reading->found;
  g_autofree JzPageMark *marks = NULL;

  if (found == NULL)
    return;
  marks = g_new0 (JzPageMark, found->len + 1);
  for (guint i = 0; i < found->len; i++) {
    const JzFound *one = g_ptr_array_index (found, i);
    marks[i] = (JzPageMark){ one->field, one->start, one->length, kinds[one->choice] };
  }
  jz_page_view_set_marks (self->original, marks, found->len,
                          jz_found_pane_get_current (self->found_pane));
}

static void
show_document (JzPartyPage *self)
{
  const JzPageOptions options = { .is_demo = jz_office_client_is_demo (get_client (self)) };
  g_autoptr (JzPages) pages = NULL;

  if (self->reading->source != NULL)
    pages = jz_pages_lay_out (jz_public_source_get_filling (self->reading->source), self->faces,
                              &options);
  jz_page_view_replace_pages (self->original, pages);
  jz_page_view_set_may_select (self->original, pages != NULL && may_decide (self));
  jz_found_pane_set_list (self->found_pane, self->reading->found,
                          self->reading->found != NULL && may_decide (self));
  update_marks (self);
}

static void
keep_decisions (JzPartyPage *self)
{
  if (self->reading != NULL && self->reading->document != NULL && may_decide (self))
    g_hash_table_insert (self->kept, g_strdup (self->reading->document),
                         jz_found_to_redactions (self->reading->found));
}

static void
restore_decisions (JzPartyPage *self)
{
  const JzJson *kept = self->reading->document != NULL
                         ? g_hash_table_lookup (self->kept, self->reading->document)
                         : NULL;

  if (kept == NULL || !may_decide (self))
    return;
  g_ptr_array_unref (self->reading->found);
  self->reading->found = jz_found_list_new (self->reading->source, kept);
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (JzPartyPage) self = data;
  g_autoptr (GError) error = NULL;
  JzPartyReading *reading =
    jz_office_client_read_finish (JZ_OFFICE_CLIENT (source), result, &error);

  if (reading == NULL) {
    if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) &&
        gtk_widget_get_root (GTK_WIDGET (self)) != NULL)
      jz_show_error (GTK_WIDGET (self), error);
    return;
  }
  g_clear_pointer (&self->reading, jz_party_reading_free);
  self->reading = reading;
  restore_decisions (self);
  gtk_label_set_label (self->title, jz_json_read_text (reading->sheet, "title"));
  self->is_filling = TRUE;
  jz_party_fill_documents (self->documents, get_list (self, "documents"), reading->document);
  self->is_filling = FALSE;
  jz_party_fill_beside (self->beside, reading->sheet, may_decide (self));
  show_document (self);
  update_told (self);
  update_actions (self);
  if (gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self))) == NULL)
    gtk_widget_child_focus (GTK_WIDGET (self->found_pane), GTK_DIR_TAB_FORWARD);
}

static void
load (JzPartyPage *self)
{
  if (self->case_id == NULL || self->is_busy || !jz_office_client_is_signed_in (get_client (self)))
    return;
  keep_decisions (self);
  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  self->cancellable = g_cancellable_new ();
  jz_party_read_async (get_client (self), self->case_id, self->wanted, self->cancellable, on_read,
                       g_object_ref (self));
}

/* CASE, party */
static void
jz_party_page_go (JzSection *section, const char *const *path)
{
  JzPartyPage *self = JZ_PARTY_PAGE (section);
  g_autofree char *place = NULL;

  if (path[0] == NULL)
    return;
  if (g_strcmp0 (self->case_id, path[0]) != 0) {
    keep_decisions (self);
    g_clear_pointer (&self->reading, jz_party_reading_free);
    g_clear_pointer (&self->wanted, g_free);
    g_free (self->case_id);
    self->case_id = g_strdup (path[0]);
  }
  place = g_strdup_printf ("cases/%s/dossier", path[0]);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->back), "s", place);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->back), "win.go");
  load (self);
}

static void
jz_party_page_refresh (JzSection *section)
{
  load (JZ_PARTY_PAGE (section));
}

static void
on_document_selected (JzPartyPage *self, GtkListBoxRow *row)
{
  const JzJson *document;

  if (self->is_filling || row == NULL || self->reading == NULL)
    return;
  document =
    jz_json_get_item (get_list (self, "documents"), (guint)gtk_list_box_row_get_index (row));
  g_free (self->wanted);
  self->wanted = g_strdup (jz_json_read_text (document, "id"));
  load (self);
}

static void
on_changed (JzPartyPage *self)
{
  if (self->reading == NULL)
    return;
  update_marks (self);
  update_actions (self);
}

static void
on_moved (JzPartyPage *self)
{
  if (self->reading != NULL)
    update_marks (self);
}

static void
on_marked (JzPartyPage *self, guint i)
{
  jz_found_pane_set_current (self->found_pane, (int)i);
}

static void
on_page_selected (JzPartyPage *self)
{
  guint start, length;

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "party.add",
                                 jz_page_view_get_selection (self->original, &start, &length) !=
                                   NULL);
}

static void
add (GtkWidget *widget, const char *action, GVariant *parameter)
{
  JzPartyPage *self = JZ_PARTY_PAGE (widget);

  jz_found_pane_add_selected (self->found_pane, self->original,
                              self->reading != NULL ? self->reading->source : NULL);
}

/* The next one that nobody has gone through is shown; what was decided on this one is in the store
 * now. */
static void
on_performed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (JzPartyPage) self = data;
  const JzJson *args = NULL;
  const char *act = jz_office_client_get_act (result, &args);
  g_autofree char *document =
    args != NULL ? g_strdup (jz_json_get_member_text (args, "document")) : NULL;
  g_autofree char *performed = g_strdup (act);
  g_autoptr (JzActOutcome) outcome = jz_finish_act (GTK_WIDGET (self), result);

  self->is_busy = FALSE;
  if (outcome != NULL && g_strcmp0 (performed, "dossier.cover") == 0) {
    g_clear_pointer (&self->wanted, g_free);
    g_clear_pointer (&self->reading, jz_party_reading_free);
    g_hash_table_remove (self->kept, document != NULL ? document : "");
  }
  if (gtk_widget_get_root (GTK_WIDGET (self)) != NULL)
    load (self);
}

static JzJson *
new_args (JzPartyPage *self)
{
  JzJson *args = jz_json_new_object ();

  jz_json_set_text (args, "case", self->case_id);
  return args;
}

static void
finish_document (GtkWidget *widget, const char *action, GVariant *parameter)
{
  JzPartyPage *self = JZ_PARTY_PAGE (widget);
  JzJson *args;

  if (self->reading == NULL || self->reading->document == NULL || self->is_busy)
    return;
  args = new_args (self);
  jz_json_set_text (args, "document", self->reading->document);
  jz_json_set_member (args, "dossier.redactions", jz_found_to_redactions (self->reading->found));
  keep_decisions (self);
  self->is_busy = TRUE;
  update_told (self);
  update_actions (self);
  jz_office_client_act_async (get_client (self), "dossier.cover", args, NULL, on_performed,
                              g_object_ref (self));
}

static void
clear_file (GtkWidget *widget, const char *action, GVariant *parameter)
{
  JzPartyPage *self = JZ_PARTY_PAGE (widget);
  JzJson *args = new_args (self);
  const char *file = NULL;
  gboolean is_clear = FALSE;

  g_variant_get (parameter, "(&sb)", &file, &is_clear);
  jz_json_set_text (args, "attachment", file);
  jz_json_set_boolean (args, "clear", is_clear);
  jz_office_client_act_async (get_client (self), "dossier.clear", args, NULL, on_performed,
                              g_object_ref (self));
}

/* What was approved for the party goes with it. */
static void
show_party (GtkWidget *widget, const char *action, GVariant *parameter)
{
  JzPartyPage *self = JZ_PARTY_PAGE (widget);
  const char *opening;
  JzJson *args;

  if (self->reading == NULL)
    return;
  args = new_args (self);
  opening = jz_json_get_member_text (self->reading->sheet, "opening");
  if (opening != NULL)
    jz_json_set_text (args, "opening", opening);
  jz_act_form_present (widget, get_client (self), "dossier.show_party", args);
}

static void export(GtkWidget *widget, const char *action, GVariant *parameter)
{
  JzPartyPage *self = JZ_PARTY_PAGE (widget);

  jz_case_save_given (widget, get_client (self), self->case_id,
                      g_variant_get_string (parameter, NULL), TRUE);
}

/* Single keys never act while somebody types. */
static gboolean
on_key (GtkEventControllerKey *controller,
        guint key,
        guint code,
        GdkModifierType state,
        JzPartyPage *self)
{
  if ((state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK)) != 0 ||
      jz_focus_is_typing (GTK_WIDGET (self)))
    return FALSE;
  if (gdk_keyval_to_lower (key) != GDK_KEY_a)
    return jz_found_pane_press (self->found_pane, key);
  gtk_widget_activate_action (GTK_WIDGET (self), "party.add", NULL);
  return TRUE;
}

static void
jz_party_page_dispose (GObject *object)
{
  JzPartyPage *self = JZ_PARTY_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  self->is_filling = TRUE; /* a row that goes is not one that somebody leaves */
  g_clear_pointer (&self->reading, jz_party_reading_free);
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), JZ_TYPE_PARTY_PAGE);
  G_OBJECT_CLASS (jz_party_page_parent_class)->dispose (object);
}

static void
jz_party_page_finalize (GObject *object)
{
  JzPartyPage *self = JZ_PARTY_PAGE (object);

  g_object_unref (self->cancellable);
  g_hash_table_unref (self->kept);
  jz_faces_unref (self->faces);
  g_free (self->case_id);
  g_free (self->wanted);
  G_OBJECT_CLASS (jz_party_page_parent_class)->finalize (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, JzPartyPage, back);
  gtk_widget_class_bind_template_child (widget_class, JzPartyPage, title);
  gtk_widget_class_bind_template_child (widget_class, JzPartyPage, told);
  gtk_widget_class_bind_template_child (widget_class, JzPartyPage, documents);
  gtk_widget_class_bind_template_child (widget_class, JzPartyPage, beside);
  gtk_widget_class_bind_template_child (widget_class, JzPartyPage, original);
  gtk_widget_class_bind_template_child (widget_class, JzPartyPage, found_pane);
}

static void
jz_party_page_class_init (JzPartyPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = jz_party_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = jz_party_page_finalize;
  JZ_SECTION_CLASS (klass)->go = jz_party_page_go;
  JZ_SECTION_CLASS (klass)->refresh = jz_party_page_refresh;
  g_type_ensure (JZ_TYPE_PAGE_VIEW);
  g_type_ensure (JZ_TYPE_FOUND_PANE);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/juanzong/app/party_page.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, on_document_selected);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_moved);
  gtk_widget_class_bind_template_callback (widget_class, on_marked);
  gtk_widget_class_bind_template_callback (widget_class, on_page_selected);
  gtk_widget_class_install_action (widget_class, "party.add", NULL, add);
  gtk_widget_class_install_action (widget_class, "party.done", NULL, finish_document);
  gtk_widget_class_install_action (widget_class, "party.clear", "(sb)", clear_file);
  gtk_widget_class_install_action (widget_class, "party.show", NULL, show_party);
  gtk_widget_class_install_action (widget_class, "party.export", "s", export);
}

static void
jz_party_page_init (JzPartyPage *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->cancellable = g_cancellable_new ();
  self->faces = jz_faces_new ();
  self->kept =
    g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)jz_json_unref);
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "party.add", FALSE);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "party.done", FALSE);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "party.show", FALSE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}
