/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/calendar.h"
#include "forms/form_set.h"
#include "office/office.h"
#include "rules/rulebook.h"

G_BEGIN_DECLS

/**
 * JzAdoptedKind:
 * @JZ_ADOPTED_RULEBOOK: rules
 * @JZ_ADOPTED_FORMS: forms
 * @JZ_ADOPTED_CALENDAR: which days are worked
 *
 * What a bureau adopts (design §4).
 */
typedef enum {
  JZ_ADOPTED_RULEBOOK,
  JZ_ADOPTED_FORMS,
  JZ_ADOPTED_CALENDAR,
} JzAdoptedKind;

/**
 * JzAdoption:
 * @hash: hash of what was adopted
 * @in_force: from which day
 * @time: when it was adopted
 * @person: who confirmed it
 * @reason: why
 * @is_now: whether it is in force today
 *
 * One adoption.
 */
typedef struct {
  JzHash hash;
  char *in_force;
  char *time;
  char *person;
  char *reason;
  gboolean is_now;
} JzAdoption;

/**
 * JzCalendarYear:
 * @year: a year
 * @title: (nullable): of the notice that says its holidays; %NULL where none is known
 * @date: (nullable): of the notice
 * @local: (nullable): of the local government's own decision
 *
 * Where the days of a year come from.
 */
typedef struct {
  int year;
  char *title;
  char *date;
  char *local;
} JzCalendarYear;

GPtrArray *
jz_adoption_list (JzConnection *reader, JzAdoptedKind kind, JzDate today, GError **error);
gboolean jz_adopted_find_rulebook (JzOffice *office,
                                   JzConnection *reader,
                                   const JzRulebook **rulebook,
                                   GError **error);
gboolean jz_adopted_find_forms (JzOffice *office,
                                JzConnection *reader,
                                const JzFormSet **forms,
                                GError **error);
gboolean jz_adopted_find_calendar (JzOffice *office,
                                   JzConnection *reader,
                                   const JzCalendar **calendar,
                                   GPtrArray **years,
                                   GError **error);

G_END_DECLS
