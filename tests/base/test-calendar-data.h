/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <string.h>

#include "base/calendar_builder.h"

/* The notices of 2024 to 2026 as a calendar, read from a table that was taken from the domain rules
 * by a script: base/ cannot read the XML files that the program ships, and rules/ compares them
 * with this. */

static inline JzDate
test_date (const char *text)
{
  JzDate date;
  g_autoptr (GError) error = NULL;
  jz_date_parse (text, &date, &error);
  g_assert_no_error (error);
  return date;
}

/* (transfer full): the lines of a table below tests/domain, without comments and empty ones */
static inline GPtrArray *
test_load_table (const char *name)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "domain", name, NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify)g_strfreev);
  for (guint i = 0; lines[i] != NULL; i++) {
    if (lines[i][0] != '\0' && lines[i][0] != '#')
      g_ptr_array_add (rows, g_strsplit (lines[i], "\t", -1));
  }
  return rows;
}

static inline JzCalendar *
test_load_calendar (void)
{
  g_autoptr (GPtrArray) rows = test_load_table ("holidays.tsv");
  g_autoptr (JzCalendarBuilder) builder = jz_calendar_builder_new ();
  g_autoptr (GError) error = NULL;
  const char *id = "";
  const char *year = "";
  g_assert_cmpuint (rows->len, ==, 39);
  for (guint i = 0; i < rows->len; i++) {
    char **row = g_ptr_array_index (rows, i);
    g_assert_cmpuint (g_strv_length (row), ==, 6);
    if (strcmp (row[1], year) != 0)
      jz_calendar_builder_add_year (builder, atoi (row[1]), &error);
    if (strcmp (row[0], id) != 0)
      jz_calendar_builder_begin_holiday (builder, row[0], row[2], &error);
    g_assert_no_error (error);
    year = row[1];
    id = row[0];
    if (strcmp (row[3], "off") == 0)
      jz_calendar_builder_add_off (builder, test_date (row[4]), test_date (row[5]), &error);
    else
      jz_calendar_builder_add_worked (builder, test_date (row[4]), &error);
    g_assert_no_error (error);
  }
  return jz_calendar_builder_end (builder);
}
