/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "office/demo-private.h"

/* Codes of nobody: their check characters are right (GB 11643, GB 32100, GB 11714), and the
 * division is that of a whole province, which no such code bears. */

#define CREDIT_SIGNS "0123456789ABCDEFGHJKLMNPQRTUWXY"

/**
 * jz_demo_dup_resident_code:
 * @random: numbers
 * @birthday: eight digits
 *
 * Returns: (transfer full): an invented identity number
 */
char *
jz_demo_dup_resident_code (JzDemoRandom *random, const char *birthday)
{
  static const int weights[] = { 7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2 };
  g_autofree char *digits =
    g_strdup_printf ("330000%s%03d", birthday, jz_demo_random_between (random, 1, 999));
  int sum = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (weights); i++)
    sum += weights[i] * (digits[i] - '0');
  return g_strdup_printf ("%s%c", digits, "10X98765432"[sum % 11]);
}

static char
get_organisation_check (const char *digits)
{
  static const int weights[] = { 3, 7, 9, 10, 5, 8, 4, 2 };
  int sum = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (weights); i++)
    sum += weights[i] * (digits[i] - '0');
  return "0X987654321"[sum % 11];
}

/**
 * jz_demo_dup_credit_code:
 * @random: numbers
 * @registrar: its first two characters
 *
 * Returns: (transfer full): an invented unified social credit code
 */
char *
jz_demo_dup_credit_code (JzDemoRandom *random, const char *registrar)
{
  g_autofree char *digits = g_strdup_printf ("%08d", jz_demo_random_between (random, 0, 99999999));
  g_autofree char *code =
    g_strdup_printf ("%s330000%s%c", registrar, digits, get_organisation_check (digits));
  int weight = 1;
  int sum = 0;

  for (const char *sign = code; *sign != '\0'; sign++) {
    sum += weight * (int)(strchr (CREDIT_SIGNS, *sign) - CREDIT_SIGNS);
    weight = weight * 3 % 31;
  }
  return g_strdup_printf ("%s%c", code, CREDIT_SIGNS[(31 - sum % 31) % 31]);
}
