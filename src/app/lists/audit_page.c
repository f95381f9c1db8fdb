/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/lists/audit_page.h"

#include <glib/gi18n-lib.h>

#include "office/rule_card.h"

struct _JzAuditPage {
  JzRuleListPage parent_instance;
};

G_DEFINE_FINAL_TYPE (JzAuditPage, jz_audit_page, JZ_TYPE_RULE_LIST_PAGE)

static const JzRuleKind kinds[] = { JZ_RULE_AUDIT_ITEM };

static const JzShortColumn columns[] = {
  { N_ ("Audit point"), 18, FALSE },
  { N_ ("Audit item"), 30, TRUE },
  { N_ ("Judged by"), 20, FALSE },
  { N_ ("Rule number"), 10, FALSE },
};

static const char *
get_mode (const JzAuditItem *item)
{
  if (item->modes & JZ_AUDIT_AUTO)
    return _ ("The program");
  return item->modes & JZ_AUDIT_ASSISTED ? _ ("The reviewer, with the program's help")
                                         : _ ("The reviewer");
}

static void
add_rows (const JzRulebook *rulebook, const JzRule *rule, GPtrArray *rows)
{
  const JzAuditItem *item = (const JzAuditItem *)rule;
  JzLanguage language = jz_language_get_current ();
  const JzRule *point = jz_rulebook_find (rulebook, JZ_RULE_AUDIT_POINT, item->point);
  const char *title = point != NULL ? jz_text_get (&point->name, language) : item->point;

  g_ptr_array_add (rows,
                   jz_short_row_new (rule->id, NULL, title, jz_text_get (&rule->name, language),
                                     get_mode (item), rule->id, NULL));
}

static void
jz_audit_page_class_init (JzAuditPageClass *klass)
{
  JzListPageClass *page_class = JZ_LIST_PAGE_CLASS (klass);
  JzRuleListPageClass *rules_class = JZ_RULE_LIST_PAGE_CLASS (klass);

  page_class->title = N_ ("Review catalogue");
  page_class->columns = columns;
  page_class->n_columns = G_N_ELEMENTS (columns);
  rules_class->kinds = kinds;
  rules_class->n_kinds = G_N_ELEMENTS (kinds);
  rules_class->add_rows = add_rows;
}

static void
jz_audit_page_init (JzAuditPage *self)
{
}
