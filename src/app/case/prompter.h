/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "base/json.h"

G_BEGIN_DECLS

void jz_prompter_show (GtkWidget *inside, const char *title, const JzJson *words);

G_END_DECLS
