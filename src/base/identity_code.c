/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/identity_code-private.h"

#include <stdarg.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "base/error.h"
#include "base/half_width.h"

#define USCC_LENGTH 18
#define USCC_SIGNS "0123456789ABCDEFGHJKLMNPQRTUWXY"

/* Private: a code of which nothing is known yet; @text need not be UTF-8. */
JzIdentityCode *
jz_identity_code_new (const char *text)
{
  JzIdentityCode *self = g_new0 (JzIdentityCode, 1);
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  g_autofree char *half_width = jz_half_width_dup (valid);

  self->code = g_ascii_strup (half_width, -1);
  return self;
}

/* Private: notes what is wrong, unless something as grave was found before. */
void
jz_identity_code_find (JzIdentityCode *self,
                       JzIdentityVerdict verdict,
                       const char *rule,
                       const char *format,
                       ...)
{
  va_list arguments;

  if (verdict <= self->verdict)
    return;
  self->verdict = verdict;
  self->rule = rule;
  g_free (self->sentence);
  va_start (arguments, format);
  self->sentence = g_strdup_vprintf (format, arguments);
  va_end (arguments);
}

/* Private: whether @n_digits digits stand in @code behind its first @from bytes. */
gboolean
jz_identity_code_has_digits (const char *code, gsize from, gsize n_digits)
{
  return strspn (code + from, "0123456789") >= n_digits;
}

/**
 * jz_identity_code_copy:
 * @self: what was found out about a code
 *
 * Returns: (transfer full): the same
 */
JzIdentityCode *
jz_identity_code_copy (const JzIdentityCode *self)
{
  JzIdentityCode *copy = NULL;

  g_return_val_if_fail (self != NULL, NULL);
  copy = g_memdup2 (self, sizeof *self);
  copy->sentence = g_strdup (self->sentence);
  copy->code = g_strdup (self->code);
  return copy;
}

/**
 * jz_identity_code_free:
 * @self: (transfer full): what was found out about a code
 */
void
jz_identity_code_free (JzIdentityCode *self)
{
  g_return_if_fail (self != NULL);
  g_free (self->sentence);
  g_free (self->code);
  g_free (self);
}

/**
 * jz_identity_code_has_province:
 * @code: a text in half width
 *
 * Returns: whether @code begins with the two digits of a province, autonomous region, municipality
 * or special administrative region of GB/T 2260 (ID-D1)
 */
gboolean
jz_identity_code_has_province (const char *code)
{
  static const guint8 first[] = { 11, 21, 31, 41, 50, 61, 71, 81 };
  static const guint8 last[] = { 15, 23, 37, 46, 54, 65, 71, 82 };
  int province = 0;

  g_return_val_if_fail (code != NULL, FALSE);
  if (!jz_identity_code_has_digits (code, 0, 2))
    return FALSE;
  province = 10 * g_ascii_digit_value (code[0]) + g_ascii_digit_value (code[1]);
  for (gsize i = 0; i < G_N_ELEMENTS (first); i++) {
    if (province >= first[i] && province <= last[i])
      return TRUE;
  }
  return FALSE;
}

/**
 * jz_identity_code_check_division:
 * @text: what was typed; need not be UTF-8
 *
 * Checks the form of a division code: 6 digits, or 9 or 12 with street and community (ID-D4), the
 * first two those of a province (ID-D1). Whether the place exists, and on which day, says the table
 * of divisions, not this.
 *
 * Returns: (transfer full): what was found out
 */
JzIdentityCode *
jz_identity_code_check_division (const char *text)
{
  JzIdentityCode *self = NULL;
  gsize length = 0;

  g_return_val_if_fail (text != NULL, NULL);
  self = jz_identity_code_new (text);
  length = strlen (self->code);
  if ((length != 6 && length != 9 && length != 12) ||
      !jz_identity_code_has_digits (self->code, 0, length))
    jz_identity_code_find (self, JZ_IDENTITY_ERROR, "ID-D1",
                           _ ("A division code has 6 digits, or 9 or 12 with street and community; "
                              "write it so."));
  else if (!jz_identity_code_has_province (self->code))
    jz_identity_code_find (
      self, JZ_IDENTITY_ERROR, "ID-D1",
      _ ("No province has the division code %.2s; compare it with the table of "
         "divisions."),
      self->code);
  return self;
}

static int
get_uscc_value (char sign)
{
  const char *found = sign != '\0' ? strchr (USCC_SIGNS, sign) : NULL;
  return found == NULL ? -1 : (int)(found - USCC_SIGNS);
}

/* ID-U3; weight i is 3^(i-1) mod 31. */
static char
get_uscc_check (const char *code)
{
  int sum = 0;
  int weight = 1;

  for (int i = 0; i < USCC_LENGTH - 1; i++) {
    sum += get_uscc_value (code[i]) * weight;
    weight = weight * 3 % 31;
  }
  return USCC_SIGNS[(31 - sum % 31) % 31];
}

/* ID-U4, after GB 11714: of the organisation code, characters 9 to 17, where letters count from 10
 * in the whole alphabet. */
static char
get_organisation_check (const char *code)
{
  static const int weights[] = { 3, 7, 9, 10, 5, 8, 4, 2 };
  int sum = 0;
  int check = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (weights); i++) {
    char sign = code[8 + i];
    sum += weights[i] * (g_ascii_isdigit (sign) ? sign - '0' : sign - 'A' + 10);
  }
  check = 11 - sum % 11;
  if (check == 10)
    return 'X';
  return check == 11 ? '0' : (char)('0' + check);
}

/* ID-U1. */
static gboolean
check_uscc_signs (JzIdentityCode *self)
{
  glong length = g_utf8_strlen (self->code, -1);
  const char *wrong = self->code + strspn (self->code, USCC_SIGNS);
  g_autofree char *excerpt = NULL;

  if (length != USCC_LENGTH) {
    jz_identity_code_find (self, JZ_IDENTITY_ERROR, "ID-U1",
                           _ ("A unified social credit code has 18 characters, this one has %ld; "
                              "compare it with the licence."),
                           length);
    return FALSE;
  }
  if (*wrong != '\0') {
    excerpt = jz_error_dup_excerpt (wrong, g_utf8_next_char (wrong) - wrong);
    jz_identity_code_find (
      self, JZ_IDENTITY_ERROR, "ID-U1",
      _ ("A unified social credit code has only digits and capital letters "
         "without I, O, S, V and Z, but character %ld is “%s”; compare it with "
         "the licence."),
      g_utf8_pointer_to_offset (self->code, wrong) + 1, excerpt);
    return FALSE;
  }
  return TRUE;
}

/* ID-U5. */
static gboolean
has_known_registrar (const char *code)
{
  static const char *const known[] = { "11", "12", "13", "19", "21", "29", "31", "32", "33",
                                       "34", "35", "39", "41", "49", "51", "52", "53", "59",
                                       "61", "69", "71", "72", "79", "81", "89", "91", "92",
                                       "93", "A1", "A9", "N1", "N2", "N3", "N9", "Y1" };

  for (gsize i = 0; i < G_N_ELEMENTS (known); i++) {
    if (strncmp (code, known[i], 2) == 0)
      return TRUE;
  }
  return FALSE;
}

/* Bodies that the central authority itself registers bear 100000, which is no province. */
static gboolean
has_uscc_division (const char *code)
{
  return strncmp (code + 2, "100000", 6) == 0 || jz_identity_code_has_province (code + 2);
}

static void
warn_of_uscc (JzIdentityCode *self)
{
  const char *code = self->code;

  if (code[16] != get_organisation_check (code))
    jz_identity_code_find (self, JZ_IDENTITY_WARNING, "ID-U4",
                           _ ("The organisation code within the unified social credit code should "
                              "end in %c, not %c, at character 17; compare it with the licence."),
                           get_organisation_check (code), code[16]);
  if (!has_known_registrar (code))
    jz_identity_code_find (self, JZ_IDENTITY_WARNING, "ID-U5",
                           _ ("No kind of registration known to us begins with %.2s; compare the "
                              "unified social credit code with the licence."),
                           code);
  if (!has_uscc_division (code))
    jz_identity_code_find (
      self, JZ_IDENTITY_WARNING, "ID-D1",
      _ ("The unified social credit code names the division %.6s, which lies in "
         "no province; compare it with the licence."),
      code + 2);
}

/**
 * jz_identity_code_check_uscc:
 * @text: what was typed; need not be UTF-8
 *
 * Checks a unified social credit code (GB 32100-2015): signs and length (ID-U1), division digits
 * (ID-U2), check character (ID-U3), and, only as warnings, the organisation code within (ID-U4),
 * the registrar (ID-U5) and the province (ID-D1).
 *
 * Returns: (transfer full): what was found out
 */
JzIdentityCode *
jz_identity_code_check_uscc (const char *text)
{
  JzIdentityCode *self = NULL;
  char check = '\0';

  g_return_val_if_fail (text != NULL, NULL);
  self = jz_identity_code_new (text);
  if (!check_uscc_signs (self))
    return self;
  check = get_uscc_check (self->code);
  if (!jz_identity_code_has_digits (self->code, 2, 6))
    jz_identity_code_find (
      self, JZ_IDENTITY_ERROR, "ID-U2",
      _ ("Characters 3 to 8 of a unified social credit code are the digits of a "
         "division; compare it with the licence."));
  if (self->code[USCC_LENGTH - 1] != check)
    jz_identity_code_find (self, JZ_IDENTITY_ERROR, "ID-U3",
                           _ ("The check character of the unified social credit code should be %c, "
                              "not %c; compare every character with the licence."),
                           check, self->code[USCC_LENGTH - 1]);
  warn_of_uscc (self);
  return self;
}
