/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include <glib/gi18n-lib.h>

#include "office/acts.h"
#include "office/role.h"
#include "office/situation.h"
#include "office/text.h"

/* The life of a case as far as it is common to all procedures: opened or taken over, assigned,
 * noted, closed. The steps of the procedures are data and come with the
 * rules. */

#define COUNTER_PREFIX "case "

static const JzArgument open_arguments[] = {
  { "title", JZ_ARGUMENT_TEXT, JZ_REQUIRED, 300, NULL, N_ ("what the case is called") },
  { "party", JZ_ARGUMENT_TEXT, JZ_REQUIRED, 300, NULL, N_ ("the party, or “unknown” until known") },
  { "matter", JZ_ARGUMENT_TEXT, JZ_REQUIRED, 300, NULL, N_ ("the matter") },
  { "found", JZ_ARGUMENT_DATE, JZ_REQUIRED, 0, NULL, N_ ("day on which it was found") },
  { "number", JZ_ARGUMENT_TEXT, JZ_PREPARED, 80, NULL, N_ ("case number, given by the program") },
  { NULL },
};

static const JzArgument take_over_arguments[] = {
  { "title", JZ_ARGUMENT_TEXT, JZ_REQUIRED, 300, NULL, N_ ("what the case is called") },
  { "party", JZ_ARGUMENT_TEXT, JZ_REQUIRED, 300, NULL, N_ ("the party") },
  { "matter", JZ_ARGUMENT_TEXT, JZ_REQUIRED, 300, NULL, N_ ("the matter") },
  { "found", JZ_ARGUMENT_DATE, JZ_REQUIRED, 0, NULL, N_ ("day on which it was found") },
  { "before", JZ_ARGUMENT_LONG_TEXT, JZ_REQUIRED, 0, NULL,
    N_ ("stage reached before this program, and what exists on paper and where") },
  { "number", JZ_ARGUMENT_TEXT, JZ_PREPARED, 80, NULL, N_ ("case number, given by the program") },
  { NULL },
};

/**
 * jz_case_complete_number:
 * @situation: an act that opens a case
 * @args: gets `number`
 * @error: return location
 *
 * A number of the row of a year; the year is that of the entry, in the bureau's own time.
 *
 * Returns: %FALSE only when it could not look
 */
gboolean
jz_case_complete_number (const JzSituation *situation, JzJson *args, GError **error)
{
  int year = jz_instant_get_date (situation->now).year;
  g_autofree char *counter = g_strdup_printf (COUNTER_PREFIX "%d", year);
  g_autofree char *code = NULL;
  g_autofree char *number = NULL;
  gint64 last = 0;

  if (!jz_tables_get_setting (situation->tables, "bureau.code", &code, error) ||
      !jz_connection_get_number (situation->tables, &last, error,
                                 "SELECT last FROM counter WHERE name = ?", "t", counter))
    return FALSE;
  number = g_strdup_printf ("%s%s%d-%06" G_GINT64_FORMAT, code != NULL ? code : "",
                            code != NULL && code[0] != '\0' ? "-" : "", year, last + 1);
  jz_json_set_text (args, "number", number);
  return TRUE;
}

static gboolean
check_number (const JzSituation *situation, JzRefusal **refusal, GError **error)
{
  const char *number = jz_situation_get_text (situation, "number");
  gint64 n_same = 0;

  if (!jz_connection_get_number (situation->tables, &n_same, error,
                                 "SELECT (SELECT count (*) FROM case_file WHERE number = ?1) + "
                                 "(SELECT count (*) FROM residue WHERE number = ?1)",
                                 "t", number))
    return FALSE;
  if (n_same > 0)
    jz_refuse (refusal, "J-UNIQUE", NULL, _ ("The case number %s was given already."), number);
  return TRUE;
}

/**
 * jz_case_check_open:
 * @situation: an act that opens a case
 * @refusal: (out): set when it is refused
 * @error: return location
 *
 * Returns: %FALSE only when it could not look
 */
gboolean
jz_case_check_open (const JzSituation *situation, JzRefusal **refusal, GError **error)
{
  if (!check_number (situation, refusal, error))
    return FALSE;
  return *refusal != NULL || jz_situation_need_past_date (situation, "found", refusal);
}

static gboolean
check_take_over (const JzSituation *situation, JzRefusal **refusal, GError **error)
{
  g_autofree char *until = NULL;
  char today[JZ_DATE_SIZE];

  if (!jz_case_check_open (situation, refusal, error) ||
      !jz_tables_get_setting (situation->tables, "take_over.until", &until, error))
    return FALSE;
  jz_date_format (jz_instant_get_date (situation->now), today);
  if (*refusal == NULL && until != NULL && strcmp (today, until) > 0)
    jz_refuse (refusal, "J-TAKE-OVER",
               _ ("Open it as a new case, or ask the head for a later day."),
               _ ("Running cases could be taken over until %s only."), until);
  return TRUE;
}

/**
 * jz_apply_case_number:
 * @application: what apply works on
 * @number: a case number that was given
 * @error: return location
 *
 * Moves the row of numbers on. The serial is read from the number itself, so that a destroyed case
 * still counts when the journal is replayed.
 *
 * Returns: whether it was done
 */
gboolean
jz_apply_case_number (JzApplication *application, const char *number, GError **error)
{
  const char *dash = strrchr (number, '-');
  g_autofree char *counter = NULL;
  gsize length = dash != NULL ? (gsize)(dash - number) : 0;

  if (length < 4)
    return TRUE;
  counter = g_strdup_printf (COUNTER_PREFIX "%.4s", dash - 4);
  return jz_connection_run (
    application->tables, error,
    "INSERT INTO counter (name, last) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET "
    "last = max (last, excluded.last)",
    "ti", counter, g_ascii_strtoll (dash + 1, NULL, 10));
}

static gboolean
index_case (JzApplication *application, const char *id, GError **error)
{
  static const struct {
    const char *argument;
    const char *field;
  } texts[] = {
    { "matter", "case.matter" }, { "before", "case.before" }, { "party", "party.name" },
    { "title", "case.title" },   { "number", "case.number" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    if (!jz_application_index_value (application, id, texts[i].field,
                                     jz_json_get_member (application->args, texts[i].argument),
                                     error))
      return FALSE;
  return TRUE;
}

static gboolean
apply_case (JzApplication *application, gint64 taken_over, GError **error)
{
  gint64 key = 0;
  char time[JZ_INSTANT_SIZE];
  const char *actor = application->record->entry->actor;
  const char *number = jz_application_get_text (application, "number");
  g_autofree char *id = jz_application_make_thing (application, &key);

  return jz_connection_run (
           application->tables, error,
           "INSERT INTO case_file (key, id, number, title, party, matter, found, stage, "
           "taken_over, before, opened_by, opened_at, closed_on, ground, archived_on, class, "
           "keep_until) VALUES (?, ?, ?, ?, ?, ?, ?, 'open', ?, ?, ?, ?, '', '', '', '', '')",
           "ittttttittt", key, id, number, jz_application_get_text (application, "title"),
           jz_application_get_text (application, "party"),
           jz_application_get_text (application, "matter"),
           jz_application_get_text (application, "found"), taken_over,
           jz_application_get_text (application, "before"), actor,
           jz_application_get_time (application, time)) &&
         jz_connection_run (
           application->tables, error,
           "INSERT INTO case_duty (case_id, person, duty, since, ended) VALUES (?, ?, "
           "'handler', ?, 0)",
           "tti", id, actor, application->record->arrival) &&
         jz_apply_case_number (application, number, error) && index_case (application, id, error);
}

/**
 * jz_case_apply_open:
 * @application: what apply works on
 * @error: return location
 *
 * Opens the case; who performs the act is its first handler.
 *
 * Returns: whether it was done
 */
gboolean
jz_case_apply_open (JzApplication *application, GError **error)
{
  return apply_case (application, 0, error);
}

static gboolean
apply_take_over (JzApplication *application, GError **error)
{
  return apply_case (application, 1, error);
}

static const JzArgument assign_arguments[] = {
  { "case", JZ_ARGUMENT_ID, JZ_REQUIRED, 0, NULL, N_ ("which case") },
  { "person", JZ_ARGUMENT_ID, JZ_REQUIRED, 0, NULL, N_ ("who") },
  { "duty", JZ_ARGUMENT_WORD, JZ_REQUIRED, 0,
    "handler|reviewer|approver|checker|publisher|archivist", N_ ("duty in the case") },
  { "reason", JZ_ARGUMENT_TEXT, JZ_OPTIONAL, 300, NULL, N_ ("why") },
  { NULL },
};

/* Duties that one person may not have in the same case, now or earlier (design §11; P-02, L-32). */
static const struct {
  const char *duty;
  const char *excludes;
} separations[] = {
  { "handler", "reviewer|approver|checker" },
  { "reviewer", "handler|approver" },
  { "approver", "handler|reviewer" },
  { "checker", "handler|publisher" },
  { "publisher", "checker" },
};

/**
 * jz_duty_get_excluded:
 * @duty: a duty in a case
 *
 * Returns: (transfer none): the duties that nobody may have in the same case beside it, before or
 *   after, with `|` between; the empty text where there is none (requirements, "Roles")
 */
const char *
jz_duty_get_excluded (const char *duty)
{
  for (gsize i = 0; i < G_N_ELEMENTS (separations); i++)
    if (strcmp (separations[i].duty, duty) == 0)
      return separations[i].excludes;
  return "";
}

static gboolean
check_separation (const JzSituation *situation, JzRefusal **refusal, GError **error)
{
  const char *person = jz_situation_get_text (situation, "person");
  const char *duty = jz_situation_get_text (situation, "duty");
  gboolean has_row = FALSE;
  g_autofree char *name = NULL;
  g_autoptr (JzStatement) rows = NULL;

  if (!jz_tables_get_person_name (situation->tables, person, &name, error))
    return FALSE;
  rows = jz_connection_query (
    situation->tables, error,
    "SELECT duty, ended FROM case_duty WHERE case_id = ? AND person = ? ORDER BY duty", "tt",
    situation->case_id, person);
  while (rows != NULL && jz_statement_step (rows, &has_row, error)) {
    const char *other;
    if (!has_row || *refusal != NULL)
      return TRUE;
    other = jz_statement_get_text (rows, 0);
    if (strcmp (other, duty) == 0 && jz_statement_get_integer (rows, 1) == 0)
      jz_refuse (refusal, "J-DUTY", NULL, _ ("%s is %s of this case already."), name,
                 jz_role_word (duty));
    else if (jz_word_is_in (other, jz_duty_get_excluded (duty)))
      jz_refuse (refusal, "J-SEPARATION", _ ("Choose another person."),
                 _ ("%s is or was %s of this case and cannot be its %s."), name,
                 jz_role_word (other), jz_role_word (duty));
  }
  return FALSE;
}

static gboolean
check_assign (const JzSituation *situation, JzRefusal **refusal, GError **error)
{
  const char *duty = jz_situation_get_text (situation, "duty");
  gboolean holds = FALSE;

  if (!jz_situation_need_stage (situation, "open|closed", refusal, error) || *refusal != NULL)
    return *refusal != NULL;
  if (!jz_situation_need_person (situation, "person", refusal, error) || *refusal != NULL)
    return *refusal != NULL;
  if (!jz_tables_has_role (situation->tables, jz_situation_get_text (situation, "person"), duty,
                           &holds, error))
    return FALSE;
  if (!holds) {
    jz_refuse (refusal, "J-ROLE", _ ("Choose somebody who holds this role."),
               _ ("The person does not hold the role %s."), jz_role_word (duty));
    return TRUE;
  }
  return check_separation (situation, refusal, error);
}

static gboolean
apply_assign (JzApplication *application, GError **error)
{
  return jz_connection_run (
    application->tables, error,
    "INSERT INTO case_duty (case_id, person, duty, since, ended) VALUES (?, ?, ?, ?, 0) "
    "ON CONFLICT (case_id, person, duty) DO UPDATE SET since = excluded.since, ended = 0",
    "ttti", jz_application_get_text (application, "case"),
    jz_application_get_text (application, "person"), jz_application_get_text (application, "duty"),
    application->record->arrival);
}

static gboolean
check_unassign (const JzSituation *situation, JzRefusal **refusal, GError **error)
{
  gint64 n_now = 0;

  if (!jz_situation_need_stage (situation, "open|closed", refusal, error))
    return FALSE;
  if (!jz_connection_get_number (
        situation->tables, &n_now, error,
        "SELECT count (*) FROM case_duty WHERE case_id = ? AND person = ? AND "
        "duty = ? AND ended = 0",
        "ttt", situation->case_id, jz_situation_get_text (situation, "person"),
        jz_situation_get_text (situation, "duty")))
    return FALSE;
  if (*refusal == NULL && n_now == 0)
    jz_refuse (refusal, "J-DUTY", NULL, _ ("The person does not have this duty in this case."));
  return TRUE;
}

static gboolean
apply_unassign (JzApplication *application, GError **error)
{
  return jz_connection_run (
    application->tables, error,
    "UPDATE case_duty SET ended = ? WHERE case_id = ? AND person = ? AND duty = ?", "ittt",
    application->record->arrival, jz_application_get_text (application, "case"),
    jz_application_get_text (application, "person"), jz_application_get_text (application, "duty"));
}

static const JzArgument note_arguments[] = {
  { "case", JZ_ARGUMENT_ID, JZ_REQUIRED, 0, NULL, N_ ("which case") },
  { "text", JZ_ARGUMENT_LONG_TEXT, JZ_REQUIRED, 0, NULL, N_ ("what is to be remembered") },
  { "happened", JZ_ARGUMENT_DATE, JZ_OPTIONAL, 0, NULL,
    N_ ("day on which it happened; today when absent") },
  { NULL },
};

static gboolean
check_note (const JzSituation *situation, JzRefusal **refusal, GError **error)
{
  if (!jz_situation_need_stage (situation, "open|closed", refusal, error))
    return FALSE;
  return *refusal != NULL || jz_situation_need_past_date (situation, "happened", refusal);
}

static gboolean
apply_note (JzApplication *application, GError **error)
{
  const JzJson *text = jz_json_get_member (application->args, "text");
  const char *happened = jz_application_get_text (application, "happened");
  gint64 key = 0;
  char time[JZ_INSTANT_SIZE];
  char today[JZ_DATE_SIZE];
  JzObject object;
  gboolean is_object = text != NULL && jz_object_from_json (text, &object);
  g_autofree char *id = jz_application_make_thing (application, &key);

  jz_date_format (jz_instant_get_date (application->record->entry->time), today);
  return jz_connection_run (
           application->tables, error,
           "INSERT INTO note (key, id, case_id, author, happened, recorded, text, object) "
           "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
           "itttttth", key, id, jz_application_get_text (application, "case"),
           application->record->entry->actor, happened[0] != '\0' ? happened : today,
           jz_application_get_time (application, time),
           jz_application_get_text (application, "text"), is_object ? &object.hash : NULL) &&
         jz_application_index_value (application, id, "note.text", text, error);
}

static const JzArgument close_arguments[] = {
  { "case", JZ_ARGUMENT_ID, JZ_REQUIRED, 0, NULL, N_ ("which case") },
  { "happened", JZ_ARGUMENT_DATE, JZ_REQUIRED, 0, NULL, N_ ("day on which it was closed") },
  { "ground", JZ_ARGUMENT_TEXT, JZ_REQUIRED, 300, NULL, N_ ("why it is closed") },
  { NULL },
};

static gboolean
check_close (const JzSituation *situation, JzRefusal **refusal, GError **error)
{
  if (!jz_situation_need_stage (situation, "open", refusal, error))
    return FALSE;
  return *refusal != NULL || jz_situation_need_past_date (situation, "happened", refusal);
}

static gboolean
apply_close (JzApplication *application, GError **error)
{
  const char *id = jz_application_get_text (application, "case");
  const char *ground = jz_application_get_text (application, "ground");

  return jz_connection_run (
           application->tables, error,
           "UPDATE case_file SET stage = 'closed', closed_on = ?, ground = ? WHERE id = ?", "ttt",
           jz_application_get_text (application, "happened"), ground, id) &&
         jz_application_index_text (application, id, "case.ground", ground, error);
}

/* Whoever is made a reviewer in this way passes what stands before that. */
static const char *
get_assigning_act (const JzSituation *situation)
{
  return strcmp (jz_situation_get_text (situation, "duty"), "reviewer") == 0 ? "review.assign"
                                                                             : NULL;
}

const JzAct jz_acts_case[] = {
  {
    .name = "case.open",
    .version = 1,
    .summary = N_ ("Open a case; who opens it is its first handler."),
    .roles = "handler|section_head|clerk",
    .scope = JZ_SCOPE_OPENS,
    .arguments = open_arguments,
    .inverse = "case.close",
    .complete = jz_case_complete_number,
    .check = jz_case_check_open,
    .apply = jz_case_apply_open,
    .makes_thing = TRUE,
  },
  {
    .name = "case.take_over",
    .version = 1,
    .summary = N_ ("Take over a case that was running on paper before this program."),
    .roles = "handler|section_head",
    .scope = JZ_SCOPE_OPENS,
    .arguments = take_over_arguments,
    .inverse = "case.close",
    .complete = jz_case_complete_number,
    .check = check_take_over,
    .apply = apply_take_over,
    .makes_thing = TRUE,
  },
  {
    .name = "case.assign",
    .version = 1,
    .summary = N_ ("Give a person a duty in a case."),
    .roles = "section_head|review_head|head",
    .scope = JZ_SCOPE_CASE,
    .arguments = assign_arguments,
    .inverse = "case.unassign",
    .check = check_assign,
    .apply = apply_assign,
    .get_also_asked = get_assigning_act,
  },
  {
    .name = "case.unassign",
    .version = 1,
    .summary = N_ ("End a person's duty in a case; that it was had is kept."),
    .roles = "section_head|review_head|head",
    .scope = JZ_SCOPE_CASE,
    .arguments = assign_arguments,
    .inverse = "case.assign",
    .check = check_unassign,
    .apply = apply_unassign,
  },
  {
    .name = "case.note",
    .version = 1,
    .summary = N_ ("Write a note into a case."),
    /* Who has work in a case writes into it: neither the administrator nor who looks on
     * (requirements, "Roles"). */
    .roles = "handler|section_head|reviewer|review_head|approver|head|collector|checker|publisher|"
             "archivist|clerk|secretary",
    .scope = JZ_SCOPE_CASE,
    .arguments = note_arguments,
    .check = check_note,
    .apply = apply_note,
    .makes_thing = TRUE,
  },
  {
    .name = "case.close",
    .version = 1,
    .summary = N_ ("Close a case."),
    .roles = "handler|section_head",
    .scope = JZ_SCOPE_CASE,
    .arguments = close_arguments,
    .check = check_close,
    .apply = apply_close,
  },
  { NULL },
};
