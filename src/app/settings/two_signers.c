/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/settings/two_signers.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "app/start/signing.h"
#include "app/window.h"
#include "office/accounts.h"

struct _JzTwoSigners {
  AdwWindow parent_instance;

  GtkLabel *heading;
  GtkLabel *body;
  AdwPreferencesGroup *key_group;
  GtkEditable *new_password;
  GtkEditable *again;
  GtkEditable *ca_password;
  GtkWidget *confirmer_group;
  AdwComboRow *confirmer;
  GtkEditable *password;
  GtkLabel *problem;

  JzOfficeClient *client;
  GtkWidget *inside;
  char *act;
  JzJson *args;
  char *only; /* (nullable): id of who alone can confirm */
  gboolean has_key;
  gboolean is_busy;
  GPtrArray *accounts;   /* JzAccount */
  GPtrArray *confirmers; /* of them, borrowed */
};

G_DEFINE_FINAL_TYPE (JzTwoSigners, jz_two_signers, ADW_TYPE_WINDOW)

static void
update (JzTwoSigners *self)
{
  gboolean has_confirmer = self->confirmers->len > 0;

  gtk_widget_set_visible (self->confirmer_group, has_confirmer);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "signing.both",
                                 !self->is_busy && has_confirmer);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "signing.propose", !self->is_busy);
}

static void
show_problem (JzTwoSigners *self, const char *text)
{
  gtk_label_set_label (self->problem, text);
  gtk_widget_set_visible (GTK_WIDGET (self->problem), text[0] != '\0');
}

static gboolean
judge (JzTwoSigners *self, gboolean is_both)
{
  g_autofree char *problem = NULL;

  if (self->has_key)
    problem = jz_password_judge (gtk_editable_get_text (self->new_password),
                                 gtk_editable_get_text (self->again));
  if (problem == NULL && self->has_key && gtk_editable_get_text (self->ca_password)[0] == '\0')
    problem = g_strdup (_ ("Type the password of the bureau's own key; without it no key can be "
                           "made."));
  if (problem == NULL && is_both && gtk_editable_get_text (self->password)[0] == '\0')
    problem = g_strdup (_ ("The second person types the own password, or choose Only Propose."));
  show_problem (self, problem != NULL ? problem : "");
  return problem == NULL;
}

static void
on_done (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (JzTwoSigners) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JzActOutcome) outcome =
    jz_office_client_act_finish (JZ_OFFICE_CLIENT (source), result, &error);

  self->is_busy = FALSE;
  if (self->problem == NULL)
    return;
  update (self);
  if (outcome == NULL) {
    show_problem (self, error->message);
  } else if (outcome->refusal != NULL) {
    const char *clears = jz_refusal_get_clears (outcome->refusal);
    g_autofree char *text = g_strdup_printf ("%s %s", jz_refusal_get_sentence (outcome->refusal),
                                             clears != NULL ? clears : "");
    show_problem (self, text);
  } else {
    jz_window_toast (self->inside, g_object_get_data (G_OBJECT (self), "done"));
    gtk_window_close (GTK_WINDOW (self));
  }
}

static void
sign (JzTwoSigners *self, const char *act, const JzAccount *confirmer)
{
  JzSigning signing = {
    .act = act,
    .args = self->args,
    .confirmer = confirmer != NULL ? confirmer->user : NULL,
    .confirmer_password = gtk_editable_get_text (self->password),
    .new_password = self->has_key ? gtk_editable_get_text (self->new_password) : NULL,
    .ca_password = self->has_key ? gtk_editable_get_text (self->ca_password) : NULL,
  };

  self->is_busy = TRUE;
  update (self);
  jz_signing_async (self->client, &signing, NULL, on_done, g_object_ref (self));
}

static void
propose (GtkWidget *widget, const char *action, GVariant *parameter)
{
  JzTwoSigners *self = JZ_TWO_SIGNERS (widget);
  g_autofree char *act = g_strconcat (self->act, ".propose", NULL);

  if (!judge (self, FALSE))
    return;
  g_object_set_data (G_OBJECT (self), "done",
                     (gpointer)_ ("Proposed; the second person confirms it within seven days."));
  sign (self, act, NULL);
}

static void
sign_both (GtkWidget *widget, const char *action, GVariant *parameter)
{
  JzTwoSigners *self = JZ_TWO_SIGNERS (widget);
  guint selected = adw_combo_row_get_selected (self->confirmer);

  if (selected >= self->confirmers->len || !judge (self, TRUE))
    return;
  g_object_set_data (G_OBJECT (self), "done", (gpointer)_ ("Done, and signed by both."));
  sign (self, self->act, g_ptr_array_index (self->confirmers, selected));
}

static gpointer
read_accounts (JzOffice *office,
               JzConnection *reader,
               gpointer data,
               GCancellable *cancellable,
               GError **error)
{
  JzDate today = jz_instant_get_date (jz_clock_now (jz_office_get_clock (office)));

  return jz_accounts_list (jz_office_get_store (office), reader, today, error);
}

static gboolean
may_confirm (JzTwoSigners *self, const JzAct *act, const JzAccount *account)
{
  if (self->only != NULL)
    return strcmp (account->person, self->only) == 0;
  return account->key == JZ_ACCOUNT_KEY_VALID && jz_account_has_role (account, act->roles) &&
         g_strcmp0 (account->person, jz_office_client_get_person (self->client)) != 0;
}

static void
on_accounts_read (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (JzTwoSigners) self = data;
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  gboolean is_proposal = FALSE;
  const JzAct *act = jz_act_find (self->act, &is_proposal);

  self->accounts = jz_office_client_read_finish (JZ_OFFICE_CLIENT (source), result, NULL);
  for (guint i = 0; self->accounts != NULL && i < self->accounts->len; i++) {
    JzAccount *account = g_ptr_array_index (self->accounts, i);
    g_autofree char *label = g_strdup_printf ("%s (%s)", account->name, account->user);
    if (!may_confirm (self, act, account))
      continue;
    g_ptr_array_add (self->confirmers, account);
    gtk_string_list_append (names, label);
  }
  if (self->confirmer == NULL)
    return;
  adw_combo_row_set_model (self->confirmer, G_LIST_MODEL (names));
  update (self);
}

static void
jz_two_signers_dispose (GObject *object)
{
  JzTwoSigners *self = JZ_TWO_SIGNERS (object);

  g_clear_object (&self->client);
  g_clear_object (&self->inside);
  gtk_widget_dispose_template (GTK_WIDGET (self), JZ_TYPE_TWO_SIGNERS);
  G_OBJECT_CLASS (jz_two_signers_parent_class)->dispose (object);
}

static void
jz_two_signers_finalize (GObject *object)
{
  JzTwoSigners *self = JZ_TWO_SIGNERS (object);

  g_free (self->act);
  g_free (self->only);
  g_clear_pointer (&self->args, jz_json_unref);
  g_clear_pointer (&self->accounts, g_ptr_array_unref);
  g_ptr_array_unref (self->confirmers);
  G_OBJECT_CLASS (jz_two_signers_parent_class)->finalize (object);
}

static void
jz_two_signers_class_init (JzTwoSignersClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = jz_two_signers_dispose;
  G_OBJECT_CLASS (klass)->finalize = jz_two_signers_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/juanzong/app/two_signers.ui");
  gtk_widget_class_bind_template_child (widget_class, JzTwoSigners, heading);
  gtk_widget_class_bind_template_child (widget_class, JzTwoSigners, body);
  gtk_widget_class_bind_template_child (widget_class, JzTwoSigners, key_group);
  gtk_widget_class_bind_template_child (widget_class, JzTwoSigners, new_password);
  gtk_widget_class_bind_template_child (widget_class, JzTwoSigners, again);
  gtk_widget_class_bind_template_child (widget_class, JzTwoSigners, ca_password);
  gtk_widget_class_bind_template_child (widget_class, JzTwoSigners, confirmer_group);
  gtk_widget_class_bind_template_child (widget_class, JzTwoSigners, confirmer);
  gtk_widget_class_bind_template_child (widget_class, JzTwoSigners, password);
  gtk_widget_class_bind_template_child (widget_class, JzTwoSigners, problem);
  gtk_widget_class_install_action (widget_class, "signing.propose", NULL, propose);
  gtk_widget_class_install_action (widget_class, "signing.both", NULL, sign_both);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
jz_two_signers_init (JzTwoSigners *self)
{
  self->confirmers = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * jz_two_signers_show:
 * @inside: a widget of the window above which it is shown
 * @client: the office, with somebody signed in who may propose
 * @signing: what is to be signed
 *
 * Asks for what the act needs; it goes when the act is done, or proposed.
 */
void
jz_two_signers_show (GtkWidget *inside, JzOfficeClient *client, const JzTwoSigning *signing)
{
  GtkRoot *root = gtk_widget_get_root (inside);
  JzTwoSigners *self =
    g_object_new (JZ_TYPE_TWO_SIGNERS, "transient-for", GTK_IS_WINDOW (root) ? root : NULL, NULL);

  self->client = g_object_ref (client);
  self->inside = g_object_ref (inside);
  self->act = g_strdup (signing->act);
  self->args = jz_json_ref (signing->args);
  self->only = g_strdup (signing->confirmer);
  self->has_key = signing->key_for != NULL;
  gtk_label_set_label (self->heading, signing->heading);
  gtk_label_set_label (self->body, signing->body);
  gtk_window_set_title (GTK_WINDOW (self), signing->heading);
  if (self->has_key) {
    g_autofree char *escaped = g_markup_escape_text (signing->key_for, -1);
    g_autofree char *title = g_strdup_printf (_ ("%s types a new password"), escaped);
    adw_preferences_group_set_title (self->key_group, title);
    gtk_widget_set_visible (GTK_WIDGET (self->key_group), TRUE);
  }
  update (self);
  jz_office_client_read_async (client, read_accounts, NULL, NULL, (GDestroyNotify)g_ptr_array_unref,
                               NULL, on_accounts_read, g_object_ref (self));
  gtk_window_present (GTK_WINDOW (self));
}
