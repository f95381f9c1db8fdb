/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* "2026-03-02" and its NUL */
#define JZ_DATE_SIZE 11
/* "2026-03-02T09:30:00.000+08:00" and its NUL */
#define JZ_INSTANT_SIZE 30

typedef struct {
  int year;  /* 1900 to 9999 */
  int month; /* 1 to 12 */
  int day;   /* 1 to 31 */
} JzDate;

/* Milliseconds since 1970-01-01T00:00:00Z; written and read in Asia/Shanghai, which is +08:00. */
typedef gint64 JzInstant;

gboolean jz_date_is_valid (JzDate date);
gboolean jz_date_parse (const char *text, JzDate *date, GError **error);
void jz_date_format (JzDate date, char text[JZ_DATE_SIZE]);
int jz_date_compare (JzDate a, JzDate b);
JzDate jz_date_add_days (JzDate date, int n_days);
JzDate jz_date_add_months (JzDate date, int n_months);
int jz_date_days_between (JzDate from, JzDate to);
int jz_date_get_weekday (JzDate date);

gboolean jz_instant_parse (const char *text, JzInstant *instant, GError **error);
void jz_instant_format (JzInstant instant, char text[JZ_INSTANT_SIZE]);
JzDate jz_instant_get_date (JzInstant instant);
JzInstant jz_instant_from_date (JzDate date, int hour, int minute);

G_END_DECLS
