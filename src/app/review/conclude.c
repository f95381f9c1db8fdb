/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/review/conclude.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "app/refusal_place.h"
#include "app/review/parts.h"
#include "office/fact_arguments.h"
#include "office/review_opinion.h"
#include "rules/vocabulary.h"

/* Giving the opinion: one of the outcomes of the bureau's form, the text, and then the form itself
 * is drafted from what was judged and opened, to be read, printed and signed. */

#define JZ_TYPE_REVIEW_CONCLUDE (jz_review_conclude_get_type ())
G_DECLARE_FINAL_TYPE (JzReviewConclude, jz_review_conclude, JZ, REVIEW_CONCLUDE, AdwWindow)

struct _JzReviewConclude {
  AdwWindow parent_instance;

  /* Template children */
  GtkDropDown *outcome;
  GtkTextView *text;
  GtkSwitch *unclear;
  GtkBox *unseen;
  GtkEntry *unseen_reason;
  GtkLabel *problem;

  GtkWidget *inside; /* weak */
  JzOfficeClient *client;
  JzJson *sheet;
  gboolean is_busy;
};

G_DEFINE_FINAL_TYPE (JzReviewConclude, jz_review_conclude, ADW_TYPE_WINDOW)

static const GPtrArray *
get_choices (void)
{
  const JzFactDefinition *definition =
    jz_fact_vocabulary_find (jz_office_get_facts (), "review.outcome");

  return definition->choices->choices;
}

static const char *
get_outcome (JzReviewConclude *self)
{
  const JzChoice *choice =
    g_ptr_array_index (get_choices (), gtk_drop_down_get_selected (self->outcome));
  return choice->id;
}

static char *
dup_text (JzReviewConclude *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->text);
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
}

static gboolean
is_unseen (JzReviewConclude *self)
{
  return jz_json_get_member_boolean (self->sheet, "is_unseen", FALSE);
}

static char *
dup_unseen_reason (JzReviewConclude *self)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->unseen_reason))));
}

static gboolean
is_passing (const char *outcome)
{
  return strcmp (outcome, "pass") == 0;
}

static gboolean
needs_every_point (const char *outcome)
{
  return is_passing (outcome) || strcmp (outcome, "pass_with_changes") == 0;
}

/* The first thing that the act would refuse; NULL where nothing is in the way. */
static const char *
find_problem (JzReviewConclude *self, const char *text)
{
  const JzJson *blocks = jz_json_get_member (self->sheet, "blocks");
  const JzJson *passing = jz_json_get_member (self->sheet, "blocks_passing");
  gint64 n_open = jz_json_get_member_integer (self->sheet, "n_points_open", 0);
  g_autofree char *reason = dup_unseen_reason (self);

  if (jz_part_count (blocks) > 0)
    return jz_json_get_text (jz_json_get_item (blocks, 0));
  if (jz_part_count (passing) > 0 &&
      (is_passing (get_outcome (self)) || (needs_every_point (get_outcome (self)) && n_open > 0)))
    return jz_json_get_text (jz_json_get_item (passing, 0));
  if (text[0] == '\0')
    return _ ("Write the opinion.");
  return is_unseen (self) && reason[0] == '\0' ? _ ("Say why none of the recordings was opened.")
                                               : NULL;
}

static void
update (JzReviewConclude *self)
{
  g_autofree char *text = dup_text (self);
  const char *problem = find_problem (self, text);

  gtk_label_set_label (self->problem, problem != NULL ? problem : "");
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "conclude.do",
                                 problem == NULL && !self->is_busy);
}

static char *
dup_today (JzReviewConclude *self)
{
  char text[JZ_DATE_SIZE];

  jz_date_format (jz_office_client_today (self->client), text);
  return g_strdup (text);
}

/* The opinion stands; only the paper was not drafted, which can be done from the case. */
static void
on_drafted (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (JzReviewConclude) self = data;
  GtkWidget *inside = self->inside;
  g_autoptr (JzActOutcome) outcome = NULL;
  g_autofree char *document = NULL;
  g_autofree char *place = NULL;

  gtk_window_close (GTK_WINDOW (self));
  if (inside == NULL)
    return;
  outcome = jz_finish_act (inside, result);
  if (outcome == NULL)
    return;
  document = jz_journal_record_dup_made (g_ptr_array_index (outcome->records, 0));
  place =
    g_strdup_printf ("cases/%s/document/%s", jz_json_read_text (self->sheet, "case"), document);
  gtk_widget_activate_action (inside, "win.go", "s", place);
}

/* The reason goes into the opinion, where everybody reads it. */
static char *
dup_opinion (JzReviewConclude *self)
{
  g_autofree char *text = dup_text (self);
  g_autofree char *reason = dup_unseen_reason (self);
  g_autofree char *line = g_strdup_printf (_ ("Recordings not looked at: %s"), reason);

  return is_unseen (self) ? g_strconcat (text, "\n", line, NULL) : g_steal_pointer (&text);
}

static void
draft (JzReviewConclude *self)
{
  JzJson *args = jz_json_new_object ();
  g_autofree char *text = dup_opinion (self);
  g_autofree char *today = dup_today (self);

  jz_json_set_text (args, "case", jz_json_read_text (self->sheet, "case"));
  jz_json_set_text (args, "form", "legal_review_opinion");
  jz_json_set_member (args, "values",
                      jz_review_opinion_fill (self->sheet, get_outcome (self), text,
                                              jz_office_client_get_name (self->client), today));
  jz_office_client_act_async (self->client, "document.draft", args, NULL, on_drafted,
                              g_object_ref (self));
}

static void
on_concluded (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (JzReviewConclude) self = data;
  g_autoptr (JzActOutcome) outcome = jz_finish_act (GTK_WIDGET (self), result);

  if (outcome != NULL) {
    draft (self);
    return;
  }
  self->is_busy = FALSE;
  update (self);
}

static void
conclude (GtkWidget *widget, const char *action, GVariant *parameter)
{
  JzReviewConclude *self = JZ_REVIEW_CONCLUDE (widget);
  JzJson *args = jz_json_new_object ();
  g_autofree char *text = dup_opinion (self);
  g_autofree char *reason = dup_unseen_reason (self);
  g_autofree char *today = dup_today (self);

  self->is_busy = TRUE;
  update (self);
  jz_json_set_text (args, "case", jz_json_read_text (self->sheet, "case"));
  jz_json_set_text (args, "text", text);
  if (is_unseen (self))
    jz_json_set_text (args, "unseen_reason", reason);
  jz_json_set_text (args, "review.opinion_on", today);
  jz_json_set_text (args, "review.outcome", get_outcome (self));
  jz_json_set_boolean (args, "review.finds_facts_unclear", gtk_switch_get_active (self->unclear));
  jz_office_client_act_async (self->client, "review.conclude", args, NULL, on_concluded,
                              g_object_ref (self));
}

static void
jz_review_conclude_dispose (GObject *object)
{
  JzReviewConclude *self = JZ_REVIEW_CONCLUDE (object);

  g_clear_weak_pointer (&self->inside);
  g_clear_object (&self->client);
  g_clear_pointer (&self->sheet, jz_json_unref);
  gtk_widget_dispose_template (GTK_WIDGET (self), JZ_TYPE_REVIEW_CONCLUDE);
  G_OBJECT_CLASS (jz_review_conclude_parent_class)->dispose (object);
}

static void
jz_review_conclude_class_init (JzReviewConcludeClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = jz_review_conclude_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/juanzong/app/review_conclude.ui");
  gtk_widget_class_bind_template_child (widget_class, JzReviewConclude, outcome);
  gtk_widget_class_bind_template_child (widget_class, JzReviewConclude, text);
  gtk_widget_class_bind_template_child (widget_class, JzReviewConclude, unclear);
  gtk_widget_class_bind_template_child (widget_class, JzReviewConclude, unseen);
  gtk_widget_class_bind_template_child (widget_class, JzReviewConclude, unseen_reason);
  gtk_widget_class_bind_template_child (widget_class, JzReviewConclude, problem);
  gtk_widget_class_install_action (widget_class, "conclude.do", NULL, conclude);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, GDK_CONTROL_MASK,
                                       "conclude.do", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
jz_review_conclude_init (JzReviewConclude *self)
{
  g_autoptr (GtkStringList) words = gtk_string_list_new (NULL);
  const GPtrArray *choices = get_choices ();

  gtk_widget_init_template (GTK_WIDGET (self));
  for (guint i = 0; i < choices->len; i++)
    gtk_string_list_append (words,
                            jz_text_get (&((const JzChoice *)g_ptr_array_index (choices, i))->label,
                                         jz_language_get_current ()));
  gtk_drop_down_set_model (self->outcome, G_LIST_MODEL (words));
  g_signal_connect_swapped (self->outcome, "notify::selected", G_CALLBACK (update), self);
  g_signal_connect_object (gtk_text_view_get_buffer (self->text), "changed", G_CALLBACK (update),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_swapped (self->unseen_reason, "changed", G_CALLBACK (update), self);
}

/* What is suggested: to pass where nothing is in the way of that, changes otherwise. */
static void
suggest (JzReviewConclude *self)
{
  const JzJson *passing = jz_json_get_member (self->sheet, "blocks_passing");
  g_autofree char *text = jz_review_opinion_dup_text (self->sheet);
  gboolean passes = jz_part_count (passing) == 0;

  gtk_drop_down_set_selected (self->outcome, passes ? 0 : 1);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->text),
                            text[0] == '\0' && passes ? _ ("Agreed.") : text, -1);
}

/**
 * jz_review_conclude_present:
 * @inside: a widget of the window
 * @client: the office
 * @sheet: what jz_review_sheet() told
 *
 * Asks for the outcome and the text of the opinion, gives it, and opens the form of the opinion.
 */
void
jz_review_conclude_present (GtkWidget *inside, JzOfficeClient *client, const JzJson *sheet)
{
  GtkRoot *root = gtk_widget_get_root (inside);
  JzReviewConclude *self = g_object_new (JZ_TYPE_REVIEW_CONCLUDE, NULL);

  gtk_window_set_transient_for (GTK_WINDOW (self), GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL);
  g_set_weak_pointer (&self->inside, inside);
  self->client = g_object_ref (client);
  self->sheet = jz_json_ref (sheet);
  gtk_widget_set_visible (GTK_WIDGET (self->unseen), is_unseen (self));
  suggest (self);
  update (self);
  gtk_window_present (GTK_WINDOW (self));
}
