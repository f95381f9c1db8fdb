/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "office/office.h"

G_BEGIN_DECLS

/**
 * JzHandoverDuty:
 * @case_id: id of a case
 * @number: its number
 * @title: what it is called
 * @duty: what the person has to do in it
 * @sentence: (nullable): why it could not be handed over
 *
 * A duty that somebody has in a case which is not finished.
 */
typedef struct {
  char *case_id;
  char *number;
  char *title;
  char *duty;
  char *sentence;
} JzHandoverDuty;

/**
 * JzHandover:
 * @session: of somebody who may assign cases
 * @from: id of who gives
 * @to: id of who takes over
 * @reason: why
 * @duties: (element-type JzHandoverDuty): what is handed over; each that cannot be gets a sentence
 * @n_done: so many were handed over
 *
 * Handing over what somebody has in hand (移交).
 */
typedef struct {
  JzSession *session;
  const char *from;
  const char *to;
  const char *reason;
  GPtrArray *duties;
  guint n_done;
} JzHandover;

GPtrArray *jz_handover_list (JzConnection *reader, const char *person, GError **error);
gboolean jz_handover_perform (JzOffice *office, JzHandover *handover, GError **error);
void jz_handover_duty_free (JzHandoverDuty *self);

G_END_DECLS
