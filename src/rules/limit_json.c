/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rules/limit.h"

/* An answer for programs: `due --json`. */

static const char *
get_verdict (JzDayVerdict verdict)
{
  static const char *const words[] = {
    [JZ_DAY_VERDICT_EVENT] = "event",   [JZ_DAY_VERDICT_COUNTED] = "counted",
    [JZ_DAY_VERDICT_REST] = "rest",     [JZ_DAY_VERDICT_EXCLUDED] = "excluded",
    [JZ_DAY_VERDICT_ROLLED] = "rolled", [JZ_DAY_VERDICT_LATEST] = "latest",
  };
  return words[verdict];
}

static const char *
get_day_kind (JzDayKind kind)
{
  static const char *const words[] = {
    [JZ_DAY_KIND_WORKING] = "working",
    [JZ_DAY_KIND_WEEKEND] = "weekend",
    [JZ_DAY_KIND_OFF] = "off",
    [JZ_DAY_KIND_LOCAL_OFF] = "local_off",
    [JZ_DAY_KIND_WORKED_WEEKEND] = "worked_weekend",
  };
  return words[kind];
}

static void
set_date (JzJson *json, const char *name, JzDate date)
{
  char text[JZ_DATE_SIZE];
  jz_date_format (date, text);
  jz_json_set_text (json, name, text);
}

static JzJson *
day_to_json (const JzCountedDay *day, const JzCalendar *calendar)
{
  JzJson *json = jz_json_new_object ();
  const char *holiday = jz_calendar_get_holiday_name (calendar, day->date);
  set_date (json, "date", day->date);
  jz_json_set_text (json, "verdict", get_verdict (day->verdict));
  jz_json_set_text (json, "kind", get_day_kind (day->kind));
  jz_json_set_integer (json, "step", day->step + 1);
  jz_json_set_integer (json, "counted", day->n_counted);
  if (holiday != NULL)
    jz_json_set_text (json, "holiday", holiday);
  if (day->is_presumed)
    jz_json_set_boolean (json, "presumed", TRUE);
  return json;
}

static JzJson *
warnings_to_json (JzDayCountWarnings warnings)
{
  JzJson *json = jz_json_new_array ();
  if (warnings & JZ_DAY_COUNT_REST_DAY)
    jz_json_append (json, jz_json_new_text ("rest_day"));
  if (warnings & JZ_DAY_COUNT_EXCLUSION_RUNNING)
    jz_json_append (json, jz_json_new_text ("exclusion_running"));
  if (warnings & JZ_DAY_COUNT_EXCLUSION_OUTSIDE)
    jz_json_append (json, jz_json_new_text ("exclusion_outside"));
  return json;
}

static JzJson *
names_to_json (const GPtrArray *names)
{
  JzJson *json = jz_json_new_array ();
  for (guint i = 0; i < names->len; i++)
    jz_json_append (json, jz_json_new_text (g_ptr_array_index (names, i)));
  return json;
}

static void
set_count (JzJson *json, const JzLimitAnswer *answer, const JzCalendar *calendar)
{
  const JzDayCount *count = answer->count;
  JzJson *days = jz_json_new_array ();
  for (guint i = 0; i < count->days->len; i++)
    jz_json_append (days, day_to_json (&g_array_index (count->days, JzCountedDay, i), calendar));
  jz_json_set_member (json, "days", days);
  set_date (json, "unrolled", count->unrolled);
  set_date (json, "rolled", count->rolled);
  jz_json_set_boolean (json, "presumed", count->is_presumed);
  jz_json_set_member (json, "warnings", warnings_to_json (count->warnings));
  if (count->kind != JZ_DAY_COUNT_INSTANT)
    return;
  /* as --from takes it: to the minute */
  char instant[JZ_INSTANT_SIZE];
  jz_instant_format (count->due_instant, instant);
  g_autofree char *minute = g_strndup (instant, sizeof "2026-03-02T09:30" - 1);
  jz_json_set_text (json, "due", minute);
  jz_json_set_text (json, "due_instant", instant);
}

static const char *
get_state (JzFactState state)
{
  if (state == JZ_FACT_PRESENT)
    return "present";
  return state == JZ_FACT_ABSENT ? "absent" : "unknown";
}

/**
 * jz_limit_answer_to_json:
 * @self: an answer
 * @calendar: the calendar that was counted by
 * @language: for the name
 *
 * Gives an answer as JSON: `rule`, `name`, `kind`, `state` and, when present, `start`, `due` (of
 * hours to the minute), `days` (each with `date`, `verdict`, `kind`, `counted`), `presumed`,
 * `warnings`; of a quota `quota` and `used`; when facts are missing `missing`.
 *
 * Returns: (transfer full): an object
 */
JzJson *
jz_limit_answer_to_json (const JzLimitAnswer *self, const JzCalendar *calendar, JzLanguage language)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (calendar != NULL, NULL);

  JzJson *json = jz_json_new_object ();
  jz_json_set_text (json, "rule", self->limit->rule.id);
  jz_json_set_text (json, "name", jz_text_get (&self->limit->rule.name, language));
  jz_json_set_text (json, "kind", jz_limit_kind_get_word (self->limit->kind));
  jz_json_set_text (json, "state", get_state (self->state));
  jz_json_set_member (json, "missing", names_to_json (self->missing));
  jz_json_set_member (json, "assumed", names_to_json (self->assumed));
  if (self->state != JZ_FACT_PRESENT)
    return json;
  set_date (json, "start", self->start);
  set_date (json, "due", self->due);
  if (self->count != NULL) {
    set_count (json, self, calendar);
    return json;
  }
  jz_json_set_member (json, "days", jz_json_new_array ());
  jz_json_set_integer (json, "quota", self->quota);
  jz_json_set_integer (json, "used", self->used);
  return json;
}
