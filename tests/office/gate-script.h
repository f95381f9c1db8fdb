/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "penalty-fixture.h"

G_BEGIN_DECLS

/**
 * GateScript:
 * @penalty: an office, with the case that is played at present
 * @acts: name of an act → its row of the table: who does it, with what
 * @next: the step of the ordinary course that comes next
 * @words: `$name` → what stands for it
 * @n_cases: how many were begun
 *
 * Plays the courses of tests/domain/gate-acts.tsv; the head of that file says how they are written.
 */
typedef struct {
  Penalty penalty;
  GHashTable *acts;
  PenaltyStep next;
  GHashTable *words;
  int n_cases;
} GateScript;

/* With an office of its own. */
void gate_script_init (GateScript *self, GPtrArray *rows);
void gate_script_clear (GateScript *self);
/* Begins a case of another party. */
void gate_script_begin (GateScript *self);
/* One step of a course, which must be done. */
void gate_script_step (GateScript *self, const char *step);

/* What a step that names an act asks for. */
typedef struct {
  char *who;
  char *other; /* who confirms, or NULL */
  char *act;
  JzJson *args;
} GateTry;

void gate_script_read (GateScript *self, const char *step, GateTry *try);
void gate_try_clear (GateTry *self);
/* Proposes it, where it needs two; the outcome has the hash that is given to the second. */
JzActOutcome *gate_script_propose (GateScript *self, const GateTry *try, guint n_times);
JzActOutcome *
gate_script_confirm (GateScript *self, const GateTry *try, const char *proposal, guint n_times);
/* Both, or the act where it needs one person. */
JzActOutcome *gate_script_try (GateScript *self, const GateTry *try, guint n_times);
char *gate_outcome_dup_hash (const JzActOutcome *outcome);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (GateScript, gate_script_clear)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (GateTry, gate_try_clear)

G_END_DECLS
