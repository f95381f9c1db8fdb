/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdint.h>
#include <string.h>

#include "base/half_width.h"
#include "base/identity_code.h"
#include "base/money.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static const JzDate today = { 2026, 3, 2 };

static void
try_half_width (const char *text)
{
  g_autofree char *half_width = jz_half_width_dup (text);
  g_autofree char *again = NULL;

  g_assert_true ((half_width != NULL) == g_utf8_validate (text, -1, NULL));
  if (half_width == NULL)
    return;
  again = jz_half_width_dup (half_width);
  g_assert_cmpstr (again, ==, half_width);
}

static void
try_money (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *figures = NULL;
  gint64 amount_fen = -1;
  gint64 again_fen = -1;

  if (!jz_money_parse (text, &amount_fen, &error)) {
    g_assert_true (g_utf8_validate (error->message, -1, NULL));
    g_assert_cmpint (amount_fen, ==, -1);
    return;
  }
  g_assert_true (jz_money_is_valid (amount_fen));
  figures = jz_money_format (amount_fen);
  g_assert_true (jz_money_parse (figures, &again_fen, NULL));
  g_assert_cmpint (again_fen, ==, amount_fen);
  g_assert_cmpint (jz_money_get_surcharge (amount_fen, 300, (int)strlen (text), 100), <=,
                   amount_fen);
}

static void
try_capitals (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *capitals = NULL;
  gint64 amount_fen = -1;
  gint64 again_fen = -1;

  if (!jz_money_parse_capitals (text, &amount_fen, &error)) {
    g_assert_true (g_utf8_validate (error->message, -1, NULL));
    g_assert_cmpint (amount_fen, ==, -1);
    return;
  }
  g_assert_true (jz_money_is_valid (amount_fen));
  g_assert_true (jz_money_check_capitals (text, amount_fen));
  capitals = jz_money_to_capitals (amount_fen);
  g_assert_true (jz_money_parse_capitals (capitals, &again_fen, NULL));
  g_assert_cmpint (again_fen, ==, amount_fen);
}

/* Takes @found. What is said about a code holds together, and of the code that comes out the same
 * is said again. */
static void
try_found (JzIdentityCode *found, JzIdentityCode *again)
{
  g_autoptr (JzIdentityCode) self = found;
  g_autoptr (JzIdentityCode) other = again;

  g_assert_true (g_utf8_validate (self->code, -1, NULL));
  g_assert_true ((self->verdict == JZ_IDENTITY_VALID) == (self->rule == NULL));
  g_assert_true ((self->verdict == JZ_IDENTITY_VALID) == (self->sentence == NULL));
  g_assert_true (self->sentence == NULL || g_utf8_validate (self->sentence, -1, NULL));
  g_assert_true (!self->has_birth ||
                 jz_identity_code_get_age (self->birth, today, JZ_AGE_FROM_DAY_AFTER) >= 0);
  g_assert_cmpint (self->verdict, ==, other->verdict);
  g_assert_cmpstr (self->rule, ==, other->rule);
  g_assert_cmpstr (self->code, ==, other->code);
}

static void
try_codes (const char *text)
{
  JzIdentityCode *found = jz_identity_code_check_uscc (text);
  try_found (found, jz_identity_code_check_uscc (found->code));
  found = jz_identity_code_check_division (text);
  try_found (found, jz_identity_code_check_division (found->code));
  for (int accepts_old = 0; accepts_old < 2; accepts_old++) {
    found = jz_identity_code_check_resident (text, today, accepts_old);
    try_found (found, jz_identity_code_check_resident (found->code, today, accepts_old));
  }
  for (int i = JZ_IDENTITY_CARD_HONG_KONG_MACAO; i <= JZ_IDENTITY_CARD_RESIDENCE_PERMIT; i++) {
    JzIdentityCard card = (JzIdentityCard)i;
    found = jz_identity_code_check_card (text, card, today);
    try_found (found, jz_identity_code_check_card (found->code, card, today));
  }
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *text = g_strndup ((const char *)data, size);

  try_half_width (text);
  try_money (text);
  try_capitals (text);
  try_codes (text);
  return 0;
}
