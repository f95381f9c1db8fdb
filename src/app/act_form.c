/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/act_form.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "app/act_field.h"
#include "app/messages.h"
#include "app/refusal_place.h"
#include "app/window.h"
#include "office/act_sheet.h"
#include "office/act_words.h"

/* The form asks the store what the act needs and what is known (office/act_sheet.h), and does the
 * act. What was typed stays when it is refused. An act of two signers is proposed here and
 * confirmed by somebody else. */

struct _JzActForm {
  AdwBin parent_instance;

  GtkLabel *title;
  GtkLabel *summary;
  GtkBox *fields;
  GtkButton *button;
  GtkSpinner *spinner;
  GtkStack *stack;

  JzOfficeClient *client;
  GCancellable *cancellable;
  char *act;
  JzJson *preset;
  JzJson *sheet;
  GPtrArray *questions; /* JzActField */
  gboolean is_touched;
  gboolean is_busy;
  gboolean proposes;
};

enum {
  DONE,
  CANCELLED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (JzActForm, jz_act_form, ADW_TYPE_BIN)

static void perform (JzActForm *self);

static JzActField *
find_question (JzActForm *self, const char *name)
{
  for (guint i = 0; i < self->questions->len; i++) {
    JzActField *question = g_ptr_array_index (self->questions, i);
    if (strcmp (jz_act_field_get_name (question), name) == 0)
      return question;
  }
  return NULL;
}

/* Whether a day before today was given. */
static gboolean
has_past_day (JzActForm *self)
{
  JzDate today = jz_office_client_today (self->client);
  char text[JZ_DATE_SIZE];

  jz_date_format (today, text);
  for (guint i = 0; i < self->questions->len; i++) {
    JzActField *question = g_ptr_array_index (self->questions, i);
    const char *kind = jz_act_field_get_kind (question);
    g_autoptr (JzJson) value = NULL;
    if (strcmp (kind, "date") != 0 && strcmp (kind, "instant") != 0)
      continue;
    if (jz_act_field_read (question, &value) && value != NULL &&
        strncmp (jz_json_get_text (value), text, JZ_DATE_SIZE - 1) < 0)
      return TRUE;
    jz_act_field_set_problem (question, NULL);
  }
  return FALSE;
}

/* Who approved on paper, and where the paper is, are asked for only then; why something comes late
 * is asked for when it does. */
static void
show_questions_that_apply (JzActForm *self)
{
  JzActField *way = find_question (self, "way");
  g_autoptr (JzJson) value = NULL;
  gboolean is_here;

  if (way != NULL)
    jz_act_field_read (way, &value);
  if (way != NULL)
    jz_act_field_set_problem (way, NULL);
  is_here = value == NULL || strcmp (jz_json_get_text (value), "account") == 0;
  for (guint i = 0; i < self->questions->len; i++) {
    JzActField *question = g_ptr_array_index (self->questions, i);
    const char *name = jz_act_field_get_name (question);
    if (way != NULL && (strcmp (name, "approver") == 0 || strcmp (name, "source") == 0))
      gtk_widget_set_visible (GTK_WIDGET (question), !is_here);
    else if (jz_act_field_is_late (question))
      gtk_widget_set_visible (GTK_WIDGET (question), has_past_day (self));
  }
}

static void
on_question_changed (JzActForm *self)
{
  self->is_touched = TRUE;
  show_questions_that_apply (self);
}

static void
add_question (JzActForm *self, const JzJson *field)
{
  GtkWidget *question = jz_act_field_new (field, jz_office_client_today (self->client));

  g_ptr_array_add (self->questions, question);
  gtk_box_append (self->fields, question);
  g_signal_connect_swapped (question, "changed", G_CALLBACK (on_question_changed), self);
}

/* What must be filled in comes first. */
static void
add_questions (JzActForm *self, gboolean required, gboolean late)
{
  const JzJson *fields = jz_json_get_member (self->sheet, "fields");

  for (guint i = 0; i < jz_json_get_n_items (fields); i++) {
    const JzJson *field = jz_json_get_item (fields, i);
    if (jz_json_get_member_boolean (field, "required", FALSE) == required &&
        jz_json_get_member_boolean (field, "late", FALSE) == late)
      add_question (self, field);
  }
}

static gboolean
asks_something_else (JzActForm *self)
{
  const JzJson *fields = jz_json_get_member (self->sheet, "fields");

  for (guint i = 0; i < jz_json_get_n_items (fields); i++) {
    const JzJson *field = jz_json_get_item (fields, i);
    if (!jz_json_get_member_boolean (field, "required", FALSE) &&
        !jz_json_get_member_boolean (field, "late", FALSE))
      return TRUE;
  }
  return FALSE;
}

static void
add_heading (JzActForm *self, const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_margin_top (label, 6);
  gtk_widget_add_css_class (label, "heading");
  gtk_box_append (self->fields, label);
}

static char *
dup_summary (JzActForm *self)
{
  const char *summary = jz_json_get_member_text (self->sheet, "summary");
  const char *roles = jz_json_get_member_text (self->sheet, "roles");

  if (!jz_json_get_member_boolean (self->sheet, "may", TRUE))
    return g_strdup_printf (
      _ ("%1$s Your roles do not allow this; ask somebody who holds one of these: %2$s."), summary,
      roles != NULL ? roles : "");
  if (self->proposes)
    return g_strdup_printf (
      _ ("%1$s You propose it; then another person confirms it, in one of these roles: %2$s."),
      summary, roles != NULL ? roles : "");
  return g_strdup (summary);
}

static void
show_button (JzActForm *self)
{
  const char *title = jz_json_get_member_text (self->sheet, "title");
  g_autofree char *proposal = NULL;

  if (jz_json_get_member_boolean (self->sheet, "confirms", FALSE)) {
    proposal = g_strdup_printf (_ ("Confirm: %s"), title);
  } else if (self->proposes)
    /* Translators: %s is what a button is called, such as File the case. */
    proposal = g_strdup_printf (_ ("Propose: %s"), title);
  gtk_button_set_label (self->button, proposal != NULL ? proposal : title);
  gtk_label_set_label (self->title, proposal != NULL ? proposal : title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  proposal != NULL ? proposal : title, -1);
}

/* Who confirms reads what was proposed, and changes nothing of it. */
static void
show_proposed (JzActForm *self)
{
  const JzJson *proposed = jz_json_get_member (self->sheet, "proposed");

  for (guint i = 0; i < jz_json_get_n_items (proposed); i++) {
    const JzJson *line = jz_json_get_item (proposed, i);
    GtkWidget *label = gtk_label_new (jz_json_get_member_text (line, "label"));
    GtkWidget *text = gtk_label_new (jz_json_get_member_text (line, "text"));
    GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
    gtk_label_set_xalign (GTK_LABEL (label), 0);
    gtk_label_set_xalign (GTK_LABEL (text), 0);
    gtk_label_set_wrap (GTK_LABEL (text), TRUE);
    gtk_label_set_selectable (GTK_LABEL (text), TRUE);
    gtk_widget_add_css_class (label, "dim-label");
    gtk_box_append (GTK_BOX (box), label);
    gtk_box_append (GTK_BOX (box), text);
    gtk_box_append (self->fields, box);
  }
}

static void
show_sheet (JzActForm *self)
{
  gboolean confirms = jz_json_get_member_boolean (self->sheet, "confirms", FALSE);
  g_autofree char *summary = NULL;

  self->proposes = jz_json_get_member_boolean (self->sheet, "two", FALSE) &&
                   !jz_json_get_member_boolean (self->sheet, "perhaps_one", FALSE);
  summary = dup_summary (self);
  gtk_label_set_label (self->summary, summary);
  show_button (self);
  if (confirms)
    show_proposed (self);
  else {
    add_questions (self, TRUE, FALSE);
    if (asks_something_else (self))
      add_heading (self, _ ("If it applies"));
    add_questions (self, FALSE, FALSE);
    add_questions (self, FALSE, TRUE);
  }
  show_questions_that_apply (self);
  self->is_touched = FALSE;
  gtk_stack_set_visible_child_name (self->stack, "form");
  gtk_widget_child_focus (GTK_WIDGET (self->fields), GTK_DIR_TAB_FORWARD);
}

typedef struct {
  char *act;
  JzJson *preset;
  char *person;
} Reading;

static void
reading_free (gpointer data)
{
  Reading *reading = data;

  g_free (reading->act);
  g_clear_pointer (&reading->preset, jz_json_unref);
  g_free (reading->person);
  g_free (reading);
}

static gpointer
read_sheet (JzOffice *office,
            JzConnection *reader,
            gpointer data,
            GCancellable *cancellable,
            GError **error)
{
  const Reading *reading = data;
  const JzActSheetRequest request = { reading->act, reading->preset, reading->person,
                                      jz_clock_now (jz_office_get_clock (office)) };

  return jz_act_sheet_new (reader, jz_store_get_objects (jz_office_get_store (office)), &request,
                           error);
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (JzActForm) self = data;
  g_autoptr (GError) error = NULL;
  JzJson *sheet = jz_office_client_read_finish (JZ_OFFICE_CLIENT (source), result, &error);

  if (sheet == NULL) {
    jz_show_error (GTK_WIDGET (self), error);
    return;
  }
  self->sheet = sheet;
  show_sheet (self);
}

static void
load (JzActForm *self)
{
  Reading *reading = g_new0 (Reading, 1);

  reading->act = g_strdup (self->act);
  reading->preset = jz_json_copy (self->preset);
  reading->person = g_strdup (jz_office_client_get_person (self->client));
  jz_office_client_read_async (self->client, read_sheet, reading, reading_free,
                               (GDestroyNotify)jz_json_unref, self->cancellable, on_read,
                               g_object_ref (self));
}

/* The preset goes along with what is not asked for, such as the case. */
static JzJson *
gather (JzActForm *self)
{
  g_autoptr (JzJson) args = jz_json_copy (self->preset);
  GtkWidget *wrong = NULL;

  for (guint i = 0; i < self->questions->len; i++) {
    JzActField *question = g_ptr_array_index (self->questions, i);
    JzJson *value = NULL;
    if (!gtk_widget_get_visible (GTK_WIDGET (question))) {
      jz_json_remove_member (args, jz_act_field_get_name (question));
      continue;
    }
    if (!jz_act_field_read (question, &value))
      wrong = wrong != NULL ? wrong : GTK_WIDGET (question);
    else if (value != NULL)
      jz_json_set_member (args, jz_act_field_get_name (question), value);
    else
      jz_json_remove_member (args, jz_act_field_get_name (question));
  }
  if (wrong == NULL)
    return g_steal_pointer (&args);
  gtk_widget_grab_focus (wrong);
  return NULL;
}

static void
set_busy (JzActForm *self, gboolean is_busy)
{
  self->is_busy = is_busy;
  gtk_spinner_set_spinning (self->spinner, is_busy);
  gtk_widget_set_sensitive (GTK_WIDGET (self->fields), !is_busy);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "form.do", !is_busy);
}

/* What the office asks for besides is asked for here, and not in a dialog. */
static gboolean
answer_here (JzActForm *self, const JzRefusal *refusal)
{
  const char *rule = jz_refusal_get_rule (refusal);
  JzActField *late = find_question (self, "late_reason");

  if (strcmp (rule, "J-TWO") == 0 && !self->proposes &&
      jz_json_get_member_boolean (self->sheet, "two", FALSE)) {
    self->proposes = TRUE;
    perform (self);
    return TRUE;
  }
  if (strcmp (rule, "J-LATE") != 0 || late == NULL)
    return FALSE;
  gtk_widget_set_visible (GTK_WIDGET (late), TRUE);
  jz_act_field_set_problem (late, jz_refusal_get_sentence (refusal));
  gtk_widget_grab_focus (GTK_WIDGET (late));
  return TRUE;
}

static void
on_performed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (JzActForm) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JzActOutcome) outcome =
    jz_office_client_act_finish (JZ_OFFICE_CLIENT (source), result, &error);

  set_busy (self, FALSE);
  if (outcome == NULL) {
    jz_show_error (GTK_WIDGET (self), error);
  } else if (outcome->refusal != NULL) {
    if (!answer_here (self, outcome->refusal))
      jz_show_refusal_of_act (GTK_WIDGET (self), self->client, outcome->refusal, self->act,
                              self->preset);
  } else {
    self->is_touched = FALSE;
    jz_window_toast (GTK_WIDGET (self), self->proposes
                                          ? _ ("Proposed; now another person confirms it")
                                          : _ ("Recorded"));
    for (guint i = 0; i < outcome->warnings->len; i++)
      jz_window_toast (GTK_WIDGET (self), g_ptr_array_index (outcome->warnings, i));
    g_signal_emit (self, signals[DONE], 0, outcome);
  }
}

static void
perform (JzActForm *self)
{
  JzJson *args = gather (self);
  g_autofree char *act = g_strconcat (self->act, self->proposes ? ".propose" : NULL, NULL);

  if (args == NULL)
    return;
  set_busy (self, TRUE);
  jz_office_client_act_async (self->client, act, args, self->cancellable, on_performed,
                              g_object_ref (self));
}

static void
do_it (GtkWidget *widget, const char *action, GVariant *parameter)
{
  JzActForm *self = JZ_ACT_FORM (widget);

  if (self->sheet != NULL && !self->is_busy)
    perform (self);
}

static void
cancel (GtkWidget *widget, const char *action, GVariant *parameter)
{
  g_signal_emit (widget, signals[CANCELLED], 0);
}

static void
jz_act_form_dispose (GObject *object)
{
  JzActForm *self = JZ_ACT_FORM (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->client);
  /* Disposing of the template frees the child that AdwBin would take off again. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), JZ_TYPE_ACT_FORM);
  G_OBJECT_CLASS (jz_act_form_parent_class)->dispose (object);
}

static void
jz_act_form_finalize (GObject *object)
{
  JzActForm *self = JZ_ACT_FORM (object);

  g_object_unref (self->cancellable);
  g_ptr_array_unref (self->questions);
  g_clear_pointer (&self->preset, jz_json_unref);
  g_clear_pointer (&self->sheet, jz_json_unref);
  g_free (self->act);
  G_OBJECT_CLASS (jz_act_form_parent_class)->finalize (object);
}

static void
jz_act_form_class_init (JzActFormClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = jz_act_form_dispose;
  G_OBJECT_CLASS (klass)->finalize = jz_act_form_finalize;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_FORM);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/juanzong/app/act_form.ui");
  gtk_widget_class_bind_template_child (widget_class, JzActForm, title);
  gtk_widget_class_bind_template_child (widget_class, JzActForm, summary);
  gtk_widget_class_bind_template_child (widget_class, JzActForm, fields);
  gtk_widget_class_bind_template_child (widget_class, JzActForm, button);
  gtk_widget_class_bind_template_child (widget_class, JzActForm, spinner);
  gtk_widget_class_bind_template_child (widget_class, JzActForm, stack);
  gtk_widget_class_install_action (widget_class, "form.do", NULL, do_it);
  gtk_widget_class_install_action (widget_class, "form.cancel", NULL, cancel);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, GDK_CONTROL_MASK, "form.do",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "form.cancel", NULL);

  /**
   * JzActForm::done:
   * @self: the form
   * @outcome: (type gpointer): the #JzActOutcome, for the time of the call
   *
   * The act was done, or proposed.
   */
  signals[DONE] = g_signal_new ("done", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  /**
   * JzActForm::cancelled:
   * @self: the form
   *
   * The person wants to go on without it.
   */
  signals[CANCELLED] = g_signal_new ("cancelled", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                     NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
jz_act_form_init (JzActForm *self)
{
  self->cancellable = g_cancellable_new ();
  self->questions = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * jz_act_form_new:
 * @client: the office, with somebody signed in
 * @act: name of an act, without “.propose”
 * @preset: (transfer full) (nullable): arguments that are known, such as `case`; `proposal` where a
 *   proposal is to be confirmed
 *
 * Returns: (transfer floating): a form for the act; whoever shows it takes it away on
 *   #JzActForm::done and #JzActForm::cancelled
 */
GtkWidget *
jz_act_form_new (JzOfficeClient *client, const char *act, JzJson *preset)
{
  JzActForm *self = g_object_new (JZ_TYPE_ACT_FORM, NULL);

  self->client = g_object_ref (client);
  self->act = g_strdup (act);
  self->preset = preset != NULL ? preset : jz_json_new_object ();
  load (self);
  return GTK_WIDGET (self);
}

const char *
jz_act_form_get_act (JzActForm *self)
{
  return self->act;
}

/**
 * jz_act_form_is_touched:
 * @self: a form
 *
 * Returns: whether something was typed that was not sent
 */
gboolean
jz_act_form_is_touched (JzActForm *self)
{
  return self->is_touched;
}

/**
 * jz_act_form_present:
 * @inside: a widget of a window
 * @client: the office, with somebody signed in
 * @act: name of an act, without “.propose”
 * @preset: (transfer full) (nullable): arguments that are known
 *
 * Shows a form for the act in a window of its own above @inside; it goes when the act is done. For
 * places that have no room for it.
 */
void
jz_act_form_present (GtkWidget *inside, JzOfficeClient *client, const char *act, JzJson *preset)
{
  GtkWidget *form = jz_act_form_new (client, act, preset);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkRoot *root = gtk_widget_get_root (inside);
  GtkWidget *window =
    g_object_new (ADW_TYPE_WINDOW, "modal", TRUE, "transient-for",
                  GTK_IS_WINDOW (root) ? root : NULL, "default-width", 720, "default-height", 640,
                  "title", jz_act_get_label (act), "content", box, NULL);

  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  gtk_widget_set_vexpand (form, TRUE);
  gtk_box_append (GTK_BOX (box), form);
  g_signal_connect_object (form, "done", G_CALLBACK (gtk_window_close), window, G_CONNECT_SWAPPED);
  g_signal_connect_object (form, "cancelled", G_CALLBACK (gtk_window_close), window,
                           G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (window));
}
