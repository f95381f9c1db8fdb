/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "app/case/intake_run.h"

G_BEGIN_DECLS

/* Asks once what all files of a run share, and shows of each what it says of itself. */
#define JZ_TYPE_INTAKE_SHEET (jz_intake_sheet_get_type ())
G_DECLARE_FINAL_TYPE (JzIntakeSheet, jz_intake_sheet, JZ, INTAKE_SHEET, AdwWindow)

void
jz_intake_sheet_show (GtkWidget *inside, JzIntakeRun *run, const JzJson *sheet, const char *step);

G_END_DECLS
