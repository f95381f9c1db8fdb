/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/lists/matters_page.h"

#include <glib/gi18n-lib.h>

#include "office/rule_card.h"

struct _JzMattersPage {
  JzRuleListPage parent_instance;
};

G_DEFINE_FINAL_TYPE (JzMattersPage, jz_matters_page, JZ_TYPE_RULE_LIST_PAGE)

static const JzRuleKind kinds[] = { JZ_RULE_MATTER };

static const JzShortColumn columns[] = {
  { N_ ("Matter"), 30, TRUE },
  { N_ ("Article broken"), 24, FALSE },
  { N_ ("Punished by"), 24, FALSE },
  { N_ ("Rule number"), 11, FALSE },
};

static void
add_rows (const JzRulebook *rulebook, const JzRule *rule, GPtrArray *rows)
{
  const JzMatter *matter = (const JzMatter *)rule;
  JzLanguage language = jz_language_get_current ();
  g_autofree char *violates = jz_citation_dup_words (rulebook, &matter->violates, language);
  g_autofree char *punished_by = jz_citation_dup_words (rulebook, &matter->punished_by, language);

  g_ptr_array_add (rows, jz_short_row_new (rule->id, NULL, jz_text_get (&rule->name, language),
                                           violates, punished_by, rule->id, NULL));
}

static void
jz_matters_page_class_init (JzMattersPageClass *klass)
{
  JzListPageClass *page_class = JZ_LIST_PAGE_CLASS (klass);
  JzRuleListPageClass *rules_class = JZ_RULE_LIST_PAGE_CLASS (klass);

  page_class->title = N_ ("Enforcement matters");
  page_class->columns = columns;
  page_class->n_columns = G_N_ELEMENTS (columns);
  rules_class->kinds = kinds;
  rules_class->n_kinds = G_N_ELEMENTS (kinds);
  rules_class->add_rows = add_rows;
}

static void
jz_matters_page_init (JzMattersPage *self)
{
}
