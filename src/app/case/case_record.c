/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include <glib/gi18n-lib.h>

#include "app/case/case_tabs.h"
#include "app/messages.h"
#include "app/window.h"
#include "app/words.h"
#include "office/gates.h"
#include "office/verify.h"

/* The record of the case as sentences, newest first, by person and by day; and the integrity check
 * of the whole store, which runs as a job and can be cancelled (ux.md §4, 记录). */

struct _JzCaseRecord {
  JzCaseTab parent_instance;

  char *person; /* whose, or NULL for everybody */
  char *day;    /* which day, or NULL */
  gboolean shows_details;
};

G_DEFINE_FINAL_TYPE (JzCaseRecord, jz_case_record, JZ_TYPE_CASE_TAB)

static gboolean
is_wanted (JzCaseRecord *self, const JzJson *row)
{
  return (self->person == NULL || strcmp (self->person, jz_json_read_text (row, "person")) == 0) &&
         (self->day == NULL || g_str_has_prefix (jz_json_read_text (row, "time"), self->day));
}

static void
add_entry (JzCaseRecord *self, GtkWidget *group, const JzJson *row)
{
  g_autofree char *when = jz_words_dup_moment (jz_json_read_text (row, "time"));
  g_autofree char *happened = jz_words_dup_day (jz_json_read_text (row, "happened"));
  const char *late = jz_json_read_text (row, "late");
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *time = jz_case_new_label (when, "dim-label");
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);

  gtk_widget_set_valign (time, GTK_ALIGN_START);
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_box_append (GTK_BOX (texts), jz_case_new_label (jz_json_read_text (row, "sentence"), NULL));
  if (happened[0] != '\0') {
    g_autofree char *text = g_strdup_printf (_ ("Happened on %s"), happened);
    gtk_box_append (GTK_BOX (texts), jz_case_new_label (text, "dim-label"));
  }
  if (late[0] != '\0') {
    g_autofree char *text = g_strdup_printf (_ ("Entered later: %s"), late);
    gtk_box_append (GTK_BOX (texts), jz_case_new_label (text, "warning"));
  }
  if (jz_json_read_text (row, "overdue")[0] != '\0') {
    g_autofree char *text =
      g_strdup_printf (_ ("Released late: %s"), jz_json_read_text (row, "overdue"));
    gtk_box_append (GTK_BOX (texts), jz_case_new_label (text, "warning"));
  }
  if (self->shows_details) {
    g_autofree char *text =
      g_strdup_printf (_ ("Entry %1$s, check code %2$.16s"), jz_json_read_text (row, "entry"),
                       jz_json_read_text (row, "hash"));
    gtk_box_append (GTK_BOX (texts), jz_case_new_label (text, "dim-label"));
  }
  gtk_box_append (GTK_BOX (line), jz_case_fix_width (time, 170, FALSE));
  gtk_box_append (GTK_BOX (line), texts);
  jz_case_new_row (group, line);
}

static void
add_name (GPtrArray *ids, GtkStringList *names, const char *id, const char *name)
{
  if (g_ptr_array_find_with_equal_func (ids, id, g_str_equal, NULL))
    return;
  g_ptr_array_add (ids, g_strdup (id));
  gtk_string_list_append (names, name);
}

static void
refresh (JzCaseRecord *self)
{
  JZ_CASE_TAB_GET_CLASS (self)->show (JZ_CASE_TAB (self),
                                      jz_case_tab_get_sheet (JZ_CASE_TAB (self)));
}

static gboolean
refresh_later (gpointer data)
{
  refresh (data);
  return G_SOURCE_REMOVE;
}

/* Not from inside of the control that is taken away by it. */
static void
on_filter (GtkDropDown *drop_down, GParamSpec *pspec, JzCaseRecord *self)
{
  GPtrArray *ids = g_object_get_data (G_OBJECT (drop_down), "ids");
  guint selected = gtk_drop_down_get_selected (drop_down);
  gboolean is_day = g_object_get_data (G_OBJECT (drop_down), "day") != NULL;
  char **place = is_day ? &self->day : &self->person;

  g_free (*place);
  *place =
    selected > 0 && selected <= ids->len ? g_strdup (g_ptr_array_index (ids, selected - 1)) : NULL;
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, refresh_later, g_object_ref (self), g_object_unref);
}

static guint
find_position (GPtrArray *ids, const char *wanted)
{
  for (guint i = 0; wanted != NULL && i < ids->len; i++)
    if (strcmp (g_ptr_array_index (ids, i), wanted) == 0)
      return i + 1;
  return 0;
}

static GtkWidget *
new_filter (JzCaseRecord *self, const JzJson *record, gboolean by_day)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  GPtrArray *ids = g_ptr_array_new_with_free_func (g_free);
  GtkWidget *drop_down;

  gtk_string_list_append (names, by_day ? _ ("Every day") : _ ("Everybody"));
  for (guint i = jz_json_get_n_items (record); i-- > 0;) {
    const JzJson *row = jz_json_get_item (record, i);
    g_autofree char *day = g_strndup (jz_json_read_text (row, "time"), 10);
    g_autofree char *words = jz_words_dup_day (day);
    if (by_day)
      add_name (ids, names, day, words);
    else
      add_name (ids, names, jz_json_read_text (row, "person"), jz_json_read_text (row, "name"));
  }
  drop_down = gtk_drop_down_new (G_LIST_MODEL (g_steal_pointer (&names)), NULL);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (drop_down),
                              find_position (ids, by_day ? self->day : self->person));
  g_object_set_data_full (G_OBJECT (drop_down), "ids", ids, (GDestroyNotify)g_ptr_array_unref);
  g_object_set_data (G_OBJECT (drop_down), "day", by_day ? self : NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (drop_down), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  by_day ? C_ ("filter", "Day") : C_ ("filter", "Person"), -1);
  g_signal_connect (drop_down, "notify::selected", G_CALLBACK (on_filter), self);
  return drop_down;
}

typedef struct {
  char *path;
  JzJob *job;
} Check;

static void
check_free (gpointer data)
{
  Check *check = data;

  g_free (check->path);
  g_object_unref (check->job);
  g_free (check);
}

static void
on_progress (guint64 done, guint64 all, gpointer data)
{
  jz_job_set_fraction (data, all > 0 ? (double)done / (double)all : -1);
}

static void
report_free (gpointer data)
{
  jz_report_free (data);
}

static void
check_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Check *check = data;
  g_autoptr (GError) error = NULL;
  const JzVerification verification = {
    .path = check->path,
    .gate = jz_gates_check,
    .progress = on_progress,
    .progress_data = check->job,
    .cancellable = cancellable,
  };
  JzReport *report = jz_verify (&verification, &error);

  if (report != NULL)
    g_task_return_pointer (task, report, report_free);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static char *
dup_result (const JzReport *report)
{
  GString *text = NULL;

  if (report->faults->len == 0)
    return g_strdup_printf (_ ("Everything is as it was written: %llu entries, %llu signatures and "
                               "%llu files were checked."),
                            (unsigned long long)report->n_entries,
                            (unsigned long long)report->n_signatures,
                            (unsigned long long)report->n_objects);
  text = g_string_new (_ ("Something is not as it was written. Do not work on; tell the "
                          "administrator."));
  for (guint i = 0; i < report->faults->len && i < 5; i++) {
    const JzFault *fault = g_ptr_array_index (report->faults, i);
    g_string_append_printf (text, "\n%s: %s", fault->place, fault->sentence);
  }
  return g_string_free (text, FALSE);
}

static void
on_checked (GObject *source, GAsyncResult *result, gpointer data)
{
  JzCaseRecord *self = JZ_CASE_RECORD (source);
  Check *check = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;
  JzReport *report = g_task_propagate_pointer (G_TASK (result), &error);
  g_autofree char *text = report != NULL ? dup_result (report) : NULL;

  jz_job_end (check->job);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "record.check", TRUE);
  if (report != NULL)
    jz_show_message (GTK_WIDGET (self), _ ("Integrity check"), text);
  else
    jz_show_error (GTK_WIDGET (self), error);
  g_clear_pointer (&report, jz_report_free);
}

static void
check (GtkWidget *widget, const char *action, GVariant *parameter)
{
  JzCaseRecord *self = JZ_CASE_RECORD (widget);
  JzOfficeClient *client = jz_case_tab_get_client (JZ_CASE_TAB (self));
  Check *data = g_new0 (Check, 1);
  g_autoptr (GTask) task = NULL;

  data->path = g_strdup (jz_office_client_get_path (client));
  data->job = jz_job_new (_ ("Integrity check"));
  task = g_task_new (self, jz_job_get_cancellable (data->job), on_checked, NULL);
  g_task_set_source_tag (task, check);
  g_task_set_task_data (task, data, check_free);
  gtk_widget_action_set_enabled (widget, "record.check", FALSE);
  jz_window_show_job (widget, data->job);
  g_task_run_in_thread (task, check_in_thread);
}

static void
on_details (GtkToggleButton *button, JzCaseRecord *self)
{
  self->shows_details = gtk_toggle_button_get_active (button);
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, refresh_later, g_object_ref (self), g_object_unref);
}

static void
add_tools (JzCaseRecord *self, GtkBox *box, const JzJson *record)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *button = gtk_button_new_with_mnemonic (_ ("_Integrity Check"));
  GtkWidget *details = gtk_toggle_button_new_with_label (_ ("Technical details"));

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "record.check");
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (details), self->shows_details);
  g_signal_connect (details, "toggled", G_CALLBACK (on_details), self);
  gtk_box_append (GTK_BOX (line), new_filter (self, record, FALSE));
  gtk_box_append (GTK_BOX (line), new_filter (self, record, TRUE));
  gtk_box_append (GTK_BOX (line), button);
  gtk_box_append (GTK_BOX (line), details);
  gtk_box_append (box, line);
}

static void
jz_case_record_show (JzCaseTab *tab, const JzJson *sheet)
{
  JzCaseRecord *self = JZ_CASE_RECORD (tab);
  GtkBox *box = jz_case_tab_clear (tab);
  const JzJson *record = jz_json_get_member (sheet, "record");
  GtkWidget *group;

  add_tools (self, box, record);
  group = jz_case_new_group (box, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (group), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  C_ ("case", "Record"), -1);
  for (guint i = jz_json_get_n_items (record); i-- > 0;)
    if (is_wanted (self, jz_json_get_item (record, i)))
      add_entry (self, group, jz_json_get_item (record, i));
}

static void
jz_case_record_finalize (GObject *object)
{
  JzCaseRecord *self = JZ_CASE_RECORD (object);

  g_free (self->person);
  g_free (self->day);
  G_OBJECT_CLASS (jz_case_record_parent_class)->finalize (object);
}

static void
jz_case_record_class_init (JzCaseRecordClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = jz_case_record_finalize;
  JZ_CASE_TAB_CLASS (klass)->show = jz_case_record_show;
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "record.check", NULL, check);
}

static void
jz_case_record_init (JzCaseRecord *self)
{
}
