/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "office/verify.h"

G_BEGIN_DECLS

void jz_check_report_present (GtkWidget *inside, const JzReport *report, const char *against);

G_END_DECLS
