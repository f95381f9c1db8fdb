/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "app/case/intake_run.h"

G_BEGIN_DECLS

GtkWidget *jz_intake_row_new (JzIntakeRun *run, JzIntakeItem *item, const char *step_day);
char *
jz_intake_dup_facts (const char *moment, const char *device, gint64 duration_ms, guint64 size);

G_END_DECLS
