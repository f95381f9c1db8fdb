/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rules/discretion.h"

/* Discretion in figures (rules.md 7.1, 7.2, 7.4): whole fen, never a fraction, rounded into the
 * range, so that what is allowed here is allowed whoever counts. */

#define WHOLE 1000

/* A share of an amount, to the fen above or below; FALSE where it is too large to be counted. */
static gboolean
take_share (gint64 amount, gint64 thousandths, gboolean is_up, gint64 *share)
{
  gint64 product = 0;

  if (amount < 0 || thousandths < 0 || __builtin_mul_overflow (amount, thousandths, &product))
    return FALSE;
  *share = product / WHOLE + (is_up && product % WHOLE != 0 ? 1 : 0);
  return TRUE;
}

/**
 * jz_range_get_fines:
 * @range: what a law or a tier of a benchmark allows
 * @base: what it multiplies, in fen or in units; 0 where it multiplies nothing
 * @fines: (out): the fines that it allows
 *
 * DR-1 to DR-4 and DR-6: a least bound goes up to the fen, a most bound down.
 *
 * Returns: %FALSE where it sets no amounts, or larger ones than can be counted
 */
gboolean
jz_range_get_fines (const JzRange *range, gint64 base, JzFineRange *fines)
{
  switch (range->kind) {
  case JZ_RANGE_AMOUNT:
  case JZ_RANGE_MAX_ONLY:
    *fines = (JzFineRange){ range->least, range->most };
    return TRUE;
  case JZ_RANGE_MULTIPLE:
  case JZ_RANGE_PERCENT:
    return take_share (base, range->least, TRUE, &fines->least) &&
           take_share (base, range->most, FALSE, &fines->most);
  case JZ_RANGE_UNIT:
    return base >= 0 && !__builtin_mul_overflow (base, range->least, &fines->least) &&
           !__builtin_mul_overflow (base, range->most, &fines->most);
  case JZ_RANGE_CHOICE:
  default:
    return FALSE;
  }
}

/* So far into the range: a share of its span, where it has no least of the whole. */
static gint64
step_into (const JzFineRange *law, int thousandths, gboolean is_up)
{
  gint64 share = 0;

  if (!take_share (law->most - law->least, thousandths, is_up, &share))
    return law->most;
  return law->least + share;
}

/**
 * jz_fine_range_get_band:
 * @law: the range that the law sets
 * @has_least: whether the law sets a least fine
 * @direction: which way the factors point
 * @steps: where the parts meet
 *
 * DB-1 to DB-4. The bounds of the lower and of the higher part belong to them, so that the part
 * between begins and ends a fen from them.
 *
 * Returns: the part of the range in which the fine lies by its direction; the whole range where
 *   factors point both ways
 */
JzFineRange
jz_fine_range_get_band (const JzFineRange *law,
                        gboolean has_least,
                        JzDirection direction,
                        const JzBandSteps *steps)
{
  gint64 first = has_least ? law->least : step_into (law, steps->floor, TRUE);
  gint64 light = step_into (law, steps->light, FALSE);
  gint64 heavy = step_into (law, steps->heavy, TRUE);

  switch (direction) {
  case JZ_DIRECTION_MITIGATED:
    return (JzFineRange){ 0, first - 1 };
  case JZ_DIRECTION_LIGHT:
    return (JzFineRange){ first, light };
  case JZ_DIRECTION_GENERAL:
    return (JzFineRange){ light + 1, heavy - 1 };
  case JZ_DIRECTION_HEAVY:
    return (JzFineRange){ heavy, law->most };
  case JZ_DIRECTION_MIXED:
  default:
    return *law;
  }
}

/**
 * jz_fine_range_get_position:
 * @self: a range
 * @fine: a fine in it
 *
 * Returns: how far into the range it lies, in thousandths of the span (DX-6), down; 0 where the
 *   range has no span, and -1 for a fine outside of it
 */
gint64
jz_fine_range_get_position (const JzFineRange *self, gint64 fine)
{
  gint64 product = 0;

  if (!jz_fine_range_has (self, fine))
    return -1;
  if (self->most == self->least ||
      __builtin_mul_overflow (fine - self->least, (gint64)WHOLE, &product))
    return 0;
  return product / (self->most - self->least);
}
