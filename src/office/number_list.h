/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/connection.h"

G_BEGIN_DECLS

/**
 * JzNumberState:
 * @JZ_NUMBER_USED: a document bears it
 * @JZ_NUMBER_RESERVED: kept back for documents that are made on the spot
 * @JZ_NUMBER_RETURNED: given back; may be given again
 * @JZ_NUMBER_VOID: spoiled; never given again
 * @JZ_NUMBER_N_STATES: how many there are
 *
 * What became of a number of the register.
 */
typedef enum {
  JZ_NUMBER_USED,
  JZ_NUMBER_RESERVED,
  JZ_NUMBER_RETURNED,
  JZ_NUMBER_VOID,
  JZ_NUMBER_N_STATES,
} JzNumberState;

/**
 * JzNumberSeries:
 * @series: its beginning, such as 某城执罚决〔2026〕
 * @last: the last number that was given
 * @n: how many of each state
 *
 * A series of numbers: all of one year and one kind.
 */
typedef struct {
  char *series;
  gint64 last;
  guint n[JZ_NUMBER_N_STATES];
} JzNumberSeries;

/**
 * JzNumberEntry:
 * @number: the whole number
 * @state: what became of it
 * @case_id: the case of a used one, or the empty text
 * @case_title: its title, or the empty text
 * @person: who did it last
 * @time: when
 * @reason: for what it was kept back, or why it was given back or void; or the empty text
 *
 * A number of the register.
 */
typedef struct {
  char *number;
  JzNumberState state;
  char *case_id;
  char *case_title;
  char *person;
  char *time;
  char *reason;
} JzNumberEntry;

GPtrArray *jz_number_list_series (JzConnection *reader, GError **error);
GPtrArray *jz_number_list (JzConnection *reader, const char *series, GError **error);
const char *jz_number_state_get_word (JzNumberState state);

G_END_DECLS
