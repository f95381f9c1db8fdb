/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/settings/handover_dialog.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "app/messages.h"
#include "app/start/sheets.h"
#include "office/handover.h"
#include "office/role.h"

struct _JzHandoverDialog {
  AdwWindow parent_instance;

  AdwPreferencesPage *page;
  AdwPreferencesGroup *people;
  AdwComboRow *taker;
  GtkEditable *reason;
  AdwPreferencesGroup *duties;
  GtkLabel *result;

  JzOfficeClient *client;
  char *from;
  char *name;
  GPtrArray *accounts; /* JzAccount */
  GPtrArray *takers;   /* of them, borrowed */
  GPtrArray *list;     /* (nullable): JzHandoverDuty */
  GPtrArray *rows;     /* borrowed */
  gboolean is_busy;
};

G_DEFINE_FINAL_TYPE (JzHandoverDialog, jz_handover_dialog, ADW_TYPE_WINDOW)

static void
update (JzHandoverDialog *self)
{
  gboolean has_list = self->list != NULL && self->list->len > 0;

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "handover.do",
                                 !self->is_busy && has_list && self->takers->len > 0 &&
                                   gtk_editable_get_text (self->reason)[0] != '\0');
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "handover.print", has_list);
}

static void
show_list (JzHandoverDialog *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (self->duties, g_ptr_array_index (self->rows, i));
  g_ptr_array_set_size (self->rows, 0);
  for (guint i = 0; i < self->list->len; i++) {
    const JzHandoverDuty *duty = g_ptr_array_index (self->list, i);
    GtkWidget *row = adw_action_row_new ();
    g_autofree char *title = g_strdup_printf ("%s  %s", duty->number, duty->title);
    g_autofree char *text = duty->sentence != NULL
                              ? g_strdup_printf (_ ("%1$s. Not handed over: %2$s"),
                                                 jz_role_word (duty->duty), duty->sentence)
                              : g_strdup (jz_role_word (duty->duty));
    adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
    adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), text);
    adw_preferences_group_add (self->duties, row);
    g_ptr_array_add (self->rows, row);
  }
  adw_preferences_group_set_description (
    self->duties, self->list->len == 0 ? _ ("Nothing that is not archived.") : NULL);
  update (self);
}

typedef struct {
  GPtrArray *accounts;
  GPtrArray *list;
} Reading;

static void
reading_free (gpointer data)
{
  Reading *reading = data;

  g_clear_pointer (&reading->accounts, g_ptr_array_unref);
  g_clear_pointer (&reading->list, g_ptr_array_unref);
  g_free (reading);
}

static gpointer
read_list (JzOffice *office,
           JzConnection *reader,
           gpointer data,
           GCancellable *cancellable,
           GError **error)
{
  Reading *reading = g_new0 (Reading, 1);
  JzDate today = jz_instant_get_date (jz_clock_now (jz_office_get_clock (office)));

  reading->list = jz_handover_list (reader, data, error);
  if (reading->list != NULL)
    reading->accounts = jz_accounts_list (jz_office_get_store (office), reader, today, error);
  if (reading->accounts != NULL)
    return reading;
  reading_free (reading);
  return NULL;
}

static gboolean
shares_role (const JzAccount *one, const JzAccount *other)
{
  for (char **role = one->roles; *role != NULL; role++)
    if (g_strv_contains ((const char *const *)other->roles, *role))
      return TRUE;
  return FALSE;
}

/* Whoever does the same work is proposed. */
static void
propose_taker (JzHandoverDialog *self)
{
  const JzAccount *giver = NULL;

  for (guint i = 0; i < self->accounts->len && giver == NULL; i++) {
    const JzAccount *account = g_ptr_array_index (self->accounts, i);
    if (strcmp (account->person, self->from) == 0)
      giver = account;
  }
  for (guint i = 0; giver != NULL && i < self->takers->len; i++)
    if (shares_role (giver, g_ptr_array_index (self->takers, i))) {
      adw_combo_row_set_selected (self->taker, i);
      return;
    }
}

static void
fill_takers (JzHandoverDialog *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  for (guint i = 0; i < self->accounts->len; i++) {
    JzAccount *account = g_ptr_array_index (self->accounts, i);
    g_autofree char *roles = jz_account_dup_role_words (account);
    g_autofree char *label = g_strdup_printf ("%s (%s)", account->name, roles);
    if (account->has_left || strcmp (account->person, self->from) == 0 || account->roles[0] == NULL)
      continue;
    g_ptr_array_add (self->takers, account);
    gtk_string_list_append (names, label);
  }
  adw_combo_row_set_model (self->taker, G_LIST_MODEL (names));
  propose_taker (self);
}

static void
on_list_read (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (JzHandoverDialog) self = data;
  g_autoptr (GError) error = NULL;
  Reading *reading = jz_office_client_read_finish (JZ_OFFICE_CLIENT (source), result, &error);

  if (self->duties == NULL) {
    g_clear_pointer (&reading, reading_free);
    return;
  }
  if (reading == NULL) {
    jz_show_error (GTK_WIDGET (self), error);
    return;
  }
  self->accounts = g_steal_pointer (&reading->accounts);
  self->list = g_steal_pointer (&reading->list);
  reading_free (reading);
  fill_takers (self);
  show_list (self);
}

/* Goes with its duties to the thread of the acts and comes back. */
typedef struct {
  char *from;
  char *to;
  char *reason;
  GPtrArray *list;
} Handing;

static void
handing_free (gpointer data)
{
  Handing *handing = data;

  g_free (handing->from);
  g_free (handing->to);
  g_free (handing->reason);
  g_ptr_array_unref (handing->list);
  g_free (handing);
}

static JzActOutcome *
run_handover (JzOffice *office,
              JzSession *session,
              gpointer data,
              GCancellable *cancellable,
              GError **error)
{
  Handing *handing = data;
  JzHandover handover = {
    .session = session,
    .from = handing->from,
    .to = handing->to,
    .reason = handing->reason,
    .duties = handing->list,
  };

  if (session == NULL) {
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED,
                         _ ("Nobody is signed in. Sign in and do it again."));
    return NULL;
  }
  if (!jz_handover_perform (office, &handover, error))
    return NULL;
  return jz_act_outcome_new ();
}

static void
show_result (JzHandoverDialog *self)
{
  g_autofree char *text = NULL;
  guint n_done = 0;

  for (guint i = self->list->len; i-- > 0;) {
    const JzHandoverDuty *duty = g_ptr_array_index (self->list, i);
    n_done += duty->sentence == NULL ? 1 : 0;
  }
  text = g_strdup_printf (_ ("%1$u of %2$u are handed over. Print the list and let it be signed."),
                          n_done, self->list->len);
  gtk_label_set_label (self->result, text);
}

static void
on_handed_over (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (JzHandoverDialog) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JzActOutcome) outcome =
    jz_office_client_act_finish (JZ_OFFICE_CLIENT (source), result, &error);

  if (self->duties == NULL)
    return;
  /* Once: what was handed over is not the giver's any more. */
  self->is_busy = outcome != NULL;
  show_list (self);
  if (outcome != NULL)
    show_result (self);
  else
    gtk_label_set_label (self->result, error->message);
}

static const JzAccount *
get_taker (JzHandoverDialog *self)
{
  guint selected = adw_combo_row_get_selected (self->taker);

  return selected < self->takers->len ? g_ptr_array_index (self->takers, selected) : NULL;
}

static void
hand_over (GtkWidget *widget, const char *action, GVariant *parameter)
{
  JzHandoverDialog *self = JZ_HANDOVER_DIALOG (widget);
  Handing *handing;

  if (get_taker (self) == NULL)
    return;
  handing = g_new0 (Handing, 1);
  handing->from = g_strdup (self->from);
  handing->to = g_strdup (get_taker (self)->person);
  handing->reason = g_strdup (gtk_editable_get_text (self->reason));
  handing->list = g_ptr_array_ref (self->list);
  self->is_busy = TRUE;
  update (self);
  jz_office_client_run_async (self->client, run_handover, handing, handing_free, NULL,
                              on_handed_over, g_object_ref (self));
}

static void
print_list (GtkWidget *widget, const char *action, GVariant *parameter)
{
  JzHandoverDialog *self = JZ_HANDOVER_DIALOG (widget);
  const JzAccount *taker = get_taker (self);

  jz_sheets_save_handover (widget, self->client, self->name, taker != NULL ? taker->name : "",
                           gtk_editable_get_text (self->reason), self->list);
}

static void
jz_handover_dialog_dispose (GObject *object)
{
  g_clear_object (&JZ_HANDOVER_DIALOG (object)->client);
  gtk_widget_dispose_template (GTK_WIDGET (object), JZ_TYPE_HANDOVER_DIALOG);
  G_OBJECT_CLASS (jz_handover_dialog_parent_class)->dispose (object);
}

static void
jz_handover_dialog_finalize (GObject *object)
{
  JzHandoverDialog *self = JZ_HANDOVER_DIALOG (object);

  g_free (self->from);
  g_free (self->name);
  g_clear_pointer (&self->accounts, g_ptr_array_unref);
  g_clear_pointer (&self->list, g_ptr_array_unref);
  g_ptr_array_unref (self->takers);
  g_ptr_array_unref (self->rows);
  G_OBJECT_CLASS (jz_handover_dialog_parent_class)->finalize (object);
}

static void
jz_handover_dialog_class_init (JzHandoverDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = jz_handover_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = jz_handover_dialog_finalize;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/juanzong/app/handover_dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, JzHandoverDialog, page);
  gtk_widget_class_bind_template_child (widget_class, JzHandoverDialog, people);
  gtk_widget_class_bind_template_child (widget_class, JzHandoverDialog, taker);
  gtk_widget_class_bind_template_child (widget_class, JzHandoverDialog, reason);
  gtk_widget_class_bind_template_child (widget_class, JzHandoverDialog, duties);
  gtk_widget_class_bind_template_child (widget_class, JzHandoverDialog, result);
  gtk_widget_class_bind_template_callback (widget_class, update);
  gtk_widget_class_install_action (widget_class, "handover.do", NULL, hand_over);
  gtk_widget_class_install_action (widget_class, "handover.print", NULL, print_list);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
jz_handover_dialog_init (JzHandoverDialog *self)
{
  self->takers = g_ptr_array_new ();
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  update (self);
}

/**
 * jz_handover_dialog_show:
 * @inside: a widget of the window above which it is shown
 * @client: the office, with somebody signed in who may assign cases
 * @giver: who gives
 */
void
jz_handover_dialog_show (GtkWidget *inside, JzOfficeClient *client, const JzAccount *giver)
{
  GtkRoot *root = gtk_widget_get_root (inside);
  JzHandoverDialog *self = g_object_new (JZ_TYPE_HANDOVER_DIALOG, "transient-for",
                                         GTK_IS_WINDOW (root) ? root : NULL, NULL);
  g_autofree char *escaped = g_markup_escape_text (giver->name, -1);
  g_autofree char *title = g_strdup_printf (_ ("%s hands over"), escaped);

  self->client = g_object_ref (client);
  self->from = g_strdup (giver->person);
  self->name = g_strdup (giver->name);
  adw_preferences_group_set_title (self->people, title);
  jz_office_client_read_async (client, read_list, g_strdup (giver->person), g_free, reading_free,
                               NULL, on_list_read, g_object_ref (self));
  gtk_window_present (GTK_WINDOW (self));
}
