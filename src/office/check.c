/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "office/check.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "office/role.h"
#include "office/situation.h"
#include "store/error.h"

/* What is checked of every act before its own check: who, with which key, when, in which case, and
 * by how many. It runs inside the write transaction when the act is performed and, with the tables
 * as they were at that entry, whenever the store is verified; an entry that an altered program
 * wrote around it is found there. */

#define LONGEST_SILENCE_MS (G_GINT64_CONSTANT (30) * 24 * 60 * 60 * 1000)

/* None of the actor's roles fits, or there is none. */
static void
refuse_without_role (const char *roles, JzRefusal **refusal)
{
  g_autofree char *list = jz_role_list_words (roles);

  if (strcmp (roles, "*") == 0)
    jz_refuse (refusal, "J-ROLE", _ ("Ask the administrator for a role."),
               _ ("You hold no role in this office, so you can do nothing here."));
  else
    jz_refuse (refusal, "J-ROLE", _ ("Ask somebody who holds one of these roles."),
               _ ("You hold none of the roles that may do this: %s."), list);
}

static gboolean
check_person (const JzSituation *self, JzRefusal **refusal, GError **error)
{
  const char *roles = self->is_proposal ? self->act->proposer_roles : self->act->roles;
  g_autofree char *state = NULL;
  gboolean holds = FALSE;

  if (!jz_tables_get_person_state (self->tables, self->actor, &state, error) ||
      !jz_tables_has_role (self->tables, self->actor, self->role, &holds, error))
    return FALSE;
  if (g_strcmp0 (state, "active") != 0)
    jz_refuse (refusal, "J-PERSON", _ ("Ask the administrator for an account."),
               _ ("You are not, or no longer, a person of this office."));
  else if (self->role[0] == '\0')
    refuse_without_role (roles, refusal);
  else if (!holds)
    jz_refuse (refusal, "J-ROLE",
               _ ("Act in a role that you hold, or ask the administrator for this one."),
               _ ("You do not hold the role %s."), jz_role_word (self->role));
  else if (!jz_word_is_in (self->role, roles)) {
    g_autofree char *list = jz_role_list_words (roles);
    jz_refuse (refusal, "J-ROLE", _ ("Ask somebody who holds one of these roles."),
               _ ("The role %s may not do this; only these may: %s."), jz_role_word (self->role),
               list);
  }
  return TRUE;
}

static gboolean
is_own_certificate_of_act (const JzSituation *self)
{
  const JzJson *certificate = jz_json_get_member (self->args, "certificate");
  JzObject object;

  return certificate != NULL && jz_object_from_json (certificate, &object) &&
         self->cert.is_present && jz_hash_equal (&object.hash, &self->cert.hash);
}

static gboolean
check_certificate_row (const JzSituation *self, JzRefusal **refusal, GError **error)
{
  gboolean has_row = FALSE;
  char today[JZ_DATE_SIZE];
  g_autoptr (JzStatement) row = jz_connection_query (
    self->tables, error, "SELECT owner, closed, valid_to FROM certificate WHERE hash = ?", "h",
    &self->cert.hash);

  jz_date_format (jz_instant_get_date (self->now), today);
  if (row == NULL || !jz_statement_step (row, &has_row, error))
    return FALSE;
  if (!has_row || strcmp (jz_statement_get_text (row, 0), self->actor) != 0)
    jz_refuse (refusal, "J-CERTIFICATE", _ ("Sign with your own certificate."),
               _ ("The certificate of this signature is not one of the person who acts."));
  else if (jz_statement_get_integer (row, 1) != 0)
    jz_refuse (refusal, "J-CERTIFICATE",
               _ ("Ask the administrator and the head for a new certificate."),
               _ ("The certificate of this signature was closed or revoked."));
  else if (strcmp (jz_statement_get_text (row, 2), today) < 0)
    jz_refuse (
      refusal, "J-CERTIFICATE", _ ("Ask the administrator and the head for a new certificate."),
      _ ("The certificate of this signature ran out on %s."), jz_statement_get_text (row, 2));
  return TRUE;
}

static gboolean
check_certificate (const JzSituation *self, JzRefusal **refusal, GError **error)
{
  gboolean must_sign = (self->act->flags & JZ_ACT_SIGNED) != 0;

  if (must_sign != self->cert.is_present) {
    if (must_sign)
      jz_refuse (refusal, "J-CERTIFICATE",
                 _ ("Ask the administrator and the head for a certificate."),
                 _ ("This act must be signed, and you have no valid certificate."));
    else
      jz_refuse (refusal, "J-CERTIFICATE", NULL, _ ("This act is not one that is signed."));
    return TRUE;
  }
  if (!must_sign)
    return TRUE;
  /* The founder's, the second person's and a recovered certificate come with the very act that they
   * sign. */
  if (self->act->brings_certificate && !self->is_proposal) {
    if (!is_own_certificate_of_act (self))
      jz_refuse (refusal, "J-CERTIFICATE", NULL,
                 _ ("The act is not signed with the certificate that it brings."));
    return TRUE;
  }
  return check_certificate_row (self, refusal, error);
}

static gboolean
check_acceptance (const JzSituation *self, JzRefusal **refusal, GError **error)
{
  g_autofree char *accepted = NULL;

  if ((self->act->flags & JZ_ACT_SIGNED) == 0 || (self->act->flags & JZ_ACT_FOUNDING) != 0)
    return TRUE;
  if (!jz_tables_get_setting (self->tables, "store.accepted", &accepted, error))
    return FALSE;
  if (accepted == NULL)
    jz_refuse (
      refusal, "J-ACCEPT", _ ("Let the head, or whom the head names on paper, accept the store."),
      _ (
        "No second person has accepted this store yet, so nothing of responsibility can be done."));
  return TRUE;
}

/**
 * jz_clock_judge:
 * @now: what the clock shows
 * @last: when the last entry was written; %G_MININT64 where there is none
 *
 * Returns: whether the clock can be right, or the administrator has to confirm it first (design §1)
 */
JzClockState
jz_clock_judge (JzInstant now, JzInstant last)
{
  if (last == G_MININT64)
    return JZ_CLOCK_RIGHT;
  if (now < last - JZ_CLOCK_TOLERANCE_MS)
    return JZ_CLOCK_BEHIND;
  return now > last + LONGEST_SILENCE_MS ? JZ_CLOCK_AHEAD : JZ_CLOCK_RIGHT;
}

static gboolean
check_clock (const JzSituation *self, JzRefusal **refusal, GError **error)
{
  /* Who must confirm the clock may have to recover the certificate first. */
  gboolean may_wait = (self->act->flags & JZ_ACT_AFTER_SILENCE) != 0;
  JzInstant last = G_MININT64;
  JzClockState state;
  char now_text[JZ_INSTANT_SIZE];
  char last_text[JZ_INSTANT_SIZE];

  if ((self->act->flags & (JZ_ACT_SETS_CLOCK | JZ_ACT_BEGINS_STORE)) != 0)
    return TRUE;
  if (!jz_journal_get_last_time (self->tables, self->store, &last, error))
    return FALSE;
  state = jz_clock_judge (self->now, last);
  if (state == JZ_CLOCK_RIGHT || (state == JZ_CLOCK_AHEAD && may_wait))
    return TRUE;
  jz_instant_format (self->now, now_text);
  jz_instant_format (last, last_text);
  jz_refuse (
    refusal, "J-CLOCK",
    _ ("Set the clock of this computer right; if it is right, the administrator confirms it with "
       "clock.confirm."),
    state == JZ_CLOCK_BEHIND
      ? _ ("The clock shows %s, but the last entry was written later, at %s.")
      : _ ("The clock shows %s, more than 30 days after the last entry of %s."),
    now_text, last_text);
  return TRUE;
}

static gboolean
check_case (const JzSituation *self, JzRefusal **refusal, GError **error)
{
  g_autofree char *stage = NULL;

  if (self->act->scope != JZ_SCOPE_CASE || self->is_case_gone)
    return TRUE;
  if (!jz_tables_get_stage (self->tables, self->case_id, &stage, error))
    return FALSE;
  if (stage == NULL)
    jz_refuse (refusal, "J-CASE", _ ("Choose a case of this store."),
               _ ("There is no case %s in this store, or it was destroyed."), self->case_id);
  return TRUE;
}

static gboolean
needs_proposal (const JzSituation *self, gboolean *needs, GError **error)
{
  *needs = (self->act->flags & JZ_ACT_TWO_SIGNERS) != 0 && !self->is_proposal;
  if (!*needs || self->act->needs_proposal == NULL)
    return TRUE;
  return self->act->needs_proposal (self, needs, error);
}

static const char *
find_fault_of_proposal (const JzSituation *self, JzStatement *row, gboolean has_row)
{
  JzHash given = jz_arguments_hash (self->args);
  JzHash proposed;
  JzInstant time = 0;

  if (!has_row || strcmp (jz_statement_get_text (row, 0), self->act->name) != 0)
    return _ ("There is no such proposal.");
  if (strcmp (jz_statement_get_text (row, 1), self->actor) == 0)
    return _ ("You made this proposal yourself; another person must confirm it.");
  if (!jz_statement_get_hash (row, 2, &proposed) || !jz_hash_equal (&given, &proposed))
    return _ ("What is to be confirmed differs from what was proposed.");
  if (jz_statement_get_integer (row, 4) != 0)
    return _ ("This proposal was carried out already.");
  if (!jz_instant_parse (jz_statement_get_text (row, 3), &time, NULL) ||
      self->now > time + JZ_PROPOSAL_LIFE_MS)
    return _ ("This proposal is more than seven days old.");
  return NULL;
}

static gboolean
check_proposal (const JzSituation *self, JzRefusal **refusal, GError **error)
{
  gboolean needs = FALSE;
  gboolean has_row = FALSE;
  const char *fault;
  g_autoptr (JzStatement) row = NULL;

  if (!needs_proposal (self, &needs, error))
    return FALSE;
  if (!self->proposal.is_present) {
    if (needs)
      jz_refuse (refusal, "J-TWO", _ ("Let somebody propose it first, then confirm the proposal."),
                 _ ("This act needs two persons: one proposes, another confirms."));
    return TRUE;
  }
  row = jz_connection_query (
    self->tables, error, "SELECT act, actor, arguments, time, used_by FROM proposal WHERE hash = ?",
    "h", &self->proposal.hash);
  if (row == NULL || !jz_statement_step (row, &has_row, error))
    return FALSE;
  fault = find_fault_of_proposal (self, row, has_row);
  if (fault != NULL)
    jz_refuse (refusal, "J-TWO", _ ("Let it be proposed anew."), "%s", fault);
  return TRUE;
}

static gboolean
check_beginning (const JzSituation *self, JzRefusal **refusal, GError **error)
{
  JzInstant last = G_MININT64;
  gboolean begins = (self->act->flags & JZ_ACT_BEGINS_STORE) != 0;

  if (!jz_journal_get_last_time (self->tables, self->store, &last, error))
    return FALSE;
  if (begins != (last == G_MININT64))
    jz_refuse (
      refusal, "J-BEGIN", NULL,
      begins
        ? _ ("The store has begun already.")
        : _ ("The first entry of a store must be its founding, its restoring or its copying."));
  return TRUE;
}

static gboolean
check_own (const JzSituation *self, JzRefusal **refusal, GError **error)
{
  return self->act->check == NULL || self->is_case_gone || self->act->check (self, refusal, error);
}

/**
 * jz_check_situation:
 * @situation: what is tried
 * @refusal: (out): set when it is refused
 * @error: return location
 *
 * Checks everything but the rules of law: person and role, signature, acceptance, clock, case, two
 * signers, and what the act itself demands (design §1, §11; format §3).
 *
 * Returns: %FALSE only when it could not look
 */
gboolean
jz_check_situation (const JzSituation *situation, JzRefusal **refusal, GError **error)
{
  static gboolean (*const checks[]) (const JzSituation *, JzRefusal **, GError **) = {
    check_beginning,  check_person, check_clock,    check_certificate,
    check_acceptance, check_case,   check_proposal, check_own,
  };
  /* Nobody is there yet whose role could be checked. */
  gboolean is_founding = strcmp (situation->act->name, "store.init") == 0;

  *refusal = NULL;
  for (gsize i = 0; i < G_N_ELEMENTS (checks) && *refusal == NULL; i++) {
    if (is_founding && checks[i] == check_person)
      continue;
    if (!checks[i](situation, refusal, error))
      return FALSE;
  }
  return TRUE;
}

/**
 * jz_arguments_hash:
 * @args: arguments without `proposal`
 *
 * Returns: SHA-256 of their canonical text, by which a proposal is held to
 */
JzHash
jz_arguments_hash (const JzJson *args)
{
  gsize length = 0;
  g_autofree char *text = jz_json_to_canonical (args, &length);
  JzHash hash;

  jz_hash_of (text, length, &hash);
  return hash;
}

/**
 * jz_situation_fill:
 * @situation: with its act set
 * @args: (transfer none): the arguments as they stand in a payload; `proposal` is taken out
 * @error: return location
 *
 * Sets the situation's arguments, proposal and case.
 *
 * Returns: %FALSE when `proposal` or `case` is not of its form
 */
gboolean
jz_situation_fill (JzSituation *situation, JzJson *args, GError **error)
{
  const char *proposal = jz_json_get_member_text (args, "proposal");

  situation->proposal.is_present = FALSE;
  if (proposal != NULL) {
    if (!jz_hash_from_hex (proposal, &situation->proposal.hash)) {
      g_set_error_literal (error, JZ_STORE_ERROR, JZ_STORE_ERROR_INVALID,
                           _ ("The proposal must be named by its 64 hexadecimal digits."));
      return FALSE;
    }
    situation->proposal.is_present = TRUE;
    jz_json_remove_member (args, "proposal");
  }
  situation->args = args;
  if (situation->act->scope == JZ_SCOPE_CASE)
    situation->case_id = jz_situation_get_text (situation, "case");
  else
    situation->case_id = situation->act->scope == JZ_SCOPE_OPENS ? "" : JZ_BUREAU;
  return TRUE;
}
