/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "base/json.h"

G_BEGIN_DECLS

void jz_recordings_show_shots (GtkWidget *group,
                               const JzJson *step,
                               const char *case_id,
                               gboolean may_say);

G_END_DECLS
