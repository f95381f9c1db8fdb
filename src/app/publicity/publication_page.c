/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/publicity/publication_page-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "app/focus.h"
#include "app/messages.h"
#include "app/publicity/publication_told.h"
#include "app/window.h"

G_DEFINE_FINAL_TYPE (JzPublicationPage, jz_publication_page, ADW_TYPE_BIN)

#define COLLECTORS "collector|handler|section_head|publisher"

/**
 * jz_publication_page_get:
 * @self: a page
 * @name: of a text of what was read
 *
 * Returns: (transfer none): it, empty while nothing was read
 */
const char *
jz_publication_page_get (JzPublicationPage *self, const char *name)
{
  const char *text =
    self->reading != NULL ? jz_json_get_member_text (self->reading->sheet, name) : NULL;
  return text != NULL ? text : "";
}

static gboolean
is_state (JzPublicationPage *self, const char *state)
{
  return strcmp (jz_publication_page_get (self, "state"), state) == 0;
}

static gboolean
is_step (JzPublicationPage *self, const char *step)
{
  return strcmp (jz_publication_page_get (self, "step"), step) == 0;
}

static gboolean
is_out (JzPublicationPage *self)
{
  return is_state (self, "released") || is_state (self, "published");
}

static gboolean
has_role (JzPublicationPage *self, const char *roles)
{
  return jz_office_client_has_role (self->client, roles);
}

static gboolean
may_do (JzPublicationPage *self, const char *act)
{
  gboolean is_proposal;

  return has_role (self, jz_act_find (act, &is_proposal)->roles);
}

static gboolean
may_decide (JzPublicationPage *self)
{
  return has_role (self, COLLECTORS) && !self->is_busy &&
         (is_state (self, "due") || (is_out (self) && self->is_correcting));
}

static void
lay_out (JzPublicationPage *self, JzPageView *view, const JzFilling *filling)
{
  const JzPageOptions options = { .is_demo = jz_office_client_is_demo (self->client) };
  g_autoptr (JzPages) pages = jz_pages_lay_out (filling, self->faces, &options);

  jz_page_view_replace_pages (view, pages);
}

/* What is not decided on stands there as it is, so that nobody takes it for hidden. */
static void
update_public (JzPublicationPage *self)
{
  g_autoptr (JzJson) json = jz_found_to_redactions (self->reading->found);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) redactions = jz_redactions_from_json (self->reading->source, json, &error);
  g_autoptr (JzFilling) masked =
    redactions != NULL ? jz_redaction_apply (self->reading->source, redactions, &error) : NULL;

  if (masked != NULL)
    lay_out (self, self->public, masked);
  else
    jz_show_error (GTK_WIDGET (self), error);
}

/* What is a whole value is marked whole: a day is written longer than it is kept. */
static guint
get_shown_length (JzPublicationPage *self, const JzFound *found)
{
  g_autofree char *text = jz_public_source_dup_text (self->reading->source, found->field);

  return found->start == 0 && text != NULL && found->length == strlen (text) ? G_MAXUINT / 2
                                                                             : found->length;
}

static void
update_marks (JzPublicationPage *self)
{
  static const JzPageMarkKind kinds[] = {
    [JZ_FOUND_OPEN] = JZ_PAGE_MARK_OPEN,
    [JZ_FOUND_COVER] = JZ_PAGE_MARK_COVERED,
    [JZ_FOUND_KEEP] = JZ_PAGE_MARK_KEPT,
    [JZ_FOUND_ADDED] = JZ_PAGE_MARK_COVERED,
  };
  const GPtrArray *found = self->reading->found;
  g_autofree JzPageMark *marks = g_new0 (JzPageMark, found->len + 1);

  for (guint i = 0; i < found->len; i++) {
    const JzFound *one = g_ptr_array_index (found, i);
    marks[i] =
      (JzPageMark){ one->field, one->start, get_shown_length (self, one), kinds[one->choice] };
  }
  jz_page_view_set_marks (self->original, marks, found->len,
                          jz_found_pane_get_current (self->found_pane));
}

static GtkWidget *
add_button (JzPublicationPage *self, const char *label, const char *action, gboolean is_suggested)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  if (is_suggested)
    gtk_widget_add_css_class (button, "suggested-action");
  gtk_box_append (self->steps, button);
  return button;
}

void
jz_publication_page_update_submit (JzPublicationPage *self)
{
  gboolean is_decided = self->reading != NULL && jz_found_count_open (self->reading->found) == 0;

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "publication.submit",
                                 is_decided && self->reading != NULL && may_decide (self));
}

/* The one step that is next, then what else can be done. */
static void
update_steps (JzPublicationPage *self)
{
  GtkWidget *child;
  gboolean waits = is_state (self, "due") || is_out (self);

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->steps))) != NULL)
    gtk_box_remove (self->steps, child);
  if (may_decide (self) || (self->is_busy && has_role (self, COLLECTORS)))
    add_button (self, _ ("_Submit for Check"), "publication.submit", TRUE);
  if (waits && is_step (self, "proposed") && has_role (self, "checker")) {
    add_button (self, C_ ("publication", "_Pass"), "publication.pass", TRUE);
    add_button (self, C_ ("publication", "_Return…"), "publication.return", FALSE);
  }
  if (waits && is_step (self, "checked") && has_role (self, "publisher"))
    add_button (self, _ ("R_elease…"), "publication.release", TRUE);
  if (is_out (self) && jz_publication_page_get (self, "changed_on")[0] != '\0')
    add_button (self, _ ("_Withdraw…"), "publication.withdraw", TRUE);
  else if (is_out (self) && has_role (self, COLLECTORS "|checker"))
    add_button (self, _ ("_Withdraw…"), "publication.withdraw", FALSE);
  if (is_out (self) && is_step (self, "released") && !self->is_correcting &&
      has_role (self, COLLECTORS))
    add_button (self, _ ("_Correct…"), "publication.correct",
                jz_publication_page_get (self, "error")[0] != '\0');
  if (is_out (self) && may_do (self, "publication.report_error"))
    add_button (self, _ ("Repor_t an Error…"), "publication.report-error", FALSE);
  if (is_state (self, "due") && has_role (self, COLLECTORS "|checker"))
    add_button (self, _ ("Do _Not Publish…"), "publication.exempt", FALSE);
  if (is_state (self, "exempt") && has_role (self, "checker|approver|head"))
    add_button (self, _ ("_Re-examine…"), "publication.reexamine", TRUE);
  if (jz_publication_page_get (self, "due")[0] != '\0')
    add_button (self, _ ("How the Days _Count"), "publication.limits", FALSE);
  add_button (self, _ ("_Open the Case"), "publication.case", FALSE);
  jz_publication_page_update_submit (self);
}

/* What is not as the standard wants it. */
static char *
dup_deviations (const JzJson *sheet)
{
  const JzJson *fields = jz_json_get_member (sheet, "fields");
  GString *text = g_string_new (NULL);

  for (guint i = 0; fields != NULL && i < jz_json_get_n_items (fields); i++) {
    const JzJson *field = jz_json_get_item (fields, i);
    const char *deviation = jz_json_get_member_text (field, "deviation");
    if (deviation == NULL)
      continue;
    g_string_append_printf (text, _ ("%1$s: %2$s"), jz_json_get_member_text (field, "label"),
                            deviation);
    g_string_append_c (text, '\n');
  }
  g_strchomp (text->str);
  return g_string_free (text, FALSE);
}

static char *
dup_told (JzPublicationPage *self)
{
  const JzJson *copy = jz_json_get_member (self->reading->sheet, "copy");
  const char *reason = copy != NULL ? jz_json_get_member_text (copy, "reason") : NULL;

  if (self->is_busy)
    return g_strdup (_ ("The public copy is made, and the program tries to read what is hidden in "
                        "it. This can take a while."));
  if (is_step (self, "returned") && reason != NULL)
    return g_strdup_printf (_ ("Given back by %1$s: %2$s"),
                            jz_json_get_member_text (copy, "checked_by"), reason);
  if (jz_publication_page_get (self, "changed_on")[0] != '\0' && is_out (self))
    return g_strdup (_ ("The decision was changed or revoked. It must be taken down."));
  if (jz_publication_page_get (self, "ground_word")[0] != '\0')
    return g_strdup (jz_publication_page_get (self, "ground_word"));
  if (jz_publication_page_get (self, "late_reason")[0] != '\0')
    return g_strdup_printf (_ ("Released late: %s"), jz_publication_page_get (self, "late_reason"));
  return dup_deviations (self->reading->sheet);
}

void
jz_publication_page_update_head (JzPublicationPage *self)
{
  g_autofree char *title = g_strdup_printf ("%s  %s", jz_publication_page_get (self, "number"),
                                            jz_publication_page_get (self, "party"));
  g_autofree char *told = dup_told (self);
  g_autofree char *state = NULL;

  if (jz_publication_page_get (self, "when")[0] != '\0')
    /* Translators: how far it has come, and by when */
    state =
      g_strdup_printf (_ ("%1$s, last day: %2$s"), jz_publication_page_get (self, "state_word"),
                       jz_publication_page_get (self, "when"));
  else
    state = g_strdup (jz_publication_page_get (self, "state_word"));
  gtk_label_set_label (self->title, title);
  gtk_label_set_label (self->state, state);
  gtk_label_set_label (self->told, told);
  gtk_widget_set_visible (GTK_WIDGET (self->told), told[0] != '\0');
  jz_publication_fill_changes (self->changes, self->reading->sheet);
  jz_publication_fill_errors (self->errors, self->reading->sheet,
                              is_out (self) && may_do (self, "publication.dismiss_error"));
}

void
jz_publication_page_update (JzPublicationPage *self)
{
  jz_publication_page_update_head (self);
  update_steps (self);
  gtk_widget_set_visible (GTK_WIDGET (self->note_box), self->is_correcting);
  jz_page_view_set_may_select (self->original, may_decide (self));
  jz_found_pane_set_list (self->found_pane, self->reading->found, may_decide (self));
  update_public (self);
  update_marks (self);
}

static void
keep_decisions (JzPublicationPage *self)
{
  if (self->document != NULL && self->reading != NULL && may_decide (self))
    g_hash_table_insert (self->kept, g_strdup (self->document),
                         jz_found_to_redactions (self->reading->found));
}

/* What was decided before the page was left. */
static void
restore_decisions (JzPublicationPage *self)
{
  const JzJson *kept = g_hash_table_lookup (self->kept, self->document);

  if (kept == NULL || !may_decide (self))
    return;
  g_ptr_array_unref (self->reading->found);
  self->reading->found = jz_found_list_new (self->reading->source, kept);
}

/* The keys of the page work while the focus is in it; the button that was pressed may be gone. */
static void
take_focus (JzPublicationPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (!gtk_widget_get_mapped (GTK_WIDGET (self)) ||
      (focus != NULL && (GTK_IS_TEXT (focus) || gtk_widget_is_ancestor (focus, GTK_WIDGET (self)))))
    return;
  if (g_strcmp0 (gtk_stack_get_visible_child_name (self->views), "carriers") == 0)
    gtk_widget_child_focus (GTK_WIDGET (self->carriers), GTK_DIR_TAB_FORWARD);
  else
    gtk_widget_child_focus (GTK_WIDGET (self->found_pane), GTK_DIR_TAB_FORWARD);
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (JzPublicationPage) self = data;
  g_autoptr (GError) error = NULL;
  JzPublicationReading *reading =
    jz_office_client_read_finish (JZ_OFFICE_CLIENT (source), result, &error);
  gboolean is_first = self->reading == NULL;

  if (reading == NULL) {
    if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
      jz_show_error (GTK_WIDGET (self), error);
    return;
  }
  g_clear_pointer (&self->reading, jz_publication_reading_free);
  self->reading = reading;
  restore_decisions (self);
  lay_out (self, self->original, jz_public_source_get_filling (reading->source));
  jz_carriers_pane_set_sheet (self->carriers, self->client, reading->sheet);
  jz_publication_fill_history (self->history, reading->history);
  if (is_first)
    gtk_stack_set_visible_child_name (
      self->views, is_out (self) || is_state (self, "withdrawing") ? "carriers" : "copy");
  gtk_stack_set_visible_child_name (self->stack, "page");
  jz_publication_page_update (self);
  if (is_first && jz_found_pane_get_current (self->found_pane) >= 0)
    jz_found_pane_set_current (self->found_pane, jz_found_pane_get_current (self->found_pane));
  take_focus (self);
}

/**
 * jz_publication_page_refresh:
 * @self: a page
 *
 * Reads it anew; what was decided and is not handed in stays.
 */
void
jz_publication_page_refresh (JzPublicationPage *self)
{
  if (self->document == NULL || self->is_busy)
    return;
  keep_decisions (self);
  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  self->cancellable = g_cancellable_new ();
  jz_publication_read_async (self->client, self->document, self->cancellable, on_read,
                             g_object_ref (self));
}

/**
 * jz_publication_page_set_document:
 * @self: a page
 * @client: the office
 * @document: id of the document that it is of
 */
void
jz_publication_page_set_document (JzPublicationPage *self,
                                  JzOfficeClient *client,
                                  const char *document)
{
  gboolean is_same = g_strcmp0 (self->document, document) == 0;

  g_set_object (&self->client, client);
  if (!is_same) {
    keep_decisions (self);
    g_clear_pointer (&self->reading, jz_publication_reading_free);
    self->is_correcting = FALSE;
    self->is_busy = FALSE;
    gtk_stack_set_visible_child_name (self->stack, "reading");
    g_free (self->document);
    self->document = g_strdup (document);
  }
  jz_publication_page_refresh (self);
}

static void
on_changed (JzPublicationPage *self)
{
  if (self->reading == NULL)
    return;
  update_public (self);
  update_marks (self);
  jz_publication_page_update_submit (self);
}

static void
on_moved (JzPublicationPage *self)
{
  if (self->reading != NULL)
    update_marks (self);
}

static void
on_marked (JzPublicationPage *self, guint i)
{
  jz_found_pane_set_current (self->found_pane, (int)i);
}

static void
on_page_selected (JzPublicationPage *self)
{
  guint start, length;

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "publication.add",
                                 jz_page_view_get_selection (self->original, &start, &length) !=
                                   NULL);
}

static void
add (GtkWidget *widget, const char *action, GVariant *parameter)
{
  JzPublicationPage *self = JZ_PUBLICATION_PAGE (widget);

  jz_found_pane_add_selected (self->found_pane, self->original,
                              self->reading != NULL ? self->reading->source : NULL);
}

static void
go (GtkWidget *widget, const char *action, GVariant *parameter)
{
  JzPublicationPage *self = JZ_PUBLICATION_PAGE (widget);
  g_autofree char *place =
    g_strdup_printf ("cases/%s/%s", jz_publication_page_get (self, "case"),
                     strcmp (action, "publication.limits") == 0 ? "limits" : "publicity");

  gtk_widget_activate_action (widget, "win.go", "s", place);
}

/* The n-th field, and all of them. */
static const struct {
  guint key;
  GdkModifierType held;
} copies[] = {
  { GDK_KEY_0, GDK_CONTROL_MASK }, { GDK_KEY_1, GDK_CONTROL_MASK }, { GDK_KEY_2, GDK_CONTROL_MASK },
  { GDK_KEY_3, GDK_CONTROL_MASK }, { GDK_KEY_4, GDK_CONTROL_MASK }, { GDK_KEY_5, GDK_CONTROL_MASK },
  { GDK_KEY_6, GDK_CONTROL_MASK }, { GDK_KEY_7, GDK_CONTROL_MASK }, { GDK_KEY_8, GDK_CONTROL_MASK },
  { GDK_KEY_9, GDK_CONTROL_MASK },
};

/* Single keys never act while somebody types. */
static gboolean
on_key (GtkEventControllerKey *controller,
        guint key,
        guint code,
        GdkModifierType state,
        JzPublicationPage *self)
{
  GdkModifierType held = state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK);
  gboolean is_copy = g_strcmp0 (gtk_stack_get_visible_child_name (self->views), "copy") == 0;

  for (guint i = 0; i < G_N_ELEMENTS (copies) && !is_copy; i++)
    if (key == copies[i].key && held == copies[i].held)
      return jz_carriers_pane_copy (self->carriers, i);
  if (held != 0 || jz_focus_is_typing (GTK_WIDGET (self)) || !is_copy)
    return FALSE;
  if (gdk_keyval_to_lower (key) != GDK_KEY_a)
    return jz_found_pane_press (self->found_pane, key);
  gtk_widget_activate_action (GTK_WIDGET (self), "publication.add", NULL);
  return TRUE;
}

static void
jz_publication_page_dispose (GObject *object)
{
  JzPublicationPage *self = JZ_PUBLICATION_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->client);
  g_clear_pointer (&self->reading, jz_publication_reading_free);
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), JZ_TYPE_PUBLICATION_PAGE);
  G_OBJECT_CLASS (jz_publication_page_parent_class)->dispose (object);
}

static void
jz_publication_page_finalize (GObject *object)
{
  JzPublicationPage *self = JZ_PUBLICATION_PAGE (object);

  g_object_unref (self->cancellable);
  g_hash_table_unref (self->kept);
  jz_faces_unref (self->faces);
  g_free (self->document);
  G_OBJECT_CLASS (jz_publication_page_parent_class)->finalize (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, JzPublicationPage, title);
  gtk_widget_class_bind_template_child (widget_class, JzPublicationPage, state);
  gtk_widget_class_bind_template_child (widget_class, JzPublicationPage, told);
  gtk_widget_class_bind_template_child (widget_class, JzPublicationPage, changes);
  gtk_widget_class_bind_template_child (widget_class, JzPublicationPage, errors);
  gtk_widget_class_bind_template_child (widget_class, JzPublicationPage, steps);
  gtk_widget_class_bind_template_child (widget_class, JzPublicationPage, stack);
  gtk_widget_class_bind_template_child (widget_class, JzPublicationPage, views);
  gtk_widget_class_bind_template_child (widget_class, JzPublicationPage, original);
  gtk_widget_class_bind_template_child (widget_class, JzPublicationPage, public);
  gtk_widget_class_bind_template_child (widget_class, JzPublicationPage, found_pane);
  gtk_widget_class_bind_template_child (widget_class, JzPublicationPage, add);
  gtk_widget_class_bind_template_child (widget_class, JzPublicationPage, note_box);
  gtk_widget_class_bind_template_child (widget_class, JzPublicationPage, note);
  gtk_widget_class_bind_template_child (widget_class, JzPublicationPage, carriers);
  gtk_widget_class_bind_template_child (widget_class, JzPublicationPage, history);
}

static void
jz_publication_page_class_init (JzPublicationPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = jz_publication_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = jz_publication_page_finalize;
  g_type_ensure (JZ_TYPE_PAGE_VIEW);
  g_type_ensure (JZ_TYPE_FOUND_PANE);
  g_type_ensure (JZ_TYPE_CARRIERS_PANE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/juanzong/app/publication_page.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_moved);
  gtk_widget_class_bind_template_callback (widget_class, on_marked);
  gtk_widget_class_bind_template_callback (widget_class, on_page_selected);
  jz_publication_page_install_acts (widget_class);
  gtk_widget_class_install_action (widget_class, "publication.add", NULL, add);
  gtk_widget_class_install_action (widget_class, "publication.limits", NULL, go);
  gtk_widget_class_install_action (widget_class, "publication.case", NULL, go);
}

static void
jz_publication_page_init (JzPublicationPage *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->cancellable = g_cancellable_new ();
  self->faces = jz_faces_new ();
  self->kept =
    g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)jz_json_unref);
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "publication.add", FALSE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}
