/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/identity_code-private.h"

#include <stdio.h>
#include <string.h>

#include <glib/gi18n-lib.h>

/* Numbers of persons. The resident identity number (GB 11643-1999), the residence permit of people
 * from Hong Kong, Macao and Taiwan and the new foreign permanent resident card are built alike: six
 * digits, date of birth, three digits of which the last tells the sex, check character. */

#define NUMBER_LENGTH 18
#define OLD_NUMBER_LENGTH 15

/* ID-R1. */
static char
get_number_check (const char *digits)
{
  static const int weights[] = { 7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2 };
  int sum = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (weights); i++)
    sum += weights[i] * g_ascii_digit_value (digits[i]);
  return "10X98765432"[sum % 11];
}

static int
read_digits (const char *digits, int n_digits)
{
  int value = 0;

  for (int i = 0; i < n_digits; i++)
    value = value * 10 + g_ascii_digit_value (digits[i]);
  return value;
}

/* JzDate begins in 1900; the calendar repeats every 400 years. */
static gboolean
is_date_of_any_year (JzDate date)
{
  while (date.year < 1900)
    date.year += 400;
  return jz_date_is_valid (date);
}

static gboolean
check_number_form (JzIdentityCode *self)
{
  glong length = g_utf8_strlen (self->code, -1);

  if (length != NUMBER_LENGTH) {
    jz_identity_code_find (self, JZ_IDENTITY_ERROR, "ID-R1",
                           _ ("An identity number has 18 characters, this one has %ld; compare it "
                              "with the card."),
                           length);
    return FALSE;
  }
  if (strlen (self->code) != NUMBER_LENGTH || !jz_identity_code_has_digits (self->code, 0, 17) ||
      (!g_ascii_isdigit (self->code[17]) && self->code[17] != 'X')) {
    jz_identity_code_find (self, JZ_IDENTITY_ERROR, "ID-R1",
                           _ ("An identity number has 17 digits and then a digit or X; compare it "
                              "with the card."));
    return FALSE;
  }
  return TRUE;
}

/* ID-R2. */
static void
check_birth (JzIdentityCode *self, JzDate today)
{
  JzDate birth = { read_digits (self->code + 6, 4), read_digits (self->code + 10, 2),
                   read_digits (self->code + 12, 2) };

  if (!is_date_of_any_year (birth)) {
    jz_identity_code_find (
      self, JZ_IDENTITY_ERROR, "ID-R2",
      _ ("The identity number has %.8s as the date of birth, which is no day of "
         "the calendar; compare it with the card."),
      self->code + 6);
    return;
  }
  if (birth.year < 1900) {
    jz_identity_code_find (self, JZ_IDENTITY_WARNING, "ID-R2",
                           _ ("The identity number has %.8s as the date of birth, which is before "
                              "1900; compare it with the card."),
                           self->code + 6);
    return;
  }
  if (jz_date_compare (birth, today) > 0) {
    jz_identity_code_find (
      self, JZ_IDENTITY_ERROR, "ID-R2",
      _ ("The identity number has %.8s as the date of birth, which has not come "
         "yet; compare it with the card."),
      self->code + 6);
    return;
  }
  self->has_birth = TRUE;
  self->birth = birth;
}

/* Whether it has the form of such a number; what else is wrong with it, @self then tells. */
static gboolean
check_number (JzIdentityCode *self, JzDate today)
{
  char check = '\0';

  if (!check_number_form (self))
    return FALSE;
  check = get_number_check (self->code);
  self->sex = (self->code[16] - '0') % 2 == 1 ? JZ_SEX_MALE : JZ_SEX_FEMALE;
  check_birth (self, today);
  if (self->code[17] != check)
    jz_identity_code_find (self, JZ_IDENTITY_ERROR, "ID-R1",
                           _ ("The last character of the identity number should be %c, not %c; "
                              "compare every digit with the card."),
                           check, self->code[17]);
  return TRUE;
}

/* ID-R3; @self has 15 digits. */
static void
convert_old_number (JzIdentityCode *self)
{
  GString *number = g_string_new_len (self->code, 6);

  g_string_append (number, "19");
  g_string_append (number, self->code + 6);
  g_string_append_c (number, get_number_check (number->str));
  g_free (self->code);
  self->code = g_string_free (number, FALSE);
}

/**
 * jz_identity_code_check_resident:
 * @text: what was typed; need not be UTF-8
 * @today: the day on which it is checked, a valid date
 * @accepts_old: whether the old number of 15 digits is accepted, as in imported history, and
 * converted to 18
 *
 * Checks a resident identity number (GB 11643-1999): form and check character (ID-R1), date of
 * birth (ID-R2), and, only as warnings, a birth before 1900 (ID-R2) and a division in no province
 * (ID-D1; divisions come and go, so the rest of it is not looked at). Sets birth and sex where they
 * can be read, also next to a wrong check character.
 *
 * Returns: (transfer full): what was found out
 */
JzIdentityCode *
jz_identity_code_check_resident (const char *text, JzDate today, gboolean accepts_old)
{
  JzIdentityCode *self = NULL;

  g_return_val_if_fail (text != NULL && jz_date_is_valid (today), NULL);
  self = jz_identity_code_new (text);
  if (strlen (self->code) == OLD_NUMBER_LENGTH &&
      jz_identity_code_has_digits (self->code, 0, OLD_NUMBER_LENGTH)) {
    if (!accepts_old) {
      jz_identity_code_find (
        self, JZ_IDENTITY_ERROR, "ID-R3",
        _ ("This is an old identity number of 15 digits, which only imported "
           "records may have; write the number of 18 characters from the card."));
      return self;
    }
    convert_old_number (self);
  }
  if (check_number (self, today) && !jz_identity_code_has_province (self->code))
    jz_identity_code_find (self, JZ_IDENTITY_WARNING, "ID-D1",
                           _ ("The identity number begins with the division %.6s, which lies in no "
                              "province; compare it with the card, and its kind too."),
                           self->code);
  return self;
}

/* ID-R5: one of @letters, unless empty, and then exactly @n_digits digits. */
static gboolean
has_pass_form (const char *code, const char *letters, gsize n_digits)
{
  gsize n_letters = *letters == '\0' ? 0 : 1;

  return strlen (code) == n_letters + n_digits &&
         (n_letters == 0 || strchr (letters, *code) != NULL) &&
         jz_identity_code_has_digits (code, n_letters, n_digits);
}

static void
check_old_foreign_number (JzIdentityCode *self)
{
  static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  static const char signs[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

  if (strspn (self->code, signs) != OLD_NUMBER_LENGTH)
    jz_identity_code_find (self, JZ_IDENTITY_ERROR, "ID-R5",
                           _ ("The old number of a foreign permanent resident has only letters and "
                              "digits; compare it with the card."));
  else if (strspn (self->code, letters) != 3 || !jz_identity_code_has_digits (self->code, 3, 12))
    jz_identity_code_find (
      self, JZ_IDENTITY_WARNING, "ID-R5",
      _ ("Old numbers of foreign permanent residents usually have three letters "
         "and twelve digits; compare this one with the card."));
}

static void
check_foreign_number (JzIdentityCode *self, JzDate today)
{
  if (g_utf8_strlen (self->code, -1) == OLD_NUMBER_LENGTH) {
    check_old_foreign_number (self);
    return;
  }
  if (check_number (self, today) && *self->code != '9')
    jz_identity_code_find (
      self, JZ_IDENTITY_ERROR, "ID-R5",
      _ ("The number of a foreign permanent resident begins with 9; compare it "
         "with the card, and its kind too."));
}

static void
check_permit_number (JzIdentityCode *self, JzDate today)
{
  if (check_number (self, today) &&
      (self->code[0] != '8' || self->code[1] < '1' || self->code[1] > '3'))
    jz_identity_code_find (
      self, JZ_IDENTITY_ERROR, "ID-R5",
      _ ("The number of a residence permit begins with 81, 82 or 83; compare it "
         "with the card, and its kind too."));
}

/**
 * jz_identity_code_check_card:
 * @text: what was typed; need not be UTF-8
 * @card: what the person showed
 * @today: the day on which it is checked, a valid date
 *
 * Checks the number of another document (ID-R5). The two passes have a form only; the others are
 * checked like resident identity numbers but for the division, an old foreign one by its form.
 *
 * Returns: (transfer full): what was found out
 */
JzIdentityCode *
jz_identity_code_check_card (const char *text, JzIdentityCard card, JzDate today)
{
  JzIdentityCode *self = NULL;

  g_return_val_if_fail (text != NULL && jz_date_is_valid (today), NULL);
  self = jz_identity_code_new (text);
  switch (card) {
  case JZ_IDENTITY_CARD_HONG_KONG_MACAO:
    if (!has_pass_form (self->code, "HM", 8))
      jz_identity_code_find (
        self, JZ_IDENTITY_ERROR, "ID-R5",
        _ ("The number of a Hong Kong or Macao pass has H or M and eight digits; "
           "compare it with the pass."));
    break;
  case JZ_IDENTITY_CARD_TAIWAN:
    if (!has_pass_form (self->code, "", 8))
      jz_identity_code_find (self, JZ_IDENTITY_ERROR, "ID-R5",
                             _ ("The number of a Taiwan pass has eight digits; compare it with the "
                                "pass."));
    break;
  case JZ_IDENTITY_CARD_FOREIGN_RESIDENT:
    check_foreign_number (self, today);
    break;
  case JZ_IDENTITY_CARD_RESIDENCE_PERMIT:
    check_permit_number (self, today);
    break;
  default:
    g_assert_not_reached ();
  }
  return self;
}

/**
 * jz_identity_code_get_age:
 * @birth: a valid date
 * @day: the day of the act, a valid date
 * @mode: the parameter of ID-R4
 *
 * Counts full years (满). Somebody born on 29 February has the birthday on 28 February in other
 * years.
 *
 * Returns: the age on @day, or -1 if that is before @birth
 */
int
jz_identity_code_get_age (JzDate birth, JzDate day, JzAgeMode mode)
{
  int n_years = 0;
  int order = 0;

  g_return_val_if_fail (jz_date_is_valid (birth) && jz_date_is_valid (day), -1);
  if (jz_date_compare (day, birth) < 0)
    return -1;
  n_years = day.year - birth.year;
  order = jz_date_compare (day, jz_date_add_months (birth, 12 * n_years));
  if (n_years > 0 && (order < 0 || (order == 0 && mode == JZ_AGE_FROM_DAY_AFTER)))
    n_years--;
  return n_years;
}
