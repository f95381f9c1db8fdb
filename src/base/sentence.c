/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/sentence.h"

#include <string.h>

/* Sentences and the numbers that are written in them. */

static gboolean
is_end (gunichar character)
{
  return character == 0x3002 || character == 0xff1b || character == 0xff01 || character == 0xff1f ||
         character == ';' || character == '!' || character == '?';
}

/* Belongs to the sentence before it. */
static gboolean
is_closing (gunichar character)
{
  return character == 0x201d || character == 0x2019 || character == 0xff09 || character == ')' ||
         character == '"' || is_end (character);
}

static void
add (GArray *sentences, const char *text, const char *start, const char *end)
{
  while (start < end && g_unichar_isspace (g_utf8_get_char (start)))
    start = g_utf8_next_char (start);
  while (end > start && g_unichar_isspace (g_utf8_get_char (g_utf8_prev_char (end))))
    end = g_utf8_prev_char (end);
  if (start == end)
    return;
  JzSentence sentence = { (guint)(start - text), (guint)(end - text) };
  g_array_append_val (sentences, sentence);
}

/**
 * jz_sentences_split:
 * @text: a text of several paragraphs
 *
 * Returns: (transfer full) (element-type JzSentence): its sentences in order, each with the mark
 *   that ends it and without the space around it; the end of a paragraph ends a sentence too
 */
GArray *
jz_sentences_split (const char *text)
{
  g_return_val_if_fail (text != NULL, NULL);

  GArray *sentences = g_array_new (FALSE, FALSE, sizeof (JzSentence));
  const char *start = text;
  const char *at = text;
  while (*at != '\0') {
    gunichar character = g_utf8_get_char (at);
    at = g_utf8_next_char (at);
    if (!is_end (character) && character != '\n')
      continue;
    while (character != '\n' && is_closing (g_utf8_get_char (at)))
      at = g_utf8_next_char (at);
    add (sentences, text, start, at);
    start = at;
  }
  add (sentences, text, start, at);
  return sentences;
}

/**
 * jz_sentence_dup:
 * @text: a text
 * @sentence: a sentence of it
 *
 * Returns: (transfer full): the words of the sentence
 */
char *
jz_sentence_dup (const char *text, const JzSentence *sentence)
{
  g_return_val_if_fail (text != NULL && sentence != NULL, NULL);

  return g_strndup (text + sentence->start, sentence->end - sentence->start);
}

static const char *const digits[] = { "零", "一", "二", "三", "四", "五", "六", "七", "八", "九" };
static const char *const units[] = { "", "十", "百", "千" };

/**
 * jz_chinese_number_dup:
 * @number: a number below ten thousand
 *
 * Returns: (transfer full): the number as articles of laws are counted: 十二, 一百零二
 */
char *
jz_chinese_number_dup (guint number)
{
  g_return_val_if_fail (number < 10000, NULL);

  GString *text = g_string_new (number == 0 ? digits[0] : NULL);
  gboolean has_gap = FALSE;
  guint scale = 1000;
  for (int i = 3; i >= 0; i--, scale /= 10) {
    guint digit = number / scale % 10;
    if (digit == 0) {
      has_gap = text->len > 0;
      continue;
    }
    if (has_gap && number != 0)
      g_string_append (text, digits[0]);
    has_gap = FALSE;
    if (digit != 1 || i != 1 || text->len > 0)
      g_string_append (text, digits[digit]);
    g_string_append (text, units[i]);
  }
  return g_string_free (text, FALSE);
}

static int
find (const char *const *words, int n, const char *at)
{
  for (int i = 0; i < n; i++)
    if (*words[i] != '\0' && g_str_has_prefix (at, words[i]))
      return i;
  return -1;
}

static guint
get_scale (int unit)
{
  return unit == 1 ? 10 : unit == 2 ? 100 : 1000;
}

/**
 * jz_chinese_number_read:
 * @text: a text
 * @end: (out): where the number ends; @text for none
 *
 * Returns: the number at the beginning of the text, of Chinese or of Arabic digits, below ten
 *   thousand; 0 for none
 */
guint
jz_chinese_number_read (const char *text, const char **end)
{
  g_return_val_if_fail (text != NULL && end != NULL, 0);

  guint number = 0;
  guint digit = 0;
  const char *at = text;
  for (; g_ascii_isdigit (*at) && number < 1000; at++)
    number = number * 10 + (guint)(*at - '0');
  while (at == text || !g_ascii_isdigit (*text)) {
    int found = find (digits, G_N_ELEMENTS (digits), at);
    int unit = found < 0 ? find (units, G_N_ELEMENTS (units), at) : -1;
    if (found < 0 && unit < 0)
      break;
    if (found >= 0)
      digit = (guint)found;
    else
      number += (digit == 0 ? 1 : digit) * get_scale (unit);
    if (unit >= 0)
      digit = 0;
    at += strlen (found >= 0 ? digits[found] : units[unit]);
  }
  *end = at;
  return MIN (number + digit, 9999);
}
