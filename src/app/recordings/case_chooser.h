/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "app/office_client.h"

G_BEGIN_DECLS

/**
 * JzCaseChooser:
 *
 * Asks of which case something is.
 *
 * Signal "chosen" (id): of the case; the chooser is closed.
 */
#define JZ_TYPE_CASE_CHOOSER (jz_case_chooser_get_type ())
G_DECLARE_FINAL_TYPE (JzCaseChooser, jz_case_chooser, JZ, CASE_CHOOSER, AdwWindow)

JzCaseChooser *
jz_case_chooser_present (GtkWidget *inside, JzOfficeClient *client, const char *title);

G_END_DECLS
