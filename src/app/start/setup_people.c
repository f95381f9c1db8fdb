/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>

#include "app/lists/import_page.h"
#include "app/password.h"
#include "app/start/setup_step.h"
#include "app/start/signing.h"
#include "office/enrol.h"
#include "office/role.h"

/* The steps in which people come in: the second person, without whom nothing of responsibility can
 * be done, and everybody else. Each types the own password at this computer. */

typedef struct {
  char *user;
  char *name;
  char *section;
  char *roles;
  char *password;
  char *ca_password;
  char *confirmer;
  char *confirmer_password;
  char *code;
} Enrolling;

static void
enrolling_free (gpointer data)
{
  Enrolling *enrolling = data;

  g_free (enrolling->user);
  g_free (enrolling->name);
  g_free (enrolling->section);
  g_free (enrolling->roles);
  g_free (enrolling->confirmer);
  g_free (enrolling->code);
  jz_password_forget (enrolling->password);
  jz_password_forget (enrolling->ca_password);
  jz_password_forget (enrolling->confirmer_password);
  g_free (enrolling);
}

/* What was typed before the store could take it. */
static JzActOutcome *
set_code (JzOffice *office, JzSession *session, const char *code, GError **error)
{
  g_autoptr (JzJson) args = jz_json_new_object ();
  const JzJson *all[] = { args };
  JzActOutcome *outcome = NULL;
  JzRequest request = { .session = session, .act = "setting.change", .args = all, .n_args = 1 };

  jz_json_set_text (args, "name", "bureau.code");
  jz_json_set_text (args, "value", code);
  return jz_office_perform (office, &request, &outcome, error) ? outcome : NULL;
}

static JzActOutcome *
run_enrol (JzOffice *office,
           JzSession *session,
           gpointer data,
           GCancellable *cancellable,
           GError **error)
{
  const Enrolling *asked = data;
  JzActOutcome *outcome = NULL;
  JzEnrolment enrolment = {
    .session = session,
    .user = asked->user,
    .name = asked->name,
    .section = asked->section,
    .roles = asked->roles,
    .password = asked->password,
    .ca_password = asked->ca_password,
    .confirmer = asked->confirmer,
    .confirmer_password = asked->confirmer_password,
    .cancellable = cancellable,
  };

  if (session == NULL) {
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED,
                         _ ("Nobody is signed in. Sign in and do it again."));
    return NULL;
  }
  if (!jz_office_enrol (office, &enrolment, &outcome, error))
    return NULL;
  if (outcome->refusal != NULL || asked->code == NULL || asked->code[0] == '\0')
    return outcome;
  jz_act_outcome_free (outcome);
  return set_code (office, session, asked->code, error);
}

static void
on_enrolled (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (JzSetupStep) step = data;

  jz_setup_step_end_act (step, result);
}

static const char *
get_text (GtkEditable *row)
{
  return gtk_editable_get_text (row);
}

struct _JzSetupSecond {
  JzSetupStep parent_instance;

  AdwPreferencesGroup *group;
  GtkEditable *name;
  GtkEditable *user;
  GtkEditable *password;
  GtkEditable *again;
  GtkEditable *ca_password;
  GtkLabel *note;
};

#define JZ_TYPE_SETUP_SECOND (jz_setup_second_get_type ())
G_DECLARE_FINAL_TYPE (JzSetupSecond, jz_setup_second, JZ, SETUP_SECOND, JzSetupStep)
G_DEFINE_FINAL_TYPE (JzSetupSecond, jz_setup_second, JZ_TYPE_SETUP_STEP)

static char *
judge_second (JzSetupSecond *self, const JzSetupContext *context)
{
  if (context->client == NULL)
    return g_strdup (_ ("Found the store first."));
  if (get_text (self->name)[0] == '\0' || get_text (self->user)[0] == '\0')
    return g_strdup (_ ("Type the name of the head of the organ, and a short user name for signing "
                        "in."));
  if (context->ca_password == NULL && get_text (self->ca_password)[0] == '\0')
    return g_strdup (_ ("Type the password of the bureau's own key; without it no key can be "
                        "made."));
  return jz_password_judge (get_text (self->password), get_text (self->again));
}

static void
jz_setup_second_apply (JzSetupStep *step)
{
  JzSetupSecond *self = JZ_SETUP_SECOND (step);
  JzSetupContext *context = jz_setup_step_get_context (step);
  g_autofree char *problem = NULL;
  Enrolling *enrolling;

  if (context->setup != NULL && context->setup->is_accepted) {
    jz_setup_step_end (step, NULL);
    return;
  }
  problem = judge_second (self, context);
  if (problem != NULL) {
    jz_setup_step_end (step, problem);
    return;
  }
  if (get_text (self->ca_password)[0] != '\0')
    jz_setup_context_keep_ca_password (context, get_text (self->ca_password));
  enrolling = g_new0 (Enrolling, 1);
  enrolling->user = g_strdup (get_text (self->user));
  enrolling->name = g_strdup (get_text (self->name));
  enrolling->roles = g_strdup ("head");
  enrolling->password = g_strdup (get_text (self->password));
  enrolling->ca_password = g_strdup (context->ca_password);
  enrolling->code = g_strdup (context->code);
  jz_office_client_run_async (context->client, run_enrol, enrolling, enrolling_free, NULL,
                              on_enrolled, g_object_ref (step));
}

static void
jz_setup_second_enter (JzSetupStep *step)
{
  JzSetupSecond *self = JZ_SETUP_SECOND (step);
  JzSetupContext *context = jz_setup_step_get_context (step);
  gboolean is_accepted = context->setup != NULL && context->setup->is_accepted;

  gtk_widget_set_visible (GTK_WIDGET (self->group), !is_accepted);
  gtk_widget_set_visible (GTK_WIDGET (self->ca_password), context->ca_password == NULL);
  gtk_label_set_label (self->note, is_accepted
                                     ? _ ("A second person has accepted the store.")
                                     : _ ("The head, or whom the head names on paper, types this "
                                          "password without anybody looking on."));
  if (is_accepted) {
    gtk_editable_set_text (self->password, "");
    gtk_editable_set_text (self->again, "");
  }
}

static void
jz_setup_second_class_init (JzSetupSecondClass *klass)
{
  JZ_SETUP_STEP_CLASS (klass)->enter = jz_setup_second_enter;
  JZ_SETUP_STEP_CLASS (klass)->apply = jz_setup_second_apply;
}

static void
jz_setup_second_init (JzSetupSecond *self)
{
  JzSetupStep *step = JZ_SETUP_STEP (self);

  jz_setup_step_set_words (
    step, _ ("The second person"),
    _ ("No one can open an office alone: the head of the organ accepts it. Later the head confirms "
       "new keys, the roles of administrators and what the bureau adopts."));
  self->group = jz_setup_step_add_group (step, _ ("Head of the organ"));
  self->name = jz_setup_step_add_entry (self->group, _ ("Name of the head"));
  self->user = jz_setup_step_add_entry (self->group, _ ("User name of the head"));
  self->password = jz_setup_step_add_password (self->group, _ ("Password of the head"));
  self->again = jz_setup_step_add_password (self->group, _ ("The head's password once more"));
  self->ca_password =
    jz_setup_step_add_password (self->group, _ ("Password of the bureau's own key"));
  self->note = jz_setup_step_add_note (step);
}

struct _JzSetupPeople {
  JzSetupStep parent_instance;

  AdwPreferencesGroup *there;
  GPtrArray *rows; /* of @there, borrowed */
  GtkEditable *name;
  GtkEditable *user;
  GtkEditable *section;
  AdwComboRow *role;
  AdwComboRow *other_role;
  GtkEditable *password;
  GtkEditable *again;
  GtkEditable *head_password;
  GtkEditable *ca_password;
};

#define JZ_TYPE_SETUP_PEOPLE (jz_setup_people_get_type ())
G_DECLARE_FINAL_TYPE (JzSetupPeople, jz_setup_people, JZ, SETUP_PEOPLE, JzSetupStep)
G_DEFINE_FINAL_TYPE (JzSetupPeople, jz_setup_people, JZ_TYPE_SETUP_STEP)

static gboolean
is_empty (JzSetupPeople *self)
{
  return get_text (self->name)[0] == '\0' && get_text (self->user)[0] == '\0' &&
         get_text (self->password)[0] == '\0';
}

static char *
judge_person (JzSetupPeople *self, const JzSetupContext *context)
{
  if (context->setup == NULL || !context->setup->is_accepted ||
      jz_setup_context_find_role (context, "head") == NULL)
    return g_strdup (_ ("The head has to accept the store first."));
  if (get_text (self->name)[0] == '\0' || get_text (self->user)[0] == '\0')
    return g_strdup (_ ("Type the person's name, and a short user name for signing in."));
  if (get_text (self->head_password)[0] == '\0')
    return g_strdup (_ ("The head confirms with the own password."));
  if (context->ca_password == NULL && get_text (self->ca_password)[0] == '\0')
    return g_strdup (_ ("Type the password of the bureau's own key; without it no key can be "
                        "made."));
  return jz_password_judge (get_text (self->password), get_text (self->again));
}

/* The first line of the list is none. */
static const char *
get_role (AdwComboRow *row)
{
  guint selected = adw_combo_row_get_selected (row);
  gsize n_roles = 0;
  const JzRole *roles = jz_role_get_all (&n_roles);

  return selected > 0 && selected <= n_roles ? roles[selected - 1].name : "";
}

static void
jz_setup_people_apply (JzSetupStep *step)
{
  JzSetupPeople *self = JZ_SETUP_PEOPLE (step);
  JzSetupContext *context = jz_setup_step_get_context (step);
  g_autofree char *problem = NULL;
  Enrolling *enrolling;

  if (is_empty (self)) {
    jz_setup_step_end (step, NULL);
    return;
  }
  problem = judge_person (self, context);
  if (problem != NULL) {
    jz_setup_step_end (step, problem);
    return;
  }
  if (get_text (self->ca_password)[0] != '\0')
    jz_setup_context_keep_ca_password (context, get_text (self->ca_password));
  enrolling = g_new0 (Enrolling, 1);
  enrolling->user = g_strdup (get_text (self->user));
  enrolling->name = g_strdup (get_text (self->name));
  enrolling->section = g_strdup (get_text (self->section));
  enrolling->roles = g_strdup_printf ("%s|%s", get_role (self->role), get_role (self->other_role));
  enrolling->password = g_strdup (get_text (self->password));
  enrolling->ca_password = g_strdup (context->ca_password);
  enrolling->confirmer = g_strdup (jz_setup_context_find_role (context, "head")->user);
  enrolling->confirmer_password = g_strdup (get_text (self->head_password));
  jz_office_client_run_async (context->client, run_enrol, enrolling, enrolling_free, NULL,
                              on_enrolled, g_object_ref (step));
}

static void
add_person (GtkWidget *widget, const char *action, GVariant *parameter)
{
  g_object_set_data (G_OBJECT (widget), "stay", GINT_TO_POINTER (TRUE));
  jz_setup_step_apply (JZ_SETUP_STEP (widget));
}

/* A list from the personnel office comes in as in the lists; keys are given one by one, because
 * each person types the own password. */
static void
import_people (GtkWidget *widget, const char *action, GVariant *parameter)
{
  JzSetupContext *context = jz_setup_step_get_context (JZ_SETUP_STEP (widget));
  GtkRoot *root = gtk_widget_get_root (widget);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *page;
  GtkWidget *window;

  if (context->client == NULL)
    return;
  page = g_object_new (JZ_TYPE_IMPORT_PAGE, "client", context->client, NULL);
  window =
    g_object_new (ADW_TYPE_WINDOW, "modal", TRUE, "transient-for",
                  GTK_IS_WINDOW (root) ? root : NULL, "default-width", 1000, "default-height", 680,
                  "title", _ ("People from a table"), "content", box, NULL);
  gtk_widget_set_vexpand (page, TRUE);
  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (box), page);
  gtk_window_present (GTK_WINDOW (window));
}

static void
on_ended (JzSetupPeople *self, gboolean is_done)
{
  GtkEditable *const rows[] = { self->name, self->user, self->password, self->again };

  for (gsize i = 0; is_done && i < G_N_ELEMENTS (rows); i++)
    gtk_editable_set_text (rows[i], "");
}

static void
jz_setup_people_enter (JzSetupStep *step)
{
  JzSetupPeople *self = JZ_SETUP_PEOPLE (step);
  JzSetupContext *context = jz_setup_step_get_context (step);

  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (self->there, g_ptr_array_index (self->rows, i));
  g_ptr_array_set_size (self->rows, 0);
  for (guint i = 0; context->accounts != NULL && i < context->accounts->len; i++) {
    const JzAccount *account = g_ptr_array_index (context->accounts, i);
    GtkWidget *row = adw_action_row_new ();
    g_autofree char *roles = jz_account_dup_role_words (account);
    adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
    adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), account->name);
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), roles);
    adw_preferences_group_add (self->there, row);
    g_ptr_array_add (self->rows, row);
  }
  gtk_widget_set_visible (GTK_WIDGET (self->ca_password), context->ca_password == NULL);
}

static void
jz_setup_people_finalize (GObject *object)
{
  g_ptr_array_unref (JZ_SETUP_PEOPLE (object)->rows);
  G_OBJECT_CLASS (jz_setup_people_parent_class)->finalize (object);
}

static void
jz_setup_people_class_init (JzSetupPeopleClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = jz_setup_people_finalize;
  JZ_SETUP_STEP_CLASS (klass)->enter = jz_setup_people_enter;
  JZ_SETUP_STEP_CLASS (klass)->apply = jz_setup_people_apply;
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "setup-people.add", NULL, add_person);
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "setup-people.import", NULL,
                                   import_people);
}

static void
fill_roles (AdwComboRow *row)
{
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);
  gsize n_roles = 0;
  const JzRole *roles = jz_role_get_all (&n_roles);

  gtk_string_list_append (list, C_ ("role", "none"));
  for (gsize i = 0; i < n_roles; i++)
    gtk_string_list_append (list, _ (roles[i].title));
  adw_combo_row_set_model (row, G_LIST_MODEL (list));
}

static void
jz_setup_people_init (JzSetupPeople *self)
{
  JzSetupStep *step = JZ_SETUP_STEP (self);
  AdwPreferencesGroup *group;

  self->rows = g_ptr_array_new ();
  jz_setup_step_set_words (
    step, _ ("People"),
    _ ("Everybody who works with cases gets a user name, a role and a password of the own. Nobody "
       "may review or approve what he handled himself, so an office needs at least a handler, a "
       "reviewer and an approver. More people can be added at any time under Settings."));
  self->there = jz_setup_step_add_group (step, _ ("In this office"));
  group = jz_setup_step_add_group (step, _ ("Add a person"));
  self->name = jz_setup_step_add_entry (group, _ ("Name"));
  self->user = jz_setup_step_add_entry (group, _ ("User name"));
  self->section = jz_setup_step_add_entry (group, _ ("Section (may be empty)"));
  self->role = jz_setup_step_add_combo (group, _ ("Role"));
  self->other_role = jz_setup_step_add_combo (group, _ ("Another role"));
  fill_roles (self->role);
  fill_roles (self->other_role);
  adw_combo_row_set_selected (self->role, 1);
  self->password = jz_setup_step_add_password (group, _ ("Password, typed by that person"));
  self->again = jz_setup_step_add_password (group, _ ("That password once more"));
  self->head_password =
    jz_setup_step_add_password (group, _ ("Password of the head, who confirms"));
  self->ca_password = jz_setup_step_add_password (group, _ ("Password of the bureau's own key"));
  jz_setup_step_add_button (step, _ ("_Add This Person"), "setup-people.add");
  jz_setup_step_add_button (step, _ ("People from a _Table…"), "setup-people.import");
  g_signal_connect (self, "ended", G_CALLBACK (on_ended), NULL);
}
