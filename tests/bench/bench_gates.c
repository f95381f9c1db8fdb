/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../office/penalty-fixture.h"
#include "bench.h"

/* What facts and gates cost: the same inspection in an office that lives by a rulebook, and in one
 * that has adopted none, in turns. */

#define N_ROUNDS 5

static void
step_inspect (gpointer data)
{
  Penalty *penalty = data;
  g_autofree char *args = g_strdup_printf (
    "'officers':['%s','%s'],'shown':true,'shown_to':'李某','text':'现场检查','act.happened_on':"
    "'2025-01-02','act.place':'某某路1号门前'",
    penalty->handler, penalty->other);

  penalty_do (penalty, "handler", "field.inspect", args);
}

void
bench_gates (Bench *bench)
{
  g_auto (Penalty) gated = { 0 };
  g_auto (Penalty) free_of_rules = { 0 };
  BenchSide sides[2] = { { step_inspect, &gated, 0 }, { step_inspect, &free_of_rules, 0 } };

  penalty_init (&gated);
  penalty_play (&gated, PENALTY_LEAD, PENALTY_FILED);
  test_office_staff (&free_of_rules.office);
  free_of_rules.handler = test_office_get_person (&free_of_rules.office, "handler");
  free_of_rules.other = test_office_get_person (&free_of_rules.office, "other");
  penalty_play (&free_of_rules, PENALTY_LEAD, PENALTY_LEAD);
  bench_in_turns (sides, N_ROUNDS, bench->is_quick ? 10 : 40);
  bench_add (bench, "inspections with facts and gates", "acts/s", sides[0].rate,
             "without a rulebook", sides[1].rate, 0);
}
