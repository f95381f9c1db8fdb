/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/start/sign_in_page.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "app/focus.h"
#include "app/messages.h"
#include "app/window.h"
#include "office/accounts.h"
#include "office/demo.h"

/* Names to choose from, a password, and what to do without one (ux §2, §10). The names are those of
 * people who have a key; who has none cannot sign in and is not named. */

struct _JzSignInPage {
  AdwBin parent_instance;

  GtkLabel *bureau;
  GtkWidget *people_window;
  GtkListBox *people;
  GtkEditable *user;
  GtkEditable *password;
  GtkWidget *caps;
  GtkLabel *problem;

  JzOfficeClient *client;
  GCancellable *cancellable;
  GPtrArray *accounts; /* (nullable): JzAccount */
  GdkDevice *keyboard;
  gint64 wait_until; /* monotonic; 0 while one may try */
  guint wait_id;
  gboolean is_trying;
};

G_DEFINE_FINAL_TYPE (JzSignInPage, jz_sign_in_page, ADW_TYPE_BIN)

static void
update_action (JzSignInPage *self)
{
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "sign-in.do",
                                 !self->is_trying && self->wait_until == 0);
}

static void
show_problem (JzSignInPage *self, const char *text)
{
  gtk_label_set_label (self->problem, text);
  gtk_widget_set_visible (GTK_WIDGET (self->problem), text[0] != '\0');
}

static gboolean
on_second (gpointer data)
{
  JzSignInPage *self = data;
  gint64 left = (self->wait_until - g_get_monotonic_time () + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC;
  g_autofree char *text = NULL;

  if (left <= 0) {
    self->wait_until = 0;
    self->wait_id = 0;
    show_problem (self, _ ("You can try again now."));
    update_action (self);
    return G_SOURCE_REMOVE;
  }
  text = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                       "The password was wrong several times. The next try is "
                                       "possible in %d second.",
                                       "The password was wrong several times. The next try is "
                                       "possible in %d seconds.",
                                       (gulong)left),
                          (int)left);
  show_problem (self, text);
  return G_SOURCE_CONTINUE;
}

static gpointer
read_wait (JzOffice *office,
           JzConnection *reader,
           gpointer data,
           GCancellable *cancellable,
           GError **error)
{
  JzScratch *scratch = jz_store_get_scratch (jz_office_get_store (office));
  gint64 wait_ms = 0;

  if (!jz_scratch_get_wait (scratch, data, jz_clock_now (jz_office_get_clock (office)), &wait_ms,
                            error))
    return NULL;
  return g_memdup2 (&wait_ms, sizeof wait_ms);
}

static void
on_wait_read (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (JzSignInPage) self = data;
  g_autofree gint64 *wait_ms =
    jz_office_client_read_finish (JZ_OFFICE_CLIENT (source), result, NULL);

  if (wait_ms == NULL || *wait_ms == 0 || self->wait_id != 0)
    return;
  self->wait_until = g_get_monotonic_time () + *wait_ms * 1000;
  self->wait_id = g_timeout_add_seconds (1, on_second, self);
  on_second (self);
  update_action (self);
}

static void
on_entry_written (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (JzWindow) window = data;
  g_autoptr (JzActOutcome) outcome =
    jz_office_client_act_finish (JZ_OFFICE_CLIENT (source), result, NULL);

  /* A wrong clock or a moved store was told before signing in; here it is only the trace. */
  if (outcome != NULL && outcome->warnings->len > 0 && window != NULL &&
      !jz_office_client_is_demo (JZ_OFFICE_CLIENT (source)))
    jz_window_toast_go (GTK_WIDGET (window),
                        jz_office_client_has_role (JZ_OFFICE_CLIENT (source), "administrator")
                          ? _ ("Keys need looking after; see People.")
                          : g_ptr_array_index (outcome->warnings, 0),
                        "settings/people");
}

/* Signing in leaves a trace with the number of wrong passwords before (I-05). */
static void
write_entry (JzSignInPage *self, JzWindow *window)
{
  jz_office_client_act_async (self->client, "session.sign_in", jz_json_new_object (), NULL,
                              on_entry_written, window != NULL ? g_object_ref (window) : NULL);
}

static void
on_signed_in (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (JzSignInPage) self = data;
  g_autoptr (GError) error = NULL;
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  self->is_trying = FALSE;
  update_action (self);
  gtk_editable_set_text (self->password, "");
  if (jz_office_client_sign_in_finish (JZ_OFFICE_CLIENT (source), result, &error)) {
    write_entry (self, JZ_IS_WINDOW (root) ? JZ_WINDOW (root) : NULL);
    return;
  }
  show_problem (self, error->message);
  gtk_widget_grab_focus (GTK_WIDGET (self->password));
  jz_office_client_read_async (self->client, read_wait,
                               g_strdup (gtk_editable_get_text (self->user)), g_free, g_free,
                               self->cancellable, on_wait_read, g_object_ref (self));
}

/* A person may be named by the user name or by what he is called. */
static const JzAccount *
find_account (JzSignInPage *self, const char *text)
{
  const JzAccount *found = NULL;

  for (guint i = 0; self->accounts != NULL && i < self->accounts->len; i++) {
    const JzAccount *account = g_ptr_array_index (self->accounts, i);
    if (strcmp (account->user, text) == 0)
      return account;
    if (strcmp (account->name, text) != 0)
      continue;
    if (found != NULL)
      return NULL;
    found = account;
  }
  return found;
}

static void
sign_in (GtkWidget *widget, const char *action, GVariant *parameter)
{
  JzSignInPage *self = JZ_SIGN_IN_PAGE (widget);
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (self->user)));
  const JzAccount *account = find_account (self, text);

  show_problem (self, "");
  self->is_trying = TRUE;
  update_action (self);
  jz_office_client_sign_in_async (self->client, account != NULL ? account->user : text,
                                  gtk_editable_get_text (self->password), NULL, on_signed_in,
                                  g_object_ref (self));
}

static void
explain_forgotten (GtkWidget *widget, const char *action, GVariant *parameter)
{
  JzSignInPage *self = JZ_SIGN_IN_PAGE (widget);
  g_autofree char *demo = NULL;

  if (jz_office_client_is_demo (self->client)) {
    demo = g_strdup_printf (_ ("Everybody in this invented office has the password %s."),
                            JZ_DEMO_PASSWORD);
    jz_show_message (widget, _ ("Forgotten password"), demo);
    return;
  }
  jz_show_message (
    widget, _ ("Forgotten password"),
    _ ("Nobody can look a password up. You get a new key instead, and what you signed before stays "
       "good.\n\nAsk the administrator: under Settings, People, he chooses your name and New key; "
       "you type a new password, and the head of the organ confirms.\n\nIf you are the only "
       "administrator or the only head, another person of responsibility signs in and chooses the "
       "same for you; the password of the bureau's own key is in the recovery envelope."));
}

static void
on_entered (JzSignInPage *self)
{
  if (gtk_editable_get_text (self->password)[0] == '\0')
    gtk_widget_grab_focus (GTK_WIDGET (self->password));
  else
    gtk_widget_activate_action (GTK_WIDGET (self), "sign-in.do", NULL);
}

static GtkListBoxRow *
find_row (JzSignInPage *self, const JzAccount *account)
{
  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self->people)); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    if (g_object_get_data (G_OBJECT (row), "account") == account)
      return GTK_LIST_BOX_ROW (row);
  return NULL;
}

static void
on_user_changed (JzSignInPage *self)
{
  const JzAccount *account = find_account (self, gtk_editable_get_text (self->user));

  if (account != NULL)
    gtk_list_box_select_row (self->people, find_row (self, account));
  else
    gtk_list_box_unselect_all (self->people);
}

static void
on_person_activated (JzSignInPage *self, GtkListBoxRow *row)
{
  const JzAccount *account = g_object_get_data (G_OBJECT (row), "account");

  gtk_editable_set_text (self->user, account->user);
  gtk_widget_grab_focus (GTK_WIDGET (self->password));
}

static void
add_row (JzSignInPage *self, const JzAccount *account)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *roles = jz_account_dup_role_words (account);
  g_autofree char *label = g_strdup_printf ("%s (%s)", account->name, account->user);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), label);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), roles);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 1);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_object_set_data (G_OBJECT (row), "account", (gpointer)account);
  gtk_list_box_append (self->people, row);
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

static void
on_accounts_read (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (JzSignInPage) self = data;
  g_autoptr (GError) error = NULL;
  GPtrArray *accounts = jz_office_client_read_finish (JZ_OFFICE_CLIENT (source), result, &error);
  const JzAccount *last;
  guint n_rows = 0;

  if (accounts == NULL) {
    if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
      show_problem (self, error->message);
    return;
  }
  self->accounts = accounts;
  for (guint i = 0; i < accounts->len; i++)
    if (jz_account_can_sign_in (g_ptr_array_index (accounts, i))) {
      add_row (self, g_ptr_array_index (accounts, i));
      n_rows++;
    }
  gtk_widget_set_visible (self->people_window, n_rows > 0);
  last = jz_accounts_find_last (accounts);
  /* Who was quicker than the list has typed a name already. */
  if (last != NULL && gtk_editable_get_text (self->user)[0] == '\0') {
    gtk_editable_set_text (self->user, last->user);
    gtk_widget_grab_focus (GTK_WIDGET (self->password));
  } else {
    on_user_changed (self);
  }
}

static void
on_caps (JzSignInPage *self)
{
  gtk_widget_set_visible (self->caps, gdk_device_get_caps_lock_state (self->keyboard));
}

static void
jz_sign_in_page_realize (GtkWidget *widget)
{
  JzSignInPage *self = JZ_SIGN_IN_PAGE (widget);
  GdkSeat *seat;

  GTK_WIDGET_CLASS (jz_sign_in_page_parent_class)->realize (widget);
  seat = gdk_display_get_default_seat (gtk_widget_get_display (widget));
  if (seat == NULL || gdk_seat_get_keyboard (seat) == NULL || self->keyboard != NULL)
    return;
  self->keyboard = g_object_ref (gdk_seat_get_keyboard (seat));
  g_signal_connect_object (self->keyboard, "notify::caps-lock-state", G_CALLBACK (on_caps), self,
                           G_CONNECT_SWAPPED);
  on_caps (self);
}

static void
jz_sign_in_page_dispose (GObject *object)
{
  JzSignInPage *self = JZ_SIGN_IN_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_handle_id (&self->wait_id, g_source_remove);
  g_clear_object (&self->keyboard);
  g_clear_object (&self->client);
  /* Disposing of the template frees the child that AdwBin would take off again. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), JZ_TYPE_SIGN_IN_PAGE);
  G_OBJECT_CLASS (jz_sign_in_page_parent_class)->dispose (object);
}

static void
jz_sign_in_page_finalize (GObject *object)
{
  g_clear_pointer (&JZ_SIGN_IN_PAGE (object)->accounts, g_ptr_array_unref);
  G_OBJECT_CLASS (jz_sign_in_page_parent_class)->finalize (object);
}

static gboolean
jz_sign_in_page_grab_focus (GtkWidget *widget)
{
  JzSignInPage *self = JZ_SIGN_IN_PAGE (widget);
  gboolean has_user = gtk_editable_get_text (self->user)[0] != '\0';

  return gtk_widget_grab_focus (GTK_WIDGET (has_user ? self->password : self->user));
}

static void
jz_sign_in_page_class_init (JzSignInPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = jz_sign_in_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = jz_sign_in_page_finalize;
  widget_class->focus = jz_focus_through;
  widget_class->grab_focus = jz_sign_in_page_grab_focus;
  widget_class->realize = jz_sign_in_page_realize;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/juanzong/app/sign_in_page.ui");
  gtk_widget_class_bind_template_child (widget_class, JzSignInPage, bureau);
  gtk_widget_class_bind_template_child (widget_class, JzSignInPage, people_window);
  gtk_widget_class_bind_template_child (widget_class, JzSignInPage, people);
  gtk_widget_class_bind_template_child (widget_class, JzSignInPage, user);
  gtk_widget_class_bind_template_child (widget_class, JzSignInPage, password);
  gtk_widget_class_bind_template_child (widget_class, JzSignInPage, caps);
  gtk_widget_class_bind_template_child (widget_class, JzSignInPage, problem);
  gtk_widget_class_bind_template_callback (widget_class, on_entered);
  gtk_widget_class_bind_template_callback (widget_class, on_person_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_user_changed);
  gtk_widget_class_install_action (widget_class, "sign-in.do", NULL, sign_in);
  gtk_widget_class_install_action (widget_class, "sign-in.forgotten", NULL, explain_forgotten);
}

static void
jz_sign_in_page_init (JzSignInPage *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * jz_sign_in_page_new:
 * @client: the office
 *
 * Returns: (transfer floating): a page
 */
GtkWidget *
jz_sign_in_page_new (JzOfficeClient *client)
{
  JzSignInPage *self = g_object_new (JZ_TYPE_SIGN_IN_PAGE, NULL);

  self->client = g_object_ref (client);
  gtk_label_set_label (self->bureau, jz_office_client_get_bureau (client));
  jz_office_client_read_async (client, read_accounts, NULL, NULL, (GDestroyNotify)g_ptr_array_unref,
                               self->cancellable, on_accounts_read, g_object_ref (self));
  return GTK_WIDGET (self);
}
