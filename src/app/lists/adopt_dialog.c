/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/lists/adopt_dialog.h"

#include <glib/gi18n-lib.h>

#include "app/lists/export.h"
#include "app/lists/short_table.h"
#include "app/refusal_place.h"
#include "app/window.h"
#include "app/words.h"
#include "base/typed.h"
#include "office/adoption_changes.h"

/* Nobody should sign for a file that he has not seen the effect of: the changes are listed as soon
 * as it is chosen, and only then can it be proposed. Another person confirms it. */

struct _JzAdoptDialog {
  AdwWindow parent_instance;

  JzOfficeClient *client;
  JzAdoptedKind kind;
  char *file;
  GCancellable *cancellable;
  gboolean is_seen; /* whether the changes belong to what is chosen */

  GtkLabel *heading;
  GtkCheckButton *shipped;
  GtkCheckButton *own;
  GtkDropDown *field;
  GtkLabel *file_name;
  GtkEntry *in_force;
  GtkLabel *in_force_read;
  GtkEntry *reason;
  GtkLabel *summary;
  AdwBin *holder;
  JzShortTable *changes;
};

G_DEFINE_FINAL_TYPE (JzAdoptDialog, jz_adopt_dialog, ADW_TYPE_WINDOW)

static const JzShortColumn columns[] = {
  { N_ ("Change"), 8, FALSE },
  { N_ ("Part"), 12, FALSE },
  { N_ ("What changes"), 30, TRUE },
};

static const struct {
  const char *act;
  const char *heading;
} kinds[] = {
  [JZ_ADOPTED_RULEBOOK] = { "rulebook.adopt.propose", N_ ("Adopt Rules") },
  [JZ_ADOPTED_FORMS] = { "forms.adopt.propose", N_ ("Adopt Forms") },
  [JZ_ADOPTED_CALENDAR] = { "calendar.adopt.propose", N_ ("Adopt Working Days") },
};

/* The shipped rules of a field of law, in the order of the drop-down. */
static const char *const books[] = { "BASE", "HR", "MR" };
static const char *const book_titles[] = {
  N_ ("The law alone"),
  N_ ("Housing, construction and urban management"),
  N_ ("Market regulation"),
  NULL,
};

/* (transfer full) (nullable): what the act is asked for; %NULL while no file is chosen */
static JzJson *
make_source (JzAdoptDialog *self)
{
  JzJson *args;

  if (!gtk_check_button_get_active (self->shipped) && self->file == NULL)
    return NULL;
  args = jz_json_new_object ();
  if (!gtk_check_button_get_active (self->shipped))
    jz_json_set_text (args, "file", self->file);
  else if (self->kind == JZ_ADOPTED_RULEBOOK)
    jz_json_set_text (args, "book", books[gtk_drop_down_get_selected (self->field)]);
  return args;
}

static gboolean
read_day (JzAdoptDialog *self, JzDate *date)
{
  return jz_typed_read_date (gtk_editable_get_text (GTK_EDITABLE (self->in_force)),
                             jz_office_client_today (self->client), date);
}

static void
update (JzAdoptDialog *self)
{
  const char *reason = gtk_editable_get_text (GTK_EDITABLE (self->reason));
  JzDate date = { 0 };
  gboolean has_day = read_day (self, &date);
  g_autofree char *day = has_day ? jz_words_dup_date (date) : g_strdup (_ ("This is no day."));

  gtk_label_set_label (self->in_force_read, day);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "adopt.propose",
                                 self->is_seen && has_day && reason[0] != '\0');
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "adopt.choose",
                                 gtk_check_button_get_active (self->own));
  gtk_widget_set_sensitive (GTK_WIDGET (self->field), gtk_check_button_get_active (self->shipped));
}

typedef struct {
  JzAdoptedKind kind;
  JzJson *given;
} Asked;

static void
asked_free (gpointer data)
{
  Asked *self = data;

  jz_json_unref (self->given);
  g_free (self);
}

static gpointer
list_changes (JzOffice *office,
              JzConnection *reader,
              gpointer data,
              GCancellable *cancellable,
              GError **error)
{
  const Asked *asked = data;
  return jz_adoption_list_changes (office, reader, asked->kind, asked->given, error);
}

static void
show_changes (JzAdoptDialog *self, const GPtrArray *changes)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char *summary =
    changes->len > 0
      ? g_strdup_printf (ngettext ("%u part changes against what is in force today.",
                                   "%u parts change against what is in force today.", changes->len),
                         changes->len)
      : g_strdup (_ ("Nothing changes against what is in force today."));

  for (guint i = 0; i < changes->len; i++) {
    const JzAdoptionChange *change = changes->pdata[i];
    g_autofree char *id = g_strdup_printf ("%u", i);
    g_ptr_array_add (rows,
                     jz_short_row_new (id, change->change == JZ_CHANGE_REMOVED ? "error" : NULL,
                                       jz_change_get_word (change->change), change->group,
                                       change->title, NULL));
  }
  jz_short_table_set_rows (self->changes, rows);
  gtk_label_set_label (self->summary, summary);
}

static void
on_listed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (JzAdoptDialog) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) changes =
    jz_office_client_read_finish (JZ_OFFICE_CLIENT (source), result, &error);
  g_autoptr (GPtrArray) none = g_ptr_array_new ();

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  self->is_seen = changes != NULL;
  show_changes (self, changes != NULL ? changes : none);
  if (changes == NULL)
    gtk_label_set_label (self->summary, error->message);
  update (self);
}

static void
see (JzAdoptDialog *self)
{
  JzJson *source = make_source (self);
  Asked *asked;

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  self->is_seen = FALSE;
  update (self);
  if (source == NULL) {
    gtk_label_set_label (self->summary, _ ("Choose the bureau's own file."));
    return;
  }
  gtk_label_set_label (self->summary, _ ("Looking for what changes…"));
  asked = g_new0 (Asked, 1);
  asked->kind = self->kind;
  asked->given = source;
  jz_office_client_read_async (self->client, list_changes, asked, asked_free,
                               (GDestroyNotify)g_ptr_array_unref, self->cancellable, on_listed,
                               g_object_ref (self));
}

static void
on_chosen (const char *path, gpointer data)
{
  JzAdoptDialog *self = JZ_ADOPT_DIALOG (data);
  g_autofree char *name = g_filename_display_basename (path);

  g_free (self->file);
  self->file = g_strdup (path);
  gtk_label_set_label (self->file_name, name);
  see (self);
}

static void
choose (GtkWidget *widget, const char *action, GVariant *parameter)
{
  jz_lists_choose_file (widget, _ ("Choose the Bureau's Own File"), "*.xml", on_chosen, widget);
}

static void
on_proposed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (JzAdoptDialog) self = data;
  g_autoptr (JzActOutcome) outcome = jz_finish_act (GTK_WIDGET (self), result);
  GtkWindow *above = gtk_window_get_transient_for (GTK_WINDOW (self));

  if (outcome != NULL) {
    jz_window_toast (GTK_WIDGET (above), _ ("Proposed; now another person confirms it"));
    gtk_window_close (GTK_WINDOW (self));
  }
}

static void
propose (GtkWidget *widget, const char *action, GVariant *parameter)
{
  JzAdoptDialog *self = JZ_ADOPT_DIALOG (widget);
  JzJson *args = make_source (self);
  char day[JZ_DATE_SIZE];
  JzDate date = { 0 };

  if (args == NULL || !read_day (self, &date)) {
    g_clear_pointer (&args, jz_json_unref);
    return;
  }
  jz_date_format (date, day);
  jz_json_set_text (args, "in_force", day);
  jz_json_set_text (args, "reason", gtk_editable_get_text (GTK_EDITABLE (self->reason)));
  jz_office_client_act_async (self->client, kinds[self->kind].act, args, NULL, on_proposed,
                              g_object_ref (self));
}

static void
jz_adopt_dialog_dispose (GObject *object)
{
  JzAdoptDialog *self = JZ_ADOPT_DIALOG (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->client);
  g_clear_pointer (&self->file, g_free);
  G_OBJECT_CLASS (jz_adopt_dialog_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, JzAdoptDialog, heading);
  gtk_widget_class_bind_template_child (widget_class, JzAdoptDialog, shipped);
  gtk_widget_class_bind_template_child (widget_class, JzAdoptDialog, own);
  gtk_widget_class_bind_template_child (widget_class, JzAdoptDialog, field);
  gtk_widget_class_bind_template_child (widget_class, JzAdoptDialog, file_name);
  gtk_widget_class_bind_template_child (widget_class, JzAdoptDialog, in_force);
  gtk_widget_class_bind_template_child (widget_class, JzAdoptDialog, in_force_read);
  gtk_widget_class_bind_template_child (widget_class, JzAdoptDialog, reason);
  gtk_widget_class_bind_template_child (widget_class, JzAdoptDialog, summary);
  gtk_widget_class_bind_template_child (widget_class, JzAdoptDialog, holder);
}

static void
jz_adopt_dialog_class_init (JzAdoptDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = jz_adopt_dialog_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/juanzong/app/adopt_dialog.ui");
  bind_children (widget_class);
  gtk_widget_class_install_action (widget_class, "adopt.choose", NULL, choose);
  gtk_widget_class_install_action (widget_class, "adopt.propose", NULL, propose);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
jz_adopt_dialog_init (JzAdoptDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->changes =
    JZ_SHORT_TABLE (jz_short_table_new (_ ("What changes"), columns, G_N_ELEMENTS (columns)));
  jz_short_table_set_empty (self->changes, "view-list-bullet-symbolic", _ ("No changes to show"),
                            NULL);
  adw_bin_set_child (self->holder, GTK_WIDGET (self->changes));
}

static void
fill_fields (JzAdoptDialog *self)
{
  g_autoptr (GtkStringList) titles = gtk_string_list_new (NULL);

  for (const char *const *title = book_titles; *title != NULL; title++)
    gtk_string_list_append (titles, _ (*title));
  gtk_drop_down_set_model (self->field, G_LIST_MODEL (titles));
  gtk_widget_set_visible (GTK_WIDGET (self->field), self->kind == JZ_ADOPTED_RULEBOOK);
}

/**
 * jz_adopt_dialog_present:
 * @inside: a widget of the window
 * @client: the office, with somebody signed in who may propose it
 * @kind: what is to be adopted
 *
 * Shows the dialog above the window.
 */
void
jz_adopt_dialog_present (GtkWidget *inside, JzOfficeClient *client, JzAdoptedKind kind)
{
  JzAdoptDialog *self =
    g_object_new (JZ_TYPE_ADOPT_DIALOG, "transient-for", gtk_widget_get_root (inside), "title",
                  _ (kinds[kind].heading), NULL);
  char day[JZ_DATE_SIZE];

  self->client = g_object_ref (client);
  self->kind = kind;
  gtk_label_set_label (self->heading, _ (kinds[kind].heading));
  fill_fields (self);
  jz_date_format (jz_office_client_today (client), day);
  gtk_editable_set_text (GTK_EDITABLE (self->in_force), day);
  g_signal_connect_object (self->shipped, "toggled", G_CALLBACK (see), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->field, "notify::selected", G_CALLBACK (see), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->in_force, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->reason, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  see (self);
  gtk_window_present (GTK_WINDOW (self));
}
