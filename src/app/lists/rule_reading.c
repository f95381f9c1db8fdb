/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/lists/rule_reading.h"

#include <glib/gi18n-lib.h>

#include "app/words.h"
#include "office/rule_card.h"

/**
 * jz_rule_reading_read:
 * @office: the office
 * @reader: its database
 * @data: nothing
 * @cancellable: (nullable): to give up
 * @error: return location
 *
 * Reads the rules in force, on a worker thread.
 *
 * Returns: (transfer full) (nullable): a #JzRuleReading
 */
gpointer
jz_rule_reading_read (JzOffice *office,
                      JzConnection *reader,
                      gpointer data,
                      GCancellable *cancellable,
                      GError **error)
{
  JzRuleReading *self = g_new0 (JzRuleReading, 1);
  JzDate today = jz_instant_get_date (jz_clock_now (jz_office_get_clock (office)));

  self->adoptions = jz_adoption_list (reader, JZ_ADOPTED_RULEBOOK, today, error);
  if (self->adoptions != NULL &&
      jz_adopted_find_rulebook (office, reader, &self->rulebook, error) &&
      jz_adopted_find_forms (office, reader, &self->forms, error))
    return self;
  jz_rule_reading_free (self);
  return NULL;
}

void
jz_rule_reading_free (JzRuleReading *self)
{
  g_clear_pointer (&self->adoptions, g_ptr_array_unref);
  g_free (self);
}

/**
 * jz_rule_reading_show:
 * @self: what was read
 * @detail: where to show it
 * @rule: a rule of its rulebook
 */
void
jz_rule_reading_show (const JzRuleReading *self, JzDetail *detail, const JzRule *rule)
{
  JzLanguage language = jz_language_get_current ();
  g_autoptr (GPtrArray) lines = jz_rule_card_new (self->rulebook, self->forms, rule, language);
  g_autofree char *below =
    g_strdup_printf ("%s · %s", jz_rule_kind_get_title (rule->kind), rule->id);

  jz_detail_set_heading (detail, jz_text_get (&rule->name, language), below);
  for (guint i = 0; i < lines->len; i++) {
    const JzRuleLine *line = lines->pdata[i];
    jz_detail_add_line (detail, line->label, line->text);
  }
}

/**
 * jz_adoptions_dup_sentence:
 * @adoptions: (element-type JzAdoption): what was adopted
 *
 * Returns: (transfer full): what is in force, and since when
 */
char *
jz_adoptions_dup_sentence (const GPtrArray *adoptions)
{
  for (guint i = 0; i < adoptions->len; i++) {
    const JzAdoption *adoption = adoptions->pdata[i];
    if (adoption->is_now) {
      g_autofree char *day = jz_words_dup_day (adoption->in_force);
      return g_strdup_printf (_ ("In force since %1$s; adopted by %2$s: %3$s"), day,
                              adoption->person, adoption->reason);
    }
  }
  return g_strdup (_ ("Nothing has been adopted yet; until then no case can be filed."));
}

/**
 * jz_adoptions_show:
 * @adoptions: (element-type JzAdoption): what was adopted
 * @detail: where to show it
 *
 * Shows every adoption with its day, reason and check code.
 */
void
jz_adoptions_show (const GPtrArray *adoptions, JzDetail *detail)
{
  jz_detail_add_group (detail, _ ("What was adopted"));
  for (guint i = 0; i < adoptions->len; i++) {
    const JzAdoption *adoption = adoptions->pdata[i];
    g_autofree char *day = jz_words_dup_day (adoption->in_force);
    g_autofree char *time = jz_words_dup_moment (adoption->time);
    g_autofree char *label = adoption->is_now ? g_strdup_printf (_ ("From %s, in force now"), day)
                                              : g_strdup_printf (_ ("From %s"), day);
    g_autofree char *text = g_strdup_printf (_ ("Adopted by %1$s on %2$s: %3$s"), adoption->person,
                                             time, adoption->reason);
    char code[JZ_HASH_HEX_SIZE];
    g_autofree char *check = NULL;
    jz_hash_to_hex (&adoption->hash, code);
    check = g_strdup_printf (_ ("Check code %.12s…"), code);
    jz_detail_add_line (detail, label, text);
    jz_detail_add_text (detail, check, "dim-label");
  }
}

void
jz_rule_reading_set_strip (const JzRuleReading *self, JzListPage *page)
{
  g_autofree char *sentence = jz_adoptions_dup_sentence (self->adoptions);
  jz_list_page_set_strip (page, sentence);
}

/**
 * jz_list_page_set_none_adopted:
 * @page: a page about what is adopted
 *
 * What it says while nothing is.
 */
void
jz_list_page_set_none_adopted (JzListPage *page)
{
  jz_short_table_set_empty (jz_list_page_get_table (page), "view-list-bullet-symbolic",
                            _ ("Nothing found"),
                            _ ("What the bureau has adopted is shown here. Rules, forms and "
                               "working days are adopted on their own pages of this list."));
}
