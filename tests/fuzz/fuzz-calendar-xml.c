/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stddef.h>
#include <stdint.h>

#include "rules/calendar_file.h"

/* Any bytes: a calendar, or an error that begins with where it is. A calendar that was read answers
 * for every day of its years. */

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (JzCalendar) calendar = jz_calendar_load (bytes, "fuzz.xml", &error);
  if (calendar == NULL) {
    g_assert_nonnull (error);
    g_assert_true (g_str_has_prefix (error->message, "fuzz.xml:"));
    g_assert_true (g_utf8_validate (error->message, -1, NULL));
    return 0;
  }
  g_assert_no_error (error);
  for (int year = 2024; year <= 2026; year++)
    g_assert_cmpint (jz_calendar_count_working_days (calendar, year, NULL), <=, 366);
  JzDate start = { 2025, 9, 26 };
  JzDate next = jz_calendar_get_next_working_day (calendar, start, NULL);
  g_assert_true (!jz_date_is_valid (next) || jz_calendar_is_working_day (calendar, next, NULL));
  return 0;
}
