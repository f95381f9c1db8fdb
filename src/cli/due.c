/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include <glib/gi18n-lib.h>

#include "base/error.h"
#include "cli/cli.h"
#include "cli/stated.h"
#include "rules/limit.h"

/* `due`: when a limit of the rulebook ends, tried out on dates from the command
 * line. */

typedef struct {
  char *from;
  char **exclusions;
  char **exclusions_both;
  int extension;
  char *field;
  char **facts;
  JzAdopted adopted;
  gboolean as_json;
} Options;

static void
options_clear (Options *self)
{
  g_free (self->from);
  g_strfreev (self->exclusions);
  g_strfreev (self->exclusions_both);
  g_free (self->field);
  g_strfreev (self->facts);
  jz_adopted_clear (&self->adopted);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static gboolean
read_exclusion (const char *text, gboolean includes_start, GArray *exclusions, GError **error)
{
  g_auto (GStrv) parts = g_strsplit (text, "..", 2);
  JzExclusion exclusion = { .includes_start = includes_start };
  if (g_strv_length (parts) != 2) {
    g_set_error (error, JZ_BASE_ERROR, JZ_BASE_ERROR_SYNTAX,
                 _ ("“%s” is no time that is not counted; write its first and "
                    "last day, like "
                    "2026-01-20..2026-02-09."),
                 text);
    return FALSE;
  }
  exclusion.is_open = *parts[1] == '\0';
  if (!jz_date_parse (parts[0], &exclusion.start, error) ||
      (!exclusion.is_open && !jz_date_parse (parts[1], &exclusion.end, error)))
    return FALSE;
  if (!exclusion.is_open && jz_date_compare (exclusion.end, exclusion.start) < 0) {
    g_set_error (error, JZ_BASE_ERROR, JZ_BASE_ERROR_RANGE,
                 _ ("The time “%s” ends before it begins."), text);
    return FALSE;
  }
  g_array_append_val (exclusions, exclusion);
  return TRUE;
}

static gboolean
read_exclusions (char **texts, gboolean includes_start, GArray *exclusions, GError **error)
{
  for (gsize i = 0; texts != NULL && texts[i] != NULL; i++) {
    if (!read_exclusion (texts[i], includes_start, exclusions, error))
      return FALSE;
  }
  return TRUE;
}

/* A day, or a day and a time to the minute in Beijing. */
static gboolean
read_from (const char *text, JzDate *date, JzInstant *instant, gboolean *has_time, GError **error)
{
  *has_time = strchr (text, 'T') != NULL;
  if (!*has_time)
    return jz_date_parse (text, date, error);
  g_autofree char *whole = g_strconcat (text, ":00.000+08:00", NULL);
  if (!jz_instant_parse (whole, instant, error))
    return FALSE;
  *date = jz_instant_get_date (*instant);
  return TRUE;
}

static void
print_days (const JzLimitAnswer *answer, const JzCalendar *calendar)
{
  for (guint i = 0; i < answer->count->days->len; i++) {
    const JzCountedDay *day = &g_array_index (answer->count->days, JzCountedDay, i);
    const char *holiday = jz_calendar_get_holiday_name (calendar, day->date);
    char date[JZ_DATE_SIZE];
    jz_date_format (day->date, date);
    g_print ("  %s  %3d  %s%s%s\n", date, day->n_counted, jz_day_verdict_word (day->verdict),
             holiday != NULL ? "  " : "", holiday != NULL ? holiday : "");
  }
}

static void
print_warnings (const JzLimitAnswer *answer)
{
  const JzDayCount *count = answer->count;
  if (count->is_presumed)
    g_print ("%s\n", _ ("Presumed: the holidays of a year are not known; only "
                        "weekends are taken "
                        "as days off."));
  if (count->warnings & JZ_DAY_COUNT_REST_DAY)
    g_print ("%s\n", _ ("The last day is a rest day."));
  if (count->warnings & JZ_DAY_COUNT_EXCLUSION_RUNNING)
    g_print ("%s\n", _ ("A time that is not counted has not ended; nothing of it "
                        "is left out yet."));
  if (count->warnings & JZ_DAY_COUNT_EXCLUSION_OUTSIDE)
    g_print ("%s\n", _ ("A time that is not counted lies outside the limit and "
                        "changes nothing."));
}

static int
print_answer (const JzLimitAnswer *answer, const JzCalendar *calendar, const Options *options)
{
  JzLanguage language = jz_language_get_current ();
  g_autoptr (JzJson) json = jz_limit_answer_to_json (answer, calendar, language);
  if (options->as_json) {
    jz_cli_print_json (json);
    return JZ_EXIT_DONE;
  }
  const char *name = jz_text_get (&answer->limit->rule.name, language);
  if (answer->state != JZ_FACT_PRESENT) {
    g_print (_ ("%s: there is no such limit under what was stated.\n"), name);
    return JZ_EXIT_DONE;
  }
  g_print ("%s %s: %s\n", answer->limit->rule.id, name, jz_json_get_member_text (json, "due"));
  if (answer->count == NULL) {
    g_print (_ ("%1$lld of %2$lld times in the year.\n"), (long long)answer->used,
             (long long)answer->quota);
    return JZ_EXIT_DONE;
  }
  print_days (answer, calendar);
  print_warnings (answer);
  return JZ_EXIT_DONE;
}

static int
compute (const char *id, const Options *options, const JzStated *stated, GError **error)
{
  const JzLimit *limit = jz_rulebook_find_limit (stated->rulebook, id);
  g_autoptr (GArray) exclusions = g_array_new (FALSE, FALSE, sizeof (JzExclusion));
  JzDate from;
  JzInstant instant = 0;
  gboolean has_time = FALSE;
  if (limit == NULL) {
    g_set_error (error, JZ_BASE_ERROR, JZ_BASE_ERROR_RANGE,
                 _ ("There is no limit %s; juanzongctl rules list shows them."), id);
    return JZ_EXIT_USAGE;
  }
  if (!read_from (options->from, &from, &instant, &has_time, error) ||
      !read_exclusions (options->exclusions, FALSE, exclusions, error) ||
      !read_exclusions (options->exclusions_both, TRUE, exclusions, error))
    return JZ_EXIT_USAGE;
  const JzLimitFacts situation = { stated->rulebook, stated->calendar,
                                   jz_fact_set_get_facts (stated->facts) };
  const JzLimitRequest request = {
    .rulebook = stated->rulebook,
    .calendar = stated->calendar,
    .facts = jz_limit_facts_get_facts (&situation),
    .from = &from,
    .from_instant = has_time ? &instant : NULL,
    .exclusions = (const JzExclusion *)(gpointer)exclusions->data,
    .n_exclusions = exclusions->len,
    .extension = options->extension,
    .assumes = TRUE,
  };
  g_autoptr (JzLimitAnswer) answer = jz_limit_compute (limit, &request, error);
  if (answer == NULL)
    return JZ_EXIT_USAGE;
  return print_answer (answer, stated->calendar, options);
}

/**
 * jz_cli_due:
 * @argc: number of words
 * @argv: the words
 *
 * `due RULE --from DATE[THH:MM]`: when a limit of rules.md 2.1 ends, with its
 * days counted one by one. What is not stated is taken as in the usual case.
 *
 * Returns: exit status
 */
int
jz_cli_due (int argc, char **argv)
{
  g_auto (Options) options = { NULL };
  g_autoptr (GError) error = NULL;
  g_auto (JzStated) stated = { NULL };
  int status = 0;
  const GOptionEntry entries[] = {
    { "from", 0, 0, G_OPTION_ARG_STRING, &options.from,
      N_ ("Day of the event, or moment of it for a limit in hours"), N_ ("DATE[THH:MM]") },
    { "exclude", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options.exclusions,
      N_ ("Leave out the days after S to E"), "S..E" },
    { "exclude-both", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options.exclusions_both,
      N_ ("Leave out the days from S to E"), "S..E" },
    { "extend", 0, 0, G_OPTION_ARG_INT, &options.extension,
      N_ ("Extend the limit by so many of its units"), "N" },
    { "field", 0, 0, G_OPTION_ARG_STRING, &options.field, N_ ("Field of law"), "BASE|HR|MR" },
    { "set", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options.facts, N_ ("State a fact"),
      N_ ("NAME=VALUE") },
    { "store", 0, 0, G_OPTION_ARG_FILENAME, &options.adopted.store,
      N_ ("Take what this store has adopted, not what is shipped"), N_ ("STORE") },
    { "as-of", 0, 0, G_OPTION_ARG_STRING, &options.adopted.as_of,
      N_ ("Take what was in force on this day; today when absent"), N_ ("DATE") },
    { "json", 0, 0, G_OPTION_ARG_NONE, &options.as_json, N_ ("Print JSON"), NULL },
    { NULL },
  };

  if (!jz_cli_parse (&argc, &argv, entries, 1, 1, &status))
    return status;
  if (options.from == NULL)
    return jz_cli_misuse (_ ("Say from which day to count: --from DATE."));
  if (!jz_stated_init (&stated, options.field, options.facts, NULL, &options.adopted, &error))
    return jz_cli_fail (error);
  status = compute (argv[1], &options, &stated, &error);
  return error != NULL ? jz_cli_fail (error) : status;
}
