/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/case/intake_sheet.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "app/case/case_tab.h"
#include "app/case/intake_row.h"
#include "app/names.h"
#include "app/words.h"
#include "office/attachments.h"
#include "office/fact_arguments.h"

/* What all files share is asked once, and nothing of it must be answered: a file may always come
 * in (ux.md §1.1). Copying goes on behind it; "Add" closes the sheet at once, and the files are
 * written down when they are there. */

#define MAX_TEXT 60

struct _JzIntakeSheet {
  AdwWindow parent_instance;

  JzIntakeRun *run;
  JzJson *sheet; /* of the case */
  char *step;    /* (nullable) */
  gboolean is_settled;

  GtkLabel *progress;
  GtkButton *pause;
  GtkButton *add;
  GtkListBox *files;
  AdwComboRow *origin;
  GtkLabel *lost;
  AdwEntryRow *maker;
  AdwEntryRow *place;
  AdwEntryRow *late;
  AdwComboRow *clock;
  GtkSpinButton *minutes;
  GtkSpinButton *seconds;
  AdwExpanderRow *evidence;
  AdwComboRow *kind;
  AdwEntryRow *title;
  GtkSwitch *original;
};

G_DEFINE_FINAL_TYPE (JzIntakeSheet, jz_intake_sheet, ADW_TYPE_WINDOW)

static const JzFactDefinition *
find_field (const char *list, const char *name)
{
  const JzFactDefinition *definition = jz_fact_vocabulary_find (jz_office_get_facts (), list);

  for (guint i = 0; i < definition->fields->len; i++) {
    const JzFactDefinition *field = g_ptr_array_index (definition->fields, i);
    if (strcmp (field->name, name) == 0)
      return field;
  }
  g_assert_not_reached ();
}

static GtkStringList *
list_choices (const JzFactDefinition *field, const char *none)
{
  GtkStringList *list = gtk_string_list_new (NULL);

  if (none != NULL)
    gtk_string_list_append (list, none);
  for (const char *const *word = field->type.choices; *word != NULL; word++)
    gtk_string_list_append (
      list, jz_fact_definition_get_label (field, *word, jz_language_get_current ()));
  return list;
}

static void
show_progress (JzIntakeSheet *self)
{
  guint n_items = 0;
  guint n_ready = jz_intake_run_count_ready (self->run, &n_items);
  JzIntake *intake = jz_intake_run_get_intake (self->run);
  gboolean is_busy = jz_intake_is_busy (intake);
  gboolean is_paused = jz_intake_is_paused (intake);
  g_autofree char *text = NULL;

  if (is_paused && is_busy)
    text = g_strdup_printf (_ ("Paused: %1$u of %2$u files are in the store"), n_ready, n_items);
  else
    text = g_strdup_printf (_ ("%1$u of %2$u files are in the store"), n_ready, n_items);
  gtk_label_set_label (self->progress, text);
  gtk_button_set_label (self->pause, is_paused ? _ ("_Go On") : _ ("_Pause"));
  gtk_widget_set_visible (GTK_WIDGET (self->pause), is_busy);
  gtk_widget_set_sensitive (GTK_WIDGET (self->add), is_busy || n_ready > 0);
}

static void
pause_or_resume (GtkWidget *widget, const char *action, GVariant *parameter)
{
  JzIntake *intake = jz_intake_run_get_intake (JZ_INTAKE_SHEET (widget)->run);

  jz_intake_set_paused (intake, !jz_intake_is_paused (intake));
}

static void
set_text (JzJson *args, const char *name, AdwEntryRow *row)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (row))));

  if (text[0] != '\0')
    jz_json_set_text (args, name, text);
}

static const char *
get_case (JzIntakeSheet *self)
{
  return jz_intake_run_get_case (self->run);
}

static JzJson *
make_common (JzIntakeSheet *self)
{
  const JzFactDefinition *origins = find_field (JZ_LIST_ATTACHMENT, "origin");
  guint origin = adw_combo_row_get_selected (self->origin);
  JzJson *args = jz_json_new_object ();

  jz_json_set_text (args, "case", get_case (self));
  if (self->step != NULL)
    jz_json_set_text (args, "step", self->step);
  if (origin > 0)
    jz_json_set_text (args, "attachment.items.origin", origins->type.choices[origin - 1]);
  set_text (args, "attachment.items.maker", self->maker);
  set_text (args, "attachment.items.place", self->place);
  set_text (args, JZ_LATE_REASON, self->late);
  return args;
}

/* The day on which the first of the files was made. */
static char *
dup_first_day (JzIntakeSheet *self)
{
  GListModel *items = G_LIST_MODEL (jz_intake_run_get_intake (self->run));
  JzDate today = jz_office_client_today (jz_intake_run_get_client (self->run));
  char text[JZ_INSTANT_SIZE];
  JzInstant first = jz_office_client_now (jz_intake_run_get_client (self->run));

  for (guint i = 0; i < g_list_model_get_n_items (items); i++) {
    g_autoptr (JzIntakeItem) item = g_list_model_get_item (items, i);
    const JzJson *probe = jz_intake_item_get_probe (item);
    JzInstant moment = 0;
    if (probe != NULL &&
        jz_attachment_read_moment (jz_json_get_member_text (probe, "made_at"), &moment))
      first = MIN (first, moment);
  }
  jz_date_format (
    jz_date_compare (jz_instant_get_date (first), today) < 0 ? jz_instant_get_date (first) : today,
    text);
  return g_strndup (text, JZ_DATE_SIZE - 1);
}

static void
set_or (JzJson *args, const char *name, AdwEntryRow *row, const char *otherwise)
{
  set_text (args, name, row);
  if (jz_json_get_member (args, name) == NULL)
    jz_json_set_text (args, name, otherwise);
}

static JzJson *
make_evidence (JzIntakeSheet *self)
{
  const JzFactDefinition *kinds = find_field ("evidence.items", "kind");
  const JzJson *items = jz_json_get_member (jz_json_get_member (self->sheet, "evidence"), "items");
  g_autofree char *number = g_strdup_printf ("%u", jz_json_get_n_items (items) + 1);
  g_autofree char *day = dup_first_day (self);
  JzJson *args;

  if (!adw_expander_row_get_enable_expansion (self->evidence))
    return NULL;
  args = jz_json_new_object ();
  jz_json_set_text (args, "case", get_case (self));
  set_or (args, "title", self->title, _ ("Photos and recordings"));
  jz_json_set_text (args, "evidence.items.number", number);
  jz_json_set_text (args, "evidence.items.kind",
                    kinds->type.choices[adw_combo_row_get_selected (self->kind)]);
  set_or (args, "evidence.items.obtained_by", self->maker,
          jz_office_client_get_name (jz_intake_run_get_client (self->run)));
  set_or (args, "evidence.items.obtained_at", self->place, _ ("not stated"));
  jz_json_set_text (args, "evidence.items.obtained_on", day);
  set_text (args, JZ_LATE_REASON, self->late);
  jz_json_set_boolean (args, "evidence.items.is_original", gtk_switch_get_active (self->original));
  return args;
}

static gint64
get_clock_off (JzIntakeSheet *self)
{
  gint64 ms = ((gint64)gtk_spin_button_get_value_as_int (self->minutes) * 60 +
               gtk_spin_button_get_value_as_int (self->seconds)) *
              1000;

  switch (adw_combo_row_get_selected (self->clock)) {
  case 1:
    return ms;
  case 2:
    return -ms;
  default:
    return 0;
  }
}

static void
add (GtkWidget *widget, const char *action, GVariant *parameter)
{
  JzIntakeSheet *self = JZ_INTAKE_SHEET (widget);

  self->is_settled = TRUE;
  jz_intake_run_settle (self->run, make_common (self), get_clock_off (self), make_evidence (self));
  gtk_window_close (GTK_WINDOW (self));
}

static gboolean
jz_intake_sheet_close_request (GtkWindow *window)
{
  JzIntakeSheet *self = JZ_INTAKE_SHEET (window);

  if (!self->is_settled)
    jz_intake_run_throw_away (self->run);
  self->is_settled = TRUE;
  return GTK_WINDOW_CLASS (jz_intake_sheet_parent_class)->close_request (window);
}

static const JzJson *
find_step (JzIntakeSheet *self)
{
  const JzJson *steps = jz_json_get_member (self->sheet, "recordings");

  for (guint i = 0; self->step != NULL && i < jz_json_get_n_items (steps); i++)
    if (strcmp (jz_json_read_text (jz_json_get_item (steps, i), "of"), self->step) == 0)
      return jz_json_get_item (steps, i);
  return NULL;
}

/* A step has the time of what was done, as far as somebody said it, else that of its entry. */
static const char *
get_moment (const JzJson *step)
{
  const char *from = jz_json_read_text (step, "from");

  return from[0] != '\0' ? from : jz_json_read_text (step, "time");
}

static GtkWidget *
new_file_row (gpointer item, gpointer data)
{
  JzIntakeSheet *self = data;
  const JzJson *step = find_step (self);

  return jz_intake_row_new (self->run, item, step != NULL ? get_moment (step) : NULL);
}

static void
on_step_chosen (GtkCheckButton *button, JzIntakeSheet *self)
{
  if (!gtk_check_button_get_active (button))
    return;
  g_free (self->step);
  self->step = g_strdup (g_object_get_data (G_OBJECT (button), "step"));
  gtk_list_box_bind_model (self->files, G_LIST_MODEL (jz_intake_run_get_intake (self->run)),
                           new_file_row, self, NULL);
}

static GtkWidget *
add_step (JzIntakeSheet *self,
          AdwPreferencesGroup *group,
          GtkWidget *first,
          const char *label,
          const char *step)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *button = gtk_check_button_new ();

  if (first != NULL)
    gtk_check_button_set_group (GTK_CHECK_BUTTON (button), GTK_CHECK_BUTTON (first));
  gtk_check_button_set_active (GTK_CHECK_BUTTON (button), g_strcmp0 (self->step, step) == 0);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
  g_object_set_data_full (G_OBJECT (button), "step", g_strdup (step), g_free);
  g_signal_connect_object (button, "toggled", G_CALLBACK (on_step_chosen), self, 0);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), label);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), button);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), button);
  adw_preferences_group_add (group, row);
  return first != NULL ? first : button;
}

static void
add_steps (JzIntakeSheet *self, AdwPreferencesPage *page)
{
  const JzJson *steps = jz_json_get_member (self->sheet, "recordings");
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  GtkWidget *first = NULL;

  if (jz_json_get_n_items (steps) == 0)
    return;
  adw_preferences_group_set_title (group, _ ("Which step they show"));
  for (guint i = jz_json_get_n_items (steps); i-- > 0;) {
    const JzJson *step = jz_json_get_item (steps, i);
    g_autofree char *when = jz_words_dup_moment (get_moment (step));
    g_autofree char *label = g_strdup_printf ("%s %s", when, jz_json_read_text (step, "label"));
    first = add_step (self, group, first, label, jz_json_read_text (step, "of"));
  }
  add_step (self, group, first, _ ("No step in particular"), NULL);
  adw_preferences_page_add (page, group);
}

static AdwEntryRow *
add_entry (AdwPreferencesGroup *group, const char *title, const char *text)
{
  GtkWidget *row = adw_entry_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  gtk_editable_set_text (GTK_EDITABLE (row), text);
  if (group != NULL)
    adw_preferences_group_add (group, row);
  return ADW_ENTRY_ROW (row);
}

static AdwComboRow *
add_combo (AdwPreferencesGroup *group, const char *title, GtkStringList *choices)
{
  GtkWidget *row = adw_combo_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (choices));
  g_object_unref (choices);
  if (group != NULL)
    adw_preferences_group_add (group, row);
  return ADW_COMBO_ROW (row);
}

static void
show_lost (JzIntakeSheet *self)
{
  const JzFactDefinition *origins = find_field (JZ_LIST_ATTACHMENT, "origin");
  guint origin = adw_combo_row_get_selected (self->origin);

  gtk_widget_set_visible (GTK_WIDGET (self->lost),
                          origin > 0 && strcmp (origins->type.choices[origin - 1], "chat") == 0);
}

static GtkSpinButton *
add_spin (AdwComboRow *row, const char *label)
{
  GtkWidget *spin =
    gtk_spin_button_new_with_range (0, strcmp (label, _ ("minutes")) == 0 ? 1440 : 59, 1);

  gtk_widget_set_valign (spin, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (spin), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), spin);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_label_new (label));
  return GTK_SPIN_BUTTON (spin);
}

static void
show_clock (JzIntakeSheet *self)
{
  gboolean is_wrong = adw_combo_row_get_selected (self->clock) > 0;

  gtk_widget_set_sensitive (GTK_WIDGET (self->minutes), is_wrong);
  gtk_widget_set_sensitive (GTK_WIDGET (self->seconds), is_wrong);
}

static void
add_shared (JzIntakeSheet *self, AdwPreferencesPage *page)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  const char *clocks[] = { _ ("right"), _ ("fast by"), _ ("slow by"), NULL };

  adw_preferences_group_set_title (group, _ ("What holds for all of them"));
  self->origin =
    add_combo (group, _ ("Where they come from"),
               list_choices (find_field (JZ_LIST_ATTACHMENT, "origin"), _ ("not stated")));
  self->lost = GTK_LABEL (
    jz_case_new_label (_ ("A chat program leaves out when, where and with what a file was made. "
                          "Ask for the original from the telephone where it counts."),
                       "warning"));
  adw_preferences_group_add (group, GTK_WIDGET (self->lost));
  self->maker = add_entry (group, _ ("Taken or made by"),
                           jz_office_client_get_name (jz_intake_run_get_client (self->run)));
  self->place = add_entry (group, _ ("Where they were taken"), "");
  self->late = add_entry (group, _ ("Why they come only now, if late"), "");
  self->clock = add_combo (group, _ ("The clock of the device was"), gtk_string_list_new (clocks));
  self->minutes = add_spin (self->clock, _ ("minutes"));
  self->seconds = add_spin (self->clock, _ ("seconds"));
  adw_preferences_page_add (page, group);
  g_signal_connect_object (self->origin, "notify::selected", G_CALLBACK (show_lost), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->clock, "notify::selected", G_CALLBACK (show_clock), self,
                           G_CONNECT_SWAPPED);
  show_lost (self);
  show_clock (self);
}

static void
add_evidence_group (JzIntakeSheet *self, AdwPreferencesPage *page)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  const JzJson *step = find_step (self);
  GtkWidget *row = adw_action_row_new ();

  self->evidence = ADW_EXPANDER_ROW (adw_expander_row_new ());
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->evidence),
                                 _ ("Enter them as one item of evidence"));
  adw_expander_row_set_show_enable_switch (self->evidence, TRUE);
  adw_expander_row_set_enable_expansion (self->evidence, FALSE);
  self->kind = add_combo (NULL, _ ("Kind of evidence"),
                          list_choices (find_field ("evidence.items", "kind"), NULL));
  adw_combo_row_set_selected (self->kind, 2); /* audio-visual material */
  self->title =
    add_entry (NULL, _ ("What it is"), step != NULL ? jz_json_read_text (step, "label") : "");
  self->original = GTK_SWITCH (gtk_switch_new ());
  gtk_switch_set_active (self->original, TRUE);
  gtk_widget_set_valign (GTK_WIDGET (self->original), GTK_ALIGN_CENTER);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ ("They are originals"));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), GTK_WIDGET (self->original));
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), GTK_WIDGET (self->original));
  adw_expander_row_add_row (self->evidence, GTK_WIDGET (self->kind));
  adw_expander_row_add_row (self->evidence, GTK_WIDGET (self->title));
  adw_expander_row_add_row (self->evidence, row);
  adw_preferences_group_add (group, GTK_WIDGET (self->evidence));
  adw_preferences_page_add (page, group);
}

static void
add_files (JzIntakeSheet *self, AdwPreferencesPage *page)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  GtkWidget *list = gtk_list_box_new ();

  adw_preferences_group_set_title (group, _ ("The files"));
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  self->files = GTK_LIST_BOX (list);
  gtk_list_box_bind_model (self->files, G_LIST_MODEL (jz_intake_run_get_intake (self->run)),
                           new_file_row, self, NULL);
  adw_preferences_group_add (group, list);
  adw_preferences_page_add (page, group);
}

static GtkWidget *
new_bar (JzIntakeSheet *self)
{
  GtkWidget *bar = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *cancel = gtk_button_new_with_mnemonic (_ ("_Cancel"));

  self->progress = GTK_LABEL (jz_case_new_label ("", NULL));
  self->pause = GTK_BUTTON (gtk_button_new_with_mnemonic (_ ("_Pause")));
  self->add = GTK_BUTTON (gtk_button_new_with_mnemonic (_ ("_Add to the Case")));
  gtk_widget_set_hexpand (GTK_WIDGET (self->progress), TRUE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->pause), "intake.pause");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->add), "intake.add");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (cancel), "window.close");
  gtk_widget_add_css_class (GTK_WIDGET (self->add), "suggested-action");
  gtk_widget_add_css_class (bar, "setup-bar");
  gtk_box_append (GTK_BOX (bar), GTK_WIDGET (self->progress));
  gtk_box_append (GTK_BOX (bar), GTK_WIDGET (self->pause));
  gtk_box_append (GTK_BOX (bar), cancel);
  gtk_box_append (GTK_BOX (bar), GTK_WIDGET (self->add));
  return bar;
}

static void
build (JzIntakeSheet *self)
{
  AdwPreferencesPage *page = ADW_PREFERENCES_PAGE (adw_preferences_page_new ());
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  add_steps (self, page);
  add_files (self, page);
  add_shared (self, page);
  add_evidence_group (self, page);
  gtk_widget_set_vexpand (GTK_WIDGET (page), TRUE);
  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (page));
  gtk_box_append (GTK_BOX (box), new_bar (self));
  adw_window_set_content (ADW_WINDOW (self), box);
  gtk_window_set_default_widget (GTK_WINDOW (self), GTK_WIDGET (self->add));
  show_progress (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->add));
}

/* The last step is the one that people come from. */
static char *
dup_likely_step (const JzJson *sheet)
{
  const JzJson *steps = jz_json_get_member (sheet, "recordings");
  guint n_steps = steps != NULL ? jz_json_get_n_items (steps) : 0;

  return n_steps > 0 ? g_strdup (jz_json_read_text (jz_json_get_item (steps, n_steps - 1), "of"))
                     : NULL;
}

/**
 * jz_intake_sheet_show:
 * @inside: a widget of a window
 * @run: files that are being added
 * @sheet: what was read of their case, see jz_case_sheet_new()
 * @step: (nullable): the step that they show, where that is known
 *
 * Asks what they are.
 */
void
jz_intake_sheet_show (GtkWidget *inside, JzIntakeRun *run, const JzJson *sheet, const char *step)
{
  GtkRoot *root = gtk_widget_get_root (inside);
  JzIntakeSheet *self = g_object_new (JZ_TYPE_INTAKE_SHEET, NULL);

  self->run = g_object_ref (run);
  self->sheet = jz_json_ref ((JzJson *)sheet);
  self->step = step != NULL ? g_strdup (step) : dup_likely_step (sheet);
  if (GTK_IS_WINDOW (root))
    gtk_window_set_transient_for (GTK_WINDOW (self), GTK_WINDOW (root));
  build (self);
  g_signal_connect_object (run, "changed", G_CALLBACK (show_progress), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (self));
}

static void
jz_intake_sheet_finalize (GObject *object)
{
  JzIntakeSheet *self = JZ_INTAKE_SHEET (object);

  g_clear_object (&self->run);
  g_clear_pointer (&self->sheet, jz_json_unref);
  g_free (self->step);
  G_OBJECT_CLASS (jz_intake_sheet_parent_class)->finalize (object);
}

static void
jz_intake_sheet_class_init (JzIntakeSheetClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = jz_intake_sheet_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = jz_intake_sheet_close_request;
  gtk_widget_class_install_action (widget_class, "intake.pause", NULL, pause_or_resume);
  gtk_widget_class_install_action (widget_class, "intake.add", NULL, add);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
jz_intake_sheet_init (JzIntakeSheet *self)
{
  gtk_window_set_modal (GTK_WINDOW (self), TRUE);
  gtk_window_set_default_size (GTK_WINDOW (self), 760, 660);
  gtk_window_set_title (GTK_WINDOW (self), _ ("Add Files to the Case"));
}
