/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stddef.h>
#include <stdint.h>

#include "rules/rulebook.h"

/* Any bytes: a rulebook, or an error that begins with where it is. A rulebook that was read is
 * written in one form only, which is read back as itself, and says of each of its rules what it
 * rests on. */

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static const JzFactVocabulary *
get_vocabulary (void)
{
  static JzFactVocabulary *vocabulary;
  g_autoptr (GError) error = NULL;

  if (vocabulary == NULL)
    vocabulary = jz_fact_vocabulary_load_shipped (&error);
  g_assert_no_error (error);
  return vocabulary;
}

static void
check_rule (const JzRulebook *book, const JzRule *rule)
{
  g_autofree char *zh = jz_rulebook_dup_basis (book, rule, JZ_LANGUAGE_ZH);
  g_autofree char *en = jz_rulebook_dup_basis (book, rule, JZ_LANGUAGE_EN);

  g_assert_true (g_utf8_validate (zh, -1, NULL));
  g_assert_true (g_utf8_validate (en, -1, NULL));
  g_assert_true (jz_rulebook_find (book, rule->kind, rule->id) == rule);
}

static void
check_rulebook (const JzRulebook *book)
{
  g_autoptr (GBytes) canonical = jz_rulebook_to_bytes (book);
  const JzRulebookFile file = { canonical, "canonical.xml" };
  g_autoptr (GError) error = NULL;
  g_autoptr (JzRulebook) again = jz_rulebook_compose (get_vocabulary (), &file, 1, &error);
  g_autoptr (GBytes) same = NULL;

  g_assert_no_error (error);
  same = jz_rulebook_to_bytes (again);
  g_assert_true (g_bytes_equal (canonical, same));
  for (guint kind = 0; kind < JZ_RULE_N_KINDS; kind++) {
    const GPtrArray *rules = jz_rulebook_get_rules (book, (JzRuleKind)kind);
    for (guint i = 0; i < rules->len; i++)
      check_rule (book, g_ptr_array_index (rules, i));
  }
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  const JzRulebookFile file = { bytes, "fuzz.xml" };
  g_autoptr (GError) error = NULL;
  g_autoptr (JzRulebook) book = jz_rulebook_compose (get_vocabulary (), &file, 1, &error);

  if (book != NULL) {
    g_assert_no_error (error);
    check_rulebook (book);
    return 0;
  }
  g_assert_nonnull (error);
  g_assert_true (g_str_has_prefix (error->message, "fuzz.xml:"));
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
  return 0;
}
