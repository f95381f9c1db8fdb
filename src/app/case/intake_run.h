/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "app/office_client.h"
#include "media/intake.h"

G_BEGIN_DECLS

/* Files that are being added to a case: copied while the person says what they are, and written
 * down when both are done. It goes on while something else of the office is looked at. "changed"
 * when anything of it did. */
#define JZ_TYPE_INTAKE_RUN (jz_intake_run_get_type ())
G_DECLARE_FINAL_TYPE (JzIntakeRun, jz_intake_run, JZ, INTAKE_RUN, GObject)

JzIntakeRun *jz_intake_run_begin (JzOfficeClient *client, const char *case_id, GtkWidget *inside);
GListModel *jz_intake_runs_get (JzOfficeClient *client);

const char *jz_intake_run_get_case (JzIntakeRun *self);
JzIntake *jz_intake_run_get_intake (JzIntakeRun *self);
gboolean jz_intake_run_is_settled (JzIntakeRun *self);
guint jz_intake_run_count_ready (JzIntakeRun *self, guint *n_items);
JzOfficeClient *jz_intake_run_get_client (JzIntakeRun *self);

void jz_intake_run_leave_out (JzIntakeRun *self, JzIntakeItem *item);
gboolean jz_intake_run_is_left_out (JzIntakeRun *self, JzIntakeItem *item);
void
jz_intake_run_settle (JzIntakeRun *self, JzJson *common, gint64 clock_off_ms, JzJson *evidence);
void jz_intake_run_throw_away (JzIntakeRun *self);

G_END_DECLS
