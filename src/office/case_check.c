/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "office/case_check.h"

#include <stdlib.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "base/identity_code.h"
#include "office/case_facts.h"
#include "office/fact_arguments.h"
#include "office/role.h"
#include "office/settings.h"
#include "office/stated.h"

/* What is asked of every act of a case beside the gates of its rulebook: days that can be,
 * approvals that somebody gave, things that are there. */

static void
check_days (const JzSituation *self, JzRefusal **refusal)
{
  for (const JzArgument *argument = self->act->arguments;
       argument->name != NULL && *refusal == NULL; argument++) {
    const char *text = jz_situation_get_text (self, argument->name);
    JzInstant instant;
    gboolean may_lie_ahead = argument->fact != NULL && argument->fact->lies_ahead;
    if (argument->kind == JZ_ARGUMENT_DATE && !may_lie_ahead)
      jz_situation_need_past_date (self, argument->name, refusal);
    else if (argument->kind == JZ_ARGUMENT_INSTANT && jz_instant_parse (text, &instant, NULL) &&
             instant > self->now)
      jz_refuse (refusal, "J-DATE", _ ("Give a moment that is not later than now."),
                 _ ("“%s” is %s, which lies in the future."), jz_argument_get_meaning (argument),
                 text);
  }
}

/* What the act says of the day, or else what was stated of it last: of the record that the act
 * names, or of the case. */
static const char *
get_day (const JzSituation *self, const JzStated *stated, const char *name)
{
  const char *given = jz_situation_get_text (self, name);
  const char *dot = strrchr (name, '.');
  g_autofree char *list = g_strndup (name, (gsize)(dot - name));
  const char *record = jz_situation_get_text (self, "record");

  if (given[0] != '\0' || strchr (list, '.') == NULL)
    return given[0] != '\0' ? given : jz_stated_get_text (stated, name);
  for (guint i = 0; i < jz_stated_get_records (stated)->len; i++) {
    const JzStatedRecord *found = g_ptr_array_index (jz_stated_get_records (stated), i);
    if (strcmp (found->list, list) == 0 && strcmp (found->id, record) == 0)
      return jz_stated_record_get_text (found, dot + 1);
  }
  return "";
}

static gboolean
check_span (const JzSituation *self, const JzArgument *last, JzRefusal **refusal, GError **error)
{
  const char *first = last->fact->not_before;
  const char *to = jz_situation_get_text (self, last->name);
  g_autoptr (JzStated) stated = NULL;
  g_autofree char *first_meaning = NULL;
  const char *from;

  if (to[0] == '\0')
    return TRUE;
  stated = jz_stated_load (self->tables, self->case_id, self->arrival, error);
  if (stated == NULL)
    return FALSE;
  from = get_day (self, stated, first);
  first_meaning =
    jz_fact_vocabulary_dup_meaning (jz_office_get_facts (), first, jz_language_get_current ());
  if (from[0] != '\0' && strcmp (from, to) > 0)
    jz_refuse (refusal, "J-DATE", _ ("Compare the two days."),
               _ ("“%1$s” is %2$s, which is before “%3$s”, and that is %4$s."),
               jz_argument_get_meaning (last), to, first_meaning, from);
  return TRUE;
}

static gboolean
check_spans (const JzSituation *self, JzRefusal **refusal, GError **error)
{
  for (const JzArgument *argument = self->act->arguments;
       argument->name != NULL && *refusal == NULL; argument++)
    if (argument->fact != NULL && argument->fact->not_before != NULL &&
        !check_span (self, argument, refusal, error))
      return FALSE;
  return TRUE;
}

static void
check_identity (const JzSituation *self, JzRefusal **refusal)
{
  const char *kind = jz_situation_get_text (self, "party.id_kind");
  const char *number = jz_situation_get_text (self, "party.id_number");
  g_autoptr (JzIdentityCode) code = NULL;

  if (strcmp (kind, "resident") == 0)
    code = jz_identity_code_check_resident (number, jz_instant_get_date (self->now), FALSE);
  else if (strcmp (kind, "uscc") == 0)
    code = jz_identity_code_check_uscc (number);
  if (code != NULL && code->verdict == JZ_IDENTITY_ERROR)
    jz_refuse (refusal, "J-CODE", _ ("Compare it with the document."), "%s", code->sentence);
}

/* What was long ago when the case began, and is no act of the office. */
static gboolean
is_of_the_world (const char *name)
{
  static const char *const names[] = { "case.lead_found_on", "evidence.items.made_at",
                                       "evidence.items.obtained_on", "found", NULL };
  return g_str_has_prefix (name, "conduct.") || g_str_has_prefix (name, "party.") ||
         g_strv_contains (names, name);
}

static gboolean
read_day (const JzSituation *self, const JzArgument *argument, JzDate *date)
{
  const char *text = jz_situation_get_text (self, argument->name);
  JzInstant instant;

  if (is_of_the_world (argument->name))
    return FALSE;
  if (argument->kind == JZ_ARGUMENT_DATE)
    return jz_date_parse (text, date, NULL);
  if (argument->kind != JZ_ARGUMENT_INSTANT || !jz_instant_parse (text, &instant, NULL))
    return FALSE;
  *date = jz_instant_get_date (instant);
  return TRUE;
}

static gboolean
get_patience (const JzSituation *self, int *n_days, GError **error)
{
  g_autofree char *value = NULL;

  if (!jz_tables_get_setting (self->tables, "late.days", &value, error))
    return FALSE;
  *n_days = atoi (value != NULL ? value : jz_setting_find ("late.days")->otherwise);
  return TRUE;
}

/* What is entered long after it happened says why (补录; ): the record has both days. */
static gboolean
check_late (const JzSituation *self, JzRefusal **refusal, GError **error)
{
  JzDate today = jz_instant_get_date (self->now);
  JzDate first;
  char text[JZ_DATE_SIZE];
  int n_days = 0;

  if (self->act->facts == NULL || jz_situation_get_text (self, JZ_LATE_REASON)[0] != '\0')
    return TRUE;
  if (!get_patience (self, &n_days, error))
    return FALSE;
  first = jz_date_add_days (today, -n_days);
  for (const JzArgument *argument = self->act->arguments;
       argument->name != NULL && *refusal == NULL; argument++) {
    JzDate date;
    if (!read_day (self, argument, &date) || jz_date_compare (date, first) >= 0)
      continue;
    jz_date_format (date, text);
    jz_refuse (refusal, "J-LATE", _ ("Give the reason why it is entered only now."),
               _ ("It happened on %1$s, more than %2$d days ago, and no reason is given why it is "
                  "entered late."),
               text, n_days);
  }
  return TRUE;
}

/**
 * jz_check_facts:
 * @situation: an act that states facts of a case
 * @refusal: (out): set when it is refused
 * @error: return location
 *
 * Returns: %FALSE only when it could not look
 */
gboolean
jz_check_facts (const JzSituation *situation, JzRefusal **refusal, GError **error)
{
  if (!jz_situation_need_stage (situation, "open", refusal, error))
    return FALSE;
  if (*refusal == NULL)
    check_days (situation, refusal);
  if (*refusal == NULL && !check_spans (situation, refusal, error))
    return FALSE;
  if (*refusal == NULL)
    check_identity (situation, refusal);
  return *refusal != NULL || check_late (situation, refusal, error);
}

static gboolean
check_named_approver (const JzSituation *self, JzRefusal **refusal, GError **error)
{
  const char *approver = jz_situation_get_text (self, "approver");
  gboolean may = FALSE;
  gboolean is_head = FALSE;

  if (!jz_tables_has_role (self->tables, approver, "approver", &may, error) ||
      !jz_tables_has_role (self->tables, approver, "head", &is_head, error))
    return FALSE;
  if (!may && !is_head)
    jz_refuse (
      refusal, "J-APPROVAL", _ ("Name who approved."),
      _ ("Whoever approved on paper or by telephone must be named, and must be an approver "
         "or the head."));
  else if (jz_situation_get_text (self, "source")[0] == '\0')
    jz_refuse (refusal, "J-APPROVAL", _ ("Say where the paper is, or which number was called."),
               _ ("It is not said where the signed paper is, or which number was called."));
  return TRUE;
}

/**
 * jz_check_approval_form:
 * @situation: an act that is an approval
 * @refusal: (out): set when it is refused
 * @error: return location
 *
 * By account the approver acts himself; on paper or by telephone he is named, with what proves it.
 *
 * Returns: %FALSE only when it could not look
 */
gboolean
jz_check_approval_form (const JzSituation *situation, JzRefusal **refusal, GError **error)
{
  gboolean is_by_account = strcmp (jz_situation_get_text (situation, "way"), "account") == 0;
  gboolean names = jz_situation_get_text (situation, "approver")[0] != '\0';

  if (!jz_check_facts (situation, refusal, error))
    return FALSE;
  if (*refusal != NULL)
    return TRUE;
  if (!is_by_account)
    return check_named_approver (situation, refusal, error);
  if (names)
    jz_refuse (refusal, "J-APPROVAL", _ ("Leave the approver out, or say that it was on paper."),
               _ ("Who approves by account is who performs the act, and nobody else."));
  else if (!situation->is_proposal && !jz_word_is_in (situation->role, "approver|head"))
    jz_refuse (refusal, "J-APPROVAL", _ ("Let an approver confirm it."),
               _ ("Only an approver or the head approves by account."));
  return TRUE;
}

/**
 * jz_check_no_handler:
 * @self: an act that approves something in a case
 * @refusal: (out): set when who approves is or was a handler of the case
 * @error: return location
 *
 * Nobody approves his own work (design §11), in whatever role.
 *
 * Returns: %FALSE only when it could not look
 */
gboolean
jz_check_no_handler (const JzSituation *self, JzRefusal **refusal, GError **error)
{
  const char *named = jz_situation_get_text (self, "approver");
  gint64 n_duties = 0;

  if (named[0] == '\0' && self->is_proposal)
    return TRUE;
  if (!jz_connection_get_number (self->tables, &n_duties, error,
                                 "SELECT count (*) FROM case_duty WHERE case_id = ? AND person = ? "
                                 "AND duty = 'handler'",
                                 "tt", self->case_id, named[0] != '\0' ? named : self->actor))
    return FALSE;
  if (n_duties > 0)
    jz_refuse (refusal, "J-SEPARATION", _ ("Let another approver approve it."),
               _ ("Who is or was a handler of the case cannot approve anything in it."));
  return TRUE;
}

/**
 * jz_check_approval:
 * @situation: an act that is an approval
 * @refusal: (out): set when it is refused
 * @error: return location
 *
 * The form of jz_check_approval_form(), and nobody approves in his own case.
 *
 * Returns: %FALSE only when it could not look
 */
gboolean
jz_check_approval (const JzSituation *situation, JzRefusal **refusal, GError **error)
{
  if (!jz_check_approval_form (situation, refusal, error))
    return FALSE;
  return *refusal != NULL || jz_check_no_handler (situation, refusal, error);
}

/**
 * jz_check_record:
 * @situation: an act that changes a record of its list
 * @refusal: (out): set when it is refused
 * @error: return location
 *
 * Returns: %FALSE only when it could not look
 */
gboolean
jz_check_record (const JzSituation *situation, JzRefusal **refusal, GError **error)
{
  if (!jz_check_facts (situation, refusal, error))
    return FALSE;
  return *refusal != NULL || jz_situation_need_record (situation, refusal, error);
}

/**
 * jz_check_officers:
 * @situation: an act in which officers take part
 * @refusal: (out): set when it is refused
 * @error: return location
 *
 * Each must be a person of the office, named once; whether they are enough, and whether their
 * credentials are good, is for the gates to say.
 *
 * Returns: %FALSE only when it could not look
 */
gboolean
jz_check_officers (const JzSituation *situation, JzRefusal **refusal, GError **error)
{
  const JzJson *officers = jz_json_get_member (situation->args, "officers");
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  if (!jz_check_facts (situation, refusal, error))
    return FALSE;
  for (guint i = 0; i < jz_json_get_n_items (officers) && *refusal == NULL; i++) {
    const char *person = jz_json_get_text (jz_json_get_item (officers, i));
    g_autofree char *state = NULL;
    if (!jz_tables_get_person_state (situation->tables, person, &state, error))
      return FALSE;
    if (state == NULL || !g_hash_table_add (seen, (gpointer)person))
      jz_refuse (refusal, "J-PERSON", _ ("Name each person of this office who takes part once."),
                 _ ("%s is no person of this office, or is named twice."), person);
  }
  return TRUE;
}

/**
 * jz_complete_basis:
 * @situation: an act that holds to a decision basis
 * @args: gets `basis`
 * @error: return location
 *
 * Returns: %FALSE only when it could not look
 */
gboolean
jz_complete_basis (const JzSituation *situation, JzJson *args, GError **error)
{
  JzHash basis;
  char hex[JZ_HASH_HEX_SIZE];

  if (!jz_situation_get_basis (situation, &basis, error))
    return FALSE;
  jz_hash_to_hex (&basis, hex);
  jz_json_set_text (args, "basis", hex);
  return TRUE;
}

/**
 * jz_check_basis:
 * @situation: an act with the argument `basis`
 * @refusal: (out): set when that is not the present decision basis
 * @error: return location
 *
 * Returns: %FALSE only when it could not look
 */
gboolean
jz_check_basis (const JzSituation *situation, JzRefusal **refusal, GError **error)
{
  JzHash basis;
  char hex[JZ_HASH_HEX_SIZE];

  if (!jz_situation_get_basis (situation, &basis, error))
    return FALSE;
  jz_hash_to_hex (&basis, hex);
  if (strcmp (jz_situation_get_text (situation, "basis"), hex) != 0)
    jz_refuse (refusal, "J-BASIS", _ ("Look at what is to be decided now, and begin anew."),
               _ ("What is to be decided was changed meanwhile."));
  return TRUE;
}

/**
 * jz_check_attachment:
 * @self: an act of a case
 * @argument: which of its arguments names an attachment
 * @refusal: (out): set when there is no such one in the case
 * @error: return location
 *
 * Returns: %FALSE only when it could not look
 */
gboolean
jz_check_attachment (const JzSituation *self,
                     const char *argument,
                     JzRefusal **refusal,
                     GError **error)
{
  const char *attachment = jz_situation_get_text (self, argument);
  gint64 n_rows = 0;

  if (!jz_connection_get_number (self->tables, &n_rows, error,
                                 "SELECT count (*) FROM attachment WHERE case_id = ? AND id = ?",
                                 "tt", self->case_id, attachment))
    return FALSE;
  if (n_rows == 0)
    jz_refuse (refusal, "J-ATTACHMENT", _ ("Choose an attachment of this case."),
               _ ("There is no attachment %s in this case."), attachment);
  return TRUE;
}

/**
 * jz_situation_find_maker:
 * @self: an act of a case
 * @thing: id of a thing of it, which is named after the entry that made it
 * @maker: (out) (transfer full) (nullable): the person who made it
 * @error: return location
 *
 * Returns: %FALSE only when it could not look
 */
gboolean
jz_situation_find_maker (const JzSituation *self, const char *thing, char **maker, GError **error)
{
  const char *dash = strrchr (thing, '-');
  g_autofree char *entry = g_strndup (thing, dash != NULL ? (gsize)(dash - thing) : 0);

  return jz_connection_get_text (self->journal, maker, error,
                                 "SELECT actor FROM entry WHERE case_id = ? AND arrival < ? AND "
                                 "store || '-' || seq = ?",
                                 "tit", self->case_id, self->arrival, entry);
}
