/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/lists/calendar_page.h"

#include <glib/gi18n-lib.h>

#include "app/focus.h"
#include "app/lists/adopt_dialog.h"
#include "app/lists/detail.h"
#include "app/lists/month_grid.h"
#include "app/lists/rule_reading.h"
#include "app/messages.h"
#include "app/words.h"
#include "office/adoption_list.h"

#define ADOPTERS "head|review_head|section_head"
#define FIRST_YEAR 2000
#define LAST_YEAR 2099
#define DETAIL_WIDTH 340

typedef struct {
  JzCalendar *calendar;
  GPtrArray *years;
  GPtrArray *adoptions;
} Reading;

struct _JzCalendarPage {
  JzSection parent_instance;

  GtkSpinButton *year;
  GtkLabel *strip;
  GtkFlowBox *months;
  GtkWidget *adopt;
  JzDetail *detail;

  GCancellable *cancellable;
  Reading *reading;
};

G_DEFINE_FINAL_TYPE (JzCalendarPage, jz_calendar_page, JZ_TYPE_SECTION)

static void
reading_free (gpointer data)
{
  Reading *self = data;

  g_clear_pointer (&self->calendar, jz_calendar_unref);
  g_clear_pointer (&self->years, g_ptr_array_unref);
  g_clear_pointer (&self->adoptions, g_ptr_array_unref);
  g_free (self);
}

static gpointer
read_calendar (JzOffice *office,
               JzConnection *reader,
               gpointer data,
               GCancellable *cancellable,
               GError **error)
{
  Reading *self = g_new0 (Reading, 1);
  const JzCalendar *calendar = NULL;
  JzDate today = jz_instant_get_date (jz_clock_now (jz_office_get_clock (office)));

  self->adoptions = jz_adoption_list (reader, JZ_ADOPTED_CALENDAR, today, error);
  if (self->adoptions != NULL &&
      jz_adopted_find_calendar (office, reader, &calendar, &self->years, error)) {
    self->calendar = jz_calendar_ref (calendar);
    return self;
  }
  reading_free (self);
  return NULL;
}

static const JzCalendarYear *
find_year (const Reading *reading, int year)
{
  for (guint i = 0; i < reading->years->len; i++) {
    const JzCalendarYear *one = reading->years->pdata[i];
    if (one->year == year)
      return one;
  }
  return NULL;
}

static void
show_strip (JzCalendarPage *self, int year)
{
  const JzCalendarYear *source = find_year (self->reading, year);
  int n_days = jz_calendar_count_working_days (self->reading->calendar, year, NULL);
  g_autofree char *day =
    source != NULL && source->date != NULL ? jz_words_dup_day (source->date) : NULL;
  g_autofree char *text = NULL;

  if (source == NULL || source->title == NULL)
    text = g_strdup_printf (_ ("The holidays of %d are not known: only weekends are taken as days "
                               "off, days are presumed, and no step passes on such a day."),
                            year);
  else
    text = g_strdup_printf (_ ("%1$d working days in %2$d, by: %3$s (%4$s)"), n_days, year,
                            source->title, day != NULL ? day : "");
  gtk_label_set_label (self->strip, text);
}

/* Days of one holiday one behind the other are one line. */
static void
add_holidays (JzCalendarPage *self, int year, gboolean worked)
{
  const JzCalendar *calendar = self->reading->calendar;
  JzDate date = { year, 1, 1 };

  for (; date.year == year; date = jz_date_add_days (date, 1)) {
    JzDayKind kind = jz_calendar_get_day_kind (calendar, date);
    const char *name = jz_calendar_get_holiday_name (calendar, date);
    JzDate last = date;
    g_autofree char *first_day = NULL;
    g_autofree char *last_day = NULL;
    g_autofree char *text = NULL;
    if (name == NULL || (kind == JZ_DAY_KIND_WORKED_WEEKEND) != worked ||
        kind == JZ_DAY_KIND_WORKING)
      continue;
    for (JzDate next = jz_date_add_days (date, 1);
         next.year == year && jz_calendar_get_day_kind (calendar, next) == kind &&
         g_strcmp0 (jz_calendar_get_holiday_name (calendar, next), name) == 0;
         next = jz_date_add_days (next, 1))
      last = next;
    first_day = jz_words_dup_date (date);
    last_day = jz_words_dup_date (last);
    text = jz_date_compare (date, last) == 0
             ? g_strdup (first_day)
             : g_strdup_printf (_ ("%1$s to %2$s"), first_day, last_day);
    jz_detail_add_line (self->detail, name, text);
    date = last;
  }
}

static void
show_detail (JzCalendarPage *self, int year)
{
  const JzCalendarYear *source = find_year (self->reading, year);

  jz_detail_clear (self->detail);
  if (source != NULL) {
    jz_detail_add_group (self->detail, _ ("Holidays"));
    add_holidays (self, year, FALSE);
    jz_detail_add_group (self->detail, _ ("Weekends that are worked"));
    add_holidays (self, year, TRUE);
    jz_detail_add_line (self->detail, _ ("Decision of the local government"), source->local);
  }
  jz_adoptions_show (self->reading->adoptions, self->detail);
}

static void
show_year (JzCalendarPage *self)
{
  int year = gtk_spin_button_get_value_as_int (self->year);
  JzDate today = jz_office_client_today (jz_section_get_client (JZ_SECTION (self)));
  GtkWidget *child;

  if (self->reading == NULL)
    return;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->months))) != NULL)
    gtk_flow_box_remove (self->months, child);
  for (int month = 1; month <= 12; month++) {
    /* Translators: a month of the calendar, by its number */
    g_autofree char *name = g_strdup_printf (C_ ("month", "Month %d"), month);
    child = jz_month_grid_new (self->reading->calendar, year, month, today);
    jz_flow_append (self->months, child, name);
  }
  show_strip (self, year);
  show_detail (self, year);
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (JzCalendarPage) self = data;
  g_autoptr (GError) error = NULL;
  Reading *reading = jz_office_client_read_finish (JZ_OFFICE_CLIENT (source), result, &error);
  gboolean is_first = self->reading == NULL;

  if (reading == NULL) {
    jz_show_error (GTK_WIDGET (self), error);
    return;
  }
  g_clear_pointer (&self->reading, reading_free);
  self->reading = reading;
  if (is_first && gtk_spin_button_get_value_as_int (self->year) == FIRST_YEAR)
    gtk_spin_button_set_value (self->year, jz_office_client_today (JZ_OFFICE_CLIENT (source)).year);
  show_year (self);
}

static void
jz_calendar_page_refresh (JzSection *section)
{
  JzCalendarPage *self = JZ_CALENDAR_PAGE (section);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  jz_office_client_read_async (jz_section_get_client (section), read_calendar, NULL, NULL,
                               reading_free, self->cancellable, on_read, g_object_ref (self));
}

static void
jz_calendar_page_go (JzSection *section, const char *const *path)
{
  if (path[0] != NULL)
    gtk_spin_button_set_value (JZ_CALENDAR_PAGE (section)->year, g_ascii_strtod (path[0], NULL));
}

static void
adopt_calendar (GtkWidget *widget, const char *action, GVariant *parameter)
{
  jz_adopt_dialog_present (widget, jz_section_get_client (JZ_SECTION (widget)),
                           JZ_ADOPTED_CALENDAR);
}

static void
update_actions (JzCalendarPage *self)
{
  JzOfficeClient *client = jz_section_get_client (JZ_SECTION (self));

  gboolean may_adopt = client != NULL && jz_office_client_has_role (client, ADOPTERS);

  gtk_widget_set_visible (self->adopt, may_adopt);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "calendar.adopt", may_adopt);
}

static void
jz_calendar_page_dispose (GObject *object)
{
  JzCalendarPage *self = JZ_CALENDAR_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->reading, reading_free);
  G_OBJECT_CLASS (jz_calendar_page_parent_class)->dispose (object);
}

static void
jz_calendar_page_class_init (JzCalendarPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = jz_calendar_page_dispose;
  JZ_SECTION_CLASS (klass)->refresh = jz_calendar_page_refresh;
  JZ_SECTION_CLASS (klass)->go = jz_calendar_page_go;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/juanzong/app/calendar_page.ui");
  gtk_widget_class_bind_template_child (widget_class, JzCalendarPage, year);
  gtk_widget_class_bind_template_child (widget_class, JzCalendarPage, strip);
  gtk_widget_class_bind_template_child (widget_class, JzCalendarPage, months);
  gtk_widget_class_bind_template_child (widget_class, JzCalendarPage, adopt);
  gtk_widget_class_bind_template_child (widget_class, JzCalendarPage, detail);
  gtk_widget_class_bind_template_callback (widget_class, show_year);
  gtk_widget_class_install_action (widget_class, "calendar.adopt", NULL, adopt_calendar);
}

static void
jz_calendar_page_init (JzCalendarPage *self)
{
  g_type_ensure (JZ_TYPE_DETAIL);
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_size_request (GTK_WIDGET (self->detail), DETAIL_WIDTH, -1);
  gtk_spin_button_set_range (self->year, FIRST_YEAR, LAST_YEAR);
  g_signal_connect_object (self, "notify::client", G_CALLBACK (update_actions), self,
                           G_CONNECT_SWAPPED);
  update_actions (self);
}
