/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "office/recording_words.h"

#include <string.h>

#include <glib/gi18n-lib.h>

/* What officers say while they record: it stands in the rulebook beside what the step owes,
 * so that a bureau adopts its own words as it adopts its own rules. */

/**
 * jz_recording_part_get_label:
 * @part: opening, rights, warning or closing
 *
 * Returns: (transfer none): what it is called
 */
const char *
jz_recording_part_get_label (const char *part)
{
  static const struct {
    const char *part;
    const char *label;
  } labels[] = {
    { "opening", NC_ ("recording", "Opening words") },
    { "rights", NC_ ("recording", "Rights told") },
    { "warning", NC_ ("recording", "Warning") },
    { "closing", NC_ ("recording", "Closing words") },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (labels); i++)
    if (strcmp (labels[i].part, part) == 0)
      return g_dpgettext2 (GETTEXT_PACKAGE, "recording", labels[i].label);
  return part;
}

/**
 * jz_recording_words_list:
 * @rule: a rule on recordings
 *
 * Returns: (transfer full): what is said, in the order in which it is: an array of `part`, `label`
 *   and `text`
 */
JzJson *
jz_recording_words_list (const JzRecordingRule *rule)
{
  JzJson *list = jz_json_new_array ();

  for (guint i = 0; i < rule->words->len; i++) {
    const JzRecordingWords *words = g_ptr_array_index (rule->words, i);
    JzJson *json = jz_json_new_object ();
    jz_json_set_text (json, "part", words->part);
    jz_json_set_text (json, "label", jz_recording_part_get_label (words->part));
    jz_json_set_text (json, "text", jz_text_get (&words->words, jz_language_get_current ()));
    jz_json_append (list, json);
  }
  return list;
}

/**
 * jz_recording_cards_list:
 * @rulebook: (nullable): rules
 *
 * Returns: (transfer full): a card for the pocket of each rule that has words: an array of `rule`,
 *   `name`, `basis`, `in_force` and `words` as of jz_recording_words_list()
 */
JzJson *
jz_recording_cards_list (const JzRulebook *rulebook)
{
  const GPtrArray *rules =
    rulebook != NULL ? jz_rulebook_get_rules (rulebook, JZ_RULE_RECORDING) : NULL;
  JzJson *list = jz_json_new_array ();

  for (guint i = 0; rules != NULL && i < rules->len; i++) {
    const JzRecordingRule *rule = g_ptr_array_index (rules, i);
    char in_force[JZ_DATE_SIZE];
    g_autofree char *basis = NULL;
    JzJson *json;
    if (rule->words->len == 0)
      continue;
    basis = jz_rulebook_dup_basis (rulebook, &rule->rule, jz_language_get_current ());
    jz_date_format (rule->rule.in_force, in_force);
    json = jz_json_new_object ();
    jz_json_set_text (json, "rule", rule->rule.id);
    jz_json_set_text (json, "name", jz_text_get (&rule->rule.name, jz_language_get_current ()));
    jz_json_set_text (json, "basis", basis);
    jz_json_set_text (json, "in_force", in_force);
    jz_json_set_member (json, "words", jz_recording_words_list (rule));
    jz_json_append (list, json);
  }
  return list;
}
