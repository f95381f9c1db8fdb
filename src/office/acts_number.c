/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "office/document_number.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "office/acts.h"
#include "office/situation.h"

/* The register of numbers of documents (design §5): a number is given once, counted from 1 in its
 * series and year; a block may be kept back for documents that are made on the spot; a number that
 * was spoiled is void, one that was not needed is given back. */

#define MAX_BLOCK 100
/* 城执罚决〔2025〕12号 */
#define OPEN "〔"
#define CLOSE "〕"
#define END "号"

static char *
make_number (const char *series, gint64 serial)
{
  return g_strdup_printf ("%s%" G_GINT64_FORMAT END, series, serial);
}

static char *
make_series (JzConnection *tables, const char *word, int year, GError **error)
{
  g_autofree char *code = NULL;

  if (!jz_tables_get_setting (tables, "bureau.code", &code, error))
    return NULL;
  return g_strdup_printf ("%s%s" OPEN "%d" CLOSE, code != NULL ? code : "", word, year);
}

/* Numbers are numbered in their series by the digits before their end; what has another form is in
 * no series. */
static gboolean
split (const char *number, char **series, gint64 *serial)
{
  const char *close = strstr (number, CLOSE);
  const char *digits = close != NULL ? close + strlen (CLOSE) : NULL;
  char *end = NULL;

  if (digits == NULL || !g_ascii_isdigit (digits[0]))
    return FALSE;
  *serial = g_ascii_strtoll (digits, &end, 10);
  if (strcmp (end, END) != 0 || *serial > JZ_JSON_MAX_INTEGER)
    return FALSE;
  *series = g_strndup (number, (gsize)(digits - number));
  return TRUE;
}

static gboolean
find_next (JzConnection *tables, const char *series, gint64 *serial, GError **error)
{
  *serial = 0;
  if (!jz_connection_get_number (tables, serial, error,
                                 "SELECT coalesce (max (serial), 0) FROM document_number WHERE "
                                 "series = ?",
                                 "t", series))
    return FALSE;
  (*serial)++;
  return TRUE;
}

/**
 * jz_document_number_dup_next:
 * @tables: derived tables
 * @word: kind code of the series, such as 罚决
 * @year: of the series
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the number that comes next
 */
char *
jz_document_number_dup_next (JzConnection *tables, const char *word, int year, GError **error)
{
  g_autofree char *series = make_series (tables, word, year, error);
  gint64 serial = 0;

  if (series == NULL || !find_next (tables, series, &serial, error))
    return NULL;
  return make_number (series, serial);
}

/**
 * jz_document_number_dup_after:
 * @number: a number
 *
 * Returns: (transfer full) (nullable): the one behind it in its series; %NULL for what is in none
 */
char *
jz_document_number_dup_after (const char *number)
{
  g_autofree char *series = NULL;
  gint64 serial = 0;

  return split (number, &series, &serial) ? make_number (series, serial + 1) : NULL;
}

static gboolean
check_series (const JzSituation *situation,
              const char *number,
              const char *word,
              JzRefusal **refusal,
              GError **error)
{
  g_autofree char *series = NULL;
  g_autofree char *code = NULL;
  g_autofree char *head = NULL;
  gint64 serial = 0;

  if (!jz_tables_get_setting (situation->tables, "bureau.code", &code, error))
    return FALSE;
  head = g_strconcat (code != NULL ? code : "", word, OPEN, NULL);
  if (!split (number, &series, &serial) || !g_str_has_prefix (series, head))
    jz_refuse (refusal, "J-NUMBER", _ ("Leave the number to the program."),
               _ ("The number %s is not of the series %s."), number, word);
  return TRUE;
}

/* FC-40: a document bears a number of the year in which it is dated, whether the number is new or
 * was kept back. */
static void
check_year (const char *number, const char *date, JzRefusal **refusal)
{
  const char *year = strstr (number, OPEN) + strlen (OPEN);

  if (strncmp (year, date, strcspn (date, "-")) != 0 || strcspn (date, "-") == 0)
    jz_refuse (refusal, "FC-40",
               _ ("Date it in the year of its number, or take a number that was kept back in the "
                  "year of the document."),
               _ ("The document is dated %s, and its number %s is of another year."), date, number);
}

/**
 * jz_document_number_check:
 * @situation: an act that gives a number
 * @number: the number
 * @word: kind code of its series
 * @date: the day that the document bears
 * @refusal: (out): set when that number cannot be given
 * @error: return location
 *
 * The next of its series, or one that was kept back or given back, of the year of the document
 * (FC-40).
 *
 * Returns: %FALSE only when it could not look
 */
gboolean
jz_document_number_check (const JzSituation *situation,
                          const char *number,
                          const char *word,
                          const char *date,
                          JzRefusal **refusal,
                          GError **error)
{
  g_autofree char *state = NULL;
  g_autofree char *next = NULL;

  if (!check_series (situation, number, word, refusal, error))
    return FALSE;
  if (*refusal == NULL)
    check_year (number, date, refusal);
  if (*refusal != NULL)
    return TRUE;
  if (!jz_connection_get_text (situation->tables, &state, error,
                               "SELECT state FROM document_number WHERE number = ?", "t", number))
    return FALSE;
  if (state != NULL && (strcmp (state, "reserved") == 0 || strcmp (state, "returned") == 0))
    return TRUE;
  if (state != NULL) {
    jz_refuse (refusal, "J-NUMBER", _ ("Leave the number to the program."),
               _ ("The number %s was used, or is void."), number);
    return TRUE;
  }
  next = jz_document_number_dup_next (situation->tables, word,
                                      jz_instant_get_date (situation->now).year, error);
  if (next != NULL && strcmp (next, number) != 0)
    jz_refuse (refusal, "J-NUMBER", _ ("Leave the number to the program."),
               _ ("The number %s is not the next of its series, and none that was kept back."),
               number);
  return next != NULL;
}

static gboolean
set_state (JzConnection *tables,
           const char *number,
           const char *case_id,
           const char *state,
           gint64 arrival,
           GError **error)
{
  g_autofree char *series = NULL;
  gint64 serial = 0;

  if (!split (number, &series, &serial))
    return TRUE;
  return jz_connection_run (
    tables, error,
    "INSERT INTO document_number (number, series, serial, case_id, state, entry) VALUES (?, ?, ?, "
    "?, ?, ?) ON CONFLICT (number) DO UPDATE SET case_id = excluded.case_id, state = "
    "excluded.state, entry = excluded.entry",
    "ttitti", number, series, serial, case_id, state, arrival);
}

/**
 * jz_document_number_use:
 * @application: what apply works on
 * @number: a number
 * @error: return location
 *
 * Returns: whether it is used from now on
 */
gboolean
jz_document_number_use (JzApplication *application, const char *number, GError **error)
{
  return set_state (application->tables, number, application->record->entry->case_id, "used",
                    application->record->arrival, error);
}

/**
 * jz_document_number_void:
 * @application: what apply works on
 * @number: a number
 * @error: return location
 *
 * Returns: whether it is void from now on
 */
gboolean
jz_document_number_void (JzApplication *application, const char *number, GError **error)
{
  return set_state (application->tables, number, "", "void", application->record->arrival, error);
}

static const JzArgument reserve_arguments[] = {
  { "series", JZ_ARGUMENT_TEXT, JZ_REQUIRED, 20, NULL, N_ ("word of the series") },
  { "count", JZ_ARGUMENT_INTEGER, JZ_REQUIRED, MAX_BLOCK, NULL, N_ ("how many numbers") },
  { "numbers", JZ_ARGUMENT_TEXTS, JZ_PREPARED, 80, NULL, N_ ("the numbers, given by the program") },
  { "reason", JZ_ARGUMENT_TEXT, JZ_REQUIRED, 300, NULL, N_ ("for whom and what") },
  { NULL },
};

static gboolean
complete_reserve (const JzSituation *situation, JzJson *args, GError **error)
{
  const char *word = jz_json_get_member_text (args, "series");
  gint64 count = jz_json_get_member_integer (args, "count", 0);
  g_autofree char *series = NULL;
  JzJson *numbers;
  gint64 serial = 0;

  /* What is of another form is refused when the arguments are checked. */
  if (word == NULL || count < 1 || count > MAX_BLOCK)
    return TRUE;
  series = make_series (situation->tables, word, jz_instant_get_date (situation->now).year, error);
  if (series == NULL || !find_next (situation->tables, series, &serial, error))
    return FALSE;
  numbers = jz_json_new_array ();
  for (gint64 i = 0; i < count; i++) {
    g_autofree char *number = make_number (series, serial + i);
    jz_json_append (numbers, jz_json_new_text (number));
  }
  jz_json_set_member (args, "numbers", numbers);
  return TRUE;
}

static gboolean
check_reserve (const JzSituation *situation, JzRefusal **refusal, GError **error)
{
  const JzJson *numbers = jz_json_get_member (situation->args, "numbers");
  guint n_numbers = jz_json_get_n_items (numbers);
  g_autofree char *wanted =
    make_series (situation->tables, jz_situation_get_text (situation, "series"),
                 jz_instant_get_date (situation->now).year, error);
  gint64 next = 0;

  if (wanted == NULL || !find_next (situation->tables, wanted, &next, error))
    return FALSE;
  if (n_numbers != jz_json_get_member_integer (situation->args, "count", 0))
    jz_refuse (refusal, "J-NUMBER", NULL, _ ("There are not as many numbers as are asked for."));
  for (guint i = 0; i < n_numbers && *refusal == NULL; i++) {
    const char *number = jz_json_get_text (jz_json_get_item (numbers, i));
    g_autofree char *series = NULL;
    gint64 serial = 0;
    if (!split (number, &series, &serial) || strcmp (series, wanted) != 0 || serial != next + i)
      jz_refuse (refusal, "J-NUMBER", _ ("Leave the number to the program."),
                 _ ("The number %s is not the next of its series, and none that was kept back."),
                 number);
  }
  return TRUE;
}

static gboolean
apply_reserve (JzApplication *application, GError **error)
{
  const JzJson *numbers = jz_json_get_member (application->args, "numbers");

  for (guint i = 0; i < jz_json_get_n_items (numbers); i++)
    if (!set_state (application->tables, jz_json_get_text (jz_json_get_item (numbers, i)), "",
                    "reserved", application->record->arrival, error))
      return FALSE;
  return TRUE;
}

static const JzArgument number_arguments[] = {
  { "number", JZ_ARGUMENT_TEXT, JZ_REQUIRED, 80, NULL, N_ ("which number") },
  { "reason", JZ_ARGUMENT_TEXT, JZ_REQUIRED, 300, NULL, N_ ("why") },
  { NULL },
};

/* Only a number that is kept back can be spoiled or given back; one that was given back and that
 * nobody takes any more is made void, for otherwise its series had a gap (FC-40). */
static gboolean
check_kept (const JzSituation *situation, JzRefusal **refusal, GError **error)
{
  gboolean is_void = strcmp (situation->act->name, "number.void") == 0;
  const char *number = jz_situation_get_text (situation, "number");
  g_autofree char *state = NULL;

  if (!jz_connection_get_text (situation->tables, &state, error,
                               "SELECT state FROM document_number WHERE number = ?", "t", number))
    return FALSE;
  if (g_strcmp0 (state, "reserved") != 0 && !(is_void && g_strcmp0 (state, "returned") == 0))
    jz_refuse (refusal, "J-NUMBER", _ ("Choose a number that is kept back."),
               _ ("The number %s is not one that is kept back."), number);
  return TRUE;
}

static gboolean
apply_void (JzApplication *application, GError **error)
{
  return jz_document_number_void (application, jz_application_get_text (application, "number"),
                                  error);
}

static gboolean
apply_return (JzApplication *application, GError **error)
{
  return set_state (application->tables, jz_application_get_text (application, "number"), "",
                    "returned", application->record->arrival, error);
}

const JzAct jz_acts_number[] = {
  {
    .name = "number.reserve",
    .version = 1,
    .summary = N_ ("Keep back a block of numbers for documents that are made on the spot."),
    .roles = "section_head|clerk|secretary",
    .arguments = reserve_arguments,
    .flags = JZ_ACT_SIGNED,
    .inverse = "number.return",
    .complete = complete_reserve,
    .check = check_reserve,
    .apply = apply_reserve,
  },
  {
    .name = "number.void",
    .version = 1,
    .summary = N_ ("Make a number void that was spoiled; it is never given again."),
    .roles = "handler|section_head|clerk|secretary",
    .arguments = number_arguments,
    .check = check_kept,
    .apply = apply_void,
  },
  {
    .name = "number.return",
    .version = 1,
    .summary = N_ ("Give back a number that was not needed; it may be given again."),
    .roles = "handler|section_head|clerk|secretary",
    .arguments = number_arguments,
    .check = check_kept,
    .apply = apply_return,
  },
  { NULL },
};
