/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stddef.h>
#include <stdint.h>

#include "base/day_count.h"
#include "base/limit_form.h"

/* Any bytes: a limit, or an error that names a column. A limit that was read can be counted, or
 * says why not; the explanation ends on the due date. */

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static void
count (const JzLimitForm *form)
{
  g_autoptr (JzCalendar) calendar = jz_calendar_new_empty ();
  g_autoptr (GError) error = NULL;
  JzDate start = { 2025, 9, 26 };
  g_autoptr (JzDayCount) result =
    jz_day_count_limit (calendar, form->steps, form->n_steps, start, &error);
  if (result == NULL) {
    g_assert_nonnull (error);
    return;
  }
  g_assert_no_error (error);
  g_assert_cmpuint (result->days->len, >, 0);
  const JzCountedDay *last = &g_array_index (result->days, JzCountedDay, result->days->len - 1);
  g_assert_cmpint (jz_date_compare (last->date, result->due), ==, 0);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *text = g_strndup ((const char *)data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (JzLimitForm) form = jz_limit_parse (text, &error);
  if (form == NULL) {
    g_assert_nonnull (error);
    g_assert_true (g_str_has_prefix (error->message, "The mistake is at column "));
    g_assert_true (g_utf8_validate (error->message, -1, NULL));
    return 0;
  }
  g_assert_no_error (error);
  count (form);
  return 0;
}
