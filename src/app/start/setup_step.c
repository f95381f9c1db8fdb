/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/start/setup_step.h"

#include <glib/gi18n-lib.h>

#include "app/password.h"

typedef struct {
  JzSetupContext *context; /* of @owner */
  GObject *owner;          /* borrowed: it owns this too; held while the step is being done */
  GtkBox *box;
  GtkLabel *heading;
  GtkLabel *body;
  GtkLabel *problem;
  gboolean is_busy;
} JzSetupStepPrivate;

enum {
  ENDED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (JzSetupStep, jz_setup_step, ADW_TYPE_BIN)

static void
jz_setup_step_class_init (JzSetupStepClass *klass)
{
  /**
   * JzSetupStep::ended:
   * @self: the step
   * @is_done: whether it is done, and the next can follow
   */
  signals[ENDED] = g_signal_new ("ended", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
}

static GtkLabel *
new_label (const char *style)
{
  GtkWidget *label = gtk_label_new ("");

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  return GTK_LABEL (label);
}

static void
jz_setup_step_init (JzSetupStep *self)
{
  JzSetupStepPrivate *priv = jz_setup_step_get_instance_private (self);
  GtkWidget *clamp = adw_clamp_new ();
  GtkWidget *window = gtk_scrolled_window_new ();
  GtkWidget *foot = adw_clamp_new ();
  GtkWidget *outer = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  priv->box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 18));
  priv->heading = new_label ("title-2");
  priv->body = new_label (NULL);
  priv->problem = new_label ("error");
  gtk_widget_set_visible (GTK_WIDGET (priv->problem), FALSE);
  gtk_box_append (priv->box, GTK_WIDGET (priv->heading));
  gtk_box_append (priv->box, GTK_WIDGET (priv->body));
  gtk_widget_add_css_class (GTK_WIDGET (priv->box), "setup-step");
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), 720);
  adw_clamp_set_child (ADW_CLAMP (clamp), GTK_WIDGET (priv->box));
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (window), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (window), clamp);
  gtk_widget_set_vexpand (window, TRUE);
  /* Where it is seen without scrolling, beside the button that was pressed. */
  gtk_widget_add_css_class (GTK_WIDGET (priv->problem), "setup-problem");
  adw_clamp_set_maximum_size (ADW_CLAMP (foot), 720);
  adw_clamp_set_child (ADW_CLAMP (foot), GTK_WIDGET (priv->problem));
  gtk_box_append (GTK_BOX (outer), window);
  gtk_box_append (GTK_BOX (outer), foot);
  adw_bin_set_child (ADW_BIN (self), outer);
}

/**
 * jz_setup_step_get_context:
 * @self: a step
 *
 * Returns: (transfer none): what it shares with the others
 */
JzSetupContext *
jz_setup_step_get_context (JzSetupStep *self)
{
  JzSetupStepPrivate *priv = jz_setup_step_get_instance_private (self);
  return priv->context;
}

/**
 * jz_setup_step_set_context:
 * @self: a step
 * @context: what it shares with the others
 * @owner: (type GObject): whose context it is; it is kept while the step is being done
 */
void
jz_setup_step_set_context (JzSetupStep *self, JzSetupContext *context, gpointer owner)
{
  JzSetupStepPrivate *priv = jz_setup_step_get_instance_private (self);
  priv->context = context;
  priv->owner = owner;
}

/**
 * jz_setup_step_enter:
 * @self: a step that is shown
 *
 * Lets it look at the office again.
 */
void
jz_setup_step_enter (JzSetupStep *self)
{
  if (JZ_SETUP_STEP_GET_CLASS (self)->enter != NULL)
    JZ_SETUP_STEP_GET_CLASS (self)->enter (self);
}

/**
 * jz_setup_step_apply:
 * @self: a step
 *
 * Does what it is for, unless it is being done.
 */
void
jz_setup_step_apply (JzSetupStep *self)
{
  JzSetupStepPrivate *priv = jz_setup_step_get_instance_private (self);

  if (priv->is_busy)
    return;
  priv->is_busy = TRUE;
  g_object_ref (priv->owner);
  g_object_ref (self);
  gtk_widget_set_visible (GTK_WIDGET (priv->problem), FALSE);
  /* An entry that cannot be typed in any more while it has the focus complains. */
  if (gtk_widget_get_root (GTK_WIDGET (self)) != NULL)
    gtk_root_set_focus (gtk_widget_get_root (GTK_WIDGET (self)), NULL);
  gtk_widget_set_sensitive (GTK_WIDGET (priv->box), FALSE);
  JZ_SETUP_STEP_GET_CLASS (self)->apply (self);
}

/**
 * jz_setup_step_end:
 * @self: a step that was applied
 * @problem: (nullable): why it could not be done; %NULL where it was
 */
void
jz_setup_step_end (JzSetupStep *self, const char *problem)
{
  JzSetupStepPrivate *priv = jz_setup_step_get_instance_private (self);

  priv->is_busy = FALSE;
  gtk_widget_set_sensitive (GTK_WIDGET (priv->box), TRUE);
  gtk_label_set_label (priv->problem, problem != NULL ? problem : "");
  gtk_widget_set_visible (GTK_WIDGET (priv->problem), problem != NULL);
  g_signal_emit (self, signals[ENDED], 0, problem == NULL);
  g_object_unref (priv->owner);
  g_object_unref (self);
}

/**
 * jz_setup_step_end_act:
 * @self: a step that was applied
 * @result: of an act of the office
 *
 * Ends it by what came of the act.
 */
void
jz_setup_step_end_act (JzSetupStep *self, GAsyncResult *result)
{
  JzSetupStepPrivate *priv = jz_setup_step_get_instance_private (self);
  g_autoptr (GError) error = NULL;
  g_autoptr (JzActOutcome) outcome =
    jz_office_client_act_finish (priv->context->client, result, &error);
  g_autofree char *text = NULL;

  if (outcome == NULL) {
    jz_setup_step_end (self, error->message);
  } else if (outcome->refusal != NULL) {
    const char *clears = jz_refusal_get_clears (outcome->refusal);
    text = g_strdup_printf ("%s %s", jz_refusal_get_sentence (outcome->refusal),
                            clears != NULL ? clears : "");
    jz_setup_step_end (self, g_strstrip (text));
  } else {
    jz_setup_step_end (self, NULL);
  }
}

gboolean
jz_setup_step_is_busy (JzSetupStep *self)
{
  JzSetupStepPrivate *priv = jz_setup_step_get_instance_private (self);
  return priv->is_busy;
}

/**
 * jz_setup_step_set_words:
 * @self: a step
 * @heading: what it is
 * @body: what it is for
 */
void
jz_setup_step_set_words (JzSetupStep *self, const char *heading, const char *body)
{
  JzSetupStepPrivate *priv = jz_setup_step_get_instance_private (self);

  gtk_label_set_label (priv->heading, heading);
  gtk_label_set_label (priv->body, body);
}

static void
add_widget (JzSetupStep *self, GtkWidget *widget)
{
  JzSetupStepPrivate *priv = jz_setup_step_get_instance_private (self);

  gtk_box_append (priv->box, widget);
}

/**
 * jz_setup_step_add_group:
 * @self: a step
 * @title: (nullable): over it
 *
 * Returns: (transfer none): an empty group of rows
 */
AdwPreferencesGroup *
jz_setup_step_add_group (JzSetupStep *self, const char *title)
{
  GtkWidget *group = adw_preferences_group_new ();

  if (title != NULL)
    adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
  add_widget (self, group);
  return ADW_PREFERENCES_GROUP (group);
}

static GtkEditable *
add_row (AdwPreferencesGroup *group, GtkWidget *row, const char *title)
{
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  adw_preferences_group_add (group, row);
  return GTK_IS_EDITABLE (row) ? GTK_EDITABLE (row) : NULL;
}

/**
 * jz_setup_step_add_entry:
 * @group: a group
 * @title: what is asked
 *
 * Returns: (transfer none): a row to type in
 */
GtkEditable *
jz_setup_step_add_entry (AdwPreferencesGroup *group, const char *title)
{
  return add_row (group, adw_entry_row_new (), title);
}

/**
 * jz_setup_step_add_password:
 * @group: a group
 * @title: whose password
 *
 * Returns: (transfer none): a row to type a password in
 */
GtkEditable *
jz_setup_step_add_password (AdwPreferencesGroup *group, const char *title)
{
  return add_row (group, adw_password_entry_row_new (), title);
}

/**
 * jz_setup_step_add_combo:
 * @group: a group
 * @title: what is asked
 *
 * Returns: (transfer none): a row to choose in
 */
AdwComboRow *
jz_setup_step_add_combo (AdwPreferencesGroup *group, const char *title)
{
  GtkWidget *row = adw_combo_row_new ();

  add_row (group, row, title);
  return ADW_COMBO_ROW (row);
}

/**
 * jz_setup_step_add_note:
 * @self: a step
 *
 * Returns: (transfer none): an empty label that is not seen until it has a text
 */
GtkLabel *
jz_setup_step_add_note (JzSetupStep *self)
{
  GtkLabel *label = new_label (NULL);

  add_widget (self, GTK_WIDGET (label));
  return label;
}

/**
 * jz_setup_step_add_button:
 * @self: a step
 * @label: what it does
 * @action: name of its action
 */
void
jz_setup_step_add_button (JzSetupStep *self, const char *label, const char *action)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  gtk_widget_set_halign (button, GTK_ALIGN_START);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  add_widget (self, button);
}

/**
 * jz_setup_context_find_role:
 * @context: what the steps share
 * @roles: names of roles with `|` between
 *
 * Returns: (transfer none) (nullable): the first who holds one of them and can sign
 */
const JzAccount *
jz_setup_context_find_role (const JzSetupContext *context, const char *roles)
{
  for (guint i = 0; context->accounts != NULL && i < context->accounts->len; i++) {
    const JzAccount *account = g_ptr_array_index (context->accounts, i);
    if (jz_account_has_role (account, roles) && account->key == JZ_ACCOUNT_KEY_VALID)
      return account;
  }
  return NULL;
}

/**
 * jz_setup_context_keep_ca_password:
 * @context: what the steps share
 * @password: (nullable): the password of the bureau's own key
 *
 * Keeps it while the assistant is open, and wipes what it had.
 */
void
jz_setup_context_keep_ca_password (JzSetupContext *context, const char *password)
{
  g_autofree char *copy = g_strdup (password);

  jz_password_forget (context->ca_password);
  context->ca_password = g_steal_pointer (&copy);
}

/**
 * jz_setup_reading_read:
 * @office: an office
 * @reader: a connection to its store
 * @data: nothing
 * @cancellable: not used
 * @error: return location
 *
 * For jz_office_client_read_async().
 *
 * Returns: (transfer full) (nullable): a JzSetupReading
 */
gpointer
jz_setup_reading_read (JzOffice *office,
                       JzConnection *reader,
                       gpointer data,
                       GCancellable *cancellable,
                       GError **error)
{
  JzSetupReading *reading = g_new0 (JzSetupReading, 1);
  JzDate today = jz_instant_get_date (jz_clock_now (jz_office_get_clock (office)));

  reading->setup = jz_setup_read (office, reader, error);
  if (reading->setup != NULL)
    reading->accounts = jz_accounts_list (jz_office_get_store (office), reader, today, error);
  if (reading->accounts != NULL)
    return reading;
  jz_setup_reading_free (reading);
  return NULL;
}

void
jz_setup_reading_free (gpointer data)
{
  JzSetupReading *reading = data;

  g_clear_pointer (&reading->setup, jz_setup_free);
  g_clear_pointer (&reading->accounts, g_ptr_array_unref);
  g_free (reading);
}

/**
 * jz_setup_context_take:
 * @context: what the steps share
 * @reading: (transfer full): what the office says now
 */
void
jz_setup_context_take (JzSetupContext *context, JzSetupReading *reading)
{
  g_clear_pointer (&context->setup, jz_setup_free);
  g_clear_pointer (&context->accounts, g_ptr_array_unref);
  context->setup = g_steal_pointer (&reading->setup);
  context->accounts = g_steal_pointer (&reading->accounts);
  jz_setup_reading_free (reading);
}
