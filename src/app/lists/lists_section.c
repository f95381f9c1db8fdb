/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/lists/lists_section.h"

#include <glib/gi18n-lib.h>

#include "app/lists/audit_page.h"
#include "app/lists/benchmarks_page.h"
#include "app/lists/calendar_page.h"
#include "app/lists/forms_page.h"
#include "app/lists/import_page.h"
#include "app/lists/matters_page.h"
#include "app/lists/numbers_page.h"
#include "app/lists/people_page.h"
#include "app/lists/rules_page.h"

/* One page a list, made when it is first looked at; the place "lists/people/ID" is the page people
 * at the row ID. */

typedef struct {
  const char *name;  /* of the place */
  const char *title; /* (nullable): %NULL for a page that is reached from another one */
  const char *under; /* (nullable): the page whose entry is marked meanwhile */
  GType (*get_type) (void);
} Page;

static const Page pages[] = {
  { "matters", N_ ("Enforcement matters"), NULL, jz_matters_page_get_type },
  { "people", N_ ("People and credentials"), NULL, jz_people_page_get_type },
  { "import", NULL, "people", jz_import_page_get_type },
  { "benchmarks", N_ ("Discretion benchmarks"), NULL, jz_benchmarks_page_get_type },
  { "audit", N_ ("Review catalogue"), NULL, jz_audit_page_get_type },
  { "forms", N_ ("Document forms"), NULL, jz_forms_page_get_type },
  { "rules", N_ ("Laws and rules"), NULL, jz_rules_page_get_type },
  { "calendar", N_ ("Working days"), NULL, jz_calendar_page_get_type },
  { "numbers", N_ ("Number register"), NULL, jz_numbers_page_get_type },
};

#define PAGE "juanzong-page"

struct _JzListsSection {
  JzSection parent_instance;

  GtkListBox *entries;
  GtkStack *stack;
};

G_DEFINE_FINAL_TYPE (JzListsSection, jz_lists_section, JZ_TYPE_SECTION)

static const Page *
find_page (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (pages); i++)
    if (g_str_equal (pages[i].name, name))
      return &pages[i];
  return NULL;
}

static JzSection *
get_page (JzListsSection *self, const Page *page)
{
  GtkWidget *child = gtk_stack_get_child_by_name (self->stack, page->name);

  if (child == NULL) {
    child =
      g_object_new (page->get_type (), "client", jz_section_get_client (JZ_SECTION (self)), NULL);
    gtk_stack_add_named (self->stack, child, page->name);
  }
  return JZ_SECTION (child);
}

static void
mark_entry (JzListsSection *self, const Page *page)
{
  const char *name = page->under != NULL ? page->under : page->name;

  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self->entries)); row != NULL;
       row = gtk_widget_get_next_sibling (row)) {
    const Page *of_row = g_object_get_data (G_OBJECT (row), PAGE);
    if (g_str_equal (of_row->name, name))
      gtk_list_box_select_row (self->entries, GTK_LIST_BOX_ROW (row));
  }
}

static void
jz_lists_section_go (JzSection *section, const char *const *path)
{
  JzListsSection *self = JZ_LISTS_SECTION (section);
  const char *seen = gtk_stack_get_visible_child_name (self->stack);
  const Page *page = find_page (path[0] != NULL ? path[0] : seen != NULL ? seen : pages[0].name);
  JzSection *child;

  if (page == NULL)
    page = &pages[0];
  child = get_page (self, page);
  gtk_stack_set_visible_child (self->stack, GTK_WIDGET (child));
  mark_entry (self, page);
  if (path[0] != NULL)
    jz_section_go (child, path + 1);
}

static void
on_row_activated (JzListsSection *self, GtkListBoxRow *row)
{
  const Page *page = g_object_get_data (G_OBJECT (row), PAGE);
  g_autofree char *place = g_strconcat ("lists/", page->name, NULL);

  gtk_widget_activate_action (GTK_WIDGET (self), "win.go", "s", place);
}

static void
on_client (JzListsSection *self)
{
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->stack)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    jz_section_set_client (JZ_SECTION (child), jz_section_get_client (JZ_SECTION (self)));
}

static void
add_entry (JzListsSection *self, const Page *page)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *label = gtk_label_new (_ (page->title));

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_width_chars (GTK_LABEL (label), 12);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 16);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ (page->title), -1);
  g_object_set_data (G_OBJECT (row), PAGE, (gpointer)page);
  gtk_list_box_append (self->entries, row);
}

static void
jz_lists_section_class_init (JzListsSectionClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  JZ_SECTION_CLASS (klass)->go = jz_lists_section_go;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/juanzong/app/lists_section.ui");
  gtk_widget_class_bind_template_child (widget_class, JzListsSection, entries);
  gtk_widget_class_bind_template_child (widget_class, JzListsSection, stack);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated);
}

static void
jz_lists_section_init (JzListsSection *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  for (gsize i = 0; i < G_N_ELEMENTS (pages); i++)
    if (pages[i].title != NULL)
      add_entry (self, &pages[i]);
  g_signal_connect_object (self, "notify::client", G_CALLBACK (on_client), self, G_CONNECT_SWAPPED);
}
