/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/recordings/case_chooser.h"

#include <glib/gi18n-lib.h>

#include "app/client_rows.h"
#include "app/list_keys.h"
#include "app/messages.h"
#include "app/text_label.h"

/* The cases of whoever is signed in come first, the newest before the others; a few characters of a
 * number, a party or a cause find any other that is not archived. Enter takes the marked one. */

#define MAX_CASES 50
/* A case that was opened just now is to be found; what takes longer waits. */
#define REFRESH_MS 50

struct _JzCaseChooser {
  AdwWindow parent_instance;

  JzOfficeClient *client;
  GCancellable *cancellable;
  GtkWidget *entry;
  GtkListBox *list;
  GtkWidget *nothing;
  gboolean is_asking;   /* what is listed is not of what was typed last */
  gboolean must_choose; /* Enter was pressed before the answer came */
};

enum {
  CHOSEN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (JzCaseChooser, jz_case_chooser, ADW_TYPE_WINDOW)

typedef struct {
  JzCaseRows *rows;
  char *person;
  char *typed;
} Question;

static void
question_free (gpointer data)
{
  Question *self = data;

  jz_case_rows_unref (self->rows);
  g_free (self->person);
  g_free (self->typed);
  g_free (self);
}

static GArray *
query (const Question *self, const char *person, GCancellable *cancellable, GError **error)
{
  const JzCaseFilter filter = { .groups = (1u << JZ_CASE_GROUP_ARCHIVED) - 1,
                                .person = person,
                                .text = self->typed[0] != '\0' ? self->typed : NULL };

  return jz_case_rows_query (self->rows, &filter, &(JzCaseOrder){ -1, FALSE, MAX_CASES },
                             cancellable, error);
}

static gboolean
has_key (const GArray *keys, gint64 key)
{
  for (guint i = 0; i < keys->len; i++)
    if (g_array_index (keys, gint64, i) == key)
      return TRUE;
  return FALSE;
}

static GArray *
find_keys (const Question *self, GCancellable *cancellable, GError **error)
{
  g_autoptr (GArray) keys = query (self, self->person, cancellable, error);
  g_autoptr (GArray) all = keys != NULL ? query (self, NULL, cancellable, error) : NULL;

  for (guint i = 0; all != NULL && i < all->len && keys->len < MAX_CASES; i++) {
    gint64 key = g_array_index (all, gint64, i);
    if (!has_key (keys, key))
      g_array_append_val (keys, key);
  }
  return all != NULL ? g_steal_pointer (&keys) : NULL;
}

static void
add_case (JzJson *list, const char *id, char **cells)
{
  JzJson *found = jz_json_new_object ();

  jz_json_set_text (found, "id", id);
  jz_json_set_text (found, "number", cells[JZ_CASE_COLUMN_NUMBER]);
  jz_json_set_text (found, "party", cells[JZ_CASE_COLUMN_PARTY]);
  jz_json_set_text (found, "cause", cells[JZ_CASE_COLUMN_CAUSE]);
  jz_json_set_text (found, "stage", cells[JZ_CASE_COLUMN_STAGE]);
  jz_json_append (list, found);
}

/* A case that went meanwhile is left out. */
static JzJson *
describe (const Question *self, JzConnection *reader, JzDate today, GArray *keys, GError **error)
{
  g_autoptr (JzJson) list = jz_json_new_array ();
  g_autoptr (GPtrArray) rows =
    jz_case_rows_load (self->rows, (const gint64 *)(gpointer)keys->data, keys->len, today, error);

  if (rows == NULL)
    return NULL;
  g_ptr_array_set_free_func (rows, (GDestroyNotify)g_strfreev);
  for (guint i = 0; i < rows->len; i++) {
    g_autofree char *id = jz_case_rows_find_id (reader, g_array_index (keys, gint64, i), NULL);
    if (id != NULL && g_ptr_array_index (rows, i) != NULL)
      add_case (list, id, g_ptr_array_index (rows, i));
  }
  return g_steal_pointer (&list);
}

static gpointer
find_in_thread (JzOffice *office,
                JzConnection *reader,
                gpointer data,
                GCancellable *cancellable,
                GError **error)
{
  const Question *self = data;
  gboolean is_complete = FALSE, has_changed = FALSE;
  g_autoptr (GArray) keys = NULL;

  if (!jz_case_rows_refresh (self->rows, reader, REFRESH_MS, &is_complete, &has_changed,
                             cancellable, error))
    return NULL;
  keys = find_keys (self, cancellable, error);
  return keys != NULL ? describe (self, reader,
                                  jz_instant_get_date (jz_clock_now (jz_office_get_clock (office))),
                                  keys, error)
                      : NULL;
}

static void
add_row (JzCaseChooser *self, const JzJson *found)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *row = gtk_list_box_row_new ();
  g_autofree char *title = g_strdup_printf ("%s  %s", jz_json_get_member_text (found, "party"),
                                            jz_json_get_member_text (found, "cause"));
  g_autofree char *detail = g_strdup_printf ("%s  %s", jz_json_get_member_text (found, "number"),
                                             jz_json_get_member_text (found, "stage"));
  g_autofree char *name = g_strdup_printf ("%s, %s", title, detail);

  gtk_box_append (GTK_BOX (box), jz_lines_label_new (title, NULL));
  gtk_box_append (GTK_BOX (box), jz_lines_label_new (detail, "dim-label"));
  gtk_widget_add_css_class (box, "palette-row");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_object_set_data_full (G_OBJECT (row), "case", g_strdup (jz_json_get_member_text (found, "id")),
                          g_free);
  gtk_list_box_append (self->list, row);
}

static void
show_found (JzCaseChooser *self, const JzJson *found)
{
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (self->list, 0)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
  for (guint i = 0; i < jz_json_get_n_items (found); i++)
    add_row (self, jz_json_get_item (found, i));
  row = gtk_list_box_get_row_at_index (self->list, 0);
  gtk_list_box_select_row (self->list, row);
  gtk_widget_set_visible (self->nothing, row == NULL);
}

static void
choose (JzCaseChooser *self, GtkListBoxRow *row)
{
  g_autofree char *id = g_strdup (g_object_get_data (G_OBJECT (row), "case"));
  g_autoptr (JzCaseChooser) held = g_object_ref (self);

  gtk_window_close (GTK_WINDOW (self));
  g_signal_emit (self, signals[CHOSEN], 0, id);
}

static void
on_found (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (JzCaseChooser) self = data;
  g_autoptr (GError) error = NULL;
  GtkListBoxRow *row;
  g_autoptr (JzJson) found =
    jz_office_client_read_finish (JZ_OFFICE_CLIENT (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return; /* something else was typed, or it was closed */
  if (found == NULL)
    jz_show_error (GTK_WIDGET (self), error);
  else
    show_found (self, found);
  self->is_asking = FALSE;
  row = gtk_list_box_get_selected_row (self->list);
  if (self->must_choose && row != NULL)
    choose (self, row);
  self->must_choose = FALSE;
}

/* What an input method is composing is not in the text yet. */
static void
ask (JzCaseChooser *self)
{
  Question *question = g_new0 (Question, 1);

  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  self->cancellable = g_cancellable_new ();
  question->rows = jz_case_rows_ref (jz_client_get_case_rows (self->client));
  question->person = g_strdup (jz_office_client_get_person (self->client));
  question->typed = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->entry))));
  jz_office_client_read_async (self->client, find_in_thread, question, question_free,
                               (GDestroyNotify)jz_json_unref, self->cancellable, on_found,
                               g_object_ref (self));
}

static void
choose_selected (JzCaseChooser *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);

  if (self->is_asking)
    self->must_choose = TRUE;
  else if (row != NULL)
    choose (self, row);
}

static void
on_typed (JzCaseChooser *self)
{
  self->is_asking = TRUE;
  self->must_choose = FALSE;
}

static void
take (GtkWidget *widget, const char *action, GVariant *parameter)
{
  choose_selected (JZ_CASE_CHOOSER (widget));
}

static void
on_row_activated (JzCaseChooser *self, GtkListBoxRow *row)
{
  choose (self, row);
}

static void
jz_case_chooser_dispose (GObject *object)
{
  JzCaseChooser *self = JZ_CASE_CHOOSER (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->client);
  G_OBJECT_CLASS (jz_case_chooser_parent_class)->dispose (object);
}

static void
jz_case_chooser_finalize (GObject *object)
{
  g_object_unref (JZ_CASE_CHOOSER (object)->cancellable);
  G_OBJECT_CLASS (jz_case_chooser_parent_class)->finalize (object);
}

static void
jz_case_chooser_class_init (JzCaseChooserClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = jz_case_chooser_dispose;
  G_OBJECT_CLASS (klass)->finalize = jz_case_chooser_finalize;
  signals[CHOSEN] = g_signal_new ("chosen", JZ_TYPE_CASE_CHOOSER, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_install_action (widget_class, "case-chooser.take", NULL, take);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static GtkWidget *
new_list (JzCaseChooser *self)
{
  GtkWidget *window = gtk_scrolled_window_new ();
  GtkWidget *list = gtk_list_box_new ();

  self->list = GTK_LIST_BOX (list);
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Cases"),
                                  -1);
  g_signal_connect_object (list, "row-activated", G_CALLBACK (on_row_activated), self,
                           G_CONNECT_SWAPPED);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (window), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (window), list);
  gtk_widget_set_vexpand (window, TRUE);
  return window;
}

static GtkWidget *
new_bar (void)
{
  GtkWidget *bar = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *cancel = gtk_button_new_with_mnemonic (_ ("_Cancel"));
  GtkWidget *take = gtk_button_new_with_mnemonic (_ ("C_hoose This Case"));

  gtk_actionable_set_action_name (GTK_ACTIONABLE (cancel), "window.close");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (take), "case-chooser.take");
  gtk_widget_add_css_class (take, "suggested-action");
  gtk_widget_add_css_class (bar, "setup-bar");
  gtk_widget_set_hexpand (cancel, TRUE);
  gtk_widget_set_halign (cancel, GTK_ALIGN_END);
  gtk_box_append (GTK_BOX (bar), cancel);
  gtk_box_append (GTK_BOX (bar), take);
  return bar;
}

static void
jz_case_chooser_init (JzCaseChooser *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->cancellable = g_cancellable_new ();
  self->entry = gtk_search_entry_new ();
  gtk_widget_add_css_class (self->entry, "palette-entry");
  g_object_set (self->entry, "placeholder-text", _ ("Number, party or cause"), NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Search the cases"), -1);
  self->nothing =
    jz_lines_label_new (_ ("No case that is not archived has these words."), "dim-label");
  gtk_widget_set_margin_start (self->nothing, 18);
  gtk_widget_set_visible (self->nothing, FALSE);
  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (box), self->entry);
  gtk_box_append (GTK_BOX (box), self->nothing);
  gtk_box_append (GTK_BOX (box), new_list (self));
  gtk_box_append (GTK_BOX (box), new_bar ());
  adw_window_set_content (ADW_WINDOW (self), box);
  jz_list_follow_keys (self->list, self->entry);
  g_signal_connect_object (self->entry, "changed", G_CALLBACK (on_typed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->entry, "search-changed", G_CALLBACK (ask), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->entry, "activate", G_CALLBACK (choose_selected), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->entry, "stop-search", G_CALLBACK (gtk_window_close), self,
                           G_CONNECT_SWAPPED);
}

/**
 * jz_case_chooser_present:
 * @inside: a widget of a window
 * @client: the office, with somebody signed in
 * @title: what the case is asked for
 *
 * Returns: (transfer none): the chooser, which is on the screen; connect to its "chosen"
 */
JzCaseChooser *
jz_case_chooser_present (GtkWidget *inside, JzOfficeClient *client, const char *title)
{
  GtkRoot *root = gtk_widget_get_root (inside);
  JzCaseChooser *self = g_object_new (JZ_TYPE_CASE_CHOOSER, "modal", TRUE, "transient-for",
                                      GTK_IS_WINDOW (root) ? root : NULL, "title", title,
                                      "default-width", 620, "default-height", 560, NULL);

  self->client = g_object_ref (client);
  gtk_window_present (GTK_WINDOW (self));
  gtk_widget_grab_focus (self->entry);
  on_typed (self);
  ask (self);
  return self;
}
