/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "base/json.h"

G_BEGIN_DECLS

#define JZ_TYPE_COVERAGE_BAR (jz_coverage_bar_get_type ())
G_DECLARE_FINAL_TYPE (JzCoverageBar, jz_coverage_bar, JZ, COVERAGE_BAR, GtkWidget)

GtkWidget *jz_coverage_bar_new (const JzJson *segments, const char *name);

G_END_DECLS
