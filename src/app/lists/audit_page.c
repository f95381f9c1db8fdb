/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/lists/audit_page.h"

#include <glib/gi18n-lib.h>

#include "app/lists/rule_reading.h"
#include "office/rule_card.h"

struct _JzAuditPage {
  JzListPage parent_instance;
};

G_DEFINE_FINAL_TYPE (JzAuditPage, jz_audit_page, JZ_TYPE_LIST_PAGE)

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

static JzShortRow *
make_row (const JzRulebook *rulebook, const JzAuditItem *item)
{
  JzLanguage language = jz_language_get_current ();
  const JzRule *point = jz_rulebook_find (rulebook, JZ_RULE_AUDIT_POINT, item->point);

  return jz_short_row_new (
    item->rule.id, NULL, point != NULL ? jz_text_get (&point->name, language) : item->point,
    jz_text_get (&item->rule.name, language), get_mode (item), item->rule.id, NULL);
}

static void
fill (JzListPage *page, gpointer result)
{
  const JzRuleReading *reading = result;
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_object_unref);
  const GPtrArray *rules = reading->rulebook != NULL
                             ? jz_rulebook_get_rules (reading->rulebook, JZ_RULE_AUDIT_ITEM)
                             : NULL;

  for (guint i = 0; rules != NULL && i < rules->len; i++)
    g_ptr_array_add (rows, make_row (reading->rulebook, rules->pdata[i]));
  jz_short_table_set_rows (jz_list_page_get_table (page), rows);
  jz_rule_reading_set_strip (reading, page);
}

static void
show (JzListPage *page, gpointer result, const char *id)
{
  const JzRuleReading *reading = result;
  JzDetail *detail = jz_list_page_get_detail (page);
  const JzRule *rule =
    id != NULL && reading->rulebook != NULL ? jz_rulebook_find_any (reading->rulebook, id) : NULL;

  if (rule == NULL)
    jz_detail_add_text (detail, _ ("Choose a row to read what it says."), "dim-label");
  else
    jz_rule_reading_show (reading, detail, rule);
}

static void
jz_audit_page_constructed (GObject *object)
{
  G_OBJECT_CLASS (jz_audit_page_parent_class)->constructed (object);
  jz_list_page_set_none_adopted (JZ_LIST_PAGE (object));
}

static void
jz_audit_page_class_init (JzAuditPageClass *klass)
{
  JzListPageClass *page_class = JZ_LIST_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->constructed = jz_audit_page_constructed;
  page_class->title = N_ ("Review catalogue");
  page_class->columns = columns;
  page_class->n_columns = G_N_ELEMENTS (columns);
  page_class->read = jz_rule_reading_read;
  page_class->free_result = (GDestroyNotify)jz_rule_reading_free;
  page_class->fill = fill;
  page_class->show = show;
}

static void
jz_audit_page_init (JzAuditPage *self)
{
}
