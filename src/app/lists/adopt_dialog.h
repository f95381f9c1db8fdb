/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "app/office_client.h"
#include "office/adoption_list.h"

G_BEGIN_DECLS

/* Proposing that rules, forms or working days are adopted, with what that would change. */
#define JZ_TYPE_ADOPT_DIALOG (jz_adopt_dialog_get_type ())
G_DECLARE_FINAL_TYPE (JzAdoptDialog, jz_adopt_dialog, JZ, ADOPT_DIALOG, AdwWindow)

void jz_adopt_dialog_present (GtkWidget *inside, JzOfficeClient *client, JzAdoptedKind kind);

G_END_DECLS
