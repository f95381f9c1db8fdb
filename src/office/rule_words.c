/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include <glib/gi18n-lib.h>

#include "base/money.h"
#include "office/rule_card.h"

/* Conditions and ranges in words. The words stand for those of the language of expressions one by
 * one, so that a lawyer reads what the program does and not what somebody thought that it does. */

typedef struct {
  const char *sign;
  const char *words;
} Word;

/* Longer signs before those that they begin with. */
static const Word signs[] = {
  { "!=", "≠" },
  { ">=", "≥" },
  { "<=", "≤" },
};

static const Word words[] = {
  { "and", NC_ ("condition", "AND") },         { "or", NC_ ("condition", "OR") },
  { "not", NC_ ("condition", "NOT") },         { "in", NC_ ("condition", "ONE OF") },
  { "exists", NC_ ("condition", "THERE IS") }, { "true", NC_ ("condition", "YES") },
  { "false", NC_ ("condition", "NO") },        { "any", NC_ ("condition", "ANY ONE OF") },
  { "all", NC_ ("condition", "ALL OF") },      { "count", NC_ ("condition", "NUMBER OF") },
};

static const char *
find_word (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (strcmp (words[i].sign, name) == 0)
      return g_dpgettext2 (GETTEXT_PACKAGE, "condition", words[i].words);
  return NULL;
}

/* A choice's word is shown by the label that the fact before it gives. */
static void
append_choice (GString *text, const JzFactDefinition *fact, const char *word, JzLanguage language)
{
  const char *label = fact != NULL && fact->choices != NULL
                        ? jz_fact_definition_get_label (fact, word, language)
                        : NULL;
  g_string_append_printf (text, "“%s”", label != NULL ? label : word);
}

static void
append_name (GString *text,
             const JzFactVocabulary *facts,
             const char *name,
             const JzFactDefinition **last,
             JzLanguage language)
{
  const JzFactDefinition *fact = jz_fact_vocabulary_find (facts, name);
  const char *word = find_word (name);

  if (fact != NULL) {
    g_autofree char *meaning = jz_fact_vocabulary_dup_meaning (facts, name, language);
    g_string_append_printf (text, "[%s]", meaning);
    *last = fact;
  } else {
    g_string_append_printf (text, " %s ", word != NULL ? word : name);
  }
}

static gsize
append_sign (GString *text, const char *at)
{
  for (gsize i = 0; i < G_N_ELEMENTS (signs); i++) {
    if (g_str_has_prefix (at, signs[i].sign)) {
      g_string_append (text, signs[i].words);
      return strlen (signs[i].sign);
    }
  }
  g_string_append_c (text, *at);
  return 1;
}

static gboolean
is_name_part (char sign)
{
  return g_ascii_isalnum (sign) || sign == '_' || sign == '.';
}

/* Two blanks meet where a word brings its own. */
static char *
squeeze (GString *text)
{
  while (g_string_replace (text, "  ", " ", 0) > 0)
    continue;
  return g_strstrip (g_string_free (text, FALSE));
}

/**
 * jz_rule_condition_dup_words:
 * @rulebook: a rulebook
 * @condition: (nullable): a condition of it
 * @language: in which language facts are named
 *
 * Returns: (transfer full): the condition with its facts by their meaning; the empty text for none
 */
char *
jz_rule_condition_dup_words (const JzRulebook *rulebook,
                             const JzExpression *condition,
                             JzLanguage language)
{
  const JzFactVocabulary *facts = jz_rulebook_get_fact_vocabulary (rulebook);
  const JzFactDefinition *last = NULL;
  GString *text = g_string_new (NULL);
  const char *at = condition != NULL ? jz_expression_get_text (condition) : "";

  while (*at != '\0') {
    const char *start = at;
    g_autofree char *word = NULL;
    if (g_ascii_isspace (*at)) {
      g_string_append_c (text, ' ');
      at++;
    } else if (*at == '\'') {
      for (at++; *at != '\0' && *at != '\''; at++)
        continue;
      word = g_strndup (start + 1, (gsize)(at - start) - 1);
      at += *at == '\'';
      append_choice (text, last, word, language);
    } else if (g_ascii_isalpha (*at)) {
      while (is_name_part (*at))
        at++;
      word = g_strndup (start, (gsize)(at - start));
      append_name (text, facts, word, &last, language);
    } else {
      at += append_sign (text, at);
    }
  }
  return squeeze (text);
}

/**
 * jz_citation_dup_words:
 * @rulebook: a rulebook
 * @citation: of an article of a law of it
 * @language: in which language
 *
 * Returns: (transfer full): law and article, for people
 */
char *
jz_citation_dup_words (const JzRulebook *rulebook, const JzCitation *citation, JzLanguage language)
{
  const JzRule *law =
    citation->law != NULL ? jz_rulebook_find (rulebook, JZ_RULE_LAW, citation->law) : NULL;
  const char *name = law != NULL ? jz_text_get (&law->name, language) : citation->law;

  if (name == NULL)
    return g_strdup ("");
  if (citation->article == NULL)
    return g_strdup (name);
  return g_strdup_printf (_ ("%1$s, article %2$s"), name, citation->article);
}

/* 1200 thousandths are 1.2 times. */
static char *
dup_thousandths (gint64 value)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];
  return g_strdup (g_ascii_formatd (text, sizeof text, "%.3g", (double)value / 1000));
}

static char *
dup_money (gint64 fen)
{
  return fen % 100 == 0
           ? g_strdup_printf (_ ("%lld yuan"), (long long)(fen / 100))
           : g_strdup_printf (_ ("%1$lld.%2$02d yuan"), (long long)(fen / 100), (int)(fen % 100));
}

/**
 * jz_range_dup_words:
 * @rulebook: a rulebook
 * @range: a range of it
 * @language: in which language facts are named
 *
 * Returns: (transfer full): the range, for people
 */
char *
jz_range_dup_words (const JzRulebook *rulebook, const JzRange *range, JzLanguage language)
{
  gboolean is_share = range->kind == JZ_RANGE_MULTIPLE || range->kind == JZ_RANGE_PERCENT;
  g_autofree char *least = is_share ? dup_thousandths (range->least) : dup_money (range->least);
  g_autofree char *most = is_share ? dup_thousandths (range->most) : dup_money (range->most);
  g_autofree char *base = range->base != NULL
                            ? jz_fact_vocabulary_dup_meaning (
                                jz_rulebook_get_fact_vocabulary (rulebook), range->base, language)
                            : g_strdup ("");

  switch (range->kind) {
  case JZ_RANGE_MULTIPLE:
  case JZ_RANGE_PERCENT:
    return g_strdup_printf (_ ("%1$s to %2$s times %3$s"), least, most, base);
  case JZ_RANGE_MAX_ONLY:
    return g_strdup_printf (_ ("Up to %s"), most);
  case JZ_RANGE_CHOICE:
    return g_strdup (_ ("No amount; a choice of kinds"));
  case JZ_RANGE_UNIT:
    return g_strdup_printf (_ ("%1$s to %2$s for each unit of %3$s"), least, most, base);
  case JZ_RANGE_AMOUNT:
  default:
    return g_strdup_printf (_ ("%1$s to %2$s"), least, most);
  }
}
