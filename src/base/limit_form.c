/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/limit_form.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/error.h"

/* The machine form of a limit, one line of text:
 *
 *     form   = "{" step *(" > " step) "}"
 *     step   = "len=" ["-"] number unit *("," option)
 *            | "fixed" ["=" month "-" day] [",prev_workday"]
 *     unit   = "WD" | "CD" | "MO" | "YR" | "H"
 *     option = "roll=" ("Y" | "N")
 *            | "mode=" ("FULL" | "INCLUSIVE")
 *            | "ext=" number
 *            | "excl=" date "/" [date]
 *            | "excl_both=" date "/" [date]
 *
 * A step starts on the due date of the one before it. "-" means so many days before the event;
 * "mode" says how that is read, FULL when it is absent. "roll" must be said of CD, MO and YR that
 * run forward. Of "excl=s/e" the days (s, e] are not counted, of "excl_both=s/e" also s; without e
 * it is running. "ext", "excl" and "excl_both" may be given again and again, the others once.
 *
 * There is no blank but those beside ">", and no number with a leading zero. Every failure names
 * the column, counted in characters from 1; they are bytes as well, because what is not ASCII is
 * refused where it stands. */

#define MAX_SIZE 4096
#define MAX_STEPS 8

typedef struct {
  const char *text;
  const char *position;
} Reader;

typedef struct {
  JzLimitTerm term;
  gboolean has_roll;
  gboolean has_mode;
  GArray *exclusions; /* JzExclusion */
  GArray *extensions; /* int */
} Draft;

static int
get_column (const Reader *self)
{
  return (int)(self->position - self->text) + 1;
}

/* One sentence says where, the next one what. */
static gboolean
name_column (const Reader *self, GError **error)
{
  /* Translators: a whole sentence; another one, which says what is wrong there, follows it. */
  g_prefix_error (error, _ ("The mistake is at column %d. "), get_column (self));
  return FALSE;
}

static gboolean
set_syntax_error (const Reader *self, GError **error, const char *sentence)
{
  g_set_error_literal (error, JZ_BASE_ERROR, JZ_BASE_ERROR_SYNTAX, sentence);
  return name_column (self, error);
}

static gboolean
skip (Reader *self, const char *word)
{
  if (!g_str_has_prefix (self->position, word))
    return FALSE;
  self->position += strlen (word);
  return TRUE;
}

static gboolean
read_number (Reader *self, int *number, GError **error)
{
  gsize n_digits = strspn (self->position, "0123456789");
  if (n_digits == 0 || n_digits > 4 || (n_digits > 1 && *self->position == '0'))
    return set_syntax_error (
      self, error, _ ("Here must be a number from 0 to 9999 without a leading zero, such as 7."));
  *number = 0;
  for (gsize i = 0; i < n_digits; i++)
    *number = *number * 10 + g_ascii_digit_value (*self->position++);
  return TRUE;
}

static gboolean
read_unit (Reader *self, JzLimitUnit *unit, GError **error)
{
  static const struct {
    const char *word;
    JzLimitUnit unit;
  } units[] = {
    { "WD", JZ_LIMIT_UNIT_WORKING_DAY }, { "CD", JZ_LIMIT_UNIT_CALENDAR_DAY },
    { "MO", JZ_LIMIT_UNIT_MONTH },       { "YR", JZ_LIMIT_UNIT_YEAR },
    { "H", JZ_LIMIT_UNIT_HOUR },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (units); i++) {
    if (skip (self, units[i].word)) {
      *unit = units[i].unit;
      return TRUE;
    }
  }
  return set_syntax_error (self, error, _ ("Here must be a unit: WD, CD, MO, YR or H."));
}

static gboolean
read_date (Reader *self, JzDate *date, GError **error)
{
  char text[JZ_DATE_SIZE] = { 0 };
  memcpy (text, self->position, strnlen (self->position, JZ_DATE_SIZE - 1));
  if (!jz_date_parse (text, date, error))
    return name_column (self, error);
  self->position += JZ_DATE_SIZE - 1;
  return TRUE;
}

static gboolean
read_exclusion (Reader *self, gboolean includes_start, Draft *draft, GError **error)
{
  JzExclusion exclusion = { .includes_start = includes_start };
  const Reader at_start = *self;
  if (!read_date (self, &exclusion.start, error))
    return FALSE;
  if (!skip (self, "/"))
    return set_syntax_error (self, error, _ ("Here must be “/” and the day on which it ends."));
  exclusion.is_open = !g_ascii_isdigit (*self->position);
  if (!exclusion.is_open && !read_date (self, &exclusion.end, error))
    return FALSE;
  if (!exclusion.is_open && jz_date_compare (exclusion.end, exclusion.start) < 0)
    return set_syntax_error (&at_start, error,
                             _ ("The time that is not counted ends before it begins."));
  g_array_append_val (draft->exclusions, exclusion);
  return TRUE;
}

static gboolean
read_roll (Reader *self, Draft *draft, GError **error)
{
  if (draft->has_roll)
    return set_syntax_error (self, error, _ ("“roll” is given twice."));
  draft->has_roll = TRUE;
  draft->term.rolls = skip (self, "Y");
  if (draft->term.rolls || skip (self, "N"))
    return TRUE;
  return set_syntax_error (self, error, _ ("Here must be Y or N."));
}

static gboolean
read_mode (Reader *self, Draft *draft, GError **error)
{
  if (draft->has_mode)
    return set_syntax_error (self, error, _ ("“mode” is given twice."));
  if (!draft->term.is_backward)
    return set_syntax_error (self, error, _ ("Only a limit that lies backward has a mode."));
  draft->has_mode = TRUE;
  if (skip (self, "FULL"))
    return TRUE;
  draft->term.mode = JZ_BACKWARD_MODE_INCLUSIVE;
  if (skip (self, "INCLUSIVE"))
    return TRUE;
  return set_syntax_error (self, error, _ ("Here must be FULL or INCLUSIVE."));
}

static gboolean
read_extension (Reader *self, Draft *draft, GError **error)
{
  int extension;
  if (!read_number (self, &extension, error))
    return FALSE;
  g_array_append_val (draft->extensions, extension);
  return TRUE;
}

static gboolean
read_option (Reader *self, Draft *draft, GError **error)
{
  if (skip (self, "roll="))
    return read_roll (self, draft, error);
  if (skip (self, "mode="))
    return read_mode (self, draft, error);
  if (skip (self, "ext="))
    return read_extension (self, draft, error);
  if (skip (self, "excl="))
    return read_exclusion (self, FALSE, draft, error);
  if (skip (self, "excl_both="))
    return read_exclusion (self, TRUE, draft, error);
  return set_syntax_error (self, error,
                           _ ("Here must be roll=, mode=, ext=, excl= or excl_both=."));
}

static gboolean
read_length (Reader *self, Draft *draft, GError **error)
{
  JzLimitTerm *term = &draft->term;
  term->is_backward = skip (self, "-");
  if (!read_number (self, &term->length, error) || !read_unit (self, &term->unit, error))
    return FALSE;
  while (skip (self, ",")) {
    if (!read_option (self, draft, error))
      return FALSE;
  }
  gboolean must_say = term->unit != JZ_LIMIT_UNIT_WORKING_DAY && term->unit != JZ_LIMIT_UNIT_HOUR;
  if (must_say && !term->is_backward && !draft->has_roll)
    return set_syntax_error (self, error,
                             _ ("Calendar days, months and years need roll=Y or roll=N; add it."));
  return TRUE;
}

static gboolean
read_two_digits (Reader *self, int *number, GError **error)
{
  if (!g_ascii_isdigit (self->position[0]) || !g_ascii_isdigit (self->position[1]))
    return set_syntax_error (self, error,
                             _ ("Here must be a month and a day of two digits each, like 01-31."));
  *number = g_ascii_digit_value (self->position[0]) * 10;
  *number += g_ascii_digit_value (self->position[1]);
  self->position += 2;
  return TRUE;
}

static gboolean
read_fixed (Reader *self, Draft *draft, GError **error)
{
  JzLimitTerm *term = &draft->term;
  term->unit = JZ_LIMIT_UNIT_FIXED;
  if (skip (self, "=")) {
    const Reader at_month = *self;
    if (!read_two_digits (self, &term->fixed_month, error))
      return FALSE;
    if (!skip (self, "-"))
      return set_syntax_error (self, error, _ ("Here must be “-” and the day of the month."));
    if (!read_two_digits (self, &term->fixed_day, error))
      return FALSE;
    if (term->fixed_month == 0)
      return set_syntax_error (&at_month, error, _ ("There is no month 00."));
  }
  if (skip (self, ",")) {
    if (!skip (self, "prev_workday"))
      return set_syntax_error (self, error, _ ("Here must be prev_workday."));
    term->to_previous_working_day = TRUE;
  }
  return TRUE;
}

static gboolean
read_step (Reader *self, Draft *draft, GError **error)
{
  if (skip (self, "len="))
    return read_length (self, draft, error);
  if (skip (self, "fixed"))
    return read_fixed (self, draft, error);
  return set_syntax_error (self, error, _ ("Here must be len= or fixed."));
}

static void
take_draft (JzLimitStep *step, Draft *draft)
{
  step->term = draft->term;
  step->n_exclusions = draft->exclusions->len;
  step->n_extensions = draft->extensions->len;
  step->exclusions = (JzExclusion *)g_array_free (draft->exclusions, step->n_exclusions == 0);
  step->extensions = (int *)g_array_free (draft->extensions, step->n_extensions == 0);
}

static gboolean
add_step (Reader *self, JzLimitForm *form, GError **error)
{
  const Reader at_step = *self;
  if (form->n_steps == MAX_STEPS)
    return set_syntax_error (self, error, _ ("No more than eight limits follow one another."));
  Draft draft = {
    .exclusions = g_array_new (FALSE, FALSE, sizeof (JzExclusion)),
    .extensions = g_array_new (FALSE, FALSE, sizeof (int)),
  };
  gboolean is_read = read_step (self, &draft, error);
  JzLimitStep *step = &form->steps[form->n_steps++];
  take_draft (step, &draft);
  if (!is_read)
    return FALSE;
  return jz_limit_step_check (step, error) || name_column (&at_step, error);
}

static gboolean
read_form (Reader *self, JzLimitForm *form, GError **error)
{
  if (!skip (self, "{"))
    return set_syntax_error (self, error, _ ("A limit begins with “{”."));
  do {
    if (!add_step (self, form, error))
      return FALSE;
  } while (skip (self, " > "));
  if (!skip (self, "}"))
    return set_syntax_error (self, error, _ ("Here must be “,”, “ > ” or the “}” of the end."));
  if (*self->position != '\0')
    return set_syntax_error (self, error, _ ("Nothing may follow the “}” of the end."));
  self->position = self->text;
  return jz_limit_step_check_chain (form->steps, form->n_steps, error) || name_column (self, error);
}

/**
 * jz_limit_parse:
 * @text: what should be the machine form of a limit, such as "{len=90CD,roll=Y}"
 * @error: return location
 *
 * Reads the machine form in which the rulebook and the test vectors give a limit; the grammar
 * stands at the head of this file.
 *
 * Returns: (transfer full): the limit, good by jz_limit_step_check(); or %NULL with
 *   %JZ_BASE_ERROR_SYNTAX, %JZ_BASE_ERROR_RANGE when its parts do not go together or a date is
 * wrong, or %JZ_BASE_ERROR_LIMIT when it is too long. Every message names the column
 */
JzLimitForm *
jz_limit_parse (const char *text, GError **error)
{
  g_return_val_if_fail (text != NULL, NULL);

  if (strnlen (text, MAX_SIZE + 1) > MAX_SIZE) {
    g_set_error (error, JZ_BASE_ERROR, JZ_BASE_ERROR_LIMIT,
                 _ ("The mistake is at column %d. A limit must end before it; shorten this one."),
                 MAX_SIZE + 1);
    return NULL;
  }
  Reader reader = { .text = text, .position = text };
  g_autoptr (JzLimitForm) form = g_new0 (JzLimitForm, 1);
  form->steps = g_new0 (JzLimitStep, MAX_STEPS);
  if (!read_form (&reader, form, error))
    return NULL;
  return g_steal_pointer (&form);
}

/**
 * jz_limit_form_free:
 * @self: (transfer full): a limit
 *
 * Frees a limit that was read.
 */
void
jz_limit_form_free (JzLimitForm *self)
{
  g_return_if_fail (self != NULL);

  for (guint i = 0; i < self->n_steps; i++) {
    g_free ((gpointer)self->steps[i].exclusions);
    g_free ((gpointer)self->steps[i].extensions);
  }
  g_free (self->steps);
  g_free (self);
}
