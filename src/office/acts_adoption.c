/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include <glib/gi18n-lib.h>

#include "office/acts.h"
#include "office/adoption.h"
#include "office/calendars.h"
#include "office/error.h"
#include "office/form_sets.h"
#include "office/rulebooks.h"
#include "office/situation.h"

/* What is in force (design §4): the bureau adopts a rulebook, its forms and the days that are
 * worked, each composed once to one object; shipped files are only proposed. */

static const JzArgument rulebook_arguments[] = {
  { "book", JZ_ARGUMENT_WORD, JZ_OPTIONAL, 0, "BASE|HR|MR|" JZ_DEMO_BOOK,
    N_ ("shipped rules of a field; without it `file` names the bureau's own") },
  { "in_force", JZ_ARGUMENT_DATE, JZ_REQUIRED, 0, NULL, N_ ("first day on which it is in force") },
  { "reason", JZ_ARGUMENT_TEXT, JZ_REQUIRED, 300, NULL, N_ ("why it is adopted") },
  { "rulebook", JZ_ARGUMENT_OBJECT, JZ_PREPARED, 0, NULL,
    N_ ("the rules, composed to one file by the program") },
  { "source", JZ_ARGUMENT_OBJECT, JZ_OPTIONAL, 0, NULL,
    N_ ("the bureau's own file as it was written; the program takes it from `file`") },
  { NULL },
};

static const JzArgument forms_arguments[] = {
  { "over", JZ_ARGUMENT_WORD, JZ_OPTIONAL, 0, "shipped|adopted",
    N_ ("what the forms of `file` are put over; without it what was adopted last") },
  { "in_force", JZ_ARGUMENT_DATE, JZ_REQUIRED, 0, NULL, N_ ("first day on which it is in force") },
  { "reason", JZ_ARGUMENT_TEXT, JZ_REQUIRED, 300, NULL, N_ ("why it is adopted") },
  { "forms", JZ_ARGUMENT_OBJECT, JZ_PREPARED, 0, NULL,
    N_ ("all forms together; `file` names a form of the bureau's own or a folder of them, without "
        "it the shipped ones are taken") },
  { NULL },
};

static const JzArgument calendar_arguments[] = {
  { "over", JZ_ARGUMENT_WORD, JZ_OPTIONAL, 0, "shipped|adopted",
    N_ ("what the years of `file` are put over; without it what was adopted last") },
  { "in_force", JZ_ARGUMENT_DATE, JZ_REQUIRED, 0, NULL, N_ ("first day on which it is in force") },
  { "reason", JZ_ARGUMENT_TEXT, JZ_REQUIRED, 300, NULL, N_ ("why it is adopted") },
  { "calendar", JZ_ARGUMENT_OBJECT, JZ_PREPARED, 0, NULL,
    N_ ("all years together; `file` names the holidays of a year or a folder of them, without it "
        "the shipped ones are taken") },
  { NULL },
};

/* The rules of an invented bureau are for invented offices. */
static gboolean
check_demo (const JzSituation *situation, JzRefusal **refusal, GError **error)
{
  g_autofree char *demo = NULL;

  if (!jz_tables_get_setting (situation->tables, "store.demo", &demo, error))
    return FALSE;
  if (demo == NULL && strcmp (jz_situation_get_text (situation, "book"), JZ_DEMO_BOOK) == 0)
    jz_refuse (refusal, "J-RULEBOOK", _ ("Choose the rules of your field."),
               _ ("These are rules of an invented bureau."));
  return TRUE;
}

/* What is in force already is not changed behind those who rely on it. */
static gboolean
check_day (const JzSituation *situation,
           const char *count,
           const char *sentence,
           JzRefusal **refusal,
           GError **error)
{
  gint64 n_adopted = 0;
  char today[JZ_DATE_SIZE];

  jz_date_format (jz_instant_get_date (situation->now), today);
  if (!jz_connection_get_number (situation->tables, &n_adopted, error, count, ""))
    return FALSE;
  if (n_adopted > 0 && strcmp (jz_situation_get_text (situation, "in_force"), today) < 0)
    jz_refuse (refusal, "J-DATE", _ ("Choose today or a later day."), "%s", sentence);
  return TRUE;
}

static gboolean
get_object (const JzSituation *situation, const char *argument, JzObject *object)
{
  return jz_object_from_json (jz_json_get_member (situation->args, argument), object);
}

static gboolean
check_rulebook (const JzSituation *situation, JzRefusal **refusal, GError **error)
{
  JzObject object;
  g_autoptr (GError) local = NULL;

  if (!check_demo (situation, refusal, error) ||
      (*refusal == NULL &&
       !check_day (situation, "SELECT count (*) FROM rulebook",
                   _ ("Only the first rulebook can be in force from a day that is over."), refusal,
                   error)))
    return FALSE;
  if (*refusal == NULL && jz_json_get_member (situation->args, "book") != NULL &&
      jz_json_get_member (situation->args, "source") != NULL)
    jz_refuse (refusal, "J-RULEBOOK", _ ("Compose it anew from its files."),
               _ ("A shipped rulebook has no file of the bureau's own."));
  if (*refusal != NULL || situation->objects == NULL)
    return TRUE;
  if (!get_object (situation, "rulebook", &object) ||
      jz_rulebooks_get (situation->objects, &object.hash, &local) == NULL)
    jz_refuse (refusal, "J-RULEBOOK", _ ("Compose it anew from its files."),
               _ ("The rulebook cannot be read: %s"), local != NULL ? local->message : "");
  return TRUE;
}

static gboolean
check_forms (const JzSituation *situation, JzRefusal **refusal, GError **error)
{
  JzObject object;
  g_autoptr (GError) local = NULL;

  if (!check_day (situation, "SELECT count (*) FROM form_set",
                  _ ("Only the first forms can be in force from a day that is over."), refusal,
                  error))
    return FALSE;
  if (*refusal != NULL || situation->objects == NULL)
    return TRUE;
  if (!get_object (situation, "forms", &object) ||
      jz_form_sets_get (situation->objects, &object.hash, &local) == NULL)
    jz_refuse (refusal, "J-FORMS", _ ("Compose it anew from its files."),
               _ ("The forms cannot be read: %s"), local != NULL ? local->message : "");
  return TRUE;
}

static gboolean
check_calendar (const JzSituation *situation, JzRefusal **refusal, GError **error)
{
  JzObject object;
  g_autoptr (GError) local = NULL;

  if (!check_day (situation, "SELECT count (*) FROM calendar",
                  _ ("Only the first calendar can be in force from a day that is over."), refusal,
                  error))
    return FALSE;
  if (*refusal != NULL || situation->objects == NULL)
    return TRUE;
  if (!get_object (situation, "calendar", &object) ||
      jz_calendars_get (situation->objects, &object.hash, &local) == NULL)
    jz_refuse (refusal, "J-CALENDAR", _ ("Compose it anew from its files."),
               _ ("The calendar cannot be read: %s"), local != NULL ? local->message : "");
  return TRUE;
}

static gboolean
put_row (JzApplication *application, const char *argument, const char *insert, GError **error)
{
  JzObject object = { 0 };

  if (!jz_object_from_json (jz_json_get_member (application->args, argument), &object)) {
    g_set_error_literal (error, JZ_OFFICE_ERROR, JZ_OFFICE_ERROR_ARGUMENT,
                         _ ("An entry that adopts something does not name it."));
    return FALSE;
  }
  return jz_connection_run (application->tables, error, insert, "iht", application->record->arrival,
                            &object.hash, jz_application_get_text (application, "in_force"));
}

static gboolean
apply_rulebook (JzApplication *application, GError **error)
{
  return put_row (application, "rulebook",
                  "INSERT INTO rulebook (arrival, hash, in_force) VALUES (?, ?, ?)", error);
}

static gboolean
apply_forms (JzApplication *application, GError **error)
{
  return put_row (application, "forms",
                  "INSERT INTO form_set (arrival, hash, in_force) VALUES (?, ?, ?)", error);
}

static gboolean
apply_calendar (JzApplication *application, GError **error)
{
  return put_row (application, "calendar",
                  "INSERT INTO calendar (arrival, hash, in_force) VALUES (?, ?, ?)", error);
}

const JzAct jz_acts_adoption[] = {
  {
    .name = "rulebook.adopt",
    .version = 1,
    .summary = N_ ("Adopt a rulebook: cases that are filed from a day on are kept under it."),
    .roles = "head|review_head",
    .proposer_roles = "review_head|section_head|head",
    .flags = JZ_ACT_SIGNED | JZ_ACT_TWO_SIGNERS,
    .arguments = rulebook_arguments,
    .inverse = "rulebook.adopt",
    .prepare = jz_prepare_rulebook,
    .check = check_rulebook,
    .apply = apply_rulebook,
  },
  {
    .name = "forms.adopt",
    .version = 1,
    .summary = N_ ("Adopt forms: documents of cases that are filed from a day on follow them."),
    .roles = "head|review_head",
    .proposer_roles = "review_head|section_head|head",
    .flags = JZ_ACT_SIGNED | JZ_ACT_TWO_SIGNERS,
    .arguments = forms_arguments,
    .inverse = "forms.adopt",
    .prepare = jz_prepare_forms,
    .check = check_forms,
    .apply = apply_forms,
  },
  {
    .name = "calendar.adopt",
    .version = 1,
    .summary = N_ ("Adopt a calendar: limits that run are counted by it from a day on."),
    .roles = "head|review_head",
    .proposer_roles = "review_head|section_head|head",
    .flags = JZ_ACT_SIGNED | JZ_ACT_TWO_SIGNERS,
    .arguments = calendar_arguments,
    .inverse = "calendar.adopt",
    .prepare = jz_prepare_calendar,
    .check = check_calendar,
    .apply = apply_calendar,
  },
  { NULL },
};
