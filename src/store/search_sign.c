/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/search_sign.h"

/* How search reads text. The ranges stand here and are not asked of GLib, because an index that was
 * written with one version of Unicode must be read by the same rules for ever: a change here needs
 * a new name of the tokenizer. */

typedef struct {
  gunichar first;
  gunichar last;
  gunichar sign;
} Range;

/* Ascending; whatever is in none of them is a sign of its own: Han of every plane, 々 and 〇, kana,
 * letters of other scripts, combining marks, ℃, ①, private use. */
static const Range ranges[] = {
  { 0x0080, 0x00a0, JZ_SEARCH_BREAK },    { 0x00a1, 0x00ac, JZ_SEARCH_JOINT },
  { 0x00ad, 0x00ad, JZ_SEARCH_UNSEEN },   { 0x00ae, 0x00bf, JZ_SEARCH_JOINT },
  { 0x00d7, 0x00d7, JZ_SEARCH_JOINT },    { 0x00f7, 0x00f7, JZ_SEARCH_JOINT },
  { 0x034f, 0x034f, JZ_SEARCH_UNSEEN },   { 0x2000, 0x200a, JZ_SEARCH_BREAK },
  { 0x200b, 0x200f, JZ_SEARCH_UNSEEN },   { 0x2010, 0x2027, JZ_SEARCH_JOINT },
  { 0x2028, 0x2029, JZ_SEARCH_BREAK },    { 0x202a, 0x202e, JZ_SEARCH_UNSEEN },
  { 0x202f, 0x202f, JZ_SEARCH_BREAK },    { 0x2030, 0x205e, JZ_SEARCH_JOINT },
  { 0x205f, 0x205f, JZ_SEARCH_BREAK },    { 0x2060, 0x206f, JZ_SEARCH_UNSEEN },
  { 0x2190, 0x245f, JZ_SEARCH_JOINT },    { 0x2500, 0x2bff, JZ_SEARCH_JOINT },
  { 0x2e00, 0x2e7f, JZ_SEARCH_JOINT },    { 0x3000, 0x3002, JZ_SEARCH_BREAK },
  { 0x3003, 0x3004, JZ_SEARCH_JOINT },    { 0x3008, 0x3020, JZ_SEARCH_JOINT },
  { 0x302a, 0x3037, JZ_SEARCH_JOINT },    { 0x303c, 0x303f, JZ_SEARCH_JOINT },
  { 0x30a0, 0x30a0, JZ_SEARCH_JOINT },    { 0x30fb, 0x30fb, JZ_SEARCH_JOINT },
  { 0xfe00, 0xfe0f, JZ_SEARCH_UNSEEN },   { 0xfe10, 0xfe1f, JZ_SEARCH_JOINT },
  { 0xfe30, 0xfe6f, JZ_SEARCH_JOINT },    { 0xfeff, 0xfeff, JZ_SEARCH_UNSEEN },
  { 0xff5f, 0xff65, JZ_SEARCH_JOINT },    { 0xffe0, 0xffff, JZ_SEARCH_JOINT },
  { 0xe0100, 0xe01ef, JZ_SEARCH_UNSEEN },
};

static gunichar
fold_ascii (gunichar sign)
{
  if (g_ascii_isalnum ((char)sign))
    return (gunichar)g_ascii_tolower ((char)sign);
  return sign <= ' ' || sign == ',' || sign == ';' || sign == 0x7f ? JZ_SEARCH_BREAK
                                                                   : JZ_SEARCH_JOINT;
}

static gunichar
fold (gunichar sign)
{
  if (sign < 0x80)
    return fold_ascii (sign);
  if ((sign >= 0x3400 && sign <= 0x9fff) || (sign >= 0x20000 && sign < 0xe0000))
    return sign;
  if (sign >= 0xff01 && sign <= 0xff5e) /* as jz_half_width_dup() has it */
    return fold_ascii (sign - 0xff01 + '!');
  for (gsize i = 0; i < G_N_ELEMENTS (ranges) && sign >= ranges[i].first; i++)
    if (sign <= ranges[i].last)
      return ranges[i].sign;
  return sign;
}

/**
 * jz_search_sign_read:
 * @at: (inout): before @end; goes behind what was read
 * @end: where the text ends
 *
 * Reads the next sign of a text as search sees it (ID-U1): full width is half width, ASCII letters
 * are lower case, all other letters are as they stand. Punctuation, symbols, white space, control
 * characters and bytes that are not UTF-8 (each by itself) are gaps. White space, commas,
 * semicolons and the full stops of Chinese break a line of typed text into terms
 * (%JZ_SEARCH_BREAK), the other gaps do not (%JZ_SEARCH_JOINT). Soft hyphens, joiners, marks of
 * direction and variation selectors are not seen (%JZ_SEARCH_UNSEEN).
 *
 * Returns: the sign, or one of the three
 */
gunichar
jz_search_sign_read (const char **at, const char *end)
{
  guchar first = (guchar) * *at;
  gunichar sign;

  if (first < 0x80) {
    *at += 1;
    return fold_ascii (first);
  }
  sign = g_utf8_get_char_validated (*at, end - *at);
  if (sign == (gunichar)-1 || sign == (gunichar)-2) {
    *at += 1;
    return JZ_SEARCH_JOINT;
  }
  *at = g_utf8_next_char (*at);
  return fold (sign);
}

/**
 * jz_search_sign_is_gap:
 * @sign: what jz_search_sign_read() gave
 *
 * Returns: whether it is no sign but lies between signs
 */
gboolean
jz_search_sign_is_gap (gunichar sign)
{
  return sign == JZ_SEARCH_BREAK || sign == JZ_SEARCH_JOINT;
}

/**
 * jz_search_sign_is_word:
 * @sign: what jz_search_sign_read() gave
 *
 * Returns: whether it is an ASCII letter or digit, which make words
 */
gboolean
jz_search_sign_is_word (gunichar sign)
{
  return sign < 0x80 && g_ascii_isalnum ((char)sign);
}
