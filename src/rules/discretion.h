/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rules/rulebook.h"

G_BEGIN_DECLS

/**
 * JzFineRange:
 * @least: in fen; may be fined
 * @most: in fen; may be fined
 *
 * A range of fines. One whose least is above its most holds no fine.
 */
typedef struct {
  gint64 least;
  gint64 most;
} JzFineRange;

/**
 * JzDirection:
 * @JZ_DIRECTION_MITIGATED: below the least
 * @JZ_DIRECTION_LIGHT: in the lower part
 * @JZ_DIRECTION_GENERAL: between
 * @JZ_DIRECTION_HEAVY: in the higher part
 * @JZ_DIRECTION_MIXED: nobody can say by figures
 *
 * Which way the factors of a case point (rules.md 7.2).
 */
typedef enum {
  JZ_DIRECTION_MITIGATED,
  JZ_DIRECTION_LIGHT,
  JZ_DIRECTION_GENERAL,
  JZ_DIRECTION_HEAVY,
  JZ_DIRECTION_MIXED,
} JzDirection;

/**
 * JzBandSteps:
 * @floor: where the lower part begins that has no least, as a share of the most
 * @light: where the lower part ends, as a share of the span
 * @heavy: where the higher part begins
 *
 * In thousandths: a bureau's choice.
 */
typedef struct {
  int floor;
  int light;
  int heavy;
} JzBandSteps;

gboolean jz_range_get_fines (const JzRange *range, gint64 base, JzFineRange *fines);
JzFineRange jz_fine_range_get_band (const JzFineRange *law,
                                    gboolean has_least,
                                    JzDirection direction,
                                    const JzBandSteps *steps);
gint64 jz_fine_range_get_position (const JzFineRange *self, gint64 fine);

static inline gboolean
jz_fine_range_has (const JzFineRange *self, gint64 fine)
{
  return fine >= self->least && fine <= self->most;
}

G_END_DECLS
