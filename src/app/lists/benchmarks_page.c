/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/lists/benchmarks_page.h"

#include <glib/gi18n-lib.h>

#include "office/rule_card.h"

struct _JzBenchmarksPage {
  JzRuleListPage parent_instance;
};

G_DEFINE_FINAL_TYPE (JzBenchmarksPage, jz_benchmarks_page, JZ_TYPE_RULE_LIST_PAGE)

static const JzRuleKind kinds[] = { JZ_RULE_MATTER };

static const JzShortColumn columns[] = {
  { N_ ("Matter"), 26, TRUE },
  { N_ ("Grade"), 8, FALSE },
  { N_ ("When"), 30, TRUE },
  { N_ ("Range"), 26, FALSE },
};

static JzShortRow *
make_row (const JzRulebook *rulebook, const JzMatter *matter, const JzTier *tier)
{
  JzLanguage language = jz_language_get_current ();
  g_autofree char *when = jz_rule_condition_dup_words (rulebook, tier->when, language);
  g_autofree char *range = jz_range_dup_words (rulebook, &tier->range, language);

  return jz_short_row_new (matter->rule.id, NULL, jz_text_get (&matter->rule.name, language),
                           jz_text_get (&tier->name, language), when, range, NULL);
}

static void
add_rows (const JzRulebook *rulebook, const JzRule *rule, GPtrArray *rows)
{
  const JzMatter *matter = (const JzMatter *)rule;

  for (guint i = 0; i < matter->tiers->len; i++)
    g_ptr_array_add (rows, make_row (rulebook, matter, matter->tiers->pdata[i]));
}

static void
jz_benchmarks_page_class_init (JzBenchmarksPageClass *klass)
{
  JzListPageClass *page_class = JZ_LIST_PAGE_CLASS (klass);
  JzRuleListPageClass *rules_class = JZ_RULE_LIST_PAGE_CLASS (klass);

  page_class->title = N_ ("Discretion benchmarks");
  page_class->columns = columns;
  page_class->n_columns = G_N_ELEMENTS (columns);
  rules_class->kinds = kinds;
  rules_class->n_kinds = G_N_ELEMENTS (kinds);
  rules_class->add_rows = add_rows;
}

static void
jz_benchmarks_page_init (JzBenchmarksPage *self)
{
}
