/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "office/office.h"

G_BEGIN_DECLS

/**
 * JzSetup:
 * @bureau: name of the bureau
 * @code: its code in case numbers, or the empty text
 * @is_demo: whether it is an invented office
 * @is_accepted: whether a second person accepted the store
 * @n_people: people who have not left
 * @n_able: those of them who hold a certificate in force
 * @n_running: cases that were taken over from paper
 * @rulebook: first day of the rules that are in force or come into force, or the empty text
 * @forms: that of the forms
 * @calendar: that of the calendar
 * @take_over_until: last day of taking over, or the empty text
 * @has_backup: whether there is a proved backup
 *
 * How far an office has got with its first setting up.
 */
typedef struct {
  char *bureau;
  char *code;
  gboolean is_demo;
  gboolean is_accepted;
  gint64 n_people;
  gint64 n_able;
  gint64 n_running;
  char *rulebook;
  char *forms;
  char *calendar;
  char *take_over_until;
  gboolean has_backup;
} JzSetup;

JzSetup *jz_setup_read (JzOffice *office, JzConnection *reader, GError **error);
void jz_setup_free (JzSetup *self);
gboolean jz_setup_is_done (const JzSetup *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JzSetup, jz_setup_free)

G_END_DECLS
