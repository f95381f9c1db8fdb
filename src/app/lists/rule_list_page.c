/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/lists/rule_list_page.h"

#include <glib/gi18n-lib.h>

#define ALL (-1)

typedef struct {
  int only; /* the place of a kind in the class's kinds, or ALL */
} JzRuleListPagePrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (JzRuleListPage, jz_rule_list_page, JZ_TYPE_LIST_PAGE)

static void
fill (JzListPage *page, gpointer result)
{
  JzRuleListPage *self = JZ_RULE_LIST_PAGE (page);
  JzRuleListPagePrivate *private = jz_rule_list_page_get_instance_private (self);
  const JzRuleListPageClass *klass = JZ_RULE_LIST_PAGE_GET_CLASS (self);
  const JzRuleReading *reading = result;
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; reading->rulebook != NULL && i < klass->n_kinds; i++) {
    const GPtrArray *rules = jz_rulebook_get_rules (reading->rulebook, klass->kinds[i]);
    for (guint r = 0; (private->only == ALL || private->only == (int)i) && r < rules->len; r++)
      klass->add_rows (reading->rulebook, rules->pdata[r], rows);
  }
  jz_short_table_set_rows (jz_list_page_get_table (page), rows);
  jz_rule_reading_set_strip (reading, page);
}

static void
show (JzListPage *page, gpointer result, const char *id)
{
  JzRuleListPage *self = JZ_RULE_LIST_PAGE (page);
  const JzRuleListPageClass *klass = JZ_RULE_LIST_PAGE_GET_CLASS (self);
  const JzRuleReading *reading = result;
  JzDetail *detail = jz_list_page_get_detail (page);
  const JzRule *rule =
    id != NULL && reading->rulebook != NULL ? jz_rulebook_find_any (reading->rulebook, id) : NULL;

  if (rule == NULL)
    jz_detail_add_text (detail, _ ("Choose a row to read what it says."), "dim-label");
  else
    jz_rule_reading_show (reading, detail, rule);
  if (klass->show_more != NULL)
    klass->show_more (self, reading, rule);
}

static void
jz_rule_list_page_constructed (GObject *object)
{
  G_OBJECT_CLASS (jz_rule_list_page_parent_class)->constructed (object);
  jz_list_page_set_none_adopted (JZ_LIST_PAGE (object));
}

static void
jz_rule_list_page_class_init (JzRuleListPageClass *klass)
{
  JzListPageClass *page_class = JZ_LIST_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->constructed = jz_rule_list_page_constructed;
  page_class->read = jz_rule_reading_read;
  page_class->free_result = (GDestroyNotify)jz_rule_reading_free;
  page_class->fill = fill;
  page_class->show = show;
}

static void
jz_rule_list_page_init (JzRuleListPage *self)
{
  JzRuleListPagePrivate *private = jz_rule_list_page_get_instance_private (self);

  private->only = ALL;
}

/**
 * jz_rule_list_page_show_only:
 * @self: a list of rules
 * @i: which of its kinds, from 0; negative: all
 *
 * Lists the rules of one kind.
 */
void
jz_rule_list_page_show_only (JzRuleListPage *self, int i)
{
  JzRuleListPagePrivate *private = jz_rule_list_page_get_instance_private (self);
  gpointer result = jz_list_page_get_result (JZ_LIST_PAGE (self));

  private->only = i < 0 ? ALL : i;
  if (result != NULL)
    fill (JZ_LIST_PAGE (self), result);
}
