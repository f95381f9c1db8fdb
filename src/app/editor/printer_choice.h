/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtkunixprint.h>

G_BEGIN_DECLS

void
jz_printer_choice_watch (GtkPrintUnixDialog *dialog, GtkPrintSettings *first, const char *last);

G_END_DECLS
