/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include <glib/gi18n-lib.h>

#include "app/case/case_print.h"
#include "app/case/case_printer.h"
#include "app/case/case_tabs.h"
#include "app/words.h"
#include "office/act_words.h"
#include "office/role.h"

/* The documents of a case by the stages that ask for them: those that are there, and ghost rows of
 * those that a stage needs, which are begun with one press (ux.md §4, 文书). */

#define N_COLUMNS 6

struct _JzCasePapers {
  JzCaseTab parent_instance;

  GtkSizeGroup *ends[2]; /* what stands before and behind the columns */
  GHashTable *checked;   /* ids of documents */
};

G_DEFINE_FINAL_TYPE (JzCasePapers, jz_case_papers, JZ_TYPE_CASE_TAB)

static GtkWidget *
new_cell (guint column, const char *text, const char *style)
{
  /* The name has what is left. */
  static const int widths[N_COLUMNS] = { 0, 170, 160, 70, 60, 35 };
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_lines (GTK_LABEL (label), 2);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_tooltip_text (label, text);
  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  return widths[column] > 0 ? jz_case_fix_width (label, widths[column], TRUE) : label;
}

static void
show_number_checked (JzCasePapers *self)
{
  guint n = g_hash_table_size (self->checked);

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "papers.print", n > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "papers.save", n > 0);
}

static void
on_checked (GtkCheckButton *button, JzCasePapers *self)
{
  const char *id = g_object_get_data (G_OBJECT (button), "id");

  if (gtk_check_button_get_active (button))
    g_hash_table_add (self->checked, g_strdup (id));
  else
    g_hash_table_remove (self->checked, id);
  show_number_checked (self);
}

static GtkWidget *
new_check (JzCasePapers *self, const JzJson *row)
{
  GtkWidget *check = gtk_check_button_new ();
  const char *id = jz_json_read_text (row, "id");
  g_autofree char *label = g_strdup_printf (_ ("Choose %s"), jz_json_read_text (row, "title"));

  g_object_set_data_full (G_OBJECT (check), "id", g_strdup (id), g_free);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), g_hash_table_contains (self->checked, id));
  gtk_widget_set_sensitive (check, id[0] != '\0');
  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_signal_connect (check, "toggled", G_CALLBACK (on_checked), self);
  return check;
}

static void
append_act (GMenu *menu, const char *act, const char *document)
{
  g_autoptr (JzJson) preset = jz_json_new_object ();
  g_autofree char *text = NULL;
  g_autoptr (GMenuItem) item = g_menu_item_new (jz_act_get_label (act), NULL);

  jz_json_set_text (preset, strcmp (act, "document.correct") == 0 ? "corrects" : "document",
                    document);
  text = jz_json_to_canonical (preset, NULL);
  g_menu_item_set_action_and_target (item, "case.do", "(ss)", act, text);
  g_menu_append_item (menu, item);
}

/* What may be done with a document beside its next step. */
static GtkWidget *
new_menu_button (const JzJson *row)
{
  const char *id = jz_json_read_text (row, "id");
  const char *state = jz_json_read_text (row, "state");
  const char *next = jz_json_read_text (row, "next");
  gboolean is_final = jz_word_is_in (state, "final|signed|served");
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autofree char *label = g_strdup_printf (_ ("More for %s"), jz_json_read_text (row, "title"));
  GtkWidget *button = gtk_menu_button_new ();

  if (jz_word_is_in (state, "submitted|examined|approved"))
    append_act (menu, "document.return", id);
  if (is_final && strcmp (next, "document.sign") != 0)
    append_act (menu, "document.sign", id);
  if (is_final && jz_json_get_member_boolean (row, "is_served", FALSE) &&
      strcmp (next, "document.serve") != 0)
    append_act (menu, "document.serve", id);
  if (is_final)
    append_act (menu, "document.correct", id);
  if (!jz_word_is_in (state, "served|void|corrected"))
    append_act (menu, "document.void", id);
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (button), G_MENU_MODEL (menu));
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "view-more-symbolic");
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
  gtk_widget_set_sensitive (button, g_menu_model_get_n_items (G_MENU_MODEL (menu)) > 0);
  return button;
}

static GtkWidget *
new_next_button (JzCasePapers *self, const JzJson *row)
{
  JzOfficeClient *client = jz_case_tab_get_client (JZ_CASE_TAB (self));
  const JzJson *whole = jz_json_get_member (jz_case_tab_get_sheet (JZ_CASE_TAB (self)), "case");
  const char *roles = jz_json_read_text (row, "next_roles");
  JzJson *preset;
  GtkWidget *button;

  if (roles[0] == '\0' || !jz_office_client_has_role (client, roles) ||
      strcmp (jz_json_read_text (whole, "stage"), "open") != 0)
    return gtk_label_new ("");
  preset = jz_json_new_object ();
  jz_json_set_text (preset, "document", jz_json_read_text (row, "id"));
  button = jz_case_new_act_button (jz_json_read_text (row, "next_label"),
                                   jz_json_read_text (row, "next"), preset);
  return button;
}

static char *
dup_state (const JzJson *row)
{
  g_autofree char *day = jz_words_dup_day (jz_json_read_text (row, "date"));

  return day[0] != '\0' ? g_strdup_printf ("%s %s", jz_json_read_text (row, "word"), day)
                        : g_strdup (jz_json_read_text (row, "word"));
}

static char *
dup_signed (const JzJson *row)
{
  const char *how = jz_json_read_text (row, "signed");

  if (how[0] == '\0')
    return g_strdup ("—");
  return jz_json_get_member_boolean (row, "scanned", FALSE)
           ? g_strdup_printf (_ ("%s, scanned"), how)
           : g_strdup (how);
}

static void
add_document (JzCasePapers *self, GtkWidget *group, const JzJson *row)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *last = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  gint64 n_pages = jz_json_get_member_integer (row, "pages", 0);
  g_autofree char *state = dup_state (row);
  g_autofree char *signatures = dup_signed (row);
  g_autofree char *pages =
    n_pages > 0 ? g_strdup_printf ("%lld", (long long)n_pages) : g_strdup ("—");
  const char *served = jz_json_read_text (row, "served");
  GtkWidget *check = new_check (self, row);
  GtkWidget *title = new_cell (0, jz_json_read_text (row, "title"), NULL);
  GtkWidget *list_row;

  gtk_box_append (GTK_BOX (line), check);
  gtk_size_group_add_widget (self->ends[0], check);
  gtk_widget_set_hexpand (title, TRUE);
  gtk_box_append (GTK_BOX (line), title);
  gtk_box_append (GTK_BOX (line), new_cell (1, jz_json_read_text (row, "number"), NULL));
  gtk_box_append (GTK_BOX (line), new_cell (2, state, "dim-label"));
  gtk_box_append (GTK_BOX (line), new_cell (3, signatures, "dim-label"));
  gtk_box_append (GTK_BOX (line), new_cell (4, served[0] != '\0' ? served : "—", "dim-label"));
  gtk_box_append (GTK_BOX (line), new_cell (5, pages, "numeric"));
  gtk_box_append (GTK_BOX (last), new_next_button (self, row));
  gtk_widget_set_halign (gtk_widget_get_first_child (last), GTK_ALIGN_END);
  gtk_widget_set_hexpand (gtk_widget_get_first_child (last), TRUE);
  gtk_box_append (GTK_BOX (last), new_menu_button (row));
  gtk_widget_set_hexpand (last, FALSE);
  gtk_size_group_add_widget (self->ends[1], last);
  gtk_box_append (GTK_BOX (line), last);
  list_row = jz_case_new_row (group, line);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (list_row), TRUE);
  g_object_set_data_full (G_OBJECT (list_row), "document", g_strdup (jz_json_read_text (row, "id")),
                          g_free);
  gtk_accessible_update_property (GTK_ACCESSIBLE (list_row), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  jz_json_read_text (row, "title"), -1);
  if (jz_word_is_in (jz_json_read_text (row, "state"), "void|corrected"))
    gtk_widget_add_css_class (title, "dim-label");
}

/* A ghost: needed and not begun. */
static void
add_missing (JzCasePapers *self, GtkWidget *group, const JzJson *row)
{
  gboolean is_later = strcmp (jz_json_read_text (row, "kind"), "later") == 0;
  g_autofree char *text = g_strdup_printf (is_later ? _ ("%s (later)") : _ ("%s (needed)"),
                                           jz_json_read_text (row, "title"));
  g_autofree char *label = g_strdup_printf (_ ("Begin %s"), jz_json_read_text (row, "title"));
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *title = jz_case_new_label (text, "dim-label");
  GtkWidget *button = gtk_button_new_with_label (C_ ("document", "New"));

  gtk_widget_set_hexpand (title, TRUE);
  gtk_widget_set_margin_start (title, 34);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", jz_json_read_text (row, "form"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "case.begin");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
  if (!is_later)
    gtk_widget_add_css_class (button, "suggested-action");
  gtk_box_append (GTK_BOX (line), title);
  gtk_box_append (GTK_BOX (line), button);
  jz_case_new_row (group, line);
}

static void
on_row_activated (GtkListBox *list, GtkListBoxRow *row, JzCasePapers *self)
{
  const char *document = g_object_get_data (G_OBJECT (row), "document");
  g_autofree char *place = NULL;

  if (document == NULL)
    return;
  place =
    g_strdup_printf ("cases/%s/document/%s", jz_case_tab_get_case (JZ_CASE_TAB (self)), document);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.go", "s", place);
}

static GtkWidget *
new_end (JzCasePapers *self, guint end)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  gtk_size_group_add_widget (self->ends[end], box);
  return box;
}

static void
add_header (JzCasePapers *self, GtkBox *box)
{
  static const char *const titles[N_COLUMNS] = {
    NC_ ("document", "Name"),   NC_ ("document", "Number"), NC_ ("document", "State"),
    NC_ ("document", "Signed"), NC_ ("document", "Served"), NC_ ("document", "Pages"),
  };
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  gtk_widget_set_margin_start (line, 13);
  gtk_widget_set_margin_end (line, 13);
  gtk_box_append (GTK_BOX (line), new_end (self, 0));
  for (guint i = 0; i < N_COLUMNS; i++) {
    GtkWidget *label =
      new_cell (i, g_dpgettext2 (GETTEXT_PACKAGE, "document", titles[i]), "caption-heading");
    gtk_widget_set_hexpand (label, i == 0);
    gtk_box_append (GTK_BOX (line), label);
  }
  gtk_box_append (GTK_BOX (line), new_end (self, 1));
  gtk_box_append (box, line);
}

static void
add_tools (JzCasePapers *self, GtkBox *box)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *all = gtk_button_new_with_mnemonic (_ ("New _Document…"));
  GtkWidget *print = gtk_button_new_with_mnemonic (_ ("P_rint Chosen…"));
  GtkWidget *save = gtk_button_new_with_mnemonic (_ ("Save Chosen as _PDF…"));

  gtk_actionable_set_action_name (GTK_ACTIONABLE (all), "case.new-document");
  gtk_widget_set_tooltip_text (all, _ ("Begin any document (Ctrl+D)"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (print), "papers.print");
  gtk_widget_set_tooltip_text (print, _ ("Print the chosen documents as one job (Ctrl+P)"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (save), "papers.save");
  gtk_box_append (GTK_BOX (line), all);
  gtk_box_append (GTK_BOX (line), print);
  gtk_box_append (GTK_BOX (line), save);
  gtk_box_append (box, line);
}

static void
jz_case_papers_show (JzCaseTab *tab, const JzJson *sheet)
{
  JzCasePapers *self = JZ_CASE_PAPERS (tab);
  GtkBox *box = jz_case_tab_clear (tab);
  const JzJson *groups = jz_json_get_member (sheet, "documents");

  for (gsize i = 0; i < G_N_ELEMENTS (self->ends); i++) {
    g_clear_object (&self->ends[i]);
    self->ends[i] = gtk_size_group_new (GTK_SIZE_GROUP_HORIZONTAL);
  }
  add_tools (self, box);
  add_header (self, box);
  for (guint i = 0; i < jz_json_get_n_items (groups); i++) {
    const JzJson *group = jz_json_get_item (groups, i);
    const JzJson *rows = jz_json_get_member (group, "rows");
    GtkWidget *list = jz_case_new_group (box, jz_json_read_text (group, "name"));
    gtk_list_box_set_activate_on_single_click (GTK_LIST_BOX (list), FALSE);
    g_signal_connect (list, "row-activated", G_CALLBACK (on_row_activated), self);
    for (guint j = 0; j < jz_json_get_n_items (rows); j++) {
      const JzJson *row = jz_json_get_item (rows, j);
      if (strcmp (jz_json_read_text (row, "kind"), "have") == 0)
        add_document (self, list, row);
      else
        add_missing (self, list, row);
    }
  }
  show_number_checked (self);
}

/* In the order in which they stand on the page. */
static GStrv
list_checked (JzCasePapers *self)
{
  const JzJson *groups =
    jz_json_get_member (jz_case_tab_get_sheet (JZ_CASE_TAB (self)), "documents");
  g_autoptr (GStrvBuilder) documents = g_strv_builder_new ();

  for (guint i = 0; i < jz_json_get_n_items (groups); i++) {
    const JzJson *rows = jz_json_get_member (jz_json_get_item (groups, i), "rows");
    for (guint j = 0; j < jz_json_get_n_items (rows); j++) {
      const char *id = jz_json_read_text (jz_json_get_item (rows, j), "id");
      if (id[0] != '\0' && g_hash_table_contains (self->checked, id))
        g_strv_builder_add (documents, id);
    }
  }
  return g_strv_builder_end (documents);
}

static void
save_checked (GtkWidget *widget, const char *action, GVariant *parameter)
{
  JzCasePapers *self = JZ_CASE_PAPERS (widget);
  g_auto (GStrv) documents = list_checked (self);

  jz_case_save_documents (widget, jz_case_tab_get_client (JZ_CASE_TAB (self)),
                          (const char *const *)documents);
}

static void
print_checked (GtkWidget *widget, const char *action, GVariant *parameter)
{
  JzCasePapers *self = JZ_CASE_PAPERS (widget);
  const JzJson *whole = jz_json_get_member (jz_case_tab_get_sheet (JZ_CASE_TAB (self)), "case");
  g_auto (GStrv) documents = list_checked (self);

  jz_case_print_documents (widget, jz_case_tab_get_client (JZ_CASE_TAB (self)),
                           jz_json_read_text (whole, "title"), (const char *const *)documents);
}

static void
jz_case_papers_finalize (GObject *object)
{
  JzCasePapers *self = JZ_CASE_PAPERS (object);

  for (gsize i = 0; i < G_N_ELEMENTS (self->ends); i++)
    g_clear_object (&self->ends[i]);
  g_hash_table_unref (self->checked);
  G_OBJECT_CLASS (jz_case_papers_parent_class)->finalize (object);
}

static void
jz_case_papers_class_init (JzCasePapersClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = jz_case_papers_finalize;
  JZ_CASE_TAB_CLASS (klass)->show = jz_case_papers_show;
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "papers.print", NULL, print_checked);
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "papers.save", NULL, save_checked);
  gtk_widget_class_add_binding_action (GTK_WIDGET_CLASS (klass), GDK_KEY_p, GDK_CONTROL_MASK,
                                       "papers.print", NULL);
}

static void
jz_case_papers_init (JzCasePapers *self)
{
  self->checked = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}
