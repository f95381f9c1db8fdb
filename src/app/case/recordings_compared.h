/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "base/json.h"

G_BEGIN_DECLS

void jz_recordings_show_compared (GtkBox *box, const JzJson *rows);

G_END_DECLS
