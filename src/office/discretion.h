/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "office/situation.h"

G_BEGIN_DECLS

/* What the program itself writes down of how a fine was measured (rules.md 7.4). */
#define JZ_DISCRETION_ARGUMENTS                                                                    \
  { "benchmark", JZ_ARGUMENT_TEXT,                                                                 \
    JZ_PREPARED, 300,                                                                              \
    NULL,        N_ ("the benchmark, “-” where there is none") },                                  \
    { "grade",     JZ_ARGUMENT_TEXT,                                                               \
      JZ_PREPARED, 60,                                                                             \
      NULL,        N_ ("the tier of it that the conduct falls under, “-” where none is known") },  \
  {                                                                                                \
    "computed", JZ_ARGUMENT_FIGURES, JZ_PREPARED, 0, NULL,                                         \
      N_ ("how the fine was measured: base, ranges of law, tier and direction, in fen; position "  \
          "in thousandths")                                                                        \
  }

gboolean jz_complete_discretion (const JzSituation *situation, JzJson *args, GError **error);
gboolean jz_check_discretion (const JzSituation *situation, JzRefusal **refusal, GError **error);
JzJson *jz_discretion_show (JzConnection *reader, const char *case_id, GError **error);

G_END_DECLS
