/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/lists/rules_page.h"

#include <glib/gi18n-lib.h>

#include "app/lists/adopt_dialog.h"
#include "app/lists/rule_tester.h"
#include "app/words.h"
#include "office/rule_card.h"
#include "office/rule_trial.h"

#define ADOPTERS "head|review_head|section_head"

struct _JzRulesPage {
  JzRuleListPage parent_instance;

  GtkDropDown *kinds;
};

G_DEFINE_FINAL_TYPE (JzRulesPage, jz_rules_page, JZ_TYPE_RULE_LIST_PAGE)

static const JzShortColumn columns[] = {
  { N_ ("Rule"), 30, TRUE },         { N_ ("Kind of rule"), 10, FALSE },
  { N_ ("Legal basis"), 26, FALSE }, { N_ ("In force from"), 14, FALSE },
  { N_ ("Rule number"), 10, FALSE },
};

/* In the order in which they are looked for; what a page of its own shows comes last. */
static const JzRuleKind kinds[] = {
  JZ_RULE_LIMIT, JZ_RULE_GATE, JZ_RULE_STAGE,      JZ_RULE_TRIGGER, JZ_RULE_PROCEDURE,
  JZ_RULE_LAW,   JZ_RULE_ROLE, JZ_RULE_AUDIT_ITEM, JZ_RULE_MATTER,  JZ_RULE_RECORDING,
};

static void
add_rows (const JzRulebook *rulebook, const JzRule *rule, GPtrArray *rows)
{
  JzLanguage language = jz_language_get_current ();
  g_autofree char *basis = jz_rulebook_dup_basis (rulebook, rule, language);
  g_autofree char *in_force =
    rule->in_force.year > 0 ? jz_words_dup_date (rule->in_force) : g_strdup ("");

  g_ptr_array_add (rows, jz_short_row_new (rule->id, NULL, jz_text_get (&rule->name, language),
                                           jz_rule_kind_get_title (rule->kind), basis, in_force,
                                           rule->id, NULL));
}

static void
show_more (JzRuleListPage *page, const JzRuleReading *reading, const JzRule *rule)
{
  JzDetail *detail = jz_list_page_get_detail (JZ_LIST_PAGE (page));

  if (rule == NULL) {
    jz_adoptions_show (reading->adoptions, detail);
  } else if (jz_rule_can_be_tried (rule)) {
    jz_detail_add_group (detail, _ ("Try it out"));
    jz_detail_add_widget (detail,
                          jz_rule_tester_new (jz_section_get_client (JZ_SECTION (page)), rule));
  }
}

static void
on_kind_selected (JzRulesPage *self)
{
  /* The first entry is for all kinds. */
  jz_rule_list_page_show_only (JZ_RULE_LIST_PAGE (self),
                               (int)gtk_drop_down_get_selected (self->kinds) - 1);
}

static void
adopt (GtkWidget *widget, const char *action, GVariant *parameter)
{
  jz_adopt_dialog_present (widget, jz_section_get_client (JZ_SECTION (widget)),
                           JZ_ADOPTED_RULEBOOK);
}

static void
jz_rules_page_constructed (GObject *object)
{
  JzRulesPage *self = JZ_RULES_PAGE (object);
  g_autoptr (GtkStringList) titles = gtk_string_list_new (NULL);

  G_OBJECT_CLASS (jz_rules_page_parent_class)->constructed (object);
  gtk_string_list_append (titles, _ ("All rules"));
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    gtk_string_list_append (titles, jz_rule_kind_get_title (kinds[i]));
  self->kinds = GTK_DROP_DOWN (gtk_drop_down_new (G_LIST_MODEL (g_steal_pointer (&titles)), NULL));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->kinds), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Kind of rules"), -1);
  g_signal_connect_object (self->kinds, "notify::selected", G_CALLBACK (on_kind_selected), self,
                           G_CONNECT_SWAPPED);
  jz_list_page_add_head_widget (JZ_LIST_PAGE (self), GTK_WIDGET (self->kinds));
  jz_list_page_add_button (JZ_LIST_PAGE (self), _ ("_Adopt Rules…"), "rules.adopt", ADOPTERS);
}

static void
jz_rules_page_class_init (JzRulesPageClass *klass)
{
  JzListPageClass *page_class = JZ_LIST_PAGE_CLASS (klass);
  JzRuleListPageClass *rules_class = JZ_RULE_LIST_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->constructed = jz_rules_page_constructed;
  page_class->title = N_ ("Laws and rules");
  page_class->columns = columns;
  page_class->n_columns = G_N_ELEMENTS (columns);
  rules_class->kinds = kinds;
  rules_class->n_kinds = G_N_ELEMENTS (kinds);
  rules_class->add_rows = add_rows;
  rules_class->show_more = show_more;
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "rules.adopt", NULL, adopt);
}

static void
jz_rules_page_init (JzRulesPage *self)
{
}
