/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/case/case_page.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "app/case/case_forms.h"
#include "app/case/case_parts.h"
#include "app/case/case_printer.h"
#include "app/case/case_read.h"
#include "app/case/case_tabs.h"
#include "app/messages.h"
#include "app/refusal_place.h"
#include "app/stack_state.h"
#include "app/window.h"

/* The page of a case: where it stands, what carries it on, and its tabs. All that it shows is read
 * at once on a worker thread and read again when something was written; what is written is written
 * by the form of an act, which takes the place of the tabs until it is done. */

struct _JzCasePage {
  JzSection parent_instance;

  GtkStack *pages; /* loading, page */
  GtkStack *work;  /* tabs, form */
  GtkLabel *title;
  GtkLabel *number;
  GtkLabel *due;
  GtkLabel *people;
  GtkMenuButton *add;
  GtkMenuButton *documents;
  GtkFlowBox *line;
  GtkBox *next;
  GtkNotebook *tabs;
  GtkStack *form_place;
  GtkBox *kept_forms;
  GtkWidget *overview;
  GtkWidget *papers;
  GtkWidget *evidence;
  GtkWidget *recordings;
  GtkWidget *limits;
  GtkWidget *review;
  GtkWidget *publicity;
  GtkWidget *dossier;
  GtkWidget *record;

  JzCaseForms *forms;
  char *case_id;
  JzJson *sheet;
  GCancellable *cancellable;
  char *wanted_act; /* to be opened once the case is read */
  char *wanted_form;
  JzJson *wanted_preset;
};

G_DEFINE_FINAL_TYPE (JzCasePage, jz_case_page, JZ_TYPE_SECTION)

static const char *const tab_names[] = { "overview", "documents", "evidence",  "recordings",
                                         "limits",   "review",    "publicity", "dossier",
                                         "record",   NULL };

static JzOfficeClient *
get_client (JzCasePage *self)
{
  return jz_section_get_client (JZ_SECTION (self));
}

static void
show_tabs (JzCasePage *self)
{
  gtk_stack_set_visible_child_name (self->work, "tabs");
  jz_case_forms_put_away (self->forms);
  jz_case_forms_show_kept (self->forms, self->case_id);
}

static void
on_form_done (gpointer data)
{
  JzCasePage *self = data;

  show_tabs (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->tabs));
}

static void
open_form (JzCasePage *self, const char *act, JzJson *preset)
{
  gtk_stack_set_visible_child_name (self->work, "form");
  jz_case_forms_open (self->forms, get_client (self), self->case_id, act, preset);
}

/* What was begun and left, by the number of its line. */
static void
do_kept (GtkWidget *widget, const char *action, GVariant *parameter)
{
  JzCasePage *self = JZ_CASE_PAGE (widget);
  guint number = g_variant_get_uint32 (parameter);

  if (strcmp (action, "case.throw-away") == 0) {
    jz_case_forms_discard (self->forms, number);
    jz_case_forms_show_kept (self->forms, self->case_id);
    gtk_widget_grab_focus (GTK_WIDGET (self->tabs));
    return;
  }
  gtk_stack_set_visible_child_name (self->work, "form");
  jz_case_forms_open_kept (self->forms, number);
}

static void
on_begun (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (JzCasePage) self = data;
  g_autoptr (JzActOutcome) outcome = jz_finish_act (GTK_WIDGET (self), result);
  g_autofree char *made = NULL;
  g_autofree char *place = NULL;

  if (outcome == NULL)
    return;
  made = jz_journal_record_dup_made (g_ptr_array_index (outcome->records, 0));
  place = g_strdup_printf ("cases/%s/document/%s", self->case_id, made);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.go", "s", place);
}

/* Begins a document, which the program fills with what the case knows, and opens it. */
static void
begin_document (JzCasePage *self, const char *form)
{
  JzJson *args = jz_json_new_object ();

  jz_json_set_text (args, "case", self->case_id);
  jz_json_set_text (args, "form", form);
  jz_office_client_act_async (get_client (self), "document.draft", args, NULL, on_begun,
                              g_object_ref (self));
}

static void
do_act (GtkWidget *widget, const char *action, GVariant *parameter)
{
  const char *act = NULL;
  const char *text = NULL;
  JzJson *preset;

  g_variant_get (parameter, "(&s&s)", &act, &text);
  preset = jz_json_parse (text, strlen (text), NULL);
  open_form (JZ_CASE_PAGE (widget), act, preset != NULL ? preset : jz_json_new_object ());
}

static void
print (GtkWidget *widget, const char *action, GVariant *parameter)
{
  JzCasePage *self = JZ_CASE_PAGE (widget);

  if (self->sheet != NULL)
    jz_case_print (widget, get_client (self), self->sheet, g_variant_get_string (parameter, NULL));
}

static void
begin (GtkWidget *widget, const char *action, GVariant *parameter)
{
  begin_document (JZ_CASE_PAGE (widget), g_variant_get_string (parameter, NULL));
}

/* What is due now first, then every form of the bureau. */
static void
new_document (GtkWidget *widget, const char *action, GVariant *parameter)
{
  JzCasePage *self = JZ_CASE_PAGE (widget);

  gtk_menu_button_popup (self->documents);
}

static void
append_forms (GMenu *menu, const char *title, const JzJson *rows)
{
  g_autoptr (GMenu) section = g_menu_new ();

  for (guint i = 0; i < jz_json_get_n_items (rows); i++) {
    const JzJson *row = jz_json_get_item (rows, i);
    g_autoptr (GMenuItem) item = g_menu_item_new (jz_json_read_text (row, "title"), NULL);
    g_menu_item_set_action_and_target (item, "case.begin", "s", jz_json_read_text (row, "form"));
    g_menu_append_item (section, item);
  }
  if (jz_json_get_n_items (rows) > 0)
    g_menu_append_section (menu, title, G_MENU_MODEL (section));
}

static void
fill_new_menu (JzCasePage *self)
{
  g_autoptr (GMenu) menu = g_menu_new ();

  append_forms (menu, _ ("Due now"), jz_json_get_member (self->sheet, "missing"));
  append_forms (menu, _ ("All forms"), jz_json_get_member (self->sheet, "forms"));
  gtk_menu_button_set_menu_model (self->documents, G_MENU_MODEL (menu));
}

static void
step_tab (JzCasePage *self, int by)
{
  int n = gtk_notebook_get_n_pages (self->tabs);
  int current = gtk_notebook_get_current_page (self->tabs);

  gtk_notebook_set_current_page (self->tabs, (current + by + n) % n);
}

static void
next_tab (GtkWidget *widget, const char *action, GVariant *parameter)
{
  step_tab (JZ_CASE_PAGE (widget), 1);
}

static void
previous_tab (GtkWidget *widget, const char *action, GVariant *parameter)
{
  step_tab (JZ_CASE_PAGE (widget), -1);
}

static char *
dup_people (const JzJson *people)
{
  GString *lead = g_string_new (NULL);
  g_autoptr (GString) others = g_string_new (NULL);

  for (guint i = 0; i < jz_json_get_n_items (people); i++) {
    const JzJson *person = jz_json_get_item (people, i);
    const char *name = jz_json_read_text (person, "name");
    if (strcmp (jz_json_read_text (person, "duty"), "handler") != 0 ||
        jz_json_get_member_boolean (person, "ended", FALSE))
      continue;
    if (jz_json_get_member_boolean (person, "lead", FALSE))
      g_string_append_printf (lead, _ ("Lead: %s"), name);
    else
      g_string_append_printf (others, "%s%s", others->len > 0 ? _ (", ") : "", name);
  }
  if (others->len > 0) {
    g_string_append (lead, "　");
    g_string_append_printf (lead, _ ("Co-handler: %s"), others->str);
  }
  return g_string_free (lead, FALSE);
}

/* The limit that ends first, with a word beside the colour. */
static void
show_due (JzCasePage *self)
{
  const JzJson *limits = jz_json_get_member (self->sheet, "limits");
  const JzJson *first = jz_json_get_n_items (limits) > 0 ? jz_json_get_item (limits, 0) : NULL;
  const char *state = jz_json_read_text (first, "state");
  gboolean is_late = strcmp (state, "overdue") == 0;
  int n = (int)jz_json_get_member_integer (first != NULL ? first : self->sheet,
                                           is_late ? "late" : "left", 0);
  g_autofree char *text = NULL;

  if (is_late)
    text = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%1$s overdue by %2$d day",
                                         "%1$s overdue by %2$d days", (gulong)n),
                            jz_json_read_text (first, "name"), n);
  else if (strcmp (state, "running") == 0)
    text = g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE, "%1$s: %2$d day left", "%1$s: %2$d days left", (gulong)n),
      jz_json_read_text (first, "name"), n);
  gtk_label_set_label (self->due, text != NULL ? text : "");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->due), text);
  gtk_widget_remove_css_class (GTK_WIDGET (self->due), "error");
  if (is_late)
    gtk_widget_add_css_class (GTK_WIDGET (self->due), "error");
}

static void
set_tab_label (JzCasePage *self, GtkWidget *tab, const char *title, guint n)
{
  g_autofree char *text = n > 0 ? g_strdup_printf ("%s %u", title, n) : g_strdup (title);

  gtk_notebook_set_tab_label_text (self->tabs, tab, text);
}

static guint
count_documents (const JzJson *groups)
{
  guint n = 0;

  for (guint i = 0; i < jz_json_get_n_items (groups); i++) {
    const JzJson *rows = jz_json_get_member (jz_json_get_item (groups, i), "rows");
    for (guint j = 0; j < jz_json_get_n_items (rows); j++)
      n += strcmp (jz_json_read_text (jz_json_get_item (rows, j), "kind"), "have") == 0;
  }
  return n;
}

static guint
count_recordings (const JzJson *steps)
{
  guint n = 0;

  for (guint i = 0; i < jz_json_get_n_items (steps); i++)
    n += jz_json_get_n_items (jz_json_get_member (jz_json_get_item (steps, i), "recordings"));
  return n;
}

static void
show_tab_labels (JzCasePage *self)
{
  const JzJson *sheet = self->sheet;
  const JzJson *evidence = jz_json_get_member (sheet, "evidence");

  set_tab_label (self, self->overview, C_ ("case", "Overview"), 0);
  set_tab_label (self, self->papers, C_ ("case", "Documents"),
                 count_documents (jz_json_get_member (sheet, "documents")));
  set_tab_label (self, self->evidence, C_ ("case", "Evidence"),
                 jz_json_get_n_items (jz_json_get_member (evidence, "items")));
  set_tab_label (self, self->recordings, C_ ("case", "Recordings"),
                 count_recordings (jz_json_get_member (sheet, "recordings")));
  set_tab_label (self, self->limits, C_ ("case", "Limits"), 0);
  set_tab_label (self, self->review, C_ ("case", "Review"), 0);
  set_tab_label (self, self->publicity, C_ ("case", "Publication"), 0);
  set_tab_label (self, self->dossier, C_ ("case", "Dossier"), 0);
  set_tab_label (self, self->record, C_ ("case", "Record"), 0);
}

static void
open_wanted (JzCasePage *self)
{
  g_autofree char *act = g_steal_pointer (&self->wanted_act);
  g_autofree char *form = g_steal_pointer (&self->wanted_form);
  JzJson *preset = g_steal_pointer (&self->wanted_preset);

  if (form != NULL)
    begin_document (self, form);
  if (act != NULL)
    open_form (self, act, preset != NULL ? preset : jz_json_new_object ());
  else
    g_clear_pointer (&preset, jz_json_unref);
}

static void
show_sheet (JzCasePage *self)
{
  const JzJson *whole = jz_json_get_member (self->sheet, "case");
  GtkWidget *const tabs[] = { self->overview,   self->papers,  self->evidence,
                              self->recordings, self->limits,  self->review,
                              self->publicity,  self->dossier, self->record };
  g_autofree char *people = dup_people (jz_json_get_member (self->sheet, "people"));
  g_autoptr (GMenuModel) menu = jz_case_new_menu (jz_json_get_member (self->sheet, "acts"));
  gboolean is_first;

  gtk_label_set_label (self->title, jz_json_read_text (whole, "title"));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->title), jz_json_read_text (whole, "title"));
  gtk_label_set_label (self->number, jz_json_read_text (whole, "number"));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->number), jz_json_read_text (whole, "number"));
  gtk_label_set_label (self->people, people);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->people), people);
  gtk_menu_button_set_menu_model (self->add, menu);
  gtk_widget_set_sensitive (GTK_WIDGET (self->add), g_menu_model_get_n_items (menu) > 0);
  jz_case_fill_line (self->line, jz_json_get_member (self->sheet, "course"));
  jz_case_fill_next (self->next, get_client (self), self->sheet);
  fill_new_menu (self);
  gtk_widget_set_sensitive (GTK_WIDGET (self->documents),
                            strcmp (jz_json_read_text (whole, "stage"), "open") == 0);
  show_tab_labels (self);
  show_due (self);
  for (gsize i = 0; i < G_N_ELEMENTS (tabs); i++)
    jz_case_tab_set_sheet (JZ_CASE_TAB (tabs[i]), get_client (self), self->sheet);
  is_first = strcmp (gtk_stack_get_visible_child_name (self->pages), "page") != 0;
  gtk_stack_set_visible_child_name (self->pages, "page");
  if (is_first)
    gtk_widget_grab_focus (GTK_WIDGET (self->tabs));
  open_wanted (self);
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (JzCasePage) self = data;
  g_autoptr (GError) error = NULL;
  JzJson *sheet = jz_office_client_read_finish (JZ_OFFICE_CLIENT (source), result, &error);
  JzJson *earlier = self->sheet;

  if (sheet == NULL) {
    if (gtk_widget_get_root (GTK_WIDGET (self)) != NULL)
      jz_show_error (GTK_WIDGET (self), error);
    return;
  }
  self->sheet = sheet;
  g_free (self->case_id);
  self->case_id = g_strdup (jz_json_read_text (jz_json_get_member (sheet, "case"), "id"));
  show_sheet (self);
  g_clear_pointer (&earlier, jz_json_unref);
}

/* What was asked for before and has not come yet is of no use any more. */
static void
load (JzCasePage *self)
{
  if (self->case_id == NULL || !jz_office_client_is_signed_in (get_client (self)))
    return;
  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  self->cancellable = g_cancellable_new ();
  jz_case_read_async (get_client (self), self->case_id, self->cancellable, on_read,
                      g_object_ref (self));
}

static void
jz_case_page_refresh (JzSection *section)
{
  load (JZ_CASE_PAGE (section));
}

static void
go_to_case (JzCasePage *self, const char *case_id)
{
  if (g_strcmp0 (self->case_id, case_id) == 0)
    return;
  g_free (self->case_id);
  self->case_id = g_strdup (case_id);
  show_tabs (self);
  gtk_notebook_set_current_page (self->tabs, 0);
  gtk_stack_set_visible_child_name (self->pages, "loading");
  load (self);
}

static JzJson *
new_preset (const char *document)
{
  JzJson *preset = jz_json_new_object ();

  if (document != NULL)
    jz_json_set_text (preset, "document", document);
  return preset;
}

static void
want (JzCasePage *self, const char *const *path)
{
  const char *const *tab = path;

  if (path[0] == NULL)
    return;
  if (strcmp (path[0], "do") == 0 && path[1] != NULL) {
    g_free (self->wanted_act);
    g_clear_pointer (&self->wanted_preset, jz_json_unref);
    self->wanted_act = g_strdup (path[1]);
    self->wanted_preset = new_preset (path[2]);
    return;
  }
  if (strcmp (path[0], "new") == 0 && path[1] != NULL) {
    g_free (self->wanted_form);
    self->wanted_form = g_strdup (path[1]);
    return;
  }
  for (int i = 0; tab_names[i] != NULL; i++)
    if (strcmp (tab_names[i], *tab) == 0) {
      show_tabs (self);
      gtk_notebook_set_current_page (self->tabs, i);
      jz_case_tab_go (JZ_CASE_TAB (gtk_notebook_get_nth_page (self->tabs, i)), tab + 1);
    }
}

/* "ID", "ID/TAB", "ID/do/ACT", "ID/do/ACT/DOCUMENT" or "ID/new/FORM" */
static void
jz_case_page_go (JzSection *section, const char *const *path)
{
  JzCasePage *self = JZ_CASE_PAGE (section);
  gboolean is_here = g_strcmp0 (self->case_id, path[0]) == 0 && self->sheet != NULL;

  if (path[0] == NULL)
    return;
  go_to_case (self, path[0]);
  want (self, path + 1);
  if (is_here)
    open_wanted (self);
}

static void
jz_case_page_dispose (GObject *object)
{
  JzCasePage *self = JZ_CASE_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_pointer (&self->forms, jz_case_forms_free);
  /* Disposing of the template frees the child that AdwBin would take off again. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), JZ_TYPE_CASE_PAGE);
  G_OBJECT_CLASS (jz_case_page_parent_class)->dispose (object);
}

static void
jz_case_page_finalize (GObject *object)
{
  JzCasePage *self = JZ_CASE_PAGE (object);

  g_object_unref (self->cancellable);
  g_clear_pointer (&self->sheet, jz_json_unref);
  g_clear_pointer (&self->wanted_preset, jz_json_unref);
  g_free (self->wanted_act);
  g_free (self->wanted_form);
  g_free (self->case_id);
  G_OBJECT_CLASS (jz_case_page_parent_class)->finalize (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, JzCasePage, pages);
  gtk_widget_class_bind_template_child (widget_class, JzCasePage, work);
  gtk_widget_class_bind_template_child (widget_class, JzCasePage, title);
  gtk_widget_class_bind_template_child (widget_class, JzCasePage, number);
  gtk_widget_class_bind_template_child (widget_class, JzCasePage, due);
  gtk_widget_class_bind_template_child (widget_class, JzCasePage, people);
  gtk_widget_class_bind_template_child (widget_class, JzCasePage, add);
  gtk_widget_class_bind_template_child (widget_class, JzCasePage, documents);
  gtk_widget_class_bind_template_child (widget_class, JzCasePage, line);
  gtk_widget_class_bind_template_child (widget_class, JzCasePage, next);
  gtk_widget_class_bind_template_child (widget_class, JzCasePage, tabs);
  gtk_widget_class_bind_template_child (widget_class, JzCasePage, form_place);
  gtk_widget_class_bind_template_child (widget_class, JzCasePage, kept_forms);
  gtk_widget_class_bind_template_child (widget_class, JzCasePage, overview);
  gtk_widget_class_bind_template_child (widget_class, JzCasePage, papers);
  gtk_widget_class_bind_template_child (widget_class, JzCasePage, evidence);
  gtk_widget_class_bind_template_child (widget_class, JzCasePage, recordings);
  gtk_widget_class_bind_template_child (widget_class, JzCasePage, limits);
  gtk_widget_class_bind_template_child (widget_class, JzCasePage, review);
  gtk_widget_class_bind_template_child (widget_class, JzCasePage, publicity);
  gtk_widget_class_bind_template_child (widget_class, JzCasePage, dossier);
  gtk_widget_class_bind_template_child (widget_class, JzCasePage, record);
}

static void
jz_case_page_class_init (JzCasePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = jz_case_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = jz_case_page_finalize;
  JZ_SECTION_CLASS (klass)->go = jz_case_page_go;
  JZ_SECTION_CLASS (klass)->refresh = jz_case_page_refresh;
  g_type_ensure (JZ_TYPE_CASE_OVERVIEW);
  g_type_ensure (JZ_TYPE_CASE_PAPERS);
  g_type_ensure (JZ_TYPE_CASE_EVIDENCE);
  g_type_ensure (JZ_TYPE_CASE_RECORDINGS);
  g_type_ensure (JZ_TYPE_CASE_LIMITS);
  g_type_ensure (JZ_TYPE_CASE_REVIEW);
  g_type_ensure (JZ_TYPE_CASE_PUBLICITY);
  g_type_ensure (JZ_TYPE_CASE_DOSSIER);
  g_type_ensure (JZ_TYPE_CASE_RECORD);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/juanzong/app/case_page.ui");
  bind_children (widget_class);
  gtk_widget_class_install_action (widget_class, "case.do", "(ss)", do_act);
  gtk_widget_class_install_action (widget_class, "case.begin", "s", begin);
  gtk_widget_class_install_action (widget_class, "case.go-on", "u", do_kept);
  gtk_widget_class_install_action (widget_class, "case.throw-away", "u", do_kept);
  gtk_widget_class_install_action (widget_class, "case.new-document", NULL, new_document);
  gtk_widget_class_install_action (widget_class, "case.print", "s", print);
  gtk_widget_class_install_action (widget_class, "case.next-tab", NULL, next_tab);
  gtk_widget_class_install_action (widget_class, "case.previous-tab", NULL, previous_tab);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_d, GDK_CONTROL_MASK,
                                       "case.new-document", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Page_Down, GDK_CONTROL_MASK,
                                       "case.next-tab", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Page_Up, GDK_CONTROL_MASK,
                                       "case.previous-tab", NULL);
}

static void
jz_case_page_init (JzCasePage *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  jz_stack_tell_hidden (self->work);
  self->forms = jz_case_forms_new (self->form_place, self->kept_forms, on_form_done, self);
}
