/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/publicity/carriers_pane.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "app/refusal_place.h"
#include "app/window.h"
#include "app/words.h"
#include "base/typed.h"

struct _JzCarriersPane {
  AdwBin parent_instance;

  GtkListBox *list;
  GtkLabel *title;
  GtkLabel *instruction;
  GtkBox *note_box;
  GtkLabel *note;
  GtkListBox *fields;
  GtkBox *form;
  GtkLabel *done;
  GtkEntry *address;
  GtkEntry *day;
  GtkLabel *picture;
  GtkButton *confirm;

  JzOfficeClient *client;
  JzJson *sheet;
  GFile *file; /* (nullable): picture of the screen */
  gboolean is_filling;
};

G_DEFINE_FINAL_TYPE (JzCarriersPane, jz_carriers_pane, ADW_TYPE_BIN)

static const JzJson *
get_carriers (JzCarriersPane *self)
{
  return self->sheet != NULL ? jz_json_get_member (self->sheet, "carriers") : NULL;
}

static const JzJson *
get_carrier (JzCarriersPane *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);
  const JzJson *carriers = get_carriers (self);
  int i = row != NULL ? gtk_list_box_row_get_index (row) : -1;

  return carriers != NULL && i >= 0 && i < (int)jz_json_get_n_items (carriers)
           ? jz_json_get_item (carriers, (guint)i)
           : NULL;
}

static gboolean
is_withdrawing (JzCarriersPane *self)
{
  const char *state = jz_json_read_text (self->sheet, "state");
  return strcmp (state, "withdrawing") == 0 || strcmp (state, "withdrawn") == 0;
}

static const JzJson *
get_done (JzCarriersPane *self, const JzJson *carrier)
{
  return jz_json_get_member (carrier, is_withdrawing (self) ? "withdrawn" : "shown");
}

static void
copy_text (JzCarriersPane *self, const char *text, const char *what)
{
  g_autofree char *told = g_strdup_printf (_ ("Copied: %s"), what);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text);
  jz_window_toast (GTK_WIDGET (self), told);
}

/**
 * jz_carriers_pane_copy:
 * @self: a pane
 * @n: which field of the carrier that is shown, from 1; 0 for all
 *
 * Returns: whether there is such a field
 */
gboolean
jz_carriers_pane_copy (JzCarriersPane *self, guint n)
{
  const JzJson *carrier = get_carrier (self);
  const JzJson *fields = carrier != NULL ? jz_json_get_member (carrier, "fields") : NULL;
  g_autoptr (GString) all = g_string_new (NULL);

  if (fields == NULL || n > jz_json_get_n_items (fields))
    return FALSE;
  if (n > 0) {
    const JzJson *field = jz_json_get_item (fields, n - 1);
    copy_text (self, jz_json_read_text (field, "value"), jz_json_read_text (field, "label"));
    return TRUE;
  }
  for (guint i = 0; i < jz_json_get_n_items (fields); i++)
    g_string_append_printf (all, "%s：%s\n",
                            jz_json_read_text (jz_json_get_item (fields, i), "label"),
                            jz_json_read_text (jz_json_get_item (fields, i), "value"));
  copy_text (self, all->str, jz_json_read_text (carrier, "label"));
  return TRUE;
}

/**
 * jz_carriers_pane_copy_note:
 * @self: a pane
 *
 * Copies what carriers show beside what was corrected (更正说明), where there is something.
 */
void
jz_carriers_pane_copy_note (JzCarriersPane *self)
{
  const char *note = jz_json_read_text (self->sheet, "correction_note");

  if (note[0] != '\0' && !is_withdrawing (self))
    copy_text (self, note, _ ("Correction note"));
}

static void
copy (GtkWidget *widget, const char *action, GVariant *parameter)
{
  jz_carriers_pane_copy (JZ_CARRIERS_PANE (widget), g_variant_get_uint32 (parameter));
}

static GtkWidget *
new_field (const JzJson *field, guint n)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *button = gtk_button_new_from_icon_name ("edit-copy-symbolic");
  g_autofree char *name = g_strdup_printf (_ ("Copy “%s”"), jz_json_read_text (field, "label"));
  g_autofree char *tip = n <= 9 ? g_strdup_printf ("%s (Ctrl+%u)", name, n) : g_strdup (name);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), jz_json_read_text (field, "label"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), jz_json_read_text (field, "value"));
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 3);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, tip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "u", n);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "carriers.copy");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  return row;
}

static void
clear_list (GtkListBox *list)
{
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (list, 0)) != NULL)
    gtk_list_box_remove (list, GTK_WIDGET (row));
}

static char *
dup_state (JzCarriersPane *self, const JzJson *carrier)
{
  const JzJson *done = get_done (self, carrier);
  g_autofree char *day =
    done != NULL ? jz_words_dup_day (jz_json_read_text (done, "happened")) : NULL;

  if (done != NULL)
    return g_strdup_printf (is_withdrawing (self) ? _ ("taken down on %s") : _ ("shown since %s"),
                            day);
  if (!jz_json_get_member_boolean (carrier, "required", FALSE) &&
      jz_json_get_member (carrier, "shown") == NULL)
    return g_strdup (_ ("not asked for"));
  return g_strdup (is_withdrawing (self) ? _ ("must be taken down") : _ ("not shown yet"));
}

static GtkWidget *
new_carrier (JzCarriersPane *self, const JzJson *carrier)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *state = dup_state (self, carrier);
  g_autofree char *name = g_strdup_printf ("%s, %s", jz_json_read_text (carrier, "label"), state);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), jz_json_read_text (carrier, "label"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), state);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  return row;
}

/* What somebody who keeps the carrier is asked to do. */
static char *
dup_instruction (JzCarriersPane *self, const JzJson *carrier)
{
  const JzJson *shown = jz_json_get_member (carrier, "shown");

  if (!is_withdrawing (self) && jz_json_read_text (self->sheet, "correction_note")[0] != '\0')
    return g_strdup (_ ("What is seen there is to be corrected: copy each field anew, show the "
                        "correction note beside it, then write down here where it is seen."));
  if (!is_withdrawing (self))
    return g_strdup (_ ("Copy each field into the web form of the carrier, then write down here "
                        "where it is seen."));
  /* Translators: number of the decision, why it is withdrawn, where it was seen */
  return g_strdup_printf (_ ("Take down %1$s (%2$s). It was seen at: %3$s. Then write down here "
                             "when that was done."),
                          jz_json_read_text (self->sheet, "number"),
                          jz_json_read_text (self->sheet, "ground_word"),
                          shown != NULL && jz_json_read_text (shown, "address")[0] != '\0'
                            ? jz_json_read_text (shown, "address")
                            : _ ("no address was written down"));
}

static gboolean
may_confirm (JzCarriersPane *self)
{
  const char *state = jz_json_read_text (self->sheet, "state");

  return self->client != NULL && jz_office_client_has_role (self->client, "publisher|collector") &&
         (strcmp (state, "released") == 0 || strcmp (state, "published") == 0 ||
          strcmp (state, "withdrawing") == 0);
}

static void
show_carrier (JzCarriersPane *self)
{
  const JzJson *carrier = get_carrier (self);
  const JzJson *fields = carrier != NULL ? jz_json_get_member (carrier, "fields") : NULL;
  const JzJson *done = carrier != NULL ? get_done (self, carrier) : NULL;
  g_autofree char *instruction = carrier != NULL ? dup_instruction (self, carrier) : g_strdup ("");

  if (self->fields == NULL)
    return; /* the list of carriers lets go of its row while the pane is taken apart */
  clear_list (self->fields);
  for (guint i = 0; fields != NULL && i < jz_json_get_n_items (fields); i++)
    gtk_list_box_append (self->fields, new_field (jz_json_get_item (fields, i), i + 1));
  gtk_label_set_label (self->note, jz_json_read_text (self->sheet, "correction_note"));
  gtk_widget_set_visible (GTK_WIDGET (self->note_box),
                          !is_withdrawing (self) &&
                            jz_json_read_text (self->sheet, "correction_note")[0] != '\0');
  gtk_label_set_label (self->title, carrier != NULL ? jz_json_read_text (carrier, "label") : "");
  gtk_label_set_label (self->instruction, instruction);
  gtk_widget_set_visible (GTK_WIDGET (self->form), may_confirm (self));
  gtk_editable_set_text (GTK_EDITABLE (self->address), jz_json_read_text (done, "address"));
  gtk_button_set_label (self->confirm, is_withdrawing (self) ? C_ ("carrier", "Taken Down")
                                                             : C_ ("carrier", "Published"));
  gtk_widget_set_visible (GTK_WIDGET (self->done), done != NULL);
  if (done != NULL) {
    g_autofree char *day = jz_words_dup_day (jz_json_read_text (done, "happened"));
    g_autofree char *text =
      g_strdup_printf (_ ("%1$s, %2$s, written down by %3$s"), day,
                       jz_json_read_text (done, "address"), jz_json_read_text (done, "by"));
    gtk_label_set_label (self->done, text);
  }
  g_clear_object (&self->file);
  gtk_label_set_label (self->picture, _ ("No picture of the screen"));
}

static void
on_selected (JzCarriersPane *self)
{
  if (!self->is_filling)
    show_carrier (self);
}

/**
 * jz_carriers_pane_set_sheet:
 * @self: a pane
 * @client: the office
 * @sheet: what jz_publication_sheet() gave
 */
void
jz_carriers_pane_set_sheet (JzCarriersPane *self, JzOfficeClient *client, const JzJson *sheet)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);
  int selected = row != NULL ? gtk_list_box_row_get_index (row) : 0;
  char today[JZ_DATE_SIZE];

  g_set_object (&self->client, client);
  g_clear_pointer (&self->sheet, jz_json_unref);
  self->sheet = jz_json_ref ((JzJson *)sheet);
  self->is_filling = TRUE;
  clear_list (self->list);
  for (guint i = 0; get_carriers (self) != NULL && i < jz_json_get_n_items (get_carriers (self));
       i++)
    gtk_list_box_append (self->list, new_carrier (self, jz_json_get_item (get_carriers (self), i)));
  gtk_list_box_select_row (self->list, gtk_list_box_get_row_at_index (self->list, selected));
  self->is_filling = FALSE;
  jz_date_format (jz_office_client_today (client), today);
  gtk_editable_set_text (GTK_EDITABLE (self->day), today);
  show_carrier (self);
}

static void
on_confirmed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (JzCarriersPane) self = data;
  g_autoptr (JzActOutcome) outcome = jz_finish_act (GTK_WIDGET (self), result);

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "carriers.confirm", TRUE);
  if (outcome != NULL)
    jz_window_toast (GTK_WIDGET (self), is_withdrawing (self) ? _ ("Written down: taken down")
                                                              : _ ("Written down: published"));
}

/* As it may be typed: 1121, 20261121, 今天. */
static void
read_day (JzCarriersPane *self, char text[JZ_DATE_SIZE])
{
  JzDate today = jz_office_client_today (self->client);
  JzDate date = today;

  (void)!jz_typed_read_date (gtk_editable_get_text (GTK_EDITABLE (self->day)), today, &date);
  jz_date_format (date, text);
  gtk_editable_set_text (GTK_EDITABLE (self->day), text);
}

static void
perform (JzCarriersPane *self, const char *attachment)
{
  JzJson *args = jz_json_new_object ();
  char day[JZ_DATE_SIZE];
  g_autofree char *address =
    g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->address))));

  read_day (self, day);
  jz_json_set_text (args, "case", jz_json_read_text (self->sheet, "case"));
  jz_json_set_text (args, "document", jz_json_read_text (self->sheet, "document"));
  jz_json_set_text (args, "publication.carrier", jz_json_read_text (get_carrier (self), "carrier"));
  jz_json_set_text (args, "happened", day);
  if (address[0] != '\0')
    jz_json_set_text (args, "address", address);
  if (attachment != NULL)
    jz_json_set_text (args, "attachment", attachment);
  jz_office_client_act_async (
    self->client, is_withdrawing (self) ? "publication.confirm_withdrawal" : "publication.confirm",
    args, NULL, on_confirmed, g_object_ref (self));
}

static void
on_attached (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (JzCarriersPane) self = data;
  g_autoptr (JzActOutcome) outcome = jz_finish_act (GTK_WIDGET (self), result);
  g_autofree char *attachment = NULL;

  if (outcome == NULL) {
    gtk_widget_action_set_enabled (GTK_WIDGET (self), "carriers.confirm", TRUE);
    return;
  }
  attachment = jz_journal_record_dup_made (g_ptr_array_index (outcome->records, 0));
  perform (self, attachment);
}

/* The picture becomes an attachment of the case first. */
static void
confirm (GtkWidget *widget, const char *action, GVariant *parameter)
{
  JzCarriersPane *self = JZ_CARRIERS_PANE (widget);
  JzJson *args;

  if (get_carrier (self) == NULL)
    return;
  gtk_widget_action_set_enabled (widget, "carriers.confirm", FALSE);
  if (self->file == NULL) {
    perform (self, NULL);
    return;
  }
  args = jz_json_new_object ();
  jz_json_set_text (args, "case", jz_json_read_text (self->sheet, "case"));
  jz_json_set_text (args, "file", g_file_peek_path (self->file));
  jz_json_set_text (args, "description", jz_json_read_text (get_carrier (self), "label"));
  jz_office_client_act_async (self->client, "attachment.add", args, NULL, on_attached,
                              g_object_ref (self));
}

static void
on_chosen (GtkFileChooserNative *dialog, int response, JzCarriersPane *self)
{
  g_autofree char *name = NULL;

  if (response == GTK_RESPONSE_ACCEPT) {
    g_clear_object (&self->file);
    self->file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
    name = g_file_get_basename (self->file);
    gtk_label_set_label (self->picture, name);
  }
  g_object_unref (dialog);
}

static void
choose (GtkWidget *widget, const char *action, GVariant *parameter)
{
  GtkFileChooserNative *dialog = gtk_file_chooser_native_new (
    _ ("Picture of the Screen"), GTK_WINDOW (gtk_widget_get_root (widget)),
    GTK_FILE_CHOOSER_ACTION_OPEN, NULL, NULL);

  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_chosen), widget, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

static void
jz_carriers_pane_dispose (GObject *object)
{
  JzCarriersPane *self = JZ_CARRIERS_PANE (object);

  g_clear_object (&self->client);
  g_clear_object (&self->file);
  g_clear_pointer (&self->sheet, jz_json_unref);
  self->is_filling = TRUE; /* a row that goes is not one that somebody leaves */
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), JZ_TYPE_CARRIERS_PANE);
  G_OBJECT_CLASS (jz_carriers_pane_parent_class)->dispose (object);
}

static void
jz_carriers_pane_class_init (JzCarriersPaneClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = jz_carriers_pane_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/juanzong/app/carriers_pane.ui");
  gtk_widget_class_bind_template_child (widget_class, JzCarriersPane, list);
  gtk_widget_class_bind_template_child (widget_class, JzCarriersPane, title);
  gtk_widget_class_bind_template_child (widget_class, JzCarriersPane, instruction);
  gtk_widget_class_bind_template_child (widget_class, JzCarriersPane, note_box);
  gtk_widget_class_bind_template_child (widget_class, JzCarriersPane, note);
  gtk_widget_class_bind_template_child (widget_class, JzCarriersPane, fields);
  gtk_widget_class_bind_template_child (widget_class, JzCarriersPane, form);
  gtk_widget_class_bind_template_child (widget_class, JzCarriersPane, done);
  gtk_widget_class_bind_template_child (widget_class, JzCarriersPane, address);
  gtk_widget_class_bind_template_child (widget_class, JzCarriersPane, day);
  gtk_widget_class_bind_template_child (widget_class, JzCarriersPane, picture);
  gtk_widget_class_bind_template_child (widget_class, JzCarriersPane, confirm);
  gtk_widget_class_bind_template_callback (widget_class, on_selected);
  gtk_widget_class_install_action (widget_class, "carriers.copy", "u", copy);
  gtk_widget_class_install_action (widget_class, "carriers.confirm", NULL, confirm);
  gtk_widget_class_install_action (widget_class, "carriers.choose-picture", NULL, choose);
}

static void
jz_carriers_pane_init (JzCarriersPane *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
