/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/record/record_section.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "app/messages.h"
#include "app/record/record_jobs.h"
#include "app/record/refused_list.h"
#include "app/row_view.h"
#include "app/words.h"
#include "base/typed.h"
#include "office/record_list.h"

/* What the list shows of an entry; the rest stands behind Technical Details. */
enum {
  CELL_TIME,
  CELL_SENTENCE,
  CELL_CASE,
  CELL_LATE,
};

struct _JzRecordSection {
  JzSection parent_instance;

  /* Template children */
  GtkDropDown *person;
  GtkDropDown *kind;
  GtkEditable *case_number;
  GtkEditable *from;
  GtkEditable *to;
  GtkWidget *refused;
  GtkToggleButton *technical;
  JzRowView *view;
  GtkLabel *details;

  JzRowModel *model; /* (nullable): until the section is seen */
  JzJson *persons;
  JzJson *filter;
  GtkFileChooserNative *chooser; /* (nullable): while it is open */
  gboolean is_filling;
};

G_DEFINE_FINAL_TYPE (JzRecordSection, jz_record_section, JZ_TYPE_SECTION)

static const JzRowColumn columns[] = {
  { N_ ("Recorded at"), 22, FALSE, FALSE, FALSE, 0 },
  { N_ ("What was done"), 50, FALSE, TRUE, FALSE, 0 },
  { N_ ("Case"), 40, FALSE, FALSE, FALSE, 0 },
  { N_ ("Entered later"), 20, FALSE, FALSE, FALSE, 0 },
};

static GArray *
query (JzOffice *office,
       JzConnection *reader,
       const JzRowQuery *wanted,
       gconstpointer data,
       GCancellable *cancellable,
       GError **error)
{
  return jz_record_query (reader, wanted->filter, wanted->limit, cancellable, error);
}

/* The cells of the list first, in words; behind them those of the record as they are. */
static char **
make_cells (char **record)
{
  char **cells = g_new0 (char *, G_N_ELEMENTS (columns) + JZ_RECORD_N_CELLS + 1);

  cells[CELL_TIME] = jz_words_dup_moment (record[JZ_RECORD_TIME]);
  cells[CELL_SENTENCE] = g_strdup (record[JZ_RECORD_SENTENCE]);
  cells[CELL_CASE] = g_strdup (record[JZ_RECORD_CASE]);
  cells[CELL_LATE] = g_strdup (record[JZ_RECORD_LATE]);
  for (gsize i = 0; i < JZ_RECORD_N_CELLS; i++)
    cells[G_N_ELEMENTS (columns) + i] = g_steal_pointer (&record[i]);
  g_free (record);
  return cells;
}

static GPtrArray *
load (JzOffice *office,
      JzConnection *reader,
      const gint64 *ids,
      gsize n_ids,
      gconstpointer data,
      GCancellable *cancellable,
      GError **error)
{
  JzObjects *objects = jz_store_get_objects (jz_office_get_store (office));
  GPtrArray *rows = jz_record_load (reader, objects, ids, n_ids, error);

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    if (g_ptr_array_index (rows, i) != NULL)
      g_ptr_array_index (rows, i) = make_cells (g_ptr_array_index (rows, i));
  return rows;
}

static const JzRowSource source = { query, load };

static const char *
get_cell (JzListRow *row, JzRecordCell cell)
{
  return jz_list_row_get_cell (row, G_N_ELEMENTS (columns) + cell);
}

/* Values of computing stand here only (ux.md 1.5). */
static void
show_details (JzRecordSection *self)
{
  gint64 id = 0;
  guint position = 0;
  g_autoptr (JzListRow) row = NULL;
  g_autofree char *text = NULL;

  if (self->model == NULL || !jz_row_model_get_selected (self->model, &id) ||
      !jz_row_model_find (self->model, id, &position)) {
    gtk_label_set_label (self->details, _ ("Choose an entry."));
    return;
  }
  row = g_list_model_get_item (G_LIST_MODEL (self->model), position);
  text =
    g_strdup_printf (_ ("Entry %1$s, act %2$s, role %3$s, program %4$s, %5$s\nCheck code %6$s"),
                     get_cell (row, JZ_RECORD_ENTRY), get_cell (row, JZ_RECORD_ACT),
                     get_cell (row, JZ_RECORD_ROLE), get_cell (row, JZ_RECORD_PROGRAM),
                     get_cell (row, JZ_RECORD_SIGNED)[0] != '\0' ? _ ("signed") : _ ("not signed"),
                     get_cell (row, JZ_RECORD_HASH));
  gtk_label_set_label (self->details, text);
}

static void
on_row_activated (JzRecordSection *self, gint64 id)
{
  guint position = 0;
  g_autoptr (JzListRow) row = NULL;
  g_autofree char *place = NULL;
  const char *case_id;

  if (!jz_row_model_find (self->model, id, &position))
    return;
  row = g_list_model_get_item (G_LIST_MODEL (self->model), position);
  case_id = get_cell (row, JZ_RECORD_CASE_ID);
  if (case_id[0] == '\0' || strcmp (case_id, "bureau") == 0)
    return;
  place = g_strdup_printf ("cases/%s/record", case_id);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.go", "s", place);
}

static void
set_choice (JzJson *filter, const char *name, GtkDropDown *choice, const char *value)
{
  if (gtk_drop_down_get_selected (choice) > 0 && value != NULL)
    jz_json_set_text (filter, name, value);
}

/* A day that cannot be read is marked, and does not count. */
static void
set_day (JzRecordSection *self, JzJson *filter, const char *name, GtkEditable *entry)
{
  const char *typed = gtk_editable_get_text (entry);
  JzDate today = jz_office_client_today (jz_section_get_client (JZ_SECTION (self)));
  char text[JZ_DATE_SIZE];
  JzDate date;

  gtk_widget_remove_css_class (GTK_WIDGET (entry), "error");
  if (typed[0] == '\0')
    return;
  if (!jz_typed_read_date (typed, today, &date)) {
    gtk_widget_add_css_class (GTK_WIDGET (entry), "error");
    return;
  }
  jz_date_format (date, text);
  jz_json_set_text (filter, name, text);
  gtk_editable_set_text (entry, text);
}

static const char *
get_person (JzRecordSection *self)
{
  guint i = gtk_drop_down_get_selected (self->person);

  return self->persons != NULL && i > 0 && i <= jz_json_get_n_items (self->persons)
           ? jz_json_get_member_text (jz_json_get_item (self->persons, i - 1), "id")
           : NULL;
}

static void
apply_filter (JzRecordSection *self)
{
  JzJson *filter = jz_json_new_object ();
  guint kind = gtk_drop_down_get_selected (self->kind);
  const char *number = gtk_editable_get_text (self->case_number);

  set_choice (filter, "person", self->person, get_person (self));
  set_choice (filter, "kind", self->kind,
              kind > 0 && kind <= jz_record_get_n_kinds () ? jz_record_get_kind (kind - 1) : NULL);
  if (number[0] != '\0')
    jz_json_set_text (filter, "case", number);
  set_day (self, filter, "from", self->from);
  set_day (self, filter, "to", self->to);
  g_clear_pointer (&self->filter, jz_json_unref);
  self->filter = filter;
  jz_row_view_set_filter (self->view, filter);
}

static void
on_filter_changed (JzRecordSection *self)
{
  if (!self->is_filling && self->model != NULL)
    apply_filter (self);
}

static void
filter (GtkWidget *widget, const char *action, GVariant *parameter)
{
  on_filter_changed (JZ_RECORD_SECTION (widget));
}

static void
clear_filter (GtkWidget *widget, const char *action, GVariant *parameter)
{
  JzRecordSection *self = JZ_RECORD_SECTION (widget);

  self->is_filling = TRUE;
  gtk_drop_down_set_selected (self->person, 0);
  gtk_drop_down_set_selected (self->kind, 0);
  gtk_editable_set_text (self->case_number, "");
  gtk_editable_set_text (self->from, "");
  gtk_editable_set_text (self->to, "");
  self->is_filling = FALSE;
  on_filter_changed (self);
}

static void
fill_kinds (JzRecordSection *self)
{
  g_autoptr (GtkStringList) words = gtk_string_list_new (NULL);

  gtk_string_list_append (words, _ ("Everything"));
  for (guint i = 0; i < jz_record_get_n_kinds (); i++)
    gtk_string_list_append (words, jz_record_kind_word (jz_record_get_kind (i)));
  gtk_drop_down_set_model (self->kind, G_LIST_MODEL (words));
}

static void
fill_persons (JzRecordSection *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  gtk_string_list_append (names, _ ("Everybody"));
  for (guint i = 0; self->persons != NULL && i < jz_json_get_n_items (self->persons); i++)
    gtk_string_list_append (names,
                            jz_json_get_member_text (jz_json_get_item (self->persons, i), "name"));
  self->is_filling = TRUE;
  gtk_drop_down_set_model (self->person, G_LIST_MODEL (names));
  self->is_filling = FALSE;
}

static gpointer
read_persons (JzOffice *office,
              JzConnection *reader,
              gpointer data,
              GCancellable *cancellable,
              GError **error)
{
  return jz_record_list_persons (reader, error);
}

static void
on_persons_read (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (JzRecordSection) self = data;
  g_autoptr (GError) error = NULL;
  JzJson *persons = jz_office_client_read_finish (JZ_OFFICE_CLIENT (object), result, &error);

  if (persons == NULL) {
    jz_show_error (GTK_WIDGET (self), error);
    return;
  }
  g_clear_pointer (&self->persons, jz_json_unref);
  self->persons = persons;
  fill_persons (self);
}

static void
start (JzRecordSection *self, JzOfficeClient *client)
{
  self->model = jz_row_model_new (client, &source, NULL, NULL);
  jz_row_view_set_model (self->view, self->model);
  g_signal_connect_object (self->model, "selection-changed", G_CALLBACK (show_details), self,
                           G_CONNECT_SWAPPED);
  jz_office_client_read_async (client, read_persons, NULL, NULL, (GDestroyNotify)jz_json_unref,
                               NULL, on_persons_read, g_object_ref (self));
  gtk_widget_set_visible (self->refused,
                          jz_office_client_has_role (client, "inspector|administrator|head"));
  show_details (self);
}

static void
jz_record_section_refresh (JzSection *section)
{
  JzRecordSection *self = JZ_RECORD_SECTION (section);
  JzOfficeClient *client = jz_section_get_client (section);

  if (client == NULL || !jz_office_client_is_signed_in (client))
    return;
  if (self->model == NULL)
    start (self, client);
  else
    jz_row_model_reload (self->model);
}

static void
jz_record_section_go (JzSection *section, const char *const *path)
{
  JzRecordSection *self = JZ_RECORD_SECTION (section);

  if (path[0] != NULL && strcmp (path[0], "check") == 0)
    gtk_widget_activate_action (GTK_WIDGET (self), "record.check", NULL);
}

static void
check (GtkWidget *widget, const char *action, GVariant *parameter)
{
  jz_record_check (widget, jz_section_get_client (JZ_SECTION (widget)), NULL);
}

typedef void (*TakeFile) (JzRecordSection *self, const char *path);

static void
on_file_chosen (GtkNativeDialog *dialog, int response, JzRecordSection *self)
{
  g_autoptr (GtkFileChooserNative) chooser = g_steal_pointer (&self->chooser);
  g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));
  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;
  TakeFile take = (TakeFile)(gpointer)g_object_get_data (G_OBJECT (chooser), "take");

  if (response == GTK_RESPONSE_ACCEPT && path != NULL)
    take (self, path);
}

static void
choose_file (JzRecordSection *self,
             const char *title,
             GtkFileChooserAction action,
             const char *name,
             TakeFile take)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (self->chooser != NULL)
    return;
  self->chooser = gtk_file_chooser_native_new (title, GTK_WINDOW (root), action, NULL, NULL);
  if (name != NULL)
    gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (self->chooser), name);
  g_object_set_data (G_OBJECT (self->chooser), "take", (gpointer)take);
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (on_file_chosen), self, 0);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static char *
dup_dated_name (JzRecordSection *self, const char *name, const char *ending)
{
  char text[JZ_DATE_SIZE];

  jz_date_format (jz_office_client_today (jz_section_get_client (JZ_SECTION (self))), text);
  return g_strdup_printf ("%s %s%s", name, text, ending);
}

static void
take_export (JzRecordSection *self, const char *path)
{
  jz_record_export (GTK_WIDGET (self), jz_section_get_client (JZ_SECTION (self)), self->filter,
                    path);
}

static void export(GtkWidget *widget, const char *action, GVariant *parameter)
{
  JzRecordSection *self = JZ_RECORD_SECTION (widget);
  g_autofree char *name = dup_dated_name (self, _ ("Record"), ".xlsx");

  choose_file (self, _ ("Export the Record"), GTK_FILE_CHOOSER_ACTION_SAVE, name, take_export);
}

static void
take_checkpoint (JzRecordSection *self, const char *path)
{
  jz_record_save_checkpoint (GTK_WIDGET (self), jz_section_get_client (JZ_SECTION (self)), path);
}

static void
save_checkpoint (GtkWidget *widget, const char *action, GVariant *parameter)
{
  JzRecordSection *self = JZ_RECORD_SECTION (widget);
  g_autofree char *name = dup_dated_name (self, _ ("Checkpoint"), ".txt");

  choose_file (self, _ ("Save the Checkpoint"), GTK_FILE_CHOOSER_ACTION_SAVE, name,
               take_checkpoint);
}

static void
take_against (JzRecordSection *self, const char *path)
{
  jz_record_check (GTK_WIDGET (self), jz_section_get_client (JZ_SECTION (self)), path);
}

static void
check_against (GtkWidget *widget, const char *action, GVariant *parameter)
{
  choose_file (JZ_RECORD_SECTION (widget), _ ("Choose a Checkpoint That Was Kept Elsewhere"),
               GTK_FILE_CHOOSER_ACTION_OPEN, NULL, take_against);
}

static void
show_refused (GtkWidget *widget, const char *action, GVariant *parameter)
{
  jz_refused_list_present (widget, jz_section_get_client (JZ_SECTION (widget)));
}

static void
jz_record_section_dispose (GObject *object)
{
  JzRecordSection *self = JZ_RECORD_SECTION (object);

  g_clear_object (&self->chooser);
  g_clear_object (&self->model);
  /* Disposing of the template frees the child that AdwBin would take off again. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), JZ_TYPE_RECORD_SECTION);
  G_OBJECT_CLASS (jz_record_section_parent_class)->dispose (object);
}

static void
jz_record_section_finalize (GObject *object)
{
  JzRecordSection *self = JZ_RECORD_SECTION (object);

  g_clear_pointer (&self->persons, jz_json_unref);
  g_clear_pointer (&self->filter, jz_json_unref);
  G_OBJECT_CLASS (jz_record_section_parent_class)->finalize (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, JzRecordSection, person);
  gtk_widget_class_bind_template_child (widget_class, JzRecordSection, kind);
  gtk_widget_class_bind_template_child (widget_class, JzRecordSection, case_number);
  gtk_widget_class_bind_template_child (widget_class, JzRecordSection, from);
  gtk_widget_class_bind_template_child (widget_class, JzRecordSection, to);
  gtk_widget_class_bind_template_child (widget_class, JzRecordSection, refused);
  gtk_widget_class_bind_template_child (widget_class, JzRecordSection, technical);
  gtk_widget_class_bind_template_child (widget_class, JzRecordSection, view);
  gtk_widget_class_bind_template_child (widget_class, JzRecordSection, details);
  gtk_widget_class_bind_template_callback (widget_class, on_filter_changed);
}

static void
jz_record_section_class_init (JzRecordSectionClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = jz_record_section_dispose;
  G_OBJECT_CLASS (klass)->finalize = jz_record_section_finalize;
  JZ_SECTION_CLASS (klass)->go = jz_record_section_go;
  JZ_SECTION_CLASS (klass)->refresh = jz_record_section_refresh;
  g_type_ensure (JZ_TYPE_ROW_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/juanzong/app/record_section.ui");
  bind_children (widget_class);
  gtk_widget_class_install_action (widget_class, "record.filter", NULL, filter);
  gtk_widget_class_install_action (widget_class, "record.clear", NULL, clear_filter);
  gtk_widget_class_install_action (widget_class, "record.check", NULL, check);
  gtk_widget_class_install_action (widget_class, "record.export", NULL, export);
  gtk_widget_class_install_action (widget_class, "record.save-checkpoint", NULL, save_checkpoint);
  gtk_widget_class_install_action (widget_class, "record.check-against", NULL, check_against);
  gtk_widget_class_install_action (widget_class, "record.refused", NULL, show_refused);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_e, GDK_CONTROL_MASK, "record.export",
                                       NULL);
}

static void
jz_record_section_init (JzRecordSection *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  jz_row_view_set_columns (self->view, _ ("Record"), columns, G_N_ELEMENTS (columns));
  jz_row_view_set_empty (self->view, "edit-find-symbolic", _ ("No Entries"),
                         _ ("Nothing was recorded that fits the filter."), NULL);
  g_signal_connect_object (self->view, "activate-row", G_CALLBACK (on_row_activated), self,
                           G_CONNECT_SWAPPED);
  fill_kinds (self);
  fill_persons (self);
  g_signal_connect_object (self->person, "notify::selected", G_CALLBACK (on_filter_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->kind, "notify::selected", G_CALLBACK (on_filter_changed), self,
                           G_CONNECT_SWAPPED);
}
