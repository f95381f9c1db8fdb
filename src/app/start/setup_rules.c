/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include <glib/gi18n-lib.h>

#include "app/start/setup_step.h"
#include "app/password.h"
#include "app/start/signing.h"
#include "app/words.h"
#include "base/typed.h"
#include "office/by_two.h"
#include "office/session.h"

/* The steps that say what law the cases are kept under, and what happens to those that run. */

#define PROPOSERS "review_head|section_head|head"
#define CONFIRMERS "head|review_head"

struct _JzSetupRules {
  JzSetupStep parent_instance;

  AdwPreferencesGroup *there;
  AdwActionRow *rulebook;
  AdwActionRow *forms;
  AdwActionRow *calendar;
  AdwPreferencesGroup *group;
  AdwComboRow *book;
  GtkEditable *day;
  AdwActionRow *proposer;
  GtkEditable *proposer_password;
  AdwActionRow *confirmer;
  GtkEditable *confirmer_password;
};

#define JZ_TYPE_SETUP_RULES (jz_setup_rules_get_type ())
G_DECLARE_FINAL_TYPE (JzSetupRules, jz_setup_rules, JZ, SETUP_RULES, JzSetupStep)
G_DEFINE_FINAL_TYPE (JzSetupRules, jz_setup_rules, JZ_TYPE_SETUP_STEP)

static const struct {
  const char *book;
  const char *title;
} books[] = {
  { "BASE", N_ ("General rules of all organs") },
  { "HR", N_ ("Human resources and social security") },
  { "MR", N_ ("Market regulation") },
};

typedef struct {
  char *book; /* (nullable): not adopted anew where %NULL */
  gboolean with_forms;
  gboolean with_calendar;
  char *in_force;
  char *reason;
  char *proposer;
  char *proposer_password;
  char *confirmer;
  char *confirmer_password;
} Adopting;

static void
adopting_free (gpointer data)
{
  Adopting *adopting = data;

  g_free (adopting->book);
  g_free (adopting->in_force);
  g_free (adopting->reason);
  g_free (adopting->proposer);
  g_free (adopting->confirmer);
  jz_password_forget (adopting->proposer_password);
  jz_password_forget (adopting->confirmer_password);
  g_free (adopting);
}

static gboolean
adopt (JzOffice *office,
       const Adopting *asked,
       const char *act,
       const char *book,
       JzActOutcome **outcome,
       GCancellable *cancellable,
       GError **error)
{
  g_autoptr (JzJson) args = jz_json_new_object ();
  JzByTwo by_two = {
    .act = act,
    .args = args,
    .proposer = asked->proposer,
    .proposer_password = asked->proposer_password,
    .confirmer = asked->confirmer,
    .confirmer_password = asked->confirmer_password,
    .cancellable = cancellable,
  };

  if (*outcome != NULL && (*outcome)->refusal != NULL)
    return TRUE;
  g_clear_pointer (outcome, jz_act_outcome_free);
  if (book != NULL)
    jz_json_set_text (args, "book", book);
  jz_json_set_text (args, "in_force", asked->in_force);
  jz_json_set_text (args, "reason", asked->reason);
  return jz_office_perform_by_two (office, &by_two, outcome, error);
}

static JzActOutcome *
run_adopt (JzOffice *office,
           JzSession *session,
           gpointer data,
           GCancellable *cancellable,
           GError **error)
{
  const Adopting *asked = data;
  JzActOutcome *outcome = NULL;

  if ((asked->book != NULL &&
       !adopt (office, asked, "rulebook.adopt", asked->book, &outcome, cancellable, error)) ||
      (asked->with_forms &&
       !adopt (office, asked, "forms.adopt", NULL, &outcome, cancellable, error)) ||
      (asked->with_calendar &&
       !adopt (office, asked, "calendar.adopt", NULL, &outcome, cancellable, error)))
    return NULL;
  return outcome;
}

static void
on_acted (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (JzSetupStep) step = data;

  jz_setup_step_end_act (step, result);
}

static const JzAccount *
find_other (const JzSetupContext *context, const char *roles, const JzAccount *except)
{
  for (guint i = 0; context->accounts != NULL && i < context->accounts->len; i++) {
    const JzAccount *account = g_ptr_array_index (context->accounts, i);
    if (account != except && account->key == JZ_ACCOUNT_KEY_VALID &&
        jz_account_has_role (account, roles))
      return account;
  }
  return NULL;
}

static const JzAccount *
find_confirmer (const JzSetupContext *context)
{
  const JzAccount *head = jz_setup_context_find_role (context, "head");
  return head != NULL ? head : jz_setup_context_find_role (context, CONFIRMERS);
}

static const JzAccount *
find_proposer (const JzSetupContext *context)
{
  return find_other (context, PROPOSERS, find_confirmer (context));
}

static gboolean
is_adopted (const JzSetup *setup)
{
  return setup != NULL && setup->rulebook[0] != '\0' && setup->forms[0] != '\0' &&
         setup->calendar[0] != '\0';
}

static char *
judge (JzSetupRules *self, const JzSetupContext *context, JzDate *day)
{
  if (context->setup == NULL || !context->setup->is_accepted)
    return g_strdup (_ ("The head has to accept the store first."));
  if (find_proposer (context) == NULL)
    return g_strdup (_ ("Somebody else than the head has to propose it: add a person with the role "
                        "head of the legal section, or head of the handling section, in the step "
                        "before."));
  if (!jz_typed_read_date (gtk_editable_get_text (self->day),
                           jz_office_client_today (context->client), day))
    return g_strdup (_ ("Type the first day, such as 20260302, or “today”."));
  if (gtk_editable_get_text (self->proposer_password)[0] == '\0' ||
      gtk_editable_get_text (self->confirmer_password)[0] == '\0')
    return g_strdup (_ ("Both people type their own password."));
  return NULL;
}

static void
jz_setup_rules_apply (JzSetupStep *step)
{
  JzSetupRules *self = JZ_SETUP_RULES (step);
  JzSetupContext *context = jz_setup_step_get_context (step);
  g_autofree char *problem = NULL;
  char text[JZ_DATE_SIZE];
  Adopting *adopting;
  JzDate day = { 0 };

  if (is_adopted (context->setup)) {
    jz_setup_step_end (step, NULL);
    return;
  }
  problem = judge (self, context, &day);
  if (problem != NULL) {
    jz_setup_step_end (step, problem);
    return;
  }
  jz_date_format (day, text);
  adopting = g_new0 (Adopting, 1);
  if (context->setup->rulebook[0] == '\0')
    adopting->book = g_strdup (books[adw_combo_row_get_selected (self->book)].book);
  adopting->with_forms = context->setup->forms[0] == '\0';
  adopting->with_calendar = context->setup->calendar[0] == '\0';
  adopting->in_force = g_strdup (text);
  adopting->reason = g_strdup (_ ("first setting up of the office"));
  adopting->proposer = g_strdup (find_proposer (context)->user);
  adopting->proposer_password = g_strdup (gtk_editable_get_text (self->proposer_password));
  adopting->confirmer = g_strdup (find_confirmer (context)->user);
  adopting->confirmer_password = g_strdup (gtk_editable_get_text (self->confirmer_password));
  jz_office_client_run_async (context->client, run_adopt, adopting, adopting_free, NULL, on_acted,
                              g_object_ref (step));
}

static void
show_day (AdwActionRow *row, const char *day)
{
  g_autofree char *words = jz_words_dup_day (day);
  g_autofree char *text = day != NULL && day[0] != '\0'
                            ? g_strdup_printf (_ ("in force from %s"), words)
                            : g_strdup (_ ("not adopted yet"));

  adw_action_row_set_subtitle (row, text);
}

static void
show_person (AdwActionRow *row, const JzAccount *account)
{
  g_autofree char *roles = account != NULL ? jz_account_dup_role_words (account) : NULL;
  g_autofree char *text = account != NULL ? g_strdup_printf ("%s (%s)", account->name, roles)
                                          : g_strdup (_ ("nobody yet"));

  adw_action_row_set_subtitle (row, text);
}

static void
jz_setup_rules_enter (JzSetupStep *step)
{
  JzSetupRules *self = JZ_SETUP_RULES (step);
  JzSetupContext *context = jz_setup_step_get_context (step);

  show_day (self->rulebook, context->setup != NULL ? context->setup->rulebook : NULL);
  show_day (self->forms, context->setup != NULL ? context->setup->forms : NULL);
  show_day (self->calendar, context->setup != NULL ? context->setup->calendar : NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->group), !is_adopted (context->setup));
  gtk_widget_set_visible (GTK_WIDGET (self->book),
                          context->setup == NULL || context->setup->rulebook[0] == '\0');
  show_person (self->proposer, find_proposer (context));
  show_person (self->confirmer, find_confirmer (context));
  if (context->client != NULL && gtk_editable_get_text (self->day)[0] == '\0') {
    char text[JZ_DATE_SIZE];
    jz_date_format (jz_office_client_today (context->client), text);
    gtk_editable_set_text (self->day, text);
  }
}

static void
jz_setup_rules_class_init (JzSetupRulesClass *klass)
{
  JZ_SETUP_STEP_CLASS (klass)->enter = jz_setup_rules_enter;
  JZ_SETUP_STEP_CLASS (klass)->apply = jz_setup_rules_apply;
}

static AdwActionRow *
add_row (AdwPreferencesGroup *group, const char *title)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_preferences_group_add (group, row);
  return ADW_ACTION_ROW (row);
}

static void
jz_setup_rules_init (JzSetupRules *self)
{
  JzSetupStep *step = JZ_SETUP_STEP (self);
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);

  jz_setup_step_set_words (
    step, _ ("Rules, forms and calendar"),
    _ ("The bureau adopts what its cases are kept under: the rules of its field, the forms of its "
       "documents, and which days are worked. Each case keeps what was in force when it was filed. "
       "One person proposes, another confirms."));
  self->there = jz_setup_step_add_group (step, _ ("Adopted"));
  self->rulebook = add_row (self->there, _ ("Rules"));
  self->forms = add_row (self->there, _ ("Forms"));
  self->calendar = add_row (self->there, _ ("Calendar"));
  self->group = jz_setup_step_add_group (step, _ ("Adopt what is missing"));
  self->book = jz_setup_step_add_combo (self->group, _ ("Field"));
  for (gsize i = 0; i < G_N_ELEMENTS (books); i++)
    gtk_string_list_append (list, _ (books[i].title));
  adw_combo_row_set_model (self->book, G_LIST_MODEL (list));
  self->day = jz_setup_step_add_entry (self->group, _ ("First day in force"));
  self->proposer = add_row (self->group, _ ("Proposed by"));
  self->proposer_password =
    jz_setup_step_add_password (self->group, _ ("Password of who proposes"));
  self->confirmer = add_row (self->group, _ ("Confirmed by"));
  self->confirmer_password =
    jz_setup_step_add_password (self->group, _ ("Password of who confirms"));
}

struct _JzSetupRunning {
  JzSetupStep parent_instance;

  GtkEditable *day;
  GtkEditable *password;
  GtkLabel *note;
};

#define JZ_TYPE_SETUP_RUNNING (jz_setup_running_get_type ())
G_DECLARE_FINAL_TYPE (JzSetupRunning, jz_setup_running, JZ, SETUP_RUNNING, JzSetupStep)
G_DEFINE_FINAL_TYPE (JzSetupRunning, jz_setup_running, JZ_TYPE_SETUP_STEP)

static void
jz_setup_running_apply (JzSetupStep *step)
{
  JzSetupRunning *self = JZ_SETUP_RUNNING (step);
  JzSetupContext *context = jz_setup_step_get_context (step);
  const JzAccount *head = jz_setup_context_find_role (context, "head");
  g_autoptr (JzJson) args = NULL;
  char text[JZ_DATE_SIZE];
  JzDate day = { 0 };

  if (gtk_editable_get_text (self->day)[0] == '\0') {
    jz_setup_step_end (step, NULL);
    return;
  }
  if (context->client == NULL || head == NULL) {
    jz_setup_step_end (step, _ ("The head has to accept the store first."));
    return;
  }
  if (!jz_typed_read_date (gtk_editable_get_text (self->day),
                           jz_office_client_today (context->client), &day)) {
    jz_setup_step_end (step, _ ("Type the last day, such as 20260302, or +60 for in 60 days."));
    return;
  }
  jz_date_format (day, text);
  if (context->setup != NULL && strcmp (text, context->setup->take_over_until) == 0) {
    jz_setup_step_end (step, NULL);
    return;
  }
  args = jz_json_new_object ();
  jz_json_set_text (args, "name", "take_over.until");
  jz_json_set_text (args, "value", text);
  {
    JzSigning signing = {
      .act = "setting.change",
      .args = args,
      .user = head->user,
      .password = gtk_editable_get_text (self->password),
    };
    jz_signing_async (context->client, &signing, NULL, on_acted, g_object_ref (step));
  }
  gtk_editable_set_text (self->password, "");
}

static void
jz_setup_running_enter (JzSetupStep *step)
{
  JzSetupRunning *self = JZ_SETUP_RUNNING (step);
  JzSetupContext *context = jz_setup_step_get_context (step);
  g_autofree char *text = NULL;

  if (context->setup == NULL)
    return;
  if (gtk_editable_get_text (self->day)[0] == '\0')
    gtk_editable_set_text (self->day, context->setup->take_over_until);
  text = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%d running case was taken over until now.",
                                       "%d running cases were taken over until now.",
                                       (gulong)context->setup->n_running),
                          (int)context->setup->n_running);
  gtk_label_set_label (self->note, text);
}

static void
jz_setup_running_class_init (JzSetupRunningClass *klass)
{
  JZ_SETUP_STEP_CLASS (klass)->enter = jz_setup_running_enter;
  JZ_SETUP_STEP_CLASS (klass)->apply = jz_setup_running_apply;
}

static void
jz_setup_running_init (JzSetupRunning *self)
{
  JzSetupStep *step = JZ_SETUP_STEP (self);
  AdwPreferencesGroup *group;

  jz_setup_step_set_words (
    step, _ ("Start and running cases"),
    _ (
      "Cases that already run on paper come in at the stage that they have reached: their handler "
      "signs in, chooses New, Take over a running case, and writes down what exists on paper and "
      "where. What was done before is marked as before this program.\n\nThe head sets the last day "
      "on which this is possible; leave it empty to decide later."));
  group = jz_setup_step_add_group (step, NULL);
  self->day = jz_setup_step_add_entry (group, _ ("Last day for taking over running cases"));
  self->password = jz_setup_step_add_password (group, _ ("Password of the head, who sets it"));
  self->note = jz_setup_step_add_note (step);
}
