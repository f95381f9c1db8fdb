/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "office/act.h"

G_BEGIN_DECLS

/**
 * JzGate:
 * @situation: what is tried
 * @rules: (element-type utf8): gets the ids of the rules that were evaluated
 * @refusal: (out): set when a rule refuses
 * @data: what was given with it
 * @error: return location
 *
 * The hook by which rules refuse acts. It must look only at the situation.
 *
 * Returns: %FALSE only when it could not look
 */
typedef gboolean (*JzGate) (const JzSituation *situation,
                            GPtrArray *rules,
                            JzRefusal **refusal,
                            gpointer data,
                            GError **error);

/**
 * JzClockState:
 * @JZ_CLOCK_RIGHT: as it should be
 * @JZ_CLOCK_BEHIND: it shows a time before the last entry
 * @JZ_CLOCK_AHEAD: it shows a time long after the last entry
 *
 * How a clock stands to the last entry.
 */
typedef enum {
  JZ_CLOCK_RIGHT,
  JZ_CLOCK_BEHIND,
  JZ_CLOCK_AHEAD,
} JzClockState;

JzClockState jz_clock_judge (JzInstant now, JzInstant last);
gboolean jz_check_situation (const JzSituation *situation, JzRefusal **refusal, GError **error);
gboolean jz_situation_fill (JzSituation *situation, JzJson *args, GError **error);
JzHash jz_arguments_hash (const JzJson *args);

G_END_DECLS
