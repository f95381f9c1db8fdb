/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/start/door_page.h"

#include <glib/gi18n-lib.h>

#include "app/focus.h"
#include "app/start/signing.h"
#include "app/words.h"

struct _JzDoorPage {
  AdwBin parent_instance;

  GtkLabel *heading;
  GtkLabel *body;
  AdwComboRow *choice;
  GtkEditable *reason;
  GtkEditable *user;
  GtkEditable *password;
  GtkEditable *ca_password;
  GtkLabel *problem;

  JzOfficeClient *client;
  gboolean is_of_place;
  gboolean is_busy;
};

enum {
  ANSWERED,
  PASSED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (JzDoorPage, jz_door_page, ADW_TYPE_BIN)

static gboolean
is_copy (JzDoorPage *self)
{
  return self->is_of_place && adw_combo_row_get_selected (self->choice) == 1;
}

static gboolean
is_filled (GtkEditable *row)
{
  return gtk_editable_get_text (row)[0] != '\0';
}

static void
update (JzDoorPage *self)
{
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "door.confirm",
                                 !self->is_busy && is_filled (self->reason) &&
                                   is_filled (self->user) && is_filled (self->password) &&
                                   (!is_copy (self) || is_filled (self->ca_password)));
}

static void
on_choice (JzDoorPage *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->ca_password), is_copy (self));
  update (self);
}

static void
show_problem (JzDoorPage *self, const char *text)
{
  gtk_label_set_label (self->problem, text);
  gtk_widget_set_visible (GTK_WIDGET (self->problem), text[0] != '\0');
}

static void
on_done (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (JzDoorPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JzActOutcome) outcome =
    jz_office_client_act_finish (JZ_OFFICE_CLIENT (source), result, &error);

  self->is_busy = FALSE;
  gtk_editable_set_text (self->password, "");
  update (self);
  if (outcome == NULL)
    show_problem (self, error->message);
  else if (outcome->refusal != NULL)
    show_problem (self, jz_refusal_get_sentence (outcome->refusal));
  else
    g_signal_emit (self, signals[ANSWERED], 0);
}

static void
confirm (GtkWidget *widget, const char *action, GVariant *parameter)
{
  JzDoorPage *self = JZ_DOOR_PAGE (widget);
  g_autoptr (JzJson) args = jz_json_new_object ();
  JzSigning signing = {
    .act = !self->is_of_place ? "clock.confirm"
           : is_copy (self)   ? "store.copied"
                              : "store.moved",
    .args = args,
    .user = gtk_editable_get_text (self->user),
    .password = gtk_editable_get_text (self->password),
    .ca_password = is_copy (self) ? gtk_editable_get_text (self->ca_password) : NULL,
  };

  jz_json_set_text (args, "reason", gtk_editable_get_text (self->reason));
  self->is_busy = TRUE;
  update (self);
  show_problem (self, "");
  jz_signing_async (self->client, &signing, NULL, on_done, g_object_ref (self));
}

static void
pass (GtkWidget *widget, const char *action, GVariant *parameter)
{
  g_signal_emit (widget, signals[PASSED], 0);
}

/* The clock may have been set right meanwhile. */
static void
look_again (GtkWidget *widget, const char *action, GVariant *parameter)
{
  g_signal_emit (widget, signals[ANSWERED], 0);
}

static void
ask_place (JzDoorPage *self)
{
  const char *const choices[] = { _ ("It was moved here"), _ ("This is a copy"), NULL };
  g_autoptr (GtkStringList) list = gtk_string_list_new (choices);
  g_autofree char *name = g_filename_display_name (jz_office_client_get_path (self->client));
  g_autofree char *text = g_strdup_printf (
    _ (
      "The store in “%s” was last used on another computer or in another folder. Say whether it "
      "was moved here and the old folder is gone, or whether this is a copy and the old store goes "
      "on elsewhere: two stores must never go on under the same number.\n\nUntil an administrator "
      "has answered you can look at everything, and record nothing."),
    name);

  self->is_of_place = TRUE;
  gtk_label_set_label (self->heading, _ ("Was this store moved, or is it a copy?"));
  gtk_label_set_label (self->body, text);
  adw_combo_row_set_model (self->choice, G_LIST_MODEL (list));
  gtk_widget_set_visible (GTK_WIDGET (self->choice), TRUE);
}

static char *
dup_moment (JzInstant instant)
{
  char text[JZ_INSTANT_SIZE];

  jz_instant_format (instant, text);
  return jz_words_dup_moment (text);
}

static void
ask_clock (JzDoorPage *self, const JzStoreState *state)
{
  g_autofree char *now = dup_moment (state->now);
  g_autofree char *last = dup_moment (state->last_entry);
  g_autofree char *text = g_strdup_printf (
    state->clock == JZ_CLOCK_BEHIND
      ? _ ("The clock of this computer shows %1$s. The last entry of this store was written later, "
           "at %2$s.\n\nSet the clock right and look again. If it is right as it is, an "
           "administrator confirms it. Until then you can look at everything, and record nothing.")
      : _ ("The clock of this computer shows %1$s. The last entry of this store was written more "
           "than 30 days before, at %2$s.\n\nIf the clock is wrong, set it right and look again. "
           "If it is right, an administrator confirms it. Until then you can look at everything, "
           "and record nothing."),
    now, last);

  gtk_label_set_label (self->heading, _ ("Is the clock of this computer right?"));
  gtk_label_set_label (self->body, text);
}

static void
jz_door_page_dispose (GObject *object)
{
  JzDoorPage *self = JZ_DOOR_PAGE (object);

  g_clear_object (&self->client);
  /* Disposing of the template frees the child that AdwBin would take off again. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), JZ_TYPE_DOOR_PAGE);
  G_OBJECT_CLASS (jz_door_page_parent_class)->dispose (object);
}

static gboolean
jz_door_page_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (JZ_DOOR_PAGE (widget)->reason));
}

static void
jz_door_page_class_init (JzDoorPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = jz_door_page_dispose;
  widget_class->focus = jz_focus_through;
  widget_class->grab_focus = jz_door_page_grab_focus;
  signals[ANSWERED] = g_signal_new ("answered", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                    NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[PASSED] = g_signal_new ("passed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/juanzong/app/door_page.ui");
  gtk_widget_class_bind_template_child (widget_class, JzDoorPage, heading);
  gtk_widget_class_bind_template_child (widget_class, JzDoorPage, body);
  gtk_widget_class_bind_template_child (widget_class, JzDoorPage, choice);
  gtk_widget_class_bind_template_child (widget_class, JzDoorPage, reason);
  gtk_widget_class_bind_template_child (widget_class, JzDoorPage, user);
  gtk_widget_class_bind_template_child (widget_class, JzDoorPage, password);
  gtk_widget_class_bind_template_child (widget_class, JzDoorPage, ca_password);
  gtk_widget_class_bind_template_child (widget_class, JzDoorPage, problem);
  gtk_widget_class_bind_template_callback (widget_class, on_choice);
  gtk_widget_class_bind_template_callback (widget_class, update);
  gtk_widget_class_install_action (widget_class, "door.confirm", NULL, confirm);
  gtk_widget_class_install_action (widget_class, "door.pass", NULL, pass);
  gtk_widget_class_install_action (widget_class, "door.again", NULL, look_again);
}

static void
jz_door_page_init (JzDoorPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * jz_door_page_new:
 * @client: an opened office
 * @state: its state, in which something has to be asked
 *
 * Returns: (transfer floating): a page
 */
GtkWidget *
jz_door_page_new (JzOfficeClient *client, const JzStoreState *state)
{
  JzDoorPage *self = g_object_new (JZ_TYPE_DOOR_PAGE, NULL);

  self->client = g_object_ref (client);
  if (!state->is_at_its_place)
    ask_place (self);
  else
    ask_clock (self, state);
  update (self);
  return GTK_WIDGET (self);
}
