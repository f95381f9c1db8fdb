/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/lists/import_page.h"

#include <glib/gi18n-lib.h>

#include "app/lists/export.h"
#include "app/lists/people_importer.h"
#include "app/lists/short_table.h"
#include "app/messages.h"
#include "app/refusal_dialog.h"
#include "app/window.h"
#include "media/table_file.h"
#include "office/role.h"

/* Choosing a file, seeing what becomes of each row, taking it in. The table is kept in memory and
 * may be seen through again after something was written; the file is read once. */

struct _JzImportPage {
  JzSection parent_instance;

  GtkLabel *summary;
  GtkLabel *unknown;
  AdwBin *holder;
  JzShortTable *rows;

  GCancellable *cancellable;
  JzTable *table;
  JzPeopleImport *plan;
  gboolean is_running;
};

G_DEFINE_FINAL_TYPE (JzImportPage, jz_import_page, JZ_TYPE_SECTION)

static const JzShortColumn columns[] = {
  { N_ ("Row"), 8, FALSE },
  { N_ ("Name"), 12, FALSE },
  { N_ ("User name"), 14, FALSE },
  { N_ ("Section"), 14, FALSE },
  { N_ ("Credential number"), 18, FALSE },
  { N_ ("What becomes of it"), 30, TRUE },
};

static char *
dup_ready_words (const JzImportRow *row)
{
  g_autofree char *names = g_strjoinv ("|", row->roles);
  g_autofree char *roles = names[0] != '\0' ? jz_role_list_words (names) : NULL;
  g_autoptr (GString) text = g_string_new (row->person == NULL ? _ ("New person") : NULL);

  if (roles != NULL) {
    g_autofree char *part = g_strdup_printf (_ ("Roles: %s"), roles);
    g_string_append_printf (text, "%s%s", text->len > 0 ? "; " : "", part);
  }
  if (row->adds_credential)
    g_string_append_printf (text, "%s%s", text->len > 0 ? "; " : "", _ ("New credential"));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static JzShortRow *
make_row (const JzImportRow *row)
{
  g_autofree char *line = g_strdup_printf ("%u", row->line);
  g_autofree char *outcome = NULL;
  const char *style = NULL;

  switch (row->state) {
  case JZ_IMPORT_REFUSED:
    outcome = g_strdup_printf (_ ("Refused: %s"), row->reason);
    style = "error";
    break;
  case JZ_IMPORT_PRESENT:
    outcome = g_strdup (row->n_proposed > 0 ? _ ("Waits for the head to confirm the role")
                                            : _ ("There already"));
    style = "dim-label";
    break;
  case JZ_IMPORT_READY:
  default:
    outcome = dup_ready_words (row);
  }
  return jz_short_row_new (line, style, line, row->texts[JZ_IMPORT_NAME],
                           row->texts[JZ_IMPORT_USER], row->texts[JZ_IMPORT_SECTION],
                           row->texts[JZ_IMPORT_NUMBER], outcome, NULL);
}

static guint
count (JzImportPage *self, JzImportState state)
{
  return self->plan != NULL ? jz_people_import_count (self->plan, state) : 0;
}

static void
update_actions (JzImportPage *self)
{
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "import.take-in",
                                 !self->is_running && count (self, JZ_IMPORT_READY) > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "import.export-refused",
                                 count (self, JZ_IMPORT_REFUSED) > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "import.choose", !self->is_running);
}

static void
show_summary (JzImportPage *self)
{
  const char *const *unknown = jz_people_import_get_unknown (self->plan);
  g_autofree char *heads = g_strjoinv (", ", (char **)unknown);
  g_autofree char *passed = g_strdup_printf (_ ("Columns that are not read: %s"), heads);
  g_autofree char *text =
    g_strdup_printf (_ ("%1$s: %2$u rows can come in, %3$u are there already, %4$u are refused."),
                     jz_table_get_name (self->table), count (self, JZ_IMPORT_READY),
                     count (self, JZ_IMPORT_PRESENT), count (self, JZ_IMPORT_REFUSED));

  gtk_label_set_label (self->summary, text);
  gtk_label_set_label (self->unknown, passed);
  gtk_widget_set_visible (GTK_WIDGET (self->unknown), unknown[0] != NULL);
}

static void
show_plan (JzImportPage *self)
{
  const GPtrArray *rows = jz_people_import_get_rows (self->plan);
  g_autoptr (GPtrArray) shown = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < rows->len; i++)
    g_ptr_array_add (shown, make_row (rows->pdata[i]));
  jz_short_table_set_rows (self->rows, shown);
  show_summary (self);
  update_actions (self);
}

typedef struct {
  char *path;     /* (nullable): read it first */
  JzTable *table; /* borrowed where there is no path */
} Wanted;

typedef struct {
  JzTable *table; /* (nullable) */
  JzPeopleImport *plan;
} Seen;

static void
wanted_free (gpointer data)
{
  Wanted *self = data;

  g_free (self->path);
  g_free (self);
}

static void
seen_free (gpointer data)
{
  Seen *self = data;

  g_clear_pointer (&self->table, jz_table_free);
  g_clear_pointer (&self->plan, jz_people_import_free);
  g_free (self);
}

static gpointer
see_through (JzOffice *office,
             JzConnection *reader,
             gpointer data,
             GCancellable *cancellable,
             GError **error)
{
  const Wanted *wanted = data;
  JzDate today = jz_instant_get_date (jz_clock_now (jz_office_get_clock (office)));
  Seen *seen = g_new0 (Seen, 1);

  if (wanted->path != NULL)
    seen->table = jz_table_load (wanted->path, error);
  if (wanted->path == NULL || seen->table != NULL)
    seen->plan = jz_people_import_plan (reader, seen->table != NULL ? seen->table : wanted->table,
                                        today, error);
  if (seen->plan != NULL)
    return seen;
  seen_free (seen);
  return NULL;
}

static void
on_seen (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (JzImportPage) self = data;
  g_autoptr (GError) error = NULL;
  Seen *seen = jz_office_client_read_finish (JZ_OFFICE_CLIENT (source), result, &error);

  if (seen == NULL) {
    jz_show_error (GTK_WIDGET (self), error);
    return;
  }
  g_clear_pointer (&self->plan, jz_people_import_free);
  self->plan = g_steal_pointer (&seen->plan);
  if (seen->table != NULL) {
    g_clear_pointer (&self->table, jz_table_free);
    self->table = g_steal_pointer (&seen->table);
  }
  seen_free (seen);
  show_plan (self);
}

static void
see (JzImportPage *self, const char *path)
{
  Wanted *wanted = g_new0 (Wanted, 1);

  wanted->path = g_strdup (path);
  wanted->table = self->table;
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  jz_office_client_read_async (jz_section_get_client (JZ_SECTION (self)), see_through, wanted,
                               wanted_free, seen_free, self->cancellable, on_seen,
                               g_object_ref (self));
}

/* Written meanwhile: the plan may be another one. */
static void
jz_import_page_refresh (JzSection *section)
{
  JzImportPage *self = JZ_IMPORT_PAGE (section);

  if (self->table != NULL && !self->is_running)
    see (self, NULL);
}

static void
on_chosen (const char *path, gpointer data)
{
  see (JZ_IMPORT_PAGE (data), path);
}

static void
choose (GtkWidget *widget, const char *action, GVariant *parameter)
{
  jz_lists_choose_file (widget, _ ("Choose a List of People"), "*.xlsx|*.csv|*.txt", on_chosen,
                        widget);
}

static void
tell_imported (JzImportPage *self, const JzImported *imported)
{
  g_autofree char *text =
    g_strdup_printf (_ ("%1$u people, %2$u roles and %3$u credentials were taken in."),
                     imported->n_people, imported->n_roles, imported->n_credentials);
  g_autofree char *proposed = g_strdup_printf (
    ngettext ("%u role waits for the head to confirm it.",
              "%u roles wait for the head to confirm them.", imported->n_proposals),
    imported->n_proposals);

  if (imported->refusal != NULL)
    jz_show_refusal (GTK_WIDGET (self), jz_section_get_client (JZ_SECTION (self)),
                     imported->refusal, NULL);
  else if (imported->n_proposals > 0)
    jz_show_message (GTK_WIDGET (self), text, proposed);
  else
    jz_window_toast (GTK_WIDGET (self), text);
}

static void
on_imported (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (JzImportPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JzImported) imported = jz_people_import_finish (result, &error);

  self->is_running = FALSE;
  update_actions (self);
  if (imported != NULL)
    tell_imported (self, imported);
  else
    jz_show_error (GTK_WIDGET (self), error);
  see (self, NULL);
}

static void
take_in (GtkWidget *widget, const char *action, GVariant *parameter)
{
  JzImportPage *self = JZ_IMPORT_PAGE (widget);

  self->is_running = TRUE;
  update_actions (self);
  jz_people_import_async (jz_section_get_client (JZ_SECTION (self)), self->table, NULL, on_imported,
                          g_object_ref (self));
}

/* The rows as they stood in the file, with the reason behind them: corrected, the same file comes
 * in. */
static void
export_refused (GtkWidget *widget, const char *action, GVariant *parameter)
{
  JzImportPage *self = JZ_IMPORT_PAGE (widget);
  const GPtrArray *rows = jz_people_import_get_rows (self->plan);
  guint n_columns = jz_table_get_n_columns (self->table);
  g_autoptr (GPtrArray) titles = g_ptr_array_new ();
  g_autoptr (GPtrArray) refused = g_ptr_array_new_with_free_func ((GDestroyNotify)g_strfreev);

  for (guint i = 0; i < n_columns; i++)
    g_ptr_array_add (
      titles, (char *)jz_table_get_text (self->table, jz_people_import_get_head (self->plan), i));
  g_ptr_array_add (titles, (char *)_ ("Why it was refused"));
  for (guint i = 0; i < rows->len; i++) {
    const JzImportRow *row = rows->pdata[i];
    char **texts;
    if (row->state != JZ_IMPORT_REFUSED)
      continue;
    texts = g_new0 (char *, n_columns + 2);
    for (guint j = 0; j < n_columns; j++)
      texts[j] = g_strdup (jz_table_get_text (self->table, row->row, j));
    texts[n_columns] = g_strdup (row->reason);
    g_ptr_array_add (refused, texts);
  }
  jz_lists_export_texts (widget, jz_section_get_client (JZ_SECTION (self)), _ ("Refused rows"),
                         titles, refused);
}

static void
jz_import_page_dispose (GObject *object)
{
  JzImportPage *self = JZ_IMPORT_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  G_OBJECT_CLASS (jz_import_page_parent_class)->dispose (object);
}

static void
jz_import_page_finalize (GObject *object)
{
  JzImportPage *self = JZ_IMPORT_PAGE (object);

  g_clear_pointer (&self->plan, jz_people_import_free);
  g_clear_pointer (&self->table, jz_table_free);
  G_OBJECT_CLASS (jz_import_page_parent_class)->finalize (object);
}

static void
jz_import_page_class_init (JzImportPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = jz_import_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = jz_import_page_finalize;
  JZ_SECTION_CLASS (klass)->refresh = jz_import_page_refresh;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/juanzong/app/import_page.ui");
  gtk_widget_class_bind_template_child (widget_class, JzImportPage, summary);
  gtk_widget_class_bind_template_child (widget_class, JzImportPage, unknown);
  gtk_widget_class_bind_template_child (widget_class, JzImportPage, holder);
  gtk_widget_class_install_action (widget_class, "import.choose", NULL, choose);
  gtk_widget_class_install_action (widget_class, "import.take-in", NULL, take_in);
  gtk_widget_class_install_action (widget_class, "import.export-refused", NULL, export_refused);
}

static void
jz_import_page_init (JzImportPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->rows =
    JZ_SHORT_TABLE (jz_short_table_new (_ ("Rows of the list"), columns, G_N_ELEMENTS (columns)));
  jz_short_table_set_empty (self->rows, "document-open-symbolic", _ ("No list chosen yet"),
                            _ ("Choose an XLSX or CSV file with a column of names. What becomes of "
                               "each row is shown here before anything is written."));
  adw_bin_set_child (self->holder, GTK_WIDGET (self->rows));
  update_actions (self);
}
