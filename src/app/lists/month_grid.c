/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/lists/month_grid.h"

#include <glib/gi18n-lib.h>

#include "app/words.h"

/* A month as a grid that begins with Monday, as calendars on the wall do here. */

/**
 * jz_day_kind_get_word:
 * @kind: what kind of day a day is
 *
 * Returns: (transfer none): what people call it
 */
const char *
jz_day_kind_get_word (JzDayKind kind)
{
  switch (kind) {
  case JZ_DAY_KIND_WEEKEND:
    return _ ("Weekend");
  case JZ_DAY_KIND_OFF:
    return _ ("Holiday");
  case JZ_DAY_KIND_LOCAL_OFF:
    return _ ("Day off of the local government");
  case JZ_DAY_KIND_WORKED_WEEKEND:
    return _ ("Worked instead of a holiday");
  case JZ_DAY_KIND_WORKING:
  default:
    return _ ("Working day");
  }
}

/* (nullable): of style.css */
const char *
jz_day_kind_get_style (JzDayKind kind)
{
  switch (kind) {
  case JZ_DAY_KIND_WEEKEND:
    return "day-weekend";
  case JZ_DAY_KIND_OFF:
    return "day-off";
  case JZ_DAY_KIND_LOCAL_OFF:
    return "day-local";
  case JZ_DAY_KIND_WORKED_WEEKEND:
    return "day-worked";
  case JZ_DAY_KIND_WORKING:
  default:
    return NULL;
  }
}

static GtkWidget *
new_day (const JzCalendar *calendar, JzDate date, JzDate today)
{
  JzDayKind kind = jz_calendar_get_day_kind (calendar, date);
  const char *holiday = jz_calendar_get_holiday_name (calendar, date);
  g_autofree char *number = g_strdup_printf ("%d", date.day);
  g_autofree char *day = jz_words_dup_date (date);
  g_autofree char *tooltip =
    holiday != NULL ? g_strdup_printf ("%s: %s (%s)", day, jz_day_kind_get_word (kind), holiday)
                    : g_strdup_printf ("%s: %s", day, jz_day_kind_get_word (kind));
  GtkWidget *label = gtk_label_new (number);
  const char *style = jz_day_kind_get_style (kind);

  gtk_widget_add_css_class (label, "day");
  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  if (jz_date_compare (date, today) == 0)
    gtk_widget_add_css_class (label, "day-today");
  gtk_widget_set_tooltip_text (label, tooltip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (label), GTK_ACCESSIBLE_PROPERTY_LABEL, tooltip,
                                  -1);
  return label;
}

static void
add_weekdays (GtkGrid *grid)
{
  const char *const weekdays[] = {
    C_ ("weekday", "Mo"), C_ ("weekday", "Tu"), C_ ("weekday", "We"), C_ ("weekday", "Th"),
    C_ ("weekday", "Fr"), C_ ("weekday", "Sa"), C_ ("weekday", "Su"),
  };

  for (int i = 0; i < 7; i++) {
    GtkWidget *label = gtk_label_new (weekdays[i]);
    gtk_widget_add_css_class (label, "dim-label");
    gtk_widget_add_css_class (label, "caption");
    gtk_grid_attach (grid, label, i, 1, 1, 1);
  }
}

/**
 * jz_month_grid_new:
 * @calendar: which days are worked
 * @year: a year
 * @month: 1 to 12
 * @today: the day that is marked
 *
 * Returns: (transfer floating): the month
 */
GtkWidget *
jz_month_grid_new (const JzCalendar *calendar, int year, int month, JzDate today)
{
  GtkGrid *grid = GTK_GRID (gtk_grid_new ());
  JzDate date = { year, month, 1 };
  /* Translators: a month of the calendar, by its number */
  g_autofree char *title = g_strdup_printf (C_ ("month", "Month %d"), month);
  GtkWidget *label = gtk_label_new (title);
  int row = 2;

  gtk_widget_add_css_class (label, "heading");
  gtk_grid_set_column_homogeneous (grid, TRUE);
  gtk_grid_attach (grid, label, 0, 0, 7, 1);
  add_weekdays (grid);
  for (; date.month == month; date = jz_date_add_days (date, 1)) {
    /* Monday is 1 and Sunday 7. */
    int column = jz_date_get_weekday (date) - 1;
    gtk_grid_attach (grid, new_day (calendar, date, today), column, row, 1, 1);
    row += column == 6;
  }
  return GTK_WIDGET (grid);
}
